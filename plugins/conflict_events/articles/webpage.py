"""An HTML page's main text, title, address and the days that its metadata state.

trafilatura finds the main text; what it leaves of furniture is cut by `clean`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from conflict_events.articles.addresses import url_key
from conflict_events.articles.limits import Limits
from conflict_events.articles.markup import parse
from conflict_events.articles.rejected import RejectionError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_page"]

_DAY_META = (
    ("property", "article:published_time"),
    ("property", "og:article:published_time"),
    ("name", "article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "pubdate"),
    ("name", "publishdate"),
    ("name", "publish-date"),
    ("name", "parsely-pub-date"),
    ("name", "dc.date.issued"),
    ("name", "dc.date"),
    ("name", "date"),
)
_JSON_LD_DEPTH = 6
_MIN_NAME = 4  # characters by which an address names one page of a site: a number or a slug
_MIN_MAIN_TEXT = 40


def read_page(html: str, url: str | None, limits: Limits) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read one HTML page.

    Args:
        html: The decoded page.
        url: Its address, if known. The page's own canonical link is taken where there is none, or where it is the same
            page in its plain dress (without `?p=7`, `/amp`, `m.`).
        limits: Caps on depth and elements.

    Returns:
        Fields as in the JSONL format (`text`, `title`, `url`), and the publication days that the metadata state.

    Raises:
        RejectionError: `too_deep`, `too_large`, or `no_text`.
    """
    root = parse(html, limits)
    address = _address(url, root)
    days = tuple(_days(root))
    title = _title(root)
    text = _main_text(root) or "\n".join(_body_lines(parse(html, limits)))
    if not text.strip():
        raise RejectionError("no_text", "No main text was found on the page.")
    return {"text": text, "title": title, "url": address}, days


def _address(given: str | None, root: HtmlElement) -> str | None:
    """The page's address. A canonical link that leads elsewhere (a front page, another site) is not believed."""
    stated = _canonical(root)
    if given is None or stated is None:
        return given or stated
    own, plain = url_key(given), url_key(stated)
    host, _, path = own.partition("/")
    last = re.split(r"[/=?&]", path.rstrip("/"))[-1]
    same = own == plain or (plain.partition("/")[0] == host and len(last) >= _MIN_NAME and last in plain)
    return stated if same else given


def _canonical(root: HtmlElement) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in root.xpath(path):
            if str(value).startswith(("http://", "https://")):
                return str(value)
    return None


def _title(root: HtmlElement) -> str:
    headings = [" ".join(heading.text_content().split()) for heading in root.xpath("//h1")]
    headings = [heading for heading in headings if len(heading.split()) > 2]
    shared = [" ".join(str(value).split()) for value in root.xpath("//meta[@property='og:title']/@content")]
    page = [" ".join(str(value).split()) for value in root.xpath("//head/title/text()")]
    if len(headings) == 1:
        return headings[0]
    # Of several headings the article's own is the one that the page's title repeats.
    named = [heading for heading in headings if any(heading[:30] in value for value in shared + page)]
    return next(iter(named + shared + page + headings), "")


def _days(root: HtmlElement) -> Iterator[str]:
    metas = root.xpath("//meta[@content]")
    for attribute, wanted in _DAY_META:
        for meta in metas:
            if str(meta.get(attribute, "")).casefold() == wanted.casefold():
                yield str(meta.get("content"))
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _published(json.loads(script.text_content()), _JSON_LD_DEPTH)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD states nothing; the page's other statements still count
    for element in root.xpath("//*[@itemprop='datePublished'][@datetime]"):
        yield str(element.get("datetime"))
    for element in root.xpath("//time[@datetime][@pubdate] | //article//header//time[@datetime]"):
        yield str(element.get("datetime"))
    # Beyond those, `time` elements belong to related stories as often as to this one: only a single one counts.
    times = {str(value)[:10] for value in root.xpath("//time/@datetime")}
    if len(times) == 1:
        yield str(root.xpath("//time/@datetime")[0])


def _published(data: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(data, list):
        for item in data:
            yield from _published(item, depth - 1)
    elif isinstance(data, dict):
        day = data.get("datePublished")
        if isinstance(day, str):
            yield day
        yield from _published(data.get("@graph"), depth - 1)
        yield from _published(data.get("mainEntity"), depth - 1)


def _main_text(root: HtmlElement) -> str:
    """The text of the article, a line per block, or "" where trafilatura finds next to nothing. Uses up the tree."""
    import trafilatura

    try:
        document = trafilatura.bare_extraction(root, include_comments=False, with_metadata=False)
    except Exception:
        # Whatever a hostile page makes the library raise concerns this page only; its plain text is still read.
        return ""
    text = str(getattr(document, "text", None) or "")
    return text if len(text) >= _MIN_MAIN_TEXT else ""


def _body_lines(root: HtmlElement) -> Iterator[str]:
    for dropped in root.xpath("//script | //style | //noscript | //nav | //footer | //form | //template"):
        dropped.drop_tree()
    for block in root.xpath("//body")[:1]:
        for piece in "".join(_with_breaks(block)).split("\n"):
            line = " ".join(piece.split())
            if line:
                yield line


def _with_breaks(element: HtmlElement) -> Iterator[str]:
    from lxml import etree

    for event, node in etree.iterwalk(element, events=("start", "end")):
        block = node.tag in ("p", "div", "li", "br", "tr", "h1", "h2", "h3", "h4", "figcaption", "section", "article")
        if event == "start":
            if block:
                yield "\n"
            yield node.text or ""
        else:
            if block:
                yield "\n"
            if node is not element:
                yield node.tail or ""
