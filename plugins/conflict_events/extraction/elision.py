"""Verbs whose subject is left out: "واستهدفت معاقل ...", "... واعتقلت خمسة منهم"."""

from __future__ import annotations

from conflict_events.extraction.argument import kind_at
from conflict_events.extraction.reading import Trigger
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["elided"]

_ACTIVE = frozenset("strike fire arrest raid abduct seize move recruit establish destroy".split())
_OTHERS = word_set("others")
_OWNERLESS = word_set("ownerless_forces")


def elided(unit: Unit, verb: Trigger) -> bool:
    """Whether an active verb opens the clause and its subject is left out, or a force without a name."""
    sentence = unit.sentence
    they = verb.entry.frame == "kill" and sentence.text(verb.last - 1).endswith("وا")
    if not (they or verb.entry.frame in _ACTIVE) or verb.passive is True:
        return False
    if verb.first - unit.first > 2 and "و" not in verb.proclitics and sentence.text(verb.first - 1) not in ("كما", "،"):
        return False
    after = sentence.text(verb.last)
    if after in _OWNERLESS or ("و" in verb.proclitics and sentence.text(verb.last - 1).endswith("وا")):
        return True
    if kind_at(sentence, verb.last) == "means" and any(a.enclitic for a in sentence.analyses[verb.last]):
        return True  # "واستهدفت مدفعيته"
    if sentence.heads.get(verb.last) in ("position", "vehicle"):
        return True
    place = any(p.head == verb.last and not p.proclitics for p in sentence.places)
    particle = after in ("ب", "في", "علي", "ايضا", "عده") or after[:1] == "ب"
    inflected = sentence.text(verb.last - 1).endswith(("ت", "وا"))
    return inflected and (
        place
        or particle
        or sentence.quantity_at(verb.last) is not None
        or verb.last in sentence.persons
        or sentence.bare(verb.last) in _OTHERS
    )
