"""Credits outside the prose: the author of an embedded post, and the line that names where a whole page comes from."""

from __future__ import annotations

import re

from conflict_events.arabic import fold_word
from conflict_events.extraction.attribution.quoted import Quoted
from conflict_events.extraction.wordsets import word_set
from conflict_events.records import CleanArticle

__all__ = ["credits_of"]

_POST = re.compile(
    r"\A(?:\s*(?:pic\.twitter\.com|https?:)\S+)*[\s\"“”]*[—–-]\s*(?P<name>[^\n@]{2,60}?)\s*\(@\w{2,30}\)"
)
_PAGE = re.compile(r"(?m)^\s*(?:المصدر|مصدر الخبر|المصادر)\s*[:：]\s*(?P<name>[^\n:]{3,70}?)\s*$")
_NOBODY = word_set("credited_nobody")
_WEB = re.compile(r"https?:|www\.|\d{4}")


def credits_of(clean: CleanArticle) -> dict[int, Quoted]:
    """The credited source of each paragraph that has one, by paragraph number; -1 holds that of the whole page.

    A post copied into a page ends with "— Name (@account)"; a page taken over ends with "المصدر: ...".
    """
    text = clean.article.full_text
    found: dict[int, Quoted] = {}
    for number, segment in enumerate(clean.segments):
        post = _POST.search(text[segment.end : segment.end + 160])
        if post is not None:
            start = segment.end + post.start("name")
            found[number] = _credited(post["name"], start, "activist")
    end = clean.segments[-1].end if clean.segments else 0
    page = _PAGE.search(text, max(end - 200, 0))
    if page is not None and not _WEB.search(page["name"]) and _NOBODY.isdisjoint(fold_word(page["name"]).split()):
        found[-1] = _credited(page["name"], page.start("name"), "media")
    return found


def _credited(name: str, start: int, source_type: str) -> Quoted:
    return Quoted(0, 0, "", name, source_type, span=(start, start + len(name)))
