"""Claims into groups of one occurrence each: constrained average linkage, the same for any order of the input.

Pairs are taken from the most alike down. Two groups become one when nothing forbids it for any pair across them and
their claims are alike on average. Ties are broken by the claims' order of news and ids, never by their position in
the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conflict_events.resolution.blocking import Shelves
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile
from conflict_events.resolution.similarity import JOIN, can_not_be_one, similarity

__all__ = ["cluster", "reached_from"]

_LINK = 0.56
"""Two groups join where their claims are alike on average from here on; a little below `JOIN`, or vague reports would
keep apart what one precise report ties together."""


def reached_from(profiles: Sequence[Profile], new: Iterable[int], likeness: Likeness) -> set[int]:
    """Indices that are tied to the new claims through pairs that may be joined, directly or over others.

    What isn't reached keeps the event that it has: its groups can't change.
    """
    shelves = Shelves(profiles)
    reached = set(new)
    frontier = set(reached)
    while frontier:
        pairs = shelves.pairs(frontier)
        found = {
            index
            for pair in pairs
            if not (pair[0] in reached and pair[1] in reached)
            and similarity(profiles[pair[0]], profiles[pair[1]], likeness) >= JOIN
            for index in pair
        }
        frontier = found - reached
        reached |= frontier
    return reached


def cluster(profiles: Sequence[Profile], likeness: Likeness) -> list[tuple[int, ...]]:
    """Group claims that tell one occurrence.

    Returns:
        Groups of indices into `profiles`, each sorted by order of news; groups sorted by their first claim.
    """
    scores: dict[tuple[int, int], float] = {}
    for pair in Shelves(profiles).pairs():
        score = similarity(profiles[pair[0]], profiles[pair[1]], likeness)
        if score >= JOIN:
            scores[pair] = score
    ranked = sorted(
        scores, key=lambda pair: (-round(scores[pair], 6), *sorted((profiles[pair[0]].order, profiles[pair[1]].order)))
    )
    group_of = list(range(len(profiles)))
    members: dict[int, list[int]] = {index: [index] for index in range(len(profiles))}
    for first, second in ranked:
        keep, drop = group_of[first], group_of[second]
        if keep == drop or not _may_join(members[keep], members[drop], profiles, likeness):
            continue
        for index in members[drop]:
            group_of[index] = keep
        members[keep] += members.pop(drop)
    groups = [tuple(sorted(group, key=lambda index: profiles[index].order)) for group in members.values()]
    return sorted(groups, key=lambda group: profiles[group[0]].order)


def _may_join(a: list[int], b: list[int], profiles: Sequence[Profile], likeness: Likeness) -> bool:
    total = 0.0
    for first in a:
        for second in b:
            if can_not_be_one(profiles[first], profiles[second], likeness):
                return False
            total += similarity(profiles[first], profiles[second], likeness)
    return total / (len(a) * len(b)) >= _LINK
