"""Reads one number out of tokens: digits, number words, or both mixed ("3 آلاف وخمسمئة").

The grammar is that of written Arabic: units before tens ("خمسة وعشرون"), then from large to small, each part tied to
the one before by و. Cases and genders are forms of the same word in `include/lexicon/quantities.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from conflict_events.arabic.tokens import Token
from conflict_events.arabic.vocabulary import folded_forms, read_entries, read_words

__all__ = ["NumberRead", "digits_value", "number_forms", "read_number", "starts_number"]

LARGEST = 999_999_999_999
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_PREPOSITIONS = frozenset(
    {"في", "علي", "من", "الي", "عن", "بعد", "قبل", "داخل", "قرب", "و", "اثر", "جراء", "امس", "اليوم"}
)


class NumberRead(NamedTuple):
    """A number and where it stands.

    Attributes:
        value: The number.
        last: One past its last token.
        proclitics: Particle attached to its first word ("" , "و", "ب", "وب", ...).
        is_digits: Whether digits stand in it.
        definite: Whether its first word carries ال.
    """

    value: int
    last: int
    proclitics: str
    is_digits: bool
    definite: bool = False


class _Word(NamedTuple):
    kind: str
    value: float
    needs_number: bool
    weak: bool


@dataclass(slots=True)
class _Words:
    by_form: dict[str, _Word] = field(default_factory=dict)
    duals: dict[str, _Word] = field(default_factory=dict)
    never: frozenset[str] = frozenset()


@cache
def _words() -> _Words:
    words = _Words(never=read_words("quantities", "never"))
    for entry in read_entries("quantities"):
        if "value" not in entry:
            continue
        weak = set(folded_forms(entry.get("weak", ())))
        needs = set(folded_forms(entry.get("needs_number", ())))
        for form in folded_forms(entry["forms"]):
            word = _Word(entry["kind"], entry["value"], form in needs or bool(entry.get("needs_unit")), form in weak)
            # "ألفا" is in both: ألفا, two thousand, and ألفاً, thousand behind a number.
            (words.duals if word.kind == "scale_dual" else words.by_form)[form] = word
    return words


def number_forms() -> frozenset[str]:
    """All number words, without particles and article."""
    words = _words()
    return frozenset(words.by_form) | frozenset(words.duals)


class _Part(NamedTuple):
    """One token read as a piece of a number."""

    word: _Word
    proclitics: str
    definite: bool
    form: str


def _part(token: Token, alone: bool = False) -> _Part | None:
    return _part_of_word(token.text, alone) if token.kind == "word" else None


@lru_cache(maxsize=8_000)
def _part_of_word(text: str, alone: bool) -> _Part | None:
    words = _words()
    if alone and text in words.never:
        return None
    for stem, proclitics in _stems(text):
        word = words.by_form.get(stem) or words.duals.get(stem)
        if word is not None:
            return _Part(word, proclitics, False, stem)
        if stem.startswith("ال") and len(stem) > 4:
            word = words.by_form.get(stem[2:])
            if word is not None and word.kind in ("unit", "ten", "tens") and word.value > 2:
                return _Part(word, proclitics, True, stem[2:])
    return None


def _stems(text: str) -> list[tuple[str, str]]:
    """The word as it stands, then without و / ف, then without ب / ل / ك."""
    stems = [(text, "")]
    if text[0] in "وف" and len(text) > 2:
        stems.append((text[1:], text[0]))
    for stem, proclitics in list(stems):
        if stem.startswith("لل") and len(stem) > 4:
            stems.append(("ال" + stem[2:], proclitics + "ل"))
        elif stem[0] in "بلك" and len(stem) > 2:
            stems.append((stem[1:], proclitics + stem[0]))
    return stems


def digits_value(text: str, decimal: bool = False) -> float | None:
    """Value of a number token, or None for what is no number ("2024.11.29").

    Args:
        text: The token's text: ASCII digits, "." and ",".
        decimal: Whether a single mark before three digits is a decimal point ("1.500 مليون").

    >>> digits_value("1,500"), digits_value("3.5"), digits_value("2024.11.29")
    (1500, 3.5, None)
    """
    if text.isdecimal():
        return int(text) if len(text) <= 12 else None
    if _THOUSANDS.fullmatch(text) and not (decimal and len(text.split(".")) == 2 and "," not in text):
        value = re.sub(r"[.,]", "", text)
        return int(value) if len(value) <= 12 else None
    marks = re.findall(r"[.,]", text)
    return float(text.replace(",", ".")) if len(marks) == 1 and len(text) <= 13 else None


def read_number(tokens: Sequence[Token], first: int) -> NumberRead | None:
    """The longest number that starts at a token, or None.

    >>> from conflict_events.arabic import tokenize
    >>> read_number(tokenize("ثلاثه الاف وخمسميه"), 0).value
    3500
    """
    return _Reader(tokens, first).read() if starts_number(tokens[first]) else None


def starts_number(token: Token) -> bool:
    """Whether a number may start with the token: digits or a number word, with or without particles."""
    return token.kind == "number" or (token.kind == "word" and _part_of_word(token.text, False) is not None)


class _Reader:
    """Recursive descent over the tokens; `index` is the next token."""

    __slots__ = ("definite", "digits", "first", "index", "proclitics", "tokens")

    def __init__(self, tokens: Sequence[Token], first: int) -> None:
        self.tokens = tokens
        self.first = self.index = first
        self.proclitics = ""
        self.definite = False
        self.digits = False

    def read(self) -> NumberRead | None:
        """Groups from large to small: (below 1000) × scale, tied by و."""
        total = 0.0
        limit = float("inf")
        while self.index < len(self.tokens):
            before = self.index
            digits = self.digits
            if total and not self._step_over_and():
                break
            group = self._group(limit, continuing=total > 0)
            if group is None:
                self.index, self.digits = before, digits
                break
            value, scale = group
            total += value
            limit = scale
            if scale == 1:
                break
        if self.index == self.first or total != int(total) or total > LARGEST:
            return None
        return NumberRead(int(total), self.index, self.proclitics, self.digits, self.definite)

    def _step_over_and(self) -> bool:
        """Move to the next part if it is tied by و, written attached or apart."""
        if self.index >= len(self.tokens):
            return False
        token = self.tokens[self.index]
        if token.text == "و":
            self.index += 1
            return self.index < len(self.tokens)
        if token.text == "واحد":
            # "وأحد" of "وأحد عشر" folds to the same letters as "واحد".
            behind = _part(self.tokens[self.index + 1]) if self.index + 1 < len(self.tokens) else None
            return behind is not None and behind.word.kind == "ten"
        part = _part(token)
        return part is not None and part.proclitics == "و"

    def _peek(self) -> _Part | None:
        return _part(self.tokens[self.index]) if self.index < len(self.tokens) else None

    def _bare(self) -> _Part | None:
        """The next token as a part without particles."""
        part = self._peek()
        return part if part is not None and not part.proclitics else None

    def _group(self, limit: float, continuing: bool) -> tuple[float, float] | None:
        """A group smaller than `limit`: its value and its scale (1 for the last one)."""
        start = self.index
        token = self.tokens[start]
        part = self._peek()
        whole = False
        if token.kind == "number":
            number = self._digits(token)
            if number is None or (continuing and number >= limit):
                return None
            self.digits = True
        elif part is None:
            return None
        elif part.word.kind in ("scale", "scale_dual"):
            return self._scale_alone(part, limit, continuing)
        elif part.word.kind == "fraction":
            return self._fraction(part, continuing)
        else:
            below = self._below_thousand(continuing)
            if below is None:
                self.index = start
                return None
            number, whole = below, True
        scale = self._scale_behind()
        if scale is None:
            if number >= limit or number != int(number) or (continuing and not whole and number >= 1000):
                self.index = start
                return None
            return number, 1
        if scale >= limit or number * scale >= limit:
            self.index = start
            return None
        value = number * scale
        half = self._and_half()
        return value + half * scale, scale

    def _digits(self, token: Token) -> float | None:
        scaled = False
        if self.index + 1 < len(self.tokens):
            behind = _part(self.tokens[self.index + 1])
            scaled = behind is not None and behind.word.kind == "scale" and not behind.proclitics
        value = digits_value(token.text, decimal=scaled)
        if value is None or (value != int(value) and not scaled):
            return None
        self.index += 1
        return value

    def _open(self, part: _Part) -> None:
        """Note what the first word of the number carries, and step over it."""
        if self.index == self.first:
            self.proclitics = part.proclitics
            self.definite = part.definite
        self.index += 1

    def _scale_alone(self, part: _Part, limit: float, continuing: bool) -> tuple[float, float] | None:
        dual = _words().duals.get(part.form)
        word = dual if dual is not None and part.word.needs_number else part.word
        if word.needs_number and word.kind == "scale":
            return None
        scale = word.value if word.kind == "scale" else word.value / 2
        if scale >= limit or (continuing and "و" not in part.proclitics and self.tokens[self.index - 1].text != "و"):
            return None
        self._open(part)
        return word.value + self._and_half() * scale, scale

    def _fraction(self, part: _Part, continuing: bool) -> tuple[float, float] | None:
        behind = _part(self.tokens[self.index + 1]) if self.index + 1 < len(self.tokens) else None
        if continuing or behind is None or behind.word.kind != "scale" or behind.proclitics:
            return None
        self._open(part)
        self.index += 1
        return part.word.value * behind.word.value, behind.word.value

    def _scale_at(self, index: int) -> bool:
        part = _part(self.tokens[index]) if index < len(self.tokens) else None
        return part is not None and part.word.kind == "scale" and not part.proclitics

    def _scale_behind(self) -> float | None:
        part = self._bare()
        if part is None or part.word.kind != "scale":
            return None
        self.index += 1
        return part.word.value

    def _and_half(self) -> float:
        """Half a scale, for "ونصف" behind it ("مليون ونصف", "مليون ونصف المليون")."""
        part = self._peek()
        if part is None or part.word.kind != "fraction" or part.proclitics != "و":
            return 0.0
        self.index += 1
        if self.index < len(self.tokens):
            text = self.tokens[self.index].text
            behind = _words().by_form.get(text[2:] if text.startswith("ال") else text)
            if behind is not None and behind.kind == "scale":
                self.index += 1
        return part.word.value

    def _below_thousand(self, continuing: bool) -> float | None:
        start = self.index
        part = self._peek()
        if part is None:
            return None
        word = part.word
        hundreds = 0.0
        if word.kind in ("hundred", "hundreds"):
            if word.needs_number or _part(self.tokens[start], alone=True) is None:
                return None
            if word.weak and not continuing and not self._weak_allowed(start):
                return None
            self._open(part)
            hundreds = word.value
        elif word.kind == "unit" and 3 <= word.value <= 9 and start + 1 < len(self.tokens):
            behind = _part(self.tokens[start + 1])
            if behind is not None and behind.word.kind == "hundred" and not behind.proclitics and not behind.definite:
                self._open(part)
                self.index += 1
                hundreds = word.value * 100
        if not hundreds:
            return self._below_hundred(continuing)
        before = self.index
        if self._step_over_and():
            rest = self._rest_below_hundred()
            if rest is not None:
                return hundreds + rest
        self.index = before
        return hundreds

    def _rest_below_hundred(self) -> float | None:
        """The part behind "مئة و": words, or digits below 100."""
        token = self.tokens[self.index]
        if token.kind != "number":
            return self._below_hundred(continuing=True)
        if not token.text.isdecimal() or int(token.text) >= 100:
            return None
        self.index += 1
        self.digits = True
        return int(token.text)

    def _below_hundred(self, continuing: bool) -> float | None:
        start = self.index
        part = self._peek()
        if part is None or part.word.kind not in ("unit", "ten", "tens"):
            return None
        unit = part.word.value
        if part.word.kind == "unit":
            teen = _part(self.tokens[start + 1]) if start + 1 < len(self.tokens) else None
            if teen is not None and teen.word.kind == "ten" and not teen.proclitics and not teen.definite:
                self._open(part)
                self.index += 1
                return 10 + unit
            tens = self._tens_behind(start + 1)
            if tens is not None:
                self._open(part)
                self.index = tens[1]
                return unit + tens[0]
        if part.word.weak and not continuing:
            return None
        if _part(self.tokens[start], alone=True) is None and not self._scale_at(start + 1):
            return None
        self._open(part)
        return unit

    def _tens_behind(self, index: int) -> tuple[float, int] | None:
        """Tens as in "وعشرون" or "و عشرون" at a token: its value and one past it."""
        apart = index < len(self.tokens) and self.tokens[index].text == "و"
        if apart:
            index += 1
        part = _part(self.tokens[index]) if index < len(self.tokens) else None
        if part is None or part.word.kind != "tens" or part.proclitics != ("" if apart else "و"):
            return None
        return part.word.value, index + 1

    def _weak_allowed(self, index: int) -> bool:
        """Whether a number is meant: "ميتا" is مئتا or ميتاً (dead), and counts only before a word that it can count."""
        behind = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        before = self.tokens[index - 1].text if index else ""
        if behind is None or behind.kind != "word" or behind.text in _PREPOSITIONS:
            return False
        return not before.endswith(("ين", "ان"))
