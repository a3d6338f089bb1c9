"""What resolution compares of a claim, worked out once per claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from conflict_events.arabic import fold_word
from conflict_events.records import Claim, Count

__all__ = ["Bounds", "Profile", "profile", "stated_bounds"]

_WORD = re.compile(r"[\w]+")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A toll as an interval; None is an open end."""

    low: int | None
    high: int | None

    @property
    def number(self) -> int | None:
        """The number that stands for the interval."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim, and what is compared of it.

    Attributes:
        claim: The claim.
        publisher: Outlet, or None.
        origin: Article that this claim's article copies, or the article itself.
        published: Publication day of the article.
        names: Folded words of the place name, the article cut off.
        other_names: The same of each further place.
        killed: Stated interval of deaths, or None where no number is stated.
        injured: Likewise of the injured.
        strikes: Likewise of strikes and munitions.
        actor1: Ids of who did it.
        actor2: Ids of who it was done to.
        words: Folded words of the evidence.
        point: Latitude and longitude, or None.
        order: Where the claim stands in the order of news: day known, article, place in the text.
    """

    claim: Claim
    publisher: str | None
    origin: str
    published: date | None
    names: frozenset[str]
    other_names: tuple[frozenset[str], ...]
    killed: Bounds | None
    injured: Bounds | None
    strikes: Bounds | None
    actor1: frozenset[str]
    actor2: frozenset[str]
    words: frozenset[str]
    point: tuple[float, float] | None
    order: tuple[str, str, int, str]


def profile(
    claim: Claim, publisher: str | None = None, origin: str | None = None, published: date | None = None
) -> Profile:
    """Work out what is compared of a claim; what is not given is read from the claim."""
    known = published or claim.published_at
    return Profile(
        claim=claim,
        publisher=publisher or claim.publisher,
        origin=origin or claim.article_id,
        published=known,
        names=_name_words(claim.place),
        other_names=tuple(_name_words(name) for name in claim.other_places),
        killed=stated_bounds(claim.counts, ("killed", "bodies")),
        injured=stated_bounds(claim.counts, ("injured",)),
        strikes=stated_bounds(claim.counts, ("strikes",)),
        actor1=frozenset(claim.actor1),
        actor2=frozenset(claim.actor2),
        words=frozenset(_word(word) for word in _WORD.findall(claim.evidence) if len(word) > 2),
        point=None if claim.lat is None or claim.lon is None else (claim.lat, claim.lon),
        order=(known.isoformat() if known else "9999", claim.article_id, claim.evidence_start, claim.claim_id),
    )


def stated_bounds(counts: tuple[Count, ...], measures: tuple[str, ...]) -> Bounds | None:
    """The interval of the totals of some measures, over all rows with a number.

    >>> stated_bounds((Count("killed", 3, 3, None, "at_least"),), ("killed",))
    Bounds(low=3, high=None)
    """
    rows = [row for row in counts if row.group is None and row.measure in measures]
    rows = [row for row in rows if row.low is not None or row.high is not None]
    if not rows:
        return None
    lows = [row.low for row in rows]
    highs = [row.high for row in rows]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    return Bounds(low, high)


@lru_cache(maxsize=100_000)
def _word(word: str) -> str:
    return fold_word(word).removeprefix("ال")


@lru_cache(maxsize=20_000)
def _name_words(name: str | None) -> frozenset[str]:
    return frozenset(_word(word) for word in _WORD.findall(name or ""))
