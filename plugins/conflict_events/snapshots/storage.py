"""Every call to the file system that publishing makes, in one place: durable writes, atomic swaps, links, the lock.

Local paths only for now; a bucket needs another module with these functions, and a pointer file in place of the
symlink.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots.columns import Table
from conflict_events.snapshots.errors import PublisherBusy

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "clean_staging",
    "discard",
    "fresh_folder",
    "link_or_copy",
    "move_into_place",
    "point_to",
    "publisher_lock",
    "read_json",
    "sha256",
    "sync_tree",
    "write_json",
    "write_parquet",
    "write_parquet_parts",
]

_LOCK = ".publish.lock"
_STAGING = ".staging"


_PARQUET: dict[str, Any] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "store_schema": False,  # Arrow's own copy of it doubles a small file, and says nothing that Parquet's does not
    "data_page_version": "1.0",
}


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table so that equal tables give equal bytes (for one version of pyarrow)."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.replace_schema_metadata(None).combine_chunks(), path, row_group_size=128 * 1024, **_PARQUET)


def write_parquet_parts(parts: Iterable[pa.Table], table: Table, path: Path) -> None:
    """Write the rows of one table that come in parts, a row group each; equal parts give equal bytes."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, table.arrow_schema().remove_metadata(), **_PARQUET) as writer:
        for part in parts:
            writer.write_table(part.replace_schema_metadata(None).combine_chunks())


def write_json(value: Any, path: Path, *, indent: int | None = 1) -> None:
    """Write JSON with sorted keys, readable Arabic and a last newline; on one line without an indent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    apart = None if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=apart, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def sha256(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fresh_folder(data_root: Path, name: str) -> Path:
    """An empty staging folder on the file system of `data_root`; what an earlier run left there goes."""
    folder = data_root / _STAGING / name
    discard(folder)
    folder.mkdir(parents=True)
    return folder


def discard(path: Path) -> None:
    """Remove a folder, file or link, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def clean_staging(data_root: Path) -> None:
    """Remove what a killed run left half done. Call it under the lock only."""
    discard(data_root / _STAGING)
    for link in ("latest", "current", "snapshots"):
        for leftover in data_root.glob(f".{link}-*"):
            discard(leftover)


def link_or_copy(source: Path | str, target: Path | str) -> None:
    """Give an immutable file a second name; a copy where the file system has no hard links."""
    try:
        _link(source, target)
    except FileNotFoundError:  # seldom: of many files in one folder the first only
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        _link(source, target)


def _link(source: Path | str, target: Path | str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def sync_tree(folder: Path | str) -> None:
    """Flush the files and folders under `folder` to the disk, deepest first; linked files were flushed when new."""
    with os.scandir(folder) as entries:  # bare names: there may be many
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                sync_tree(entry.path)
            elif entry.stat().st_nlink == 1:
                _sync(entry.path)
    _sync(folder)


def move_into_place(staged: Path, target: Path) -> None:
    """Rename a finished, flushed folder to its place; readers see all of it or nothing.

    Raises:
        FileExistsError: The place is taken.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.rename(target)
    _sync(target.parent)


def point_to(link: Path, target: Path) -> None:
    """Let the symlink `link` show `target` (a sibling tree), in one step.

    Raises:
        FileExistsError: A real folder or file stands where the link should be.
    """
    if link.exists() and not link.is_symlink():
        raise FileExistsError(f"{link} is no link that this program made; move it away, then run again")
    temporary = link.with_name(f".{link.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(Path(os.path.relpath(target, link.parent)), target_is_directory=True)
    temporary.replace(link)
    _sync(link.parent)


@contextmanager
def publisher_lock(data_root: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the right to publish into `data_root`; taken again by its holder, it is simply held.

    Args:
        data_root: The workspace.
        wait_seconds: How long to wait for another publisher; 0 refuses at once, a negative number waits for ever.

    Raises:
        PublisherBusy: Another process publishes.
    """
    import filelock

    data_root.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(data_root.resolve() / _LOCK, is_singleton=True)
    try:
        lock.acquire(timeout=wait_seconds)
    except filelock.Timeout as error:
        raise PublisherBusy(
            f"another run publishes into {data_root} (lock {_LOCK}); wait for it to end, or allow a longer wait"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _sync(path: Path | str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
