"""CSV for spreadsheets, GeoJSON for maps."""

import csv
import json
from pathlib import Path

import pytest
from snapshot_records import DAY1, article, event, publish_day, strike

from conflict_events.snapshots import DayRecords, SnapshotError, export_csv, export_geojson
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
