"""How alike two claims are, and when they can't be one occurrence.

The score is a weighted mean of what both claims state; what one of them leaves open is neither for nor against, but
lowers the weight of evidence, and a pair that agrees on too little is not joined. Numbers are shares of agreement, 0
to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from conflict_events.resolution.agreement import (
    actor_agreement,
    date_agreement,
    days_apart,
    excluding_tolls,
    is_specific,
    most_text_agreement,
    place_agreement,
    same_dead,
    text_agreement,
    toll_agreement,
)
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile, Sides, Site, Toll, When

__all__ = ["JOIN", "Comparer", "can_not_be_one", "similarity"]

JOIN = 0.62
"""Two claims, or two groups of claims on average, are joined from this similarity on."""

_PLACE, _DATE, _TOLL, _ACTION, _ACTORS, _TEXT = 0.30, 0.20, 0.22, 0.12, 0.08, 0.08  # weights; their sum is 1
_NEUTRAL = 0.5  # for a slot that one of the claims leaves open
_ONE_TEXT = 0.15  # added for a copy, or one wire's words
_UNSPECIFIC = 0.12  # taken off where a slot agrees vaguely and nothing singles the event out
_TOLLS_APART = 0.15
_STRANGERS = 0.12
_NEXT_DAY = 0.4  # two days, both read from the texts, agree less than this
_MISDATED = 0.3  # two days that exclude each other, in spite of one place and one telling number of dead
_DOUBTFUL = 0.4  # at most, where only other reports can tell that two claims are one
_CLOSE_KIND = 0.8  # from here on two actions are one in other words
_SAME_PLACE = 0.95  # from here on a place is the same one, not one near it
_ONE_PLACE = 0.8  # two loosely related actions are one event in one place only
# Codes under which a place sees many different things on one day.
_CATCH_ALL = frozenset({"other", "agreement", "troop_movement", "body_transfer"})


class _Numbers(NamedTuple):
    """What two tolls have in common."""

    agreement: float | None
    excluding: bool
    specific: bool


class _Agreements(NamedTuple):
    """Slot by slot; None where a slot can't be compared."""

    action: float
    date: float
    place: float
    toll: float | None
    specific: bool
    actors: float | None


Slot = TypeVar("Slot")
Found = TypeVar("Found")


class _Row(dict[Slot, Found]):
    """What one slot has in common with others, worked out when first asked for."""

    def __init__(self, compare: Callable[[Slot, Slot], Found], slot: Slot) -> None:
        super().__init__()
        self._compare, self._slot = compare, slot

    def __missing__(self, other: Slot) -> Found:
        found = self[other] = self._compare(self._slot, other)
        return found


class _Memo(dict[Slot, _Row[Slot, Found]]):
    """Rows by slot; slots are told by identity."""

    def __init__(self, compare: Callable[[Slot, Slot], Found]) -> None:
        super().__init__()
        self._compare = compare

    def __missing__(self, slot: Slot) -> _Row[Slot, Found]:
        row = self[slot] = _Row(self._compare, slot)
        return row


