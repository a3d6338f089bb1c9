"""Resolve, aggregate, audit, publish: from a day's claims to its snapshot; days strictly ascend, one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from conflict_events.pipeline.copies import mark_copies
from conflict_events.pipeline.corrections import find_corrections, retold, successors
from conflict_events.pipeline.coverage import coverage
from conflict_events.pipeline.former import former_events
from conflict_events.pipeline.planning import settle
from conflict_events.pipeline.reading import staged_claims
from conflict_events.pipeline.retention import prune_archive
from conflict_events.pipeline.run_log import log_runs
from conflict_events.pipeline.turns import stands_back
from conflict_events.pipeline.versions import input_digest, versions
from conflict_events.pipeline.workspace import (
    PipelineError,
    as_day,
    day_folder,
    load_article,
    published_days,
    read_json,
    read_jsonl,
    write_json,
    write_jsonl,
)
from conflict_events.records import Claim, CleanArticle
from conflict_events.resolution import ArticleMeta, EventRecord
from conflict_events.settings import Settings

__all__ = ["aggregate", "audit_day", "publish_day", "report", "resolve_day"]


@stands_back
def resolve_day(settings: Settings, day: date | str) -> dict[str, Any]:
    """Tie the day's claims to events, new and known.

    What a publisher corrected or took back since the article was known is withdrawn: its events are revised or
    retracted.

    Returns:
        ``{"day", "path", "articles", "near copies", "claims", "withdrawn claims", "events", "new", "revised",
        "merged", "retracted"}``; of a published day ``{"day", "published": True}``.

    Raises:
        PipelineError: A later day is published, or a batch is not extracted yet.
    """
    from conflict_events.resolution import resolve
    from conflict_events.snapshots import Neighbourhood

    if _done(settings, day):
        return {"day": _iso(day), "published": True}
    settle(settings)
    articles, claims = staged_claims(settings, _iso(day))
    articles = mark_copies(settings, _iso(day), articles)
    corrections = find_corrections(settings, articles)
    quoted = {claim_id for one in corrections for claim_id in retold(one, claims)}
    claims = [claim for claim in claims if claim.claim_id not in quoted]
    replaced = {claim_id: day for one in corrections for claim_id, day in one.claims.items()}
    with _clear_errors():
        nearby = Neighbourhood(settings.data_root, _texts(settings))
        held, held_articles = nearby.holding(replaced, _days(claims, replaced.values()))
    withdrawn = {c.claim_id: one.reason for one in corrections for c in held.claims if c.article_id in one.replaced}
    former = former_events(settings, day, claims)
    for one in corrections:
        former |= successors(one, held.claims, claims)
    metas = {**held_articles, **{meta.article_id: meta for meta in map(_meta, articles)}}
    with _clear_errors():
        resolution = resolve(claims, held, metas, withdrawn=withdrawn, former=former, nearby=nearby)
    known = nearby.claims
    changed = [_stamped(event, as_day(day)) for event in resolution.changed()]
    touched = {claim_id for event in changed for claim_id in event.claim_ids} | {
        claim.claim_id for claim in known if resolution.assignments.get(claim.claim_id) != claim.event_id
    }
    before = {event.event_id for event in changed}
    known_claims = [c for c in known if c.claim_id in touched or c.event_id in before]
    folder = day_folder(settings, day)
    write_jsonl(folder / "events.jsonl", (event.to_json() for event in changed))
    write_jsonl(folder / "known-claims.jsonl", (claim.to_json() for claim in known_claims))
    told = {claim.claim_id for claim in (*claims, *known_claims)}
    path = write_json(
        folder / "resolution.json",
        {
            "built_on": nearby.snapshot_date.isoformat() if nearby.snapshot_date else None,
            "vintage": nearby.vintage,
            "assignments": {key: value for key, value in resolution.assignments.items() if key in told},
            "withdrawn": withdrawn,
            "quoted": sorted(quoted),
            "copies": {a.article.article_id: a.near_duplicate_of for a in articles if a.near_duplicate_of},
            "versions": {a.article.article_id: a.version_of for a in articles if a.version_of}
            | {one.article_id: one.replaced[0] for one in corrections},
        },
    )
    changes = Counter(event.change for event in changed)
    return {
        "day": _iso(day),
        "path": str(path),
        "articles": len(articles),
        "near copies": sum(article.near_duplicate_of is not None for article in articles),
        "claims": len(claims),
        "withdrawn claims": len(withdrawn),
        "events": len(changed),
        **{change: changes[change] for change in ("new", "revised", "merged", "retracted")},
    }


@stands_back
def aggregate(settings: Settings, day: date | str) -> dict[str, Any]:
    """Build the tables of the day in its work folder.

    Returns:
        ``{"day", "path", "rows"}`` with the rows of each table; of a published day ``{"day", "published": True}``.

    Raises:
        PipelineError: The day is not resolved, or its records don't fit together.
    """
    from conflict_events.snapshots import DayRecords, build_tables, save_tables

    if _done(settings, day):
        return {"day": _iso(day), "published": True}
    folder = day_folder(settings, day)
    resolved = _resolved(settings, day)
    articles, claims = staged_claims(settings, _iso(day))
    articles = [_marked(one, resolved) for one in articles]
    quoted = set(resolved.get("quoted", ()))  # a day resolved by an older version has none
    claims = [claim for claim in claims if claim.claim_id not in quoted]
    records = DayRecords(
        snapshot_date=as_day(day),
        articles=articles,
        claims=claims,
        events=[EventRecord.from_json(record) for record in read_jsonl(folder / "events.jsonl")],
        known_claims=[Claim.from_json(record) for record in read_jsonl(folder / "known-claims.jsonl")],
        assignments=resolved["assignments"],
        withdrawn=resolved["withdrawn"],
        coverage=coverage(settings, _iso(day), articles),
        quote_evidence=settings.quote_evidence,
    )
    with _clear_errors():
        tables = build_tables(records, settings.data_root)
        save_tables(tables, folder / "tables")
    return {
        "day": _iso(day),
        "path": str(folder / "tables"),
        "rows": {name: table.num_rows for name, table in tables.items()},
    }


def _marked(cleaned: CleanArticle, resolved: Mapping[str, Any]) -> CleanArticle:
    """An article with what `resolve_day` found out about it."""
    name = cleaned.article.article_id
    return replace(cleaned, near_duplicate_of=resolved["copies"].get(name), version_of=resolved["versions"].get(name))


@stands_back
def audit_day(settings: Settings, day: date | str) -> dict[str, Any]:
    """Check the tables of the day.

    Returns:
        ``{"day", "path", "checks", "warnings"}``; of a published day ``{"day", "published": True}``.

    Raises:
        PipelineError: A check failed (nothing will be published), or the tables are not built.
    """
    from conflict_events.snapshots import AuditSettings, audit, load_tables

    if _done(settings, day):
        return {"day": _iso(day), "published": True}
    folder = day_folder(settings, day)
    with _clear_errors():
        tables = load_tables(folder / "tables")
        limits = AuditSettings(
            quarantine_share=settings.quarantine_share_limit, content_floor=settings.odd_rows_allowed
        )
        found = audit(tables, settings.data_root, limits, texts=_texts(settings))
    path = write_json(folder / "audit.json", found.to_json())
    if not found.ok:
        raise PipelineError(found.summary())
    return {
        "day": _iso(day),
        "path": str(path),
        "checks": len(found.checks),
        "warnings": [f"{check.name}: {check.message}" for check in found.warnings],
    }


@stands_back
def publish_day(settings: Settings, day: date | str) -> dict[str, Any]:
    """Write the snapshot, move `latest/` on, and take the day's articles out of the inbox.

    Where `retention_days` is set, texts that are older than that on this day are removed from the archive.

    Returns:
        ``{"day", "path", "latest", "events", "claims", "published", "quarantined", "lag_hours"}``, the last two of the
        last published day only; with ``"texts removed"`` where a retention is set.

    Raises:
        PipelineError: The audit has not passed, a later day is published, or the state changed since the day was
        resolved. PublisherBusy: Another run publishes; trying again may help.
    """
    from conflict_events.snapshots import AuditReport, PublishRequest, load_tables, publish, published

    if _done(settings, day):
        with _clear_errors():
            done = published(settings.data_root, as_day(day))
        return _settled(settings, day, done)
    folder = day_folder(settings, day)
    if not (folder / "audit.json").exists():
        raise PipelineError(f"{_iso(day)} is not audited: run audit_day first")
    resolved = _resolved(settings, day)
    articles, _ = staged_claims(settings, _iso(day))
    with _clear_errors():
        done = publish(
            PublishRequest(
                data_root=settings.data_root,
                snapshot_date=as_day(day),
                tables=load_tables(folder / "tables"),
                report=AuditReport.from_json(read_json(folder / "audit.json")),
                built_on=as_day(resolved["built_on"]) if resolved["built_on"] else None,
                vintage=resolved["vintage"],
                versions=versions(settings),
                inputs=input_digest(articles),
                wait_seconds=settings.publish_wait_seconds,
            )
        )
    return _settled(settings, day, done)


def report(settings: Settings, days: Iterable[date | str] | None = None) -> dict[str, Any]:
    """What some published days brought, or (None) the current state.

    Returns:
        ``{"title", "headings", "events", "counts", "folders", "duckdb"}``; `events` holds the cells of one row each.

    Raises:
        PipelineError: A day is not published.
    """
    from conflict_events.snapshots import report as snapshot_report
    from conflict_events.snapshots.report import HEADINGS

    with _clear_errors():
        found = snapshot_report(settings.data_root, None if days is None else [as_day(day) for day in days])
    return {
        "title": found.title,
        "headings": list(HEADINGS),
        "events": [list(line.cells()) for line in found.events],
        "counts": dict(found.counts),
        "folders": [str(folder) for folder in found.folders],
        "duckdb": found.duckdb,
    }


def _done(settings: Settings, day: date | str) -> bool:
    """Whether the day is published already.

    Raises:
        PipelineError: A later day is.
    """
    days = published_days(settings)
    wanted = as_day(day)
    if wanted in days:
        return True
    if days and wanted < days[-1]:
        raise PipelineError(f"{wanted} lies before the last snapshot ({days[-1]}): its articles belong to the next day")
    return False


def _settled(settings: Settings, day: date | str, done: Any) -> dict[str, Any]:
    """The receipt of a published day, after the inbox and the archive are tidied."""
    settle(settings)
    rows = done.rows
    logged = log_runs(settings)
    receipt = {
        "day": _iso(day),
        "path": str(done.folder),
        "latest": str(done.latest),
        "events": rows["events"],
        "claims": rows["claims"],
        "published": "already" if done.already else "now",
    }
    if logged is not None and logged["day"] == receipt["day"]:
        receipt |= {"quarantined": logged["quarantined"], "lag_hours": logged["lag_hours"]}
    if settings.retention_days:
        receipt["texts removed"] = prune_archive(settings, day)["texts"]
    return receipt


def _resolved(settings: Settings, day: date | str) -> dict[str, Any]:
    path = day_folder(settings, day) / "resolution.json"
    if not path.exists():
        raise PipelineError(f"{_iso(day)} is not resolved: run resolve_day first")
    resolved: dict[str, Any] = read_json(path)
    return resolved


def _stamped(event: EventRecord, day: date) -> EventRecord:
    return replace(event, first_seen_snapshot=event.first_seen_snapshot or day, last_revised_snapshot=day)


def _meta(cleaned: CleanArticle) -> ArticleMeta:
    article = cleaned.article
    return ArticleMeta(
        article.article_id, article.publisher, article.camp, cleaned.near_duplicate_of, article.published_at
    )


def _days(claims: Sequence[Claim], others: Iterable[date | None]) -> set[date]:
    """The days of claims, and others; of an undated claim, that of its article."""
    told = {claim.date_start or claim.published_at for claim in claims} | set(others)
    return {day for day in told if day is not None}


def _texts(settings: Settings) -> Callable[[str], str | None]:
    @lru_cache(maxsize=64)
    def text(article_id: str) -> str | None:
        article = load_article(settings, article_id)
        return article.full_text if article else None

    return text


@contextmanager
def _clear_errors() -> Iterator[None]:
    """What the snapshots refuse is for the user to mend; only a busy publisher may be tried again."""
    from conflict_events.snapshots import PublisherBusy, SnapshotError

    try:
        yield
    except PublisherBusy:
        raise
    except SnapshotError as error:
        raise PipelineError(str(error)) from error


def _iso(day: date | str) -> str:
    return as_day(day).isoformat()
