"""What a unit says that bears on its action: weapons, words beside them, who was hit."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.extraction.reading import Mention, Sentence, Trigger
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = [
    "AIR",
    "AIR_DEFENCE",
    "AIR_WORDS",
    "AMMUNITION",
    "ARMED_WORDS",
    "BODIES",
    "DRONE",
    "GROUND",
    "GROUND_WORDS",
    "GUNS",
    "LEFTOVERS",
    "MINED",
    "PLANTED",
    "SHOT",
    "SUICIDE",
    "Clues",
    "means_of",
]

# Ids of `include/lexicon/weapons.yaml`.
DRONE = frozenset({"drone"})
AIR = frozenset({"aircraft", "helicopter", "barrel_bomb"})
GROUND = frozenset(
    {"artillery", "mortar", "rocket", "missile", "shell", "cluster", "heavy_weapons", "antitank", "naval", "tank_fire"}
)
PLANTED = frozenset({"ied", "car_bomb"})
MINED = frozenset({"mine", "unexploded"})
SHOT = frozenset({"small_arms", "sniper", "knife"})
GUNS = frozenset({"artillery", "mortar", "shell", "tank", "tank_fire"})
"""Weapons that stand on the ground; a rocket or missile may come from the air."""

# Words.
AIR_WORDS = word_set("air_words")
GROUND_WORDS = word_set("ground_words")
LEFTOVERS = word_set("leftovers")
AIR_DEFENCE = word_set("air_defence")
AMMUNITION = word_set("ammunition")
BODIES = word_set("remains")
SUICIDE = word_set("suicide_words")
_UNMANNED = word_set("unmanned_force")
_MARCHING = word_set("marching")
ARMED_WORDS = AIR_WORDS | GROUND_WORDS | LEFTOVERS | AIR_DEFENCE | AMMUNITION | BODIES | SUICIDE
"""Words that decide what was done, beside triggers, weapons and counts."""


def means_of(sentence: Sentence, first: int, last: int) -> set[str]:
    """Ids of the weapons named in a range."""
    marches = [t for t in sentence.triggers if t.entry.frame == "protest"]
    unmanned = any(
        sentence.text(i) in _UNMANNED and {sentence.text(i - 1), sentence.text(i - 2)} & AIR_WORDS
        for i in range(first, last)
    )
    return ({"drone"} if unmanned else set()) | {
        term
        for mention, term in sentence.means
        if first <= mention.first < last
        and not sentence.aside(mention.first)
        and not any(t.first <= mention.first < t.last for t in marches)  # "المسيرة السلمية" is no drone
        and not (term == "drone" and _is_march(sentence, mention))
    }


def _is_march(sentence: Sentence, mention: Mention) -> bool:
    """Whether the word is that of a march: "أصيب شخصان خلال مسيرة"."""
    alone = mention.last == mention.first + 1 and not mention.proclitics
    return alone and sentence.text(mention.first - 1) in _MARCHING


_SETTLERS_AND_THEIRS = frozenset({"SETTLERS", "CIVILIANS"})


@dataclass(frozen=True, slots=True)
class Clues:
    """What a unit says that bears on its action.

    Attributes:
        unit: The unit.
        triggers: Its triggers but those of harm and of results; of relative clauses only where no other is.
        words: Its folded words.
        bare: Its folded words without article and attached prepositions.
        means: Ids of the weapons that it names.
        victims_armed: Whether fighters are among those hit.
        victims_civilian: Whether civilians are among those hit.
    """

    unit: Unit
    triggers: list[Trigger]
    words: set[str]
    bare: set[str]
    means: set[str]
    victims_armed: bool
    victims_civilian: bool

    @property
    def victims(self) -> bool:
        """Whether anybody is said to be harmed."""
        return any(row.measure in ("killed", "injured", "missing") and row.best != 0 for row in self.unit.counts)

    @property
    def frames(self) -> set[str]:
        """Frames of its triggers."""
        return {t.entry.frame for t in self.triggers}

    @property
    def named(self) -> set[str]:
        """Actions that its triggers name outright."""
        return {t.entry.action for t in self.triggers if t.entry.action and t.entry.strength != "cue"}

    @property
    def ground(self) -> bool:
        """Whether weapons that stand on the ground, or words for them, are named."""
        return bool(self.means & GROUND or (self.bare | self.words) & GROUND_WORDS)

    @property
    def air(self) -> bool:
        """Whether aircraft, or words for what comes from the air, are named."""
        return bool(self.means & AIR or (self.bare | self.words) & AIR_WORDS) or "air_strike" in self.named

    @property
    def air_power(self) -> bool:
        """Whether it tells of a strike, with nothing said of the means, by who strikes from the air."""
        if any(self._is_attack_by(t) for t in self.triggers):
            return True
        strikes = any(t.entry.counts == "strikes" for t in self.triggers)
        return strikes and any(
            mention.actor is not None and mention.actor.from_air
            for mention in self.unit.sentence.actors
            if self.unit.first <= mention.first < self.unit.last
        )

    def _is_attack_by(self, trigger: Trigger) -> bool:
        """Whether an attack is called after a state that strikes from the air: "هجوم إسرائيلي"."""
        return "attack" in trigger.entry.traits and any(
            a.nisba and a.first == trigger.last and a.actor is not None and a.actor.from_air and a.actor.kind == "state"
            for a in self.unit.sentence.actors
        )
