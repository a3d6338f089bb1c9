"""Finds many known phrases in tokens at once: place names, actor names, fixed expressions.

The first word of a phrase may carry the particles that Arabic writes attached to it ("وببغداد" is و + ب + بغداد). All
readings of a word are looked up at once and remembered, since a news corpus uses few distinct words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from conflict_events.arabic.folding import fold_word
from conflict_events.arabic.tokens import ARABIC, Token, tokenize
from conflict_events.remembered import Remembered

__all__ = ["FirstWords", "Phrase", "PhraseMatch", "PhraseMatcher", "proclitic_readings", "strip_article"]

P = TypeVar("P")

_PLAIN = re.compile(f"[{ARABIC} ]+")
_PASSED_OVER = frozenset("\"'()[]{}<>")
_CACHE_LIMIT = 5_000
_SHORTEST_AFTER_PROCLITIC = 3


@dataclass(frozen=True, slots=True)
class Phrase(Generic[P]):
    """A phrase to look for.

    Attributes:
        text: The words as one writes them; folded by the matcher.
        payload: What a match hands back.
        article: "exact": ال stands where the phrase has it and nowhere else. "optional": each word with or without ال.
    """

    text: str
    payload: P
    article: Literal["exact", "optional"] = "exact"


class PhraseMatch(NamedTuple):
    """Where a phrase was found.

    Attributes:
        first: Index of its first token.
        last: One past the index of its last token.
        payload: Payload of the phrase; the first one where several phrases read alike.
        proclitics: Particles attached to the first word, in order ("" or for example "وب").
        payloads: Payloads of all phrases that read alike.
    """

    first: int
    last: int
    payload: Any
    proclitics: str
    payloads: tuple[Any, ...]


@dataclass(slots=True)
class _Node:
    """What may follow the words read so far, and the phrases that end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    payloads: list[Any] = field(default_factory=list)


class _Opening(NamedTuple):
    """What a matcher knows of a word that a phrase may begin with.

    Attributes:
        starts: Nodes that it may lead to: (node, particles, whether ال is optional).
        behind: The words with which a longer phrase may go on.
        optional: Whether one of them may stand there with ال, too.
        alone: What is found where none of them follows; None where the word is no phrase by itself.
    """

    starts: tuple[tuple[_Node, str, bool], ...]
    behind: frozenset[str]
    optional: bool
    alone: PhraseMatch | None


def strip_article(word: str) -> str:
    """A folded word without its ال; الله and words too short to hold one stay.

    >>> strip_article("الجيش"), strip_article("الله")
    ('جيش', 'الله')
    """
    return word[2:] if word.startswith("ال") and len(word) > 3 and word != "الله" else word


def proclitic_readings(word: str) -> tuple[tuple[str, str], ...]:
    """All ways to read a folded word as particles + word, plainest first, as (word, particles).

    >>> proclitic_readings("وللباب")[-3:]
    (('الباب', 'ول'), ('اللباب', 'ول'), ('لباب', 'ول'))
    """
    try:
        return _READINGS[word]
    except KeyError:
        found = _READINGS[word] = tuple(_proclitic_readings(word))
        return found


_READINGS: Remembered[tuple[tuple[str, str], ...]] = Remembered(2_000)  # each holds many words; few are asked for twice


def _proclitic_readings(word: str) -> Iterator[tuple[str, str]]:
    bases = [(word, "")]
    if word[0] in "وف" and len(word) > 2:
        bases.append((word[1:], word[0]))
    yield from bases
    for base, particles in bases:
        if len(base) < 3:
            continue
        if base.startswith("لل"):
            yield "ال" + base[2:], particles + "ل"
            # Three lams are written as two: للاذقية is ل + اللاذقية.
            yield "ا" + base, particles + "ل"
        if base[0] in "بكل":
            yield base[1:], particles + base[0]


