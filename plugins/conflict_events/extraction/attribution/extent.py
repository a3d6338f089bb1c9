"""How far a source's name reaches: the words behind its head that belong to it."""

from __future__ import annotations

from conflict_events.arabic import PhraseMatcher, strip_article
from conflict_events.extraction.attribution.words import SourceWords
from conflict_events.extraction.reading import Mention, Sentence, SourceMention
from conflict_events.extraction.vocabulary import Bit

__all__ = ["STOP", "NameExtent", "alias"]

STOP = frozenset(
    "ل فان فانه فانها فانهم اذ ان انه انها انهم بان بانه بانها بانهم عن علي قوله قولها قايلا قايله قايلين ما"
    " التي الذي الذين حيث قد لم لن كما مع الي و او ثم بعد قبل"
    " خلال عبر حينها عند ضمن حول بحسب وفق هذا هذه ذلك تلك هو هي هم كانت كان لا ليس امس اليوم".split()
)
# "مصادر في الدفاع المدني", "مدير صحة حلب في حديث": only a name after them belongs to the name before.
_INSIDE = frozenset("في من داخل لدي باسم بمدينه بريف".split())
_LONGEST = 16
_REACH = 7
# Particles that open the next phrase: who is told, who else speaks.
_OUTSIDE = frozenset("لوفك")
_HEARERS = frozenset({"media", "agency", "local_network"})
_BRACKETS = {"(": ")", '"': '"', "'": "'", "[": "]", "<": ">", "{": "}"}
_PRONOUNS = ("ها", "هم", "هما", "هن")
_NISBA_ENDINGS = ("ي", "يه", "يين", "يون")


class NameExtent:
    """Finds the end of a name."""

    def __init__(self, words: SourceWords, offices: PhraseMatcher) -> None:
        self._words = words
        self._offices = offices

    def after_head(self, sentence: Sentence, index: int) -> int:
        """One past the adjectives and names that belong to a head noun that ends before `index`; reads words only."""
        start = index
        while index < len(sentence) and index - start < _REACH:
            token = sentence.tokens[index]
            if token.text in _BRACKETS or token.text == ".":
                after = alias(sentence, index)
                if after == index:
                    break
                index = after
                continue
            if token.kind == "number" and _numbers_an_outlet(sentence, index):
                return index + 1
            if token.kind in ("break", "punct", "number") or token.text in STOP or token.text in _INSIDE:
                break
            if token.text[0] in "ول" and not self._own_letter(token.text):
                break
            if any(a.pos == "verb" for a in sentence.analyses[index]) or _tells(sentence, index):
                break
            if index - start < 2 and self._complete(sentence, index):
                break
            if _counts(sentence, index) or _of_a_clause(sentence, index) or self._circumstance(sentence, index):
                break
            if _keeps_nun(sentence, index - 1) and not token.text.endswith(("ون", "ين")):
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
        if not grows and self._is_nisba(sentence, index):
            index = alias(sentence, index + 1)
        while grows and index < len(sentence) and index - start < _LONGEST:
            word = sentence.text(index)
            inner = sentence.skip_punct(index + 1) if word in _INSIDE else index
            mention = _name_at(sentence, inner)
            if word in self._words.called and index + 1 < len(sentence):
                index += 1  # "شاهد يدعى محمد بشير"
                continue
            if mention is not None and inner == index and not _governs(sentence, head, index):
                break
            if mention is not None and inner == index and start - head > 1 and _hears(mention):
                break
            office = next((m for m in sentence.phrases(self._offices) if m.first == inner > index), None)
            if office is not None and mention is None:
                index = alias(sentence, office.last)
                continue
            if mention is not None and (inner == index or not _starts_date(sentence, inner)):
                index = alias(sentence, mention.last)
                continue
            if word in ("داخل", "باسم") and inner < len(sentence):
                index = inner + 1
                continue
            served = self._served(sentence, head, index)
            if served:
                index = alias(sentence, served)
                continue
            if not self.belongs(sentence, index, inside=True) or (
                index - head == 2 and self._complete(sentence, index)
            ):
                break
            if _keeps_nun(sentence, index - 1) and not word.endswith(("ون", "ين")):
                break
            index = alias(sentence, index + 1)
        return min(index, len(sentence))

    def belongs(self, sentence: Sentence, index: int, *, inside: bool) -> bool:
        """Whether a word can be part of a name; `inside`: it is not its first."""
        token = sentence.tokens[index]
        word = token.text
        if token.kind == "latin":
            return inside
        if inside and _is_ali(sentence, index):
            return True
        if token.kind != "word" or word in STOP or word in _INSIDE or _starts_date(sentence, index):
            return False
        if any(t.first <= index < t.last and (t.form != "noun" or t.proclitics) for t in sentence.triggers):
            return False
        if inside and self._fights(sentence, index):
            return False
        if any(a.pos in ("verb", "masdar") for a in sentence.analyses[index]) or sentence.quantity_over(index):
            return False
        if _of_a_clause(sentence, index) or self._circumstance(sentence, index):
            return False
        if word[0] == "و" and word not in self._words.in_waw and (inside or len(word) > 4):
            return not sentence.analyses[index] and self.rank(sentence, index - 1)  # "العقيد ونيس بوخمادة"
        if word[0] == "ل" and len(word) > 3 and inside:
            return word in self._words.purposes or word in self._words.in_lam
        if inside and _of_other_gender(sentence, index):
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
        day = index + 1 < len(sentence) and sentence.marks[index + 1] & Bit.DATE
        return word in self._words.circumstances | self._words.told or (word in self._words.hours and bool(day))

    def _fights(self, sentence: Sentence, index: int) -> bool:
        """Whether a word tells of fighters ("اتهمت المنظمة الحقوقية مسلحين") and is no rank.

        "العقيد عاطي القرشي" is of the name, and so is the adjective of "المجلس العسكري".
        """
        person = sentence.persons.get(index)
        fights = person is not None and person.noun is not None and person.noun.group == "combatants"
        word, before = sentence.text(index), sentence.text(index - 1)
        adjective = word.startswith("ال") and word.endswith(("ي", "يه")) and before.startswith("ال")
        return fights and not (adjective or self.rank(sentence, index) or self.rank(sentence, index - 1))

    def rank(self, sentence: Sentence, index: int) -> bool:
        """Whether a rank or title stands at a token: "العقيد", "الدكتورة"."""
        offices = sentence.phrases(self._offices)
        return sentence.text(index).startswith("ال") and any(m.first <= index < m.last for m in offices)

    def _complete(self, sentence: Sentence, index: int) -> bool:
        """Whether an indefinite source with its adjective stands before a definite noun: "أكد مصدر طبي الحصيلة"."""
        word, adjective, head = (sentence.text(i) for i in (index, index - 1, index - 2))
        anonymous = head.removeprefix("و") in self._words.anonymous
        return anonymous and word.startswith("ال") and adjective.endswith(_NISBA_ENDINGS)

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
        return index + 1 if sentence.text(index)[1:].removeprefix("ل") in self._words.served else 0


