"""What became of an event since the last snapshot, in short words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from conflict_events.resolution.records import EventRecord

__all__ = ["describe_change"]

_NOT_CONTENT = frozenset(
    {
        "revision",
        "change",
        "reason",
        "first_seen_snapshot",
        "last_revised_snapshot",
        "merged_into",
        "notes_en",
        "notes_ar",
    }
)
_NAMED = {
    "action": "action",
    "date_start": "first day",
    "date_end": "last day",
    "place": "place",
    "geo_precision": "place precision",
    "actor1": "actor1",
    "actor2": "actor2",
    "deaths_low": "deaths low",
    "deaths_best": "deaths best",
    "deaths_high": "deaths high",
    "injured_best": "injured",
    "strikes_best": "strikes",
}


def describe_change(
    event: EventRecord,
    before: EventRecord | None,
    merged: Sequence[str] = (),
    split_from: str | None = None,
    withdrawal: str | None = None,
) -> EventRecord:
    """Set revision, change and reason of an event that was built anew.

    Args:
        event: The event as its claims tell it now.
        before: The event as it was known, or None.
        merged: Ids of events that it took over.
        split_from: Event that its claims came from, where it is new by a split.
        withdrawal: Why a claim of it no longer holds, where one does not.
    """
    if before is None:
        return replace(event, reason=f"split from {split_from}") if split_from else event
    content = [item.name for item in fields(event) if item.name not in _NOT_CONTENT]
    if not merged and all(getattr(event, name) == getattr(before, name) for name in content):
        return replace(before, change="unchanged", reason="nothing new")
    return replace(
        event,
        revision=before.revision + 1,
        change="revised",
        reason=_reason(event, before, merged, withdrawal),
        first_seen_snapshot=before.first_seen_snapshot,
        last_revised_snapshot=before.last_revised_snapshot,
    )


def _reason(event: EventRecord, before: EventRecord, merged: Sequence[str], withdrawal: str | None) -> str:
    parts = [withdrawal] if withdrawal else []
    parts += [f"took over {', '.join(merged)}"] if merged else []
    joined = len(set(event.claim_ids) - set(before.claim_ids))
    left = len(set(before.claim_ids) - set(event.claim_ids))
    if joined:
        parts.append(f"{joined} claim{'s' if joined > 1 else ''} joined")
    if left:
        parts.append(f"{left} claim{'s' if left > 1 else ''} left")
    for name, label in _NAMED.items():
        old, new = getattr(before, name), getattr(event, name)
        if old != new:
            parts.append(f"{label} {_shown(old)} -> {_shown(new)}")
    return "; ".join(parts) or "details of its claims changed"


def _shown(value: object) -> str:
    if value is None or value == ():
        return "not stated"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return value.isoformat() if isinstance(value, date) else str(value)
