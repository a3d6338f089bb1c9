"""robots.txt: asked once an hour of each host, obeyed always."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conflict_events.fetching.failure import NETWORK, FetchError

if TYPE_CHECKING:
    from protego import Protego

    from conflict_events.fetching.fetcher import Fetcher

__all__ = ["Robots"]

_MAX_BYTES = 512 * 1024  # RFC 9309 asks to read at least 500 kB; what stands beyond is not read

_TOLD = NETWORK | {"private_address", "busy"}
"""Reasons that say of the host what they say of its robots.txt."""


class _Open:
    """The door of robots.txt itself, which is always open."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def delay(self, url: str) -> float:
        """The source's own delay."""
        return self._seconds


class Robots:
    """What the robots.txt of the hosts of one round say; each is asked when its host is first met.

    As RFC 9309 has it, a host that has no robots.txt (4xx) forbids nothing, and one whose robots.txt can't be read
    (5xx, no connection) forbids everything for now.

    Args:
        fetcher: Fetches them.
        agent: Our name in them.
        delay: Least seconds between two requests to a host; a longer Crawl-delay wins.
    """

    def __init__(self, fetcher: Fetcher, agent: str, delay: float) -> None:
        self._fetcher = fetcher
        self._agent = agent
        self._delay = delay
        self._rules: dict[str, Protego | FetchError] = {}

    def delay(self, url: str) -> float:
        """Seconds to keep between two requests to the host of an address.

        Raises:
            FetchError: `robots`, `robots_unknown`, or why the host can't be asked at all.
        """
        rules = self._of(urlsplit(url).hostname or "")
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, self._agent):
            raise FetchError("robots", f"robots.txt of {urlsplit(url).hostname} forbids {urlsplit(url).path}")
        return max(self._delay, rules.crawl_delay(self._agent) or 0.0)

    def _of(self, host: str) -> Protego | FetchError:
        if host not in self._rules:
            self._rules[host] = self._read(host)
        return self._rules[host]

    def _read(self, host: str) -> Protego | FetchError:
        from protego import Protego

        try:
            answer = self._fetcher.get(f"https://{host}/robots.txt", _Open(self._delay))
        except FetchError as error:
            if error.reason in ("gone", "forbidden", "refused"):
                return Protego.parse("")
            told = error.reason if error.reason in _TOLD else "robots_unknown"
            return FetchError(told, f"robots.txt of {host}: {error.detail}", error.retry_after)
        return Protego.parse(answer.body[:_MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"))
