"""What resolution compares of a claim, worked out once per claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from conflict_events.arabic import fold_word
from conflict_events.records import Claim, Count

__all__ = [
    "RECAP_DAYS",
    "SLACK_DAYS",
    "Bounds",
    "Profile",
    "Sides",
    "Site",
    "Toll",
    "When",
    "name_words",
    "profile",
    "site",
    "stated_bounds",
    "when",
]

RECAP_DAYS = 31
"""An undated claim tells what happened in the month before its article."""

SLACK_DAYS = 2
"""Claims whose days lie so far apart may still be one."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Where a claim says that it happened.

    Attributes:
        place_id: Place in the gazetteer, or None.
        names: Folded words of the place name, the article cut off.
        others: The same of each further place.
        point: Latitude and longitude, or None.
        admin1: Governorate, or None.
        country: ISO-2, or None.
        precision: 1 the place itself, 2 near it, 3 a governorate, more, or unknown.
    """

    place_id: str | None
    names: frozenset[str]
    others: tuple[frozenset[str], ...]
    point: tuple[float, float] | None
    admin1: str | None
    country: str | None
    precision: int


@dataclass(frozen=True, slots=True, eq=False)
class When:
    """When a claim says that it happened.

    Attributes:
        first: First day, or None where undated.
        last: Last day, inclusive; or None.
        precision: 1 day, 2 week, 3 month, worse, or unknown.
        assumed: Whether the day is taken from the publication day, not from the text.
        published: Publication day of the article, or None; kept for undated claims only.
    """

    first: date | None
    last: date | None
    precision: int
    assumed: bool
    published: date | None


@dataclass(frozen=True, slots=True, eq=False)
class Toll:
    """Stated intervals of the totals; None where no number is stated.

    Attributes:
        killed: Deaths, found bodies included.
        injured: Injured.
        strikes: Strikes.
    """

    killed: Bounds | None
    injured: Bounds | None
    strikes: Bounds | None


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Who did it, and who it was done to: actor ids."""

    doers: frozenset[str]
    targets: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A claim, and what is compared of it.

    Equal slots of two claims are one object: what two slots have in common is worked out once for all claims that
    share them, and found again by identity.

    Attributes:
        claim: The claim.
        publisher: Outlet, or None.
        origin: Article that this claim's article copies, or the article itself.
        published: Publication day of the article.
        site: Where it happened.
        when: When it happened.
        toll: What numbers are stated.
        sides: The actors.
        order: Where the claim stands in the order of news: day known, article, place in the text.
    """

    claim: Claim
    publisher: str | None
    origin: str
    published: date | None
    site: Site
    when: When
    toll: Toll
    sides: Sides
    order: tuple[str, str, int, str]
    _words: frozenset[str] | None = field(default=None, init=False, repr=False)

    @property
    def words(self) -> frozenset[str]:
        """Folded words of the evidence, worked out when they are first asked for."""
        if self._words is None:
            words = frozenset(_word(word) for word in _WORD.findall(self.claim.evidence) if len(word) > 2)
            object.__setattr__(self, "_words", words)
            return words
        return self._words

    @property
    def is_aggregate(self) -> bool:
        """Whether the claim sums up many occurrences; such a claim joins nothing."""
        return self.claim.is_aggregate or self.claim.action == "casualty_toll"


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
        site=site(
            claim.place_id,
            claim.place,
            claim.other_places,
            claim.lat,
            claim.lon,
            claim.admin1_en,
            claim.country,
            claim.geo_precision,
        ),
        when=when(claim.date_start, claim.date_end, claim.time_precision, claim.date_source, known),
        toll=_toll(
            stated_bounds(claim.counts, ("killed", "bodies")),
            stated_bounds(claim.counts, ("injured",)),
            stated_bounds(claim.counts, ("strikes",)),
        ),
        sides=_sides(frozenset(claim.actor1), frozenset(claim.actor2)),
        order=(known.isoformat() if known else "9999", claim.article_id, claim.evidence_start, claim.claim_id),
    )


_toll = lru_cache(maxsize=20_000)(Toll)
_sides = lru_cache(maxsize=20_000)(Sides)


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
def site(
    place_id: str | None,
    place: str | None,
    others: tuple[str, ...],
    lat: float | None,
    lon: float | None,
    admin1: str | None,
    country: str | None,
    precision: int | None,
) -> Site:
    """Where, from the slots of a claim; one object for the same slots."""
    point = None if lat is None or lon is None else (lat, lon)
    further = tuple(names for names in map(name_words, others) if names)
    return Site(place_id, name_words(place), further, point, admin1, country, precision or 3)


@lru_cache(maxsize=20_000)
def when(
    first: date | None, last: date | None, precision: int | None, source: str | None, published: date | None
) -> When:
    """When, from the slots of a claim and the publication day; one object for the same slots."""
    return When(first, last or first, precision or 3, source == "publication", None if first else published)


@lru_cache(maxsize=20_000)
def name_words(name: str | None) -> frozenset[str]:
    """The folded words of a place's name, the article cut off."""
    return frozenset(_word(word) for word in _WORD.findall(name or ""))
