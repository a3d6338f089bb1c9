"""Attacks that a sentence only speaks of as known: those who condemn them, condole or visit the hurt are its news."""

from __future__ import annotations

from conflict_events.extraction.families import VIOLENT, family
from conflict_events.extraction.reading import DateMentionAt, Sentence, Trigger
from conflict_events.extraction.units import Anchor, Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["day_of", "recalled_from"]

_INCIDENT = word_set("incident_nouns")
_RELATIVES = frozenset("التي الذي الذين اللتين اللذين".split())
_RELATIVE_REACH = 7


def recalled_from(unit: Unit, action: str) -> int | None:
    """First token of a known attack in a sentence about what others do: "دان المجلس التفجير الذي ..."; None for others.

    A verb that tells of the attack stands behind a relative pronoun only.

    Args:
        unit: The unit.
        action: Its action.
    """
    sentence = unit.sentence
    first = next((a for a in unit.anchors if a.kind != "link" and not _arrives(a)), None)
    if first is None or family(action) not in VIOLENT or not sentence.cues_in(0, first.first, "recall"):
        return None
    if not first.finite and (first.trigger is None or not _is_known(sentence, first.trigger)):
        return None
    verbs = [t for t in unit.triggers if t.form == "finite" and t.first >= first.first]
    return first.first if all(_behind_relative(sentence, t) for t in verbs) else None


def day_of(
    sentence: Sentence, date: DateMentionAt | None, known_from: int, last: int
) -> tuple[DateMentionAt | None, bool]:
    """The day of a recalled attack, and whether it is only that of the visit or condemnation.

    Args:
        sentence: The sentence.
        date: The time expression that the unit would take.
        known_from: Where the attack is named.
        last: One past the unit's last token.
    """
    if not _of_visit(sentence, date, known_from):
        return date, False
    behind = [d for d in sentence.dates if known_from < d.first < last and d.days is not None and d.kind != "future"]
    own = next((d for d in behind if not _of_visit(sentence, d, known_from)), None)
    return own or date, own is None


def _of_visit(sentence: Sentence, date: DateMentionAt | None, known_from: int) -> bool:
    """Whether a day says when the visit or condemnation was: before the known attack, or behind words of another."""
    if date is None:
        return False
    return date.first < known_from or bool(sentence.cues_in(known_from, date.first, "recall"))


def _arrives(anchor: Anchor) -> bool:
    return anchor.trigger is not None and anchor.trigger.entry.frame in ("arrive", "find")


def _is_known(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a noun speaks of an attack as of a known one: "التفجير", "حادث تفجير مسجد الطوارئ"."""
    return trigger.definite or sentence.bare(trigger.first - 1) in _INCIDENT


def _behind_relative(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a relative pronoun opens the clause of a verb, or و ties it to one that it opens."""
    reach = range(max(0, trigger.first - _RELATIVE_REACH), trigger.first)
    return "و" in trigger.proclitics or any(sentence.text(i) in _RELATIVES for i in reach)
