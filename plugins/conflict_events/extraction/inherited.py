"""The place of an occurrence whose own sentences name none: the town it points back to, or where its neighbours are."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.extraction.frames import Frame
from conflict_events.extraction.occurrences import Occurrence
from conflict_events.extraction.reading import PlaceMention, Sentence
from conflict_events.extraction.siting import is_wide

__all__ = ["inherited_site"]

# Definite nouns that stand for a town named before.
_POINTERS = frozenset("المدينه البلده القريه المخيم الحي الناحيه القريتين البلدتين المدينتين الضيعه".split())
_NEAR = 2


def inherited_site(occurrence: Occurrence, page: Sequence[Occurrence]) -> tuple[Frame, PlaceMention] | None:
    """The frame and the site that the occurrence takes its place from, or None.

    A definite town ("المدينة") means the last town named before; without one the occurrence plays where the sentences
    right before it do. A toll over a period takes no neighbour's place.
    """
    first = occurrence.frames[0]
    told = [f for o in page if o is not occurrence for f in o.frames if f.sites and not f.aggregate]
    before = [f for f in told if _position(f) < _position(first)]
    if any(f.containers for f in occurrence.frames):
        return None
    pointer = any(_points_back(f.sentence, f.unit.first, f.unit.last) for f in occurrence.frames)
    if pointer:
        towns = [f for f in before or told if not is_wide(f.sites[0])]
        if towns:
            frame = towns[-1] if before else towns[0]
            return frame, frame.sites[0]
    near = [f for f in before if first.sentence.index - f.sentence.index <= _NEAR]
    if not near or first.aggregate:
        return None
    chosen = near[-1]
    return chosen, chosen.sites[0]


def _position(frame: Frame) -> tuple[int, int]:
    return frame.sentence.index, frame.unit.first


def _points_back(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the range speaks of "the town" without naming it."""
    for index in range(first, last):
        word = sentence.text(index)
        if any(word.endswith(p) and word[: -len(p)] in ("", "و", "ب", "وب") for p in _POINTERS) or word in _JOINED:
            return True
    return False


_JOINED = frozenset(f"لل{p[2:]}" for p in _POINTERS)
