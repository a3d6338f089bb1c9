"""The part that an event noun gives to the noun phrase behind it: "قصف النظام" acts, "مقتل عناصر من النظام" suffers."""

from __future__ import annotations

from conflict_events.extraction.argument import Phrase
from conflict_events.extraction.clause import AGAINST, Clause
from conflict_events.extraction.reading import Trigger

__all__ = ["HARMS", "EventNouns"]

HARMS = frozenset({"kill", "injure", "missing", "bodies"})

_EITHER = frozenset({"arrest", "abduct", "disrupt", "destroy", "release"})
_PARTS = {"protest": "none", "undergo": "patient", "agree": "side"}
_OF_THE_MOVER = frozenset({"defect", "move", "recruit", "establish", "transfer", "seize"})


class EventNouns(Clause):
    """Roles given by the event noun that a phrase belongs to."""

    def _of_act(self, phrase: Phrase, act: Trigger) -> str:
        """The part that the event noun before the phrase gives it."""
        frame = act.entry.frame
        if frame == "protest":
            return "none"  # "احتجاجات عراقية"
        if phrase.actor.nisba and phrase.bare and frame not in HARMS:
            return "agent"
        if act.form == "phrase" and self.sentence.text(act.last - 1) in ("علي", "عن"):
            return "patient"
        if frame in _PARTS:
            return _PARTS[frame]
        if frame == "fall":
            return {"people": "patient", "means": "agent"}.get(phrase.kind, "none")
        if frame == "repel":
            return "attacker" if phrase.dative else "defender"
        if "owned" in act.entry.traits and phrase.bare:
            return "none"
        if frame in _OF_THE_MOVER and "either" not in act.entry.traits:
            return self._of_move(phrase, act)
        return self._of_deed(phrase, act)

    def _of_move(self, phrase: Phrase, act: Trigger) -> str:
        """Who moves, deserts or takes acts, unless the act only tells whom another one hit."""
        if act.entry.frame != "move":
            return "patient" if phrase.kind == "asset" else "agent"
        if self.sentence.text(act.first - 1) in AGAINST and self._frames() & {"strike", "fire"}:
            return "patient"  # "قصف على رتل للتنظيم"
        if "ل" in act.proclitics and self._frames() & {"strike", "fire", "clash"}:
            return "patient"  # "كمين نصبته المقاومة لتعزيزات الحوثيين"
        if phrase.kind != "asset" and self._follows_capture(act):
            return "patient"  # "سيطر التنظيم على المدينة بعد انسحاب قوات النظام"
        return "agent"

    def _of_deed(self, phrase: Phrase, act: Trigger) -> str:
        """Subject or object of an act that somebody does to somebody."""
        frame = act.entry.frame
        if frame == "join":
            return "patient" if phrase.particle == "ب" else "agent"
        if "laid" in act.entry.traits and self._laid(act):
            return "patient"
        if "of_doer" in act.entry.traits:
            return "agent"
        if frame in HARMS:
            return "agent" if phrase.bare and not phrase.dative and self._object_after(phrase) else "patient"
        if frame in _EITHER or "either" in act.entry.traits:
            return self._of_either(phrase, frame)
        return "patient" if phrase.kind == "asset" and not phrase.moving else "agent"

    def _laid(self, act: Trigger) -> bool:
        """Whether an ambush is laid for somebody ("نصبوا كمينا للجيش"), or is a post that is hit."""
        return self.sentence.text(act.first).endswith("كمينا") or self.sentence.text(act.first - 1) in AGAINST

    def _of_either(self, phrase: Phrase, frame: str) -> str:
        """The genitive of "استهداف" or "اعتقال" is its subject where an object follows, else its object."""
        if phrase.kind == "means" and frame != "disrupt":
            return "agent"
        if phrase.dative or (not phrase.bare and not phrase.moving):
            return "patient"
        if self._object_after(phrase):
            return "agent"
        return "agent" if frame in ("arrest", "abduct") and phrase.kind == "force" else "patient"

    def _follows_capture(self, act: Trigger) -> bool:
        """Whether those who move leave what another side takes."""
        return any(t.entry.frame == "seize" and t.last <= act.first for t in self.unit.triggers)
