"""Finds the verb or verbal noun that governs each counted phrase: whom "أصيب", "مقتل" or "اعتقلت" is said of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conflict_events.extraction.names import names_after
from conflict_events.extraction.people import PeopleGroup
from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.wordsets import word_set

__all__ = ["HARM", "THINGS", "Government", "governments", "measure_of"]

HARM = frozenset({"killed", "injured", "missing"})
THINGS = frozenset({"strikes", "munitions", "vehicles", "bodies", "attacks", "other"})
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
_ACTION_MEASURES = {"execution": "killed", "assassination": "killed", "sexual_violence": "other"}
_TRANSITIVE = frozenset({"kill", "injure", "arrest", "abduct"})
_NAMED = frozenset({"killed", "injured", "missing", "detained", "abducted"})
_FILLERS = word_set("fillers")
_RELATIVES = word_set("relatives")
_OPENERS = word_set("phrase_openers")
_ORIGINS = {"يان": 2, "يين": None, "يون": None, "يه": 1, "يا": 1, "ي": 1}
_RESULT_LINKS = word_set("result_links")
_ATTEMPTS = word_set("attempts")
_RIDING = word_set("riding")
_LONGEST_GAP = 7
_UNKNOWN_SUBJECT = 4
_LONGEST_TOPIC = 14
_LONGEST_DETOUR = 14


@dataclass(frozen=True, slots=True)
class Government:
    """What governs a phrase.

    Attributes:
        trigger: The verb or verbal noun; the first of two that share the phrase ("قتل وجرح").
        measures: Measures that it says of the phrase.
    """

    trigger: Trigger
    measures: tuple[str, ...]


def governments(sentence: Sentence, groups: list[PeopleGroup]) -> dict[int, Government]:
    """Government by the first token of each governed phrase. Victims told by name are added to `groups`, in order."""
    found: dict[int, Government] = {}
    pending: list[Trigger] = []
    spoken = {i for g in groups if g.outcome is not None for i in range(g.first, g.last)}
    triggers = [t for t in sentence.triggers if measure_of(t) is not None and t.first not in spoken]
    for number, trigger in enumerate(triggers):
        following = triggers[number + 1] if number + 1 < len(triggers) else None
        if _is_purpose(sentence, trigger):
            continue
        adjacent = (
            following is not None
            and following.first == trigger.last
            and "و" in following.proclitics
            and not _with_pronoun(sentence, trigger)
        )
        verbal = trigger.finite or (adjacent and following is not None and following.finite)
        pending.append(trigger)
        satisfied = verbal and not trigger.proclitics and _backward(sentence, groups, trigger, found) is not None
        if adjacent and not satisfied:
            continue
        head = pending[0]
        measures = tuple(dict.fromkeys(m for t in pending if (m := measure_of(t)) is not None))
        limit = following.first if following is not None else len(sentence)
        target = None
        if not (satisfied and adjacent):
            target = _forward(sentence, groups, trigger, limit, found)
        if satisfied and target is not None and target.first > trigger.last and _they(sentence, trigger):
            # A verb in the plural has its subject before it: "ستة مدنيين قتلوا في هجمات شنتها جماعات".
            target = None
        if target is None and verbal:
            target = _backward(sentence, groups, head, found)
        if target is None:
            target = _topic(sentence, groups, head, found)
        if target is None and trigger.entry.frame == "displace" and sentence.text(trigger.first - 1) == "الي":
            target = next((g for g in groups if g.last == trigger.first - 1), None)
        if target is None and set(measures) <= _NAMED:
            target = (
                _by_name(sentence, groups, trigger, limit)
                or _by_pronoun(sentence, groups, trigger)
                or _by_origin(sentence, groups, trigger)
            )
        if target is not None and _fits(target, measures):
            found[target.first] = Government(head, measures)
        pending = []
    return found


def _fits(group: PeopleGroup, measures: tuple[str, ...]) -> bool:
    """Whether such a phrase can be what the word says: those deployed are fighters, "another" needs a person."""
    if "deployed" in measures:
        return not group.civilian and not (group.others and group.elliptical)
    return bool(set(measures) & _NAMED) or not (group.others and not group.quantified)


def measure_of(trigger: Trigger) -> str | None:
    """Measure that a word says of the people with it, None for a word that says none."""
    entry = trigger.entry
    return entry.outcome or _ACTION_MEASURES.get(entry.action or "") or _FRAME_MEASURES.get(entry.frame)


def _is_purpose(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether it says what was meant, not what happened: "داهمت المنزل لاعتقال ابنه"."""
    if sentence.bare(trigger.first - 1) in _ATTEMPTS:
        return True
    return "ل" in trigger.proclitics and not trigger.finite and trigger.entry.frame in ("arrest", "abduct", "recruit")


