"""Rows of the claim and event tables from the records of the other rooms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from conflict_events.records import Article, Claim, Count
from conflict_events.resolution.records import EventRecord
from conflict_events.snapshots.codes import actor, actor_names, classify, disorder_type, load_actions
from conflict_events.snapshots.schema_claims import FLAT_MEASURES

__all__ = [
    "UNKNOWN_PUBLISHER",
    "Row",
    "actor_row",
    "article_row",
    "claim_child_rows",
    "claim_row",
    "event_child_rows",
    "event_row",
    "join",
    "split",
    "total_of",
]

UNKNOWN_PUBLISHER = "unknown"
_JOINER = "; "
_INT32_MAX = 2**31 - 1

Row = dict[str, Any]


def join(values: Iterable[str]) -> str | None:
    """Values in one cell; None for no values.

    >>> join(["IRN_MILITIA", "HEZBOLLAH"])
    'IRN_MILITIA; HEZBOLLAH'
    """
    return _JOINER.join(value.replace(";", ",") for value in values) or None


def split(cell: str | None) -> tuple[str, ...]:
    """The values of a cell that `join` filled."""
    return tuple(cell.split(_JOINER)) if cell else ()


def _int32(value: int | None) -> int | None:
    """The number, or None where it is beyond any real count (and beyond the column)."""
    return value if value is not None and -1 < value <= _INT32_MAX else None


def total_of(counts: Sequence[Count], measure: str) -> Count | None:
    """One total of a measure: lowest, first best and highest over the stated totals; open where one of them is open.

    >>> total_of([Count("killed", 3, 3, 3, "exact"), Count("killed", 5, 5, None, "at_least")], "killed")
    Count(measure='killed', low=3, best=3, high=None, qualifier='exact', ...)
    """
    rows = [c for c in counts if c.measure == measure and c.group is None]
    if not rows:
        return None
    numbers = [c for c in rows if not (c.low is None and c.best is None and c.high is None)]
    if not numbers:
        return rows[0]
    lead = next((c for c in numbers if c.best is not None), numbers[0])
    lows = [n for c in numbers for n in (c.low, c.best) if n is not None]
    highs = [n for c in numbers for n in (c.high, c.best) if n is not None]
    has_low = any(c.low is not None for c in numbers)
    has_open_high = any(c.high is None for c in numbers)
    return Count(
        measure,
        _int32(min(lows)) if lows and has_low else None,
        _int32(lead.best),
        _int32(max(highs)) if highs and not has_open_high else None,
        lead.qualifier,
        None,
        lead.text,
    )


def article_row(
    article: Article, snapshot_date: date, near_duplicate_of: str | None, version_of: str | None, n_claims: int
) -> Row:
    """The row of `articles`."""
    return {
        "article_id": article.article_id,
        "snapshot_date": snapshot_date,
        "url": article.url,
        "publisher": article.publisher or UNKNOWN_PUBLISHER,
        "camp": article.camp,
        "title": article.title or None,
        "published_at": article.published_at,
        "published_source": article.published_source,
        "language": article.language,
        "timezone": article.timezone,
        "near_duplicate_of": near_duplicate_of,
        "version_of": version_of,
        "n_claims": n_claims,
        "n_characters": len(article.full_text),
        "text_sha256": article.text_sha256,
    }


def claim_row(claim: Claim, snapshot_date: date, change: str, quote: bool) -> Row:
    """The row of `claims`."""
    event_type, sub_event_type = classify(claim.action, claim.actor1, claim.actor2, claim.counts)
    first = claim.sources[0] if claim.sources else None
    killed = total_of(claim.counts, "killed")
    row: Row = {name: getattr(claim, name) for name in _CLAIM_AS_IS}
    row |= {
        "snapshot_date": snapshot_date,
        "change": change,
        "publisher": claim.publisher or UNKNOWN_PUBLISHER,
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "other_places": join(claim.other_places),
        "actor1": join(claim.actor1),
        "actor2": join(claim.actor2),
        "killed_qualifier": killed.qualifier if killed else None,
        "killed_text": killed.text if killed else None,
        "sources": join(source.name for source in claim.sources),
        "source_type": first.source_type if first else None,
        "stance": first.stance if first else None,
        "infrastructure": join(claim.infrastructure),
        "evidence_sha256": hashlib.sha256(claim.evidence.encode("utf-8", "surrogatepass")).hexdigest(),
        "evidence": claim.evidence if quote else None,
    }
    for measure in FLAT_MEASURES:
        total = total_of(claim.counts, measure)
        for bound in ("low", "best", "high"):
            row[f"{measure}_{bound}"] = getattr(total, bound) if total else None
    return row


_CLAIM_AS_IS = (
    "claim_id", "article_id", "event_id", "published_at", "action", "is_background", "is_aggregate", "date_start",
    "date_end", "time_precision", "date_source", "date_text", "place", "place_en", "place_id", "admin1_en",
    "admin1_pcode", "admin2_en", "country", "lat", "lon", "geo_precision", "admin2_pcode", "geo_method",
    "actor1_suspected", "weapon", "evidence_start", "evidence_end", "rule", "confidence",
)  # fmt: skip


def claim_child_rows(claim: Claim, snapshot_date: date) -> Iterator[tuple[str, Row]]:
    """Rows of `claim_counts`, `claim_sources` and `claim_spans`, each with the name of its table."""
    common: Row = {"claim_id": claim.claim_id, "snapshot_date": snapshot_date, "date_start": claim.date_start}
    for seq, count in enumerate(claim.counts, start=1):
        numbers = {"text_start": count.start, "text_end": count.end}
        yield "claim_counts", common | {"seq": seq} | _count_columns(count) | numbers
    for seq, source in enumerate(claim.sources, start=1):
        yield (
            "claim_sources",
            common
            | {
                "seq": seq,
                "name": source.name,
                "source_type": source.source_type,
                "stance": source.stance,
                "text_start": source.start,
                "text_end": source.end,
            },
        )
    for seq, span in enumerate(claim.spans, start=1):
        yield (
            "claim_spans",
            common
            | {
                "seq": seq,
                "slot": span.slot,
                "span_start": span.start,
                "span_end": span.end,
                "rule": span.rule or None,
            },
        )


def _count_columns(count: Count) -> Row:
    return {
        "measure": count.measure,
        "subgroup": count.group,
        "low": _int32(count.low),
        "best": _int32(count.best),
        "high": _int32(count.high),
        "qualifier": count.qualifier,
        "text": count.text,
    }


def event_row(event: EventRecord, snapshot_date: date, claims: Sequence[Claim]) -> Row:
    """The row of `events`; `claims` are the event's own, in order of publication."""
    event_type, sub_event_type = classify(event.action, event.actor1, event.actor2, event.counts)
    action = load_actions()[event.action]
    publishers = list(dict.fromkeys(claim.publisher or UNKNOWN_PUBLISHER for claim in claims))
    sources = list(dict.fromkeys(source.name for claim in claims for source in claim.sources))
    row: Row = {name: getattr(event, name) for name in _EVENT_AS_IS}
    row |= {name: _int32(getattr(event, name)) for name in _EVENT_NUMBERS}
    row |= {
        "snapshot_date": snapshot_date,
        "event_date": event.date_start,
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "disorder_type": disorder_type(event_type, sub_event_type),
        "action_en": action.name_en,
        "action_ar": action.name_ar,
        "plover_event": action.plover_event,
        "plover_mode": action.plover_mode,
        "other_places": join(event.other_places),
        "sources": join(sources) or join(publishers),
        "publishers": join(publishers),
        "first_seen_snapshot": event.first_seen_snapshot or snapshot_date,
        "last_revised_snapshot": snapshot_date,
    }
    for role in ("actor1", "actor2"):
        ids = getattr(event, role)
        row |= {role: join(ids), f"{role}_en": actor_names(ids, "en"), f"{role}_ar": actor_names(ids, "ar")}
    return row


