"""Fetch: what the web's sources have that is new goes into the crawl archive; a day takes it in from there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from conflict_events.pipeline.days import crawl_cutoff
from conflict_events.pipeline.intake import IngestReceipt, document_limits, ingest
from conflict_events.pipeline.workspace import PipelineError, as_day, write_json
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.articles import Source
    from conflict_events.fetching import Places, Web

__all__ = ["fetch", "places_of", "take_in_crawl", "the_web"]


def the_web() -> Web:
    """How the web is reached: public addresses, the system's trust in certificates."""
    from conflict_events.fetching import Web

    return Web()


def places_of(settings: Settings) -> Places:
    """Where rounds keep what they fetch and know."""
    from conflict_events.fetching import Places

    return Places.of(settings.archive, ZoneInfo(settings.zone))


def fetch(settings: Settings, source_id: str) -> dict[str, Any]:
    """One round of a source of the web: new pages go into the crawl archive.

    Pages that are given up go to `quarantine/` with their reason. What a server does is told in the receipt, never
    raised: a dead source stops nothing but itself.

    Args:
        settings: The workspace.
        source_id: Id of a source in the sources file.

    Returns:
        ``{"source", "ok", "reason", "detail", "passing", "listed", "new", "fetched", "unchanged", "failed", "waiting",
        "lost"}``, as in `fetching.RoundReport`; `lost` counts.

    Raises:
        PipelineError: There is no such source, or it is read from a path.
    """
    from conflict_events.articles import Rejected, load_sources, write_quarantine
    from conflict_events.fetching import run_round

    sources = load_sources(settings.sources_file)
    source = sources.named(source_id)
    if source is None or source.is_local:
        raise PipelineError(f"{source_id!r} is no source of the web; there are {_listed(sources.sources)}")
    web = the_web()
    report = run_round(source, sources, places_of(settings), web, document_limits(settings), write_json)
    today = web.now().astimezone(ZoneInfo(settings.zone)).date()
    write_quarantine(settings.quarantine, today, [Rejected(one.url, one.reason, one.detail) for one in report.lost])
    record = report.to_json()
    del record["at"]
    return {**record, "lost": len(report.lost)}


def take_in_crawl(settings: Settings, day: date | str | None = None) -> IngestReceipt:
    """Take fetched pages into the archive of articles.

    Args:
        settings: The workspace.
        day: Take what was fetched up to the night after this day (`crawl_cutoff`); None takes all. Of a file that was
            taken in before nothing is read.

    Returns:
        What became of the pages, as `ingest` tells it.
    """
    end = crawl_cutoff(as_day(day), settings.zone) if day is not None else None
    receipts = []
    for file in places_of(settings).crawl.files():
        marker = _marker(settings, file.path)
        if marker.exists() or (end is not None and file.complete >= end):
            continue
        receipts.append(ingest(settings, file.path, file.day))
        write_json(marker, dict(receipts[-1]))
    return _sum(receipts)


def _marker(settings: Settings, path: Path) -> Path:
    """Where it is noted that a file was taken in. Among the machinery: the archive alone is read anew."""
    crawl = places_of(settings).crawl.root
    return settings.work / "crawl" / path.relative_to(crawl).with_suffix(".json")


def _sum(receipts: list[IngestReceipt]) -> IngestReceipt:
    reasons: Counter[str] = Counter()
    for one in receipts:
        reasons.update(one["reasons"])
    first = [one["first_day"] for one in receipts if one["first_day"]]
    last = [one["last_day"] for one in receipts if one["last_day"]]
    return IngestReceipt(
        source="the crawl archive",
        read=sum(one["read"] for one in receipts),
        new=sum(one["new"] for one in receipts),
        known=sum(one["known"] for one in receipts),
        duplicates=sum(one["duplicates"] for one in receipts),
        rejected=sum(one["rejected"] for one in receipts),
        undated=sum(one["undated"] for one in receipts),
        first_day=min(first, default=None),
        last_day=max(last, default=None),
        reasons=dict(sorted(reasons.items())),
    )


def _listed(sources: tuple[Source, ...]) -> str:
    return ", ".join(source.id for source in sources if not source.is_local) or "none in the sources file"
