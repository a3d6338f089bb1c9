"""The claims of one occurrence made into one event record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from conflict_events.records import Claim, Count
from conflict_events.resolution.independence import wire_groups
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.notes import note
from conflict_events.resolution.profiles import Profile
from conflict_events.resolution.records import ArticleMeta, EventRecord
from conflict_events.resolution.tolls import death_row, deaths_by_side, disagreement, reconcile

__all__ = ["build_event"]

_VAGUE_ACTIONS = {"other": 2, "body_transfer": 1, "explosion": 1, "attack_on_civilians": 1, "casualty_toll": 3}
"""Actions that say less than others of the same occurrence."""


def build_event(
    profiles: Sequence[Profile], articles: Mapping[str, ArticleMeta], likeness: Likeness, event_id: str
) -> EventRecord:
    """Reconcile the claims of one occurrence.

    The place, the day and the action are those of the claims that tell them most precisely, and among these what most
    independent sources say; actors are those that at least half as many sources name as the best-attested one.

    Args:
        profiles: The event's claims; at least one.
        articles: What is known of their articles.
        likeness: Trust tiers and groups.
        event_id: Id to carry.

    Returns:
        The record with revision 1 and change ``new``, no snapshot days: identity sets these.
    """
    ordered = sorted(profiles, key=lambda item: item.order)
    groups = [[ordered[index] for index in group] for group in wire_groups(ordered, likeness)]
    weight = {item.claim.claim_id: 1 / len(group) for group in groups for item in group}
    claims = [item.claim for item in ordered]
    where = _pick(claims, weight, _place_rank, lambda claim: (claim.place_id or claim.place, claim.lat, claim.lon))
    when = _pick(claims, weight, _time_rank, lambda claim: (claim.date_start, claim.date_end))
    action = _pick(claims, weight, lambda claim: _VAGUE_ACTIONS.get(claim.action, 0), lambda claim: claim.action).action
    actor1, actor2 = _sides(claims, weight)
    counts = reconcile(groups, likeness)
    killed, injured = death_row(counts, action), _total(counts, "injured")
    strikes = _total(counts, "strikes")
    sides = deaths_by_side(counts, action, actor1, actor2, likeness)
    metas = [articles.get(claim.article_id) for claim in claims]
    publishers = {item.publisher for item in ordered if item.publisher}
    camps = {meta.camp for meta in metas if meta and meta.camp}
    naming = [claim for claim in claims if claim.actor1]
    event = EventRecord(
        event_id=event_id,
        revision=1,
        change="new",
        reason="first reported",
        claim_ids=tuple(sorted(claim.claim_id for claim in claims)),
        action=action,
        date_start=when.date_start,
        date_end=when.date_end,
        time_precision=when.time_precision,
        place=where.place,
        place_en=where.place_en,
        place_id=where.place_id,
        admin1_en=where.admin1_en,
        admin1_pcode=where.admin1_pcode,
        admin2_en=where.admin2_en,
        country=where.country,
        lat=where.lat,
        lon=where.lon,
        geo_precision=where.geo_precision,
        other_places=_other_places(claims, where),
        actor1=actor1,
        actor2=actor2,
        actor1_suspected=bool(naming) and all(claim.actor1_suspected for claim in naming),
        counts=counts,
        **_triple("deaths", killed),
        deaths_a=sides.a,
        deaths_b=sides.b,
        deaths_civilians=sides.civilians,
        deaths_unknown=sides.unknown,
        deaths_qualifier=killed.qualifier if killed else None,
        deaths_text=killed.text if killed else None,
        **_triple("injured", injured),
        **_triple("strikes", strikes),
        is_background=all(claim.is_background for claim in claims),
        is_aggregate=action == "casualty_toll" or any(claim.is_aggregate for claim in claims),
        n_articles=len({claim.article_id for claim in claims}),
        n_publishers=len(publishers),
        n_camps=len(camps),
        n_independent_sources=len(groups),
        disagreement=disagreement(groups, likeness),
        confidence=_confidence(groups, len(camps)),
    )
    return replace(event, notes_en=note(event, "en"), notes_ar=note(event, "ar"))


def _pick(
    claims: Sequence[Claim], weight: Mapping[str, float], rank: Callable[[Claim], int], value: Callable[[Claim], Any]
) -> Claim:
    """The claim that speaks for all in one slot: the best (lowest) rank, then most sources, then the earliest."""
    best = min(rank(claim) for claim in claims)
    precise = [claim for claim in claims if rank(claim) == best]
    votes: dict[Any, float] = {}
    for claim in precise:
        votes[value(claim)] = votes.get(value(claim), 0.0) + weight[claim.claim_id]
    most = max(round(vote, 6) for vote in votes.values())
    return next(claim for claim in precise if round(votes[value(claim)], 6) == most)


def _place_rank(claim: Claim) -> int:
    if claim.place is None:
        return 9
    return (claim.geo_precision or 3) + (4 if claim.lat is None else 0)


def _time_rank(claim: Claim) -> int:
    """Days read from the text before days assumed from the publication."""
    if claim.date_start is None:
        return 9
    return 2 * (claim.time_precision or 3) + (claim.date_source == "publication")


def _sides(claims: Sequence[Claim], weight: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides; a side that reports of a battle put first and second by turns stays where most put it.

    Where as many put it first as second, it stays where it stands alone.
    """
    first, second = _support(claims, weight, "actor1"), _support(claims, weight, "actor2")
    for actor in sorted(set(first) & set(second)):
        equal = first[actor] == second[actor]
        weaker = first if first[actor] < second[actor] or (equal and len(second) == 1) else second
        if len(weaker) > 1 or not equal:
            del weaker[actor]
    return _well_attested(first), _well_attested(second)


def _support(claims: Sequence[Claim], weight: Mapping[str, float], side: str) -> dict[str, float]:
    votes: dict[str, float] = {}
    for claim in claims:
        for actor in getattr(claim, side):
            votes[actor] = votes.get(actor, 0.0) + weight[claim.claim_id]
    return {actor: round(vote, 6) for actor, vote in votes.items()}


def _well_attested(votes: Mapping[str, float]) -> tuple[str, ...]:
    named = {actor: vote for actor, vote in votes.items() if actor != "UNIDENTIFIED"} or votes
    if not named:
        return ()
    floor = max(named.values()) / 2
    kept = [actor for actor, vote in named.items() if vote >= floor]
    return tuple(sorted(kept, key=lambda actor: -named[actor]))  # stable: order of news among equals


def _other_places(claims: Sequence[Claim], where: Claim) -> tuple[str, ...]:
    names = dict.fromkeys(name for claim in claims for name in claim.other_places)
    names.pop(where.place or "", None)
    return tuple(names)


def _total(counts: Sequence[Count], measure: str) -> Count | None:
    return next((row for row in counts if row.measure == measure and row.group is None), None)


def _triple(name: str, row: Count | None) -> dict[str, Any]:
    bounds = (row.low, row.best, row.high) if row else (None, None, None)
    return {f"{name}_low": bounds[0], f"{name}_best": bounds[1], f"{name}_high": bounds[2]}


def _confidence(groups: Iterable[Sequence[Profile]], camps: int) -> float:
    """The best claim's confidence; each further source, and each further camp, takes up to half of the doubt away."""
    voices = sorted((max(item.claim.confidence for item in group) for group in groups), reverse=True)
    doubt = 1 - voices[0]
    for voice in [*voices[1:], *([voices[0]] * (camps - 1))]:
        doubt *= 1 - voice / 2
    return round(min(1.0, max(0.0, 1 - doubt)), 4)
