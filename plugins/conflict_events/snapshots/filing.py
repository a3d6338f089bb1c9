"""Which section of `latest/` each event of a snapshot goes to, and which sections must be cut for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import sections
from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.layout import LATEST_TABLES
from conflict_events.snapshots.lookup import previous_events
from conflict_events.snapshots.sections import Moment, Sections, counted, pieces

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ENDED", "Filed", "file_events", "merge_by_own_day", "split"]

ENDED = ("merged", "retracted")

_COLUMNS = ["event_id", "event_date", "first_seen_snapshot"]


@dataclass(frozen=True, slots=True)
class Filed:
    """Where an event lies in the version before (None: nowhere), and where it goes."""

    old: str | None
    new: str

    @property
    def moves(self) -> bool:
        """Whether what is stored of it goes to another file."""
        return self.old is not None and self.old != self.new


def file_events(builder: Builder) -> dict[str, Filed]:
    """Where the events go that the snapshot or its claims name, and those that a cut moves to another section."""
    told = builder.tables["events"].select([*_COLUMNS, "change"]).to_pylist()
    after: dict[str, Moment] = {row["event_id"]: _moment(row) for row in told}
    earlier: dict[str, date | None] = {row["event_id"]: row["event_date"] for row in told if row["change"] != "new"}
    for row in builder.tables["claims"].select(["event_id", "date_start"]).to_pylist():
        if row["event_id"] is not None and row["event_id"] not in after:
            earlier[row["event_id"]] = row["date_start"]
    found = previous_events(builder.before, earlier) if builder.before else {}
    old = {event_id: str(row["section"]) for event_id, row in found.items()}
    standing = {row["event_id"]: _moment(row) for row in told if row["change"] not in ENDED}
    cut, moved = _cut(builder, standing, set(after))
    filed = {event_id: Filed(old.get(event_id), cut.of(moment)) for event_id, moment in after.items()}
    filed |= {event_id: Filed(section, section) for event_id, section in old.items() if event_id not in filed}
    return filed | moved


def _cut(builder: Builder, standing: Mapping[str, Moment], changed: set[str]) -> tuple[Sections, dict[str, Filed]]:
    """Cut the sections that grow too large.

    Returns:
        The sections afterwards, and the events that the snapshot does not change but that go to another one.
    """
    table, files = LATEST_TABLES["events"], builder.files("events")
    before = builder.sections("events")
    incoming: dict[str, list[Moment]] = defaultdict(list)
    for moment in standing.values():
        incoming[before.of(moment)].append(moment)
    names = set(files)
    held: dict[str, dict[str, Moment]] = {}
    for section, moments in incoming.items():
        rows = _rows(files[section], _COLUMNS) if section in files else []
        held[section] = {row["event_id"]: _moment(row) for row in rows if row["event_id"] not in changed}
        days = counted([*held[section].values(), *moments])
        names.update(pieces(section, table.partition, days, sections.EVENTS_A_SECTION))
    after = Sections(table.partition, names)
    moved = {}
    for section, events in held.items():
        for event_id, moment in events.items():
            if after.of(moment) != section:
                moved[event_id] = Filed(section, after.of(moment))
    return after, moved


def _moment(row: Mapping[str, Any]) -> Moment:
    return row["event_date"], row["first_seen_snapshot"]


def merge_by_own_day(builder: Builder, name: str, data: pa.Table, key: str | None, touched: Iterable[str] = ()) -> None:
    """Add rows to a table that goes by a day of its own; a row whose key comes again takes the place of the old one.

    Args:
        builder: The version under construction.
        name: The table.
        data: The rows.
        key: Column of the key; None where no row ever comes again.
        touched: Sections that may hold such rows, besides those that get new ones.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from conflict_events.snapshots import arrow

    table = LATEST_TABLES[name]
    before, files = builder.sections(name), builder.files(name)
    new = split(data, [before.of(moment) for moment in _moments(data, table.partition_column)])
    ids = pa.array(sorted(builder.tables[_SOURCE.get(name, name)][key].to_pylist()) if key else [], pa.string())
    for section in sorted({*(set(touched) & set(files)), *new}):
        parts = [new[section]] if section in new else []
        if section in files:
            old = arrow.read_table(files[section], table)
            parts.append(old.filter(pc.invert(pc.is_in(old[key], value_set=ids))) if key else old)
        rows = arrow.concat(parts, table)
        moments = _moments(rows, table.partition_column)
        cut = Sections(table.partition, pieces(section, table.partition, counted(moments), sections.ROWS_A_SECTION))
        divided = split(rows, [cut.of(moment) for moment in moments])
        for piece in sorted({section, *divided}):
            kept = divided.get(piece, rows.slice(0, 0))
            builder.write(name, piece, arrow.sorted_table(kept, table))
    builder.not_missing(name)


_SOURCE = {"tombstones": "events"}


def _moments(data: pa.Table, column: str | None) -> list[Moment]:
    """Whatever its snapshot, a row with a day goes by that day."""
    assert column is not None
    days = zip(data[column].to_pylist(), data["snapshot_date"].to_pylist(), strict=True)
    return [(day, seen if day is None else None) for day, seen in days]


def split(data: pa.Table, names: list[str]) -> dict[str, pa.Table]:
    """Rows by section."""
    indices: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        indices[name].append(index)
    return {name: data.take(rows) for name, rows in indices.items()}


def _rows(path: Path, columns: list[str]) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return list(pq.ParquetFile(path).read(columns=columns).to_pylist())
