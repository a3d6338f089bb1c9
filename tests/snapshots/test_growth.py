"""A day writes what it changes, however long the archive: files and bytes are counted, not seconds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from snapshot_records import article, event, strike

from conflict_events.records import Claim
from conflict_events.resolution import EventRecord
from conflict_events.snapshots import (
    AuditReport,
    Check,
    DayRecords,
    Neighbourhood,
    PublishRequest,
    build_tables,
    calendar_files,
    publish,
    sections,
    snapshot_folder,
)

FIRST = date(2023, 1, 3)
STEP, LAGS = 4, (0, 0, 0, 0, 0, 0, 1, 16, 40)
"""Days from one snapshot to the next, and how long before its article each claim of a snapshot happened."""


def _records(number: int, revised: tuple[Claim, int] | None) -> tuple[DayRecords, Claim]:
    """A day like every other: new events of some days, and one more claim about an event of a month ago."""
    day = FIRST + timedelta(days=STEP * number)
    source = article(f"a{number}", day)
    claims = []
    for index, lag in enumerate(LAGS):
        start = day - timedelta(days=lag)
        claims.append(strike(f"c{number}-{index}", source, f"e{number}-{index}", date_start=start, date_end=start))
    events: list[EventRecord] = [event(claim, first_seen_snapshot=day) for claim in claims]
    known: tuple[Claim, ...] = ()
    if revised is not None:
        old, revision = revised
        again = strike(f"c{number}-r", source, old.event_id, date_start=old.date_start, date_end=old.date_end)
        first_seen = old.published_at
        events.append(event(again, old, revision=revision, change="revised", first_seen_snapshot=first_seen))
        claims.append(again)
        known = (old,)
    assignments = {claim.claim_id: str(claim.event_id) for claim in (*claims, *known)}
    return DayRecords(day, (source,), tuple(claims), tuple(events), known, assignments), claims[0]


def _written(root: Path, day: date) -> tuple[int, int, int]:
    """Files, rows of tables (but the calendar's row a day in `dim_date`) and bytes that a day wrote itself."""
    latest = [path for path in (root / "latest").resolve().rglob("*") if path.is_file() and path.stat().st_nlink == 1]
    paths = [*latest, *snapshot_folder(root, day).iterdir()]
    rows = sum(
        pq.ParquetFile(path).metadata.num_rows
        for path in latest
        if path.suffix == ".parquet" and path.stem != "dim_date"
    )
    return len(paths), rows, sum(path.stat().st_size for path in paths)


def test_a_late_day_costs_what_an_early_one_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "EVENTS_A_SECTION", 10)
    monkeypatch.setattr(sections, "ROWS_A_SECTION", 10)
    monkeypatch.setattr(calendar_files, "_ROWS_A_SECTION", 10)
    costs, firsts = list[tuple[int, int, int]](), list[Claim]()
    for number in range(24):
        records, first = _records(number, (firsts[number - 6], 2) if number >= 6 else None)
        tables = build_tables(records, tmp_path)
        passed = AuditReport(records.snapshot_date.isoformat(), (Check("growth", "ok", "not what is tested"),))
        publish(PublishRequest(tmp_path, records.snapshot_date, tables, passed))
        firsts.append(first)
        costs.append(_written(tmp_path, records.snapshot_date))
    early, late = costs[10:14], costs[20:24]
    for what, most in enumerate((1.1, 1.1, 1.1)):
        before, after = (sum(cost[what] for cost in part) for part in (early, late))
        assert after <= most * before, (("files", "rows", "bytes")[what], before, after)


def test_what_is_read_of_the_archive_is_what_lies_near(tmp_path: Path) -> None:
    for number in range(4):
        records, _ = _records(30 * number, None)
        tables = build_tables(records, tmp_path)
        passed = AuditReport(records.snapshot_date.isoformat(), (Check("growth", "ok", "not what is tested"),))
        publish(PublishRequest(tmp_path, records.snapshot_date, tables, passed))
    claim = strike("new", article("new", FIRST), None, date_start=FIRST, date_end=FIRST)
    nearby = Neighbourhood(tmp_path)
    found, _ = nearby.near([replace(claim, published_at=FIRST)])
    assert {one.published_at for one in found} == {FIRST}
    assert nearby.compared == len(LAGS) - 2, "those of sixteen and forty days before are not near"
