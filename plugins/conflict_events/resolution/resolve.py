"""From claims to events: compare, group, name, reconcile, and say what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from conflict_events.records import Claim
from conflict_events.resolution.changes import describe_change
from conflict_events.resolution.clustering import Comparisons
from conflict_events.resolution.events import build_event
from conflict_events.resolution.identity import assign_ids
from conflict_events.resolution.likeness import Likeness, load_likeness
from conflict_events.resolution.profiles import Profile, profile
from conflict_events.resolution.records import ArticleMeta, EventRecord, KnownState, Nearby, Resolution, Tombstone
from conflict_events.resolution.regrouping import regroup

__all__ = ["resolve"]


def resolve(
    claims: Iterable[Claim],
    known: KnownState | None = None,
    articles_meta: Mapping[str, ArticleMeta] | None = None,
    *,
    withdrawn: Mapping[str, str] = MappingProxyType({}),
    former: Mapping[str, str] = MappingProxyType({}),
    nearby: Nearby | None = None,
) -> Resolution:
    """Tie claims about one occurrence together and reconcile them into events.

    The result does not depend on the order of `claims` or of `known`. A claim that is known already is replaced by
    the new reading of it. Only events that new claims change are grouped again; the others come back unchanged.

    Args:
        claims: New claims.
        known: Events and claims that are known; None for none.
        articles_meta: Outlets, camps and near-duplicates by article id, of new and known articles. What is missing is
            read from the claims.
        withdrawn: Known claims that no longer hold -> why, in short English words; an event that loses all its claims
            is retracted.
        former: New claim -> event that an earlier reading of the same words, or the text that a correction replaces,
            belonged to. Where that event is known, the claim is one of its claims; else see `assign_ids`.
        nearby: Where more of what is known can be had, as claims come to be compared; left out, `known` is all.
            Of that, only what changes comes back.

    Raises:
        ValueError: Two new claims carry one `claim_id`.
    """
    likeness = load_likeness()
    known, metas = known or KnownState(), dict(articles_meta or {})
    listed = list(claims)
    new = {claim.claim_id: claim for claim in listed}
    if len(new) != len(listed):
        raise ValueError("two claims carry the same claim_id; ids must be unique over all articles")
    stored = [*known.claims, *_near(nearby, listed, metas)]
    events = {event.event_id: event for event in known.events}
    before = {claim.claim_id: claim.event_id for claim in stored}
    ids = {*events, *(claim.event_id for claim in stored)}
    before |= {claim_id: event_id for claim_id, event_id in former.items() if event_id in ids and claim_id in new}
    old = {claim.claim_id: claim for claim in stored if claim.claim_id not in withdrawn}
    pool = [replace(claim, event_id=before.get(claim.claim_id)) for claim in {**old, **new}.values()]
    profiles = sorted((_profile(claim, metas) for claim in pool), key=lambda item: item.order)
    touched = {
        claim.event_id for claim in stored if claim.event_id and (claim.claim_id in new or claim.claim_id in withdrawn)
    }
    start = [
        index for index, item in enumerate(profiles) if item.claim.claim_id in new or item.claim.event_id in touched
    ]
    comparisons = Comparisons(profiles, likeness)

    def fetch(indices: Sequence[int]) -> None:
        asked = [comparisons.profiles[index].claim for index in indices]
        for claim in _near(nearby, [claim for claim in asked if claim.claim_id not in new], metas):
            if claim.claim_id not in new:
                comparisons.add(_profile(claim, metas))

    regrouped = regroup(comparisons, start, fetch if nearby is not None else None)
    profiles = comparisons.profiles
    changing = {profiles[index].claim.event_id for group in regrouped for index in group} | touched
    whole = nearby.whole({one for one in changing if one} - events.keys()) if nearby is not None else KnownState()
    events |= {event.event_id: event for event in whole.events}
    told = {claim.claim_id: _profile(claim, metas) for claim in whole.claims if claim.claim_id not in new}
    groups = [[told.get(item.claim.claim_id, item) for item in map(profiles.__getitem__, group)] for group in regrouped]
    reasons = {
        c.event_id: withdrawn[c.claim_id]
        for c in (*known.claims, *whole.claims)
        if c.event_id and c.claim_id in withdrawn
    }
    return _assemble(groups, profiles, _Before(events, metas, touched, reasons, former), likeness)


def _near(nearby: Nearby | None, claims: Sequence[Claim], metas: dict[str, ArticleMeta]) -> Sequence[Claim]:
    """What is near some claims; `metas` gets what is known of their articles."""
    if nearby is None or not claims:
        return ()
    found, articles = nearby.near(claims)
    for article_id, meta in articles.items():
        metas.setdefault(article_id, meta)
    return found


@dataclass(frozen=True, slots=True)
class _Before:
    """What was known: events, articles, the events that lose or change a claim, why they lose it, former ids."""

    events: Mapping[str, EventRecord]
    metas: Mapping[str, ArticleMeta]
    touched: set[str]
    withdrawals: Mapping[str, str]
    former: Mapping[str, str]


def _assemble(groups: list[list[Profile]], profiles: list[Profile], before: _Before, likeness: Likeness) -> Resolution:
    known = before.events
    identities = assign_ids(groups, known, before.former)
    lost = {tombstone.event_id for tombstone in identities.tombstones}
    assignments = {item.claim.claim_id: item.claim.event_id for item in profiles if item.claim.event_id}
    found: dict[str, EventRecord] = {}
    for event_id, group in zip(identities.event_ids, groups, strict=True):
        event = build_event(group, before.metas, likeness, event_id)
        merged = tuple(sorted(t.event_id for t in identities.tombstones if t.heir == event_id))
        found[event_id] = describe_change(
            event, known.get(event_id), merged, identities.split_from.get(event_id), before.withdrawals.get(event_id)
        )
        assignments.update({item.claim.claim_id: event_id for item in group})
    tombstones = list(identities.tombstones)
    for tombstone in identities.tombstones:
        ended = known[tombstone.event_id]
        found[ended.event_id] = replace(
            ended, revision=ended.revision + 1, change="merged", reason=tombstone.reason, merged_into=tombstone.heir
        )
    held = set(assignments.values())
    for event_id, event in known.items():
        if event_id in found or event_id in lost:
            continue
        if event_id in before.touched and event_id not in held:
            reason = before.withdrawals.get(event_id) or "no claim holds any more"
            tombstones.append(Tombstone(event_id, None, reason))
            found[event_id] = replace(event, revision=event.revision + 1, change="retracted", reason=reason)
        else:
            found[event_id] = replace(event, change="unchanged", reason="nothing new")
    ordered = sorted(found.values(), key=_by_day)
    return Resolution(
        tuple(ordered), dict(sorted(assignments.items())), tuple(sorted(tombstones, key=lambda t: t.event_id))
    )


def _by_day(event: EventRecord) -> tuple[str, str, str]:
    return event.date_start.isoformat() if event.date_start else "9999", event.place or "", event.event_id


def _profile(claim: Claim, metas: Mapping[str, ArticleMeta]) -> Profile:
    meta = metas.get(claim.article_id)
    if meta is None:
        return profile(claim)
    return profile(claim, meta.publisher, _first_copy(meta, metas), meta.published_at)


def _first_copy(meta: ArticleMeta, metas: Mapping[str, ArticleMeta]) -> str:
    """The article at the end of a chain of copies."""
    seen = {meta.article_id}
    while meta.near_duplicate_of and meta.near_duplicate_of not in seen:
        seen.add(meta.near_duplicate_of)
        following = metas.get(meta.near_duplicate_of)
        if following is None:
            return meta.near_duplicate_of
        meta = following
    return meta.article_id
