"""Whether a unit is told as a fact: negation, denial, future, threat, condition and habit are none."""

from __future__ import annotations

from itertools import pairwise

from conflict_events.extraction.reading import PersonWord, Sentence
from conflict_events.extraction.units import Anchor, Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["asserted_anchors", "crowd_of", "is_habit"]

_IRREALIS_REACH = 9
_NEGATION_REACH = 2
_DENIAL_REACH = 10
_UNREAL_REACH = 3
_LONGEST_PARENTHESIS = 6
_WANTED_REACH = 6
_SINCE = word_set("since")
_BEGINNINGS = word_set("beginnings")
_VERDICTS = word_set("verdicts")
_NO_ADJECTIVE = word_set("prepositions")
_LASTING_FRAMES = frozenset({"clash", "protest"})
_DONE_FRAMES = frozenset({"seize", "move", "establish", "transfer", "recruit"})
_LIGHT_REACH = 4
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
    sentence = unit.sentence
    dated = not unit.of_kind("harm")
    blocked = [_blocked(sentence, a) or (dated and _dates(sentence, a)) for a in unit.anchors]
    for at, (anchor, noun) in enumerate(pairwise(unit.anchors)):
        # "نفذت مقاتلتان غارات وهمية": a light verb says no more than its noun.
        light = anchor.finite and anchor.trigger is not None and anchor.trigger.entry.strength == "cue"
        blocked[at] = blocked[at] or (light and noun.first - anchor.last <= _LIGHT_REACH and _unreal(sentence, noun))
    return [anchor for anchor, is_blocked in zip(unit.anchors, blocked, strict=True) if not is_blocked]


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
        if word in _VERDICTS and _carried_out(sentence, cue.first):
            continue
        return True
    readings = (_denied(sentence, start, anchor), _unreal(sentence, anchor), _demanded(sentence, anchor))
    if any(readings) or _wanted(sentence, start, anchor):
        return True
    for cue in sentence.cues_in(max(start, anchor.first - _NEGATION_REACH - 2), anchor.first, "negation"):
        if anchor.first - cue.last <= _NEGATION_REACH - 1 or (
            sentence.text(cue.first).lstrip("و") in ("دون", "عدم", "بدون") and anchor.first - cue.last <= 2
        ):
            return True
    return False


def _carried_out(sentence: Sentence, verdict: int) -> bool:
    """Whether a verdict is said to be carried out: "نفذ التنظيم حكم الإعدام"; not "لتنفيذ حكم"."""
    return any(
        "carries_out" in t.entry.traits and "ل" not in t.proclitics and 0 <= verdict - t.last <= _LIGHT_REACH
        for t in sentence.triggers
    )


def _denied(sentence: Sentence, start: int, anchor: Anchor) -> bool:
    """Whether it is what somebody denies, also past what commas enclose: "نفت الوزارة، اليوم، أنباء عن قصف"."""
    for cue in sentence.cues_in(0, anchor.first, "denial"):
        if cue.last > anchor.first:
            continue
        if cue.first >= max(start, anchor.first - _DENIAL_REACH):
            return True
        commas = [i for i in range(cue.last, anchor.first) if sentence.text(i) in _CLAUSE_ENDS]
        if len(commas) == 2 and commas[1] - commas[0] <= _LONGEST_PARENTHESIS and commas[1] < start + 1:
            told = {t.entry.id for t in sentence.triggers if t.finite and commas[1] < t.first < anchor.first}
            return told <= ({anchor.trigger.entry.id} if anchor.trigger is not None else set())
    return False


def _demanded(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether ب makes it the object of a verb of demanding or threatening before it."""
    trigger = anchor.trigger
    if trigger is None or trigger.finite or not set(trigger.proclitics) & {"ب", "ل"}:
        return False
    before = [cue for cue in sentence.cues_in(0, anchor.first, "demand") if cue.last <= anchor.first]
    return bool(before) and not any(t.finite for t in sentence.triggers if before[-1].last <= t.first < anchor.first)


def _dates(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether an act only says since when or before what: "منذ بدء القتال", "قبل اندلاع الاحتجاجات"."""
    trigger = anchor.trigger
    if trigger is None or trigger.finite or trigger.entry.frame not in _LASTING_FRAMES:
        return False
    return sentence.text(anchor.first - 1) in _BEGINNINGS and sentence.text(anchor.first - 2) in _SINCE


def _wanted(sentence: Sentence, start: int, anchor: Anchor) -> bool:
    """Whether a place is only to be taken or forces are only to be sent: "تحاول القوات استعادة المدينة"."""
    trigger = anchor.trigger
    if trigger is None or trigger.finite or trigger.entry.frame not in _DONE_FRAMES:
        return False
    cues = [c for c in sentence.cues_in(max(start, anchor.first - _WANTED_REACH), anchor.first, "wanted")]
    return bool(cues) and not any(t.finite for t in sentence.triggers if cues[-1].last <= t.first < anchor.first)


def _unreal(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether an adjective says that the act named before it is none: "غارات وهمية", "هجوم بري محتمل"."""
    if anchor.finite:
        return False
    for cue in sentence.cues_in(anchor.last, anchor.last + _UNREAL_REACH, "unreal"):
        between = sentence.tokens[anchor.last : cue.first]
        return not any(t.kind != "word" or t.text in _NO_ADJECTIVE for t in between)
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
        return False  # "اتفاقا دائما لوقف إطلاق النار"
    # "توصل الطرفان إلى هدنة، إلا أنها تخرق بين الحين والآخر": what lasts is another thing.
    behind = [
        cue
        for cue in unit.sentence.cues_in(unit.anchors[-1].last, unit.last, "boundary")
        if unit.sentence.text(cue.first - 1) in _CLAUSE_ENDS
    ]
    habits = unit.sentence.cues_in(unit.first, behind[0].first if behind else unit.last, "pattern")
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
