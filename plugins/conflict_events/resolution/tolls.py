"""The written rule by which the counts of several claims become one.

* Copies of one wire speak once: of each independent source the latest statement of a measure counts.
* low = the smallest stated low; high = the largest stated high; high is open (None) where the largest number stated
  is a minimum ("at least 57").
* best = the number of the best source that states one: the highest tier of reliability, in it the latest article,
  then the larger number (tolls rise). Its qualifier and its words go with it. A vague number ("dozens") is kept only
  where nobody gives a number.
* Sub-groups are reconciled like totals, each by itself, and never added to a total. Where no total is stated, none is
  made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conflict_events.records import Count
from conflict_events.resolution.likeness import Likeness
from conflict_events.resolution.profiles import Profile

__all__ = ["Deaths", "death_row", "deaths_by_side", "disagreement", "number_of", "reconcile"]

_BATTLES = frozenset({"armed_clash", "territory_captured"})

Measure = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths by side; the four never overlap, and sum to the best total where there is one."""

    a: int | None = None
    b: int | None = None
    civilians: int | None = None
    unknown: int | None = None


@dataclass(frozen=True, slots=True)
class _Statement:
    """One count row with the standing of who states it."""

    count: Count
    tier: int
    published: str
    claim_id: str

    @property
    def number(self) -> int | None:
        """The number that stands for the row."""
        return number_of(self.count)


def reconcile(groups: Sequence[Sequence[Profile]], likeness: Likeness) -> tuple[Count, ...]:
    """One count for each measure and sub-group.

    Args:
        groups: The event's claims by independent source.
        likeness: Trust tiers of source types.

    Returns:
        Counts sorted by measure, totals before sub-groups.
    """
    by_measure: dict[Measure, list[_Statement]] = defaultdict(list)
    for group in groups:
        spoken: dict[Measure, list[_Statement]] = defaultdict(list)
        for item in group:
            for row in item.claim.counts:
                spoken[row.measure, row.group].append(_statement(item, row, likeness))
        for measure, statements in spoken.items():
            by_measure[measure] += _latest(statements)
    ordered = sorted(by_measure, key=lambda key: (key[0], key[1] is not None, key[1] or ""))
    return tuple(_reconciled(measure, by_measure[measure]) for measure in ordered)


def disagreement(groups: Sequence[Sequence[Profile]], likeness: Likeness) -> float | None:
    """How far independent sources are apart on the deaths (else the injured): 0 they agree, 1 they share nothing.

    None with fewer than two stated totals.
    """
    for measures in (("killed", "bodies"), ("injured",)):
        numbers = []
        for group in groups:
            stated = [
                _statement(item, row, likeness)
                for item in group
                for row in item.claim.counts
                if row.measure in measures and row.group is None
            ]
            numbers += [each.number for each in _latest(stated) if each.number is not None]
        if len(numbers) > 1:
            top = max(numbers)
            return round((top - min(numbers)) / top, 3) if top else 0.0
    return None


_HAND_OVERS = frozenset({"body_transfer", "agreement", "territory_transfer"})


def death_row(counts: Sequence[Count], action: str) -> Count | None:
    """The row that tells an event's deaths.

    Bodies found at an attack are deaths of it where no toll is given; bodies that only change hands, by themselves or
    as part of an agreement, died elsewhere and are counted there.
    """
    killed = _total(counts, "killed")
    return killed if killed is not None or action in _HAND_OVERS else _total(counts, "bodies")


