"""The headline of a page title, once and without the site's name."""

import pytest

from conflict_events.articles.headline import headline_span
from conflict_events.articles.phrases import line_key, load_phrases

HEADLINE = "قصف على بلدة الخندق يوقع قتلى وجرحى"


@pytest.mark.parametrize(
    "title",
    [
        HEADLINE,
        f"{HEADLINE} | شبكة النخيل الإخبارية",
        f"{HEADLINE} - صحيفة النخيل",
        f"{HEADLINE} – Nakhil Online",
        f"{HEADLINE} - North press agency | وكالة نخيل برس",
        f"{HEADLINE} | الشرق الأوسط",
        f"{HEADLINE} - الأسبوع",
        f"NKH | {HEADLINE}",
        f"بالفيديو| {HEADLINE}",
        f"{HEADLINE} {HEADLINE}",
        f"{HEADLINE} {HEADLINE} {HEADLINE} {HEADLINE}",
        f"NKH | {HEADLINE} {HEADLINE} {HEADLINE}",
        f"{HEADLINE} | شبكة النخيل {HEADLINE} - It's Over! {HEADLINE} {HEADLINE}",
        f"  {HEADLINE}  ",
    ],
)
def test_one_clean_headline(title: str) -> None:
    start, end = headline_span(title, [], load_phrases())
    assert title[start:end] == HEADLINE


def test_the_page_s_own_line_decides() -> None:
    title = "ملخص الليلة - قصف على الخندق - متابعة"
    start, end = headline_span(title, [line_key("قصف على الخندق")], load_phrases())
    assert title[start:end] == "قصف على الخندق"
    title = f"بريد النخيل: {HEADLINE}"
    start, end = headline_span(title, ["بريد النخيل", line_key(HEADLINE)], load_phrases())
    assert title[start:end] == HEADLINE


@pytest.mark.parametrize(
    "title",
    [
        "قصف على الخندق - 5 قتلى",
        "الخندق.. 3 قتلى و7 جرحى بقصف",
        "قصف",
        "«الفوج 46» يصد هجوما - ويأسر ثلاثة من المهاجمين",
    ],
)
def test_dashes_of_the_headline_itself_stay(title: str) -> None:
    start, end = headline_span(title, [], load_phrases())
    assert title[start:end] == title


def test_a_blank_title_has_none() -> None:
    assert headline_span(" \t", [], load_phrases()) == (0, 0)
