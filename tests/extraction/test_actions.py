"""The action by triggers, means and victims."""

from collections.abc import Callable

import pytest

from conflict_events.extraction.families import FAMILIES, family
from conflict_events.records import Claim
from conflict_events.snapshots import load_actions


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("قصفت قوات النظام بلدة سرمين بالمدفعية", "shelling"),
        ("شنت الطائرات الحربية الروسية ثلاث غارات على بلدة البارة", "air_strike"),
        ("استهدفت طائرة مسيرة تركية سيارة في مدينة القامشلي ما أدى إلى مقتل شخصين", "drone_strike"),
        ("قتل جنديان بانفجار عبوة ناسفة في مدينة نوى", "explosive_device"),
        ("قتل طفل بانفجار لغم أرضي من مخلفات الحرب في قرية الشيحة", "landmine"),
        ("فجر انتحاري نفسه داخل مسجد في مدينة الموصل ما أدى إلى مقتل عشرة مصلين", "suicide_bomb"),
        ("ألقى مجهولون قنبلة يدوية على منزل في مدينة درعا ما أدى إلى إصابة رجل", "grenade"),
        ("اندلعت اشتباكات بين قوات النظام وفصائل المعارضة في محيط بلدة كفر نبل", "armed_clash"),
        ("سيطرت قوات سوريا الديمقراطية على بلدة هجين", "territory_captured"),
        ("اغتال مسلحون مجهولون قياديا سابقا في مدينة جاسم", "assassination"),
        ("اعتقلت قوات سوريا الديمقراطية خمسة شبان في بلدة الشحيل", "arrest"),
        ("خطف مسلحون طبيبا في مدينة السويداء", "abduction"),
        ("خرجت مظاهرة في مدينة إدلب ضد الغلاء", "protest"),
        ("انشق عشرة عناصر عن قوات النظام في مدينة دير الزور", "defection"),
        ("بلغ عدد العناصر الذين تركوا صفوف قسد والتحقوا بفصيل محلي في مدينة الرقة نحو 20", "defection"),
        ("دخل رتل عسكري تركي إلى مدينة إدلب", "troop_movement"),
        ("أنشأت القوات التركية صباح اليوم قاعدة عسكرية في قرية عنيق الهوى", "base_established"),
        ("أسقطت الدفاعات الجوية طائرة مسيرة فوق مدينة حلب", "weapons_disrupted"),
        ("أسقطت مروحيات النظام براميل متفجرة على بلدة البارة", "air_strike"),
        ("وصلت عشرون جثة لمقاتلين إلى مدينة البوكمال", "body_transfer"),
        ("توصل الطرفان في مدينة تعز إلى هدنة بين القوات الحكومية والحوثيين", "agreement"),
    ],
)
def test_action(text: str, action: str, claims: Callable[..., list[Claim]]) -> None:
    found = claims(text)
    assert [claim.action for claim in found] == [action]


