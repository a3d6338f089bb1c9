"""Ids that survive: which event a group of claims is, and what became of the others.

Which claims belong together does not depend on the order in which they arrive; ids, revisions and reasons do, and
only they:

* A group that holds claims of a known event is that event. Where several events meet in a group, the one first seen
  goes on (then the one with more claims, then the smaller id); the others end in a tombstone that names it.
* Where the claims of one event end in several groups, the group with most of them (then the earliest claim) keeps the
  id.
* A group of new claims only is a new event; its id is derived from its anchor: the first claim in the order of news.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


def assign_ids(groups: Sequence[Sequence[Profile]], known: Mapping[str, EventRecord]) -> Identities:
    """Give each group of claims its event id.

    Args:
        groups: Claims by occurrence, each in order of news; claims of known events carry their `event_id`.
        known: Known events by id.
    """
    shares = [_shares(group, known) for group in groups]
    keeper: dict[str, int] = {}
    for event_id in sorted({event_id for share in shares for event_id in share}):
        holding = [index for index, share in enumerate(shares) if event_id in share]
        keeper[event_id] = min(holding, key=lambda index: (-shares[index][event_id], groups[index][0].order))
    claimed: dict[int, list[str]] = {}
    for event_id, index in keeper.items():
        claimed.setdefault(index, []).append(event_id)
    ids: list[str] = []
    tombstones: list[Tombstone] = []
    split_from: dict[str, str] = {}
    taken = set(known)
    for index, group in enumerate(groups):
        if index in claimed:
            heirs = sorted(claimed[index], key=lambda event_id: _seniority(known[event_id], shares[index][event_id]))
            ids.append(heirs[0])
            tombstones += [Tombstone(lost, heirs[0], f"same occurrence as {heirs[0]}") for lost in heirs[1:]]
            continue
        new_id = _fresh_id(group[0].claim.claim_id, taken)
        taken.add(new_id)
        ids.append(new_id)
        if shares[index]:
            split_from[new_id] = min(shares[index], key=lambda event_id: (-shares[index][event_id], event_id))
    return Identities(tuple(ids), tuple(tombstones), split_from)


def _shares(group: Sequence[Profile], known: Mapping[str, EventRecord]) -> Counter[str]:
    """How many of a group's claims each known event holds."""
    return Counter(item.claim.event_id for item in group if item.claim.event_id in known and item.claim.event_id)


def _seniority(event: EventRecord, claims: int) -> tuple[date, int, str]:
    return event.first_seen_snapshot or date.max, -claims, event.event_id


def _fresh_id(claim_id: str, taken: set[str]) -> str:
    attempt = 0
    while event_id_of(claim_id, attempt) in taken:
        attempt += 1
    return event_id_of(claim_id, attempt)
