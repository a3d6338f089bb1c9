"""Sentences that tell of several occurrences, and those that name a second one only to say when or why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_TWO = [
    # an answer
    (
        "تعرضت بلدة سرمين اليوم لقصف مدفعي من قوات النظام، وردت الفصائل باستهداف مواقع لقوات النظام على محور كفرنبل.",
        [("shelling", "سرمين", "SYR_REGIME"), ("armed_clash", "كفرنبل", "OPPOSITION")],
    ),
    (
        "سيطرت الفصائل فجر اليوم على بلدة تادف، ليقوم الجيش السوري بقصف مدينة الباب بالمدفعية.",
        [("territory_captured", "تادف", "OPPOSITION"), ("shelling", "مدينة الباب", "SYR_REGIME")],
    ),
    # what goes on at the same time, of another kind
    (
        "شن الطيران الروسي اليوم خمس غارات على بلدة كنصفرة، وسط استمرار الاشتباكات بين الفصائل وقوات النظام قربها.",
        [("air_strike", "كنصفرة", "RUS"), ("armed_clash", "كنصفرة", "OPPOSITION")],
    ),
    # a harm with a cause, and with a place, of its own
    (
        "أعلنت الوزارة تحييد 12 مسلحا من حزب العمال بغارات تركية شمالي العراق، واستشهاد جندي بقذيفة في هكاري.",
        [("air_strike", "شمالي العراق", "TUR"), ("shelling", "هكاري", "")],
    ),
    (
        "قصفت قوات النظام اليوم بلدة الحميدية بالمدفعية، في حين قتل جندي إثر سقوط قذيفة أطلقتها الفصائل على بلدة حضر.",
        [("shelling", "الحميدية", "SYR_REGIME"), ("shelling", "حضر", "OPPOSITION")],
    ),
    # a town taken, and what was done in it
    (
        "خطف تنظيم داعش اليوم خمسين مدنيا في مدينة القريتين بعد استيلائه على بلدة مهين.",
        [("abduction", "القريتين", "IS"), ("territory_captured", "مهين", "")],
    ),
]

_ONE = [
    ("وقبل إطلاق النار بساعات خطف مسلحون طبيبا في مدينة السويداء أمس.", "abduction"),
    ("وتزامنا مع التفجير قصفت قوات النظام بلدة سرمين بالمدفعية اليوم.", "shelling"),
    ("وفي قرية الحردانة، أعدم داعش أمس ثلاثة مسنين، وفق ما رواه شهود وصلوا إلى المعبر.", "execution"),
    (
        "وفي الخامس من أيار الجاري توصلت موسكو وأنقرة إلى اتفاق جديد في إدلب، إلا أن القوات تخرقه بين الحين والآخر.",
        "agreement",
    ),
    ("وانتشلت فرق الإنقاذ أمس جثة رجل من بئر في قرية كفرلاتة.", "body_transfer"),
    ("واندلعت مساء الثلاثاء مواجهات بين الشبان وقوات الاحتلال في العيسوية.", "riot"),
    ("واعتقلت السلطات أمس رجلين في اللاذقية ضبطت معهما مواد تستخدم في عمليات التفجير.", "arrest"),
    ("وتظاهر المئات في حلب أمس للتنديد بالغارات التي يشنها الطيران على المدينة.", "protest"),
    ("وتجمع العشرات أمس في ساحة المرجة تضامنا مع المعتقلين.", "protest"),
]


@pytest.mark.parametrize(("text", "expected"), _TWO)
def test_two(text: str, expected: list[tuple[str, str, str]], claims: Callable[..., list[Claim]]) -> None:
    told = claims(text + _REST)
    assert [(c.action, c.place, (*c.actor1, "")[0]) for c in told] == expected


@pytest.mark.parametrize(("text", "action"), _ONE)
def test_one(text: str, action: str, claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims(text + _REST)
    assert claim.action == action


def test_the_like_elsewhere_is_another_one(claims: Callable[..., list[Claim]]) -> None:
    told = claims(
        "أصيب سبعة مدنيين اليوم بقصف لقوات النظام على مدينة بنش في ريف إدلب.\n\nوقصف مماثل استهدف بلدة سرمين." + _REST
    )
    assert [c.place for c in told] == ["بنش", "سرمين"]


def test_as_many_dead_of_others_are_another_one(claims: Callable[..., list[Claim]]) -> None:
    told = claims(
        "قتل مدني اليوم بقصف تركي على قرية بينة في ريف حلب.\n\nوقتل عنصر من قوات النظام جراء قصف تركي على نقطة عسكرية."
        + _REST
    )
    assert [c.actor2 for c in told] == [("CIVILIANS",), ("SYR_REGIME",)]


def test_a_part_between_commas_is_not_the_whole(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("قال المتحدث إن 22 مسلحا، بينهم أربعة قادة، قتلوا أمس بانفجار عبوة ناسفة في قندوز." + _REST)
    assert [c.best for c in claim.counts if c.measure == "killed" and c.group is None] == [22]


def test_what_is_told_without_a_day_is_of_the_same_days(claims: Callable[..., list[Claim]]) -> None:
    told = claims(
        "قتل جنديان أمس في كمين قرب مدينة تعز.\n\nوكان كمين آخر في حوض الأشراف أوقع ثلاثة قتلى من الحوثيين." + _REST
    )
    assert [c.is_background for c in told] == [False, False]


@pytest.mark.parametrize("text", ["لماذا تقتلون جيرانكم في إدلب؟!!", "ضرب زلزال تركيا أمس وقتل عشرة أشخاص."])
def test_nothing(text: str, claims: Callable[..., list[Claim]]) -> None:
    assert claims(text + _REST) == []


def test_a_country_that_sees_fighting_is_where_it_is(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("وشهدت سوريا أمس اشتباكات عنيفة قتل فيها عشرة مدنيين." + _REST)
    assert (claim.place, claim.actor2) == ("سوريا", ("CIVILIANS",))
