"""Crawl archives: the HTML responses of a WARC file, one article each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any

from conflict_events.articles.decoding import damage_of
from conflict_events.articles.intake import PageFields
from conflict_events.articles.limits import Limits
from conflict_events.articles.markup import characters
from conflict_events.articles.members import members
from conflict_events.articles.rejected import RejectionError
from conflict_events.articles.webpage import read_page

__all__ = ["page_from_bytes", "read_crawl"]

_MAX_METADATA = 100_000


def page_from_bytes(data: bytes, url: str | None, limits: Limits, content_type: str = "") -> PageFields:
    """The fields of one HTML page, decoded by what it declares and what its letters say."""
    page = read_page(characters(data, limits, content_type), url, limits)
    fields = {"text": page.text, "title": page.title, "url": page.url}
    return PageFields(fields, metadata_days=page.stated_days, printed_days=page.printed_days)


def read_crawl(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, PageFields | RejectionError, bytes]]:
    """Read a WARC stream, record by record.

    Yields:
        The record's number, its fields or why it can't be read, and its first bytes. Records that are no HTML response
        with status 200 are passed over. A damaged record is `truncated`; of a gzipped file the records behind it are
        read, of any other it is the end: where the next one starts is not known.
    """
    records = _Records(limits)
    for part in members(stream, limits):
        yield from records.of(part)
    if records.number == 0:
        yield 1, RejectionError("empty", "There is no WARC record in it."), b""


class _Records:
    """The records of the parts of one file, numbered through."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.number = 0
        self.told: dict[str, str] = {}

    def of(self, part: IO[bytes]) -> Iterator[tuple[int, PageFields | RejectionError, bytes]]:
        """The pages of one part, and what is wrong with it."""
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        damage, before = "", self.number
        try:
            for record in ArchiveIterator(part):
                self.number += 1
                if record.rec_type == "metadata":
                    self.told = _told(record)
                if record.rec_type != "response" or not _is_page(record):
                    continue
                data = record.content_stream().read(self.limits.max_page_bytes + 1)
                if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
                    damage = "The crawl archive ends inside this record."
                    break
                about = self.told if self.told.get("about") == record.rec_headers.get_header("WARC-Record-ID") else {}
                yield self.number, _page(record, data, self.limits, about), data[:400]
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, LookupError, OSError) as error:
            # Not only its own error: on headers that make no sense the library trips over what it did not find.
            self.number += 1
            damage = f"The crawl archive is damaged here: {error}"
        wrong = damage_of(part)
        if wrong is not None and self.number == before:
            self.number += 1
        if wrong or damage:
            yield self.number, wrong or RejectionError("truncated", damage), b""


def _page(record: Any, data: bytes, limits: Limits, told: Mapping[str, str]) -> PageFields | RejectionError:
    content_type = record.http_headers.get_header("Content-Type", "") or ""
    try:
        page = page_from_bytes(data, record.rec_headers.get_header("WARC-Target-URI"), limits, content_type)
    except RejectionError as error:
        return RejectionError(error.reason, f"{error.detail} {record.rec_headers.get_header('WARC-Target-URI') or ''}")
    title = page.record.get("title") or told.get("title", "")
    return replace(
        page,
        record={**page.record, "title": title},
        listed_day=told.get("published"),
        fetched=_moment(record.rec_headers.get_header("WARC-Date")),
    )


def _told(record: Any) -> dict[str, str]:
    """What a list said of the page whose response follows: the fields of a `metadata` record, and whom it is about."""
    fields = {"about": record.rec_headers.get_header("WARC-Concurrent-To") or ""}
    for line in record.content_stream().read(_MAX_METADATA).decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().casefold(), value.strip())
    return fields


def _moment(stated: str | None) -> datetime | None:
    """When a record was fetched (UTC), or None where it does not say so."""
    try:
        return datetime.fromisoformat(stated or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return False
    return "html" in (headers.get_header("Content-Type", "") or "").casefold()
