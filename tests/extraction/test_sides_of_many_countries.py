"""Sides and tolls in plain sentences of the news of 2015, from Yemen to Nigeria: one construction each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.records import Claim

_DAY = date(2015, 8, 6)
_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_SIDES = [
    # forces known by whom they are loyal to; armed men loyal to the same man
    (
        "قصفت طائرات التحالف العربي أمس مواقع القوات الموالية للرئيس المخلوع علي عبدالله صالح في مدينة ذمار.",
        "SAU_COALITION",
        "OTHER:Saleh forces",
    ),
    ("سيطرت القوات الموالية للرئيس عبدربه منصور هادي أمس على مدينة بيحان.", "YEM_GOV", ""),
    ("سيطر مسلحون موالون للرئيس هادي أمس على مدينة لودر.", "YEM_RESISTANCE", ""),
    ("هاجمت وحدات موالية للشرعية مواقع الحوثيين في البيضاء أمس.", "YEM_GOV", "HOUTHI"),
    ("قصفت فصائل موالية لأنقرة قرية قرب تل تمر بسوريا أمس.", "SNA", ""),
    ("سيطرت قوات موالية للحكومة المعترف بها دوليا أمس على ميناء قرب مدينة أجدابيا الليبية.", "LBY_LNA", ""),
    # which coalition: by who leads it
    ("شنت مقاتلات التحالف الذي تقوده السعودية غارات على مواقع الحوثيين في البيضاء أمس.", "SAU_COALITION", "HOUTHI"),
    ("شن التحالف الذي تقوده الولايات المتحدة غارات على مواقع لتنظيم داعش قرب الرمادي أمس.", "COALITION", "IS"),
    # names of forces that any state has; whose they are where something says so
    ("اعترضت الدفاعات الجوية صاروخا فوق العاصمة السورية دمشق أمس.", "SYR_REGIME", ""),
    ("اغتال مسلحون مجهولون ضابطا في الأمن السياسي في مدينة عدن باليمن أمس.", "UNIDENTIFIED", "YEM_GOV"),
    ("أصيب ثلاثة جنود في هجوم لمتمردين أكراد بولاية هكاري في تركيا أمس.", "PKK", "TUR"),
    ("استعادت القوات الكردية أمس قرية قرب مخمور في العراق من تنظيم داعش.", "IRQ_KRG", "IS"),
    # who held before what somebody takes; who repels and kills; sides told apart by a second "between"
    ("استعاد مقاتلو الفصائل أمس نقاطا كانت قوات النظام سيطرت عليها في سهل الغاب.", "OPPOSITION", "SYR_REGIME"),
    ("حررت القوات العراقية أمس قرى كان يسيطر عليها تنظيم داعش شرق الرمادي.", "IRQ", "IS"),
    ("قتلت قوات البيشمركة 18 مسلحا من داعش خلال صد هجوم للتنظيم قرب مدينة مخمور أمس.", "IRQ_KRG", "IS"),
    (
        "دارت أمس اشتباكات بين قوات النظام السوري ومقاتلي حزب الله وبين مقاتلي جيش الفتح في سهل الغاب.",
        "SYR_REGIME HEZBOLLAH",
        "OPPOSITION",
    ),
    # who is only told of as the subject of a relative clause; an ambush for reinforcements; those loyal to somebody
    (
        "أعلنت حركة طالبان مقتل خمسة جنود أفغان في هجوم شنته على قاعدة في غزني أمس.",
        "TALIBAN",
        "OTHER:Afghan government",
    ),
    ("لقي 12 حوثيا مصرعهم في كمين نصبته المقاومة لتعزيزات الحوثيين في عتمة باليمن أمس.", "YEM_RESISTANCE", "HOUTHI"),
    ("قصف الحوثيون والموالون لصالح أحياء سكنية في تعز أمس.", "HOUTHI OTHER:Saleh forces", ""),
    # who announces an arrest made it
    ("أعلنت وزارة الداخلية السعودية أمس القبض على 14 شخصا في محافظة الخرج.", "OTHER:Saudi security forces", ""),
    ("قالت وزارة الداخلية الكويتية أمس إنه تم إلقاء القبض على خمسة أشخاص في منطقة الجهراء.", "OTHER:Kuwait", ""),
    ("سيطر المتشددون الموالون لداعش أمس على مدينة سرت الليبية.", "IS", ""),
    # what somebody burns is somebody's; who lost men to a raid did not fly it
    ("أحرقت مليشيات الحوثي خمسة منازل في مديرية عتمة باليمن أمس.", "HOUTHI", "CIVILIANS"),
    # a gunman, and an armed clash; where a place lies
    ("قالت الشرطة إن مسلحا قتل تسعة أشخاص داخل كنيسة أمس.", "UNIDENTIFIED", "CIVILIANS"),
    ("قتل رجل شخصين في مدينة مرسيليا الفرنسية أمس.", "", "CIVILIANS"),
    ("أوقفت فرق مكافحة الإرهاب 12 مشتبها به في مدينة إسطنبول بتركيا أمس.", "TUR", ""),
]

_TOLLS = [
    # told of beside others
    ("قتل عشرة جنود عراقيين إضافة إلى ثلاثة مدنيين في تفجير سيارة مفخخة بمدينة تكريت أمس.", "killed 13"),
    ("قتل ستة مدنيين بالإضافة إلى جنديين في انفجار عبوة ناسفة في مدينة كركوك أمس.", "killed 8"),
    # several of them; dead and hurt together
    ("شنت طائرات التحالف العربي أمس غارات عدة على مواقع الحوثيين في صعدة.", "strikes None"),
    ("سقط العشرات من الحوثيين بين قتيل وجريح في غارات للتحالف العربي على صعدة أمس.", "other None"),
    # behind a name and its adjective
    ("قتل الجيش النيجيري 30 مسلحا من جماعة بوكو حرام في ولاية بورنو أمس.", "killed 30"),
]


@pytest.mark.parametrize(("text", "actor1", "actor2"), _SIDES)
def test_sides(text: str, actor1: str, actor2: str, claims: Callable[..., list[Claim]]) -> None:
    claim, *_ = claims(text + _REST, _DAY)
    told = (" ".join(claim.actor1), " ".join(claim.actor2))
    assert told == (actor1, actor2)


@pytest.mark.parametrize(("text", "tolls"), _TOLLS)
def test_tolls(text: str, tolls: str, claims: Callable[..., list[Claim]]) -> None:
    claim, *_ = claims(text + _REST, _DAY)
    assert ", ".join(f"{c.measure} {c.best}" for c in claim.counts if c.group is None) == tolls
