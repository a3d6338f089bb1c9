"""Retention: old texts and quarantine go, snapshots stay, and what was removed does not come back as news."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.pipeline import load_article, prune_archive
from conflict_events.pipeline.planning import known_listing, waiting
from conflict_events.settings import Settings

Write = Callable[..., Path]


def _published(settings: Settings) -> dict[str, bytes]:
    folders = (settings.snapshots, settings.latest.resolve())
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def three_days(workspace: Settings, write_articles: Write, tmp_path: Path) -> Settings:
    """Three published days, 1 to 3 July, with something in the quarantine of the last."""
    pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later", empty={"text": ""}))
    assert (workspace.quarantine / "2023-07-03").is_dir()
    return workspace


def _held(settings: Settings) -> list[str]:
    return [name for name in ("strike", "shelling", "later") if load_article(settings, name) is not None]


def test_off_by_default(three_days: Settings) -> None:
    assert three_days.retention_days == 0
    assert prune_archive(three_days, "2099-01-01") == {"texts": 0, "quarantine_days": 0}
    assert _held(three_days) == ["strike", "shelling", "later"]


def test_only_what_is_older_goes(three_days: Settings) -> None:
    keeping = replace(three_days, retention_days=30)
    before = _published(keeping)
    assert prune_archive(keeping, "2023-07-31") == {"texts": 0, "quarantine_days": 0}
    assert prune_archive(keeping, "2023-08-01") == {"texts": 1, "quarantine_days": 0}
    assert _held(keeping) == ["shelling", "later"]
    assert prune_archive(keeping, "2023-08-02") == {"texts": 1, "quarantine_days": 0}
    assert (keeping.quarantine / "2023-07-03").is_dir()
    assert prune_archive(keeping, "2023-08-03") == {"texts": 1, "quarantine_days": 1}
    assert _held(keeping) == []
    assert not (keeping.quarantine / "2023-07-03").exists()
    assert _published(keeping) == before
    assert prune_archive(keeping, "2023-08-04") == {"texts": 0, "quarantine_days": 0}


def test_copies_are_known_for_fourteen_days_all_the_same(three_days: Settings) -> None:
    short = replace(three_days, retention_days=1)
    prune_archive(short, "2023-07-05")
    assert _held(short) == []
    assert known_listing(short, "2023-07-01").exists()
    prune_archive(short, "2023-07-17")
    assert not known_listing(short, "2023-07-01").exists()
    assert known_listing(short, "2023-07-03").exists()


def test_what_was_removed_does_not_come_back(three_days: Settings, write_articles: Write, tmp_path: Path) -> None:
    keeping = replace(three_days, retention_days=30)
    prune_archive(keeping, "2023-08-01")
    taken = pipeline.ingest(keeping, write_articles(tmp_path / "again.jsonl", "strike", "shelling"))
    assert (taken["known"], taken["new"]) == (2, 0)
    assert waiting(keeping) == 0
    assert load_article(keeping, "strike") is None


def test_what_waits_is_kept_however_old(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    keeping = replace(workspace, retention_days=1)
    pipeline.ingest(keeping, write_articles(tmp_path / "in.jsonl", "strike"))
    assert prune_archive(keeping, "2099-01-01")["texts"] == 0
    assert load_article(keeping, "strike") is not None


def test_publishing_prunes_where_a_retention_is_set(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    keeping = replace(workspace, retention_days=1)
    receipt = pipeline.run(keeping, write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later"))
    assert [day["publish"]["texts removed"] for day in receipt["days"]] == [0, 0, 1]
    assert _held(keeping) == ["shelling", "later"]
    # The event of the removed text is still revised by a later article.
    assert receipt["report"]["counts"]["events"] >= 2
