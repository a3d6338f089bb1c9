"""Ingest: what can be read goes to the archive and the inbox, what can't goes to quarantine with a reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict
from zoneinfo import ZoneInfo

from conflict_events.pipeline.progress import Progress, Silent
from conflict_events.pipeline.restoring import restore_inbox
from conflict_events.pipeline.workspace import (
    REJECTED,
    UNDATED,
    PipelineError,
    archive_path,
    as_day,
    forgotten_path,
    read_json,
    write_json,
)
from conflict_events.records import Article
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.articles import Limits, Rejected
    from conflict_events.articles.seen import SeenFiles

__all__ = ["IngestReceipt", "document_limits", "ingest", "read_source", "require_articles"]

_REPEATS = frozenset({"duplicate"})
"""Reasons that are no fault of the document: it was read before."""


class IngestReceipt(TypedDict):
    """What became of the documents of a source.

    `reasons` counts the rejected ones by reason code; `first_day` and `last_day` are ISO publication days, or None;
    `unchanged` counts files of a watched source that were as they had been, and not read.
    """

    source: str
    read: int
    new: int
    known: int
    duplicates: int
    rejected: int
    undated: int
    first_day: str | None
    last_day: str | None
    reasons: dict[str, int]
    unchanged: NotRequired[int]


def document_limits(settings: Settings) -> Limits:
    """Caps on documents as the settings have them."""
    from conflict_events.articles import Limits

    return Limits(max_record_bytes=settings.max_document_bytes, max_page_bytes=settings.max_document_bytes)


def read_source(
    settings: Settings,
    source: Path | str,
    today: date | None = None,
    publisher: str | None = None,
    seen: SeenFiles | None = None,
) -> Iterator[Article | Rejected]:
    """Read articles with the limits and outlets of the settings; the rest as in `articles.read_articles`.

    Raises:
        PipelineError: There is nothing at `source`, or it can't be opened.
    """
    from conflict_events.articles import load_sources, read_articles

    limits = document_limits(settings)
    try:
        sources = load_sources(settings.sources_file)
        yield from read_articles(
            source, limits=limits, sources=sources, today=today, publisher=publisher, seen=seen
        )  # fmt: skip
    except FileNotFoundError as error:
        raise PipelineError(f"{source}: no such file or folder") from error
    except PermissionError as error:
        raise PipelineError(f"{source}: may not be read ({error.strerror})") from error


def ingest(
    settings: Settings,
    source: Path | str,
    day: date | str | None = None,
    progress: Progress | None = None,
    publisher: str | None = None,
    seen: SeenFiles | None = None,
) -> IngestReceipt:
    """Take the articles of a source into the archive.

    An article that the archive holds already is passed over, so that a source may be read again at any time.

    Args:
        settings: The workspace.
        source: File, folder or "-" (what `articles.read_articles` takes).
        day: Day under which rejected documents are filed; None for the last publication day read.
        progress: Told of each document.
        publisher: Of articles that name none and have no address.
        seen: Files that need not be read again.

    Raises:
        PipelineError: There is nothing at `source`.
    """
    tell = progress or Silent()
    counts: Counter[str] = Counter()
    rejected: list[Rejected] = []
    days: set[date] = set()
    tell.begin("ingest", None)
    restore_inbox(settings)  # before it gains its first new article
    for found in read_source(settings, source, publisher=publisher, seen=seen):
        if isinstance(found, Article):
            counts[_take_in(settings, found, rejected)] += 1
            counts["undated"] += found.published_at is None
            days |= {found.published_at} if found.published_at else set()
        else:
            rejected.append(found)
        tell.advance(1)
    _file_rejected(settings, source, rejected, as_day(day) if day else max(days, default=_today(settings)))
    repeats = sum(one.reason in _REPEATS for one in rejected)
    receipt = IngestReceipt(
        source=str(source),
        read=counts["new"] + counts["known"] + len(rejected),
        new=counts["new"],
        known=counts["known"],
        duplicates=repeats,
        rejected=len(rejected) - repeats,
        undated=counts["undated"],
        first_day=min(days).isoformat() if days else None,
        last_day=max(days).isoformat() if days else None,
        reasons=dict(sorted(Counter(one.reason for one in rejected).items())),
    )
    tell.end(
        f"{receipt['new']} new, {receipt['known']} known, {repeats} exact duplicates, {receipt['rejected']} quarantined"
    )
    return receipt


def require_articles(settings: Settings, taken: Mapping[str, Any]) -> None:
    """Refuse a source of which nothing could be read: who named it waits for events of it.

    Args:
        settings: The workspace.
        taken: Receipt of `ingest`.

    Raises:
        PipelineError: There is no article in it, or each was turned away; the message counts the reasons.
    """
    if not taken["read"]:
        raise PipelineError(f"{taken['source']}: there is nothing in it")
    if taken["read"] == taken["rejected"] + taken["duplicates"]:
        reasons = ", ".join(f"{count} {reason}" for reason, count in taken["reasons"].items())
        raise PipelineError(f"{taken['source']}: no article could be read ({reasons}); see {settings.quarantine}")


def _take_in(settings: Settings, article: Article, rejected: list[Rejected]) -> str:
    """Archive one article; the inbox marker comes first, so that a crash between the two leaves nothing unseen."""
    from conflict_events.articles import Rejected

    path, forgotten = archive_path(settings, article.article_id), forgotten_path(settings, article.article_id)
    if path.exists() or forgotten.exists():
        held = Article.from_json(read_json(path)).text_sha256 if path.exists() else read_json(forgotten)["text_sha256"]
        if held == article.text_sha256:
            return "known"
        detail = (
            f"the archive holds another text under the id {article.article_id!r}; give the new one an id of its own"
        )
        rejected.append(Rejected(article.url or article.article_id, "duplicate_id", detail, article.text[:200]))
        return "replaced"
    folder = article.published_at.isoformat() if article.published_at else UNDATED
    write_json(settings.inbox / folder / path.name, article.article_id)
    write_json(path, article.to_json())
    return "new"


def _file_rejected(settings: Settings, source: Path | str, rejected: list[Rejected], day: date) -> None:
    """Write the quarantine files, and note each document once for the coverage of the next snapshot."""
    from conflict_events.articles import write_quarantine

    if not rejected:
        return
    write_quarantine(settings.quarantine, day, rejected)
    for one in rejected:
        if one.reason in _REPEATS:
            continue
        seed = "\x00".join((_place(settings, source), one.origin, one.reason, one.excerpt))
        name = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:24] + ".json"
        if not (settings.archive / REJECTED / name).exists():
            write_json(settings.inbox / REJECTED / name, {"origin": one.origin, "reason": one.reason})


def _place(settings: Settings, source: Path | str) -> str:
    """The source's path; within the workspace, wherever that lies."""
    path = Path(source)
    return str(path.relative_to(settings.data_root) if path.is_relative_to(settings.data_root) else source)


def _today(settings: Settings) -> date:
    """The desk's day; only names a folder of the quarantine, never dates an article."""
    return datetime.now(ZoneInfo(settings.zone)).date()
