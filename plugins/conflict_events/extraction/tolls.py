"""Reconciles the counts of one occurrence: title, lead, details and recap become one set of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conflict_events.extraction.adding import added_up
from conflict_events.extraction.counting import CountRow
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.wording import counting_words
from conflict_events.records import Count, SlotSpan

__all__ = ["counts_of"]

_HARM = ("killed", "injured", "other", "bodies")
_TITLES = ("title", "heading")


def counts_of(frames: Sequence[Frame], spans: list[SlotSpan]) -> tuple[Count, ...]:
    """The counts of an occurrence, each distinct one once.

    The text speaks before the headline. Words without a number give way to a number, a joint toll of dead and hurt to
    the split that adds up to it, bodies to the dead. The dead whose bodies arrive ("وصل 100 قتيل") count as bodies:
    their killing was elsewhere. Counted attacks ("711 هجوما") are rows of an aggregate only.

    Args:
        frames: Its frames in text order.
        spans: Slot spans of the claim; one is added for each count.
    """
    body = [f for f in frames if f.sentence.kind not in _TITLES]
    rows = _kept(body)
    stated = {(r.measure, r.group) for _, r in rows if r.people.numeric}
    headline = _kept([f for f in frames if f not in body])
    if not any(r.people.numeric for _, r in rows):
        told = {r.measure for _, r in rows if r.group is None}
        better = [(f, r) for f, r in headline if r.people.numeric or r.measure not in told]
        found = {(r.measure, r.group) for _, r in better}
        rows = better + [(f, r) for f, r in rows if (r.measure, r.group) not in found]
    elif not any(measure in ("killed", "other") for measure, _ in stated):
        rows = [(f, r) for f, r in headline if r.measure == "killed" and r.people.numeric] + rows
    found_rows = _settled(rows)
    out = []
    for frame, row in found_rows:
        first, last = frame.sentence.raw_span(row.first, row.last)
        measure = "other" if row.measure == "attacks" else row.measure
        out.append(
            Count(
                measure,
                row.low,
                row.best,
                row.high,
                row.qualifier,
                row.group,
                counting_words(frame.sentence, row.first, row.last),
                first,
                last,
            )
        )
        spans.append(SlotSpan(f"count:{measure}", first, last, row.group or "total"))
    return tuple(out)


def _kept(frames: Sequence[Frame]) -> list[tuple[Frame, CountRow]]:
    """Rows of the frames, each distinct one once."""
    rows: list[tuple[Frame, CountRow]] = []
    seen: set[tuple[object, ...]] = set()
    for frame in frames:
        for row in frame.counts:
            if row.measure == "killed" and frame.action == "body_transfer":
                row = replace(row, measure="bodies")
            key = (row.measure, row.group, row.low, row.best, row.high)
            if key not in seen and (row.measure != "attacks" or frame.aggregate):
                seen.add(key)
                rows.append((frame, row))
    return rows


def _settled(rows: list[tuple[Frame, CountRow]]) -> list[tuple[Frame, CountRow]]:
    """Rows without those that another says better."""
    if any(r.best != 0 and r.measure in _HARM for _, r in rows):
        rows = [(f, r) for f, r in rows if r.best != 0]
    rows = added_up(_bounded(rows))
    numeric = {(r.measure, r.group) for _, r in rows if r.people.numeric}
    kept = [(f, r) for f, r in rows if r.people.numeric or (r.measure, r.group) not in numeric]
    if any(r.measure == "killed" and r.people.numeric for _, r in kept):
        kept = [(f, r) for f, r in kept if r.measure != "bodies"]
    split = {m for m, group in numeric if group is None} & {"killed", "injured"}
    return [
        (f, r)
        for f, r in kept
        if r.measure != "other"
        or not (_is_sum(kept, r) or (split and not r.people.numeric and r.people.outcome is None))
    ]


def _bounded(rows: list[tuple[Frame, CountRow]]) -> list[tuple[Frame, CountRow]]:
    """Of one number said plainly and with "at least" or "about", the words that bound it."""
    said = {(r.measure, r.group, r.best) for _, r in rows if r.best is not None and r.qualifier != "exact"}
    return [(f, r) for f, r in rows if r.qualifier != "exact" or (r.measure, r.group, r.best) not in said]


def _is_sum(rows: list[tuple[Frame, CountRow]], joint: CountRow) -> bool:
    """Whether a joint toll of dead and hurt is the sum of the two that other sentences give."""
    killed = [r.best for _, r in rows if r.measure == "killed" and r.group is None and r.best is not None]
    injured = [r.best for _, r in rows if r.measure == "injured" and r.group is None and r.best is not None]
    return joint.group is None and bool(killed) and bool(injured) and joint.best == killed[0] + injured[0]
