"""Fills the slots of one unit: action, actors, places, days, counts, sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from conflict_events.extraction.actions import action_of
from conflict_events.extraction.assertion import asserted_anchors, crowd_of, is_habit
from conflict_events.extraction.attribution import Quoted
from conflict_events.extraction.clues import AIR, means_of
from conflict_events.extraction.counting import CountRow
from conflict_events.extraction.participants import NAMELESS, participants
from conflict_events.extraction.reading import DateMentionAt, Mention, PlaceMention, Sentence, Trigger
from conflict_events.extraction.recalled import day_of, recalled_from
from conflict_events.extraction.roles import Roles, roles_of
from conflict_events.extraction.siting import siting_of
from conflict_events.extraction.units import Anchor, Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["Frame", "frame_of"]

_HARM = frozenset({"killed", "injured", "missing", "bodies", "other"})
_ARMED_EXCEPT = frozenset({"CIVILIANS", "JOURNALISTS", "AID_WORKERS", "PROTESTERS", "PRISONERS", "SETTLERS", "UN"})
_WEEK = timedelta(days=7)
_LONG = timedelta(days=2)
_OF_A_WAR = 5000  # dead that no single occurrence of our days has taken
_RELATIVES = frozenset("التي الذي الذين اللتين اللذين".split())
_RELATIVE_REACH = 7
_OVER_REACH = 4  # "خلال الفترة الممتدة من 9 إلى 15 آذار"
_SOME = 3
_SAID_REACH = 10
_PRAYERS = frozenset({"صلاه", "خطبه"})
_ACCORDING = word_set("according")
_INCIDENTS = word_set("incidents")
_LOOSELY = word_set("loosely_dated")
_DRY = word_set("body_sites")
_OVER = frozenset("خلال طيله طوال".split())
_MANY = frozenset("هجوما هجمات عمليات حوادث حادثه انتهاكات خروقات غارات استهدافات انفجارا انفجارات مجازر".split())
_OF_PEOPLE = frozenset({"arrest", "troop_movement"})
_CIVILIAN_GROUPS = frozenset({"civilians", "children", "women"})


@dataclass(slots=True)
class Frame:
    """What one unit says.

    Attributes:
        unit: The unit.
        action: Codebook action.
        generic: Whether the action is only inferred: harm without a cause, or an attack without means.
        anaphoric: Whether its event noun points back ("القصف") and it names no site of its own.
        sites: Where it happened, the main place first.
        containers: Larger places that hold the sites.
        date: Time expression, or None.
        actor1: Actor ids of those who did it.
        actor2: Actor ids of those hit, or of the other side.
        suspected: Whether actor1 is only suspected.
        counts: Counts.
        sources: Sources of the sentence.
        background: Whether a phrase marks it as retold.
        earlier: Whether it is only marked as earlier news, which may be the day's.
        aggregate: Whether it is a toll over a period or many occurrences.
        recalled: Whether it only names a known attack that somebody condemns or whose victims are visited.
        visit_day: Whether its date is the day of that visit or condemnation, not of the attack.
        described: Whether a relative clause says more of an act that is known ("الهجوم الذي وقع في كابول").
        said_day: Whether its date is the day on which somebody said so, which the attack's may be or not.
        weapon: Weapon id or None.
        infrastructure: Kinds of infrastructure named.
        asserted: First tokens of the anchors that the text asserts.
        probability: How likely it is that it tells of one occurrence (`judgement`).
    """

    unit: Unit
    action: str
    generic: bool
    anaphoric: bool
    sites: list[PlaceMention]
    containers: list[PlaceMention]
    date: DateMentionAt | None
    actor1: list[str]
    actor2: list[str]
    suspected: bool
    counts: list[CountRow]
    sources: list[Quoted] = field(default_factory=list)
    background: bool = False
    earlier: bool = False
    aggregate: bool = False
    recalled: bool = False
    visit_day: bool = False
    said_day: bool = False
    described: bool = False
    weapon: str | None = None
    infrastructure: tuple[str, ...] = ()
    asserted: frozenset[int] = frozenset()
    probability: float = 1.0

    @property
    def sentence(self) -> Sentence:
        """Its sentence."""
        return self.unit.sentence


def frame_of(unit: Unit) -> Frame | None:
    """The frame of a unit, or None where it asserts no occurrence."""
    sentence = unit.sentence
    anchors = asserted_anchors(unit)
    if not anchors or is_habit(unit):
        return None
    asserted = {a.first for a in anchors}
    events_told = [a for a in unit.of_kind("event") if a.first in asserted]
    harms_told = [a for a in unit.of_kind("harm") if a.first in asserted and _counts_somebody(unit, a)]
    if not events_told and (not harms_told or _known_dead(unit)):
        return None
    if unit.of_kind("event") and not events_told and not any(row.people.numeric for row in unit.counts):
        return None
    unit = Unit(
        sentence, anchors, unit.first, unit.last, [r for r in unit.counts if _told(unit, r, asserted)], unit.before
    )
    counts = unit.counts
    roles = roles_of(unit)
    if _by_accident(unit, roles):
        return None
    siting = siting_of(unit)
    victims = [row for row in counts if row.measure in _HARM]
    civilian = any(row.people.civilian or row.group in _CIVILIAN_GROUPS for row in victims)
    armed = any(row.people.combatant or any(a not in _ARMED_EXCEPT for a in row.people.actors) for row in victims)
    armed = armed or (any(a.actor_id not in _ARMED_EXCEPT for a in roles.patients) and not civilian)
    action = _action(unit, armed, civilian)
    if action is None:
        return None
    actor1, actor2 = participants(unit, action, roles, victims, civilian)
    if _sequel(action, counts, siting.sites, actor1, actor2) or _of_nobody(unit, action, actor1, actor2):
        return None
    if _of_no_war(unit, action, actor1 + actor2):
        return None
    date = _date(unit)
    triggers = [t for t in unit.triggers if not t.entry.outcome and t.entry.frame != "result"]
    definite = bool(triggers) and all(t.definite or t.entry.strength == "cue" for t in _main(sentence, triggers))
    heard = bool(sentence.cues_in(unit.first, unit.last, "heard"))
    retold = _retelling(unit)
    frame = Frame(
        unit=unit,
        action=action,
        generic=heard or (not any(t.entry.action for t in triggers) and not means_of(sentence, unit.first, unit.last)),
        anaphoric=heard or ((definite or not triggers) and not siting.sites),
        sites=siting.sites,
        containers=siting.containers,
        date=date,
        actor1=actor1,
        actor2=actor2,
        suspected=roles.suspected and bool(actor1),
        counts=_suffered(counts),
        background=bool(retold),
        earlier=bool(retold) and _only_earlier(unit, retold),
        weapon=_weapon(unit),
        infrastructure=tuple(dict.fromkeys(t for m, t in sentence.infrastructure if unit.first <= m.first < unit.last)),
        asserted=frozenset(asserted),
        described=any(_describes(unit, i) for i in range(unit.first, unit.last) if sentence.text(i) in _RELATIVES),
        said_day=date is not None and _said_on(sentence, date),
    )
    known_from = recalled_from(unit, action)
    if known_from is not None:
        frame.recalled = True
        frame.date, frame.visit_day = day_of(sentence, date, known_from, unit.last)
    _settle_period(frame)
    if frame.aggregate:
        frame.action = "casualty_toll"
        frame.actor1, frame.actor2 = participants(unit, frame.action, roles, victims, civilian)
        frame.counts = [
            r for r in frame.counts if r.people.numeric or r.measure not in ("defected", "deployed", "detained")
        ]
    return frame


def _suffered(counts: list[CountRow]) -> list[CountRow]:
    """Rows without those of whom it is said that they came away: "نجا ضابط من محاولة اغتيال"."""
    spared = {row.people for row in counts if row.governor is not None and row.governor.entry.spared}
    return [row for row in counts if row.people not in spared] if spared else counts


def _action(unit: Unit, armed: bool, civilian: bool) -> str | None:
    """The action; what a crowd destroys or storms is a riot."""
    action = action_of(unit, armed, civilian)
    if action is None or not crowd_of(unit):
        return action
    stormed = action == "looting_destruction" or any(t.entry.frame == "raid" for t in unit.triggers)
    return "riot" if stormed else action


def _sequel(
    action: str, counts: list[CountRow], sites: list[PlaceMention], actor1: list[str], actor2: list[str]
) -> bool:
    """Whether it only says how an attack ended: "وفر المهاجمون" (they leave the spot, not a side), "انتشلت الضحايا"."""
    if action == "defection":
        return bool(actor1) and set(actor1) <= NAMELESS and not actor2
    return action == "body_transfer" and not counts and not sites


def _known_dead(unit: Unit) -> bool:
    """Whether only the dead or hurt are named as known: "أسر شهداء الواجب", "عزاء الشهيد"; no verb, no number."""
    if unit.triggers:
        return False
    sentence = unit.sentence
    return all(
        not row.people.numeric and (row.people.definite or sentence.text(row.people.last).startswith("ال"))
        for row in unit.counts
        if row.group is None
    )


def _of_nobody(unit: Unit, action: str, actor1: list[str], actor2: list[str]) -> bool:
    """Whether a word of many uses tells of no people: "إيقاف عمل المحطة", "انتشرت صور"; forces and the held are."""
    acts = [t for t in unit.triggers if not t.entry.outcome and t.entry.frame != "result"]
    if action not in _OF_PEOPLE or any(t.entry.strength == "event" for t in acts):
        return False
    if action == "arrest":
        held = any(acts[0].first < at < unit.last for at in unit.sentence.persons) if acts else True
        named = any(t.entry.frame == "raid" or (t.finite and actor1) for t in acts)
        return not (held or named or unit.counts or actor2)
    forces = any(unit.first <= at < unit.last for at in unit.sentence.heads)
    return not (forces or unit.counts or actor1 or actor2)


def _of_no_war(unit: Unit, action: str, sides: list[str]) -> bool:
    """Whether those who agree are at no war: "وقعت الجامعة اتفاقية"; where no side is named, words of war must be."""
    if action != "agreement" or sides or any(t.entry.frame == "release" for t in unit.triggers):
        return False
    if any(unit.first <= a.first < unit.last for a in unit.sentence.actors):
        return False
    return not unit.sentence.cues_in(unit.first, unit.last, "of_war") and not unit.counts


def _main(sentence: Sentence, triggers: list[Trigger]) -> list[Trigger]:
    """The triggers without those that only say what the first one hit: "القصف أسفر عن مقتل ... جراء استهداف مواقع"."""
    return triggers[:1] + [
        t
        for t in triggers[1:]
        if t.entry.strength != "weak" or not any(c.last == t.first for c in sentence.cues.get("cause", ()))
    ]


def _by_accident(unit: Unit, roles: Roles) -> bool:
    """Whether an earthquake, a road accident or the like did it: only harm is told of, by nobody and no weapon."""
    found = unit.sentence.cues_in(unit.first, unit.last, "accident")
    if _of_nature(unit):
        return True
    if not found:
        return False
    gas = bool(unit.sentence.cues_in(unit.first, unit.last, "mishap_blast"))  # "انفجار أسطوانة غاز"
    acts = [t for t in unit.triggers if t.entry.strength == "event" and not t.entry.outcome]
    if any(not (gas and t.entry.action == "explosion") for t in acts):
        return False
    dry = all(unit.sentence.bare(c.first) in _DRY for c in found)
    if dry and any(t.entry.frame == "bodies" for t in unit.triggers):
        return False  # "انتشلت الفرق جثة رجل من بئر"
    means = means_of(unit.sentence, unit.first, unit.last)
    if unit.sentence.cues_in(unit.first, unit.last, "crash"):
        means -= AIR  # "تحطم مروحية"
    return not roles.agents and not means


def _of_nature(unit: Unit) -> bool:
    """Whether an accident is what acts, here or in the clause before: "ضرب زلزال البلاد وقتل عشرة أشخاص"."""
    found = unit.sentence.cues_in(unit.first, unit.last, "accident")
    if any(cue.first == t.last for t in unit.triggers if t.finite for cue in found):
        return True
    return unit.before is not None and not unit.of_kind("event") and _of_nature(unit.before)


def _counts_somebody(unit: Unit, anchor: Anchor) -> bool:
    """A weak word of harm ("قضى", "توفي", "فقد") tells of harm only where it counts somebody."""
    if anchor.trigger is None or anchor.trigger.entry.strength != "cue":
        return True
    return any(row.governor is not None and row.governor.first == anchor.first for row in unit.counts)


def _told(unit: Unit, row: CountRow, asserted: set[int]) -> bool:
    at = row.governor.first if row.governor is not None else row.people.first
    blocked = {a.first for a in unit.anchors} - asserted
    return row.best == 0 or at not in blocked


def _date(unit: Unit) -> DateMentionAt | None:
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


def _said_on(sentence: Sentence, date: DateMentionAt) -> bool:
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


def _retelling(unit: Unit) -> list[Mention]:
    """Phrases before a unit's first word of an occurrence that mark it as retold: "يذكر أن", "كانت قد"."""
    first_anchor = unit.anchors[0].first
    start = 0 if not unit.continues else unit.first
    return [
        cue
        for cue in unit.sentence.cues_in(start, max(first_anchor, start + 1), "background")
        if cue.first <= first_anchor
    ]


