"""Whom a sentence quotes: reporting verbs with their subject, phrases like "بحسب", chains of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conflict_events.arabic import Phrase, PhraseMatcher, strip_article
from conflict_events.extraction.attribution.names import COMPLEMENTS, SourceNames
from conflict_events.extraction.attribution.quoted import Quoted, actor_at, actor_source, anaphor, quote
from conflict_events.extraction.attribution.shapes import STOP
from conflict_events.extraction.reading import Mention, Sentence, SourceMention
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set
from conflict_events.lexicon import Attribution, Lexicon, ReportingVerb

__all__ = ["AttributionReader", "clauses_of"]

_FILLERS = word_set("before_the_speaker")
_CLAUSE = COMPLEMENTS | {"ب", ":"}
_CHAINED = word_set("quoting_on")
_NOT = word_set("not")
_BETWEEN = word_set("between")
# The article's own voice: "يذكر أن", "يشار إلى أن".
_IMPERSONAL = word_set("impersonal")
_OPENERS = word_set("clause_openers")
_OF_HIM = word_set("of_whom")
_SUCH_AS = word_set("such_as")
_AS = word_set("as_they_say")
_OUTLETS = frozenset({"agency", "media", "local_network"})  # carry nothing but news
_DEMONSTRATIVES = word_set("demonstratives")
_SUBJECT_REACH = 5
_CHAIN_REACH = 12
_HEARER = 5
_OFFICE_REACH = 12
_CLAIM_REACH = 12
_OTHERWISE = 5
_TOPIC_REACH = 14
_RELATIVES = word_set("relative_pronouns")
_DOCUMENT_REACH = 6
_DASHES = ("-", "–", "—")


class AttributionReader:
    """Reads sources by the lexicon's reporting verbs and attribution phrases."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = dict(lexicon.reporting_verbs)
        self.names = SourceNames(lexicon)
        phrases: list[Phrase[Attribution]] = []
        for attribution in lexicon.attributions:
            phrases += [Phrase(_trim(text), attribution, "exact") for text in attribution.phrases]
        self.attributions = PhraseMatcher(phrases)

    @property
    def verb_lexemes(self) -> Iterable[str]:
        """Lexemes of verbs of saying."""
        return self._verbs

    def mentions(self, sentence: Sentence) -> list[SourceMention]:
        """All named and generic sources of a sentence, quoted or not."""
        return self.names.mentions(sentence)

    def phrases(self, sentence: Sentence) -> list[Mention]:
        """Attribution phrases ("بحسب", "نقلا عن")."""
        return [Mention(m.first, m.last, m.proclitics) for m in sentence.phrases(self.attributions)]

    def read(self, sentence: Sentence) -> list[Quoted]:
        """Sources that the sentence quotes: in text order, those of one quotation from the article outwards."""
        found = [self._announced(sentence)]
        for match in sentence.phrases(self.attributions):
            quoted = self._after_phrase(sentence, match.last, match.payload.stance)
            if quoted is not None:
                quoted = replace(quoted, chained=sentence.bare(match.first) in _CHAINED)
                found.append([quoted, *self._joined(sentence, quoted, match.payload.stance)])
        for index in sentence.marked(Bit.VERB):
            verb = self._verb_at(sentence, index)
            if verb is not None:
                found.append(self._around_verb(sentence, index, verb))
        return _distinct(found)

    # Verbs ------------------------------------------------------------------------------------------------------------

    def _verb_at(self, sentence: Sentence, index: int) -> ReportingVerb | None:
        if sentence.text(index).removeprefix("و") in _BETWEEN and not _makes_clear(sentence, index):
            return None
        if index and sentence.text(index - 1).removeprefix("و") in _NOT:
            return None
        if index > 1 and sentence.text(index - 1) == "ما" and sentence.bare(index - 2) in self.names.words.seldom:
            return None
        if sentence.text(index) in _IMPERSONAL and sentence.text(index + 1) in COMPLEMENTS | {"الي"}:
            return None
        for analysis in sentence.analyses[index]:
            if analysis.pos == "verb" and analysis.lexeme in self._verbs and "ل" not in analysis.proclitics:
                verb = self._verbs[analysis.lexeme]
                after = sentence.words[index + 1 : index + 1 + _OTHERWISE]
                otherwise = sentence.text(index) in verb.not_as or not verb.not_before.isdisjoint(after)
                return None if otherwise or analysis.voice == "p" else verb
        return None

    def _around_verb(self, sentence: Sentence, index: int, verb: ReportingVerb) -> list[Quoted]:
        """The source after the verb, else before it, else the one that the verb takes up; then those it quotes."""
        clause = _clause_follows(sentence, index, verb)
        relative = index > 0 and (sentence.bare(index - 1) in _AS or _as_somebody_says(sentence, index))
        clause = clause or _claims(sentence, index)
        says = clause or relative or not (verb.needs_clause or verb.documents)
        if verb.source_after and "من" in verb.prepositions:
            return self._quoted_by(sentence, index, verb, False) if clause else []  # who learns it says nothing
        subject = self._subject_after(sentence, index, verb, says)
        if subject is None or (verb.source_after and sentence.text(subject.first - 1) == "عن"):
            subject = self._subject_before(sentence, index, verb.stance, says) or subject
        if subject is not None and verb.needs_clause and not says and subject.source_type not in _OUTLETS:
            return []  # "نقل الدفاع المدني الجرحى"
        found = [subject, *self._joined(sentence, subject, verb.stance)] if subject is not None else []
        if found:
            found = [*self._told_to(sentence, index, found[0], verb.stance), *found]
        if verb.stance == "states" and found and _claims(sentence, index):
            found = [replace(found[-1], stance="claims_responsibility")]
        if verb.source_after and (says or found):
            found += self._quoted_by(sentence, index, verb, bool(found))
            if found and sentence.text(index + 1) in _OF_HIM:
                found.append(Quoted(index + 1, index + 2, "", anaphoric=True, named=False, chained=True))
        if not found and says and not verb.documents and self._takes_up(sentence, index):
            found.append(Quoted(index, index + 1, "", anaphoric=True, named=False, stance=verb.stance))
        return found

    def _told_to(self, sentence: Sentence, index: int, subject: Quoted, stance: str) -> list[Quoted]:
        """The news agency to which the subject speaks: "قالت مصادر لوكالة الأنباء الألمانية"."""
        start, end = min(index, subject.first), max(index + 1, subject.last)
        for mention in sentence.sources:
            heard = "ل" in mention.proclitics or mention.first == subject.last
            heard = heard and mention.source_type == "agency" and not mention.generic
            if heard and start <= mention.first <= end + 1:
                return [quote(sentence, mention, stance)]
        return []

    def _joined(self, sentence: Sentence, subject: Quoted, stance: str) -> list[Quoted]:
        """Who speaks together with the subject: "قال سكان ومسؤولون محليون"."""
        after = sentence.skip_punct(subject.last)
        such = after + (sentence.text(after) == "،")
        if sentence.text(such) in _SUCH_AS:
            whole = self.names.within_quotes(sentence, such + 1, subject.source_type)
            return [quote(sentence, whole, stance)] if whole is not None else []
        mention = next((m for m in sentence.sources if m.first == after and m.proclitics == "و"), None)
        whole = self.names.at(sentence, after) if mention is not None else None
        return [quote(sentence, whole, stance)] if whole is not None else []

    def _subject_after(self, sentence: Sentence, index: int, verb: ReportingVerb, says: bool) -> Quoted | None:
        stance = verb.stance
        if self._has_had_its_subject(sentence, index):
            return None
        at = sentence.skip_punct(index + 1)
        receiver: Quoted | None = None
        for _ in range(_SUBJECT_REACH):
            if at >= len(sentence):
                return None
            day = next((d for d in sentence.dates if d.first == at), None)
            if day is not None:
                at = sentence.skip_punct(day.last)
                continue
            mention = self.names.at(sentence, at)
            if mention is not None and "ل" in mention.proclitics:
                receiver = quote(sentence, mention, stance)
                at = sentence.skip_punct(mention.last)
                continue
            source = self._source_at(sentence, at, stance, known_only=not says)
            if source is not None:
                return None if "ل" in source.proclitics and source.first == at else source
            if sentence.text(at) == "ل" and sentence.text(at + 1) == '"':
                closing = (i for i in range(at + 2, min(len(sentence), at + 2 + _HEARER)) if sentence.text(i) == '"')
                at = sentence.skip_punct(next(closing, at) + 1)  # "كشف ل«الصحيفة» مصدر عسكري"
                continue
            if sentence.text(at) not in _FILLERS or sentence.text(at) in _CLAUSE:
                break
            at = sentence.skip_punct(at + 1)
        if not says or receiver is not None or verb.stance == "claims_responsibility":
            return None
        person = self.names.person(sentence, index + 1, objects=stance == "accuses")
        if person is not None:
            return quote(sentence, person, stance)
        speaker = self.names.speaker(sentence, at, verb.prepositions)
        if speaker is not None:
            return quote(sentence, speaker, stance, anaphoric=speaker.last == speaker.first + 1)
        surname = self.names.surname(sentence, sentence.skip_punct(index + 1))
        return quote(sentence, surname, stance, anaphoric=True) if surname is not None else None

    def _has_had_its_subject(self, sentence: Sentence, index: int) -> bool:
        """Whether a verb's subject stands before it: its ending shows the number only then ("أعلنوا الحداد")."""
        verbs = [a for a in sentence.analyses[index] if a.pos == "verb" and a.lexeme in self._verbs]
        return all(a.person == "3" and a.number in ("p", "d") for a in verbs)

    def _subject_before(self, sentence: Sentence, index: int, stance: str, says: bool) -> Quoted | None:
        """The source that stands before its verb at the head of a clause: "المرصد السوري أشار إلى"."""
        end = index
        if sentence.text(end - 1) in _RELATIVES:
            end -= 1  # "الجماعة التي أعلنت مسؤوليتها"
        while end > 0 and sentence.text(end - 1) in ("قد", "كان", "كانت", "كانوا", "بدوره", "بدورها"):
            end -= 1
        for mention in sentence.sources:
            whole = self.names.at(sentence, mention.first)
            if whole is None or set(mention.proclitics) & {"ل", "ب"} or _governed(sentence, mention.first):
                continue
            for name in (whole, mention):
                if 0 <= end - name.last <= 1:
                    return quote(sentence, name, stance)
        office = self._office_before(sentence, end)
        if office is not None:
            return quote(sentence, office, stance)
        if not says:
            return None
        topic = self._topic_before(sentence, end)
        if topic is not None:
            return quote(sentence, topic, stance)
        for actor in sentence.actors:
            first = min(actor.head, actor.first)
            heads = not set(actor.proclitics) & {"ل", "ب"} and not _governed(sentence, first)
            if heads and actor_at(sentence, first) is actor and 0 <= end - actor.last <= 1:
                return actor_source(sentence, actor, stance)
        return None

    def _topic_before(self, sentence: Sentence, end: int) -> SourceMention | None:
        """The source that heads its clause, with who speaks along or a relative clause between it and the verb.

        "لكن المرصد وأنصار الحزب ذكروا أن", "المتحدث باسم الجيش، الذي طلب عدم ذكر اسمه، قال إن".
        """
        for mention in sentence.sources:
            whole = self.names.at(sentence, mention.first)
            if whole is None or not 2 <= end - whole.last <= _TOPIC_REACH or _governed(sentence, mention.first):
                continue
            if set(mention.proclitics) & {"ل", "ب"} or self._speaks(sentence, whole.first):
                continue
            relative = sentence.text(whole.last) == "،" == sentence.text(end - 1)
            relative = relative and sentence.text(whole.last + 1) in _RELATIVES
            verbs = any(a.pos == "verb" for at in range(whole.last, end) for a in sentence.analyses[at])
            if relative or (sentence.text(whole.last)[0] == "و" and not verbs):
                return whole
        return None

    def _speaks(self, sentence: Sentence, first: int) -> bool:
        """Whether the verb before a source has it for its subject: "قال المرصد، الذي وثق القصف، أضاف"."""
        return first > 0 and any(a.pos == "verb" for a in sentence.analyses[first - 1])

    def _office_before(self, sentence: Sentence, end: int) -> SourceMention | None:
        """The office that stands before its verb: "وكان رئيس المجلس أعلن"; not "الدفاع أضاف", named before."""
        for office in sentence.phrases(self.names.offices):
            if not 0 < end - office.last <= _OFFICE_REACH or set(office.proclitics) & {"ل", "ب"}:
                continue
            whole = self.names.at(sentence, office.first)
            if whole is None or whole.last == whole.first + 1 or not 0 <= end - whole.last <= 1:
                continue
            if sentence.text(office.first - 1) != "الي" and not _governed(sentence, office.first):
                return whole
        return None

    def _quoted_by(self, sentence: Sentence, index: int, verb: ReportingVerb, chained: bool) -> list[Quoted]:
        """Whom the subject of "نقل" quotes: the source after "عن"; after "من" of "علم"."""
        for step in range(index + 1, min(len(sentence), index + _CHAIN_REACH)):
            if sentence.text(step) in verb.prepositions:
                source = self._source_at(sentence, step + 1, "states")
                if source is None and "عن" in verb.prepositions:
                    source = self._person_at(sentence, step + 1)
                return [replace(source, chained=chained)] if source is not None else []
        return []

    def _takes_up(self, sentence: Sentence, index: int) -> bool:
        """Whether a verb without subject opens a clause: "وأضافت أن", "وأشار في بيانه إلى"."""
        word = sentence.text(index)
        before = sentence.tokens[index - 1] if index else None
        opens = (
            before is None or before.kind in ("punct", "break") or before.text in ("كما", "ثم", "و", "حيث", "قد", "وقد")
        )
        readings = [a for a in sentence.analyses[index] if a.pos == "verb" and a.lexeme in self._verbs]
        spoken = any(a.person == "3" and a.voice != "p" for a in readings)
        if not spoken or not (opens or word[0] in "وف"):
            return False
        prepositions = {p for a in readings for p in self._verbs[a.lexeme].prepositions}
        at = index + 1
        while at < len(sentence) and at - index < _SUBJECT_REACH:
            word = sentence.text(at)
            day = next((d for d in sentence.dates if d.first == at), None)
            if word in _CLAUSE or word in prepositions or (word[:1] in prepositions and len(word) > 3):
                return True
            if any(a.pos == "masdar" for a in sentence.analyses[at]):
                return True
            if any(t.first == at and not t.finite for t in sentence.triggers):
                return True
            if word == "في" and at + 1 < len(sentence):
                at += 2
            elif day is not None:
                at = day.last
            elif word in _FILLERS or sentence.tokens[at].kind == "punct" or word[0] == "ل":
                at += 1
            else:
                return False
        return False

    # Phrases ----------------------------------------------------------------------------------------------------------

    def _after_phrase(self, sentence: Sentence, index: int, stance: str) -> Quoted | None:
        at = sentence.skip_punct(index)
        while sentence.bare(index - 1) in self.names.words.documents and self._qualifies(sentence, at):
            at = sentence.skip_punct(at + 1)  # "في تصريح صحفي لوكالة ..."
        if sentence.text(at) in ("ما", "لما") or self._verb_near(sentence, at):
            return None
        source = self._source_at(sentence, at, stance)
        if source is not None:
            return source
        if sentence.text(at) in _FILLERS:
            return None
        if sentence.text(at - 1) == '"' and sentence.bare(index - 1) in self.names.words.documents:
            return None  # 'في بيان "تمكنت الوحدة من ..."'
        person = self._person_at(sentence, at, stance)
        if person is not None and person.last < len(sentence) and sentence.tokens[person.last].kind == "word":
            return person if sentence.text(person.last) in STOP else None  # "وفق معايير مدروسة وضمن المشاريع"
        return person

    def _verb_near(self, sentence: Sentence, at: int) -> bool:
        """Whether a verb follows that names the source: "بحسب ما أفاد"."""
        return at < len(sentence) and self._verb_at(sentence, at) is not None

    def _announced(self, sentence: Sentence) -> list[Quoted]:
        """A source and a colon at the head of the sentence: "سانا: ثلاثة قتلى", "11:20 - مصادر محلية: ..."."""
        start = _past_hour(sentence)
        colon = next((i for i in range(start, min(start + 9, len(sentence))) if sentence.text(i) == ":"), None)
        if colon is None or colon + 2 >= len(sentence):
            return []
        source = self._source_at(sentence, start, "states")
        if source is None or any(p.head == start for p in sentence.places):
            return []  # "محافظة حلب: ..." says where
        if source.anaphoric and (sentence.kind != "title" or sentence.bare(start) in self.names.words.credits):
            return []
        after = sentence.skip_punct(source.last)
        seat = next((p for p in sentence.places if p.head == after + 1 and sentence.text(after) == "في"), None)
        if seat is not None:
            after = sentence.skip_punct(max(seat.last, seat.tail))  # "الدفاع المدني في حلب: ..."
        if sentence.text(after)[:1] == "ل" and colon - after <= _HEARER:
            after = colon  # "مصدر طبي لشبكتنا: ...", "المقاومة لـ«الصحيفة»: ..."
        return [source] if after == colon else []

    # Names ------------------------------------------------------------------------------------------------------------

    def _person_at(self, sentence: Sentence, index: int, stance: str = "states") -> Quoted | None:
        person = self.names.person(sentence, index)
        return quote(sentence, person, stance) if person is not None else None

    def _source_at(self, sentence: Sentence, index: int, stance: str, *, known_only: bool = False) -> Quoted | None:
        """The source that starts at a token, past a document that carries its words ("بيان لوزارة الدفاع").

        Args:
            sentence: The sentence.
            index: The token.
            stance: Stance of the verb or phrase before it.
            known_only: Take no actor and no anaphor: only a source that the lexicon knows.
        """
        at = sentence.skip_punct(index)
        if sentence.text(at) in _DEMONSTRATIVES:
            at += 1  # "وأشارت تلك المصادر"
        if at >= len(sentence) or strip_article(sentence.text(at).removeprefix("لل")) in self.names.words.hearers:
            return None
        if self._qualifies(sentence, at) and sentence.bare(at + 1) in self.names.words.documents:
            at += 1  # "بحسب آخر إحصائية لوزارة الصحة"
        at = self._past_number(sentence, at)
        back = anaphor(sentence, at, stance, self.names.words)
        mention = self.names.at(sentence, at)
        if back is not None and (mention is None or mention.last <= back.last):
            return back
        if mention is not None and strip_article(mention.name.split()[0] if mention.name else "") not in (
            "بيان",
            "البيان",
        ):
            if mention.generic and mention.last == at + 1 and _definite(sentence.text(at)):
                return None if known_only else quote(sentence, mention, stance, anaphoric=True)
            return quote(sentence, mention, stance)
        if self._is_document(sentence, at):
            return self._past_document(sentence, at, stance, known_only)
        if known_only:
            return None
        actor = actor_at(sentence, at)
        return actor_source(sentence, actor, stance) if actor is not None else None

    def _past_number(self, sentence: Sentence, at: int) -> int:
        """Past the number of sources: "ثلاثة مصادر أمنية"."""
        number = sentence.quantity_at(at) if sentence.marks[at] & Bit.QUANTITY else None
        return number.last if number is not None and self.names.at(sentence, number.last) is not None else at

    def _is_document(self, sentence: Sentence, at: int) -> bool:
        """Whether a document stands at a token, ل before it or not: "طبقا لبيان المتحدث"."""
        word = sentence.bare(at)
        return word in self.names.words.documents or word.removeprefix("ل") in self.names.words.documents

    def _past_document(self, sentence: Sentence, at: int, stance: str, known_only: bool) -> Quoted | None:
        index = sentence.skip_punct(at + 1)
        links = self.names.words.document_links | self.names.words.document_qualities
        while index < len(sentence) and index - at < _DOCUMENT_REACH:
            if sentence.text(index) not in links and not _made_by(sentence, index):
                break
            index = sentence.skip_punct(index + 1)
        if sentence.text(index) == "ل" and index + 1 < len(sentence):
            index += 1
        mention = self.names.at(sentence, index)
        if mention is not None:
            return quote(sentence, mention, stance)
        if known_only:
            return None
        actor = actor_at(sentence, index)
        if actor is not None:
            return actor_source(sentence, actor, stance)
        return anaphor(sentence, index, stance, self.names.words) if index < len(sentence) else None

    def _qualifies(self, sentence: Sentence, at: int) -> bool:
        """Whether an adjective of documents stands at a token: "صحفي" of "في تصريح صحفي"."""
        return sentence.text(at).removeprefix("ال") in self.names.words.document_qualities


