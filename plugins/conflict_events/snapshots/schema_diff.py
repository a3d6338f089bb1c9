"""The table of changes that `conflict-events diff` writes; it is derived, no snapshot holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conflict_events.snapshots.columns import Column, count, day, table, text
from conflict_events.snapshots.enums import EVENT_CHANGES
from conflict_events.snapshots.schema_events import EVENTS

__all__ = ["COMPARED", "EVENT_DIFF"]

COMPARED = (
    "event_date", "date_end", "time_precision", "action", "place", "admin1_en", "country", "geo_precision", "actor1",
    "actor2", "deaths_low", "deaths_best", "deaths_high", "injured_best", "strikes_best", "n_articles", "n_camps",
    "n_independent_sources", "disagreement",
)  # fmt: skip
"""Columns of `events` that stand in the table of changes twice, as they were and as they are."""


def _twice(name: str) -> Iterator[Column]:
    column = EVENTS.column(name)
    for end, english, arabic in (("before", "Before", "قبل"), ("after", "After", "بعد")):
        words = f"{english}: {column.description[0].lower()}{column.description[1:]}"
        yield replace(
            column, name=f"{name}_{end}", description=words, label_ar=f"{column.label_ar} ({arabic})", nullable=True
        )


EVENT_DIFF = replace(
    table(
        "event_diff",
        "Changes of events",
        "تغيّرات الأحداث",
        "One row per event that differs between two states; written by `conflict-events diff`, part of no snapshot. An "
        "event that came and went in between is left out.",
        text("event_id", "The event.", "معرّف الحدث").required(),
        text("change", "What became of it from the first state to the second.", "التغيير", EVENT_CHANGES).required(),
        text("reason", "Why: the reasons of its revisions in between, each with its day.", "سبب التغيير").required(),
        text("changed", "The columns below whose values differ, joined by `; `.", "ما تغيّر"),
        count("revision_before", "Revision in the first state; null where it did not stand.", "المراجعة قبل", 1),
        count("revision_after", "Revision in the second state, or that which ended it.", "المراجعة بعد", 1),
        day("last_revised_snapshot", "Snapshot that last changed it.", "آخر مراجعة"),
        text("merged_into", "Event that took over, where it was merged.", "دُمج في"),
        *(column for name in COMPARED for column in _twice(name)),
    ),
    order=("event_date_after", "event_date_before", "event_id"),
)
