"""Sets of function words that the grammar asks for: `include/lexicon/word_sets.yaml`."""

from __future__ import annotations

from functools import cache

from conflict_events.arabic.vocabulary import VocabularyError, folded_forms, read_entries

__all__ = ["word_set", "words"]


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {str(entry["id"]): frozenset(folded_forms(entry["forms"])) for entry in read_entries("word_sets")}


def word_set(name: str) -> frozenset[str]:
    """The words of a set, folded as sentences are.

    Raises:
        VocabularyError: The file has no set of that name, or can't be read.
    """
    try:
        return _sets()[name]
    except KeyError:
        raise VocabularyError(f"include/lexicon/word_sets.yaml: has no set {name!r}; the grammar needs it") from None


def words(text: str) -> frozenset[str]:
    """The words of a text, folded as sentences are ("علي", not "على").

    >>> sorted(words("هم هما"))
    ['هم', 'هما']
    """
    return frozenset(text.split())
