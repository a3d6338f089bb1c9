"""The dense calendar of `latest/daily_summary`: a row for every day of the data and every combination of its year.

A year is one file as long as it is small, then cut by days (`sections`). Only the sections are made anew in which a
cell was touched, from the cells of their own last file that hold events and those of the snapshot, never from events.
Where a combination comes up that the year had not, the sections that are not made anew get its zeros in a file beside
them, ``2024-later.parquet``; each takes them in when it is made anew.

Years without events repeat the combinations of the year before, as they were when half of them had changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.calendar_days import days_between
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.sections import UNDATED, Sections, partition_of
from conflict_events.snapshots.storage import read_json, write_parquet_parts
from conflict_events.snapshots.summary import CELL

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["write_summary"]

_NAME = "daily_summary"
_TABLE = TABLES[_NAME]
_NUMBERS = tuple(name for name in _TABLE.names if name not in ("event_date", "snapshot_date", *CELL))
_ROWS_AT_ONCE = 64 * 1024
_ROWS_A_SECTION = 16 * 1024
_LATER = "-later"

Combination = tuple[Any, ...]
"""The values of `CELL`."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of some days that hold events.

    Attributes:
        keys: Day and combination of each.
        numbers: Their rows of `daily_summary`, in the same order.
    """

    keys: list[Combination]
    numbers: pa.Table


class _Year:
    """One year as the version before has it.

    Attributes:
        name: The year, four digits.
        days: Its days in the calendar of the version before.
        names: Its sections, in order.
        later: The file of combinations that came up later, or None.
    """

    def __init__(self, builder: Builder, year: int, days: Sequence[date]) -> None:
        self.name, self.days = f"{year:04d}", days
        self._builder, self._files = builder, builder.files(_NAME)
        own = sorted(name for name in self._files if partition_of(name, "year") == self.name)
        self.names = [name for name in own if not name.endswith(_LATER)]
        self.sections = Sections("year", self.names)
        self.later = self._files.get(self.name + _LATER)

    def combinations(self) -> list[Combination]:
        """Those of its first day, in file order."""
        if not self.names:
            return []
        day, found = _first_day(self._files[self.names[0]])
        if self.later is not None:
            rows = arrow.read_table(self.later, _TABLE)
            found += [key[1:] for key in _keys(rows) if key[0] == day]
        return sorted(found, key=_nulls_first)

    def write(self, days: Sequence[date], hollow: bool, combinations: Sequence[Combination]) -> list[Combination]:
        """Make the year anew where it is touched.

        Args:
            days: Its days in the calendar.
            hollow: Whether none of its days had events in the version before.
            combinations: What it repeats if it has no events; empty where it has.

        Returns:
            Its combinations.
        """
        fresh = _of_year(self._builder.tables[_NAME], int(self.name))
        anew = hollow or bool(combinations) or (self.later is None and len(self.names) < 2)
        touched = set(self.names) | {self.name} if anew else self._touched(days, fresh)
        cells = {name: self._cells(name, fresh) for name in touched}
        told = {key[1:] for one in cells.values() for key in one.keys}
        before = [] if anew else self.combinations()
        found = sorted(set(combinations) or told | set(before), key=_nulls_first)
        sections = Sections("year", [] if anew else self.names)
        divided: dict[str, list[date]] = {}
        for day in days:
            divided.setdefault(sections.of((day, None)), []).append(day)
        merged = _together(cells.values()) if anew else None
        for name, own in divided.items():
            if anew or name in touched:
                self._write_section(name, own, found, merged or cells[name])
        self._drop([name for name in self.names if name not in divided])
        self._write_later(
            [day for name, own in divided.items() if not anew and name not in touched for day in own],
            sorted(set(found) - set(before), key=_nulls_first),
        )
        return found

    def _touched(self, days: Sequence[date], fresh: pa.Table) -> set[str]:
        """Sections with a touched cell, and those at the ends of the year's calendar where these moved."""
        edges = {
            edge
            for old, new in ((self.days[:1], days[:1]), (self.days[-1:], days[-1:]))
            if old != new
            for edge in (*old, *new)
        }
        return {self.sections.of((day, None)) for day in edges | set(fresh["event_date"].to_pylist())}

    def _cells(self, name: str, fresh: pa.Table) -> _Cells:
        """Those of a section's last file, and in their place those that the snapshot touched."""
        import pyarrow as pa
        import pyarrow.compute as pc

        here = [self.sections.of((day, None)) == name for day in fresh["event_date"].to_pylist()]
        fresh = fresh.filter(pa.array(here, pa.bool_()))
        known = arrow.concat(list(_read_cells(self._files[name])) if name in self._files else [], _TABLE)
        touched = set(_keys(fresh))
        kept = pa.array([key not in touched for key in _keys(known)], pa.bool_())
        rows = pa.concat_tables([known.filter(kept), fresh.filter(pc.greater(fresh["events"], 0))])
        return _Cells(_keys(rows), rows)

    def _write_section(
        self, name: str, days: Sequence[date], combinations: Sequence[Combination], cells: _Cells
    ) -> None:
        """Write the days of a section, in as many pieces as it takes."""
        step = max(1, _ROWS_A_SECTION // max(1, len(combinations)))
        for start in range(0, len(days), step):
            part = days[start : start + step]
            piece = name if start == 0 else part[0].isoformat()
            path = self._builder.path(_NAME, piece)
            write_parquet_parts(_dense(part, combinations, cells, self._builder.snapshot_date), _TABLE, path)
            self._builder.written[self._builder.relative(_NAME, piece)] = len(part) * len(combinations)

    def _write_later(self, days: Sequence[date], combinations: Sequence[Combination]) -> None:
        """Zeros of the new combinations on the days of the sections that stay as they are, beside those of before."""
        import pyarrow as pa
        import pyarrow.compute as pc

        name = self.name + _LATER
        parts = list(_dense(days, combinations, _Cells([], arrow.empty(_TABLE)), self._builder.snapshot_date))
        if self.later is not None:
            old = arrow.read_table(self.later, _TABLE)
            kept = old.filter(pc.is_in(old["event_date"], value_set=pa.array(days, pa.date32())))
            if not parts and kept.num_rows == old.num_rows:
                return
            parts.append(kept)
        self._builder.write(_NAME, name, arrow.sorted_table(arrow.concat(parts, _TABLE), _TABLE))

    def _drop(self, names: Iterable[str]) -> None:
        self._builder.gone.update(
            path
            for path in (self._builder.relative(_NAME, name) for name in names)
            if path not in self._builder.written
        )


def write_summary(builder: Builder) -> tuple[date | None, date | None]:
    """Write the summary of every year that the snapshot touches.

    Returns:
        First and last day of the calendar; None where no event counts.
    """
    files = builder.after("events")
    months = sorted(name for name in files if not name.startswith(UNDATED))
    first, last = _day_range(builder, files)
    if first is None or last is None:
        builder.gone.update(builder.relative(_NAME, name) for name in builder.files(_NAME))
        return None, None
    years = {f"{year:04d}" for year in range(first.year, last.year + 1)}
    outside = [name for name in builder.files(_NAME) if name[:4] not in years]
    builder.gone.update(builder.relative(_NAME, name) for name in outside)
    touched = _touched_years(builder, first, last)
    with_events = {name[:4] for name in months}
    had_events = {name[:4] for name in builder.files("events")}
    combinations: list[Combination] = []
    last_year: _Year | None = None  # whose combinations are asked for only when they are needed
    changed = False
    for number in range(first.year, last.year + 1):
        year = _Year(builder, number, _days_of_year(*_old_range(builder), number))
        days = _days_of_year(first, last, number)
        if year.name in with_events:
            if year.names and number not in touched:
                last_year, changed = year, False
            else:
                before = year.combinations()
                combinations, last_year = year.write(days, year.name not in had_events, ()), None
                changed = before != combinations
            continue
        if last_year is not None and (changed or not year.names or number in touched):
            combinations, last_year = last_year.combinations(), None
        held = year.combinations() if changed and year.names else combinations
        if not year.names or number in touched or 2 * len(set(held) ^ set(combinations)) >= max(1, len(held)):
            year.write(days, hollow=True, combinations=combinations)
    return first, last


def _of_year(rows: pa.Table, year: int) -> pa.Table:
    import pyarrow.compute as pc

    return rows.filter(pc.equal(pc.year(rows["event_date"]), year))


def _together(cells: Iterable[_Cells]) -> _Cells:
    import pyarrow as pa

    tables = [one.numbers for one in cells]
    rows = pa.concat_tables(tables)
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


def _first_day(path: Path) -> tuple[date, list[Combination]]:
    """The first day of a file, and its combinations, in file order."""
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
    return first.as_py(), found


def _dense(
    days: Sequence[date], combinations: Sequence[Combination], cells: _Cells, snapshot_date: date
) -> Iterator[pa.Table]:
    """A row for every day and combination, some days at a time; zeros where no event lies."""
    import numpy as np
    import pyarrow as pa

    if not combinations or not days:
        return
    width, schema = len(combinations), _TABLE.arrow_schema()
    columns = {name: pa.array(values) for name, values in zip(CELL, zip(*combinations, strict=True), strict=True)}
    where = {combination: index for index, combination in enumerate(combinations)}
    day_at = {day: index for index, day in enumerate(days)}
    own = [index for index, key in enumerate(cells.keys) if key[0] in day_at]
    row_of = np.array([day_at[cells.keys[one][0]] * width + where[cells.keys[one][1:]] for one in own], dtype="int64")
    numbers = cells.numbers.take(pa.array(own, pa.int64()))
    told = {name: numbers[name].to_numpy() for name in _NUMBERS}  # floats where one is null
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


def _day_range(builder: Builder, files: Mapping[str, Path]) -> tuple[date | None, date | None]:
    """First and last day of the events that the summary counts.

    Events are looked through only where the snapshot took one from the first or the last day of before.
    """
    fresh = builder.tables[_NAME].select(["event_date", "events"]).to_pylist()
    held = [row["event_date"] for row in fresh if row["events"]]
    emptied = {row["event_date"] for row in fresh if not row["events"]}
    first, last = _old_range(builder)
    if first is not None and last is not None and not emptied & {first, last}:
        return min([first, *held]), max([last, *held])
    by_month: dict[str, list[Path]] = {}
    for name, path in sorted(files.items()):
        if not name.startswith(UNDATED):
            by_month.setdefault(name[:7], []).append(path)
    months = sorted(by_month)
    first = next((days[0] for month in months if (days := _counted_days(by_month[month]))), None)
    last = next((days[-1] for month in reversed(months) if (days := _counted_days(by_month[month]))), None)
    return first, last


def _counted_days(paths: Iterable[Path]) -> list[date]:
    import pyarrow.parquet as pq

    columns = ["event_date", "is_aggregate", "event_type"]
    rows = [row for path in paths for row in pq.ParquetFile(path).read(columns=columns).to_pylist()]
    return sorted(row["event_date"] for row in rows if not row["is_aggregate"] and row["event_type"] is not None)


def _old_range(builder: Builder) -> tuple[date | None, date | None]:
    if builder.before is None:
        return None, None
    summary = read_json(builder.before / "manifest.json")["summary_days"]
    return (date.fromisoformat(summary[0]), date.fromisoformat(summary[1])) if summary else (None, None)


def _days_of_year(first: date | None, last: date | None, year: int) -> list[date]:
    if first is None or last is None:
        return []
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return list(days_between(begin, end)) if begin <= end else []
