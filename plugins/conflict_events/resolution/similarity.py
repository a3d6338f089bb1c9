"""How alike two claims are, and when they can't be one occurrence.

The score is a weighted mean of what both claims state; what one of them leaves open is neither for nor against, but
lowers the weight of evidence, and a pair that agrees on too little is not joined. Numbers are shares of agreement, 0
to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.resolution.agreement import (
    actor_agreement,
    date_agreement,
    excluding_tolls,
    is_specific,
    place_agreement,
    text_agreement,
    toll_agreement,
)
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile

__all__ = ["JOIN", "can_not_be_one", "compare", "similarity"]

JOIN = 0.62
"""Two claims, or two groups of claims on average, are joined from this similarity on."""

_WEIGHTS = {"place": 0.30, "date": 0.20, "toll": 0.22, "action": 0.12, "actors": 0.08, "text": 0.08}
_NEUTRAL = 0.5  # for a slot that one of the claims leaves open
_ONE_TEXT = 0.15  # added for a copy, or one wire's words
_UNSPECIFIC = 0.12  # taken off where a slot agrees vaguely and nothing singles the event out
_TOLLS_APART = 0.15
_STRANGERS = 0.12
_NEXT_DAY = 0.4  # two days, both read from the texts, agree less than this
_OTHER_KIND = 0.4  # at most, for two kinds of action that nothing else ties together
# Codes under which a place sees many different things on one day.
_CATCH_ALL = frozenset({"other", "agreement", "troop_movement", "body_transfer"})


@dataclass(frozen=True, slots=True)
class _Agreements:
    """Slot by slot; None where a slot can't be compared."""

    action: float
    date: float
    place: float
    toll: float | None
    actors: float | None
    text: float


def similarity(a: Profile, b: Profile, likeness: Likeness) -> float:
    """How alike two claims are, 0 to 1; 0 where they can't be one."""
    return compare(a, b, likeness) or 0.0


def can_not_be_one(a: Profile, b: Profile, likeness: Likeness) -> bool:
    """Whether something forbids that two claims are one occurrence, whatever else agrees."""
    return compare(a, b, likeness) is None


def compare(a: Profile, b: Profile, likeness: Likeness) -> float | None:
    """How alike two claims are, 0 to 1; None where something forbids that they are one occurrence.

    Aggregates are nobody's; actions of different kinds, days that exclude each other, two named places apart, and a
    handful of dead against hundreds forbid it. So does one article telling both with a difference: the extractor has
    folded what is the same.
    """
    if any(item.claim.is_aggregate or item.claim.action == "casualty_toll" for item in (a, b)):
        return None
    action = likeness.of_actions(a.claim.action, b.claim.action)
    if action == 0.0:
        return None
    day = date_agreement(a, b)
    if day == 0.0:
        return None
    place = place_agreement(a, b, likeness)
    if place == 0.0 or excluding_tolls(a.killed, b.killed):
        return None
    found = _Agreements(action, day, place, toll_agreement(a, b), actor_agreement(a, b, likeness), text_agreement(a, b))
    # Two days that both texts state: one of them is wrong, or, more often, it happened again the next day.
    if day < _NEXT_DAY and not ((found.toll is not None and found.toll >= 0.8) or found.text >= 0.4):
        return None
    if a.claim.article_id == b.claim.article_id and not _told_twice(found):
        return None
    score = max(0.0, min(1.0, _score(a, b, found)))
    return score if _of_one_kind(a, b, found, likeness) else min(score, _OTHER_KIND)


def _score(a: Profile, b: Profile, found: _Agreements) -> float:
    parts = {
        "place": found.place,
        "date": found.date,
        "toll": _NEUTRAL if found.toll is None else found.toll,
        "action": found.action,
        "actors": _NEUTRAL if found.actors is None else found.actors,
        "text": min(1.0, 2 * found.text),
    }
    score = sum(_WEIGHTS[name] * value for name, value in parts.items())
    if a.origin == b.origin or (found.text >= 0.6 and found.toll != 0.0):
        score += _ONE_TEXT
    if not (found.text >= 0.4 or (found.toll is not None and found.toll >= 0.9 and is_specific(a, b))):
        catch_all = a.claim.action in _CATCH_ALL and b.claim.action in _CATCH_ALL
        score -= _UNSPECIFIC * ((found.place < 0.6) + (found.date < 0.6) + catch_all)
    if found.toll == 0.0:
        score -= _TOLLS_APART
    if found.actors == 0.0:
        score -= _STRANGERS
    return score


def _of_one_kind(a: Profile, b: Profile, found: _Agreements, likeness: Likeness) -> bool:
    """Whether two actions may be one: the same or near kind, else only by the same toll, or the same side in a raid."""
    if found.action > likeness.raid:
        return True
    if found.place < 0.8:
        return False
    if found.toll is not None and found.toll >= 0.8:
        return True
    same_side = bool((a.actor1 & b.actor1) - {"UNIDENTIFIED"})
    same_toll = found.toll is None or found.toll >= 0.6
    return found.action == likeness.raid and same_side and same_toll and found.date >= 0.95


def _told_twice(found: _Agreements) -> bool:
    """Whether two claims of one article are one by the codebook: place, day, sides and kind of action agree.

    The extractor folded too little then; a toll told in two ways does not make them two, tolls far apart do.
    """
    if found.action < 0.6 or found.actors == 0.0:
        return False
    return (found.toll is None or found.toll >= 0.3) and found.date >= 0.95 and found.place >= 0.85
