"""How far two claims agree in one slot: 1 they say the same, 0 they exclude each other."""

from __future__ import annotations

from datetime import timedelta
from math import inf

from conflict_events.geography.distance import haversine_km
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import RECAP_DAYS, SLACK_DAYS, Bounds, Profile, Sides, Site, Toll, When

__all__ = [
    "actor_agreement",
    "date_agreement",
    "days_apart",
    "excluding_tolls",
    "is_specific",
    "most_text_agreement",
    "place_agreement",
    "same_dead",
    "text_agreement",
    "toll_agreement",
]

# Two named places (precision 1) at this distance are two; reports of one village seldom differ by more than half of it.
_APART_KM = 6.0
_NEIGHBOURS_KM = 30.0
_TELLING_DEAD = 3
# How far a point may lie from the true one, by precision code: the place, near it, a governorate.
_REACH_KM = {1: 4.0, 2: 22.0, 3: 110.0}
_WIDE = 3  # the precision code of a governorate, or more


def date_agreement(a: When, b: When) -> float:
    """Agreement of the days: 1 the same, 0 they exclude each other.

    A vaguer span holds the more precise one. A day that is taken from the publication day, or told by an article of
    the next morning, may be one off. An undated claim tells of the month before its article: it excludes what lies
    after that, and what lies further back, be it the month of another undated claim.
    """
    if a.first is None or a.last is None:
        return 0.0 if _outside_its_month(a, b) else 0.3
    if b.first is None or b.last is None:
        return date_agreement(b, a)
    worst = max(a.precision, b.precision)
    if a.first <= b.last and b.first <= a.last:
        if a.first == b.first and a.last == b.last and worst == 1:
            return 1.0
        longest = max(a.last - a.first, b.last - b.first)
        if longest <= timedelta(days=1):
            return 0.95
        return 0.75 if longest <= timedelta(days=10) else 0.55
    gap = max((b.first - a.last).days, (a.first - b.last).days)
    if worst == 1:
        assumed = a.assumed or b.assumed
        if gap == 1:
            return 0.65 if assumed else 0.35
        return 0.3 if gap == 2 and assumed else 0.0
    return 0.4 if gap <= 3 else 0.0


def _outside_its_month(undated: When, other: When) -> bool:
    """Whether the month of which an undated claim tells has no day in common with the days or the month of another."""
    told = undated.published
    if told is None:
        return False
    if other.first is not None and other.last is not None:
        return other.first > told or (told - other.last).days > RECAP_DAYS + SLACK_DAYS
    return other.published is not None and abs((told - other.published).days) > RECAP_DAYS + SLACK_DAYS


def days_apart(a: Profile, b: Profile) -> float:
    """Days from the end of one claim's span to the beginning of the other's; 0 where they meet, inf where undated."""
    first, second = a.when, b.when
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return inf
    return max(0, (second.first - first.last).days, (first.first - second.last).days)


def place_agreement(a: Site, b: Site, likeness: Likeness) -> float:
    """Agreement of the places, by precision: 1 the same named place, 0 two places apart.

    A claim in a wider area may be the one in a named place inside it.
    """
    worst = max(a.precision, b.precision)
    if a.place_id is not None and a.place_id == b.place_id and worst == 1:
        return 1.0
    if _same_name(a, b, worst, likeness) and _same_country(a, b) and not _far(a, b, 60.0):
        return 1.0 if worst == 1 else 0.85 if worst == 2 else 0.6
    if _shares_further_place(a, b, worst, likeness):
        return 0.7
    return _point_agreement(a, b, likeness)


def _shares_further_place(a: Site, b: Site, worst: int, likeness: Likeness) -> bool:
    """Whether one claim names the other's place as a further one, or both name one more: one raid on several villages.

    The governorate or country that a text adds to each of its villages ties none of them to another. A city that bears
    its governorate's name is meant by what lies near it, or where one claim says no more than the governorate.
    """
    if not (a.others or b.others):
        return False
    near = not _far(a, b, _NEIGHBOURS_KM)
    city = worst == _WIDE or (near and worst == 1)
    for others, site in ((a.others, b), (b.others, a)):
        for names in others:
            if _one_name(names, site.names, likeness) and (city or not likeness.is_area(names)):
                return True
    return near and any(names in b.others and not likeness.is_area(names) for names in a.others)


def _one_name(names: frozenset[str], other: frozenset[str], likeness: Likeness) -> bool:
    """Whether two names differ in words at most that any place may have ("the surroundings of X" and X)."""
    telling = names - likeness.common_place_words
    return names == other or (bool(telling) and telling == other - likeness.common_place_words)


