"""Reads phrases of counted people and things: "ثلاثة مدنيين", "طفلان", "عدد من القتلى", "امرأة وطفليها"."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.arabic.quantities import Quantity
from conflict_events.extraction.describing import (
    CROWDS,
    OTHERS,
    PeopleGroup,
    agrees,
    described,
    is_armed,
    origin_of,
    with_noun,
)
from conflict_events.extraction.names import name_end
from conflict_events.extraction.reading import ActorMention, PersonWord, Sentence, bare_word
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set

__all__ = ["COUNTERS", "PeopleGroup", "counts_without_noun", "people_groups"]

_ORDINAL = word_set("ordinals")
_OTHER_COUNT = {"اخر": 1, "اخري": 1, "اخران": 2, "اخريين": 2, "اخرتين": 2}
_TWO = word_set("two")
_SEVERAL = word_set("several")
_ONE_OF = word_set("one_of")
_ONE_OF_THEM = word_set("one_of_them")
_SERIES = word_set("series")
_DRONES = word_set("unmanned")
_OF_THEM = word_set("of_them")
_WITHOUT = word_set("without")
_HAPPENING = word_set("happening")
_ANY = word_set("any")
_REST_OF = word_set("rest_of")
_MOST_OF = word_set("most_of")
_MOST_OF_THEM = word_set("most_of_them")
_TIMES = word_set("times")
_TWICE = word_set("twice")
_UNNUMBERED = _MOST_OF | _MOST_OF_THEM | _TWICE
COUNTERS = OTHERS | _ORDINAL | _ONE_OF | _ONE_OF_THEM | _REST_OF | _UNNUMBERED
_FAMILY = "people.aila"
_INCIDENTS = word_set("incidents")
_INCIDENT_FRAMES = frozenset({"strike", "blast", "clash", "raid"})
_DENIED_REACH = 5
_TIMES_REACH = 8
_DESCRIBING = frozenset({"people.askari", "people.madani", "people.musallah"})
_BY_AIR = word_set("by_air")


def people_groups(sentence: Sentence) -> list[PeopleGroup]:
    """All counted phrases of a sentence, left to right, not overlapping."""
    found = []
    last = 0
    for index in sorted({*(q.first for q in sentence.quantities), *sentence.persons, *sentence.marked(Bit.OTHERS)}):
        group = _group_at(sentence, index) if index >= last else None
        if group is not None:
            if group.combatant and not group.actors and (owner := _owner(sentence, group)):
                group = replace(group, actors=(owner,))
            if group.of_state and not group.actors and sentence.state is not None:
                group = replace(group, actors=(sentence.state,))
            found.append(group)
            last = group.last
    return found


def _owner(sentence: Sentence, group: PeopleGroup) -> str:
    """Whose fighters they are by their pronoun: "أعلن الحزب مقتل أربعة من عناصره"; "" where it has none."""
    if not any(sentence.persons[i].owned for i in range(group.first, group.last) if i in sentence.persons):
        return ""
    before = [a for a in sentence.actors if a.last <= group.first and not a.nisba and is_armed(a)]
    return before[-1].actor_id if before else ""


def counts_without_noun(word: str) -> bool:
    """Whether a word may count people that no noun names: "آخران", "أحدهم", "بقية"."""
    return bare_word(word) in COUNTERS


def _conjoined(sentence: Sentence, index: int) -> bool:
    word = sentence.text(index)
    return (len(word) > 1 and word.startswith("و")) or sentence.text(index - 1) == "و"


def _group_at(sentence: Sentence, index: int) -> PeopleGroup | None:
    quantity = sentence.quantity_at(index)
    if quantity is not None:
        return _with_quantity(sentence, index, quantity)
    if sentence.quantity_over(index) is not None:
        return None
    bare = sentence.bare(index)
    if bare in _ONE_OF and not sentence.text(index).startswith("ال"):
        person = sentence.persons.get(sentence.skip_punct(index + 1))
        if person is not None and person.number == "p":
            one = PeopleGroup(index, person.last, 1, 1, 1, "exact", conjoined=_conjoined(sentence, index))
            # Of "one of the wounded" the noun tells who it was, not what befell him now.
            return described(sentence, replace(with_noun(one, person), outcome=None, definite=False))
        return None
    if bare in _ONE_OF_THEM:
        return PeopleGroup(index, index + 1, 1, 1, 1, "exact", elliptical=True, conjoined=_conjoined(sentence, index))
    if bare in _REST_OF and sentence.persons.get(index + 1) is not None:
        rest = PeopleGroup(index, index + 1, None, None, None, "vague", conjoined=_conjoined(sentence, index))
        return described(sentence, with_noun(replace(rest, last=index + 2), sentence.persons[index + 1]))
    if bare in _UNNUMBERED:
        return _unnumbered(sentence, index, bare)
    person = sentence.persons.get(index)
    if person is not None and person.noun is not None:
        named = any(p.head < index < p.last for p in sentence.places)  # "مخيم جنين"
        return None if named or _adjectival(sentence, index, person) else _bare_noun(sentence, index, person)
    if bare in OTHERS | _ORDINAL and not sentence.text(index).lstrip("و").startswith("ال"):
        number = _OTHER_COUNT.get(bare, 1 if bare in _ORDINAL else None)
        return PeopleGroup(
            index,
            index + 1,
            number,
            number,
            number,
            "exact" if number else "vague",
            elliptical=True,
            others=bare in OTHERS,
            conjoined=_conjoined(sentence, index),
        )
    return None


def _adjectival(sentence: Sentence, index: int, person: PersonWord) -> bool:
    """Whether the word describes what stands before it: "رتل عسكري", "حاجز أمني", "خلية إرهابية"."""
    if person.noun is None or person.number != "s" or person.proclitics:
        return False
    if any(a.head < index < a.last and a.head not in sentence.persons for a in sentence.actors):
        return True
    if person.noun.id not in _DESCRIBING:
        return False
    return any(t.last == index and t.form == "noun" and not t.entry.outcome for t in sentence.triggers)


def _with_quantity(sentence: Sentence, index: int, quantity: Quantity) -> PeopleGroup | None:
    """The phrase that a number or vague word opens; None where it counts nothing."""
    base = _of_quantity(sentence, index, quantity)
    if quantity.role == "measure" and sentence.text(quantity.last) in _TIMES and _bombed(sentence, index):
        return replace(base, last=quantity.last + 1, outcome="strikes")
    if quantity.role not in ("count", "unknown") or quantity.definite:
        return None
    return _after_quantity(sentence, base)


def _of_quantity(sentence: Sentence, index: int, quantity: Quantity) -> PeopleGroup:
    return PeopleGroup(
        quantity.first,
        quantity.last,
        quantity.low,
        quantity.best,
        quantity.high,
        quantity.qualifier,
        conjoined=_conjoined(sentence, index),
        quantified=True,
        scaled=quantity.scaled or quantity.qualifier != "vague",
    )


def _after_quantity(sentence: Sentence, base: PeopleGroup) -> PeopleGroup:
    index = sentence.skip_punct(base.last)
    if sentence.text(index) in _OF_THEM:
        part = replace(base, last=index + 1, partitive=True, elliptical=True)
        person = sentence.persons.get(index + 1)
        if person is None or "و" in person.proclitics:
            return part
        return described(sentence, with_noun(replace(part, last=person.last, elliptical=False), person))
    if sentence.text(index) in ("من", "بين"):
        index = sentence.skip_punct(index + 1)
    named = next((a for a in sentence.actors if a.first == index and a.last - a.first > 1 and not a.nisba), None)
    if named is not None and index in sentence.persons and "و" not in named.proclitics and named.head == index:
        # "20 من عناصر المصالحات": the name of a force may open with a noun of people.
        person = sentence.persons[index]
        return replace(_named(with_noun(base, person), named), definite=False)
    for _ in range(2):
        person = sentence.persons.get(index)
        if person is not None and not set(person.proclitics) & set("وبلك"):
            group = replace(with_noun(replace(base, last=person.last), person), definite=False)
            return described(sentence, _drone(sentence, group))
        if sentence.bare(index) in OTHERS and not sentence.text(index).startswith("و"):
            index += 1
            base = replace(base, others=True)
            person = sentence.persons.get(index)
            if person is None or "و" in person.proclitics or not agrees(base, person):
                return described(sentence, replace(base, last=index, elliptical=True))
        else:
            break
    # Right behind a number an adjective of origin is a noun: "ثمانية حوثيين".
    actor = next((a for a in sentence.actors if a.first == index and (not a.nisba or index == base.last)), None)
    if actor is not None and "و" not in actor.proclitics:
        if actor.adjectival and actor.head == actor.first and actor.actor is not None and actor.actor.kind == "state":
            # "تسعة سوريين" are people of a nation, not its soldiers.
            return described(sentence, replace(base, last=actor.last))
        group = replace(base, last=actor.last, actors=(actor.actor_id,), combatant=is_armed(actor))
        whole = described(sentence, group)
        return whole if whole.both else group  # "العشرات من الحوثيين بين قتيل وجريح"
    incident = _incident(sentence, index)
    if incident is not None and base.quantified:
        return replace(base, last=index + 1, outcome=incident)
    return replace(base, elliptical=True, origin=origin_of(sentence, base.last))


def _bombed(sentence: Sentence, index: int) -> bool:
    """Whether times are those of an attack from the air: "قصفت الطائرات خمس مرات", "أغار الطيران مرتين"."""
    air = "aircraft" in sentence.heads.values()
    return any(
        t.finite
        and 0 <= index - t.last <= _TIMES_REACH
        and (t.entry.action == "air_strike" or (air and t.entry.frame == "strike"))
        for t in sentence.triggers
    )


def _unnumbered(sentence: Sentence, index: int, bare: str) -> PeopleGroup | None:
    """Raids and munitions that no numeral counts; None for anything else.

    As in "أغار الطيران مرتين", "معظم الصواريخ", "صواريخ ... أسقطت بعضها".
    """
    if bare in _TWICE:
        twice = PeopleGroup(index, index + 1, 2, 2, 2, "exact", outcome="strikes", quantified=True)
        return twice if _bombed(sentence, index) else None
    whole = None
    if bare in _MOST_OF:
        whole = sentence.persons.get(index + 1)
    elif any(t.last == index and t.entry.action == "weapons_disrupted" for t in sentence.triggers):
        whole = next((p for at, p in reversed(sentence.persons.items()) if at < index and _is_munition(p)), None)
    if whole is None or not _is_munition(whole):
        return None
    last = whole.last if bare in _MOST_OF else index + 1
    return PeopleGroup(index, last, None, None, None, "vague", outcome="munitions", quantified=True)


def _is_munition(person: PersonWord) -> bool:
    return person.noun is not None and person.noun.measure == "munitions"


def _named(group: PeopleGroup, actor: ActorMention) -> PeopleGroup:
    """The people of an actor whose name opens with their noun."""
    group = replace(group, last=actor.last, actors=(actor.actor_id,), civilian=False)
    return replace(group, combatant=True, groups=()) if is_armed(actor) else group


def _incident(sentence: Sentence, index: int) -> str | None:
    """Measure of a counted attack: "attacks", or strikes for one from the air ("85 هجوما جويا")."""
    trigger = next((t for t in sentence.triggers if t.first == index), None)
    noun = trigger is not None and trigger.form != "finite" and trigger.entry.frame in _INCIDENT_FRAMES
    if trigger is not None and trigger.proclitics:
        return None
    if not noun and sentence.text(index) not in _INCIDENTS:
        return None
    return "strikes" if sentence.text(index + 1) in _BY_AIR else "attacks"


def _bare_noun(sentence: Sentence, index: int, person: PersonWord) -> PeopleGroup | None:
    number = {"s": 1, "d": 2}.get(person.number)
    last = person.last
    noun = person.noun
    if noun is not None and noun.measure in ("strikes", "munitions") and number == 1:
        return None
    if noun is not None and noun.id == _FAMILY and number == 1:
        number = None
    after = sentence.quantity_at(sentence.skip_punct(last))
    if noun is not None and noun.outcome == "bodies" and after is not None and after.role == "count":
        # "جثامين أكثر من 155 شخصا": the number counts the bodies.
        counted = _after_quantity(sentence, _of_quantity(sentence, index, after))
        return replace(counted, first=index, outcome="bodies", conjoined=_conjoined(sentence, index))
    number, last, quantified = _number_behind(sentence, index, person, number)
    if _told_of(sentence, index, person, "unreported"):
        return None
    if _named_zero(sentence, index, person) or _told_of(sentence, index, person, "nobody"):
        number = 0
    qualifier = "vague" if number is None else "exact"
    high = number
    if [sentence.text(last), sentence.text(last + 1)] == ["علي", "الاقل"] and number:
        qualifier, high, last = "at_least", None, last + 2
    base = PeopleGroup(
        index, last, number, number, high, qualifier, conjoined=_conjoined(sentence, index), quantified=quantified
    )
    base = with_noun(base, person)
    named = next((a for a in sentence.actors if a.first == index and a.last > last), None)
    if named is not None and (named.actor_id in CROWDS or (base.civilian and is_armed(named))):
        # "عامل إغاثة" is no worker but an aid worker, "رجال القبائل" are no men but fighters.
        return replace(_named(base, named), outcome=base.outcome)
    if number == 1 and not any(a.first == last for a in sentence.actors):
        base = replace(base, last=name_end(sentence, last))
    return described(sentence, _drone(sentence, base))


def _number_behind(
    sentence: Sentence, index: int, person: PersonWord, number: int | None
) -> tuple[int | None, int, bool]:
    """The number of a noun with what stands beside it, where its phrase ends, and whether it is quantified.

    As in "جنديان اثنان", "غارات عدة", "سلسلة غارات", "أطفالهما الثلاثة".
    """
    last, noun = person.last, person.noun
    things = noun is not None and noun.category == "things"
    quantified = things and sentence.bare(index - 1).lstrip("ب") in _SERIES
    if things and person.number == "p" and sentence.text(last) in _SEVERAL:
        return number, last + 1, True
    if sentence.text(last) in _TWO:
        return 2, last + 1, quantified
    after = sentence.quantity_at(sentence.skip_punct(last))
    if after is None or after.best is None or sentence.text(after.first)[0] == "و" or after.last != after.first + 1:
        return number, last, quantified
    owned = any(a.enclitic for a in sentence.analyses[index] if a.pos != "verb")
    if after.best in (1, 2) or (after.definite and (person.definite or owned)):
        return after.best, after.last, True
    return number, last, quantified


def _drone(sentence: Sentence, group: PeopleGroup) -> PeopleGroup:
    """An unmanned aircraft is no vehicle: "طائرتين مسيرتين"."""
    if group.outcome == "vehicles" and sentence.text(group.last) in _DRONES:
        return replace(group, outcome="other", last=group.last + 1)
    return group


def _told_of(sentence: Sentence, index: int, person: PersonWord, category: str) -> bool:
    """Whether a cue governs a bare plural of harm: "لم ترد أنباء عن إصابات", "لم تسفر عن إصابات"."""
    if person.noun is None or person.noun.outcome not in ("killed", "injured") or person.number != "p":
        return False
    return any(
        c.last <= index <= c.last + _DENIED_REACH
        and not any(t.kind == "punct" and t.text in "،.؛" for t in sentence.tokens[c.last : index])
        for c in sentence.cues.get(category, ())
    )


def _named_zero(sentence: Sentence, index: int, person: PersonWord) -> bool:
    """Whether the text says that nobody was hurt: "دون وقوع إصابات"."""
    if person.noun is None or person.noun.outcome not in ("killed", "injured") or person.number != "p":
        return False
    before = index - 1
    if sentence.text(before) in _ANY:
        before -= 1
    return sentence.text(before) in _WITHOUT or (
        sentence.text(before) in _HAPPENING and sentence.text(before - 1) in _WITHOUT
    )
