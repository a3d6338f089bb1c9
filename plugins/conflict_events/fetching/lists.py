"""Feeds (RSS, Atom), sitemaps and listing pages: bytes to entries, newest first where the list says which are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events.articles.limits import Limits
from conflict_events.articles.markup import links
from conflict_events.articles.rejected import RejectionError
from conflict_events.articles.sources import Source
from conflict_events.fetching.entries import (
    MAX_ENTRIES,
    Entry,
    absolute,
    local_name,
    stated_day,
    words_of,
    xml_root,
)
from conflict_events.fetching.failure import FetchError
from conflict_events.fetching.fetcher import Answer

__all__ = ["read_list", "read_sitemap_index"]

_HEADLINE_WORDS = 4
"""Least words of a link that looks like a headline; menus have fewer."""


def read_list(source: Source, answer: Answer, zone: ZoneInfo, limits: Limits) -> list[Entry]:
    """The entries of a source's list, each address once.

    Args:
        source: The source; its kind says what the list is.
        answer: What its server sent.
        zone: The outlet's zone.
        limits: Caps on a listing page.

    Raises:
        FetchError: `entities` or `bad_list`.
    """
    latest = answer.fetched_at.astimezone(zone).date()
    if source.kind == "listing":
        found = _listing(source, answer, limits)
    else:
        root = xml_root(answer.body, answer.header("Content-Type"))
        reader = _feed if source.kind == "feed" else _sitemap
        if not _is(source.kind, root):
            raise FetchError("bad_list", f"its root is <{local_name(root)}>, which is no {source.kind}")
        found = reader(root, answer.url, zone, latest)
    once: dict[str, Entry] = {}
    for entry in found:
        once.setdefault(entry.url, entry)
        if len(once) >= MAX_ENTRIES:
            break
    # Stable: entries without a date keep their place behind those that have one.
    return sorted(once.values(), key=lambda entry: entry.priority, reverse=True)


def read_sitemap_index(answer: Answer) -> list[str]:
    """Addresses of the sitemaps that an index names, the newest first; none where it is no index.

    Raises:
        FetchError: `entities` or `bad_list`.
    """
    root = xml_root(answer.body, answer.header("Content-Type"))
    if local_name(root) != "sitemapindex":
        return []
    named = []
    for child in root:
        fields = {local_name(one): words_of(one) for one in child}
        url = absolute(answer.url, fields.get("loc", ""))
        if url:
            named.append((fields.get("lastmod", ""), url))
    return [url for _, url in sorted(named, reverse=True)]


def _is(kind: str, root: Any) -> bool:
    wanted = ("rss", "feed", "rdf", "channel") if kind == "feed" else ("urlset", "sitemapindex")
    return local_name(root) in wanted


def _feed(root: Any, base: str, zone: ZoneInfo, latest: date) -> Iterator[Entry]:
    for item in root.iter():
        if local_name(item) not in ("item", "entry"):
            continue
        fields: dict[str, str] = {}
        links: list[str] = []
        for part in item:
            name, words = local_name(part), words_of(part)
            if name == "link" and part.get("rel", "alternate") == "alternate":
                links.append(str(part.get("href") or words))
            elif words and not (name == "guid" and part.get("isPermaLink", "true").casefold() == "false"):
                fields.setdefault(name, words)
        address = next((link for link in links if link.strip()), "")
        url = absolute(base, address) if address else None
        if url is None and fields.get("guid", "").startswith("http"):
            url = absolute(base, fields["guid"])
        if url is None:
            continue  # without an address nothing can be fetched
        published = next((fields[name] for name in ("pubdate", "published", "date", "issued") if name in fields), "")
        changed = fields.get("updated") or fields.get("modified") or ""
        # Atom asks for no other time; that of a change is the nearest to it which the feed then knows.
        day = stated_day(published or changed, zone, latest)
        yield Entry(url, fields.get("title", ""), day, changed or published, day.isoformat() if day else "")


def _sitemap(root: Any, base: str, zone: ZoneInfo, latest: date) -> Iterator[Entry]:
    for item in root.iter():
        if local_name(item) != "url":
            continue
        fields: dict[str, str] = {}
        for part in item.iter():
            if part is not item and len(part) == 0:
                fields.setdefault(local_name(part), words_of(part))
        url = absolute(base, fields.get("loc", "")) if fields.get("loc") else None
        if url is None:
            continue
        published = fields.get("publication_date", "")
        changed = fields.get("lastmod", "")
        day = stated_day(published, zone, latest)
        moved = stated_day(changed, zone, latest)
        newest = max((one.isoformat() for one in (day, moved) if one), default="")
        yield Entry(url, fields.get("title", ""), day, changed or published, newest)


def _listing(source: Source, answer: Answer, limits: Limits) -> Iterator[Entry]:
    wanted = re.compile(source.links) if source.links else None
    try:
        found = links(answer.body, limits, answer.header("Content-Type"))
    except RejectionError as error:
        raise FetchError("bad_list", error.detail) from None
    own = absolute(answer.url, "")
    for address, words in found:
        url = absolute(answer.url, address)
        if url is None or url == own:
            continue
        if wanted.search(url) if wanted else len(words.split()) >= _HEADLINE_WORDS:
            yield Entry(url, words)