def toll_agreement(a: Toll, b: Toll) -> float | None:
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


def same_dead(a: Toll, b: Toll) -> bool:
    """Whether both count the same dead, and enough of them to tell: the injured are counted less exactly."""
    number = a.killed.number if a.killed else None
    return number is not None and number >= _TELLING_DEAD and b.killed is not None and number == b.killed.number


def text_agreement(a: Profile, b: Profile) -> float:
    """Shared words of the two evidences over the shorter one; 0 where one is too short to tell."""
    shorter = min(len(a.words), len(b.words))
    return len(a.words & b.words) / max(len(a.words), len(b.words)) if shorter >= 5 else 0.0


def most_text_agreement(a: Profile, b: Profile) -> float:
    """The most that `text_agreement` can find, told by the lengths alone."""
    first, second = len(a.words), len(b.words)
    if first > second:
        first, second = second, first
    return first / second if first >= 5 else 0.0


def actor_agreement(a: Sides, b: Sides, likeness: Likeness) -> float | None:
    """Agreement of the sides: 1 the same, 0 strangers; None where neither side can be compared."""
    doers, targets = likeness.of_actors(a.doers, b.doers), likeness.of_actors(a.targets, b.targets)
    if doers == 0.0 or targets == 0.0:  # a battle has no first and second side
        swapped = [likeness.of_actors(a.doers, b.targets), likeness.of_actors(a.targets, b.doers)]
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


def excluding_tolls(a: Toll, b: Toll) -> bool:
    """Whether no growth leads from one number of dead to the other: a handful, and hundreds."""
    if a.killed is None or b.killed is None or a.killed.number is None or b.killed.number is None:
        return False
    small, large = sorted((a.killed, b.killed), key=lambda bounds: bounds.number or 0)
    return small.high is not None and (large.number or 0) > 5 * small.high + 10


def _point_agreement(a: Site, b: Site, likeness: Likeness) -> float:
    worst, best = max(a.precision, b.precision), min(a.precision, b.precision)
    if a.point is None or b.point is None:
        return _name_agreement(a, b)
    distance = haversine_km(a.point, b.point)
    if worst == 1:
        if distance <= 1.5:
            return 0.95
        return 0.65 if distance <= _APART_KM / 2 else 0.35 if distance <= _APART_KM else 0.0
    same_admin = bool(a.admin1) and a.admin1 == b.admin1
    reach = _REACH_KM[worst]
    if worst == 3:
        if same_admin:
            return 0.55
        if distance <= _NEIGHBOURS_KM:  # a city and the governorate around it
            return 0.45
        return 0.35 if distance <= reach and not (a.admin1 and b.admin1) else 0.0
    if distance <= reach / 3:
        return 0.85
    if distance <= reach:
        if best == 2:
            return 0.5
        shared = (a.names & b.names) - likeness.common_place_words
        return 0.6 if shared or distance <= reach / 2 else 0.45  # the outskirts of one town are not the next town
    if distance <= 2 * reach and (a.names & b.names) - likeness.common_place_words:
        return 0.6  # the desert of X and the road to X
    return 0.3 if same_admin and distance <= 2 * reach else 0.0


def _name_agreement(a: Site, b: Site) -> float:
    if not _same_country(a, b):
        return 0.0
    if a.names and b.names and (a.names <= b.names or b.names <= a.names):
        return 0.8
    if a.admin1 and b.admin1:
        return 0.3 if a.admin1 == b.admin1 else 0.0
    return 0.3 if not (a.names and b.names) else 0.2


def is_specific(a: Toll, b: Toll) -> bool:
    """Whether an equal toll says something: a toll of one or two is everywhere."""
    numbers = [toll.killed.number for toll in (a, b) if toll.killed is not None and toll.killed.number is not None]
    both = a.killed is not None and a.injured is not None and b.killed is not None and b.injured is not None
    return both or (bool(numbers) and min(numbers) >= 4)


def _same_name(a: Site, b: Site, worst: int, likeness: Likeness) -> bool:
    """Whether two places bear one name; where one is meant vaguely, "the countryside of X" is X."""
    if worst == 1 or a.names == b.names:
        return bool(a.names) and a.names == b.names
    telling = a.names - likeness.common_place_words
    return bool(telling) and telling == b.names - likeness.common_place_words


def _same_country(a: Site, b: Site) -> bool:
    return a.country is None or b.country is None or a.country == b.country


def _far(a: Site, b: Site, km: float) -> bool:
    return a.point is not None and b.point is not None and haversine_km(a.point, b.point) > km
