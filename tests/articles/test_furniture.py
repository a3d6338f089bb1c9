"""What is the report and what only stands beside it. All pages are invented, in the manner of real layouts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.articles import clean
from conflict_events.records import Article

TITLE = "مقتل ثلاثة مدنيين بقصف على بلدة الخندق"
LEAD = "قُتل ثلاثة مدنيين وأصيب سبعة آخرون، صباح اليوم، جراء قصف مدفعي استهدف بلدة الخندق في الريف الشرقي."
BODY = "وقال الدفاع المدني إن فرقه انتشلت الضحايا ونقلت المصابين إلى مشفى المدينة، وأخمدت حريقا اندلع في سوق البلدة."
LAST = "وتتعرض بلدات الريف الشرقي منذ مطلع الشهر الجاري لقصف متكرر تسبب بنزوح مئات العائلات نحو المخيمات القريبة."
SHORT = "وفي حين قالت مصادر طبية إن حالتهم مستقرة."
RELATED = (
    "طائرات مجهولة تستهدف مستودعا للذخيرة غربي النهر",
    "انفجار عبوة ناسفة يودي بحياة قيادي في بلدة الصفصاف",
    "تظاهرة في ساحة المحطة احتجاجا على الغلاء | فيديو",
)


def page(*lines: str, title: str = TITLE, gap: str = "\n\n") -> Article:
    return Article("x", gap.join(lines), title)


def kept(article: Article, *kinds: str) -> list[str]:
    return [
        article.full_text[segment.start : segment.end]
        for segment in clean(article).segments
        if not kinds or segment.kind in kinds
    ]


def paragraphs(article: Article) -> list[str]:
    return kept(article, "paragraph")


def test_a_plain_report_is_left_whole() -> None:
    article = page(LEAD, BODY, SHORT, LAST)
    assert kept(article) == [TITLE, LEAD, BODY, SHORT, LAST]


@pytest.mark.parametrize(
    "text", ["قتل مدني.", "قتل مدني", "قصف على إدلب 3/2/2021", "قصف على إدلب", LEAD, f"{LEAD} {BODY} {LAST}"]
)
@pytest.mark.parametrize("title", ["", TITLE])
def test_a_text_of_one_line_is_left_whole(text: str, title: str) -> None:
    assert paragraphs(page(text, title=title)) == [text]


def test_the_title_is_kept_once() -> None:
    article = page("أخبار", "سياسة", TITLE, TITLE, LEAD, BODY)
    assert kept(article, "title") == [TITLE]
    assert paragraphs(article) == [LEAD, BODY]


def test_a_headline_in_the_text_serves_where_the_record_has_none() -> None:
    article = page("أخبار", TITLE, LEAD, BODY, title="")
    assert kept(article, "title") == [TITLE]
    assert paragraphs(article) == [LEAD, BODY]


def test_a_menu_of_one_link_a_line_is_cut() -> None:
    menu = ["الرئيسية", "سياسة", "اقتصاد", "ثقافة وفنون", "عين على الجنوب", "من نحن", "حالة الطقس"]
    assert kept(page(*menu, TITLE, LEAD, BODY, *menu)) == [TITLE, LEAD, BODY]


@pytest.mark.parametrize(
    "label",
    ["مواضيع ذات صلة", "إقرأ أيضاً:", "اخترنا لك", "الأكثر قراءة", "السابق", "مقالات ذات صلة (3)", "Related Posts"],
)
def test_stories_under_a_label_are_cut(label: str) -> None:
    article = page(LEAD, BODY, label, *RELATED, "وزير الدفاع يزور الحدود ويتفقد الجنود في مواقعهم الأمامية.")
    assert paragraphs(article) == [LEAD, BODY]


def test_the_report_begins_below_a_labelled_list() -> None:
    lead = "أعلن الدفاع المدني سقوط ضحايا في قصف مدفعي استهدف سوق بلدة الخندق صباح اليوم."
    assert paragraphs(page("أهم الأخبار", *RELATED, lead, BODY)) == [lead, BODY]
    first = "طالت القذائف أحياء سكنية عدة بحسب ما أفاد به سكان محليون لمراسلنا هناك."
    assert paragraphs(page("أهم الأخبار", *RELATED, TITLE, first, BODY)) == [first, BODY]


def test_the_title_with_a_word_more_is_the_title() -> None:
    assert kept(page(f"{TITLE} | فيديو", LEAD, BODY)) == [TITLE, LEAD, BODY]


def test_the_report_goes_on_after_a_labelled_list() -> None:
    article = page(LEAD, "الأحدث", *RELATED, "عرض المزيد", BODY, "شاهد أيضا", RELATED[0], LAST)
    assert paragraphs(article) == [LEAD, BODY, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضاً: طائرات مجهولة تستهدف مستودعا للذخيرة",
        "شاهد: بعد قصف الخندق.. ماذا قال السكان؟",
        "كلمات مفتاحية: قصف، الخندق",
        "إعداد: سامي الخطيب – تحرير: ليلى نجم",
        "رابط مختصر: https://nakhil.example/?p=12",
        "#قصف #الخندق",
        "شارك الخبر على:",
        "الآراء الواردة في المقال لا تعبر عن رأي الموقع.",
        "هذا الموقع يستخدم ملفات تعريف الارتباط (Cookies).",
        "485 مشاهدة",
        "Facebook",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_lines_that_are_furniture_by_their_words(line: str, place: int) -> None:
    lines = [LEAD, BODY]
    lines.insert(place, line)
    assert paragraphs(page(*lines)) == [LEAD, BODY]


def test_nothing_of_the_article_comes_after_the_comments_label() -> None:
    assert paragraphs(page(LEAD, BODY, "التعليقات (0)", LAST)) == [LEAD, BODY]


@pytest.mark.parametrize(
    "line", ["شاهد عيان قال إن ثلاث قذائف سقطت على السوق.", "المصدر الطبي أكد وفاة الطفلين متأثرين بجراحهما."]
)
def test_the_same_words_may_begin_a_sentence(line: str) -> None:
    assert paragraphs(page(LEAD, line, BODY)) == [LEAD, line, BODY]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n"])
def test_headlines_without_a_label_are_cut(gap: str) -> None:
    article = page(LEAD, RELATED[0], BODY, LAST, *RELATED, gap=gap)
    assert paragraphs(article) == [LEAD, BODY, LAST]


def test_where_paragraphs_never_end_in_stops_short_ones_stay() -> None:
    lines = [line.rstrip(".") for line in (LEAD, BODY, LAST)]
    short = "الدفاع المدني في البلدة وثق احتراق ستة منازل وسوق الخضار"
    article = page(lines[0], lines[1], short, lines[2])
    assert paragraphs(article) == [lines[0], lines[1], short, lines[2]]


def test_a_list_behind_a_colon_stays_and_tags_behind_it_go() -> None:
    names = ["سليمان نصر (11 عاما)", "خالد محمود (13 عاما)"]
    article = page(LEAD, "وأسماء المصابين هي:", *names, "مواضيع ذات صلة", *RELATED)
    assert paragraphs(article) == [LEAD, "وأسماء المصابين هي:", *names]


def test_items_of_a_toll_stay() -> None:
    items = ["– 22 من المدنيين بينهم 4 سيدات", "– 197 عنصرا من قوات النظام", "- عنصر من فصيل محلي"]
    article = page(LEAD, BODY.rstrip(".") + ":", *items, "السابق", RELATED[0])
    assert paragraphs(article)[2:] == items


def test_an_article_of_items_only_is_kept() -> None:
    items = ["- قصف مدفعي على بلدة الخندق", "- مقتل عنصر من قوات الأمن في الصفصاف", "- اعتقال شابين عند حاجز الجسر"]
    assert paragraphs(page(*items, title="أبرز أحداث اليوم في المحافظة")) == items


def test_datelines_and_captions_have_their_kinds() -> None:
    article = page(
        "13:05 2019-01-01",
        TITLE,
        "2024.11.29 | 11:56 دمشق",
        "قصف سابق على البلدة - أرشيفية",
        "الخندق – نخيل برس",
        LEAD,
        BODY,
    )
    assert kept(article, "dateline") == ["2024.11.29 | 11:56", "الخندق – نخيل برس"]
    assert kept(article, "caption") == ["قصف سابق على البلدة - أرشيفية"]


def test_outlet_place_and_day_on_one_line_are_a_dateline() -> None:
    line = "بريد الشاطئ - الصفصاف - الجمعة 15 مارس 2024 الموافق 5 رمضان 1445هـ"
    assert kept(page(TITLE, line, LEAD, BODY), "dateline") == ["بريد الشاطئ - الصفصاف - الجمعة 15 مارس 2024"]


def test_the_sentence_that_opens_a_list_stays() -> None:
    opening = "رصد مراسلونا خلال الساعات الماضية الحوادث التالية:"
    items = [f"– {LEAD}", f"– {BODY}"]
    assert paragraphs(page(TITLE, opening, *items)) == [opening, *items]


def test_a_post_is_kept_once_without_its_link_and_signature() -> None:
    post = "سقوط قذائف جديدة على سوق الخندق قبل قليل #الخندق pic.twitter.com/abcDEF12"
    signature = "— سامي (@sami_x) November 29, 2024"
    article = page(LEAD, post, signature, post, signature, BODY)
    assert paragraphs(article) == [LEAD, "سقوط قذائف جديدة على سوق الخندق قبل قليل #الخندق", BODY]


def test_a_page_that_is_printed_twice_is_read_once() -> None:
    assert paragraphs(page(TITLE, LEAD, BODY, LAST, TITLE, LEAD, BODY, LAST)) == [LEAD, BODY, LAST]


def test_a_page_of_other_stories_only_keeps_its_title() -> None:
    stories = [f"{story}." for story in RELATED]
    article = page(
        "أقرأ التالي", *stories, *stories, "مقالات ذات صلة", "وزير الخارجية يصل إلى العاصمة في زيارة مفاجئة."
    )
    assert kept(article) == [TITLE]


def test_a_label_that_lost_its_line_break() -> None:
    article = page(f"{LEAD} {BODY} اقرأ أيضا: {RELATED[0]}")
    assert paragraphs(article) == [f"{LEAD} {BODY}"]


def test_a_sub_heading_about_the_next_paragraph_is_a_heading() -> None:
    following = "وأما في الغرب فقد قصفت المدفعية الثقيلة قرية الصفصاف ومحيطها بأكثر من عشرين قذيفة دون تسجيل إصابات."
    assert kept(page(LEAD, "قصف على الصفصاف", following), "heading") == ["قصف على الصفصاف"]


@pytest.mark.parametrize(
    "text",
    ["\n".join(f"خبر {number}" for number in range(20_000)), f"{LEAD} " * 9000, "اقرأ أيضا. " * 30_000, '"' * 600_000],
    ids=["lines", "sentences", "labels", "quotes"],
)
def test_a_monstrous_page_costs_little_more_than_its_length(text: str) -> None:
    started = time.perf_counter()
    clean(Article("x", f"{LEAD}\n{text}\n{BODY}", TITLE))
    assert time.perf_counter() - started < 10  # a square law would take minutes


PIECES = [
    TITLE,
    LEAD,
    BODY,
    LAST,
    SHORT,
    *RELATED,
    "مواضيع ذات صلة",
    "",
    " ",
    "\u200f",
    "2024-11-29",
    "- بند",
    "#x",
    "http://a.b",
    "…",
]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=14),
    st.one_of(st.just(""), st.just(TITLE), st.text(max_size=30)),
    st.sampled_from(["\n", "\n\n", "\r\n", "\u2028"]),
)
def test_segments_are_slices_in_order(lines: list[str], title: str, gap: str) -> None:
    article = Article("x", gap.join(lines), title)
    end = 0
    for segment in clean(article).segments:
        assert end <= segment.start < segment.end <= len(article.full_text)
        assert segment.start <= len(title) or "\n" not in article.full_text[segment.start : segment.end]
        assert segment.kind in {"title", "dateline", "heading", "paragraph", "caption"}
        end = segment.end
