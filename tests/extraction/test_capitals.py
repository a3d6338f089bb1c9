"""Countries and their capitals, by name, by title and as "the capital"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.geography import load_gazetteer
from conflict_events.geography.countries import countries
from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]


def test_every_capital_is_known() -> None:
    gazetteer = load_gazetteer()
    missing = [code for code, country in countries().items() if country.capital and gazetteer.capital(code) is None]
    assert missing == []
    assert len(countries()) > 190


@pytest.mark.parametrize(
    ("words", "country", "precision"),
    [
        ("في السعودية", "SA", 3),
        ("في سورية", "SY", 3),
        ("شمالي سورية", "SY", 3),
        ("في مالي", "ML", 3),
        ("في الأراضي النيجيرية", "NG", 3),
        ("في العاصمة النيبالية", "NP", 1),
        ("في العاصمة الموريتانية نواكشوط", "MR", 1),
        ("في العاصمة كابل", "AF", 1),
        ("شرق العاصمة الليبية طرابلس", "LY", 2),
        ("في لوساكا", "ZM", 1),
    ],
)
def test_where_in_the_world(claims: Claims, words: str, country: str, precision: int) -> None:
    (claim,) = claims(f"قتل خمسة أشخاص في هجوم مسلح {words} أمس.")
    assert (claim.country, claim.geo_precision) == (country, precision)
    assert claim.actor1 == ()


def test_the_capital_is_that_of_the_page(claims: Claims) -> None:
    found = claims(
        "دارت اشتباكات غرب العاصمة بين الجيش اليمني والحوثيين أمس.\n\nوقصف الحوثيون حيا سكنيا في مديرية خدير مساء أمس."
    )
    assert [(c.place, c.country, c.geo_precision) for c in found] == [("صنعاء", "YE", 2), ("خدير", "YE", 2)]


def test_an_adjective_parts_the_capital_from_another(claims: Claims) -> None:
    found = claims("قتل شخصان في إطلاق نار في العاصمة الاقتصادية أمس، بحسب الشرطة في مدينة تعز.")
    assert all(c.place != "صنعاء" for c in found)


@pytest.mark.parametrize(
    ("page", "words", "country", "place"),
    [
        ("وفي أنقرة وإسطنبول خرجت مسيرات.", "في جنوب شرق البلاد", "TR", "جنوب شرق البلاد"),
        ("وفي كابل وقندهار خرجت مسيرات.", "في البلاد", "AF", "أفغانستان"),
        ("وفي الرياض وجدة خرجت مسيرات.", "في المملكة", "SA", "السعودية"),
        ("وفي غزة وخان يونس خرجت مسيرات.", "في القطاع", "PS", "قطاع غزة"),
    ],
)
def test_what_a_page_calls_by_a_common_noun(claims: Claims, page: str, words: str, country: str, place: str) -> None:
    found = claims(f"قتل خمسة أشخاص في هجوم مسلح {words} أمس.\n\n{page}")
    assert (found[0].country, found[0].place, found[0].geo_precision) == (country, place, 3)


def test_a_country_is_no_place_where_its_towns_are_named(claims: Claims) -> None:
    found = claims("قتل خمسة أشخاص في هجوم مسلح في مدينة تعز جنوب غربي البلاد أمس.\n\nوفي صنعاء خرجت مسيرة.")
    assert (found[0].place, found[0].other_places) == ("مدينة تعز", ())
