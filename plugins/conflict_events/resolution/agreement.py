"""How far two claims agree in one slot: 1 they say the same, 0 they exclude each other."""

from __future__ import annotations

from datetime import timedelta

from conflict_events.geography.distance import haversine_km
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Bounds, Profile

__all__ = [
    "actor_agreement",
    "date_agreement",
    "excluding_tolls",
    "is_specific",
    "place_agreement",
    "text_agreement",
    "toll_agreement",
]

# Two named places (precision 1) at this distance are two; reports of one village seldom differ by more than half of it.
_APART_KM = 6.0
_NEIGHBOURS_KM = 30.0
# How far a point may lie from the true one, by precision code: the place, near it, a governorate.
_REACH_KM = {1: 4.0, 2: 22.0, 3: 110.0}


def date_agreement(a: Profile, b: Profile) -> float:
    """Agreement of the days: 1 the same, 0 they exclude each other.

    A vaguer span holds the more precise one. A day that is taken from the publication day, or told by an article of
    the next morning, may be one off. An undated claim excludes nothing but what is published before the event.
    """
    first, second = a.claim, b.claim
    if first.date_start is None or second.date_start is None:
        dated, undated = (a, b) if second.date_start is None else (b, a)
        if dated.claim.date_start and undated.published and undated.published < dated.claim.date_start:
            return 0.0
        return 0.3
    start_a, end_a = first.date_start, first.date_end or first.date_start
    start_b, end_b = second.date_start, second.date_end or second.date_start
    overlap = start_a <= end_b and start_b <= end_a
    precise = (first.time_precision or 3, second.time_precision or 3)
    if overlap:
        if start_a == start_b and end_a == end_b and max(precise) == 1:
            return 1.0
        longest = max(end_a - start_a, end_b - start_b)
        if longest <= timedelta(days=1):
            return 0.95
        return 0.75 if longest <= timedelta(days=10) else 0.55
    gap = max((start_b - end_a).days, (start_a - end_b).days)
    if max(precise) == 1:
        assumed = "publication" in (first.date_source, second.date_source)
        if gap == 1:
            return 0.65 if assumed else 0.35
        return 0.3 if gap == 2 and assumed else 0.0
    return 0.4 if gap <= 3 else 0.0


def place_agreement(a: Profile, b: Profile, likeness: Likeness) -> float:
    """Agreement of the places, by precision: 1 the same named place, 0 two places apart.

    A claim in a wider area may be the one in a named place inside it.
    """
    if a.claim.place_id is not None and a.claim.place_id == b.claim.place_id and _worst(a, b) == 1:
        return 1.0
    if a.names and a.names == b.names and _same_country(a, b) and not _far(a, b, 60.0):
        return 1.0 if _worst(a, b) == 1 else 0.85 if _worst(a, b) == 2 else 0.6
    named = any(names and names <= b.names for names in a.other_names) or any(
        names and names <= a.names for names in b.other_names
    )
    if named or any(names and names in b.other_names for names in a.other_names):
        return 0.7
    return _point_agreement(a, b, likeness)


def toll_agreement(a: Profile, b: Profile) -> float | None:
    """Agreement of the tolls: 1 equal numbers, 0 far apart; None where they share no measure with a number."""
    found = [
        value
        for value in (_bounds_agreement(a.killed, b.killed), _bounds_agreement(a.injured, b.injured))
        if value is not None
    ]
    if not found:
        if (a.killed and b.injured and not b.killed and not a.injured) or (
            b.killed and a.injured and not a.killed and not b.injured
        ):
            return 0.4  # one counts the dead only, the other the wounded only
        strikes = _bounds_agreement(a.strikes, b.strikes)  # each report counts the raids that it heard of
        return None if strikes is None else max(strikes, 0.4)
    return sum(found) / len(found)


def text_agreement(a: Profile, b: Profile) -> float:
    """Shared words of the two evidences over the shorter one; 0 where one is too short to tell."""
    shorter = min(len(a.words), len(b.words))
    return len(a.words & b.words) / max(len(a.words), len(b.words)) if shorter >= 5 else 0.0


