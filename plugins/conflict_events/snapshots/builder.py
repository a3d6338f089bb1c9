"""One new version of `latest/` under construction: which files it takes over, which it writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.snapshots import arrow
from conflict_events.snapshots.layout import LATEST_TABLES, UNDATED, partition_files
from conflict_events.snapshots.storage import link_or_copy, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Builder"]


@dataclass(slots=True)
class Builder:
    """One new version under construction.

    Attributes:
        before: The present version, or None for the first.
        tables: The tables of the snapshot.
        snapshot_date: Its day.
        folder: Where the new version is built.
    """

    before: Path | None
    tables: Mapping[str, pa.Table]
    snapshot_date: date
    folder: Path

    def files(self, name: str) -> dict[str, Path]:
        """The files of a table in the version before, by partition."""
        return partition_files(self.before, name) if self.before else {}

    def path(self, name: str, partition: str) -> Path:
        """Where a partition of a table goes."""
        return self.folder / name / f"{partition}.parquet" if partition else self.folder / f"{name}.parquet"

    def merge(self, name: str, new: dict[str, pa.Table], drop_column: str, drop: set[str], touched: set[str]) -> None:
        """Write the touched partitions of a table: old rows without the dropped ids, and new rows; link the others."""
        import pyarrow as pa
        import pyarrow.compute as pc

        table = LATEST_TABLES[name]
        old = self.files(name)
        ids = pa.array(sorted(drop), pa.string())
        for partition in sorted(set(old) | set(new)):
            if partition not in touched and partition not in new:
                link_or_copy(old[partition], self.path(name, partition))
                continue
            parts = [new[partition]] if partition in new else []
            if partition in old:
                data = arrow.read_table(old[partition], table)
                parts.append(data.filter(pc.invert(pc.is_in(data[drop_column], value_set=ids))))
            rows = arrow.sorted_table(arrow.concat(parts, table), table)
            if rows.num_rows:
                write_parquet(rows, self.path(name, partition))
        self.not_missing(name)

    def not_missing(self, name: str) -> None:
        """Give a table without rows one empty file, so that every reader finds every table."""
        if not partition_files(self.folder, name):
            write_parquet(arrow.empty(LATEST_TABLES[name]), self.path(name, UNDATED))
