"""The day comes from what states it, in the right order, and never from the clock."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from conflict_events.articles.publication_day import (
    DayStatements,
    dateline_day,
    day_in,
    parse_day,
    publication_day,
    url_day,
)

DAMASCUS = ZoneInfo("Asia/Damascus")
LATEST = date(2025, 1, 1)
TEXT = "قُتل أربعة مدنيين في قصف على البلدة."


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-11-29", date(2024, 11, 29)),
        ("2024-11-29T23:30:00", date(2024, 11, 29)),
        ("2024-11-29T23:30:00Z", date(2024, 11, 30)),
        ("2024-11-29T23:30:00+03:00", date(2024, 11, 29)),
        ("Fri, 29 Nov 2024 23:30:00 GMT", date(2024, 11, 30)),
        ("29/11/2024", date(2024, 11, 29)),
        ("٢٩/١١/٢٠٢٤", date(2024, 11, 29)),
        ("2024/11/29 11:56", date(2024, 11, 29)),
        ("15-03-2024", date(2024, 3, 15)),
        (1732921200, date(2024, 11, 30)),
        ("0001-01-01", None),
        ("1970-01-01T00:00:00Z", None),
        ("31/02/2024", None),
        ("الأربعاء, فبراير 9, 2022", date(2022, 2, 9)),
        ("السبت, ٣ ديسمبر ٢٠٢٢, ١٤:٣٣", date(2022, 12, 3)),
        ("نشر في 15 آذار/مارس 2024", date(2024, 3, 15)),
        ("10 محرم 1436 هـ الموافق 3 نوفمبر 2014 م", date(2014, 11, 3)),
        ("آذار 2024", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (float("inf"), None),
        (["2024"], None),
    ],
)
def test_stated_days(value: object, day: date | None) -> None:
    assert parse_day(value, DAMASCUS) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2024/11/29/story", date(2024, 11, 29)),
        ("https://example.org/news-2024-11-29.html", date(2024, 11, 29)),
        ("https://example.org/20241129/story", date(2024, 11, 29)),
        ("https://example.org/2024/13/29/story", None),
        ("https://example.org/post/20249912", None),
        ("https://example.org/1234567890", None),
        (None, None),
    ],
)
def test_days_in_urls(url: str | None, day: date | None) -> None:
    assert url_day(url) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("السبت, 03/01/2025 - 09:00", date(2025, 3, 1)),  # Drupal's month first
        ("الجمعة, 03/01/2025 - 09:00", date(2025, 1, 3)),
        ("03/01/2025 - 09:00", date(2025, 1, 3)),
        ("الاثنين, 12/15/2025 - 09:00", date(2025, 12, 15)),
        ("12/15/2025", date(2025, 12, 15)),
        ("الأحد 03/01/2025", date(2025, 1, 3)),  # the weekday fits neither
    ],
)
def test_the_weekday_tells_whether_the_month_stands_first(line: str, day: date | None) -> None:
    assert day_in(line) == day


def test_the_order_of_the_sources() -> None:
    url = "https://example.org/2024/11/05/x"
    text = f"قصف على البلدة يوقع ضحايا\n2024.11.04 | 11:56\n{TEXT}"

    def day(**stated: object) -> tuple[date | None, str | None]:
        statements = DayStatements(**{"url": url} | stated)  # type: ignore[arg-type]
        return publication_day(statements, "", text, DAMASCUS, LATEST)

    metadata = ("2024-11-03",)
    assert day(record="2024-11-01", sidecar="2024-11-02", metadata=metadata) == (date(2024, 11, 1), "record")
    assert day(record="soon", sidecar="2024-11-02", metadata=metadata) == (date(2024, 11, 2), "sidecar")
    assert day(metadata=metadata) == (date(2024, 11, 3), "metadata")
    assert day(metadata=("2031-01-01",)) == (date(2024, 11, 4), "dateline")
    assert day() == (date(2024, 11, 4), "dateline")
    assert publication_day(DayStatements(url=url), "", TEXT, DAMASCUS, LATEST) == (date(2024, 11, 5), "url")
    assert publication_day(DayStatements(), "", TEXT, DAMASCUS, LATEST) == (None, None)


def test_a_date_inside_the_report_is_no_dateline() -> None:
    report = (
        "وكانت قوات محلية قد أعلنت في بيان لها أن الهجوم الذي وقع بتاريخ 12/03/2021 أوقع عددا من القتلى في المدينة."
    )
    assert dateline_day("", f"{report}\n{TEXT}") is None


def test_the_site_s_clock_above_the_title_is_passed_over() -> None:
    title = "قتيل وسبعة جرحى في قصف على السوق"
    page = f"05.10.2025, الأحد\nالأخبار\nرياضة\n{title}\n23.03.2022\n{TEXT}"
    assert dateline_day(title, page) == date(2022, 3, 23)


def test_a_worded_date_before_the_dash_that_opens_the_report() -> None:
    assert dateline_day("", f"الخندق - 12 آذار 2024 - {TEXT}") == date(2024, 3, 12)


def test_the_date_of_a_caption_is_not_the_article_s() -> None:
    title = "ضحايا جراء قصف مخيم قرب البلدة"
    caption = "صورة من القصف 28 من تشرين الأول 2022"
    longer = "قصف يستهدف مخيم الصفصاف بريف المحافظة الشمالي في 28 من تشرين الأول 2022 (الدفاع المدني)"
    assert dateline_day(f"{title} - نخيل", f"{title}\n{longer}\n{caption}\n29/10/2022\n1:46 م\n{TEXT}") == date(
        2022, 10, 29
    )


def test_outlet_place_and_both_calendars_on_one_line() -> None:
    line = "بريد الشاطئ - الصفصاف - الجمعة 15 مارس 2024 الموافق 5 رمضان 1445هـ"
    assert dateline_day("", f"مقتل جنديين بانفجار عبوة ناسفة\n{line}\n{TEXT}") == date(2024, 3, 15)


def test_an_updated_line_counts_only_alone() -> None:
    title = "قصف على البلدة يوقع ضحايا"
    both = f"{title}\nآخر تحديث: 30.11.2024 | 14:51\nنشر في: 29.11.2024\n{TEXT}"
    assert dateline_day(title, both) == date(2024, 11, 29)
    assert dateline_day(title, f"{title}\nآخر تحديث: 30.11.2024 | 14:51\n{TEXT}") == date(2024, 11, 30)
