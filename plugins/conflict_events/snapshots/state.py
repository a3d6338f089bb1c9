"""What is known: the current state near given days for resolution, and what was known on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.records import Claim, Count, SlotSpan, SourceRef
from conflict_events.resolution.blocking import RECAP_DAYS
from conflict_events.resolution.records import ArticleMeta, EventRecord, KnownState
from conflict_events.snapshots import arrow
from conflict_events.snapshots.errors import NothingPublished
from conflict_events.snapshots.layout import (
    home,
    latest_snapshot_date,
    partition_files,
    sections_of,
    snapshot_days,
    snapshot_folder,
    vintage,
)
from conflict_events.snapshots.publishing import ensure_current
from conflict_events.snapshots.rows import UNKNOWN_PUBLISHER, split
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.sections import UNDATED

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "MARGIN_DAYS",
    "Near",
    "State",
    "Stored",
    "Texts",
    "articles_meta",
    "as_of",
    "load_claims",
    "load_state",
    "ordinals",
]

Rows = list[dict[str, Any]]
Texts = Callable[[str], str | None]

_ENDED = ("merged", "retracted")

MARGIN_DAYS = 31
"""A claim lies with its event, whose day may be so far from one that the claim allows."""


@dataclass(frozen=True, slots=True)
class State:
    """The current state near the days of a run.

    Attributes:
        snapshot_date: Last published day, or None before the first; `PublishRequest.built_on` wants it.
        vintage: Number of the vintage that was read; `PublishRequest.vintage` wants it.
        known: Events and their claims, as resolution takes them.
        articles_meta: What resolution knows of these claims' articles.
    """

    snapshot_date: date | None
    known: KnownState = field(default_factory=KnownState)
    articles_meta: Mapping[str, ArticleMeta] = field(default_factory=dict)
    vintage: int = 1


def load_state(
    data_root: Path,
    days: Iterable[date] | None = None,
    *,
    margin_days: int = 31,
    undated: bool = True,
    texts: Texts | None = None,
) -> State:
    """Load the standing events near given days, with all their claims.

    An event is near if one of its claims may have happened within the margin of one of the days: between its first and
    last day, or, where it has none, in the month before its article. Claims without any day are always near; aggregate
    tolls, which nothing joins, never.

    Args:
        data_root: Workspace.
        days: Days of the new claims; None loads everything.
        margin_days: How far from these days events are wanted.
        undated: Whether undated events are wanted too.
        texts: Full text of an article by id; fills `Claim.evidence` where the snapshots hold no quotes.
    """
    ensure_current(data_root)
    number, root = vintage(data_root), home(data_root)
    version = root / "latest"
    day = latest_snapshot_date(root)
    if day is None:
        return State(None, vintage=number)
    version = version.resolve()
    wanted = None if days is None else sorted(set(days))
    files = partition_files(version, "events")
    near_days = (
        None if wanted is None else set(sections_of(version, "events").near(wanted, max(margin_days, MARGIN_DAYS)))
    )
    names = [name for name in files if near_days is None or name in near_days or (undated and name.startswith(UNDATED))]
    near = None if wanted is None else _near(version, names, wanted, margin_days)
    known = Stored(version).known(names, near, texts)
    return State(day, known, articles_meta(version, known.claims), number)


def load_claims(
    data_root: Path,
    days: Iterable[date] | None = None,
    *,
    margin_days: int = 31,
    texts: Texts | None = None,
) -> tuple[Claim, ...]:
    """The claims of the standing events near given days; arguments as for `load_state`."""
    return load_state(data_root, days, margin_days=margin_days, texts=texts).known.claims


@dataclass(frozen=True, slots=True)
class Near:
    """Ids of the events that are near, and of their claims, as Arrow arrays; a table is filtered by the one it has."""

    event_id: pa.Array
    claim_id: pa.Array


def _near(version: Path, names: Iterable[str], wanted: Sequence[date], margin_days: int) -> Near:
    """Pick events by the days of their claims; done on columns, for most rows are not near."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    columns = ["claim_id", "event_id", "date_start", "date_end", "published_at", "is_aggregate"]
    files = partition_files(version, "claims")
    parts = [pq.ParquetFile(files[name]).read(columns=columns) for name in names if name in files]
    if not parts:
        return Near(pa.array([], pa.string()), pa.array([], pa.string()))
    data = pa.concat_tables(parts)
    start, end, published = (ordinals(data[name]) for name in columns[2:5])
    undated = np.isnan(start) | np.isnan(end)
    first = np.where(undated, published - RECAP_DAYS, start) - margin_days
    last = np.where(undated, published, end) + margin_days
    joins = ~data["is_aggregate"].to_numpy(zero_copy_only=False).astype(bool)
    ordered = np.array([day.toordinal() for day in wanted], dtype="float64")
    after = np.append(ordered, np.inf)[np.searchsorted(ordered, first)]
    near = joins & (np.isnan(first) | (after <= last))
    events = pa.array(sorted(set(data["event_id"].filter(pa.array(near)).to_pylist())), pa.string())
    return Near(events, data["claim_id"].filter(pc.is_in(data["event_id"], value_set=events)).combine_chunks())


