"""Sets of function words, as the grammar modules hold them."""

from __future__ import annotations

__all__ = ["words"]


def words(text: str) -> frozenset[str]:
    """The words of a text, folded as sentences are ("علي", not "على").

    >>> sorted(words("هم هما"))
    ['هم', 'هما']
    """
    return frozenset(text.split())
