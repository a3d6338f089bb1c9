"""The report of a day as one page: no network, Arabic right to left, the words of the articles and nothing else."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.settings import Settings
from conflict_events.snapshots import NothingPublished
from conflict_events.web.charts import COLOURS, event_map, timeline
from conflict_events.web.day_page import day_page

Write = Callable[..., Path]


class Parts(HTMLParser):
    """Tags, what they would fetch, and the quotes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.quotes: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.fetched += [str(given[name]) for name in ("src", "srcset", "data", "action") if name in given]
        if tag in ("link", "image", "use") or (tag == "a" and not str(given["href"]).startswith("#")):
            self.fetched.append(str(attrs))
        if tag == "blockquote":
            assert (given["dir"], given["lang"]) == ("rtl", "ar")
            self.quotes.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "footer" and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quotes[-1] += data


@pytest.fixture
def page(workspace: Settings, write_articles: Write, tmp_path: Path) -> str:
    """The page of the day on which the strike's toll rose."""
    pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later"))
    return day_page(workspace, date(2023, 7, 3))


def test_it_needs_nothing_from_elsewhere(page: str) -> None:
    parts = Parts(page)
    assert parts.fetched == [] and "script" not in parts.tags
    assert "url(http" not in page and "@import" not in page and "default-src 'none'" in page
    assert set(re.findall(r"https?://[^\s\"'<)]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_it_shows_the_day(page: str) -> None:
    parts = Parts(page)
    assert parts.tags.count("svg") == 2
    assert "deaths 3/3/3 -&gt; 3/5/5" in page and "claim joined" in page, "the revision since yesterday"
    assert "three.example" in page and "Coverage" in page
    assert any("ارتفعت حصيلة الغارة الجوية الروسية على مدينة أريحا" in quote for quote in parts.quotes)
    assert any("قتل ثلاثة مدنيين" in quote for quote in parts.quotes), "evidence of earlier days, too"
    assert "<mark" in page and 'dir="rtl"' in page and "prefers-color-scheme: dark" in page
    identifiers = re.findall(r'id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))


Show = Callable[[str, str], str]


@pytest.fixture
def show(workspace: Settings, write_articles: Write, tmp_path: Path) -> Show:
    """The page of a day with one article, from its publisher and text."""

    def publish(publisher: str, text: str) -> str:
        one = {"published_at": "2023-07-01", "publisher": publisher, "text": text}
        pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", one=one))
        return day_page(workspace, date(2023, 7, 1))

    return publish


def test_an_article_cannot_write_into_the_page(show: Show) -> None:
    text = "قتل ثلاثة مدنيين، السبت، جراء غارة روسية <img src=x onerror=alert(1)> على مدينة أريحا بريف إدلب."
    shown = show("<script>alert(1)</script>", text)
    assert "<script" not in shown and "<img" not in shown and "&lt;script&gt;" in shown


def test_a_day_without_events_and_a_day_that_is_not_there(show: Show, workspace: Settings) -> None:
    shown = show("one.example", "افتتح الوزير اليوم معرض الكتاب في دمشق.")
    assert "No event of this snapshot has a point" in shown and "one.example" in shown
    with pytest.raises(NothingPublished, match="2023-07-02 is not published"):
        day_page(workspace, date(2023, 7, 2))


def test_a_text_that_is_gone_is_said(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike"))
    pipeline.workspace.archive_path(workspace, "strike").unlink()
    assert "The archive no longer holds this text" in day_page(workspace, date(2023, 7, 1))


def test_the_charts_hold_their_numbers() -> None:
    dot = {"place": "أريحا", "place_en": "Ariha", "event_type": "Battles", "is_aggregate": False, "deaths_best": 3}
    dot |= {"deaths_high": None, "deaths_qualifier": "at_least"}
    drawn = event_map([{**dot, "deaths_low": 3, "lat": 35.8, "lon": 36.6}, {**dot, "lat": None, "lon": None}])
    assert drawn.count(COLOURS["Battles"]) == 2, "one event, one line of the legend"
    assert "Idlib" in drawn and "currentColor" in drawn and "Ariha, deaths: 3/3/-" in drawn
    assert event_map([{**dot, "lat": None, "lon": None}]) == ""
    script = {**dot, "place_en": "<script>", "deaths_low": 3, "lat": 35.8, "lon": 36.6}
    assert "<script>" not in event_map([script])
    bars = timeline({(date(2024, 3, 1), "Riots"): 2, (date(2023, 1, 1), "Riots"): 9}, date(2024, 3, 2), 5)
    assert "events: 2" in bars and "events: 9" not in bars
    assert bars.count("<rect") == 1 and ">03-02<" in bars and ">02-26<" not in bars, "five days, one with events"
    assert "<rect" not in timeline({}, date(2024, 3, 2))


def test_the_map_puts_north_up_and_draws_the_greater_toll_larger() -> None:
    dot = {"place": "", "place_en": "", "event_type": "Battles", "is_aggregate": False, "deaths_low": None}
    dot |= {"deaths_high": None, "deaths_qualifier": None}
    north = {**dot, "lat": 36.2, "lon": 37.1, "deaths_best": 40}
    south = {**dot, "lat": 33.5, "lon": 36.3, "deaths_best": None}
    drawn = event_map([south, north])
    assert "deaths: -/40/-" in drawn and drawn.count("deaths:") == 1, "what nobody stated is not 0"
    circles = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"[^>]*><title>', drawn)
    (x1, y1, r1), (x2, y2, r2) = [tuple(map(float, circle)) for circle in circles]
    assert x1 > x2 and y1 < y2 and r1 > r2, "the northern one lies further east and has the greater toll"
