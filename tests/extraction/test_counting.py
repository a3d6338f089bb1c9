"""Counts of a sentence: what happened to how many, totals and their parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.extraction.counting import CountRow, count_rows
from conflict_events.extraction.reading import Sentence

Read = Callable[..., Sentence]
Short = tuple[str, str | None, int | None]


def short(rows: list[CountRow]) -> set[Short]:
    return {(row.measure, row.group, row.best) for row in rows}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قتل 3 مدنيين بينهم طفلة وأصيب 11 آخرون بينهم طفلان وامرأة بقصف مدفعي",
            {
                ("killed", None, 3),
                ("killed", "civilians", 3),
                ("killed", "children", 1),
                ("injured", None, 11),
                ("injured", "civilians", 11),
                ("injured", "children", 2),
                ("injured", "women", 1),
            },
        ),
        ("أسفرت عن مقتل وجرح أكثر من 75 شخصا", {("other", None, 75)}),
        ("أسفر الانفجار عن سقوط 33 قتيلا وجريحا", {("other", None, 33)}),
        ("سقط عدد من القتلى والجرحى في الهجوم", {("killed", None, None), ("injured", None, None)}),
        ("أعدم التنظيم 19 شخصا بينهم 6 نساء", {("killed", None, 19), ("killed", "women", 6)}),
        (
            "اثنان من العناصر وطفلان قتلوا خلال الاشتباكات",
            {("killed", None, 4), ("killed", "combatants", 2), ("killed", "children", 2)},
        ),
        (
            "قتل القيادي الحوثي أبو علي و7 من مرافقيه في غارة",
            {("killed", None, 8), ("killed", "HOUTHI", 1)},
        ),
        ("سقط 14 مدنيا بين قتيل وجريح", {("other", None, 14), ("other", "civilians", 14)}),
        ("مقتل امرأة وثلاثة أطفال", {("killed", None, 4), ("killed", "women", 1), ("killed", "children", 3)}),
        ("أن شخصا على الأقل قتل وأصيب ثلاثة آخرون", {("killed", None, 1), ("injured", None, 3)}),
        ("5 شهداء و38 جريحا بقصف مدفعي", {("killed", None, 5), ("injured", None, 38)}),
        ("راح ضحيتها 8 قتلى", {("killed", None, 8)}),
        ("راح ضحية هذه الهجمات 61 شخصا", {("killed", None, 61)}),
        ("ارتفعت حصيلة قتلى القصف إلى ستة", {("killed", None, 6)}),
        ("إن تعداد المقاتلين الذين تركوا صفوف الميليشيات بلغ نحو 34", {("defected", None, 34)}),
        ("أودى انفجار سيارة مفخخة بحياة خمس عاملات", {("killed", None, 5)}),
        ("قتل محمد الأحمد برصاص مجهولين", {("killed", None, 1)}),
        ("ما أدى إلى إصابته بجروح خطرة", {("injured", None, 1)}),
        ("قتل فلسطينيان في المخيم", {("killed", None, 2)}),
        ("خطف مسلحون مهندسا في المدينة", {("abducted", None, 1)}),
        ("أوقعت الغارة ثلاثة قتلى وعشرات الجرحى", {("killed", None, 3), ("injured", None, None)}),
        ("نزحت أكثر من ستين عائلة من القرية", {("displaced", None, 60)}),
        ("دفع القصف أكثر من ستين عائلة إلى النزوح", {("displaced", None, 60)}),
        ("خرج عشرات الأهالي في مظاهرة وسط البلدة", {("other", None, None)}),
        ("نفذت الطائرات أكثر من 18 غارة على البادية", {("strikes", None, 18)}),
        ("أسقطت الدفاعات طائرتين مسيرتين", {("other", None, 2)}),
        ("دمرت الفصائل دبابتين", {("vehicles", None, 2)}),
        ("قصفت القوات البلدة دون وقوع إصابات", {("injured", None, 0)}),
    ],
)
def test_tolls(read: Read, text: str, expected: set[Short]) -> None:
    assert short(count_rows(read(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "مقتل 3 مدنيين (رجل وزوجته وابنهما)",
        "مقتل 3 مدنيين، هم رجل وامرأة وطفل",
        "مقتل 3 مدنيين رجل وامرأة وطفل",
    ],
)
def test_parts_in_apposition_are_not_added(read: Read, text: str) -> None:
    totals = [row for row in count_rows(read(text)) if row.group is None]
    assert [(row.measure, row.best) for row in totals] == [("killed", 3)]


def test_a_list_with_commas_is_added(read: Read) -> None:
    rows = short(count_rows(read("مقتل 411 عنصرا من الفصائل، و140 من قوات النظام و21 من تنظيم داعش")))
    assert rows == {
        ("killed", None, 572),
        ("killed", "OPPOSITION", 411),
        ("killed", "SYR_REGIME", 140),
        ("killed", "IS", 21),
    }


def test_parts_listed_after_a_total(read: Read) -> None:
    rows = short(count_rows(read("مقتل 208 عناصر، 30 منهم مقاتلون أجانب، و60 مقاتلا من حلب، و40 مقاتلا من حمص")))
    assert ("killed", None, 208) in rows
    assert {best for measure, group, best in rows if group and group.startswith("from:")} == {60, 40}


def test_parts_by_nation_and_by_the_name_of_a_force(read: Read) -> None:
    text = (
        "مقتل 70 عنصرا من قوات النظام، 30 منهم مقاتلون لبنانيون وعراقيون، و20 مقاتلا تقريبا من حمص،"
        " و12 من عناصر التسويات"
    )
    assert {row for row in short(count_rows(read(text))) if row[1] != "SYR_REGIME"} == {
        ("killed", None, 70),
        ("killed", "OTHER:foreign fighters", 30),
        ("killed", "from:Homs", 20),
        ("killed", "OTHER:reconciliation fighters", 12),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت المدفعية البلدة ولم ترد أنباء عن إصابات", set()),
        ("سقطت القذيفة في أرض زراعية ولم تسفر عن إصابات", {("injured", None, 0)}),
        ("ما أدى لمقتله وإصابة ابنه", {("killed", None, 1), ("injured", None, 1)}),
    ],
)
def test_what_is_not_reported_and_what_a_pronoun_tells(read: Read, text: str, expected: set[Short]) -> None:
    assert {row for row in short(count_rows(read(text))) if row[0] in ("killed", "injured") and not row[1]} == expected


def test_all_of_them(read: Read) -> None:
    assert ("killed", "civilians", 9) in short(count_rows(read("مقتل تسعة أشخاص جميعهم مدنيون")))


@pytest.mark.parametrize(
    "text",
    [
        "قصفت القوات البلدة بالصواريخ",
        "شنت الطائرات غارة على البلدة",
        "نقلت الفرق المصابين إلى المشفى",
        "داهمت القوات منزلا لاعتقال شاب",
        "حلقت أربع طائرات في الأجواء",
    ],
)
def test_no_count(read: Read, text: str) -> None:
    assert count_rows(read(text)) == []


def test_a_young_man_alone_makes_no_group(read: Read) -> None:
    assert short(count_rows(read("أصيب شاب بجروح"))) == {("injured", None, 1)}
    assert ("killed", "men", 1) in short(count_rows(read("مقتل امرأة وشاب")))


_UNITS = {3: "ثلاثة", 4: "أربعة", 5: "خمسة", 6: "ستة", 7: "سبعة", 8: "ثمانية", 9: "تسعة", 10: "عشرة"}
_QUALIFIERS = {"": "exact", "أكثر من ": "at_least", "ما لا يقل عن ": "at_least", "نحو ": "about"}
_NOUNS = [("مدنيين", "مدنيا"), ("أشخاص", "شخصا"), ("مقاتلين", "مقاتلا")]
_HARMS = [("killed", "قتل", "مقتل", "قتلوا"), ("injured", "أصيب", "إصابة", "أصيبوا")]
_ENDINGS = ["بقصف مدفعي على البلدة", "جراء غارة استهدفت المنزل", "في انفجار لغم"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(3, 400).filter(lambda n: not 1 <= n % 100 <= 2 and n % 100 != 0),
    spelled=st.booleans(),
    qualifier=st.sampled_from(sorted(_QUALIFIERS)),
    noun=st.sampled_from(_NOUNS),
    harm=st.sampled_from(_HARMS),
    order=st.sampled_from(["vso", "svo", "masdar"]),
    ending=st.sampled_from(_ENDINGS),
)
def test_a_toll_is_read_back(
    read: Read,
    number: int,
    spelled: bool,
    qualifier: str,
    noun: tuple[str, str],
    harm: tuple[str, str, str, str],
    order: str,
    ending: str,
) -> None:
    """Whatever the order of words, the number and its qualifier come back under the right measure."""
    measure, verb, masdar, plural_verb = harm
    written = _UNITS[number] if spelled and number in _UNITS else str(number)
    people = f"{qualifier}{written} {noun[0] if number % 100 <= 10 else noun[1]}"
    text = {
        "vso": f"{verb} {people} {ending}",
        "svo": f"إن {people} {plural_verb} {ending}",
        "masdar": f"أسفر القصف عن {masdar} {people}",
    }[order]
    totals = [row for row in count_rows(read(text)) if row.group is None and row.measure in ("killed", "injured")]
    assert [(row.measure, row.low, row.qualifier) for row in totals] == [(measure, number, _QUALIFIERS[qualifier])], (
        text
    )
