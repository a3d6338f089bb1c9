"""Names of sources: those of the lexicon, heads that a name follows, offices with their holder, unknown persons."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from conflict_events.arabic import Phrase, PhraseMatcher, fold_word, strip_article
from conflict_events.extraction.attribution.extent import NameExtent
from conflict_events.extraction.attribution.shapes import STOP, alias, past_initials
from conflict_events.extraction.attribution.words import SourceWords
from conflict_events.extraction.names import name_end
from conflict_events.extraction.reading import ActorMention, Sentence, SourceMention
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set
from conflict_events.lexicon import Lexicon, SourceTerm

__all__ = ["COMPLEMENTS", "SourceNames", "raw_name"]

_ORDINARY = word_set("no_names")
_PERSON = 4
COMPLEMENTS = word_set("complements")


class SourceNames:
    """Finds names of sources."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = SourceWords.of(lexicon)
        self._heads = {lexeme: term for term in lexicon.sources for lexeme in term.lexemes if not term.quoted_only}
        anywhere: list[Phrase[SourceTerm]] = []
        quoted: list[Phrase[SourceTerm]] = []
        for term in lexicon.sources:
            into = quoted if term.quoted_only else anywhere
            into += [Phrase(name, term, "exact" if _needs_article(name) else "optional") for name in term.names]
        self.names = PhraseMatcher(anywhere)
        self.offices = PhraseMatcher(quoted)
        self._extent = NameExtent(self.words, self.offices)

    @property
    def head_lexemes(self) -> Iterable[str]:
        """Lexemes of nouns that a source's name begins with ("مصدر", "مراسل")."""
        return self._heads

    def mentions(self, sentence: Sentence) -> list[SourceMention]:
        """Named and generic sources of a sentence, quoted or not, in text order."""
        found = []
        covered: set[int] = set()
        for match in sentence.phrases(self.names):
            term: SourceTerm = match.payload
            last = self._extent.after_head(sentence, match.last) if term.combines else match.last
            found.append(self._mention(sentence, match.first, last, match.proclitics, term))
            covered.update(range(match.first, found[-1].last))
        for index in sentence.marked(Bit.SOURCE):
            if index in covered:
                continue
            for analysis in sentence.analyses[index]:
                head = self._heads.get(analysis.lexeme)
                if head is None:
                    continue
                last = self._extent.after_head(sentence, index + 1)
                found.append(self._mention(sentence, index, last, "".join(analysis.proclitics), head))
                covered.update(range(index, found[-1].last))
                break
        return sorted(found, key=lambda m: m.first)

    def _mention(self, sentence: Sentence, first: int, last: int, proclitics: str, term: SourceTerm) -> SourceMention:
        last = alias(sentence, last)
        name = raw_name(sentence, first, last, proclitics)
        own_voice = sentence.bare(first) in self.words.own_outlet
        return SourceMention(first, last, proclitics, name, term.source_type, term.generic, own_voice)

    def at(self, sentence: Sentence, index: int) -> SourceMention | None:
        """The source whose name starts at a token, the whole of it, or None.

        "مصادر في الدفاع المدني السوري", 'مراسل "أورينت نت" مناف هاشم', "المتحدث باسم وزارة الصحة حسام عبد الغفار".
        """
        index = sentence.skip_punct(index)
        known = next((m for m in sentence.sources if m.first == index), None)
        office = next((m for m in sentence.phrases(self.offices) if m.first == index), None)
        if office is not None and (known is None or office.last > known.last):
            term: SourceTerm = office.payload
            last = self._extent.whole(sentence, index, office.last, grows=True)
            last = self._apposition(sentence, last)
            source_type = self._held(sentence, office.last, last) or term.source_type
            name = raw_name(sentence, index, last, office.proclitics)
            return SourceMention(index, last, office.proclitics, name, source_type, True)
        if known is None:
            return self._titled(sentence, index) or self.one_of(sentence, index)
        end = name_end(sentence, known.last) if known.own_voice else known.last
        if end > known.last:  # "مراسلنا طه المحمود" is a man of that name
            return SourceMention(index, end, known.proclitics, raw_name(sentence, known.last, end, ""), "media")
        holder = strip_article(sentence.bare(known.first)) in self.words.holders
        last = self._extent.whole(sentence, index, known.last, grows=known.generic or holder)
        if known.generic or holder:
            last = self._apposition(sentence, last)
        if last == known.last:
            return known
        source_type = (
            self._held(sentence, known.last, last) if known.source_type == "unnamed" else ""
        ) or known.source_type
        name = raw_name(sentence, index, last, known.proclitics)
        return SourceMention(index, last, known.proclitics, name, source_type, known.generic, known.own_voice)

    def _titled(self, sentence: Sentence, index: int) -> SourceMention | None:
        """A person whose title is written with its first letters: "د. سالم العمري مدير المستشفى"."""
        start = past_initials(sentence, index)
        if start == index or not self._extent.belongs(sentence, start, inside=True):
            return None
        last = self._extent.whole(sentence, index, start + 1, grows=True)
        if last - start < 2:
            return None
        name = raw_name(sentence, index, last, "")
        return SourceMention(index, last, "", name, self._held(sentence, start, last) or "unnamed", False)

    def _apposition(self, sentence: Sentence, last: int) -> int:
        """Past the holder's name between commas: "الأمين العام للمجلس، الدكتور محمد سالم، إن", "حاكم بلخ، عطا نور"."""
        if sentence.text(last).startswith("بال"):
            holder = self.person(sentence, last + 1)  # "القيادي في المقاومة بالجنوب سالم حداد"
            return holder.last if holder is not None else last
        if sentence.text(last) != "،":
            return last
        if self._extent.rank(sentence, last + 1):
            end = self._extent.whole(sentence, last + 1, last + 2, grows=True)
            return end if end > last + 2 and self._extent.ends(sentence, end) else last
        holder = self.person(sentence, last + 1)
        after = sentence.text(holder.last) if holder is not None else ""
        return holder.last if holder is not None and (after == "،" or after in COMPLEMENTS) else last

    @staticmethod
    def _held(sentence: Sentence, first: int, last: int) -> str:
        """Type of the body inside a name: "مصادر في الدفاع المدني" is civil defence."""
        for mention in sentence.sources:
            if first <= mention.first < last and mention.source_type != "unnamed":
                return mention.source_type
        for actor in sentence.actors:
            if first <= actor.first < last:
                return actor_type(actor)
        return ""

    def surname(self, sentence: Sentence, index: int) -> SourceMention | None:
        """A single unknown word where a subject is expected: "وقال حزام إن"."""
        if index >= len(sentence) or sentence.tokens[index].kind != "word" or sentence.analyses[index]:
            return None
        word = sentence.text(index)
        plain = strip_article(word) not in self.words.no_source and word not in _ORDINARY and len(word) > 2
        if (
            not plain
            or not self._extent.belongs(sentence, index, inside=True)
            or any(p.first == index for p in sentence.places)
        ):
            return None
        if not self._extent.ends(sentence, index + 1) or word.endswith(("ه", "هم", "ها", "نا")):
            return None
        return SourceMention(index, index + 1, "", raw_name(sentence, index, index + 1, ""), "unnamed", False)

    def within_quotes(self, sentence: Sentence, index: int, source_type: str) -> SourceMention | None:
        """A name in quotes, known or not: 'شبكات محلية منها "صوت الساحل"'."""
        if sentence.text(index) != '"':
            return None
        end = next((i for i in range(index + 1, min(len(sentence), index + 7)) if sentence.text(i) == '"'), None)
        if end is None or end == index + 1:
            return None
        return SourceMention(index + 1, end, "", raw_name(sentence, index + 1, end, ""), source_type)

    def person(self, sentence: Sentence, start: int, *, objects: bool = False) -> SourceMention | None:
        """A person or body that the lexicon does not know: "بيل أوربان" before a clause, a comma or a bracket.

        Args:
            sentence: The sentence.
            start: The first word.
            objects: Whether the object of the verb before may stand there as well ("دانت الجريمة").
        """
        start = sentence.skip_punct(start)
        index = start
        while index < len(sentence) and index - start < _PERSON + 2:
            token = sentence.tokens[index]
            if token.text == '"' and index > start:
                break
            if token.kind not in ("word", "latin") or not self._extent.belongs(sentence, index, inside=index > start):
                break
            if index - start >= 2 and self._is_office(sentence, index):
                break  # "كما ذكر كاوه زيباري مسؤول الإعلام"
            index += 1
        words = [sentence.text(i) for i in range(start, index)]
        if not 2 <= len(words) <= _PERSON or not (
            self._extent.ends(sentence, index) or self._is_office(sentence, index)
        ):
            return None
        first = words[0]
        if sentence.analyses[start] or first in _ORDINARY or strip_article(first) in self.words.no_source:
            return None
        if first.startswith(("لل", "بال", "وال", "كال")) or any(p.first == start for p in sentence.places):
            return None
        if any(strip_article(w) in self.words.no_source for w in words) or any(
            w[0] in "لب" and len(w) > 4 for w in words[:1]
        ):
            return None
        if first.startswith("ال") and (objects or (len(words) == 2 and not words[1].startswith("ال"))):
            return None  # "دانت الجريمة الإرهابية"
        office = self.at(sentence, index + 1) if sentence.text(index) == "،" else None
        source_type = office.source_type if office is not None else "unnamed"
        return SourceMention(start, index, "", raw_name(sentence, start, index, ""), source_type, False)

    def one_of(self, sentence: Sentence, index: int) -> SourceMention | None:
        """Somebody of a group that need not be known: "أحد الناجين", "إحدى السيدات", "أحد أقاربه"."""
        if sentence.text(index) not in self.words.one_of or index + 1 >= len(sentence):
            return None
        group = sentence.text(index + 1)
        known = any(min(a.head, a.first) == index + 1 for a in sentence.actors)
        of_a_group = known or index + 1 in sentence.persons or (group.startswith("ال") and group.endswith(("ين", "ات")))
        if not of_a_group or sentence.marks[index + 1] & Bit.DATE:
            return None
        last = self._extent.whole(sentence, index, index + 2, grows=True)
        return SourceMention(index, last, "", raw_name(sentence, index, last, ""), "witness", True)

    def speaker(self, sentence: Sentence, start: int, prepositions: Collection[str]) -> SourceMention | None:
        """Unknown people or an unknown title before what they say: "الكاتب سامي الحداد إن", "يمنيون إن".

        Args:
            sentence: The sentence.
            start: The first word.
            prepositions: Those of the verb, which a title with its name may stand before: "حذر الكاتب سامي الحداد من".
        """
        index = sentence.skip_punct(start)
        first = sentence.text(index)
        person = sentence.persons.get(index)
        people = first.endswith("يون") and len(first) > 5
        if person is None and not people and not (first.startswith("ال") and len(first) > 4):
            return None
        if not self._extent.belongs(sentence, index, inside=False) or strip_article(first) in self.words.no_source:
            return None
        if any(p.first == index for p in sentence.places):
            return None
        last = self._extent.whole(sentence, index, index + 1, grows=True)
        after = sentence.skip_punct(last)
        named = last - index > 2 and sentence.text(after) in prepositions
        if sentence.text(after) not in COMPLEMENTS and not people and not named:
            return None
        return SourceMention(index, last, "", raw_name(sentence, index, last, ""), "unnamed", False)

    def _is_office(self, sentence: Sentence, index: int) -> bool:
        """Whether an office that somebody holds starts at a token."""
        return any(m.first == index for m in sentence.phrases(self.offices)) or (
            index < len(sentence) and any(a.lexeme in self._heads for a in sentence.analyses[index])
        )


