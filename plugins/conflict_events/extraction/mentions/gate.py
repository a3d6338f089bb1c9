"""The first look at a text: whether any of its words could tell of an occurrence.

The look is taken before anything is cut from the page. It never turns away a text that could yield a claim: a claim
needs a trigger that is more than a link, or somebody harmed, and each of them shows in single words of the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from conflict_events.arabic import fold_word, proclitic_readings, strip_article
from conflict_events.arabic.tokens import ARABIC_WORD
from conflict_events.extraction.vocabulary import Bit, Vocabulary

__all__ = ["TextGate"]

_REMEMBERED = 50_000  # words that tell of nothing; as many more that were met before
# Where a word's letters depend on what stands around it, and so on what is cut from the page: a latin letter typed
# for an Arabic one, a word broken up by tatweel and blanks. Such texts are not judged by their words.
_TYPED = re.compile(r"[A-Za-z](?=[\u0620-\u06d3\ufb50-\ufefc])")
_BROKEN = re.compile(r"[ .*•·]\u0640")


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
        self._silent: set[str] = set()
        self._formerly: set[str] = set()
        self._phrases: dict[str, tuple[frozenset[str], ...]] = {}

    def passes(self, text: str) -> bool:
        """Whether the text may tell of an occurrence.

        Args:
            text: A raw text, title and all.
        """
        if _TYPED.search(text) or ("\u0640" in text and _BROKEN.search(text)):
            return True
        words = set(ARABIC_WORD.findall(fold_word(text)))
        fresh = words - self._silent
        again = fresh & self._formerly
        self._silent |= again
        fresh -= again
        if len(self._silent) >= _REMEMBERED:
            self._formerly, self._silent = self._silent, set()
            self._phrases.clear()
        known = self._phrases
        for word in fresh:
            for others in known[word] if word in known else self._learn(word):
                for other in others:
                    if other not in words and "ال" + other not in words:
                        break
                else:
                    return True
        return False

    def _learn(self, word: str) -> tuple[frozenset[str], ...]:
        """The other words of each phrase that a word begins; one set without a word for what tells by itself."""
        marks = self._vocabulary.marks_of(word)
        found: tuple[frozenset[str], ...] = ()
        if marks & (Bit.EVENT | Bit.HARM):
            found = (frozenset(),)
        elif marks & self._opening:
            readings = (strip_article(reading) for reading, _ in proclitic_readings(word))
            found = tuple(others for reading in readings for others in self._behind.get(reading, ()))
        if found:
            self._phrases[word] = found
        else:
            self._silent.add(word)
        return found
