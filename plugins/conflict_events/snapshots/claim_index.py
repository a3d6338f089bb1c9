"""Stored claims that may be one with claims that are asked about, found a file at a time without reading all of it.

First come days, kinds and squares of the map, as plain columns; then, of the claims that stand near by these, what is
compared. Nothing is left out that resolution could join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from math import floor
from pathlib import Path
from typing import Any, NamedTuple

from conflict_events.records import Claim, Count
from conflict_events.resolution.blocking import LONGEST_SPAN_DAYS, RECAP_DAYS, SLACK_DAYS
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile, Site, When, profile, site, when
from conflict_events.resolution.similarity import Comparer
from conflict_events.snapshots.rows import UNKNOWN_PUBLISHER, split
from conflict_events.snapshots.state import Texts, ordinals

__all__ = ["Asked", "ClaimFile"]

_DEGREES = 0.75
"""Claims in squares that touch may be one: wider than anything by which two claims with a point can be one."""

_WIDE = 3  # precision code of a governorate, or more
_DAYS_ON_A_SHELF = 8
_THIN = ["claim_id", "event_id", "is_aggregate", "action", "lat", "lon", "geo_precision", "date_start", "date_end",
         "published_at"]  # fmt: skip
_SITE = ("place_id", "place", "other_places", "lat", "lon", "admin1_en", "country", "geo_precision")
_WHEN = ("date_start", "date_end", "time_precision", "date_source", "published_at")
_COMPARED = [*_SITE, *_WHEN, "article_id", "publisher", "actor1", "actor2", "is_aggregate", "evidence",
             "evidence_start", "evidence_end", "rule", "confidence"]  # fmt: skip
_COUNTED = ["claim_id", "seq", "measure", "subgroup", "low", "best", "high", "qualifier"]

Span = tuple[int, int]
Key = tuple[Any, ...]


class _Item(NamedTuple):
    """A claim, and the test by place, day and kind of what may be one with it."""

    profile: Profile
    near: Callable[[Site, When, str], bool]


class Asked:
    """Claims that are asked about, on shelves by kind, days and place.

    Args:
        likeness: Which kinds may be one.
        comparer: Compares the claims.
    """

    def __init__(self, likeness: Likeness, comparer: Comparer) -> None:
        self.comparer, self._likeness = comparer, likeness
        self._shelves: defaultdict[Key, list[tuple[_Item, Span | None]]] = defaultdict(list)
        self._reach: dict[str, dict[Key, Span]] = {}
        self._spans: set[Span] = set()
        self._without_days = False
        self.first, self.last = float("inf"), float("-inf")

    def add(self, item: Profile, span: tuple[int, int] | None) -> None:
        """Put a claim on its shelves; `span` are its possible days, None where nothing tells."""
        claim, put = item.claim, _Item(item, self.comparer.near(item))
        days = None if span is None else (span[0] - SLACK_DAYS, span[1] + SLACK_DAYS)
        if days is not None:
            self.first, self.last = min(self.first, days[0]), max(self.last, days[1])
            self._spans.add(days)
        self._without_days |= days is None
        if claim.lat is None or claim.lon is None or (claim.geo_precision or _WIDE) >= _WIDE:
            places: list[Key] = [("anywhere",)]
        else:
            row, column = _square(claim.lat), _square(claim.lon)
            places = [("wide",), *((row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1))]
        for kind in self._likeness.row_of(claim.action):
            reach = self._reach.setdefault(kind, {})
            for place in places:
                if days is not None:
                    first, last = reach.get(place, days)
                    reach[place] = min(first, days[0]), max(last, days[1])
            for shelf in _shelves(days):
                for place in places:
                    self._shelves[(kind, shelf, *place)].append((put, days))

    def reaches(self, path: Path) -> bool:
        """Whether a file of stored claims may hold one that is near by its days, by what stands at the file's end."""
        first, last, without_days = _days_of(path)
        return (without_days and self._without_days) or any(one[0] <= last and one[1] >= first for one in self._spans)

    def may_reach(self, kind: str, days: Span | None, square: tuple[int, int] | None) -> bool:
        """Whether `near` may find anything; asked first, because it costs next to nothing."""
        if days is None:
            return self._without_days
        reach = self._reach.get(kind)
        if reach is None:
            return False
        places: tuple[Key, ...] = (("anywhere",), ("wide",) if square is None else square)
        return any((to := reach.get(place)) and to[0] <= days[1] and to[1] >= days[0] for place in places)

    def near(self, kind: str, days: Span | None, square: tuple[int, int] | None) -> Iterator[_Item]:
        """Those that are near a stored claim of a kind, some days and a square (None: anywhere); some come twice.

        A claim for which nothing tells the day is near such claims only.
        """
        places: tuple[Key, ...] = (("anywhere",), ("wide",) if square is None else square)
        for shelf in _shelves(days):
            for place in places:
                for item, asked in self._shelves.get((kind, shelf, *place), ()):
                    if days is None or asked is None or (asked[0] <= days[1] and asked[1] >= days[0]):
                        yield item