def _needs_article(name: str) -> bool:
    """Whether a name without its articles is other words: "عفرين الآن" and "في عفرين أن"."""
    return any(strip_article(word) in STOP for word in fold_word(name).split() if word.startswith("ال"))


def actor_type(actor: ActorMention) -> str:
    """Source type of an actor that speaks for itself."""
    kind = actor.actor.kind if actor.actor is not None else ""
    return "government" if kind == "state" else "witness" if kind == "civilian" else "armed_group"


def raw_name(sentence: Sentence, first: int, last: int, proclitics: str) -> str:
    """The words as written, without attached particles and outer quotes."""
    raw = sentence.raw_text(first, last).strip(" \"'“”«»‹›")
    for letter in proclitics:
        raw = raw.removeprefix(letter)
    if "ل" in proclitics and raw.startswith("ل") and not raw.startswith("لا"):
        raw = "ا" + raw
    raw = raw.strip(" \"'“”«»‹›")
    for left, right in (("“", "”"), ("«", "»"), ("‹", "›"), ("(", ")")):
        if raw.count(left) > raw.count(right):
            raw += right
    if raw.count('"') % 2 == 0:
        return raw
    at = raw.find('"')
    return raw + '"' if at == 0 or raw[at - 1] == " " else raw.replace('"', "")  # a closing quote of one outside
