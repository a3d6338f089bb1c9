"""Names of actors: short names by the page, proxies by their patron."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.extraction.reading import Sentence

_DAY = date(2023, 5, 3)


@pytest.fixture(scope="session")
def ids(read: Callable[..., Sentence]) -> Callable[..., list[str]]:
    def of_text(text: str, day: date | None = _DAY) -> list[str]:
        return [actor.actor_id for actor in read(text, day).actors]

    return of_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("هاجم تنظيم داعش حاجزا ثم انسحب التنظيم إلى البادية", ["IS", "IS"]),
        ("قصف الاحتلال التركي القرية ثم انسحب الاحتلال منها", ["TUR", "TUR"]),
        ("قصف الاحتلال القرية", ["ISR"]),
        ("مواقع للقوات الإيرانية والميليشيات الموالية لها", ["IRN", "IRN_MILITIA"]),
        ("عناصر من المجموعات الإرهابية التابعة لإيران", ["IRN_MILITIA"]),
        ("قصفت ميليشيا الحوثي الحي ثم انسحبت الميليشيا", ["HOUTHI", "HOUTHI"]),
        ("اقتحم عناصر هيئة تحرير الشام القرية ثم انسحبت الهيئة", ["HTS", "HTS"]),
        ("قالت الهيئة إن القصف أوقع قتيلا", []),
        ("قصفت هيئة تحرير الشام القرية فردت الهيئة العامة للكهرباء بقطع التيار", ["HTS"]),
    ],
)
def test_short_names(ids: Callable[..., list[str]], text: str, found: list[str]) -> None:
    assert ids(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قصفت القوات التركية والفصائل الموالية لها القرية", ["TUR", "SNA"]),
        ("قصفت قوات النظام والجماعات المدعومة من إيران القرية", ["SYR_REGIME", "IRN_MILITIA"]),
        ("هاجمت مجموعات موالية لتركيا القرية", ["SNA"]),
        ("قتل مقاتلون موالون لإيران في الغارة", ["IRN_MILITIA"]),
        ("استهدفت عبوة آلية تابعة لقسد", ["SDF"]),
    ],
)
def test_proxies(ids: Callable[..., list[str]], text: str, found: list[str]) -> None:
    assert ids(text) == found


def test_meaning_by_day(ids: Callable[..., list[str]]) -> None:
    assert ids("انتشر الجيش السوري في المدينة", date(2024, 12, 7)) == ["SYR_REGIME"]
    assert ids("انتشر الجيش السوري في المدينة", date(2024, 12, 9)) == ["SYR_GOV"]


def test_head_nouns(read: Callable[..., Sentence]) -> None:
    sentence = read("قصفت مدفعية النظام حاجزا في الريف", _DAY)
    assert sentence.heads == {1: "weapon", 3: "position"}


def test_civil_defence_is_no_weapon(read: Callable[..., Sentence]) -> None:
    assert "weapon" not in read("انتشل الدفاع المدني ثلاث جثث", _DAY).heads.values()
