"""The tables of one snapshot from the records of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.records import Article, Claim, CleanArticle
from conflict_events.resolution.records import EventRecord
from conflict_events.snapshots import arrow
from conflict_events.snapshots.calendar_days import date_rows
from conflict_events.snapshots.errors import SnapshotError
from conflict_events.snapshots.layout import partition_files
from conflict_events.snapshots.lookup import events_on_days, previous_claims, previous_events
from conflict_events.snapshots.rows import (
    UNKNOWN_PUBLISHER,
    Row,
    actor_row,
    article_row,
    claim_child_rows,
    claim_row,
    event_child_rows,
    event_row,
)
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.storage import write_parquet
from conflict_events.snapshots.summary import touched_summary

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Coverage", "DayRecords", "Tables", "build_tables", "load_tables", "save_tables"]

Tables = dict[str, "pa.Table"]
"""Every table of `schema.TABLES` by name."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one publisher gave on the day of the run; what is None is not known, or of no source of the web."""

    publisher: str
    read: int
    cut: int = 0
    quarantined: int = 0
    expected: int | None = None
    hours_missing: int | None = None
    pages_lost: int | None = None


@dataclass(frozen=True, slots=True)
class DayRecords:
    """Everything that a run learned.

    Attributes:
        snapshot_date: Label of the snapshot.
        articles: Articles first known in this run, copies included.
        claims: Claims first known in this run.
        events: Events of the run's resolution; those with change ``unchanged`` are left out.
        known_claims: Earlier claims of these events (and of the events they merged with), with the event they
            belonged to before.
        assignments: ``claim_id -> event_id`` after the run, for new and known claims.
        withdrawn: Known claims that no longer hold -> why.
        coverage: One entry per publisher; counted from `articles` where empty.
        quote_evidence: Whether `claims.evidence` holds the words.
    """

    snapshot_date: date
    articles: Sequence[Article | CleanArticle]
    claims: Sequence[Claim]
    events: Sequence[EventRecord]
    known_claims: Sequence[Claim] = ()
    assignments: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    coverage: Sequence[Coverage] = ()
    quote_evidence: bool = True


