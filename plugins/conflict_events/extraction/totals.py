"""Turns totals and the parts told of them into rows of counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from conflict_events.extraction.describing import CROWDS
from conflict_events.extraction.governing import HARM
from conflict_events.extraction.people import PeopleGroup
from conflict_events.extraction.reading import Trigger

__all__ = ["CountRow", "Total", "named_like", "rows_of"]

_WITH_GROUPS = frozenset({"killed", "injured", "missing", "other", "bodies", "detained", "abducted"})


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count of a sentence, by token index.

    Attributes:
        measure: Measure of the codebook, or "attacks" for counted attacks and incidents.
        group: Sub-group, None for a total.
        low: Lower bound or None.
        best: Stated number or None.
        high: Upper bound or None.
        qualifier: exact, at_least, at_most, about, range or vague.
        first: First token of the words that state it.
        last: One past their last token.
        people: The phrase it was read from.
        governor: The trigger that governs it, None where the noun speaks for itself.
    """

    measure: str
    group: str | None
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    first: int
    last: int
    people: PeopleGroup
    governor: Trigger | None = None


@dataclass(slots=True)
class Total:
    """A run of coordinated groups that share measures, and the sub-groups told of them."""

    measures: tuple[str, ...]
    members: list[PeopleGroup]
    governor: Trigger | None
    parts: list[PeopleGroup]

    @property
    def joint(self) -> bool:
        """Whether one number covers dead and hurt together: "قتل وجرح أكثر من 30", "قتل وجرح العشرات".

        "A number of them" is no number: it is said of each.
        """
        only = self.members[0]
        quantified = (only.quantified and only.scaled) or only.numeric
        return len(self.measures) > 1 and quantified and set(self.measures) <= HARM and not self._nouns

    @property
    def _nouns(self) -> bool:
        """A vague word over two nouns leaves each vague: "عدد من القتلى والجرحى"."""
        return len(self.members) > 1 and self.governor is None and not any(m.numeric for m in self.members)

    @property
    def whole(self) -> int | None:
        """Its number, None where it has none."""
        numbers = [m.best for m in self.members]
        return sum(n for n in numbers if n is not None) if all(n is not None for n in numbers) else None


def named_like(total: Total, before: Total | None) -> Total:
    """The others are of the kind just named: "قتل مدني وأصيب ثلاثة آخرون"."""
    only = total.members[0]
    if before is None or len(total.members) > 1 or not (only.others and only.elliptical and only.numeric):
        return total
    kinds = {(m.groups, m.actors) for m in before.members}
    if len(kinds) != 1 or only.groups or only.actors:
        return total
    groups, actors = kinds.pop()
    if not set(groups) <= {"civilians", "combatants"} or not groups:
        return total
    first = before.members[0]
    members = [replace(only, groups=groups, actors=actors, civilian=first.civilian, combatant=first.combatant)]
    return replace(total, members=members)


def rows_of(total: Total) -> list[CountRow]:
    """The rows of a total: its own for each measure, then those of its members' kinds and of its parts."""
    members = total.members
    first = min(members[0].first, total.governor.first if total.governor else members[0].first)
    last = max(members[-1].last, first + 1)
    numeric = [m for m in members if m.numeric]
    measures = ("other",) if total.joint else total.measures
    qualifier = next((m.qualifier for m in members if m.qualifier != "exact"), "exact")
    if len(numeric) < len(members) and numeric:
        qualifier = "at_least"
    low = sum(m.low or 0 for m in numeric) if numeric and all(m.low is not None for m in numeric) else None
    best = sum(m.best or 0 for m in numeric) if numeric and all(m.best is not None for m in numeric) else None
    high = sum(m.high or 0 for m in members) if numeric and all(m.high is not None for m in members) else None
    rows = []
    for measure in measures:
        rows.append(CountRow(measure, None, low, best, high, qualifier, first, last, members[0], total.governor))
        if measure in _WITH_GROUPS:
            alone = len(members) == 1
            rows += _summed(_part(measure, name, m, None) for m in members for name in _names(m, alone))
    rows += [
        _part(measures[0], name, part, total.governor) for part in total.parts for name in _names(part, alone=False)
    ]
    return rows


def _summed(rows: Iterable[CountRow]) -> list[CountRow]:
    """One row for each kind told in several phrases: "طفلان وطفلة" are three children, "ضابط وجنديان" three of an army.

    One told again ("زوجته ... والزوجة") is nobody new.
    """
    found: dict[str | None, CountRow] = {}
    for row in rows:
        before = found.get(row.group)
        if before is None:
            found[row.group] = row
        elif before.best is not None and row.best is not None and not row.people.definite:
            found[row.group] = replace(
                before,
                low=_sum(before.low, row.low),
                best=before.best + row.best,
                high=_sum(before.high, row.high),
                qualifier=before.qualifier if before.qualifier != "exact" else row.qualifier,
                last=max(before.last, row.last),
            )
    return list(found.values())


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _part(measure: str, name: str, people: PeopleGroup, governor: Trigger | None) -> CountRow:
    return CountRow(
        measure,
        name,
        people.low,
        people.best,
        people.high,
        people.qualifier,
        people.first,
        people.last,
        people,
        governor,
    )


def _names(group: PeopleGroup, alone: bool) -> tuple[str, ...]:
    """Sub-groups that a phrase names; a young man who is the whole toll is none."""
    actors = tuple(a for a in group.actors if a not in ("CIVILIANS",))
    names = group.groups
    if alone and group.youths:
        names = tuple(n for n in names if n != "men")
    if group.origin is not None and not alone:
        names = tuple(n for n in names if n != "combatants")
        return (f"from:{group.origin}", *names)
    if actors and ("combatants" in names or group.elliptical or group.combatant):
        names = tuple(n for n in names if n != "combatants")
        return (*actors[:1], *names)
    if actors and not names and (not alone or actors[0] in CROWDS):
        return actors[:1]
    return names
