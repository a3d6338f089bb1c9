"""What each outlet gave on a day, so that "no events" is told from "no articles"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from conflict_events.pipeline.planning import day_rejections
from conflict_events.pipeline.reading import failures
from conflict_events.pipeline.workspace import as_day
from conflict_events.records import CleanArticle
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.articles import Source, Sources
    from conflict_events.snapshots import Coverage

__all__ = ["UNKNOWN", "coverage"]

_HOUR = timedelta(hours=1)

UNKNOWN = "unknown"
"""Publisher under which documents are counted that could not be read at all."""


def coverage(settings: Settings, day: str, articles: Sequence[CleanArticle]) -> list[Coverage]:
    """What each outlet gave: articles read, copies among them, documents that failed; and what was expected.

    Of outlets that are fetched from the web also how many hours of the day are missing and how many pages were lost.
    """
    from conflict_events.articles import load_sources
    from conflict_events.snapshots import Coverage

    sources = load_sources(settings.sources_file)
    read: Counter[str] = Counter(cleaned.article.publisher or UNKNOWN for cleaned in articles)
    cut: Counter[str] = Counter(
        cleaned.article.publisher or UNKNOWN for cleaned in articles if cleaned.near_duplicate_of is not None
    )
    lost: Counter[str] = Counter({UNKNOWN: len(day_rejections(settings, day))})
    publisher = {cleaned.article.article_id: cleaned.article.publisher or UNKNOWN for cleaned in articles}
    for failure in failures(settings, day):
        if failure["article_id"] in publisher:  # else another day has published the article
            lost[publisher[failure["article_id"]]] += 1
    names = _names(sources, read)
    expected: dict[str, float] = defaultdict(float)
    fetched: dict[str, list[Source]] = defaultdict(list)
    for source in sources.sources:
        if source.enabled and source.outlet:
            name = names[source.outlet]
            if source.expected_per_day:
                expected[name] += source.expected_per_day
            if not source.is_local:
                fetched[name].append(source)
    web = {name: _of_the_web(settings, day, ours) for name, ours in fetched.items()}
    return [
        Coverage(
            name,
            read[name],
            cut[name],
            lost[name],
            round(expected[name]) if name in expected else None,
            *web.get(name, (None, None)),
        )
        for name in sorted({*read, *expected, *web, *(name for name, count in lost.items() if count)})
    ]


def _names(sources: Sources, read: Counter[str]) -> dict[str, str]:
    """The name under which the articles of each outlet stand: the one read most today, else a domain, else its id."""
    names = {outlet.id: (outlet.domains or (outlet.id,))[0] for outlet in sources.outlets}
    for name, _ in sorted(read.items(), key=lambda item: (item[1], item[0])):
        outlet = sources.outlet_of(name)
        if outlet is not None:
            names[outlet.id] = name
    return names


def _of_the_web(settings: Settings, day: str, ours: Sequence[Source]) -> tuple[int, int]:
    """Hours of the day in which some source of an outlet was not read, and pages lost for good."""
    from conflict_events.fetching import Places

    zone = ZoneInfo(settings.zone)
    crawl = Places.of(settings.archive, zone).crawl
    start = datetime.combine(as_day(day), time(), zone).astimezone(UTC)
    end = datetime.combine(as_day(day) + timedelta(days=1), time(), zone).astimezone(UTC)
    hours = range(round((end - start) / _HOUR))  # 24, or one more or less where clocks are changed
    covered = set(hours)
    pages = 0
    for source in ours:
        rounds = crawl.rounds(as_day(day), source.id)
        pages += sum(len(one.get("lost") or ()) for one in rounds)
        covered &= {int((ended - start) / _HOUR) for one in rounds if one.get("ok") and (ended := _ended(one))}
    return len(hours) - len(covered), pages


def _ended(round_: dict[str, Any]) -> datetime | None:
    """When a round ended; None where its line does not say."""
    try:
        return datetime.fromisoformat(str(round_.get("at"))).astimezone(UTC)
    except ValueError:
        return None
