"""Removes texts, fetched pages and quarantine that are older than the desk keeps them; snapshots are never touched."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import NotRequired, TypedDict

from conflict_events.pipeline.copies import DAYS_BACK
from conflict_events.pipeline.fetching import places_of
from conflict_events.pipeline.planning import known_listing
from conflict_events.pipeline.workspace import (
    archive_path,
    as_day,
    forgotten_path,
    published_days,
    read_json,
    read_jsonl,
    write_json,
)
from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = ["PruneReceipt", "prune_archive"]


class PruneReceipt(TypedDict):
    """What was removed: archived texts, days of the quarantine, and, where there were some, days of fetched pages."""

    texts: int
    quarantine_days: int
    crawl_days: NotRequired[int]


def prune_archive(settings: Settings, today: date | str) -> PruneReceipt:
    """Remove texts whose first snapshot, and pages and quarantine whose day, lies `retention_days` before a day.

    Of a text its hash stays, so that a watched folder which still holds it does not bring it back as news. Articles
    that no snapshot holds yet are kept, however old. With `retention_days` 0 nothing is removed.

    Args:
        settings: The workspace.
        today: Day from which age is counted.
    """
    if settings.retention_days == 0:
        return {"texts": 0, "quarantine_days": 0}
    wanted = as_day(today)
    oldest = wanted - timedelta(days=settings.retention_days)
    texts = 0
    for known in published_days(settings):
        listing = known_listing(settings, known)
        if known >= oldest or not listing.exists():
            continue
        texts += sum(_forget(settings, record["article_id"]) for record in read_jsonl(listing))
        if known < wanted - timedelta(days=DAYS_BACK):  # later copies are told by it until then
            listing.unlink()
    receipt = PruneReceipt(texts=texts, quarantine_days=_prune_days(settings.quarantine, oldest))
    _prune_forms(settings, oldest)
    crawl_days = _prune_days(places_of(settings).crawl.root, oldest)
    if crawl_days:
        receipt["crawl_days"] = crawl_days
    return receipt


def _forget(settings: Settings, article_id: str) -> bool:
    """Remove one text; the note comes first, so that a crash between the two loses nothing."""
    path = archive_path(settings, article_id)
    if not path.exists():
        return False
    held = Article.from_json(read_json(path))
    write_json(forgotten_path(settings, article_id), {"text_sha256": held.text_sha256})
    path.unlink()
    return True


def _prune_forms(settings: Settings, oldest: date) -> None:
    """Review forms quote articles; the judgements beside them do not, and stay."""
    for path in settings.review.glob("????-W??/form.csv"):
        year, week = path.parent.name.split("-W")
        if date.fromisocalendar(int(year), int(week), 7) < oldest:
            path.unlink()


def _prune_days(folder: Path, oldest: date) -> int:
    removed = 0
    for path in sorted(folder.glob("????-??-??")):
        if date.fromisoformat(path.name) < oldest:
            shutil.rmtree(path)
            removed += 1
    return removed
