"""The web as sources see it: fetchers with their trust and clocks, and the round of one source over a workspace."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from conflict_events.articles.limits import Limits
from conflict_events.articles.sources import Source, Sources
from conflict_events.fetching.crawl_folder import CrawlFolder, CrawlWriter
from conflict_events.fetching.fetcher import AGENT, Caps, Fetcher
from conflict_events.fetching.gates import Gate
from conflict_events.fetching.reach import Reach
from conflict_events.fetching.robots import Robots
from conflict_events.fetching.rounds import Round, RoundReport
from conflict_events.fetching.state import load_state, state_to_json

__all__ = ["Places", "Web", "run_round"]


@dataclass(frozen=True, slots=True)
class Web:
    """How the web is reached.

    Attributes:
        reach: Makes the reach of a source from its hosts.
        tls: Trust in certificates; None for that of the system.
        caps: What a request may cost.
        sleep: Waits so many seconds.
        now: The time (UTC).
    """

    reach: Callable[[frozenset[str]], Reach] = Reach
    tls: ssl.SSLContext | None = None
    caps: Caps = field(default_factory=Caps)
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def fetcher(self, hosts: frozenset[str], gates: Path) -> Fetcher:
        """A fetcher for a source of some hosts."""
        return Fetcher(self.reach(hosts), Gate(gates, sleep=self.sleep), self.caps, self.tls, self.sleep, self.now)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the rounds of a workspace keep what they know: all under its archive.

    Attributes:
        crawl: Fetched pages.
        states: A file for each source.
        gates: Files of the hosts' gates.
    """

    crawl: CrawlFolder
    states: Path
    gates: Path

    @classmethod
    def of(cls, archive: Path, zone: ZoneInfo) -> Places:
        """The places of an archive; `zone` is the desk's."""
        return cls(CrawlFolder(archive / "crawl", zone), archive / "sources", archive / "hosts")


def run_round(
    source: Source,
    sources: Sources,
    places: Places,
    web: Web,
    limits: Limits,
    save: Callable[[Path, object], object],
) -> RoundReport:
    """One round of a source: fetch, write, remember, in this order, so that what is cut short is fetched again.

    Args:
        source: A source of the web.
        sources: All of them; they know its outlet.
        places: Where to write.
        web: How the web is reached.
        limits: Caps on pages.
        save: Writes a JSON value to a path, whole or not at all.
    """
    outlet = sources.outlet(source.outlet)
    zone = ZoneInfo(outlet.timezone if outlet else sources.timezone)
    places.states.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(places.states / f"{source.id}.lock", timeout=0)
        with lock:
            memory = places.states / f"{source.id}.json"
            state = load_state(memory)
            part = places.states / f"{source.id}.warc.gz.part"
            with (
                web.fetcher(sources.hosts_of(source), places.gates) as fetcher,
                CrawlWriter(places.crawl, source.id, part) as writer,
            ):
                door = Robots(fetcher, AGENT, source.crawl_delay_seconds)
                report = Round(source, zone, fetcher, door, state, limits, now=web.now).run(writer)
                ended = web.now()
                writer.finish(ended)
            save(memory, state_to_json(state))
            places.crawl.note(source.id, ended, report.to_json())
            return report
    except Timeout:
        detail = "another process is fetching this source"
        return RoundReport(source.id, reason="busy", detail=detail, passing=True)
