import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.geography.names import exact_key, latin_key, loose_key, skeleton_key

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ ـَُِّ،-ـ", max_size=30)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("أبو كمال", "ابوكمال"),
        ("ابو كمال", "البوكمال"),
        ("كفرتعال", "كفر تعال"),
        ("الزكاة", "زكاه"),
        ("إعزاز", "اعزاز"),
    ],
)
def test_spellings_of_one_place_meet(first: str, second: str) -> None:
    assert loose_key(first) == loose_key(second)


def test_different_places_stay_apart() -> None:
    names = ["حلب", "حلبا", "الباب", "باب الهوى", "كفر حلب", "تل حلف", "سرمين", "سرمدا"]
    assert len({loose_key(name) for name in names}) == len(names)


def test_a_short_definite_name_keeps_its_article() -> None:
    assert loose_key("التل") != loose_key("تل")


@pytest.mark.parametrize(
    "spelling", ["Deir-ez-Zor", "Deir Ezzor", "Deir ez-Zor", "deir EZ zor", "Deir Ez-Zor Governorate"]
)
def test_latin_spellings(spelling: str) -> None:
    assert latin_key(spelling) == latin_key("Deir ez-Zor")


@settings(max_examples=60)
@given(ARABIC)
def test_keys_are_stable(name: str) -> None:
    assert exact_key(exact_key(name)) == exact_key(name)
    assert " " not in loose_key(name)
    assert len(skeleton_key(name)) <= len(loose_key(name))
