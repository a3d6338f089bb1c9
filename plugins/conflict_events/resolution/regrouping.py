"""Grouping anew only what new claims change, with the outcome of grouping everything.

Claims that may be joined form chains over places and months; what a new claim changes is short. Known events are
grouped as all claims before grouped them, and a group never hears of the groups that it was not joined with: its own
claims alone give the same group again, step by step. So it is enough to group together

* the claims that change: the new ones, and all claims of the known events that come out differently;
* the whole events beside them, that is those with a claim that may be joined with one that changes.

Where an event beside them comes out differently, its claims are among those that change, and the events beside it are
looked at too, until nothing else moves. Pairs of claims of two events that both stay need no look: they were kept
apart before, in the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from conflict_events.resolution.clustering import Comparisons, join

__all__ = ["regroup"]

Unit = str | int
"""A known event by its id, or one claim that has none by its index."""


def regroup(
    comparisons: Comparisons, new: Iterable[int], fetch: Callable[[Sequence[int]], None] | None = None
) -> list[tuple[int, ...]]:
    """Group new claims and the claims of all known events that they change.

    Args:
        comparisons: The claims; those of a known event carry its id, and all of them are there.
        new: Indices to start from.
        fetch: Called with claims whose surroundings are about to be looked at, so that the events near them can be
            added to `comparisons`.

    Returns:
        Groups of indices, as `cluster` gives them, each sorted by order of news. What is in none of them keeps the
        event that it has.
    """
    known = _Units(comparisons)
    pairs: dict[tuple[int, int], float] = {}
    beside: dict[Unit, list[int]] = {}
    changing: set[int] = set()
    fresh = known.whole(new)
    while True:
        if fetch is not None:
            fetch(sorted(fresh))
        changing |= fresh
        for unit in known.of(fresh):
            beside.pop(unit, None)
        near = _pairs(comparisons, fresh)
        pairs |= near
        for unit in known.of({index for pair in near for index in pair} - changing):
            if unit not in beside:
                beside[unit] = known.members(unit)
                pairs |= comparisons.among(beside[unit])
        groups = join(comparisons, changing.union(*beside.values()), pairs)
        found = set(groups)
        fresh = {index for members in beside.values() if tuple(members) not in found for index in members}
        if not fresh:
            return [group for group in groups if group[0] in changing]


def _pairs(comparisons: Comparisons, indices: Iterable[int]) -> dict[tuple[int, int], float]:
    """The pairs that may be joined of some claims with any others."""
    return {
        (index, other) if index < other else (other, index): score
        for index in indices
        for other, score in comparisons.alike(index).items()
    }


class _Units:
    """The claims of each known event; claims that `comparisons` gets meanwhile are taken in."""

    def __init__(self, comparisons: Comparisons) -> None:
        self._comparisons = comparisons
        self._members: dict[Unit, list[int]] = {}
        self._seen = 0

    def of(self, indices: Iterable[int]) -> set[Unit]:
        """The units that hold some claims."""
        profiles = self._comparisons.profiles
        return {profiles[index].claim.event_id or index for index in indices}

    def members(self, unit: Unit) -> list[int]:
        """Its claims, in order of news."""
        profiles = self._comparisons.profiles
        for index in range(self._seen, len(profiles)):
            self._members.setdefault(profiles[index].claim.event_id or index, []).append(index)
        self._seen = len(profiles)
        return sorted(self._members[unit], key=lambda index: profiles[index].order)

    def whole(self, indices: Iterable[int]) -> set[int]:
        """With a claim of a known event come all its claims."""
        return {index for unit in self.of(indices) for index in self.members(unit)}
