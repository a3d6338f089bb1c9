"""Each planted fault is found, named and shown by example; a sound day passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from snapshot_records import DAY1, DAY3, article, event, first_day, publish_day, second_day, strike, texts

from conflict_events.snapshots import AuditReport, AuditSettings, Coverage, DayRecords, audit, build_tables
from conflict_events.snapshots.arrow import from_rows
from conflict_events.snapshots.schema import TABLES

Row = dict[str, Any]


def spoiled(table: str, change: Callable[[list[Row]], object]) -> AuditReport:
    """The audit of the first day after a change to the rows of one table."""
    tables = build_tables(first_day())
    rows = tables[table].to_pylist()
    change(rows)
    tables[table] = from_rows(TABLES[table], rows)
    return audit(tables, texts=texts(first_day()))


def test_a_sound_day_passes(two_days: Path) -> None:
    report = audit(build_tables(first_day()), texts=texts(first_day()))
    assert report.ok
    assert report.snapshot_date == "2024-03-15"
    assert next(check for check in report.checks if check.name == "claims.evidence").message.endswith(
        "2 of 2 slices hashed"
    )
    assert audit(build_tables(second_day(), two_days), two_days).ok


@pytest.mark.parametrize(
    ("table", "change", "check"),
    [
        ("events", lambda rows: rows.append(rows[0]), "events.key_unique"),
        ("events", lambda rows: rows[0].update(notes_en=None), "events.required"),
        ("events", lambda rows: rows[0].update(event_type="War"), "events.event_type.allowed"),
        ("events", lambda rows: rows[0].update(lat=91.0), "events.lat.allowed"),
        ("events", lambda rows: rows[0].update(lat=float("nan")), "events.lat.allowed"),
        ("events", lambda rows: rows[0].update(lat=48.85, lon=2.35), "events.inside_country"),
        ("events", lambda rows: rows[0].update(lon=None), "events.point_whole"),
        ("events", lambda rows: rows[0].update(event_date=date(2024, 3, 18)), "events.future"),
        ("events", lambda rows: rows[0].update(date_end=date(2024, 3, 1)), "events.dates_ordered"),
        ("events", lambda rows: rows[0].update(deaths_best=9, deaths_high=4), "events.deaths.ordered"),
        ("events", lambda rows: rows[0].update(deaths_low=-1), "events.deaths_low.allowed"),
        ("events", lambda rows: rows[0].update(change="merged"), "events.heir"),
        ("events", lambda rows: rows[0].update(revision=2), "events.first_revision"),
        ("events", lambda rows: rows[0].update(place_id="x:404"), "events.place_id.known"),
        ("event_articles", lambda rows: rows.pop(), "events.has_claims"),
        ("event_actors", lambda rows: rows[0].update(event_id="e404"), "event_actors.event_id.known"),
        ("event_actors", lambda rows: rows[0].update(actor_id="NOBODY"), "event_actors.actor_id.known"),
        ("claims", lambda rows: rows[0].update(article_id="a404"), "claims.article_known"),
        ("claims", lambda rows: rows[0].update(event_id="e404"), "claims.event_known"),
        ("claims", lambda rows: rows[0].update(event_id=None), "claims.event_given"),
        ("claims", lambda rows: rows[0].update(killed_low=6), "claims.killed.ordered"),
        ("claims", lambda rows: rows[0].update(confidence=1.5), "claims.confidence.allowed"),
        ("claims", lambda rows: rows[0].update(evidence_end=10_000), "claims.evidence"),
        ("claims", lambda rows: rows[0].update(evidence_start=rows[0]["evidence_start"] + 1), "claims.evidence"),
        ("claim_counts", lambda rows: rows[0].update(low=9), "claim_counts.ordered"),
        ("claim_counts", lambda rows: rows[0].update(claim_id="c404"), "claim_counts.claim_id.known"),
        ("source_coverage", lambda rows: rows[0].update(articles_quarantined=9), "coverage.quarantine_share"),
        ("daily_summary", lambda rows: rows[0].update(deaths_low=99, deaths_best=1), "daily_summary.deaths.ordered"),
    ],
)  # fmt: skip
def test_a_fault_is_found(table: str, change: Callable[[list[Row]], object], check: str) -> None:
    report = spoiled(table, change)
    failed = {one.name: one for one in report.failures}
    assert check in failed, report.summary()
    assert failed[check].bad >= 1
    assert failed[check].examples
    assert f"FAIL {check}" in report.summary()
    assert "nothing was published" in report.summary()


def test_a_table_with_other_columns_is_found() -> None:
    tables = build_tables(first_day())
    tables["events"] = tables["events"].drop_columns(["notes_ar"])
    assert [check.name for check in audit(tables).failures] == ["events.schema"]
    tables.pop("events")
    assert [check.name for check in audit(tables).failures] == ["tables.present"]


def test_single_odd_rows_warn_and_many_fail() -> None:
    claims = tuple(strike(f"c{n}", event_id=f"e{n}") for n in range(40))
    odd = {"lat": 10.0, "lon": 10.0}
    events = tuple(event(claim, **(odd if n == 0 else {})) for n, claim in enumerate(claims))
    report = audit(build_tables(DayRecords(DAY1, (article(),), claims, events)))
    assert report.ok
    assert [check.name for check in report.warnings] == ["events.inside_country"]
    assert "WARN events.inside_country: 1 rows" in report.summary()
    strict = audit(
        build_tables(DayRecords(DAY1, (article(),), claims, events)), settings=AuditSettings(content_share=0.01)
    )
    assert [check.name for check in strict.failures] == ["events.inside_country"]


def test_an_article_that_no_snapshot_holds_is_found(two_days: Path) -> None:
    lost = strike("c1", article("a404"))
    records = replace(second_day(), snapshot_date=DAY3, known_claims=(lost,), articles=(article("a3"),))
    report = audit(build_tables(records, two_days), two_days)
    assert "articles.known" in {check.name for check in report.failures}


def test_days_that_stand_out_and_silent_publishers_are_told(tmp_path: Path) -> None:
    for offset in range(7):
        day = DAY1 + timedelta(days=offset)
        articles = tuple(article(f"a{offset}-{n}", day) for n in range(10))
        publish_day(tmp_path, DayRecords(day, articles, (), ()))
    quiet = DayRecords(DAY1 + timedelta(days=7), (article("z", publisher="other.example"),), (), ())
    report = audit(build_tables(quiet, tmp_path), tmp_path)
    assert report.ok
    told = {check.name: check for check in report.warnings}
    assert told["coverage.publishers"].examples == ("barada.example",)
    assert "median of the last 7 snapshots is 10" in told["history.articles"].message
    strict = audit(build_tables(quiet, tmp_path), tmp_path, AuditSettings(history_level="fail"))
    assert not strict.ok


def test_the_quarantine_limit_is_a_setting() -> None:
    records = first_day(coverage=(Coverage("barada.example", 3, quarantined=1),))
    assert audit(build_tables(records)).ok
    assert not audit(build_tables(records), settings=AuditSettings(quarantine_share=0.2)).ok


def test_a_report_survives_json() -> None:
    report = spoiled("events", lambda rows: rows[0].update(revision=2))
    assert AuditReport.from_json(report.to_json()) == report


def test_the_evidence_may_come_from_a_function() -> None:
    found = texts(first_day())
    assert audit(build_tables(first_day()), texts=found.get).ok
    wrong = {name: "x" * len(text) for name, text in found.items()}
    assert not audit(build_tables(first_day()), texts=wrong).ok


def test_the_tables_are_arrow() -> None:
    assert all(isinstance(table, pa.Table) for table in build_tables(first_day()).values())
