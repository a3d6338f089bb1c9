"""Which days are due and which articles a day takes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_events.pipeline import PipelineError, clean, clean_batches, extract, ingest, plan, planning
from conflict_events.pipeline.planning import day_articles, settle, waiting
from conflict_events.pipeline.reading import staged_claims
from conflict_events.pipeline.workspace import write_json
from conflict_events.settings import Settings

Write = Callable[..., Path]


def _publish(settings: Settings, day: str) -> None:
    """Leave what a published day leaves, without publishing one."""
    write_json(settings.snapshots / f"snapshot={day}" / "manifest.json", {})
    settle(settings)


def test_one_day_for_each_publication_day(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    ingest(workspace, write_articles(tmp_path / "in.jsonl", "later", "strike", "shelling"))
    assert plan(workspace) == ["2023-07-01", "2023-07-02", "2023-07-03"]


def test_a_given_day_takes_everything_up_to_it(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    ingest(workspace, write_articles(tmp_path / "in.jsonl", "later", "strike", "shelling"))
    assert plan(workspace, "2023-07-02") == ["2023-07-02"]
    clean_batches(workspace, "2023-07-02")
    assert day_articles(workspace, "2023-07-02") == ["shelling", "strike"]


def test_undated_articles_go_to_the_last_day(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    undated = {"text": "قتل مدني برصاص مجهولين في مدينة درعا جنوبي سوريا بحسب ما أفادت مصادر محلية.", "publisher": "x"}
    ingest(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling", undated=undated))
    assert plan(workspace) == ["2023-07-01", "2023-07-02"]
    clean_batches(workspace, "2023-07-01")
    assert day_articles(workspace, "2023-07-01") == ["strike"]
    _publish(workspace, "2023-07-01")
    clean_batches(workspace, "2023-07-02")
    assert day_articles(workspace, "2023-07-02") == ["shelling", "undated"]


def test_only_undated_articles_need_a_day(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    undated = {"text": "قتل مدني برصاص مجهولين في مدينة درعا جنوبي سوريا بحسب ما أفادت مصادر محلية."}
    ingest(workspace, write_articles(tmp_path / "in.jsonl", undated=undated))
    with pytest.raises(PipelineError, match="--date"):
        plan(workspace)
    assert plan(workspace, "2023-07-05") == ["2023-07-05"]
    assert clean_batches(workspace, "2023-07-05") == [{"day": "2023-07-05", "number": 0, "articles": 1}]


def test_a_day_that_is_cut_anew_leaves_nothing_of_the_former_batches(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    """A run of several processes that ended early has smaller batches staged than the one that follows it."""
    ingest(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling"))
    for batch in clean_batches(replace(workspace, batch_size=1), "2023-07-02"):
        clean(workspace, batch)
        extract(workspace, batch)
    (batch,) = clean_batches(workspace, "2023-07-02")
    with pytest.raises(PipelineError, match="not extracted"):
        staged_claims(workspace, "2023-07-02")
    clean(workspace, batch)
    extract(workspace, batch)
    articles, _ = staged_claims(workspace, "2023-07-02")
    assert sorted(cleaned.article.article_id for cleaned in articles) == ["shelling", "strike"]


def test_late_articles_belong_to_the_day_after_the_last(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    ingest(workspace, write_articles(tmp_path / "a.jsonl", "shelling"))
    clean_batches(workspace, "2023-07-02")
    _publish(workspace, "2023-07-02")
    assert waiting(workspace) == 0
    ingest(workspace, write_articles(tmp_path / "b.jsonl", "strike"))
    assert plan(workspace) == ["2023-07-03"]
    assert clean_batches(workspace, "2023-07-02") == [], "a published day takes nothing more"


def test_days_ascend(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    _publish(workspace, "2023-07-02")
    assert plan(workspace, "2023-07-02") == []
    with pytest.raises(PipelineError, match="before the last snapshot"):
        plan(workspace, "2023-07-01")


def test_a_day_without_articles_is_due_when_asked_for(workspace: Settings) -> None:
    assert plan(workspace) == []
    assert plan(workspace, "2023-07-01") == ["2023-07-01"]
    assert clean_batches(workspace, "2023-07-01") == []


def test_batches_of_the_set_size(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    settings = Settings(data_root=workspace.data_root, batch_size=2)
    ingest(settings, write_articles(tmp_path / "in.jsonl", "later", "strike", "shelling"))
    assert [batch["articles"] for batch in clean_batches(settings, "2023-07-03")] == [2, 1]


def test_a_large_day_has_larger_batches_not_more_of_them(
    workspace: Settings, write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST_BATCHES", 2)
    settings = Settings(data_root=workspace.data_root, batch_size=1)
    ingest(settings, write_articles(tmp_path / "in.jsonl", "later", "strike", "shelling"))
    assert [batch["articles"] for batch in clean_batches(settings, "2023-07-03")] == [2, 1]


def test_other_articles_than_a_broken_off_run_staged(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    ingest(workspace, write_articles(tmp_path / "a.jsonl", "strike"))
    clean_batches(workspace, "2023-07-03")
    stale = workspace.work / "2023-07-03" / "claims-0000.jsonl"
    stale.write_text("", encoding="utf-8")
    ingest(workspace, write_articles(tmp_path / "b.jsonl", "shelling"))
    clean_batches(workspace, "2023-07-03")
    assert not stale.exists()


def test_day_must_be_a_day(workspace: Settings) -> None:
    with pytest.raises(PipelineError, match="YYYY-MM-DD"):
        plan(workspace, "17.1.2021")
