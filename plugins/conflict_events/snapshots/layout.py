"""Where things lie under the data root, and how `latest/` is split into files."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from conflict_events.snapshots.columns import Table
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.sections import UNDATED, Sections

__all__ = [
    "LATEST_TABLES",
    "UNDATED",
    "finish_layout",
    "home",
    "is_published",
    "last_snapshot",
    "latest_snapshot_date",
    "partition_files",
    "section_names",
    "sections_of",
    "snapshot_days",
    "snapshot_folder",
    "table_paths",
    "vintage",
]

_PREFIX = "snapshot="

LATEST_TABLES: dict[str, Table] = {**TABLES, "tombstones": TABLES["events"]}
"""What `latest/` holds: every table, and the merged and retracted events apart from the standing ones."""


def home(data_root: Path) -> Path:
    """The folder of the current vintage, which has `snapshots/` and `latest`: the workspace itself until a rebuild.

    Who reads several files of the history asks once, so that a rebuild that ends meanwhile does not mix two vintages.
    """
    current = data_root / "current"
    return current.resolve() if current.is_symlink() else data_root


def vintage(data_root: Path) -> int:
    """Number of the current vintage; 1 until a rebuild made another."""
    from conflict_events.snapshots.storage import read_json

    described = home(data_root) / "vintage.json"
    return int(read_json(described)["vintage"]) if described.is_file() else 1


def finish_layout(data_root: Path) -> None:
    """Make the links to the current vintage where a first rebuild was killed before it could; call it under the lock.

    Costs nothing where nothing is missing, or nothing was ever rebuilt.
    """
    from conflict_events.snapshots.storage import point_to

    current, latest = data_root / "current", data_root / "latest"
    if not current.is_symlink():
        if not (data_root / "vintages" / "1" / "snapshots").is_dir():
            return
        point_to(data_root / "snapshots", current / "snapshots")
        point_to(current, data_root / "vintages" / "1")
    if latest.readlink() != Path("current", "latest"):
        point_to(latest, current / "latest")


def snapshot_folder(data_root: Path, day: date) -> Path:
    """Folder of one snapshot."""
    return data_root / "snapshots" / f"{_PREFIX}{day.isoformat()}"


def snapshot_days(data_root: Path) -> list[date]:
    """Days that are published, in order."""
    folder = data_root / "snapshots"
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(_PREFIX) and entry.is_dir()]
    return sorted(date.fromisoformat(name.removeprefix(_PREFIX)) for name in names)


def last_snapshot(data_root: Path) -> date | None:
    """Last published day, or None."""
    days = snapshot_days(data_root)
    return days[-1] if days else None


def is_published(data_root: Path, day: date) -> bool:
    """Whether the day has its snapshot."""
    return (snapshot_folder(data_root, day) / "manifest.json").is_file()


def latest_snapshot_date(data_root: Path) -> date | None:
    """Last snapshot that `latest/` holds, or None; behind `last_snapshot` only after a crash."""
    from conflict_events.snapshots.storage import read_json

    manifest = data_root / "latest" / "manifest.json"
    return date.fromisoformat(read_json(manifest)["snapshot_date"]) if manifest.is_file() else None


def partition_files(version: Path, name: str) -> dict[str, Path]:
    """The files of a table in a version of `latest/`, by section; one file without sections has the name ``""``."""
    if LATEST_TABLES[name].partition == "none":
        path = version / f"{name}.parquet"
        return {"": path} if path.is_file() else {}
    folder = version / name
    return {stem: folder / f"{stem}.parquet" for stem in sorted(section_names(folder))}


def table_paths(version: Path, name: str) -> list[str]:
    """The files of a table within a version of `latest/`, in order."""
    if LATEST_TABLES[name].partition == "none":
        return [f"{name}.parquet"]
    return [f"{name}/{section}.parquet" for section in sorted(section_names(version / name))]


def section_names(folder: Path) -> list[str]:
    """Names of the sections that have a file in a table's folder, in no order."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:  # bare names: a folder may hold many
        return [entry.name.removesuffix(".parquet") for entry in entries if entry.name.endswith(".parquet")]


def sections_of(version: Path, name: str) -> Sections:
    """How a table of a version is cut into sections; claims and what hangs on events go by the sections of `events`."""
    filed = "events" if name.startswith(("event_", "claim")) else name
    return Sections(LATEST_TABLES[name].partition, section_names(version / filed))
