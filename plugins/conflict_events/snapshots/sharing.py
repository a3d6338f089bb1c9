"""Versions of `latest/` share the files that a day leaves as they are; how a version comes by their names.

A version has a name of its own (hard link) for each of its files, and a long archive has many thousands. To make them
all anew each day would cost more, the longer the archive. So a version that is about to be removed gives its folder:
nearly all of the names are in it already, and only what differs is changed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from conflict_events.snapshots.storage import discard, link_or_copy

__all__ = ["take_over"]

_OF_ITS_OWN = ("manifest.json", "datapackage.json")
"""What describes a version as a whole."""

_Names = dict[str, dict[str, int]]
"""The files of a version: folder within it (``""``: its own) -> name -> inode."""


def take_over(before: Path, folder: Path, gone: Collection[str], spare: Path | None = None) -> None:
    """Complete a version by the files that it shares with the one before.

    Args:
        before: The version before.
        folder: What the new version wrote; afterwards all of it.
        gone: Files of the version before that the new one has not, by their paths within it.
        spare: A version on the same file system whose folder is taken for its names: nobody is to see it any more, and
            afterwards it is gone. It may be `before` itself.
    """
    own, wanted = _names(folder), _names(before)
    for room, name in _each(own):
        wanted.get(room, {}).pop(name, None)
    for path in (*gone, *_OF_ITS_OWN):
        room, _, name = path.rpartition("/")
        wanted.get(room, {}).pop(name, None)
    if spare is not None:
        _strip(spare, wanted)
        for room, name in _each(own):
            target = f"{spare}/{room}/{name}"
            if not os.path.isdir(f"{spare}/{room}"):  # noqa: PTH112 - bare names: there may be many
                os.mkdir(f"{spare}/{room}")  # noqa: PTH102
            os.replace(f"{folder}/{room}/{name}", target)  # noqa: PTH105
        discard(folder)
        spare.rename(folder)
    for room, name in _each(wanted):
        link_or_copy(f"{before}/{room}/{name}", f"{folder}/{room}/{name}")


def _strip(spare: Path, wanted: _Names) -> None:
    """Remove from a folder all names but those that are wanted for the very same file, which are wanted no longer."""
    present = _names(spare)
    for room, name in _each(present):
        inode = present[room][name]
        if inode and wanted.get(room, {}).get(name) == inode:
            del wanted[room][name]
        else:
            os.unlink(f"{spare}/{room}/{name}")  # noqa: PTH108 - bare names: there may be many


def _names(version: Path) -> _Names:
    found: _Names = {"": {}}
    with os.scandir(version) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                with os.scandir(entry.path) as inside:
                    found[entry.name] = {one.name: one.inode() for one in inside}
            else:
                found[""][entry.name] = entry.inode()
    return found


def _each(names: _Names) -> Iterator[tuple[str, str]]:
    """Folder and name of each file, in order."""
    for room in sorted(names):
        for name in sorted(names[room]):
            yield room, name
