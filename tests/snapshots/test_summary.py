"""The daily summary follows the design's rules for sums, gaps and what stays out."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from snapshot_records import DAY1, DAY2, DAY3, article, clash, event, publish_day, strike

from conflict_events.records import Count
from conflict_events.snapshots import DayRecords, build_tables, calendar_files, rebuild_latest, sections
from conflict_events.snapshots.summary import CELL, cells, touched_summary


def events_of(*events: Any) -> Any:
    """The events table of invented events without articles."""
    claims = tuple(strike(f"c-{one.event_id}", event_id=one.event_id) for one in events)
    with_claims = tuple(replace(one, claim_ids=(f"c-{one.event_id}",)) for one in events)
    return build_tables(DayRecords(DAY1, (), claims, with_claims))["events"]


def toll(event_id: str, low: int | None, best: int | None, high: int | None, **changes: Any) -> Any:
    """A strike with a toll."""
    return event(strike(event_id=event_id), deaths_low=low, deaths_best=best, deaths_high=high, **changes)


def test_best_falls_back_to_low_and_high_to_best_then_low() -> None:
    (row,) = cells(
        events_of(toll("a", 5, 5, None), toll("b", 3, None, 9), toll("c", None, 4, 4), toll("d", 2, None, None))
    )
    assert row["events"] == 4
    assert row["deaths_low"] == 5 + 3 + 0 + 2
    assert row["deaths_best"] == 5 + 3 + 4 + 2
    assert row["deaths_high"] == 5 + 9 + 4 + 2
    assert row["n_open_high"] == 2
    assert row["n_vague"] == 0
    assert row["injured"] == 4 * 12  # best is not stated, so low counts
    assert row["strikes"] == 8


def test_vague_words_are_counted_and_never_summed() -> None:
    (row,) = cells(build_tables(DayRecords(DAY1, (), (clash(),), (event(clash()),)))["events"])
    assert (row["n_vague"], row["n_open_high"]) == (1, 0)
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"]) == (None, None, None)
    assert row["injured"] is None


def test_aggregates_undated_and_ended_events_stay_out() -> None:
    table = events_of(
        toll("a", 5, 5, 5, is_aggregate=True),
        toll("b", 5, 5, 5, date_start=None, date_end=None, time_precision=None),
        toll("c", 5, 5, 5, change="retracted", revision=2),
        toll("d", 5, 5, 5, change="merged", revision=2, merged_into="e"),
    )
    assert cells(table) == []


def test_a_background_event_counts_on_its_own_day() -> None:
    (row,) = cells(events_of(toll("a", 1, 1, 1, is_background=True, date_start=date(2024, 1, 2))))
    assert (row["event_date"], row["events"]) == (date(2024, 1, 2), 1)


def latest_summary(root: Path) -> list[dict[str, Any]]:
    """The summary of the current state."""
    return [
        row
        for path in sorted((root / "latest" / "daily_summary").glob("*.parquet"))
        for row in pq.ParquetFile(path).read().to_pylist()
    ]


def test_every_day_has_every_combination(tmp_path: Path) -> None:
    far = strike("c-b", event_id="b", date_start=date(2024, 3, 12), country=None, admin1_en=None, lat=None, lon=None)
    near = strike("c-a", event_id="a")
    publish_day(tmp_path, DayRecords(DAY1, (article(),), (near, far), (event(near), event(far))))
    summary = latest_summary(tmp_path)
    assert len(summary) == 4 * 2
    assert sum(row["events"] for row in summary) == 2
    quiet = next(row for row in summary if row["event_date"] == date(2024, 3, 13) and row["country"] == "SY")
    assert (quiet["events"], quiet["deaths_best"], quiet["snapshot_date"]) == (0, 0, DAY1)
    assert [row["event_date"] for row in summary] == sorted(row["event_date"] for row in summary)
    assert [row["country"] for row in summary[:2]] == [None, "SY"]


def test_the_calendar_made_day_by_day_is_that_of_all_events(two_days: Path) -> None:
    """A year is made from its last file and the touched cells; summing its events anew gives the same."""
    later = article("a9", DAY3)
    moved = strike("c9", later, "e9", date_start=date(2023, 12, 30), date_end=date(2023, 12, 30))
    publish_day(two_days, DayRecords(DAY3, (later,), (moved,), (event(moved),)))
    rows = latest_summary(two_days)
    assert {row["event_date"].year for row in rows} == {2023, 2024}
    events = [pq.ParquetFile(path).read() for path in sorted((two_days / "latest" / "events").glob("*.parquet"))]
    full = {tuple(row[name] for name in ("event_date", *CELL)): row for row in cells(pa.concat_tables(events))}
    told = {tuple(row[name] for name in ("event_date", *CELL)): row for row in rows if row["events"]}
    assert {key: {name: row[name] for name in full[key]} for key, row in told.items()} == full
    for year in (2023, 2024):
        days = [row for row in rows if row["event_date"].year == year]
        combinations = {tuple(row[name] for name in CELL) for row in days}
        assert len(days) == len(combinations) * len({row["event_date"] for row in days})


def test_a_cell_that_empties_is_told() -> None:
    before = events_of(toll("a", 5, 5, 5))
    after = events_of(toll("a", 5, 5, 5, admin1_en="Hama"))
    rows = {row["admin1_en"]: row["events"] for row in touched_summary(before, after, DAY2).to_pylist()}
    assert rows == {"Hama": 1, "Idlib": 0}


def test_precision_is_a_cell_of_its_own() -> None:
    table = events_of(toll("a", 1, 1, 1), toll("b", 1, 1, 1, time_precision=3))
    assert sorted(row["time_precision"] for row in cells(table)) == [1, 3]


def test_a_zero_that_is_stated_is_a_zero() -> None:
    claim = strike(event_id="z", counts=(Count("killed", 0, 0, 0, "exact"),))
    (row,) = cells(build_tables(DayRecords(DAY1, (), (claim,), (event(claim),)))["events"])
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"], row["n_open_high"]) == (0, 0, 0, 0)


def test_years_without_events_are_made_anew_only_with_other_combinations(tmp_path: Path) -> None:
    def publish(day: date, name: str, year: int, **slots: Any) -> None:
        start = date(year, 2, 20 + day.day % 7)
        claim = strike(f"c-{name}", article(f"a-{name}", day), name, date_start=start, date_end=start, **slots)
        publish_day(tmp_path, DayRecords(day, (article(f"a-{name}", day),), (claim,), (event(claim),)))

    def file(year: int) -> Path:
        return (tmp_path / "latest" / "daily_summary" / f"{year}.parquet").resolve()

    def combinations(year: int) -> list[tuple[Any, ...]]:
        rows = pq.ParquetFile(file(year)).read().to_pylist()
        days = {row["event_date"] for row in rows}
        assert len(days) in (365, 366) and not any(row["events"] for row in rows)
        first = [tuple(row[name] for name in CELL) for row in rows if row["event_date"] == min(days)]
        assert len(rows) == len(first) * len(days)
        return first

    publish(DAY1, "now", 2024)
    publish(DAY2, "old", 2012)
    assert len(combinations(2013)) == len(combinations(2023)) == 1
    hollow, source = file(2015).stat().st_ino, file(2012).stat().st_ino
    publish(DAY3, "again", 2012)
    assert file(2015).stat().st_ino == hollow and file(2012).stat().st_ino != source
    publish(DAY3 + timedelta(days=1), "other", 2012, admin1_en="Hama")
    assert combinations(2013) == combinations(2023) and len(combinations(2023)) == 2
    assert {one[1] for one in combinations(2019)} == {"Hama", "Idlib"}
    publish(DAY3 + timedelta(days=2), "between", 2019)
    assert len(combinations(2018)) == 2 and len(combinations(2020)) == 1


def test_a_year_of_several_row_groups_reads_as_one(two_days: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = latest_summary(two_days)
    monkeypatch.setattr(calendar_files, "_ROWS_AT_ONCE", 1)
    rebuild_latest(two_days)
    assert latest_summary(two_days) == before
    files = sorted((two_days / "latest" / "daily_summary").glob("*.parquet"))
    assert all(pq.ParquetFile(path).num_row_groups == len({r["event_date"] for r in before}) for path in files[-1:])


def test_a_calendar_cut_by_days_has_every_combination_on_every_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New combinations, days before the first and after the last, and cells that empty: as if made anew at once."""
    monkeypatch.setattr(calendar_files, "_ROWS_A_SECTION", 12)
    monkeypatch.setattr(sections, "EVENTS_A_SECTION", 4)
    chance, known = random.Random(1), dict[str, Any]()
    for number in range(7):
        day = DAY1 + timedelta(days=number)
        source, events, claims, old = article(f"a{number}", day), [], [], []
        for index in range(3):
            start = day - timedelta(days=chance.choice((0, 1, 4, 20, 60, 90 if number > 5 else 30)))
            place = {"admin1_en": chance.choice(("Idlib", "Hama", "Homs", None)), "lat": None, "lon": None}
            name = f"{number}-{index}"
            claims.append(strike(f"c{name}", source, f"e{name}", date_start=start, date_end=start, **place))
            events.append(event(claims[-1], first_seen_snapshot=day))
        for event_id in chance.sample(sorted(known), min(2, len(known))):  # moves to another day: its cell may empty
            claim, revision = known[event_id]
            start = day - timedelta(days=chance.choice((2, 45)))
            moved = event(claim, revision=revision + 1, change="revised", first_seen_snapshot=claim.published_at)
            events.append(replace(moved, date_start=start, date_end=start))
            old.append(claim)
            known[event_id] = (claim, revision + 1)
        assignments = {claim.claim_id: claim.event_id for claim in (*claims, *old)}
        publish_day(tmp_path, DayRecords(day, (source,), tuple(claims), tuple(events), tuple(old), assignments))
        known |= {claim.event_id: (claim, 1) for claim in claims}
        _is_dense_and_right(tmp_path)
    folder = tmp_path / "latest" / "daily_summary"
    assert len(list(folder.glob("2024-??-??.parquet"))) > 2
    assert len(list(folder.glob("*-later.parquet"))) > 0, "the seed is such that both ways are taken"


def _is_dense_and_right(root: Path) -> None:
    rows = latest_summary(root)
    cell = [tuple(row[name] for name in ("event_date", *CELL)) for row in rows]
    assert len(set(cell)) == len(cell)
    paths = sorted((root / "latest" / "events").glob("*.parquet"))
    full = {
        tuple(row[name] for name in ("event_date", *CELL)): row
        for row in cells(pa.concat_tables([pq.ParquetFile(path).read() for path in paths]))
    }
    told = dict(zip(cell, rows, strict=True))
    assert {key for key, row in told.items() if row["events"]} == set(full)
    for key, row in full.items():
        assert {name: told[key][name] for name in row} == row
    days = {key[0] for key in cell}
    assert (
        len(days)
        == (max(days) - min(days)).days + 1
        == (max(key[0] for key in full) - min(key[0] for key in full)).days + 1
    )
    for year in {day.year for day in days}:
        own = {key for key in cell if key[0].year == year}
        assert len(own) == len({key[0] for key in own}) * len({key[1:] for key in own}), year
