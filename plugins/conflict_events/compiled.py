"""Compiled tables on disk: made once for a content, read back in milliseconds, made anew when they are damaged."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

__all__ = ["cache_dir", "home_dir", "load_compiled"]

T = TypeVar("T")

_DIGEST = 32


def home_dir() -> Path | None:
    """The user's home directory, or None where none is known (a bare container user)."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def cache_dir() -> Path:
    """A writable folder for compiled files.

    `CONFLICT_EVENTS_CACHE`, else `~/.cache/conflict_events`, else a temporary one.
    """
    configured = os.environ.get("CONFLICT_EVENTS_CACHE")
    candidates = [Path(configured).expanduser()] if configured else []
    home = home_dir()
    if home is not None:
        candidates.append(home / ".cache" / "conflict_events")
    candidates.append(Path(tempfile.gettempdir()) / f"conflict_events-{os.getuid() if hasattr(os, 'getuid') else 0}")
    for candidate in candidates:
        try:
            candidate.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(candidate, os.W_OK | os.X_OK):
            return candidate
    return Path(tempfile.mkdtemp(prefix="conflict_events-"))


def load_compiled(name: str, key: str, make: Callable[[], T], folder: Path | None = None) -> T:
    """What `make` returns, from the cache where it was made before.

    The file carries the hash of its own bytes: one that is cut or changed is made anew. Where the folder can't be
    written, the tables are made each time.

    Args:
        name: What it is, part of the file's name.
        key: Stands for everything that it is made from, the version of the code that makes it included.
        make: Makes it; plain data (what `marshal` writes: text, numbers, tuples, dicts, sets). Other data is not kept.
        folder: Cache folder; the configured one by default.
    """
    stamp = hashlib.sha256(f"{key}:{sys.implementation.cache_tag}:{marshal.version}".encode()).hexdigest()[:24]
    path = (folder or cache_dir()) / f"{name}-{stamp}.tables"
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            known: T = marshal.loads(data[_DIGEST:])  # noqa: S302 - ours, and whole, as its hash says
            return known
    except OSError:
        pass  # not there yet, or not for us to read
    made = make()
    try:
        written = marshal.dumps(made)  # type: ignore[arg-type]  # what it can't write raises
    except ValueError:
        return made
    _write(path, hashlib.sha256(written).digest() + written)
    return made


def _write(path: Path, data: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False, suffix=".tmp") as file:
            file.write(data)
        os.replace(file.name, path)  # noqa: PTH105
    except OSError:
        return  # a full or read-only disk costs time, not results
