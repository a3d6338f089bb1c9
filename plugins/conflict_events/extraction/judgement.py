"""Judges whether a unit tells of one occurrence or only speaks of violence."""

from __future__ import annotations

from conflict_events.extraction.counting import CountRow
from conflict_events.extraction.reading import DateMentionAt
from conflict_events.extraction.siting import Siting
from conflict_events.extraction.units import Unit

__all__ = ["is_grounded"]

_GROUNDED = 3
_COUNTED = frozenset(
    {"killed", "injured", "bodies", "detained", "abducted", "strikes", "munitions", "defected", "missing", "deployed"}
)
_FINITE_FRAMES = frozenset(
    "strike undergo fire clash repel raid seize arrest abduct protest defect move recruit establish transfer agree release disrupt destroy bodies blast".split()
)


def is_grounded(
    unit: Unit,
    asserted: set[int],
    counts: list[CountRow],
    siting: Siting,
    actor1: list[str],
    date: DateMentionAt | None,
) -> bool:
    """Whether enough ties the words to one occurrence: a bare "اغتيال" or "هجمات" in a comment has no verb, victim, place or day.

    Args:
        unit: The unit.
        asserted: First tokens of its asserted anchors.
        counts: Its asserted counts.
        siting: Its places.
        actor1: Ids of those who did it.
        date: Its time expression.
    """
    sentence = unit.sentence
    told = [t for t in unit.triggers if t.first in asserted]
    score = 2 * any(t.form == "finite" and (t.entry.outcome or t.entry.frame in _FINITE_FRAMES) for t in told)
    score += 2 * any(t.form == "phrase" and t.entry.strength == "event" for t in told)
    score += any(t.form == "imperfect" for t in told) and sentence.kind == "title"
    score += 2 * any(r.people.numeric and r.measure in _COUNTED for r in counts)
    score += any(not r.people.numeric and r.measure in _COUNTED for r in counts)
    score += bool(siting.sites or siting.containers) + (date is not None and date.days is not None)
    score += bool(actor1) + (sentence.kind == "title")
    score += any(t.entry.frame in ("result", "undergo") for t in told)
    return score >= _GROUNDED