def alias(sentence: Sentence, last: int) -> int:
    """Past what is glued to a name or explains it: 'الدفاع المدني (الخوذ البيضاء)', "السورية.نت"."""
    while last < len(sentence):
        text = sentence.text(last)
        if text in (".", "-") and 0 < last < len(sentence) - 1:
            before, dot, after = sentence.tokens[last - 1 : last + 2]
            if before.end == dot.start and dot.end == after.start and after.kind in ("word", "latin"):
                last += 2
                continue
            return last
        closer = _BRACKETS.get(text)
        if closer is None:
            return last
        glued = sentence.tokens[last - 1].end == sentence.tokens[last].start
        if text == closer and glued:
            # The closing quote of a name that opened before.
            last += 1
            continue
        end = next((i for i in range(last + 1, min(len(sentence), last + 7)) if sentence.text(i) == closer), None)
        if end is None or not all(_names_only(sentence, i, text) for i in range(last + 1, end)):
            return last
        last = end + 1
    return last


def _name_at(sentence: Sentence, index: int) -> Mention | None:
    """A source, actor or place that starts at a token."""
    for mention in sentence.sources:
        if mention.first == index:
            return None if set(mention.proclitics) & _OUTSIDE else mention
    for actor in sentence.actors:
        if min(actor.head, actor.first) == index and not set(actor.proclitics) & _OUTSIDE:
            return actor
    for place in sentence.places:
        if min(place.head, place.first) == index and "و" not in place.proclitics:
            return Mention(index, max(place.last, place.tail))
    return None


def _of_other_gender(sentence: Sentence, index: int) -> bool:
    """Whether a plural of people stands behind a feminine adjective: "اتهمت الحكومة الأوكرانية الانفصاليين"."""
    word, before = sentence.text(index), sentence.text(index - 1)
    return word.endswith("ين") and before.endswith("يه") and word.startswith("ال") and before.startswith("ال")


