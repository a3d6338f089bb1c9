"""Tolls of different people in one occurrence, which the text leaves to the reader to add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conflict_events.extraction.describing import CROWDS
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.people import PeopleGroup
from conflict_events.extraction.totals import CountRow

__all__ = ["added_up", "others_than"]

_MEASURES = ("killed", "injured")
_UNARMED = frozenset({"civilians", "children", "women", "journalists", "rescuers"})
_KINDS = ("women", "children", "men")

_Row = tuple[Frame, CountRow]


def others_than(one: PeopleGroup, other: PeopleGroup) -> bool:
    """Whether two phrases are of different people for sure: of two sides, of armed and unarmed, of women and men."""
    first, second = _sides(one), _sides(other)
    if first and second:
        return not first & second
    if (_armed(one) and _unarmed(other)) or (_armed(other) and _unarmed(one)):
        return True
    return bool(_demographic(one) and _demographic(other) and not _demographic(one) & _demographic(other))


def added_up(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, where one sentence tells a toll of each of several sides, with their sum for these tolls.

    "مقتل 13 من الفصائل وسقوط خمسة من قوات النظام" are 18. A sum that is stated itself needs none.
    """
    out = list(rows)
    for measure in _MEASURES:
        totals = [row for row in out if row[1].measure == measure and row[1].group is None and row[1].best is not None]
        terms = _terms(totals)
        if len(terms) < 2:
            continue
        frame, first = terms[0]
        whole = sum(r.best or 0 for _, r in terms)
        stated = any(r.best == whole for _, r in totals)
        rest = [row for row in out if not any(row[1] is r for _, r in terms)]
        at = next(i for i, row in enumerate(out) if row[1] is first)
        out = rest
        if not stated:
            out.insert(min(at, len(rest)), (frame, _sum(first, [r for _, r in terms])))
    return out


def _terms(totals: Sequence[_Row]) -> list[_Row]:
    """The tolls of one sentence that are of different people each."""
    for start, (frame, row) in enumerate(totals):
        terms = [(frame, row)]
        for other_frame, other in totals[start + 1 :]:
            # A clause that names an attack of its own counts the victims of that one.
            here = other_frame is frame or (other_frame.sentence is frame.sentence and other_frame.generic)
            if here and all(others_than(t.people, other.people) for _, t in terms):
                terms.append((other_frame, other))
        if len(terms) > 1:
            return terms
    return []


def _sum(first: CountRow, rows: Sequence[CountRow]) -> CountRow:
    qualifier = next((r.qualifier for r in rows if r.qualifier != "exact"), "exact")
    return replace(
        first,
        low=_total([r.low for r in rows]),
        best=_total([r.best for r in rows]),
        high=_total([r.high for r in rows]),
        qualifier=qualifier,
        last=max(first.last, *(r.last for r in rows)),
    )


def _total(values: Sequence[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None


def _sides(group: PeopleGroup) -> frozenset[str]:
    return frozenset(a for a in group.actors if a != "CIVILIANS" and a not in CROWDS)


def _armed(group: PeopleGroup) -> bool:
    return bool(_sides(group)) or group.combatant


def _unarmed(group: PeopleGroup) -> bool:
    return not _armed(group) and (group.civilian or bool(_UNARMED & set(group.groups)))


def _demographic(group: PeopleGroup) -> set[str]:
    return set() if set(group.groups) - set(_KINDS) else set(group.groups)