def actor_agreement(a: Profile, b: Profile, likeness: Likeness) -> float | None:
    """Agreement of the sides: 1 the same, 0 strangers; None where neither side can be compared."""
    doers, targets = likeness.of_actors(a.actor1, b.actor1), likeness.of_actors(a.actor2, b.actor2)
    if doers == 0.0 or targets == 0.0:  # a battle has no first and second side
        swapped = [likeness.of_actors(a.actor1, b.actor2), likeness.of_actors(a.actor2, b.actor1)]
        if all(value is not None and value > 0 for value in swapped):
            return 0.8
    if doers is None:
        return None if targets is None else 0.5 + (targets - 0.5) / 2
    return doers if targets is None else (2 * doers + targets) / 3


def _bounds_agreement(a: Bounds | None, b: Bounds | None) -> float | None:
    if a is None or b is None or a.number is None or b.number is None:
        return None
    small, large = sorted((a.number, b.number))
    if small == large:
        return 1.0
    meets = (a.low is None or b.high is None or a.low <= b.high) and (
        b.low is None or a.high is None or b.low <= a.high
    )
    if meets:
        return 0.85
    if large - small <= max(1, 0.34 * large):  # a toll that rose, or was counted otherwise
        return 0.6
    return 0.3 if large - small <= 4 or 2 * small >= large else 0.0


def excluding_tolls(a: Bounds | None, b: Bounds | None) -> bool:
    """Whether no growth leads from one number of dead to the other: a handful, and hundreds."""
    if a is None or b is None or a.number is None or b.number is None:
        return False
    small, large = sorted((a, b), key=lambda bounds: bounds.number or 0)
    return small.high is not None and (large.number or 0) > 5 * small.high + 10


def _point_agreement(a: Profile, b: Profile, likeness: Likeness) -> float:
    worst, best = _worst(a, b), min(a.claim.geo_precision or 3, b.claim.geo_precision or 3)
    if a.point is None or b.point is None:
        return _name_agreement(a, b)
    distance = haversine_km(a.point, b.point)
    if worst == 1:
        if distance <= 1.5:
            return 0.95
        return 0.65 if distance <= _APART_KM / 2 else 0.35 if distance <= _APART_KM else 0.0
    same_admin = bool(a.claim.admin1_en) and a.claim.admin1_en == b.claim.admin1_en
    reach = _REACH_KM[worst]
    if worst == 3:
        if same_admin:
            return 0.55
        if distance <= _NEIGHBOURS_KM:  # a city and the governorate around it
            return 0.45
        return 0.35 if distance <= reach and not (a.claim.admin1_en and b.claim.admin1_en) else 0.0
    if distance <= reach / 3:
        return 0.85
    if distance <= reach:
        return 0.6 if best == 1 else 0.5
    if distance <= 2 * reach and (a.names & b.names) - likeness.common_place_words:
        return 0.6  # the desert of X and the road to X
    return 0.3 if same_admin and distance <= 2 * reach else 0.0


def _name_agreement(a: Profile, b: Profile) -> float:
    if not _same_country(a, b):
        return 0.0
    admin_a, admin_b = a.claim.admin1_en, b.claim.admin1_en
    if a.names and b.names and (a.names <= b.names or b.names <= a.names):
        return 0.8
    if admin_a and admin_b:
        return 0.3 if admin_a == admin_b else 0.0
    return 0.3 if not (a.names and b.names) else 0.2


def is_specific(a: Profile, b: Profile) -> bool:
    """Whether an equal toll says something: a toll of one or two is everywhere."""
    numbers = [p.killed.number for p in (a, b) if p.killed is not None and p.killed.number is not None]
    both = a.killed is not None and a.injured is not None and b.killed is not None and b.injured is not None
    return both or (bool(numbers) and min(numbers) >= 4)


def _worst(a: Profile, b: Profile) -> int:
    return max(a.claim.geo_precision or 3, b.claim.geo_precision or 3)


def _same_country(a: Profile, b: Profile) -> bool:
    return a.claim.country is None or b.claim.country is None or a.claim.country == b.claim.country


def _far(a: Profile, b: Profile, km: float) -> bool:
    return a.point is not None and b.point is not None and haversine_km(a.point, b.point) > km
