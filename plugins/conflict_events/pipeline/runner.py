"""The whole pipeline in one process: what the DAG does, by the same stage functions, with the same output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from conflict_events.pipeline.fetching import take_in_crawl
from conflict_events.pipeline.intake import IngestReceipt, ingest, require_articles
from conflict_events.pipeline.parallel import reading_pool
from conflict_events.pipeline.planning import Batch, clean_batches, plan, waiting
from conflict_events.pipeline.progress import Progress, Silent
from conflict_events.pipeline.publication import aggregate, audit_day, publish_day, report, resolve_day
from conflict_events.pipeline.reading import clean, extract
from conflict_events.pipeline.workspace import as_day, published_days
from conflict_events.settings import Settings

__all__ = ["catch_up", "run", "run_archive", "run_day", "take_in"]

_SHARED_BATCH = 50  # articles that one of several processes takes at a time


def run(
    settings: Settings,
    source: Path | str,
    day: date | str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Take a source in and publish every day that is due.

    Args:
        settings: The workspace.
        source: File, folder or "-".
        day: Label of the one snapshot to publish, which takes every article up to it; None publishes one for each
            publication day.
        progress: Told of stages and counts.

    Returns:
        ``{"ingest", "days", "waiting", "report"}``: receipts of the stages, articles that wait for a later day, and
        the report of the published days (of the days of the source where nothing was new).

    Raises:
        PipelineError: The source is missing, nothing in it could be read, the day can't be published, or an audit
            failed.
        PublisherBusy: Another run publishes, and went on for longer than `publish_wait_seconds`.
    """
    from conflict_events.snapshots.storage import publisher_lock

    tell = progress or Silent()
    if day is not None:
        as_day(day)  # before anything is read
    # From the plan on: a run beside this one would take the same articles, and this one's files away when it is done.
    with _readers(settings) as pool, publisher_lock(settings.data_root, settings.publish_wait_seconds):
        taken = ingest(settings, source, progress=tell)
        require_articles(settings, taken)
        days = [run_day(settings, due, tell, pool) for due in plan(settings, day)]
    shown = [receipt["day"] for receipt in days] or _days_to_show(settings, taken, day)
    return {
        "ingest": dict(taken),
        "days": days,
        "waiting": waiting(settings),
        "report": report(settings, shown) if shown else None,
    }


def run_archive(settings: Settings, day: date | str, progress: Progress | None = None) -> dict[str, Any]:
    """What the nightly run does: publish a day from what the archive holds of it, after the days that were missed.

    Args:
        settings: The workspace.
        day: The day.
        progress: Told of stages and counts.

    Returns:
        As `run`.

    Raises:
        PipelineError: The day can't be published, or an audit failed.
    """
    wanted = as_day(day).isoformat()
    tell = progress or Silent()
    taken = take_in(settings, wanted, progress=tell)
    with _readers(settings) as pool:
        days = [run_day(settings, due, tell, pool) for due in plan(settings, wanted)]
    return {"ingest": dict(taken), "days": days, "waiting": waiting(settings), "report": report(settings, [wanted])}


def take_in(
    settings: Settings,
    day: date | str,
    source: Path | str | None = None,
    asked: bool = False,
    progress: Progress | None = None,
) -> IngestReceipt:
    """What a run takes in before it fixes the articles of its day.

    Args:
        settings: The workspace.
        day: The day of the run.
        source: A file or folder to take in; None takes in what the crawl archive holds up to the day.
        asked: Whether somebody asked for this day: then missed days before it are left out.
        progress: Told of stages and counts.

    Raises:
        PipelineError: There is nothing at `source`, or a missed day failed its audit.
    """
    if source:
        return ingest(settings, source, day if asked else None, progress)
    if not asked:
        catch_up(settings, day, progress)
    return take_in_crawl(settings, day)


