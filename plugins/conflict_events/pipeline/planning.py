"""Which days are due, and which articles a day's snapshot takes."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypedDict

from conflict_events.pipeline.restoring import restore_inbox
from conflict_events.pipeline.workspace import (
    REJECTED,
    UNDATED,
    PipelineError,
    archive_path,
    as_day,
    day_folder,
    published_days,
    read_json,
    write_json,
)
from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = [
    "MOST_BATCHES",
    "Batch",
    "clean_batches",
    "day_articles",
    "day_rejections",
    "known_listing",
    "plan",
    "settle",
    "still_waits",
    "waiting",
]


MOST_BATCHES = 64
"""So many batches a day at most."""


class Batch(TypedDict):
    """A share of a day's articles; small enough to pass between tasks."""

    day: str
    number: int
    articles: int


def plan(settings: Settings, day: date | str | None = None) -> list[str]:
    """The days whose snapshots are due, ascending, as ISO strings.

    With `day`: that day, unless it is published; a day on which nothing waits gets a snapshot too, so that "no
    articles" is on record. Without: each publication day that waits. Articles that come late (their day, or a later
    one, is published) belong to the next due day after the last snapshot, or, where there is none, to the day after
    the last snapshot: a published day is never recomputed. Undated articles belong to the last due day.

    Raises:
        PipelineError: `day` lies before the last snapshot, or nothing that waits is dated and no snapshot exists yet.
    """
    settle(settings)
    last = _last_published(settings)
    pending = _pending(settings)
    if day is not None:
        wanted = as_day(day)
        if last is not None and wanted < last:
            raise PipelineError(
                f"{wanted} lies before the last snapshot ({last}): take a later day, or another data root"
            )
        return [] if wanted == last else [wanted.isoformat()]
    dated = sorted(known for known in pending if known is not None)
    due = [known for known in dated if last is None or known > last]
    if pending and not due:
        if last is None:
            raise PipelineError("no article has a publication day, so no snapshot can be named: give --date YYYY-MM-DD")
        due = [last + timedelta(days=1)]
    return [known.isoformat() for known in due]


