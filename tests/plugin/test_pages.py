"""The pages over a small hand-made state: what an analyst sees, and that an article can't break out of its page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from conflict_events.pipeline.workspace import archive_path, write_json
from conflict_events.records import Article
from conflict_events.settings import Settings
from conflict_events.snapshots.arrow import from_rows
from conflict_events.snapshots.schema import TABLES

TEXT = "دمشق - وكالة. قتل ثلاثة مدنيين في الميادين <script>alert(1)</script> أمس. ولا صلة لهذا."
ARTICLE = Article(article_id="a1", text=TEXT, title="عنوان", publisher="وكالة")
START, END = ARTICLE.full_text.index("قتل"), ARTICLE.full_text.index(" ولا")
THREE = ARTICLE.full_text.index("ثلاثة")


def required(table: str) -> dict[str, Any]:
    """A value for each column that may not be null."""
    values = {"text": "x", "int32": 1, "float64": 0.5, "bool": False, "date": date(2021, 1, 2)}
    return {
        column.name: column.enum[0] if column.enum else values[column.type]
        for column in TABLES[table].columns
        if not column.nullable
    }


def write(root: Path, name: str, *rows: Mapping[str, Any]) -> None:
    import pyarrow.parquet as pq

    table = "events" if name == "tombstones" else name
    partition = TABLES[table].partition == "none"
    path = root / "latest" / (f"{name}.parquet" if partition else f"{name}/2021-01.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(from_rows(TABLES[table], [{**required(table), **row} for row in rows]), path)


EVENT = {
    "event_id": "e1", "event_date": date(2021, 1, 2), "time_precision": 1, "action_ar": "قتل مدنيين",
    "action_en": "Attack on civilians", "place": "الميادين", "place_en": "Al Mayadin", "admin1_en": "Deir ez-Zor",
    "country": "SY", "lat": 35.02, "lon": 40.45, "geo_precision": 1, "event_type": "Violence against civilians",
    "sub_event_type": "Attack", "actor1": "IS; HTS", "actor1_en": "Islamic State", "actor1_ar": "تنظيم الدولة",
    "sources": "المرصد", "publishers": "وكالة", "n_independent_sources": 2,
    "deaths_low": 3, "deaths_best": 3, "deaths_high": None,
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    known = Settings(data_root=tmp_path)
    write(
        tmp_path,
        "events",
        EVENT,
        {"event_id": "e2", "event_date": None, "country": "IQ", "is_background": True, "time_precision": 3},
        {"event_id": "e3", "event_date": date(2021, 1, 9), "lat": 15.35, "lon": 44.2, "geo_precision": 3,
         "event_type": "Battles", "country": "YE", "actor1": "HTS_OTHER"},
    )  # fmt: skip
    write(tmp_path, "tombstones", {"event_id": "old", "change": "merged", "merged_into": "e1", "reason": "the same"})
    said = hashlib.sha256(ARTICLE.full_text[START:END].encode()).hexdigest()
    evidence = {"evidence_start": START, "evidence_end": END, "evidence_sha256": said}
    write(
        tmp_path,
        "claims",
        {
            "claim_id": "c1",
            "event_id": "e1",
            "article_id": "a1",
            "publisher": "وكالة",
            "sources": "الإعلام",
            **evidence,
        },
        {"claim_id": "c2", "event_id": "e1", "article_id": "gone", "evidence_start": 0, "evidence_end": 3},
        {"claim_id": "c3", "event_id": "e1", "article_id": "a1", **evidence, "evidence_sha256": "other"},
        {"claim_id": "c4", "event_id": "e1", "article_id": "gone", "evidence": "كلمات منشورة", **evidence},
    )
    write(
        tmp_path,
        "articles",
        {"article_id": "a1", "url": "javascript:alert(2)"},
        {"article_id": "gone", "url": "https://outlet.example/1?a=%22"},
    )
    write(
        tmp_path, "claim_spans", {"claim_id": "c1", "slot": "count:killed", "span_start": THREE, "span_end": THREE + 5}
    )
    write(tmp_path, "claim_sources", {"claim_id": "c1", "name": "الإعلام", "source_type": "media", "stance": "denies"})
    write(
        tmp_path,
        "claim_counts",
        {"claim_id": "c1", "measure": "killed", "low": 3, "best": 3, "high": None, "qualifier": "at_least"},
    )
    write(tmp_path, "dim_actor", {"actor_id": "IS", "name_en": "Islamic State", "name_ar": "تنظيم الدولة"})
    write_json(archive_path(known, "a1"), ARTICLE.to_json())
    return known


def client(settings: Settings, authorize: Any = lambda: None) -> Any:
    from fastapi.testclient import TestClient

    from conflict_events.web.pages.app import create_app

    return TestClient(create_app(authorize, settings))


def shown(page: str) -> list[str]:
    """The events in the table of a page, in order."""
    table = page.partition('id="table"')[2]
    return re.findall(r'<a href="events/(\w+)"', table)


def test_the_list_shows_day_place_and_toll_with_the_undated_last(settings: Settings) -> None:
    page = client(settings).get("/").text
    assert shown(page) == ["e3", "e1", "e2"]
    assert "الميادين" in page and "دير الزور، سوريا" in page and "3 / 3 / –" in page
    assert "غير مؤرخ" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=sy", {"e1"}),
        ("from=2021-01-01&to=2021-01-05", {"e1"}),
        ("from=2021-01-10", set()),
        ("type=Riots", set()),
        ("type=Battles", {"e3"}),
        ("actor=HTS", {"e1"}),
        ("source=المرصد", {"e1"}),
        ("source=وكالة", {"e1"}),
        ("sources=2", {"e1"}),
        ("place=1", {"e1"}),
        ("place=3", {"e1", "e3"}),
        ("day=1", {"e1"}),
        ("kind=background", {"e2"}),
        ("kind=aggregate", set()),
        ("box=40,34,41,36", {"e1"}),
        ("page=2", set()),
        ("from=&to=&country=&type=&unknown=1", {"e1", "e2", "e3"}),
        ("actor=x' OR true --", set()),
        ("source=') OR true --", set()),
    ],
)
def test_the_list_is_narrowed(settings: Settings, query: str, expected: set[str]) -> None:
    answer = client(settings).get(f"/?{query}")
    assert answer.status_code == 200
    assert set(shown(answer.text)) == expected


@pytest.mark.parametrize("query", [
    "from=yesterday", "country=SYR", "type=War", "sources=0", "sources=²", "place=4", "kind=x", "sort=event_id;--",
    "box=1,2,3", "box=nan,1,2,3", "box=5,1,4,2", "page=0", "page=99999999999", "source=" + "x" * 81,
])  # fmt: skip
def test_a_wrong_filter_is_told(settings: Settings, query: str) -> None:
    answer = client(settings).get(f"/?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.text


def test_the_order_can_be_chosen(settings: Settings) -> None:
    assert shown(client(settings).get("/?sort=deadliest").text)[0] == "e1"
    assert shown(client(settings).get("/?sort=oldest").text) == ["e1", "e3", "e2"]


def test_the_map_has_a_link_for_each_placed_event_and_a_ring_where_the_place_is_vague(settings: Settings) -> None:
    page = client(settings).get("/?box=42,13,46,17").text
    assert 'id="m-e3"' in page and 'id="m-e1"' not in page
    assert '<g class="rings">\n<circle' in page, "a governorate is known to within 60 km"
    assert (
        "<circle"
        not in client(settings).get("/?box=38,33,42,37").text.partition('class="rings"')[2].partition("</g>")[0]
    )


def test_the_timeline_leads_to_its_days(settings: Settings) -> None:
    page = client(settings).get("/?lang=en").text
    assert 'href="?from=2021-01-02&amp;to=2021-01-02"' in page
    assert "2021-01-09: 1 (Battles: 1)" in page


def test_the_event_page_marks_the_words_of_the_claim(settings: Settings) -> None:
    page = client(settings).get("/events/e1?lang=en").text
    first = page.partition('id="c1"')[2].partition("</article>")[0]
    sentence = first.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert 'dir="rtl"' in sentence
    assert '<mark class="slot count" title="Killed">ثلاثة</mark>' in sentence
    assert "ولا صلة" not in sentence and "ولا صلة" in first, "other sentences stand in the whole article only"
    assert "media, " in first and '<b class="stance denies">denies</b>' in first


def test_counts_stand_by_claim_and_what_nobody_stated_is_no_number(settings: Settings) -> None:
    page = client(settings).get("/events/e1?lang=en").text
    row = page.partition('<a href="#c1">')[2].partition("</tbody>")[0]
    assert re.findall(r'<td class="number">(.*?)</td>', row) == ["3", "3", "–"]
    assert "at least" in row


def test_words_that_are_gone_or_not_those_that_were_read_are_told(settings: Settings) -> None:
    page = client(settings).get("/events/e1?lang=en").text
    assert "The archive no longer holds this text." in page.partition('id="c2"')[2].partition("</article>")[0]
    assert "not the one that the claim was read from" in page.partition('id="c3"')[2].partition("</article>")[0]
    assert "كلمات منشورة" in page.partition('id="c4"')[2].partition("</article>")[0]


def test_an_article_can_not_bring_its_own_markup_or_script(settings: Settings) -> None:
    page = client(settings).get("/events/e1").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page
    assert 'href="https://outlet.example/1?a=%22" target="_blank" rel="noopener noreferrer"' in page


def test_an_event_that_ended_leads_to_its_heir(settings: Settings) -> None:
    page = client(settings).get("/events/old").text
    assert 'href="e1"' in page


def test_what_there_is_not_is_not_found(settings: Settings) -> None:
    reader = client(settings)
    for path in ("/events/nothing", "/events/..%2F..%2Farchive", "/runs/2021-01-01", "/runs/..%2F..", "/static/app.py"):
        assert reader.get(path).status_code == 404, path
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert reader.get(path).status_code == 404, path


def test_before_the_first_snapshot_the_page_says_what_to_do(tmp_path: Path) -> None:
    reader = client(Settings(data_root=tmp_path))
    for path in ("/", "/runs"):
        assert "make run" in reader.get(path).text


def test_the_language_is_asked_for_remembered_or_that_of_the_browser(settings: Settings) -> None:
    reader = client(settings)
    assert '<html lang="ar" dir="rtl">' in reader.get("/").text
    assert '<html lang="en" dir="ltr">' in reader.get("/", headers={"accept-language": "de, en;q=0.7"}).text
    assert '<html lang="en" dir="ltr">' in reader.get("/?lang=en").text
    assert '<html lang="en" dir="ltr">' in reader.get("/runs").text, "the cookie remembers it"
    assert '<html lang="en" dir="ltr">' in reader.get("/?lang=xx").text


def test_whoever_is_refused_sees_no_page(settings: Settings) -> None:
    from fastapi import HTTPException

    def refuse() -> None:
        raise HTTPException(403)

    reader = client(settings, refuse)
    for path in ("/", "/events/e1", "/runs", "/runs/2021-01-02", "/static/style.css"):
        assert reader.get(path).status_code == 403, path
    for path in ("/docs", "/openapi.json"):
        assert reader.get(path).status_code == 404, path


class _Inline(HTMLParser):
    """What a strict policy would block, and addresses that the page itself loads from."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)
        if tag in ("script", "img", "link", "image", "use", "iframe"):
            self.loads.append(str(given.get("src") or given.get("href")))


