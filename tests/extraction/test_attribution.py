"""Who is quoted, and for what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.extraction.attribution import Quoted, SourceScope, distinct_sources
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.reading import Sentence
from conflict_events.records import Claim

Read = Callable[..., Sentence]
Claims = Callable[..., list[Claim]]


def _names(mentions: MentionReader, sentence: Sentence) -> list[str]:
    return [q.name for q in mentions.attribution.read(sentence)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال المرصد السوري لحقوق الإنسان إن القصف مستمر", ["المرصد السوري لحقوق الإنسان"]),
        ("المرصد السوري لحقوق الإنسان أشار إلى مقتل مدنيين", ["المرصد السوري لحقوق الإنسان"]),
        ("وبحسب مصادر في الدفاع المدني السوري، قتل مدني", ["مصادر في الدفاع المدني السوري"]),
        ('وأفاد مراسل "أورينت نت" مناف هاشم بأن القصف تجدد', ['مراسل "أورينت نت" مناف هاشم']),
        ("قتل مدنيان وفقاً لوكالة أنباء النظام السوري (سانا)", ["وكالة أنباء النظام السوري (سانا)"]),
        ("وقال مراسل “السورية.نت” في ريف حلب إن مدنيا قتل", ["مراسل “السورية.نت” في ريف حلب"]),
        ("وقالت مصادر محلية لنورث برس إن مدنيا قتل", ["مصادر محلية"]),
        ("واستجابت فرق الدفاع المدني لأكثر من 300 هجوم", ["فرق الدفاع المدني"]),
        ("أحصى فريق منسقو استجابة سوريا مقتل خمسة مدنيين", ["فريق منسقو استجابة سوريا"]),
        ("نقلت وكالة الأناضول عن مصادر محلية أن مدنيا قتل", ["وكالة الأناضول", "مصادر محلية"]),
        ("وقال بيل أوربان، المتحدث باسم القيادة، إن الضربة أصابت هدفها", ["بيل أوربان"]),
        ("سانا: ثلاثة قتلى بقصف على بلدة ربيعة", ["سانا"]),
        ("الدفاع المدني في حلب: مقتل ستة بقصف على حي الشعار", ["الدفاع المدني"]),
        ("مصادر طبية في مشفى الشحيل لشبكتنا: مقتل ستة بقصف", ["مصادر طبية في مشفى الشحيل"]),
        ("المقاومة الشعبية لـ«الصحيفة»: سيطرنا على المدينة", ["المقاومة الشعبية"]),
        (
            "أوضح المستشار العسكري في مكتب وزير الدفاع السعودي العميد ركن أحمد سالم أن جنديا قتل",
            ["المستشار العسكري في مكتب وزير الدفاع السعودي العميد ركن أحمد سالم"],
        ),
        ("قال آمر القوات الخاصة العقيد ونيس خمادة إن جنديا قتل", ["آمر القوات الخاصة العقيد ونيس خمادة"]),
        ("وبثت قناة «السهل» صورا لغارة على البلدة", ["قناة «السهل»"]),
        ("أعلنت وزارة الداخلية السعودية استشهاد جندي", ["وزارة الداخلية السعودية"]),
        ("وقال شاهد يدعى محمد بشير إن مدنيا قتل", ["شاهد يدعى محمد بشير"]),
        ("كما قال مسؤول أمني رفض الكشف عن هويته إن مدنيا قتل", ["مسؤول أمني"]),
        ("اتهمت الحكومة الأوكرانية الانفصاليين بقصف المدينة", ["الحكومة الأوكرانية"]),
        ("أدان الأمين العام لمجلس الشورى، الدكتور محمد سالم، الحادث", ["الأمين العام لمجلس الشورى، الدكتور محمد سالم"]),
        ("وأعلن قائد الشرطة الاتحادية الفريق رائد شاكر مقتل جندي", ["قائد الشرطة الاتحادية الفريق رائد شاكر"]),
        ("وأشارت تلك المصادر إلى مقتل ستة جنود", ["المصادر"]),
        # Several, a number of them, one of them, people without a name.
        ("قتل مدني بحسب الشرطة ومصادر طبية", ["الشرطة", "مصادر طبية"]),
        ("ذكرت القناة نقلا عن ثلاثة مصادر أمنية أن مدنيا قتل", ["القناة", "مصادر أمنية"]),
        ("كما قال أحد أقاربه إن مدنيا قتل", ["أحد أقاربه"]),
        ("وقالت إحدى الأمهات إن مدنيا قتل", ["إحدى الأمهات"]),
        ("ويقول ليبيون إن الطائرات قصفت البلدة", ["ليبيون"]),
        ("وقالت والدة الضحية إن ابنها قتل", ["والدة الضحية"]),
        # A title that nobody lists, and where a name ends.
        ("قال الكاتب السياسي سامي الحداد إن مدنيا قتل", ["الكاتب السياسي سامي الحداد"]),
        ("وأكد مصدر طبي الحصيلة", ["مصدر طبي"]),
        ("وأعلن المتحدث الأمني اللواء سالم العمري القبض على خمسة", ["المتحدث الأمني اللواء سالم العمري"]),
        ("نقل موقع «اليوم الثامن» عن مصدر أمني أن مدنيا قتل", ["موقع «اليوم الثامن»", "مصدر أمني"]),
        ("قالت قوة الطوارئ المشتركة في بيان إن مدنيا قتل", ["قوة الطوارئ المشتركة"]),
        ("وحذر الكاتب الليبي سالم الورفلي من هجمات جديدة", ["الكاتب الليبي سالم الورفلي"]),
        # Where they say it.
        ("قتل مدني طبقا لبيان المتحدث العسكري", ["المتحدث العسكري"]),
        ("غرد المتحدث باسم التحالف بأن مدنيا قتل", ["المتحدث باسم التحالف"]),
        ("قتل مدني بحسب بيان نشر على صفحة وزارة الداخلية", ["وزارة الداخلية"]),
        ("قتل مدني كما جاء في تغريدة لحساب مقرب من التنظيم", ["حساب مقرب"]),
        ("ووفق إفادات شهود عيان قتل مدني", ["شهود عيان"]),
        ("11:20 — مصادر محلية: الجيش اعتقل شابين", ["مصادر محلية"]),
        # Who hears it, who learns it.
        ("أبلغ شهود عيان رويترز أن مدنيا قتل", ["رويترز", "شهود عيان"]),
        ("كشف لـ«الصحيفة» مصدر عسكري يمني عن مقتل جندي", ["مصدر عسكري يمني"]),
        ("علمت «الصحيفة» من مصادر خاصة أن جنديا قتل", ["مصادر خاصة"]),
        ("وبين المتحدث باسم وزارة الصحة أن مدنيا قتل", ["المتحدث باسم وزارة الصحة"]),
        # Who stands before the verb, whose document it is.
        ("وكان رئيس مجلس محافظة بابل رعد الجبوري أعلن مقتل شخصين", ["رئيس مجلس محافظة بابل رعد الجبوري"]),
        ("قتل مدني بحسب آخر إحصائية لوزارة الصحة", ["وزارة الصحة"]),
        ("وفي حصيلة جديدة أصدرها مشفى المدينة قتل مدني", ["مشفى المدينة"]),
        ("وقال المتحدث باسم وزارة الدفاع في تصريح صحفي إن جنديا قتل", ["المتحدث باسم وزارة الدفاع"]),
        ("وقال طبيب في مستشفى الثورة إن مدنيا قتل", ["طبيب في مستشفى الثورة"]),
        ("ندد رئيس مجلس النواب بالتفجير", ["رئيس مجلس النواب"]),
        ("وأعلن التلفزيون الكاميروني صباح اليوم أن مدنيا قتل", ["التلفزيون الكاميروني"]),
        ("أفادت منظمة حقوق الإنسان في عفرين أن مدنيا قتل", ["منظمة حقوق الإنسان في عفرين"]),
        # Where a name ends.
        ("وأكدت وزارة الداخلية ثلاثة قتلى في انفجار", ["وزارة الداخلية"]),
        ("واتهم مسؤول محلي الحوثيين بقصف مدرسة", ["مسؤول محلي"]),
        ("وقالت شبكة السهل 24 إن مدنيا قتل", ["شبكة السهل 24"]),
        ("وأعلنت غرفة عمليات الشمال تمكنها من قنص جندي", ["غرفة عمليات الشمال"]),
        ("ونقلت الوكالة عن مصادر في جيش النظام استمرارًا للقصف", ["الوكالة", "مصادر في جيش النظام"]),
        (
            "صرح الناطق الإعلامي لشرطة منطقة مكة المكرمة العقيد سالم العتيبي بأن جنديا قتل",
            ["الناطق الإعلامي لشرطة منطقة مكة المكرمة العقيد سالم العتيبي"],
        ),
        ("قال الأمين العام للأمم المتحدة إن مدنيا قتل", ["الأمين العام للأمم المتحدة"]),
        ("وقال المتحدث الرسمي لوكالة الأناضول إن مدنيا قتل", ["وكالة الأناضول", "المتحدث الرسمي"]),
        ("وأكد القيادي في المقاومة الشعبية علي الأحمدي، أن مدنيا قتل", ["القيادي في المقاومة الشعبية علي الأحمدي"]),
        # A holder's name further on, behind a comma or behind his rank; a second adjective; what no name holds.
        ("وقال حاكم ولاية سهلة، عبد الستار متين، إن انتحاريا قتل", ["حاكم ولاية سهلة، عبد الستار متين"]),
        ("أكد اللواء فضل حسن أن جنديا قتل", ["اللواء فضل حسن"]),
        ("وأشار قائد عسكري إلى مقتل جندي", ["قائد عسكري"]),
        ("ذكرت مصادر أمنية يمنية أن جنديا قتل", ["مصادر أمنية يمنية"]),
        (
            "قال نائب قائد العمليات الخاصة اللواء سامي محمود إن جنديا قتل",
            ["نائب قائد العمليات الخاصة اللواء سامي محمود"],
        ),
        ("وأكد المركز الإعلامي للمقاومة أن جنديا قتل", ["المركز الإعلامي للمقاومة"]),
        ("وحملت السلطات التركية تنظيم داعش مسؤولية التفجير", ["السلطات التركية"]),
        ("وأكد سكان محليون سماع دوي انفجارات", ["سكان محليون"]),
        ("أعلنت وزارة الدفاع الخميس أن جنديا قتل", ["وزارة الدفاع"]),
        ("نقلت مواقع إلكترونية تونسية عنه القول إن جنديا قتل", ["مواقع إلكترونية تونسية"]),
    ],
)
def test_who_is_quoted(mentions: MentionReader, read: Read, text: str, names: list[str]) -> None:
    assert _names(mentions, read(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "وأدى بحسب المعلومات الأولية إلى مقتل 12 مدنيا",
        "قتل خمسة مدنيين في حصيلة أولية جراء القصف",
        "يذكر أن قوات النظام قصفت البلدة قبل أيام",
        "تتعرض القرية لقصف أدى لدمار كبير في المنازل",
        "دارت اشتباكات بين مجلس منبج العسكري من جهة وفصائل معارضة من جهة أخرى",
        "لم تعلن أي جهة مسؤوليتها عن التفجير",
        "انتشلت فرق الدفاع المدني جثة رجل من بئر",
        "دانت الجريمة الإرهابية أوساط عربية",
        "وأشارت الأنباء إلى مقتل ستة جنود",
        "وسقط الصاروخ قرب صرح سبأ وسط المدينة",
        "ونادرا ما تؤكد إسرائيل ضرباتها في البلاد",
        "وأكد ضرورة أن تتوقف الحرب بعد مقتل ثلاثة مدنيين",
    ],
)
def test_nobody_is_quoted(mentions: MentionReader, read: Read, text: str) -> None:
    assert _names(mentions, read(text)) == []


def test_a_verb_alone_takes_up_the_whole_chain(mentions: MentionReader, read: Read) -> None:
    scope = SourceScope()
    first, second = read("نقلت وكالة الأناضول عن مصادر محلية أن مدنيا قتل"), read("وأضافت المصادر أن الجرحى نقلوا")
    scope.read(first, mentions.attribution.read(first))
    found = scope.read(second, mentions.attribution.read(second))
    assert [q.name for q in found] == ["وكالة الأناضول", "مصادر محلية"]


def test_one_source_under_two_names_is_one() -> None:
    quoted = [Quoted(0, 1, "", name) for name in ("المرصد السوري لحقوق الإنسان", "المرصد السوري", "مصادر طبية")]
    assert [q.name for q in distinct_sources(quoted)] == ["المرصد السوري لحقوق الإنسان", "مصادر طبية"]


def test_source_spans_hold_the_name(claims: Claims) -> None:
    text = "قتل مدني بقصف مدفعي على مدينة إدلب.\n\nوقال الدفاع المدني السوري إن القصف استهدف السوق في مدينة إدلب."
    (claim,) = claims(text)
    (source,) = claim.sources
    assert (source.name, source.source_type, source.stance) == ("الدفاع المدني السوري", "civil_defence", "states")
    assert ("\n" + text)[source.start : source.end] == source.name


def test_a_denial_is_marked(mentions: MentionReader, read: Read) -> None:
    (quoted,) = mentions.attribution.read(read("نفت قوات سوريا الديمقراطية قصف القرية"))
    assert (quoted.stance, quoted.actor_id) == ("denies", "SDF")


def test_an_office_after_the_name_gives_the_type(mentions: MentionReader, read: Read) -> None:
    (quoted,) = mentions.attribution.read(read("وقال بيل أوربان، المتحدث باسم وزارة الدفاع، إن الضربة أصابت هدفها"))
    assert (quoted.name, quoted.source_type) == ("بيل أوربان", "government")


def test_a_surname_takes_up_the_person(mentions: MentionReader, read: Read) -> None:
    scope = SourceScope()
    first, second = read("قال القيادي مظلوم عبدي إن مدنيا قتل"), read("وقال عبدي إن القصف مستمر")
    scope.read(first, mentions.attribution.read(first))
    assert [q.name for q in scope.read(second, mentions.attribution.read(second))] == ["القيادي مظلوم عبدي"]


def test_the_outlets_own_correspondent_is_no_source(claims: Claims) -> None:
    (claim,) = claims("وقال مراسلنا إن مدنيا قتل وأصيب طفل بقصف مدفعي لقوات النظام على مدينة إدلب.")
    assert claim.sources == ()


def test_a_list_of_one_body_runs_on_until_the_article_speaks_again(claims: Claims) -> None:
    text = """سجل الدفاع المدني السوري مقتل مدني بقصف مدفعي على مدينة أريحا.

