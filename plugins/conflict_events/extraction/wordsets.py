"""Sets of function words: those of `cues.yaml`, and those that the grammar modules still hold themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from conflict_events.lexicon.orthography import fold_word
from conflict_events.lexicon.paths import include_dir
from conflict_events.lexicon.sources import LexiconError, entries, read_yaml

__all__ = ["word_set", "words"]


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
        entry.id: frozenset(fold_word(word) for word in entry.texts("words"))
        for entry in entries(data, "words", "cues.yaml")
    }
