"""Actor slots of a claim: who did it (actor1) and to whom (actor2), from roles, victims and the action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conflict_events.extraction.counting import CountRow
from conflict_events.extraction.people import PeopleGroup
from conflict_events.extraction.reading import ActorMention
from conflict_events.extraction.roles import Roles
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["BOTH_SIDES", "NAMELESS", "by_name", "participants"]

_CROWD = ("CIVILIANS", "PROTESTERS")
_CROWDED = ("protest", "riot")
_BOMBS = ("explosion", "explosive_device", "suicide_bomb", "landmine", "grenade")
_ANSWERS = ("arrest", "raid", "disrupt")
_AGAINST_PERSONS = frozenset(
    "abduction arrest attack_on_civilians assassination execution torture sexual_violence"
    " looting_destruction grenade".split()
)
BOTH_SIDES = frozenset({"TRIBES"})
"""Actors that may stand on both sides: feuding clans."""

NAMELESS = frozenset({"OTHER:terrorists", "UNIDENTIFIED", "CIVILIANS"})
"""Actors that tell no group."""
_NEVER_ACT = frozenset({"AID_WORKERS", "JOURNALISTS", "PRISONERS", "UN"})
_TOLD_AS_PEOPLE = frozenset(
    "air_strike drone_strike shelling explosive_device landmine explosion suicide_bomb grenade chemical_attack"
    " attack_on_civilians assassination torture abduction execution casualty_toll".split()
)
_PERSON_FRAMES = frozenset("abduct arrest kill injure strike fire destroy raid".split())
_OBJECT_REACH = 8
_NO_VICTIMS = {"PRISONERS": (*_CROWDED, "arrest"), "UNIDENTIFIED": _TOLD_AS_PEOPLE}
"""Actors that are no victims of some actions: "مجهول الهوية" says nothing of a dead man's side."""
_LATTER = word_set("latter")
_ATTACKS = word_set("attacks")
_LATTER_REACH = 5
_REMNANTS = word_set("remnants")
_ENDS_REMNANTS = frozenset("علي في ، . ؛ اثناء خلال".split())
_OF_ONE_SIDE = frozenset({"weapons_disrupted", "defection", "agreement", "troop_movement"})
_TWO_SIDED = ("armed_clash", "agreement", "territory_captured")


@dataclass(slots=True)
class _Parties:
    """Actor ids by what the words make of them, on their way to actor1 and actor2."""

    agents: list[str]
    patients: list[str]
    sides: list[str]
    others: list[str]


def participants(
    unit: Unit, action: str, roles: Roles, victims: list[CountRow], civilian: bool
) -> tuple[list[str], list[str]]:
    """Ids of actor1 and actor2.

    Args:
        unit: The unit.
        action: Its codebook action.
        roles: Roles of the actors that it names.
        victims: Its counts of people harmed.
        civilian: Whether civilians are among those.
    """
    parties = _parties(unit, action, roles, victims)
    hurt = parties.patients
    civilian = civilian or _taken_or_hurt(unit, action, hurt) or _plain_people(action, victims, hurt + parties.sides)
    if action in _CROWDED:
        _of_crowds(parties, roles)
    else:
        if action not in ("agreement", "other"):
            parties.patients += [a for a in parties.agents if a in _NEVER_ACT]
        parties.agents = [a for a in parties.agents if a not in _NEVER_ACT]
    by_action = _BY_ACTION.get(action)
    if by_action is not None:
        by_action(parties, unit)
    _take_sides(parties, action, unit)
    # What somebody loots, burns or pulls down belongs to those who live there, where nobody else is named.
    civilian = civilian or (action == "looting_destruction" and bool(parties.agents) and not parties.patients)
    if action in _CROWDED:
        parties.patients = [a for a in parties.patients if a not in _CROWD]
    elif civilian or "CIVILIANS" in parties.agents:
        parties.patients.append("CIVILIANS")
        parties.agents = [a for a in parties.agents if a != "CIVILIANS"]
    parties.patients = [a for a in parties.patients if action not in _NO_VICTIMS.get(a, ())]
    actor1 = by_name(list(dict.fromkeys(parties.agents)))
    actor2 = by_name([a for a in dict.fromkeys(parties.patients) if a not in actor1])
    feud = bool(actor1) and set(actor1) <= BOTH_SIDES and (bool(roles.sides) or not actor2)
    if action == "armed_clash" and feud and set(actor2) <= {"CIVILIANS"}:
        actor2 = list(actor1)
    return actor1, actor2


def _answers(unit: Unit, mention: ActorMention) -> bool:
    """Whether forces only arrest for a bombing, or search its place: "أوقفت الشرطة ثلاثة بعد تفجير المسجد"."""
    forces = mention.actor is not None and mention.actor.kind == "state"
    return forces and any(
        t.entry.frame in _ANSWERS and (0 <= mention.head - t.last <= 1 or 0 <= t.first - mention.last <= 2)
        for t in unit.triggers
    )


