"""What the form of words tells about where a source's name goes on or ends."""

from __future__ import annotations

from conflict_events.extraction.reading import Mention, Sentence
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set

__all__ = [
    "BRACKETS",
    "STOP",
    "agrees",
    "alias",
    "counts",
    "is_ali",
    "keeps_nun",
    "name_at",
    "numbers_an_outlet",
    "of_a_clause",
    "of_other_gender",
    "past_initials",
    "starts_date",
    "tells",
]

STOP = word_set("source_stops")
# Particles that open the next phrase: who is told, who else speaks.
_OUTSIDE = frozenset("لوفك")
BRACKETS = {"(": ")", '"': '"', "'": "'", "[": "]", "<": ">", "{": "}"}
_PRONOUNS = ("ها", "هم", "هما", "هن")


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
        closer = BRACKETS.get(text)
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


def past_initials(sentence: Sentence, index: int) -> int:
    """Past the title before a name that is written with its first letters: "د. سالم", "أ.د. سالم"."""
    while len(sentence.text(index)) == 1 and sentence.text(index + 1) == "." and sentence.tokens[index].kind == "word":
        index += 2
    return index


def name_at(sentence: Sentence, index: int) -> Mention | None:
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


def of_other_gender(sentence: Sentence, index: int) -> bool:
    """Whether a plural of people stands behind a feminine adjective: "اتهمت الحكومة الأوكرانية الانفصاليين"."""
    word, before = sentence.text(index), sentence.text(index - 1)
    return word.endswith("ين") and before.endswith("يه") and word.startswith("ال") and before.startswith("ال")


def starts_date(sentence: Sentence, index: int) -> bool:
    """Whether a token is of a time expression."""
    return any(d.first <= index < d.last for d in sentence.dates)


def agrees(sentence: Sentence, index: int) -> bool:
    """Whether a further adjective stands behind one of the same ending: "مصادر أمنية يمنية"."""
    word, before = sentence.text(index), sentence.text(index - 1)
    if word.startswith("ال") or before.startswith("ال") or min(len(word), len(before)) < 4:
        return False
    return word.endswith("يه") and before.endswith("يه") and word[0] not in "ولب"


def keeps_nun(sentence: Sentence, index: int) -> bool:
    """Whether no name can be annexed to a plural: "ناشطون" keeps its ن, "سكان محليون" too."""
    word = sentence.text(index)
    known = sentence.analyses[index]
    return word.endswith("ون") and (any(a.number == "p" for a in known) or (not known and word.endswith("يون")))


def tells(sentence: Sentence, index: int) -> bool:
    """Whether ب opens what is told: "أفادت مصادر الصحيفة بمقتل ثلاثة"."""
    if sentence.text(index) == "ب":
        return True
    return any(a.pos in ("masdar", "noun") and "ب" in a.proclitics for a in sentence.analyses[index])


def counts(sentence: Sentence, index: int) -> bool:
    """Whether a number in words begins what is told: "أكدت وزارة الداخلية ثلاثة قتلى"."""
    return bool(sentence.marks[index] & Bit.QUANTITY) and sentence.quantity_at(index) is not None


def numbers_an_outlet(sentence: Sentence, index: int) -> bool:
    """Whether a number closes a name: "شبكة درعا 24 أن", "القناة 12،"."""
    after = sentence.text(index + 1)
    name = len(sentence.text(index)) == 2 and index > 0 and sentence.tokens[index - 1].kind in ("word", "latin")
    return name and (after in STOP or not after or sentence.tokens[index + 1].kind == "punct")


def of_a_clause(sentence: Sentence, index: int) -> bool:
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


def is_ali(sentence: Sentence, index: int) -> bool:
    """Whether علي is a man's name and not the preposition that folding makes of it: "علي الأحمدي، أن"."""
    if sentence.text(index) != "علي" or sentence.raw_text(index, index + 1) != "علي":
        return False
    after = index + 1
    surname = sentence.text(after)
    named = after < len(sentence) and sentence.tokens[after].kind == "word" and not sentence.analyses[after]
    before = index > 0 and not sentence.analyses[index - 1] and not sentence.text(index - 1).startswith("ال")
    if before and (sentence.text(after + 1) in STOP or sentence.text(after + 1) in ("،", ":", "")):
        return not sentence.text(after).startswith("ال")  # "حسين علي أميري، أن"
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