def test_no_page_has_inline_script_or_style_or_loads_from_elsewhere(published: Settings) -> None:
    reader = client(published)
    one = shown(reader.get("/").text)[0]
    for path in ("/", "/?box=35,33,40,37", f"/events/{one}", "/runs", "/runs/2024-03-12", "/?from=x", "/events/no"):
        answer = reader.get(path)
        page = _Inline()
        page.feed(answer.text)
        assert page.found == [], path
        assert page.loads and all(not re.match(r"(\w+:)?//|data:", link) for link in page.loads), path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "://" not in policy


def test_the_run_page_counts_what_came_in_and_what_was_set_aside(published: Settings) -> None:
    reader = client(published)
    assert 'href="runs/2024-03-11"' in reader.get("/runs?lang=en").text
    page = reader.get("/runs/2024-03-12").text
    assert "<b>7</b>Articles in" in page and "<b>1</b>Quarantined" in page
    assert '<code>not_arabic</code></th><td>the text is not in Arabic</td><td class="number">1</td>' in page
    assert "hudood24.example" in page
    assert re.search(r"Checks: \d{3}; failed: 0; warnings: \d", page)
    assert "After the day&#39;s end" in page and "median 0 days" in page
    assert 'href="2024-03-11" rel="prev"' in page
    assert "not_arabic" not in reader.get("/runs/2024-03-11").text


def test_a_revised_event_shows_each_revision(published: Settings) -> None:
    from conflict_events.snapshots import connect

    with connect(published.data_root) as connection:
        revised = connection.sql("SELECT event_id FROM events WHERE revision = 2").fetchall()
    assert revised
    page = client(published).get(f"/events/{revised[0][0]}?lang=en").text
    table = page.partition("<h2>Revisions</h2>")[2]
    assert re.findall(r'href="\.\./runs/([\d-]+)"', table) == ["2024-03-11", "2024-03-12"]
    assert "first reported" in table and "claims joined" in table


def test_every_event_has_a_page_in_both_languages(published: Settings) -> None:
    from conflict_events.snapshots import connect

    with connect(published.data_root) as connection:
        ids = [row[0] for row in connection.sql("SELECT event_id FROM events ORDER BY 1").fetchall()]
    reader = client(published)
    for number, event_id in enumerate(ids):
        answer = reader.get(f"/events/{event_id}?lang={'ar' if number % 2 else 'en'}")
        assert answer.status_code == 200
        assert '<blockquote class="words"' in answer.text, "the archive holds all of them"
