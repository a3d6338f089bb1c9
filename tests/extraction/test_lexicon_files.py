"""Every entry of triggers.yaml and cues.yaml is found in its own example sentence."""

from collections.abc import Callable

import pytest

from conflict_events.extraction.reading import Sentence
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
