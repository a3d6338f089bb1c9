"""How far a source's name reaches: the words behind its head that belong to it."""

from __future__ import annotations

from conflict_events.arabic import PhraseMatcher, strip_article
from conflict_events.extraction.attribution.shapes import (
    BRACKETS,
    STOP,
    agrees,
    alias,
    counts,
    is_ali,
    keeps_nun,
    name_at,
    numbers_an_outlet,
    of_a_clause,
    of_other_gender,
    past_initials,
    starts_date,
    tells,
)
from conflict_events.extraction.attribution.words import SourceWords
from conflict_events.extraction.reading import Mention, Sentence, SourceMention
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set

__all__ = ["NameExtent"]

# "مصادر في الدفاع المدني", "مدير صحة حلب في حديث": only a name after them belongs to the name before.
_INSIDE = word_set("source_inside")
_CLAUSES = word_set("complements")
_LONGEST = 16
_REACH = 7
_HEARERS = frozenset({"media", "agency", "local_network"})
_NISBA_ENDINGS = ("ي", "يه", "يين", "يون")


class NameExtent:
    """Finds the end of a name."""

    def __init__(self, words: SourceWords, offices: PhraseMatcher) -> None:
        self._words = words
        self._offices = offices

    def after_head(self, sentence: Sentence, index: int) -> int:
        """One past the adjectives and names that belong to a head noun that ends before `index`; reads words only."""
        start = index
        definite = sentence.text(index - 1).startswith("ال")  # "أبلغ المصدر وكالة الأنباء"
        while index < len(sentence) and index - start < _REACH:
            token = sentence.tokens[index]
            if token.text in BRACKETS or token.text == ".":
                after = alias(sentence, index)
                if after == index:
                    break
                index = after
                continue
            if token.kind == "number" and numbers_an_outlet(sentence, index):
                return index + 1
            if token.kind in ("break", "punct", "number") or token.text in STOP or token.text in _INSIDE:
                break
            if token.text[0] in "ول" and not self._own_letter(token.text):
                break
            if token.text[0] == "و" and definite:
                break
            if any(a.pos == "verb" for a in sentence.analyses[index]) or tells(sentence, index):
                break
            if index - start < 2 and self._complete(sentence, index):
                break
            if counts(sentence, index) or of_a_clause(sentence, index) or self._circumstance(sentence, index):
                break
            if keeps_nun(sentence, index - 1) and not token.text.endswith(("ون", "ين")):
                break
            index += 1
        return index

    def whole(self, sentence: Sentence, head: int, index: int, *, grows: bool) -> int:
        """One past the last word of a name.

        Args:
            sentence: The sentence.
            head: Its first token.
            index: One past what the lexicon knows of it.
            grows: Whether bodies, places and the holder's name may follow.
        """
        start = index
        index = alias(sentence, index)
        if not grows:
            index = alias(sentence, index + 1) if self._is_nisba(sentence, index) else index
            return min(index, len(sentence))
        while index < len(sentence) and index - start < _LONGEST:
            after = self._further(sentence, head, start, index)
            if after == index:
                break
            index = after
        return min(index, len(sentence))

    def _further(self, sentence: Sentence, head: int, start: int, index: int) -> int:
        """One past the next part of a name; `index` where none follows."""
        word = sentence.text(index)
        inner = sentence.skip_punct(index + 1) if word in _INSIDE else index
        mention = name_at(sentence, inner)
        if word in self._words.called and index + 1 < len(sentence):
            return index + 1  # "شاهد يدعى محمد بشير"
        quoted = next((m for m in sentence.sources if word == '"' and m.first == index + 1), None)
        if quoted is not None and '"' in (sentence.text(quoted.last), sentence.text(quoted.last - 1)):
            return quoted.last + (sentence.text(quoted.last) == '"')  # 'موقع "تجمع أحرار حوران"'
        named = past_initials(sentence, index)
        if named > index and self.belongs(sentence, named, inside=True):
            return named + 1  # "مدير الجامعة أ.د. سالم حداد"
        if agrees(sentence, index):
            return alias(sentence, index + 1)
        if mention is not None and inner == index:
            hears = (start - head > 1 or sentence.text(head).startswith("ال")) and _hears(mention)
            return index if hears or not self._governs(sentence, head, index) else alias(sentence, mention.last)
        office = next((m for m in sentence.phrases(self._offices) if m.first == inner > index), None)
        if office is not None and mention is None:
            return alias(sentence, office.last)
        if mention is not None and not starts_date(sentence, inner):
            return alias(sentence, mention.last)
        if word in ("داخل", "باسم") and inner < len(sentence):
            return inner + 1
        titled = self._titled(sentence, head, index)
        if titled:
            return titled
        served = self._served(sentence, head, index)
        if served:
            return alias(sentence, served)
        return alias(sentence, index + 1) if self._goes_on(sentence, head, index) else index

    def _goes_on(self, sentence: Sentence, head: int, index: int) -> bool:
        """Whether the next word belongs to a name by its form alone."""
        word = sentence.text(index)
        if self._joins(sentence, head, index):
            return True
        if not self.belongs(sentence, index, inside=True) or (index - head == 2 and self._complete(sentence, index)):
            return False
        if index == head + 1 and self._anonymous(sentence, head) and word[0] == "ب" and len(word) > 4:
            return False  # "أفادت مصادر بحالات تمرد"
        if word[:2] != "ال" and sentence.text(index - 1).startswith("ال") and self._is_body(sentence, head):
            return False  # "نشرت الشرطة الإسرائيلية تعزيزات"
        return not keeps_nun(sentence, index - 1) or word.endswith(("ون", "ين"))

    def belongs(self, sentence: Sentence, index: int, *, inside: bool) -> bool:
        """Whether a word can be part of a name; `inside`: it is not its first."""
        token = sentence.tokens[index]
        word = token.text
        if token.kind == "latin":
            return inside
        if inside and is_ali(sentence, index):
            return True
        if token.kind != "word" or word in STOP or word in _INSIDE or starts_date(sentence, index):
            return False
        if any(t.first <= index < t.last and (t.form != "noun" or t.proclitics) for t in sentence.triggers):
            return False
        if inside and self._fights(sentence, index):
            return False
        if any(a.pos in ("verb", "masdar") for a in sentence.analyses[index]) or sentence.quantity_over(index):
            return False
        if of_a_clause(sentence, index) or self._circumstance(sentence, index):
            return False
        if word[0] == "و" and word not in self._words.in_waw and (inside or len(word) > 4):
            return not sentence.analyses[index] and self.rank(sentence, index - 1)  # "العقيد ونيس بوخمادة"
        if word[0] == "ل" and len(word) > 3 and inside:
            return word in self._words.purposes or word in self._words.in_lam or _is_surname(sentence, index)
        if inside and of_other_gender(sentence, index):
            return False
        return not (word.startswith(("بال", "كال")) and len(word) > 5)

    def ends(self, sentence: Sentence, index: int) -> bool:
        """Whether no name need go on at a token."""
        if index >= len(sentence):
            return True
        token = sentence.tokens[index]
        return token.kind in ("punct", "break") or token.text in STOP or token.text in _INSIDE or token.text[0] in "لبو"

    def _circumstance(self, sentence: Sentence, index: int) -> bool:
        """Whether a word goes on behind the name: "برئاسة", "صباح اليوم", "مقتل جندي", "رفض الكشف عن اسمه"."""
        word = sentence.text(index)
        if word in self._words.told:
            return word not in self._words.also_names or not self.rank(sentence, index - 1)  # "اللواء فضل حسن"
        day = index + 1 < len(sentence) and sentence.marks[index + 1] & Bit.DATE
        return word in self._words.circumstances or (word in self._words.hours and bool(day))

    def _fights(self, sentence: Sentence, index: int) -> bool:
        """Whether a word tells of fighters ("اتهمت المنظمة الحقوقية مسلحين") and is no rank.

        "العقيد عاطي القرشي" is of the name, and so is the adjective of "المجلس العسكري" and "قائد عسكري".
        """
        person = sentence.persons.get(index)
        fights = person is not None and person.noun is not None and person.noun.group == "combatants"
        word, before = sentence.text(index), sentence.text(index - 1)
        adjective = word.endswith(("ي", "يه")) and word.startswith("ال") == before.startswith("ال")
        adjective = adjective and (
            word.startswith("ال") or any(m.last == index for m in sentence.phrases(self._offices))
        )
        return fights and not (adjective or self.rank(sentence, index) or self.rank(sentence, index - 1))

    def rank(self, sentence: Sentence, index: int) -> bool:
        """Whether a rank or title stands at a token: "العقيد", "الدكتورة"."""
        offices = sentence.phrases(self._offices)
        return sentence.text(index).startswith("ال") and any(m.first <= index < m.last for m in offices)

    def _titled(self, sentence: Sentence, head: int, index: int) -> int:
        """One past the title further on with which the holder's name begins; 0 where there is none.

        "نائب قائد العمليات الخاصة اللواء سامي محمود", "قائد معركة العند، اللواء فضل حسن".
        """
        if not any(m.first == head for m in sentence.phrases(self._offices)) or self._is_body(sentence, head):
            return 0
        for at in range(index, min(len(sentence) - 1, index + _REACH)):
            if self.rank(sentence, at) and at > head + 1:
                return at + 1 if self.belongs(sentence, at + 1, inside=True) else 0
            token = sentence.tokens[at]
            comma = token.text == "،" and self.rank(sentence, at + 1)
            known = starts_date(sentence, at) or any(a.pos in ("verb", "masdar") for a in sentence.analyses[at])
            if not comma and (token.kind != "word" or known or (token.text in STOP and token.text not in _INSIDE)):
                return 0
        return 0

    def _complete(self, sentence: Sentence, index: int) -> bool:
        """Whether what is told begins behind an indefinite source with its adjective.

        "أكد مصدر طبي الحصيلة", "أكدت مصادر عسكرية نجاح الهجوم"; but "مصدر أمني رفيع المستوى" is of a high level.
        """
        word, adjective = sentence.text(index), sentence.text(index - 1)
        if not self._anonymous(sentence, index - 2) or not adjective.endswith(_NISBA_ENDINGS):
            return False
        construct = sentence.text(index + 1).startswith("ال") and word not in self._words.degrees
        return word.startswith("ال") or (construct and not word.endswith(_NISBA_ENDINGS))

    def _anonymous(self, sentence: Sentence, head: int) -> bool:
        """Whether a source is an indefinite "source" or "witness"."""
        return sentence.text(head).removeprefix("و") in self._words.anonymous

    def _joins(self, sentence: Sentence, head: int, index: int) -> bool:
        """Whether و joins two parts of one name: "وزير الشؤون الاجتماعية والعمل", "لجنة أهالي الأسرى والمعتقلين".

        Not two sources: "قال مدير المستشفى والطبيب إن".
        """
        word, before = sentence.text(index), sentence.text(index - 1)
        if not word.startswith("وال") or not before.startswith("ال") or sentence.text(head).startswith("ال"):
            return False
        offices = any(m.first == index for m in sentence.phrases(self._offices))
        if offices or any(m.first == index for m in [*sentence.sources, *sentence.places]):
            return False
        people = index in sentence.persons or any(min(a.head, a.first) == index for a in sentence.actors)
        return not people or word.endswith("ين")  # a genitive is of the name

    def _governs(self, sentence: Sentence, head: int, index: int) -> bool:
        """Whether a name can be annexed to the words before it.

        Not to a plural that keeps its ن ("ناشطون"), nor to a head with its adjective ("اتهم مسؤول محلي الحوثيين",
        "حملت السلطات التركية تنظيم داعش المسؤولية").
        """
        if keeps_nun(sentence, index - 1) or of_other_gender(sentence, index):
            return False
        adjective = sentence.text(index - 1)
        if index - head != 2 or len(adjective) < 4 or not adjective.endswith(_NISBA_ENDINGS):
            return True
        if strip_article(adjective) in self._words.served:
            return True  # "رئيس بلدية نيويورك"
        definite = adjective.startswith("ال")
        if definite != sentence.text(head).removeprefix("و").startswith("ال"):
            return True
        return definite and not self._is_body(sentence, head)

    def _is_body(self, sentence: Sentence, head: int) -> bool:
        """Whether a source is no person: "السلطات", "وزارة"."""
        word = sentence.text(head)
        return strip_article(word) in self._words.served or sentence.bare(head) in self._words.served

    def _own_letter(self, word: str) -> bool:
        """Whether the و or ل before a word belongs to a name: "وزارة", "لحقوق الإنسان"."""
        return word in self._words.in_waw or word in self._words.in_lam or word in self._words.purposes

    def _is_nisba(self, sentence: Sentence, index: int) -> bool:
        """A definite adjective of origin or kind after a name: "وكالة أنباء النظام السوري"."""
        word = sentence.text(index)
        nisba = len(word) > 5 and word.startswith("ال") and word.endswith(("ي", "يه"))
        return nisba and self.belongs(sentence, index, inside=True)

    def _served(self, sentence: Sentence, head: int, index: int) -> int:
        """One past the body after ل whose office this is: "الناطق الإعلامي لشرطة مكة المكرمة"; 0 where none is.

        Whom an office tells something is no part of it: "قال المتحدث لوكالة الأنباء".
        """
        if sentence.text(index)[:1] != "ل" or strip_article(sentence.text(head)) not in self._words.offices:
            return 0
        for mention in sentence.sources:
            if mention.first == index and "ل" in mention.proclitics:
                return mention.last if mention.source_type not in _HEARERS else 0
        for actor in sentence.actors:
            if min(actor.head, actor.first) == index:
                return actor.last
        body = sentence.text(index)[1:].removeprefix("ل")
        return index + 1 if body in self._words.served | self._words.offices else 0


def _hears(mention: Mention) -> bool:
    """Whether a name is of an outlet that hears what is said: "أبلغ شهود عيان رويترز"."""
    return isinstance(mention, SourceMention) and mention.source_type == "agency" and not mention.generic


def _is_surname(sentence: Sentence, index: int) -> bool:
    """Whether a word that begins with ل ends a person's name: "وزير الدفاع جان لودريان إن", not "جان سالم لصحيفة"."""
    known = sentence.analyses[index] or sentence.analyses[index - 1]
    if known or sentence.text(index - 1).startswith("ال") or any(m.first == index for m in sentence.sources):
        return False
    after = index + 1
    return after >= len(sentence) or sentence.text(after) in _CLAUSES or sentence.tokens[after].kind == "punct"
