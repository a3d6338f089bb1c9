"""The part that a particle, an event noun or a verb gives to the noun phrase beside it."""

from __future__ import annotations

from conflict_events.extraction.argument import Phrase
from conflict_events.extraction.clause import AGAINST, Clause
from conflict_events.extraction.reading import Trigger

__all__ = ["ACTIVE", "Government"]

_HARM = frozenset({"kill", "injure", "missing", "bodies"})
_EITHER = frozenset({"arrest", "abduct", "disrupt", "destroy", "release"})
_EITHER_ENTRIES = frozenset({"istahdafa", "hajama", "iqtahama"})
_PARTY_NOUNS = frozenset({"majzara", "tadhib"})
# Events named by a thing and what is done with it: behind it stands whose thing it is ("رفع رايات قوات النظام").
_OWNED = frozenset({"inzal_rayat"})
_MOVES = frozenset({"defect", "move", "arrive"})
ACTIVE = frozenset(
    "strike fire clash repel raid seize kill injure arrest abduct move recruit establish transfer release"
    " disrupt destroy"
    " defect join find".split()
)


# Verbs of exploding that somebody does.
_SET_OFF = frozenset({"fajjara"})


class Government(Clause):
    """Roles given by the word that governs a phrase."""

    def _by_particle(self, phrase: Phrase) -> str:  # noqa: C901  a table of cases
        """The role by the particle before the phrase; without one, by the verb."""
        if phrase.particle in AGAINST:
            return self._against(phrase)
        if phrase.deed:
            return "patient" if phrase.kind == "asset" and not phrase.moving else "agent"
        if phrase.particle == "ب":
            if phrase.kind == "force" and not self._frames() & {"blast", "join", "seize", "clash", "arrest"}:
                return "none"
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
        if self._frames() & _MOVES and self.sentence.bare(phrase.first - 1) == "مناطق":
            # "هربوا نحو مناطق قسد" names where they went by who holds it.
            return "none"
        return self._by_verb(phrase)

    def _from(self, phrase: Phrase) -> str:
        """Where fire comes from acts ("قصف صاروخي من قوات سوريا الديمقراطية"); what is deserted is left ("انشق من")."""
        start = self.sentence.skip_punct(phrase.first - 1, -1)
        if self._thrown(start - 1):
            return "agent"
        if phrase.kind == "force" and any(t.entry.frame == "seize" and t.last <= start for t in self.unit.triggers):
            return "patient"  # "استعاد الجيش البلدة من داعش", "من سيطرة داعش"
        return "agent" if self._frames() & {"defect"} else "none"

    def _against(self, phrase: Phrase) -> str:
        verb = self._verb_before(phrase)
        if verb is not None and verb.entry.frame == "move":
            return "none"
        before = self.sentence.skip_punct(phrase.first - 1, -1)
        fight = self.acts.get(before) or self.acts.get(before - 1)
        # "قتلوا في المعارك ضد الفصائل" names whom they fought.
        return "other" if phrase.particle == "ضد" and fight is not None and fight.entry.frame == "clash" else "patient"

    def _dative(self, phrase: Phrase) -> str:
        """A phrase with ل that belongs to no noun: the object of "تصدى ل", or nobody's part."""
        verb = self._verb_before(phrase)
        if verb is not None and verb.entry.frame == "repel":
            return "attacker"
        if verb is not None and verb.entry.frame in ("undergo", "strike", "arrest", "disrupt", "join"):
            return "patient"
        if phrase.kind in ("asset", "people") or not self.verbs:
            return "patient"
        return "none"

    def _with(self, phrase: Phrase) -> str:
        return "other" if self._frames() & {"clash", "agree", "repel"} else "none"

    def _of_act(self, phrase: Phrase, act: Trigger) -> str:  # noqa: C901  a table of cases
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
        if act.entry.id in _OWNED and phrase.bare:
            return "none"
        if frame == "move" and self.sentence.text(act.first - 1) in AGAINST and self._frames() & {"strike", "fire"}:
            return "patient"  # "قصف على رتل للتنظيم"
        if frame == "move" and phrase.kind != "asset" and self._follows_capture(act):
            return "patient"  # "سيطر التنظيم على المدينة بعد انسحاب قوات النظام"
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
            if phrase.dative or (not phrase.bare and not phrase.moving):
                return "patient"
            if self._object_after(phrase):
                return "agent"
            return "agent" if frame in ("arrest", "abduct") and phrase.kind == "force" else "patient"
        if phrase.kind == "asset" and not phrase.moving:
            return "patient"
        return "agent"

    def _follows_capture(self, act: Trigger) -> bool:
        """Whether those who move leave what another side takes."""
        return any(t.entry.frame == "seize" and t.last <= act.first for t in self.unit.triggers)

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
        if self._nominative(phrase) and following is not None and not earlier and not following.finite:
            return "agent"  # "نصب مسلحون كمينا", "أقدم مسلحون على إعدام ..."
        if following is not None and not earlier and not self._stopped(phrase.last, following.first):
            if following.entry.frame in ("undergo", *_HARM) and following.finite:
                return "patient"
            return "agent" if phrase.kind == "force" or phrase.moving else "none"
        return "side" if self._frames() & {"clash"} and phrase.kind in ("force", "people") else "none"

    def _after_verb(self, phrase: Phrase, verb: Trigger) -> str:  # noqa: C901  a table of cases
        frame, entry = verb.entry.frame, verb.entry
        filled = self._filled(verb, phrase)
        if frame == "undergo" or verb.passive is True:
            return "patient"
        if frame == "result":
            return "patient" if phrase.kind in ("people", "asset") else "none"
        if entry.id in _SET_OFF and not filled and self._sets_off(phrase):
            return "agent"  # "فجرت الميليشيا منزلا"
        if frame in ("fall", "blast", "missing"):
            return "patient" if phrase.kind in ("people", "asset") else "agent" if phrase.kind == "means" else "none"
        if frame == "agree":
            return "other" if filled else "side"
        if entry.id in _OWNED:
            return "none" if verb.last == phrase.first else "agent"
        if frame in ("defect", "join"):
            return "patient" if filled and frame == "join" else "agent"
        if frame not in ACTIVE:
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

    def _sets_off(self, phrase: Phrase) -> bool:
        """Whether a phrase behind "فجر" is who did it: forces, and people that an object follows."""
        people = phrase.kind == "people" and (self._nominative(phrase) or self._object_after(phrase))
        return phrase.kind == "force" or people

    def _nominative(self, phrase: Phrase) -> bool:
        """Whether people are in the nominative, as subjects are: "مسلحون", not "مسلحين"."""
        return phrase.kind == "people" and self.sentence.text(phrase.first).endswith("ون")

    def _before_verb(self, phrase: Phrase, verb: Trigger) -> str:
        if verb.entry.frame in ("undergo", "missing") or verb.passive is True:
            return "patient"
        if verb.entry.frame == "repel":
            return "defender"
        if verb.entry.outcome and phrase.kind in ("people", "asset") and not self._object_after(phrase, verb.last):
            return "patient"
        if verb.entry.frame in ("fall", "blast"):
            set_off = verb.entry.id in _SET_OFF and phrase.kind == "force"
            return "agent" if phrase.kind == "means" or set_off else "none"
        if phrase.kind == "asset" and not phrase.moving and verb.entry.frame not in ("strike", "fire"):
            return "none"
        return "agent"
