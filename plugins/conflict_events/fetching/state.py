"""What is known of a source between two rounds: one JSON file beside the archive.

It is a memory, not evidence: where it is lost or damaged, pages are fetched again and found to be known.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from conflict_events.articles.addresses import url_key
from conflict_events.fetching.entries import Entry

__all__ = ["MAX_TRIES", "PageState", "SourceState", "load_state", "state_to_json"]

MAX_TRIES = 24
"""Rounds in which a page that fails for a passing reason is tried before it is given up: a day of them."""

MAX_AGE = timedelta(days=7)
"""Entries that a list dates earlier than this before the fetch are not fetched: a sitemap may hold a year."""

REVISIT = timedelta(hours=6)
"""Age at which a page that is still listed is looked at once more: first reports are corrected within hours."""

_FORGET = timedelta(days=30)
_MAX_PAGES = 20_000


@dataclass(slots=True)
class PageState:
    """One page of a source.

    Attributes:
        url: Its address.
        status: waiting, done or lost.
        title: As the list has it.
        published: ISO day that the list states, or "".
        stamp: What the list said of its last change when it was fetched.
        tries: Rounds in which it failed.
        visits: How often it was fetched.
        listed: ISO time of the last round whose list named it.
        fetched: ISO time of the last answer, or "".
        etag: For the next conditional request.
        last_modified: For the next conditional request.
    """

    url: str
    status: str = "waiting"
    title: str = ""
    published: str = ""
    stamp: str = ""
    tries: int = 0
    visits: int = 0
    listed: str = ""
    fetched: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class SourceState:
    """What is known of a source.

    Attributes:
        lists: `etag` and `last_modified` by address of a list.
        pages: Pages by `url_key`, in the order in which they are to be fetched.
        failures: Rounds in a row that failed.
        not_before: ISO time before which the host does not want to be asked, or "".
    """

    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: dict[str, PageState] = field(default_factory=dict)
    failures: int = 0
    not_before: str = ""

    def take_in(self, entries: list[Entry], now: datetime) -> int:
        """Note what a list names; returns how many pages are new. Newest entries come to stand first."""
        fresh: dict[str, PageState] = {}
        for entry in entries:
            if entry.priority and date.fromisoformat(entry.priority[:10]) < (now - MAX_AGE).date():
                continue
            key = url_key(entry.url)
            page = self.pages.get(key)
            if page is None:
                day = entry.published.isoformat() if entry.published else ""
                page = fresh.setdefault(key, PageState(entry.url, title=entry.title, published=day, stamp=entry.stamp))
            elif page.status == "done" and self._has_changed(page, entry, now):
                page.status, page.tries = "waiting", 0
            page.listed, page.stamp = now.isoformat(), entry.stamp or page.stamp
        self.pages = fresh | self.pages
        return len(fresh)

    def _has_changed(self, page: PageState, entry: Entry, now: datetime) -> bool:
        if entry.stamp and entry.stamp != page.stamp:
            return True
        return page.visits == 1 and datetime.fromisoformat(page.fetched) + REVISIT <= now

    def waiting(self) -> list[PageState]:
        """Pages to fetch, those that have not failed yet first."""
        return sorted((page for page in self.pages.values() if page.status == "waiting"), key=lambda page: page.tries)

    def forget(self, now: datetime) -> None:
        """Drop pages that no list has named for long."""
        oldest = (now - _FORGET).isoformat()
        kept = {key: page for key, page in self.pages.items() if page.status == "waiting" or page.listed >= oldest}
        self.pages = dict(list(kept.items())[:_MAX_PAGES])


def load_state(path: Path) -> SourceState:
    """Read a source's state; a missing file is an empty one, a damaged one is put aside as `NAME.damaged`."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        names = {one.name for one in fields(PageState)}
        pages = {
            str(key): PageState(**{name: value for name, value in page.items() if name in names})
            for key, page in record["pages"].items()
        }
        lists = {str(url): {str(k): str(v) for k, v in known.items()} for url, known in record["lists"].items()}
        return SourceState(lists, pages, int(record["failures"]), str(record["not_before"]))
    except FileNotFoundError:
        return SourceState()
    except (ValueError, KeyError, TypeError, AttributeError):
        path.replace(path.with_name(f"{path.name}.damaged"))
        return SourceState()


def state_to_json(state: SourceState) -> dict[str, Any]:
    """The state as a JSON-ready dict."""
    return asdict(state)
