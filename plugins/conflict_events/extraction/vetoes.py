"""Units with words of an occurrence that tell of none: accidents, known dead, arrests of nobody, deals of no war."""

from __future__ import annotations

from conflict_events.extraction.clues import AIR, means_of
from conflict_events.extraction.roles import Roles
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["is_by_accident", "is_of_no_war", "is_of_nobody", "names_known_dead"]

_DRY = word_set("body_sites")
_OF_PEOPLE = frozenset({"arrest", "troop_movement"})


def names_known_dead(unit: Unit) -> bool:
    """Whether only the dead or hurt are named as known: "أسر شهداء الواجب", "عزاء الشهيد"; no verb, no number."""
    if unit.triggers:
        return False
    sentence = unit.sentence
    return all(
        not row.people.numeric and (row.people.definite or sentence.text(row.people.last).startswith("ال"))
        for row in unit.counts
        if row.group is None
    )


def is_of_nobody(unit: Unit, action: str, actor1: list[str], actor2: list[str]) -> bool:
    """Whether a word of many uses tells of no people: "إيقاف عمل المحطة", "انتشرت صور"; forces and the held are."""
    acts = [t for t in unit.triggers if not t.entry.outcome and t.entry.frame != "result"]
    if action not in _OF_PEOPLE or any(t.entry.strength == "event" for t in acts):
        return False
    if action == "arrest":
        held = any(acts[0].first < at < unit.last for at in unit.sentence.persons) if acts else True
        named = any(t.entry.frame == "raid" or (t.finite and actor1) for t in acts)
        return not (held or named or unit.counts or actor2)
    forces = any(unit.first <= at < unit.last for at in unit.sentence.heads)
    return not (forces or unit.counts or actor1 or actor2)


def is_of_no_war(unit: Unit, action: str, sides: list[str]) -> bool:
    """Whether those who agree are at no war: "وقعت الجامعة اتفاقية"; where no side is named, words of war must be."""
    if action != "agreement" or sides or any(t.entry.frame == "release" for t in unit.triggers):
        return False
    if any(unit.first <= a.first < unit.last for a in unit.sentence.actors):
        return False
    return not unit.sentence.cues_in(unit.first, unit.last, "of_war") and not unit.counts


def is_by_accident(unit: Unit, roles: Roles) -> bool:
    """Whether an earthquake, a road accident or the like did it: only harm is told of, by nobody and no weapon."""
    found = unit.sentence.cues_in(unit.first, unit.last, "accident")
    if _of_nature(unit):
        return True
    if not found:
        return False
    gas = bool(unit.sentence.cues_in(unit.first, unit.last, "mishap_blast"))  # "انفجار أسطوانة غاز"
    acts = [t for t in unit.triggers if t.entry.strength == "event" and not t.entry.outcome]
    if any(not (gas and t.entry.action == "explosion") for t in acts):
        return False
    dry = all(unit.sentence.bare(c.first) in _DRY for c in found)
    if dry and any(t.entry.frame == "bodies" for t in unit.triggers):
        return False  # "انتشلت الفرق جثة رجل من بئر"
    means = means_of(unit.sentence, unit.first, unit.last)
    if unit.sentence.cues_in(unit.first, unit.last, "crash"):
        means -= AIR  # "تحطم مروحية"
    return not roles.agents and not means


def _of_nature(unit: Unit) -> bool:
    """Whether an accident is what acts, here or in the clause before: "ضرب زلزال البلاد وقتل عشرة أشخاص"."""
    found = unit.sentence.cues_in(unit.first, unit.last, "accident")
    if any(cue.first == t.last for t in unit.triggers if t.finite for cue in found):
        return True
    return unit.before is not None and not unit.of_kind("event") and _of_nature(unit.before)
