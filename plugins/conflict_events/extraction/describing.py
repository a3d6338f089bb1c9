"""Reads what stands behind a counted noun: adjectives, "آخرون", the side that the people belong to, their origin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conflict_events.extraction.reading import ActorMention, PersonWord, Sentence
from conflict_events.extraction.wordsets import word_set

__all__ = ["CROWDS", "OTHERS", "PeopleGroup", "agrees", "described", "is_armed", "origin_of", "with_noun"]

OTHERS = word_set("others")
_RANKS = word_set("ranks")
_AFFILIATION = word_set("belonging")
_ADJECTIVES = frozenset(
    "people.madani people.musinn people.shaqiq people.musallah people.askari people.nazih people.muhajjar"
    " people.laji people.qasir people.radi people.qatil people.shahid people.jarih people.musab people.mafqud"
    " people.mutaqal people.mukhtataf people.mujannad people.mutaqaid people.tabi".split()
)
_YOUTH = "people.shabb"
_THINGS = frozenset({"strikes", "munitions", "vehicles", "other"})
_ABOUT = word_set("roughly")
# Nouns that are a party's name: who is counted with them is neither plain civilian nor fighter.
CROWDS = ("PROTESTERS", "SETTLERS", "JOURNALISTS", "AID_WORKERS")
# Fighters of several nations at once.
_FOREIGNERS = "OTHER:foreign fighters"
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
        scaled: Whether its number, or a scale ("العشرات"), is said.
        partitive: Whether it is a part of people just named ("ثلاثة منهم أطفال").
        youths: Whether only شاب makes its people men.
        of_state: Whether its people serve a state ("جندي", "شرطي").
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
    scaled: bool = False
    partitive: bool = False
    youths: bool = False
    origin: str | None = None
    of_state: bool = False

    @property
    def unmarked(self) -> bool:
        """Whether its nouns make its people neither fighters nor anybody's."""
        return not (self.combatant or self.actors or self.groups)

    @property
    def numeric(self) -> bool:
        """Whether it states a number."""
        return self.qualifier != "vague"


def with_noun(group: PeopleGroup, person: PersonWord) -> PeopleGroup:
    """The phrase with what one of its nouns says of the people."""
    noun = person.noun
    if noun is None:
        return group
    groups = group.groups
    if noun.group and noun.group not in groups:
        groups = (*groups, noun.group)
    actors = group.actors
    if noun.actor in CROWDS and noun.actor not in actors:
        actors = (*actors, noun.actor)
    return replace(
        group,
        of_state=group.of_state or noun.of_state,
        groups=groups,
        actors=actors,
        outcome=group.outcome or _outcome(person),
        civilian=group.civilian or (noun.makes_civilian and noun.actor not in CROWDS),
        combatant=group.combatant or noun.group == "combatants",
        definite=group.definite or person.definite,
        youths=noun.id == _YOUTH or group.youths,
    )


def _outcome(person: PersonWord) -> str | None:
    return None if person.noun is None else person.noun.outcome or person.noun.measure


def is_armed(mention: ActorMention) -> bool:
    """Whether an actor's people are fighters."""
    return mention.actor is not None and mention.actor_id not in (
        "CIVILIANS",
        "JOURNALISTS",
        "AID_WORKERS",
        "PROTESTERS",
    )


def agrees(group: PeopleGroup, person: PersonWord) -> bool:
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


def described(sentence: Sentence, group: PeopleGroup) -> PeopleGroup:
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
                group = replace(group, origin=origin_of(sentence, index))
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
    if (outcome is not None and group.outcome not in (None, outcome, "bodies")) or not agrees(group, person):
        return None
    fuller = with_noun(group, person)
    if group.outcome == "bodies":
        fuller = replace(fuller, civilian=group.civilian)
    return replace(fuller, last=person.last, definite=group.definite), person.last


def _among(sentence: Sentence, group: PeopleGroup, index: int) -> tuple[PeopleGroup, int] | None:
    """The people that they belong to: "جرحى في صفوف المدنيين", "شخصان آخران من المدنيين"."""
    person = sentence.persons.get(index)
    if person is None or person.noun is None or not person.definite or person.number != "p" or person.proclitics:
        return None
    if person.noun.group is None or person.noun.outcome or sentence.text(index - 1) not in _RANKS or group.groups:
        return None
    return replace(with_noun(group, person), last=person.last, definite=group.definite), person.last


def _side(sentence: Sentence, group: PeopleGroup, index: int, affiliated: bool) -> tuple[PeopleGroup, int] | None:
    """The actor that the people belong to: "عناصر من قوات النظام", "جنود أتراك"."""
    actor = next((a for a in sentence.actors if a.first == index), None)
    if actor is None or "و" in actor.proclitics:
        return None
    described = group.first <= actor.head < actor.first and is_armed(actor) and group.combatant
    if not (actor.nisba or affiliated or described or actor.proclitics.startswith("ل")):
        return None
    last, nations = _nations(sentence, actor)
    plain = not (group.combatant or group.of_state or group.outcome in _THINGS)
    if plain and actor.nisba and actor.actor is not None and actor.actor.kind == "state":
        return replace(group, last=last), last  # "مواطنا سوريا" is of a nation, not of its army
    actors = (*group.actors, _FOREIGNERS if nations > 1 and group.combatant else actor.actor_id)
    group = replace(group, actors=actors, last=last)
    if is_armed(actor) and not group.civilian and group.outcome != "strikes":
        group = replace(group, combatant=group.combatant or affiliated)
    return group, last


def _nations(sentence: Sentence, actor: ActorMention) -> tuple[int, int]:
    """Where a run of nationalities ends, and how many they are: "مقاتلون إيرانيون وباكستانيون وعراقيون"."""
    last, nations = actor.last, 1
    if actor.last - actor.first > 1 or actor.actor is None or actor.actor.kind != "state":
        return last, nations
    for other in sentence.actors:
        if other.first == last and other.last == last + 1 and other.proclitics == "و" and other.actor_id:
            last, nations = other.last, nations + 1
    return last, nations


def _trailer(sentence: Sentence, group: PeopleGroup, index: int) -> tuple[PeopleGroup, int] | None:
    """The words "آخرون", "على الأقل" and "تقريبا" behind the noun."""
    word = sentence.text(index)
    if sentence.bare(index) in OTHERS and not word.startswith("و"):
        return replace(group, last=index + 1, others=True), index + 1
    if word == "علي" and sentence.text(index + 1) == "الاقل" and group.numeric:
        return replace(group, qualifier="at_least", high=None, last=index + 2), index + 2
    if word in _ABOUT and group.quantified:
        return replace(group, qualifier="about" if group.qualifier == "exact" else group.qualifier), index + 1
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


def origin_of(sentence: Sentence, index: int) -> str | None:
    """English name of the one place behind "من"."""
    if sentence.text(index) != "من":
        return None
    place = next((p for p in sentence.places if p.first == index + 1 or p.head == index + 1), None)
    if place is None or not place.places:
        return None
    return place.places[0].name_en
