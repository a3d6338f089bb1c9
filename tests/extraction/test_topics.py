"""What a page is about, and what sounds like conflict and is none."""

from collections.abc import Callable

import pytest

from conflict_events.arabic.vocabulary import read_entries
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.topics import topics_of
from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]


@pytest.mark.parametrize("entry", read_entries("topics", ("id", "words", "example")), ids=lambda entry: entry["id"])
def test_a_topic_is_found_in_its_example(entry: dict[str, str], read: Callable[..., Sentence]) -> None:
    assert topics_of([read(entry["example"])]).get(entry["id"], 0) > 0


@pytest.mark.parametrize(
    "text",
    [
        "سيطرت فرق الدفاع المدني على حريق اندلع في مستودع وسط مدينة سكاكا.",
        "حررت البلدية 40 محضرا ضد محال تجارية في مدينة بريدة.",
        "نفذت الوزارة حكم القتل قصاصا في أحد الجناة في مدينة تبوك.",
        "لقي ثلاثة أشخاص مصرعهم في حادثين مروريين شمال مدينة الطائف.",
        "قتل 12 شخصا في الفيضانات التي ضربت مدينة كراتشي.",
        "أكد الوزير أن الاتفاق النووي مع إيران دخل مرحلة جديدة.",
    ],
)
def test_what_is_no_conflict_is_no_claim(claims: Claims, text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("سيطرت قوات النظام على قرية خان السبل بعد معارك مع الفصائل.", "territory_captured"),
        ("قتل مدني وأصيب آخر بقصف مدفعي على بلدة سرمين سبب حريقا في منزل.", "shelling"),
    ],
)
def test_what_is_conflict_stays_a_claim(claims: Claims, text: str, action: str) -> None:
    assert [claim.action for claim in claims(text)] == [action]


def test_sport_attacks_in_pictures(claims: Claims) -> None:
    text = (
        "هدف قاتل يفجر فرحة الجمهور ويطيح بحامل اللقب.\n\n"
        "وقصف مهاجم الفريق المرمى بثلاث تسديدات في المباراة التي جمعت المنتخبين.\n\n"
        "وقال المدرب إن اللاعبين خاضوا معركة في بطولة الدوري هذا الموسم."
    )
    assert claims(text) == []
