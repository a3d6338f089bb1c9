"""What a page is about, by the words that give its subject away: war, sport, business, crime, mishaps, ...

Teams and companies attack, seize and withdraw, too; of what they do the words alone don't tell, but the page does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from conflict_events.arabic import fold_word
from conflict_events.arabic.vocabulary import VocabularyError, read_entries
from conflict_events.extraction.reading import Sentence, bare_word

__all__ = ["load_topics", "topics_of"]

_FULL = 12
"""A page is wholly about a topic when one of so many words belongs to it."""
_PARTICLES = ("", "و", "ف")  # what `bare_word` takes from a word
_ARTICLES = ("", "ال")


@lru_cache(maxsize=1)
def load_topics() -> dict[str, str]:
    """The topic of each word of `include/lexicon/topics.yaml`, folded and bare.

    Raises:
        VocabularyError: The file is missing or no YAML, an entry lacks a key, or a word stands under two topics.
    """
    found: dict[str, str] = {}
    for entry in read_entries("topics", ("id", "words", "example")):
        for word in entry["words"]:
            topic = found.setdefault(bare_word(fold_word(word)), str(entry["id"]))
            if topic != entry["id"]:
                raise VocabularyError(f"topics.yaml: {word!r} stands under {topic} and {entry['id']}; keep one of them")
    return found


def topics_of(sentences: Iterable[Sentence]) -> dict[str, float]:
    """How far sentences are about each topic, 0 to 1; topics without a word of theirs are left out.

    Args:
        sentences: Sentences of a page, or one alone.
    """
    topic_of = _topics_as_written().get
    found: dict[str, int] = {}
    words = 0
    for sentence in sentences:
        words += len(sentence.words)
        for topic in filter(None, map(topic_of, sentence.words)):
            found[topic] = found.get(topic, 0) + 1
    return {topic: min(1.0, _FULL * number / words) for topic, number in found.items()}


@lru_cache(maxsize=1)
def _topics_as_written() -> dict[str, str]:
    """The topic of each folded word that is one of `load_topics` when it is bare."""
    forms = (
        (f"{particle}{article}{word}", word)
        for word in load_topics()
        for particle in _PARTICLES
        for article in _ARTICLES
    )
    return {form: load_topics()[word] for form, word in forms if bare_word(form) == word}
