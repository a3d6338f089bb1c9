"""Reads phrases of counted people and things: "ثلاثة مدنيين", "طفلان", "عدد من القتلى", "امرأة وطفليها"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conflict_events.extraction.reading import ActorMention, PersonWord, Sentence

__all__ = ["PeopleGroup", "coordinated", "people_groups"]

_OTHERS = frozenset("اخر اخري اخرون اخرين اخران اخريين اخرتين اخريات".split())
_ORDINAL = frozenset("ثالث رابع خامس سادس ثالثه رابعه".split())
_OTHER_COUNT = {"اخر": 1, "اخري": 1, "اخران": 2, "اخريين": 2, "اخرتين": 2, "اخريات": None}
_TWO = frozenset("اثنين اثنان اثنتين اثنتان".split())
_ONE_OF = frozenset("احد احدي".split())
_AFFILIATION = frozenset(
    "من في ب ل صفوف عناصر عنصر افراد مقاتلي مسلحي جنود مرتبات تابع تابعه تابعين تابعا تابعان".split()
)
_LAST_MODIFIER = 7


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A counted noun phrase.

    Attributes:
        first: First token.
        last: One past the last token.
        low: Lower bound, None where not stated.
        best: Stated number, None where not stated.
        high: Upper bound, None where not stated.
        qualifier: exact, at_least, at_most, about, range or vague.
        groups: Sub-groups that its nouns name (civilians, children, ...).
        outcome: Measure that its noun names by itself (قتيل: killed, غارة: strikes), or None.
        both: Whether killed and injured stand together in it ("بين قتيل وجريح").
        civilian: Whether its nouns are civilians.
        combatant: Whether its nouns are fighters.
        actors: Actors that the people belong to.
        elliptical: Whether it has no noun ("ستة آخرون").
        conjoined: Whether و ties it to what stands before.
        definite: Whether its noun carries ال.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    groups: tuple[str, ...] = ()
    outcome: str | None = None
    both: bool = False
    civilian: bool = False
    combatant: bool = False
    actors: tuple[str, ...] = ()
    elliptical: bool = False
    conjoined: bool = False
    definite: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it states a number."""
        return self.qualifier != "vague"


def people_groups(sentence: Sentence) -> list[PeopleGroup]:
    """All counted phrases of a sentence, left to right, not overlapping."""
    found = []
    index = 0
    while index < len(sentence):
        group = _group_at(sentence, index)
        if group is None:
            index += 1
        else:
            found.append(group)
            index = max(group.last, index + 1)
    return found


def _conjoined(sentence: Sentence, index: int) -> bool:
    word = sentence.text(index)
    return (len(word) > 1 and word.startswith("و")) or sentence.text(index - 1) == "و"


def _group_at(sentence: Sentence, index: int) -> PeopleGroup | None:
    quantity = sentence.quantity_at(index)
    if quantity is not None:
        if quantity.role not in ("count", "unknown"):
            return None
        base = PeopleGroup(
            quantity.first,
            quantity.last,
            quantity.low,
            quantity.best,
            quantity.high,
            quantity.qualifier,
            conjoined=_conjoined(sentence, index),
        )
        return _after_quantity(sentence, base)
    if sentence.quantity_over(index) is not None:
        return None
    if sentence.bare(index) in _ONE_OF and not sentence.text(index).startswith("ال"):
        person = sentence.persons.get(sentence.skip_punct(index + 1))
        if person is not None and person.number == "p":
            base = PeopleGroup(index, person.last, 1, 1, 1, "exact", conjoined=_conjoined(sentence, index))
            return _with_modifiers(sentence, _with_noun(base, person))
        return None
    person = sentence.persons.get(index)
    if person is not None and person.noun is not None:
        return _bare_noun(sentence, index, person)
    bare = sentence.bare(index)
    if bare in _OTHERS | _ORDINAL and not sentence.text(index).lstrip("و").startswith("ال"):
        number = _OTHER_COUNT.get(bare, 1 if bare in _ORDINAL else None)
        qualifier = "exact" if number else "vague"
        return PeopleGroup(
            index, index + 1, number, number, number, qualifier, elliptical=True, conjoined=_conjoined(sentence, index)
        )
    return None


def _after_quantity(sentence: Sentence, base: PeopleGroup) -> PeopleGroup | None:
    index = sentence.skip_punct(base.last)
    if sentence.text(index) == "من" or sentence.text(index) in ("بين",):
        index = sentence.skip_punct(index + 1)
    for _ in range(2):
        person = sentence.persons.get(index)
        if person is not None and "و" not in person.proclitics:
            group = _with_noun(replace(base, last=person.last), person)
            return _with_modifiers(sentence, group)
        if sentence.bare(index) in _OTHERS and not sentence.text(index).startswith("و"):
            index += 1
            person = sentence.persons.get(index)
            if person is None or "و" in person.proclitics:
                return replace(base, last=index, elliptical=True)
        else:
            break
    actor = next((a for a in sentence.actors if a.first == index and not a.nisba), None)
    if actor is not None and "و" not in actor.proclitics:
        return replace(base, last=actor.last, actors=(actor.actor_id,), combatant=_armed(actor))
    return replace(base, elliptical=True)


