"""The headline inside a page title: once, without the site's name and the repetitions that page titles carry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflict_events.articles.phrases import Phrases, line_key

__all__ = ["headline_span"]

_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"\s+[|‖ǀ–—-]+\s*|\s*\|+\s*|\s+[.•·»]\s+")
_MAX_WORDS = 120  # a "title" longer than this is no title; looking for repeats in it costs squares
_MIN_REPEAT = 3


def headline_span(title: str, first_lines: Sequence[str], phrases: Phrases) -> tuple[int, int]:
    """Where the clean headline stands in a page title.

    Args:
        title: The record's title, as it came.
        first_lines: Line keys of the page's first lines; one of them is often the headline itself.
        phrases: The phrase lists, for words of site names.

    Returns:
        Half-open offsets into `title`; an empty span for a blank title.

    Example:
        >>> from conflict_events.articles.phrases import load_phrases
        >>> title = "قصف على بلدة آفس | شبكة كذا الإخبارية قصف على بلدة آفس"
        >>> first, last = headline_span(title, [], load_phrases())
        >>> title[first:last]
        'قصف على بلدة آفس'
    """
    spans = [match.span() for match in _WORD.finditer(title)]
    if not spans:
        return 0, 0
    if len(spans) > _MAX_WORDS:
        return spans[0][0], spans[-1][1]
    if _is_plain(title, first_lines):
        return _trimmed(title, spans[0][0], spans[-1][1])
    keys = [line_key(title[first:last]) for first, last in spans]
    found = _line_in_title(keys, first_lines) or _repeated(keys)
    if found is not None:
        first, last = found
        return _trimmed(title, spans[first][0], spans[last - 1][1])
    return _without_site(title, spans[0][0], spans[-1][1], phrases)


def _is_plain(title: str, first_lines: Sequence[str]) -> bool:
    """Whether nothing is to be cut: no separator, no run of words twice, no line of the page in it. Most are so."""
    key = line_key(title)
    if _BREAK.search(title) or any(line != key and line in key and line.count(" ") > 1 for line in first_lines):
        return False
    words = key.split()
    runs = list(zip(words, words[1:], words[2:], strict=False))
    return len(set(runs)) == len(runs)


def _line_in_title(keys: list[str], first_lines: Sequence[str]) -> tuple[int, int] | None:
    """The longest of the page's first lines that the title holds, as word indices."""
    best: tuple[int, int] | None = None
    for line in first_lines:
        words = line.split()
        if len(words) < _MIN_REPEAT:
            continue
        for start in range(len(keys)):
            end = _match_from(keys, start, line)
            if end is not None:
                if best is None or end - start > best[1] - best[0]:
                    best = (start, end)
                break
    return best


def _match_from(keys: list[str], start: int, line: str) -> int | None:
    """Index after the words from `start` that make up `line`; words of punctuation only are empty keys."""
    if not keys[start]:
        return None
    rest = line
    for index in range(start, len(keys)):
        key = keys[index]
        if not rest.startswith(key):
            return None
        rest = rest[len(key) :].lstrip()
        if not rest:
            return index + 1
    return None


def _repeated(keys: list[str]) -> tuple[int, int] | None:
    """The longest run of words that occurs again after itself, reduced to one copy; its first occurrence."""
    count = len(keys)
    for length in range(count // 2, _MIN_REPEAT - 1, -1):
        seen: dict[tuple[str, ...], int] = {}
        for start in range(count - length + 1):
            run = tuple(keys[start : start + length])
            first = seen.setdefault(run, start)
            if start - first >= length and "".join(run):
                return first, first + _period(run)
    return None


def _period(run: tuple[str, ...]) -> int:
    """Length of the shortest copy that the run consists of."""
    for period in range(1, len(run) // 2 + 1):
        if len(run) % period == 0 and run == run[:period] * (len(run) // period):
            return period
    return len(run)


def _without_site(title: str, start: int, end: int, phrases: Phrases) -> tuple[int, int]:
    """Cut site names and labels from both ends of "label | headline - site"."""
    changed = True
    while changed:
        changed = False
        breaks = list(_BREAK.finditer(title, start, end))
        if not breaks:
            break
        head, tail = title[start : breaks[0].start()], title[breaks[-1].end() : end]
        if _is_site(tail, breaks[-1][0], phrases) and len(title[start : breaks[-1].start()].split()) >= _MIN_REPEAT:
            end, changed = breaks[-1].start(), True
        elif "|" in breaks[0][0] and len(head.split()) <= 2 and len(title[breaks[0].end() : end].split()) > 2:
            start, changed = breaks[0].end(), True
    return _trimmed(title, start, end)


def _is_site(tail: str, separator: str, phrases: Phrases) -> bool:
    words = line_key(tail).split()
    if not words:
        return True
    if any(word.isdigit() for word in words) or len(words) > 6:
        return False
    return (
        phrases.site_words.search(" ".join(words)) is not None
        or all(word.isascii() for word in words)
        or len(words) <= 2
        or ("|" in separator and len(words) <= 4)
    )


def _trimmed(title: str, start: int, end: int) -> tuple[int, int]:
    while end > start and title[end - 1] in " \t\n|-–—•·\u200f\u200e":
        end -= 1
    while start < end and title[start] in " \t\n|-–—•·\u200f\u200e":
        start += 1
    return start, end
