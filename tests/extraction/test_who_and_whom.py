"""Sides of an occurrence in plain sentences of the daily news of many countries: one construction each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_TOLD = [
    # an adjective behind a name describes it, or says whose it is
    ("صدت قوات البيشمركة الكردية هجوما شنه تنظيم داعش على محور الكوير.", "IS", "IRQ_KRG"),
    ("افتتحت ميليشيا لواء الباقر الإيرانية مكتب انتساب في البوكمال لتجنيد شبان المنطقة.", "IRN_MILITIA", ""),
    ("عبرت وحدات الحرس الجمهوري العراقي الحدود وسيطرت على مدينة الجهراء.", "IRQ", ""),
    # a make, a passport and a press release name nobody
    ("أسقط الجيش الوطني الليبي طائرة مسيرة تركية الصنع قرب الجفرة.", "LBY_LNA", ""),
    ("اعتقلت قوات الأمن العراقية شخصا يحمل الجنسية اليمنية في البصرة.", "IRQ", ""),
    ("قال المتحدث في بيان صحفي إن القوات المسلحة السودانية تصدت لهجوم للدعم السريع شرق الفاشر أمس.", "RSF", "SDN_ARMY"),
    # a campaign, a blast, an attack that hits somebody
    ("حملة أمنية استهدفت تنظيم القاعدة في حضرموت وأسفرت عن اعتقال ثلاثة من عناصره.", "", "QAEDA"),
    ("أدان المجلس الهجوم الذي استهدف الشرطة المصرية في العريش وأدى إلى مقتل ستة.", "", "EGY"),
    ("قتل مدنيان بالقصف الذي شنته قوات النظام على بلدة سرمين.", "SYR_REGIME", "CIVILIANS"),
    # stones
    ("رشق مستوطنون سيارات الفلسطينيين بالحجارة جنوب نابلس مساء أمس.", "SETTLERS", "CIVILIANS"),
    ("رشق شبان فلسطينيون جنود الاحتلال بالحجارة عند حاجز قلنديا.", "PROTESTERS", "ISR"),
    ("رشق الأهالي الشرطة الإسرائيلية بالحجارة في مجدل شمس.", "PROTESTERS", "ISR"),
    # fights: one side alone, the latter as the attacker
    ("مقتل 40 حوثيا وأسر 15 خلال معارك في تعز.", "", "HOUTHI"),
    ("اندلعت اشتباكات بين قسد والجيش الوطني قرب مرعناز في محاولة من الأخير التسلل إلى مواقع قسد.", "SNA", "SDF"),
    (
        "قتل 18 من الحوثيين في مواجهات مع المقاومة الشعبية والجيش الوطني وغارات لطيران التحالف في مأرب.",
        "SAU_COALITION YEM_RESISTANCE YEM_GOV",
        "HOUTHI",
    ),
    # who is told beside, who stands guard, who strikes elsewhere at that time
    ("قصف النظام السوري ومعه حزب الله اللبناني مدينة الزبداني مساء أمس.", "SYR_REGIME HEZBOLLAH", ""),
    ("اقتحم مستوطنون بحماية جيش الاحتلال قرية المغير وأصابوا ثلاثة مواطنين.", "SETTLERS", "CIVILIANS"),
    ("شنت طائرات روسية غارات على ريف إدلب بالتزامن مع قصف مدفعي لقوات النظام على بلدة سرمين.", "RUS", ""),
    # a short name behind its fighters; a crowd that is taken; ambushes
    ("مسلحون من القاعدة سيطروا على مدينة زنجبار.", "QAEDA", ""),
    ("قتل ثلاثة عناصر من القاعدة بغارة لطائرة من دون طيار في مأرب.", "", "QAEDA"),
    ("اعتقلت قوة من سوات أربعين متظاهرا في البصرة بالعراق.", "IRQ", "PROTESTERS"),
    ("قتل أربعة مدنيين في كمين للحوثيين في البيضاء.", "HOUTHI", "CIVILIANS"),
    ("هاجم انتحاري كمينا للشرطة المصرية شرق مدينة بئر العبد فقتل سبعة.", "", "EGY"),
    ("دمرت طائرات التحالف مخزن أسلحة للحوثيين في جبل عطان بصنعاء.", "SAU_COALITION", "HOUTHI"),
    # a subject before a comma, behind "perpetrated", of a verb that nobody knows; who says that he managed it
    ("قالت مصادر إن القوات التركية والفصائل الموالية لها، قصفت قرية الكوزلية غربي تل تمر.", "TUR SNA", ""),
    ("ارتكب الاحتلال التركي مساء أمس مجزرة في قرية المستريحة راح ضحيتها 12 مواطنا.", "TUR", "CIVILIANS"),
    ("قال زعيم إن مسلحي القبائل نصبوا أمس كمينا لحافلة تقل حوثيين قرب عتق فقتلوا سبعة منهم.", "TRIBES", "HOUTHI"),
    ("أعلنت هيئة تحرير الشام تمكنها من قنص عنصر من قوات النظام في ريف حلب.", "HTS", "SYR_REGIME"),
    ("قتل خمسة مدنيين في الفاشر بطائرتين مسيرتين أطلقتهما قوات الدعم السريع.", "RSF", "CIVILIANS"),
    # two who agree; names that a country's pages use
    ("وقعت الحكومة اليمنية والحوثيون أمس في السويد اتفاقا لوقف إطلاق النار في الحديدة.", "YEM_GOV", "HOUTHI"),
    ("قال شهود إن مدفعية حفتر قصفت أمس منطقة عين زارة جنوبي طرابلس.", "LBY_LNA", ""),
    ("شنت شرطة عدن حملة مداهمات في المنصورة باليمن أوقفت خلالها أحد عشر شابا.", "YEM_GOV", "CIVILIANS"),
    ("تعرضت دورية أمن لإطلاق نار من مصدر مجهول في القطيف.", "UNIDENTIFIED", "OTHER:Saudi security forces"),
    # who condemns, who finds the dead; a dead man whom nobody knows is no side
    (
        "ندد رئيس مجلس النواب العراقي بالتفجير الذي استهدف مسجد قوات الطوارئ في عسير أمس وأدى إلى استشهاد 15.",
        "",
        "OTHER:Saudi security forces",
    ),
    ("عثرت الشرطة العراقية على جثة شاب مجهول الهوية في ذي قار.", "", ""),
    ("اقتحمت قوات الاحتلال مخيم الأمعري واعتقلت خمسة عشر مواطنا بعضهم أسرى محررون.", "ISR", "CIVILIANS"),
    # what moves and acts, what is deployed
    ("هدمت جرافات الاحتلال الإسرائيلي منزلا في سلوان.", "ISR", "CIVILIANS"),
    ("نشرت قسد قناصين على أسطح مدرستين في البصيرة.", "SDF", ""),
]


@pytest.mark.parametrize(("text", "actor1", "actor2"), _TOLD, ids=range(len(_TOLD)))
def test_who_and_whom(text: str, actor1: str, actor2: str, claims: Callable[..., list[Claim]]) -> None:
    claim, *_ = claims(text + _REST)
    assert (" ".join(claim.actor1), " ".join(claim.actor2)) == (actor1, actor2)


def test_the_page_says_who_the_enemy_is(claims: Callable[..., list[Claim]]) -> None:
    told = claims("شن العدو الإسرائيلي غارات على محيط دمشق.\n\nوتصدت الدفاعات الجوية السورية لصواريخ العدوان." + _REST)
    assert [(c.actor1, c.actor2) for c in told] == [(("ISR",), ()), (("SYR_REGIME",), ("ISR",))]


def test_the_terrorists_are_those_whom_the_page_called_so(claims: Callable[..., list[Claim]]) -> None:
    told = claims(
        "قتل الجيش العراقي خمسة من عصابات داعش الإرهابية في القائم.\n\nوفجر الإرهابيون منزلا في الرمانة." + _REST
    )
    assert [c.actor1 for c in told] == [("IRQ",), ("IS",)]


@pytest.mark.parametrize("further", ["واعتقلت آخرين في بلدة الشحيل.", "وقصفت بلدة ذيبان بقذائف الهاون."])
def test_a_verb_goes_on_with_the_subject_before_it(further: str, claims: Callable[..., list[Claim]]) -> None:
    told = claims("اعتقلت قسد شابا في بلدة البصيرة شرقي دير الزور.\n\n" + further + _REST)
    assert [c.actor1 for c in told] == [("SDF",), ("SDF",)]


@pytest.mark.parametrize(
    ("forces", "state"),
    [
        ("قوات الشرطة العراقية", "IRQ"),
        ("مديرية المخابرات في الجيش اللبناني", "LBN"),
        ("رجال الشرطة المصرية", "EGY"),
        ("الاستخبارات العسكرية العراقية", "IRQ"),
    ],
)
def test_forces_by_their_state(forces: str, state: str, claims: Callable[..., list[Claim]]) -> None:
    claim, *_ = claims(f"اعتقلت {forces} أمس ثلاثة مدنيين بعد مداهمة منزل." + _REST)
    assert claim.actor1 == (state,)


def test_the_aircraft_are_those_of_whom_the_page_named(claims: Callable[..., list[Claim]]) -> None:
    told = claims("قصف طيران النظام بلدة سرمين أمس.\n\nوشن الطيران الحربي ثلاث غارات على بلدة البارة." + _REST)
    assert [c.actor1 for c in told] == [("SYR_REGIME",), ("SYR_REGIME",)]


def test_a_counterattack_does_not_turn_the_sides_round(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims(
        "شنت فصائل المعارضة هجوما على مواقع قوات النظام في محيط بلدة كنصفرة أمس.\n\n"
        "وردت قوات النظام بقصف مواقع الفصائل في محيط البلدة."
    )
    assert (claim.actor1, claim.actor2) == (("OPPOSITION",), ("SYR_REGIME",))
