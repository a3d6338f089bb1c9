"""One new version of `latest/` under construction: which files it writes, which it drops; it shares all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.snapshots import arrow
from conflict_events.snapshots.layout import LATEST_TABLES, partition_files
from conflict_events.snapshots.sections import UNDATED, Sections
from conflict_events.snapshots.storage import write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Builder"]


@dataclass(slots=True)
class Builder:
    """One new version under construction. What it neither writes nor drops stays as it is in the version before.

    Attributes:
        before: The present version, or None for the first.
        tables: The tables of the snapshot.
        snapshot_date: Its day.
        folder: Where the new version is built.
        written: Rows of each file that this version writes itself, by its path in the version.
        gone: Files of the version before that this one has not.
    """

    before: Path | None
    tables: Mapping[str, pa.Table]
    snapshot_date: date
    folder: Path
    written: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    _listed: dict[str, dict[str, Path]] = field(default_factory=dict)

    def files(self, name: str) -> dict[str, Path]:
        """The files of a table in the version before, by section."""
        if name not in self._listed:
            self._listed[name] = partition_files(self.before, name) if self.before else {}
        return self._listed[name]

    def sections(self, name: str) -> Sections:
        """How the table is cut in the version before."""
        return Sections(LATEST_TABLES[name].partition, self.files(name))

    def path(self, name: str, section: str) -> Path:
        """Where a section of a table goes."""
        return self.folder / self.relative(name, section)

    def relative(self, name: str, section: str) -> str:
        """The same within the version."""
        return f"{name}/{section}.parquet" if section else f"{name}.parquet"

    def after(self, name: str) -> dict[str, Path]:
        """The files of a table in the new version as far as it is built, by section, wherever they lie now."""
        kept = {
            section: path for section, path in self.files(name).items() if self.relative(name, section) not in self.gone
        }
        prefix = f"{name}/"
        own = [path.removeprefix(prefix).removesuffix(".parquet") for path in self.written if path.startswith(prefix)]
        return kept | {section: self.path(name, section) for section in own}

    def write(self, name: str, section: str, rows: pa.Table) -> None:
        """Write a file; one without rows goes."""
        if rows.num_rows:
            write_parquet(rows, self.path(name, section))
            self.written[self.relative(name, section)] = rows.num_rows
        elif section in self.files(name):
            self.gone.add(self.relative(name, section))

    def write_always(self, name: str, rows: pa.Table) -> None:
        """Write a table that has one file, be it empty."""
        write_parquet(rows, self.path(name, ""))
        self.written[self.relative(name, "")] = rows.num_rows

    def merge(
        self, name: str, new: Mapping[str, pa.Table], drop_column: str, drop: Collection[str], touched: Collection[str]
    ) -> None:
        """Write the sections of a table that change: old rows without the dropped ids, and new rows.

        Args:
            name: The table.
            new: Rows that are added, by section.
            drop_column: Column of the ids.
            drop: Ids whose old rows go.
            touched: Sections that may hold such rows, besides those that get new ones.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        table = LATEST_TABLES[name]
        old = self.files(name)
        ids = pa.array(sorted(drop), pa.string())
        for section in sorted(set(touched) & set(old) | set(new)):
            parts = [new[section]] if section in new else []
            if section in old:
                data = arrow.read_table(old[section], table)
                kept = data.filter(pc.invert(pc.is_in(data[drop_column], value_set=ids)))
                if not parts and kept.num_rows == data.num_rows:
                    continue
                parts.append(kept)
            self.write(name, section, arrow.sorted_table(arrow.concat(parts, table), table))
        self.not_missing(name)

    def not_missing(self, name: str) -> None:
        """Give a table without rows one empty file, so that every reader finds every table."""
        if not self.after(name):
            path = self.relative(name, UNDATED)
            write_parquet(arrow.empty(LATEST_TABLES[name]), self.folder / path)
            self.written[path] = 0
            self.gone.discard(path)
