"""What a page says of itself beside its text: title, address, and the days on which it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from conflict_events.articles.addresses import url_key
from conflict_events.articles.publication_day import day_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["address", "article_body", "printed_days", "stated_days", "title"]

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
_HEADINGS = "//h1 | //h2 | //h3 | //h4 | //*[self::div or self::span or self::font or self::b][@class or @id or b]"
_TITLE_MARK = re.compile(r"title|headline|ttl|heading", re.IGNORECASE)
_DATE_MARK = re.compile(r"date|publish|posted|submitted|time(?!line)|meta(?!l)|info", re.IGNORECASE)
_PRINTED_WORDS = 14
_ELSEWHERE = "ancestor-or-self::*[self::aside or self::nav or (self::footer and not(ancestor::article))]"
_MAX_TITLE_WORDS = 40


def address(given: str | None, root: HtmlElement) -> str | None:
    """The page's address: the one given, or the canonical link where it is the same page in its plain dress.

    A canonical link that leads elsewhere (a front page, another site) is not believed.
    """
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


def title(root: HtmlElement) -> str:
    """The headline: the longest heading that the page's own title repeats, else its only first heading, else its title.

    Site names are headings, too, and stand in the page's title; the headline is longer.
    """
    shared = [" ".join(str(value).split()) for value in root.xpath("//meta[@property='og:title']/@content")]
    page = [" ".join(str(value).split()) for value in root.xpath("//head/title/text()")]
    firsts = [" ".join(heading.text_content().split()) for heading in root.xpath("//h1")]
    firsts = [heading for heading in firsts if len(heading.split()) > 2]
    whole = max(map(len, shared + page), default=0)
    for heading in firsts:  # most pages are so; looking at every heading of a page takes long
        if 2 * len(heading) > whole and any(heading in value for value in shared + page):
            return heading
    named = [heading for heading in _headings(root) if any(heading in value for value in shared + page)]
    if named:
        return max(named, key=len)
    if len(firsts) == 1:
        return firsts[0]
    # Of several headings the article's own is the one with which the page's title begins.
    begun = [heading for heading in firsts if any(heading[:30] in value for value in shared + page)]
    return next(iter(begun + shared + page + firsts), "")


def _headings(root: HtmlElement) -> Iterator[str]:
    """Words of headings and of what is marked as one."""
    for element in root.xpath(_HEADINGS):
        marked = f"{element.get('class', '')} {element.get('id', '')}"
        if str(element.tag) in ("div", "span") and not _TITLE_MARK.search(marked):
            continue
        words = " ".join(element.text_content().split())
        if 2 < len(words.split()) <= _MAX_TITLE_WORDS:
            yield words


def stated_days(root: HtmlElement) -> Iterator[str]:
    """Publication days that the metadata state, as they stand there, the plainest statement first."""
    metas = root.xpath("//meta[@content]")
    for attribute, wanted in _DAY_META:
        for meta in metas:
            if str(meta.get(attribute, "")).casefold() == wanted.casefold():
                yield str(meta.get("content"))
    for data in _json_ld(root):
        yield from _found(data, "datePublished", _JSON_LD_DEPTH)
    for element in root.xpath("//*[@itemprop='datePublished'][@datetime]"):
        yield str(element.get("datetime"))
    for element in root.xpath("//time[@datetime][@pubdate] | //article//header//time[@datetime]"):
        yield str(element.get("datetime"))
    # Beyond those, `time` elements belong to related stories as often as to this one: only a single one counts.
    times = {str(value)[:10] for value in root.xpath("//time/@datetime")}
    if len(times) == 1:
        yield str(root.xpath("//time/@datetime")[0])
    for element in root.xpath("//abbr[contains(@class, 'published')][@title]"):
        yield str(element.get("title"))


def printed_days(root: HtmlElement) -> Iterator[str]:
    """Short lines with a full date in elements that are marked as holding one, outside of menus and side columns."""
    for element in root.xpath("//*[@class or @id]"):
        if not _DATE_MARK.search(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        words = element.text_content().split()
        if 0 < len(words) <= _PRINTED_WORDS and not element.xpath(_ELSEWHERE):
            line = " ".join(words)
            if day_in(line) is not None:
                yield line


def article_body(root: HtmlElement) -> str:
    """The plain text that JSON-LD holds, "" where it holds none: pages that scripts fill in carry it only there."""
    bodies = (body for data in _json_ld(root) for body in _found(data, "articleBody", _JSON_LD_DEPTH))
    return max((body for body in bodies if "<" not in body), key=len, default="")


def _json_ld(root: HtmlElement) -> Iterator[Any]:
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            yield json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue  # broken JSON-LD states nothing; the page's other statements still count


def _found(data: Any, key: str, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(data, list):
        for item in data:
            yield from _found(item, key, depth - 1)
    elif isinstance(data, dict):
        value = data.get(key)
        if isinstance(value, str):
            yield value
        yield from _found(data.get("@graph"), key, depth - 1)
        yield from _found(data.get("mainEntity"), key, depth - 1)
