import json
from pathlib import Path

import pytest

from conflict_events.geography import cities500
from conflict_events.geography.admin import load_admin

CITY = {
    "geonameid": 1,
    "name": "Testville",
    "latitude": 35.0,
    "longitude": 36.0,
    "countrycode": "SY",
    "population": 6000,
    "admin1code": "12",
    "alternatenames": ["Testville", "تجربة", "پاریس"],
}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "source.json"
    path.write_text(json.dumps({"1": CITY, "2": {**CITY, "geonameid": 2, "countrycode": "FR"}}), encoding="utf-8")
    monkeypatch.setattr(cities500, "_source_path", lambda: path)
    return path


def test_only_covered_countries_and_arabic_names(source: Path, tmp_path: Path) -> None:
    (place,) = cities500.load_cities(load_admin(), tmp_path / "cache")
    assert (place.place_id, place.names, place.kind, place.admin1) == ("gn:1", ("تجربة",), "town", "Idlib")


def test_a_changed_source_is_compiled_again(source: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cities500.load_cities(load_admin(), cache)
    source.write_text(json.dumps({"1": {**CITY, "name": "Renamed town"}}), encoding="utf-8")
    assert cities500.load_cities(load_admin(), cache)[0].name_en == "Renamed town"


def test_the_cache_is_used(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    first = cities500.load_cities(load_admin(), cache)

    def never(_: Path) -> list[dict[str, object]]:
        raise AssertionError("compiled again")

    monkeypatch.setattr(cities500, "compile_cities", never)
    assert cities500.load_cities(load_admin(), cache) == first


@pytest.mark.parametrize("content", ["", "{", "[]", '{"rows": []}'])
def test_a_broken_cache_is_made_anew(source: Path, tmp_path: Path, content: str) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "cities500.json").write_text(content, encoding="utf-8")
    assert len(cities500.load_cities(load_admin(), cache)) == 1


def test_an_unwritable_cache_is_no_obstacle(source: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert len(cities500.load_cities(load_admin(), blocked / "cache")) == 1
    assert "can't be cached" in caplog.text
