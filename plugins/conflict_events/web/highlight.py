"""Marks the words of an article that carry a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

__all__ = ["Piece", "claim_marks", "pieces"]

Piece = tuple[str, tuple[str, ...]]
"""A stretch of text and the names of the marks that cover it."""


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text at the edges of its marks.

    Args:
        text: Any text.
        marks: Half-open code-point spans with a name; they may overlap. What lies outside the text is cut off.

    Returns:
        Pieces in text order that put together are the text; each with the names of the marks over it, in order.

    Examples:
        >>> pieces("مقتل ثلاثة مدنيين", [(0, 17, "evidence"), (5, 10, "killed")])
        [('مقتل ', ('evidence',)), ('ثلاثة', ('evidence', 'killed')), (' مدنيين', ('evidence',))]
    """
    spans = [(max(0, start), min(end, len(text)), name) for start, end, name in marks]
    spans = [span for span in spans if span[0] < span[1]]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    found: list[Piece] = []
    for start, end in pairwise(edges):
        names = dict.fromkeys(name for first, last, name in spans if first <= start and end <= last)
        found.append((text[start:end], tuple(names)))
    return found


def claim_marks(claim: Mapping[str, Any], spans: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    """The marks of a claim: its evidence, and inside it the words of each slot."""
    marks = [(claim["evidence_start"], claim["evidence_end"], "evidence")]
    marks += [(span["span_start"], span["span_end"], span["slot"]) for span in spans]
    return marks
