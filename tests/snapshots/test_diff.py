"""What changed between two days: for people, and as a table of a described schema."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from snapshot_records import DAY1, DAY2, DAY3, article, clash, event, first_day, publish_day, second_day, strike

from conflict_events.snapshots import DayRecords, NothingPublished, as_of, diff_days, diff_vintages
from conflict_events.snapshots.schema_diff import COMPARED, EVENT_DIFF


def end_of_two_events() -> DayRecords:
    """The clash turns out to be part of the strike, and the undated protest is taken back."""
    source = article("a5", DAY3)
    known = (strike(), strike("c3", article("a3", DAY2)), clash(event_id="e2"), clash("c5", event_id="e5"))
    heir = event(
        strike("c7", source), *known[:3], revision=3, change="revised", first_seen_snapshot=DAY1, deaths_best=9
    )
    merged = event(known[2], revision=2, change="merged", reason="same occurrence as e1", merged_into="e1")
    gone = event(known[3], revision=2, change="retracted", reason="no claim holds any more", date_start=None)
    claims = (strike("c7", source),)
    return DayRecords(DAY3, (source,), claims, (heir, merged, gone), known, {"c2": "e1", "c7": "e1"})


@pytest.fixture
def three_days(two_days: Path) -> Path:
    publish_day(two_days, end_of_two_events())
    return two_days


def test_each_event_says_what_became_of_it(three_days: Path) -> None:
    found = diff_days(three_days, DAY1, DAY3)
    changes = {row["event_id"]: (row["change"], row["revision_before"], row["revision_after"]) for row in found.rows}
    assert changes == {"e1": ("revised", 1, 3), "e2": ("merged", 1, 2), "e4": ("new", None, 1), "e6": ("new", None, 1)}
    assert found.counts() == {"new": 2, "revised": 1, "merged": 1, "retracted": 0}, "e5 came and went in between"
    (strike_row,) = (row for row in found.rows if row["event_id"] == "e1")
    assert (strike_row["deaths_best_before"], strike_row["deaths_best_after"]) == (5, 9)
    assert "deaths_best" in strike_row["changed"].split("; ") and "place" not in strike_row["changed"].split("; ")
    assert strike_row["reason"].startswith("2024-03-16: toll 5 -> 7; 2024-03-17: ")
    assert next(row for row in found.rows if row["event_id"] == "e2")["merged_into"] == "e1"


def test_a_retracted_event_is_told(three_days: Path) -> None:
    (gone,) = (row for row in diff_days(three_days, DAY2, DAY3).rows if row["change"] == "retracted")
    assert (gone["event_id"], gone["action_before"], gone["action_after"]) == ("e5", "protest", None)


def test_in_words(three_days: Path) -> None:
    lines = diff_days(three_days, DAY1, DAY3).text().splitlines()
    assert lines[:2] == ["Changes from 2024-03-15 to 2024-03-17", "2 new, 1 revised, 1 merged, 0 retracted"]
    assert "revised: 2024-03-15 النخلة, Idlib, SY: Air strike (e1)" in lines
    assert any(line.startswith("    deaths 5/5/- -> 5/9/-") for line in lines)
    assert "    now part of e1" in lines


def test_as_a_table_it_follows_its_schema(three_days: Path, tmp_path: Path) -> None:
    diff_days(three_days, DAY1, DAY3).write(tmp_path / "changes.parquet")
    table = pq.ParquetFile(tmp_path / "changes.parquet").read()
    assert table.schema.equals(EVENT_DIFF.arrow_schema()) and table.num_rows == 4
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def test_the_table_leads_from_one_state_to_the_other(three_days: Path) -> None:
    """Every event of either state whose revision differs is in it, and no other."""
    for before, after in ((DAY1, DAY2), (DAY2, DAY3), (DAY1, DAY3)):
        old = {row["event_id"]: row for row in as_of(three_days, before).to_pylist()}
        new = {row["event_id"]: row for row in as_of(three_days, after).to_pylist()}
        differ = {one for one in {**old, **new} if old.get(one, {}).get("revision") != new.get(one, {}).get("revision")}
        rows = {row["event_id"]: row for row in diff_days(three_days, before, after).rows}
        assert set(rows) == differ
        for name in COMPARED:
            assert {one: row[f"{name}_before"] for one, row in rows.items()} == {
                one: old.get(one, {}).get(name) for one in rows
            }


def test_before_the_first_day_nothing_was_known(two_days: Path) -> None:
    found = diff_days(two_days, date(2020, 1, 1), DAY2)
    assert found.counts() == {"new": 5, "revised": 0, "merged": 0, "retracted": 0}
    assert diff_days(two_days, DAY2, DAY2).rows == ()


def test_wrong_days_are_told(two_days: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="earlier day first"):
        diff_days(two_days, DAY2, DAY1)
    with pytest.raises(NothingPublished, match="nothing was published up to 2020-01-01"):
        diff_days(two_days, date(2019, 1, 1), date(2020, 1, 1))


def test_two_vintages_differ_by_what_they_say_not_by_revision(two_days: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    publish_day(other, first_day())
    later = second_day()
    events = (replace(later.events[0], deaths_high=9), *later.events[1:3], later.events[4])
    publish_day(other, replace(later, events=events, claims=later.claims[:3]))
    found = diff_vintages(two_days, other, DAY2)
    assert {row["event_id"]: row["change"] for row in found.rows} == {"e1": "revised", "e6": "retracted"}
    assert next(row["changed"] for row in found.rows if row["event_id"] == "e1") == "deaths_high"
    assert diff_vintages(two_days, two_days, DAY2).rows == ()