وتحدثت المؤسسة عن إصابة طفل بقصف مدفعي على بلدة البارة.

كما قتلت امرأة بقصف مدفعي على مدينة سرمين.

من جهة أخرى، قتل جندي برصاص مجهولين في مدينة طفس."""
    found = {c.place: [s.name for s in c.sources] for c in claims(text)}
    assert found["سرمين"] == ["الدفاع المدني السوري"]
    assert found["طفس"] == []


def test_the_words_of_a_statement_are_of_who_made_it(claims: Claims) -> None:
    text = (
        "وفيما يلي نص بيان وزارة الدفاع السورية:\n\nاستهدفت مدفعيتنا مدينة سرمين وقتل ثلاثة جنود.\n\n"
        "وأصيب طفل بقصف مدفعي على مدينة أريحا."
    )
    assert [[s.name for s in c.sources] for c in claims(text)] == [["وزارة الدفاع السورية"]] * 2


def test_the_items_of_a_list_are_of_who_introduced_it(claims: Claims) -> None:
    text = (
        "ومن أبرز ما وثقه مرصد السهل لحقوق الإنسان:\n\n• مقتل مدني بقصف مدفعي على مدينة سرمين.\n\n"
        "• مقتل طفل بانفجار لغم في مدينة تدمر.\n\nوأصيب طفل بقصف مدفعي على مدينة أريحا."
    )
    found = {c.place: [s.name for s in c.sources] for c in claims(text)}
    assert found == {"سرمين": ["مرصد السهل لحقوق الإنسان"], "تدمر": ["مرصد السهل لحقوق الإنسان"], "أريحا": []}


def test_the_author_of_an_embedded_post_is_its_source(claims: Claims) -> None:
    text = "قتل مدني بقصف مدفعي على مدينة سرمين pic.twitter.com/abc\n\n— سامي الخطيب (@sami_kh) March 14, 2024"
    article_text = "\n" + text
    (claim,) = (c for c in claims(text) if c.place == "سرمين")
    (source,) = claim.sources
    assert article_text[source.start : source.end] == source.name == "سامي الخطيب"


def test_each_source_speaks_for_its_own_clause(claims: Claims) -> None:
    text = (
        "أفاد ناشطون بمقتل مدني بقصف مدفعي على مدينة سرمين، في حين أعلنت وزارة الدفاع التركية اعتقال خمسة عناصر"
        " في مدينة عفرين."
    )
    found = {c.place: [s.name for s in c.sources] for c in claims(text)}
    assert found == {"سرمين": ["ناشطون"], "عفرين": ["وزارة الدفاع التركية"]}


def test_who_confirms_speaks_for_what_stands_before(claims: Claims) -> None:
    (claim,) = claims("قتل مدني بقصف مدفعي على مدينة سرمين، وقال الدفاع المدني السوري إن القصف أصاب السوق.")
    assert [s.name for s in claim.sources] == ["الدفاع المدني السوري"]


def test_a_comment_of_the_article_has_no_source(claims: Claims) -> None:
    text = (
        "أعلن موقع «السهل الإخباري» أن مدنيا قتل بقصف مدفعي على مدينة سرمين. ويأتي هذا التصعيد غداة مقتل خمسة مدنيين"
        " بغارة جوية على مدينة أريحا."
    )
    found = {c.place: [s.name for s in c.sources] for c in claims(text)}
    assert found == {"سرمين": ["موقع «السهل الإخباري»"], "أريحا": []}


def test_a_number_within_quotes_is_of_the_name(mentions: MentionReader, read: Read) -> None:
    sentence = read("وقال المتحدث باسم شبكة «السهل 24» سامر خليل إن مدنيا قتل")
    assert _names(mentions, sentence) == ["المتحدث باسم شبكة «السهل 24» سامر خليل"]


@pytest.mark.parametrize(
    "text",
    [
        "قتل خمسة جنود في غارة على معسكر في مدينة ذمار.\n\nوقال مصدر أمني إن المعسكر يقع قرب المطار.",
        "قتل أربعة أشخاص في انفجار سيارة مفخخة في مدينة بلد.\n\nوقال مصدر أمني إن الانفجار وقع قرب مطعم.",
    ],
)
def test_the_next_sentence_says_who_tells(claims: Claims, text: str) -> None:
    (claim,) = claims(text)
    assert [s.name for s in claim.sources] == ["مصدر أمني"]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        ("وقال شهود إن الغارة أصابت مخزنا.", ["مصدر عسكري", "شهود"]),
        ("ويقول خبراء إن الغارات لن تضعف الجماعة ما لم تتغير خططها.", ["مصدر عسكري"]),
    ],
)
def test_who_goes_on_about_it_says_so_too(claims: Claims, after: str, names: list[str]) -> None:
    life = "ويعيش سكان المحافظة من الزراعة.\n\nوتطالب منظمات بتقديم المساعدة لهم."
    text = f"قال مصدر عسكري إن أربعة مسلحين قتلوا بغارة جوية على قرية في محافظة مأرب.\n\n{after}\n\n{life}"
    (claim,) = claims(text)
    assert [s.name for s in claim.sources] == names


def test_who_speaks_between_two_tellings_of_it_says_so(claims: Claims) -> None:
    text = (
        "قتل أربعة أشخاص في انفجار سيارة مفخخة في مدينة بلد.\n\nوقال شهود إن الدخان غطى السوق.\n\n"
        "وكانت السيارة المفخخة التي انفجرت في مدينة بلد قتلت أربعة أشخاص."
    )
    (claim,) = claims(text)
    assert [s.name for s in claim.sources] == ["شهود"]


def test_what_somebody_says_of_another_matter_lends_no_source(claims: Claims) -> None:
    text = "قتل أربعة أشخاص في انفجار سيارة مفخخة في مدينة بلد.\n\nوقال وزير الصحة إن الأدوية وصلت بعد الانفجار."
    (claim,) = claims(text)
    assert claim.sources == ()


def test_who_denies_it_does_not_say_so(claims: Claims) -> None:
    text = "قتل جندي بانفجار عبوة ناسفة في مدينة بلد.\n\nونفت مصادر وزارية أن يكون الانفجار قد أوقع ضحايا."
    assert [s.name for c in claims(text) for s in c.sources] == []


@pytest.mark.parametrize(
    ("second", "speaks"),
    [
        ("كما أصيب طفل بقصف مدفعي على مدينة أريحا.", True),
        ("وأصيب طفل بقصف مدفعي على مدينة أريحا.", False),
    ],
)
def test_the_same_speaker_adds_with_a_connector(claims: Claims, second: str, speaks: bool) -> None:
    found = {
        c.place: bool(c.sources) for c in claims(f"قال مصدر طبي إن مدنيا قتل بقصف مدفعي على مدينة سرمين. {second}")
    }
    assert found == {"سرمين": True, "أريحا": speaks}


def test_a_quotation_goes_on_over_its_full_stops(claims: Claims) -> None:
    text = "وذكر موقع إخباري أن «الطيران قصف مدينة سرمين وقتل مدنيا. وفي الوقت نفسه قتل طفل بغارة على مدينة أريحا»."
    assert {c.place: bool(c.sources) for c in claims(text)} == {"سرمين": True, "أريحا": True}
