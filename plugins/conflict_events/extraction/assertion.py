"""Whether a unit is told as a fact: negation, denial, future, threat, condition and habit are none."""

from __future__ import annotations

from conflict_events.extraction.reading import PersonWord, Sentence
from conflict_events.extraction.units import Anchor, Unit

__all__ = ["asserted_anchors", "crowd_of", "is_habit"]

_IRREALIS_REACH = 9
_NEGATION_REACH = 2
_DENIAL_REACH = 10
_CLAUSE_ENDS = "،؛.:!"
_LASTING = frozenset({"undergo", "result", "displace"})
_CEASE = frozenset("وقف لوقف بوقف ووقف".split())


def asserted_anchors(unit: Unit) -> list[Anchor]:
    """The anchors of a unit that the text asserts."""
    for token in reversed(unit.sentence.tokens):
        if token.kind != "punct":
            break
        if token.text in "؟?":
            return []  # "لماذا تقتلونهم؟!"
    return [anchor for anchor in unit.anchors if not _blocked(unit.sentence, anchor)]


def _blocked(sentence: Sentence, anchor: Anchor) -> bool:
    trigger = anchor.trigger
    if trigger is not None and "س" in trigger.proclitics:
        return True
    start = _clause_start(sentence, anchor.first)
    for cue in sentence.cues_in(max(start, anchor.first - _IRREALIS_REACH), anchor.first, "irrealis"):
        word = sentence.text(cue.first)
        if word in _CEASE and cue.last == cue.first + 1:
            if cue.last >= anchor.first - 1:
                return True
            continue
        return True
    for cue in sentence.cues_in(max(start, anchor.first - _DENIAL_REACH), anchor.first, "denial"):
        if cue.last <= anchor.first:
            return True
    for cue in sentence.cues_in(max(start, anchor.first - _NEGATION_REACH - 2), anchor.first, "negation"):
        if anchor.first - cue.last <= _NEGATION_REACH - 1 or (
            sentence.text(cue.first).lstrip("و") in ("دون", "عدم", "بدون") and anchor.first - cue.last <= 2
        ):
            return True
    return False


def _clause_start(sentence: Sentence, index: int) -> int:
    for at in range(index - 1, -1, -1):
        if sentence.tokens[at].kind == "punct" and sentence.text(at) in _CLAUSE_ENDS:
            return at + 1
        if sentence.cue_at(at, "boundary"):
            return at
    return 0


def is_habit(unit: Unit) -> bool:
    """Whether the unit tells of what happens again and again, with no count of its own."""
    first = unit.triggers[:1]
    if first and first[0].entry.frame == "agree":
        return False  # "اتفاقا دائما لوقف إطلاق النار", "اتفاق ... إلا أن القوات تخرقه بين الحين والآخر"
    habits = unit.sentence.cues_in(unit.first, unit.last, "pattern")
    if first and first[0].form == "finite" and first[0].entry.frame not in _LASTING:
        # "استهدفت القوات البلدة في إطار الحملة المستمرة منذ شهرين": the adjective speaks of the campaign.
        habits = [c for c in habits if not (c.last == c.first + 1 and unit.sentence.text(c.first).startswith("ال"))]
    # "للمطالبة باستمرار المظاهرات" is no adverb.
    habits = [c for c in habits if not (unit.sentence.text(c.first).startswith("با") and _heads(unit.sentence, c.last))]
    return bool(habits) and not any(row.people.numeric for row in unit.counts)


def _heads(sentence: Sentence, index: int) -> bool:
    """Whether a noun with its article stands at a place, so that the word before it is annexed to it."""
    return index < len(sentence) and sentence.text(index).startswith("ال")


def crowd_of(unit: Unit) -> PersonWord | None:
    """The demonstrators that a unit names ("أحرق المتظاهرون إطارات"), or None."""
    for index, person in unit.sentence.persons.items():
        if unit.first <= index < unit.last and person.noun is not None and person.noun.actor == "PROTESTERS":
            return person
    return None
