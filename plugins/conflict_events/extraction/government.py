"""The part that a particle gives to the noun phrase behind it; without one, that of event noun or verb."""

from __future__ import annotations

from conflict_events.extraction.argument import Phrase
from conflict_events.extraction.clause import AGAINST
from conflict_events.extraction.event_nouns import HARMS
from conflict_events.extraction.verbs import ACTIVE, Verbs

__all__ = ["ACTIVE", "Government"]

_MOVES = frozenset({"defect", "move", "arrive"})
_HITTING = frozenset({"blast", "strike", "fire", "fall", "undergo"}) | HARMS
_WITH_B = frozenset({"blast", "join", "seize", "clash", "arrest"})


class Government(Verbs):
    """Roles given by the word that governs a phrase."""

    def _by_particle(self, phrase: Phrase) -> str:
        """The role by the particle before the phrase; without one, by the verb."""
        if phrase.particle in AGAINST:
            return self._against(phrase)
        if phrase.deed:
            return "patient" if phrase.kind == "asset" and not phrase.moving else "agent"
        if phrase.particle in ("", "و"):
            if self._frames() & _MOVES and self.sentence.bare(phrase.first - 1) == "مناطق":
                # "هربوا نحو مناطق قسد" names where they went by who holds it.
                return "none"
            return self._by_verb(phrase)
        reader = {
            "ب": self._by_means_of,
            "ل": self._dative,
            "من": self._from,
            "مع": self._with,
            "عن": self._about,
            "الي": self._towards,
            "في": self._inside,
            "داخل": self._inside,
        }.get(phrase.particle)
        return "none" if reader is None else reader(phrase)

    def _by_means_of(self, phrase: Phrase) -> str:
        if phrase.kind == "force" and not self._frames() & _WITH_B:
            return "none"
        return "agent" if phrase.kind == "means" else "patient"

    def _about(self, phrase: Phrase) -> str:
        return "agent" if self._frames() & {"defect"} else "patient"

    def _towards(self, phrase: Phrase) -> str:
        return "patient" if self._frames() & {"join", "defect"} else "none"

    def _inside(self, phrase: Phrase) -> str:
        return "patient" if phrase.kind in ("asset", "people") and self._frames() & _HITTING else "none"

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
