"""Finding current events in a version of `latest/` without reading all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.records import Claim
from conflict_events.snapshots import arrow
from conflict_events.snapshots.layout import partition_files, sections_of
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.sections import UNDATED, Sections

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["events_on_days", "previous_claims", "previous_events"]

_EVENTS = TABLES["events"]
_NEAR_DAYS = 31  # what an undated article may tell: an event that has a day now, and had none, lies that near


def previous_events(version: Path, wanted: Mapping[str, date | None]) -> dict[str, dict[str, Any]]:
    """Where events stand in `version`.

    An event seldom moves far: the section of its day is looked at first, then the others, nearest to the days of what
    is still missing, until all are found.

    Args:
        version: Folder with `events/`.
        wanted: ``event_id -> day`` to start from; new ids are better left out, they are looked for everywhere.

    Returns:
        ``event_id -> {"event_date", "section"}`` for those that are there.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    files, sections = partition_files(version, "events"), sections_of(version, "events")
    found: dict[str, dict[str, Any]] = {}
    missing = dict(wanted)

    def look(section: str) -> None:
        ids = pa.array(sorted(missing), pa.string())
        data = pq.ParquetFile(files[section]).read(columns=["event_id", "event_date"])
        for row in data.filter(pc.is_in(data["event_id"], value_set=ids)).to_pylist():
            found[row["event_id"]] = {"event_date": row["event_date"], "section": section}
            del missing[row["event_id"]]

    first = {name for day in wanted.values() if day is not None for name in sections.holding(day)} & set(files)
    for section in sorted(first):
        look(section)
    for section in _nearest_first(set(files) - first, sections, missing.values()):
        if not missing:
            break
        look(section)
    return found


def previous_claims(version: Path, claims: Iterable[Claim]) -> dict[str, dict[str, Any]]:
    """Rows of `claims` as `version` holds them, by claim id; the claims carry the event they belonged to then."""
    import pyarrow as pa
    import pyarrow.compute as pc

    claims = list(claims)
    events = previous_events(version, {c.event_id: c.date_start for c in claims if c.event_id})
    files, sections = partition_files(version, "claims"), sections_of(version, "claims")
    ids = pa.array([c.claim_id for c in claims], pa.string())
    names = {row["section"] for row in events.values()}
    names |= {name for c in claims for name in (sections.holding(c.date_start) if c.date_start else [UNDATED])}
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(names & set(files)):
        data = arrow.read_table(files[name], TABLES["claims"])
        for row in data.filter(pc.is_in(data["claim_id"], value_set=ids)).to_pylist():
            found[row["claim_id"]] = row
    return found


def _nearest_first(names: Iterable[str], sections: Sections, days: Collection[date | None]) -> list[str]:
    """Sections by their distance from the nearest of some days; undated ones, the newest first, among the near ones.

    What has no day any more is looked for from the newest section on.
    """
    wanted = [day.toordinal() for day in days if day is not None]
    undated = sorted((name for name in names if name.startswith(UNDATED)), reverse=True)
    spans = {name: sections.span(name) for name in set(names) - set(undated)}
    if None in days:
        wanted.append(max((last for _, last in spans.values()), default=0))
    distances = {
        name: min((max(first - day, day - last, 0) for day in wanted), default=0)
        for name, (first, last) in spans.items()
    }
    dated = sorted(distances, key=lambda name: (distances[name], name))
    near = sum(distance <= _NEAR_DAYS for distance in distances.values()) if None not in days else 0
    return [*dated[:near], *undated, *dated[near:]]


def events_on_days(version: Path, days: Iterable[date]) -> pa.Table:
    """Current events that begin on one of the days."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = set(days)
    files, sections = partition_files(version, "events"), sections_of(version, "events")
    parts = []
    for name in sorted({name for day in wanted for name in sections.holding(day)} & set(files)):
        data = arrow.read_table(files[name], _EVENTS)
        parts.append(data.filter(pc.is_in(data["event_date"], value_set=pa.array(sorted(wanted), pa.date32()))))
    return arrow.concat(parts, _EVENTS)
