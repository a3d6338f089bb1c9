"""What each distinct word may mean, found once: its readings, and a bit for each kind of mention that it may begin.

News repeats its words. A sentence whose words carry no bit of a kind is never read for that kind, and a page without a
word that can tell of an occurrence is passed over as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from conflict_events.arabic import FirstWords, PhraseMatcher, Token
from conflict_events.arabic.dates import date_words, may_hold_date
from conflict_events.arabic.quantities import may_hold_quantity, quantity_words
from conflict_events.lexicon import Analysis, Morphology
from conflict_events.remembered import Remembered

__all__ = ["Bit", "Vocabulary"]

_REMEMBERED = 25_000  # words
_MOST_PARTICLES = 4
_FIRST = 1 << 32  # below it: the marks of the phrase matchers

Word = tuple[tuple[Analysis, ...], int]
"""Readings and marks of a word."""

_NOTHING: Word = ((), 0)


class Bit:
    """Kinds of mention that a word may begin, beside the phrases of the matchers: plain integers, to be or-ed."""

    HARM = _FIRST  # somebody harmed
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
    EVENT = _FIRST << 15  # a trigger that is more than a link
    ARMED = _FIRST << 16  # arms, fire, the dead
    BEARING = _FIRST << 17  # a noun that may turn a hint into an act


class Vocabulary:
    """The words met so far. One instance serves all articles; it forgets them when they are too many."""

    def __init__(
        self,
        morphology: Morphology,
        matchers: Iterable[PhraseMatcher],
        lexemes: Iterable[tuple[int, Iterable[str]]],
        tests: Iterable[tuple[int, Callable[[str], bool], Iterable[str]]],
    ) -> None:
        """Set up.

        Args:
            morphology: Gives the readings.
            matchers: Gets a mark each, under which the words are marked that its phrases begin with.
            lexemes: Bits, and the ids of the lexemes whose forms carry them.
            tests: Bits, what tells by its letters alone whether an Arabic word carries them, and the words that it
                looks for behind particles and article.
        """
        self._morphology = morphology
        self._first = FirstWords(matchers)
        self._lexemes: dict[str, int] = {}
        for bit, ids in lexemes:
            for lexeme in ids:
                self._lexemes[lexeme] = self._lexemes.get(lexeme, 0) | bit
        tests = tuple(tests)
        self._tests = tuple((bit, test) for bit, test, _ in tests)
        self._stems = frozenset(self._first.words()).union(
            date_words(), quantity_words(), *(words for _, _, words in tests)
        )
        self._words: Remembered[Word] = Remembered(_REMEMBERED)

    def look_up(self, tokens: Sequence[Token], words: Sequence[str]) -> list[Word]:
        """Readings and marks of each token.

        Args:
            tokens: The tokens.
            words: Their texts.
        """
        known = self._words
        return [known.get(word) or self._known(token) for word, token in zip(words, tokens, strict=True)]

    def marks_of(self, word: str) -> int:
        """Marks of a folded Arabic word."""
        return self._known(Token(word, 0, len(word), "word"))[1]

    def _known(self, token: Token) -> Word:
        try:
            return self._words[token.text]
        except KeyError:
            found = self._meaning(token)
            found = self._words[token.text] = found if found != _NOTHING else _NOTHING
            return found

    def _meaning(self, token: Token) -> Word:
        text, kind = token.text, token.kind
        if kind != "word":
            plain = text.lower() if kind == "latin" else text
            return (), self._marks(token) | (self._first.marks(plain, plain=True) if kind in ("latin", "number") else 0)
        marks = 0
        if not self._stems.isdisjoint(_stems_of(text)):
            marks = self._marks(token) | self._first.marks(text)
            for bit, test in self._tests:
                if test(text):
                    marks |= bit
        analyses = self._morphology.analyze(text)
        for analysis in analyses:
            marks |= self._lexemes.get(analysis.lexeme, 0)
        return analyses, marks

    @staticmethod
    def _marks(token: Token) -> int:
        return (Bit.DATE if may_hold_date(token) else 0) | (Bit.QUANTITY if may_hold_quantity(token) else 0)


def _stems_of(word: str) -> Iterator[str]:
    """A word without any of the particles that may stand before it, with and without its article.

    Looser than every reader: what none of these names, none of them looks at.
    """
    for _ in range(_MOST_PARTICLES):
        yield word
        if word.startswith("ال"):
            yield word[2:]
        elif word.startswith("ل"):
            yield "ا" + word
            yield "ال" + word[1:]
        if len(word) < 2 or word[0] not in "وفبلك":
            return
        word = word[1:]
