"""The part that a conjugated verb gives to the noun phrase beside it: subject or object."""

from __future__ import annotations

from conflict_events.extraction.argument import Phrase
from conflict_events.extraction.event_nouns import HARMS, EventNouns
from conflict_events.extraction.reading import Trigger

__all__ = ["ACTIVE", "Verbs"]

ACTIVE = frozenset(
    "strike fire clash repel raid seize kill injure arrest abduct move recruit establish transfer release"
    " disrupt destroy"
    " defect join find".split()
)
"""Frames of verbs that somebody does something by."""

_HURLED = frozenset({"riot"})  # who throws stones, and at whom
_THROW = 4


class Verbs(EventNouns):
    """Roles given by the verb of a phrase."""

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
        if phrase.kind == "people" and self._they_did(phrase) and not earlier:
            return "agent"  # "إن مسلحي القبائل نصبوا كمينا"
        if self._nominative(phrase) and following is not None and not earlier and not following.finite:
            return "agent"  # "نصب مسلحون كمينا", "أقدم مسلحون على إعدام ..."
        if following is not None and not earlier and not self._stopped(phrase.last, following.first):
            if following.entry.frame in ("undergo", *HARMS) and following.finite:
                return "patient"
            if following.definite and self.sentence.cue_at(following.first - 1, "cause_after", "cause"):
                return "none"  # "أغلقت قوات الأمن المنطقة بعد التفجير"
            return "agent" if phrase.kind == "force" or phrase.moving else "none"
        return "side" if self._frames() & {"clash"} and phrase.kind in ("force", "people") else "none"

    def _after_verb(self, phrase: Phrase, verb: Trigger) -> str:
        """The part of a phrase behind a verb; `filled` says that the verb has its subject already."""
        frame, entry = verb.entry.frame, verb.entry
        filled = self._filled(verb, phrase)
        if frame == "undergo" or verb.passive is True:
            return "patient"
        if frame == "result":
            return "patient" if phrase.kind in ("people", "asset") else "none"
        if "set_off" in entry.traits and not filled and self._sets_off(phrase):
            return "agent"  # "فجرت الميليشيا منزلا"
        if frame in ("fall", "blast", "missing"):
            return "patient" if phrase.kind in ("people", "asset") else "agent" if phrase.kind == "means" else "none"
        if "disperses" in entry.traits and not filled:
            return "patient"  # the crowd acts, the forces are whom it meets
        if "owned" in entry.traits:
            return "none" if verb.last == phrase.first else "agent"
        if frame in ("agree", "defect", "join", "repel"):
            return self._of_party(frame, filled)
        if frame == "protest" and entry.action in _HURLED and phrase.first - verb.last <= _THROW:
            return "patient" if filled else "agent"  # "رشق مستوطنون سيارات"
        if frame not in ACTIVE:
            return "agent" if phrase.kind == "means" else "none"
        return "patient" if filled else self._subject(phrase, verb)

    @staticmethod
    def _of_party(frame: str, filled: bool) -> str:
        """The parties of verbs that are no deed of one side to the other."""
        if frame == "agree":
            return "other" if filled else "side"
        if frame == "repel":
            return "attacker" if filled else "defender"
        return "patient" if filled and frame == "join" else "agent"

    def _subject(self, phrase: Phrase, verb: Trigger) -> str:
        """The first phrase behind an active verb is its subject, unless it can only be its object."""
        frame = verb.entry.frame
        if verb.entry.outcome or frame in HARMS:
            # Of forces nobody says that they were killed: "قتلت قوات الأمن في الموصل ثلاثة".
            head = self.sentence.heads.get(phrase.actor.head)
            forces = frame == "kill" and phrase.kind == "force" and head in ("force", "authority")
            return "agent" if forces or self._object_after(phrase) else "patient"
        if phrase.kind == "asset" and not phrase.moving:
            return "patient"
        if phrase.kind == "means":
            # "اعترضت الدفاعات صاروخا", but "أسقطت طائرة للنظام".
            return "patient" if frame == "disrupt" and not self._object_after(phrase) else "agent"
        if phrase.kind == "people" and frame in ("arrest", "abduct") and not self._object_after(phrase):
            return "patient"
        return "agent"

    def _they_did(self, phrase: Phrase) -> bool:
        """Whether a verb in the plural that nobody knows follows at once."""
        if phrase.last >= len(self.sentence) or not self.sentence.text(phrase.last).endswith("وا"):
            return False
        return any(a.pos == "verb" for a in self.sentence.analyses[phrase.last])

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
            set_off = "set_off" in verb.entry.traits and phrase.kind == "force"
            return "agent" if phrase.kind == "means" or set_off else "none"
        if phrase.kind == "asset" and not phrase.moving and verb.entry.frame not in ("strike", "fire"):
            return "none"
        return "agent"
