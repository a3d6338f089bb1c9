"""How the places of a unit are sorted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.siting import Siting, siting_of
from conflict_events.extraction.units import units_of

Read = Callable[..., Sentence]


def _siting(sentence: Sentence) -> Siting:
    return siting_of(units_of(sentence)[0])


@pytest.mark.parametrize(
    ("text", "sites", "containers"),
    [
        ("قتل مدني بقصف على بلدة آفس بريف إدلب الشرقي", ["آفس"], ["إدلب"]),
        ("قتل مدني بقصف على سرمين وبنش", ["سرمين", "بنش"], []),
        ("قتل مدني بقصف على حي الروضة شمالي مدينة تعز", ["حي الروضة"], ["مدينة تعز"]),
    ],
)
def test_sites_and_what_holds_them(read: Read, text: str, sites: list[str], containers: list[str]) -> None:
    siting = _siting(read(text))
    assert ([m.name for m in siting.sites], [m.name for m in siting.containers]) == (sites, containers)


@pytest.mark.parametrize(
    "text",
    [
        "قتل شاب من مهجري مدينة دوما بقصف على سرمين",
        "قصفت القوات المتمركزة في سراقب بلدة سرمين وقتل رجل",
        "قصفت فصائل موالية لأنقرة بلدة سرمين وقتل رجل",
        "دمشق - سانا: قتل رجل بقصف على سرمين",
        "أربيل (وكالة) - قتل رجل بقصف على سرمين",
    ],
)
def test_origins_sponsors_and_datelines_are_no_sites(read: Read, text: str) -> None:
    assert [m.name for m in _siting(read(text)).sites] == ["سرمين"]
    assert _siting(read(text)).containers == []


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("اعتقلت القوات أمس شابين من بلدة سرمين", ["سرمين"]),
        ("اعتقلت القوات أمس ثلاثة شبان من سرمين وبنش", ["سرمين", "بنش"]),
        ("اعتقلت القوات أمس شابا من أبناء بلدة سرمين", []),
        ("اعتقلت القوات أمس شابا من سرمين على حاجز قرب بنش", ["بنش"]),
        ("قتل مدنيان بقصف مدفعي على مناطق متفرقة من جبل الزاوية", ["جبل الزاوية"]),
        ("قتل مدنيان في شمال غرب سوريا قرب بلدة سرمين", ["سرمين"]),
    ],
)
def test_where_people_are_taken_and_what_areas_hold(read: Read, text: str, sites: list[str]) -> None:
    assert [m.name for m in _siting(read(text)).sites] == sites
