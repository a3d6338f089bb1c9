"""One round of one source: its list, then the pages that are new on it, into one WARC file.

A page that fails costs the round nothing but its own request; a host that fails three times in a row is left alone
until the next round. What is not fetched stays on the source's list of waiting pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events.articles.limits import Limits
from conflict_events.articles.sources import Source
from conflict_events.fetching.crawl_folder import CrawlWriter
from conflict_events.fetching.entries import Entry
from conflict_events.fetching.failure import FetchError
from conflict_events.fetching.fetcher import Answer, Door, Fetcher
from conflict_events.fetching.lists import read_list, read_sitemap_index
from conflict_events.fetching.state import MAX_TRIES, PageState, SourceState

__all__ = ["Lost", "Round", "RoundReport", "read_lists"]

_IN_A_ROW = 3
"""Passing failures of pages in a row after which a host is left alone until the next round."""

_SITEMAPS = 3
"""Sitemaps of an index that are read: the newest ones."""

_HTML = ("html", "xhtml")


@dataclass(frozen=True, slots=True)
class Lost:
    """A page that will not be tried again, and why (a key of `FAILURES`)."""

    url: str
    reason: str
    detail: str


@dataclass(slots=True)
class RoundReport:
    """How a round went.

    Attributes:
        source: The source's id.
        at: When it ended (ISO, UTC).
        ok: Whether its list was read.
        reason: Why not, or why the round ended early; a key of `FAILURES`, "" where nothing happened.
        detail: One sentence on that.
        passing: Whether another hour may mend it.
        listed: Pages that the list names; None where it was not read, 0 too where it had not changed.
        new: Of these, not known before.
        fetched: Pages written.
        unchanged: Pages of which the server said that they have not changed.
        failed: Pages that failed and will be tried again.
        waiting: Pages left for the next round.
        lost: Pages that will not be tried again.
    """

    source: str
    at: str = ""
    ok: bool = False
    reason: str = ""
    detail: str = ""
    passing: bool = False
    listed: int | None = None
    new: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    waiting: int = 0
    lost: list[Lost] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON-ready dict."""
        return asdict(self)


