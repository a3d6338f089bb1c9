"""Who did it and to whom: the role of each actor in a unit, from the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.extraction.reading import ActorMention, Sentence, Trigger
from conflict_events.extraction.units import Unit

__all__ = ["Roles", "roles_of"]

_TARGETS = frozenset(
    "موقع مواقع مقر مقرات مقار نقطه نقاط معقل معاقل تجمع تجمعات تمركز تمركزات مستودع مستودعات اليه اليات سياره سيارات دوريه دوريات رتل"
    " حاجز حواجز معسكر معسكرات دبابه دبابات عربه عربات ناقله ناقلات قاعده قواعد مركز مراكز ثكنه ثكنات حافله حافلات دشمه دشم قيادي قاءد قايد قاده"
    " عنصر عناصر جندي جنود مقاتل مقاتلي مقاتلين مسلحي مسلحين ضابط ضباط افراد مرابض منصه منصات تحركات مجموعه مجموعات صفوف خلايا خليه قتيل قتلي جريح جرحي"
    " محاوله هجوم تقدم تسلل اهداف هدف مبني مستودعات معدات".split()
)
_ANIMATE = frozenset(
    "دوريه دوريات قوه قوات وحده وحدات مجموعه مجموعات عناصر خلايا خليه مسلحي مسلحو مقاتلي مقاتلو رتل ارتال تعزيزات سريه كتيبه افراد".split()
)
_MEANS_HEADS = frozenset(
    "قصف غاره غارات قصفا هجوم هجمات ضربه ضربات طاءره طايره طاءرات طايرات طيران مسيره مسيرات مدفعيه مدافع راجمات راجمه صواريخ صاروخ قذاءف قذايف قذيفه رصاص نيران استهداف"
    " عدوان اعتداء غارتين غارتان مروحيات مروحيه مقاتلات مقاتله حربي حربيه قناص قناصه حاجز عمليه حمله هجوما غارتها بقصف نيران سلاح".split()
)
_PATIENT_MASDARS = frozenset(
    {
        "istahdafa",
        "hajama",
        "ightala",
        "qatala",
        "istashhada",
        "asaba",
        "jaraha",
        "masra",
        "khatafa",
        "ikhtatafa",
        "itaqala",
        "ihtajaza",
        "iqtahama",
        "ifraj",
        "adama",
    }
)
_ACTIVE_FRAMES = frozenset(
    "strike fire clash repel raid seize kill injure arrest abduct move recruit establish transfer release disrupt destroy blast".split()
)
_AGAINST = frozenset("علي ضد باتجاه تجاه نحو صوب".split())
_REACH = 6


@dataclass(slots=True)
class Roles:
    """Actors of a unit by role, each once, in text order."""

    agents: list[ActorMention] = field(default_factory=list)
    patients: list[ActorMention] = field(default_factory=list)
    sides: list[ActorMention] = field(default_factory=list)
    suspected: bool = False


def roles_of(unit: Unit) -> Roles:
    """Sort the actors of a unit into agents, patients and the sides of a fight."""
    sentence = unit.sentence
    roles = Roles()
    actors = [a for a in sentence.actors if unit.first <= a.first < unit.last and not sentence.aside(a.first)]
    between = _between(sentence, unit)
    previous: tuple[ActorMention, str] | None = None
    for actor in actors:
        role = _coordinated(sentence, actor, previous) or _role(sentence, unit, actor, between)
        previous = (actor, role)
        if role == "agent":
            roles.agents.append(actor)
        elif role == "patient":
            roles.patients.append(actor)
        elif role == "side":
            roles.sides.append(actor)
        elif role == "origin":
            roles.agents.append(actor)
            roles.suspected = True
    if any(t.entry.frame == "repel" for t in unit.triggers):
        # Who repels is attacked: the attack is the other side's act.
        roles.agents, roles.patients = roles.patients, roles.agents
    if roles.agents and sentence.cues_in(unit.first, unit.last, "suspected"):
        roles.suspected = True
    return roles


def _coordinated(sentence: Sentence, actor: ActorMention, previous: tuple[ActorMention, str] | None) -> str | None:
    """An actor tied by و to the one before has its role."""
    if (
        previous is None
        or "و" not in actor.proclitics
        and sentence.text(actor.head - 1) != "و"
        and not sentence.text(actor.head).startswith("و")
    ):
        return None
    gap = list(sentence.words_between(previous[0].last, actor.head))
    return (
        previous[1]
        if len(gap) <= 2 and not any(sentence.cue_at(i, "boundary") for i in range(previous[0].last, actor.head))
        else None
    )


def _between(sentence: Sentence, unit: Unit) -> int | None:
    """Where "بين" opens the two sides of a fight."""
    for trigger in unit.triggers:
        if trigger.entry.frame in ("clash", "agree", "strike", "undergo"):
            for index in range(trigger.last, min(unit.last, trigger.last + _REACH + 4)):
                if sentence.text(index) == "بين":
                    return index
    return None


def _role(sentence: Sentence, unit: Unit, actor: ActorMention, between: int | None) -> str:
    start = min(actor.head, actor.first)
    if _in_source(sentence, actor) or _after_control(sentence, start):
        return "none"
    before = sentence.skip_punct(start - 1, -1)
    word, bare = sentence.text(before), _noun(sentence.text(before))
    if between is not None and between < actor.first <= between + 20:
        return "side"
    if not actor.nisba and sentence.cues_in(max(0, start - 4), start, "origin"):
        return "origin"
    if any(cue.last >= start - 1 and cue.first < start for cue in sentence.cues_in(max(0, start - 4), start, "agent")):
        return "agent"
    attached = "ل" in actor.proclitics or sentence.text(actor.head).startswith("ل") or word == "ل"
    if actor.nisba:
        return _by_head(sentence, unit, before, default="none")
    if actor.head < actor.first and _noun(sentence.text(actor.head)) in _MEANS_HEADS and not attached:
        return "agent"
    if attached:
        return _by_head(sentence, unit, before, default="patient")
    if word in _AGAINST or "ب" in actor.proclitics and bare not in _MEANS_HEADS:
        return "patient"
    if bare in _TARGETS:
        return "patient" if not _launching(sentence, before) else "agent"
    if word in ("من", "في", "بصفوف", "صفوف") or sentence.cue_at(before, "affiliation"):
        return "patient" if _people_before(sentence, before) else "none"
    trigger = next((t for t in unit.triggers if t.last == start or t.last == before + 1), None)
    if trigger is not None and trigger.form == "masdar":
        if trigger.entry.id in _PATIENT_MASDARS:
            return "patient"
        return "agent"
    if bare in _MEANS_HEADS:
        return "agent"
    return _by_verb(sentence, unit, actor, start)


def _by_verb(sentence: Sentence, unit: Unit, actor: ActorMention, start: int) -> str:
    """Subject or object of the nearest conjugated verb."""
    verbs = [t for t in unit.triggers if t.finite and t.entry.frame in _ACTIVE_FRAMES]
    for trigger in reversed(verbs):
        if trigger.last <= start <= trigger.last + _REACH:
            earlier = [a for a in sentence.actors if trigger.last <= a.first < actor.first and not a.nisba]
            if (
                trigger.entry.outcome
                and trigger.passive is not False
                and not any(p.first > start for p in sentence.persons.values() if p.first < start + 5)
            ):
                return "patient"
            return "patient" if earlier else "agent"
    for trigger in verbs:
        if actor.last <= trigger.first <= actor.last + 4 and not _comma(sentence, actor.last, trigger.first):
            if trigger.entry.outcome and trigger.passive is not False:
                return "patient"
            return "agent"
    following = next((t for t in unit.triggers if t.first >= actor.last), None)
    if following is not None and not any(t.last <= start for t in unit.triggers):
        return "patient" if following.entry.frame in ("undergo", "kill", "injure") and following.finite else "agent"
    if any(t.entry.frame in ("clash", "repel") for t in unit.triggers):
        return "side"
    return "none"


def _by_head(sentence: Sentence, unit: Unit, before: int, default: str) -> str:
    """The role that the noun before gives: "قصف روسي" acts, "قاعدة أمريكية" suffers. Adjectives between are passed over."""
    for index in range(before, max(-1, before - 4), -1):
        noun = _noun(sentence.text(index))
        if noun in _MEANS_HEADS or _is_means(sentence, index):
            return "agent"
        if noun in _ANIMATE and _subject(unit, index):
            return "agent"
        if noun in _TARGETS or index in sentence.persons:
            return "patient"
        trigger = next((t for t in unit.triggers if t.first <= index < t.last and not t.finite), None)
        if trigger is not None:
            return "patient" if trigger.entry.frame in ("kill", "injure") else "agent"
        if sentence.tokens[index].kind == "punct" and sentence.text(index) in "،.":
            break
    return default


def _subject(unit: Unit, index: int) -> bool:
    """Whether the noun at a token follows an active verb as its subject, or is what moves."""
    for trigger in unit.triggers:
        if trigger.entry.frame == "move" and trigger.first <= index:
            return True
        if (
            trigger.finite
            and trigger.last <= index <= trigger.last + 1
            and not trigger.entry.outcome
            and trigger.entry.frame in _ACTIVE_FRAMES
        ):
            return True
    return False


def _is_means(sentence: Sentence, index: int) -> bool:
    return any(mention.first <= index < mention.last for mention, _ in sentence.means)


def _noun(word: str) -> str:
    for prefix in ("و", "ف", ""):
        for particle in ("ب", "ل", "ك", ""):
            for article in ("ال", ""):
                head = prefix + particle + article
                if (
                    head
                    and word.startswith(head)
                    and (word[len(head) :] in _TARGETS or word[len(head) :] in _MEANS_HEADS)
                ):
                    return word[len(head) :]
    for ending in ("ها", "هم", "ه", "ا"):
        stem = word.removesuffix(ending)
        if stem != word and (stem in _MEANS_HEADS or stem in _TARGETS):
            return stem
    return word


def _launching(sentence: Sentence, index: int) -> bool:
    return sentence.text(index - 1) == "من"


def _people_before(sentence: Sentence, index: int) -> bool:
    return any(
        i in sentence.persons or sentence.quantity_over(i) is not None for i in range(max(0, index - 3), index + 1)
    )


def _after_control(sentence: Sentence, start: int) -> bool:
    return any(cue.last <= start <= cue.last + 2 for cue in sentence.cues.get("control", ()))


def _in_source(sentence: Sentence, actor: ActorMention) -> bool:
    return any(
        s.first <= actor.first < s.last and s.last - s.first > actor.last - actor.first for s in sentence.sources
    )


def _comma(sentence: Sentence, first: int, last: int) -> bool:
    return any(t.kind == "punct" and t.text in "،." for t in sentence.tokens[first:last])


def is_attack(trigger: Trigger) -> bool:
    """Whether the trigger tells of violence that somebody does."""
    return trigger.entry.frame in ("strike", "fire", "blast", "clash", "raid")
