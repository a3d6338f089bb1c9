"""Mends a page's tree where its layout misleads the search for the main text.

Tables that only place things become blocks; the entries of a live blog become one text in their order; the captions of
a gallery, which are its text, become paragraphs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["mend"]

_LONG_CELL = 12
"""Words from which a cell holds text, not a figure."""

_ENTRIES = 3
"""Least entries of a live blog, and least pictures of a gallery."""

_ENTRY_WORDS = 8
_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "center")


def mend(root: HtmlElement) -> None:
    """Change the tree in place."""
    _unfold_tables(root)
    _join_entries(root)
    _free_captions(root)


def _words(element: HtmlElement) -> int:
    return len(element.text_content().split())


def _unfold_tables(root: HtmlElement) -> None:
    """Turn tables into blocks, unless they are tables: no table inside, and no cell that holds text."""
    for table in root.xpath("//table"):
        cells = table.xpath(".//td")
        if not table.xpath(".//table") and all(_words(cell) < _LONG_CELL for cell in cells) and table.xpath(".//th"):
            continue
        for part in (table, *table.xpath(".//tbody | .//thead | .//tfoot | .//tr | .//td | .//th")):
            part.tag = "div"
    for part in root.xpath("//center | //font[p or div or br]"):
        part.tag = "div"


def _join_entries(root: HtmlElement) -> None:
    """Make one article of the entries of a live blog: several timed reports side by side."""
    entries = [
        one
        for one in root.xpath("//article[not(ancestor::article)]")
        if one.xpath(".//time | .//*[contains(@class, 'time')]")
        and any(_words(block) >= _ENTRY_WORDS for block in one.xpath(".//p"))
    ]
    for parent, count in Counter(one.getparent() for one in entries).items():
        if parent is None or count < _ENTRIES:
            continue
        for one in entries:
            if one.getparent() is parent:
                one.tag = "div"
                _plain_headings(one)
        container = parent.getparent()
        whole = container if container is not None and container.tag in ("main", "section") else parent
        whole.tag = "article"


def _plain_headings(entry: HtmlElement) -> None:
    """Let the headings of an entry stand in its text, and its clock and buttons not."""
    for heading in entry.xpath(".//h2 | .//h3 | .//h4"):
        heading.tag = "p"
    for header in entry.xpath(".//header"):
        header.tag = "div"
    for dropped in entry.xpath(".//time | .//*[contains(@class, 'share')] | .//button"):
        dropped.drop_tree()


def _close(caption: HtmlElement) -> None:
    """End a caption with a stop, as the sentence that it is: a line without one is read as another story's headline."""
    words = " ".join(caption.text_content().split())
    for child in list(caption):
        caption.remove(child)
    caption.text = words if not words or words[-1] in ".!؟?…" else f"{words}."


def _free_captions(root: HtmlElement) -> None:
    """Make paragraphs of the captions of a gallery, and place them behind the text that leads it in."""
    captions = root.xpath("//figure[figcaption]")
    for parent, count in Counter(one.getparent() for one in captions).items():
        if parent is None or count < _ENTRIES:
            continue
        for figure in captions:
            if figure.getparent() is not parent:
                continue
            for child in list(figure):
                if child.tag == "figcaption":
                    child.tag = "p"
                    _close(child)
                else:
                    child.drop_tree()
            figure.tag = "div"
