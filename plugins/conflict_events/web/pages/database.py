"""DuckDB over the current state, opened once for each version of it and shared by all requests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from conflict_events.snapshots.connection import connect_version
from conflict_events.snapshots.layout import home

if TYPE_CHECKING:
    import duckdb

__all__ = ["Cursor", "Database", "Row"]

T = TypeVar("T")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a request reads with.

    Attributes:
        connection: DuckDB with a view for every table of one version of `latest/`.
        snapshots: Folder of the snapshots, the only other one that can be read.
        kept: Answers that hold for the whole version.
    """

    connection: duckdb.DuckDBPyConnection
    snapshots: Path
    kept: dict[str, Any]

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        """Rows of a query; whatever a reader typed stands in `values` and is bound, never in the text."""
        result = self.connection.execute(sql, dict(values or {}))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def files(self, name: str, snapshots: Sequence[Path]) -> list[str]:
        """The Parquet files of a table in some snapshots, for `read_parquet($files)`."""
        found = (folder / f"{name}.parquet" for folder in snapshots)
        return [str(path) for path in found if path.is_file()]


@dataclass(slots=True)
class _Opened:
    """A connection, and the folder that it reads: path, inode and time, for a workspace may be made anew in place."""

    folder: tuple[Path, int, int]
    connection: duckdb.DuckDBPyConnection
    kept: dict[str, Any] = field(default_factory=dict)


class Database:
    """The current state of a workspace.

    The files of a version never change, so that a connection serves until the next version is published.

    Args:
        data_root: The workspace; nothing outside of it can be read.
    """

    def __init__(self, data_root: Path) -> None:
        self.data_root = data_root
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def read(self, work: Callable[[Cursor], T]) -> T | None:
        """Do all reading of one request in one version of the state, even if it moves on meanwhile.

        Returns:
            What `work` returns; None before anything is published.
        """
        import duckdb

        for attempt in range(3):
            root = home(self.data_root).resolve()
            version = (root / "latest").resolve()
            if not version.is_dir():
                return None
            try:
                opened = self._open(root, version)
                with opened.connection.cursor() as connection:
                    return work(Cursor(connection, root / "snapshots", opened.kept))
            except duckdb.IOException:
                # The version was replaced and removed meanwhile; in one that stands, a missing file is an error.
                if attempt == 2 or (home(self.data_root) / "latest").resolve() == version:
                    raise
        raise AssertionError("unreachable")

    def _open(self, root: Path, version: Path) -> _Opened:
        found = version.stat()
        folder = (version, found.st_ino, found.st_mtime_ns)
        with self._lock:
            if self._opened is None or self._opened.folder != folder:
                connection = connect_version(version, [version, root / "snapshots"])
                connection.execute("SET parquet_metadata_cache = true")
                self._opened = _Opened(folder, connection)
            return self._opened