def ordinals(column: Any) -> Any:
    """Days as ordinals (float, NaN for null)."""
    import numpy as np

    days = column.cast("int32").to_numpy(zero_copy_only=False).astype("float64")
    return days + np.float64(date(1970, 1, 1).toordinal())


class Stored:
    """Rows of events and claims of one version of `latest/`; a file that is asked for again is read once.

    Args:
        version: Its folder, links resolved.
    """

    def __init__(self, version: Path) -> None:
        self.version = version
        self._files: dict[str, dict[str, Path]] = {}
        self._tables: dict[Path, pa.Table] = {}

    def known(self, names: Collection[str], near: Near | None, texts: Texts | None) -> KnownState:
        """The events and claims in some sections that are near; None for all of them."""
        claims = _claims(self, names, texts, near)
        return KnownState(tuple(_events(self, names, near)), tuple(claims))

    def rows(self, name: str, sections: Iterable[str], near: Near | None = None) -> Rows:
        """Rows of a table, with the columns that records are made from."""
        import pyarrow.compute as pc

        if name not in self._files:
            self._files[name] = partition_files(self.version, name)
        files = self._files[name]
        key = "claim_id" if "claim_id" in TABLES[name].key else "event_id"
        found: Rows = []
        for section in sections:
            if section in files:
                data = self._table(files[section], name)
                if near is not None:
                    data = data.filter(pc.is_in(data[key], value_set=getattr(near, key)))
                found.extend(data.to_pylist())
        return found

    def _table(self, path: Path, name: str) -> pa.Table:
        if path not in self._tables:
            data = arrow.read_table(path, TABLES[name])
            wanted = _COLUMNS.get(name)
            self._tables[path] = (
                data if wanted is None else data.select([one for one in data.column_names if one in wanted])
            )
        return self._tables[path]


_CLAIM_FIELDS = frozenset(one.name for one in fields(Claim)) & frozenset(TABLES["claims"].names)
_EVENT_FIELDS = frozenset(one.name for one in fields(EventRecord)) & frozenset(TABLES["events"].names)
_COLUMNS = {"claims": _CLAIM_FIELDS, "events": _EVENT_FIELDS | {"event_date"}}


def _grouped(rows: Rows, key: str) -> dict[str, Rows]:
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _events(stored: Stored, names: Collection[str], near: Near | None) -> list[EventRecord]:
    counts = _grouped(stored.rows("event_counts", names, near), "event_id")
    articles = _grouped(stored.rows("event_articles", names, near), "event_id")
    events = []
    for row in stored.rows("events", names, near):
        event_id = row["event_id"]
        events.append(_event(row, counts.get(event_id, []), [one["claim_id"] for one in articles.get(event_id, [])]))
    return events


def _event(row: Mapping[str, Any], counts: Rows, claim_ids: list[str]) -> EventRecord:
    values = {name: row[name] for name in _EVENT_FIELDS}
    values |= {name: split(row[name]) for name in ("actor1", "actor2", "other_places")}
    values["date_start"] = row["event_date"]
    values["claim_ids"] = tuple(sorted(claim_ids))
    values["counts"] = tuple(
        Count(one["measure"], one["low"], one["best"], one["high"], one["qualifier"], one["subgroup"], one["text"])
        for one in sorted(counts, key=lambda one: one["seq"])
    )
    return EventRecord(**values)


def _claims(stored: Stored, names: Collection[str], texts: Texts | None, near: Near | None) -> list[Claim]:
    children = {
        name: _grouped(stored.rows(name, names, near), "claim_id")
        for name in ("claim_counts", "claim_sources", "claim_spans")
    }
    claims = []
    for row in stored.rows("claims", names, near):
        parts = {
            name: sorted(groups.get(row["claim_id"], []), key=lambda one: one["seq"])
            for name, groups in children.items()
        }
        claims.append(_claim(row, parts, texts))
    return claims