def _forward(
    sentence: Sentence, groups: Sequence[PeopleGroup], trigger: Trigger, limit: int, taken: dict[int, Government]
) -> PeopleGroup | None:
    """The first phrase behind, over words that fill the gap: the subject of an active verb, dates, phrases of place."""
    start = trigger.last
    for number, group in enumerate(groups):
        if group.first < start or group.first in taken or (group.partitive and group.first > start):
            continue
        if group.first >= limit:
            return None
        if group.outcome in THINGS - {"bodies"}:
            if group.numeric or not trigger.finite:
                return None
            continue
        if _only_fillers(sentence, start, group.first, groups):
            other = _object(sentence, group, groups[number + 1 :], trigger, limit)
            return other or (None if _intruders(group, trigger) else group)
        opened = sentence.text(start) in _OPENERS or sentence.text(start).startswith("بال")
        captive = trigger.entry.frame in ("arrest", "abduct") or trigger.entry.action == "execution"
        if captive and not trigger.passive:
            # "اعتقلت شعبة كذا عشرة شبان": the captor may be a name that nobody knows.
            opened = opened or group.first - start <= _UNKNOWN_SUBJECT
        detour = trigger.finite and opened and group.first - start <= _LONGEST_DETOUR
        plain = group.numeric and not group.definite and not group.conjoined and group.outcome not in HARM
        return group if detour and plain and not _stop_between(sentence, start, group.first) else None
    return None


def _intruders(group: PeopleGroup, trigger: Trigger) -> bool:
    """Whether armed men behind a verb are who did it, not whom it was done to: "اقتحم مسلحون منزلا"."""
    armed = (
        (group.combatant or "SETTLERS" in group.actors)
        and not group.quantified
        and group.outcome is None
        and not group.numeric
    )
    if trigger.entry.frame != "raid" or trigger.passive is True:
        return False
    return trigger.entry.action == "armed_clash" or (armed and trigger.finite)  # a place is stormed, not people


def _object(
    sentence: Sentence, subject: PeopleGroup, later: Sequence[PeopleGroup], trigger: Trigger, limit: int
) -> PeopleGroup | None:
    """The object behind a subject of people: "خطف مسلحون مهندسا", "اغتال مسلحون يستقلون سيارة ضابطا"."""
    other = next((g for g in later if g.outcome not in THINGS), None)
    if other is None or not trigger.finite or trigger.passive or trigger.entry.frame not in _TRANSITIVE:
        return None
    armed = subject.combatant and not subject.quantified and subject.outcome is None
    if not armed or other.conjoined or other.partitive or other.first >= limit:
        return None
    if any(c.first >= subject.first and c.last <= other.first for c in sentence.cues.get("subgroup", ())):
        return None
    return other if other.first - subject.last <= _LONGEST_GAP and _adjectives(sentence, subject, other) else None


def _adjectives(sentence: Sentence, subject: PeopleGroup, other: PeopleGroup) -> bool:
    """Whether only adjectives, actors and dates stand between subject and object."""
    index = subject.last
    while index < other.first:
        skipped = next((d for d in sentence.dates if d.first <= index < d.last), None) or next(
            (a for a in sentence.actors if a.first <= index < a.last), None
        )
        if skipped is not None:
            index = skipped.last
            continue
        word = sentence.text(index)
        if word not in _FILLERS | _RIDING and not word.endswith(("ون", "ين", "يه")) and word not in "\"'":
            return False
        index += 1
    return True


