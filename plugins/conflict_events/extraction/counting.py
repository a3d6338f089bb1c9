"""Ties counted phrases to what happened to them: who was killed, who was hurt, how many raids and shells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conflict_events.extraction.people import PeopleGroup, people_groups
from conflict_events.extraction.reading import Sentence, Trigger

__all__ = ["CountRow", "count_rows"]

_FRAME_MEASURES = {
    "arrest": "detained",
    "raid": "detained",
    "abduct": "abducted",
    "defect": "defected",
    "move": "deployed",
    "recruit": "deployed",
    "displace": "displaced",
    "release": "other",
}
_HARM = frozenset({"killed", "injured", "missing"})
_FILLERS = frozenset(
    "علي الاقل كل من اليوم امس ايضا في بجروح جراء حصيله اوليه حتي الان نحو ما لا يقل عن ذلك هو هم هي كما ثم قد منهم"
    " صباح مساء فجر ظهر ليل يوم بينهم ان بان واصابته متفاوته خطيره طفيفه بليغه سقوط وقوع".split()
)
_DESTROYED = frozenset("تدمير دمر دمرت دمروا اعطاب احراق احتراق تدميره تضرر".split())
_TOLL_NOUNS = frozenset("حصيله عدد تعداد اعداد احصاييه حصيلة".split())
_TOLL_LINKS = frozenset("الي بلغ بلغت يبلغ ليبلغ هو نحو بنحو وصل وصلت".split())
_LONGEST_TOLL = 30
_LONGEST_GAP = 7
_THINGS = frozenset({"strikes", "munitions", "vehicles", "bodies"})


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count of a sentence, by token index.

    Attributes:
        measure: Measure of the codebook.
        group: Sub-group, None for a total.
        low: Lower bound or None.
        best: Stated number or None.
        high: Upper bound or None.
        qualifier: exact, at_least, at_most, about, range or vague.
        first: First token of the words that state it.
        last: One past their last token.
        people: The phrase it was read from.
        governor: The trigger that governs it, None where the noun speaks for itself.
    """

    measure: str
    group: str | None
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    first: int
    last: int
    people: PeopleGroup
    governor: Trigger | None = None


@dataclass(slots=True)
class _Total:
    """A run of coordinated groups that share measures."""

    measures: tuple[str, ...]
    members: list[PeopleGroup]
    governor: Trigger | None
    first: int


def count_rows(sentence: Sentence) -> list[CountRow]:
    """All counts of a sentence: totals, and sub-groups right after their total."""
    groups = people_groups(sentence)
    governors = _governors(sentence, groups)
    totals: list[_Total] = []
    subgroups: list[tuple[_Total, PeopleGroup]] = []
    previous: PeopleGroup | None = None
    in_subgroup = False
    announced: tuple[str, int] | None = None
    for group in groups:
        if group.outcome in ("strikes", "munitions", "vehicles", "other") and not _counted(sentence, group):
            continue
        near = previous is not None and group.first - previous.last <= 2
        follows = (
            previous is not None
            and group.conjoined
            and near
            and not _stop_between(sentence, previous.last, group.first)
        )
        governor, measures = governors.get(group.first, (None, ()))
        if group.outcome in _THINGS or (group.outcome is not None and group.outcome not in _HARM):
            measures = (group.outcome,)
        elif group.outcome in _HARM and not group.both and (governor is None or group.outcome not in measures):
            measures = (group.outcome,)
        if group.both:
            measures = ("killed", "injured")
        if group.outcome in _HARM and not group.numeric and _announces(sentence, group.first):
            announced = (group.outcome, group.last)
            continue
        if announced is not None and not measures and group.numeric and _reaches(sentence, announced[1], group):
            measures, announced = (announced[0],), None
        opens = _opens_subgroup(sentence, group, previous)
        if opens and totals and not (governor is not None and not opens):
            in_subgroup = True
            subgroups.append((totals[-1], group))
        elif in_subgroup and follows and not measures:
            subgroups.append((totals[-1], group))
        elif measures:
            in_subgroup = False
            if totals and follows and governor is None and group.outcome is None and totals[-1].measures == measures:
                totals[-1].members.append(group)
            elif (
                follows
                and group.outcome in _HARM
                and totals
                and totals[-1].members[-1] is previous
                and governor is None
                and _bare_pair(previous, group)
            ):
                totals[-1].members.append(group)
                totals[-1].measures = tuple(dict.fromkeys((*totals[-1].measures, group.outcome)))
            else:
                totals.append(_Total(measures, [group], governor, governor.first if governor else group.first))
        elif (
            follows
            and totals
            and totals[-1].members[-1] is previous
            and not group.elliptical
            and totals[-1].measures[0] not in _THINGS
        ):
            totals[-1].members.append(group)
        elif totals and previous is not None and _apposition(sentence, previous, group, totals[-1]):
            in_subgroup = True
            subgroups.append((totals[-1], group))
        else:
            in_subgroup = False
            continue
        previous = group
    return _rows(totals, subgroups)