def _claim(row: Mapping[str, Any], parts: Mapping[str, Rows], texts: Texts | None) -> Claim:
    values = {name: row[name] for name in _CLAIM_FIELDS}
    values |= {name: split(row[name]) for name in ("actor1", "actor2", "other_places", "infrastructure")}
    values["publisher"] = None if row["publisher"] == UNKNOWN_PUBLISHER else row["publisher"]
    values["evidence"] = row["evidence"] or ""
    if row["evidence"] is None and texts is not None:
        values["evidence"] = (texts(row["article_id"]) or "")[row["evidence_start"] : row["evidence_end"]]
    values["counts"] = tuple(
        Count(
            one["measure"],
            one["low"],
            one["best"],
            one["high"],
            one["qualifier"],
            one["subgroup"],
            one["text"],
            one["text_start"],
            one["text_end"],
        )
        for one in parts["claim_counts"]
    )
    values["sources"] = tuple(
        SourceRef(one["name"], one["source_type"], one["stance"], one["text_start"], one["text_end"])
        for one in parts["claim_sources"]
    )
    values["spans"] = tuple(
        SlotSpan(one["slot"], one["span_start"], one["span_end"], one["rule"] or "") for one in parts["claim_spans"]
    )
    return Claim(**values)


def articles_meta(version: Path, claims: Iterable[Claim]) -> dict[str, ArticleMeta]:
    """What resolution knows of the articles of some claims."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    claims = list(claims)
    wanted = {claim.article_id for claim in claims}
    files, sections = partition_files(version, "articles"), sections_of(version, "articles")
    names = {sections.of((claim.published_at, None)) for claim in claims if claim.published_at is not None}
    if any(claim.published_at is None for claim in claims):
        names |= {name for name in files if name.startswith(UNDATED)}
    metas = {}
    columns = ["article_id", "publisher", "camp", "near_duplicate_of", "published_at"]
    for name in sorted(names & set(files)):
        data = pq.ParquetFile(files[name]).read(columns=columns)
        for row in data.filter(pc.is_in(data["article_id"], value_set=pa.array(sorted(wanted)))).to_pylist():
            publisher = None if row["publisher"] == UNKNOWN_PUBLISHER else row["publisher"]
            metas[row["article_id"]] = ArticleMeta(
                row["article_id"], publisher, row["camp"], row["near_duplicate_of"], row["published_at"]
            )
    return metas


def as_of(data_root: Path, day: date, name: str = "events") -> pa.Table:
    """A table as it was known after the last snapshot up to `day`, read from the immutable snapshots.

    For events and their bridges that is, per event, the highest revision that still stands; for claims and articles
    the newest row of each id (withdrawn claims left out), for dimensions the newest row of each key, for the daily
    summary the newest row of each cell (without the zeros that only `latest/` fills in).

    Args:
        data_root: Workspace.
        day: What was known at the end of this day.
        name: A table of `schema.TABLES`.

    Raises:
        NothingPublished: No snapshot is that old.
    """
    table, root = TABLES[name], home(data_root)
    folders = [snapshot_folder(root, one) for one in snapshot_days(root) if one <= day]
    if not folders:
        raise NothingPublished(f"nothing was published up to {day} in {data_root}")
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    if name == "events" or (table.names[:2] == ("event_id", "revision")):
        standing = _standing(folders)
        for folder in folders:
            for row in arrow.read_table(folder / f"{name}.parquet", table).to_pylist():
                if standing.get(row["event_id"]) == row["revision"]:
                    rows[tuple(row[key] for key in table.key)] = row
    else:
        for folder in folders:
            for row in arrow.read_table(folder / f"{name}.parquet", table).to_pylist():
                rows[tuple(row[key] for key in table.key)] = row
    if table.names[0] == "claim_id":
        ended = _withdrawn(folders)
        rows = {key: row for key, row in rows.items() if row["claim_id"] not in ended}
    return arrow.from_rows(table, rows.values())


def _withdrawn(folders: Iterable[Path]) -> set[str]:
    ended: set[str] = set()
    for folder in folders:
        data = arrow.read_table(folder / "claims.parquet", TABLES["claims"]).select(["claim_id", "change"])
        ended |= {row["claim_id"] for row in data.to_pylist() if row["change"] == "withdrawn"}
    return ended


def _standing(folders: Iterable[Path]) -> dict[str, int]:
    """``event_id -> highest revision`` of the events that stand."""
    revisions: dict[str, int] = {}
    ended: set[str] = set()
    for folder in folders:
        data = arrow.read_table(folder / "events.parquet", TABLES["events"]).select(["event_id", "revision", "change"])
        for row in data.to_pylist():
            revisions[row["event_id"]] = row["revision"]
            (ended.add if row["change"] in _ENDED else ended.discard)(row["event_id"])
    return {event_id: revision for event_id, revision in revisions.items() if event_id not in ended}
