"""HTML as it came to a tree whose size and depth are capped.

libxml2 drops what is nested too deep without a word, so that a page near that depth is refused instead of read in part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conflict_events.articles.decoding import decode
from conflict_events.articles.limits import Limits
from conflict_events.articles.rejected import RejectionError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["characters", "links", "parse"]

_CHARSET = re.compile(r"charset=\"?([\w-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def characters(data: bytes, limits: Limits, content_type: str = "") -> str:
    """The characters of a page, decoded by what it and its server declare and by what its letters say.

    Raises:
        RejectionError: `too_large`, `binary` or `undecodable`.
    """
    if len(data) > limits.max_page_bytes:
        raise RejectionError("too_large", f"The page has more than {limits.max_page_bytes} bytes.")
    named = _CHARSET.search(content_type)
    inside = _META_CHARSET.search(data[:4096])
    return decode(data, named[1] if named else inside[1].decode("ascii", "replace") if inside else None)


def links(data: bytes, limits: Limits, content_type: str = "") -> list[tuple[str, str]]:
    """Addresses and words of a page's links, in their order on the page; the addresses as they stand.

    Raises:
        RejectionError: As of `characters` and `parse`.
    """
    root = parse(characters(data, limits, content_type), limits)
    return [(str(link.get("href")), " ".join(link.text_content().split())) for link in root.xpath("//a[@href]")]


def parse(html: str, limits: Limits) -> HtmlElement:
    """The root of a page.

    Raises:
        RejectionError: `too_deep`, `too_large`, or `no_text` where it is no HTML.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # huge_tree stays off (libxml2's own caps hold) and nothing is fetched; HTML parsing knows no entity definitions.
    html = _NO_XML.sub(" ", html)
    parser = HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise RejectionError("no_text", f"The page is not HTML: {error}") from None
    if root.xpath("count(//*)") > limits.max_html_elements:
        raise RejectionError("too_large", f"More than {limits.max_html_elements} HTML elements.")
    if root.xpath("boolean(//*[count(ancestor::*) >= $deep])", deep=limits.max_html_depth):
        raise RejectionError("too_deep", f"HTML nested more than {limits.max_html_depth} deep.")
    return root
