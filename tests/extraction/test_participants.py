"""Parties of plain news from many countries, one construction each: who did it, to whom, and whose the counted are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.records import Claim

_DAY = date(2023, 6, 15)
_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_TOLD = [
    # forces named by the adjective of a state, or by nothing on a page about it; nationals are no forces
    ("اعتقلت الشرطة الألمانية ثلاثة مشتبه بهم في برلين أمس.", "OTHER:Germany", "", "detained 3"),
    (
        "قتل جندي هندي وأصيب اثنان بنيران القوات الباكستانية قرب الحدود أمس.",
        "OTHER:Pakistan",
        "OTHER:India",
        "injured 2, killed 1, killed 1 of OTHER:India",
    ),
    ("اعتقلت الشرطة ثمانية أشخاص في مدينة كانو شمال نيجيريا أمس.", "OTHER:Nigeria", "", "detained 8"),
    ("قتل ثلاثة عمال هنود في انفجار بمدينة دبي أمس.", "", "CIVILIANS", "killed 3"),
    # men of the police are no men, men of the tribes no civilians; kinds told in several phrases are summed
    (
        "قتل رجلا أمن في هجوم مسلح استهدف نقطة تفتيش في الدمام أمس.",
        "",
        "OTHER:Saudi security forces",
        "killed 2, killed 2 of OTHER:Saudi security forces",
    ),
    (
        "قتل ثلاثة من رجال القبائل في مواجهات مع الحوثيين في مدينة البيضاء أمس.",
        "HOUTHI",
        "TRIBES",
        "killed 3, killed 3 of TRIBES",
    ),
    (
        "قتل ضابط وثلاثة من أفراد الشرطة في انفجار عبوة ناسفة استهدفت دوريتهم في بعقوبة أمس.",
        "",
        "IRQ",
        "killed 4, killed 4 of IRQ",
    ),
    ("أصيب اثنان من رجال الإطفاء في انفجار صهريج في بيروت أمس.", "", "AID_WORKERS", "injured 2, injured 2 of rescuers"),
    ("قبضت الجهات الأمنية في جدة على أربعة أشخاص أمس.", "OTHER:Saudi security forces", "", "detained 4"),
    # a verb with و goes on with the subject before it
    ("حاصرت القوات التركية البلدة واعتقلت عشرة شبان في سرمين أمس.", "TUR", "CIVILIANS", "detained 10"),
    ("أحبطت الشرطة الإسبانية مخططا واعتقلت خمسة أشخاص في برشلونة أمس.", "OTHER:Spain", "", "detained 5"),
    # armed men of nobody's act; those of somebody are his; those killed are told by name where there is one
    ("قتل شاب على يد مسلحين في مدينة درعا أمس.", "UNIDENTIFIED", "CIVILIANS", "killed 1"),
    ("أقدم مسلحون على إعدام ثلاثة أشخاص في مدينة سرت أمس.", "UNIDENTIFIED", "CIVILIANS", "killed 3"),
    (
        "نصب مسلحون كمينا لدورية للجيش في لحج وقتلوا أربعة جنود أمس.",
        "UNIDENTIFIED",
        "YEM_GOV",
        "killed 4, killed 4 of YEM_GOV",
    ),
    ("خطفت مجموعة مسلحة سائحا في مدينة مأرب أمس.", "UNIDENTIFIED", "CIVILIANS", "abducted 1"),
    ("اختطف مسلحون حوثيون ناشطا سياسيا في مدينة ذمار أمس.", "HOUTHI", "CIVILIANS", "abducted 1"),
    ("سيطر مسلحون من داعش على قرية القيارة أمس.", "IS", "", ""),
    # from whom a place is taken; who belongs to whom; those who set a charge; who only sounds like a source
    ("تمكنت القوات العراقية من تحرير قرية القيارة من سيطرة داعش أمس.", "IRQ", "IS", ""),
    ("استعادت القوات العراقية مصفاة بيجي من داعش أمس.", "IRQ", "IS", ""),
    ("سيطر تنظيم داعش على مدينة تدمر بعد انسحاب قوات النظام منها أمس.", "IS", "SYR_REGIME", ""),
    ("أوقفت الشرطة التركية 30 شخصا يشتبه بانتمائهم إلى داعش في أنقرة أمس.", "TUR", "IS", "detained 30"),
    (
        "قتل 13 من داعش بقصف لطيران التحالف الدولي على رتل للتنظيم قرب بلدة القائم أمس.",
        "COALITION",
        "IS",
        "killed 13, killed 13 of IS",
    ),
    (
        "أعلن حزب الله مقتل أربعة من عناصره في كمين لجبهة النصرة في جرود عرسال أمس.",
        "HTS",
        "HEZBOLLAH",
        "killed 4, killed 4 of HEZBOLLAH",
    ),
    (
        "قصفت ميليشيات الحوثي وصالح أحياء سكنية في مدينة تعز أمس ما أدى إلى مقتل مدنيين اثنين.",
        "HOUTHI, OTHER:Saleh forces",
        "CIVILIANS",
        "killed 2, killed 2 of civilians",
    ),
    ("اعترضت الدفاعات الجوية السعودية صاروخا أطلقه الحوثيون باتجاه مدينة جازان أمس.", "SAU_COALITION", "HOUTHI", ""),
    ("سيطرت طالبان على مدينة قندوز أمس.", "TALIBAN", "", ""),
    ("قتل سبعة مسلحين من طالبان في غارة قرب مدينة قندوز أمس.", "", "TALIBAN", "killed 7, killed 7 of TALIBAN"),
    # a protest is the crowd's act; the forces that break it up are whom it meets
    ("فرقت قوات الأمن المغربية مظاهرة في مدينة طنجة أمس.", "PROTESTERS", "OTHER:Morocco", ""),
    ("اندلعت احتجاجات عراقية في مدينة البصرة أمس.", "PROTESTERS", "", ""),
    # nationals are people, and nobody's forces
    ("خطف مسلحون ثلاثة أتراك في مدينة كركوك أمس.", "UNIDENTIFIED", "CIVILIANS", "abducted 3"),
    ("أعدم تنظيم داعش 21 مصريا في مدينة سرت أمس.", "IS", "CIVILIANS", "killed 21"),
    ("قتل 15 شخصا في اشتباكات قبلية في شرق دارفور أمس.", "TRIBES", "TRIBES", "killed 15"),
    # forces of a country named behind them; who only holds an area
    (
        "قتلت قوات الأمن في قرغيزستان ستة متشددين في مدينة بشكك أمس.",
        "OTHER:Kyrgyzstan",
        "",
        "killed 6, killed 6 of combatants",
    ),
    (
        "أصيب مدنيان بقصف للقوات التركية على تل رفعت الواقعة في مناطق انتشار قوات النظام والقوات الكردية أمس.",
        "TUR",
        "CIVILIANS",
        "injured 2, injured 2 of civilians",
    ),
    ("فجر عناصر القاعدة مقرا للجيش في مدينة المكلا أمس.", "QAEDA", "YEM_GOV", ""),
    ("اعتقلت اللجان الشعبية خمسة من أنصار الحوثي في لودر بمحافظة أبين أمس.", "YEM_RESISTANCE", "HOUTHI", "detained 5"),
]


_TOLD += [
    # men called by their sons and told what they are; units called after martyrs; "so-called"
    ('اغتال مجهولون "أبو حسن الديري" أمس في مدينة رأس العين.', "UNIDENTIFIED", "CIVILIANS", "killed 1"),
    (
        "قتل المدعو عبد الحكيم العلي أمس جراء انفجار عبوة ناسفة بسيارة في مدينة الباب.",
        "",
        "CIVILIANS",
        "killed 1",
    ),
    # those killed together, and whose toll it is
    (
        "قالت مصادر أمنية إن جنديين تركيين وحارسا قتلوا أمس في بلدة شرناق.",
        "",
        "TUR",
        "killed 1 of combatants, killed 2 of TUR, killed 3",
    ),
    # a truce's parties, the regime of another state, an act of terror, whoever fired long ago
    (
        "قتل رجل بقصف لقوات النظام على أريحا أمس رغم الهدنة الموقعة بين تركيا وروسيا منذ آذار 2020.",
        "SYR_REGIME",
        "CIVILIANS",
        "killed 1, killed 1 of men",
    ),
    ("استهدف النظام التركي المدنيين في مدينة كوباني أمس بالأسلحة الثقيلة.", "TUR", "CIVILIANS", ""),
    ("تعرض المسجد في مدينة الكويت إلى تفجير إرهابي أمس أدى إلى مقتل 26 شخصا.", "", "CIVILIANS", "killed 26"),
    (
        "أصيب طفلان أمس جراء انفجار قنبلة من مخلفات قصف النظام السوري على حي في مدينة درعا.",
        "SYR_REGIME",
        "CIVILIANS",
        "injured 2, injured 2 of children",
    ),
    # of a thing only its source is unknown; a number of dead and hurt is said of each, their kind of both
    ("قتلت طفلتان أمس إثر انفجار مجهول المصدر في مدينة جرابلس.", "", "CIVILIANS", "killed 2, killed 2 of children"),
    (
        "خلف القصف على بلدة سرمين أمس العشرات من الشهداء والجرحى المدنيين.",
        "",
        "CIVILIANS",
        "injured None, injured None of civilians, killed None, killed None of civilians",
    ),
    # whom an attack is laid to, and with whom its victims were said to work
    ("قتل 13 شخصا أمس في هجمات على ديار بكر نسبت إلى حزب العمال الكردستاني.", "PKK", "CIVILIANS", "killed 13"),
    (
        "أعلن حزب العمال الكردستاني مسؤوليته عن إعدام عنصرين من الشرطة التركية أمس بعد اتهامهما بالتعاون مع داعش.",
        "PKK",
        "TUR",
        "killed 2, killed 2 of TUR",
    ),
]


@pytest.mark.parametrize(("text", "actor1", "actor2", "counts"), _TOLD)
def test_parties(text: str, actor1: str, actor2: str, counts: str, claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims(text + _REST, day=_DAY)
    assert (", ".join(claim.actor1), ", ".join(claim.actor2)) == (actor1, actor2)
    rows = sorted(f"{c.measure} {c.best}{f' of {c.group}' if c.group else ''}" for c in claim.counts)
    assert ", ".join(rows) == counts


def test_forces_that_answer_a_bombing_did_not_do_it(claims: Callable[..., list[Claim]]) -> None:
    text = "أغلقت قوات الأمن التونسية المنطقة بعد التفجير الانتحاري في سوسة واعتقلت عشرة أشخاص أمس." + _REST
    assert {c.action: c.actor1 for c in claims(text, day=_DAY)} == {"suicide_bomb": (), "arrest": ("OTHER:Tunisia",)}


def test_who_announces_its_own_deed_did_it(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("أعلنت قسد سيطرتها على قرية الحريجية بعد اشتباكات في ريف دير الزور." + _REST, day=_DAY)
    assert (claim.action, claim.actor1) == ("territory_captured", ("SDF",))


@pytest.mark.parametrize(("day", "actor"), [(date(2015, 8, 1), "OPPOSITION"), (date(2022, 8, 1), "SNA")])
def test_a_faction_before_and_in_the_army_it_joined(claims: Callable[..., list[Claim]], day: date, actor: str) -> None:
    (claim,) = claims("قصفت الجبهة الشامية قرية مرعناز بالمدفعية الثقيلة." + _REST, day=day)
    assert claim.actor1 == (actor,)
