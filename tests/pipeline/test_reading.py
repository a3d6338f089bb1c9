"""Clean and extract: one article's failure is its own."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.extraction import Extractor
from conflict_events.pipeline.reading import clean_from_json, clean_to_json, failures, staged_claims
from conflict_events.records import Claim, CleanArticle
from conflict_events.settings import Settings

Write = Callable[..., Path]


def _batch(settings: Settings, source: Path) -> pipeline.Batch:
    pipeline.ingest(settings, source)
    (batch,) = pipeline.clean_batches(settings, "2023-07-03")
    pipeline.clean(settings, batch)
    return batch


def test_cleaned_articles_survive_their_file(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    batch = _batch(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling"))
    pipeline.extract(workspace, batch)
    articles, claims = staged_claims(workspace, "2023-07-03")
    assert [one.article.article_id for one in articles] == ["shelling", "strike"]
    assert all(clean_from_json(clean_to_json(one)) == one for one in articles)
    texts = {one.article.article_id: one.article.full_text for one in articles}
    assert claims
    assert all(texts[c.article_id][c.evidence_start : c.evidence_end] == c.evidence for c in claims)


def _sabotage(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    real = Extractor.extract

    def extract(self: Extractor, clean: CleanArticle) -> list[Claim]:
        if clean.article.article_id == "strike":
            act()
        return real(self, clean)

    monkeypatch.setattr(Extractor, "extract", extract)


def test_an_article_that_fails_takes_no_other_with_it(
    workspace: Settings, write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError("odd text")

    _sabotage(monkeypatch, fail)
    batch = _batch(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling"))
    receipt = pipeline.extract(workspace, batch)
    assert receipt["failed"] == 1 and receipt["claims"] > 0
    assert failures(workspace, "2023-07-03") == [
        {"article_id": "strike", "reason": "failed", "detail": "ValueError: odd text"}
    ]


def test_an_article_that_takes_too_long_is_stopped(
    workspace: Settings, write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sabotage(monkeypatch, lambda: time.sleep(5))
    settings = Settings(data_root=workspace.data_root, max_seconds_per_document=1.0)
    batch = _batch(settings, write_articles(tmp_path / "in.jsonl", "strike", "shelling"))
    signal.setitimer(signal.ITIMER_REAL, 60)  # such as Airflow's limit on the task
    try:
        receipt = pipeline.extract(settings, batch)
        assert 50 < signal.getitimer(signal.ITIMER_REAL)[0] < 60, "the outer limit still runs"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    assert receipt["failed"] == 1 and receipt["claims"] > 0
    assert failures(settings, "2023-07-03")[0]["reason"] == "too_slow"
