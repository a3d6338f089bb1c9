"""The current state as files at fixed paths: a new version of `latest/` from the last one and one snapshot.

A version is a function of the one before and of the snapshot. Only files that the snapshot touches are written; the
others get a second name (hard link), so that a day costs the same after ten years.

Files by month go by the day of the event. A claim and its counts, sources and spans lie in the month of the claim's
event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.builder import Builder
from conflict_events.snapshots.calendar_days import date_rows, days_between
from conflict_events.snapshots.calendar_files import write_summary
from conflict_events.snapshots.columns import Table
from conflict_events.snapshots.layout import LATEST_TABLES, partition_name
from conflict_events.snapshots.lookup import previous_events
from conflict_events.snapshots.schema import SCHEMA_VERSION, TABLES
from conflict_events.snapshots.storage import link_or_copy, read_json, sha256, write_json, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["build_version"]

_CLAIM_TABLES = ("claims", "claim_counts", "claim_sources", "claim_spans")
_EVENT_TABLES = ("events", "event_counts", "event_actors", "event_places", "event_articles", "tombstones")
_ENDED = ("merged", "retracted")


def build_version(
    before: Path | None, tables: Mapping[str, pa.Table], snapshot_date: date, folder: Path
) -> dict[str, Any]:
    """Build the next version of `latest/` in an empty folder.

    Args:
        before: The present version, or None for the first.
        tables: The tables of the snapshot.
        snapshot_date: Its day.
        folder: Where to build; on the file system of `before`.

    Returns:
        The manifest that was written to ``folder/manifest.json``.
    """
    builder = Builder(before, tables, snapshot_date, folder)
    months = _event_months(builder)
    _merge_events(builder, months)
    _merge_claims(builder, months)
    for name in ("articles", "source_coverage"):
        _merge_by_own_day(builder, name)
    for name in ("dim_actor", "dim_place", "dim_publisher"):
        _merge_dimension(builder, name)
    first, last = write_summary(builder)
    builder.not_missing("daily_summary")
    _write_dates(builder, first, last)
    return _write_manifest(builder, first, last)


def _event_months(builder: Builder) -> dict[str, tuple[str | None, str]]:
    """``event_id -> (partition before, partition after)`` of the events that the snapshot or its claims name."""
    rows = builder.tables["events"].select(["event_id", "event_date", "change"]).to_pylist()
    after = {row["event_id"]: partition_name(TABLES["events"], row["event_date"]) for row in rows}
    earlier: dict[str, date | None] = {row["event_id"]: row["event_date"] for row in rows if row["change"] != "new"}
    for row in builder.tables["claims"].select(["event_id", "date_start"]).to_pylist():
        if row["event_id"] is not None and row["event_id"] not in after:
            earlier[row["event_id"]] = row["date_start"]
    found = previous_events(builder.before, earlier) if builder.before else {}
    months = {event_id: (found.get(event_id, {}).get("partition"), partition) for event_id, partition in after.items()}
    for event_id, place in found.items():
        months.setdefault(event_id, (place["partition"], place["partition"]))
    return months


def _merge_events(builder: Builder, months: Mapping[str, tuple[str | None, str]]) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    events = builder.tables["events"]
    changed = set(events["event_id"].to_pylist())
    touched = {old for event_id, (old, _) in months.items() if event_id in changed and old}
    ended = pc.is_in(events["change"], value_set=pa.array(_ENDED))
    for name in _EVENT_TABLES:
        if name == "tombstones":
            data = events.filter(ended)
        elif name == "events":
            data = events.filter(pc.invert(ended))
        else:
            data = builder.tables[name]
        new = _split(data, [partition_name(LATEST_TABLES[name], day) for day in data["event_date"].to_pylist()])
        builder.merge(name, new, "event_id", changed, touched)


def _merge_claims(builder: Builder, months: Mapping[str, tuple[str | None, str]]) -> None:
    """Add the new claims, and move the claims of events that moved to another month along with them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    moved = {old for old, new in months.values() if old and old != new}
    told = builder.tables["claims"]
    ended = set(told.filter(pc.equal(told["change"], "withdrawn"))["claim_id"].to_pylist())
    fresh = told.select(["claim_id", "event_id", "date_start"]).to_pylist()
    fresh_ids = {row["claim_id"] for row in fresh}
    home = {row["claim_id"]: _claim_month(row, months) for row in fresh}
    left: set[str] = set()
    files = builder.files("claims")
    # A claim that goes to another event lies in the month of the event it leaves: that event was changed too, so its
    # month is known.
    for name in sorted({old for old, _ in months.values() if old} & set(files)):
        for row in _rows(files[name], ["claim_id", "event_id", "date_start"]):
            if row["claim_id"] in fresh_ids:
                left.add(name)
            elif name in moved and row["event_id"] in months and months[row["event_id"]][1] != name:
                home[row["claim_id"]] = months[row["event_id"]][1]
                left.add(name)
    going = pa.array(sorted(set(home) - ended), pa.string())
    for name in _CLAIM_TABLES:
        table = TABLES[name]
        data = builder.tables[name]
        data = data.filter(pc.is_in(data["claim_id"], value_set=going))
        parts = [data]
        # Rows that the snapshot does not repeat (of moved claims, and the counts of reassigned ones) come from the
        # old files.
        repeated = pa.array(sorted(set(data["claim_id"].to_pylist())), pa.string())
        for partition in sorted(left & set(builder.files(name))):
            old = arrow.read_table(builder.files(name)[partition], table)
            goes = pc.is_in(old["claim_id"], value_set=going)
            parts.append(old.filter(pc.and_(goes, pc.invert(pc.is_in(old["claim_id"], value_set=repeated)))))
        rows = arrow.concat(parts, table)
        new = _split(rows, [home[claim_id] for claim_id in rows["claim_id"].to_pylist()])
        builder.merge(name, new, "claim_id", set(home), left)


