"""Reads an article into sentences with all their mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter

from conflict_events.arabic import Folded, Phrase, PhraseMatcher, Token, fold, sentences, tokenize
from conflict_events.arabic.date_resolver import DateRange, resolve
from conflict_events.arabic.date_words import is_spelled_like, is_written_otherwise
from conflict_events.arabic.dates import find_dates
from conflict_events.arabic.quantities import quantities
from conflict_events.extraction.attribution import AttributionReader
from conflict_events.extraction.counting import LIVES
from conflict_events.extraction.hints import ARMED_WORDS, bears_on_acts, is_armed_word, only_hints
from conflict_events.extraction.mentions.actors import ActorReader
from conflict_events.extraction.mentions.announced import KINDS, announces, is_kind
from conflict_events.extraction.mentions.echoes import NAMING_NOUNS, is_naming_noun
from conflict_events.extraction.mentions.gate import TextGate
from conflict_events.extraction.mentions.persons import PersonReader
from conflict_events.extraction.mentions.places import PlaceReader
from conflict_events.extraction.mentions.proxies import LOYAL, is_loyal
from conflict_events.extraction.mentions.triggers import TriggerReader, read_cues
from conflict_events.extraction.people import COUNTERS, counts_without_noun
from conflict_events.extraction.reading import (
    ActorMention,
    DateMentionAt,
    Mention,
    PlaceMention,
    Sentence,
    SourceMention,
    Trigger,
    TriggerEntry,
    is_among,
)
from conflict_events.extraction.vocabulary import Bit, Vocabulary
from conflict_events.geography import Gazetteer
from conflict_events.lexicon import Lexicon, Morphology, Term
from conflict_events.records import CleanArticle, Segment

__all__ = ["MentionReader"]

_ORIGIN = frozenset({"مصدره", "مصدرها", "مصدرهما"})  # where fire comes from, never who says so
_BEFORE = frozenset("من في مع عن علي ضد بين الي".split())
_FEWEST_AREAS = 3
_LONGEST_HEADING = 40
_LONGEST_SENTENCE = 600  # tokens; of 45,000 sentences of news the longest has 521
_HARM = frozenset({"killed", "injured", "missing", "bodies", "other"})
_TOLD_REACH = 3  # sentences between a day and one told from it
_BIRTH_REACH = 4  # words between a birth and its year
_SINCE_REACH = 9  # words between "منذ" and the day of what began then
_LONG_SINCE = 14  # days
_TEXT, _ANALYSES, _MARKS = itemgetter(0), itemgetter(0), itemgetter(1)  # of a token, of what is known of a word
_POSITIONS = frozenset("موقع مواقع موقعا موقعين مواقعها مواقعه مواقعهم".split())


class MentionReader:
    """Everything that reads words: built once, used for every article."""

    def __init__(self, lexicon: Lexicon, morphology: Morphology, gazetteer: Gazetteer) -> None:
        self._people = lexicon.people
        self._persons = PersonReader(lexicon.people)
        self._triggers = TriggerReader(lexicon.path)
        self._cues = read_cues(lexicon.path)
        self._places = PlaceReader(gazetteer)
        self._actors = ActorReader(lexicon)
        self.attribution = AttributionReader(lexicon)
        self._weapons = _Terms(lexicon.weapons, Bit.WEAPON)
        self._infrastructure = _Terms(lexicon.infrastructure, Bit.INFRASTRUCTURE)
        self._vocabulary = self._words(morphology)
        self.gate = TextGate(self._vocabulary, self._triggers.phrases.mark, self._triggers.behind)
        self._triggering = Bit.TRIGGER | self._triggers.phrases.mark

    def _words(self, morphology: Morphology) -> Vocabulary:
        """The vocabulary in which each word carries a bit for every reader here that has to look at it."""
        names = self.attribution.names
        return Vocabulary(
            morphology,
            matchers=(
                self._triggers.phrases,
                self._cues,
                self._places.matcher,
                self._actors.matcher,
                names.names,
                names.offices,
                self.attribution.attributions,
                self._weapons.phrases,
                self._infrastructure.phrases,
            ),
            lexemes=(
                (Bit.TRIGGER, self._triggers.entries),
                (Bit.EVENT, (key for key, entry in self._triggers.entries.items() if tells(entry))),
                (Bit.PERSON, self._people),
                (Bit.HARM, (key for key, noun in self._people.items() if (noun.outcome or noun.measure) in _HARM)),
                (Bit.BEARING, (key for key, noun in self._people.items() if bears_on_acts(noun))),
                (Bit.HEAD, self._actors.head_lexemes),
                (Bit.ADJECTIVE, self._actors.adjective_lexemes),
                (Bit.VERB, self.attribution.verb_lexemes),
                (Bit.SOURCE, names.head_lexemes),
                (Bit.WEAPON, self._weapons.lexemes),
                (Bit.INFRASTRUCTURE, self._infrastructure.lexemes),
            ),
            tests=(
                (Bit.HARM, LIVES.__contains__, LIVES),
                (Bit.ARMED, is_armed_word, ARMED_WORDS),
                (Bit.NAMING, is_naming_noun, NAMING_NOUNS),
                (Bit.LOYAL, is_loyal, LOYAL),
                (Bit.KIND, is_kind, KINDS),
                (Bit.OTHERS, counts_without_noun, COUNTERS),
            ),
        )

    def tells(self, sentence: Sentence) -> bool:
        """Whether a sentence may tell of an occurrence: a trigger that is more than a link or a hint, or harm."""
        if sentence.carries(Bit.HARM):
            return True
        if not sentence.carries(self._triggering) or not any(tells(t.entry) for t in sentence.candidates):
            return False
        return not only_hints(t.entry for t in sentence.candidates) or self._substantiates(sentence)

    def _substantiates(self, sentence: Sentence) -> bool:
        """Whether anything stands in a sentence that may turn a hint into an act."""
        if sentence.carries(Bit.ARMED | Bit.BEARING):
            return True
        if sentence.carries(Bit.WEAPON | self._weapons.phrases.mark) and sentence.means:
            return True
        if sentence.carries(Bit.HEAD | Bit.PERSON) and any(t.entry.frame == "arrive" for t in sentence.candidates):
            return True  # forces or fighters who arrive
        return sentence.carries(self._cues.mark) and "stones" in sentence.cues

    def quotes(self, sentence: Sentence) -> bool:
        """Whether a sentence may name its source: a verb of saying, a phrase like "بحسب", a colon."""
        return sentence.carries(Bit.VERB | self.attribution.attributions.mark) or ":" in sentence.words

    def read(self, clean: CleanArticle) -> list[Sentence]:
        """The sentences of an article's segments, in order; what their words mean is read when it is asked for."""
        found: list[Sentence] = []
        text = clean.article.full_text
        page = _Page(self, found, clean)
        for paragraph, segment in enumerate(clean.segments):
            if segment.kind in ("caption", "dateline"):
                continue
            folded = fold(text[segment.start : segment.end])
            tokens = tokenize(folded.text)
            for first, last in _bounded(tokens, _joined(tokens, sentences(tokens))):
                found.append(self._sentence(page, paragraph, segment, tokens[first:last], folded, text))
        return found

    def _sentence(
        self, page: _Page, paragraph: int, segment: Segment, tokens: list[Token], folded: Folded, text: str
    ) -> Sentence:
        raw, offset = folded.raw_span, segment.start

        def raw_span(first: int, last: int) -> tuple[int, int]:
            start, _ = raw(tokens[first].start, tokens[first].end)
            _, end = raw(tokens[last - 1].start, tokens[last - 1].end)
            return offset + start, offset + end

        def raw_text(first: int, last: int) -> str:
            start, end = raw_span(first, last)
            return text[start:end]

        words = list(map(_TEXT, tokens))
        known = self._vocabulary.look_up(tokens, words)
        return Sentence(
            len(page.sentences),
            paragraph,
            segment.kind,
            tokens,
            words,
            list(map(_ANALYSES, known)),
            list(map(_MARKS, known)),
            raw_span,
            raw_text,
            page.supply,
        )

    def _cues_of(self, sentence: Sentence) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for match in sentence.phrases(self._cues):
            for category in match.payloads:
                found.setdefault(category, []).append(Mention(match.first, match.last, match.proclitics))
        return found

    def _fill(
        self,
        sentence: Sentence,
        day: date | None,
        country: str | None,
        actors: list[ActorMention],
        told: Callable[[Sentence], DateRange | None],
    ) -> None:
        triggers = sentence.candidates
        sentence.triggers, sentence.persons, sentence.places, sentence.actors = [], {}, [], []
        controlled = [(c.first, c.last) for c in sentence.cues.get("control", ())]
        sentence.sources = self.attribution.mentions(sentence)
        sentence.sources = [s for s in sentence.sources if not _no_source(sentence, s, actors)]
        named = [(s.first, s.last) for s in sentence.sources if not s.generic]
        actors = [a for a in actors if not any(f <= a.first < e for f, e in named if e - f > a.last - a.first)]
        sentence.dates = []
        for found in find_dates(sentence.tokens, sentence.marked(Bit.DATE)):
            raw = sentence.raw_text(found.first, found.last)
            if is_written_otherwise(raw):
                continue
            before = (_last_day(sentence.dates) or told(sentence)) if found.kind == "shifted" else None
            days = None if _of_birth(sentence, triggers, found.first) else resolve(found, day, before)
            since = _since_then(sentence, found.first, days, day)
            sentence.dates.append(DateMentionAt(found.first, found.last, "", raw, found.kind, days, since))
        names = [*named, *((a.first, a.last) for a in actors), *((d.first, d.last) for d in sentence.dates)]
        sentence.triggers = [t for t in triggers if not any(f <= t.first < e for f, e in (*names, *controlled))]
        sentence.triggers = [t for t in sentence.triggers if not self._counted(sentence, t)]
        sentence.persons = self._persons.read(sentence)
        sentence.actors = [a for a in actors if not self._rather_people(sentence, a)]
        blocked = named + [(a.head, a.last) for a in sentence.actors if not a.nisba]
        adjectives = [(a.first, a.last) for a in sentence.actors if a.nisba]
        blocked += [(t.first, t.last) for t in sentence.triggers]
        blocked += [
            (d.first, d.last) for d in sentence.dates if is_spelled_like(sentence.words_between(d.first, d.last))
        ]
        blocked += [(m.first, m.last) for m in self.attribution.phrases(sentence)]
        sentence.places = self._places.read(sentence, blocked, country, adjectives)
        # "الأراضي السورية" is a name: its adjective is nobody's deed.
        held = [(p.first, p.last) for p in sentence.places if p.last - p.first > 1]
        sentence.actors = [a for a in sentence.actors if not (a.nisba and any(f <= a.first < e for f, e in held))]
        # "مدينة مرسيليا الفرنسية": behind a place it says where that lies.
        tails = {p.last for p in sentence.places if p.asserted or p.kind}
        sentence.actors = [a for a in sentence.actors if not (a.nisba and a.head == a.first and a.first in tails)]

    @staticmethod
    def _rather_people(sentence: Sentence, actor: ActorMention) -> bool:
        """As "طالبان", which among counted people is two students, not the movement."""
        person = sentence.persons.get(actor.first)
        if person is None or person.noun is None or actor.last - actor.first > 1 or actor.head < actor.first:
            return False
        if sentence.text(actor.first).endswith("ان") and (
            actor.proclitics or sentence.text(actor.first - 1) in _BEFORE
        ):
            return False  # behind a preposition a dual ends in ين: "مسلحا من طالبان"
        before = actor.first - 1
        does = before >= 0 and any(a.pos == "verb" for a in sentence.analyses[before])
        if does and not any(t.first <= before < t.last and t.entry.outcome for t in sentence.triggers):
            return False  # who "announced" or "seized" is the movement; who "was killed" are students
        clans = actor.actor is not None and actor.actor.kind == "communal"  # "بين عائلتين"
        return person.noun.actor != actor.actor_id and person.number == "d" and not actor.nisba and not clans

    def _counted(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether a noun of harm is what a number counts ("20 إصابة"), not the act."""
        if trigger.form != "masdar" or not trigger.entry.outcome or trigger.proclitics:
            return False
        number = sentence.quantity_over(trigger.first - 1)
        return number is not None and any(a.lexeme in self._people for a in sentence.analyses[trigger.first])


class _Page:
    """Supplies the sentences of a page with what they are asked for."""

    def __init__(self, reader: MentionReader, sentences: list[Sentence], clean: CleanArticle) -> None:
        self.sentences = sentences
        self._reader = reader
        self._day = clean.article.published_at
        self._home = clean.article.country
        self._actors: list[list[ActorMention]] | None = None
        self._country: str | None = None

    def supply(self, sentence: Sentence, name: str) -> None:
        """Fill a field of a sentence that is still empty, and what is read along with it."""
        if name == "candidates":
            found = self._reader._triggers.read(sentence)
            sentence.candidates = [t for t in found if not announces(sentence, t.first)]
        elif name == "cues":
            sentence.cues = self._reader._cues_of(sentence)
        elif name == "quantities":
            at = sentence.marked(Bit.QUANTITY)
            sentence.quantities = quantities(sentence.tokens, at) if at else []
        elif name == "means":
            sentence.means = self._reader._weapons.find(sentence)
        elif name == "infrastructure":
            sentence.infrastructure = self._reader._infrastructure.find(sentence)
        elif name == "area":
            _set_areas(self.sentences, self._reader._places)
        else:
            actors = self._read_page()
            if name not in ("heads", "state"):
                self._reader._fill(sentence, self._day, self._country, actors[sentence.index], self._told_before)

    def _told_before(self, sentence: Sentence) -> DateRange | None:
        """The day that the sentences right before one told last."""
        before = self.sentences[max(0, sentence.index - _TOLD_REACH) : sentence.index]
        return next((day for s in reversed(before) if (day := _last_day(s.dates)) is not None), None)

    def _read_page(self) -> list[list[ActorMention]]:
        """What is known only of the page as a whole: its country, and whom its short names mean."""
        if self._actors is None:
            self._country = (
                self._reader._places.country_of(self.sentences)
                or self._home
                or self._reader._actors.country_of(self.sentences)
            )
            state = self._reader._actors.state_of(self._country, self._day)
            for sentence in self.sentences:
                sentence.state = state
            self._actors = self._reader._actors.read_page(self.sentences, self._day, self._country)
        return self._actors


def _last_day(dates: list[DateMentionAt]) -> DateRange | None:
    """The last of the mentions that is known to the day."""
    return next((d.days for d in reversed(dates) if d.days is not None and d.days.time_precision == 1), None)


def tells(entry: TriggerEntry) -> bool:
    """Whether a trigger tells of an occurrence, and does not only link two ("أسفر عن")."""
    return entry.frame != "result" or entry.outcome is not None


def _set_areas(sentences: list[Sentence], places: PlaceReader) -> None:
    """In a roundup by governorate ("حلب: ...", "إدلب: ...") each item stands in the one whose heading came last."""
    area: PlaceMention | None = None
    named = [s for s in sentences if _may_head(s, places)]
    headings = {s.index: place for s in named if (place := _area_heading(s)) is not None}
    roundup = len({place.name for place in headings.values()}) >= _FEWEST_AREAS
    for sentence in sentences:
        area = headings.get(sentence.index, area) if roundup else None
        sentence.area = area


def _may_head(sentence: Sentence, places: PlaceReader) -> bool:
    """Whether a sentence names a governorate, and has a colon or ends with the name."""
    end = 0
    if ":" not in sentence.words:
        if len(sentence) > _LONGEST_HEADING:
            return False
        end = len(sentence)
        while end and places.may_trail(sentence.words[end - 1]):
            end -= 1
    return any(
        place.kind == "governorate"
        for match in sentence.phrases(places.matcher)
        if match.last >= end
        for payload in match.payloads
        for place in payload.places
    )


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
    return held and is_among(sentence.bare(source.first), _POSITIONS)


def _since_then(sentence: Sentence, first: int, days: DateRange | None, published: date | None) -> DateRange | None:
    """The days from a named one on, where it says when that began which "منذ" speaks of."""
    if days is None or published is None or days.end >= published:
        return None
    for index in range(first - 1, max(-1, first - _SINCE_REACH), -1):
        if sentence.tokens[index].kind == "punct":
            return None
        if sentence.text(index).lstrip("و") == "منذ":
            long = (published - days.start).days > _LONG_SINCE
            return DateRange(days.start, published, 3 if long else 2, days.date_source)
    return None


def _of_birth(sentence: Sentence, triggers: list[Trigger], first: int) -> bool:
    """Whether a time expression is when somebody was born: "من مواليد حلب عام 1995"."""
    return any(
        birth.first < first <= birth.last + _BIRTH_REACH
        and not any(birth.last <= t.first < first for t in triggers)
        and not any(sentence.tokens[i].kind == "punct" for i in range(birth.last, first))
        for birth in sentence.cues.get("birth", ())
    )


def _joined(tokens: list[Token], bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences with those joined again that a semicolon parts: some outlets write "؛" where others write a comma."""
    found: list[tuple[int, int]] = []
    for first, last in bounds:
        if found and tokens[found[-1][1] - 1].text == "؛" and found[-1][1] == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _bounded(tokens: list[Token], bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences cut where they are longer than any that people write: slots are looked for all over a sentence."""
    for start, last in bounds:
        first = start
        while last - first > _LONGEST_SENTENCE:
            end = first + _LONGEST_SENTENCE
            comma = next((i for i in range(end - 1, first, -1) if tokens[i].text == "،"), end - 1)
            yield first, comma + 1
            first = comma + 1
        yield first, last


class _Terms:
    """Weapons or infrastructure: phrases first, then single words in any inflected form."""

    def __init__(self, terms: tuple[Term, ...], bit: int) -> None:
        self.lexemes = {lexeme: term.id for term in terms for lexeme in term.lexemes}
        self._bit = bit
        self.phrases = PhraseMatcher([Phrase(p, term.id, "optional") for term in terms for p in term.phrases])

    def find(self, sentence: Sentence) -> list[tuple[Mention, str]]:
        found = [(Mention(m.first, m.last, m.proclitics), str(m.payload)) for m in sentence.phrases(self.phrases)]
        taken = {i for mention, _ in found for i in range(mention.first, mention.last)}
        for index in sentence.marked(self._bit):
            if index in taken:
                continue
            for analysis in sentence.analyses[index]:
                term = self.lexemes.get(analysis.lexeme)
                if term is not None and analysis.pos != "verb":
                    found.append((Mention(index, index + 1, "".join(analysis.proclitics)), term))
                    break
        return sorted(found, key=lambda item: item[0].first)
