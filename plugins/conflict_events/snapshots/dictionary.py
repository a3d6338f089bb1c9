"""The text of ``docs/data-dictionary.md``, from the schema.

Written by ``python -m conflict_events.snapshots.dictionary > docs/data-dictionary.md``.
"""

from __future__ import annotations

import sys

from conflict_events.snapshots.codes import load_actions
from conflict_events.snapshots.columns import TYPES, Column, Table
from conflict_events.snapshots.schema import SCHEMA_VERSION, TABLES
from conflict_events.snapshots.schema_diff import EVENT_DIFF

__all__ = ["data_dictionary"]

_HEAD = """# Data dictionary

Generated from `conflict_events.snapshots.schema` (schema version {version}); do not edit. To write it anew:
`python -m conflict_events.snapshots.dictionary > docs/data-dictionary.md`.

A snapshot (`snapshots/snapshot=YYYY-MM-DD/`) has one Parquet file per table: what that day's run learned. `latest/`
has the current state: tables by month or year are folders (`latest/events/2024-03.parquet`, and `undated.parquet` for
what has no day), the
others single files. A month with many events is several files, each named by its first day (`2024-03-06.parquet`), and
so is a large year; what was first told more than a month after its day lies beside them (`2024-03-recalled.parquet`):
read the folder, or `2024-03*.parquet`. `latest/tombstones/` has the columns of `events`, and holds
the merged and retracted ones.
A number that is not stated is null, never 0. Lists in one cell are joined by `; `.

`conflict-events export TABLE` writes a table of `latest/`, `event_revisions` (every revision of every event),
`acled_view` or `ucdp_view` as CSV with the columns below (UTF-8 with BOM; null is an empty cell; text that a
spreadsheet would run as a formula begins with an apostrophe), or the events that have coordinates as GeoJSON. `--from`
and `--to` choose by the day that the files of the table go by (below; `event_date` in `acled_view`, `date_start` in
`ucdp_view`), both days included, without the undated; `--country` by the country of the row, or of the event or claim
that it hangs on.

"""


def data_dictionary() -> str:
    """The data dictionary as Markdown."""
    parts = [_HEAD.format(version=SCHEMA_VERSION), "| Table | | Files in `latest/` | Key |\n|---|---|---|---|\n"]
    for table in TABLES.values():
        files = "one file" if table.partition == "none" else f"by {table.partition} of `{table.partition_column}`"
        parts.append(
            f"| [`{table.name}`](#{table.name}) | {table.title} · {table.label_ar} | {files} | {_code(table.key)} |\n"
        )
    parts.append("\nTypes: " + "; ".join(f"`{name}` {meaning}" for name, meaning in TYPES.items()) + ".\n")
    parts.extend(_table(table) for table in (*TABLES.values(), EVENT_DIFF))
    parts.append(_actions())
    return "".join(parts)


def _table(table: Table) -> str:
    lines = [f"\n## {table.name}\n\n**{table.title} · {table.label_ar}.** {table.description}\n\n"]
    for fk in table.foreign_keys:
        lines.append(f"* {_code(fk.columns)} names a row of [`{fk.target}`](#{fk.target}).\n")
    lines.append("\n| Column | Type | Null | Meaning | الاسم |\n|---|---|---|---|---|\n")
    lines.extend(_column(column) for column in table.columns)
    return "".join(lines)


def _column(column: Column) -> str:
    meaning = column.description
    if column.enum:
        meaning += " One of: " + ", ".join(f"`{value}`" for value in column.enum) + "."
    null = "yes" if column.nullable else "no"
    return f"| `{column.name}` | {column.type} | {null} | {meaning} | {column.label_ar} |\n"


def _actions() -> str:
    lines = [
        "\n## Actions\n\n| Action | | Meaning | ACLED type | ACLED sub-type | PLOVER |\n|---|---|---|---|---|---|\n"
    ]
    for action in load_actions().values():
        types = [action.sub_event_type or "not exported"]
        types += [f"{sub} ({' and '.join(conditions)})" for conditions, _, sub in action.cases]
        plover = " ".join(part for part in (action.plover_event, action.plover_mode) if part) or "-"
        lines.append(
            f"| `{action.action}` | {action.name_en} · {action.name_ar} | {action.meaning} "
            f"| {action.event_type or '-'} | {'; '.join(types)} | {plover} |\n"
        )
    return "".join(lines)


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