def _announces(sentence: Sentence, index: int) -> bool:
    """ "حصيلة قتلى ...": the noun says what a later number counts."""
    words = {sentence.bare(i) for i in range(max(0, index - 2), index)}
    return bool(words & _TOLL_NOUNS)


def _reaches(sentence: Sentence, start: int, group: PeopleGroup) -> bool:
    """Whether "إلى", "بلغ" or the like leads from the announced noun to the number."""
    if not 0 <= group.first - start <= _LONGEST_TOLL:
        return False
    words = {sentence.text(i).lstrip("و") for i in range(max(start, group.first - 2), group.first + 1)}
    return bool(words & _TOLL_LINKS) or sentence.text(group.first).startswith("ل")


def _counted(sentence: Sentence, group: PeopleGroup) -> bool:
    """Raids, shells and vehicles are rows only with a number or a quantifier; a vehicle also where it is destroyed."""
    if sentence.quantity_over(group.first) is not None or (group.numeric and group.best == 2):
        return True
    before = sentence.skip_punct(group.first - 1, -1)
    return group.outcome == "vehicles" and group.numeric and sentence.bare(before).lstrip("ب") in _DESTROYED


def _bare_pair(previous: PeopleGroup | None, group: PeopleGroup) -> bool:
    """ "عدد من القتلى والجرحى", "عشرون قتيلا وجريحا": one quantity over both nouns."""
    return (
        previous is not None
        and previous.outcome in _HARM
        and group.outcome != previous.outcome
        and not group.numeric | (group.qualifier == "exact" and group.best in (1, 2))
        and previous.definite == group.definite
        and group.last - group.first == 1
    )


def _governors(sentence: Sentence, groups: Sequence[PeopleGroup]) -> dict[int, tuple[Trigger | None, tuple[str, ...]]]:
    """The trigger and measures that govern each group, by the group's first token."""
    found: dict[int, tuple[Trigger | None, tuple[str, ...]]] = {}
    pending: list[Trigger] = []
    triggers = [t for t in sentence.triggers if t.entry.outcome or t.entry.frame in _FRAME_MEASURES]
    for number, trigger in enumerate(triggers):
        following = triggers[number + 1] if number + 1 < len(triggers) else None
        pending.append(trigger)
        satisfied = trigger.finite and _backward(sentence, groups, trigger, found) is not None
        if (
            not satisfied
            and following is not None
            and following.first - trigger.last == 0
            and "و" in following.proclitics
            and trigger.form == following.form
        ):
            continue
        measures = tuple(dict.fromkeys(_measure(t) for t in pending))
        head = pending[0]
        limit = following.first if following is not None else len(sentence)
        target = _forward(sentence, groups, trigger.last, limit, found) or (
            _backward(sentence, groups, head, found) if trigger.finite else None
        )
        if target is not None:
            found[target.first] = (head, measures)
        pending = []
    return found


def _measure(trigger: Trigger) -> str:
    return trigger.entry.outcome or _FRAME_MEASURES[trigger.entry.frame]


def _forward(
    sentence: Sentence,
    groups: Sequence[PeopleGroup],
    start: int,
    limit: int,
    taken: dict[int, tuple[Trigger | None, tuple[str, ...]]],
) -> PeopleGroup | None:
    for group in groups:
        if group.first < start or group.first in taken:
            continue
        if (
            group.first >= limit
            or group.first - start > _LONGEST_GAP
            or group.outcome in ("strikes", "munitions", "vehicles")
        ):
            return None
        return group if _only_fillers(sentence, start, group.first) else None
    return None


def _backward(
    sentence: Sentence,
    groups: Sequence[PeopleGroup],
    trigger: Trigger,
    taken: dict[int, tuple[Trigger | None, tuple[str, ...]]],
) -> PeopleGroup | None:
    for group in reversed(groups):
        if group.last > trigger.first or group.first in taken:
            continue
        gap = list(sentence.words_between(group.last, trigger.first))
        if "و" in trigger.proclitics or len(gap) > 2 or _stop_between(sentence, group.last, trigger.first):
            return None
        return group if group.outcome not in _THINGS else None
    return None


