"""What is told again is folded; what differs in place, day, side or act is not."""

from collections.abc import Callable
from datetime import date

from conflict_events.records import Claim


def killed(claim: Claim) -> list[int | None]:
    return [c.best for c in claim.counts if c.measure == "killed" and c.group is None]


def test_title_lead_and_recap_are_one_claim(claims: Callable[..., list[Claim]]) -> None:
    text = (
        "قتل أربعة مدنيين وأصيب آخرون اليوم الخميس بقصف مدفعي لقوات النظام على مدينة سرمين.\n\n"
        "وقال الدفاع المدني إن القصف أسفر عن مقتل أربعة مدنيين بينهم طفل."
    )
    (claim,) = claims(text, title="قتلى بقصف لقوات النظام على سرمين")
    assert (claim.action, killed(claim), claim.actor1) == ("shelling", [4], ("SYR_REGIME",))


def test_another_village_is_another_claim(claims: Callable[..., list[Claim]]) -> None:
    text = "قتل رجل بقصف مدفعي على بلدة سرمين.\n\nوقتلت امرأة بقصف مدفعي على مدينة أريحا."
    assert [claim.place for claim in claims(text)] == ["سرمين", "أريحا"]


def test_an_older_strike_on_the_same_place_is_another_claim(claims: Callable[..., list[Claim]]) -> None:
    text = (
        "قصفت قوات النظام اليوم الخميس مدينة سرمين بالمدفعية.\n\n"
        "وكانت قوات النظام قصفت مدينة سرمين في 2 شباط الماضي ما أدى إلى مقتل رجل."
    )
    fresh, old = claims(text, day=date(2024, 3, 14))
    assert (fresh.date_start, fresh.is_background) == (date(2024, 3, 14), False)
    assert (old.date_start, old.is_background) == (date(2024, 2, 2), True)


def test_a_toll_told_ahead_takes_on_the_raids_that_caused_it(claims: Callable[..., list[Claim]]) -> None:
    text = (
        "قتل 31 مقاتلا مساء الثلاثاء في مدينة البوكمال.\n\n"
        "ونفذت طائرات حربية مساء الثلاثاء غارات على مواقع للميليشيات الإيرانية."
    )
    (claim,) = claims(text, day=date(2023, 6, 15))
    assert (claim.action, claim.place, killed(claim)[0]) == ("air_strike", "البوكمال", 31)


def test_tolls_of_two_periods_are_two(claims: Callable[..., list[Claim]]) -> None:
    text = (
        "وثق المركز مقتل 38 مدنيا منذ بداية العام الحالي.\n\n"
        "ووثق المركز مقتل 12 مدنيا خلال الأسبوع الأول من شهر آذار الحالي."
    )
    assert [killed(claim) for claim in claims(text)] == [[38], [12]]


def test_a_headline_names_sides_only_where_the_body_does_not(claims: Callable[..., list[Claim]]) -> None:
    text = "قصفت قوات النظام بالمدفعية أمس الأربعاء مدينة سرمين شرقي إدلب."
    (claim,) = claims(text, title="قصف روسي وسوري على مدينة سرمين", day=date(2023, 5, 4))
    assert claim.actor1 == ("SYR_REGIME",)


def test_another_side_is_another_claim(claims: Callable[..., list[Claim]]) -> None:
    text = "قصفت قوات النظام مدينة سرمين بالمدفعية.\n\nوقصفت القوات التركية مدينة عين عيسى بالمدفعية."
    assert [claim.actor1 for claim in claims(text)] == [("SYR_REGIME",), ("TUR",)]


def test_a_place_that_is_struck_alike_is_another_one(claims: Callable[..., list[Claim]]) -> None:
    text = "قصفت قوات النظام بالمدفعية بلدة سرمين، وطال قصف مماثل بلدة النيرب."
    assert [claim.place for claim in claims(text)] == ["سرمين", "النيرب"]


def test_a_toll_over_months_is_an_aggregate(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("وثقت الشبكة السورية لحقوق الإنسان مقتل 38 مدنيا في محافظة إدلب منذ بداية العام الحالي.")
    assert (claim.action, claim.is_aggregate, killed(claim)) == ("casualty_toll", True, [38])
    assert (claim.date_start, claim.date_end) == (date(2024, 1, 1), date(2024, 3, 14))


def test_the_dead_who_reach_a_hospital_are_those_of_the_attack(claims: Callable[..., list[Claim]]) -> None:
    text = "شنت الطائرات الحربية الروسية غارة على مدينة سرمين.\n\nووصلت إلى المشفى الميداني ثماني جثث."
    (claim,) = claims(text)
    assert (claim.action, killed(claim)) == ("air_strike", [8])


def test_one_raid_takes_people_and_arms(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("ضبطت الشرطة شاحنة أسلحة في مدينة شحن وأوقفت سائقها.")
    assert claim.action == "weapons_disrupted"


def test_guns_and_aircraft_are_two_attacks(claims: Callable[..., list[Claim]]) -> None:
    text = "شنت الطائرات الروسية غارات على مدينة سرمين.\n\nوتعرضت مدينة سرمين لقصف بالمدفعية الثقيلة."
    assert [claim.action for claim in claims(text)] == ["air_strike", "shelling"]


def test_a_loosely_named_attack_is_what_the_text_says_later(claims: Callable[..., list[Claim]]) -> None:
    (bomb,) = claims(
        "قتل ستة أشخاص في تفجير هز حي الكرادة في بغداد أمس.\n\nوقالت الشرطة إن التفجير نفذ بسيارة مفخخة.",
        title="قتلى في تفجير ببغداد",
    )
    assert bomb.action == "explosive_device"
    (strike,) = claims("قصف جوي روسي على مدينة سرمين.\n\nوأدى القصف إلى مقتل رجل.", title="قصف على مدينة سرمين")
    assert strike.action == "air_strike"


def test_a_like_attack_is_of_the_kind_told_before(claims: Callable[..., list[Claim]]) -> None:
    text = "قتل رجل بانفجار سيارة مفخخة في حي الكرادة ببغداد. كما قتل آخر بتفجير مماثل في منطقة الطوبجي شمالي بغداد."
    assert [claim.action for claim in claims(text)] == ["explosive_device", "explosive_device"]


def test_the_next_day_counts_from_the_day_told_before(claims: Callable[..., list[Claim]]) -> None:
    found = claims(
        "قتل شخصان في هجوم في مدينة تعز في 5 آذار 2023.\n\n"
        "وقتل ثلاثة جنود بعدها بيوم في هجوم استهدف حاجزا في مدينة عدن.",
        day=date(2023, 6, 15),
    )
    assert [str(c.date_start) for c in found] == ["2023-03-05", "2023-03-06"]
