"""Reads names of persons, so that a victim told by name is counted: "مقتل محمد الأحمد", الشاب "سمير الزعبي"."""

from __future__ import annotations

from functools import cache

from conflict_events.arabic.vocabulary import folded_forms, read_entries
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.wordsets import words

__all__ = ["is_kunya", "name_end", "names_after"]

_LONGEST = 6
_KUNYAS = words("ابو ابي ابا ام")
_LINKS = words("بن ابن بنت ابو ابي ابا ام ال عبد")
_STOPS = words(
    "في من عن علي الي مع بعد قبل اثر جراء خلال عند قرب بين حتي منذ وسط ان انه التي الذي الذين ما مما لا لم هو"
    " هي هذا هذه ذلك اليوم امس عقب بسبب نتيجه داخل خارج حيث اذ كما ثم او ام قد وقد كان كانت وكان بينما فيما"
    " بينهم برفقه اثناء تحت فوق امام لدي"
)
# Folding writes the name علي and the preposition على alike.
_ON = "علي"
_EACH = words("كلا كل")


@cache
def _given() -> frozenset[str]:
    return frozenset(form for entry in read_entries("given_names") for form in folded_forms(entry["forms"]))


def name_end(sentence: Sentence, index: int, told_alone: bool = False) -> int:
    """One past the personal name that starts at a token; the token itself where none does.

    A name stands in quotes, or begins with a given name and runs on over words that the lexicon doesn't know.

    Args:
        sentence: The sentence.
        index: Token where the name would start.
        told_alone: Whether no noun announces it ("الشاب ..."): then quotes alone make no name.
    """
    start = index
    if sentence.text(index) in ('"', "'"):
        close = next(
            (i for i in range(index + 2, min(index + 9, len(sentence))) if sentence.text(i) in ('"', "'")), None
        )
        if close is None or any(_other(sentence, i) for i in range(index + 1, close)):
            return start
        if told_alone and _word(sentence, index + 1) not in _given() and not is_kunya(sentence, index + 1):
            return start
        return _with_age(sentence, close + 1)
    if _word(sentence, index) not in _given() and sentence.text(index) not in _KUNYAS:
        return start
    if sentence.text(index) == _ON and _word(sentence, index + 1) not in _given():
        return start
    index += 1
    while index < len(sentence) and index - start < _LONGEST and _continues(sentence, index):
        index += 1
    return _with_age(sentence, index)


def is_kunya(sentence: Sentence, index: int) -> bool:
    """Whether a man is called by his son there: "أبو حسن"; some villages are called alike."""
    return sentence.text(index) in _KUNYAS and sentence.text(index + 1) in _given()


def names_after(sentence: Sentence, index: int) -> tuple[int, int]:
    """How many names stand from a token on ("كلا من: محمد الأحمد وعلي الحسن"), and where they end."""
    count = 0
    if sentence.text(index) in _EACH and sentence.text(index + 1) == "من":
        index += 2
        if sentence.text(index) == ":":
            index += 1
    while True:
        last = name_end(sentence, index, told_alone=True)
        if last == index:
            return count, index
        count, index = count + 1, last
        joined = sentence.text(index)
        if joined in ("،", "و") and sentence.text(index + 1):
            following = index + 1
        elif joined.startswith("و") and _word(sentence, index) in _given():
            following = index
        else:
            return count, index
        if name_end(sentence, following, told_alone=True) == following:
            return count, index
        index = following


def _word(sentence: Sentence, index: int) -> str:
    word = sentence.text(index)
    return word[1:] if word.startswith("و") and word not in _given() else word


def _continues(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    if token.kind != "word" or _other(sentence, index):
        return False
    if sentence.text(index - 1) in _KUNYAS:
        return True  # "أبو علي"
    if token.text in _STOPS:
        return False
    if token.text in _given() or token.text in _LINKS or sentence.text(index - 1) in _LINKS:
        return True
    return not sentence.analyses[index] and not token.text.startswith(("و", "ب", "ل", "ف"))


def _other(sentence: Sentence, index: int) -> bool:
    """Whether a token says something else: an occurrence, an actor, a number, counted people."""
    return (
        any(t.first <= index < t.last for t in sentence.triggers)
        or any(d.first <= index < d.last for d in sentence.dates)
        or any(a.first <= index < a.last for a in sentence.actors)
        or (sentence.quantity_over(index) is not None)
    )


def _with_age(sentence: Sentence, index: int) -> int:
    """Passes over "(15 عاما)" and "15 عاما"."""
    start = index + 1 if sentence.text(index) == "(" else index
    quantity = sentence.quantity_at(start)
    if quantity is None or quantity.role != "age":
        return index
    last = quantity.last
    while sentence.text(last) in ("عاما", "عام", "سنه", "سنوات", "اعوام", ")"):
        last += 1
    return last
