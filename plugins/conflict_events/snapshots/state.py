"""What is known: the current state near given days for resolution, and what was known on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
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
from conflict_events.snapshots.whereabouts import Whereabouts

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["State", "as_of", "load_claims", "load_state"]

Rows = list[dict[str, Any]]

_ENDED = ("merged", "retracted")


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
    days: Iterable[date] | Whereabouts | None = None,
    *,
    margin_days: int = 31,
    undated: bool = True,
    claim_ids: Collection[str] = (),
    texts: Callable[[str], str | None] | None = None,
) -> State:
    """Load the standing events near given days, with all their claims.

    An event is near if one of its claims may have happened within the margin of one of the days (where days are given
    by place: in that place, too): between its first and last day, or, where it has none, in the month before its
    article. Claims without any day are always near; aggregate tolls, which nothing joins, never.

    Args:
        data_root: Workspace.
        days: Days of the new claims, whose places do not matter, or days by place; None loads everything.
        margin_days: How far from these days events are wanted.
        undated: Whether undated events are wanted too.
        claim_ids: The events of these claims are wanted in any case, if they lie in the months of the days.
        texts: Full text of an article by id; fills `Claim.evidence` where the snapshots hold no quotes.
    """
    ensure_current(data_root)
    number, root = vintage(data_root), home(data_root)
    version = root / "latest"
    day = latest_snapshot_date(root)
    if day is None:
        return State(None, vintage=number)
    version = version.resolve()
    wanted = days if days is None or isinstance(days, Whereabouts) else Whereabouts(frozenset(days))
    files = partition_files(version, "events")
    near_days = None if wanted is None else set(sections_of(version, "events").near(wanted.days, margin_days))
    names = [name for name in files if near_days is None or name in near_days or (undated and name.startswith(UNDATED))]
    near = None if wanted is None else _near(version, names, wanted, margin_days, claim_ids)
    claims = _claims(version, names, texts, near)
    events = _events(version, names, near)
    metas = _articles_meta(version, claims)
    return State(day, KnownState(tuple(events), tuple(claims)), metas, number)


def load_claims(
    data_root: Path,
    days: Iterable[date] | Whereabouts | None = None,
    *,
    margin_days: int = 31,
    texts: Callable[[str], str | None] | None = None,
) -> tuple[Claim, ...]:
    """The claims of the standing events near given days; arguments as for `load_state`."""
    return load_state(data_root, days, margin_days=margin_days, texts=texts).known.claims


@dataclass(frozen=True, slots=True)
class _Near:
    """Ids of the events that are near, and of their claims, as Arrow arrays; a table is filtered by the one it has."""

    event_id: pa.Array
    claim_id: pa.Array


def _near(
    version: Path, names: Iterable[str], wanted: Whereabouts, margin_days: int, claim_ids: Collection[str]
) -> _Near:
    """Pick events by days and places of their claims; done on columns, for most rows of a month are not near."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    where = ["lat", "lon", "geo_precision", "admin1_en"]
    columns = ["claim_id", "event_id", "date_start", "date_end", "published_at", "is_aggregate", *where]
    files = partition_files(version, "claims")
    parts = [pq.ParquetFile(files[name]).read(columns=columns) for name in names if name in files]
    if not parts:
        return _Near(pa.array([], pa.string()), pa.array([], pa.string()))
    data = pa.concat_tables(parts)
    start, end, published = (_ordinals(data[name]) for name in columns[2:5])
    undated = np.isnan(start) | np.isnan(end)
    first = np.where(undated, published - RECAP_DAYS, start)
    last = np.where(undated, published, end)
    places = list(zip(*(data[name].to_pylist() for name in where), strict=True))
    joins = ~data["is_aggregate"].to_numpy(zero_copy_only=False).astype(bool)
    near = joins & wanted.near(first - margin_days, last + margin_days, places)
    near |= pc.is_in(data["claim_id"], value_set=pa.array(sorted(claim_ids), pa.string())).to_numpy(
        zero_copy_only=False
    )
    events = pa.array(sorted(set(data["event_id"].filter(pa.array(near)).to_pylist())), pa.string())
    return _Near(events, data["claim_id"].filter(pc.is_in(data["event_id"], value_set=events)).combine_chunks())


def _ordinals(column: Any) -> Any:
    """Days as ordinals (float, NaN for null)."""
    import numpy as np

    days = column.cast("int32").to_numpy(zero_copy_only=False).astype("float64")
    return days + np.float64(date(1970, 1, 1).toordinal())


def _read(version: Path, name: str, partitions: Iterable[str], near: _Near | None = None) -> Rows:
    import pyarrow.compute as pc

    files = partition_files(version, name)
    key = "claim_id" if "claim_id" in TABLES[name].key else "event_id"
    rows: Rows = []
    for partition in partitions:
        if partition in files:
            data = arrow.read_table(files[partition], TABLES[name])
            if near is not None:
                data = data.filter(pc.is_in(data[key], value_set=getattr(near, key)))
            rows.extend(data.to_pylist())
    return rows


def _grouped(rows: Rows, key: str) -> dict[str, Rows]:
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _events(version: Path, names: list[str], near: _Near | None) -> list[EventRecord]:
    counts = _grouped(_read(version, "event_counts", names, near), "event_id")
    articles = _grouped(_read(version, "event_articles", names, near), "event_id")
    events = []
    for row in _read(version, "events", names, near):
        event_id = row["event_id"]
        events.append(_event(row, counts.get(event_id, []), [one["claim_id"] for one in articles.get(event_id, [])]))
    return events


def _event(row: Mapping[str, Any], counts: Rows, claim_ids: list[str]) -> EventRecord:
    same = {f.name for f in fields(EventRecord)} & set(row)
    values = {name: row[name] for name in same}
    values |= {name: split(row[name]) for name in ("actor1", "actor2", "other_places")}
    values["date_start"] = row["event_date"]
    values["claim_ids"] = tuple(sorted(claim_ids))
    values["counts"] = tuple(
        Count(one["measure"], one["low"], one["best"], one["high"], one["qualifier"], one["subgroup"], one["text"])
        for one in sorted(counts, key=lambda one: one["seq"])
    )
    return EventRecord(**values)


def _claims(
    version: Path, names: list[str], texts: Callable[[str], str | None] | None, near: _Near | None
) -> list[Claim]:
    children = {
        name: _grouped(_read(version, name, names, near), "claim_id")
        for name in ("claim_counts", "claim_sources", "claim_spans")
    }
    claims = []
    for row in _read(version, "claims", names, near):
        parts = {
            name: sorted(groups.get(row["claim_id"], []), key=lambda one: one["seq"])
            for name, groups in children.items()
        }
        claims.append(_claim(row, parts, texts))
    return claims


def _claim(row: Mapping[str, Any], parts: Mapping[str, Rows], texts: Callable[[str], str | None] | None) -> Claim:
    same = {f.name for f in fields(Claim)} & set(row)
    values = {name: row[name] for name in same}
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


def _articles_meta(version: Path, claims: list[Claim]) -> dict[str, ArticleMeta]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

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
