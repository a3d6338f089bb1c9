"""The current state as files at fixed paths: a new version of `latest/` from the last one and one snapshot.

A version is a function of the one before and of the snapshot. Only files that the snapshot touches are written; the
others are shared by both (`sharing`). Files are cut small where there is much (`sections`), and described in lists that
are shared like the files themselves (`contents`), so that a day costs the same after ten years.

Files go by the day of the event. A claim and its counts, sources and spans lie in the section of the claim's event.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.calendar_days import date_rows, days_between
from conflict_events.snapshots.calendar_files import write_summary
from conflict_events.snapshots.columns import Table
from conflict_events.snapshots.contents import describe
from conflict_events.snapshots.filing import ENDED, Filed, file_events, merge_by_own_day, split
from conflict_events.snapshots.schema import SCHEMA_VERSION, TABLES
from conflict_events.snapshots.sharing import take_over
from conflict_events.snapshots.storage import write_json

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["build_version"]

_CLAIM_TABLES = ("claims", "claim_counts", "claim_sources", "claim_spans")
_EVENT_TABLES = ("events", "event_counts", "event_actors", "event_places", "event_articles")


def build_version(
    before: Path | None,
    tables: Mapping[str, pa.Table],
    snapshot_date: date,
    folder: Path,
    spare: Path | None = None,
) -> dict[str, Any]:
    """Build the next version of `latest/` in an empty folder.

    Args:
        before: The present version, or None for the first.
        tables: The tables of the snapshot.
        snapshot_date: Its day.
        folder: Where to build; on the file system of `before`.
        spare: A version that nobody is to see any more, or `before` itself; its folder is used up.

    Returns:
        The manifest that was written to ``folder/manifest.json``.
    """
    builder = Builder(before, tables, snapshot_date, folder)
    filed = file_events(builder)
    _merge_events(builder, filed)
    _merge_claims(builder, filed)
    _merge_ended(builder)
    merge_by_own_day(builder, "articles", tables["articles"], "article_id")
    merge_by_own_day(builder, "source_coverage", tables["source_coverage"], None)
    for name in ("dim_actor", "dim_place", "dim_publisher"):
        _merge_dimension(builder, name)
    first, last = write_summary(builder)
    builder.not_missing("daily_summary")
    _write_dates(builder, first, last)
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": snapshot_date.isoformat(),
        "summary_days": [first.isoformat(), last.isoformat()] if first and last else None,
        **describe(builder),
    }
    write_json(manifest, folder / "manifest.json")
    if before is not None:
        take_over(before, folder, builder.gone, spare)
    return manifest


def _merge_events(builder: Builder, filed: Mapping[str, Filed]) -> None:
    """Put the changed events and what hangs on them in the place of the old rows; move those that a cut moves."""
    import pyarrow as pa
    import pyarrow.compute as pc

    changed = set(builder.tables["events"]["event_id"].to_pylist())
    moved = {event_id for event_id, place in filed.items() if place.moves and event_id not in changed}
    left = {place.old for event_id, place in filed.items() if event_id in moved and place.old}
    touched = left | {place.old for event_id, place in filed.items() if event_id in changed and place.old}
    going = pa.array(sorted(moved), pa.string())
    for name in _EVENT_TABLES:
        data = builder.tables[name]
        if name == "events":
            data = data.filter(pc.invert(pc.is_in(data["change"], value_set=pa.array(ENDED))))
        parts = [data]
        for section in sorted(left & set(builder.files(name))):
            old = arrow.read_table(builder.files(name)[section], TABLES[name])
            parts.append(old.filter(pc.is_in(old["event_id"], value_set=going)))
        rows = arrow.concat(parts, TABLES[name])
        new = split(rows, [filed[event_id].new for event_id in rows["event_id"].to_pylist()])
        builder.merge(name, new, "event_id", changed | moved, touched)


def _merge_claims(builder: Builder, filed: Mapping[str, Filed]) -> None:
    """Add the new claims, and move the claims of events that moved to another section along with them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    told = builder.tables["claims"]
    ended = set(told.filter(pc.equal(told["change"], "withdrawn"))["claim_id"].to_pylist())
    home = {row["claim_id"]: _section(row, filed) for row in told.select(["claim_id", "event_id"]).to_pylist()}
    old_home = _old_claims(builder, home, filed)
    home |= {one: filed[event_id].new for one, (_, event_id) in old_home.items() if one not in home}
    for name in _CLAIM_TABLES:
        table = TABLES[name]
        repeated = set(builder.tables[name]["claim_id"].to_pylist())
        # Rows that the snapshot does not repeat (of moved claims, and the counts of reassigned ones) come from the
        # old files, or stay where they are.
        stays = {one for one, (old, _) in old_home.items() if home[one] == old and one not in repeated}
        going = set(home) - ended - stays
        ids = pa.array(sorted(going), pa.string())
        data = builder.tables[name]
        parts = [data.filter(pc.is_in(data["claim_id"], value_set=ids))]
        carried = pa.array(sorted((going & set(old_home)) - repeated), pa.string())
        for section in sorted({old_home[one][0] for one in carried.to_pylist()} & set(builder.files(name))):
            old = arrow.read_table(builder.files(name)[section], table)
            parts.append(old.filter(pc.is_in(old["claim_id"], value_set=carried)))
        rows = arrow.concat(parts, table)
        new = split(rows, [home[claim_id] for claim_id in rows["claim_id"].to_pylist()])
        drop = set(home) - stays
        builder.merge(name, new, "claim_id", drop, {old_home[one][0] for one in drop & set(old_home)})