class PhraseMatcher:
    """Looks for all its phrases in one walk over the tokens; longest match first, never across a line break.

    >>> matcher = PhraseMatcher([Phrase("الباب", "AL_BAB"), Phrase("حزب الله", "HEZBOLLAH", "optional")])
    >>> [(m.payload, m.proclitics) for m in matcher.find(tokenize("عناصر لحزب الله بالباب"))]
    [('HEZBOLLAH', 'ل'), ('AL_BAB', 'ب')]

    Attributes:
        mark: Bit by which a `FirstWords` tells the words that a phrase of this matcher may begin with; 0 without one.
    """

    def __init__(self, phrases: Iterable[Phrase[Any]]) -> None:
        self.mark = 0
        self._exact = _Node()
        self._optional = _Node()
        self._cache: dict[str, _Opening | None] = {}
        known = list(phrases)
        for phrase, folded in zip(known, _folded([phrase.text for phrase in known]), strict=True):
            self._add(phrase, folded)

    def _add(self, phrase: Phrase[Any], folded: str) -> None:
        if _PLAIN.fullmatch(folded):
            words = folded.split()
        else:
            words = [_key(token) for token in tokenize(folded) if token.kind not in ("punct", "break")]
        if not words:
            raise ValueError(f"phrase {phrase.text!r} holds no word to look for")
        exact = phrase.article == "exact"
        node = self._exact if exact else self._optional
        for word in words:
            key = word if exact else strip_article(word)
            behind = node.following.get(key)
            if behind is None:
                behind = node.following[key] = _Node()
            node = behind
        if phrase.payload not in node.payloads:
            node.payloads.append(phrase.payload)

    def _opening(self, token: Token) -> _Opening | None:
        """What the token may begin as a first word; None where no phrase begins with it."""
        word = _key(token)
        if word in self._cache:
            return self._cache[word]
        starts = []
        readings = proclitic_readings(word) if token.kind == "word" else ((word, ""),)
        for reading, particles in readings:
            for root, optional in ((self._exact, False), (self._optional, True)):
                node = root.following.get(strip_article(reading) if optional else reading)
                if node is not None:
                    starts.append((_long_enough(node, reading, particles), particles, optional))
        if len(self._cache) >= _CACHE_LIMIT:
            self._cache.clear()
        found = self._cache[word] = _opening_of(token, tuple(starts)) if starts else None
        return found

    def first_words(self) -> tuple[Iterable[str], Iterable[str]]:
        """Words that its phrases begin with: of those with a fixed article, and of the others, without theirs."""
        return self._exact.following, self._optional.following

    def may_begin(self, token: Token) -> bool:
        """Whether a phrase may begin with the token."""
        return self._opening(token) is not None

    def find(self, tokens: Sequence[Token], at: Iterable[int] | None = None) -> list[PhraseMatch]:
        """Matches from left to right, not overlapping.

        Args:
            tokens: The tokens.
            at: Indexes, ascending, at which alone a phrase can begin, where the caller knows them.
        """
        found = []
        end = 0
        cache = self._cache
        for index in range(len(tokens)) if at is None else at:
            token = tokens[index]
            if index < end or token.kind in ("punct", "break"):
                continue
            opening = cache[token.text] if token.text in cache else self._opening(token)
            if opening is None:
                continue
            match = opening.alone
            if opening.behind and _goes_on(tokens, index + 1, opening):
                match = _longest(tokens, index, opening.starts)
            elif match is not None:
                match = PhraseMatch(index, index + 1, match.payload, match.proclitics, match.payloads)
            if match is not None:
                found.append(match)
                end = match.last
        return found


