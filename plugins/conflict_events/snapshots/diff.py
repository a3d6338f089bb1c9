"""What changed between two states: two days, or one day in two vintages; as a table and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.errors import NothingPublished
from conflict_events.snapshots.layout import home, snapshot_days, snapshot_folder
from conflict_events.snapshots.publishing import ensure_current
from conflict_events.snapshots.report import deaths_text
from conflict_events.snapshots.rows import join
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.schema_diff import COMPARED, EVENT_DIFF
from conflict_events.snapshots.state import as_of
from conflict_events.snapshots.storage import write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Diff", "diff_days", "diff_vintages", "differences"]

Row = dict[str, Any]

_EVENTS = TABLES["events"]
_ENDED = ("merged", "retracted")
_DEATHS = ("deaths_low", "deaths_best", "deaths_high")
_CHANGES = ("new", "revised", "merged", "retracted")


@dataclass(frozen=True, slots=True)
class Diff:
    """The events that differ between two states.

    Attributes:
        title: One line that says which two states.
        rows: Rows of `EVENT_DIFF`, one per event, in file order, with the row of `events` before and after under
            ``before`` and ``after`` (None where it did not stand).
    """

    title: str
    rows: tuple[Row, ...]

    def counts(self) -> dict[str, int]:
        """Number of events by change; every change is there."""
        found = Counter(row["change"] for row in self.rows)
        return {change: found[change] for change in _CHANGES}

    def table(self) -> pa.Table:
        """The rows as a table of the schema `EVENT_DIFF`."""
        return arrow.from_rows(EVENT_DIFF, self.rows)

    def write(self, target: Path) -> None:
        """Write the table as one Parquet file; an old one is replaced once the new one is whole."""
        part = target.with_name(f".{target.name}.part")
        write_parquet(self.table(), part)
        part.replace(target)

    def text(self) -> str:
        """The changes for people: a headline, then for each event what it is, what differs, and why."""
        counted = ", ".join(f"{number} {change}" for change, number in self.counts().items())
        lines = [self.title, counted]
        for change in _CHANGES:
            for row in self.rows:
                if row["change"] == change:
                    lines += ["", *_told(row)]
        return "\n".join(lines)


def diff_days(data_root: Path, before: date, after: date) -> Diff:
    """What the snapshots after one day, up to another, changed.

    Only the snapshots in between are read, and as many earlier ones as it takes to find the former revisions.

    Args:
        data_root: Workspace.
        before: The first state is what was known at the end of this day; a day before the first snapshot knew nothing.
        after: The second state, likewise.

    Raises:
        NothingPublished: No snapshot is as old as `after`.
        ValueError: `after` lies before `before`.
    """
    if after < before:
        raise ValueError(f"{after} lies before {before}: give the earlier day first")
    ensure_current(data_root)
    root = home(data_root)
    days = [day for day in snapshot_days(root) if day <= after]
    if not days:
        raise NothingPublished(f"nothing was published up to {after} in {data_root}")
    revisions: dict[str, list[Row]] = {}
    for day in days:
        if day > before:
            for row in _events(root, day):
                revisions.setdefault(row["event_id"], []).append(row)
    former = _former(root, [day for day in days if day <= before], revisions)
    rows = []
    for event_id, listed in revisions.items():
        old, new = former.get(event_id), listed[-1] if listed[-1]["change"] not in _ENDED else None
        if old is not None or new is not None:
            change = "new" if old is None else "revised" if new is not None else listed[-1]["change"]
            reason = "; ".join(f"{row['snapshot_date']}: {row['reason']}" for row in listed)
            rows.append(_row(old, new, change, reason, listed[-1]))
    return Diff(f"Changes from {before} to {after}", _ordered(rows))


def diff_vintages(before_root: Path, after_root: Path, day: date, title: str = "") -> Diff:
    """How the state of one day differs between two vintages of it.

    Revisions of two vintages are counted apart, so an event is revised where one of the columns `COMPARED` differs.

    Args:
        before_root: Folder of the older vintage (it has `snapshots/`).
        after_root: Folder of the newer one.
        day: What was known at the end of this day, in both.
        title: Headline; made from the day where empty.

    Raises:
        NothingPublished: A vintage has no snapshot that old.
    """
    old = {row["event_id"]: row for row in as_of(before_root, day).to_pylist()}
    new = {row["event_id"]: row for row in as_of(after_root, day).to_pylist()}
    rows = []
    for event_id in {**old, **new}:
        one, other = old.get(event_id), new.get(event_id)
        last = other or one
        assert last is not None
        if one is None:
            rows.append(_row(None, other, "new", "found by the new vintage only", last))
        elif other is None:
            rows.append(_row(one, None, "retracted", "found by the old vintage only", {**one, "revision": None}))
        elif any(one[name] != other[name] for name in COMPARED):
            rows.append(_row(one, other, "revised", "read or resolved otherwise by the new vintage", last))
    return Diff(title or f"Changes between two vintages of {day}", _ordered(rows))


def _events(root: Path, day: date) -> list[Row]:
    return list(arrow.read_table(snapshot_folder(root, day) / "events.parquet", _EVENTS).to_pylist())


def _former(root: Path, days: Sequence[date], revisions: Mapping[str, Sequence[Row]]) -> dict[str, Row]:
    """The rows of these events that stood after the last of `days`, newest snapshot first until all are found."""
    import pyarrow as pa
    import pyarrow.compute as pc

    missing = {event_id for event_id, rows in revisions.items() if rows[0]["revision"] > 1}
    found: dict[str, Row] = {}
    for day in reversed(days):
        if not missing:
            break
        data = arrow.read_table(snapshot_folder(root, day) / "events.parquet", _EVENTS)
        for row in data.filter(pc.is_in(data["event_id"], value_set=pa.array(sorted(missing)))).to_pylist():
            found[row["event_id"]] = row
        missing -= set(found)
    return {event_id: row for event_id, row in found.items() if row["change"] not in _ENDED}


def _row(before: Row | None, after: Row | None, change: str, reason: str, last: Row) -> Row:
    old, new = before or {}, after or {}
    both = before is not None and after is not None
    row: Row = {
        "event_id": last["event_id"],
        "change": change,
        "reason": reason,
        "changed": join(name for name in COMPARED if both and old[name] != new[name]),
        "revision_before": old.get("revision"),
        "revision_after": last["revision"],
        "last_revised_snapshot": last["snapshot_date"],
        "merged_into": last["merged_into"] if after is None else None,
        "before": before,
        "after": after,
    }
    for name in COMPARED:
        row[f"{name}_before"], row[f"{name}_after"] = old.get(name), new.get(name)
    return row


def _ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    order = EVENT_DIFF.order
    return tuple(sorted(rows, key=lambda row: arrow.sort_key(row, order)))


def _told(row: Row) -> Iterator[str]:
    event = row["after"] or row["before"]
    where = ", ".join(dict.fromkeys(filter(None, (event["place"], event["admin1_en"], event["country"])))) or "?"
    day = event["event_date"] or "undated"
    deaths = deaths_text(event)
    told = f", deaths {deaths}" if deaths and row["change"] != "revised" else ""
    yield f"{row['change']}: {day} {where}: {event['action_en']}{told} ({row['event_id']})"
    differing = [*differences(row)]
    if differing:
        yield f"    {'; '.join(differing)}"
    if row["merged_into"]:
        yield f"    now part of {row['merged_into']}"
    yield f"    why: {row['reason']}"


def differences(row: Row) -> Iterator[str]:
    """What differs in a row of a `Diff`, in words: ``deaths 3/3/3 -> 3/5/5``; nothing for what did not stand twice."""
    changed = (row["changed"] or "").split("; ") if row["changed"] else []
    if any(name in _DEATHS for name in changed):
        yield f"deaths {deaths_text(row['before']) or 'not stated'} -> {deaths_text(row['after']) or 'not stated'}"
    for name in changed:
        if name not in _DEATHS:
            before, after = (row[f"{name}_{end}"] for end in ("before", "after"))
            yield f"{name} {_shown(before)} -> {_shown(after)}"


def _shown(value: Any) -> str:
    return "not stated" if value is None else str(value)
