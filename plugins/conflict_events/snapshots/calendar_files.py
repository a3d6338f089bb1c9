"""The dense calendar of `latest/daily_summary`: one file a year, a row for every day and every combination.

A year is made anew from the cells of its own last file that hold events and those that the snapshot touched, never from
its events, and written some days at a time: what is held in memory does not grow with the year. Years that nothing
touched, and the empty ones that repeat an earlier year's combinations, are made anew only where these changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.calendar_days import days_between
from conflict_events.snapshots.layout import UNDATED, partition_files
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.storage import link_or_copy, read_json, write_parquet_parts
from conflict_events.snapshots.summary import CELL

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["write_summary"]

_TABLE = TABLES["daily_summary"]
_NUMBERS = tuple(name for name in _TABLE.names if name not in ("event_date", "snapshot_date", *CELL))
_ROWS_AT_ONCE = 64 * 1024

Combination = tuple[Any, ...]
"""The values of `CELL`."""


@dataclass(slots=True)
class _Years:
    """The years of the calendar, as they are written one after another.

    Attributes:
        builder: The version under construction.
        last: Where the last year that has events lies, or None so far.
        combinations: Those of that year; None where its file was linked and has not been asked yet.
        changed: Whether they may be others than in the version before.
    """

    builder: Builder
    last: Path | None = None
    combinations: list[Combination] | None = field(default_factory=list)
    changed: bool = False

    def link(self, partition: str, hollow: bool) -> None:
        """Take over a year's file."""
        path = self.builder.path("daily_summary", partition)
        link_or_copy(self.builder.files("daily_summary")[partition], path)
        if not hollow:
            self.last, self.combinations, self.changed = path, None, False

    def write(self, partition: str, days: Sequence[date]) -> None:
        """Make a year anew; one without events repeats the combinations of the last year that has some."""
        path, old = self.builder.path("daily_summary", partition), self.builder.files("daily_summary").get(partition)
        cells = _cells(self.builder, old, int(partition))
        if cells.keys:
            combinations = sorted({key[1:] for key in cells.keys}, key=_nulls_first)
            self.changed = old is None or _first_day(old) != combinations
            self.last, self.combinations = path, combinations
        else:
            if self.combinations is None:
                assert self.last is not None
                self.combinations = _first_day(self.last)
            self.changed = self.changed or (old is not None and _first_day(old) != self.combinations)
        write_parquet_parts(_dense(days, self.combinations, cells, self.builder.snapshot_date), _TABLE, path)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a year that hold events.

    Attributes:
        keys: Day and combination of each.
        numbers: Their rows of `daily_summary`, in the same order.
    """

    keys: list[Combination]
    numbers: pa.Table


def write_summary(builder: Builder) -> tuple[date | None, date | None]:
    """Write the summary of every year that the snapshot touches, and link the others.

    Returns:
        First and last day of the calendar; None where no event counts.
    """
    files = partition_files(builder.folder, "events")
    months = sorted(name for name in files if name != UNDATED)
    first, last = _day_range(files, months)
    if first is None or last is None:
        return None, None
    before = builder.files("daily_summary")
    touched = _touched_years(builder, first, last)
    with_events = {int(name[:4]) for name in months}
    years = _Years(builder)
    for year in range(first.year, last.year + 1):
        partition, hollow = f"{year:04d}", year not in with_events
        if partition in before and year not in touched and not (hollow and years.changed):
            years.link(partition, hollow)
        else:
            years.write(partition, _days_of_year(first, last, year))
    return first, last


def _cells(builder: Builder, old: Path | None, year: int) -> _Cells:
    """Those of the year's last file, and in their place those that the snapshot touched."""
    import pyarrow as pa
    import pyarrow.compute as pc

    fresh = builder.tables["daily_summary"]
    fresh = fresh.filter(pc.equal(pc.year(fresh["event_date"]), year))
    known = arrow.concat(list(_read_cells(old)) if old else [], _TABLE)
    touched = set(_keys(fresh))
    kept = pa.array([key not in touched for key in _keys(known)], pa.bool_())
    rows = pa.concat_tables([known.filter(kept), fresh.filter(pc.greater(fresh["events"], 0))])
    return _Cells(_keys(rows), rows)


