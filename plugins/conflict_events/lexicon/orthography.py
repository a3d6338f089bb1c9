"""Folding of the lexicon's words and phrases."""

from __future__ import annotations

from conflict_events.arabic import fold_word

__all__ = ["fold_phrase", "fold_word"]


def fold_phrase(text: str) -> str:
    """Fold a phrase of several words and normalise its blanks.

    >>> fold_phrase("المرصد  السوري لحقوق الإنسان")
    'المرصد السوري لحقوق الانسان'
    """
    return " ".join(fold_word(word) for word in text.split())
