"""The first look at a text: whether any of its words could tell of an occurrence.

The look is taken before anything is cut from the page. It never turns away a text that could yield a claim: a claim
needs a trigger that is more than a link, or somebody harmed, and each of them shows in single words of the folded text.
The words are looked at as they are typed, so that a text need not be folded for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from conflict_events.arabic import proclitic_readings, strip_article
from conflict_events.arabic.raw_words import is_typed_over, joins_words, raw_words, words_of
from conflict_events.extraction.vocabulary import Bit, Vocabulary

__all__ = ["TextGate"]

_REMEMBERED = 25_000  # words that tell of nothing; as many more that were met before


class _Part(NamedTuple):
    """What a word as it is typed may be part of.

    Attributes:
        begun: The other words of each phrase that it may begin; one set without a word for what tells by itself.
        inside: What it is among those other words.
    """

    begun: tuple[frozenset[str], ...]
    inside: tuple[str, ...]


_TELLS = _Part((frozenset(),), ())


class TextGate:
    """Tells texts that may yield a claim from those that can't. One instance serves a process."""

    def __init__(self, vocabulary: Vocabulary, opening: int, behind: Mapping[str, Collection[frozenset[str]]]) -> None:
        """Set up.

        Args:
            vocabulary: Knows the words that tell by themselves (`Bit.EVENT`, `Bit.HARM`).
            opening: Mark of the words that a trigger phrase may begin with.
            behind: The other words of each phrase by its first one, all without their article.
        """
        self._vocabulary = vocabulary
        self._opening = opening
        self._behind = behind
        self._inside = frozenset(word for phrases in behind.values() for others in phrases for word in others)
        self._silent: set[str] = set()
        self._formerly: set[str] = set()
        self._parts: dict[str, _Part] = {}

    def passes(self, text: str) -> bool:
        """Whether the text may tell of an occurrence.

        Args:
            text: A raw text, title and all.
        """
        # Where a word's letters depend on what stands around it, and so on what is cut from the page, words do not
        # judge the text: neither broken up ones nor, in `_learn`, those with a Latin letter typed for an Arabic one.
        if joins_words(text):
            return True
        fresh = raw_words(text) - self._silent
        again = fresh & self._formerly
        if again:
            self._silent |= again
            fresh -= again
        if len(self._silent) >= _REMEMBERED:
            self._formerly, self._silent = self._silent, set()
            self._parts.clear()
        known = self._parts
        begun: list[frozenset[str]] = []
        inside: list[str] = []
        for word in fresh:
            part = known.get(word) or self._learn(word)
            if part is None:
                continue
            if part is _TELLS:
                return True
            begun += part.begun
            inside += part.inside
        return any(others.issubset(inside) for others in begun) if begun and inside else False

    def _learn(self, raw_word: str) -> _Part | None:
        """What a word may be part of, None for nothing; it is remembered."""
        part = _TELLS if is_typed_over(raw_word) else self._part_of(raw_word)
        if part is None:
            self._silent.add(raw_word)
        else:
            self._parts[raw_word] = part
        return part

    def _part_of(self, raw_word: str) -> _Part | None:
        begun: list[frozenset[str]] = []
        inside: list[str] = []
        for word in words_of(raw_word):
            marks = self._vocabulary.marks_of(word)
            if marks & (Bit.EVENT | Bit.HARM):
                return _TELLS
            if marks & self._opening:
                readings = {strip_article(reading) for reading, _ in proclitic_readings(word)}
                begun += (others for reading in readings for others in self._behind.get(reading, ()))
            inside += {word, word.removeprefix("ال")} & self._inside
        if frozenset() in begun:
            return _TELLS
        return _Part(tuple(begun), tuple(inside)) if begun or inside else None
