"""CSV for spreadsheets, GeoJSON for maps."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from snapshot_records import DAY1, article, event, publish_day, strike

from conflict_events.snapshots import DayRecords, Selection, SnapshotError, as_of, export_csv, export_geojson
from conflict_events.snapshots.exports import EXPORTABLE, guarded


def test_csv_keeps_arabic_and_marks_its_encoding(two_days: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "events.csv"
    assert export_csv(two_days, "events", target) == 5
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["event_id"]: row for row in csv.DictReader(stream)}
    assert rows["e1"]["place"] == "النخلة"
    assert (rows["e1"]["deaths_low"], rows["e2"]["deaths_low"]) == ("5", "")


def test_every_table_and_view_can_be_exported(two_days: Path, tmp_path: Path) -> None:
    for name in EXPORTABLE:
        export_csv(two_days, name, tmp_path / f"{name}.csv")
        assert (tmp_path / f"{name}.csv").stat().st_size > 20
    with pytest.raises(SnapshotError, match="no table 'event'"):
        export_csv(two_days, "event", tmp_path / "x.csv")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\u200f=1", "\uff1d1", "\r=1"])
def test_formulas_are_disarmed(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["غارة", "a=b", "", None, -5, 1.5, "2024-03-15"])
def test_other_cells_stay(cell: object) -> None:
    assert guarded(cell) == cell


def test_a_formula_in_a_title_is_disarmed_in_the_file(tmp_path: Path) -> None:
    source = article(title='=HYPERLINK("http://evil.example")')
    publish_day(tmp_path, DayRecords(DAY1, (source,), (), ()))
    export_csv(tmp_path, "articles", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["title"].startswith("'=")


def test_geojson_has_the_located_events(two_days: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.geojson"
    assert export_geojson(two_days, target) == 2
    collection = json.loads(target.read_text(encoding="utf-8"))
    feature = next(one for one in collection["features"] if one["id"] == "e1")
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.6, 35.9]}
    assert feature["properties"]["event_date"] == "2024-03-15"
    assert feature["properties"]["deaths_best"] == 7
    assert event(strike()).lat == 35.9


def _csv(workspace: Path, name: str, target: Path, chosen: Selection) -> list[dict[str, str]]:
    rows = export_csv(workspace, name, target, chosen)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert len(found) == rows
    return found


def test_rows_of_some_days_only(two_days: Path, tmp_path: Path) -> None:
    every = _csv(two_days, "events", tmp_path / "a.csv", Selection())
    dated = sorted(row["event_date"] for row in every if row["event_date"])
    last = date.fromisoformat(dated[-1])
    late = _csv(two_days, "events", tmp_path / "b.csv", Selection(first=last))
    assert {row["event_date"] for row in late} == {dated[-1]} and 0 < len(late) < len(every)
    early = _csv(two_days, "events", tmp_path / "c.csv", Selection(last=last - timedelta(days=1)))
    # Both ends belong to the days; what has no day is in neither part.
    assert sorted(row["event_date"] for row in (*early, *late)) == dated
    assert len(dated) < len(every)


def test_rows_of_a_country_in_every_table_that_can_tell(two_days: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    refused = []
    for name in EXPORTABLE:
        try:
            nowhere = _csv(two_days, name, target, Selection(countries=("NG",)))
        except SnapshotError as error:
            assert "no country" in str(error)
            refused.append(name)
        else:
            assert nowhere == []
    assert refused == ["source_coverage", "dim_date"]
    inside = _csv(two_days, "events", target, Selection(countries=("NG", "SY")))
    assert inside and {row["country"] for row in inside} == {"SY"}
    bridge = _csv(two_days, "event_articles", target, Selection(countries=("SY",)))
    assert {row["event_id"] for row in bridge} == {row["event_id"] for row in inside}
    assert {row["country"] for row in _csv(two_days, "acled_view", target, Selection(countries=("SY",)))} == {"Syria"}


def test_events_as_they_were_known_on_a_day(two_days: Path, tmp_path: Path) -> None:
    then = _csv(two_days, "events", tmp_path / "a.csv", Selection(known_on=DAY1))
    expected = {row["event_id"]: row["revision"] for row in as_of(two_days, DAY1).to_pylist()}
    assert {row["event_id"]: int(row["revision"]) for row in then} == expected
    with pytest.raises(SnapshotError, match="chosen of events"):
        export_csv(two_days, "claims", tmp_path / "b.csv", Selection(known_on=DAY1))


def test_a_selection_that_makes_no_sense_says_what_to_do(two_days: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="earlier day first"):
        Selection(first=date(2024, 3, 2), last=date(2024, 3, 1))
    with pytest.raises(SnapshotError, match="two letters"):
        Selection(countries=("SYR",))
    with pytest.raises(SnapshotError, match="dim_actor has no days"):
        export_csv(two_days, "dim_actor", tmp_path / "a.csv", Selection(first=DAY1))
    assert list(tmp_path.glob("*.csv")) == [] and list(tmp_path.glob(".*")) == []


def test_geojson_of_some_days(two_days: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.geojson"
    assert export_geojson(two_days, target, Selection(last=date(2000, 1, 1))) == 0
    assert json.loads(target.read_text(encoding="utf-8")) == {"type": "FeatureCollection", "features": []}