def _only_fillers(sentence: Sentence, first: int, last: int) -> bool:
    index = first
    while index < last:
        date = next((d for d in sentence.dates if d.first <= index < d.last), None)
        if date is not None:
            index = date.last
            continue
        actor = next(
            (a for a in sentence.actors if min(a.head, a.first) <= index < a.last and not a.proclitics.strip("و")), None
        )
        if actor is not None:
            index = actor.last
            continue
        token = sentence.tokens[index]
        if token.kind == "punct":
            if token.text not in "\"'(),،-":
                return False
        elif token.text not in _FILLERS and sentence.bare(index) not in _FILLERS:
            return False
        index += 1
    return True


def _stop_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(token.kind == "punct" and token.text in ".،؛:" for token in sentence.tokens[first:last])


def _opens_subgroup(sentence: Sentence, group: PeopleGroup, previous: PeopleGroup | None) -> bool:
    """Whether "بينهم" or the like stands right before the group, or "منهم" right after its number."""
    for cue in sentence.cues.get("subgroup", ()):
        if cue.last <= group.first <= cue.last + 2 and (previous is None or previous.last <= cue.first):
            return True
        if group.first < cue.first < group.last + 1 and sentence.quantity_at(group.first) is not None:
            return True
    return False


def _apposition(sentence: Sentence, previous: PeopleGroup, group: PeopleGroup, total: _Total) -> bool:
    """ "ثلاثة آخرين طفلة وشابين", "مدنيين اثنين (رجل وابنه)": the parts name the whole."""
    between = [t.text for t in sentence.tokens[previous.last : group.first]]
    if any(text not in ("(", "،", ":", "-", "هم", "هما", "و") for text in between) or not group.groups:
        return False
    whole = total.members[0].best
    return whole is not None and whole > 1 and group.best is not None and group.best <= whole and "،" not in between


def _rows(totals: list[_Total], subgroups: list[tuple[_Total, PeopleGroup]]) -> list[CountRow]:
    rows: list[CountRow] = []
    for total in totals:
        rows += _total_rows(total)
        for owner, group in subgroups:
            if owner is total:
                rows += _group_rows(total, group)
    return rows


def _total_rows(total: _Total) -> list[CountRow]:
    members = total.members
    first, last = total.first, max(total.members[-1].last, total.first + 1)
    first = min(first, members[0].first)
    numeric = [m for m in members if m.numeric]
    measures = total.measures
    if len(measures) > 1 and numeric and set(measures) <= _HARM:
        measures = ("other",)
    qualifier = next((m.qualifier for m in members if m.qualifier != "exact"), "exact")
    if len(numeric) < len(members) and numeric:
        qualifier = "vague" if len(members) == 1 else "at_least"
    low = sum(m.low or 0 for m in numeric) if numeric and all(m.low is not None for m in numeric) else None
    best = sum(m.best or 0 for m in numeric) if numeric and all(m.best is not None for m in numeric) else None
    high = sum(m.high or 0 for m in members) if numeric and all(m.high is not None for m in members) else None
    rows = []
    for measure in measures:
        rows.append(CountRow(measure, None, low, best, high, qualifier, first, last, members[0], total.governor))
        if measure in ("killed", "injured", "missing", "other", "bodies", "detained", "abducted"):
            for member in members:
                rows += [
                    CountRow(
                        measure,
                        g,
                        member.low,
                        member.best,
                        member.high,
                        member.qualifier,
                        member.first,
                        member.last,
                        member,
                    )
                    for g in _names(member)
                ]
    return rows


def _group_rows(total: _Total, group: PeopleGroup) -> list[CountRow]:
    measures = ("other",) if len(total.measures) > 1 and total.members[0].numeric else total.measures
    return [
        CountRow(
            measure,
            name,
            group.low,
            group.best,
            group.high,
            group.qualifier,
            group.first,
            group.last,
            group,
            total.governor,
        )
        for measure in measures[:1]
        for name in _names(group)
    ]


def _names(group: PeopleGroup) -> tuple[str, ...]:
    actors = tuple(a for a in group.actors if a not in ("CIVILIANS",))
    names = group.groups
    if actors and "combatants" in names:
        names = tuple(n for n in names if n != "combatants")
        return (*actors[:1], *names)
    return names
