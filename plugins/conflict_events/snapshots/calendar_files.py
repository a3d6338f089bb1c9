"""The dense calendar of `latest/daily_summary`: one file a year, a row for every day and every combination.

A year is made anew from its own last file and the cells that the snapshot touched, never from its events, so that a
day in December costs what one in January does.
"""

# ruff: noqa: S608 - every name in these queries comes from the schema, none from input
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.calendar_days import days_between
from conflict_events.snapshots.layout import UNDATED, partition_files
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.storage import link_or_copy, read_json, write_parquet
from conflict_events.snapshots.summary import CELL

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["write_summary"]

_TABLE = TABLES["daily_summary"]
_COLUMNS = ", ".join(_TABLE.names)
_SAME_CELL = " AND ".join(f"one.{name} IS NOT DISTINCT FROM other.{name}" for name in CELL)
_NUMBERS = ", ".join(f"CASE WHEN one.events IS NULL THEN 0 ELSE one.{name} END AS {name}" for name in _TABLE.names[7:])
_DENSE = f"""
SELECT day.event_date, day.snapshot_date, {", ".join(f"other.{name}" for name in CELL)}, {_NUMBERS}
FROM day CROSS JOIN combination AS other
LEFT JOIN cell AS one ON one.event_date = day.event_date AND {_SAME_CELL}
ORDER BY {", ".join(f"{name} ASC NULLS FIRST" for name in _TABLE.key)}
"""
_CELLS = f"""
SELECT {_COLUMNS} FROM fresh WHERE events > 0
UNION ALL
SELECT {_COLUMNS} FROM known AS one WHERE events > 0
AND NOT EXISTS (SELECT 1 FROM fresh AS other WHERE one.event_date = other.event_date AND {_SAME_CELL})
"""


def write_summary(builder: Builder) -> tuple[date | None, date | None]:
    """Write the summary of every year that the snapshot touches, and link the others.

    Returns:
        First and last day of the calendar; None where no event counts.
    """
    import duckdb

    files = partition_files(builder.folder, "events")
    months = sorted(name for name in files if name != UNDATED)
    first, last = _day_range(files, months)
    if first is None or last is None:
        return None, None
    before = builder.files("daily_summary")
    touched = _touched_years(builder, first, last)
    with_events = {int(name[:4]) for name in months}
    previous_touched = False
    with duckdb.connect(config={"enable_external_access": "false"}) as connection:
        connection.register("all_fresh", builder.tables["daily_summary"])
        for year in range(first.year, last.year + 1):
            partition = f"{year:04d}"
            # A year without events repeats the combinations of the year before it, so that the calendar has no hole.
            hollow = year not in with_events
            if year not in touched and not (hollow and previous_touched) and partition in before:
                link_or_copy(before[partition], builder.path("daily_summary", partition))
                previous_touched = False
                continue
            days = _days_of_year(first, last, year)
            data = _year(connection, builder, year, days)
            if not data.num_rows:
                data = _hollow_year(connection, builder, year)
            write_parquet(data, builder.path("daily_summary", partition))
            previous_touched = True
    return first, last


def _year(connection: duckdb.DuckDBPyConnection, builder: Builder, year: int, days: list[date]) -> pa.Table:
    import pyarrow as pa

    old = builder.files("daily_summary").get(f"{year:04d}")
    connection.register("known", arrow.read_table(old, _TABLE) if old else arrow.empty(_TABLE))
    columns = {"event_date": days, "snapshot_date": [builder.snapshot_date] * len(days)}
    connection.register("day", pa.table({name: pa.array(values, pa.date32()) for name, values in columns.items()}))
    connection.execute(f"CREATE OR REPLACE TEMP VIEW fresh AS SELECT * FROM all_fresh WHERE year(event_date) = {year}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {_CELLS}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE combination AS SELECT DISTINCT {', '.join(CELL)} FROM cell")
    return _dense(connection)


def _hollow_year(connection: duckdb.DuckDBPyConnection, builder: Builder, year: int) -> pa.Table:
    """The days of `_year` with the combinations of the last year before it that has some."""
    files = partition_files(builder.folder, "daily_summary")
    earlier = [name for name in sorted(files) if name != UNDATED and int(name) < year]
    if earlier:
        connection.register("known", arrow.read_table(files[earlier[-1]], _TABLE))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE combination AS SELECT DISTINCT {', '.join(CELL)} FROM known")
    return _dense(connection)


def _dense(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    found: Any = connection.sql(_DENSE).to_arrow_table()
    return found.cast(_TABLE.arrow_schema())


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
