"""Ids that survive: which event a group of claims is, and what became of the others.

Which claims belong together does not depend on the order in which they arrive; ids, revisions and reasons do, and
only they:

* A group that holds claims of a known event is that event. Where several events meet in a group, the one first seen
  goes on (then the one with more claims, then the smaller id); the others end in a tombstone that names it.
* Where the claims of one event end in several groups, the group with most of them (then the earliest claim) keeps the
  id.
* A group of new claims only is a new event; its id is derived from its anchor: the first claim in the order of news.
  In a rebuild it takes the id that the same words had before, if they had one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from conflict_events.resolution.profiles import Profile
from conflict_events.resolution.records import EventRecord, Tombstone

__all__ = ["Identities", "assign_ids", "event_id_of"]


@dataclass(frozen=True, slots=True)
class Identities:
    """Ids for groups.

    Attributes:
        event_ids: One id for each group, in the order given.
        tombstones: Known events that another took over.
        split_from: New id -> known event that its claims came from.
    """

    event_ids: tuple[str, ...]
    tombstones: tuple[Tombstone, ...]
    split_from: Mapping[str, str]


def event_id_of(claim_id: str, attempt: int = 0) -> str:
    """The id that a claim anchors.

    >>> event_id_of("c1") == event_id_of("c1"), event_id_of("c1")[:3], len(event_id_of("c1"))
    (True, 'ev_', 19)
    """
    seed = claim_id if attempt == 0 else f"{claim_id}#{attempt}"
    return "ev_" + hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def assign_ids(
    groups: Sequence[Sequence[Profile]],
    known: Mapping[str, EventRecord],
    former: Mapping[str, str] = MappingProxyType({}),
) -> Identities:
    """Give each group of claims its event id.

    Args:
        groups: Claims by occurrence, each in order of news; claims of known events carry their `event_id`.
        known: Known events by id.
        former: Claim id -> the event that an earlier reading of the same words belonged to. A group without a known
            event takes the id that most of its claims had, so that ids survive corrected extraction.
    """
    shares = [Counter(one for i in group if (one := i.claim.event_id) and one in known) for group in groups]
    claimed = _keepers(groups, shares)
    ids: list[str] = []
    tombstones: list[Tombstone] = []
    split_from: dict[str, str] = {}
    inherited = _inherited(groups, claimed, {c: one for c, one in former.items() if one not in known})
    taken = set(known) | set(inherited.values())
    for index, group in enumerate(groups):
        if index in claimed:
            heirs = sorted(claimed[index], key=lambda event_id: _seniority(known[event_id], shares[index][event_id]))
            ids.append(heirs[0])
            tombstones += [Tombstone(lost, heirs[0], f"same occurrence as {heirs[0]}") for lost in heirs[1:]]
            continue
        new_id = inherited.get(index) or _fresh_id(group[0].claim.claim_id, taken)
        taken.add(new_id)
        ids.append(new_id)
        if shares[index]:
            split_from[new_id] = min(shares[index], key=lambda event_id: (-shares[index][event_id], event_id))
    return Identities(tuple(ids), tuple(tombstones), split_from)


def _inherited(
    groups: Sequence[Sequence[Profile]], claimed: Collection[int], former: Mapping[str, str]
) -> dict[int, str]:
    """Group -> the former id that it takes over; groups that hold a known event take none."""
    shares = [
        Counter(former[i.claim.claim_id] for i in group if index not in claimed and i.claim.claim_id in former)
        for index, group in enumerate(groups)
    ]
    held = _keepers(groups, shares)
    return {index: min(ids, key=lambda one: (-shares[index][one], one)) for index, ids in held.items()}


def _keepers(groups: Sequence[Sequence[Profile]], shares: Sequence[Mapping[str, int]]) -> dict[int, list[str]]:
    """Group -> the ids that go on in it: each id goes to the group that holds most of its claims."""
    holding: dict[str, list[int]] = {}
    for index, share in enumerate(shares):
        for event_id in share:
            holding.setdefault(event_id, []).append(index)
    claimed: dict[int, list[str]] = {}
    for event_id, indices in sorted(holding.items()):
        keeper = min(indices, key=lambda index: (-shares[index][event_id], groups[index][0].order))
        claimed.setdefault(keeper, []).append(event_id)
    return claimed


def _seniority(event: EventRecord, claims: int) -> tuple[date, int, str]:
    return event.first_seen_snapshot or date.max, -claims, event.event_id


def _fresh_id(claim_id: str, taken: set[str]) -> str:
    attempt = 0
    while event_id_of(claim_id, attempt) in taken:
        attempt += 1
    return event_id_of(claim_id, attempt)
