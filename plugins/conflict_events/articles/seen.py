"""Which files of a folder were read before: of one that has not changed since nothing is read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["SeenFiles"]


class SeenFiles:
    """Files by name, each with a mark of what it was like when it was read: sizes and times, its side-car's too.

    Args:
        marks: The marks of the last time, by name.

    Attributes:
        unchanged: How many files were passed over.
    """

    def __init__(self, marks: Mapping[str, str] | None = None) -> None:
        self._before = dict(marks or {})
        self._now: dict[str, str] = {}
        self.unchanged = 0

    @property
    def marks(self) -> dict[str, str]:
        """The marks of this time: of files that were passed over or read, and are still there."""
        return dict(self._now)

    def passes_over(self, name: str, *paths: Path) -> bool:
        """Whether a file is as it was; else it is about to be read.

        Args:
            name: Its name, as records name their origin.
            *paths: The file, and those that lie beside it and belong to it.
        """
        # Before it is read: what is written meanwhile is seen the next time.
        mark = " ".join(_mark(path) for path in paths)
        known = self._before.get(name) == mark
        self._now[name] = mark
        self.unchanged += known
        return known

    def again(self, name: str) -> None:
        """Read a file the next time, too: it could not be opened."""
        self._now.pop(name, None)


def _mark(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "-"
    return f"{found.st_size}:{found.st_mtime_ns}"
