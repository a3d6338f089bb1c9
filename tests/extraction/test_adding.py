"""Counts that sentences leave to the reader: sums over the sides, how often aircraft struck, some of the missiles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]


def totals(claim: Claim) -> dict[str, int | None]:
    return {c.measure: c.best for c in claim.counts if c.group is None}


@pytest.mark.parametrize(
    ("text", "measure", "whole", "groups"),
    [
        (
            "أسفرت اشتباكات في تعز أمس عن مقتل ستة من عناصر تنظيم داعش واستشهاد اثنين من الحشد الشعبي.",
            "killed",
            8,
            {"IS": 6, "PMF": 2},
        ),
        (
            "قتل 17 من مسلحي الحوثي في مواجهات في تعز أمس، فيما استشهد أربعة من رجال المقاومة.",
            "killed",
            21,
            {"HOUTHI": 17, "YEM_RESISTANCE": 4},
        ),
        ("أصيبت خمس نساء بقصف على سرمين أمس، كما أصيب طفل.", "injured", 6, {"women": 5, "children": 1}),
    ],
)
def test_tolls_of_different_people_are_added(
    claims: Claims, text: str, measure: str, whole: int, groups: dict[str, int]
) -> None:
    (claim,) = claims(text)
    assert totals(claim)[measure] == whole
    told = {c.group: c.best for c in claim.counts if c.measure == measure and c.group is not None}
    assert told.items() >= groups.items()


def test_tolls_of_the_same_people_are_not(claims: Claims) -> None:
    (claim,) = claims("قالت الشرطة إن سبعة قتلوا في انفجار في بغداد أمس، وقالت مصادر طبية إن تسعة قتلوا.")
    assert sorted(c.best for c in claim.counts if c.measure == "killed" and c.group is None) == [7, 9]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("استشهد وأصيب عدد من المدنيين بقصف على مدينة حمص أمس.", {"killed", "injured"}),
        ("قتل وجرح العشرات من الجنود في اشتباكات في تعز أمس.", {"other"}),
        ("قتل وجرح أكثر من 30 مسلحا في غارة على سرمين أمس.", {"other"}),
    ],
)
def test_a_joint_toll_has_a_number_or_a_scale(claims: Claims, text: str, measures: set[str]) -> None:
    (claim,) = claims(text)
    assert set(totals(claim)) == measures


@pytest.mark.parametrize(
    ("text", "strikes"),
    [
        ("قصفت طائرات التحالف خمس مرات مواقع داعش في الرمادي أمس.", 5),
        ("أغار الطيران المعادي ثلاث مرات على بلدة الخيام أمس.", 3),
        ("أغارت الطائرات الروسية مرتين أمس على بلدة سرمين.", 2),
        ("قصفت مدفعية النظام بلدة سرمين ثلاث مرات أمس.", None),
    ],
)
def test_how_often_aircraft_struck(claims: Claims, text: str, strikes: int | None) -> None:
    (claim,) = claims(text)
    assert totals(claim).get("strikes") == strikes


def test_most_of_the_missiles(claims: Claims) -> None:
    (claim,) = claims("اعترضت القبة الحديدية معظم الصواريخ فوق تل أبيب أمس.")
    assert totals(claim) == {"munitions": None}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("قتل طبيب الأطفال الوحيد في الحي وثلاثة من كادر التمريض في غارة على حلب أمس.", 4),
        ("قتلت بائعة شاي واثنان من زبائنها في انفجار في سنار أمس.", 3),
        ("فقد سائق الجرار وابنه حياتهما بانفجار لغم في كفر حلب أمس.", 2),
        ("قتل رجل بقصف على سرمين وأصيب ثلاثة من عائلته أمس.", 1),
    ],
)
def test_who_is_described_and_those_with_him(claims: Claims, text: str, killed: int) -> None:
    (claim,) = claims(text)
    assert totals(claim)["killed"] == killed


def test_one_victim_in_a_week_is_no_toll(claims: Claims) -> None:
    (claim,) = claims("قتل جندي في هجوم في تعز مطلع الأسبوع.")
    assert (claim.action, claim.is_aggregate) == ("armed_clash", False)
    (claim,) = claims("قتل 12 مدنيا في سرمين خلال الأسبوع الماضي.")
    assert claim.is_aggregate


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("أوقع الانفجار في بيروت أمس قتيلين وسبعة جرحى.", {"killed": 2, "injured": 7}),
        ("قتل أكثر من 20 من الحوثيين وأسر 15 آخرون في معارك في الضالع أمس.", {"killed": 20, "detained": 15}),
        ("فر نحو 3000 مدني من المعارك في الفاشر أمس.", {"displaced": 3000}),
        ("فر 30 جنديا من المعارك في الفاشر أمس.", {"defected": 30}),
    ],
)
def test_what_befell_them(claims: Claims, text: str, rows: dict[str, int]) -> None:
    (claim,) = claims(text)
    assert totals(claim) == rows
