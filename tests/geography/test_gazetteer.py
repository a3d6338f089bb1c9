import time
from pathlib import Path

import pytest

from conflict_events.arabic import PhraseMatcher, fold, tokenize
from conflict_events.geography import Gazetteer, load_gazetteer
from conflict_events.geography.cities500 import load_cities


@pytest.mark.parametrize("name", ["البوكمال", "أبو كمال", "ابوكمال", "ابو كمال", "البو كمال"])
def test_one_place_under_all_its_names(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name)[0].name_en == "Abu Kamal"


@pytest.mark.parametrize(
    ("name", "english"),
    [("كفر تعال", "Kafr Taal"), ("كفرتعال", "Kafr Taal"), ("جنديرس", "Jindires"), ("معرتمصرين", "Maarrat Misrin")],
)
def test_joined_and_split(gazetteer: Gazetteer, name: str, english: str) -> None:
    assert english in {place.name_en for place in gazetteer.lookup(name)}


def test_exact_names_come_before_similar_ones(gazetteer: Gazetteer) -> None:
    levels = list(gazetteer.lookup_levels("حلبا"))
    assert levels[0][0] == "exact"
    assert {place.country for place in levels[0][1]} == {"LB"}


def test_unknown_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("قرية الزبرجد الخيالية") == ()
    assert gazetteer.lookup("") == ()


def test_ids_are_stable_and_of_known_form(gazetteer: Gazetteer) -> None:
    assert all(place.place_id.split(":")[0] in {"gn", "ce", "pcode", "iso", "user"} for place in gazetteer)
    idlib = next(place for place in gazetteer.lookup("إدلب") if place.kind == "governorate")
    assert idlib.place_id == "pcode:SY07"


def test_dim_place_rows_are_ordered_and_complete(gazetteer: Gazetteer) -> None:
    rows = list(gazetteer.dim_place())
    assert len(rows) == len(gazetteer)
    assert [row["place_id"] for row in rows] == sorted(row["place_id"] for row in rows)
    abu_kamal = next(row for row in rows if row["name_en"] == "Abu Kamal")
    assert (abu_kamal["admin1_pcode"], abu_kamal["admin2_pcode"]) == ("SY09", "SY0902")


def test_phrases_find_places_in_text(gazetteer: Gazetteer) -> None:
    matcher = PhraseMatcher(gazetteer.phrases())
    text = fold("قُتل ثلاثة في سرمين وبنش ومدينة جسر الشغور").text
    found = [match.payload.places[0].name_en for match in matcher.find(tokenize(text))]
    assert found == ["Sarmin", "Binnish", "Jisr al-Shughur"]


@pytest.mark.parametrize(
    "name", ["الباب", "الأحد", "الحرية", "السلام", "صلاح الدين", "مدني", "الثورة", "مرتين", "الصدر", "الطبقة"]
)
def test_common_words_need_context(gazetteer: Gazetteer, name: str) -> None:
    needs = {p.text: p.payload.needs_context for p in gazetteer.phrases()}
    assert needs.get(name, True)


@pytest.mark.parametrize("name", ["البصرة", "نوى", "إدلب", "الرقة", "مدينة الباب", "القامشلي", "العريش", "القاهرة"])
def test_plain_names_need_none(gazetteer: Gazetteer, name: str) -> None:
    assert {p.text: p.payload.needs_context for p in gazetteer.phrases()}[name] is False


def test_loading_from_the_cache_is_quick(gazetteer: Gazetteer, cache: Path) -> None:
    start = time.perf_counter()
    cities = load_cities(gazetteer.admin, cache)
    assert len(cities) > 2000
    assert time.perf_counter() - start < 0.5


def test_an_extra_table_is_used(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name_ar,variants,name_en,kind,admin1_en,admin2_en,country,lat,lon,geonames_id,ambiguous,source\n"
        "الزبرجد,,Zabarjad,village,Idlib,,SY,35.9,36.6,,,own\n",
        encoding="utf-8",
    )
    (place,) = load_gazetteer([table]).lookup("الزبرجد")
    assert (place.place_id, place.admin1_pcode, place.source) == ("user:sy-idlib-village-zabarjad", "SY07", "import")
