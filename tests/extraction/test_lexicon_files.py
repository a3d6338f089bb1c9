"""Every entry of triggers.yaml, cues.yaml and word_sets.yaml is found in its own example sentence."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from conflict_events.arabic import fold, proclitic_readings, tokenize
from conflict_events.arabic.vocabulary import VocabularyError, read_entries
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.wordsets import word_set
from conflict_events.lexicon import load_lexicon
from conflict_events.lexicon.sources import Entry, entries, read_yaml

FOLDER = load_lexicon().path
TRIGGERS = [
    entry
    for section in ("lexemes", "phrases")
    for entry in entries(read_yaml(FOLDER / "triggers.yaml"), section, "triggers.yaml")
]
CUES = list(entries(read_yaml(FOLDER / "cues.yaml"), "cues", "cues.yaml"))


@pytest.mark.parametrize("entry", TRIGGERS, ids=lambda entry: entry.id)
def test_trigger_is_found_in_its_example(entry: Entry, read: Callable[..., Sentence]) -> None:
    sentence = read(entry.text("example"))
    assert entry.id in {trigger.entry.id for trigger in sentence.triggers}


@pytest.mark.parametrize("entry", CUES, ids=lambda entry: entry.id)
def test_cue_is_found_in_its_example(entry: Entry, read: Callable[..., Sentence]) -> None:
    assert read(entry.text("example")).cues.get(entry.id)


@pytest.mark.parametrize("entry", read_entries("word_sets"), ids=lambda entry: str(entry["id"]))
def test_set_holds_a_word_of_its_example(entry: Mapping[str, Any]) -> None:
    words = [token.text for token in tokenize(fold(entry["example"]).text)]
    readings = {reading for word in words for reading, _ in proclitic_readings(word)} | set(words)
    assert readings & word_set(str(entry["id"]))


def test_a_set_that_nobody_wrote_is_told() -> None:
    with pytest.raises(VocabularyError, match="has no set 'elves'"):
        word_set("elves")