class Comparer:
    """Compares claims; what two places, days, tolls or sides have in common is worked out once."""

    def __init__(self, likeness: Likeness) -> None:
        """Take what may stand for what."""
        self._likeness = likeness
        self._dates: _Memo[When, float] = _Memo(date_agreement)
        self._places: _Memo[Site, float] = _Memo(lambda a, b: place_agreement(a, b, likeness))
        self._sides: _Memo[Sides, float | None] = _Memo(lambda a, b: actor_agreement(a, b, likeness))
        self._tolls: _Memo[Toll, _Numbers] = _Memo(
            lambda a, b: _Numbers(toll_agreement(a, b), excluding_tolls(a, b), is_specific(a, b))
        )

    def alike(self, a: Profile, others: Mapping[int, Profile]) -> dict[int, float]:
        """Which claims may be joined with one, and how alike they are; by the keys given."""
        near = self.near(a)
        found: dict[int, float] = {}
        for key, b in others.items():
            if not near(b.site, b.when, b.claim.action):  # what most pairs fail
                continue
            agreements = self._agreements(a, b)
            if agreements is None or self._score(a, b, agreements, most_text_agreement(a, b), _one_origin(a, b)) < JOIN:
                continue  # not even with all words shared
            score = self._joined(a, b, agreements)
            if score is not None and score >= JOIN:
                found[key] = score
        return found

    def near(self, a: Profile) -> Callable[[Site, When, str], bool]:
        """A test that tells by place, day and action alone that a claim can't be joined with some others."""
        days, places = self._dates[a.when], self._places[a.site]
        kinds, loosest = self._likeness.row_of(a.claim.action), self._likeness.raid

        def may_be(site: Site, when: When, action: str) -> bool:
            place = places[site]
            if not place or (place < _ONE_PLACE and kinds.get(action, 0.0) <= loosest):
                return False
            return bool(days[when]) or place >= _SAME_PLACE  # where a day may be misread

        return may_be

    def may_be_joined(self, a: Profile, b: Profile) -> bool:
        """Whether two claims may be joined, as far as all but their words and whose copies they are can tell."""
        agreements = self._agreements(a, b)
        return agreements is not None and self._score(a, b, agreements, 1.0, True) >= JOIN

    def compare(self, a: Profile, b: Profile) -> float | None:
        """How alike two claims are, 0 to 1; None where something forbids that they are one occurrence.

        Aggregates are nobody's; actions of different kinds, days that exclude each other, two named places apart, and
        a handful of dead against hundreds forbid it. So does one article telling both with a difference: the extractor
        has folded what is the same.
        """
        found = None if a.is_aggregate or b.is_aggregate else self._agreements(a, b)
        return None if found is None else self._joined(a, b, found)

    def _agreements(self, a: Profile, b: Profile) -> _Agreements | None:
        action = self._likeness.of_actions(a.claim.action, b.claim.action)
        if action == 0.0:
            return None
        day, place = self._dates[a.when][b.when], self._places[a.site][b.site]
        if place == 0.0:
            return None
        if day == 0.0:
            if not _misdated(a, b, place):
                return None
            day = _MISDATED
        toll, excluding, specific = self._tolls[a.toll][b.toll]
        if excluding:
            return None
        found = _Agreements(action, day, place, toll, specific, self._sides[a.sides][b.sides])
        return None if a.claim.article_id == b.claim.article_id and not _may_be_told_twice(found) else found

    def _joined(self, a: Profile, b: Profile, found: _Agreements) -> float | None:
        text = text_agreement(a, b)
        score = self._score(a, b, found, text, _one_origin(a, b))
        if text < 0.4 and _of_others(found):
            score = min(score, _DOUBTFUL)
        if a.claim.article_id == b.claim.article_id and not _told_twice(found):
            return min(score, _DOUBTFUL)
        if found.date >= _NEXT_DAY or (found.toll is not None and found.toll >= 0.8) or text >= 0.4:
            return score
        # Two days that both texts state: one of them is wrong, or, more often, it happened again the next day.
        return None if found.toll is not None and found.toll < 0.4 else min(score, _DOUBTFUL)

    def _score(self, a: Profile, b: Profile, found: _Agreements, text: float, one_origin: bool) -> float:
        action, day, place, toll, specific, actors = found
        score = (
            _PLACE * place
            + _DATE * day
            + _TOLL * (_NEUTRAL if toll is None else toll)
            + _ACTION * action
            + _ACTORS * (_NEUTRAL if actors is None else actors)
            + _TEXT * min(1.0, 2 * text)
        )
        if (text >= 0.6 and toll != 0.0) or one_origin:
            score += _ONE_TEXT
        if not (text >= 0.4 or (toll is not None and toll >= 0.9 and specific)):
            catch_all = a.claim.action in _CATCH_ALL and b.claim.action in _CATCH_ALL
            score -= _UNSPECIFIC * ((place < 0.6) + (day < 0.6) + catch_all)
        if toll == 0.0:
            score -= _TOLLS_APART
        if actors == 0.0:
            score -= _STRANGERS
        score = max(0.0, min(1.0, score))
        if action <= self._likeness.raid and not self._of_one_kind(a, b, found):
            return min(score, _DOUBTFUL)
        return score

    def _of_one_kind(self, a: Profile, b: Profile, found: _Agreements) -> bool:
        """Whether two loosely related actions are one: by the same toll, or the same or an allied side in a raid."""
        if found.place < _ONE_PLACE:
            return False
        if (found.toll is not None and found.toll >= 0.8) or same_dead(a.toll, b.toll):
            return True
        same_toll = found.toll is None or found.toll >= 0.6
        if found.action < self._likeness.raid or not same_toll or found.date < 0.95:
            return False
        doers = self._likeness.of_actors(a.sides.doers, b.sides.doers)
        return doers is not None and doers > 0


def _one_origin(a: Profile, b: Profile) -> bool:
    return a.origin == b.origin


def similarity(a: Profile, b: Profile, likeness: Likeness) -> float:
    """How alike two claims are, 0 to 1; 0 where they can't be one."""
    return Comparer(likeness).compare(a, b) or 0.0


def can_not_be_one(a: Profile, b: Profile, likeness: Likeness) -> bool:
    """Whether something forbids that two claims are one occurrence, whatever else agrees."""
    return Comparer(likeness).compare(a, b) is None


def _told_twice(found: _Agreements) -> bool:
    """Whether two claims of one article are one by the codebook: place, day, sides and kind of action agree.

    The extractor folded too little then; a toll told in two ways does not make them two, tolls far apart do.
    """
    if found.actors == 0.0 or (found.action < 0.6 and not _one_number(found)):
        return False
    return (found.toll is None or found.toll >= 0.3) and found.date >= 0.95 and found.place >= 0.85


def _may_be_told_twice(found: _Agreements) -> bool:
    """Whether two claims of one article differ in what may be vagueness only."""
    if found.actors == 0.0 or (found.action < 0.5 and not _one_number(found)):
        return False
    return (found.toll is None or found.toll >= 0.3) and found.date >= 0.5 and found.place >= 0.6


def _misdated(a: Profile, b: Profile, place: float) -> bool:
    """Whether a day is more likely misread than told of another occurrence: one named place, one number of many dead.

    A text that comes back to "the massacre in X" two days later seldom says when it was.
    """
    return place >= _SAME_PLACE and is_specific(a.toll, a.toll) and same_dead(a.toll, b.toll) and days_apart(a, b) <= 2


def _of_others(found: _Agreements) -> bool:
    """Whether a place nearby and the day are all that two kinds of action have in common: other sides, no one toll.

    A clash on the road to a town, and shelling of its people on the same day, are two.
    """
    two_kinds = found.action < _CLOSE_KIND and found.place < _SAME_PLACE
    return two_kinds and found.actors is not None and found.actors < 0.5 and (found.toll is None or found.toll < 0.8)


def _one_number(found: _Agreements) -> bool:
    """Whether one telling number of dead is told twice: the kind of act may be named in two ways."""
    return found.specific and found.toll is not None and found.toll >= 0.95
