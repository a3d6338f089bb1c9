"""Looks rightwards for an object, which shows that the phrase before it was the subject."""

from __future__ import annotations

from conflict_events.extraction.argument import kind_at
from conflict_events.extraction.names import name_end
from conflict_events.extraction.reading import Sentence

__all__ = ["STOPS", "SUBJECT_REACH", "TOWARDS", "ObjectSearch"]

STOPS = "،؛.,:"
SUBJECT_REACH = 8
TOWARDS = frozenset("في من قرب خلال بعد قبل عند مع الي عبر ضمن داخل اثناء وسط حتي منذ اثر جراء".split())
_ADVERBIAL = frozenset("الاقل الاكثر الارجح الاغلب الفور التوالي".split())  # behind على: "على الأقل" has no object


class ObjectSearch:
    """One walk over the words behind a phrase: dates, fellow subjects and means are passed over."""

    def __init__(self, sentence: Sentence, start: int, end: int, bounds: frozenset[int]) -> None:
        """Set up.

        Args:
            sentence: The sentence.
            start: First token behind the phrase.
            end: Where to stop; what is passed over puts it off.
            bounds: Tokens of event nouns and verbs, at which the search ends.
        """
        self._sentence = sentence
        self._start = self._index = start
        self._end = end
        self._bounds = bounds
        self._places = {p.head: p for p in sentence.places}
        self._dates = {d.first: d.last for d in sentence.dates}
        self._armed = False  # whether means were passed over ("بقذائف المدفعية")

    def found(self) -> bool:
        """Whether an object stands there."""
        sentence = self._sentence
        while self._index < min(self._end, len(sentence)):
            if self._pass_date():
                continue
            if sentence.tokens[self._index].kind == "punct":
                if self._stopped():
                    return False
                self._index += 1
                continue
            if self._index in self._bounds:
                return False
            if self._pass_fellow():
                continue
            if self._turns_away():
                return False
            place = self._places.get(self._index)
            if place is not None:
                return place.proclitics in ("", "ل", "ال")
            if self._pass_means() or self._pass_adverb():
                continue
            if self._object():
                return True
            self._index += 1
        return False

    def _pass_date(self) -> bool:
        """A time expression, which a preposition may open; "قياديا سابقا" is an object and its adverb."""
        index = self._index
        after = self._dates.get(index)
        if after is None and index not in self._sentence.persons:
            after = self._dates.get(index + 1)
        if after is None:
            return False
        while self._sentence.text(after) == "،":
            after += 1
        self._put_off(after)
        return True

    def _stopped(self) -> bool:
        """Whether a mark ends the clause; a comma may stand behind the means: "استهداف القوات بالمدفعية، قرية كذا"."""
        word = self._sentence.text(self._index)
        held = self._armed and word == "،" and self._places.get(self._index + 1) is not None
        return word in STOPS and self._index > self._start + 1 and not held

    def _pass_fellow(self) -> bool:
        """A fellow subject ("القوات التركية والفصائل الموالية لها"), or a further means."""
        sentence, index = self._sentence, self._index
        fellow = next((a for a in sentence.actors if a.first == index and "و" in a.proclitics), None)
        if fellow is not None:
            self._put_off(fellow.last)
            return True
        if self._armed and sentence.text(index).startswith("و") and kind_at(sentence, index) == "means":
            self._index += 1
            return True
        return False

    def _turns_away(self) -> bool:
        """Whether another clause or a phrase of place or cause begins."""
        word = self._sentence.text(self._index)
        cue = self._sentence.cue_at(self._index, "subgroup", "cause", "result")
        return word.startswith("و") or word in TOWARDS or cue is not None

    def _pass_means(self) -> bool:
        """Means behind ب with their adjectives and owner: "بقذائف المدفعية الثقيلة"."""
        sentence = self._sentence
        if sentence.text(self._index)[:1] != "ب":
            return False
        self._armed = True
        index = self._index + 1
        while index < self._end and (kind_at(sentence, index) == "means" or sentence.text(index).startswith("ال")):
            index += 1
        owner = next((a for a in sentence.actors if a.first == index), None)
        self._index = owner.last if owner is not None else index
        return True

    def _pass_adverb(self) -> bool:
        adverb = self._sentence.text(self._index) == "علي" and self._sentence.text(self._index + 1) in _ADVERBIAL
        self._index += 2 * adverb
        return adverb

    def _object(self) -> bool:
        sentence, index = self._sentence, self._index
        if sentence.quantity_at(index) is not None or index in sentence.persons:
            return True
        if name_end(sentence, index, told_alone=True) > index:
            return True
        if kind_at(sentence, index) in ("asset", "people") or sentence.text(index) in ("علي", "ل"):
            return True
        return any(a.first == index for a in sentence.actors if not a.nisba)

    def _put_off(self, index: int) -> None:
        """Go on at a token, and look as many tokens further."""
        self._end += index - self._index
        self._index = index
