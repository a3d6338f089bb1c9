"""Vintages: the history from some day on made anew by new code or lexicon, beside the one that was published before.

A workspace that never was rebuilt has its history in ``snapshots/``. The first rebuild gives it a folder for each
vintage, and one link that says which is read::

    vintages/1/snapshots/…   as published before; never changed again
    vintages/2/snapshots/…   days before the rebuilt one are the same files, the others new
    current  -> vintages/2
    snapshots -> current/snapshots,  latest -> current/latest

Readers move from one vintage to the next by the one swap of ``current``.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events.snapshots.errors import NothingPublished
from conflict_events.snapshots.layout import finish_layout, home, snapshot_days, snapshot_folder, vintage
from conflict_events.snapshots.publishing import rebuild_latest, repair
from conflict_events.snapshots.storage import (
    discard,
    link_or_copy,
    move_into_place,
    point_to,
    publisher_lock,
    read_json,
    sync_tree,
    write_json,
)

__all__ = ["begin_vintage", "show_vintage", "vintage_root"]

_DESCRIPTION = "vintage.json"


def vintage_root(data_root: Path, number: int) -> Path:
    """Folder of a vintage, which readers take like a workspace.

    Raises:
        NothingPublished: There is no such vintage.
    """
    if number == vintage(data_root):
        return home(data_root)
    folder = data_root / "vintages" / str(number)
    if not (folder / "snapshots").is_dir():
        raise NothingPublished(f"there is no vintage {number} in {data_root}")
    return folder


def begin_vintage(data_root: Path, first: date) -> Path:
    """Make a workspace that holds the history before a day, for the days from there on to be published into.

    What an unfinished rebuild left is removed. Call it under the lock.

    Args:
        data_root: Workspace whose history is made anew.
        first: First day of the new history.

    Returns:
        The folder; `show_vintage` puts it into its place.
    """
    building = data_root / "vintages" / "building"
    discard(building)
    building.mkdir(parents=True)
    number = max([vintage(data_root), *_numbers(data_root)]) + 1
    write_json(
        {"vintage": number, "made_from": vintage(data_root), "first_day": first.isoformat()}, building / _DESCRIPTION
    )
    earlier = [day for day in snapshot_days(data_root) if day < first]
    for day in earlier:
        source, target = snapshot_folder(data_root, day), snapshot_folder(building, day)
        for path in sorted(source.iterdir()):
            link_or_copy(path, target / path.name)
    if earlier:
        rebuild_latest(building)
    return building


def show_vintage(data_root: Path, built: Path) -> Path:
    """Put a finished vintage into its place and let readers see it, in one step.

    Args:
        data_root: Workspace.
        built: What `begin_vintage` gave, with its days published and nothing else in it.

    Returns:
        The folder of the vintage.
    """
    with publisher_lock(data_root, -1):
        repair(data_root)
        described: dict[str, Any] = read_json(built / _DESCRIPTION)
        target = data_root / "vintages" / str(described["vintage"])
        sync_tree(built)
        move_into_place(built, target)
        _give_each_vintage_a_folder(data_root)
        point_to(data_root / "current", target)
        return target


def _give_each_vintage_a_folder(data_root: Path) -> None:
    """Move the history of a workspace that was never rebuilt to its own folder; what is read stays the same.

    Between the rename and the link there is, once in the life of a workspace, no `snapshots/` for a moment; `repair`
    goes on from there if the process is killed. `latest` shows the state throughout.
    """
    if (data_root / "current").is_symlink():
        return
    first = data_root / "vintages" / "1"
    first.mkdir(parents=True, exist_ok=True)
    point_to(first / "latest", (data_root / "latest").resolve())
    os.rename(data_root / "snapshots", first / "snapshots")  # noqa: PTH104 - one call, no fallback to a copy
    finish_layout(data_root)


def _numbers(data_root: Path) -> list[int]:
    return [int(one.name) for one in (data_root / "vintages").iterdir() if one.name.isdigit()]
