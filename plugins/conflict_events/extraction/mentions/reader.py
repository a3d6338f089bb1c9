"""Reads an article into sentences with all their mentions."""

from __future__ import annotations

from datetime import date

from conflict_events.arabic import Phrase, PhraseMatcher, Token, fold, sentences, tokenize
from conflict_events.arabic.date_resolver import resolve
from conflict_events.arabic.dates import find_dates
from conflict_events.arabic.quantities import quantities
from conflict_events.extraction.attribution import AttributionReader
from conflict_events.extraction.mentions.actors import ActorReader
from conflict_events.extraction.mentions.announced import announces
from conflict_events.extraction.mentions.places import PlaceReader
from conflict_events.extraction.mentions.triggers import TriggerReader, read_cues
from conflict_events.extraction.reading import (
    ActorMention,
    DateMentionAt,
    Mention,
    PersonWord,
    PlaceMention,
    Sentence,
    SourceMention,
    Trigger,
)
from conflict_events.geography import Gazetteer
from conflict_events.lexicon import Analysis, Lexicon, Morphology, Term
from conflict_events.records import CleanArticle

__all__ = ["MentionReader"]

_ORIGIN = frozenset({"مصدره", "مصدرها", "مصدرهما"})  # where fire comes from, never who says so
_FEWEST_AREAS = 3
_BIRTH_REACH = 4  # words between a birth and its year
_POSITIONS = frozenset("موقع مواقع موقعا موقعين مواقعها مواقعه مواقعهم".split())