class FirstWords:
    """Which of many matchers a word may begin a phrase of, found by one look at the word.

    >>> actors, places = PhraseMatcher([Phrase("حزب الله", 1)]), PhraseMatcher([Phrase("حزب", 2)])
    >>> words = FirstWords([actors, places])
    >>> words.marks("وحزب") == actors.mark | places.mark, words.marks("بيت")
    (True, 0)
    """

    def __init__(self, matchers: Iterable[PhraseMatcher]) -> None:
        self._exact: dict[str, int] = {}
        self._optional: dict[str, int] = {}
        for number, matcher in enumerate(matchers):
            matcher.mark = 1 << number
            for known, words in zip((self._exact, self._optional), matcher.first_words(), strict=True):
                for word in words:
                    known[word] = known.get(word, 0) | matcher.mark

    def words(self) -> Iterator[str]:
        """All first words."""
        yield from self._exact
        yield from self._optional

    def marks(self, word: str, plain: bool = False) -> int:
        """The marks of all matchers of which a phrase may begin with the word.

        Args:
            word: Text of a token, in lower case where it is latin.
            plain: Whether it carries no particles, being no Arabic word.
        """
        exact, optional, found = self._exact, self._optional, 0
        for reading, _ in ((word, ""),) if plain else proclitic_readings(word):
            found |= exact.get(reading, 0) | optional.get(strip_article(reading), 0)
        return found


def _folded(texts: list[str]) -> list[str]:
    """Texts folded, all in one go where each is a single line: matchers hold thousands."""
    lines = fold_word("\n".join(texts)).split("\n")
    return lines if len(lines) == len(texts) else [fold_word(text) for text in texts]


def _key(token: Token) -> str:
    return token.text.lower() if token.kind == "latin" else token.text


def _long_enough(node: _Node, reading: str, particles: str) -> _Node:
    """A word of two letters is no phrase of its own behind ب, ل or ف: "باب" is a door, not ب + اب; but "تعز وإب"."""
    if node.payloads and particles not in ("", "و") and len(reading) < _SHORTEST_AFTER_PROCLITIC:
        return _Node(node.following)
    return node


def _opening_of(token: Token, starts: tuple[tuple[_Node, str, bool], ...]) -> _Opening:
    return _Opening(
        starts,
        frozenset(word for node, _, _ in starts for word in node.following),
        any(optional for _, _, optional in starts),
        _longest((token,), 0, starts),
    )


def _goes_on(tokens: Sequence[Token], index: int, opening: _Opening) -> bool:
    """Whether a longer phrase may go on with the next token that is no quote or bracket."""
    while index < len(tokens):
        token = tokens[index]
        if token.kind != "punct" or token.text not in _PASSED_OVER:
            behind = opening.behind
            return _key(token) in behind or (opening.optional and strip_article(token.text) in behind)
        index += 1
    return False


def _longest(tokens: Sequence[Token], first: int, starts: tuple[tuple[_Node, str, bool], ...]) -> PhraseMatch | None:
    best_last, best_particles = first, ""
    payloads: list[Any] = []
    for start, particles, optional in starts:
        last, node = _walk(tokens, first + 1, start, optional)
        if node is None or last < best_last:
            continue
        if last > best_last or not payloads:
            best_last, best_particles, payloads = last, particles, list(node.payloads)
        elif particles == best_particles:
            payloads.extend(payload for payload in node.payloads if payload not in payloads)
    if not payloads:
        return None
    return PhraseMatch(first, best_last, payloads[0], best_particles, tuple(payloads))


def _walk(tokens: Sequence[Token], index: int, node: _Node, optional: bool) -> tuple[int, _Node | None]:
    """Follow the trie from `node`; the end of the longest phrase and its node, or None."""
    last, best = (index, node) if node.payloads else (index, None)
    while node.following and index < len(tokens):
        token = tokens[index]
        if token.kind == "punct" and token.text in _PASSED_OVER:
            index += 1
            continue
        following = node.following.get(_key(token))
        if following is None and optional:
            following = node.following.get(strip_article(token.text))
        if following is None or token.kind == "break":
            break
        node = following
        index += 1
        if node.payloads:
            last, best = index, node
    return last, best
