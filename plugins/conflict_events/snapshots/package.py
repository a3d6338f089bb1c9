"""`datapackage.json`: every table and column described for machines (Frictionless Data Package v1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conflict_events.snapshots.columns import Column, Table
from conflict_events.snapshots.layout import LATEST_TABLES
from conflict_events.snapshots.schema import SCHEMA_VERSION, TABLES

__all__ = ["latest_package", "snapshot_package", "table_schema"]

_TYPES = {
    "text": "string",
    "int32": "integer",
    "float64": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
}


def table_schema(table: Table, *, keys: bool = True, references: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The Table Schema of one table.

    Args:
        table: The table.
        keys: Whether the primary key is stated.
        references: Resources that foreign keys may name (table -> resource); None states no foreign keys.
    """
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if keys and all(not table.column(name).nullable for name in table.key):
        schema["primaryKey"] = list(table.key)
    foreign = [
        {
            "fields": list(fk.columns),
            "reference": {"resource": references[fk.target], "fields": list(fk.target_columns)},
        }
        for fk in table.foreign_keys
        if references is not None and fk.target in references
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    for name, bound in (("minimum", column.low), ("maximum", column.high)):
        if bound is not None:
            constraints[name] = int(bound) if column.type == "int32" else bound
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.label_ar,
        "description": column.description,
    }
    return field | ({"constraints": constraints} if constraints else {})


def snapshot_package(day: str, rows: Mapping[str, int]) -> dict[str, Any]:
    """The data package of one snapshot; foreign keys only where the target lies in the same snapshot."""
    resources = []
    for name, table in TABLES.items():
        inside = {fk.target: fk.target for fk in table.foreign_keys if fk.within_snapshot}
        resources.append(_resource(name, table, f"{name}.parquet", table_schema(table, references=inside), rows[name]))
    return _package(f"conflict-events-{day}", f"Conflict events: what the run of {day} learned", day, resources)


def latest_package(day: str, files: Mapping[str, Sequence[str]], rows: Mapping[str, int]) -> dict[str, Any]:
    """The data package of the current state; `files` are the paths of each table."""
    resources = []
    for name, table in LATEST_TABLES.items():
        paths = list(files.get(name, ()))
        if paths:
            references = {
                fk.target: fk.target for fk in table.foreign_keys if name != "tombstones" and fk.target in files
            }
            path: str | list[str] = paths[0] if table.partition == "none" else paths
            resources.append(_resource(name, table, path, table_schema(table, references=references), rows[name]))
    return _package("conflict-events", f"Conflict events: the state after {day}", day, resources)


def _resource(name: str, table: Table, path: str | list[str], schema: dict[str, Any], rows: int) -> dict[str, Any]:
    tombstones = name == "tombstones"
    return {
        "name": name,
        "title": "Ended events" if tombstones else table.title,
        "description": "Merged and retracted events, with their heirs." if tombstones else table.description,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": rows,
        "schema": schema,
    }


def _package(name: str, title: str, day: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "version": SCHEMA_VERSION,
        "profile": "data-package",
        "snapshot_date": day,
        "resources": resources,
    }
