"""Chooses among places of one name: governorate, country, the page's other places, kind and population."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from conflict_events.geography.admin import Admin1, AdminList
from conflict_events.geography.distance import haversine_km, nearest_km
from conflict_events.geography.kinds import kinds
from conflict_events.geography.places import GeoContext, Place

__all__ = ["Chosen", "Wanted", "choose"]

# Costs; one unit is about one step of kind (a city before a village).
LEVEL_COST = {"exact": 0.0, "variant": 0.6, "loose": 1.2}
OTHER_ADMIN1_COST = 3.0
KM_PER_UNIT = 60.0
OTHER_COUNTRY_COST = 12.0
UNSEEN_COUNTRY_COST = 3.0
UNSEEN_ADMIN1_COST = 1.0
FAMILY_COST = 2.0
# A curated place is one that conflict news names.
UNVETTED_COST = {"curated": 0.0, "import": 0.8, "geonames": 0.8}
FAR_CAP = 4.0
_SMALL = frozenset(
    {"town", "village", "neighbourhood", "district", "area", "base", "hill", "valley", "mountain", "site"}
)
# Beyond this a place outside the governorate that was asked for is somebody else's.
REACH_KM = {"exact": 90.0, "variant": 90.0, "loose": 80.0}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known about the place that a name means.

    Attributes:
        admin1: Governorate, any spelling.
        country: ISO-2 code.
        context: The page's other places.
        family: Family of kinds that the words announce.
    """

    admin1: str | None = None
    country: str | None = None
    context: GeoContext | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cheapest candidate, its cost, the level its name was found at and what decided."""

    place: Place
    cost: float
    level: str
    reason: str


def choose(candidates: Sequence[tuple[str, Place]], wanted: Wanted, admin: AdminList) -> Chosen | None:
    """The likeliest of the candidates, given as (level, place); None when none is possible.

    Where a governorate is asked for, a namesake far from it is not an answer: unresolved is better than wrong.
    The reason is ``only`` (no namesake), ``admin1``, ``country``, ``context`` or ``rank`` (kind and size alone).
    """
    if not candidates:
        return None
    asked = admin.find(wanted.admin1, wanted.country)
    kept = [
        (level, place)
        for level, place in candidates
        if _within_reach(level, place, asked) and not _foreign_and_unvetted(place, wanted.country)
    ]
    if not kept:
        return None
    cost, _, level, place = min(
        (_cost(level, place, wanted, asked, admin), place.place_id, level, place) for level, place in kept
    )
    return Chosen(place, cost, level, _reason([p for _, p in candidates], place, wanted, asked))


def _within_reach(level: str, place: Place, asked: Admin1 | None) -> bool:
    kind = kinds()[place.kind]
    if asked is None or place.admin1 == asked.name_en or kind.geo_precision == 3:
        return True
    if place.admin1 is None and kind.family == "area":
        return True  # a desert lies in several governorates
    return haversine_km(place.point, (asked.lat, asked.lon)) <= REACH_KM[level]


def _foreign_and_unvetted(place: Place, country: str | None) -> bool:
    """Whether the place lies in another country than the one asked for, and nobody has said that news names it.

    A small place whose name is a common word is known in its own country only.
    """
    if not country or place.country in ("", country):
        return False
    return place.source != "curated" or (place.ambiguous and place.kind in _SMALL)


def _cost(level: str, place: Place, wanted: Wanted, asked: Admin1 | None, admin: AdminList) -> float:
    kind = kinds()[place.kind]
    cost = LEVEL_COST[level] + kind.rank + UNVETTED_COST[place.source]
    cost -= min(1.0, math.log10(place.population + 1) / 6)
    if wanted.family is not None and kind.family != wanted.family:
        cost += FAMILY_COST
    if wanted.country and place.country and place.country != wanted.country:
        cost += OTHER_COUNTRY_COST
    if asked is not None and place.admin1 != asked.name_en:
        cost += OTHER_ADMIN1_COST + haversine_km(place.point, (asked.lat, asked.lon)) / KM_PER_UNIT
    return cost + _context_cost(place, wanted.context, admin)


def _context_cost(place: Place, context: GeoContext | None, admin: AdminList) -> float:
    if context is None:
        return 0.0
    cost = 0.0
    if context.countries and place.country and place.country not in context.countries:
        cost += UNSEEN_COUNTRY_COST
    if context.admin1s and place.admin1 is not None:
        seen = {found.name_en if (found := admin.find(name)) else name for name in context.admin1s}
        cost += 0.0 if place.admin1 in seen else UNSEEN_ADMIN1_COST
    distance = nearest_km(place.point, context.points)
    if distance is not None:
        cost += min(FAR_CAP, distance / KM_PER_UNIT)
    return cost


def _reason(places: Sequence[Place], chosen: Place, wanted: Wanted, asked: Admin1 | None) -> str:
    others = [place for place in places if haversine_km(place.point, chosen.point) > 10]
    if not others:
        return "only"
    if asked is not None and chosen.admin1 == asked.name_en:
        return "admin1"
    if wanted.country and all(place.country != chosen.country for place in others):
        return "country"
    return "context" if wanted.context and (wanted.context.points or wanted.context.admin1s) else "rank"
