"""Dates are found in the words of Arabic news and resolved from the day of publication."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import find_dates, fold, fold_word, resolve, tokenize
from conflict_events.arabic.date_resolver import DateRange
from conflict_events.arabic.vocabulary import read_entries

WEDNESDAY = date(2023, 6, 14)


def mentions(text):
    return find_dates(tokenize(fold_word(text)))


def days(text, anchor=WEDNESDAY):
    (mention,) = mentions(text)
    found = resolve(mention, anchor)
    return (
        None
        if found is None
        else (found.start.isoformat(), found.end.isoformat(), found.time_precision, found.date_source)
    )


def one(day, source="relative"):
    return (day, day, 1, source)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("اليوم", "2023-06-14"),
        ("اليوم الأربعاء", "2023-06-14"),
        ("صباح اليوم، الأربعاء", "2023-06-14"),
        ("أمس (الثلاثاء)", "2023-06-13"),
        ("يوم أمس الثلاثاء", "2023-06-13"),
        ("أول من أمس", "2023-06-12"),
        ("الأربعاء", "2023-06-14"),
        ("الأربعاء الماضي", "2023-06-07"),
        ("يوم الخميس", "2023-06-08"),
        ("الجمعة المنصرم", "2023-06-09"),
        ("مساء يوم الأحد الفائت", "2023-06-11"),
        ("بعد منتصف ليل الاثنين", "2023-06-12"),
        ("يوم الخميس 8 حزيران", "2023-06-08"),
        ("الأربعاء الموافق 7 حزيران", "2023-06-07"),
        ("اليوم الخميس 15 حزيران", "2023-06-15"),
        ("في 15 من الشهر الماضي", "2023-05-15"),
        ("في الثامن من الشهر الجاري", "2023-06-08"),
        ("في 8 الجاري", "2023-06-08"),
        ("في الرابع عشر من الجاري", "2023-06-14"),
        ("يوم 28 الماضي", "2023-05-28"),
        ("البارحة الأولى", "2023-06-12"),
        ("ثاني أيام عيد الفطر المبارك", "2023-04-22"),
        ("أول أيام العيد", "2023-04-21"),
        ("في الثاني من ذي الحجة", "2022-07-01"),
        ("الـ 26 من تشرين الأول الماضي", "2022-10-26"),
        ("الحادي والعشرين من آذار", "2023-03-21"),
        ("الثالث عشر من نيسان", "2023-04-13"),
        ("خمسة عشر آذار", "2023-03-15"),
        ("25 كانون الأول", "2022-12-25"),
        ("16 أيار/مايو الماضي", "2023-05-16"),
        ("3 آذار من العام الماضي", "2022-03-03"),
        ("الخميس قبل الماضي", "2023-06-01"),
        ("في الحادي والعشرين من الشهر", "2023-05-21"),
        ("في الخامس من الشهر", "2023-06-05"),
        ("قبل يومين ستة عشر شخصا", "2023-06-12"),
    ],
)
def test_relative_days(text, day):
    assert days(text) == one(day)


@pytest.mark.parametrize(
    "text",
    [
        "29 تشرين الثاني 2022",
        "29 نوفمبر 2022",
        "29 نونبر 2022",
        "29 تشرين الثاني/نوفمبر 2022",
        "29 من (تشرين الثاني) نوفمبر 2022",
        "29 نوفمبر (تشرين الثاني) 2022",
        "التاسع والعشرين من تشرين الثاني من عام 2022",
        "الثلاثاء 29 تشرين الثاني 2022",
        "الثلاثاء, نوفمبر 29, 2022",
        "29-تشرين الثاني-2022",
        "يوم الثلاثاء الواقع في 29 تشرين الثاني 2022",
        "29/11/2022",
        "29-11-2022",
        "2022-11-29",
        "2022.11.29",
        "29.11.2022",
        "11/29/2022",
        "٢٩/١١/٢٠٢٢",
    ],
)
@pytest.mark.parametrize("anchor", [WEDNESDAY, None])
def test_full_dates_need_no_publication_day(text, anchor):
    assert days(text, anchor) == one("2022-11-29", "explicit")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ليل الثلاثاء - الأربعاء", ("2023-06-13", "2023-06-14", 1, "relative")),
        ("ليلة الأحد/الاثنين", ("2023-06-11", "2023-06-12", 1, "relative")),
        ("ليل الجمعة السبت", ("2023-06-09", "2023-06-10", 1, "relative")),
        ("ليل الأربعاء - الخميس", ("2023-06-14", "2023-06-15", 1, "relative")),
        ("الليلة الماضية", ("2023-06-13", "2023-06-14", 1, "relative")),
        ("خلال الساعات الـ24 الماضية", ("2023-06-13", "2023-06-14", 1, "relative")),
        ("خلال الـ 48 ساعة الماضية", ("2023-06-12", "2023-06-14", 2, "relative")),
        ("خلال الأيام القليلة الماضية", ("2023-06-07", "2023-06-14", 2, "relative")),
        ("خلال اليومين الماضيين", ("2023-06-12", "2023-06-14", 2, "relative")),
        ("خلال الأيام الثلاثة الماضية", ("2023-06-11", "2023-06-14", 2, "relative")),
        ("الأسبوع الماضي", ("2023-06-07", "2023-06-13", 2, "relative")),
        ("هذا الأسبوع", ("2023-06-08", "2023-06-14", 2, "relative")),
        ("الشهر الفائت", ("2023-05-01", "2023-05-31", 3, "relative")),
        ("خلال هذا الشهر", ("2023-06-01", "2023-06-14", 3, "relative")),
        ("الشهرين الماضيين", ("2023-04-14", "2023-06-14", 3, "relative")),
        ("العام الماضي", ("2022-01-01", "2022-12-31", 3, "relative")),
        ("قبل أيام", ("2023-06-07", "2023-06-13", 2, "relative")),
        ("قبل شهرين", ("2023-04-14", "2023-04-14", 3, "relative")),
        ("منذ 62 يوما", ("2023-04-13", "2023-06-14", 3, "relative")),
        ("منذ بداية العام", ("2023-01-01", "2023-06-14", 3, "relative")),
        ("منذ كانون الثاني", ("2023-01-01", "2023-06-14", 3, "relative")),
        ("منذ 5 حزيران", ("2023-06-05", "2023-06-14", 2, "relative")),
        ("منذ فجر اليوم", ("2023-06-14", "2023-06-14", 1, "relative")),
        ("منذ العام 2011", ("2011-01-01", "2023-06-14", 3, "relative")),
        ("منذ بداية العام الحالي حتى يوم أمس", ("2023-01-01", "2023-06-13", 3, "relative")),
        ("من 3 إلى 9 حزيران", ("2023-06-03", "2023-06-09", 2, "relative")),
        ("بين 2017 و2020", ("2017-01-01", "2020-12-31", 3, "explicit")),
        ("بين عامي 2014 و2017", ("2014-01-01", "2017-12-31", 3, "explicit")),
        ("عامي 2015 و2016", ("2015-01-01", "2016-12-31", 3, "explicit")),
        ("خلال 48 ساعة", ("2023-06-12", "2023-06-14", 2, "relative")),
        ("بين 28 أيار و3 حزيران", ("2023-05-28", "2023-06-03", 2, "relative")),
        ("يومي 5 و6 حزيران", ("2023-06-05", "2023-06-06", 1, "relative")),
        ("خلال شهر شباط/فبراير", ("2023-02-01", "2023-02-28", 3, "relative")),
        ("سبتمبر/أيلول الماضي", ("2022-09-01", "2022-09-30", 3, "relative")),
        ("سبتمبر/ أيلول 2018", ("2018-09-01", "2018-09-30", 3, "explicit")),
        ("مطلع شهر حزيران الجاري", ("2023-06-01", "2023-06-07", 2, "relative")),
        ("أواخر آب 2021", ("2021-08-21", "2021-08-31", 2, "explicit")),
        ("الأسبوع الأول من شهر شباط", ("2023-02-01", "2023-02-07", 2, "relative")),
        ("النصف الأول من شهر شباط", ("2023-02-01", "2023-02-15", 2, "relative")),
        ("الربع الأول من عام 2022", ("2022-01-01", "2022-03-31", 3, "explicit")),
        ("قبل 35 دقيقة", ("2023-06-14", "2023-06-14", 1, "relative")),
        ("3 آذار من هذا العام", ("2023-03-03", "2023-03-03", 1, "relative")),
        ("في رمضان", ("2023-03-22", "2023-04-20", 3, "relative")),
        ("عام 2015", ("2015-01-01", "2015-12-31", 3, "explicit")),
        ("خلال 2023،", ("2023-01-01", "2023-06-14", 3, "explicit")),
        ("صيف 2014", ("2014-06-01", "2014-08-31", 3, "explicit")),
        ("صيف العام الماضي", ("2022-06-01", "2022-08-31", 3, "relative")),
        ("1 رمضان 1443 هـ", ("2022-04-02", "2022-04-02", 1, "explicit")),
        ("10 محرم 1443", ("2021-08-18", "2021-08-18", 1, "explicit")),
    ],
)
def test_stretches(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "غدا",
        "الأسبوع المقبل",
        "خلال الأيام القادمة",
        "الاثنين المقبل",
        "الشهر القادم",
        "يوم غد",
        "غدا الثلاثاء 20 حزيران",
    ],
)
def test_the_future_is_marked_and_has_no_days(text):
    (mention,) = mentions(text)
    assert mention.kind == "future"
    assert resolve(mention, WEDNESDAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "سوق الجمعة",
        "اليوم العالمي للطفل",
        "قتل أحد المدنيين",
        "قتل رجب طيب",
        "مارس الجيش ضغوطا",
        "والد شعبان",
        "الدفعة الثانية من المهجرين",
        "قصف حرب تموز",
        "مقتل 15 شخصا",
        "استهدف 2015 منزلا",
        "15/3",
        "فاز 1/صفر السبق",
        "أكثر من 2000 مواطن",
        "الأشهر الثلاثة من",
        "31/31/2022",
        "99.99.2022",
        "الخميسية",
    ],
)
def test_no_date(text):
    assert mentions(text) == []


@pytest.mark.parametrize("text", ["29/11/1885", "29/11/2150"])
def test_days_outside_the_years_of_news_are_refused(text):
    assert all(resolve(mention, WEDNESDAY) is None for mention in mentions(text))


@pytest.mark.parametrize(
    "text", ["أمس", "الجمعة", "5 أيار", "الشهر الماضي", "قبل يومين", "منذ بداية العام", "ليل السبت - الأحد"]
)
def test_relative_dates_need_a_publication_day(text):
    (mention,) = mentions(text)
    assert resolve(mention, None) is None


@pytest.mark.parametrize("text", ["يومي 21 و22 من الشهر الجاري", "25 حزيران الجاري", "نهاية الشهر الجاري"])
def test_a_coming_day_is_no_event(text):
    assert days(text) is None


def test_time_before_another_event_is_not_counted_from_publication():
    assert days("قبل أيام من الهجوم") is None
    assert mentions("قبل عام 1948")[0].kind == "year"


def test_the_moon_is_seen_on_the_day_that_the_writer_says():
    day = date(2018, 6, 26)
    assert days("يوم أمس 11 شوال 1439هـ", day) == one("2018-06-25", "explicit")
    assert days("الاثنين 11 شوال 1439هـ", day) == one("2018-06-25", "explicit")


def test_a_year_and_a_half():
    assert days("قبل عام ونصف العام") == ("2021-12-14", "2021-12-14", 3, "relative")


def test_a_feminine_ordinal_is_no_day_of_the_month():
    assert days("هي العملية الثانية هذا الشهر") == ("2023-06-01", "2023-06-14", 3, "relative")


def test_the_words_of_a_mention():
    tokens = tokenize(fold_word("قصف النظام، صباح اليوم السبت 26 آب/أغسطس، البلدة"))
    (mention,) = find_dates(tokens)
    assert mention.text == "صباح اليوم السبت 26 اب/اغسطس"
    assert (tokens[mention.first].text, tokens[mention.last].text) == ("صباح", "،")


def test_several_dates_in_a_sentence():
    found = mentions("قتل أمس الثلاثاء 3، وأصيب اليوم 5، بعد قصف في 5 أيار 2020 وآخر منذ يومين")
    assert [m.kind for m in found] == ["day", "day", "date", "since"]


@pytest.mark.parametrize("entry", read_entries("time_words"), ids=lambda entry: entry["id"])
def test_every_time_word_resolves_in_its_example(entry):
    (mention,) = mentions(entry["example"])
    found = resolve(mention, WEDNESDAY)
    assert (found and [found.start, found.end]) == entry["gives"]


@pytest.mark.parametrize("entry", read_entries("months"), ids=lambda entry: entry["id"])
def test_every_month_is_read_in_its_example(entry):
    (mention,) = mentions(entry["example"])
    assert (mention.month, mention.calendar) == (entry["month"], entry["calendar"])
    assert resolve(mention, WEDNESDAY) is not None


@pytest.mark.parametrize("entry", read_entries("weekdays"), ids=lambda entry: entry["id"])
def test_every_weekday_is_read_in_its_example(entry):
    (mention,) = mentions(entry["example"])
    assert resolve(mention, WEDNESDAY).start.weekday() == entry["weekday"]


MONTHS = {
    n: [f for e in read_entries("months") if e["month"] == n and e["calendar"] == "gregorian" for f in e["forms"]]
    for n in range(1, 13)
}
WEEKDAYS = {e["weekday"]: e["forms"] for e in read_entries("weekdays")}
NEWS_DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@settings(max_examples=300, deadline=None)
@given(NEWS_DAYS, st.data())
def test_full_dates_are_read_back(day, data):
    def pick(options):
        return data.draw(st.sampled_from(options))

    month = pick(MONTHS[day.month])
    double = pick(["", f"/{pick(MONTHS[day.month])}", f" ({pick(MONTHS[day.month])})"])
    written = pick(
        [
            f"{day.day} {month}{double} {day.year}",
            f"{day.day} من {month}{double} {day.year}",
            f"{pick(WEEKDAYS[day.weekday()])} {day.day} {month}{double} عام {day.year}",
            f"يوم {pick(WEEKDAYS[day.weekday()])} الموافق {day.day} {month} {day.year}م",
            f"{day.day}/{day.month}/{day.year}",
            f"{day.year}-{day.month:02}-{day.day:02}",
            f"{day.day:02}.{day.month:02}.{day.year}",
        ]
    )
    if data.draw(st.booleans()):
        written = written.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert days(f"قتل مدني في {written}، بقصف", None) == one(day.isoformat(), "explicit"), written


@settings(max_examples=200, deadline=None)
@given(NEWS_DAYS, st.integers(0, 300), st.data())
def test_days_without_a_year_are_read_back(anchor, back, data):
    day = anchor - timedelta(days=back)
    month = data.draw(st.sampled_from(MONTHS[day.month]))
    if (day.month, day.day) == (2, 29):
        return
    assert days(f"في {day.day} {month}", anchor) == one(day.isoformat())


@settings(max_examples=150, deadline=None)
@given(NEWS_DAYS, st.integers(0, 6), st.sampled_from(["", "يوم ", "فجر ", "مساء يوم "]), st.data())
def test_weekdays_are_the_latest_such_day(anchor, back, lead, data):
    day = anchor - timedelta(days=back)
    name = data.draw(st.sampled_from(WEEKDAYS[day.weekday()]))
    assert days(lead + name, anchor) == one(day.isoformat())
    assert days(f"{lead}{name} الماضي", anchor) == one((day if back else day - timedelta(days=7)).isoformat())


WORDS = st.sampled_from(
    sorted({f for n in ("time_words", "months", "weekdays") for e in read_entries(n) for f in e["forms"]})
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        WORDS | st.sampled_from(["15", "2021", "3", "²", "²²²²", "-", "/", "و", "من", "،", "(", ")", "عشر"]), max_size=9
    ),
    NEWS_DAYS | st.just(date(1990, 1, 1)) | st.just(date(2100, 12, 31)) | st.none(),
)
def test_no_words_break_it(words, anchor):
    tokens = tokenize(fold(" ".join(words)).text)
    last = 0
    for mention in find_dates(tokens):
        assert last <= mention.first < mention.last <= len(tokens)
        last = mention.last
        found = resolve(mention, anchor)
        assert found is None or (found.start <= found.end and found.time_precision in (1, 2, 3))


def test_a_long_text_takes_linear_time():
    tokens = tokenize(
        fold_word("قصفت قوات النظام فجر اليوم الأحد 7 أيار بلدة من ريف إدلب منذ بداية العام 2023 وحتى أمس " * 1000)
    )
    start = time.perf_counter()
    assert len(find_dates(tokens)) == 2000
    assert time.perf_counter() - start < 30


_TOLD = DateRange(date(2023, 3, 5), date(2023, 3, 5), 1, "explicit")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("قتل جندي في اليوم التالي", date(2023, 3, 6)),
        ("قتل جندي في مساء اليوم نفسه", date(2023, 3, 5)),
        ("قتل جندي بعدها بيوم", date(2023, 3, 6)),
        ("قتل جندي بعد ذلك بثلاثة أيام", date(2023, 3, 8)),
        ("قتل جندي قبلها بأسبوع", date(2023, 2, 26)),
        ("وقبل يوم من ذلك التاريخ قتل جندي", date(2023, 3, 4)),
    ],
)
def test_days_told_from_another_day(text: str, day: date) -> None:
    (mention,) = find_dates(tokenize(fold(text).text))
    found = resolve(mention, date(2023, 6, 15), _TOLD)
    assert found is not None
    assert (found.start, found.end, found.time_precision) == (day, day, 1)
    assert resolve(mention, date(2023, 6, 15)) is None


def test_an_item_headed_by_a_year_is_of_this_day_in_that_year():
    assert days("1974 - مواجهات عنيفة في بيروت") == one("1974-06-14", "explicit")
    assert days("1974 - مواجهات عنيفة في بيروت", None) is None
    assert [m.kind for m in mentions("وقتل في عام 1974 - كما قال - ثلاثة")] == ["year"]
