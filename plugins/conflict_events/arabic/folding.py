"""Folds Arabic spelling to one form, with a map back to the exact words of the article.

Two writers seldom type a word alike: with or without hamza, diacritics, tatweel, bidi marks, in presentation forms,
with Eastern digits. Everything in the package compares folded text; everything that leaves the package is a raw slice.

The fold runs in two passes. The first maps, drops and expands single characters and joins words that a publisher broke
up with tatweel. The second one, rare, replaces a lone Latin letter attached to Arabic by the letter on the same key.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

__all__ = ["BLANKS", "DROPPED", "LETTER_SOURCES", "Folded", "fold", "fold_word"]

_SAME_LETTER = {
    "ا": "أإآٱٲٳٵ",
    "ي": "ىیېۍےئۓێٸ",
    "ك": "کڪګڬگ",
    "ه": "ةہۃەۀھۂ",
    "و": "ؤۆۇۈۋۅۄۊٶ",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤڥ",
    "ز": "ژ",
    '"': "“”„‟«»‹›″＂〝〞",
    "'": "‘’‚‛′`´ʼ",
    "-": "‐‑‒–—―−﹘﹣－",
    ".": "٫۔",
    ",": "٬",
    "%": "٪",
    "(": "﴾",
    ")": "﴿",
    "\n": "\r\x0b\x0c\x85\u2028\u2029",
    " ": "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
}
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
)
_FORMATS = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\ufb50-\ufdfc\ufe80-\ufefc"
)

# Arabic 101 keyboard: what the key of a Latin letter types. Punctuation keys are left alone: they are real punctuation.
_KEYBOARD = dict(
    zip(
        "qwertyuiopasdfghjklzxcvnm",
        "ضصثقفغعهخحشسيبلاتنمئءؤرىة",
        strict=True,
    )
)
_KEYBOARD |= {"b": "لا", "H": "أ", "N": "آ", "Y": "إ", "T": "لإ", "G": "لأ", "B": "لآ"}


def _same_length_table() -> dict[int, str]:
    """Character -> character. Common characters that stay are listed too, because a miss costs an exception."""
    table = {code: chr(code) for code in (*range(0x250), *range(0x600, 0x700), *range(0x2000, 0x2070))}
    for target, sources in _SAME_LETTER.items():
        table.update({ord(source): target for source in sources})
    for zero in (0x0660, 0x06F0, 0xFF10):
        table.update({zero + digit: str(digit) for digit in range(10)})
    return table


_TABLE = _same_length_table()


def _presentation_forms() -> dict[str, str]:
    """Presentation form -> folded letters ("" for a bare mark), for every form that Unicode decomposes."""
    marks = re.compile(f"[{_MARKS}ـ]")
    forms = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        letters = unicodedata.normalize("NFKC", chr(code))
        if letters == chr(code):
            continue
        letters = marks.sub("", letters).strip().translate(_TABLE)
        if len(letters) == 1:
            _TABLE[code] = letters
        else:
            forms[chr(code)] = letters
    return forms


_FORMS = _presentation_forms()
_TABLE.update({ord(form): form for form in _FORMS})
_FORM_CLASS = "".join(_FORMS)
_LETTER = re.compile(f"[{_LETTERS}]")

# A dictionary is asked once for each character; most texts hold the same dozen of those that change.
_CHANGED = {chr(code): letter for code, letter in _TABLE.items() if chr(code) != letter}
_COMMON = tuple((char, _CHANGED[char]) for char in "أإآىةؤئ\xa0“”«»‘’–—\r\t" if char in _CHANGED)
_RARE = re.compile("[" + "".join(map(re.escape, _CHANGED.keys() - {char for char, _ in _COMMON})) + "]")

# Each pattern starts with one plain character class: only then does `re` skip ahead to the next candidate.
DROPPED = f"ـ{_MARKS}{_FORMATS}"
"""What folding drops: tatweel, marks, controls; the inside of a character class."""
LETTER_SOURCES = "".join(_FORMS) + "".join(char for char, letter in _CHANGED.items() if _LETTER.match(letter))
"""Characters that fold to letters; the inside of a character class."""
BLANKS = " .*•·" + "".join(char for char, letter in _CHANGED.items() if letter in " .")
"""Between a letter and a tatweel they break a word up that folding joins; the inside of a character class."""
_EDITS = re.compile(f"([{DROPPED}{_FORM_CLASS}])[{DROPPED}]*(?P<join>[ .*•·]{{1,3}}ـ[{DROPPED}]*(?=[{_LETTERS}]))?")
_BELONGS = re.compile(f"[{_MARKS}ـ]")
_LONE_LATIN = re.compile(r"[A-Za-z](?<![A-Za-z0-9@#&/._-][A-Za-z])(?=[ء-غف-ي])")

_LINE = 2000  # characters

_Edit = tuple[int, int, str, bool]
"""Start and end in the text, what stands there afterwards, whether the dropped run belongs to the letter before it."""


class Folded:
    """A folded text and the way back to the raw text that it was made from.

    Attributes:
        text: The folded text.
        raw: The text as given to `fold`.

    >>> folded = fold("قُتِلَ ثلاثةٌ")
    >>> folded.text
    'قتل ثلاثه'
    >>> folded.raw_slice(0, 3)
    'قُتِلَ'
    """

    __slots__ = ("_ends", "_passes", "_starts", "raw", "text")

    def __init__(self, raw: str, text: str, passes: tuple[tuple[_Edit, ...], ...] = ()) -> None:
        self.raw = raw
        self.text = text
        self._passes = passes
        self._starts: array[int] | None = None
        self._ends: array[int] | None = None

    def __repr__(self) -> str:
        return f"Folded({self.text!r})"

    def _map(self) -> tuple[array[int], array[int]]:
        """Raw start and raw end of each folded character; made on first use, since most texts are only scanned."""
        if self._starts is None or self._ends is None:
            length = len(self.raw)
            starts, ends = array("l", range(length)), array("l", range(1, length + 1))
            for edits in self._passes:
                starts, ends = _apply_to_map(edits, starts, ends)
            self._starts, self._ends = starts, ends
        return self._starts, self._ends

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the folded slice, trailing diacritics of its last letter included.

        Raises:
            ValueError: The slice is not inside the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"slice {start}:{end} is outside the folded text of {len(self.text)} characters")
        if not self._passes:
            return start, end
        starts, ends = self._map()
        if start < end:
            return starts[start], ends[end - 1]
        here = starts[start] if start < len(starts) else len(self.raw)
        return here, here

    def raw_slice(self, start: int, end: int) -> str:
        """The raw words behind the folded slice."""
        raw_start, raw_end = self.raw_span(start, end)
        return self.raw[raw_start:raw_end]

    def folded_span(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """Folded offsets of every folded character that lies wholly inside the raw slice."""
        if not self._passes:
            return raw_start, raw_end
        starts, ends = self._map()
        start = bisect_left(starts, raw_start)
        return start, max(start, bisect_right(ends, raw_end))


def fold(text: str) -> Folded:
    """Fold `text` and keep the map back.

    >>> fold("Hن الشهـ ـداء ١٢").text
    'ان الشهداء 12'
    """
    return _fold_line(text) if len(text) <= _LINE else _fold(text)


def _fold(text: str) -> Folded:
    folded = _same_length(text)
    passes = []
    edits = tuple(_spelling_edits(folded))
    if edits:
        folded = _apply(edits, folded)
        passes.append(edits)
    if _LONE_LATIN.search(folded):
        edits = tuple((m.start(), m.end(), _typed_as(m.group()), False) for m in _LONE_LATIN.finditer(folded))
        folded = _apply(edits, folded)
        passes.append(edits)
    return Folded(text, folded, tuple(passes))


_fold_line = lru_cache(maxsize=128)(_fold)  # a page's lines are folded to be compared, and again to be read


def fold_word(word: str) -> str:
    """The folded text alone, for words that need no way back.

    >>> fold_word("إدلبَ")
    'ادلب'
    """
    return _fold(word).text


def _same_length(text: str) -> str:
    """What `text.translate(_TABLE)` gives, in a tenth of the time."""
    for char, letter in _COMMON:
        if char in text:
            text = text.replace(char, letter)
    return text.translate(_TABLE) if _RARE.search(text) else text


def _typed_as(latin: str) -> str:
    """The folded Arabic letter (or letters) on the key of a Latin letter."""
    return (_KEYBOARD.get(latin) or _KEYBOARD[latin.lower()]).translate(_TABLE)


def _spelling_edits(text: str) -> Iterator[_Edit]:
    """What to drop and expand: marks, tatweel, bidi controls, presentation forms of several letters."""
    for match in _EDITS.finditer(text):
        start, end = match.span()
        if match[1] in _FORMS:
            yield start, start + 1, _FORMS[match[1]], False
            start += 1
        if match["join"]:
            # A word broken up to pass a filter: letter, tatweel, blank or dot, tatweel, letter.
            broken = "ـ" in text[start : match.start("join")] and start > 0 and _LETTER.match(text, start - 1)
            if broken:
                yield start, end, "", False
                continue
            yield from _dropped(text, start, match.start("join"))
            start = text.index("ـ", match.start("join"))
        yield from _dropped(text, start, end)


def _dropped(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Edits that drop a run of marks, tatweel and controls; a tatweel between blanks is a dash: "دمشق ـ سانا"."""
    if start == end:
        return
    if text[start] == "ـ" and not _attached(text, start, end):
        yield start, end, "-", False
        return
    last_mark = max((i + 1 for i in range(start, end) if _BELONGS.match(text[i])), default=start)
    if start < last_mark:
        yield start, last_mark, "", True
    if last_mark < end:
        yield last_mark, end, "", False


def _attached(text: str, start: int, end: int) -> bool:
    """Whether the run touches a letter."""
    before = start > 0 and (text[start - 1] in _FORMS or _LETTER.match(text, start - 1))
    return bool(before or _LETTER.match(text, end))


def _apply(edits: Iterable[_Edit], text: str) -> str:
    pieces = []
    done = 0
    for start, end, replacement, _ in edits:
        pieces.append(text[done:start])
        pieces.append(replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _apply_to_map(edits: Iterable[_Edit], starts: array[int], ends: array[int]) -> tuple[array[int], array[int]]:
    new_starts, new_ends = array("l"), array("l")
    done = 0
    for start, end, replacement, belongs_before in edits:
        new_starts.extend(starts[done:start])
        new_ends.extend(ends[done:start])
        if replacement:
            new_starts.extend([starts[start]] * len(replacement))
            new_ends.extend([ends[end - 1]] * len(replacement))
        elif belongs_before and new_ends and new_ends[-1] == starts[start]:
            new_ends[-1] = ends[end - 1]
        done = end
    new_starts.extend(starts[done:])
    new_ends.extend(ends[done:])
    return new_starts, new_ends
