"""What resolution hands on: events, tombstones, and which claim belongs to which event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Protocol

from conflict_events.records import Claim, Count

__all__ = ["CHANGES", "ArticleMeta", "EventRecord", "KnownState", "Nearby", "Resolution", "Tombstone"]

CHANGES = ("new", "revised", "merged", "retracted", "unchanged")
"""The values of `EventRecord.change`."""

_DAYS = ("date_start", "date_end", "first_seen_snapshot", "last_revised_snapshot")
_TUPLES = ("claim_ids", "other_places", "actor1", "actor2", "counts")


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One occurrence, as all its claims together tell it.

    Attributes:
        event_id: Stable id; survives re-runs and later articles.
        revision: 1 for a new event, one more for each snapshot that changed it.
        change: One of `CHANGES`, relative to the state known before this run.
        reason: Short English words for the change, for example ``"toll 3 -> 5; 2 claims joined"``.
        claim_ids: Claims that belong to the event, sorted.
        action: Fine-grained code of the codebook.
        date_start: First day, or None where no claim resolves one.
        date_end: Last day, inclusive.
        time_precision: 1 day, 2 week, 3 month or worse, None undated.
        place: Place as the most precise claim writes it.
        geo_precision: 1 the place itself, 2 near it, 3 a governorate or more.
        lat: WGS84 degrees.
        lon: WGS84 degrees.
        actor1: Canonical ids of who did it.
        actor2: Canonical ids of who it was done to.
        counts: Reconciled counts, one per measure and group.
        deaths_low: Deaths over all claims; None is "not stated", never 0 for it.
        deaths_a: Deaths on the side of `actor1`; likewise b (`actor2`), civilians, unknown. They never overlap.
        deaths_qualifier: Qualifier of the best toll.
        deaths_text: Words of the best toll (for vague numbers).
        n_independent_sources: Articles after copies and wires of one agency are counted once.
        disagreement: 0 (claims agree) to 1 (tolls share nothing); None with fewer than two stated tolls.
        confidence: 0 to 1.
        first_seen_snapshot: Day of the snapshot that first held the event.
        last_revised_snapshot: Day of the last snapshot that changed it.
        merged_into: Heir, where `change` is ``merged``; else None.
        notes_en: One generated English sentence; names no victims.
        notes_ar: The same in Arabic.
    """

    event_id: str
    revision: int
    change: str
    reason: str
    claim_ids: tuple[str, ...]
    action: str
    date_start: date | None = None
    date_end: date | None = None
    time_precision: int | None = None
    place: str | None = None
    place_en: str | None = None
    place_id: str | None = None
    admin1_en: str | None = None
    admin1_pcode: str | None = None
    admin2_en: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: int | None = None
    other_places: tuple[str, ...] = ()
    actor1: tuple[str, ...] = ()
    actor2: tuple[str, ...] = ()
    actor1_suspected: bool = False
    counts: tuple[Count, ...] = ()
    deaths_low: int | None = None
    deaths_best: int | None = None
    deaths_high: int | None = None
    deaths_a: int | None = None
    deaths_b: int | None = None
    deaths_civilians: int | None = None
    deaths_unknown: int | None = None
    deaths_qualifier: str | None = None
    deaths_text: str | None = None
    injured_low: int | None = None
    injured_best: int | None = None
    injured_high: int | None = None
    strikes_low: int | None = None
    strikes_best: int | None = None
    strikes_high: int | None = None
    is_background: bool = False
    is_aggregate: bool = False
    n_articles: int = 0
    n_publishers: int = 0
    n_camps: int = 0
    n_independent_sources: int = 0
    disagreement: float | None = None
    confidence: float = 0.0
    first_seen_snapshot: date | None = None
    last_revised_snapshot: date | None = None
    merged_into: str | None = None
    notes_en: str = ""
    notes_ar: str = ""

    def to_json(self) -> dict[str, Any]:
        """The event as a JSON-ready dict (days as ISO strings, tuples as lists)."""
        record = asdict(self)
        for key in _DAYS:
            record[key] = record[key].isoformat() if record[key] else None
        for key in _TUPLES:
            record[key] = list(record[key])
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> EventRecord:
        """Read back what `to_json` wrote; unknown keys are ignored."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in record.items() if key in known}
        for key in _DAYS:
            value = values.get(key)
            values[key] = date.fromisoformat(value) if isinstance(value, str) and value else value or None
        for key in ("claim_ids", "other_places", "actor1", "actor2"):
            values[key] = tuple(values.get(key) or ())
        values["counts"] = tuple(row if isinstance(row, Count) else Count(**row) for row in values.get("counts") or ())
        return cls(**values)


@dataclass(frozen=True, slots=True)
class ArticleMeta:
    """What resolution knows of an article besides its claims.

    Attributes:
        article_id: The article.
        publisher: Outlet, or None.
        camp: Political camp of the outlet, or None.
        near_duplicate_of: Article that this one copies, or None.
        published_at: Publication day, or None.
    """

    article_id: str
    publisher: str | None = None
    camp: str | None = None
    near_duplicate_of: str | None = None
    published_at: date | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An event id that is no longer in use.

    Attributes:
        event_id: The id that ends.
        heir: The id that took its claims over, or None where the event was retracted.
        reason: Short English words.
    """

    event_id: str
    heir: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class KnownState:
    """What earlier snapshots know near the days of the new claims.

    Attributes:
        events: Events of the current state (latest revisions, tombstones left out).
        claims: The claims of these events, each with its `event_id`.
    """

    events: tuple[EventRecord, ...] = ()
    claims: tuple[Claim, ...] = ()

    @classmethod
    def of(cls, events: Iterable[EventRecord], claims: Iterable[Claim]) -> KnownState:
        """Build one from any iterables."""
        return cls(tuple(events), tuple(claims))


class Nearby(Protocol):
    """Where resolution gets what is known near claims, as it comes to compare it."""

    def near(self, claims: Sequence[Claim]) -> tuple[Sequence[Claim], Mapping[str, ArticleMeta]]:
        """All claims of the events that may be one with some claims, each event once; what is known of their articles.

        The claims carry their event and what is compared; `whole` gives the rest.
        """
        ...

    def whole(self, event_ids: Collection[str]) -> KnownState:
        """Events whose claims were given, and these claims, with all that is known of them."""
        ...


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome of one run of `resolve`.

    Attributes:
        events: Every event that new claims touch, plus merged ones (change ``merged``), plus the known ones that
            stayed as they were (change ``unchanged``); sorted by day, place and id.
        assignments: ``claim_id -> event_id`` for every claim given, new and known. Aggregates have an event of their
            own.
        tombstones: Ids that ended in this run.
    """

    events: tuple[EventRecord, ...]
    assignments: Mapping[str, str]
    tombstones: tuple[Tombstone, ...] = ()

    def changed(self) -> tuple[EventRecord, ...]:
        """The events that this run made or changed: what a snapshot stores."""
        return tuple(event for event in self.events if event.change != "unchanged")
