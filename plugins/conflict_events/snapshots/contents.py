"""What a version of `latest/` holds: a digest of each file, in lists that are shared by versions like the files.

One list for all files of a section's name, ``lists/2024-03-06.json``; single files stand in ``lists/whole.json``. A day
writes the lists of the sections that it wrote, and the sums of each table in the manifest.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.layout import LATEST_TABLES
from conflict_events.snapshots.storage import read_json, sha256, write_json

__all__ = ["describe", "files_of"]

_LISTS = "lists"
_WHOLE = "whole"

Entry = dict[str, Any]


def files_of(version: Path) -> dict[str, Entry]:
    """Every Parquet file of a version: ``path -> {"bytes", "rows", "sha256"}``."""
    listed = _lists(version)
    if not listed:  # written before there were lists
        found: dict[str, Entry] = read_json(version / "manifest.json")["files"]
        return found
    return {path: entry for name in listed for path, entry in read_json(version / _LISTS / name).items()}


def describe(builder: Builder) -> dict[str, Any]:
    """Write the lists of what this version wrote, and sum up.

    Returns:
        For the manifest: ``tables`` with the files, rows and bytes of each table, and ``lists``, the digests of the
        lists that this version wrote.
    """
    before = builder.before
    listed = _lists(before) if before else []
    old_manifest = read_json(before / "manifest.json") if before else {}
    anew = before is not None and not listed
    old = files_of(before) if before is not None and anew else {}
    changed = defaultdict[str, dict[str, Entry | None]](dict)
    for path, rows in builder.written.items():
        changed[_list_of(path)][path] = _entry(builder.folder / path, rows)
    for path in builder.gone:
        changed[_list_of(path)][path] = None
    tables = old_manifest.get("tables") or _sums(old)
    tables = {name: dict(tables.get(name, {"files": 0, "rows": 0, "bytes": 0})) for name in LATEST_TABLES}
    if anew:
        for path in old:
            changed.setdefault(_list_of(path), {})
    made = {}
    for name in sorted(changed):
        known = {path: entry for path, entry in old.items() if _list_of(path) == name} if anew else {}
        if before is not None and name in listed:
            known = read_json(before / _LISTS / name)
        entries = dict(known)
        for path, entry in changed[name].items():
            _count(tables[_table_of(path)], entries.pop(path, None), entry)
            if entry is not None:
                entries[path] = entry
        if entries:
            target = builder.folder / _LISTS / name
            write_json(entries, target)
            made[name] = sha256(target)
    builder.gone.update(f"{_LISTS}/{name}" for name in changed if name in listed and name not in made)
    return {"tables": tables, "lists": made}


def _count(table: Entry, old: Entry | None, new: Entry | None) -> None:
    for sign, entry in ((-1, old), (1, new)):
        if entry is not None:
            table["files"] += sign
            table["rows"] += sign * entry["rows"]
            table["bytes"] += sign * entry["bytes"]


def _sums(entries: dict[str, Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path, entry in entries.items():
        _count(found.setdefault(_table_of(path), {"files": 0, "rows": 0, "bytes": 0}), None, entry)
    return found


def _entry(path: Path, rows: int) -> Entry:
    return {"bytes": path.stat().st_size, "rows": rows, "sha256": sha256(path)}


def _lists(version: Path) -> list[str]:
    folder = version / _LISTS
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def _list_of(path: str) -> str:
    return f"{Path(path).stem if '/' in path else _WHOLE}.json"


def _table_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".parquet")
