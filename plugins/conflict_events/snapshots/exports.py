"""Files for spreadsheets and maps: CSV (opens in a spreadsheet, Arabic intact, formulas disarmed) and GeoJSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from conflict_events.snapshots.connection import connect
from conflict_events.snapshots.selection import EXPORTABLE, Selection

if TYPE_CHECKING:
    import duckdb

__all__ = ["EXPORTABLE", "export_csv", "export_geojson", "guarded", "write_csv", "write_geojson"]

# A tab or line end counts as a start: some spreadsheets cut the cell there. The full-width signs run too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Blanks and direction marks are passed over before a formula.
_SKIPPED = " \u00a0\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"

_BATCH = 2000  # rows held in memory at once


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula: text that looks like one gets an apostrophe in front.

    >>> guarded("=HYPERLINK(1)"), guarded(-5), guarded("غارة")
    ("'=HYPERLINK(1)", -5, 'غارة')
    """
    if isinstance(value, str) and value.lstrip(_SKIPPED).startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def export_csv(data_root: Path, name: str, target: Path, chosen: Selection | None = None) -> int:
    """Write a table or view as CSV (UTF-8 with BOM, RFC 4180 line ends).

    Args:
        data_root: Workspace.
        name: One of `EXPORTABLE`.
        target: File to write; an old one is replaced once the new one is whole.
        chosen: Which rows; None for all of the current state.

    Returns:
        The number of rows.

    Raises:
        SnapshotError: There is no such table, or `chosen` asks for what it has not.
        NothingPublished: There is no snapshot yet.
    """
    with _replacing(target) as stream:
        return write_csv(data_root, name, stream, chosen)


def export_geojson(data_root: Path, target: Path, chosen: Selection | None = None) -> int:
    """Write the events that have coordinates as a GeoJSON FeatureCollection (WGS84, RFC 7946), a feature a line.

    Returns:
        The number of features.

    Raises:
        NothingPublished: There is no snapshot yet.
    """
    with _replacing(target) as stream:
        return write_geojson(data_root, stream, chosen)


def write_csv(data_root: Path, name: str, stream: IO[str], chosen: Selection | None = None) -> int:
    """Write as `export_csv` does to an open text stream that leaves line ends as they are; returns the rows."""
    writer = csv.writer(stream, lineterminator="\r\n")
    number = 0
    with _opened(data_root, name, chosen) as result:
        stream.write("\ufeff")
        writer.writerow([column[0] for column in result.description or ()])
        for row in _rows(result):
            writer.writerow([guarded(value) for value in row])
            number += 1
    return number


def write_geojson(data_root: Path, stream: IO[str], chosen: Selection | None = None) -> int:
    """Write as `export_geojson` does to an open text stream; returns the features."""
    number = 0
    with _opened(data_root, "events", chosen) as result:
        columns = [column[0] for column in result.description or ()]
        stream.write('{"type": "FeatureCollection", "features": [')
        for row in _rows(result):
            feature = _feature(dict(zip(columns, row, strict=True)))
            if feature is not None:
                told = json.dumps(feature, ensure_ascii=False, default=_iso)
                stream.write(f"{',' if number else ''}\n{told}")
                number += 1
        stream.write("\n]}\n")
    return number


@contextmanager
def _opened(data_root: Path, name: str, chosen: Selection | None) -> Iterator[duckdb.DuckDBPyConnection]:
    query, values = (chosen or Selection()).query(name)
    with connect(data_root) as connection:
        yield connection.execute(query, values)


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(_BATCH):
        yield from rows


def _feature(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["lat"] is None or row["lon"] is None:
        return None
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    point = {"type": "Point", "coordinates": [round(row["lon"], 6), round(row["lat"], 6)]}
    return {"type": "Feature", "id": row["event_id"], "geometry": point, "properties": properties}


def _iso(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


@contextmanager
def _replacing(target: Path) -> Iterator[IO[str]]:
    """A stream whose file takes the place of `target` once it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