def clean_batches(settings: Settings, day: date | str, after: date | str | None = None) -> list[Batch]:
    """Fix the articles of a day and cut them into batches of `settings.batch_size`, larger ones on the largest days.

    A batch is a mapped task or two: each costs its scheduler a second or more, and `MOST_BATCHES` are enough to spread.

    Days may be planned, cleaned and extracted in any order: what another day has published first is left out when the
    day is resolved.

    Args:
        settings: The workspace.
        day: The day.
        after: The day before this one among those that are due, if that is planned, too: what was published up to it
            is not read for this day. None takes all that waits.

    Returns:
        The batches; none where nothing waits, or the day is published.
    """
    settle(settings)
    wanted = as_day(day)
    last = _last_published(settings)
    if last is not None and wanted <= last:
        return []
    article_ids = _taken(_pending(settings), wanted, as_day(after) if after else date.min)
    rejected = _rejections(settings, wanted)
    folder = day_folder(settings, wanted)
    chosen = {"articles": article_ids, "rejected": rejected}
    listing = folder / "articles.json"
    if folder.exists() and not (listing.exists() and read_json(listing) == chosen):
        shutil.rmtree(folder)  # staged by a run that ended early, with other articles
    write_json(listing, chosen)
    size = max(settings.batch_size, -(-len(article_ids) // MOST_BATCHES))
    parts = [article_ids[start : start + size] for start in range(0, len(article_ids), size)]
    _cut_anew(folder, parts)
    batches: list[Batch] = []
    for number, part in enumerate(parts):
        write_json(folder / f"batch-{number:04d}.json", part)
        batches.append({"day": wanted.isoformat(), "number": number, "articles": len(part)})
    return batches


def _cut_anew(folder: Path, parts: list[list[str]]) -> None:
    """Remove what a run that ended early has staged of the same articles in batches of another size."""
    staged = [read_json(path) for path in sorted(folder.glob("batch-*.json"))]
    if staged and staged != parts:
        for pattern in ("batch-*", "clean-*", "claims-*"):
            for path in folder.glob(pattern):
                path.unlink()


def day_articles(settings: Settings, day: date | str) -> list[str]:
    """Ids of the articles that `clean_batches` fixed for a day."""
    listing = day_folder(settings, day) / "articles.json"
    return list(read_json(listing)["articles"]) if listing.exists() else []


def day_rejections(settings: Settings, day: date | str) -> list[dict[str, str]]:
    """Origin and reason of the rejected documents that count for a day."""
    listing = day_folder(settings, day) / "articles.json"
    if not listing.exists():
        return []
    found = []
    for name in read_json(listing)["rejected"]:
        path = settings.inbox / REJECTED / f"{name}.json"
        if path.exists():
            found.append(read_json(path))
    return found


def known_listing(settings: Settings, day: date | str) -> Path:
    """File with the signatures of the articles that a published day took, by which later copies are recognised."""
    return settings.archive / "days" / f"{as_day(day).isoformat()}.jsonl"


def still_waits(settings: Settings, article: Article) -> bool:
    """Whether no snapshot holds the article yet."""
    folder = article.published_at.isoformat() if article.published_at else UNDATED
    name = archive_path(settings, article.article_id).name
    # In an inbox that was made anew it may wait for a later day, on which it became known.
    return (settings.inbox / folder / name).exists() or any(settings.inbox.glob(f"*/{name}"))


def waiting(settings: Settings) -> int:
    """How many archived articles no snapshot holds yet."""
    return sum(len(ids) for ids in _pending(settings).values())


def settle(settings: Settings) -> None:
    """Take the articles of published days out of the inbox, which is made anew from the archive where it is lost.

    Publishing and this are two steps; doing it again after a crash between them makes them one.
    """
    restore_inbox(settings)
    if not settings.work.exists():
        return
    published = set(published_days(settings))
    for listing in sorted(settings.work.glob("????-??-??/articles.json")):
        if date.fromisoformat(listing.parent.name) not in published:
            continue
        chosen = read_json(listing)
        markers = {path.stem: path for path in _markers(settings)}
        for article_id in chosen["articles"]:
            marker = markers.get(archive_path(settings, article_id).stem)
            if marker is not None:
                marker.unlink(missing_ok=True)
        for name in chosen["rejected"]:
            waiting_file = settings.inbox / REJECTED / f"{name}.json"
            if waiting_file.exists():
                note = {**read_json(waiting_file), "day": listing.parent.name}
                write_json(settings.archive / REJECTED / f"{name}.json", note)
                waiting_file.unlink()
        signatures = listing.with_name("signatures.jsonl")
        if signatures.exists():
            kept = known_listing(settings, listing.parent.name)
            kept.parent.mkdir(parents=True, exist_ok=True)
            signatures.replace(kept)
        shutil.rmtree(listing.parent)


def _last_published(settings: Settings) -> date | None:
    days = published_days(settings)
    return days[-1] if days else None


def _pending(settings: Settings) -> dict[date | None, list[str]]:
    """Waiting article ids by publication day; None for the undated."""
    found: dict[date | None, list[str]] = defaultdict(list)
    for marker in _markers(settings):
        article_id = read_json(marker)
        if archive_path(settings, article_id).exists():
            name = marker.parent.name
            found[None if name == UNDATED else date.fromisoformat(name)].append(article_id)
    return {known: sorted(ids) for known, ids in found.items()}


def _markers(settings: Settings) -> Iterator[Path]:
    for folder in sorted(settings.inbox.glob("*")):
        if folder.name != REJECTED:
            yield from sorted(folder.glob("*.json"))


def _taken(pending: dict[date | None, list[str]], day: date, after: date) -> list[str]:
    """Ids that a snapshot of `day` takes; the undated ones with the last due day only."""
    taken = [article_id for known, ids in pending.items() if known and after < known <= day for article_id in ids]
    if all(known is None or known <= day for known in pending):
        taken += pending.get(None, [])
    return sorted(taken)


def _is_last(settings: Settings, day: date) -> bool:
    return all(known is None or known <= day for known in _pending(settings))


def _rejections(settings: Settings, day: date) -> list[str]:
    """Names of the rejected documents that a day counts: those that it counted before, else the last due day all."""
    last, found = _is_last(settings, day), []
    for path in sorted((settings.inbox / REJECTED).glob("*.json")):
        before = read_json(path).get("day")
        if date.fromisoformat(before) <= day if before else last:
            found.append(path.stem)
    return found
