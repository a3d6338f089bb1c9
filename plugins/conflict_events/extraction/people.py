"""Reads phrases of counted people and things: "ثلاثة مدنيين", "طفلان", "عدد من القتلى", "امرأة وطفليها"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conflict_events.arabic.quantities import Quantity
from conflict_events.extraction.names import name_end
from conflict_events.extraction.reading import ActorMention, PersonWord, Sentence
from conflict_events.extraction.wordsets import words

__all__ = ["PeopleGroup", "people_groups"]

_OTHERS = words("اخر اخري اخرون اخرين اخران اخريين اخرتين اخريات")
_ORDINAL = words("ثالث رابع خامس سادس ثالثه رابعه ثالثا رابعا خامسا")
_OTHER_COUNT = {"اخر": 1, "اخري": 1, "اخران": 2, "اخريين": 2, "اخرتين": 2}
_TWO = words("اثنين اثنان اثنتين اثنتان")
_ONE_OF = words("احد احدي")
_ONE_OF_THEM = words("احدهم احدهما احداهما احداهن")
_SERIES = words("سلسله عشرات مئات ميات")
_DRONES = words("مسيره مسيرتين مسيرات مسيرتان استطلاع استطلاعيه استطلاعيتين بدون درون انتحاريه")
_OF_THEM = words("منهم منهن منها منهما")
_RANKS = words("صفوف بصفوف بين من")
_WITHOUT = words("دون بدون بلا وبدون ودون")
_HAPPENING = words("وقوع تسجيل سقوط حدوث")
_ANY = words("اي ايه")
_REST_OF = words("باقي بقيه ساير")
_AFFILIATION = words("من في ب ل صفوف عناصر عنصر افراد مقاتلي مسلحي جنود مرتبات تابع تابعه تابعين تابعا تابعان")
_ADJECTIVES = words(
    "people.madani people.musinn people.shaqiq people.musallah people.askari people.nazih people.muhajjar"
    " people.laji people.qasir people.radi people.qatil people.shahid people.jarih people.musab people.mafqud"
    " people.mutaqal people.mukhtataf people.mujannad people.mutaqaid people.tabi"
)
_FAMILY = "people.aila"
_YOUTH = "people.shabb"
_INCIDENTS = words(
    "عمليه عمليات حادثه حوادث حادثا هجمه هجمات خرق خرقا خروقات انتهاك انتهاكا انتهاكات استهداف استهدافا استهدافات"
)
_INCIDENT_FRAMES = frozenset({"strike", "blast", "clash", "raid"})
_BY_AIR = words("جوي جويا جويه جويين جويتين")
_THINGS = frozenset({"strikes", "munitions", "vehicles", "other"})
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
        outcome: Measure that its noun names by itself (قتيل: killed, غارة: strikes), "attacks" for a counted attack
            or incident ("28 انفجارا"), or None.
        both: Whether killed and injured stand together in it ("بين قتيل وجريح").
        civilian: Whether its nouns are civilians.
        combatant: Whether its nouns are fighters.
        actors: Actors that the people belong to.
        elliptical: Whether it has no noun ("ستة آخرون").
        others: Whether "آخرون" sets it beside people just named.
        conjoined: Whether و ties it to what stands before.
        definite: Whether its noun carries ال.
        quantified: Whether a number or a vague word ("عدد من") stands in it.
        partitive: Whether it is a part of people just named ("ثلاثة منهم أطفال").
        youths: Whether only شاب makes its people men.
        origin: Place that its people come from ("60 مقاتلا من حلب"), in English, or None.
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
    others: bool = False
    conjoined: bool = False
    definite: bool = False
    quantified: bool = False
    partitive: bool = False
    youths: bool = False
    origin: str | None = None

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
        if quantity.role not in ("count", "unknown") or quantity.definite:
            return None
        return _after_quantity(sentence, _of_quantity(sentence, index, quantity))
    if sentence.quantity_over(index) is not None:
        return None
    bare = sentence.bare(index)
    if bare in _ONE_OF and not sentence.text(index).startswith("ال"):
        person = sentence.persons.get(sentence.skip_punct(index + 1))
        if person is not None and person.number == "p":
            one = PeopleGroup(index, person.last, 1, 1, 1, "exact", conjoined=_conjoined(sentence, index))
            # Of "one of the wounded" the noun tells who it was, not what befell him now.
            return _with_modifiers(sentence, replace(_with_noun(one, person), outcome=None, definite=False))
        return None
    if bare in _ONE_OF_THEM:
        return PeopleGroup(index, index + 1, 1, 1, 1, "exact", elliptical=True, conjoined=_conjoined(sentence, index))
    if bare in _REST_OF and sentence.persons.get(index + 1) is not None:
        rest = PeopleGroup(index, index + 1, None, None, None, "vague", conjoined=_conjoined(sentence, index))
        return _with_modifiers(sentence, _with_noun(replace(rest, last=index + 2), sentence.persons[index + 1]))
    person = sentence.persons.get(index)
    if person is not None and person.noun is not None:
        return _bare_noun(sentence, index, person)
    if bare in _OTHERS | _ORDINAL and not sentence.text(index).lstrip("و").startswith("ال"):
        number = _OTHER_COUNT.get(bare, 1 if bare in _ORDINAL else None)
        return PeopleGroup(
            index,
            index + 1,
            number,
            number,
            number,
            "exact" if number else "vague",
            elliptical=True,
            others=bare in _OTHERS,
            conjoined=_conjoined(sentence, index),
        )
    return None


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
    )


def _after_quantity(sentence: Sentence, base: PeopleGroup) -> PeopleGroup:
    index = sentence.skip_punct(base.last)
    if sentence.text(index) in _OF_THEM:
        part = replace(base, last=index + 1, partitive=True, elliptical=True)
        person = sentence.persons.get(index + 1)
        if person is None or "و" in person.proclitics:
            return part
        return _with_modifiers(sentence, _with_noun(replace(part, last=person.last, elliptical=False), person))
    if sentence.text(index) in ("من", "بين"):
        index = sentence.skip_punct(index + 1)
    for _ in range(2):
        person = sentence.persons.get(index)
        if person is not None and not set(person.proclitics) & set("وبلك"):
            group = replace(_with_noun(replace(base, last=person.last), person), definite=False)
            return _with_modifiers(sentence, _drone(sentence, group))
        if sentence.bare(index) in _OTHERS and not sentence.text(index).startswith("و"):
            index += 1
            base = replace(base, others=True)
            person = sentence.persons.get(index)
            if person is None or "و" in person.proclitics or not _agrees(base, person):
                return _with_modifiers(sentence, replace(base, last=index, elliptical=True))
        else:
            break
    actor = next((a for a in sentence.actors if a.first == index and not a.nisba), None)
    if actor is not None and "و" not in actor.proclitics:
        return replace(base, last=actor.last, actors=(actor.actor_id,), combatant=_armed(actor))
    incident = _incident(sentence, index)
    if incident is not None and base.quantified:
        return replace(base, last=index + 1, outcome=incident)
    return replace(base, elliptical=True, origin=_origin(sentence, base.last))


def _incident(sentence: Sentence, index: int) -> str | None:
    """Measure of a counted attack: "attacks", or strikes for one from the air ("85 هجوما جويا")."""
    trigger = next((t for t in sentence.triggers if t.first == index), None)
    noun = trigger is not None and not trigger.finite and trigger.entry.frame in _INCIDENT_FRAMES
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
    quantified = noun is not None and noun.category == "things" and sentence.bare(index - 1).lstrip("ب") in _SERIES
    if sentence.text(last) in _TWO:
        number, last = 2, last + 1
    elif after is not None and after.best is not None and sentence.text(after.first)[0] != "و":
        apart = after.last == after.first + 1
        if apart and (after.best in (1, 2) or (after.definite and person.definite)):
            number, last, quantified = after.best, after.last, True
    if _named_zero(sentence, index, person):
        number = 0
    qualifier = "vague" if number is None else "exact"
    high = number
    if [sentence.text(last), sentence.text(last + 1)] == ["علي", "الاقل"] and number:
        qualifier, high, last = "at_least", None, last + 2
    base = PeopleGroup(
        index, last, number, number, high, qualifier, conjoined=_conjoined(sentence, index), quantified=quantified
    )
    base = _with_noun(base, person)
    if number == 1:
        base = replace(base, last=name_end(sentence, last))
    return _with_modifiers(sentence, _drone(sentence, base))


def _drone(sentence: Sentence, group: PeopleGroup) -> PeopleGroup:
    """An unmanned aircraft is no vehicle: "طائرتين مسيرتين"."""
    if group.outcome == "vehicles" and sentence.text(group.last) in _DRONES:
        return replace(group, outcome="other", last=group.last + 1)
    return group


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
        youths=noun.id == _YOUTH or group.youths,
    )


def _outcome(person: PersonWord) -> str | None:
    return None if person.noun is None else person.noun.outcome or person.noun.measure


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


def _armed(mention: ActorMention) -> bool:
    return mention.actor is not None and mention.actor_id not in (
        "CIVILIANS",
        "JOURNALISTS",
        "AID_WORKERS",
        "PROTESTERS",
    )


def _agrees(group: PeopleGroup, person: PersonWord) -> bool:
    """Whether a noun behind the counted one describes the same people: "ثلاثة قتلى مدنيين", not "ثلاثة آخرين طفلة"."""
    if person.noun is None:
        return False
    if group.outcome == "bodies":
        return True
    if person.noun.id not in _ADJECTIVES:
        return False
    if group.best is None:
        return person.number != "d"
    wanted = {1: "s", 2: "d"}.get(group.best, "p" if group.best <= 10 else "sp")
    return person.number in wanted


def _with_modifiers(sentence: Sentence, group: PeopleGroup) -> PeopleGroup:
    """Adjectives, "آخرين", "بين قتيل وجريح" and the side that the people belong to."""
    index = group.last
    affiliated = False
    for _ in range(_LAST_MODIFIER):
        if index >= len(sentence):
            break
        word = sentence.text(index)
        if sentence.tokens[index].kind == "punct" and word not in "\"'":
            break
        joint = _joint(sentence, index)
        if joint:
            return replace(group, last=joint, both=True)
        step = _among(sentence, group, index) if affiliated else _adjective(sentence, group, index)
        step = step or _side(sentence, group, index, affiliated) or _trailer(sentence, group, index)
        if step is not None:
            group, index = step
        elif word in "\"'":
            index += 1
        elif word == "بين" or sentence.bare(index) in _AFFILIATION or word.lstrip("ب") in _AFFILIATION:
            if word == "من" and group.origin is None and group.numeric:
                group = replace(group, origin=_origin(sentence, index))
            affiliated = True
            index += 1
        else:
            break
    return group


def _adjective(sentence: Sentence, group: PeopleGroup, index: int) -> tuple[PeopleGroup, int] | None:
    """A noun that describes the people; a thing behind them ("سائق سيارة") is passed over."""
    person = sentence.persons.get(index)
    if person is None or person.noun is None or person.proclitics.strip("ال"):
        return None
    outcome = _outcome(person)
    if outcome in _THINGS and group.outcome not in _THINGS:
        return group, person.last
    if (outcome is not None and group.outcome not in (None, outcome, "bodies")) or not _agrees(group, person):
        return None
    described = _with_noun(group, person)
    if group.outcome == "bodies":
        described = replace(described, civilian=group.civilian)
    return replace(described, last=person.last, definite=group.definite), person.last


def _among(sentence: Sentence, group: PeopleGroup, index: int) -> tuple[PeopleGroup, int] | None:
    """The people that they belong to: "جرحى في صفوف المدنيين", "شخصان آخران من المدنيين"."""
    person = sentence.persons.get(index)
    if person is None or person.noun is None or not person.definite or person.number != "p" or person.proclitics:
        return None
    if person.noun.group is None or person.noun.outcome or sentence.text(index - 1) not in _RANKS or group.groups:
        return None
    return replace(_with_noun(group, person), last=person.last, definite=group.definite), person.last


def _side(sentence: Sentence, group: PeopleGroup, index: int, affiliated: bool) -> tuple[PeopleGroup, int] | None:
    """The actor that the people belong to: "عناصر من قوات النظام", "جنود أتراك"."""
    actor = next((a for a in sentence.actors if a.first == index), None)
    if actor is None or "و" in actor.proclitics:
        return None
    if not (actor.nisba or affiliated or actor.proclitics.startswith("ل")):
        return None
    group = replace(group, actors=(*group.actors, actor.actor_id), last=actor.last)
    if _armed(actor) and not group.civilian and group.outcome != "strikes":
        group = replace(group, combatant=group.combatant or affiliated)
    return group, actor.last


def _trailer(sentence: Sentence, group: PeopleGroup, index: int) -> tuple[PeopleGroup, int] | None:
    """The words "آخرون" and "على الأقل" behind the noun."""
    word = sentence.text(index)
    if sentence.bare(index) in _OTHERS and not word.startswith("و"):
        return replace(group, last=index + 1, others=True), index + 1
    if word == "علي" and sentence.text(index + 1) == "الاقل" and group.numeric:
        return replace(group, qualifier="at_least", high=None, last=index + 2), index + 2
    return None


def _joint(sentence: Sentence, index: int) -> int | None:
    """Where "بين قتيل وجريح" ends, a word before it passed over; None where it doesn't stand there."""
    for start in (index, index + 1):
        if sentence.text(start).startswith(("بين", "مابين")):
            for at in (start + 1, start):
                if _harmed(sentence, at) and _harmed(sentence, at + 1):
                    return at + 2
    return None


def _harmed(sentence: Sentence, index: int) -> bool:
    person = sentence.persons.get(index)
    return person is not None and person.noun is not None and person.noun.outcome in ("killed", "injured")


def _origin(sentence: Sentence, index: int) -> str | None:
    """English name of the one place behind "من"."""
    if sentence.text(index) != "من":
        return None
    place = next((p for p in sentence.places if p.first == index + 1 or p.head == index + 1), None)
    if place is None or not place.places:
        return None
    return place.places[0].name_en
