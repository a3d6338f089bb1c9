"""DuckDB over what is published: read-only, every table and the exchange views by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.snapshots.codes import INCLUDE, load_countries
from conflict_events.snapshots.errors import NothingPublished
from conflict_events.snapshots.layout import (
    LATEST_TABLES,
    home,
    latest_snapshot_date,
    partition_files,
    snapshot_days,
    snapshot_folder,
)

if TYPE_CHECKING:
    import duckdb

__all__ = ["MACROS", "VIEWS", "connect", "connect_version", "question"]

VIEWS = ("acled_view", "ucdp_view")
"""Views of ``include/sql`` that `connect` makes, each from the file of its name."""


MACROS = ("events_as_of",)
"""Table macros of ``include/sql``, likewise."""


def question(name: str) -> str:
    """The SQL of a question of ``include/sql/questions``, for `connect`; `name` is that of its file without suffix.

    Raises:
        FileNotFoundError: There is no such question.
    """
    return (INCLUDE / "sql" / "questions" / f"{name}.sql").read_text(encoding="utf-8")


def connect(data_root: Path) -> duckdb.DuckDBPyConnection:
    """Open DuckDB with a view for every table of the current state.

    The views: each table of `schema.TABLES` and `tombstones` over one version of `latest/` (a version that is
    published later does not disturb the connection), `event_revisions` (every revision of every event, from the
    snapshots), `country`, `acled_view`, `ucdp_view`, and the macro `events_as_of(day)`. The connection can read
    nothing outside the workspace, and writes nothing.

    Raises:
        NothingPublished: There is no snapshot yet.
    """
    import pyarrow as pa

    # Resolved before the allow list is set: DuckDB compares real paths, and `latest` is a link that moves.
    root = home(data_root).resolve()
    day = latest_snapshot_date(root)
    if day is None:
        raise NothingPublished(f"nothing is published in {data_root} yet")
    version = (root / "latest").resolve()
    connection = connect_version(version, [root])
    snapshots = [snapshot_folder(root, one) for one in snapshot_days(root) if one <= day]
    _view(connection, "event_revisions", [str(folder / "events.parquet") for folder in snapshots])
    countries = [
        {
            "country": c.iso2,
            "iso3": c.iso3,
            "iso_numeric": c.iso_numeric,
            "name_en": c.name_en,
            "name_ar": c.name_ar,
            "region": c.region,
        }
        for c in load_countries().values()
    ]
    connection.register("country_list", pa.Table.from_pylist(countries))
    connection.execute("CREATE TABLE country AS SELECT * FROM country_list")
    connection.unregister("country_list")
    for name in (*VIEWS, *MACROS):
        connection.execute((INCLUDE / "sql" / f"{name}.sql").read_text(encoding="utf-8"))
    return connection


def connect_version(version: Path, readable: Sequence[Path]) -> duckdb.DuckDBPyConnection:
    """Open DuckDB with a view for every table of one version of `latest/`.

    Args:
        version: Its folder, links resolved.
        readable: Folders that the connection may read, links resolved; nothing else can be read, and nothing written.
    """
    import duckdb

    connection = duckdb.connect()
    folders = ", ".join(_quoted(str(folder) + "/") for folder in readable)
    connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")
    for name in LATEST_TABLES:
        _view(connection, name, [str(path) for path in partition_files(version, name).values()])
    return connection


def _view(connection: duckdb.DuckDBPyConnection, name: str, paths: list[str]) -> None:
    if paths:
        files = ", ".join(_quoted(path) for path in paths)
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{files}], union_by_name = true)")  # noqa: S608
        return
    types = {
        "text": "VARCHAR",
        "int32": "INTEGER",
        "float64": "DOUBLE",
        "bool": "BOOLEAN",
        "date": "DATE",
        "timestamp": "TIMESTAMPTZ",
    }
    table = LATEST_TABLES["events" if name == "event_revisions" else name]
    columns = ", ".join(f'NULL::{types[column.type]} AS "{column.name}"' for column in table.columns)
    connection.execute(f"CREATE VIEW {name} AS SELECT {columns} WHERE false")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
