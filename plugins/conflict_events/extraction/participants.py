"""Actor slots of a claim: who did it (actor1) and to whom (actor2), from roles, victims and the action."""

from __future__ import annotations

from collections.abc import Iterable

from conflict_events.extraction.counting import CountRow
from conflict_events.extraction.reading import ActorMention
from conflict_events.extraction.roles import Roles
from conflict_events.extraction.units import Unit

__all__ = ["BOTH_SIDES", "NAMELESS", "by_name", "participants"]

_CROWD = ("CIVILIANS", "PROTESTERS")
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
_TWO_SIDED = ("armed_clash", "agreement", "territory_captured")


def participants(  # noqa: C901  a table of cases by action
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
    acting = [a for a in roles.agents if not any(r.people.first < a.first < r.people.last for r in victims)]
    agents, patients, sides, others = (_ids(r) for r in (acting, roles.patients, roles.sides, roles.others))
    defenders, attackers = _ids(roles.defenders), _ids(roles.attackers)
    if action == "weapons_disrupted":
        patients = attackers + patients
        if defenders:
            agents, patients = defenders, patients + [a for a in agents if a not in defenders]
    else:
        # Who repels is attacked: the attack is the other side's act.
        agents, patients = attackers + agents, patients + defenders
        agents = [a for a in agents if a not in defenders]
    whole = {a for row in victims if row.group is None for a in row.people.actors}
    for row in victims:
        # Of "208 from the militia, 20 of them reconciled fighters" the militia is the side.
        patients += [a for a in row.people.actors if a in whole or not whole]
    civilian = civilian or _taken_or_hurt(unit, action, patients) or _plain_people(action, victims, patients + sides)
    if action not in ("protest", "riot"):
        patients += [a for a in agents if a in _NEVER_ACT and action not in ("agreement", "other")]
        agents = [a for a in agents if a not in _NEVER_ACT]
    if action == "defection":
        for row in unit.counts:
            agents += row.people.actors
        if not agents:
            agents, patients = patients, []
    if action == "body_transfer":
        agents, patients = [], [a for a in agents + patients if a != "UNIDENTIFIED"]
    if action == "troop_movement" and not agents:
        # "توغلت دبابات إسرائيلية": who moves is nobody's victim.
        agents, patients = [a for a in patients if a not in _NEVER_ACT and a != "CIVILIANS"], []
    if action == "torture" and not agents:
        # "توفي معتقل تحت التعذيب في سجون الحوثيين".
        agents = [a for a in patients if a not in _NEVER_ACT and a != "CIVILIANS"]
        patients = [a for a in patients if a not in agents]
    if action in ("protest", "riot"):
        forces = [a for a in agents + sides + others if a not in _CROWD]
        if set(patients + sides + others) & set(_CROWD) and not set(agents) & set(_CROWD):
            # "اشتبكت الشرطة مع متظاهرين", "أطلقت القوات النار على محتجين": the crowd's act, whoever struck.
            agents, patients = ["PROTESTERS"], forces + patients
            sides, others = [], []
        agents = [a for a in agents if a not in _CROWD] or ["PROTESTERS"]
    if action in _TWO_SIDED:
        if agents:
            patients += [s for s in sides + others if s not in agents]
        elif others and patients and not sides and action == "armed_clash":
            # "قتل ثمانية من الحوثيين في مواجهات مع قوات الشرعية".
            agents = others
        elif others:
            agents, patients = sides, patients + others
        else:
            agents, patients = agents + sides[:1], patients + sides[1:]
    elif not agents and action not in ("shelling", "air_strike"):
        agents += sides[:1]
    elif not agents and others:
        agents, patients = sides, patients + others
    if action in ("protest", "riot"):
        patients = [a for a in patients if a not in _CROWD]
    elif civilian or "CIVILIANS" in agents:
        patients.append("CIVILIANS")
        agents = [a for a in agents if a != "CIVILIANS" or action in ("protest", "riot")]
    actor1 = by_name(list(dict.fromkeys(agents)))
    actor2 = by_name([a for a in dict.fromkeys(patients) if a not in actor1])
    feud = bool(actor1) and set(actor1) <= BOTH_SIDES and (bool(roles.sides) or not actor2)
    if action == "armed_clash" and feud and set(actor2) <= {"CIVILIANS"}:
        actor2 = list(actor1)
    return actor1, actor2


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


def _taken_or_hurt(unit: Unit, action: str, patients: list[str]) -> bool:
    """Whether civilians are those arrested, abducted or attacked, counted or not: "خطف ملثمون شابا"."""
    if any(row.measure in ("detained", "abducted") and row.people.civilian for row in unit.counts):
        return True
    if action not in _AGAINST_PERSONS or patients:
        return False
    start = min((t.first for t in unit.triggers if t.entry.frame in _PERSON_FRAMES), default=unit.last)
    return any(
        p.noun is not None and p.noun.makes_civilian
        for i, p in unit.sentence.persons.items()
        if start < i < min(unit.last, start + _OBJECT_REACH)
    )
