"""An HTML page's main text, title, address and the days that it states.

trafilatura finds the main text; what it leaves of furniture is cut by `clean`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.articles import page_facts
from conflict_events.articles.layout import mend
from conflict_events.articles.limits import Limits
from conflict_events.articles.markup import parse
from conflict_events.articles.publication_day import dateline_candidates, day_in
from conflict_events.articles.rejected import RejectionError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Webpage", "read_page"]

_MIN_MAIN_TEXT = 40
_YEAR = re.compile(r"(?:19|20)\d\d|[١٢][٩٠][٠-٩]{2}")


@dataclass(frozen=True, slots=True)
class Webpage:
    """What a page says.

    Attributes:
        text: Its main text, a line per block.
        title: Its headline, "" where none was found.
        url: Its address, or None.
        stated_days: Publication days of its metadata, as they stand there.
        printed_days: Lines with a date that it shows beside its headline.
    """

    text: str
    title: str
    url: str | None
    stated_days: tuple[str, ...] = ()
    printed_days: tuple[str, ...] = ()


def read_page(html: str, url: str | None, limits: Limits) -> Webpage:
    """Read one HTML page.

    Args:
        html: The decoded page.
        url: Its address, if known. The page's own canonical link is taken where there is none, or where it is the same
            page in its plain dress (without `?p=7`, `/amp`, `m.`).
        limits: Caps on depth and elements.

    Raises:
        RejectionError: `too_deep`, `too_large`, or `no_text`.
    """
    root = parse(html, limits)
    told = page_facts.article_body(root)
    facts = (page_facts.title(root), page_facts.address(url, root))
    stated = tuple(page_facts.stated_days(root))
    # Looked for only where the metadata are silent: it takes as long as all the rest here.
    printed = () if any(_YEAR.search(value) for value in stated) else tuple(page_facts.printed_days(root))
    if not stated and not printed:
        lines = "\n".join(_body_lines(parse(html, limits)))
        printed = tuple(line for line in dateline_candidates(facts[0], lines) if day_in(line) is not None)
    mend(root)
    text = _main_text(root)
    # trafilatura takes it, too, where the page shows nothing, but makes one line of it.
    if len(told) > 2 * len(text) or told.split() == text.split():
        text = told
    text = text or "\n".join(_body_lines(parse(html, limits)))
    if not text.strip():
        raise RejectionError("no_text", "No main text was found on the page.")
    return Webpage(text, *facts, stated, printed)


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
