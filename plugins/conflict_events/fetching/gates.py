"""Politeness towards a host: one request at a time, crawl delay between two, whichever process asks.

A host's gate is a lock and a small file beside the archive, so that Airflow's tasks and a command at the terminal
respect each other, and a delay holds from one run to the next.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

__all__ = ["Gate"]

MAX_DELAY = 60.0
"""Longest crawl delay that is waited for, in seconds; a host that asks for more gets fewer pages a round instead."""


class Gate:
    """The gates of all hosts.

    Args:
        folder: Where their files lie.
        now: Seconds since the epoch (a clock that all processes share).
        sleep: Waits so many seconds.
    """

    def __init__(
        self, folder: Path, now: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._folder = folder
        self._now = now
        self._sleep = sleep

    @contextmanager
    def passing(self, host: str, delay: float) -> Iterator[None]:
        """Wait until the host may be asked, and keep others out while it is.

        Args:
            host: A host name that has been checked.
            delay: Least seconds since the last request to it ended.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = self._folder / f"{host}.json"
        with FileLock(self._folder / f"{host}.lock"):
            wait = self._last(stamp) + min(delay, MAX_DELAY) - self._now()
            if wait > 0:
                self._sleep(min(wait, MAX_DELAY))  # a clock set back must not wait for days
            try:
                yield
            finally:
                stamp.write_text(json.dumps({"last_request": self._now()}), encoding="utf-8")

    def _last(self, stamp: Path) -> float:
        try:
            return float(json.loads(stamp.read_text(encoding="utf-8"))["last_request"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0.0  # never asked, or a run was killed while it wrote: then nobody has asked just now either
