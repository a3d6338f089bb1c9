"""What each outlet gave on a day, so that "no events" is told from "no articles"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from conflict_events.pipeline.planning import day_rejections
from conflict_events.pipeline.reading import failures
from conflict_events.records import CleanArticle
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.snapshots import Coverage

__all__ = ["UNKNOWN", "coverage"]

UNKNOWN = "unknown"
"""Publisher under which documents are counted that could not be read at all."""


def coverage(settings: Settings, day: str, articles: Sequence[CleanArticle]) -> list[Coverage]:
    """What each outlet gave: articles read, copies among them, documents that failed; and what was expected."""
    from conflict_events.articles import load_sources
    from conflict_events.snapshots import Coverage

    read: Counter[str] = Counter(cleaned.article.publisher or UNKNOWN for cleaned in articles)
    cut: Counter[str] = Counter(
        cleaned.article.publisher or UNKNOWN for cleaned in articles if cleaned.near_duplicate_of is not None
    )
    lost: Counter[str] = Counter({UNKNOWN: len(day_rejections(settings, day))})
    publisher = {cleaned.article.article_id: cleaned.article.publisher or UNKNOWN for cleaned in articles}
    for failure in failures(settings, day):
        if failure["article_id"] in publisher:  # else another day has published the article
            lost[publisher[failure["article_id"]]] += 1
    expected: dict[str, float] = defaultdict(float)
    for source in load_sources(settings.sources_file).sources:
        if source.enabled and source.outlet and source.expected_per_day:
            expected[source.outlet] += source.expected_per_day
    names = sorted({*read, *expected, *(name for name, count in lost.items() if count)})
    return [
        Coverage(name, read[name], cut[name], lost[name], round(expected[name]) if name in expected else None)
        for name in names
    ]
