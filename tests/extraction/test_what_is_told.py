"""Which occurrences plain sentences of many countries tell of, and which words of violence tell of none."""

from collections.abc import Callable

import pytest

from conflict_events.records import Claim


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("استردت القوات أول من أمس بلدة الكرمك جنوبي ولاية النيل الأزرق.", "territory_captured"),
        ("استكملت القوات الحكومية أمس السيطرة على حي التواهي في مدينة عدن.", "territory_captured"),
        ("أعلنت المقاومة الشعبية أمس السيطرة على مديرية مشرعة في محافظة تعز.", "territory_captured"),
        ("تمكنت القوات العراقية أمس من تحرير بلدة البغدادي غرب الرمادي.", "territory_captured"),
        ("فجر ثلاثة مسلحين أنفسهم داخل مبنى حكومي في مدينة كابول أمس.", "suicide_bomb"),
        ("دمرت طائرات التحالف أمس آليات عسكرية للحوثيين في وادي حرض.", "air_strike"),
        ("دمر تنظيم داعش أمس معبدا أثريا في مدينة تدمر.", "looting_destruction"),
        ("نفذ تنظيم داعش حكم الإعدام بحق أربعة سائقين في مدينة الشرقاط.", "execution"),
        ("تحولت المظاهرة في مدينة لاهور أمس إلى أعمال عنف.", "riot"),
        ("هاجم محتجون السفارة في مدينة طهران أمس.", "riot"),
        ("اندلعت مواجهات بين متظاهرين والشرطة في مدينة المنامة أمس.", "riot"),
        ("اقتحم مئات المستوطنين المسجد الأقصى في القدس صباح اليوم.", "other"),
        ("أعلن الجيش أمس إطلاق عملية عسكرية ضد التنظيم في مدينة درنة.", "other"),
        ("وصل مئات الجنود السودانيين إلى مدينة عدن أمس.", "troop_movement"),
        ("نشر حلف الناتو أربع كتائب في مدينة وارسو أمس.", "troop_movement"),
        ("فككت السلطات المغربية خلية إرهابية في مدينة فاس أمس.", "arrest"),
        ("كشفت مفرزة للجيش الجزائري مخبأ للأسلحة في مدينة تمنراست أمس.", "weapons_disrupted"),
        ("أحبط حرس الحدود محاولة تهريب أسلحة في مدينة جازان أمس.", "weapons_disrupted"),
        ("تسلم الجيش اللبناني أمس موقعا من حزب الله في جرود عرسال.", "territory_transfer"),
        ("تبادلت مجموعتان مسلحتان إطلاق النار في مدينة طرابلس أمس.", "armed_clash"),
        ("تبادلت الحكومة والحوثيون عشرين أسيرا في مدينة عدن أمس.", "agreement"),
        ("خرج الآلاف في مدينة تعز أمس تأييدا للشرعية.", "protest"),
        ("توصلت روسيا وتركيا أمس إلى هدنة في مدينة إدلب، إلا أن الفصائل تخرقها بين الحين والآخر.", "agreement"),
        ("ألقى الأمن القبض على أربعة أشخاص في مدينة صيدا أمس كانوا يخططون لتنفيذ تفجيرات.", "arrest"),
        ("قصفت القوات بلدة سرمين أمس بقذائف الدبابات.", "shelling"),
        ("قتلت طائرة دون طيار أربعة من القاعدة في مدينة مأرب أمس.", "drone_strike"),
        ("أرسلت بريطانيا أمس 450 جنديا إلى مدينة البصرة.", "troop_movement"),
        ("أطلق مجهولون النار أمس على أحد عملاء الأمن العسكري في مدينة درعا ما أدى لمقتله.", "assassination"),
        ("قتل 49 شخصا أمس في هجوم بقنبلة على سوق في مدينة غومبي.", "explosive_device"),
    ],
)
def test_acts_of_many_countries(text: str, action: str, claims: Callable[..., list[Claim]]) -> None:
    assert [claim.action for claim in claims(text)] == [action]


@pytest.mark.parametrize(
    "text",
    [
        "طالب زعيم التنظيم في رسالة بثها موقع أمس بمهاجمة مدينة نيويورك.",
        "حكمت المحكمة أمس بإعدام ثلاثة متهمين في مدينة القاهرة.",
        "تحاول القوات استعادة مدينة بيجي.",
        "قتل 12 شخصا في تحطم مروحية عسكرية في مدينة كويتا أمس.",
        "قتل ثلاثة أشخاص في انفجار أسطوانة غاز في مدينة جدة أمس.",
        "سقطت طائرة عسكرية في مدينة أريحا أمس.",
        "نقل ثمانية مصابين أمس بطائرة إخلاء إلى مدينة الرياض.",
        "وفاة طفلة في مدينة بريدة أمس.",
        "شهداء الواجب في معرض بمدينة جدة.",
        "وقعت جامعتان في مدينة جدة أمس اتفاقية لتطوير المناهج.",
        "أوقفت الوزارة أمس العمل في المشروع في مدينة جدة.",
        "انتشرت صور للضحايا في مدينة حلب أمس.",
        "أكبر تظاهرة اقتصادية تنطلق في مدينة بريدة اليوم.",
        "الفريق ينهي معسكره بمواجهة الاتحاد في مدينة جدة.",
        "ضبطت البلدية أمس عبوات مياه فاسدة في مدينة بريدة، وأوضح بيان صادر عنها أنها أتلفت.",
        "كرم المحافظ أمس الأبطال في مدينة عفرين.",
        "سيطر الخوف على سكان مدينة تعز أمس.",
    ],
)
def test_words_of_violence_that_tell_of_none(text: str, claims: Callable[..., list[Claim]]) -> None:
    assert claims(text) == []


def test_those_of_a_crash_are_dead_by_it_in_the_whole_page(claims: Callable[..., list[Claim]]) -> None:
    crash = "قتل 12 شخصا في تحطم مروحية في مدينة كويتا أمس."
    rest = "وقال مسؤول إن الركاب قتلوا وهم 12 عسكريا في مدينة كويتا."
    assert claims(f"{crash}\n\n{rest}") == []


def test_destroying_goes_on_with_the_strike(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("قصفت الطائرات مدينة صعدة أمس ودمرت مخزنا للأسلحة.")
    assert claim.action == "air_strike"


def test_then_or_lost(claims: Callable[..., list[Claim]]) -> None:
    """فقد is a verb before people, else ف + قد."""
    (claim,) = claims("فقد ثلاثة أشخاص تحت الأنقاض جراء قصف على مدينة حلب أمس.")
    assert [(c.measure, c.best) for c in claim.counts] == [("missing", 3)]
    (claim,) = claims("فقد شهدت مدينة درعا أمس اغتيال ضابط.")
    assert "missing" not in {c.measure for c in claim.counts}


def test_a_page_about_thieves_is_no_page_of_conflict(claims: Callable[..., list[Claim]]) -> None:
    """Words of crime and none of war: what the police of such a page do is no event; the same arrest elsewhere is."""
    arrest = "ألقت الشرطة القبض أمس على ثلاثة أشخاص في مدينة الدمام."
    crime = "ووجدت بحوزتهم مسروقات ومخدرات وحبوبا وحشيشا، واعترف اللصوص بالسرقة والسلب والابتزاز."
    assert claims(f"{arrest}\n\n{crime}") == []
    assert [claim.action for claim in claims(arrest)] == ["arrest"]
