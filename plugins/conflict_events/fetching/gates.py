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

from conflict_events.fetching.failure import FetchError

__all__ = ["Gate"]

MAX_WAIT = 300.0
"""Longest that is waited for a host, in seconds; one that wants more between two requests can't be fetched.

Every round begins with robots.txt and the list: with less patience the pages of a slow host would never come."""


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

        Raises:
            FetchError: `busy`, where the wait would be longer than `MAX_WAIT`.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = self._folder / f"{host}.json"
        with FileLock(self._folder / f"{host}.lock"):
            now = self._now()
            wait = min(self._last(stamp), now) + delay - now  # a clock set back must not wait for days
            if wait > MAX_WAIT:
                raise FetchError("busy", f"{host} wants {delay:g} s between two requests", wait)
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                stamp.write_text(json.dumps({"last_request": self._now()}), encoding="utf-8")

    def _last(self, stamp: Path) -> float:
        try:
            return float(json.loads(stamp.read_text(encoding="utf-8"))["last_request"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0.0  # never asked, or a run was killed while it wrote: then nobody has asked just now either
