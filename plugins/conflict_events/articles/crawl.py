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
        with status 200 are passed over. A damaged record ends the file with `truncated`: where the next one starts is
        not known.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    damage = ""
    told: dict[str, str] = {}
    try:
        for record in ArchiveIterator(stream):
            number += 1
            if record.rec_type == "metadata":
                told = _told(record)
            if record.rec_type != "response" or not _is_page(record):
                continue
            data = record.content_stream().read(limits.max_page_bytes + 1)
            if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
                damage = "The crawl archive ends inside this record."
                break
            about = told if told.get("about") == record.rec_headers.get_header("WARC-Record-ID") else {}
            yield number, _page(record, data, limits, about), data[:400]
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, LookupError, OSError) as error:
        # Not only its own error: on headers that make no sense the library trips over what it did not find.
        number += 1
        damage = f"The crawl archive is damaged here: {error}"
    if number == 0 and damage_of(stream) is None:
        yield 1, RejectionError("empty", "There is no WARC record in it."), b""
    elif damage_of(stream) or damage:
        yield number, damage_of(stream) or RejectionError("truncated", damage), b""


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
