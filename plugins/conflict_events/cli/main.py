"""Arguments and exit codes of `conflict-events`; the commands themselves are imported only when one is called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from conflict_events.cli.errors import UserError, is_user_error

__all__ = ["build_parser", "main"]

_INPUT = "a file (.jsonl, .txt, .html, .warc, each also .gz), a folder of them, or - for JSONL on standard input"
_SOURCES = "ids of sources (default: all that are enabled)"
_EPILOG = """\
examples:
  conflict-events run include/sample_articles
  conflict-events extract articles.jsonl --out claims.jsonl
  conflict-events resolve claims.jsonl --out resolved.jsonl
  conflict-events ingest && conflict-events run
  conflict-events export --from 2024-03-01 --country SY --out march.csv
  conflict-events explain article.html --html --out article-explained.html
"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="conflict-events",
        description="Conflict events, daily and sourced, from Arabic news.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    extract = _command(commands, "extract", "read articles, write the claims they make", "convert:extract")
    extract.add_argument("articles", metavar="ARTICLES", help=_INPUT)
    _out(extract, "CLAIMS.jsonl")
    _data_root(extract)
    _processes(extract)

    resolve = _command(commands, "resolve", "tie the claims that tell one occurrence to one event", "convert:resolve")
    resolve.add_argument("claims", metavar="CLAIMS.jsonl", help="claims as `extract` writes them, - for standard input")
    _out(resolve, "RESOLVED.jsonl")
    resolve.add_argument("--events", metavar="EVENTS.jsonl", help="also write the reconciled events, one a line")

    geocode = _command(commands, "geocode", "find the coordinates of places", "convert:geocode")
    geocode.add_argument("places", metavar="PLACES.jsonl", help='lines of {"place", "admin1_en"}, - for standard input')
    _out(geocode, "GEOCODED.jsonl")
    _data_root(geocode)

    run = _command(commands, "run", "the whole pipeline on some articles, without Airflow", "work:run")
    run.add_argument("input", metavar="INPUT", nargs="?", help=f"{_INPUT}; none: what `ingest` fetched")
    run.add_argument(
        "--date",
        metavar="DAY",
        help="label of the snapshot, YYYY-MM-DD; without it, one for each publication day (without INPUT: yesterday)",
    )
    _data_root(run)
    _processes(run)

    report = _command(commands, "report", "the events of published days; of one day as a page, too", "work:report")
    report.add_argument("days", metavar="DAY", nargs="*", help="days, YYYY-MM-DD; without one, the last snapshot")
    report.add_argument(
        "--html", metavar="FILE.html", help="where the page goes (default: reports/DAY.html in the workspace)"
    )
    _data_root(report)

    ingest = _command(commands, "ingest", "read every source once into the archive, without Airflow", "sources:ingest")
    ingest.add_argument("sources", metavar="SOURCE", nargs="*", help=_SOURCES)
    _data_root(ingest)

    sources = commands.add_parser("sources", help="where articles come from", description="Where articles come from.")
    asked = sources.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = _command(asked, "check", "try each source once and say what is found", "sources:check")
    check.add_argument("sources", metavar="SOURCE", nargs="*", help=_SOURCES)
    _command(asked, "pools", "a pool for each host, for `airflow pools import`; the set-up does it", "sources:pools")
    _data_root(check)

    status = _command(commands, "status", "the last runs with their counts, and whether a day is late", "work:status")
    status.add_argument("--days", type=int, default=14, metavar="N", help="so many of the last days (default 14)")
    status.add_argument("--check", action="store_true", help="exit with 1 where the day that is due is not published")
    status.add_argument("--notify", action="store_true", help="as --check, and tell the webhook of notify_url")
    _data_root(status)

    review = commands.add_parser("review", help="the weekly check by people", description="The weekly check by people.")
    steps = review.add_subparsers(dest="action", metavar="ACTION", required=True)
    draw = _command(steps, "draw", "draw published claims of a week, and write the form", "review:draw")
    draw.add_argument("--week", metavar="WEEK", help="ISO week, 2024-W11 (default: the last whole one)")
    draw.add_argument("--out", "-o", metavar="FORM.csv", help="where it goes (default: review/WEEK/form.csv)")
    _data_root(draw)
    record = _command(steps, "record", "keep the judgements of a filled form", "review:record")
    record.add_argument("form", metavar="FORM.csv", help="the form with y or n in its column `right`")
    record.add_argument("--reviewer", metavar="NAME", help="who judged (default: the user's name)")
    _data_root(record)
    _data_root(_command(steps, "rates", "how often each slot was right, week by week", "review:rates"))

    diff = _command(commands, "diff", "what changed between two published days, and why", "history:diff")
    diff.add_argument("before", metavar="DAY", help="as it was known at the end of this day, YYYY-MM-DD")
    diff.add_argument("after", metavar="DAY", help="as it was known at the end of this day")
    diff.add_argument("--out", "-o", metavar="CHANGES.parquet", help="also write the changes as a table, Parquet")
    diff.add_argument(
        "--vintage", type=int, metavar="N", help="the day (give it twice) in vintage N against the current vintage"
    )
    _data_root(diff)

    export = _command(
        commands, "export", "a table as CSV for spreadsheets, the events as GeoJSON for maps", "export:export"
    )
    export.add_argument(
        "table", metavar="TABLE", nargs="?", default="events", help="a table, acled_view or ucdp_view (default: events)"
    )
    export.add_argument("--format", choices=("csv", "geojson"), help="default: by the file's name, else csv")
    export.add_argument("--from", dest="first", metavar="DAY", help="first day wanted, YYYY-MM-DD")
    export.add_argument("--to", dest="last", metavar="DAY", help="last day wanted")
    export.add_argument(
        "--country", action="append", default=[], metavar="CODE", help="SY, IQ, ...; several by commas, or given again"
    )
    export.add_argument("--as-of", metavar="DAY", help="the events as they were known at the end of this day")
    _out(export, "FILE.csv|FILE.geojson")
    _data_root(export)

    rebuild = _command(commands, "rebuild", "read published days anew, as a new vintage", "history:rebuild")
    rebuild.add_argument("--from", dest="first", metavar="DAY", required=True, help="first day to rebuild, YYYY-MM-DD")
    _data_root(rebuild)
    _processes(rebuild)

    explain = _command(commands, "explain", "an article with the words and rules behind each claim", "work:explain")
    explain.add_argument("article", metavar="ARTICLE", help="as for extract")
    explain.add_argument("--html", action="store_true", help="a right-to-left page instead of text for the terminal")
    explain.add_argument("--id", metavar="ARTICLE_ID", help="only this article of the input")
    _out(explain, "FILE")
    _data_root(explain)

    gazetteer = commands.add_parser("gazetteer", help="places of your own", description="Places of your own.")
    actions = gazetteer.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = _command(actions, "import", "add a place table (OCHA COD-AB, GeoNames, our own CSV)", "convert:gazetteer")
    add.add_argument("file", metavar="FILE.csv", help="a table of places, UTF-8")
    _data_root(add)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: Arguments without the program's name; None for those of the process.

    Returns:
        0 all went well; 1 a source failed, the others are done; 2 the user can mend it (one line on standard error says
        how); 130 interrupted.
    """
    arguments = build_parser().parse_args(argv)
    module, _, function = arguments.run.partition(":")
    try:
        _share_data_root(getattr(arguments, "data_root", None))
        command = getattr(importlib.import_module(f"conflict_events.cli.{module}"), function)
        return int(command(arguments) or 0)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - flushed at exit
        return 0
    except KeyboardInterrupt:
        print("conflict-events: interrupted; what was published stays whole", file=sys.stderr)
        return 130
    except Exception as error:
        if not is_user_error(error):
            raise
        message = str(error) if isinstance(error, UserError) or not isinstance(error, OSError) else _of_system(error)
        print(f"conflict-events: {message}", file=sys.stderr)
        return 2


def _share_data_root(given: str | None) -> None:
    """Let every room, and every process that is started, see the same workspace: imported gazetteers lie in it."""
    from conflict_events.settings import Settings

    root = str(Settings.load(data_root=given).data_root.absolute())
    os.environ["CONFLICT_EVENTS_DATA_ROOT"] = os.environ["CONFLICT_EVENTS_DATA"] = root


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, run: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.set_defaults(run=run)
    return command


def _out(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--out", "-o", metavar=what, default="-", help="where to write (default: standard output)")


def _data_root(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data-root", metavar="FOLDER", help="the workspace (default: $CONFLICT_EVENTS_DATA_ROOT or data)"
    )


def _processes(command: argparse.ArgumentParser) -> None:
    command.add_argument("--processes", "--workers", type=int, metavar="N", help="processes that extract (default 1)")


def _of_system(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