def _topic(
    sentence: Sentence, groups: Sequence[PeopleGroup], trigger: Trigger, taken: dict[int, Government]
) -> PeopleGroup | None:
    """A counted phrase that its verb follows at a distance: "أكثر من 15 عنصرا من بلدات ...، هربوا"."""
    if not trigger.finite or trigger.proclitics:
        return None
    before = (g for g in reversed(groups) if g.last <= trigger.first and not _is_part(sentence, groups, g))
    group = next(before, None)
    if group is None or group.first in taken or not group.quantified or not group.numeric or group.outcome is not None:
        return None
    if group.conjoined or group.partitive or group.elliptical or trigger.first - group.last > _LONGEST_TOPIC:
        return None
    between = range(group.last, trigger.first)
    if any(t.first in between for t in sentence.triggers) or any(sentence.text(i) in ".؛:" for i in between):
        return None
    return group


def _backward(
    sentence: Sentence, groups: Sequence[PeopleGroup], trigger: Trigger, taken: dict[int, Government]
) -> PeopleGroup | None:
    """The phrase right before a verb: "ثلاثة أشخاص قتلوا"."""
    for group in reversed(groups):
        if group.last > trigger.first or group.first in taken:
            continue
        parts = [g for g in groups if group.last <= g.first < trigger.first and _is_part(sentence, groups, g)]
        gap = list(sentence.words_between(max([group.last, *(g.last for g in parts)]), trigger.first))
        relative = bool(gap) and all(word in _RELATIVES for word in gap)
        if group.first > 0 and not group.partitive and _is_part(sentence, groups, group):
            continue  # "13 شخصا بينهم ستة أطفال قتلوا"
        if "و" in trigger.proclitics or _stop_between(sentence, *_open_gap(sentence, group, parts, trigger)):
            return None
        if (len(gap) > 2 and not relative) or (gap and gap[0] in ("الذين", "الذي", "التي") and not group.numeric):
            return None
        if group.outcome in THINGS - {"bodies"}:
            return None
        return _first_of_run(groups, group, together=_they(sentence, trigger))
    return None


def _open_gap(
    sentence: Sentence, group: PeopleGroup, parts: Sequence[PeopleGroup], trigger: Trigger
) -> tuple[int, int]:
    """What stands between a phrase and its verb, without parts between commas: "22 مسلحا، بينهم أربعة قادة، قتلوا"."""
    if not parts or sentence.text(group.last) != "،":
        return group.last, trigger.first
    end = max(g.last for g in parts)
    return (end + 1 if sentence.text(end) == "،" else end), trigger.first


def _is_part(sentence: Sentence, groups: Sequence[PeopleGroup], group: PeopleGroup) -> bool:
    """Whether "بينهم" ties a phrase to a counted one before it."""
    return any(c.last == group.first for c in sentence.cues.get("subgroup", ())) and any(
        g.last < group.first and g.quantified for g in groups
    )


def _first_of_run(groups: Sequence[PeopleGroup], group: PeopleGroup, *, together: bool) -> PeopleGroup:
    """The first of phrases that و ties together: "15 مدنيا وأربعة مقاتلين قتلوا".

    Args:
        groups: The phrases of the sentence.
        group: The last of them before the verb.
        together: Whether the verb is said of several ("جنديين وحارسا قتلوا").
    """
    before = next((g for g in groups if g.last == group.first), None)
    if before is None or not group.conjoined or before.outcome in THINGS:
        return group
    counted = (group.quantified or (group.numeric and group.best == 2)) and before.quantified
    if not counted and not (together and group.numeric and before.numeric and not before.definite):
        return group
    return _first_of_run(groups, before, together=together)


def _they(sentence: Sentence, trigger: Trigger) -> bool:
    return trigger.finite and sentence.text(trigger.first).endswith("وا")


def _by_name(sentence: Sentence, groups: list[PeopleGroup], trigger: Trigger, limit: int) -> PeopleGroup | None:
    first = trigger.last
    if trigger.finite and trigger.passive is not True and trigger.entry.frame in _TRANSITIVE:
        # "اغتال مجهولون أبو حسن": who did it stands between.
        first = next((a.last for a in sentence.actors if min(a.first, a.head) == first), first)
    count, last = names_after(sentence, first)
    if not count or last > limit:
        return None
    if count == 1 and (titled := _title_behind(sentence, groups, last)) is not None:
        return titled
    group = PeopleGroup(first, last, count, count, count, "exact")
    groups[:] = sorted((*(g for g in groups if g.first < group.first or g.first >= last), group), key=lambda g: g.first)
    return group