def _only_earlier(unit: Unit, retold: list[Mention]) -> bool:
    """Whether the phrases say no more than that it was before: "وكانت الطائرات قصفت", not "وكانت قد قصفت"."""
    earlier = {(cue.first, cue.last) for cue in unit.sentence.cues.get("earlier", ())}
    return all((cue.first, cue.last) in earlier for cue in retold)


def _weapon(unit: Unit) -> str | None:
    found = [t for m, t in unit.sentence.means if unit.first <= m.first < unit.last]
    return found[0] if found else None


def _period(unit: Unit) -> DateMentionAt | None:
    """The stretch of time that a toll covers, where the unit names one beside a day."""
    inside = [d for d in unit.sentence.dates if unit.first <= d.first < unit.last and d.days is not None]
    return next((d for d in inside if d.kind in ("since", "range", "period") and not _relative(unit, d)), None)


def _counts_incidents(frame: Frame) -> bool:
    """Whether occurrences of more than some days are counted: "سجل الفريق في نيسان الماضي 26 عملية اغتيال"."""
    days = frame.date.days if frame.date else None
    if days is None or days.end - days.start <= _LONG:
        return False
    unit, sentence = frame.unit, frame.sentence
    return any(
        unit.first <= q.first < unit.last and (q.best or q.low or 0) >= _SOME and sentence.bare(q.last) in _INCIDENTS
        for q in sentence.quantities
    )


