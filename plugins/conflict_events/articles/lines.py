"""The lines of a page and what can be seen of each: place, length, stop, repetition, known words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from conflict_events.articles.phrases import Phrases, line_key

__all__ = ["LINE_TAIL", "Line", "content_words", "label_after_stop", "read_lines"]

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# Blanks and marks that a line may start or end with, zero-width and bidi ones included.
_EDGE = (
    " \t\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_CLOSERS = "\"'”“»«’)]}›" + _EDGE
_ITEM = re.compile(r"(?:[-–—•▪●■◾*+►»]|\d{1,3}\s?[-.)–]|[(]\d{1,3}[)])\s*(?=\S)")
_TWEET_SIGNATURE = re.compile(r"[—–-]\s.{0,80}\(@\w+\)")
_TWEET_LINK = re.compile(r"(?:pic\.twitter\.com/|https?://t\.co/)\S*")
_DIGITS = re.compile(r"\d+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_ANY_DAY = re.compile(r"\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d")
_ARTICLES = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال")
_LABELLED_WORDS = 25
LINE_TAIL = 400  # characters at a line's end in which links and labels are looked for


@dataclass(slots=True)
class Line:
    """One non-blank line. Offsets are into the page's text, edges stripped.

    Attributes:
        key: Folded words without punctuation, for comparison.
        words: Number of words.
        stop: Final punctuation, closing quotes and brackets passed over: "." "?" ":" "," "…" or "".
        apart: A blank line stands before it, or it is the first.
        item: It starts as an item of a list does.
        label: block, end, close, button, start or "".
        opens: It begins as a sentence of a report does ("وقال", "كما", "أصيب").
        repeats: The same line stood before.
        copies: How often the line stands on the page.
    """

    start: int
    end: int
    text: str
    key: str
    words: int
    stop: str
    apart: bool
    item: bool
    label: str
    opens: bool
    repeats: bool = False
    copies: int = 1
    tweet: str = ""

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends in a sentence-final stop (not in dots that cut a headline short)."""
        return self.stop in (".", "؟", "!", "؛")


def read_lines(text: str, phrases: Phrases) -> list[Line]:
    """The non-blank lines of a page, with their features."""
    lines: list[Line] = []
    first_of: dict[str, Line] = {}
    previous_end = 0
    for match in _LINE.finditer(text):
        raw = match[0]
        body = raw.strip(_EDGE)
        if not body:
            continue
        start = match.start() + raw.index(body)
        key = line_key(body)
        line = Line(
            start=start,
            end=start + len(body),
            text=body,
            key=key,
            words=len(key.split()),
            stop=_stop(body),
            apart=not lines or text.count("\n", previous_end, start) > 1,
            item=_ITEM.match(body) is not None,
            label=_label(body, key, phrases),
            opens=_opens(key, phrases),
            tweet=_tweet(body),
        )
        first = first_of.setdefault(key, line)
        if first is not line:
            first.copies += 1
            line.repeats = True
            line.copies = 2
        lines.append(line)
        previous_end = line.end
    return lines


def _stop(body: str) -> str:
    bare = body.rstrip(_CLOSERS)
    if not bare:
        return ""
    last = bare[-1]
    if last == "…" or bare.endswith(".."):
        return "…"
    if last == "?":
        return "؟"
    if last == ",":
        return "،"
    return last if last in ".؟!؛:،" else ""


def _tweet(body: str) -> str:
    if _TWEET_SIGNATURE.match(body):
        return "signature"
    return "text" if _TWEET_LINK.search(body) else ""


def _label(body: str, key: str, phrases: Phrases) -> str:
    bare = _DIGITS.sub("", key).strip()
    if not _ARABIC.search(bare) and not _ANY_DAY.search(body):
        # A number, an address, a button in English; a line of English labels may still open a list.
        return next((kind for kind, entries in phrases.labels if bare in entries), "button")
    if all(word.startswith("#") for word in body.split()):
        return "button"
    for kind, entries in phrases.labels:
        if bare in entries:
            return kind
    started = phrases.starts.match(key)
    if started and (started[0] not in phrases.need_colon or _mark_follows(body, len(started[0].split()))):
        return "start"
    if len(bare.split()) <= 4 and phrases.counters.search(bare):
        return "button"
    return ""


def _mark_follows(body: str, words: int) -> bool:
    """Whether a colon, a bar or dots stand right behind the line's first words."""
    return re.match(rf"\W*(?:\w+\W+){{{words - 1}}}\w+\s*(?::|\.\.|…|\|)", body) is not None


def _opens(key: str, phrases: Phrases) -> bool:
    if phrases.openers.match(key):
        return True
    first = key.partition(" ")[0]
    return len(first) > 3 and first[0] == "و" and first not in phrases.waw_nouns and first[1:3] != "ال"


def label_after_stop(line: Line, phrases: Phrases) -> int:
    """Where a label begins behind a stop inside the line ("... الجرحى. اقرأ أيضا: ..."), else the line's length.

    Pages that lost their line breaks end so. What follows the label must be short, or it is the report going on.
    """
    if not phrases.label_inside.search(line.key, max(0, len(line.key) - LINE_TAIL)):
        return len(line.text)
    for stop in re.compile(r"[.؟!…]\s*").finditer(line.text, max(0, len(line.text) - LINE_TAIL)):
        rest = line.text[stop.end() :]
        if 0 < len(rest.split()) <= _LABELLED_WORDS and _label(rest, line_key(rest), phrases) == "start":
            return stop.end()
    return len(line.text)


def content_words(key: str, phrases: Phrases) -> frozenset[str]:
    """The words of a line that say what it is about, without the article and common proclitics.

    The stripping need not be right, only the same for every form of a word that is compared.
    """
    return frozenset(map(_content_of, set(key.split()) - phrases.function_words)) - {""}


@lru_cache(maxsize=8_000)
def _content_of(word: str) -> str:
    """What is left of a word, "" of one too short to say anything."""
    if len(word) < 3:
        return ""
    for prefix in _ARTICLES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    return word[1:] if len(word) > 4 and word[0] in "وبل" else word
