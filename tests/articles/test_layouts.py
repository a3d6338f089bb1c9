"""Pages of twelve layouts, invented in the manner of outlets' systems: title, day, address and body are found."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conflict_events.articles import Limits, clean, read_articles
from conflict_events.articles.crawl import page_from_bytes
from conflict_events.records import Article

FOLDER = Path(__file__).parent / "layouts"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
WORD = re.compile(r"\w+")


def f1(found: str, wanted: str) -> float:
    """Shared words over all words, each counted as often as it stands."""
    one, other = Counter(WORD.findall(found)), Counter(WORD.findall(wanted))
    return 2 * (one & other).total() / (one.total() + other.total())


def read(name: str) -> Article:
    (article,) = read_articles(FOLDER / f"{name}.html", today=date(2024, 12, 31))
    assert isinstance(article, Article)
    return article


def body(article: Article) -> str:
    return "\n".join(article.full_text[one.start : one.end] for one in clean(article).segments if one.kind != "title")


def test_there_are_twelve() -> None:
    assert len(EXPECTED) == 12 == len(list(FOLDER.glob("*.html")))


@pytest.mark.parametrize("name", EXPECTED)
def test_title_day_and_address(name: str) -> None:
    article, wanted = read(name), EXPECTED[name]
    assert (article.title, str(article.published_at), article.published_source, article.url) == (
        wanted["title"],
        wanted["day"],
        wanted["day_source"],
        wanted["url"],
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_the_body(name: str) -> None:
    text = body(read(name))
    assert f1(text, "\n".join(EXPECTED[name]["body"])) >= 0.95
    assert all(paragraph in text for paragraph in EXPECTED[name]["body"] if len(paragraph) > 60)


def test_entries_of_a_live_blog_keep_their_order() -> None:
    text, wanted = read("live_blog").text, [part for part in EXPECTED["live_blog"]["body"] if len(part) > 60]
    assert [text.index(part) for part in wanted] == sorted(text.index(part) for part in wanted)


def test_paragraphs_stay_apart() -> None:
    for name, wanted in EXPECTED.items():
        lines = read(name).text.split("\n")
        for first, second in zip(wanted["body"], wanted["body"][1:], strict=False):
            assert not any(first in line and second in line for line in lines), name


def test_a_table_of_figures_stays_a_table() -> None:
    places = enumerate(("الخندق", "الربوة", "السدرة"), 3)
    rows = "".join(f"<tr><td>{place}</td><td>{number}</td></tr>" for number, place in places)
    lead = "أعلن الدفاع المدني حصيلة القصف الذي طال بلدات الريف خلال الأسبوع الماضي، وهي في الجدول الآتي."
    html = (
        f"<html><body><article><h1>حصيلة القصف على بلدات الريف</h1><p>{lead}</p>"
        f"<table><tr><th>البلدة</th><th>القتلى</th></tr>{rows}</table>"
        "<p>وقال إن الحصيلة مرشحة للارتفاع بسبب خطورة بعض الإصابات.</p></article></body></html>"
    )
    text = str(page_from_bytes(html.encode(), None, Limits()).record["text"])
    assert re.search(r"الربوة \| 4", text)


@pytest.mark.parametrize(
    ("given", "canonical", "taken"),
    [
        ("https://nakhil.example/?p=7012", "https://nakhil.example/news/7012/", True),
        ("https://m.nakhil.example/news/7012/amp", "https://nakhil.example/news/7012", True),
        ("https://nakhil.example/news/7012", "https://nakhil.example/", False),
        ("https://nakhil.example/news/7012", "https://sahel.example/news/7012", False),
        ("https://nakhil.example/news/7012", "https://nakhil.example/news", False),
    ],
)
def test_which_canonical_links_are_believed(given: str, canonical: str, taken: bool) -> None:
    link = f'<link rel="canonical" href="{canonical}">'
    page = f"<html><head>{link}</head><body><p>قتل مدني في بلدة الخندق.</p></body></html>"
    assert page_from_bytes(page.encode(), given, Limits()).record["url"] == (canonical if taken else given)