def _is_point(sentence: Sentence, date: DateMentionAt) -> bool:
    """Whether a period only says loosely when: "مطلع الشهر الجاري", "الأسبوع الماضي"."""
    words = [sentence.bare(i) for i in range(date.first, date.last)]
    return words[0] in _LOOSELY or (words[0] == "في" and words[1] in _LOOSELY)


def _settle_period(frame: Frame) -> None:
    """Mark a toll over a period; a stretch of time beside a day says so, too, and is then its date."""
    frame.aggregate = _aggregate(frame)
    stated = frame.date
    if not frame.aggregate and stated is not None and stated.since is not None:
        frame.date = replace(stated, kind="since", days=stated.since)
        frame.aggregate = _aggregate(frame)
        if not frame.aggregate:
            frame.date = stated
    period = _period(frame.unit)
    if frame.aggregate or period is None or period is frame.date:
        return
    frame.date, stated = period, frame.date
    frame.aggregate = _aggregate(frame)
    if not frame.aggregate:
        frame.date = stated


def _aggregate(frame: Frame) -> bool:
    """A toll over a period or over many occurrences."""
    if _counts_incidents(frame):
        return True
    if not any(row.group is None for row in frame.counts):
        return False
    if any(row.group is None and row.measure == "killed" and (row.best or 0) >= _OF_A_WAR for row in frame.counts):
        return True
    unit, days = frame.unit, frame.date.days if frame.date else None
    if frame.action == "weapons_disrupted":
        return False
    if unit.counts and unit.sentence.cues_in(unit.first, unit.last, "scattered"):
        return True
    cue = bool(unit.sentence.cues_in(unit.first, unit.last, "aggregate"))
    long = days is not None and days.end - days.start > _LONG
    words = {t.text for t in unit.sentence.tokens[unit.first : unit.last]}
    harm = any(
        row.measure in ("killed", "injured", "other", "detained", "strikes", "munitions", "displaced", "bodies")
        and row.group is None
        for row in frame.counts
    )
    span = frame.date is not None and (
        frame.date.kind in ("since", "range")
        or (frame.date.kind == "period" and not _is_point(unit.sentence, frame.date))
        or any(unit.sentence.bare(i) in _OVER for i in range(frame.date.first - _OVER_REACH, frame.date.first))
    )
    return harm and long and (cue or bool(words & _MANY) or (span and not _one_in_a_week(frame)))


def _one_in_a_week(frame: Frame) -> bool:
    """Whether one victim of some day of a week is told: "قتل جندي في هجوم مطلع الأسبوع"."""
    days = frame.date.days if frame.date is not None else None
    totals = [row.best for row in frame.counts if row.group is None]
    return days is not None and days.end - days.start <= _WEEK and all(best == 1 for best in totals)
