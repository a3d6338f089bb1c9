"""Backup and restore as docs/operations.md tells it: what is copied is enough to go on."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.pipeline.run_log import read_runs
from conflict_events.settings import Settings
from conflict_events.snapshots import rebuild_latest

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
Write = Callable[..., Path]


def backup(settings: Settings, target: Path) -> None:
    """Copy what the page on operations names, and nothing else."""
    text = OPERATIONS.read_text(encoding="utf-8").split("## Backup")[1].split("\n## ")[0]
    named = re.findall(r"`([\w.]+/?)`", text.split(".")[0] + text.split(" while no run")[0])
    folders = [name.rstrip("/") for name in dict.fromkeys(named)]
    assert {"archive", "inbox", "snapshots", "gazetteer", "review"} <= set(folders)
    target.mkdir()
    for name in folders:
        source = settings.data_root / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.exists():
            shutil.copy(source, target / name)


def tables(settings: Settings) -> dict[str, bytes]:
    latest = settings.latest.resolve()
    return {str(path.relative_to(latest)): path.read_bytes() for path in latest.rglob("*.parquet")}


@pytest.fixture
def two_days(workspace: Settings, write_articles: Write, tmp_path: Path) -> Settings:
    """Two published days, and an article that waits for the third."""
    pipeline.ingest(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later"))
    for day in ("2023-07-01", "2023-07-02"):
        pipeline.run_day(workspace, day)
    return workspace


def test_a_restored_workspace_has_the_same_state_and_goes_on(two_days: Settings, tmp_path: Path) -> None:
    backup(two_days, tmp_path / "restored")
    restored = replace(two_days, data_root=tmp_path / "restored")
    rebuild_latest(restored.data_root)
    assert tables(restored) == tables(two_days)
    assert [line["day"] for line in read_runs(restored)] == ["2023-07-01", "2023-07-02"]
    assert read_runs(restored) == read_runs(two_days)

    # The third day revises the event of the first: it needs the archive and the inbox, too.
    for settings in (two_days, restored):
        assert pipeline.run_day(settings, "2023-07-03")["resolve"]["revised"] == 1
    assert tables(restored) == tables(two_days)
    assert pipeline.report(restored, [date(2023, 7, 3)])["counts"]["articles"] == 1
