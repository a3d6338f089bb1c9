"""Claims into groups of one occurrence each: constrained average linkage, the same for any order of the input.

Pairs are taken from the most alike down. Two groups become one when nothing forbids it for any pair across them and
their claims are alike on average. Ties are broken by the claims' order of news and ids, never by their position in
the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from conflict_events.resolution.blocking import Shelves
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile
from conflict_events.resolution.similarity import JOIN, compare

__all__ = ["Comparisons", "cluster", "reached_from"]

_LINK = 0.56
"""Two groups join where their claims are alike on average from here on; a little below `JOIN`, or vague reports would
keep apart what one precise report ties together."""


class Comparisons:
    """Claims and how alike they are; each pair is compared once."""

    def __init__(self, profiles: Sequence[Profile], likeness: Likeness) -> None:
        """Put the claims on their shelves."""
        self.profiles = profiles
        self.shelves = Shelves(profiles)
        self._likeness = likeness
        self._scores: dict[tuple[int, int], float | None] = {}

    def score(self, first: int, second: int) -> float | None:
        """How alike two claims are; None where they can't be one."""
        pair = (first, second) if first < second else (second, first)
        if pair not in self._scores:
            self._scores[pair] = compare(self.profiles[pair[0]], self.profiles[pair[1]], self._likeness)
        return self._scores[pair]

    def alike(self, indices: Iterable[int]) -> dict[tuple[int, int], float]:
        """The pairs with at least one of these claims that may be joined, with their score."""
        scored = ((pair, self.score(*pair)) for pair in self.shelves.pairs(indices))
        return {pair: score for pair, score in scored if score is not None and score >= JOIN}

    def may_join(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """Whether two groups of claims may be one: nothing forbids it for any pair, and they are alike on average."""
        total = 0.0
        for first in a:
            for second in b:
                score = self.score(first, second)
                if score is None:
                    return False
                total += score
        return round(total / (len(a) * len(b)), 6) >= _LINK


def reached_from(comparisons: Comparisons, new: Iterable[int]) -> set[int]:
    """Indices that are tied to the new claims through pairs that may be joined, directly or over others.

    What isn't reached keeps the event that it has: its groups can't change.
    """
    reached = set(new)
    frontier = set(reached)
    while frontier:
        frontier = {index for pair in comparisons.alike(frontier) for index in pair} - reached
        reached |= frontier
    return reached


def cluster(comparisons: Comparisons, indices: Iterable[int]) -> list[tuple[int, ...]]:
    """Group those claims that tell one occurrence.

    Returns:
        Groups of indices, each sorted by order of news; groups sorted by their first claim.
    """
    profiles = comparisons.profiles
    members = {index: [index] for index in indices}
    group_of = {index: index for index in members}
    scores = {
        pair: score for pair, score in comparisons.alike(members).items() if pair[0] in members and pair[1] in members
    }

    def rank(pair: tuple[int, int]) -> tuple[Any, ...]:
        return -round(scores[pair], 6), *sorted((profiles[pair[0]].order, profiles[pair[1]].order))

    for first, second in sorted(scores, key=rank):
        keep, drop = group_of[first], group_of[second]
        if keep == drop or not comparisons.may_join(members[keep], members[drop]):
            continue
        for index in members[drop]:
            group_of[index] = keep
        members[keep] += members.pop(drop)
    groups = [tuple(sorted(group, key=lambda index: profiles[index].order)) for group in members.values()]
    return sorted(groups, key=lambda group: profiles[group[0]].order)
