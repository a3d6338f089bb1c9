"""The clause that a unit is read from: its event nouns, verbs and actor phrases, and what stands beside what."""

from __future__ import annotations

from conflict_events.extraction.argument import Phrase, is_adjective, kind_at
from conflict_events.extraction.mentions.epithets import is_origin_only
from conflict_events.extraction.objects import STOPS, SUBJECT_REACH, TOWARDS, ObjectSearch
from conflict_events.extraction.phrase_reading import read_phrase
from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["AGAINST", "OWN_DEEDS", "Clause"]

AGAINST = frozenset("علي ضد باتجاه تجاه نحو صوب بوجه".split())
OWN_DEEDS = frozenset("strike fire clash seize arrest disrupt repel raid".split())
_VERB_REACH = 12
_SUBJECT_PARTICLES = word_set("subject_particles")
_WHICH = frozenset({"الذي", "التي"})
_TIME_WORDS = frozenset("مساء فجر صباح ليل ليله ظهر عصر امس اليوم في يوم بعد قبل".split())


class Clause:
    """Questions about the words of one unit.

    Attributes:
        unit: The unit.
        sentence: Its sentence.
        acts: Its event nouns by token.
        verbs: Its conjugated verbs in text order.
        phrases: The noun phrases of its actors in text order.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.sentence = unit.sentence
        tokens = frozenset(i for t in self.sentence.triggers if self._conjugated(t) for i in range(t.first, t.last))
        self.verbs = [t for t in unit.triggers if t.first in tokens]
        nouns = [t for t in unit.triggers if t.first not in tokens and t.entry.frame != "result"]
        self.acts = {i: t for t in nouns for i in range(t.first, t.last)}
        actors = [a for a in self.sentence.actors if unit.first <= a.first < unit.last]
        self.phrases = [
            read_phrase(self.sentence, a, self.acts, tokens)
            for a in actors
            if not self.sentence.aside(a.first) and not is_origin_only(self.sentence, a.first)
        ]

    def _conjugated(self, trigger: Trigger) -> bool:
        """Whether a trigger is a verb here: after a noun of doing it is an event noun spelt alike ("لمحاولة تسلل")."""
        if trigger.form == "phrase" and trigger.last - trigger.first == 1:
            return self.sentence.text(trigger.first).endswith(("ت", "وا"))  # "دمرت" stands in the lexicon as it is
        if not trigger.finite or trigger.proclitics:
            return trigger.finite
        before = self.sentence.bare(trigger.first - 1)
        return before.lstrip("لب") not in ("محاوله", "عمليه", "محاولات", "عمليات")

    def _frames(self) -> set[str]:
        return {t.entry.frame for t in self.unit.triggers}

    def _words(self, first: int, last: int) -> set[str]:
        return {self.sentence.text(i) for i in range(first, last)}

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

    def _thrown(self, index: int) -> bool:
        """Whether an attack or its means stands shortly before: "هجوم صاروخي من مناطق سيطرة ..."."""
        for i in range(index, max(self.unit.first - 1, index - 4), -1):
            if kind_at(self.sentence, i) in ("means", "act"):
                return True
            if i in self.acts and self.acts[i].entry.frame in ("strike", "fire", "fall"):
                return True
        return False

    def _own_act(self, phrase: Phrase) -> bool:
        """Whether an act of its own follows: "واصلت إسرائيل قصفها", "كثف الجيش غاراته"."""
        return any(
            (act := self.acts.get(index)) is not None
            and act.entry.frame in OWN_DEEDS
            and self.sentence.text(index).endswith(("ها", "ه", "هم"))
            and any(a.enclitic for a in self.sentence.analyses[index])
            for index in range(phrase.last, min(self.unit.last, phrase.last + 4))
        )

    def _object_after(self, phrase: Phrase, start: int | None = None) -> bool:
        """Whether an object follows, so that the phrase was the subject: "استهداف قوات النظام بقذائف قرية العجمي"."""
        start = phrase.last if start is None else start
        bounds = frozenset(self.acts) | {t.first for t in self.verbs}
        return ObjectSearch(self.sentence, start, min(self.unit.last, start + SUBJECT_REACH), bounds).found()

    def _verb_before(self, phrase: Phrase) -> Trigger | None:
        for verb in reversed(self.verbs):
            if verb.last <= phrase.first <= verb.last + _VERB_REACH:
                return verb
        return None

    def _verb_after(self, phrase: Phrase) -> Trigger | None:
        for verb in self.verbs:
            if phrase.last <= verb.first <= phrase.last + SUBJECT_REACH and verb.entry.frame != "result":
                last = verb.first
                if self.sentence.text(last - 1) == "،" and self._introduced(phrase):
                    last -= 1  # "قال إن القوات التركية والفصائل الموالية لها، قصفت القرية"
                return None if self._stopped(phrase.last, last) or "و" in verb.proclitics else verb
        return None

    def _introduced(self, phrase: Phrase) -> bool:
        """Whether a particle that wants a subject stands before a phrase, or before those that it is joined to."""
        near = range(max(self.unit.first, phrase.first - SUBJECT_REACH), phrase.first)
        return any(self.sentence.text(i) in _SUBJECT_PARTICLES for i in near)

    def _nearer(self, phrase: Phrase, left: Trigger, right: Trigger) -> bool:
        """Whether the verb after the phrase is its own: it follows at once, and the one before is a clause away."""
        return right.first - phrase.last <= 1 and (
            self._stopped(left.last, phrase.first) or self._filled(left, phrase) or left.entry.frame == "result"
        )

    def _stopped(self, first: int, last: int) -> bool:
        return any(t.kind == "punct" and t.text in STOPS for t in self.sentence.tokens[first:last])

    def _filled(self, verb: Trigger, phrase: Phrase) -> bool:
        """Whether the verb has its subject before the phrase: behind it, or (SVO) before it."""
        sentence = self.sentence
        if self._relative(verb):
            return True
        for index in range(verb.last, phrase.first):
            kind = kind_at(sentence, index)
            attached = _prefixed(sentence, index)
            if kind and not attached and sentence.text(index - 1) not in TOWARDS | AGAINST:
                return True
            if any(a.first == index and not a.nisba and not a.proclitics for a in sentence.actors):
                return True
        return any(p.particle in ("", "و") and self._verb_after(p) is verb for p in self.phrases if p is not phrase)

    def _relative(self, verb: Trigger) -> bool:
        """Whether the verb belongs to an event noun or weapon right before it: "عبوة ناسفة استهدفت دورية"."""
        index = verb.first - 1
        if self.sentence.text(index) in _WHICH and not self._with_object(verb):
            index -= 1  # "التفجير الذي استهدف الدورية", not "القصف الذي شنته القوات"
        for _ in range(3):
            if index < self.unit.first or self.sentence.tokens[index].kind == "punct":
                return False
            if index in self.acts or kind_at(self.sentence, index) in ("act", "means"):
                return True
            if not is_adjective(self.sentence.text(index)):
                return False
            index -= 1
        return False

    def _with_object(self, verb: Trigger) -> bool:
        """Whether a pronoun is the object of the verb."""
        return any(a.pos == "verb" and a.enclitic for a in self.sentence.analyses[verb.last - 1])


def _prefixed(sentence: Sentence, index: int) -> bool:
    """Whether ب or ل is attached to a noun."""
    return any(set(a.proclitics) & {"ب", "ل"} for a in sentence.analyses[index] if a.pos != "verb")