def deaths_by_side(
    counts: Sequence[Count], action: str, actor1: Sequence[str], actor2: Sequence[str], likeness: Likeness
) -> Deaths:
    """Split the deaths between the sides, civilians and unknown.

    A sub-group that names an actor counts for its side; children, women, journalists and rescuers are civilians
    unless a row of civilians says how many; armed people of no named side belong to the target's side when there is
    one armed side only. What the rows leave over is unknown. Where nothing is said of a sub-group, the whole toll
    belongs to `actor2` if that is one kind of people and it was no battle.
    """
    killed = death_row(counts, action)
    groups = {row.group: number_of(row) for row in counts if row.measure == "killed" and row.group}
    total = number_of(killed) if killed else None
    civilian_actors = likeness.civilian_actors
    armed_b = [actor for actor in actor2 if actor not in civilian_actors]
    side_a = _sum(value for group, value in groups.items() if group in actor1 and group not in civilian_actors)
    side_b = _sum(value for group, value in groups.items() if group in armed_b and group not in actor1)
    civilians = groups.get("civilians", groups.get("CIVILIANS"))
    if civilians is None:
        distinct = (likeness.civilian_groups | civilian_actors) - {"civilians", "CIVILIANS"}
        civilians = _sum(value for group, value in groups.items() if group in distinct)
    armed = _sum(value for group, value in groups.items() if group in likeness.armed_groups)
    if armed is not None and side_a is None and side_b is None and armed_b:
        side_b = armed
    if total is None:
        return Deaths(side_a, side_b, civilians, None)
    if actor2 and side_a is None and side_b is None and armed is None:
        if not armed_b:
            return Deaths(None, None, total, 0)
        if civilians is None and len(armed_b) == len(actor2) and action not in _BATTLES:
            return Deaths(None, total, None, 0)
    return _capped(total, side_a, side_b, civilians)


def _capped(total: int, side_a: int | None, side_b: int | None, civilians: int | None) -> Deaths:
    """Sides within the total: what overshoots (rows of different sources) is cut, civilians last."""
    left = total
    kept: dict[str, int | None] = {"civilians": civilians, "b": side_b, "a": side_a}
    for name, value in kept.items():
        if value is not None:
            kept[name] = min(value, left)
            left -= min(value, left)
    return Deaths(kept["a"], kept["b"], kept["civilians"], left)


def _statement(item: Profile, row: Count, likeness: Likeness) -> _Statement:
    tiers = [likeness.reliability.get(source.source_type, 1) for source in item.claim.sources]
    tier = max(tiers) if tiers else likeness.reliability_of_article
    return _Statement(row, tier, item.published.isoformat() if item.published else "", item.claim.claim_id)


def _latest(statements: Sequence[_Statement]) -> list[_Statement]:
    """The statements of the last day on which one source speaks; all of them where it gives several tolls at once."""
    if not statements:
        return []
    numbered = [each for each in statements if each.number is not None] or list(statements)
    last = max(each.published for each in numbered)
    return [each for each in numbered if each.published == last]


def _reconciled(measure: Measure, statements: Sequence[_Statement]) -> Count:
    numbered = [each for each in statements if each.number is not None]
    if not numbered:
        said = max(statements, key=lambda each: (each.tier, each.published, each.count.text or "", each.claim_id))
        return Count(measure[0], None, None, None, said.count.qualifier, measure[1], said.count.text)
    best = max(
        numbered, key=lambda each: (each.tier, each.published, each.number or 0, each.count.text or "", each.claim_id)
    )
    lows = [each.count.low for each in numbered if each.count.low is not None]
    if lows and best.count.best is not None:
        lows.append(best.count.best)  # "at most 2" by the best source, "3" by another: 2 is the smallest
    highs = [each.count.high for each in numbered if each.count.high is not None]
    low, high = (min(lows) if lows else None), (max(highs) if highs else None)
    largest = max(each.number or 0 for each in numbered)
    is_open = any(each.count.high is None and (each.number or 0) == largest for each in numbered)
    if high is not None and (high < largest or (is_open and high <= largest)):
        high = None
    return Count(measure[0], low, best.count.best, high, best.count.qualifier, measure[1], best.count.text)


def _total(counts: Sequence[Count], measure: str) -> Count | None:
    return next((row for row in counts if row.measure == measure and row.group is None), None)


def number_of(row: Count) -> int | None:
    """The number that stands for a row: best, else low, else high."""
    return next((value for value in (row.best, row.low, row.high) if value is not None), None)


def _sum(values: Iterable[int | None]) -> int | None:
    numbers = [value for value in values if value is not None]
    return sum(numbers) if numbers else None