def _parties(unit: Unit, action: str, roles: Roles, victims: list[CountRow]) -> _Parties:
    """The parties by their roles, and those whose people were harmed."""
    acting = [a for a in roles.agents if not any(r.people.first < a.first < r.people.last for r in victims)]
    if action in _BOMBS:
        acting = [a for a in acting if not _answers(unit, a)]
    agents, patients, sides, others = (_ids(r) for r in (acting, roles.patients, roles.sides, roles.others))
    defenders, attackers = _ids(roles.defenders), _ids(roles.attackers)
    if action == "weapons_disrupted":
        patients = attackers + patients
        if defenders:
            agents, patients = defenders, patients + [a for a in agents if a not in defenders]
    else:
        # Who repels is attacked: the attack is the other side's act; not where the others are told of as killing them.
        hurt = {*patients, *(a for row in victims for a in row.people.actors)}
        if defenders or not agents or not hurt & set(attackers):
            agents = attackers + agents
        patients = patients + defenders
        agents = [a for a in agents if a not in defenders]
    whole = {a for row in victims if row.group is None for a in row.people.actors}
    unhurt = [a for a in agents if a not in whole]
    if unhurt and action not in _OF_ONE_SIDE:
        agents = unhurt  # "قتل الجيش خمسة من التنظيم خلال هجوم للتنظيم": who lost men is whom the others killed
    for row in victims:
        if action in _CROWDED and row.measure == "other":
            continue  # those who march
        # Of "208 from the militia, 20 of them reconciled fighters" the militia is the side.
        patients += [a for a in row.people.actors if a in whole or not whole]
    if action == "arrest":
        # "اعتقلت الشرطة أربعين متظاهرا": who is taken by the name of a party.
        patients += [a for row in unit.counts if row.measure == "detained" for a in row.people.actors if a in _CROWD]
    return _Parties(agents, patients, sides, others)


def _of_crowds(parties: _Parties, roles: Roles) -> None:
    """A protest is the crowd's act, whoever struck: "اشتبكت الشرطة مع متظاهرين", "فرقت قوات الأمن المظاهرة"."""
    forces = [a for a in parties.agents + parties.sides + parties.others if a not in _CROWD]
    if set(parties.patients + parties.sides + parties.others) & set(_CROWD) and not set(parties.agents) & set(_CROWD):
        parties.agents, parties.patients = [], forces + parties.patients
        parties.sides, parties.others = [], []
    states = {a.actor_id for a in roles.agents if a.actor is not None and a.actor.kind == "state"}
    parties.patients = [a for a in parties.agents if a in states] + parties.patients
    parties.agents = [a for a in parties.agents if a not in _CROWD and a not in states] or ["PROTESTERS"]


def _of_defection(parties: _Parties, unit: Unit) -> None:
    """Those counted leave their own side."""
    for row in unit.counts:
        parties.agents += row.people.actors
    if not parties.agents:
        parties.agents, parties.patients = parties.patients, []


def _of_bodies(parties: _Parties, unit: Unit) -> None:
    """Whose the dead are; nobody acts, and who finds them is none of them: "عثرت الشرطة على جثة"."""
    if any(t.entry.frame == "find" and t.finite for t in unit.triggers):
        parties.agents = []
    parties.patients = [a for a in parties.agents + parties.patients if a != "UNIDENTIFIED"]
    parties.agents = []


def _of_agreement(parties: _Parties, unit: Unit) -> None:
    """Those who agree with each other stand on two sides: "وقعت الحكومة والحوثيون اتفاقا"."""
    if len(set(parties.agents)) > 1 and not (parties.patients or parties.sides or parties.others):
        first, *rest = dict.fromkeys(parties.agents)
        parties.agents, parties.patients = [first], rest


def _of_movement(parties: _Parties, unit: Unit) -> None:
    """Who moves is nobody's victim: "توغلت دبابات إسرائيلية"."""
    if not parties.agents:
        parties.agents, parties.patients = [a for a in parties.patients if _may_act(a)], []


def _of_torture(parties: _Parties, unit: Unit) -> None:
    """Whose the prison is did it: "توفي معتقل تحت التعذيب في سجون الحوثيين"."""
    if not parties.agents:
        parties.agents = [a for a in parties.patients if _may_act(a)]
        parties.patients = [a for a in parties.patients if a not in parties.agents]


