"""Counts of a whole occurrence: what title, lead, details and recap say together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]


def totals(claim: Claim) -> list[tuple[str, int | None]]:
    return [(count.measure, count.best) for count in claim.counts if count.group is None]


def test_a_recap_is_not_counted_twice(claims: Claims) -> None:
    found = claims("قتل ثلاثة مدنيين بقصف مدفعي على بلدة سرمين.\n\nوأدى القصف على سرمين إلى مقتل ثلاثة مدنيين.")
    assert [totals(claim) for claim in found] == [[("killed", 3)]]


def test_a_number_beats_a_vague_word(claims: Claims) -> None:
    found = claims("أصيب عدد من المدنيين بقصف مدفعي على بلدة سرمين.\n\nوأسفر القصف عن إصابة 6 مدنيين بينهم طفل.")
    assert [totals(claim) for claim in found] == [[("injured", 6)]]


def test_the_split_beats_the_joint_toll(claims: Claims) -> None:
    found = claims("قتل وجرح 8 أشخاص بقصف مدفعي على بلدة سرمين.\n\nوأسفر القصف عن مقتل 3 أشخاص وإصابة 5 آخرين.")
    assert sorted(totals(found[0])) == [("injured", 5), ("killed", 3)]


def test_the_title_gives_what_the_text_leaves_vague(claims: Claims) -> None:
    found = claims("قتل عدد من المدنيين بقصف مدفعي على بلدة سرمين.", title="مقتل 7 مدنيين بقصف مدفعي على بلدة سرمين")
    assert totals(found[0]) == [("killed", 7)]


def test_nobody_hurt_only_where_nobody_was(claims: Claims) -> None:
    spared = claims("قصفت قوات النظام بلدة سرمين بالمدفعية دون وقوع إصابات.")
    assert totals(spared[0]) == [("injured", 0)]
    hit = claims("قتل مدنيان بقصف مدفعي على بلدة سرمين.\n\nوتجدد القصف على سرمين دون وقوع إصابات.")
    assert ("killed", 2) in totals(hit[0])
    assert ("injured", 0) not in totals(hit[0])


def test_who_came_away_is_no_victim(claims: Claims) -> None:
    (missed,) = claims("نجا ضابط من محاولة اغتيال بعبوة ناسفة في عدن.")
    assert (missed.action, missed.counts) == ("assassination", ())
    (others,) = claims("نجا القائد العسكري من محاولة اغتيال في درعا أسفرت عن مقتل اثنين من مرافقيه.")
    assert totals(others) == [("killed", 2)]


def test_some_of_the_counted_dead_reach_a_hospital(claims: Claims) -> None:
    (claim,) = claims(
        "قتل ما لا يقل عن 14 عنصرا من قوات النظام أمس في كمين نفذته خلايا تنظيم داعش قرب السخنة.\n\n"
        "ووصلت جثامين تسعة منهم إلى المشفى العسكري."
    )
    assert totals(claim) == [("killed", 14)]


def test_a_cell_has_members(claims: Claims) -> None:
    (seized,) = claims("ألقت الشرطة القبض على خلية إرهابية مكونة من خمسة أشخاص في القطيف.")
    assert totals(seized) == [("detained", 5)]
    (killed,) = claims("قتلت قوات الأمن مجموعة مسلحة مؤلفة من ثمانية عناصر في ديالى.")
    assert totals(killed) == [("killed", 8)]


def test_the_words_that_bound_a_number_win(claims: Claims) -> None:
    text = "قتل 12 شخصا بقصف مدفعي على بلدة سرمين.\n\nوأسفر القصف عن مقتل ما لا يقل عن 12 شخصا."
    assert [(c.low, c.best, c.high, c.qualifier) for c in claims(text)[0].counts] == [(12, 12, None, "at_least")]


def test_the_dead_who_arrive_are_bodies(claims: Claims) -> None:
    found = claims("وصلت جثث عشرين مقاتلا إلى مدينة البوكمال.", title="نحو 20 قتيلا وصلوا إلى مدينة البوكمال")
    assert [(claim.action, totals(claim)) for claim in found] == [("body_transfer", [("bodies", 20)])]


def test_counted_attacks_belong_to_aggregates(claims: Claims) -> None:
    found = claims("وثق الدفاع المدني أكثر من 70 هجوما على ريف إدلب منذ بداية العام تسببت بمقتل 6 أشخاص.")
    assert [claim.is_aggregate for claim in found] == [True]
    assert sorted(totals(found[0])) == [("killed", 6), ("other", 70)]


def test_the_words_are_kept(claims: Claims) -> None:
    text = "أصيب نحو 20 مدنيا بقصف مدفعي على بلدة سرمين."
    count = claims(text)[0].counts[0]
    assert (count.low, count.best, count.high, count.qualifier) == (20, 20, 20, "about")
    assert count.text == "أصيب نحو 20 مدنيا"


@pytest.mark.parametrize(
    ("text", "action", "aggregate"),
    [
        # when something was, said loosely, is no period that a toll covers
        ("وكان جنديان قد قتلا مطلع الشهر الجاري بانفجار عبوة ناسفة في مدينة اعزاز.", "explosive_device", False),
        ("فككت الفرق الهندسية خلال الأسبوع الماضي 45 لغما في محافظة تعز.", "weapons_disrupted", False),
        # what began on a day, and goes on
        (
            "وأحصى المرصد السوري مقتل 718 شخصا في محافظة السويداء منذ اندلاع المواجهات يوم الأحد الماضي.",
            "casualty_toll",
            True,
        ),
        ("وقتل ما لا يقل عن 17 عنصرا من الشرطة منذ أن بدأ الحزب هجماته في 22 شباط.", "casualty_toll", True),
        # occurrences that are counted over a month
        ("سجل الفريق في شباط الماضي 26 عملية اغتيال في محافظة درعا.", "casualty_toll", True),
    ],
)
def test_what_covers_a_period(text: str, action: str, aggregate: bool, claims: Claims) -> None:
    (claim,) = claims(text + "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nوطالب الأهالي بالمساعدة.")
    assert (claim.action, claim.is_aggregate) == (action, aggregate)
