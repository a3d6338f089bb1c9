"""The report of a day for a terminal."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from snapshot_records import DAY1, DAY2, DAY3, article, clash, event, publish_day, strike

from conflict_events.snapshots import DayRecords, NothingPublished, report


def test_a_day_in_lines(two_days: Path) -> None:
    found = report(two_days, DAY2)
    assert [line.cells() for line in found.events][1] == (
        "2024-03-15", "النخلة, Idlib, SY", "Air strike", "Russian forces -> Civilians", "5/7/7",
        "SOHR; unnamed sources",
    )  # fmt: skip
    assert found.events[0].type == "Air strike (background)"
    assert found.events[0].deaths == "-/3/3"
    assert found.events[3].day == "undated"
    assert found.counts["articles"] == 1
    assert (
        found.counts["new"],
        found.counts["revised"],
        found.counts["aggregates"],
        found.counts["undated events"],
    ) == (3, 1, 1, 1)
    text = found.text(100)
    assert "Conflict events of 2024-03-16" in text
    assert f"parquet: {two_days / 'snapshots' / 'snapshot=2024-03-16'}" in text
    assert max(len(line) for line in text.splitlines()[:8]) <= 100


def test_several_days_show_each_event_once(two_days: Path) -> None:
    found = report(two_days, [DAY1, DAY2])
    assert [line.event_id for line in found.events].count("e1") == 1
    assert (found.counts["articles"], found.counts["near copies"], found.counts["claims"]) == (3, 1, 6)


def test_a_claim_that_moves_to_another_event_is_counted_once(tmp_path: Path) -> None:
    strikes, clashes = strike(), clash()
    publish_day(tmp_path, DayRecords(DAY1, (article(),), (strikes, clashes), (event(strikes), event(clashes))))
    heir = event(strikes, replace(clashes, event_id="e1"), revision=2, change="revised")
    ended = event(clashes, revision=2, change="merged", merged_into="e1", reason="one battle")
    moved = {"c1": "e1", "c2": "e1"}
    publish_day(tmp_path, DayRecords(DAY2, (), (), (heir, ended), (strikes, clashes), moved))
    assert report(tmp_path, DAY2).counts["claims"] == 0
    assert report(tmp_path, [DAY1, DAY2]).counts["claims"] == report(tmp_path).counts["claims"] == 2


def test_the_state_as_a_whole(two_days: Path) -> None:
    found = report(two_days)
    assert len(found.events) == 5
    assert next(line for line in found.events if line.event_id == "e2").deaths == "some"


def test_the_duckdb_line_runs(two_days: Path) -> None:
    done = subprocess.run(report(two_days).duckdb, shell=True, capture_output=True, text=True, check=True)
    assert "2024-03-15" in done.stdout
    assert "Air strike" in done.stdout


def test_a_night_and_a_suspect_are_shown(tmp_path: Path) -> None:
    claim = strike(date_end=DAY2)
    suspected = event(claim, actor1_suspected=True)
    publish_day(tmp_path, DayRecords(DAY1, (article(),), (claim,), (suspected,)))
    (line,) = report(tmp_path, DAY1).events
    assert line.day == "2024-03-15..16"
    assert line.actors == "Russian forces (suspected) -> Civilians"


def test_an_empty_day_says_so(tmp_path: Path) -> None:
    publish_day(tmp_path, DayRecords(DAY1, (replace(article(), published_at=None),), (), ()))
    found = report(tmp_path, DAY1)
    assert "no events" in found.text()
    assert found.counts["undated articles"] == 1


def test_a_day_that_is_not_published(two_days: Path) -> None:
    with pytest.raises(NothingPublished, match="2024-03-17 is not published"):
        report(two_days, DAY3)