def _of_remnants(parties: _Parties, unit: Unit) -> None:
    """Whoever fired or laid it did it, long ago: "انفجار قنبلة من مخلفات قصف سابق لقوات النظام على البلدة"."""
    sentence = unit.sentence
    for index in range(unit.first, unit.last):
        if sentence.bare(index) not in _REMNANTS:
            continue
        end = next((i for i in range(index, unit.last) if sentence.text(i) in _ENDS_REMNANTS), unit.last)
        whose = [a.actor_id for a in sentence.actors if index < a.first < min(end, index + _OBJECT_REACH)]
        whose = [a for a in whose if _may_act(a)]
        parties.agents += whose
        parties.patients = [a for a in parties.patients if a not in whose]


_BY_ACTION: dict[str, Callable[[_Parties, Unit], None]] = {
    "defection": _of_defection,
    "body_transfer": _of_bodies,
    "agreement": _of_agreement,
    "troop_movement": _of_movement,
    "torture": _of_torture,
    "landmine": _of_remnants,
}


def _take_sides(parties: _Parties, action: str, unit: Unit) -> None:
    """Sides of a fight or an agreement take the places that are left."""
    if set(parties.sides) <= set(parties.patients):
        parties.sides = []  # "مقتل 40 حوثيا خلال معارك": nobody says whom they fought
    if action == "armed_clash" and _latter_attacks(unit):
        parties.sides = list(dict.fromkeys(parties.sides))[::-1]
    if action in _TWO_SIDED:
        if parties.others and parties.agents and _killed_by_both(parties, action):
            # "قتل 18 من الحوثيين في مواجهات مع المقاومة وغارات للتحالف".
            parties.agents += parties.others
        elif parties.agents:
            parties.patients += [s for s in parties.sides + parties.others if s not in parties.agents]
        elif parties.others and parties.patients and not parties.sides and action == "armed_clash":
            # "قتل ثمانية من الحوثيين في مواجهات مع قوات الشرعية".
            parties.agents = parties.others
        elif parties.others:
            parties.agents, parties.patients = parties.sides, parties.patients + parties.others
        else:
            parties.agents, parties.patients = parties.sides[:1], parties.patients + parties.sides[1:]
    elif not parties.agents and action not in ("shelling", "air_strike"):
        parties.agents = parties.sides[:1]
    elif not parties.agents and parties.others:
        parties.agents, parties.patients = parties.sides, parties.patients + parties.others


def _killed_by_both(parties: _Parties, action: str) -> bool:
    """Whether the people of a third side were harmed by those who act and by those whom they fought."""
    hurt = {a for a in parties.patients if _may_act(a)}
    return action == "armed_clash" and bool(hurt) and not hurt & {*parties.agents, *parties.others, *parties.sides}


def _latter_attacks(unit: Unit) -> bool:
    """Whether the fight is told as the attack of whom was named last: "إثر محاولة تسلل للأخيرة"."""
    words = [unit.sentence.text(i) for i in range(unit.first, unit.last)]
    return any(w in _ATTACKS and _LATTER & set(words[i : i + _LATTER_REACH]) for i, w in enumerate(words))


def _may_act(actor: str) -> bool:
    return actor not in _NEVER_ACT and actor != "CIVILIANS"


def by_name(actors: list[str]) -> list[str]:
    """Actor ids without "terrorists" and "gunmen" where the group is named: "إرهابيين من حزب العمال الكردستاني"."""
    named = [a for a in actors if a not in NAMELESS]
    return [a for a in actors if a in named or a == "CIVILIANS"] if named else actors


def _ids(mentions: Iterable[ActorMention]) -> list[str]:
    return [mention.actor_id for mention in mentions]


def _plain_people(action: str, victims: list[CountRow], others: list[str]) -> bool:
    """Whether those hit or taken are told as people and no more: "مقتل ثلاثة أشخاص بقصف"."""
    told = [row for row in victims if row.group is None and row.best != 0]
    return action in _TOLD_AS_PEOPLE and bool(told) and not others and all(row.people.unmarked for row in told)


def _plainly_civilian(people: PeopleGroup) -> bool:
    """Whether people are civilians, and no crowd that has a name of its own."""
    return people.civilian and not set(people.actors) & set(_CROWD)


def _taken_or_hurt(unit: Unit, action: str, patients: list[str]) -> bool:
    """Whether civilians are those arrested, abducted or attacked, counted or not: "خطف ملثمون شابا"."""
    taken = [row for row in unit.counts if row.measure in ("detained", "abducted")]
    if any(_plainly_civilian(row.people) or (row.measure == "abducted" and row.people.unmarked) for row in taken):
        return True
    if action not in _AGAINST_PERSONS or patients:
        return False
    start = min((t.first for t in unit.triggers if t.entry.frame in _PERSON_FRAMES), default=unit.last)
    return any(
        p.noun is not None and p.noun.makes_civilian
        for i, p in unit.sentence.persons.items()
        if start < i < min(unit.last, start + _OBJECT_REACH)
    )
