"""Commands over the workspace and over single articles: run, report, explain."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from conflict_events.cli.convert import readable_articles
from conflict_events.cli.display import progress_display, show_report
from conflict_events.cli.errors import UserError
from conflict_events.cli.streams import output, say
from conflict_events.settings import Settings

__all__ = ["explain", "report", "run", "status"]


def run(arguments: argparse.Namespace) -> int:
    """`run [INPUT] [--date DAY]`: ingest to publish, then the table of events."""
    from conflict_events import pipeline
    from conflict_events.pipeline.days import snapshot_date

    settings = Settings.load(data_root=arguments.data_root, processes=arguments.processes)
    with progress_display() as progress:
        if arguments.input is None:
            day = snapshot_date(arguments.date, None, None, datetime.now(UTC), settings.zone)
            receipt = pipeline.run_archive(settings, day, progress)
        else:
            receipt = pipeline.run(settings, arguments.input, arguments.date, progress)
    show_report(receipt["report"], receipt)
    return 0


def report(arguments: argparse.Namespace) -> int:
    """`report [DAY ...]`: what was published, as a table; of one day as a page, too."""
    from conflict_events import pipeline
    from conflict_events.pipeline.workspace import as_day, published_days

    settings = Settings.load(data_root=arguments.data_root)
    days = arguments.days or [day.isoformat() for day in published_days(settings)[-1:]]
    if not days:
        raise UserError(f"nothing is published in {settings.data_root} yet: conflict-events run INPUT")
    if arguments.html and len(days) > 1:
        raise UserError("a page holds one day: give one with --html")
    show_report(pipeline.report(settings, days))
    if len(days) == 1:
        from conflict_events.web.day_page import day_page

        target = arguments.html or str(settings.data_root / "reports" / f"{as_day(days[0])}.html")
        page = day_page(settings, as_day(days[0]))
        with output(target) as stream:
            stream.write(page)
        print(f"page               {target}")
    return 0


def status(arguments: argparse.Namespace) -> int:
    """`status [--days N] [--check] [--notify]`: the log of runs, and what is due."""
    from conflict_events.pipeline.notices import late_text, notify
    from conflict_events.pipeline.planning import waiting
    from conflict_events.pipeline.run_log import due_day, log_runs, read_runs, status_text
    from conflict_events.pipeline.workspace import published_days

    settings = Settings.load(data_root=arguments.data_root)
    if arguments.days < 1:
        raise UserError("--days must be 1 or more")
    log_runs(settings)
    last = max(published_days(settings), default=None)
    due = due_day(settings, datetime.now(UTC))
    late = last is None or last < due
    print(status_text(settings, read_runs(settings)[-arguments.days :]))
    print(f"waiting articles   {waiting(settings)}")
    print(f"due                {due}{' is not published' if late else ' or later is published'}")
    if not late or not (arguments.check or arguments.notify):
        return 0
    if arguments.notify:
        notify(settings, late_text(settings, due, last))
    return 1


def explain(arguments: argparse.Namespace) -> int:
    """`explain ARTICLE [--html]`: words and rules behind every slot."""
    from conflict_events.explain import explain_html, explain_text
    from conflict_events.pipeline.reading import clean_articles, extract_claims

    settings, failed = Settings.load(data_root=arguments.data_root), list[dict[str, str]]()
    found = readable_articles(settings, arguments.article)
    chosen = [article for article in found if arguments.id in (None, article.article_id)]
    if not chosen:
        raise UserError(f"{arguments.article}: no article has the id {arguments.id!r}")
    cleaned = list(clean_articles(settings, chosen, failed))
    explained = list(zip(cleaned, extract_claims(settings, cleaned, failed), strict=True))
    with output(arguments.out) as stream:
        if arguments.html:
            stream.write(explain_html(explained))
        else:
            stream.write("\n".join(explain_text(article, claims) for article, claims in explained))
    for failure in failed:
        say(f"failed {failure['article_id']}: {failure['detail']}")
    return 0
