"""Sets of function words: those of `cues.yaml`, and those that the grammar modules still hold themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from conflict_events.extraction.reading import bare_word
from conflict_events.lexicon.orthography import fold_word
from conflict_events.lexicon.paths import include_dir
from conflict_events.lexicon.sources import LexiconError, entries, read_yaml

__all__ = ["word_set", "words"]

_SHORTEST_REST = 3  # letters; shorter ones are other words


def words(text: str) -> frozenset[str]:
    """The words of a text, folded as sentences are ("علي", not "على").

    >>> sorted(words("هم هما"))
    ['هم', 'هما']
    """
    return frozenset(text.split())


def word_set(name: str) -> frozenset[str]:
    """The words of an entry of `cues.yaml`, section `words`, folded.

    Raises:
        LexiconError: There is no such entry, or it is not as it should be.
    """
    found = _sets().get(name)
    if found is None:
        raise LexiconError(f"cues.yaml: section 'words': entry {name!r} is missing")
    return found


@cache
def _sets() -> Mapping[str, frozenset[str]]:
    data = read_yaml(include_dir() / "lexicon" / "cues.yaml")
    return {
        entry.id: frozenset(form for word in entry.texts("words") for form in _forms(fold_word(word)))
        for entry in entries(data, "words", "cues.yaml")
    }


def _forms(word: str) -> tuple[str, ...]:
    """A folded word, and what is left of it where its first letter is taken for و or ف before a word ("فصائل")."""
    rest = bare_word(word)
    return (word, rest) if word[0] in "وف" and len(rest) > _SHORTEST_REST else (word,)
