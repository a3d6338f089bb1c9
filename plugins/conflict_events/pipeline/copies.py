"""Copies and versions over days: signatures of published articles are kept, so that late ones are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from conflict_events.pipeline.planning import known_listing
from conflict_events.pipeline.workspace import as_day, day_folder, published_days, read_jsonl, write_jsonl
from conflict_events.records import CleanArticle
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.articles import Signature

__all__ = ["DAYS_BACK", "mark_copies"]

DAYS_BACK = 14
"""Copies of texts that became known longer ago are read as news of their own."""


def mark_copies(settings: Settings, day: str, articles: Sequence[CleanArticle]) -> list[CleanArticle]:
    """Set `near_duplicate_of` on each article of a day that copies another, of the day or of the days before.

    Set `version_of`, too, where the page was read before with another text.

    The signatures of the day's articles are staged; they move to the archive when the day is published.
    """
    from conflict_events.articles import find_duplicates, find_versions, signature_of

    signatures = [signature_of(article) for article in articles]
    write_jsonl(day_folder(settings, day) / "signatures.jsonl", (signature.to_json() for signature in signatures))
    known = list(_known(settings, day))
    original, before = find_duplicates(signatures, known), find_versions([*known, *signatures])
    return [
        replace(
            one, near_duplicate_of=original.get(one.article.article_id), version_of=before.get(one.article.article_id)
        )
        for one in articles
    ]


def _known(settings: Settings, day: str) -> Iterator[Signature]:
    from conflict_events.articles import Signature

    first = as_day(day) - timedelta(days=DAYS_BACK)
    for known in published_days(settings):
        listing = known_listing(settings, known)
        if first <= known < as_day(day) and listing.exists():
            yield from map(Signature.from_json, read_jsonl(listing))
