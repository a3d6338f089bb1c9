"""Tries each source once and says what it finds; writes nothing but the hosts' gates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from conflict_events.articles import Limits, Rejected, Source, Sources, load_sources
from conflict_events.articles.crawl import page_from_bytes
from conflict_events.articles.intake import Intake
from conflict_events.articles.rejected import RejectionError
from conflict_events.fetching import AGENT, Fetcher, FetchError, Robots
from conflict_events.fetching.rounds import read_lists
from conflict_events.pipeline import fetching
from conflict_events.pipeline.intake import document_limits, read_source
from conflict_events.pipeline.workspace import PipelineError
from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = ["Finding", "check_sources"]

_LOOKED_AT = 50
"""Documents of a local source that are looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at a source.

    Attributes:
        source: Its id.
        kind: Its kind.
        result: "ok", "off" where it is not enabled, else a reason code.
        detail: What was found, or what is wrong.
    """

    source: str
    kind: str
    result: str
    detail: str


def check_sources(settings: Settings, names: list[str] | None = None) -> Iterator[Finding]:
    """Try sources one after another.

    Args:
        settings: The workspace.
        names: Ids of the sources to try, enabled or not; None tries all that are enabled.

    Raises:
        PipelineError: There is no source of a name.
    """
    sources = load_sources(settings.sources_file)
    unknown = sorted(set(names or ()) - {source.id for source in sources.sources})
    if unknown:
        raise PipelineError(f"{unknown[0]}: no such source; there are {', '.join(one.id for one in sources.sources)}")
    for source in sources.sources:
        if names and source.id not in names:
            continue
        if not source.enabled and not names:
            yield Finding(source.id, source.kind, "off", "enabled: false")
        elif source.is_local:
            yield _local(settings, source, sources.publisher_of(source))
        else:
            yield _web(settings, source, sources)


def _local(settings: Settings, source: Source, publisher: str | None) -> Finding:
    try:
        found = list(islice(read_source(settings, source.path or "", publisher=publisher), _LOOKED_AT))
    except PipelineError as error:
        return Finding(source.id, source.kind, "unreadable", str(error))
    wrong = Counter(one.reason for one in found if isinstance(one, Rejected))
    told = [f"{len(found) - wrong.total()} articles", *(f"{count} {reason}" for reason, count in sorted(wrong.items()))]
    more = " (the first ones)" if len(found) == _LOOKED_AT else ""
    result = "ok" if not found or wrong.total() < len(found) else next(iter(wrong))
    return Finding(source.id, source.kind, result, ", ".join(told) + more)


def _web(settings: Settings, source: Source, sources: Sources) -> Finding:
    limits = document_limits(settings)
    with fetching.the_web().fetcher(sources.hosts_of(source), fetching.places_of(settings).gates) as fetcher:
        try:
            return _listed(source, sources, fetcher, limits)
        except FetchError as error:
            return Finding(source.id, source.kind, error.reason, error.detail)


def _listed(source: Source, sources: Sources, fetcher: Fetcher, limits: Limits) -> Finding:
    """Read the list, then its first page, as a round would."""
    outlet = sources.outlet(source.outlet)
    door = Robots(fetcher, AGENT, source.crawl_delay_seconds)
    entries = read_lists(source, ZoneInfo(outlet.timezone if outlet else sources.timezone), fetcher, door, limits, {})
    if not entries:
        return Finding(source.id, source.kind, "bad_list", f"{source.url} names no page")
    named = f"{len(entries)} pages named"
    first = entries[0].url
    try:
        answer = fetcher.get(first, door)
        page = page_from_bytes(answer.body, answer.url, limits, answer.header("Content-Type"))
    except (FetchError, RejectionError) as error:
        return Finding(source.id, source.kind, error.reason, f"{named}; {first}: {error.detail}")
    read = Intake(limits, sources, answer.fetched_at.date()).take(page, first)
    if not isinstance(read, Article):
        return Finding(source.id, source.kind, read.reason, f"{named}; {first}: {read.detail}")
    day = f"{read.published_at} by {read.published_source}" if read.published_at else "no day"
    return Finding(source.id, source.kind, "ok", f"{named}; {read.title} ({len(read.text)} characters, {day})")
