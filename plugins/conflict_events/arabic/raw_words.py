"""The words of a raw text as they are typed: those that fold to the words of the folded text, each by itself.

A page repeats its words, and a newspaper its spellings. Who only asks which words a text holds need not fold it: each
spelling is folded once.
"""

from __future__ import annotations

import re

from conflict_events.arabic.folding import BLANKS, DROPPED, LETTER_SOURCES, fold_word
from conflict_events.arabic.tokens import ARABIC, ARABIC_WORD

__all__ = ["is_typed_over", "joins_words", "raw_words", "words_of"]

_RAW_WORD = re.compile(f"[A-Za-z{ARABIC}{DROPPED}{LETTER_SOURCES}]+")
_BROKEN = re.compile(f"[{BLANKS}]\u0640")
_TYPED = re.compile(f"[A-Za-z][{DROPPED}]*[^A-Za-z{DROPPED}]")


def raw_words(text: str) -> set[str]:
    """The distinct runs of letters, marks and what else folding drops, as they stand in a raw text.

    >>> sorted(raw_words("قُتل، قتل BBC 2015"))
    ['BBC', 'قتل', 'قُتل']
    """
    return set(_RAW_WORD.findall(text))


def words_of(raw_word: str) -> list[str]:
    """The words that one of `raw_words` folds to: one as a rule, none of Latin letters or of marks alone.

    In a text that `joins_words` denies and of raw words that `is_typed_over` denies these are all words of the folded
    text.

    >>> words_of("قُتلـت"), words_of("BBC")
    (['قتلت'], [])
    """
    return ARABIC_WORD.findall(fold_word(raw_word))


def is_typed_over(raw_word: str) -> bool:
    """Whether a Latin letter touches an Arabic one that follows: it may be typed for the one on its key.

    >>> is_typed_over("Hلوزير"), is_typed_over("الـBBC")
    (True, False)
    """
    return _TYPED.search(raw_word) is not None


def joins_words(text: str) -> bool:
    """Whether a word may be broken up by tatweel and blanks or dots, so that folding joins its parts.

    >>> joins_words("المعر ـض"), joins_words("المعـرض")
    (True, False)
    """
    return "\u0640" in text and _BROKEN.search(text) is not None
