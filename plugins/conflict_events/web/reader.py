"""Reads events, claims and article texts for the pages; never writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from conflict_events.pipeline.workspace import load_article
from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = ["Evidence", "Filters", "latest_events", "read_evidence"]

T = TypeVar("T")

LIST_COLUMNS = [
    "event_id", "event_date", "date_end", "time_precision", "action_ar", "action_en", "event_type", "sub_event_type",
    "actor1_ar", "actor2_ar", "actor1_suspected", "place", "place_en", "admin1_en", "country", "geo_precision",
    "deaths_low", "deaths_best", "deaths_high", "sources", "publishers", "n_articles", "is_background", "is_aggregate",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; None is "all".

    Attributes:
        first: First event day.
        last: Last event day.
        country: ISO-2 code.
        event_type: ACLED event type.
    """

    first: date | None = None
    last: date | None = None
    country: str | None = None
    event_type: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim of an event, and the article that makes it (None where the archive no longer holds its text)."""

    claim: dict[str, Any]
    article: Article | None
    spans: tuple[dict[str, Any], ...] = ()


def latest_events(
    settings: Settings, filters: Filters, limit: int = 200, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """Events of the current state, newest day first, undated ones at the end.

    Returns:
        At most `limit` rows, and how many there are in all.
    """
    import pyarrow.dataset as ds

    def read(root: Path) -> tuple[list[dict[str, Any]], int]:
        table = _dataset(root, "events")
        if table is None:
            return [], 0
        condition = None
        for part in (
            None if filters.first is None else ds.field("event_date") >= filters.first,
            None if filters.last is None else ds.field("event_date") <= filters.last,
            None if filters.country is None else ds.field("country") == filters.country,
            None if filters.event_type is None else ds.field("event_type") == filters.event_type,
        ):
            if part is not None:
                condition = part if condition is None else condition & part
        found = table.to_table(columns=LIST_COLUMNS, filter=condition)
        ordered = found.sort_by([("event_date", "descending"), ("event_id", "ascending")])
        return ordered.slice(offset, limit).to_pylist(), found.num_rows

    return _from_one_state(settings, read)


def read_evidence(settings: Settings, event_id: str) -> tuple[dict[str, Any], list[Evidence]] | None:
    """An event of the current state with its claims in order of publication; None where there is no such event."""

    def read(root: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]] | None:
        events = _rows(root, "events", "event_id", [event_id])
        if not events:
            return None
        claims = _rows(root, "claims", "event_id", [event_id])
        spans = _rows(root, "claim_spans", "claim_id", [claim["claim_id"] for claim in claims])
        return events[0], claims, spans

    found = _from_one_state(settings, read)
    if found is None:
        return None
    event, claims, spans = found
    claims.sort(key=lambda claim: (claim["published_at"] or date.max, claim["article_id"], claim["evidence_start"]))
    evidence = [
        Evidence(
            claim,
            load_article(settings, claim["article_id"]),
            tuple(span for span in spans if span["claim_id"] == claim["claim_id"]),
        )
        for claim in claims
    ]
    return event, evidence


def _from_one_state(settings: Settings, read: Callable[[Path], T]) -> T:
    """Read from one state of `latest`, even if it moves on meanwhile."""
    for attempt in range(3):
        root = settings.latest.resolve()
        try:
            return read(root)
        except FileNotFoundError:
            # The state that we were reading was replaced and removed; in one that stands, a missing file is an error.
            if attempt == 2 or settings.latest.resolve() == root:
                raise
    raise AssertionError("unreachable")


def _dataset(root: Path, table: str) -> Any:
    """The Parquet files of a table, or None before anything was published."""
    import pyarrow.dataset as ds

    files = sorted(str(path) for path in (root / table).glob("**/*.parquet"))
    return ds.dataset(files, format="parquet") if files else None


def _rows(root: Path, table: str, column: str, values: Sequence[str]) -> list[dict[str, Any]]:
    import pyarrow.dataset as ds

    found = _dataset(root, table)
    return [] if found is None else found.to_table(filter=ds.field(column).isin(list(values))).to_pylist()
