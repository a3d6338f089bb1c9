"""Rebuild: the days from some day on read, resolved and published anew, as a new vintage beside the old one.

What was known when stays as it was: each day takes the articles that it took before, from the archive. Ingest is not
repeated, so publication days and what was quarantined are those of the first reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.pipeline.copies import DAYS_BACK
from conflict_events.pipeline.former import write_former
from conflict_events.pipeline.planning import known_listing
from conflict_events.pipeline.progress import Progress, Silent
from conflict_events.pipeline.runner import run_day
from conflict_events.pipeline.workspace import (
    REJECTED,
    UNDATED,
    PipelineError,
    archive_path,
    as_day,
    published_days,
    write_json,
)
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.snapshots import Diff

__all__ = ["rebuild"]

_SCRATCH = ("archive", "gazetteer", "inbox", "work", "quarantine", "former", ".staging", ".publish.lock")
"""What the new vintage's folder holds only while it is made."""


def rebuild(settings: Settings, first: date | str, progress: Progress | None = None) -> dict[str, Any]:
    """Make a new vintage of the days from `first` on, and let readers see it.

    Other publishers wait meanwhile, or are refused. If the rebuild fails or is killed, the old vintage stays current
    and whole.

    Args:
        settings: The workspace.
        first: First day that is made anew.
        progress: Told of stages and counts.

    Returns:
        ``{"vintage", "from", "days", "path", "changes", "diff"}``: number and folder of the new vintage, receipts of
        its days, how many events differ by kind of change, and the differences in words. The folder holds them as
        ``changes.txt`` and ``changes.parquet``, too.

    Raises:
        PipelineError: No published day is as late as `first`, the archive no longer holds a text that is needed, or a
            day fails its audit.
        PublisherBusy: Another run publishes.
    """
    from conflict_events.snapshots import begin_vintage, diff_vintages, home, publisher_lock, repair, show_vintage

    start, root = as_day(first), settings.data_root
    with publisher_lock(root, settings.publish_wait_seconds):
        repair(root)
        days = [day for day in published_days(settings) if day >= start]
        if not days:
            raise PipelineError(f"no day from {start} on is published in {root}: there is nothing to rebuild")
        _require_texts(settings, days)
        built = begin_vintage(root, start)
        with _lent_archive(settings, built, start) as borrowed:
            receipts = []
            for day in days:
                _lay_out(settings, borrowed, day)
                receipts.append(run_day(borrowed, day.isoformat(), progress or Silent()))
            title = f"Changes by rebuilding {days[0]} to {days[-1]}"
            found = diff_vintages(home(root), built, days[-1], title)
            _write(found, built)
            _hand_over_signatures(settings, borrowed, days)
        folder = show_vintage(root, built)
    return {
        "vintage": int(folder.name),
        "from": start.isoformat(),
        "days": receipts,
        "path": str(folder),
        "changes": found.counts(),
        "diff": found.text(),
    }


def _articles(settings: Settings, day: date) -> list[dict[str, Any]]:
    """Id and day of the articles that the snapshot of a day took."""
    import pyarrow.parquet as pq

    path = settings.snapshots / f"snapshot={day}" / "articles.parquet"
    rows: list[dict[str, Any]] = pq.ParquetFile(path).read(columns=["article_id", "published_at"]).to_pylist()
    return rows


def _require_texts(settings: Settings, days: list[date]) -> None:
    for day in reversed(days):
        lost = [one for one in _articles(settings, day) if not archive_path(settings, one["article_id"]).exists()]
        if lost:
            raise PipelineError(
                f"the archive no longer holds {len(lost)} of the articles of {day} (retention?), "
                f"so only later days can be made anew: conflict-events rebuild --from {day + timedelta(days=1)}"
            )


@contextmanager
def _lent_archive(settings: Settings, built: Path, first: date) -> Iterator[Settings]:
    """Settings over the new vintage that reads the texts and places of the workspace, and writes neither."""
    borrowed = replace(settings, data_root=built, retention_days=0)
    borrowed.archive.mkdir()
    borrowed.inbox.mkdir()
    for folder in settings.archive.glob("??"):
        (borrowed.archive / folder.name).symlink_to(folder.resolve(), target_is_directory=True)
    if settings.gazetteer.is_dir():
        borrowed.gazetteer.symlink_to(settings.gazetteer.resolve(), target_is_directory=True)
    for day in published_days(settings):
        listing = known_listing(settings, day)
        if first - timedelta(days=DAYS_BACK) <= day < first and listing.exists():
            target = known_listing(borrowed, day)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(listing.read_bytes())
    yield borrowed
    from conflict_events.snapshots.storage import discard

    for name in _SCRATCH:
        discard(built / name)


def _lay_out(settings: Settings, borrowed: Settings, day: date) -> None:
    """Put into the inbox what the day took before: its articles, and its number of rejected documents."""
    import pyarrow.parquet as pq

    for row in _articles(settings, day):
        folder = row["published_at"].isoformat() if row["published_at"] else UNDATED
        path = archive_path(borrowed, row["article_id"])
        write_json(borrowed.inbox / folder / path.name, row["article_id"])
    path = settings.snapshots / f"snapshot={day}" / "source_coverage.parquet"
    for row in pq.ParquetFile(path).read(columns=["publisher", "articles_quarantined"]).to_pylist():
        if row["publisher"] == "unknown":
            for number in range(row["articles_quarantined"]):
                note = {"origin": f"snapshot of {day}", "reason": "rejected then"}
                write_json(borrowed.inbox / REJECTED / f"{day}-{number}.json", note)
    write_former(settings, borrowed, day)


def _hand_over_signatures(settings: Settings, borrowed: Settings, days: list[date]) -> None:
    """By the new readings' signatures later copies are known; before the switch, where they do no harm if it fails."""
    for day in days:
        listing = known_listing(borrowed, day)
        if listing.exists():
            listing.replace(known_listing(settings, day))


def _write(found: Diff, folder: Path) -> None:
    found.write(folder / "changes.parquet")
    (folder / "changes.txt").write_text(found.text() + "\n", encoding="utf-8")
