"""Names of sources: those of the lexicon, heads that a name follows, offices with their holder, unknown persons."""

from __future__ import annotations

from collections.abc import Iterable

from conflict_events.arabic import Phrase, PhraseMatcher, strip_article
from conflict_events.extraction.reading import ActorMention, Mention, Sentence, SourceMention
from conflict_events.extraction.vocabulary import Bit
from conflict_events.lexicon import Lexicon, SourceTerm

__all__ = ["SourceNames", "raw_name"]

_STOP = frozenset(
    "ل فان فانه فانها فانهم اذ ان انه انها انهم بان بانه بانها بانهم عن علي قوله قولها قايلا قايله قايلين ما"
    " التي الذي الذين حيث قد لم لن كما مع الي و او ثم بعد قبل"
    " خلال عبر حينها عند ضمن حول بحسب وفق هذا هذه ذلك تلك هو هي هم كانت كان لا ليس امس اليوم مقتل اصابه انفجار"
    " قصف".split()
)
# "مصادر في الدفاع المدني", "مدير صحة حلب في حديث": only a name after them belongs to the name before.
_INSIDE = frozenset("في من داخل لدي باسم بمدينه بريف".split())
# Words with ل that belong to names of bodies: "... لحقوق الإنسان", "... للأنباء".
_PURPOSE = frozenset(
    "لحقوق للانباء للدراسات للاعلام للتحرير للصحه لشوون للشوون لتوثيق للتوثيق للاغاثه للتنميه للبحوث للابحاث"
    " لرصد للرصد"
    " للصحافه للاستجابه لتنسيق للعمليات للمصالحه للدفاع للاجيين للطيران للجيش للقوات للقايد لمكافحه للطواري"
    " لقوات لقوي".split()
)
_NAMES_IN_WAW = frozenset(
    "وزاره وزير وكاله وكالات وحده وحدات وسايل وسيله وجيه وجهاء والي ولايه وايل وليد وسام وفد".split()
)
_NAMES_IN_LAM = frozenset("لبنان لواء لجنه لجان".split())
_NO_SOURCE = frozenset(
    "حصيله معلومات بيان نتايج احصاييه احصاييات تقديرات صور صوره تقرير وقت حين خبر مصدره مصدرها قرار اولي احصاء"
    " عدد نحو"
    " هجوم هجمات عمليه عمليات معارك قتل قتلي جرحي ضحايا سقوط وقوع حدوث اندلاع وصول استمرار معظم جميع كل بعض احد اخر"
    " عقب بالتزامن وسط اثر جراء حاليا لاحقا ايضا كذلك مجهولين مجهولون اتفاق قانون خطه هدف سبب مصادر".split()
)
_ORDINARY = frozenset(
    "تحت فوق امام وراء عنه عنها فيه فيها اليه اليها منه منها به بها له لها اي الله بلغه بشكل بصوره في علي من الي"
    " هذا هذه ذلك تلك هناك هنا لا لم لن ليس كل كان كانت ان انه انها عن حتي منذ بعد قبل".split()
)
_LONGEST = 9
_PERSON = 4
# Particles that open the next phrase: who is told, who else speaks.
_OUTSIDE = frozenset("لوفك")
# Somebody's name follows their office, also where the lexicon knows the office: 'مراسل "أورينت نت" مناف هاشم'.
_HOLDERS = frozenset("مراسل مراسله مندوب موفد متحدث ناطق مدير وزير رييس قايد محافظ".split())
_BRACKETS = {"(": ")", '"': '"', "'": "'", "[": "]", "<": ">", "{": "}"}


