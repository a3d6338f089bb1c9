"""Perpetrators that a frame leaves to the sentence before: "واستهدفت معاقل ...", "قصف مماثل", "كما طال القصف ..."."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.extraction.elision import elided
from conflict_events.extraction.families import family
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.wordsets import word_set

__all__ = ["inherit_subjects"]

_REACH = 1
_ANOTHER = word_set("another")
_ONE_OF = word_set("one_of")
_SAME = ("نفس", "ذات")
_NO_SUBJECT = frozenset({"CIVILIANS", "PROTESTERS", "JOURNALISTS", "AID_WORKERS"})


def inherit_subjects(frames: list[Frame]) -> None:
    """Give frames that name no perpetrator, but refer back to one, that of the latest frame of their family.

    Args:
        frames: Frames of an article in text order; `actor1` and `suspected` are filled in place.
    """
    told: list[Frame] = []
    for frame in frames:
        if not frame.actor1 and not frame.aggregate and _refers_back(frame):
            source = _antecedent(told, frame)
            if source is not None:
                frame.actor1 = list(source.actor1)
                frame.suspected = source.suspected
                frame.actor2 = [a for a in frame.actor2 if a not in frame.actor1]
        if frame.actor1 and not frame.aggregate:
            told.append(frame)


def _antecedent(told: Sequence[Frame], frame: Frame) -> Frame | None:
    """The latest frame of the same family, not too far above, whose perpetrator isn't the one hit now."""
    for earlier in reversed(told):
        distance = frame.sentence.index - earlier.sentence.index
        if distance > _REACH:
            return None
        if earlier.sentence.kind in ("title", "heading") and distance > 1:
            continue
        same = family(earlier.action) == family(frame.action) or _goes_on(frame)
        if same and not set(earlier.actor1) & (set(frame.actor2) | _NO_SUBJECT):
            return earlier
    return None


def _refers_back(frame: Frame) -> bool:
    sentence, unit = frame.sentence, frame.unit
    if any(not _himself(sentence, cue.first) for cue in sentence.cues_in(unit.first, unit.last, "similar")):
        return True
    if any(sentence.text(i) in _SAME and sentence.text(i + 1) == "المصدر" for i in range(unit.first, unit.last)):
        return True
    if any(_further(sentence, t) for t in unit.triggers):
        return True
    for trigger in unit.triggers:
        if trigger.entry.outcome or trigger.entry.frame == "result":
            continue
        if not trigger.finite:
            return trigger.definite and trigger.entry.frame in ("strike", "fire") and not _owned(sentence, trigger)
        return elided(frame.unit, trigger)
    return False


def _further(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether it is one more of the attacks just told of: "غارة أخرى", "إحدى الغارات", "كمين آخر"."""
    if trigger.form != "noun" or trigger.entry.frame not in ("strike", "fire", "clash"):
        return False
    if any(trigger.last <= a.first <= trigger.last + 1 for a in sentence.actors):
        return False
    one_of = sentence.bare(trigger.first - 1) in _ONE_OF and trigger.definite
    return one_of or (not trigger.definite and sentence.text(trigger.last) in _ANOTHER)


def _goes_on(frame: Frame) -> bool:
    """Whether the verb goes on with what the sentence before was about: "قصفت القوات القرية. واعتقلت شابين"."""
    verb = next((t for t in frame.unit.triggers if not t.entry.outcome), None)
    return verb is not None and verb.finite and "و" in verb.proclitics and elided(frame.unit, verb)


def _himself(sentence: Sentence, index: int) -> bool:
    """Whether "نفسه" is who did it to himself ("فجر انتحاري نفسه"), not the same again ("القوات نفسها")."""
    return sentence.text(index).startswith(_SAME) and not sentence.text(index - 1).startswith("ال")


def _owned(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a name or adjective follows the event noun."""
    return any(trigger.last <= a.first <= trigger.last + 3 for a in sentence.actors)
