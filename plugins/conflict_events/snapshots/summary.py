"""The daily summary: events and people per day, place, type and time precision.

Rules (design, section 4): a toll counts as its best number, else its lowest; its high end is the highest number, else
the best, else the lowest. Aggregate tolls, undated events and events that no longer stand stay out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots.arrow import from_rows
from conflict_events.snapshots.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["CELL", "COUNTS", "SUMS", "cells", "touched_summary"]

CELL = ("country", "admin1_en", "event_type", "sub_event_type", "time_precision")
"""The columns that, with the day, name a cell."""

_TABLE = TABLES["daily_summary"]
SUMS = ("deaths_low", "deaths_best", "deaths_high", "injured", "strikes")
COUNTS = ("events", "n_open_high", "n_vague", "sources", "articles")
_EMPTY_CELL: dict[str, Any] = dict.fromkeys(SUMS + COUNTS, 0)

Row = dict[str, Any]


def cells(events: pa.Table) -> list[Row]:
    """Sum events into cells; only cells that hold an event.

    Args:
        events: Rows of `events`, current revisions.

    Returns:
        Rows of `daily_summary` without `snapshot_date`.
    """
    frame = _counted(events)
    if frame.empty:
        return []
    keys = ["event_date", *CELL]
    grouped = frame.groupby(keys, dropna=False, sort=False)
    sums = grouped[list(SUMS)].sum(min_count=1).join(grouped[list(COUNTS)].sum())
    rows = []
    for key, values in zip(sums.index, sums.to_dict("records"), strict=True):
        row = {name: _plain(value) for name, value in zip(keys, key, strict=True)}
        rows.append(row | {name: _whole(values[name]) for name in SUMS + COUNTS})
    return rows


def _counted(events: pa.Table) -> pd.DataFrame:
    """The events that count, with the columns that are summed; numbers are floats so that null stays apart from 0."""
    import pandas as pd

    wanted = [
        "event_date", *CELL, "change", "is_aggregate", "deaths_low", "deaths_best", "deaths_high", "deaths_qualifier",
        "injured_low", "injured_best", "strikes_low", "strikes_best", "n_independent_sources", "n_articles",
    ]  # fmt: skip
    frame = events.select(wanted).to_pandas(date_as_object=True)
    live = ~frame["change"].isin(("merged", "retracted")) & ~frame["is_aggregate"].astype(bool)
    frame = frame[live & frame["event_date"].notna() & frame["event_type"].notna()]
    numbers = {
        name: pd.to_numeric(frame[name]).astype("float64")
        for name in wanted
        if name.startswith(("deaths", "injured", "strikes")) and name != "deaths_qualifier"
    }
    low, best, high = (numbers[f"deaths_{bound}"] for bound in ("low", "best", "high"))
    stated = low.notna() | best.notna() | high.notna()
    middle = best.fillna(low)
    counted: pd.DataFrame = frame[["event_date", *CELL]].assign(
        events=1,
        # "At most N" states no lower end: nothing is sure, so 0 goes into the sum of lows.
        deaths_low=low.where(low.notna() | ~stated, 0.0),
        deaths_best=middle.where(middle.notna() | ~stated, 0.0),
        deaths_high=high.fillna(middle),
        n_open_high=(high.isna() & stated).astype(int),
        n_vague=(frame["deaths_qualifier"].eq("vague") & ~stated).astype(int),
        injured=numbers["injured_best"].fillna(numbers["injured_low"]),
        strikes=numbers["strikes_best"].fillna(numbers["strikes_low"]),
        sources=frame["n_independent_sources"],
        articles=frame["n_articles"],
    )
    return counted


def _plain(value: Any) -> Any:
    """A group key as a Python value; NaN is None, a precision is an int."""
    if value is None or value != value:  # NaN alone differs from itself
        return None
    return int(value) if isinstance(value, float) else value


def _whole(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def _cell_key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in CELL)


def touched_summary(before: pa.Table, after: pa.Table, snapshot_date: date) -> pa.Table:
    """The cells that a snapshot touched: those of `after`, and with zeros those of `before` that emptied.

    Both tables hold all current events of the touched days, before and after the run.
    """
    new = {(row["event_date"], *_cell_key(row)): row for row in cells(after)}
    rows = [{**row, "snapshot_date": snapshot_date} for row in new.values()]
    for row in cells(before):
        if (row["event_date"], *_cell_key(row)) not in new:
            key = {name: row[name] for name in ("event_date", *CELL)}
            rows.append({**key, **_EMPTY_CELL, "snapshot_date": snapshot_date})
    return from_rows(_TABLE, rows)