def clauses_of(sentence: Sentence) -> list[int]:
    """Where clauses of what is said begin: the first words after "إن", "بأن" and the like."""
    return [index for index in range(1, len(sentence)) if sentence.text(index - 1) in _CLAUSE]


def _past_hour(sentence: Sentence) -> int:
    """Where the text of an entry begins that an hour opens ("13:30 - ...")."""
    if len(sentence) < 5 or sentence.tokens[0].kind != "number" or sentence.text(1) != ":":
        return 0
    if sentence.tokens[2].kind != "number":
        return 0
    return sentence.skip_punct(4 if sentence.text(3) in _DASHES else 3)


def _clause_follows(sentence: Sentence, index: int, verb: ReportingVerb) -> bool:
    words = [sentence.text(i) for i in range(index + 1, min(len(sentence), index + 11))]
    if verb.complement:
        return not verb.complement.isdisjoint(words)
    return any(w in _CLAUSE or w in verb.prepositions for w in words) or any(
        len(p) == 1 and w.startswith(p) and len(w) > 3 for p in verb.prepositions for w in words[:4]
    )


def _claims(sentence: Sentence, index: int) -> bool:
    """Whether what is announced is the speaker's own deed: "أعلن التنظيم في بيان مسؤوليته عن الهجوم"."""
    return any(c.first > index for c in sentence.cues_in(index, index + _CLAIM_REACH, "responsibility"))


