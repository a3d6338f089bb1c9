"""Which pairs of claims are worth comparing: near in days, near in place, and of kinds that may be one occurrence.

Claims stand on shelves by place and week. Who may be tied to a claim is found on the shelves of its surroundings, so
that a claim costs what stands near it, however many claims there are. Looking is mutual: what finds a claim is found
by it, whichever came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from math import floor

from conflict_events.records import Claim
from conflict_events.resolution.agreement import is_specific
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import RECAP_DAYS, SLACK_DAYS, Profile, Site

__all__ = ["LONGEST_SPAN_DAYS", "RECAP_DAYS", "SLACK_DAYS", "Shelves", "possible_days"]

_CELL_DEGREES = 0.25  # about 28 km: the reach of "near the place"
_REGION_DEGREES = 1.0  # about 110 km: the reach of a governorate
_DAYS_ON_A_SHELF = 8
LONGEST_SPAN_DAYS = 366
"""A span beyond this tells no occurrence from another."""
_LONG_WORDS = 4
Key = tuple[object, ...]


class Shelves:
    """Claims by place, week and kind, so that those near one another are found without looking at all."""

    def __init__(self, profiles: Sequence[Profile], likeness: Likeness) -> None:
        """Put every claim on its shelves; aggregates, which join nothing, stay out."""
        self._likeness = likeness
        self._actions: list[str] = []
        self._spans: list[tuple[int, int] | None] = []
        self._profiles: list[Profile] = []
        self._shelves: dict[Key, list[int]] = defaultdict(list)
        for item in profiles:
            self.add(item)

    def add(self, item: Profile) -> None:
        """Put one more claim on its shelves; its index is the next one."""
        index = len(self._profiles)
        self._profiles.append(item)
        self._actions.append(item.claim.action)
        self._spans.append(possible_days(item.claim, item.published))
        if not self._stands_alone(index):
            for key in _crossed(_places(item, self._likeness), _weeks(self._spans[index])):
                self._shelves[key].append(index)

    def near(self, index: int) -> list[int]:
        """Indices of the claims that may be one occurrence with this one."""
        item = self._profiles[index]
        if self._stands_alone(index):
            return []
        span = self._spans[index]
        found: set[int] = set()
        for key in _crossed(_surroundings(item, self._likeness), _weeks(span, SLACK_DAYS)):
            found.update(self._shelves.get(key, ()))
        found.discard(index)
        kinds = self._likeness.row_of(item.claim.action)
        actions, spans = self._actions, self._spans
        if span is None:
            return [other for other in found if actions[other] in kinds]
        first, last = span[0] - SLACK_DAYS, span[1] + SLACK_DAYS
        return [
            other
            for other in found
            if actions[other] in kinds and (days := spans[other]) and days[0] <= last and days[1] >= first
        ]

    def _stands_alone(self, index: int) -> bool:
        span = self._spans[index]
        return self._profiles[index].is_aggregate or (span is not None and span[1] - span[0] > LONGEST_SPAN_DAYS)


def _crossed(places: Sequence[Key], weeks: Sequence[int | None]) -> Iterator[Key]:
    for place in places:
        for week in weeks:
            yield (*place, week)


def possible_days(claim: Claim, published: date | None) -> tuple[int, int] | None:
    """First and last day, as ordinals, on which a claim may have happened; None where nothing tells."""
    last = claim.date_end or claim.date_start
    if claim.date_start is not None and last is not None:
        return claim.date_start.toordinal(), last.toordinal()
    if published is not None:
        return published.toordinal() - RECAP_DAYS, published.toordinal()
    return None


def _weeks(span: tuple[int, int] | None, slack: int = 0) -> list[int | None]:
    if span is None:
        return [None]
    return list(range((span[0] - slack) // _DAYS_ON_A_SHELF, (span[1] + slack) // _DAYS_ON_A_SHELF + 1))


def _places(item: Profile, likeness: Likeness) -> list[Key]:
    """Shelves of a claim: the words of its places' names, its cell and its region, its governorate."""
    site = item.site
    keys: list[Key] = [("name", word) for word in _telling_words(site, likeness)]
    if site.point is None:
        keys += _marks(item)
    else:
        keys.append(("cell", *_cell(site.point, _CELL_DEGREES)))
        keys.append(("region", _is_wide(site), site.admin1 is None, *_cell(site.point, _REGION_DEGREES)))
    if site.admin1:
        keys.append(("admin", site.admin1))
        if _is_wide(site):
            keys.append(("all of", site.admin1))
    return keys


def _surroundings(item: Profile, likeness: Likeness) -> list[Key]:
    """Shelves on which a claim looks for others."""
    site = item.site
    keys: list[Key] = [("name", word) for word in _telling_words(site, likeness)]
    if site.point is None:
        keys += _marks(item)
    else:
        keys += [("cell", *cell) for cell in _around(site.point, _CELL_DEGREES)]
        # A governorate reaches far only towards what has none: two different governorates are two places.
        for wide in (True, False):
            for homeless in (True, False):
                if (wide or _is_wide(site)) and (homeless or site.admin1 is None):
                    keys += [("region", wide, homeless, *cell) for cell in _around(site.point, _REGION_DEGREES)]
    if site.admin1:
        keys.append(("admin" if _is_wide(site) else "all of", site.admin1))
    return keys


def _marks(item: Profile) -> list[Key]:
    """What singles out a claim that has no point: its toll and its rarest words, which are the longest."""
    words = sorted(item.words, key=lambda word: (-len(word), word))[:_LONG_WORDS]
    keys: list[Key] = [("word", word) for word in words]
    if item.toll.killed is not None and is_specific(item.toll, item.toll):
        keys.append(("killed", item.toll.killed.number))
    return keys


def _is_wide(site: Site) -> bool:
    return site.precision == 3 or site.point is None


def _telling_words(site: Site, likeness: Likeness) -> list[str]:
    """Words of the names that say which place it is; all of them where none does ("the bridge")."""
    words: set[str] = set()
    for names in (site.names, *site.others):
        words |= (names - likeness.common_place_words) or names
    return sorted(words)


def _cell(point: tuple[float, float], degrees: float) -> tuple[int, int]:
    return floor(point[0] / degrees), floor(point[1] / degrees)


def _around(point: tuple[float, float], degrees: float) -> list[tuple[int, int]]:
    row, column = _cell(point, degrees)
    return [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
