"""Who did it and to whom: the role of each actor in a unit, by a small grammar of Arabic argument structure.

Every actor is read with its noun phrase (`argument`). Then, in this order: phrases that name no party (sources, who
controls a place), particles that fix a role ("من قبل", "على يد", "ضد"), the event noun that governs the phrase ("قصف
النظام" acts, "مقتل عناصر من النظام" suffers), and the conjugated verb of which the phrase is subject or object.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.extraction.argument import Phrase, kind_at
from conflict_events.extraction.clause import OWN_DEEDS
from conflict_events.extraction.elision import elided
from conflict_events.extraction.government import ACTIVE, Government
from conflict_events.extraction.reading import ActorMention, Mention, Sentence
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["Roles", "roles_of"]

_LISTS = {
    "agent": "agents",
    "suspect": "agents",
    "patient": "patients",
    "side": "sides",
    "other": "others",
    "defender": "defenders",
    "attacker": "attackers",
}
_SELF = word_set("self_reference")
_MANAGED = word_set("managed")
_CIVIL_OFFICES = word_set("civil_offices")
_CHARGES = word_set("charges")
_CHARGE_REACH = 8
_PEACEFUL = frozenset({"move", "establish", "recruit", "transfer"})
_POLICING = frozenset({"arrest", "disrupt"})
_SIDES_REACH = 24
_OPENS_PLACE = frozenset({"علي", "في", "قرب", "ضد", "داخل"})
_WAS = word_set("was")
_WAS_REACH = 6
_HELD_REACH = 3
_TAKEN = frozenset({"arrest", "abduct"})


@dataclass(slots=True)
class Roles:
    """Actors of a unit by role, each once, in text order.

    Attributes:
        agents: Those who act.
        patients: Those acted upon.
        sides: Parties of a fight or an agreement, when the text doesn't say who began.
        others: Parties of a fight named as the other side ("من جهة أخرى").
        defenders: Those who repel an attack.
        attackers: Those whom they repel.
        suspected: Whether the agents are only believed or accused to be it.
    """

    agents: list[ActorMention] = field(default_factory=list)
    patients: list[ActorMention] = field(default_factory=list)
    sides: list[ActorMention] = field(default_factory=list)
    others: list[ActorMention] = field(default_factory=list)
    defenders: list[ActorMention] = field(default_factory=list)
    attackers: list[ActorMention] = field(default_factory=list)
    suspected: bool = False


def roles_of(unit: Unit) -> Roles:
    """Sort the actors of a unit into agents, patients and the sides of a fight."""
    reader = _Reader(unit)
    roles = Roles()
    for phrase, role in reader.roles():
        if role != "none":
            getattr(roles, _LISTS[role]).append(phrase.actor)
            roles.suspected |= role == "suspect"
    if not roles.agents and not roles.sides:
        roles.agents += reader.leading() or _carried_on(unit) or reader.announcing()
    if roles.agents and unit.sentence.cues_in(unit.first, unit.last, "suspected"):
        roles.suspected = True
    return roles


def _carried_on(unit: Unit) -> list[ActorMention]:
    """The subject of the clause before, where و goes on without one: "حاصرت القوات البلدة واعتقلت عشرة شبان"."""
    event = next((a.trigger for a in unit.anchors if a.kind == "event"), None)
    if unit.before is None or event is None or not event.finite or "و" not in event.proclitics:
        return []
    if unit.anchors[0].trigger is not event or not elided(unit, event):
        return []
    before = roles_of(unit.before)
    return before.agents or before.defenders or _Reader(unit.before).opening()


class _Reader(Government):
    """The grammar over one unit."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.between = self._between()
        self.divide = self._divide()

    def roles(self) -> list[tuple[Phrase, str]]:
        """Each phrase with its role: agent, suspect, patient, side, other or none."""
        found: list[tuple[Phrase, str]] = []
        for phrase in self.phrases:
            role = self._joined(phrase, found) or self._role(phrase)
            idle = role == "agent" and (self._meanwhile(phrase, found) or self._in_office(phrase))
            found.append((phrase, "none" if idle else role))
        return found

    def _in_office(self, phrase: Phrase) -> bool:
        """Whether it is an office that does not fight: "ندد رئيس مجلس النواب العراقي بالتفجير"."""
        return phrase.actor.adjectival and self.sentence.bare(phrase.actor.first - 1) in _CIVIL_OFFICES

    def _meanwhile(self, phrase: Phrase, found: list[tuple[Phrase, str]]) -> bool:
        """Whether a phrase belongs to another attack at the same time, when who did this one is told."""
        cues = self.sentence.cues_in(self.unit.first, phrase.first, "meanwhile")
        if not cues or phrase.act is None or not 0 <= phrase.act.first - cues[-1].last <= 1:
            return False
        return any(role == "agent" and before.last <= cues[-1].first for before, role in found)

    def _role(self, phrase: Phrase) -> str:
        sentence = self.sentence
        if _in_source(sentence, phrase.actor) and not self._does(phrase):
            return "none"
        if self._frames() & {"seize", "transfer"} and (self._after_cue(phrase, "grip") or self._held_before(phrase)):
            return "patient"
        if self.between is not None and self.between < phrase.actor.first <= self.between + _SIDES_REACH:
            return "other" if self.divide is not None and phrase.actor.first >= self.divide else "side"
        origin = self._origin(phrase)
        if origin:
            return origin
        if self._claims_responsibility(phrase):
            return "agent"
        if self._idle(phrase):
            return "none"
        charge = self._charge(phrase)
        if charge or self._accused(phrase):
            return charge or "suspect"
        if self._unrelated(phrase) or self._after_cue(phrase, "guard"):
            return "none"
        if self._after_cue(phrase, "agent", "support"):
            shot_down = "disrupt" in self._frames() and self._after_cue(phrase, "agent")
            return "attacker" if shot_down and self._launched(phrase) else "agent"
        if phrase.act is not None:
            return self._of_act(phrase, phrase.act)
        return self._by_particle(phrase)

    def _held_before(self, phrase: Phrase) -> bool:
        """Whether who takes a place takes it from a party: "استعادت القوات المواقع التي كان يسيطر عليها التنظيم"."""
        seizing = [t for t in self.unit.triggers if t.entry.frame in ("seize", "transfer")]
        for control in self.sentence.cues_in(seizing[0].last, phrase.first, "control"):
            if control.last <= phrase.first <= control.last + 2 and self.sentence.bare(control.first - 1) in _WAS:
                return True
        for held in seizing[1:]:
            was = max((i for i in range(seizing[0].last, held.first) if self.sentence.bare(i) in _WAS), default=None)
            if was is None or held.first - was > _WAS_REACH or not held.finite:
                continue
            behind = held.last <= phrase.first <= held.last + _HELD_REACH and self._verb_before(phrase) is held
            if behind or was < phrase.first < held.first:
                return True
        return False

    def _launched(self, phrase: Phrase) -> bool:
        """Whether the cue before says who sent off what was met: "صاروخا أطلقه الحوثيون"."""
        return self.sentence.text(phrase.first - 1).startswith("اطلق")

    def _does(self, phrase: Phrase) -> bool:
        """Whether a verb of doing stands right before: "اعتقلت اللجان الشعبية" are no committees that say so."""
        return any(
            t.last == phrase.first and t.entry.frame in ACTIVE and t.passive is not True and not t.entry.outcome
            for t in self.verbs
        )

    def leading(self) -> list[ActorMention]:
        """The bare actor before a peaceful act whose verb nobody knows: "عمدت الميليشيات ... إلى إنزال راياتها"."""
        acts = [t for t in self.unit.triggers if t.entry.frame in _PEACEFUL]
        if not acts or acts[0].finite:
            return []
        for phrase in self.phrases:
            alone = (
                phrase.bare
                and phrase.particle == ""
                and phrase.act is None
                and phrase.kind == "force"
                and not phrase.dative
            )
            if alone and phrase.last <= acts[0].first and not phrase.actor.nisba and not self._idle(phrase):
                return [phrase.actor]
        return []

    def announcing(self) -> list[ActorMention]:
        """Forces of a state that announce an arrest or a find of arms made it: "قالت الشرطة إنه تم القبض على ..."."""
        told = {t.entry.frame for t in self.unit.triggers if not t.entry.outcome}
        if not told or not told <= _POLICING:
            return []
        for phrase in self.phrases:
            state = phrase.actor.actor is not None and phrase.actor.actor.kind == "state"
            if state and phrase.kind == "force" and not phrase.actor.nisba and self._reports(phrase):
                return [phrase.actor]
        return []

    def opening(self) -> list[ActorMention]:
        """Forces right behind the first word of the unit, whatever verb that is: "أغلقت قوات الأمن المنطقة"."""
        first = self.unit.first + 1
        return [p.actor for p in self.phrases[:1] if p.first == first and p.kind == "force" and p.particle == ""]

    def _joined(self, phrase: Phrase, found: list[tuple[Phrase, str]]) -> str | None:
        """An actor tied by و to the one before has its role: "قوات النظام وروسيا والميليشيات الموالية لها"."""
        if not found:
            return None
        before = found[-1][0]
        gap = range(before.last, phrase.first)
        words = [self.sentence.text(i) for i in gap if self.sentence.tokens[i].kind != "punct"]
        stops = [i for i in gap if self.sentence.text(i) in ("؛", ".", ":")]
        punct = {self.sentence.text(i) for i in gap if self.sentence.tokens[i].kind == "punct"}
        tied = self.sentence.text(phrase.first).startswith("و") or "و" in words
        tied = tied or (not words and bool(punct & {"/", "-"}))
        tied = tied or any(c.last == phrase.first and c.last - c.first == len(words) for c in self._along(gap))
        tied = tied or (phrase.actor.nisba and before.actor.nisba and not gap)
        if self.divide is not None and self.divide in gap:
            return None
        if not tied or stops or len([w for w in words if w != "و"]) > 2:
            return None
        if any(i in self.acts for i in range(phrase.first, phrase.actor.first)) or phrase.particle in ("ب", "من"):
            return None
        if any(t.first in gap or t.first == phrase.first for t in self.unit.triggers):
            return None
        if any(self.sentence.cue_at(i, "boundary", "agent") for i in gap):
            return None
        following = next((t for t in self.verbs if phrase.last <= t.first <= phrase.last + 2), None)
        if following is not None and found[-1][1] == "patient":
            return None
        if phrase.deed and not before.deed:
            return None
        if found[-1][1] == "none" and not self._idle(before):
            return None
        return found[-1][1]

    def _along(self, gap: range) -> list[Mention]:
        """Words that join another actor: "النظام ومعه حزب الله"."""
        return self.sentence.cues_in(gap.start, gap.stop, "along")

    def _idle(self, phrase: Phrase) -> bool:
        """Whether a phrase only holds a place or speaks."""
        spots = (phrase.first, phrase.actor.first)
        speaks = _in_source(self.sentence, phrase.actor) and not self._does(phrase)
        return speaks or any(_controls(self.sentence, s) for s in spots)

    def _claims_responsibility(self, phrase: Phrase) -> bool:
        """Whether the party says that it was it: "أعلن التنظيم مسؤوليته عن", "تبنى التنظيم الهجوم"."""
        cues = self.sentence.cues
        if any(0 <= c.first - phrase.last <= 1 for c in cues.get("responsibility", ())):
            return True
        return any(c.last == phrase.first for c in cues.get("adopt", ()))

    def _charge(self, phrase: Phrase) -> str:
        """In "اتهم النظام إسرائيل بقصف" the one right before ب is accused, the one before accuses; "" elsewhere."""
        sentence = self.sentence
        cues = sentence.cues_in(max(self.unit.first, phrase.first - _CHARGE_REACH), phrase.first, "accuse")
        if not cues or phrase.particle not in ("", "و"):
            return ""
        charged = next((i for i in range(cues[-1].last, self.unit.last) if _opens_charge(sentence, i)), None)
        if charged is None or charged < phrase.last:
            return ""
        last = max((p for p in self.phrases if p.last <= charged), key=lambda p: p.last)
        return "suspect" if last is phrase and charged - phrase.last <= 1 else "none"

    def _accused(self, phrase: Phrase) -> bool:
        """Who is believed or said to have done it: "يعتقد أنها روسية", "يرجح أنهم تابعين لداعش"."""
        edge = self.sentence.skip_punct(phrase.first - 1, -1)
        words = [self.sentence.text(i) for i in range(max(self.unit.first, edge - 3), edge + 1)]
        cues = self.sentence.cues_in(max(self.unit.first, edge - 4), edge + 1, "suspected")
        if not cues:
            return False
        return words[-1] in (
            "انها",
            "انه",
            "انهم",
            "الي",
            "بانها",
            "بانه",
            "بانهم",
            "تبعيتها",
            "تبعيته",
            "انتماءهم",
        ) or (words[-1] == "ان" and phrase.kind in ("force", "people", "means"))

    def _unrelated(self, phrase: Phrase) -> bool:
        """Actors that only report, states that do no act, and the nationality of people who are no fighters."""
        sentence, actor = self.sentence, phrase.actor
        if self._national(phrase):
            return True
        if actor.nisba and actor.actor is not None and actor.actor.kind == "state":
            before = sentence.skip_punct(actor.first - 1, -1)
            person = sentence.persons.get(before)
            plain = person is not None and person.noun is not None and person.noun.makes_civilian
            if plain or sentence.quantity_over(before) is not None:
                return True  # "تسعة سوريين", "مواطنا سوريا"
        if actor.nisba and phrase.act is None and not phrase.deed:
            if phrase.first == actor.first:
                return True
            person = sentence.persons.get(sentence.skip_punct(actor.first - 1, -1))
            return (
                phrase.kind == "people"
                and person is not None
                and person.noun is not None
                and person.noun.makes_civilian
            )
        if self._reports(phrase) and not self._does(phrase):
            return not self._claims(phrase)
        if actor.state and phrase.act is None and not phrase.deed and phrase.particle in ("", "و"):
            if self._own_act(phrase) or self._after_cue(phrase, "agent"):
                return False
            near = [t for t in self.verbs if t.last == phrase.first or phrase.last <= t.first <= phrase.last + 2]
            return not any(t.entry.frame in ACTIVE | {"agree"} for t in near)
        return False

    def _national(self, phrase: Phrase) -> bool:
        """Whether a nationality is all that is said of somebody harmed or taken: "قتل مصريان", "خطف ثلاثة أتراك"."""
        actor = phrase.actor
        if not actor.adjectival or actor.head != actor.first or actor.actor is None or actor.actor.kind != "state":
            return False
        before = self.sentence.skip_punct(actor.first - 1, -1)
        done = any(t.last == actor.first and (t.entry.outcome or t.entry.frame in _TAKEN) for t in self.unit.triggers)
        return done or self.sentence.quantity_over(before) is not None

    def _reports(self, phrase: Phrase) -> bool:
        heads = self.sentence.heads
        if any(c.last == phrase.first for c in self.sentence.cues.get("reaction", ())):
            return True
        after = phrase.last + 1 if self.sentence.text(phrase.last) in ("قد", "كان", "كانت", "قالت") else phrase.last
        return heads.get(self.sentence.skip_punct(phrase.first - 1, -1)) == "report" or (
            heads.get(after) == "report" and "و" not in _proclitic(self.sentence, after)
        )

    def _claims(self, phrase: Phrase) -> bool:
        """Whether who reports tells of its own deed: "أعلنت الفصائل استهداف موقع"."""
        for index in range(phrase.last, min(self.unit.last, phrase.last + 4)):
            act = self.acts.get(index)
            if self.sentence.text(index) in _MANAGED:
                return True
            if self.sentence.text(index) in _SELF and any(
                t.first in (index + 1, index + 2) and t.entry.frame in ACTIVE and t.passive is not True
                for t in self.verbs
            ):
                return True
            if (
                act is not None
                and act.form in ("masdar", "phrase")
                and act.entry.frame in OWN_DEEDS
                and index == act.first
            ):
                return not any(p.act is act and p.bare and p is not phrase for p in self.phrases)
        return self._did_it(phrase)

    def _did_it(self, phrase: Phrase) -> bool:
        """Whether an attack is told as theirs by its verb alone: "أعلنت الحركة مقتل جنديين في هجوم شنته على قاعدة"."""
        for verb in self.unit.triggers:
            if verb.first <= phrase.last or verb.entry.frame not in ACTIVE:
                continue
            if not any(a.enclitic for a in self.sentence.analyses[verb.last - 1]):
                continue  # "شنها" is spelt alike as verb and as verbal noun
            attack = any(i in self.acts or kind_at(self.sentence, i) == "act" for i in (verb.first - 1, verb.first - 2))
            behind = self.sentence.text(verb.last)
            if attack and (behind in _OPENS_PLACE or any(d.first == verb.last for d in self.sentence.dates)):
                return True
        return False

    def _origin(self, phrase: Phrase) -> str:
        """Where fire comes from: "مصدره قوات النظام" acts, "من مناطق سيطرة قسد" is suspected."""
        if phrase.actor.nisba:
            return ""
        sentence = self.sentence
        start = min(phrase.first, phrase.actor.head)
        held = [c for c in sentence.cues.get("control", ()) if c.last <= start <= c.last + 2 and c.first >= start - 6]
        front = min([start, *(c.first for c in held)])
        origins = [c for c in sentence.cues_in(max(self.unit.first, front - 4), start, "origin")]
        if origins:
            return "suspect" if held or "مناطق" in self._words(origins[-1].first, start) else "agent"
        if held and sentence.text(front - 1) == "من" and self._thrown(front - 2):
            return "suspect"
        return ""

    def _between(self) -> int | None:
        """Where "بين" opens the two sides of a fight or an agreement."""
        for trigger in self.unit.triggers:
            if trigger.entry.frame in ("clash", "agree", "strike", "undergo"):
                for index in range(trigger.last, min(self.unit.last, trigger.last + 12)):
                    if self.sentence.text(index) == "بين" and any(p.actor.first > index for p in self.phrases):
                        return index
        return None

    def _divide(self) -> int | None:
        """Where the second side begins in "بين X وY من جهة وZ من جهة أخرى", "بين X وY وبين Z"."""
        if self.between is None:
            return None
        for index in range(self.between + 1, min(self.unit.last, self.between + _SIDES_REACH)):
            word = self.sentence.text(index)
            if word == "وبين" or (word in ("جهه", "طرف", "جانب") and self.sentence.text(index - 1) == "من"):
                return index
        return None


def _opens_charge(sentence: Sentence, index: int) -> bool:
    """Whether ب says there what somebody is accused of: "بقصف", "بالوقوف وراء"."""
    if any(t.first == index and "ب" in t.proclitics for t in sentence.triggers):
        return True
    return sentence.text(index) in _CHARGES


def _proclitic(sentence: Sentence, index: int) -> str:
    return (
        "".join(c for a in sentence.analyses[index] if a.pos == "verb" for c in a.proclitics)
        if 0 <= index < len(sentence)
        else ""
    )


def _controls(sentence: Sentence, start: int) -> bool:
    """Whether the actor only holds a place: "الخاضعة لسيطرة الفصائل"."""
    return any(cue.last <= start <= cue.last + 2 for cue in sentence.cues.get("control", ()))


def _in_source(sentence: Sentence, actor: ActorMention) -> bool:
    return any(
        s.first <= actor.first < s.last and s.last - s.first > actor.last - actor.first for s in sentence.sources
    )