def _section(row: Mapping[str, Any], filed: Mapping[str, Filed]) -> str:
    """Where a claim of the snapshot goes; nowhere if it is withdrawn."""
    return filed[row["event_id"]].new if row["event_id"] is not None else ""


def _old_claims(builder: Builder, told: Mapping[str, str], filed: Mapping[str, Filed]) -> dict[str, tuple[str, str]]:
    """``claim_id -> (section, event_id)`` in the version before, of claims that the snapshot tells or that move.

    A claim that goes to another event lies in the section of the event it leaves: that event was changed too, so its
    section is known.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    files = builder.files("claims")
    ids = pa.array(sorted(told), pa.string())
    moving = pa.array(sorted(event_id for event_id, place in filed.items() if place.moves), pa.string())
    found: dict[str, tuple[str, str]] = {}
    for section in sorted({place.old for place in filed.values() if place.old} & set(files)):
        data = pq.ParquetFile(files[section]).read(columns=["claim_id", "event_id"])
        wanted = pc.or_(pc.is_in(data["claim_id"], value_set=ids), pc.is_in(data["event_id"], value_set=moving))
        for row in data.filter(wanted).to_pylist():
            found[row["claim_id"]] = (section, row["event_id"])
    return found


def _merge_ended(builder: Builder) -> None:
    """Add the events that ended; an event that stands again is no longer among them."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    events, files = builder.tables["events"], builder.files("tombstones")
    sections = builder.sections("tombstones")
    ids = events["event_id"].combine_chunks()
    days = {day for day in events["event_date"].to_pylist() if day is not None}
    months = {one for day in days for one in sections.of_partition(day)} | {one for one in files if one[0] == "u"}
    touched = set()
    for section in sorted(months & set(files)):
        known = pq.ParquetFile(files[section]).read(columns=["event_id"])
        if pc.any(pc.is_in(known["event_id"], value_set=ids)).as_py():
            touched.add(section)
    ended = events.filter(pc.is_in(events["change"], value_set=pa.array(ENDED)))
    merge_by_own_day(builder, "tombstones", ended, "event_id", touched)


def _merge_dimension(builder: Builder, name: str) -> None:
    table: Table = TABLES[name]
    key = table.key[0]
    data = builder.tables[name]
    files = builder.files(name)
    rows = [row for old in files.values() for row in arrow.read_table(old, table).to_pylist()]
    known = {row[key]: row for row in rows}
    for row in data.to_pylist():
        # What an earlier snapshot knew of it stays where this one says nothing.
        known[row[key]] = known.get(row[key], {}) | {name: value for name, value in row.items() if value is not None}
    if not files or list(known.values()) != rows:
        builder.write_always(name, arrow.from_rows(table, known.values()))


def _write_dates(builder: Builder, first: date | None, last: date | None) -> None:
    """Days without gaps from the first event to the last event or snapshot, and the outlying days of aggregates."""
    import pyarrow as pa

    table = TABLES["dim_date"]
    days = set(builder.tables["dim_date"]["date"].to_pylist())
    if first is not None and last is not None:
        days |= set(days_between(first, max(last, builder.snapshot_date)))
    old = builder.files("dim_date").get("")
    known = arrow.read_table(old, table) if old else arrow.empty(table)
    days -= set(known["date"].to_pylist())
    rows = arrow.from_rows(table, date_rows(days))
    builder.write_always("dim_date", arrow.sorted_table(pa.concat_tables([known, rows]), table))
