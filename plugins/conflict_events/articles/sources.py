"""Outlets and sources: what is known of a publisher, and what is read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["KINDS", "LOCAL", "Outlet", "Source", "Sources"]

KINDS = ("folder", "jsonl", "warc", "feed", "sitemap", "listing")
LOCAL = ("folder", "jsonl", "warc")


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is known of a publisher. `timezone` is an IANA name, `country` ISO-2, `language` ISO 639-1."""

    id: str
    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str | None = None
    timezone: str = "Asia/Damascus"
    language: str = "ar"
    camp: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a local path (folder, jsonl, warc) or a URL (feed, sitemap, listing).

    Attributes:
        id: Short name; names its files in the archive.
        kind: One of `KINDS`.
        outlet: Id of the outlet whose articles it lists.
        path: What to read, for a local kind.
        url: What to fetch, for a kind of the web; https.
        expected_per_day: Articles on a usual day, or None.
        crawl_delay_seconds: Least time between two requests to a host; a longer one in its robots.txt wins.
        pages_per_round: Most pages fetched in one round; the rest follows in the next.
        links: For a listing: regular expression that the address of an article matches; None takes links whose words
            look like a headline.
        enabled: Whether it is read.
    """

    id: str
    kind: str
    outlet: str | None = None
    path: Path | None = None
    url: str | None = None
    expected_per_day: float | None = None
    crawl_delay_seconds: float = 2.0
    pages_per_round: int = 50
    links: str | None = None
    enabled: bool = True

    @property
    def is_local(self) -> bool:
        """Whether it is read from a path, not from the web."""
        return self.kind in LOCAL


@dataclass(frozen=True, slots=True)
class Sources:
    """The whole file. `timezone` and `language` hold for outlets that are not listed."""

    outlets: tuple[Outlet, ...] = ()
    sources: tuple[Source, ...] = ()
    timezone: str = "Asia/Damascus"
    language: str = "ar"
    _by_name: Mapping[str, Outlet] = field(default_factory=dict, repr=False)

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that may be fetched: those of the sources' URLs and the outlets' domains."""
        return frozenset(host for source in self.sources for host in self.hosts_of(source)) | {
            domain for outlet in self.outlets for domain in outlet.domains
        }

    def hosts_of(self, source: Source) -> frozenset[str]:
        """Hosts that may be fetched for one source: its own, and its outlet's domains."""
        own = urlsplit(source.url).hostname if source.url else None
        outlet = self.outlet(source.outlet)
        return frozenset({own} if own else ()) | frozenset(outlet.domains if outlet else ())

    def outlet(self, outlet_id: str | None) -> Outlet | None:
        """The outlet of an id, or None."""
        return next((outlet for outlet in self.outlets if outlet.id == outlet_id), None)

    def publisher_of(self, source: Source) -> str | None:
        """Under which name articles of a source stand that name no publisher and have no address, or None."""
        outlet = self.outlet(source.outlet)
        return (outlet.domains or (outlet.id,))[0] if outlet else None

    def named(self, source_id: str) -> Source | None:
        """The source of an id, or None."""
        return next((source for source in self.sources if source.id == source_id), None)

    def outlet_of(self, publisher: str | None = None, url: str | None = None) -> Outlet | None:
        """The outlet of a publisher name, a domain (sub-domains too) or a page's URL, or None."""
        host = urlsplit(url).hostname if url else None
        for name in (publisher, host):
            parts = (name or "").casefold().removeprefix("www.").split(".")
            for first in range(max(1, len(parts) - 1)):
                outlet = self._by_name.get(".".join(parts[first:]))
                if outlet is not None:
                    return outlet
        return None

    def timezone_of(self, publisher: str | None = None, url: str | None = None) -> str:
        """IANA zone in which the outlet's days are meant."""
        outlet = self.outlet_of(publisher, url)
        return outlet.timezone if outlet else self.timezone