def _made_by(sentence: Sentence, index: int) -> bool:
    """Whether a verb with its object joins a document and its author: "أرقام وضعتها الوكالة"."""
    known = sentence.analyses[index]
    return sentence.text(index).endswith(("تها", "ته")) and (not known or any(a.pos == "verb" for a in known))


def _as_somebody_says(sentence: Sentence, index: int) -> bool:
    """Whether a verb after "كما" names who said what stands before: "قتل اثنان، كما أبلغ شيخ الوكالة"."""
    return sentence.text(index - 1) == "كما" and sentence.text(index - 2) in ("،", ",")


def _makes_clear(sentence: Sentence, index: int) -> bool:
    """Whether بين is the verb: with its shadda, before أن, or at the head of a clause that أن goes on."""
    if sentence.text(index + 1) == "ان" or "ّ" in sentence.raw_text(index, index + 1):
        return True
    heads = index == 0 or sentence.tokens[index - 1].kind in ("punct", "break")
    return heads and any(sentence.text(i) == "ان" for i in range(index + 2, index + _CHAIN_REACH))


def _governed(sentence: Sentence, first: int) -> bool:
    """Whether a name is governed by the word before it: it does not head its clause."""
    before = sentence.skip_punct(first - 1, -1)
    return (
        first > 0 and before >= 0 and sentence.tokens[before].kind == "word" and sentence.text(before) not in _OPENERS
    )


def _definite(word: str) -> bool:
    return word.removeprefix("و").startswith(("ال", "لل"))


def _trim(text: str) -> str:
    """An attribution phrase without a final preposition that is written attached."""
    words = text.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in ("ل", "ب") else text


def _distinct(quotations: Iterable[list[Quoted]]) -> list[Quoted]:
    """Each source once, the longest reading of its name, quotations in text order."""
    found = [q for group in sorted(filter(None, quotations), key=lambda g: min(q.first for q in g)) for q in group]
    kept: list[Quoted] = []
    for quoted in found:
        longer = (q for q in found if q.named and q.first <= quoted.first < q.last)
        if all(q.last - q.first <= quoted.last - quoted.first for q in longer) and not any(
            k.first <= quoted.first < k.last for k in kept if k.named
        ):
            kept.append(quoted)
    return kept
