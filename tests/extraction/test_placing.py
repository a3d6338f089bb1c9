"""Where claims lie: names, points, precision and what is taken from neighbours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("قتل مدني بقصف مدفعي على مدينة سرمين شرقي إدلب.", "سرمين", 1),
        ("قتل مدني بقصف مدفعي على محيط مدينة سرمين شرقي إدلب.", "سرمين", 2),
        ("قتل مدني بقصف مدفعي على ريف إدلب الجنوبي.", "ريف إدلب الجنوبي", 3),
        ("قتل خمسة جنود باشتباكات في محافظة إدلب.", "إدلب", 3),
        # Of a governorate's and its seat's name, shells hit the seat and fighters leave the governorate.
        ("قتل خمسة مدنيين بقصف مدفعي على إدلب.", "إدلب", 1),
        ("انشق خمسة عناصر عن قوات النظام في درعا.", "درعا", 3),
    ],
)
def test_precision(claims: Claims, text: str, place: str, precision: int) -> None:
    claim = claims(text)[0]
    assert (claim.place, claim.geo_precision) == (place, precision)


def test_the_head_of_an_item_is_where_it_happened(claims: Claims) -> None:
    (claim,) = claims("#الميادين: انفجار سيارة أمام المخفر مساء أمس أسفر عن 3 قتلى.")
    assert claim.place == "الميادين"


def test_items_under_a_governorate_lie_in_it(claims: Claims) -> None:
    found = claims(
        "حلب:\n\nقصف مدفعي على قرية الفلانية.\n\nحماة:\n\nقصف مدفعي على قرية كذاوية.\n\n"
        "الرقة:\n\nقصف مدفعي على بلدة المنصورة."
    )
    assert [claim.admin1_en for claim in found][-1] == "Raqqa"


def test_an_unknown_village_keeps_its_governorate_and_has_no_point(claims: Claims) -> None:
    claim = claims("قتل مدني بقصف مدفعي على قرية الفلانية بريف حماة الغربي.")[0]
    assert (claim.place, claim.admin1_en, claim.country) == ("الفلانية", "Hama", "SY")
    assert (claim.lat, claim.lon, claim.geo_precision) == (None, None, 1)
    assert claim.admin1_pcode is not None


def test_an_unknown_quarter_is_at_its_town(claims: Claims) -> None:
    claim = claims("قتل مدني بقصف مدفعي على حي الفلانية في مدينة القامشلي.")[0]
    assert claim.place == "حي الفلانية"
    assert claim.lat == pytest.approx(37.05, abs=0.1)


def test_a_governorate_in_the_headline_yields_to_the_town(claims: Claims) -> None:
    found = claims(
        "تعرضت مدينة طفس لقصف مدفعي أسفر عن مقتل مدنيين اثنين.", title="مقتل مدنيين اثنين بقصف مدفعي على درعا"
    )
    assert [claim.place for claim in found] == ["طفس"]


def test_the_town_named_before(claims: Claims) -> None:
    found = claims(
        "قتل مدني بقصف مدفعي على مدينة سرمين أمس الأربعاء.\n\nواعتقلت الشرطة ثلاثة رجال في المدينة اليوم الخميس."
    )
    assert [claim.place for claim in found] == ["سرمين", "سرمين"]


def test_of_two_towns_of_one_name_the_one_in_the_pages_country(claims: Claims) -> None:
    text = "ألقى ملثم قنبلة يدوية في منطقة باب التبانة في طرابلس شمال لبنان."
    assert claims(text)[0].country == "LB"
    assert claims("ألقى ملثم قنبلة يدوية في منطقة الفلانية في طرابلس غرب ليبيا.")[0].country == "LY"


def test_an_unknown_place_is_near_the_town_it_is_told_by(claims: Claims) -> None:
    (claim,) = claims("قتل ثلاثة مسلحين بغارة على وادي الزبرجد جنوب مدينة لودر في محافظة أبين.")
    assert (claim.place, claim.geo_precision, claim.lat) == ("وادي الزبرجد", 2, pytest.approx(13.88, abs=0.02))


def test_a_city_is_itself_whatever_governorate_the_page_tells_of(claims: Claims) -> None:
    found = claims("قتل شرطي بهجوم في مدينة أبها بمنطقة عسير.\n\nوأصيب حارس بإطلاق نار في جدة بمنطقة عسير.")
    assert [c.place_en for c in found] == ["Abha", "Jeddah"]


def test_items_of_another_governorate_take_no_day_from_the_first(claims: Claims) -> None:
    found = claims(
        "قتل خمسة حوثيين أمس في مواجهات بمدينة تعز.\n\nوفي محافظة مأرب، قتل ثمانية من الحوثيين في مواجهات مع المقاومة."
    )
    assert [(c.date_start and c.date_start.isoformat(), c.date_source) for c in found] == [
        ("2024-03-13", "relative"),
        ("2024-03-14", "publication"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("قالت مصادر في صنعاء إن الحوثيين قتلوا ثلاثة مدنيين في مدينة ذمار.", "ذمار"),
        ("اعترض الدفاع الجوي السعودي صاروخا أطلق من اليمن باتجاه خميس مشيط.", "خميس مشيط"),
        ("واس - جدة: قتل ثلاثة جنود بانفجار لغم في مدينة صعدة.", "صعدة"),
    ],
)
def test_not_where_it_is_told_or_fired_from(claims: Claims, text: str, place: str) -> None:
    (claim,) = claims(text)
    assert (claim.place, claim.other_places) == (place, ())


@pytest.mark.parametrize(
    ("text", "place", "others"),
    [
        ("شهدت العاصمة اللبنانية بيروت مظاهرة شارك فيها الآلاف.", "بيروت", ()),
        ("هاجم مسلحون سفارة الإمارات في طرابلس بقنبلة من دون وقوع ضحايا.", "طرابلس", ()),
        ("اندلعت اشتباكات أمس في محافظتي عمران والجوف.", "عمران", ("الجوف",)),
        ("قتل خمسة أشخاص أمس في تعز وإب.", "تعز", ("إب",)),
        ("اعتقلت قسد أمس عددا من الشبان في القسم الثالث من مخيم الهول.", "مخيم الهول", ()),
        ("أصيب ثلاثة أطفال أمس بقصف مدفعي مصدره مناطق سيطرة النظام، على بلدة البارة.", "البارة", ()),
    ],
)
def test_names_beside_names(claims: Claims, text: str, place: str, others: tuple[str, ...]) -> None:
    (claim,) = claims(text)
    assert (claim.place, claim.other_places) == (place, others)


def test_a_town_spelled_like_a_month(claims: Claims) -> None:
    (claim,) = claims("قتل ثلاثة مدنيين بقصف مدفعي على مدينة إب أمس.")
    assert (claim.place, str(claim.date_start)) == ("إب", "2024-03-13")
    (claim,) = claims("قتل مدنيان بقصف مدفعي على مدينة سرمين في آب 2020.")
    assert (claim.place, claim.other_places, str(claim.date_start)) == ("سرمين", (), "2020-08-01")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("قتل مدني بانفجار لغم على الطريق الواصل بين داعل وطفس.", "الطريق الواصل بين داعل وطفس"),
        ("قتل سبعة جنود في كمين بين مدينتي تكريت وبيجي.", "بين مدينتي تكريت وبيجي"),
        ("قتل مسلحون سائق سيارة على طريق نوى - الشيخ مسكين.", "طريق نوى - الشيخ مسكين"),
        ("خطف مسلحون تاجرا على طريق الحسكة تل براك.", "طريق الحسكة تل براك"),
    ],
)
def test_a_road_lies_between_its_ends(claims: Claims, text: str, place: str) -> None:
    (claim,) = claims(text)
    assert (claim.place, claim.geo_precision) == (place, 2)
    assert claim.lat is not None


def test_a_road_of_one_name_is_near_it(claims: Claims) -> None:
    (claim,) = claims("قتل شرطي بإطلاق نار على طريق تكريت.")
    assert (claim.place, claim.geo_precision) == ("تكريت", 2)


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("قتل خمسة أشخاص في هجوم مسلح استهدف مستوطنة النوارس أمس.", "مستوطنة النوارس", 1),
        ("قتل 12 شخصا في هجوم على قرية نائية في ولاية بورنو.", "ولاية بورنو", 3),
        ("قتل شخصان في اشتباكات في ولاية سنونوستان الهندية.", "سنونوستان", 3),
        ("انفجرت عبوة ناسفة في ناحية أبي صيدا بمحافظة ديالى.", "أبي صيدا", 1),
        ("قتل أربعة مدنيين في قصف على أحد شوارع هيت غربي العراق.", "هيت", 1),
        ("سيطر الجيش على حقل نفطي شرق تدمر.", "تدمر", 2),
    ],
)
def test_kind_words_and_what_describes_them(claims: Claims, text: str, place: str, precision: int) -> None:
    (claim,) = claims(text)
    assert (claim.place, claim.geo_precision) == (place, precision)


def test_a_kind_word_may_be_the_name_of_a_town(claims: Claims) -> None:
    (claim,) = claims("قتل مدني بقصف مدفعي على بلدة الحارة شمالي درعا أمس.")
    assert (claim.place, claim.admin1_en) == ("الحارة", "Daraa")


def test_and_opens_no_name(claims: Claims) -> None:
    (claim,) = claims("أصيب مدنيان بسقوط قذائف على مزرعة ومنزلين في مدينة سرمين أمس.")
    assert (claim.place, claim.other_places) == ("سرمين", ())


def test_the_displaced_leave_where_it_happened(claims: Claims) -> None:
    (claim,) = claims("نزح نحو 640 ألف شخص من إدلب منذ مطلع كانون الأول الماضي.")
    assert claim.place == "إدلب"
