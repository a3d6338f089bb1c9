"""Words that only hint at an act ("أطلق", "وصل", "تقدم"), and what must stand with them for `actions` to find one.

A third of the sentences with a trigger hold no other than such a word, and nine in ten of those tell of nothing: what a
party launched was a programme, not a missile. They are known by their words alone, before actors, places and days are
read. Who lets `actions.action_of` answer to something new adds it here; a test compares both over all examples.
"""

from __future__ import annotations

from collections.abc import Iterable

from conflict_events.extraction.clues import ARMED_WORDS
from conflict_events.extraction.reading import TriggerEntry, bare_word
from conflict_events.lexicon import PersonNoun

__all__ = ["ARMED_WORDS", "bears_on_acts", "is_armed_word", "only_hints"]

# Frames whose faint words name no act without arms, the dead, a crowd or a party: see each step of `action_of`.
_FAINT_FRAMES = frozenset(
    "fire strike fall undergo seize arrest join find move transfer repel displace agree establish recruit".split()
)
_HARMING_ACTIONS = frozenset({"execution", "assassination", "sexual_violence"})


def only_hints(entries: Iterable[TriggerEntry]) -> bool:
    """Whether all triggers of a sentence are words that need something beside them to tell of an act."""
    frames = set()
    for entry in entries:
        if entry.outcome or entry.action in _HARMING_ACTIONS:
            return False
        arrival = entry.frame == "arrive" and entry.action is None
        link = entry.frame == "result"
        if not (arrival or link or (entry.strength == "cue" and entry.frame in _FAINT_FRAMES)):
            return False
        frames.add(entry.frame)
    return not {"arrive", "move"} <= frames


def bears_on_acts(noun: PersonNoun) -> bool:
    """Whether a noun may turn a hint into an act: demonstrators, aircraft brought down."""
    return noun.actor == "PROTESTERS" or "vehicles" in (noun.outcome, noun.measure)


def is_armed_word(word: str) -> bool:
    """Whether a folded word speaks of arms, fire or the dead."""
    return word in ARMED_WORDS or bare_word(word) in ARMED_WORDS
