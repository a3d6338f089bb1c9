"""Publishes a day in each of several workspaces and kills itself (SIGKILL) just before the N-th storage step.

``crash_at.py SNAPSHOT ROOT:N ROOT:N ...``: the folder of a snapshot like it, and the workspaces. Each gets a process of
its own.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from snapshot_records import publish_again

from conflict_events.snapshots import latest, publishing

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


def publish_and_die(snapshot: Path, root: Path, steps: int) -> None:
    """Count the steps of both modules that write, and stop dead before the last of `steps`."""
    left = steps

    def deadly(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)

        return wrapped

    for module in (publishing, latest):
        for name in STEPS:
            if hasattr(module, name):
                setattr(module, name, deadly(getattr(module, name)))
    publish_again(snapshot, root)
    print(f"only {steps - left} steps", file=sys.stderr)


def main() -> None:
    """Fork before anything has started a thread; report how each process ended."""
    for argument in sys.argv[2:]:
        root, _, steps = argument.rpartition(":")
        child = os.fork()
        if child == 0:
            publish_and_die(Path(sys.argv[1]), Path(root), int(steps))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