def _hears(mention: Mention) -> bool:
    """Whether a name is of an outlet that hears what is said: "أبلغ شهود عيان رويترز"."""
    return isinstance(mention, SourceMention) and mention.source_type == "agency" and not mention.generic


def _governs(sentence: Sentence, head: int, index: int) -> bool:
    """Whether a name can be annexed to the words before it.

    Not to a plural that keeps its ن ("ناشطون"), nor to a head with its indefinite adjective (as in
    "اتهم مسؤول محلي الحوثيين").
    """
    if _keeps_nun(sentence, index - 1) or _of_other_gender(sentence, index):
        return False
    adjective = sentence.text(index - 1)
    complete = index - head == 2 and adjective.endswith(_NISBA_ENDINGS) and len(adjective) > 3
    return not (complete and not adjective.startswith("ال") and not sentence.text(head).startswith("ال"))


def _starts_date(sentence: Sentence, index: int) -> bool:
    return any(d.first <= index < d.last for d in sentence.dates)


def _keeps_nun(sentence: Sentence, index: int) -> bool:
    """Whether no name can be annexed to a plural: "ناشطون" keeps its ن."""
    return sentence.text(index).endswith("ون") and any(a.number == "p" for a in sentence.analyses[index])


def _tells(sentence: Sentence, index: int) -> bool:
    """Whether ب opens what is told: "أفادت مصادر الصحيفة بمقتل ثلاثة"."""
    if sentence.text(index) == "ب":
        return True
    return any(a.pos in ("masdar", "noun") and "ب" in a.proclitics for a in sentence.analyses[index])


def _counts(sentence: Sentence, index: int) -> bool:
    """Whether a number in words begins what is told: "أكدت وزارة الداخلية ثلاثة قتلى"."""
    return bool(sentence.marks[index] & Bit.QUANTITY) and sentence.quantity_at(index) is not None


def _numbers_an_outlet(sentence: Sentence, index: int) -> bool:
    """Whether a number closes a name: "شبكة درعا 24 أن", "القناة 12،"."""
    after = sentence.text(index + 1)
    name = len(sentence.text(index)) == 2 and index > 0 and sentence.tokens[index - 1].kind in ("word", "latin")
    return name and (after in STOP or not after or sentence.tokens[index + 1].kind == "punct")


def _of_a_clause(sentence: Sentence, index: int) -> bool:
    """Whether a word's form shows that it is no noun of a name.

    An accusative with its tanwin ("استمرارًا"), a noun with a pronoun ("تمكنها"), a verb in the plural ("يراقبون"), ب
    alone before what follows.
    """
    word = sentence.text(index)
    if len(word) == 1:
        return word == "ب" and len(sentence.text(index + 1)) > 1
    if sentence.analyses[index] or word.startswith("ال"):
        return word.endswith("ا") and sentence.raw_text(index, index + 1).endswith(("ًا", "اً"))
    if word.endswith("ا") and sentence.raw_text(index, index + 1).endswith(("ًا", "اً")):
        return True
    if len(word) > 4 and word.endswith(_PRONOUNS):
        return True
    return len(word) > 4 and word[0] in "يت" and word.endswith("ون") and word[-3] != "ي"


def _is_ali(sentence: Sentence, index: int) -> bool:
    """Whether علي is a man's name and not the preposition that folding makes of it: "علي الأحمدي، أن"."""
    if sentence.text(index) != "علي" or sentence.raw_text(index, index + 1) != "علي":
        return False
    after = index + 1
    surname = sentence.text(after)
    named = after < len(sentence) and sentence.tokens[after].kind == "word" and not sentence.analyses[after]
    place = any(p.first == after for p in sentence.places) and not (surname.startswith("ال") and surname.endswith("ي"))
    return named and not place and surname not in STOP


def _names_only(sentence: Sentence, index: int, opener: str) -> bool:
    """Whether a word within brackets or quotes may be of a name; a number only within quotes: «السهل 24»."""
    token = sentence.tokens[index]
    if token.kind == "break" or token.text in "،:؛":
        return False
    if opener != '"' and (token.kind == "number" or token.text in STOP):
        return False  # «السهل 24», «اليوم السابع»
    return not any(a.pos == "verb" for a in sentence.analyses[index])