def build_tables(records: DayRecords, data_root: Path | None = None) -> Tables:
    """Build every table of the snapshot.

    Args:
        records: What the run learned.
        data_root: Workspace whose `latest/` is the state before the run; None for a first snapshot.

    Returns:
        A table for each name of `schema.TABLES`, rows in file order.

    Raises:
        SnapshotError: An event names a claim that is not among the records.
        CodeListError: An action is not in the codebook.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    _add_articles(rows, records)
    claims = _add_claims(rows, records, data_root / "latest" if data_root is not None else None)
    _add_events(rows, records, claims)
    _add_dimensions(rows, records)
    tables = {name: arrow.from_rows(TABLES[name], rows[name]) for name in TABLES if name != "daily_summary"}
    tables["daily_summary"] = _summary(tables["events"], data_root, records.snapshot_date)
    return {name: tables[name] for name in TABLES}


def _add_articles(rows: dict[str, list[Row]], records: DayRecords) -> None:
    n_claims: dict[str, int] = defaultdict(int)
    for claim in records.claims:
        n_claims[claim.article_id] += 1
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for entry in records.articles:
        one = entry if isinstance(entry, CleanArticle) else CleanArticle(entry, ())
        article, copied = one.article, one.near_duplicate_of
        row = article_row(article, records.snapshot_date, copied, one.version_of, n_claims[article.article_id])
        rows["articles"].append(row)
        found[row["publisher"]][0] += 1
        found[row["publisher"]][1] += copied is not None
    coverage = records.coverage or [Coverage(name, read, cut) for name, (read, cut) in found.items()]
    for given in coverage:
        rows["source_coverage"].append(
            {
                "snapshot_date": records.snapshot_date,
                "publisher": given.publisher or UNKNOWN_PUBLISHER,
                "articles_expected": given.expected,
                "articles_read": given.read,
                "articles_cut": given.cut,
                "articles_quarantined": given.quarantined,
                "hours_missing": given.hours_missing,
                "pages_lost": given.pages_lost,
            }
        )


def _add_claims(rows: dict[str, list[Row]], records: DayRecords, version: Path | None) -> dict[str, Claim]:
    """Add new, reassigned and withdrawn claims; returns every claim of the run by id, tied to its event."""
    tied: dict[str, Claim] = {}
    moved: list[Claim] = []
    for claim in (*records.known_claims, *records.claims):
        event_id = records.assignments.get(claim.claim_id, claim.event_id)
        tied[claim.claim_id] = claim if event_id is None else claim.with_event(event_id)
    new = {claim.claim_id for claim in records.claims}
    for claim in records.known_claims:
        changed = tied[claim.claim_id].event_id != claim.event_id or claim.claim_id in records.withdrawn
        if claim.claim_id not in new and changed:
            moved.append(claim)
    # A stored claim may come back without its quote: its row is taken over as it was published.
    published = previous_claims(version, moved) if version is not None and moved else {}
    for claim in moved:
        now = tied[claim.claim_id]
        row = published.get(claim.claim_id) or claim_row(
            now, records.snapshot_date, "reassigned", records.quote_evidence
        )
        change = {"event_id": now.event_id, "snapshot_date": records.snapshot_date, "change": "reassigned"}
        if claim.claim_id in records.withdrawn:
            change |= {"event_id": None, "change": "withdrawn"}
        rows["claims"].append(row | change)
    for claim in records.claims:
        now = tied[claim.claim_id]
        rows["claims"].append(claim_row(now, records.snapshot_date, "new", records.quote_evidence))
        for name, row in claim_child_rows(now, records.snapshot_date):
            rows[name].append(row)
    return tied


def _add_events(rows: dict[str, list[Row]], records: DayRecords, claims: Mapping[str, Claim]) -> None:
    for event in records.events:
        if event.change == "unchanged":
            continue
        unknown = [claim_id for claim_id in event.claim_ids if claim_id not in claims]
        if unknown:
            raise SnapshotError(
                f"event {event.event_id} names the claim {unknown[0]}, which is not among claims or known_claims"
            )
        own = sorted((claims[one] for one in event.claim_ids), key=lambda c: (c.published_at or date.max, c.claim_id))
        rows["events"].append(event_row(event, records.snapshot_date, own))
        if event.change in ("merged", "retracted"):
            continue
        for name, row in event_child_rows(event, records.snapshot_date, own):
            rows[name].append(row)


def _add_dimensions(rows: dict[str, list[Row]], records: DayRecords) -> None:
    rows["dim_actor"] = [actor_row(one) for one in sorted({row["actor_id"] for row in rows["event_actors"]})]
    places: dict[str, Row] = {}
    for row in rows["events"]:
        if row["place_id"]:
            places.setdefault(row["place_id"], {name: row[name] for name in TABLES["dim_place"].names})
    rows["dim_place"] = list(places.values())
    publishers: dict[str, Row] = {}
    for entry in records.articles:
        article = entry.article if isinstance(entry, CleanArticle) else entry
        name = article.publisher or UNKNOWN_PUBLISHER
        publishers.setdefault(
            name, {"publisher": name, "camp": article.camp, "country": article.country, "timezone": article.timezone}
        )
    for row in rows["source_coverage"]:
        publishers.setdefault(row["publisher"], {"publisher": row["publisher"]})
    rows["dim_publisher"] = list(publishers.values())
    rows["dim_date"] = date_rows([records.snapshot_date, *(row["event_date"] for row in rows["events"])])


def _summary(events: pa.Table, data_root: Path | None, snapshot_date: date) -> pa.Table:
    """The cells that the changed events touch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = TABLES["events"]
    version = data_root / "latest" if data_root is not None else None
    if version is None or not partition_files(version, "events"):
        return touched_summary(arrow.empty(table), events, snapshot_date)
    columns = ["event_id", "event_date", "event_type", "is_aggregate", "change"]
    rows = [row for row in events.select(columns).to_pylist() if _may_count(row)]
    changed = {row["event_id"]: row["event_date"] for row in rows}
    earlier = {row["event_id"]: row["event_date"] for row in rows if row["change"] != "new"}
    old_days = {row["event_date"] for row in previous_events(version, earlier).values()}
    days = {day for day in (*old_days, *changed.values()) if day is not None}
    before = events_on_days(version, days)
    others = before.filter(pc.invert(pc.is_in(before["event_id"], value_set=pa.array(list(changed), pa.string()))))
    return touched_summary(before, pa.concat_tables([others, events]), snapshot_date)


def _may_count(event: Row) -> bool:
    """Whether the daily summary counts an event, or may have counted it before the run."""
    return event["change"] != "new" or (event["event_type"] is not None and not event["is_aggregate"])


def save_tables(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Write tables as one Parquet file each, for a later stage to `load_tables`."""
    for name, data in tables.items():
        write_parquet(data, folder / f"{name}.parquet")


def load_tables(folder: Path, names: Iterable[str] = tuple(TABLES)) -> Tables:
    """Read what `save_tables` wrote, or the tables of a snapshot.

    Raises:
        SnapshotError: A table's file is missing.
    """
    tables: Tables = {}
    for name in names:
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise SnapshotError(f"{path} is missing: build the tables of that day first")
        tables[name] = arrow.read_table(path, TABLES[name])
    return tables
