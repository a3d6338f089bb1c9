"""The words of a count without names: tables are published, and a victim told by name is somebody.

Which words are names can't be known: any word may be one. So only words that are known to count, to describe people or
to tell of an occurrence are kept, and whatever else stands between them is left out.
"""

from __future__ import annotations

from functools import cache

from conflict_events.arabic.quantities import Quantity
from conflict_events.arabic.vocabulary import folded_forms, read_entries
from conflict_events.extraction.names import name_end
from conflict_events.extraction.reading import Mention, Sentence
from conflict_events.extraction.wordsets import words

__all__ = ["LEFT_OUT", "counting_words"]

LEFT_OUT = "[...]"
"""Stands in a count's words for each run of words that may be a name."""

_FUNCTION = words(
    "في من عن علي الي مع بعد قبل اثر جراء خلال عند قرب بين ما مابين حتي منذ وسط ان انه هم هما هن هو هي هذا هذه"
    " ذلك اليوم امس عقب بسبب نتيجه داخل خارج كما ثم او ام قد كان كانت بينما بينهم بينهن بينها منهم منهن منها منهما"
    " اثناء لا لم يقل تقل يزيد يقارب اكثر اقل نحو قرابه حوالي زهاء الاقل عدد عددا عشرات مئات ميات الاف ملايين اخر"
    " اخري اخران اخرين اخرون اخرتين اخريات كل كلا بحياه حياه حياتهم حياتها حياته ارواح احد احدي احدهم احداهن اثنان"
    " اثنين اثنتين بعض جميعهم كلهم صفوف عاما عام سنه سنوات اعوام العمر عمره عمرها جراح بجراح جروح بجروح اصابات"
    " خطيره بليغه متفاوته طفيفه الذين التي الذي و ب ل فيه فيها فيهم اثره اثرها ثالث رابع خامس سادس ثالثه رابعه"
    " ثالثا رابعا خامسا باقي بقيه ساير افراد فرد عمليه عمليات حادثه حوادث هجوم هجمات خرق خروقات انتهاك انتهاكات"
    " استهداف استهدافا استهدافات مسيره مسيرتين مسيرات استطلاع استطلاعيه استطلاعيتين مسن مسنه مسنين تابعين طريق"
    " الخطا"
)
_LINKS = words("بن ابن بنت ابو ابي ابا ام ال عبد")
_ON = "علي"


def counting_words(sentence: Sentence, first: int, last: int) -> str:
    """The raw words of a count, `LEFT_OUT` for each run of words that may be a name.

    Args:
        sentence: The sentence.
        first: First token of the words that state the count.
        last: One past their last token.
    """
    kept = _kept(sentence, first, last)
    if all(kept):
        return sentence.raw_text(first, last)
    pieces: list[str] = []
    index = first
    while index < last:
        end = index + 1
        while end < last and kept[end - first] == kept[index - first]:
            end += 1
        pieces.append(sentence.raw_text(index, end) if kept[index - first] else LEFT_OUT)
        index = end
    return " ".join(pieces)


def _kept(sentence: Sentence, first: int, last: int) -> list[bool]:
    """Whether each token may be shown."""
    known = _known(sentence)
    kept: list[bool] = []
    named_until = first
    for index in range(first, last):
        after_name = bool(kept) and not kept[-1]
        if after_name or not _in_date(sentence, index):  # رمضان and رجب are months, too
            named_until = max(named_until, name_end(sentence, index))
        kept.append(index >= named_until and _may_be_shown(sentence, index, known, after_name))
    return _without_lone_marks(sentence, first, kept)


def _may_be_shown(sentence: Sentence, index: int, known: frozenset[int], after_name: bool) -> bool:
    token, word = sentence.tokens[index], sentence.text(index)
    if token.kind in ("punct", "number", "break"):
        return True
    if word == _ON:
        # Folding writes the name علي and the preposition على alike; the raw letters tell them apart.
        return not after_name and sentence.raw_text(index, index + 1).endswith("ى")
    if _is_link(sentence, index) or (index and _is_link(sentence, index - 1)):
        return False
    if after_name and word.startswith("ال") and word not in _FUNCTION:
        return False  # family names are made of callings and places: "محمد الراعي", "أحمد الحلبي"
    if _unprefixed(word) in _given() and (after_name or not _in_date(sentence, index)):
        return False
    return index in known or word in _FUNCTION or _unprefixed(word) in _FUNCTION


def _is_link(sentence: Sentence, index: int) -> bool:
    word = sentence.text(index)
    return word in _LINKS or _unprefixed(word) in _LINKS


def _unprefixed(word: str) -> str:
    return word[1:] if len(word) > 2 and word[0] in "وفبل" and word not in _given() else word


def _in_date(sentence: Sentence, index: int) -> bool:
    return any(date.first <= index < date.last for date in sentence.dates)


def _known(sentence: Sentence) -> frozenset[int]:
    """Tokens that the lexicon knows as words of counts, people, parties, days, means or occurrences."""
    spans: list[Mention | Quantity] = [
        *sentence.quantities,
        *sentence.persons.values(),
        *sentence.triggers,
        *sentence.dates,
        *(actor for actor in sentence.actors if actor.actor is not None),
        *(cue for cues in sentence.cues.values() for cue in cues),
        *(mention for mention, _ in (*sentence.means, *sentence.infrastructure)),
    ]
    return frozenset(index for span in spans for index in range(span.first, span.last)) | frozenset(sentence.heads)


def _without_lone_marks(sentence: Sentence, first: int, kept: list[bool]) -> list[bool]:
    """Quotes, brackets and commas between words that are left out go with them."""
    out = list(kept)
    for place, shown in enumerate(kept):
        if shown and sentence.tokens[first + place].kind in ("punct", "break") and 0 < place < len(kept) - 1:
            out[place] = kept[place - 1] or kept[place + 1]
    return out


@cache
def _given() -> frozenset[str]:
    return frozenset(form for entry in read_entries("given_names") for form in folded_forms(entry["forms"]))
