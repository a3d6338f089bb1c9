"""One sentence, one or several occurrences."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.units import Unit, units_of


def triggers(unit: Unit) -> list[str]:
    return [trigger.entry.id for trigger in unit.triggers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("قتل مدني وأصيب طفل جراء قصف مدفعي استهدف بلدة سرمين", 1),
        ("شن الطيران الروسي غارات على بلدة البارة ما أدى إلى مقتل امرأة", 1),
        ("تعرضت مدينة طفس لقصف مدفعي أسفر عن مقتل شاب", 1),
        ("قتل رجل إثر قصف مدفعي استهدف بلدة سرمين، وقتلت امرأة إثر قصف صاروخي استهدف بلدة البارة", 2),
        ("قصفت قوات النظام بلدة سرمين، فيما انفجرت عبوة ناسفة في مدينة الباب", 2),
        ("هرب عشرة عناصر من الحاجز إثر إرسال النظام مقاتلين إلى الجبهة", 2),
    ],
)
def test_number_of_units(text: str, number: int, read: Callable[..., Sentence]) -> None:
    assert len(units_of(read(text))) == number


def test_counts_go_with_their_own_unit(read: Callable[..., Sentence]) -> None:
    text = "قتل ثلاثة رجال إثر قصف استهدف بلدة سرمين، وأصيب خمسة أطفال إثر قصف استهدف بلدة البارة"
    first, second = units_of(read(text))
    assert [(r.measure, r.best) for r in first.counts if r.group is None] == [("killed", 3)]
    assert [(r.measure, r.best) for r in second.counts if r.group is None] == [("injured", 5)]


def test_a_setting_is_no_unit_of_its_own(read: Callable[..., Sentence]) -> None:
    sentence = read("وعقب القصف عمدت الميليشيات في مدينة الميادين إلى إنزال راياتها")
    (unit,) = units_of(sentence)
    assert triggers(unit) == ["inzal_rayat"]


def test_the_reason_of_a_protest_is_no_unit(read: Callable[..., Sentence]) -> None:
    (unit,) = units_of(read("خرجت مظاهرة في مدينة إدلب تنديدا بالقصف"))
    assert triggers(unit) == ["kharaja_hashd", "muzahara"]


def test_units_do_not_overlap(read: Callable[..., Sentence]) -> None:
    sentence = read("قصفت قوات النظام بلدة سرمين، وأصيب رجل في مدينة الباب، كما انفجر لغم في مدينة تدمر")
    ranges = [(unit.first, unit.last) for unit in units_of(sentence)]
    assert all(first < last for first, last in ranges)
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))


def test_a_sentence_without_words_of_conflict_has_none(read: Callable[..., Sentence]) -> None:
    assert units_of(read("افتتح الوزير معرض الكتاب في العاصمة")) == []
