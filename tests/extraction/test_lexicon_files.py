"""Every entry of triggers.yaml and cues.yaml is found in its own example sentence."""

from collections.abc import Callable

import pytest

from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.wordsets import word_set
from conflict_events.lexicon import load_lexicon
from conflict_events.lexicon.sources import Entry, LexiconError, entries, read_yaml

FOLDER = load_lexicon().path
TRIGGERS = [
    entry
    for section in ("lexemes", "phrases")
    for entry in entries(read_yaml(FOLDER / "triggers.yaml"), section, "triggers.yaml")
]
SETS = list(entries(read_yaml(FOLDER / "cues.yaml"), "words", "cues.yaml"))
CUES = list(entries(read_yaml(FOLDER / "cues.yaml"), "cues", "cues.yaml"))


@pytest.mark.parametrize("entry", TRIGGERS, ids=lambda entry: entry.id)
def test_trigger_is_found_in_its_example(entry: Entry, read: Callable[..., Sentence]) -> None:
    sentence = read(entry.text("example"))
    assert entry.id in {trigger.entry.id for trigger in sentence.triggers}


@pytest.mark.parametrize("entry", CUES, ids=lambda entry: entry.id)
def test_cue_is_found_in_its_example(entry: Entry, read: Callable[..., Sentence]) -> None:
    assert read(entry.text("example")).cues.get(entry.id)


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry.id)
def test_a_set_has_a_word_in_its_example(entry: Entry, read: Callable[..., Sentence]) -> None:
    assert word_set(entry.id) & {token.text for token in read(entry.text("example")).tokens}


def test_a_missing_set_is_named() -> None:
    with pytest.raises(LexiconError, match="no_such_set"):
        word_set("no_such_set")
