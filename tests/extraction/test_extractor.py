"""The whole of extraction: evidence is in the text, ids are stable, nothing crashes it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.articles import clean
from conflict_events.extraction import load_extractor
from conflict_events.records import Article, Claim

WORDS = (
    "قتل أصيب قصف غارة استهدف انفجار اشتباكات مدنيين ثلاثة 15 نحو أكثر من طفل بينهم سرمين إدلب ريف قوات "
    "النظام روسيا داعش قال المرصد السوري بحسب مصادر محلية اليوم أمس الخميس منذ بداية العام جراء ما أدى "
    'إلى وقتل كما فيما ، . : ؛ ( ) " - لم من على في و '
).split()


def extract(text: str, title: str = "", day: date | None = date(2024, 3, 14)) -> list[Claim]:
    article = Article("a_fuzz", text, title, published_at=day)
    return load_extractor().extract(clean(article))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from(["\n\n", " ", "\u200f ", "ـ"]))
def test_no_order_of_words_crashes_it(words: list[str], glue: str) -> None:
    text = " ".join(words[:30]) + glue + " ".join(words[30:])
    article = Article("a_fuzz", text, published_at=date(2024, 3, 14))
    for claim in extract(text):
        assert article.full_text[claim.evidence_start : claim.evidence_end] == claim.evidence
        for span in (*claim.spans, *claim.counts, *claim.sources):
            if span.start is not None and span.end is not None:
                assert 0 <= span.start < span.end <= len(article.full_text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_no_text_crashes_it(text: str) -> None:
    assert isinstance(extract(text), list)


def test_reading_twice_gives_the_same_claims(claims: Callable[..., list[Claim]]) -> None:
    text = "قتل أربعة مدنيين بقصف لقوات النظام على مدينة سرمين.\n\nوانفجرت عبوة ناسفة في مدينة الباب."
    assert claims(text) == claims(text)
    assert len({claim.claim_id for claim in claims(text)}) == 2


def test_without_a_publication_day_a_relative_day_stays_open(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("قصفت قوات النظام أمس مدينة سرمين بالمدفعية.", day=None)
    assert claim.date_start is None and claim.date_source is None


def test_a_full_date_needs_no_publication_day(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("قصفت قوات النظام مدينة سرمين بالمدفعية في 5 شباط 2022.", day=None)
    assert (claim.date_start, claim.date_source) == (date(2022, 2, 5), "explicit")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "من المتوقع أن تقصف قوات النظام مدينة سرمين.",
        "نفى الجيش قصف مدينة سرمين.",
        "هل قصفت قوات النظام مدينة سرمين؟",
        "سجل اللاعب هدفين في المباراة التي جرت في مدينة حمص.",
    ],
)
def test_what_tells_of_no_occurrence_gives_no_claim(text: str, claims: Callable[..., list[Claim]]) -> None:
    assert claims(text) == []


def test_a_year_of_birth_is_no_day_of_death() -> None:
    (claim,) = extract("قتل الشاب أحمد المحمد، من مواليد عام 1995، برصاص مجهولين في مدينة نوى أمس.")
    assert (claim.date_start, claim.place) == (date(2024, 3, 13), "نوى")
    (claim,) = extract("قتل رجل من مواليد حلب 1965 برصاص مجهولين في مدينة نوى.")
    assert (claim.date_start, claim.place) == (date(2024, 3, 14), "نوى")


def test_what_is_remembered_happened_then() -> None:
    (claim,) = extract(
        "ويستذكر الأهالي غداً الهجوم الكيماوي على مدينة حلبجة في 16 آذار 1988، الذي أودى بحياة نحو خمسة آلاف مدني."
    )
    assert claim.date_start == date(1988, 3, 16) and claim.is_background


def test_who_counted_does_not_hide_since_when() -> None:
    text = "وبلغت الحصيلة التي وثقها الدفاع المدني منذ مطلع العام الجاري مقتل 38 شخصاً في هجمات على شمال غربي سوريا."
    (claim,) = extract(text)
    assert claim.is_aggregate and (claim.date_start, claim.date_end) == (date(2024, 1, 1), date(2024, 3, 14))


def test_a_title_of_two_acts_at_two_places_lends_none_its_perpetrator() -> None:
    title = "قصف تركي على بلدة سرمين وتفجير انتحاري شمال بغداد"
    text = (
        "قصفت طائرات تركية، فجر اليوم الخميس، مواقع لحزب العمال الكردستاني في بلدة سرمين.\n\n"
        "وفجّر انتحاري نفسه صباح اليوم عند حاجز للجيش العراقي في قضاء الطارمية، ما أسفر عن مقتل جندي."
    )
    strike, bomb = extract(text, title)
    assert (strike.place, strike.actor1) == ("سرمين", ("TUR",)) and strike.action in ("shelling", "air_strike")
    assert (bomb.action, bomb.place, bomb.actor1, bomb.actor2) == ("suicide_bomb", "الطارمية", (), ("IRQ",))


def test_at_least_makes_no_killers_of_the_killed() -> None:
    (claim,) = extract("قُتل خمسة مقاتلين من حزب الله على الأقل في ضربات جوية إسرائيلية قرب الكسوة جنوب دمشق.")
    assert (claim.actor1, claim.actor2) == (("ISR",), ("HEZBOLLAH",))
    assert (claim.counts[0].low, claim.counts[0].high) == (5, None)


def test_two_masdars_tied_by_and_are_one_act_of_one_actor() -> None:
    (claim,) = extract(
        "عمدت الميليشيات الإيرانية اليوم في مدينة الميادين إلى إنزال راياتها من مقراتها، ورفع رايات قوات النظام."
    )
    assert (claim.action, claim.actor1, claim.actor2) == ("troop_movement", ("IRN_MILITIA",), ())


def test_they_fell_says_how_those_already_counted_died() -> None:
    text = (
        "شنت طائرات إسرائيلية فجر أمس الأربعاء غارات على مواقع عسكرية قرب مدينة تدمر.\n\n"
        "وأسفر القصف عن مقتل 23 شخصاً، وسقطوا جراء استهداف مستودعات لكل من قوات النظام وحزب الله اللبناني."
    )
    (claim,) = extract(text)
    assert (claim.actor1, claim.actor2) == (("ISR",), ("SYR_REGIME", "HEZBOLLAH"))
    assert [(c.measure, c.best, c.group) for c in claim.counts] == [("killed", 23, None)]


def test_some_days_ago_is_no_news_of_today() -> None:
    old, fresh = extract(
        "وقبل أيام استهدف مسلحون بالرصاص حاجزاً لقوات النظام في مدينة الميادين.\n\n"
        "وانفجرت اليوم الخميس عبوة ناسفة في مدينة الباب."
    )
    assert old.is_background and not fresh.is_background


def test_a_desert_named_with_the_day_tells_more_than_its_town() -> None:
    text = (
        "تتصاعد الغارات الإسرائيلية على البوكمال، وكان آخرها قبل أيام وراح فيها 19 قتيلاً.\n\n"
        "ونفذت الطائرات الإسرائيلية ليل الثلاثاء – الأربعاء غارات في بادية البوكمال، ما أدى إلى مقتل 19 عنصراً."
    )
    (claim,) = extract(text)
    assert (claim.place, claim.geo_precision) == ("البوكمال", 2)


_RECALLED = [
    ("دان مجلس الوزراء التفجير الذي استهدف مسجدا في مدينة أبها وأدى إلى استشهاد عدد من المصلين.", None),
    (
        "تفقد نائب الملك مساء اليوم المسجد الذي استشهد فيه عدد من رجال الأمن في عملية تفجير إرهابية "
        "في مدينة أبها الخميس الماضي.",
        date(2024, 3, 7),
    ),
    (
        "اطمأن الوزير على المصابين في حادث تفجير مسجد الطوارئ في مدينة أبها، حيث قام بزيارتهم صباح أمس الأربعاء.",
        None,
    ),
]


@pytest.mark.parametrize(("text", "day"), _RECALLED)
def test_what_is_condemned_or_condoled_is_background_and_has_no_day_of_the_visit(text: str, day: date | None) -> None:
    rest = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nوطالب الأهالي بالمساعدة."
    (claim,) = extract(text + rest)
    assert (claim.is_background, claim.date_start) == (True, day)


def test_what_is_condemned_with_its_day_is_of_that_day() -> None:
    (claim,) = extract("نددت المنظمة بالغارة التي قتلت عشرة مدنيين أمس في مدينة صعدة.\n\nوطالب الأهالي بالمساعدة.")
    assert (claim.is_background, claim.date_start) == (False, date(2024, 3, 13))
