"""Where the gazetteer's files lie, and how a file is replaced without a half-written state."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

__all__ = ["GazetteerError", "atomic_writer", "cache_dir", "include_dir", "user_gazetteer_dir"]

CACHE_VARIABLE = "CONFLICT_EVENTS_CACHE"
DATA_VARIABLE = "CONFLICT_EVENTS_DATA_ROOT"


class GazetteerError(ValueError):
    """A gazetteer file can't be used; the message names file, line and what to do."""


def include_dir() -> Path:
    """Folder of the curated gazetteer."""
    return Path(__file__).resolve().parents[3] / "include" / "gazetteer"


def cache_dir() -> Path:
    """Folder for compiled files; may not exist yet."""
    return Path(os.environ.get(CACHE_VARIABLE) or Path.home() / ".cache" / "conflict_events").expanduser()


def user_gazetteer_dir(store: Path | str | None = None) -> Path:
    """Folder of imported gazetteers: `store`, else ``gazetteer`` in the workspace; may not exist yet."""
    if store is not None:
        return Path(store).expanduser()
    return Path(os.environ.get(DATA_VARIABLE) or "data").expanduser() / "gazetteer"


@contextlib.contextmanager
def atomic_writer(path: Path) -> Iterator[IO[str]]:
    """Opens a text file beside `path` that replaces it when the block ends well; otherwise `path` stays as it was.

    Raises:
        OSError: The folder can't be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
