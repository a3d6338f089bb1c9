"""What a feed, a sitemap or a listing says of a page, and how the bytes of a list become elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from conflict_events.articles.addresses import canonical_url
from conflict_events.articles.decoding import decode
from conflict_events.articles.publication_day import parse_day
from conflict_events.articles.rejected import RejectionError
from conflict_events.fetching.body import inflated
from conflict_events.fetching.failure import FetchError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MAX_ENTRIES", "Entry", "absolute", "local_name", "stated_day", "words_of", "xml_root"]

MAX_ENTRIES = 5000
"""Entries taken of one list; a list of more is cut, newest first where it says which are."""

MAX_BYTES = 16 * 1024 * 1024
"""Size of a sitemap once it is unpacked, as of one that comes as it is (`Caps`): its tree takes ten times as much."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([\w.-]{1,40})[\"']")
_CHARSET = re.compile(r"charset=\"?([\w.-]{1,40})", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MAX_WORDS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a list names.

    Attributes:
        url: Its canonical address.
        title: Its title, "" where none is given.
        published: The publication day that the list states, in the outlet's zone and not after the day of the fetch;
            None where it states none.
        stamp: What the list says of its last change, as it stands; another stamp means another version.
        priority: ISO day or time by which newer ones are told; "" where nothing is stated.
    """

    url: str
    title: str = ""
    published: date | None = None
    stamp: str = ""
    priority: str = ""


def xml_root(data: bytes, content_type: str = "") -> _Element:
    """The root of a feed or sitemap, from its bytes; those of a gzip file (`sitemap.xml.gz`) are unpacked, up to a cap.

    Entities are refused before anything is parsed; damage inside is passed over, so that one broken entry does not cost
    its neighbours. The bytes are decoded as pages are: what they say of their encoding is often wrong.

    Raises:
        FetchError: `entities`, `bad_list` or `inflates`.
    """
    from lxml import etree

    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise FetchError("entities", "it declares entities; feeds and sitemaps need none")
    named, declared = _CHARSET.search(content_type), _ENCODING.search(data[:1000])
    encoding = named[1] if named else declared[1].decode("ascii") if declared else None
    try:
        text = decode(data, encoding)
    except RejectionError as error:
        raise FetchError("bad_list", error.detail) from None
    text = _DECLARATION.sub("", _NO_XML.sub(" ", text.lstrip("\ufeff")), count=1).lstrip()
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FetchError("bad_list", f"not XML: {error}") from None
    if root is None:
        raise FetchError("bad_list", "not XML")
    return root


def _unpacked(data: bytes) -> bytes:
    try:
        return inflated([data], "gzip", MAX_BYTES)[1]
    except FetchError as error:
        raise error if error.reason == "inflates" else FetchError("bad_list", error.detail) from None


def local_name(element: Any) -> str:
    """The name of an element without its namespace, in small letters; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def words_of(element: Any) -> str:
    """The text inside an element, blanks made one."""
    return " ".join("".join(_texts(element)).split())[:_MAX_WORDS]


def _texts(element: Any) -> Iterator[str]:
    for piece in element.itertext():
        yield str(piece)


def absolute(base: str, address: str) -> str | None:
    """The canonical https or http address that a list means, or None where it is none."""
    try:
        url = canonical_url(urljoin(base, address.strip()))
    except ValueError:
        return None
    return url if url.startswith(("https://", "http://")) else None


def stated_day(value: str, zone: ZoneInfo, latest: date) -> date | None:
    """A publication day as a list states it, or None where it can't be read or lies after the day of the fetch.

    Example:
        >>> stated_day("الجمعة 29 تشرين الثاني 2024 10:00", ZoneInfo("Asia/Damascus"), date(2024, 12, 1))
        datetime.date(2024, 11, 29)
        >>> stated_day("2031-01-01", ZoneInfo("Asia/Damascus"), date(2024, 12, 1)) is None
        True
    """
    found = parse_day(value, zone) if value else None
    return found if found is not None and found <= latest else None