class MentionReader:
    """Everything that reads words: built once, used for every article."""

    def __init__(self, lexicon: Lexicon, morphology: Morphology, gazetteer: Gazetteer) -> None:
        self._morphology = morphology
        self._people = lexicon.people
        self._triggers = TriggerReader(lexicon.path)
        self._cues = read_cues(lexicon.path)
        self._places = PlaceReader(gazetteer)
        self._actors = ActorReader(lexicon)
        self.attribution = AttributionReader(lexicon)
        self._weapons = _Terms(lexicon.weapons)
        self._infrastructure = _Terms(lexicon.infrastructure)

    def read(self, clean: CleanArticle) -> list[Sentence]:
        """The sentences of an article's segments, in order; those without a trigger or a count carry no mentions."""
        found: list[Sentence] = []
        text = clean.article.full_text
        for paragraph, segment in enumerate(clean.segments):
            if segment.kind in ("caption", "dateline"):
                continue
            folded = fold(text[segment.start : segment.end])
            tokens = tokenize(folded.text)
            for first, last in _joined(tokens, sentences(tokens)):
                found.append(
                    self._sentence(len(found), paragraph, segment.kind, tokens[first:last], folded, segment.start, text)
                )
        country = self._places.country_of(found) or clean.article.country
        day = clean.article.published_at
        state = self._actors.state_of(country, day)
        for sentence, actors in zip(found, self._actors.read_page(found, day, country), strict=True):
            self._fill(sentence, day, country, actors)
            sentence.state = state
        _set_areas(found)
        return found

    def _sentence(
        self, index: int, paragraph: int, kind: str, tokens: list[Token], folded: object, offset: int, text: str
    ) -> Sentence:
        raw = folded.raw_span  # type: ignore[attr-defined]

        def raw_span(first: int, last: int) -> tuple[int, int]:
            start, _ = raw(tokens[first].start, tokens[first].end)
            _, end = raw(tokens[last - 1].start, tokens[last - 1].end)
            return offset + start, offset + end

        def raw_text(first: int, last: int) -> str:
            start, end = raw_span(first, last)
            return text[start:end]

        analyses = [self._morphology.analyze(t.text) if t.kind == "word" else () for t in tokens]
        return Sentence(index, paragraph, kind, tokens, analyses, raw_span, raw_text)

    def _fill(self, sentence: Sentence, day: date | None, country: str | None, actors: list[ActorMention]) -> None:
        triggers = [t for t in self._triggers.read(sentence) if not announces(sentence, t.first)]
        for match in self._cues.find(sentence.tokens):
            for category in match.payloads:
                sentence.cues.setdefault(category, []).append(Mention(match.first, match.last, match.proclitics))
        controlled = [(c.first, c.last) for c in sentence.cues.get("control", ())]
        sentence.sources = self.attribution.mentions(sentence)
        sentence.sources = [s for s in sentence.sources if not _no_source(sentence, s, actors)]
        named = [(s.first, s.last) for s in sentence.sources if not s.generic]
        actors = [a for a in actors if not any(f <= a.first < e for f, e in named if e - f > a.last - a.first)]
        sentence.dates = []
        for found in find_dates(sentence.tokens):
            days = None if _of_birth(sentence, triggers, found.first) else resolve(found, day)
            sentence.dates.append(
                DateMentionAt(found.first, found.last, "", sentence.raw_text(found.first, found.last), found.kind, days)
            )
        names = [*named, *((a.first, a.last) for a in actors), *((d.first, d.last) for d in sentence.dates)]
        sentence.triggers = [t for t in triggers if not any(f <= t.first < e for f, e in (*names, *controlled))]
        sentence.quantities = quantities(sentence.tokens)
        sentence.triggers = [t for t in sentence.triggers if not self._counted(sentence, t)]
        sentence.persons = self._persons(sentence)
        sentence.actors = [a for a in actors if not self._rather_people(sentence, a)]
        blocked = named + [(a.head, a.last) for a in sentence.actors if not a.nisba]
        adjectives = [(a.first, a.last) for a in sentence.actors if a.nisba]
        blocked += [(t.first, t.last) for t in sentence.triggers]
        blocked += [(m.first, m.last) for m in self.attribution.phrases(sentence)]
        sentence.places = self._places.read(sentence, blocked, country, adjectives)
        # "الأراضي السورية" is a name: its adjective is nobody's deed.
        held = [(p.first, p.last) for p in sentence.places if p.last - p.first > 1]
        sentence.actors = [a for a in sentence.actors if not (a.nisba and any(f <= a.first < e for f, e in held))]
        sentence.means = self._weapons.find(sentence)
        sentence.infrastructure = self._infrastructure.find(sentence)

    @staticmethod
    def _rather_people(sentence: Sentence, actor: ActorMention) -> bool:
        """As "طالبان", which among counted people is two students, not the movement."""
        person = sentence.persons.get(actor.first)
        if person is None or person.noun is None or actor.last - actor.first > 1 or actor.head < actor.first:
            return False
        return person.noun.actor != actor.actor_id and person.number == "d" and not actor.nisba

    def _counted(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether a noun of harm is what a number counts ("20 إصابة"), not the act."""
        if trigger.form != "masdar" or not trigger.entry.outcome or trigger.proclitics:
            return False
        number = sentence.quantity_over(trigger.first - 1)
        return number is not None and any(a.lexeme in self._people for a in sentence.analyses[trigger.first])

    def _persons(self, sentence: Sentence) -> dict[int, PersonWord]:
        found = {}
        harm = {i for t in sentence.triggers if t.entry.outcome for i in range(t.first, t.last)}
        phrases = {i for t in sentence.triggers if t.last - t.first > 1 for i in range(t.first, t.last)}
        for index, analyses in enumerate(sentence.analyses):
            readings = [
                a
                for a in analyses
                if a.lexeme in self._people and a.pos != "verb" and _whole_dual(a, sentence.text(index))
            ]
            if not readings or index in phrases:
                continue
            analysis = min(readings, key=lambda a: (a.enclitic != "", a.number == "d"))
            noun = self._people[analysis.lexeme]
            if sentence.text(index) in noun.not_as:
                continue
            if noun.followed_by and not noun.followed_by & {sentence.text(index + 1), sentence.bare(index + 1)}:
                continue
            if index in harm and analysis.number == "s":
                continue
            found[index] = PersonWord(
                index, index + 1, "".join(analysis.proclitics), noun, analysis.number or "s", analysis.definite
            )
        return found


def _set_areas(sentences: list[Sentence]) -> None:
    """In a roundup by governorate ("حلب: ...", "إدلب: ...") each item stands in the one whose heading came last."""
    headings = {s.index: place for s in sentences if (place := _area_heading(s)) is not None}
    if len({place.name for place in headings.values()}) < _FEWEST_AREAS:
        return
    area: PlaceMention | None = None
    for sentence in sentences:
        area = headings.get(sentence.index, area)
        sentence.area = area


def _area_heading(sentence: Sentence) -> PlaceMention | None:
    """The governorate and a colon that a sentence begins with or consists of."""
    first = sentence.places[0] if sentence.places else None
    if first is None or first.head > 1 or not any(p.kind == "governorate" for p in first.places):
        return None
    after = sentence.text(first.tail)
    return first if after.startswith(":") or first.tail >= len(sentence) else None


def _no_source(sentence: Sentence, source: SourceMention, actors: list[ActorMention]) -> bool:
    """Whether a mention is where fire comes from ("مصدره"), or the positions of a force ("مواقع لقوات النظام")."""
    if sentence.text(source.first) in _ORIGIN:
        return True
    held = any(source.first < a.first < source.last + 1 for a in actors)
    return sentence.bare(source.first).lstrip("بل") in _POSITIONS and held


def _of_birth(sentence: Sentence, triggers: list[Trigger], first: int) -> bool:
    """Whether a time expression is when somebody was born: "من مواليد حلب عام 1995"."""
    return any(
        birth.first < first <= birth.last + _BIRTH_REACH
        and not any(birth.last <= t.first < first for t in triggers)
        and not any(sentence.tokens[i].kind == "punct" for i in range(birth.last, first))
        for birth in sentence.cues.get("birth", ())
    )


def _whole_dual(analysis: Analysis, word: str) -> bool:
    """A dual shows its ending ("طفلان", "طفلاها"): "صاروخي" is an adjective far more often than two rockets."""
    endings = ("ان", "ين") if analysis.enclitic == "" else ("ا" + analysis.enclitic, "ي" + analysis.enclitic)
    return analysis.number != "d" or (analysis.enclitic != "ي" and word.endswith(endings))


def _joined(tokens: list[Token], bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences with those joined again that a semicolon parts: some outlets write "؛" where others write a comma."""
    found: list[tuple[int, int]] = []
    for first, last in bounds:
        if found and tokens[found[-1][1] - 1].text == "؛" and found[-1][1] == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


class _Terms:
    """Weapons or infrastructure: phrases first, then single words in any inflected form."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._by_lexeme = {lexeme: term.id for term in terms for lexeme in term.lexemes}
        self._phrases = PhraseMatcher([Phrase(p, term.id, "optional") for term in terms for p in term.phrases])

    def find(self, sentence: Sentence) -> list[tuple[Mention, str]]:
        found = [(Mention(m.first, m.last, m.proclitics), str(m.payload)) for m in self._phrases.find(sentence.tokens)]
        taken = {i for mention, _ in found for i in range(mention.first, mention.last)}
        for index, analyses in enumerate(sentence.analyses):
            if index in taken:
                continue
            for analysis in analyses:
                term = self._by_lexeme.get(analysis.lexeme)
                if term is not None and analysis.pos != "verb":
                    found.append((Mention(index, index + 1, "".join(analysis.proclitics)), term))
                    break
        return sorted(found, key=lambda item: item[0].first)
