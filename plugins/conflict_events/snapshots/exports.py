"""Files for spreadsheets and maps: CSV (opens in a spreadsheet, Arabic intact, formulas disarmed) and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots.connection import connect
from conflict_events.snapshots.errors import SnapshotError
from conflict_events.snapshots.layout import LATEST_TABLES

if TYPE_CHECKING:
    import duckdb

__all__ = ["EXPORTABLE", "export_csv", "export_geojson", "guarded"]

EXPORTABLE = (*LATEST_TABLES, "event_revisions", "acled_view", "ucdp_view")
"""Tables and views that can be exported."""

# A tab or line end counts as a start: some spreadsheets cut the cell there. The full-width signs run too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Blanks and direction marks are passed over before a formula.
_SKIPPED = " \u00a0\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula: text that looks like one gets an apostrophe in front.

    >>> guarded("=HYPERLINK(1)"), guarded(-5), guarded("غارة")
    ("'=HYPERLINK(1)", -5, 'غارة')
    """
    if isinstance(value, str) and value.lstrip(_SKIPPED).startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def export_csv(data_root: Path, name: str, target: Path) -> int:
    """Write a table or view of the current state as CSV (UTF-8 with BOM, RFC 4180 line ends).

    Args:
        data_root: Workspace.
        name: One of `EXPORTABLE`.
        target: File to write; an old one is replaced once the new one is whole.

    Returns:
        The number of rows.

    Raises:
        SnapshotError: There is no such table.
        NothingPublished: There is no snapshot yet.
    """
    columns, rows = _read(data_root, name)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(value) for value in row] for row in rows)
    _write(target, "\ufeff" + buffer.getvalue())
    return len(rows)


def export_geojson(data_root: Path, target: Path) -> int:
    """Write the current events that have coordinates as a GeoJSON FeatureCollection (WGS84, RFC 7946).

    Returns:
        The number of features.
    """
    columns, rows = _read(data_root, "events")
    features = [_feature(dict(zip(columns, row, strict=True))) for row in rows]
    kept = [feature for feature in features if feature is not None]
    collection = {"type": "FeatureCollection", "features": kept}
    _write(target, json.dumps(collection, ensure_ascii=False, indent=1, default=_iso) + "\n")
    return len(kept)


def _read(data_root: Path, name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    if name not in EXPORTABLE:
        raise SnapshotError(f"there is no table {name!r}; there are {', '.join(EXPORTABLE)}")
    with connect(data_root) as connection:
        result: duckdb.DuckDBPyConnection = connection.execute(f"SELECT * FROM {name} ORDER BY ALL")  # noqa: S608 - from EXPORTABLE
        return [column[0] for column in result.description or ()], result.fetchall()


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


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.write_text(text, encoding="utf-8", newline="")
    part.replace(target)
