"""How many sources really stand behind an event: copies and rewrites of one wire are one voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from conflict_events.arabic import fold_word
from conflict_events.resolution.agreement import text_agreement
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile

__all__ = ["wire_groups"]

_SAME_WORDS = 0.7
"""Shared words of two evidences from which one is taken for a rewrite of the other."""


def wire_groups(profiles: Sequence[Profile], likeness: Likeness) -> list[tuple[int, ...]]:
    """Group the claims of one event by independent source.

    Copies of one text, claims that name the same source, rewrites in the same words, and claims of one outlet count
    as one.
    """
    tied = _Ties(len(profiles))
    shelves: dict[tuple[str, str], int] = {}
    for index, item in enumerate(profiles):
        for key in _voices(item, likeness):
            tied.tie(shelves.setdefault(key, index), index)
    for first in range(len(profiles)):
        for second in range(first):
            if text_agreement(profiles[first], profiles[second]) >= _SAME_WORDS:
                tied.tie(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(profiles)):
        groups[tied.root(index)].append(index)
    in_order = [tuple(sorted(group, key=lambda index: profiles[index].order)) for group in groups.values()]
    return sorted(in_order, key=lambda group: profiles[group[0]].order)


class _Ties:
    """Which indices are tied to each other, directly or over others."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def tie(self, first: int, second: int) -> None:
        self._parent[self.root(first)] = self.root(second)


def _voices(item: Profile, likeness: Likeness) -> Iterator[tuple[str, str]]:
    """Who speaks in a claim: its text, its outlet, and the first source that outlets copy."""
    yield "origin", item.origin
    yield "article", item.claim.article_id
    if item.publisher:
        yield "publisher", item.publisher
    for source in item.claim.sources:
        if source.source_type in likeness.wires:
            yield "source", " ".join(sorted(_source_words(source.name)))
            break


def _source_words(name: str) -> set[str]:
    return {fold_word(word).removeprefix("ال") for word in name.split()}
