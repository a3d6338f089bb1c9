"""The exchange views: columns, values, allowed values, and their rules for words, days and sides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from snapshot_records import DAY1, DAY2, article, clash, event, publish_day, strike

from conflict_events.records import Count
from conflict_events.snapshots import DayRecords, NothingPublished, connect
from conflict_events.snapshots.enums import DISORDER_TYPES, EVENT_TYPES, INTER_CLASSES, SUB_EVENT_TYPES

ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip


def rows(root: Path, query: str) -> list[dict[str, Any]]:
    """Rows of a query over the current state."""
    with connect(root) as connection:
        return list(connection.sql(query).to_arrow_table().to_pylist())


def test_acled_has_its_31_columns_and_our_values(published_once: Path) -> None:
    found = {row["event_id_cnty"]: row for row in rows(published_once / "two", "SELECT * FROM acled_view")}
    assert set(found) == {"SYRe1", "SYRe2", "SYRe4"}  # neither the undated protest nor the aggregate toll
    row = found["SYRe1"]
    assert list(row) == ACLED
    assert len(ACLED) == 31
    assert row == {
        "event_id_cnty": "SYRe1",
        "event_date": date(2024, 3, 15),
        "year": 2024,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Russian forces",
        "assoc_actor_1": None,
        "inter1": "State forces",
        "actor2": "Civilians",
        "assoc_actor_2": None,
        "inter2": "Civilians",
        "interaction": "State forces-Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": 760,
        "region": "Middle East",
        "country": "Syria",
        "admin1": "Idlib",
        "admin2": None,
        "admin3": None,
        "location": "al-Nakhla",
        "latitude": 35.9,
        "longitude": 36.6,
        "geo_precision": 1,
        "source": "barada.example; qasioun.example",
        "source_scale": None,
        "notes": "An event.",
        "fatalities": 5,
        "tags": None,
        "timestamp": int(datetime(2024, 3, 16, tzinfo=UTC).timestamp()),
    }
    assert found["SYRe2"]["assoc_actor_2"] == "local fighters"
    assert found["SYRe2"]["fatalities"] == 12  # dozens, in ACLED's reading
    assert found["SYRe4"]["fatalities"] == 3  # at most three: the only number there is


def test_acled_values_are_allowed_ones(published_once: Path) -> None:
    for row in rows(published_once / "two", "SELECT * FROM acled_view"):
        assert row["disorder_type"] in DISORDER_TYPES
        assert row["event_type"] in EVENT_TYPES
        assert row["sub_event_type"] in SUB_EVENT_TYPES
        assert {row["inter1"], row["inter2"]} <= {*INTER_CLASSES, None}


def one_event(root: Path, **changes: Any) -> dict[str, Any]:
    """A single published event, as ACLED sees it."""
    counts = changes.pop("counts", ())
    claim = clash("c1", article(), "e1", counts=counts, **changes)
    publish_day(root, DayRecords(DAY1, (article(),), (claim,), (event(claim),)))
    return rows(root, "SELECT * FROM acled_view")[0]


@pytest.mark.parametrize(
    ("words", "action", "fatalities"),
    [
        ("عشرات القتلى", "armed_clash", 12),
        ("مئات القتلى", "armed_clash", 100),
        ("عدد من القتلى", "armed_clash", 10),
        ("عدة قتلى", "attack_on_civilians", 3),
        (None, "shelling", 10),
    ],
)
def test_words_become_numbers_in_acled_alone(tmp_path: Path, words: str | None, action: str, fatalities: int) -> None:
    row = one_event(tmp_path, counts=(Count("killed", None, None, None, "vague", None, words),), action=action)
    assert row["fatalities"] == fatalities
    assert rows(tmp_path, "SELECT deaths_low, deaths_best, deaths_high FROM events") == [
        {"deaths_low": None, "deaths_best": None, "deaths_high": None}
    ]


def test_the_lowest_of_a_range_counts_and_nothing_stated_is_zero(tmp_path: Path) -> None:
    assert one_event(tmp_path / "a", counts=(Count("killed", 4, None, 9, "range"),))["fatalities"] == 4
    assert one_event(tmp_path / "b")["fatalities"] == 0


def test_a_coarse_day_is_the_middle_of_its_range(tmp_path: Path) -> None:
    row = one_event(tmp_path, date_start=date(2024, 2, 1), date_end=date(2024, 2, 29), time_precision=3)
    assert row["event_date"] == date(2024, 2, 15)


def test_protesters_act_in_a_protest_that_names_nobody(tmp_path: Path) -> None:
    row = one_event(tmp_path, action="protest", actor1=(), actor2=())
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Protesters", "Protesters", "Protesters only")
    assert row["disorder_type"] == "Demonstrations"


def test_ucdp_tells_deadly_events_and_no_more_than_is_known(published_once: Path) -> None:
    found = {row["id"]: row for row in rows(published_once / "two", "SELECT * FROM ucdp_view")}
    assert set(found) == {"e1", "e4"}  # the clash has words only, no number
    row = found["e1"]
    assert (row["low"], row["best"], row["high"]) == (5, 7, 7)
    assert (row["type_of_violence"], row["where_prec"], row["date_prec"], row["event_clarity"]) == (3, 1, 1, 1)
    assert (row["side_a"], row["side_b"], row["deaths_civilians"]) == ("Russian forces", "Civilians", 5)
    assert row["conflict_new_id"] is row["priogrid_gid"] is None
    assert found["e4"]["low"] is None


def test_revisions_and_tombstones_can_be_asked_for(published_once: Path) -> None:
    found = rows(
        published_once / "two", "SELECT event_id, revision FROM event_revisions WHERE event_id = 'e1' ORDER BY 2"
    )
    assert [row["revision"] for row in found] == [1, 2]
    assert rows(published_once / "two", "SELECT * FROM tombstones") == []


def test_the_connection_reads_nothing_else_and_writes_nothing(two_days: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with connect(two_days) as connection:
        with pytest.raises(duckdb.Error, match=r"(?i)permission|disabled"):
            connection.sql(f"SELECT * FROM '{secret}'").fetchall()
        with pytest.raises(duckdb.Error):
            connection.sql(f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'")
        with pytest.raises(duckdb.Error):
            connection.sql("SET enable_external_access = true")


def test_an_open_connection_does_not_mind_the_next_day(two_days: Path) -> None:
    with connect(two_days) as connection:
        publish_day(two_days, DayRecords(date(2024, 3, 17), (), (), ()))
        assert connection.sql("SELECT count(*) FROM events").fetchall() == [(5,)]
        assert connection.sql("SELECT max(snapshot_date) FROM events").fetchall() == [(DAY2,)]


def test_nothing_published_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="nothing is published"):
        connect(tmp_path)


def test_a_quote_in_the_path_is_no_trap(tmp_path: Path) -> None:
    root = tmp_path / "it's data"
    claim = strike()
    publish_day(root, DayRecords(DAY1, (article(),), (claim,), (event(claim),)))
    assert rows(root, "SELECT event_id FROM events") == [{"event_id": "e1"}]
