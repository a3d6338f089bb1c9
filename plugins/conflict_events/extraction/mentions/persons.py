"""Nouns for people and things that are counted: "طفلان", "رجال الشرطة", "قذائف"."""

from __future__ import annotations

from collections.abc import Mapping

from conflict_events.extraction.mentions.epithets import is_press_matter
from conflict_events.extraction.reading import PersonWord, Sentence
from conflict_events.extraction.vocabulary import Bit
from conflict_events.lexicon import Analysis, PersonNoun

__all__ = ["PersonReader"]


class PersonReader:
    """Marks such nouns in sentences."""

    def __init__(self, people: Mapping[str, PersonNoun]) -> None:
        self._people = people

    def read(self, sentence: Sentence) -> dict[int, PersonWord]:
        """The nouns by token; what is a trigger there (a phrase, a singular of harm) is none."""
        found = {}
        harm = {i for t in sentence.triggers if t.entry.outcome for i in range(t.first, t.last)}
        phrases = {i for t in sentence.triggers if t.last - t.first > 1 for i in range(t.first, t.last)}
        for index in sentence.marked(Bit.PERSON):
            person = self._reading(sentence, index) if index not in phrases else None
            if person is not None and not (index in harm and person.number == "s"):
                found[index] = person
        return found

    def _reading(self, sentence: Sentence, index: int) -> PersonWord | None:
        """What a word means: before anything else the noun that the next word completes ("رجل" + "أمن")."""
        word = sentence.text(index)
        following = {sentence.text(index + 1), sentence.bare(index + 1)}
        readings = [(a, self._people[a.lexeme]) for a in sentence.analyses[index] if a.lexeme in self._people]
        readings = [
            (a, noun)
            for a, noun in readings
            if a.pos != "verb"
            and (not noun.followed_by or noun.followed_by & following)
            and (_whole_dual(a, word) or (noun.followed_by and noun.rational))
        ]
        if not readings:
            return None
        analysis, noun = min(readings, key=_rank)
        if word in noun.not_as or (noun.actor == "JOURNALISTS" and is_press_matter(sentence, index)):
            return None
        last = index + 2 if noun.followed_by and noun.rational else index + 1
        return PersonWord(
            index,
            last,
            "".join(analysis.proclitics),
            noun,
            analysis.number or "s",
            analysis.definite,
            analysis.enclitic != "",
        )


def _rank(reading: tuple[Analysis, PersonNoun]) -> tuple[bool, bool, bool]:
    """Completed nouns first; of these a dual, since before its genitive it shows no other ending ("رجلا أمن")."""
    analysis, noun = reading
    completed = bool(noun.followed_by) and noun.rational
    return not completed, analysis.enclitic != "", (analysis.number == "d") != completed


def _whole_dual(analysis: Analysis, word: str) -> bool:
    """A dual shows its ending ("طفلان", "طفلاها"): "صاروخي" is an adjective far more often than two rockets."""
    endings = ("ان", "ين") if analysis.enclitic == "" else ("ا" + analysis.enclitic, "ي" + analysis.enclitic)
    return analysis.number != "d" or (analysis.enclitic != "ي" and word.endswith(endings))