def _claim_month(row: Mapping[str, Any], months: Mapping[str, tuple[str | None, str]]) -> str:
    if row["event_id"] in months:
        return months[row["event_id"]][1]
    return partition_name(TABLES["claims"], row["date_start"])


def _split(data: pa.Table, partitions: list[str]) -> dict[str, pa.Table]:
    """Rows by partition."""
    indices: dict[str, list[int]] = defaultdict(list)
    for index, partition in enumerate(partitions):
        indices[partition].append(index)
    return {partition: data.take(rows) for partition, rows in indices.items()}


def _rows(path: Path, columns: list[str]) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return list(pq.ParquetFile(path).read(columns=columns).to_pylist())


def _merge_by_own_day(builder: Builder, name: str) -> None:
    """Articles and coverage: a row never changes its day; a repeated key takes the place of the old row."""
    table = TABLES[name]
    assert table.partition_column is not None
    data = builder.tables[name]
    new = _split(data, [partition_name(table, day) for day in data[table.partition_column].to_pylist()])
    if name == "articles":
        builder.merge(name, new, "article_id", set(data["article_id"].to_pylist()), set())
    else:
        builder.merge(name, new, "publisher", set(), set())


def _merge_dimension(builder: Builder, name: str) -> None:
    table: Table = TABLES[name]
    key = table.key[0]
    data = builder.tables[name]
    if not data.num_rows and builder.files(name):
        link_or_copy(builder.files(name)[""], builder.path(name, ""))
        return
    known = {row[key]: row for old in builder.files(name).values() for row in arrow.read_table(old, table).to_pylist()}
    for row in data.to_pylist():
        # What an earlier snapshot knew of it stays where this one says nothing.
        known[row[key]] = known.get(row[key], {}) | {name: value for name, value in row.items() if value is not None}
    write_parquet(arrow.from_rows(table, known.values()), builder.path(name, ""))


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
    write_parquet(arrow.sorted_table(pa.concat_tables([known, rows]), table), builder.path("dim_date", ""))


def _write_manifest(builder: Builder, first: date | None, last: date | None) -> dict[str, Any]:
    """Describe every file; what was linked keeps the digest it had."""
    import pyarrow.parquet as pq

    known: dict[str, Any] = {}
    if builder.before is not None:
        known = read_json(builder.before / "manifest.json")["files"]
    files: dict[str, Any] = {}
    for path in sorted(builder.folder.rglob("*.parquet")):
        name = path.relative_to(builder.folder).as_posix()
        old = builder.before / name if builder.before is not None else None
        if old is not None and name in known and old.is_file() and old.samefile(path):
            files[name] = known[name]
        else:
            files[name] = {
                "bytes": path.stat().st_size,
                "rows": pq.ParquetFile(path).metadata.num_rows,
                "sha256": sha256(path),
            }
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": builder.snapshot_date.isoformat(),
        "summary_days": [first.isoformat(), last.isoformat()] if first and last else None,
        "files": files,
    }
    write_json(manifest, builder.folder / "manifest.json")
    return manifest
