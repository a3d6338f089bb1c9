"""Publishing a snapshot: all of it or nothing, one publisher at a time, days in order.

Steps, each of which leaves a whole state behind if the process is killed after it:

1. stage the snapshot's files and flush them;
2. rename them to ``snapshots/snapshot=DAY`` (from here on the day is published);
3. stage the new version of `latest/`, flush it, rename it to ``versions/NAME``;
4. swap the link ``latest`` to it (readers see it now);
5. remove versions that nobody reads any more.

A run that was killed between 2 and 4 is finished by `repair`, which every publisher calls first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import EllipsisType
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots.audit_report import AuditReport
from conflict_events.snapshots.errors import AuditFailed, NothingPublished, OutOfOrder, SnapshotError, StaleState
from conflict_events.snapshots.latest import build_version
from conflict_events.snapshots.layout import (
    LATEST_TABLES,
    finish_layout,
    home,
    is_published,
    last_snapshot,
    latest_snapshot_date,
    snapshot_days,
    snapshot_folder,
    table_paths,
    vintage,
)
from conflict_events.snapshots.package import latest_package, snapshot_package
from conflict_events.snapshots.schema import SCHEMA_VERSION, TABLES
from conflict_events.snapshots.storage import (
    clean_staging,
    discard,
    fresh_folder,
    move_into_place,
    point_to,
    publisher_lock,
    read_json,
    sha256,
    sync_tree,
    write_json,
    write_parquet,
)
from conflict_events.snapshots.tables import load_tables

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "KEPT_VERSIONS",
    "PublishRequest",
    "Published",
    "ensure_current",
    "publish",
    "published",
    "rebuild_latest",
    "repair",
]

KEPT_VERSIONS = 3
"""Versions of `latest/` that stay, so that a reader who opened an older one can finish."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What to publish.

    Attributes:
        data_root: Workspace.
        snapshot_date: Day of the snapshot.
        tables: Every table of `schema.TABLES`.
        report: The audit of these tables.
        built_on: Last published day when the state for resolution was loaded (None: there was none); publishing is
            refused if another day was published since. Left out, this is not checked.
        vintage: Vintage from which that state was loaded; publishing is refused if another is current now. None: not
            checked.
        versions: Versions of code and lexicon, for the manifest.
        inputs: Digests of what was read, for the manifest.
        wait_seconds: How long to wait for another publisher; 0 refuses at once, negative waits for ever.
    """

    data_root: Path
    snapshot_date: date
    tables: Mapping[str, pa.Table]
    report: AuditReport
    built_on: date | EllipsisType | None = ...
    vintage: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    wait_seconds: float = 0


@dataclass(frozen=True, slots=True)
class Published:
    """What was published.

    Attributes:
        snapshot_date: Day of the snapshot.
        folder: Folder of the snapshot.
        latest: The link to the current state.
        rows: Rows of each table of the snapshot.
        already: The day had been published before; nothing was written.
    """

    snapshot_date: date
    folder: Path
    latest: Path
    rows: Mapping[str, int]
    already: bool = False


def publish(request: PublishRequest) -> Published:
    """Publish a snapshot and move `latest/` on to it.

    A day that is already published is left as it is.

    Raises:
        AuditFailed: The audit did not pass; nothing was written.
        OutOfOrder: A later day is published already.
        StaleState: The snapshot builds on a state that is no longer the current one.
        PublisherBusy: Another run publishes.
    """
    root, day = request.data_root, request.snapshot_date
    with publisher_lock(root, request.wait_seconds):
        repair(root)
        if is_published(root, day):
            return published(root, day)
        last = last_snapshot(root)
        if last is not None and day < last:
            raise OutOfOrder(
                f"{day} comes before {last}, the last published day. Late articles belong to the next day: "
                f"publish them under a day after {last}, or rebuild the snapshots from {day} on"
            )
        if request.built_on is not ... and request.built_on != last:
            raise StaleState(
                f"this snapshot builds on the state of {request.built_on}, but {last} is published now: run it again"
            )
        if request.vintage not in (None, vintage(root)):
            raise StaleState(
                f"this snapshot builds on vintage {request.vintage}, but the history was rebuilt since: run it again"
            )
        if not request.report.ok:
            raise AuditFailed(request.report)
        missing = sorted(set(TABLES) - set(request.tables))
        if missing:
            raise SnapshotError(f"the snapshot has no table {missing[0]}")
        _write_snapshot(request)
        _advance(root, day, request.tables)
        clean_staging(root)
    return published(root, day, already=False)


def published(data_root: Path, day: date, *, already: bool = True) -> Published:
    """What a published day holds.

    Raises:
        NothingPublished: The day has no snapshot.
    """
    ensure_current(data_root)
    folder = snapshot_folder(data_root, day)
    if not is_published(data_root, day):
        raise NothingPublished(f"{day} is not published in {data_root}")
    manifest = read_json(folder / "manifest.json")
    rows = {name: entry["rows"] for name, entry in manifest["tables"].items()}
    return Published(day, folder, data_root / "latest", rows, already)


def _write_snapshot(request: PublishRequest) -> None:
    day = request.snapshot_date
    staged = fresh_folder(request.data_root, f"snapshot={day}")
    entries = {}
    for name in TABLES:
        path = staged / f"{name}.parquet"
        write_parquet(request.tables[name], path)
        entries[name] = {"bytes": path.stat().st_size, "rows": request.tables[name].num_rows, "sha256": sha256(path)}
    rows = {name: entry["rows"] for name, entry in entries.items()}
    write_json(snapshot_package(day.isoformat(), rows), staged / "datapackage.json")
    previous = last_snapshot(request.data_root)
    manifest = {
        "snapshot_date": day.isoformat(),
        "previous_snapshot": previous.isoformat() if previous else None,
        "schema_version": SCHEMA_VERSION,
        "vintage": vintage(request.data_root),
        "versions": dict(request.versions),
        "inputs": dict(request.inputs),
        "tables": entries,
        "audit": request.report.to_json(),
    }
    write_json(manifest, staged / "manifest.json")
    sync_tree(staged)
    move_into_place(staged, snapshot_folder(request.data_root, day))


def repair(data_root: Path) -> list[date]:
    """Finish what a killed publisher left: remove staging, bring `latest/` up to the last snapshot. Takes the lock.

    Returns:
        The snapshots that `latest/` had lacked.
    """
    with publisher_lock(data_root, -1):
        finish_layout(data_root)
        clean_staging(data_root)
        have = latest_snapshot_date(data_root)
        behind = [day for day in snapshot_days(data_root) if have is None or day > have]
        for day in behind:
            _advance(data_root, day, load_tables(snapshot_folder(data_root, day)))
        if behind:
            clean_staging(data_root)
        return behind


def ensure_current(data_root: Path) -> None:
    """Bring `latest/` up to the last snapshot if a killed publisher left it behind; costs nothing where it did not.

    Waits for a publisher that is at work.
    """
    if last_snapshot(data_root) != latest_snapshot_date(data_root):
        repair(data_root)


def rebuild_latest(data_root: Path) -> None:
    """Make `latest/` anew from all snapshots, for instance after files were lost.

    The old one is read until the new one is whole.
    """
    with publisher_lock(data_root, -1):
        clean_staging(data_root)
        days = snapshot_days(data_root)
        if not days:
            raise NothingPublished(f"there is no snapshot in {data_root}")
        before: Path | None = None
        for day in days:
            folder = fresh_folder(data_root, f"rebuild-{day}")
            build_version(before, load_tables(snapshot_folder(data_root, day)), day, folder, spare=before)
            before = folder
        assert before is not None
        _show(data_root, before, days[-1], afresh=True)


def _advance(data_root: Path, day: date, tables: Mapping[str, pa.Table]) -> None:
    """Build the version of `latest/` that holds this snapshot too, and show it."""
    link = home(data_root) / "latest"
    before = link.resolve() if link.is_symlink() and link.exists() else None
    folder = fresh_folder(data_root, f"latest-{day}")
    build_version(before, tables, day, folder, _spare(data_root, before))
    _show(data_root, folder, day)


def _show(data_root: Path, folder: Path, day: date, *, afresh: bool = False) -> None:
    """Describe a finished version, put it into place and let `latest` show it."""
    manifest = read_json(folder / "manifest.json")
    files = {name: table_paths(folder, name) for name in LATEST_TABLES}
    rows = {name: entry["rows"] for name, entry in manifest["tables"].items()}
    write_json(latest_package(day.isoformat(), files, rows), folder / "datapackage.json", indent=None)
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:12]
    kept = home(data_root)
    target = kept / "versions" / f"{day.isoformat()}-{digest}"
    sync_tree(folder)
    if target.exists() and not afresh:
        discard(folder)  # a killed run had come this far
    else:
        while target.exists():
            target = target.with_name(f"{target.name}-again")
        move_into_place(folder, target)
    point_to(kept / "latest", target)
    _prune(target)


def _spare(data_root: Path, current: Path | None) -> Path | None:
    """The version that need not stay once there is a new one, taken from its place; None where there is none."""
    outdated = _outdated(current, KEPT_VERSIONS - 1) if current is not None else []
    if not outdated:
        return None
    spare = fresh_folder(data_root, "spare") / "version"
    outdated[0].rename(spare)
    return spare


def _prune(current: Path) -> None:
    """Remove old versions."""
    for old in _outdated(current, KEPT_VERSIONS):
        discard(old)


def _outdated(current: Path, kept: int) -> list[Path]:
    """The versions beyond those that are kept: the current one, and the youngest others."""
    others = sorted((one for one in current.parent.iterdir() if one.name != current.name), reverse=True)
    return others[kept - 1 :]
