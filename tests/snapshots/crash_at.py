"""Publishes a day, or shows a vintage, in each of several workspaces and kills itself just before the N-th step.

``crash_at.py publish SNAPSHOT ROOT:N ROOT:N ...``: the folder of a snapshot like it, and the workspaces.
``crash_at.py vintage - ROOT:N ...``: workspaces in which a vintage was built. Each gets a process of its own, which
dies by SIGKILL before the N-th call that changes files.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 - imported here once, not in each child anew
import pandas  # noqa: F401
import pyarrow.compute
import pyarrow.parquet  # noqa: F401
from snapshot_records import publish_again

from conflict_events.snapshots import latest, publishing, sharing, show_vintage, storage, vintages

STEPS = (
    "clean_staging",
    "write_parquet",
    "write_json",
    "sync_tree",
    "move_into_place",
    "point_to",
    "link_or_copy",
    "discard",
)


def work_and_die(what: str, snapshot: Path, root: Path, steps: int) -> None:
    """Count the steps of the modules that write, and stop dead before the last of `steps`."""
    left = steps

    def deadly(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)

        return wrapped

    # Both are called under the name that `storage` or `os` gives them, so that these are their steps.
    storage.point_to = point_to = deadly(storage.point_to)
    vintages.os.rename = deadly(os.rename)
    for module in (publishing, latest, sharing, vintages):
        for name in STEPS:
            if hasattr(module, name):
                setattr(module, name, point_to if name == "point_to" else deadly(getattr(module, name)))
    if what == "publish":
        publish_again(snapshot, root)
    else:
        show_vintage(root, root / "vintages" / "building")
    print(f"only {steps - left} steps", file=sys.stderr)


def main() -> None:
    """Fork before anything has started a thread; report how each process ended."""
    for argument in sys.argv[3:]:
        root, _, steps = argument.rpartition(":")
        child = os.fork()
        if child == 0:
            work_and_die(sys.argv[1], Path(sys.argv[2]), Path(root), int(steps))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
