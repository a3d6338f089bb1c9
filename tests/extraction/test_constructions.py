"""Plain sentences of the daily news, one construction each: what they tell, who did it to whom, how many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_TOLD = [
    # words of death and their number
    ("لقي مدنيان حتفهما اليوم إثر غارة جوية روسية على بلدة سرمين.", "air_strike", "RUS", "CIVILIANS", "killed 2"),
    ("لقي شاب مصرعه برصاص الجندرما التركية قرب بلدة دركوش.", "attack_on_civilians", "TUR", "CIVILIANS", "killed 1"),
    ("أعلنت الوزارة تحييد خمسة إرهابيين من حزب العمال الكردستاني في شمال سوريا.", "armed_clash", "", "PKK", "killed 5"),
    # who stands before a verb in the plural
    (
        "وقال المرصد السوري إن ستة مدنيين قتلوا أمس في هجمات بطائرات مسيرة شنتها جماعات متشددة في حماة.",
        "drone_strike",
        "",
        "CIVILIANS",
        "killed 6",
    ),
    (
        "وأضاف المرصد أن 15 مدنيا وأربعة مقاتلين قتلوا أمس في ضربات جوية روسية على إدلب.",
        "air_strike",
        "RUS",
        "CIVILIANS",
        "killed 19",
    ),
    # people of a nation, soldiers of a nation, who only speaks
    ("وقال مسعفون إن تسعة سوريين قتلوا أمس في قصف على سوق في سرمين.", "shelling", "", "CIVILIANS", "killed 9"),
    (
        "قتل جندي تركي وأصيب اثنان بقصف لقوات سوريا الديمقراطية على قاعدة عسكرية في ريف حلب الشمالي.",
        "shelling",
        "SDF",
        "TUR",
        "killed 1, injured 2",
    ),
    (
        "أعربت الأمم المتحدة عن قلقها بعد مقتل 11 شخصا أمس في ضربات جوية روسية على محافظة إدلب.",
        "air_strike",
        "RUS",
        "CIVILIANS",
        "killed 11",
    ),
    ("أصيب عامل إغاثة بجروح جراء قصف على بلدة سرمين.", "shelling", "", "AID_WORKERS", "injured 1"),
    # raids, landings, subjects with a relative clause, subjects that nobody knows
    (
        "نفذت مروحيات التحالف الدولي فجر اليوم إنزالا جويا في بلدة أطمة، واعتقلت قياديا في تنظيم الدولة.",
        "arrest",
        "COALITION",
        "IS",
        "detained 1",
    ),
    (
        "اقتحمت قوات الاحتلال الإسرائيلي فجر اليوم مخيم جنين واعتقلت ستة شبان.",
        "arrest",
        "ISR",
        "CIVILIANS",
        "detained 6",
    ),
    (
        "اغتال مسلحون مجهولون يستقلون دراجة نارية ضابطا في جهاز المخابرات وسط بغداد.",
        "assassination",
        "UNIDENTIFIED",
        "IRQ",
        "killed 1",
    ),
    ("اعتقلت شعبة التفتيش اليوم عشرة شبان في بلدة الكسوة.", "arrest", "", "CIVILIANS", "detained 10"),
    # who is accused, who claims it
    (
        "اتهم النظام السوري إسرائيل بقصف مطار حلب أمس ما أدى إلى خروجه عن الخدمة.",
        "shelling",
        "ISR",
        "",
        "",
    ),
    ("اتهم ناشطون قسد بقتل شاب تحت التعذيب في سجن الصناعة أمس.", "torture", "SDF", "CIVILIANS", "killed 1"),
    ("أعلن تنظيم داعش مسؤوليته عن تفجير سيارة مفخخة في مدينة الحسكة أمس.", "explosive_device", "IS", "", ""),
    # parts before the verb, the nation of a civilian
    (
        "وقال الدفاع المدني إن 13 شخصا بينهم ستة أطفال قتلوا اليوم في قصف على بلدة أطمة.",
        "shelling",
        "",
        "CIVILIANS",
        "killed 13",
    ),
    ("وقتلت القوات التركية اليوم مواطنا سوريا قرب رأس العين.", "attack_on_civilians", "TUR", "CIVILIANS", "killed 1"),
    # members of a party, parts of those named, who blew it up
    (
        "قتل القيادي في حزب الله علي حسين بغارة من مسيرة إسرائيلية استهدفت سيارته على طريق البازورية أمس.",
        "drone_strike",
        "ISR",
        "HEZBOLLAH",
        "killed 1",
    ),
    (
        "قصفت طائرة مسيرة تركية أمس سيارة تقل عناصر من حزب العمال الكردستاني في سنجار، ما أسفر عن مقتل ثلاثة منهم.",
        "drone_strike",
        "TUR",
        "PKK",
        "killed 3",
    ),
    ("فجر مجهولون عبوة ناسفة بسيارة مدنية في مدينة درعا أمس.", "explosive_device", "UNIDENTIFIED", "CIVILIANS", ""),
    (
        "أصيب مدنيان بانفجار قنبلة يدوية ألقاها مجهولون في مدينة جرابلس أمس.",
        "grenade",
        "UNIDENTIFIED",
        "CIVILIANS",
        "injured 2",
    ),
    (
        "اندلعت اشتباكات بين عائلتين في مدينة الباب أمس أسفرت عن مقتل شخصين.",
        "armed_clash",
        "TRIBES",
        "TRIBES",
        "killed 2",
    ),
    # gunmen of nobody's
    ("هاجم مسلحون أمس حاجزا للجيش في مدينة تدمر.", "armed_clash", "UNIDENTIFIED", "SYR_REGIME", ""),
    ("اختطف مسلحون أمس مدير شركة نفطية في مدينة كركوك.", "abduction", "UNIDENTIFIED", "CIVILIANS", "abducted 1"),
    # movements
    ("سيرت الشرطة العسكرية الروسية اليوم دورية في مدينة منبج.", "troop_movement", "RUS", "", ""),
    ("وصل رتل عسكري تركي مؤلف من 40 آلية اليوم إلى شير مغار.", "troop_movement", "TUR", "", "vehicles 40"),
    ("انسحبت قوات النظام اليوم من بلدة كفرنبودة.", "troop_movement", "SYR_REGIME", "", ""),
    # crowds: what they do, and what is done to them
    (
        "اندلعت مواجهات في قرية كفر قدوم شرق قلقيلية، رشق خلالها الشبان الجنود بالحجارة.",
        "riot",
        "PROTESTERS",
        "",
        "",
    ),
    ("اشتبكت الشرطة مع متظاهرين تجمعوا اليوم في شوارع مدينة البصرة.", "riot", "PROTESTERS", "IRQ", ""),
    (
        "قتل متظاهر أمس عندما أطلقت قوات الأمن النار على محتجين أمام مبنى شركة الكهرباء في المكلا.",
        "protest",
        "PROTESTERS",
        "YEM_GOV",
        "killed 1",
    ),
    ("قمعت قوات الاحتلال أمس المسيرة الأسبوعية السلمية في كفر قدوم.", "protest", "PROTESTERS", "ISR", ""),
    # a place taken, with the fight behind it; an agreement between capitals; shells that are no two
    ("سيطرت فصائل المعارضة على بلدة سرمين بعد اشتباكات عنيفة.", "territory_captured", "OPPOSITION", "", ""),
    ("توصلت موسكو وأنقرة أمس إلى اتفاق جديد لوقف إطلاق النار في إدلب.", "agreement", "RUS", "TUR", ""),
    ("أطلق حزب الله رشقة صاروخية باتجاه مستوطنة كريات شمونة.", "shelling", "HEZBOLLAH", "", ""),
    ("توفي معتقل اليوم تحت التعذيب في سجون الحوثيين بصنعاء.", "torture", "HOUTHI", "PRISONERS", "killed 1"),
]


@pytest.mark.parametrize(("text", "action", "actor1", "actor2", "counts"), _TOLD, ids=range(len(_TOLD)))
def test_sentence(
    text: str, action: str, actor1: str, actor2: str, counts: str, claims: Callable[..., list[Claim]]
) -> None:
    (claim,) = claims(text + _REST)
    assert (claim.action, " ".join(claim.actor1), " ".join(claim.actor2)) == (action, actor1, actor2)
    assert ", ".join(f"{c.measure} {c.best}" for c in claim.counts if c.group is None) == counts


def test_the_dead_of_a_war_are_no_event_of_today(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("وأدت الحرب إلى مقتل نحو 377 ألف شخص في اليمن بحسب الأمم المتحدة." + _REST)
    assert claim.is_aggregate and claim.action == "casualty_toll" and claim.date_start is None


def test_the_middle_of_a_town_is_the_town(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("انفجرت عبوة ناسفة اليوم وسط بغداد." + _REST)
    assert (claim.place, claim.geo_precision) == ("بغداد", 1)


def test_what_made_them_leave_is_another_occurrence(claims: Callable[..., list[Claim]]) -> None:
    told = claims("انسحبت قوات النظام اليوم من بلدة كفرنبودة بعد هجوم لفصائل المعارضة." + _REST)
    assert [(c.place, c.actor1) for c in told if c.action == "troop_movement"] == [("كفرنبودة", ("SYR_REGIME",))]


def test_a_quarry_of_stones_is_no_riot(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("أصيب عامل في منشرة الحجارة اليوم بغارة روسية على بلدة حفسرجة." + _REST)
    assert claim.action == "air_strike"


def test_a_directorate_is_no_place(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("نفذ معلمون اليوم وقفة احتجاجية أمام مديرية التربية في مدينة إدلب." + _REST)
    assert claim.place == "إدلب"


@pytest.mark.parametrize(
    ("words", "place"), [("على طريق تدمر", "تدمر"), ("في معبر نصيب", "معبر نصيب"), ("قرب الشدادي", "الشدادي")]
)
def test_a_name_that_is_a_verb_too_is_a_name_behind_a_preposition(
    words: str, place: str, claims: Callable[..., list[Claim]]
) -> None:
    (claim,) = claims(f"انفجرت عبوة ناسفة {words} اليوم." + _REST)
    assert claim.place == place


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("وقالت مصادر يمنية لوكالة الأنباء الألمانية إن", ["وكالة الأنباء الألمانية", "مصادر يمنية"]),
        ("واتهم ناشطون", ["ناشطون"]),
        ("كما ذكر كاوه زيباري مسؤول الإعلام،", ["كاوه زيباري"]),
        ("وأفاد مراسلنا أحمد العلي بأن", ["أحمد العلي"]),
    ],
)
def test_who_says_so(words: str, sources: list[str], claims: Callable[..., list[Claim]]) -> None:
    told = "قسد بقتل مدني أمس في مدينة الباب." if "اتهم" in words else "القصف أدى أمس إلى مقتل سبعة أشخاص في مدينة عتق."
    (claim,) = claims(f"{words} {told}" + _REST)
    assert [source.name for source in claim.sources] == sources


@pytest.mark.parametrize(
    "text",
    [
        'وقال المدرب بعد اللقاء: "خضنا معركة حقيقية وقتلنا المباراة في الوقت المناسب".',
        "وقال متعاملون إن السوق تعرضت خلال الأسبوع الماضي لهجوم من المضاربين.",
        "تستعد القوات العراقية لتدريب عناصر جدد في مدينة الموصل.",
        "تشن قسد محاولات تسلل كل فترة على ريف حلب.",
        "ضبط مراقبو البلدية أمس عددا من المواقع التي تعمل بها عمالة مخالفة في أبها.",
        "أرجأت محكمة في مدينة فرانكفورت جلسة كانت مقررة اليوم في قضية طبيب متهم بارتكاب جرائم خلال سنوات الحرب.",
    ],
)
def test_figures_of_speech_and_courts_are_no_events(text: str, claims: Callable[..., list[Claim]]) -> None:
    assert claims(text + _REST) == []


def test_a_week_in_days_is_a_period(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims(
        "أحصى مرصد البادية مقتل 62 شخصا في محافظة دير الزور خلال الفترة الممتدة من 2 إلى 8 آذار الجاري." + _REST
    )
    assert claim.is_aggregate and claim.action == "casualty_toll"