def _title_behind(sentence: Sentence, groups: Sequence[PeopleGroup], last: int) -> PeopleGroup | None:
    """What a man is, behind his name: "أبو حسن القيادي في الفيلق", "أبو علي، قائد الكتيبة"."""
    group = next((g for g in groups if g.first == sentence.skip_punct(last)), None)
    if group is None or group.best != 1 or group.quantified or group.conjoined or group.outcome is not None:
        return None
    return group


def _with_pronoun(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a verbal noun carries its own victim: "لمقتله"."""
    if trigger.finite or trigger.first + 1 != trigger.last:
        return False
    nouns = [a for a in sentence.analyses[trigger.first] if a.pos != "verb"]
    return bool(nouns) and all(a.enclitic for a in nouns)


def _by_pronoun(sentence: Sentence, groups: list[PeopleGroup], trigger: Trigger) -> PeopleGroup | None:
    """A victim who is a pronoun: "ما أدى إلى مقتله"."""
    if trigger.finite or trigger.first + 1 != trigger.last:
        return None
    if not any(a.enclitic in ("ه", "ها") and a.pos != "verb" for a in sentence.analyses[trigger.first]):
        return None
    before = sentence.text(trigger.first - 1)
    if before not in _RESULT_LINKS and not set(trigger.proclitics) & {"ب", "ل"}:
        return None
    results = [t.last for t in sentence.triggers if t.entry.frame == "result"]
    results += [c.last for c in sentence.cues.get("result", ())]
    if not any(trigger.first - 2 <= last <= trigger.first for last in results):
        return None
    group = PeopleGroup(trigger.first, trigger.last, 1, 1, 1, "exact")
    groups[:] = sorted((*groups, group), key=lambda g: g.first)
    return group


def _by_origin(sentence: Sentence, groups: list[PeopleGroup], trigger: Trigger) -> PeopleGroup | None:
    """A victim told by where he is from: "قتل فلسطينيان", "مقتل سوري"."""
    first, word = trigger.last, sentence.text(trigger.last)
    if (
        trigger.entry.strength != "event"
        or not trigger.entry.outcome
        or trigger.definite
        or word[:1] in "وب"
        or word[:2] == "ال"
    ):
        return None
    if first >= len(sentence) or sentence.persons.get(first) is not None or sentence.quantity_over(first) is not None:
        return None
    known = any(a.pos != "adj" or a.definite or a.proclitics for a in sentence.analyses[first])
    ending = next((e for e in _ORIGINS if len(word) > len(e) + 2 and word.endswith(e)), None)
    if known or ending is None:
        return None
    number = _ORIGINS[ending]
    last = first + 1
    if sentence.text(last) in ("اثنين", "اثنان"):
        number, last = 2, last + 1
    group = PeopleGroup(first, last, number, number, number, "exact" if number else "vague")
    groups[:] = sorted((*(g for g in groups if not first <= g.first < last), group), key=lambda g: g.first)
    return group


def _only_fillers(sentence: Sentence, first: int, last: int, groups: Sequence[PeopleGroup]) -> bool:
    index, words = first, 0
    while index < last:
        date = next((d for d in sentence.dates if d.first <= index < d.last), None)
        actor = next(
            (a for a in sentence.actors if min(a.head, a.first) <= index < a.last and not a.proclitics.strip("و")), None
        )
        thing = next((g for g in groups if g.first <= index < g.last and g.outcome in THINGS), None)
        place = next((p for p in sentence.places if p.head <= index < p.last), None)
        skipped = date or actor or thing or place
        if skipped is not None:
            index = skipped.last
            continue
        token = sentence.tokens[index]
        if token.kind == "punct":
            if token.text not in "\"'(),،-":
                return False
        else:
            words += 1
            if words > _LONGEST_GAP or (token.text not in _FILLERS and sentence.bare(index) not in _FILLERS):
                return False
        index += 1
    return True


def _stop_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(token.kind == "punct" and token.text in ".،؛:" for token in sentence.tokens[first:last])
