"""A manual run beside a scheduled one waits or is refused, and neither takes the other's work away."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conflict_events import pipeline
from conflict_events.pipeline import PipelineError
from conflict_events.pipeline.workspace import day_folder, published_days
from conflict_events.settings import Settings
from conflict_events.snapshots import PublisherBusy

Write = Callable[..., Path]
DAY = "2023-07-01"


def test_a_run_beside_a_publisher_is_refused_and_changes_nothing(
    workspace: Settings, write_articles: Write, tmp_path: Path, other_publisher: Callable[..., Any]
) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike")
    workspace.data_root.mkdir()
    with other_publisher(workspace.data_root), pytest.raises(PublisherBusy, match="another run publishes"):
        pipeline.run(replace(workspace, publish_wait_seconds=0), source)
    assert published_days(workspace) == [] and not workspace.inbox.exists()


def test_a_run_beside_a_publisher_waits(
    workspace: Settings, write_articles: Write, tmp_path: Path, other_publisher: Callable[..., Any]
) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike")
    started = time.monotonic()
    with other_publisher(workspace.data_root, 1.5):
        assert [one["day"] for one in pipeline.run(workspace, source)["days"]] == [DAY]
    assert time.monotonic() - started > 1


def test_two_runs_at_once_publish_once(workspace: Settings, write_articles: Write, tmp_path: Path, root: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later")
    command = [sys.executable, "-m", "conflict_events.cli", "run", str(source), "--data-root", str(workspace.data_root)]
    both = [
        subprocess.Popen(command, cwd=root / "plugins", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [one.communicate(timeout=240) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted("nothing was new" in error for _, error in said) == [False, True]
    once = Settings(data_root=tmp_path / "once")
    pipeline.run(once, source)
    for path in sorted(once.snapshots.rglob("*.parquet")):
        assert path.read_bytes() == (workspace.snapshots / path.relative_to(once.snapshots)).read_bytes()


@pytest.mark.parametrize("stage", ["clean", "extract", "resolve_day", "aggregate", "audit_day", "publish_day"])
def test_a_scheduled_stage_stands_back_once_the_day_is_published(
    workspace: Settings, write_articles: Write, tmp_path: Path, stage: str
) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike")
    pipeline.ingest(workspace, source)
    (batch,) = pipeline.clean_batches(workspace, DAY)
    pipeline.run(workspace, source)  # by hand, beside it
    assert not day_folder(workspace, DAY).exists()
    receipt = getattr(pipeline, stage)(workspace, batch if stage in ("clean", "extract") else DAY)
    assert receipt["day"] == DAY and receipt["published"] in (True, "already")


def test_what_fails_for_another_reason_still_fails(workspace: Settings) -> None:
    for stage in (pipeline.clean, pipeline.extract):
        with pytest.raises(PipelineError, match="run clean"):
            stage(workspace, {"day": DAY, "number": 0, "articles": 1})
    for stage in (pipeline.aggregate, pipeline.audit_day, pipeline.publish_day):
        with pytest.raises(PipelineError):
            stage(workspace, DAY)