class SourceNames:
    """Finds names of sources."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._heads = {lexeme: term for term in lexicon.sources for lexeme in term.lexemes if not term.quoted_only}
        anywhere: list[Phrase[SourceTerm]] = []
        quoted: list[Phrase[SourceTerm]] = []
        for term in lexicon.sources:
            into = quoted if term.quoted_only else anywhere
            into += [Phrase(name, term, "optional") for name in term.names]
        self.names = PhraseMatcher(anywhere)
        self.offices = PhraseMatcher(quoted)

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
            last = _extent(sentence, match.last) if term.combines else match.last
            found.append(self._mention(sentence, match.first, last, match.proclitics, term))
            covered.update(range(match.first, found[-1].last))
        for index in sentence.marked(Bit.SOURCE):
            if index in covered:
                continue
            for analysis in sentence.analyses[index]:
                head = self._heads.get(analysis.lexeme)
                if head is None:
                    continue
                last = _extent(sentence, index + 1)
                found.append(self._mention(sentence, index, last, "".join(analysis.proclitics), head))
                covered.update(range(index, found[-1].last))
                break
        return sorted(found, key=lambda m: m.first)

    def _mention(self, sentence: Sentence, first: int, last: int, proclitics: str, term: SourceTerm) -> SourceMention:
        last = _alias(sentence, last)
        name = raw_name(sentence, first, last, proclitics)
        return SourceMention(first, last, proclitics, name, term.source_type, term.generic)

    def at(self, sentence: Sentence, index: int) -> SourceMention | None:
        """The source whose name starts at a token, the whole of it, or None.

        "مصادر في الدفاع المدني السوري", 'مراسل "أورينت نت" مناف هاشم', "المتحدث باسم وزارة الصحة حسام عبد الغفار".
        """
        index = sentence.skip_punct(index)
        known = next((m for m in sentence.sources if m.first == index), None)
        office = next((m for m in sentence.phrases(self.offices) if m.first == index), None)
        if office is not None and (known is None or office.last > known.last):
            term: SourceTerm = office.payload
            last = self._whole(sentence, office.last, True)
            source_type = self._held(sentence, office.last, last) or term.source_type
            name = raw_name(sentence, index, last, office.proclitics)
            return SourceMention(index, last, office.proclitics, name, source_type, True)
        if known is None:
            return None
        holder = strip_article(sentence.bare(known.first)) in _HOLDERS
        last = self._whole(sentence, known.last, known.generic or holder)
        if last == known.last:
            return known
        source_type = (
            self._held(sentence, known.last, last) if known.source_type == "unnamed" else ""
        ) or known.source_type
        name = raw_name(sentence, index, last, known.proclitics)
        return SourceMention(index, last, known.proclitics, name, source_type, known.generic)

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

    def _whole(self, sentence: Sentence, index: int, grows: bool) -> int:
        """One past the last word of a name whose head ends before `index`."""
        start = index
        index = _alias(sentence, index)
        if not grows and _is_nisba(sentence, index):
            index = _alias(sentence, index + 1)
        while grows and index < len(sentence) and index - start < _LONGEST:
            word = sentence.text(index)
            inner = sentence.skip_punct(index + 1) if word in _INSIDE else index
            mention = _name_at(sentence, inner)
            if mention is not None and inner == index and _keeps_nun(sentence, index - 1):
                break
            if mention is not None and (inner == index or not _starts_date(sentence, inner)):
                index = _alias(sentence, mention.last)
                continue
            if word == "داخل":
                index += 2
                continue
            if not _belongs(sentence, index, inside=True):
                break
            index = _alias(sentence, index + 1)
        return min(index, len(sentence))

    @staticmethod
    def surname(sentence: Sentence, index: int) -> SourceMention | None:
        """A single unknown word where a subject is expected: "وقال حزام إن"."""
        if index >= len(sentence) or sentence.tokens[index].kind != "word" or sentence.analyses[index]:
            return None
        word = sentence.text(index)
        plain = strip_article(word) not in _NO_SOURCE and word not in _ORDINARY and len(word) > 2
        if not plain or not _belongs(sentence, index, inside=True) or any(p.first == index for p in sentence.places):
            return None
        if not _ends_name(sentence, index + 1) or word.endswith(("ه", "هم", "ها")):
            return None
        return SourceMention(index, index + 1, "", raw_name(sentence, index, index + 1, ""), "unnamed", False)

    def person(self, sentence: Sentence, start: int) -> SourceMention | None:
        """A person or body that the lexicon does not know: "بيل أوربان" before a clause, a comma or a bracket."""
        start = sentence.skip_punct(start)
        index = start
        while index < len(sentence) and index - start < _PERSON + 2:
            token = sentence.tokens[index]
            if token.text == '"' and index > start:
                break
            if token.kind not in ("word", "latin") or not _belongs(sentence, index, inside=index > start):
                break
            if index - start >= 2 and self._is_office(sentence, index):
                break  # "كما ذكر كاوه زيباري مسؤول الإعلام"
            index += 1
        words = [sentence.text(i) for i in range(start, index)]
        if not 2 <= len(words) <= _PERSON or not (_ends_name(sentence, index) or self._is_office(sentence, index)):
            return None
        first = words[0]
        if sentence.analyses[start] or first in _ORDINARY or strip_article(first) in _NO_SOURCE:
            return None
        if first.startswith(("لل", "بال", "وال", "كال")) or any(p.first == start for p in sentence.places):
            return None
        if any(strip_article(w) in _NO_SOURCE for w in words) or any(w[0] in "لب" and len(w) > 4 for w in words[:1]):
            return None
        if not all(w.startswith("ال") for w in words) and first.startswith("ال") and len(words) == 2:
            return None
        office = self.at(sentence, index + 1) if sentence.text(index) == "،" else None
        source_type = office.source_type if office is not None else "unnamed"
        return SourceMention(start, index, "", raw_name(sentence, start, index, ""), source_type, False)

    def _is_office(self, sentence: Sentence, index: int) -> bool:
        """Whether an office that somebody holds starts at a token."""
        return any(m.first == index for m in sentence.phrases(self.offices)) or (
            index < len(sentence) and any(a.lexeme in self._heads for a in sentence.analyses[index])
        )


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
    return raw + '"' if raw.count('"') % 2 else raw


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


def _is_nisba(sentence: Sentence, index: int) -> bool:
    """A definite adjective of origin or kind after a name: "وكالة أنباء النظام السوري"."""
    word = sentence.text(index)
    return (
        len(word) > 5
        and word.startswith("ال")
        and word.endswith(("ي", "يه"))
        and _belongs(sentence, index, inside=True)
    )


def _starts_date(sentence: Sentence, index: int) -> bool:
    return any(d.first <= index < d.last for d in sentence.dates)


def _belongs(sentence: Sentence, index: int, *, inside: bool) -> bool:
    """Whether a word can be part of a name."""
    token = sentence.tokens[index]
    word = token.text
    if token.kind == "latin":
        return inside
    if token.kind != "word" or word in _STOP or word in _INSIDE or _starts_date(sentence, index):
        return False
    if any(t.first <= index < t.last and (t.form != "noun" or t.proclitics) for t in sentence.triggers):
        return False
    person = sentence.persons.get(index)
    if inside and person is not None and person.noun is not None and person.noun.group == "combatants":
        return False  # "اتهمت المنظمة الحقوقية مسلحين ..."
    if any(a.pos in ("verb", "masdar") for a in sentence.analyses[index]) or sentence.quantity_over(index) is not None:
        return False
    if word[0] == "و" and word not in _NAMES_IN_WAW and (inside or len(word) > 4):
        return False
    if word[0] == "ل" and len(word) > 3 and inside:
        return word in _PURPOSE or word in _NAMES_IN_LAM
    return not (word.startswith(("بال", "كال")) and len(word) > 5)


def _ends_name(sentence: Sentence, index: int) -> bool:
    if index >= len(sentence):
        return True
    token = sentence.tokens[index]
    return token.kind in ("punct", "break") or token.text in _STOP or token.text in _INSIDE or token.text[0] in "لبو"


def _keeps_nun(sentence: Sentence, index: int) -> bool:
    """Whether no name can be annexed to a plural: "ناشطون" keeps its ن."""
    return sentence.text(index).endswith("ون")


def _extent(sentence: Sentence, index: int) -> int:
    """One past the adjectives and names that belong to a head noun; reads words only."""
    start = index
    while index < len(sentence) and index - start < 7:
        token = sentence.tokens[index]
        if token.text in _BRACKETS or token.text == ".":
            after = _alias(sentence, index)
            if after == index:
                break
            index = after
            continue
        if token.kind in ("break", "punct", "number") or token.text in _STOP or token.text in _INSIDE:
            break
        if token.text[0] in "ول" and token.text not in _NAMES_IN_WAW | _NAMES_IN_LAM | _PURPOSE:
            break
        if any(a.pos == "verb" for a in sentence.analyses[index]) or _tells(sentence, index):
            break
        if _keeps_nun(sentence, index - 1) and not token.text.endswith(("ون", "ين")):
            break
        index += 1
    return index


def _tells(sentence: Sentence, index: int) -> bool:
    """Whether ب opens what is told: "أفادت مصادر الصحيفة بمقتل ثلاثة"."""
    if sentence.text(index) == "ب":
        return True
    return any(a.pos in ("masdar", "noun") and "ب" in a.proclitics for a in sentence.analyses[index])


def _names_only(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    if token.kind in ("number", "break") or token.text in _STOP or token.text in "،:؛":
        return False
    return not any(a.pos == "verb" for a in sentence.analyses[index])


def _alias(sentence: Sentence, last: int) -> int:
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
        if end is None or not all(_names_only(sentence, i) for i in range(last + 1, end)):
            return last
        last = end + 1
    return last