def catch_up(settings: Settings, day: date | str, progress: Progress | None = None) -> list[str]:
    """Publish the days between the last snapshot and a day, in order, each from what was known in its night.

    Args:
        settings: The workspace; `catch_up_days` says how far back.
        day: The day that is due itself; it is not published here.
        progress: Told of stages and counts.

    Returns:
        The days that were published; none where there is no snapshot yet.
    """
    last = max(published_days(settings), default=None)
    wanted = as_day(day)
    if last is None or settings.catch_up_days == 0:
        return []
    first = max(last + timedelta(days=1), wanted - timedelta(days=settings.catch_up_days))
    missed = [(first + timedelta(days=number)).isoformat() for number in range((wanted - first).days)]
    for one in missed:
        take_in_crawl(settings, one)
        run_day(settings, one, progress)
    return missed


def run_day(
    settings: Settings, day: str, progress: Progress | None = None, pool: Executor | None = None
) -> dict[str, Any]:
    """Publish one day: every stage after the ingest.

    Args:
        settings: The workspace.
        day: The day.
        progress: Told of stages and counts.
        pool: Processes that clean and extract; None takes as many of its own as the settings ask for.

    Returns:
        The receipts of its stages by name, and the day.
    """
    tell = progress or Silent()
    # Small batches keep each of several processes busy to the end.
    size = settings.batch_size if settings.processes == 1 else min(settings.batch_size, _SHARED_BATCH)
    batches = clean_batches(replace(settings, batch_size=size), day)
    tell.begin(f"{day} clean, extract", sum(batch["articles"] for batch in batches))
    claims = failed = 0
    with nullcontext(pool) if pool is not None else _readers(settings) as readers:
        for batch, extracted in _read_batches(settings, batches, readers):
            claims += extracted["claims"]
            failed += extracted["failed"]
            tell.advance(batch["articles"])
    tell.end(f"{claims} claims" + (f", {failed} articles failed" if failed else ""))
    receipts: dict[str, Any] = {"day": day, "batches": len(batches), "claims": claims, "failed": failed}
    for stage in (resolve_day, aggregate, audit_day, publish_day):
        name = stage.__name__.removesuffix("_day")
        tell.begin(f"{day} {name}", None)
        receipts[name] = stage(settings, day)
        tell.end(_summary(receipts[name]))
    return receipts


@contextmanager
def _readers(settings: Settings) -> Iterator[Executor | None]:
    """The processes that the settings ask for; None where that is one."""
    if settings.processes == 1:
        yield None
        return
    with reading_pool(settings) as pool:
        yield pool


def _read_batches(
    settings: Settings, batches: Iterable[Batch], pool: Executor | None
) -> Iterator[tuple[Batch, dict[str, Any]]]:
    """Clean and extract every batch, in the order of the batches."""
    if pool is None:
        for batch in batches:
            yield batch, _read_batch(settings, batch)
        return
    waiting_for = [(batch, pool.submit(_read_batch, settings, batch)) for batch in batches]
    for batch, future in waiting_for:
        yield batch, future.result()


def _read_batch(settings: Settings, batch: Batch) -> dict[str, Any]:
    cleaned = clean(settings, batch)
    extracted = extract(settings, batch)
    return {**extracted, "failed": extracted["failed"] + cleaned["failed"]}


def _days_to_show(settings: Settings, taken: Any, day: date | str | None) -> list[str]:
    """Published days to show where nothing was new: the one asked for, else those of the source's articles."""
    published = published_days(settings)
    if day is not None:
        return [as_day(day).isoformat()] if as_day(day) in published else []
    if taken["first_day"] is not None:
        between = [one.isoformat() for one in published if taken["first_day"] <= one.isoformat() <= taken["last_day"]]
        if between:
            return between
    return [one.isoformat() for one in published[-1:]]


def _summary(receipt: dict[str, Any]) -> str:
    told = (
        f"{value} {key}" for key, value in receipt.items() if isinstance(value, int) and not isinstance(value, bool)
    )
    if receipt.get("published") is True:
        return "published already"
    if "rows" in receipt:
        return f"{sum(receipt['rows'].values())} rows in {len(receipt['rows'])} tables"
    if isinstance(receipt.get("warnings"), list):
        return "; ".join([f"{receipt['checks']} checks", *receipt["warnings"]])
    return ", ".join(told)