def _read_cells(path: Path) -> Iterator[pa.Table]:
    """The rows of a year's file that hold events, a row group at a time."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        data = arrow.conform(file.read_row_group(group), _TABLE)
        yield data.filter(pc.greater(data["events"], 0))


def _keys(rows: pa.Table) -> list[Combination]:
    return list(zip(*(rows[name].to_pylist() for name in ("event_date", *CELL)), strict=True))


def _first_day(path: Path) -> list[Combination]:
    """The combinations of a year, in file order: those of its first day."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    first: Any = None
    found: list[Combination] = []
    for group in range(file.num_row_groups):
        data = file.read_row_group(group, columns=["event_date", *CELL])
        first = first or data["event_date"][0]
        rows = data.filter(pc.equal(data["event_date"], first))
        found += zip(*(rows[name].to_pylist() for name in CELL), strict=True)
        if rows.num_rows < data.num_rows:
            break
    return found


def _dense(
    days: Sequence[date], combinations: Sequence[Combination], cells: _Cells, snapshot_date: date
) -> Iterator[pa.Table]:
    """A row for every day and combination, some days at a time; zeros where no event lies."""
    import numpy as np
    import pyarrow as pa

    if not combinations:
        return
    width, schema = len(combinations), _TABLE.arrow_schema()
    columns = {name: pa.array(values) for name, values in zip(CELL, zip(*combinations, strict=True), strict=True)}
    where = {combination: index for index, combination in enumerate(combinations)}
    day_at = {day: index for index, day in enumerate(days)}
    row_of = np.array([day_at[key[0]] * width + where[key[1:]] for key in cells.keys], dtype="int64")
    told = {name: cells.numbers[name].to_numpy() for name in _NUMBERS}  # floats where one is null
    step = max(1, _ROWS_AT_ONCE // width)
    for start in range(0, len(days), step):
        part = days[start : start + step]
        rows = len(part) * width
        here = (row_of >= start * width) & (row_of < start * width + rows)
        index = row_of[here] - start * width
        again = pa.array(np.tile(np.arange(width), len(part)))
        made: dict[str, Any] = {name: column.take(again) for name, column in columns.items()}
        made["event_date"] = pa.array(part, pa.date32()).take(pa.array(np.repeat(np.arange(len(part)), width)))
        made["snapshot_date"] = pa.repeat(pa.scalar(snapshot_date, pa.date32()), rows)
        for name in _NUMBERS:
            values = np.zeros(rows, "float64")
            values[index] = told[name][here]
            made[name] = pa.array(values, mask=np.isnan(values))
        yield pa.table([made[one.name].cast(one.type) for one in schema], schema=schema)


def _nulls_first(combination: Combination) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is not None, 0 if value is None else value) for value in combination)


def _touched_years(builder: Builder, first: date, last: date) -> set[int]:
    """The years of the cells that the snapshot touched, and those at the ends of the calendar where these moved."""
    touched = {day.year for day in builder.tables["daily_summary"]["event_date"].to_pylist()}
    old = _old_range(builder)
    if old != (first, last):
        touched |= {edge.year for edge in (*old, first, last) if edge is not None}
    return touched


def _day_range(files: Mapping[str, Path], months: list[str]) -> tuple[date | None, date | None]:
    """First and last day of the events that the summary counts."""
    first = next((days[0] for name in months if (days := _counted_days(files[name]))), None)
    last = next((days[-1] for name in reversed(months) if (days := _counted_days(files[name]))), None)
    return first, last


def _counted_days(path: Path) -> list[date]:
    import pyarrow.parquet as pq

    rows = pq.ParquetFile(path).read(columns=["event_date", "is_aggregate", "event_type"]).to_pylist()
    return sorted(row["event_date"] for row in rows if not row["is_aggregate"] and row["event_type"] is not None)


def _old_range(builder: Builder) -> tuple[date | None, date | None]:
    if builder.before is None:
        return None, None
    summary = read_json(builder.before / "manifest.json")["summary_days"]
    return (date.fromisoformat(summary[0]), date.fromisoformat(summary[1])) if summary else (None, None)


def _days_of_year(first: date, last: date, year: int) -> list[date]:
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return list(days_between(begin, end)) if begin <= end else []
