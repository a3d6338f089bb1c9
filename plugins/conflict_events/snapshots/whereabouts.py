"""Where and when new claims may have happened: which of the known claims are worth loading.

A claim about a month long past must not load all that was told of that month. Known claims are kept by a grid of about
110 km: what stands in a square that touches one of a new claim is near it. That is wider than anything by which two
claims can be one occurrence, so that what is near is near with its own neighbours. What can't be told by a point is
kept whatever its place: claims without one, and those of a governorate, among one another by the governorate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from conflict_events.records import Claim

__all__ = ["Whereabouts"]

_DEGREES = 1.0
_WIDE = 3  # precision code of a governorate, or more

Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Days on which new claims may have happened, by place.

    Attributes:
        anywhere: Days that count for every known claim.
        squares: Days by square of the grid.
        admin1s: Days of the claims of a whole governorate, by its name.
    """

    anywhere: frozenset[date] = frozenset()
    squares: Mapping[Square, frozenset[date]] = field(default_factory=dict)
    admin1s: Mapping[str, frozenset[date]] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Iterable[tuple[Claim, Iterable[date]]], anywhere: Iterable[date] = ()) -> Whereabouts:
        """Those of claims, each with the days on which it may have happened."""
        everywhere, squares = set(anywhere), defaultdict[Square, set[date]](set)
        admin1s = defaultdict[str, set[date]](set)
        for claim, days in told:
            if claim.lat is None or claim.lon is None:
                everywhere.update(days)
                continue
            squares[_square(claim.lat), _square(claim.lon)].update(days)
            if claim.admin1_en and _is_wide(claim.geo_precision):
                admin1s[claim.admin1_en].update(days)
        return cls(
            frozenset(everywhere),
            {square: frozenset(days) for square, days in squares.items()},
            {name: frozenset(days) for name, days in admin1s.items()},
        )

    @property
    def days(self) -> list[date]:
        """All days, in order."""
        return sorted(self.anywhere.union(*self.squares.values()))

    def near(
        self,
        first: npt.NDArray[np.float64],
        last: npt.NDArray[np.float64],
        places: Sequence[tuple[float | None, float | None, int | None, str | None]],
    ) -> npt.NDArray[np.bool_]:
        """Which known claims may have happened on one of the days, in one of the places.

        Args:
            first: First day of each known claim as an ordinal, the margin taken off; NaN where nothing tells it.
            last: Its last day, the margin added.
            places: Latitude, longitude, precision code and governorate of each.
        """
        import numpy as np

        rows: dict[tuple[Square | None, str | None], list[int]] = defaultdict(list)
        for index, (lat, lon, precision, admin1) in enumerate(places):
            known = lat is not None and lon is not None and not _is_wide(precision)
            square = (_square(lat), _square(lon)) if known and lat is not None and lon is not None else None
            rows[square, admin1 if square else None].append(index)
        found = np.isnan(first)
        for (square, admin1), indices in rows.items():
            days = self._days_about(square, admin1)
            ordered = np.array(sorted(day.toordinal() for day in days), dtype="float64")
            after = np.append(ordered, np.inf)[np.searchsorted(ordered, first[indices])]
            found[indices] |= after <= last[indices]
        return found

    def _days_about(self, square: Square | None, admin1: str | None) -> frozenset[date]:
        if square is None:
            return frozenset(self.days)
        around = (self.squares.get((square[0] + down, square[1] + right)) for down in _STEPS for right in _STEPS)
        wide = self.admin1s.get(admin1) if admin1 else None
        return self.anywhere.union(*filter(None, (*around, wide)))


_STEPS = (-1, 0, 1)


def _square(degrees: float) -> int:
    return floor(degrees / _DEGREES)


def _is_wide(precision: int | None) -> bool:
    return (precision or _WIDE) >= _WIDE
