"""Which pairs of claims are worth comparing: near in days and near in place, so that a day's cost stays flat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import floor

from conflict_events.resolution.profiles import Profile

__all__ = ["Shelves"]

_CELL_DEGREES = 0.25  # about 28 km: the reach of "near the place"
_SLACK_DAYS = 2
_LONGEST_SPAN_DAYS = 100  # a span beyond this is looked up by its ends only
_CROWDED = 400  # a word that so many places of one day bear says what they are, not which

Key = tuple[object, ...]


class Shelves:
    """Claims by day and place, so that those near one another are found without looking at all."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Put every claim on its shelves."""
        self._profiles = profiles
        self._shelves: dict[Key, list[int]] = defaultdict(list)
        for index, item in enumerate(profiles):
            for key in _shelved_under(item):
                self._shelves[key].append(index)

    def pairs(self, indices: Iterable[int] | None = None) -> list[tuple[int, int]]:
        """Index pairs (smaller first, sorted) of claims near in time and place.

        Args:
            indices: Only pairs with at least one of these; None for all.
        """
        found: set[tuple[int, int]] = set()
        for index in range(len(self._profiles)) if indices is None else sorted(set(indices)):
            for key in _looked_up(self._profiles[index]):
                shelf = self._shelves.get(key, ())
                if key[0] == "name" and len(shelf) > _CROWDED:
                    continue
                found.update((min(index, other), max(index, other)) for other in shelf if other != index)
        return sorted(found)


def _shelved_under(item: Profile) -> Iterator[Key]:
    for day in _days(item, 0):
        for place in _places(item):
            yield (*place, day)


def _looked_up(item: Profile) -> Iterator[Key]:
    days = [*_days(item, _SLACK_DAYS), None] if item.claim.date_start else [None, *_around_publication(item)]
    for day in days:
        for place in _neighbours(item):
            yield (*place, day)


def _places(item: Profile) -> list[Key]:
    """Shelves of a claim: its cell, its governorate, the words of its place name."""
    keys: list[Key] = [("name", word) for word in sorted(item.names)]
    keys += [("name", word) for names in item.other_names for word in sorted(names)]
    point, admin = item.point, item.claim.admin1_en
    vague = (item.claim.geo_precision or 3) == 3
    if point is not None:
        keys.append(("cell", *_cell(point)))
    if admin:
        keys.append(("admin", admin))
        if vague or point is None:
            keys.append(("vague admin", admin))
    if point is None and not admin:
        keys.append(("nowhere",))
    return list(dict.fromkeys(keys))


def _neighbours(item: Profile) -> list[Key]:
    """Shelves in which a claim looks for others."""
    keys: list[Key] = [("name", word) for word in sorted(item.names)]
    keys += [("name", word) for names in item.other_names for word in sorted(names)]
    point, admin = item.point, item.claim.admin1_en
    vague = (item.claim.geo_precision or 3) == 3
    if point is not None:
        row, column = _cell(point)
        reach = 3 if vague else 1
        keys += [
            ("cell", row + down, column + right)
            for down in range(-reach, reach + 1)
            for right in range(-reach, reach + 1)
        ]
    if admin:
        keys.append(("admin" if vague or point is None else "vague admin", admin))
    if point is None:
        keys.append(("nowhere",))
    return list(dict.fromkeys(keys))


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return floor(point[0] / _CELL_DEGREES), floor(point[1] / _CELL_DEGREES)


def _days(item: Profile, slack: int) -> list[date | None]:
    start, end = item.claim.date_start, item.claim.date_end or item.claim.date_start
    if start is None or end is None:
        return [None]
    if (end - start).days > _LONGEST_SPAN_DAYS:
        return [start, end]
    first = start - timedelta(days=slack)
    return [first + timedelta(days=step) for step in range((end - start).days + 2 * slack + 1)]


def _around_publication(item: Profile) -> list[date | None]:
    """An undated claim is looked for among the events of the month before its article."""
    if item.published is None:
        return []
    return [item.published - timedelta(days=back) for back in range(31)]
