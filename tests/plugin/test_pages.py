"""The pages over a small hand-made state: what an analyst sees, and that an article can't break out of its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conflict_events.pipeline.workspace import archive_path, write_json
from conflict_events.records import Article
from conflict_events.settings import Settings
from conflict_events.snapshots.arrow import from_rows
from conflict_events.snapshots.schema import TABLES

TEXT = "قتل ثلاثة مدنيين في الميادين <script>alert(1)</script> أمس."
ARTICLE = Article(article_id="a1", text=TEXT, title="عنوان", publisher="وكالة")


def required(table: str) -> dict[str, Any]:
    """A value for each column that may not be null."""
    values = {"text": "x", "int32": 1, "float64": 0.5, "bool": False, "date": date(2021, 1, 2)}
    return {
        column.name: column.enum[0] if column.enum else values[column.type]
        for column in TABLES[table].columns
        if not column.nullable
    }


def write(root: Path, table: str, *rows: Mapping[str, Any]) -> None:
    import pyarrow.parquet as pq

    folder = root / "latest" / table
    folder.mkdir(parents=True)
    pq.write_table(from_rows(TABLES[table], [{**required(table), **row} for row in rows]), folder / "2021-01.parquet")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    known = Settings(data_root=tmp_path)
    start = ARTICLE.full_text.index("قتل")
    three = ARTICLE.full_text.index("ثلاثة")
    event = {
        "event_id": "e1", "event_date": date(2021, 1, 2), "action_ar": "قتل مدنيين", "place": "الميادين",
        "place_en": "Al Mayadin", "country": "SY", "event_type": "Violence against civilians",
        "deaths_low": 3, "deaths_best": 3, "deaths_high": 3,
    }  # fmt: skip
    write(tmp_path, "events", event, {"event_id": "e2", "event_date": None, "country": "IQ"})
    evidence = {"evidence_start": start, "evidence_end": len(ARTICLE.full_text)}
    write(
        tmp_path,
        "claims",
        {"claim_id": "c1", "event_id": "e1", "article_id": "a1", "publisher": "وكالة", **evidence},
        {"claim_id": "c2", "event_id": "e1", "article_id": "gone", "evidence_start": 0, "evidence_end": 3},
    )
    span = {"claim_id": "c1", "slot": "killed", "span_start": three, "span_end": three + 5}
    write(tmp_path, "claim_spans", span)
    write_json(archive_path(known, "a1"), ARTICLE.to_json())
    return known


def client(settings: Settings, authorize: Any = lambda: None) -> Any:
    from conflict_events.web.app import create_app
    from fastapi.testclient import TestClient

    return TestClient(create_app(authorize, settings))


def test_the_list_shows_day_place_and_toll_with_the_undated_last(settings: Settings) -> None:
    page = client(settings).get("/").text
    assert page.index("2021-01-02") < page.index("غير مؤرخ")
    assert "الميادين" in page and "Al Mayadin, SY" in page and ">3<" in page
    assert 'href="events/e1"' in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("country=sy", {"e1"}),
        ("from=2021-01-01&to=2021-01-31", {"e1"}),
        ("from=2021-01-03", set()),
        ("event_type=Riots", set()),
        ("page=2", set()),
        ("from=&to=&country=&event_type=", {"e1", "e2"}),
    ],
)
def test_the_list_is_narrowed(settings: Settings, query: str, shown: set[str]) -> None:
    page = client(settings).get(f"/?{query}").text
    assert {event for event in ("e1", "e2") if f"events/{event}" in page} == shown


def test_a_wrong_day_is_told(settings: Settings) -> None:
    answer = client(settings).get("/?from=yesterday")
    assert answer.status_code == 422
    assert "YYYY-MM-DD" in answer.text


def test_the_event_page_marks_the_words_of_the_claim(settings: Settings) -> None:
    page = client(settings).get("/events/e1").text
    assert '<mark class="slot" title="evidence, killed">ثلاثة</mark>' in page
    assert "The archive no longer holds this text." in page, "the second claim's article is gone"


def test_an_article_can_not_bring_its_own_markup(settings: Settings) -> None:
    page = client(settings).get("/events/e1").text
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_unknown_event_is_not_found(settings: Settings) -> None:
    assert client(settings).get("/events/nothing").status_code == 404
    assert client(settings).get("/events/..%2F..%2Farchive").status_code == 404


def test_before_the_first_snapshot_the_page_says_what_to_do(tmp_path: Path) -> None:
    assert "make run" in client(Settings(data_root=tmp_path)).get("/").text


def test_whoever_is_refused_sees_no_page(settings: Settings) -> None:
    from fastapi import HTTPException

    def refuse() -> None:
        raise HTTPException(403)

    for path in ("/", "/events/e1", "/style.css", "/docs", "/openapi.json"):
        assert client(settings, refuse).get(path).status_code in (403, 404), path
