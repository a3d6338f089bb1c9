"""Arrow tables that follow the schema: from rows, from files of an older schema, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots.columns import Table

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["concat", "conform", "empty", "from_rows", "read_table", "sort_key", "sorted_table"]


def from_rows(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table in file order; a missing key is null.

    Raises:
        pyarrow.ArrowInvalid: A value does not fit its column.
    """
    import pyarrow as pa

    order = table.order or table.key
    ordered = sorted(rows, key=lambda row: sort_key(row, order))
    texts = {column.name for column in table.columns if column.type == "text"}
    columns = {
        name: [_printable(row.get(name)) if name in texts else row.get(name) for row in ordered] for name in table.names
    }
    schema = table.arrow_schema()
    return pa.table([pa.array(columns[f.name], type=f.type) for f in schema], schema=schema)


def sort_key(row: Mapping[str, Any], columns: Sequence[str]) -> tuple[tuple[bool, Any], ...]:
    """Key that sorts nulls first."""
    return tuple((row.get(name) is not None, row.get(name) if row.get(name) is not None else 0) for name in columns)


def _printable(value: str | None) -> str | None:
    """Text that UTF-8 can hold: half a surrogate pair, which broken pages contain, becomes a question mark."""
    return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


def empty(table: Table) -> pa.Table:
    """The table without rows."""
    return table.arrow_schema().empty_table()


def conform(data: pa.Table, table: Table) -> pa.Table:
    """The table in today's schema: columns that an older writer did not know are null, unknown ones go.

    Raises:
        pyarrow.ArrowInvalid: A column has a type that can't become today's.
    """
    import pyarrow as pa

    schema = table.arrow_schema()
    if data.schema.equals(schema):
        return data
    columns = [
        data.column(f.name).cast(f.type) if f.name in data.column_names else pa.nulls(data.num_rows, f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)


def read_table(path: Path, table: Table) -> pa.Table:
    """Read one Parquet file into today's schema."""
    import pyarrow.parquet as pq

    return conform(pq.ParquetFile(path).read(), table)


def concat(parts: Sequence[pa.Table], table: Table) -> pa.Table:
    """Tables of one schema, one after another."""
    import pyarrow as pa

    return pa.concat_tables(parts) if parts else empty(table)


def sorted_table(data: pa.Table, table: Table) -> pa.Table:
    """The rows in file order; for tables whose order columns hold no nulls."""
    return data.sort_by([(name, "ascending") for name in table.order or table.key]) if data.num_rows else data