def _bare_noun(sentence: Sentence, index: int, person: PersonWord) -> PeopleGroup | None:
    number = {"s": 1, "d": 2}.get(person.number)
    last = person.last
    if person.noun is not None and person.noun.measure in ("strikes", "munitions") and number == 1:
        return None
    after = sentence.quantity_at(sentence.skip_punct(last))
    if sentence.text(last) in _TWO:
        number, last = 2, last + 1
    elif (
        after is not None
        and after.best in (1, 2)
        and sentence.text(after.first)[0] != "و"
        and after.last == after.first + 1
    ):
        number, last = after.best, after.last
    qualifier = "exact" if number else "vague"
    high = number
    if [sentence.text(last), sentence.text(last + 1)] == ["علي", "الاقل"] and number:
        qualifier, high, last = "at_least", None, last + 2
    base = PeopleGroup(index, last, number, number, high, qualifier, conjoined=_conjoined(sentence, index))
    return _with_modifiers(sentence, _with_noun(base, person))


def _with_noun(group: PeopleGroup, person: PersonWord) -> PeopleGroup:
    noun = person.noun
    if noun is None:
        return group
    groups = group.groups
    if noun.group and noun.group not in groups:
        groups = (*groups, noun.group)
    return replace(
        group,
        groups=groups,
        outcome=group.outcome or _outcome(person),
        civilian=group.civilian or noun.makes_civilian,
        combatant=group.combatant or noun.group == "combatants",
        definite=group.definite or person.definite,
    )


def _outcome(person: PersonWord) -> str | None:
    return None if person.noun is None else person.noun.outcome or person.noun.measure


def _armed(mention: ActorMention) -> bool:
    return mention.actor is not None and mention.actor_id not in (
        "CIVILIANS",
        "JOURNALISTS",
        "AID_WORKERS",
        "PROTESTERS",
    )


def _with_modifiers(sentence: Sentence, group: PeopleGroup) -> PeopleGroup:
    """Adjectives, "آخرين", "بين قتيل وجريح" and the side that the people belong to."""
    index = group.last
    steps = 0
    affiliated = False
    while index < len(sentence) and steps < _LAST_MODIFIER:
        steps += 1
        word = sentence.text(index)
        if sentence.tokens[index].kind == "punct":
            if word in "\"'()":
                index += 1
                continue
            break
        if word == "بين" and _outcome_at(sentence, index + 1) and _outcome_at(sentence, index + 2):
            return replace(group, last=index + 3, both=True)
        person = sentence.persons.get(index)
        if person is not None and not person.proclitics.strip("ال") and person.noun is not None and not affiliated:
            outcome = _outcome(person)
            if outcome is not None and group.outcome not in (None, outcome):
                break
            group = replace(_with_noun(group, person), last=person.last)
            index = person.last
            continue
        actor = next((a for a in sentence.actors if a.first == index), None)
        if (
            actor is not None
            and "و" not in actor.proclitics
            and (actor.nisba or affiliated or actor.proclitics.startswith("ل"))
        ):
            group = replace(group, actors=(*group.actors, actor.actor_id), last=actor.last)
            if _armed(actor) and not group.civilian and not group.outcome == "strikes":
                group = replace(group, combatant=group.combatant or affiliated)
            index = actor.last
            continue
        if sentence.bare(index) in _OTHERS and not word.startswith("و"):
            index += 1
            group = replace(group, last=index)
            continue
        if word in ("علي",) and sentence.text(index + 1) == "الاقل" and group.numeric:
            group = replace(group, qualifier="at_least", high=None, last=index + 2)
            index += 2
            continue
        if (
            word not in ("بين",)
            and sentence.text(index + 1) == "بين"
            and _outcome_at(sentence, index + 2)
            and _outcome_at(sentence, index + 3)
        ):
            return replace(group, last=index + 4, both=True)
        if sentence.bare(index) in _AFFILIATION or word.lstrip("ب") in _AFFILIATION:
            affiliated = True
            index += 1
            continue
        break
    return group


def _outcome_at(sentence: Sentence, index: int) -> bool:
    person = sentence.persons.get(index)
    return person is not None and person.noun is not None and person.noun.outcome in ("killed", "injured")


def coordinated(groups: list[PeopleGroup]) -> Iterator[list[PeopleGroup]]:
    """Runs of groups tied by و with nothing between them."""
    run: list[PeopleGroup] = []
    for group in groups:
        if run and group.conjoined and group.first - run[-1].last <= 1:
            run.append(group)
        else:
            if run:
                yield run
            run = [group]
    if run:
        yield run
