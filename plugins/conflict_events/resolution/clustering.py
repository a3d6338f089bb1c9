"""Claims into groups of one occurrence each: constrained average linkage, the same for any order of the input.

Pairs are taken from the most alike down. Two groups become one when nothing forbids it for any pair across them and
their claims are alike on average. Ties are broken by the claims' order of news and ids, never by their position in
the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conflict_events.resolution.blocking import Shelves
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile
from conflict_events.resolution.similarity import Comparer

__all__ = ["Comparisons", "cluster", "join"]

_LINK = 0.56
"""Two groups join where their claims are alike on average from here on; a little below `JOIN`, or vague reports would
keep apart what one precise report ties together."""

_OUTLIERS = 0.1
"""Share of pairs across two groups that may be forbidden: one claim misread must not keep twenty apart."""


class Comparisons:
    """Claims and how alike they are; each pair is compared once, and only when it is asked for."""

    def __init__(self, profiles: Sequence[Profile], likeness: Likeness) -> None:
        """Put the claims on their shelves."""
        self.profiles = list(profiles)
        self._shelves = Shelves(profiles, likeness)
        self._comparer = Comparer(likeness)
        self._alike: dict[int, dict[int, float]] = {}
        self._scores: dict[tuple[int, int], float | None] = {}

    def add(self, item: Profile) -> int:
        """Take in one more claim, near none of those that were asked for before; returns its index."""
        self.profiles.append(item)
        self._shelves.add(item)
        return len(self.profiles) - 1

    def alike(self, index: int) -> dict[int, float]:
        """The claims near one that may be joined with it, and how alike they are."""
        found = self._alike.get(index)
        if found is None:
            unseen: dict[int, Profile] = {}
            found = {}
            for other in self._shelves.near(index):
                seen = self._alike.get(other)
                if seen is None:
                    unseen[other] = self.profiles[other]
                elif index in seen:
                    found[other] = seen[index]
            found.update(self._comparer.alike(self.profiles[index], unseen))
            self._alike[index] = found
        return found

    def among(self, indices: Sequence[int]) -> dict[tuple[int, int], float]:
        """The pairs of some claims that may be joined, the smaller index first, and how alike they are."""
        inside = set(indices)
        found: dict[tuple[int, int], float] = {}
        for first in inside if len(inside) > 1 else ():
            known = self._alike.get(first)
            if known is None:
                later = {other: self.profiles[other] for other in self._shelves.near(first) if other > first}
                known = self._comparer.alike(
                    self.profiles[first], {other: item for other, item in later.items() if other in inside}
                )
            found.update({(first, other): score for other, score in known.items() if other > first and other in inside})
        return found

    def score(self, first: int, second: int) -> float | None:
        """How alike two claims are; None where they can't be one."""
        known = self._alike.get(first, {}).get(second)
        if known is not None:
            return known
        pair = (first, second) if first < second else (second, first)
        if pair not in self._scores:
            self._scores[pair] = self._comparer.compare(self.profiles[pair[0]], self.profiles[pair[1]])
        return self._scores[pair]

    def may_join(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """Whether two groups of claims may be one: nothing forbids it for any pair, and they are alike on average."""
        total, pairs = 0.0, len(a) * len(b)
        forbidden = int(_OUTLIERS * pairs)
        for first in a:
            for second in b:
                score = self.score(first, second)
                if score is None:
                    forbidden -= 1
                    if forbidden < 0:
                        return False
                else:
                    total += score
        return round(total / pairs, 6) >= _LINK


def cluster(comparisons: Comparisons, indices: Iterable[int]) -> list[tuple[int, ...]]:
    """Group those claims that tell one occurrence.

    Returns:
        Groups of indices, each sorted by order of news; groups sorted by their first claim.
    """
    listed = sorted(set(indices))
    return join(comparisons, listed, comparisons.among(listed))


def join(
    comparisons: Comparisons, indices: Iterable[int], pairs: Mapping[tuple[int, int], float]
) -> list[tuple[int, ...]]:
    """Group claims by the pairs of them that may be joined, with how alike these are; returns groups as `cluster`."""
    profiles = comparisons.profiles
    members = {index: [index] for index in sorted(indices)}
    group_of = {index: index for index in members}

    def rank(pair: tuple[int, int]) -> tuple[Any, ...]:
        return -round(pairs[pair], 6), *sorted((profiles[pair[0]].order, profiles[pair[1]].order))

    refused: set[tuple[int, int, int, int]] = set()
    for first, second in sorted(pairs, key=rank):
        keep, drop = sorted((group_of[first], group_of[second]))
        if keep == drop:
            continue
        attempt = (keep, len(members[keep]), drop, len(members[drop]))  # groups only grow: their sizes tell them apart
        if attempt in refused:
            continue
        if not comparisons.may_join(members[keep], members[drop]):
            refused.add(attempt)
            continue
        for index in members[drop]:
            group_of[index] = keep
        members[keep] += members.pop(drop)
    groups = [tuple(sorted(group, key=lambda index: profiles[index].order)) for group in members.values()]
    return sorted(groups, key=lambda group: profiles[group[0]].order)
