"""When the occurrence of a unit was: its own time expression, and whether it is told as news or retold."""

from __future__ import annotations

from conflict_events.extraction.reading import DateMentionAt, Mention, Sentence
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["date_of", "is_described", "is_only_earlier", "is_point", "is_said_on", "period_of", "retelling"]

_RELATIVES = frozenset("التي الذي الذين اللتين اللذين".split())
_RELATIVE_REACH = 7
_SAID_REACH = 10
_PRAYERS = frozenset({"صلاه", "خطبه"})
_ACCORDING = word_set("according")
_LOOSELY = word_set("loosely_dated")


def date_of(unit: Unit) -> DateMentionAt | None:
    """The time expression of the unit; one at the sentence's front serves all its units."""
    usable = [d for d in unit.sentence.dates if d.kind != "future" and not _relative(unit, d)]
    inside = [d for d in usable if unit.first <= d.first < unit.last and d.days is not None]
    if inside:
        return min(
            inside, key=lambda d: (d.days.time_precision if d.days else 9, _of_prayer(unit, d), _distance(unit, d))
        )
    before = [d for d in usable if d.first < unit.first and d.days is not None]
    return before[0] if before and unit.continues else None


def _of_prayer(unit: Unit, date: DateMentionAt) -> bool:
    """Whether a weekday only names a prayer: "أثناء صلاة الجمعة يوم 26 يونيو"."""
    return unit.sentence.bare(date.first - 1) in _PRAYERS


def is_said_on(sentence: Sentence, date: DateMentionAt) -> bool:
    """Whether a date tells when somebody said so: "بحسب ما أعلن مسؤولون اليوم الأحد"."""
    for index in range(date.first - 1, max(-1, date.first - _SAID_REACH), -1):
        if sentence.tokens[index].kind == "punct" or any(t.first == index for t in sentence.triggers):
            return False
        if sentence.bare(index) in _ACCORDING or sentence.text(index) in _ACCORDING:
            return True
    return False


def _relative(unit: Unit, date: DateMentionAt) -> bool:
    """Whether a relative clause or a truce holds the date: "المعارضة، التي تنفذ عملية منذ ثلاثة أيام".

    Not one that only says who counted: "الحصيلة التي وثقها المرصد منذ مطلع العام".
    """
    if unit.sentence.cues.get("truce") and unit.sentence.aside(date.first):
        return True
    if any(a.first > date.first for a in unit.anchors) and any(a.last <= date.first for a in unit.anchors):
        return False
    start = max((a.last for a in unit.anchors if a.last <= date.first), default=max(0, date.first - _RELATIVE_REACH))
    inside = range(max(start, date.first - _RELATIVE_REACH), date.first)
    opening = max((i for i in inside if unit.sentence.text(i) in _RELATIVES), default=None)
    if opening is None or _describes(unit, opening):
        return False
    return not any(opening < source.first and source.last <= date.first for source in unit.sentence.sources)


def _describes(unit: Unit, opening: int) -> bool:
    """Whether a relative clause says more of a known act: "الهجوم الذي وقع مساء السبت"."""
    return any(t.definite and not t.finite and 0 <= opening - t.last <= 1 for t in unit.triggers)


def _distance(unit: Unit, date: DateMentionAt) -> int:
    return abs(date.first - unit.anchors[0].first)


def retelling(unit: Unit) -> list[Mention]:
    """Phrases before a unit's first word of an occurrence that mark it as retold: "يذكر أن", "كانت قد"."""
    first_anchor = unit.anchors[0].first
    start = 0 if not unit.continues else unit.first
    return [
        cue
        for cue in unit.sentence.cues_in(start, max(first_anchor, start + 1), "background")
        if cue.first <= first_anchor
    ]


def is_only_earlier(unit: Unit, retold: list[Mention]) -> bool:
    """Whether the phrases say no more than that it was before: "وكانت الطائرات قصفت", not "وكانت قد قصفت"."""
    earlier = {(cue.first, cue.last) for cue in unit.sentence.cues.get("earlier", ())}
    return all((cue.first, cue.last) in earlier for cue in retold)


def period_of(unit: Unit) -> DateMentionAt | None:
    """The stretch of time that a toll covers, where the unit names one beside a day."""
    inside = [d for d in unit.sentence.dates if unit.first <= d.first < unit.last and d.days is not None]
    return next((d for d in inside if d.kind in ("since", "range", "period") and not _relative(unit, d)), None)


def is_point(sentence: Sentence, date: DateMentionAt) -> bool:
    """Whether a period only says loosely when: "مطلع الشهر الجاري", "الأسبوع الماضي"."""
    words = [sentence.bare(i) for i in range(date.first, date.last)]
    return words[0] in _LOOSELY or (words[0] == "في" and words[1] in _LOOSELY)


def is_described(unit: Unit) -> bool:
    """Whether a relative clause says more of an act that is known: "الهجوم الذي وقع في كابول"."""
    inside = range(unit.first, unit.last)
    return any(unit.sentence.text(i) in _RELATIVES and _describes(unit, i) for i in inside)