def _shelves(days: Span | None) -> Iterable[int | None]:
    if days is None:
        return (None,)
    return range(days[0] // _DAYS_ON_A_SHELF, days[1] // _DAYS_ON_A_SHELF + 1)


def _square(degrees: float) -> int:
    return floor(degrees / _DEGREES)


def _days_of(path: Path) -> tuple[float, float, bool]:
    """First and last day on which a claim of a file may have happened, and whether it may hold claims without a day.

    As far as the statistics of its columns tell: the claims themselves are not read.
    """
    import pyarrow.parquet as pq

    described = pq.ParquetFile(path).metadata
    at = {described.schema.column(index).name: index for index in range(described.num_columns)}
    first, last, without_days = float("inf"), float("-inf"), False
    for number in range(described.num_row_groups):
        group = described.row_group(number)
        start, end, published = (
            group.column(at[name]).statistics for name in ("date_start", "date_end", "published_at")
        )
        if start is None or end is None or published is None:
            return float("-inf"), float("inf"), True
        for told, sooner in ((start, 0), (end, 0), *(((published, RECAP_DAYS),) if start.null_count else ())):
            if told.has_min_max:
                first, last = min(first, told.min.toordinal() - sooner), max(last, told.max.toordinal())
        without_days |= bool(start.null_count and published.null_count)
    return first, last, without_days


class ClaimFile:
    """The claims of one section of `latest/`.

    Args:
        path: Its file.
        counts: The file of their counts, which may be missing.
        texts: Full text of an article by id, where the file holds no quotes.

    Attributes:
        ids: Claim ids, in file order; what is called a row here is a position in it.
        events: The event of each.
    """

    def __init__(self, path: Path, counts: Path, texts: Texts | None) -> None:
        import numpy as np
        import pyarrow.parquet as pq

        self._path, self._counts, self._texts = path, counts, texts
        data = pq.ParquetFile(path).read(columns=_THIN, use_threads=False)
        self.ids: list[str] = data["claim_id"].to_pylist()
        self.events: list[str] = data["event_id"].to_pylist()
        self._actions: list[str] = data["action"].to_pylist()
        start, end, published = (ordinals(data[name]) for name in ("date_start", "date_end", "published_at"))
        end = np.where(np.isnan(end), start, end)
        first = np.where(np.isnan(start), published - RECAP_DAYS, start)
        last = np.where(np.isnan(start), published, end)
        lat, lon = (data[name].to_numpy() for name in ("lat", "lon"))
        precision = data["geo_precision"].cast("float64").to_numpy()
        wide = np.isnan(lat) | np.isnan(lon) | ~(precision < _WIDE)
        alone = data["is_aggregate"].to_numpy().astype(bool) | (last - first > LONGEST_SPAN_DAYS)
        self._first, self._last = first, last
        self._joins = np.nonzero(~alone)[0]
        rows, columns = (np.floor(np.nan_to_num(one) / _DEGREES).astype("int64").tolist() for one in (lat, lon))
        self._squares = [None if w else (r, c) for w, r, c in zip(wide.tolist(), rows, columns, strict=True)]
        self._made: dict[int, Claim] = {}
        self._profiles: dict[int, Profile] = {}
        self._rest: dict[str, list[Any]] | None = None
        self._totals: dict[str, list[Count]] | None = None
        self._placed: dict[int, tuple[Site, When]] = {}
        self._rows: dict[str, list[int]] = {}

    def rows_of(self, events: Iterable[str]) -> list[int]:
        """The rows of those of some events that lie here, in order."""
        if not self._rows:
            for row, event_id in enumerate(self.events):
                self._rows.setdefault(event_id, []).append(row)
        return sorted(row for event_id in events for row in self._rows.get(event_id, ()))

    def near(self, asked: Asked) -> list[int]:
        """The rows that may be one with a claim that is asked about."""
        import numpy as np

        first, last = self._first[self._joins], self._last[self._joins]
        meets = np.isnan(first) | ((first <= asked.last) & (last >= asked.first))
        return [row for row in self._joins[meets].tolist() if self._may_be(row, asked)]

    def _may_be(self, row: int, asked: Asked) -> bool:
        first, last = float(self._first[row]), float(self._last[row])
        days = None if first != first else (int(first), int(last))  # NaN alone differs from itself
        kind = self._actions[row]
        if not asked.may_reach(kind, days, self._squares[row]):
            return False
        seen: set[int] = set()
        for item in asked.near(kind, days, self._squares[row]):
            if id(item) not in seen:
                seen.add(id(item))
                if item.near(*self._where_and_when(row), kind) and asked.comparer.may_be_joined(
                    item.profile, self._profile(row)
                ):
                    return True
        return False

    def _where_and_when(self, row: int) -> tuple[Site, When]:
        found = self._placed.get(row)
        if found is None:
            slots = {name: values[row] for name, values in self._read().items()}
            found = self._placed[row] = (
                site(*(split(slots[name]) if name == "other_places" else slots[name] for name in _SITE)),
                when(*(slots[name] for name in _WHEN)),
            )
        return found

    def _read(self) -> dict[str, list[Any]]:
        """The columns that are compared."""
        import pyarrow.parquet as pq

        if self._rest is None:
            data = pq.ParquetFile(self._path).read(columns=_COMPARED, use_threads=False)
            self._rest = {name: data[name].to_pylist() for name in data.column_names}
        return self._rest

    def _profile(self, row: int) -> Profile:
        if row not in self._profiles:
            self._profiles[row] = profile(self._claim(row))
        return self._profiles[row]

    def claims(self, rows: Collection[int]) -> list[Claim]:
        """Claims with what is compared of them."""
        return [self._with_words(self._claim(row)) for row in rows]

    def _with_words(self, claim: Claim) -> Claim:
        if claim.evidence or self._texts is None:
            return claim
        text = self._texts(claim.article_id) or ""
        return replace(claim, evidence=text[claim.evidence_start : claim.evidence_end])

    def _claim(self, row: int) -> Claim:
        found = self._made.get(row)
        if found is None:
            found = self._made[row] = self._make(row)
        return found

    def _make(self, row: int) -> Claim:
        if self._totals is None:
            self._totals = _totals(self._counts)
        slots = {name: values[row] for name, values in self._read().items()}
        for name in ("other_places", "actor1", "actor2"):
            slots[name] = split(slots[name])
        if slots["publisher"] == UNKNOWN_PUBLISHER:
            slots["publisher"] = None
        slots["evidence"] = slots["evidence"] or ""
        return Claim(
            claim_id=self.ids[row],
            event_id=self.events[row],
            action=self._actions[row],
            counts=tuple(self._totals.get(self.ids[row], ())),
            **slots,
        )


def _totals(path: Path) -> dict[str, list[Count]]:
    """The totals that claims state, by claim id."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if not path.is_file():
        return {}
    data = pq.ParquetFile(path).read(columns=_COUNTED, use_threads=False)
    found: defaultdict[str, list[Count]] = defaultdict(list)
    for one in data.filter(pc.is_null(data["subgroup"])).to_pylist():  # in file order: by claim and place in it
        found[one["claim_id"]].append(Count(one["measure"], one["low"], one["best"], one["high"], one["qualifier"]))
    return found
