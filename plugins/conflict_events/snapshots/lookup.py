"""Finding current events in a version of `latest/` without reading all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.records import Claim
from conflict_events.snapshots import arrow
from conflict_events.snapshots.layout import UNDATED, partition_files, partition_name
from conflict_events.snapshots.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["event_months", "events_on_days", "previous_claims", "previous_events"]

_EVENTS = TABLES["events"]


def previous_events(version: Path, wanted: Mapping[str, date | None]) -> dict[str, dict[str, Any]]:
    """Where events stand in `version`.

    An event seldom moves far: its present month is looked at first, then the others, nearest first, until all are
    found. Ids that are new to the version cost a look at the months about their day only if they are not marked as
    new by the caller.

    Args:
        version: Folder with `events/`.
        wanted: ``event_id -> day`` to start from.

    Returns:
        ``event_id -> {"event_date", "partition"}`` for those that are there.
    """
    files = partition_files(version, "events")
    found: dict[str, dict[str, Any]] = {}
    missing = dict(wanted)
    for name in _nearest_first(files, wanted.values()):
        if not missing:
            break
        for row in _columns(files[name], ["event_id", "event_date"]):
            if row["event_id"] in missing:
                found[row["event_id"]] = {"event_date": row["event_date"], "partition": name}
                del missing[row["event_id"]]
    return found


def previous_claims(version: Path, claims: Iterable[Claim]) -> dict[str, dict[str, Any]]:
    """Rows of `claims` as `version` holds them, by claim id; the claims carry the event they belonged to then."""
    import pyarrow as pa
    import pyarrow.compute as pc

    claims = list(claims)
    events = previous_events(version, {c.event_id: c.date_start for c in claims if c.event_id})
    files = partition_files(version, "claims")
    ids = pa.array([c.claim_id for c in claims], pa.string())
    names = {row["partition"] for row in events.values()} | {partition_name(_EVENTS, c.date_start) for c in claims}
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(names & set(files)):
        data = arrow.read_table(files[name], TABLES["claims"])
        for row in data.filter(pc.is_in(data["claim_id"], value_set=ids)).to_pylist():
            found[row["claim_id"]] = row
    return found


def _nearest_first(files: Mapping[str, Path], days: Iterable[date | None]) -> list[str]:
    starts = sorted({partition_name(_EVENTS, day) for day in days})
    indices = [_month_index(name) for name in starts if name != UNDATED]

    def distance(name: str) -> tuple[int, str]:
        if name in starts:
            return 0, name
        if name == UNDATED or not indices:
            return 10_000, name
        return min(abs(_month_index(name) - one) for one in indices), name

    return sorted(files, key=distance)


def _month_index(name: str) -> int:
    year, month = name.split("-")
    return int(year) * 12 + int(month)


def _columns(path: Path, names: list[str]) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return list(pq.ParquetFile(path).read(columns=names).to_pylist())


def events_on_days(version: Path, days: Iterable[date]) -> pa.Table:
    """Current events that begin on one of the days."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = set(days)
    files = partition_files(version, "events")
    parts = []
    for name in sorted({partition_name(_EVENTS, day) for day in wanted}):
        if name in files:
            data = arrow.read_table(files[name], _EVENTS)
            parts.append(data.filter(pc.is_in(data["event_date"], value_set=pa.array(sorted(wanted), pa.date32()))))
    return arrow.concat(parts, _EVENTS)


def event_months(version: Path, days: Iterable[date], margin_days: int) -> list[str]:
    """Partitions of `version` that hold events within `margin_days` of one of the days, in order."""
    from datetime import timedelta

    wanted: set[str] = set()
    for day in set(days):
        first = max(day.toordinal() - margin_days, 1)
        for ordinal in range(first, day.toordinal() + margin_days + 1, 28):
            wanted.add(partition_name(_EVENTS, date.fromordinal(ordinal)))
        wanted.add(partition_name(_EVENTS, day + timedelta(days=margin_days)))
    return sorted(wanted & set(partition_files(version, "events")))
