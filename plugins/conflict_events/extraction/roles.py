"""Who did it and to whom: the role of each actor in a unit, by a small grammar of Arabic argument structure.

Every actor is read with its noun phrase (`argument`). Then, in this order: phrases that name no party (sources, who controls a place),
particles that fix a role ("من قبل", "على يد", "ضد"), the event noun that governs the phrase ("قصف النظام" acts, "مقتل
عناصر من النظام" suffers), and the conjugated verb of which the phrase is subject or object.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.extraction.argument import Phrase, is_adjective, kind_at, read_phrase
from conflict_events.extraction.reading import ActorMention, Sentence, Trigger
from conflict_events.extraction.units import Unit

__all__ = ["Roles", "roles_of"]

_HARM = frozenset({"kill", "injure", "missing", "bodies"})
_EITHER = frozenset({"arrest", "abduct", "disrupt", "destroy", "release"})
_EITHER_ENTRIES = frozenset({"istahdafa", "hajama", "iqtahama"})
_PARTY_NOUNS = frozenset({"majzara", "tadhib"})
_ACTIVE = frozenset(
    "strike fire clash repel raid seize kill injure arrest abduct move recruit establish transfer release disrupt destroy defect join find".split()
)
_AGAINST = frozenset("علي ضد باتجاه تجاه نحو صوب بوجه".split())
_STOPS = "،؛.,:"
_LISTS = {
    "agent": "agents",
    "suspect": "agents",
    "patient": "patients",
    "side": "sides",
    "other": "others",
    "defender": "defenders",
    "attacker": "attackers",
}
_VERB_REACH = 12
_SUBJECT_REACH = 8
_TIME_WORDS = frozenset("مساء فجر صباح ليل ليله ظهر عصر امس اليوم في يوم بعد قبل".split())
_SELF = frozenset("انه انها انهم انهما بانه بانها بانهم".split())
_OWN_DEEDS = frozenset("strike fire clash seize arrest disrupt repel raid".split())
_SIDES_REACH = 24
_OPENERS = frozenset("من جهه طرف جانب".split())
_TOWARDS = frozenset("في من قرب خلال بعد قبل عند مع الي عبر ضمن داخل اثناء وسط حتي منذ اثر جراء".split())


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
    if roles.agents and unit.sentence.cues_in(unit.first, unit.last, "suspected"):
        roles.suspected = True
    return roles


class _Reader:
    """The grammar over one unit."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.sentence = unit.sentence
        self.acts = {
            i: t for t in unit.triggers if not t.finite and t.entry.frame != "result" for i in range(t.first, t.last)
        }
        self.verbs = [t for t in unit.triggers if t.finite]
        tokens = frozenset(i for t in self.sentence.triggers if t.finite for i in range(t.first, t.last))
        actors = [a for a in self.sentence.actors if unit.first <= a.first < unit.last]
        self.phrases = [
            read_phrase(self.sentence, a, self.acts, tokens) for a in actors if not self.sentence.aside(a.first)
        ]
        self.between = self._between()
        self.swap = self._divide()

    def roles(self) -> list[tuple[Phrase, str]]:
        """Each phrase with its role: agent, suspect, patient, side, other or none."""
        found: list[tuple[Phrase, str]] = []
        for phrase in self.phrases:
            role = self._joined(phrase, found) or self._role(phrase)
            found.append((phrase, role))
        return found

    # --- the order of the rules ---------------------------------------------------------------------------------------------------

    def _role(self, phrase: Phrase) -> str:
        sentence = self.sentence
        if _in_source(sentence, phrase.actor):
            return "none"
        origin = self._origin(phrase)
        if origin:
            return origin
        if self._idle(phrase):
            return "none"
        if self._accused(phrase):
            return "suspect"
        if self._unrelated(phrase):
            return "none"
        if self._after_cue(phrase, "agent", "support"):
            return "agent"
        if self.between is not None and self.between < phrase.actor.first <= self.between + _SIDES_REACH:
            return "other" if self.swap is not None and phrase.actor.first >= self.swap else "side"
        if phrase.act is not None:
            return self._of_act(phrase, phrase.act)
        if phrase.particle in _AGAINST:
            return self._against(phrase)
        if phrase.deed:
            return "patient" if phrase.kind == "asset" and not phrase.moving else "agent"
        if phrase.particle == "ب":
            return "agent" if phrase.kind == "means" else "patient"
        if phrase.particle == "ل":
            return self._dative(phrase)
        if phrase.particle == "من":
            return self._from(phrase)
        if phrase.particle == "مع":
            return self._with(phrase)
        if phrase.particle == "عن":
            return "agent" if self._frames() & {"defect"} else "patient"
        if phrase.particle == "الي":
            return "patient" if self._frames() & {"join", "defect"} else "none"
        if phrase.particle in ("في", "داخل"):
            hit = self._frames() & {"blast", "strike", "fire", "fall", "undergo", *_HARM}
            return "patient" if phrase.kind in ("asset", "people") and hit else "none"
        if phrase.particle not in ("", "و"):
            return "none"
        return self._by_verb(phrase)

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
        tied = tied or (phrase.actor.nisba and before.actor.nisba and not gap)
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

    def _idle(self, phrase: Phrase) -> bool:
        """Whether a phrase only holds a place or speaks."""
        spots = (phrase.first, phrase.actor.first)
        return _in_source(self.sentence, phrase.actor) or any(_controls(self.sentence, s) for s in spots)

    # --- particles ----------------------------------------------------------------------------------------------------------------

    def _after_cue(self, phrase: Phrase, *categories: str) -> bool:
        """Whether a cue stands right before the phrase, or right before the name inside it."""
        for start in (phrase.first, phrase.actor.first, phrase.actor.head):
            edge = self._before_time(start)
            for category in categories:
                for cue in self.sentence.cues.get(category, ()):
                    if cue.last in (start, edge) and cue.first >= self.unit.first:
                        return True
        return False

    def _before_time(self, start: int) -> int:
        """The end of what stands before a phrase, quotes and time expressions passed over."""
        edge = self.sentence.skip_punct(start - 1, -1) + 1
        for date in reversed(self.sentence.dates):
            if date.last == edge:
                edge = self.sentence.skip_punct(date.first - 1, -1) + 1
        while self.sentence.text(edge - 1) in _TIME_WORDS:
            edge -= 1
        return edge

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
        if self._reports(phrase):
            return not self._claims(phrase)
        if actor.state and phrase.act is None and not phrase.deed and phrase.particle in ("", "و"):
            if self._own_act(phrase):
                return False
            near = [t for t in self.verbs if t.last == phrase.first or phrase.last <= t.first <= phrase.last + 2]
            return not any(t.entry.frame in _ACTIVE | {"agree"} for t in near)
        return False

    def _own_act(self, phrase: Phrase) -> bool:
        """Whether an act of its own follows: "واصلت إسرائيل قصفها", "كثف الجيش غاراته"."""
        return any(
            (act := self.acts.get(index)) is not None
            and act.entry.frame in _OWN_DEEDS
            and self.sentence.text(index).endswith(("ها", "ه", "هم"))
            and any(a.enclitic for a in self.sentence.analyses[index])
            for index in range(phrase.last, min(self.unit.last, phrase.last + 4))
        )

    def _reports(self, phrase: Phrase) -> bool:
        heads = self.sentence.heads
        after = phrase.last + 1 if self.sentence.text(phrase.last) in ("قد", "كان", "كانت", "قالت") else phrase.last
        return heads.get(self.sentence.skip_punct(phrase.first - 1, -1)) == "report" or (
            heads.get(after) == "report" and "و" not in _proclitic(self.sentence, after)
        )

    def _claims(self, phrase: Phrase) -> bool:
        """Whether who reports tells of its own deed: "أعلنت الفصائل استهداف موقع"."""
        for index in range(phrase.last, min(self.unit.last, phrase.last + 4)):
            act = self.acts.get(index)
            if self.sentence.text(index) in _SELF and any(
                t.first in (index + 1, index + 2) and t.entry.frame in _ACTIVE and t.passive is not True
                for t in self.verbs
            ):
                return True
            if act is not None and act.form == "masdar" and act.entry.frame in _OWN_DEEDS and index == act.first:
                return not any(p.act is act and p.bare and p is not phrase for p in self.phrases)
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

    def _thrown(self, index: int) -> bool:
        """Whether an attack or its means stands shortly before: "هجوم صاروخي من مناطق سيطرة ..."."""
        for i in range(index, max(self.unit.first - 1, index - 4), -1):
            if kind_at(self.sentence, i) in ("means", "act"):
                return True
            if i in self.acts and self.acts[i].entry.frame in ("strike", "fire", "fall"):
                return True
        return False

    def _from(self, phrase: Phrase) -> str:
        """ "قصف صاروخي من قوات سوريا الديمقراطية" acts; "انشق من ..." leaves."""
        start = self.sentence.skip_punct(phrase.first - 1, -1)
        if self._thrown(start - 1):
            return "agent"
        return "agent" if self._frames() & {"defect"} else "none"

    def _against(self, phrase: Phrase) -> str:
        verb = self._verb_before(phrase)
        if verb is not None and verb.entry.frame == "move":
            return "none"
        return "patient"

    def _dative(self, phrase: Phrase) -> str:
        """A phrase with ل that belongs to no noun: the object of "تصدى ل", or nobody's part."""
        verb = self._verb_before(phrase)
        if verb is not None and verb.entry.frame == "repel":
            return "attacker"
        if verb is not None and verb.entry.frame in ("undergo", "strike", "arrest", "disrupt"):
            return "patient"
        if phrase.kind in ("asset", "people") or not self.verbs:
            return "patient"
        return "none"

    def _with(self, phrase: Phrase) -> str:
        return "other" if self._frames() & {"clash", "agree", "repel"} else "none"

    # --- event nouns --------------------------------------------------------------------------------------------------------------

    def _of_act(self, phrase: Phrase, act: Trigger) -> str:
        """The part that the event noun before the phrase gives it."""
        frame = act.entry.frame
        if phrase.actor.nisba and phrase.bare and frame not in _HARM:
            return "agent"
        if act.form == "phrase":
            tail = self.sentence.text(act.last - 1)
            if tail in ("علي", "عن"):
                return "patient"
        if frame == "fall":
            return "patient" if phrase.kind == "people" else "agent" if phrase.kind == "means" else "none"
        if frame == "undergo":
            return "patient"
        if frame == "repel":
            return "attacker" if phrase.dative else "defender"
        if frame in ("agree",):
            return "side"
        if frame == "protest":
            return "none"
        if frame in ("defect", "move", "recruit", "establish", "transfer", "seize"):
            return "patient" if phrase.kind == "asset" and frame != "move" else "agent"
        if frame == "join":
            return "patient" if phrase.particle == "ب" else "agent"
        if act.entry.id in _PARTY_NOUNS:
            return "agent"
        if frame in _HARM:
            return "agent" if phrase.bare and not phrase.dative and self._object_after(phrase) else "patient"
        if frame in _EITHER or act.entry.id in _EITHER_ENTRIES:
            if phrase.kind == "means" and frame != "disrupt":
                return "agent"
            if phrase.dative or not phrase.bare and not phrase.moving:
                return "patient"
            if self._object_after(phrase):
                return "agent"
            return "agent" if frame in ("arrest", "abduct") and phrase.kind == "force" else "patient"
        if phrase.kind == "asset" and not phrase.moving:
            return "patient"
        return "agent"

    def _object_after(self, phrase: Phrase, start: int | None = None) -> bool:
        """Whether an object follows the phrase: then the phrase was the subject ("استهداف قوات النظام بقذائف المدفعية قرية العجمي")."""
        sentence = self.sentence
        places = {p.head: p for p in sentence.places}
        index = start = phrase.last if start is None else start
        end = min(self.unit.last, start + _SUBJECT_REACH)
        dates = {d.first: d.last for d in sentence.dates}
        while index < end:
            word = sentence.text(index)
            after = dates.get(index) or dates.get(index + 1)
            if after is not None:
                while sentence.text(after) == "،":
                    after += 1
                end += after - index
                index = after
                continue
            if sentence.tokens[index].kind == "punct":
                if word in _STOPS and index > start + 1:
                    return False
                index += 1
                continue
            if index in self.acts or any(t.first == index for t in self.verbs):
                return False
            if word.startswith("و") or word in _TOWARDS or sentence.cue_at(index, "subgroup", "cause", "result"):
                return False
            place = places.get(index)
            if place is not None:
                return place.proclitics in ("", "ل", "ال")
            if word[:1] == "ب":
                index += 1
                while index < end and (kind_at(sentence, index) == "means" or sentence.text(index).startswith("ال")):
                    index += 1
                continue
            if sentence.quantity_at(index) is not None or index in sentence.persons:
                return True
            if kind_at(sentence, index) in ("asset", "people") or word in ("علي", "ل"):
                return True
            if any(a.first == index for a in sentence.actors if not a.nisba):
                return True
            index += 1
        return False

    # --- verbs --------------------------------------------------------------------------------------------------------------------

    def _by_verb(self, phrase: Phrase) -> str:
        """Subject or object of a conjugated verb: VSO first, else SVO."""
        left, right = self._verb_before(phrase), self._verb_after(phrase)
        if left is not None and right is not None and self._nearer(phrase, left, right):
            left = None
        if left is not None:
            return self._after_verb(phrase, left)
        if right is not None:
            return self._before_verb(phrase, right)
        if self._own_act(phrase):
            return "agent"
        following = next((t for t in self.unit.triggers if t.first >= phrase.last), None)
        earlier = any(t.last <= phrase.first and t.entry.frame != "result" for t in self.unit.triggers)
        if phrase.kind == "means":
            return "agent"
        if following is not None and not earlier and not self._stopped(phrase.last, following.first):
            if following.entry.frame in ("undergo", *_HARM) and following.finite:
                return "patient"
            return "agent" if phrase.kind == "force" or phrase.moving else "none"
        return "side" if self._frames() & {"clash"} and phrase.kind in ("force", "people") else "none"

    def _verb_before(self, phrase: Phrase) -> Trigger | None:
        for verb in reversed(self.verbs):
            if verb.last <= phrase.first <= verb.last + _VERB_REACH:
                return verb
        return None

    def _verb_after(self, phrase: Phrase) -> Trigger | None:
        for verb in self.verbs:
            if phrase.last <= verb.first <= phrase.last + _SUBJECT_REACH and verb.entry.frame != "result":
                return None if self._stopped(phrase.last, verb.first) or "و" in verb.proclitics else verb
        return None

    def _nearer(self, phrase: Phrase, left: Trigger, right: Trigger) -> bool:
        """Whether the verb after the phrase is its own: it follows at once, and the one before is a clause away."""
        return right.first - phrase.last <= 1 and (
            self._stopped(left.last, phrase.first) or self._filled(left, phrase) or left.entry.frame == "result"
        )

    def _stopped(self, first: int, last: int) -> bool:
        return any(t.kind == "punct" and t.text in _STOPS for t in self.sentence.tokens[first:last])

    def _filled(self, verb: Trigger, phrase: Phrase) -> bool:
        """Whether the verb has its subject before the phrase: behind it, or (SVO) before it."""
        sentence = self.sentence
        if self._relative(verb):
            return True
        for index in range(verb.last, phrase.first):
            kind = kind_at(sentence, index)
            attached = _prefixed(sentence, index)
            if kind and not attached and sentence.text(index - 1) not in _TOWARDS | _AGAINST:
                return True
            if any(a.first == index and not a.nisba and not a.proclitics for a in sentence.actors):
                return True
        return any(p.particle in ("", "و") and self._verb_after(p) is verb for p in self.phrases if p is not phrase)

    def _relative(self, verb: Trigger) -> bool:
        """Whether the verb belongs to an event noun or weapon right before it: "عبوة ناسفة استهدفت دورية"."""
        index = verb.first - 1
        for _ in range(3):
            if index < self.unit.first or self.sentence.tokens[index].kind == "punct":
                return False
            if index in self.acts or kind_at(self.sentence, index) in ("act", "means"):
                return True
            if not is_adjective(self.sentence.text(index)):
                return False
            index -= 1
        return False

    def _after_verb(self, phrase: Phrase, verb: Trigger) -> str:
        frame, entry = verb.entry.frame, verb.entry
        filled = self._filled(verb, phrase)
        if frame == "undergo" or verb.passive is True:
            return "patient"
        if frame == "result":
            return "patient" if phrase.kind in ("people", "asset") else "none"
        if frame in ("fall", "blast", "missing"):
            return "patient" if phrase.kind in ("people", "asset") else "agent" if phrase.kind == "means" else "none"
        if frame == "agree":
            return "other" if filled else "side"
        if frame in ("defect", "join"):
            return "patient" if filled and frame == "join" else "agent"
        if frame not in _ACTIVE:
            return "agent" if phrase.kind == "means" else "none"
        if frame == "repel":
            return "attacker" if filled else "defender"
        if filled:
            return "patient"
        if entry.outcome or frame in _HARM:
            return "agent" if self._object_after(phrase) else "patient"
        if phrase.kind == "asset" and not phrase.moving:
            return "patient"
        if phrase.kind == "means":
            return "patient" if frame == "disrupt" else "agent"
        if phrase.kind == "people" and frame in ("arrest", "abduct") and not self._object_after(phrase):
            return "patient"
        return "agent"

    def _before_verb(self, phrase: Phrase, verb: Trigger) -> str:
        if verb.entry.frame in ("undergo", "missing") or verb.passive is True:
            return "patient"
        if verb.entry.frame == "repel":
            return "defender"
        if verb.entry.outcome and phrase.kind in ("people", "asset") and not self._object_after(phrase, verb.last):
            return "patient"
        if verb.entry.frame in ("fall", "blast"):
            return "agent" if phrase.kind == "means" else "none"
        if phrase.kind == "asset" and not phrase.moving and verb.entry.frame not in ("strike", "fire"):
            return "none"
        return "agent"

    # --- sides --------------------------------------------------------------------------------------------------------------------

    def _between(self) -> int | None:
        """Where "بين" opens the two sides of a fight or an agreement."""
        for trigger in self.unit.triggers:
            if trigger.entry.frame in ("clash", "agree", "strike", "undergo"):
                for index in range(trigger.last, min(self.unit.last, trigger.last + 12)):
                    if self.sentence.text(index) == "بين" and any(p.actor.first > index for p in self.phrases):
                        return index
        return None

    def _divide(self) -> int | None:
        """Where the second side begins in "بين X وY من جهة وZ من جهة أخرى"."""
        if self.between is None:
            return None
        for index in range(self.between, min(self.unit.last, self.between + _SIDES_REACH)):
            if self.sentence.text(index) in ("جهه", "طرف", "جانب") and self.sentence.text(index - 1) == "من":
                return index
        return None

    def _frames(self) -> set[str]:
        return {t.entry.frame for t in self.unit.triggers}

    def _words(self, first: int, last: int) -> set[str]:
        return {self.sentence.text(i) for i in range(first, last)}


def _prefixed(sentence: Sentence, index: int) -> bool:
    """Whether ب or ل is attached to a noun."""
    return any(set(a.proclitics) & {"ب", "ل"} for a in sentence.analyses[index] if a.pos != "verb")


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
