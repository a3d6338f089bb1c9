"""How a partition of `latest/` is cut into sections, so that a late row rewrites a few days and not a month.

A month (or a year, or what has no day) is one file a table as long as it is small: ``2024-03.parquet``. Once it holds
more than `EVENTS_A_SECTION` events it is cut by days: ``2024-03.parquet`` keeps its first days and
``2024-03-06.parquet`` holds those from the 6th on, up to the next section of that month. What has no day is cut by the
snapshot that saw it first: ``undated.parquet``, ``undated-2024-03-06.parquet``. Sections are never joined again.

What is told for the first time more than `RECALLED_DAYS` after its day (a toll of last winter, the retelling of an old
battle) lies beside what was news then, cut likewise: ``2024-03-recalled.parquet``, ``2024-03-06-recalled.parquet``. So
it adds to a few rows of its kind, however much the news of that day was.

The names say it all: which day goes where is read from the files that are there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

__all__ = [
    "EVENTS_A_SECTION",
    "RECALLED_DAYS",
    "ROWS_A_SECTION",
    "UNDATED",
    "Moment",
    "Sections",
    "counted",
    "partition_of",
    "pieces",
]

UNDATED = "undated"
_RECALLED = "-recalled"

RECALLED_DAYS = 31
"""What is first told so many days after its day, or fewer, is news: a month, as far back as the undated may lie."""

EVENTS_A_SECTION = 150
"""So many events a section holds at most, unless one day has more."""

ROWS_A_SECTION = 2000
"""Likewise rows of the tables that go by a day of their own (articles, coverage, ended events)."""

Moment = tuple[date | None, date | None]
"""The day by which a row is filed, and the snapshot that saw it first: by it the undated are filed, and the recalled
told from news. None for the snapshot: the row is news."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The sections of one partition, in order: when each begins (as an ordinal), and its name."""

    starts: list[int]
    names: list[str]

    def of(self, day: date) -> str:
        return self.names[max(0, bisect_right(self.starts, day.toordinal()) - 1)]


class Sections:
    """Which section a row belongs to.

    Args:
        unit: ``month`` or ``year``: the partitions of the table.
        names: The sections that are there.
    """

    def __init__(self, unit: str, names: Iterable[str]) -> None:
        self._unit = unit
        grouped: dict[str, dict[int, str]] = {}
        for name in names:
            partition = partition_of(name, unit)
            grouped.setdefault(partition, {0: partition})[_start(name, unit)] = name
        self._partitions = {
            partition: _Names(
                [start for start, _ in sorted(found.items())], [name for _, name in sorted(found.items())]
            )
            for partition, found in grouped.items()
        }

    def of(self, moment: Moment) -> str:
        """The section of a row.

        >>> some = Sections("month", ["2024-03", "2024-03-06", "undated"])
        >>> some.of((date(2024, 3, 5), None)), some.of((date(2024, 3, 7), None)), some.of((date(2024, 4, 1), None))
        ('2024-03', '2024-03-06', '2024-04')
        """
        day, seen = moment
        partition = UNDATED if day is None else _partition(day, self._unit)
        if day is not None and seen is not None and (seen - day).days > RECALLED_DAYS:
            partition += _RECALLED
        found, filed = self._partitions.get(partition), day or seen
        return partition if found is None or filed is None else found.of(filed)

    def holding(self, day: date) -> list[str]:
        """The sections that may hold rows of a day, news or recalled; those that are there."""
        partition = _partition(day, self._unit)
        found = (self._partitions.get(partition), self._partitions.get(partition + _RECALLED))
        return [names.of(day) for names in found if names is not None]

    def of_partition(self, day: date) -> list[str]:
        """The sections of the month or year of a day, the recalled left out."""
        found = self._partitions.get(_partition(day, self._unit))
        return list(found.names) if found else []

    def near(self, days: Iterable[date], margin_days: int = 0) -> list[str]:
        """The sections, in order, that may hold a day within the margin of one of these; undated ones left out."""
        wanted = sorted({day.toordinal() for day in days})
        found = []
        for partition, names in self._partitions.items():
            if partition == UNDATED:
                continue
            first, last = _bounds(partition)
            ends = [*(start - 1 for start in names.starts[1:]), last]
            for start, end, name in zip(names.starts, ends, names.names, strict=True):
                at = bisect_right(wanted, max(first, start) - margin_days - 1)
                if at < len(wanted) and wanted[at] <= end + margin_days:
                    found.append(name)
        return sorted(found)

    def span(self, name: str) -> tuple[int, int]:
        """First and last day, as ordinals, that a section can hold; (0, 0) of an undated one."""
        partition = partition_of(name, self._unit)
        if partition == UNDATED:
            return 0, 0
        first, last = _bounds(partition)
        names = self._partitions[partition]
        at = names.names.index(name)
        following = names.starts[at + 1] - 1 if at + 1 < len(names.starts) else last
        return max(first, names.starts[at]), following


def pieces(name: str, unit: str, rows: Mapping[date, int], most: int) -> list[str]:
    """The names of the sections into which one must be cut that is about to hold so many rows of each day.

    >>> pieces("2024-03", "month", {date(2024, 3, 1): 2, date(2024, 3, 4): 2, date(2024, 3, 5): 1}, 3)
    ['2024-03', '2024-03-04']
    """
    found, held = [name], 0
    for day, number in sorted(rows.items()):
        if held and held + number > most:
            found.append(_begun(partition_of(name, unit), day))
            held = 0
        held += number
    return found


def counted(moments: Iterable[Moment]) -> Counter[date]:
    """How many rows each day has by which rows are filed; rows with neither day are left out."""
    return Counter(filed for day, seen in moments if (filed := day or seen) is not None)


def partition_of(name: str, unit: str) -> str:
    """The partition that a section is a part of.

    >>> partition_of("2024-03-06", "month"), partition_of("undated-2024-03-06", "month"), partition_of("2024", "year")
    ('2024-03', 'undated', '2024')
    >>> partition_of("2024-03-06-recalled", "month")
    '2024-03-recalled'
    """
    if name.startswith(UNDATED):
        return UNDATED
    partition = name[:4] if unit == "year" else name[:7]
    return partition + _RECALLED if name.endswith(_RECALLED) else partition


def _begun(partition: str, day: date) -> str:
    """The section of a partition that begins with a day."""
    if partition == UNDATED:
        return f"{UNDATED}-{day.isoformat()}"
    return day.isoformat() + (_RECALLED if partition.endswith(_RECALLED) else "")


def _partition(day: date, unit: str) -> str:
    return f"{day.year:04d}" if unit == "year" else f"{day.year:04d}-{day.month:02d}"


def _start(name: str, unit: str) -> int:
    """From which day on a section holds rows; 0 for the first of its partition."""
    partition = partition_of(name, unit)
    if name == partition:
        return 0
    return date.fromisoformat(name.removeprefix(f"{UNDATED}-").removesuffix(_RECALLED)).toordinal()


def _bounds(partition: str) -> tuple[int, int]:
    """First and last day of a year or month, as ordinals."""
    partition = partition.removesuffix(_RECALLED)
    year, month = int(partition[:4]), int(partition[5:7] or 0)
    if not month:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max
    return date(year, month, 1).toordinal(), following.toordinal() - 1