def test_every_action_of_the_codebook_has_a_family() -> None:
    known = {action for actions in FAMILIES.values() for action in actions.split()}
    assert known == set(load_actions())
    assert family("casualty_toll") == "Toll"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("أعدم تنظيم داعش ستة أشخاص رميا بالرصاص في مدينة هيت.", "execution"),
        ("استهدف مجهولون ضابطا في المخابرات الجوية بالرصاص في بلدة جباب ما أدى إلى مقتله.", "armed_clash"),
        ("نفذت قسد حملة مداهمات في مخيم الهول للبحث عن مطلوبين.", "other"),
        ("ألقت طائرات إسرائيلية منشورات ورقية على مدينة القنيطرة.", "other"),
        ("شن الجيش الإسرائيلي عدة ضربات على مواقع في محيط دمشق.", "air_strike"),
        ("قتل ثلاثة أشخاص وأصيب 13 بحوادث أمنية متفرقة في بغداد أمس.", "casualty_toll"),
        ("ضبطت الشرطة أربعة مطلوبين في مدينة البصرة.", "arrest"),
        ("أحكمت المقاومة الشعبية قبضتها على مدينة الحوطة بعد مواجهات مع الحوثيين.", "territory_captured"),
        ("انتزعت القوات الحكومية مدينة المخا من الحوثيين أمس.", "territory_captured"),
        ("توصلت أنقرة وموسكو إلى مذكرة تفاهم لتعزيز وقف إطلاق النار في إدلب.", "agreement"),
    ],
)
def test_what_settles_the_action(text: str, action: str, claims: Callable[..., list[Claim]]) -> None:
    assert [claim.action for claim in claims(text)] == [action]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        # dawn is no verb, a truce that comes into force an agreement
        ("أوقفت فرق الأمن عشرين مشتبها خلال عمليات نفذت فجرا في أربعة أحياء في مدينة إسطنبول.", "arrest"),
        ("دخلت الهدنة حيز التنفيذ في مدينة تعز منتصف ليل أمس.", "agreement"),
        # what is foiled: an attack is a fight, a bomb a bomb disrupted, a missile shot down
        ("أحبطت القوات العراقية هجوما لداعش على بلدة البغدادي وقتلت خمسة من عناصره.", "armed_clash"),
        ("أحبطت الشرطة تفجيرا انتحاريا في مدينة القطيف.", "weapons_disrupted"),
        ("وسائط الدفاع الجوي تصدت لعدوان إسرائيلي استهدف مدينة حمص.", "weapons_disrupted"),
        # who is captured, driven out, set free, leaves his camp
        ("أسرت المقاومة الشعبية عشرين من الحوثيين في مدينة تعز.", "arrest"),
        ("طردت القوات الحكومية الحوثيين من مدينة عدن.", "territory_captured"),
        ("تبادل لإطلاق النار بين مجموعتين في مخيم عين الحلوة يسفر عن قتيل وجريحين.", "armed_clash"),
        ("فضت الشرطة أمس مسيرة لعشرات المحتجين في مدينة المنيا.", "protest"),
        ("نزعت الفرق الهندسية أمس نحو ألف لغم في مدينة عدن.", "weapons_disrupted"),
        ("تمكنت الشرطة من تحرير ثلاث رهائن في مدينة بنغازي.", "other"),
        ("ترك عشرات الجنود معسكرهم في لحج والتحقوا بالمقاومة الشعبية.", "defection"),
        ("احتلت الميليشيات مبنى الإذاعة في مدينة الحديدة.", "territory_captured"),
        # crowds: what they set on fire is a riot, who shoots at them leaves a protest one
        ("أضرم محتجون غاضبون النار في مقر حزب في مدينة الديوانية فقضى خمسة منهم.", "riot"),
        ("شهدت مدينة سبها احتجاجات أحرق خلالها غاضبون مبنى البلدية.", "riot"),
        ("أطلقت قوات الأمن النار على متظاهرين في مدينة شهبا.", "protest"),
        ("أصيب عشرة متظاهرين في صدامات مع قوات الأمن في مدينة بيروت.", "riot"),
        ("نظم أهالي المعتقلين أمس وقفة أمام السجن المركزي في مدينة صنعاء.", "protest"),
        # things alone: booty, houses taken or blown up, families who fled
        ("استولت المقاومة أمس على دبابتين وعربة مدرعة في مدينة لحج.", "weapons_disrupted"),
        ("استولت الميليشيا على منزلين لمدنيين في مدينة البوكمال.", "looting_destruction"),
        ("فجر تنظيم داعش منزل ضابط في الشرطة في مدينة الموصل.", "looting_destruction"),
        ("نزحت أمس أكثر من ألفي عائلة من مدينة الرمادي.", "other"),
        ("استهدفت طائرة استطلاع إسرائيلية دراجة نارية في مدينة رفح ما أدى إلى مقتل شاب.", "drone_strike"),
        # what a weapon alone tells
        ("قتل جنديان في هجوم إسرائيلي على موقع عسكري قرب مدينة دمشق.", "air_strike"),
        ("قصفت البوارج الحربية مواقع الحوثيين في مدينة المخا.", "shelling"),
        # a campaign that lasts, in which one attack is told
        ("قصفت قوات النظام بالمدفعية بلدة كنصفرة ضمن الحملة المستمرة منذ شهرين.", "shelling"),
        ("قتل قيادي في القاعدة في غارة أمريكية بدون طيار في مدينة مأرب.", "drone_strike"),
        ("قنص أمس ستة من مسلحي الحوثيين في مدينة الضالع على يد الجيش.", "armed_clash"),
    ],
)
def test_action_of_constructions(text: str, action: str, claims: Callable[..., list[Claim]]) -> None:
    found = claims(text)
    assert [claim.action for claim in found] == [action]


def test_a_regime_that_is_to_fall_is_no_aircraft(claims: Callable[..., list[Claim]]) -> None:
    found = claims("خرجت مظاهرة في مدينة السويداء وهتف المشاركون لإسقاط النظام.")
    assert {claim.action for claim in found} == {"protest"}