_EVENT_AS_IS = (
    "event_id", "revision", "change", "reason", "date_end", "time_precision", "action", "actor1_suspected", "place",
    "place_en", "place_id", "admin1_en", "admin1_pcode", "admin2_en", "country", "lat", "lon", "geo_precision",
    "deaths_qualifier", "deaths_text", "is_background", "is_aggregate", "n_articles", "n_publishers", "n_camps",
    "n_independent_sources", "disagreement", "confidence", "notes_en", "notes_ar", "merged_into",
)  # fmt: skip
_EVENT_NUMBERS = (
    "deaths_low", "deaths_best", "deaths_high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
    "injured_low", "injured_best", "injured_high", "strikes_low", "strikes_best", "strikes_high",
)  # fmt: skip


def event_child_rows(event: EventRecord, snapshot_date: date, claims: Sequence[Claim]) -> Iterator[tuple[str, Row]]:
    """Rows of the four bridges of an event, each with the name of its table."""
    common: Row = {
        "event_id": event.event_id,
        "revision": event.revision,
        "snapshot_date": snapshot_date,
        "event_date": event.date_start,
    }
    for seq, count in enumerate(event.counts, start=1):
        yield "event_counts", common | {"seq": seq} | _count_columns(count)
    for role in ("actor1", "actor2"):
        for seq, actor_id in enumerate(getattr(event, role), start=1):
            suspected = role == "actor1" and event.actor1_suspected
            yield "event_actors", common | {"role": role, "seq": seq, "actor_id": actor_id, "suspected": suspected}
    if event.place or event.place_en or event.place_id:
        where = {
            name: getattr(event, name) for name in ("place", "place_en", "place_id", "lat", "lon", "geo_precision")
        }
        yield "event_places", common | {"seq": 1, "role": "main"} | where
    for seq, place in enumerate(event.other_places, start=2):
        yield "event_places", common | {"seq": seq, "role": "other", "place": place}
    for claim in claims:
        yield (
            "event_articles",
            common
            | {
                "claim_id": claim.claim_id,
                "article_id": claim.article_id,
                "publisher": claim.publisher or UNKNOWN_PUBLISHER,
                "published_at": claim.published_at,
            },
        )


def actor_row(actor_id: str) -> Row:
    """The row of `dim_actor`."""
    one = actor(actor_id)
    return {
        "actor_id": actor_id,
        "name_en": one.name_en,
        "name_ar": one.name_ar,
        "actor_class": one.actor_class,
        "is_state": one.is_state,
        "country": one.country,
    }
