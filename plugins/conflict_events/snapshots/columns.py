"""What a table and a column are: the vocabulary in which `schema.TABLES` is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TYPES", "Column", "ForeignKey", "Table", "count", "day", "flag", "number", "table", "text", "triple"]

TYPES: Mapping[str, str] = {
    "text": "UTF-8 text",
    "int32": "whole number; null is not stated, never 0 for it",
    "float64": "decimal number",
    "bool": "true or false",
    "date": "day (ISO 8601)",
    "timestamp": "instant, microseconds, UTC",
}
"""Column types, and what they mean to a reader."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Name in the file.
        type: One of `TYPES`.
        description: English sentence for the data dictionary.
        label_ar: Arabic heading.
        nullable: Whether null is allowed.
        enum: Allowed values besides null; empty for any.
        low: Smallest allowed value of a number.
        high: Largest allowed value of a number.
    """

    name: str
    type: str
    description: str
    label_ar: str
    nullable: bool = True
    enum: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def required(self) -> Column:
        """The same column without nulls."""
        return replace(self, nullable=False)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of this table point at `target_columns` of `target`.

    `within_snapshot` tells whether the target row always lies in the same snapshot folder; otherwise an earlier one
    may hold it.
    """

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    within_snapshot: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: Name of the table and of its file.
        title: Short English title.
        label_ar: Arabic title.
        description: English sentences for the data dictionary.
        columns: In file order.
        key: Columns that together name a row.
        order: Columns by which rows are sorted in a file; the key where empty.
        foreign_keys: References to other tables.
        partition: How `latest/` splits the table: month, year, or none (one file).
        partition_column: The day that picks the partition; null goes to ``undated``.
    """

    name: str
    title: str
    label_ar: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    partition: str = "none"
    partition_column: str | None = None

    def __post_init__(self) -> None:
        names = {column.name for column in self.columns}
        wanted = {*self.key, *self.order, *(n for fk in self.foreign_keys for n in fk.columns)}
        if self.partition_column:
            wanted.add(self.partition_column)
        if len(names) != len(self.columns) or not wanted <= names:
            raise ValueError(f"table {self.name}: a column is named twice, or unknown: {sorted(wanted - names)}")

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in file order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: There is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")

    def arrow_schema(self) -> pa.Schema:
        """The pyarrow schema of the table's files."""
        import pyarrow as pa

        types = {
            "text": pa.string(),
            "int32": pa.int32(),
            "float64": pa.float64(),
            "bool": pa.bool_(),
            "date": pa.date32(),
            "timestamp": pa.timestamp("us", tz="UTC"),
        }
        return pa.schema([pa.field(c.name, types[c.type], nullable=c.nullable) for c in self.columns])


def table(name: str, title: str, label_ar: str, description: str, *columns: Column | tuple[Column, ...]) -> Table:
    """A table from columns and groups of columns; its first column is its key until told otherwise."""
    flat: list[Column] = []
    for item in columns:
        flat.extend(item if isinstance(item, tuple) else (item,))
    return Table(name, title, label_ar, description, tuple(flat), (flat[0].name,))


def text(name: str, description: str, label_ar: str, enum: tuple[str, ...] = ()) -> Column:
    """A nullable text column."""
    return Column(name, "text", description, label_ar, enum=enum)


def count(name: str, description: str, label_ar: str, low: float | None = 0, high: float | None = None) -> Column:
    """A nullable whole number, 0 or more."""
    return Column(name, "int32", description, label_ar, low=low, high=high)


def number(name: str, description: str, label_ar: str, low: float | None = None, high: float | None = None) -> Column:
    """A nullable decimal number."""
    return Column(name, "float64", description, label_ar, low=low, high=high)


def flag(name: str, description: str, label_ar: str) -> Column:
    """A true / false column without nulls."""
    return Column(name, "bool", description, label_ar, nullable=False)


def day(name: str, description: str, label_ar: str) -> Column:
    """A nullable day."""
    return Column(name, "date", description, label_ar)


def triple(prefix: str, what: str, label_ar: str) -> tuple[Column, ...]:
    """The three columns low, best, high of one measure."""
    return (
        count(f"{prefix}_low", f"{what}: lowest number stated; null where none is.", f"{label_ar} (أدنى)"),
        count(f"{prefix}_best", f"{what}: best number; null where none is stated.", f"{label_ar} (الأرجح)"),
        count(f"{prefix}_high", f"{what}: highest number stated; null is open or not stated.", f"{label_ar} (أقصى)"),
    )
