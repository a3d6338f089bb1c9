"""What the text asserts, what it denies, expects or repeats, and who demonstrates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.extraction.assertion import asserted_anchors, crowd_of, is_habit
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.units import units_of
from conflict_events.records import Claim


def _asserted(sentence: Sentence) -> list[str]:
    return [sentence.text(a.first) for unit in units_of(sentence) for a in asserted_anchors(unit) if a.kind != "link"]


@pytest.mark.parametrize(
    "text",
    [
        "هل قصفت القوات البلدة؟",
        "نفت القيادة قصف السكن الجامعي",
        "سيقصف الجيش مواقع المسلحين",
        "من المتوقع قصف البلدة",
        "هدد التنظيم بقصف المدينة",
        "لم تقصف القوات القرية",
        "نفت القيادة، اليوم الأحد، الأنباء المتداولة عن قصف الميناء",
        "نفذت مقاتلتان غارات وهمية على البلدة",
        "غادر السكان خشية هجوم بري محتمل",
        "من المقرر بدء سريان الهدنة ليل الأحد",
        "ينص الاتفاق على الإفراج عن ثمانية أسرى",
        "أدين الرجل بالتخطيط لتفجير مقهى",
    ],
)
def test_what_is_asked_denied_or_expected_is_not_asserted(read: Callable[..., Sentence], text: str) -> None:
    assert _asserted(read(text)) == []


def test_a_plain_clause_is_asserted(read: Callable[..., Sentence]) -> None:
    assert _asserted(read("قصفت القوات البلدة")) == ["قصفت"]


def test_what_happens_again_and_again_without_a_number_is_a_habit(read: Callable[..., Sentence]) -> None:
    (unit,) = units_of(read("تتعرض القرى لقصف بشكل شبه يومي"))
    assert is_habit(unit)
    (unit,) = units_of(read("قتل ثلاثة مدنيين بقصف على البلدة"))
    assert not is_habit(unit)


def test_what_is_told_once_is_no_habit_because_of_what_came_of_it(read: Callable[..., Sentence]) -> None:
    (unit,) = units_of(read("توصل الطرفان إلى هدنة في المدينة، إلا أن الفصائل تخرقها بين الحين والآخر"))
    assert not is_habit(unit)


@pytest.mark.parametrize(
    "text",
    ["قتل ثلاثة أشخاص في زلزال ضرب مدينة سرمين أمس.", "قتل ستة أشخاص بحادث سير على طريق سرمين أمس."],
)
def test_an_accident_is_no_event(claims: Callable[..., list[Claim]], text: str) -> None:
    assert claims(text) == []


def test_demonstrators_are_seen(read: Callable[..., Sentence]) -> None:
    (unit,) = units_of(read("أحرق المتظاهرون إطارات على الطريق"))
    assert crowd_of(unit) is not None
    (unit,) = units_of(read("أحرق مستوطنون منزلا في القرية"))
    assert crowd_of(unit) is None