class Round:
    """One round of a source.

    Args:
        source: The source.
        zone: Its outlet's zone.
        fetcher: Fetches for it.
        door: Says what may be asked, and how soon (robots.txt).
        state: What is known of it; changed by the round.
        limits: Caps on pages.
        max_seconds: After so many no further page is begun.
        now: The time (UTC).
    """

    def __init__(
        self,
        source: Source,
        zone: ZoneInfo,
        fetcher: Fetcher,
        door: Door,
        state: SourceState,
        limits: Limits,
        max_seconds: float = 2400.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.source = source
        self.zone = zone
        self.fetcher = fetcher
        self.door = door
        self.state = state
        self.limits = limits
        self.now = now
        self.report = RoundReport(source.id)
        self._ends = time.monotonic() + max_seconds

    def run(self, writer: CrawlWriter) -> RoundReport:
        """Read the list, then fetch what waits; what a server does is reported, never raised."""
        state, report = self.state, self.report
        if state.not_before > self.now().isoformat():
            self._stop("busy", f"asked to come back at {state.not_before}", passing=True)
        else:
            state.not_before = ""
            self._read_list()
            if report.ok:
                self._fetch_waiting(writer)
        state.failures = 0 if report.ok else state.failures + 1
        state.forget(self.now())
        report.waiting = len(state.waiting())
        report.at = self.now().isoformat()
        return report

    def _read_list(self) -> None:
        report = self.report
        try:
            entries = read_lists(self.source, self.zone, self.fetcher, self.door, self.limits, self.state.lists)
        except FetchError as error:
            self._stop(error.reason, error.detail, passing=error.passing)
            self._hold_off(error)
            return
        report.ok = True
        report.listed = len(entries)
        report.new = self.state.take_in(entries, self.now())

    def _fetch_waiting(self, writer: CrawlWriter) -> None:
        in_a_row = 0
        for page in self.state.waiting()[: self.source.pages_per_round]:
            if time.monotonic() > self._ends:
                self._stop("too_slow", "the round took too long; the rest follows in the next", passing=True)
                return
            try:
                self._fetch(page, writer)
                in_a_row = 0
            except FetchError as error:
                self._note_failure(page, error)
                self._hold_off(error)
                in_a_row = in_a_row + 1 if error.passing else 0
                if error.reason == "busy" or in_a_row == _IN_A_ROW:
                    self._stop(error.reason, error.detail, passing=True)
                    return

    def _fetch(self, page: PageState, writer: CrawlWriter) -> None:
        known = {"etag": page.etag, "last_modified": page.last_modified}
        answer = self.fetcher.get(page.url, self.door, known)
        if answer.status == 304:
            self.report.unchanged += 1
        else:
            kind = answer.header("Content-Type").casefold()
            if kind and not any(name in kind for name in _HTML):
                raise FetchError("not_html", f"the server calls it {kind.partition(';')[0]}")
            writer.add(answer, {"published": page.published, "title": page.title, "listed-url": page.url})
            self.report.fetched += 1
            page.etag, page.last_modified = answer.header("ETag"), answer.header("Last-Modified")
        page.status, page.tries, page.visits = "done", 0, page.visits + 1
        page.fetched = self.now().isoformat()

    def _note_failure(self, page: PageState, error: FetchError) -> None:
        page.tries += 1
        if error.passing and page.tries < MAX_TRIES:
            self.report.failed += 1
            return
        if page.visits:  # a version of it is there; only another look at it failed
            page.status = "done"
            return
        page.status = "lost"
        self.report.lost.append(Lost(page.url, error.reason, error.detail))

    def _stop(self, reason: str, detail: str, *, passing: bool) -> None:
        self.report.reason, self.report.detail, self.report.passing = reason, detail, passing

    def _hold_off(self, error: FetchError) -> None:
        if error.retry_after:
            self.state.not_before = datetime.fromtimestamp(
                self.now().timestamp() + min(error.retry_after, 86_400.0), UTC
            ).isoformat()


def read_lists(
    source: Source,
    zone: ZoneInfo,
    fetcher: Fetcher,
    door: Door,
    limits: Limits,
    known: dict[str, dict[str, str]],
) -> list[Entry]:
    """The entries of a source's list; of a sitemap index, those of its newest sitemaps.

    Args:
        source: The source.
        zone: Its outlet's zone.
        fetcher: Fetches for it.
        door: Says what may be asked.
        limits: Caps on pages.
        known: Conditions by address of a list; changed to those of this time. An unchanged list has no entries.

    Raises:
        FetchError: The list could not be fetched or read.
    """
    assert source.url is not None
    answer = _fetch_list(source.url, fetcher, door, known)
    if answer is None:
        return []
    children = read_sitemap_index(answer)[:_SITEMAPS] if source.kind == "sitemap" else []
    if not children:
        entries = read_list(source, answer, zone, limits)
        _remember(source.url, answer, known)
        return entries
    # An index is asked without conditions: its sitemaps change while it stays the same.
    entries = []
    for child in children:
        listed = _fetch_list(child, fetcher, door, known)
        if listed is not None:
            entries += read_list(source, listed, zone, limits)
            _remember(child, listed, known)
    return entries


def _fetch_list(url: str, fetcher: Fetcher, door: Door, known: dict[str, dict[str, str]]) -> Answer | None:
    answer = fetcher.get(url, door, known.get(url))
    return None if answer.status == 304 else answer


def _remember(url: str, answer: Answer, known: dict[str, dict[str, str]]) -> None:
    """Keep the conditions only once the list could be read: a list that could not is asked for whole again."""
    known[url] = {"etag": answer.header("ETag"), "last_modified": answer.header("Last-Modified")}
