from pathlib import Path

import pytest

from conflict_events.geography import Gazetteer, GazetteerError, load_admin
from conflict_events.geography.countries import inside_country
from conflict_events.geography.files import include_dir
from conflict_events.geography.tables import read_places

HEADER = "name_ar,variants,name_en,kind,admin1_en,admin2_en,country,lat,lon,geonames_id,ambiguous,source\n"
NO_TABLES = {"admin1.csv", "admin2.csv", "countries.csv", "kinds.csv"}
TABLES = sorted(path for path in include_dir().glob("*.csv") if path.name not in NO_TABLES)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_curated_tables_are_sound(path: Path) -> None:
    places = list(read_places(path, load_admin()))
    assert places
    for place in places:
        assert inside_country(place.country, place.lat, place.lon), place
        assert len(set(place.names)) == len(place.names), place
        assert any("\u0600" <= char <= "\u06ff" for char in place.name_ar), place


def test_districts_of_syria_are_canonical() -> None:
    missing = {
        (place.admin1, place.admin2)
        for place in read_places(include_dir() / "syria.csv", load_admin())
        if place.admin2 and place.admin2_pcode is None
    }
    assert not missing


def test_there_are_enough_places(gazetteer: Gazetteer) -> None:
    curated = [p for p in gazetteer if p.source == "curated" and p.kind not in ("governorate", "country")]
    by_country = {code: sum(p.country == code for p in curated) for code in ("SY", "IQ", "LB", "YE", "PS", "SD", "LY")}
    assert len(curated) >= 2500
    assert by_country["SY"] >= 1500
    assert all(count >= 100 for count in by_country.values()), by_country


def test_every_governorate_of_the_core_countries_has_a_settlement(gazetteer: Gazetteer) -> None:
    with_towns = {(p.country, p.admin1) for p in gazetteer if p.kind in ("city", "town")}
    core = [a for a in load_admin() if a.country in {"SY", "IQ", "LB", "YE", "PS", "SD", "LY", "JO"}]
    assert [a.name_en for a in core if (a.country, a.name_en) not in with_towns] == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,,X,village,Idlib,,SY,north,36,,,own", "lat 'north' is not a number"),
        ("x,,X,village,Idlib,,SY,95,36,,,own", "outside"),
        ("x,,X,hamlet,Idlib,,SY,35,36,,,own", "unknown kind 'hamlet'"),
        ("x,,X,village,Atlantis,,SY,35,36,,,own", "Atlantis"),
        (",,X,village,Idlib,,SY,35,36,,,own", "name_ar"),
        ("x,y,X,village,Idlib,,SY,35,36,,z,own", "ambiguous"),
        ("x,,X,village,Idlib,,SY,35,36,,,own,more", "unquoted"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=rf"t\.csv:2: .*{message}"):
        list(read_places(path, load_admin()))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("name_ar,lat\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="columns missing: variants"):
        list(read_places(path, load_admin()))
