"""Every entry of the lexicon's files is found in its own example sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conflict_events.arabic import Phrase, PhraseMatcher, fold, strip_article, tokenize
from conflict_events.lexicon import Lexeme, Lexicon, Morphology, load_lexicon


def _found_phrase(phrases: tuple[str, ...], example: str, article: str = "exact") -> bool:
    tokens = tokenize(fold(example).text)
    matcher = PhraseMatcher([Phrase(text, text, article) for text in phrases])  # type: ignore[arg-type]
    return bool(matcher.find(tokens))


def _lexemes_of(morphology: Morphology, example: str) -> set[str]:
    words = (token.text for token in tokenize(fold(example).text) if token.kind == "word")
    return {lexeme for word in words for lexeme in morphology.lexemes(word)}


def _inflected() -> list[Lexeme]:
    """Lexemes with an example of their own; those made for a term or an actor are checked with it."""
    return [lexeme for lexeme in load_lexicon().lexemes.values() if lexeme.example and lexeme.pos != "phrase"]


@pytest.mark.parametrize("lexeme", _inflected(), ids=lambda lexeme: lexeme.id)
def test_word_is_found_in_its_example(lexeme: Lexeme, morphology: Morphology) -> None:
    assert lexeme.id in _lexemes_of(morphology, lexeme.example)


@pytest.mark.parametrize("actor", load_lexicon().actors, ids=lambda actor: actor.entry)
def test_actor_is_found_in_its_example(actor, morphology: Morphology) -> None:
    named = (*actor.names, *actor.country_names)
    by_name = bool(named) and _found_phrase(named, actor.example)
    assert by_name or set(actor.adjectives) & _lexemes_of(morphology, actor.example)


@pytest.mark.parametrize("source", load_lexicon().sources, ids=lambda source: source.id)
def test_source_is_found_in_its_example(source, morphology: Morphology) -> None:
    by_name = bool(source.names) and _found_phrase(source.names, source.example, "optional")
    assert by_name or set(source.lexemes) & _lexemes_of(morphology, source.example)


@pytest.mark.parametrize(
    "term", (*load_lexicon().weapons, *load_lexicon().infrastructure), ids=lambda term: f"{term.id}-{term.label_en}"
)
def test_term_is_found_in_its_example(term, morphology: Morphology) -> None:
    by_phrase = bool(term.phrases) and _found_phrase(term.phrases, term.example, "optional")
    assert by_phrase or set(term.lexemes) & _lexemes_of(morphology, term.example)


@pytest.mark.parametrize("attribution", load_lexicon().attributions, ids=lambda attribution: attribution.id)
def test_attribution_is_found_in_its_example(attribution) -> None:
    # A preposition that is written attached to the next word ("وفقا ل") is no token of its own.
    phrases = tuple(text.removesuffix(" ل") for text in attribution.phrases)
    assert _found_phrase(phrases, attribution.example)


@pytest.mark.parametrize("words", load_lexicon().source_words.values(), ids=lambda words: words.id)
def test_word_set_has_a_word_in_its_example(words) -> None:
    told = fold(words.example).text.split()
    assert words.words & {
        form for word in told for form in (word, strip_article(word), word.removeprefix("لل"), word[1:])
    }


def _matchable(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for actor in lexicon.actors:
        yield from ((actor.entry, name) for name in (*actor.names, *actor.country_names))
    for source in lexicon.sources:
        yield from ((source.id, name) for name in source.names)
    for term in (*lexicon.weapons, *lexicon.infrastructure):
        yield from ((term.id, phrase) for phrase in term.phrases)


def test_every_name_matches_itself(lexicon: Lexicon) -> None:
    """A name that the matcher can't find as it is written would be dead weight."""
    dead = [(entry, name) for entry, name in _matchable(lexicon) if not _found_phrase((name,), f"قال {name} ذلك")]
    assert dead == []


def test_no_name_is_listed_twice_in_one_entry(lexicon: Lexicon) -> None:
    twice = [
        (entry.entry, name) for entry in lexicon.actors for name in set(entry.names) if entry.names.count(name) > 1
    ]
    assert twice == []


def test_one_name_means_one_actor_at_a_time(lexicon: Lexicon) -> None:
    """Two unambiguous entries with one name must not hold on the same day; one of a country outranks a general one."""
    by_name: dict[str, list] = {}
    for actor in lexicon.actors:
        for name in actor.names:
            by_name.setdefault(fold(name).text, []).append(actor)
    clashes = [
        (name, first.entry, second.entry)
        for name, actors in by_name.items()
        for index, first in enumerate(actors)
        for second in actors[index + 1 :]
        if first.id != second.id
        and first.country == second.country
        and not (first.ambiguous or second.ambiguous)
        and not (
            (first.valid_until and second.valid_from and first.valid_until < second.valid_from)
            or (second.valid_until and first.valid_from and second.valid_until < first.valid_from)
        )
    ]
    assert clashes == []
