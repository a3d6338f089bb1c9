from pathlib import Path

import pytest

from conflict_events.geography import GazetteerError, load_admin


@pytest.mark.parametrize(
    ("spelling", "pcode"),
    [
        ("Deir-ez-Zor", "SY09"),
        ("Deir Ezzor", "SY09"),
        ("دير الزور", "SY09"),
        ("محافظة دير الزور", "SY09"),
        ("Rif Dimashq", "SY03"),
        ("Rural Damascus", "SY03"),
        ("ريف دمشق", "SY03"),
        ("Al Hassakah", "SY08"),
        ("Idleb", "SY07"),
        ("Lattakia", "SY06"),
        ("SY12", "SY12"),
        ("Ninewa", "IQG15"),
        ("Hodeidah", "YE18"),
    ],
)
def test_every_spelling_finds_the_governorate(spelling: str, pcode: str) -> None:
    found = load_admin().find(spelling)
    assert found is not None
    assert found.pcode == pcode


def test_unknown_and_empty_names() -> None:
    admin = load_admin()
    assert admin.find("Atlantis") is None
    assert admin.find("") is None
    assert admin.find(None) is None


def test_a_name_of_two_countries_needs_the_country() -> None:
    admin = load_admin()
    assert admin.find("طرابلس", "LY") is not None
    assert admin.find("الجزيرة", "SD") is not None
    assert admin.find("الجزيرة", "SY") is None


def test_countries_have_all_their_governorates() -> None:
    count: dict[str, int] = {}
    for item in load_admin():
        count[item.country] = count.get(item.country, 0) + 1
    assert count["SY"] == 14
    assert count["IQ"] == 18
    assert count["LB"] == 8
    assert count["YE"] == 22
    assert count["SD"] == 19
    assert count["LY"] == 22
    assert count["JO"] == 12
    assert count["EG"] == 27


def test_pcodes_are_unique() -> None:
    codes = [item.pcode for item in load_admin() if item.pcode]
    assert len(codes) == len(set(codes))


def test_districts_have_pcodes() -> None:
    admin = load_admin()
    assert admin.admin2_pcode("SY", "Deir ez-Zor", "Abu Kamal") == "SY0902"
    assert admin.admin2_pcode("SY", "Deir-ez-Zor", "Nowhere") is None


def test_a_broken_table_says_where(tmp_path: Path) -> None:
    (tmp_path / "admin1.csv").write_text("country,admin1_en\nSY,Idlib\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"admin1\.csv:2"):
        load_admin(tmp_path)
