"""What each distinct word may mean, found once: its readings, and one bit for each kind of mention that may begin with it.

News repeats its words. A sentence whose words carry no bit of a kind is never read for that kind, and a page without a
word that can tell of an occurrence is passed over as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import IntFlag

from conflict_events.arabic import FirstWords, PhraseMatcher, Token
from conflict_events.arabic.dates import may_hold_date
from conflict_events.arabic.quantities import may_hold_quantity
from conflict_events.lexicon import Analysis, Morphology

__all__ = ["Bit", "Vocabulary"]

_LIMIT = 400_000
_FIRST = 1 << 32  # below it: the marks of the phrase matchers

Word = tuple[tuple[Analysis, ...], int]
"""Readings and marks of a word."""


class Bit(IntFlag):
    """Kinds of mention that a word may begin, beside the phrases of the matchers."""

    EVENT = _FIRST  # an occurrence: a trigger that is more than a link, somebody harmed
    TRIGGER = _FIRST << 1
    DATE = _FIRST << 2
    QUANTITY = _FIRST << 3
    PERSON = _FIRST << 4
    HEAD = _FIRST << 5
    ADJECTIVE = _FIRST << 6
    NAMING = _FIRST << 7
    LOYAL = _FIRST << 8
    VERB = _FIRST << 9
    SOURCE = _FIRST << 10
    WEAPON = _FIRST << 11
    INFRASTRUCTURE = _FIRST << 12
    KIND = _FIRST << 13
    OTHERS = _FIRST << 14


class Vocabulary:
    """The words met so far. One instance serves all articles; it forgets them when they are too many."""

    def __init__(
        self,
        morphology: Morphology,
        matchers: Iterable[PhraseMatcher],
        lexemes: Iterable[tuple[Bit, Iterable[str]]],
        tests: Mapping[Bit, Callable[[str], bool]],
    ) -> None:
        """Set up.

        Args:
            morphology: Gives the readings.
            matchers: Gets a mark each, under which the words are marked that its phrases begin with.
            lexemes: Bits, and the ids of the lexemes whose forms carry them.
            tests: Bits, and what tells by its letters alone whether an Arabic word carries them.
        """
        self._morphology = morphology
        self._first = FirstWords(matchers)
        self._lexemes: dict[str, int] = {}
        for bit, ids in lexemes:
            for lexeme in ids:
                self._lexemes[lexeme] = self._lexemes.get(lexeme, 0) | int(bit)
        self._tests = tuple((int(bit), test) for bit, test in tests.items())
        self._words: dict[str, Word] = {}

    def look_up(self, tokens: Iterable[Token]) -> list[Word]:
        """Readings and marks of each token."""
        known = self._words
        try:
            return [known[token.text] for token in tokens]
        except KeyError:
            return [known.get(token.text) or self._learn(token) for token in tokens]

    def _learn(self, token: Token) -> Word:
        if len(self._words) >= _LIMIT:
            self._words.clear()
        found = self._words[token.text] = self._meaning(token)
        return found

    def _meaning(self, token: Token) -> Word:
        text, kind = token.text, token.kind
        if kind in ("punct", "break"):
            return (), int(Bit.DATE) if may_hold_date(token) else 0
        marks = int(Bit.DATE) if may_hold_date(token) else 0
        if may_hold_quantity(token):
            marks |= int(Bit.QUANTITY)
        if kind != "word":
            return (), marks | self._first.marks(text.lower() if kind == "latin" else text, plain=True)
        marks |= self._first.marks(text)
        for bit, test in self._tests:
            if test(text):
                marks |= bit
        analyses = self._morphology.analyze(text)
        for analysis in analyses:
            marks |= self._lexemes.get(analysis.lexeme, 0)
        return analyses, marks
