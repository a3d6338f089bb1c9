"""What the DAG's tasks call: errors told apart, a line a stage, whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conflict_events import pipeline
from conflict_events.pipeline.tasks import choose_day, is_our_turn, run_stage, watched_sources


class NotAgainError(Exception):
    """Stands for Airflow's error that is not tried again."""


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path / "data"))


def test_a_stage_prints_one_line_and_gives_its_receipt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text("قصف الطيران مدينة الميادين أمس وقتل ثلاثة مدنيين في السوق.", encoding="utf-8")
    receipt = run_stage("ingest", str(source), fail=NotAgainError)
    assert receipt["new"] == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split()[:3] == ["ingest", "1", "read,"]


def test_what_the_user_must_change_is_not_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotAgainError, match="no such file or folder"):
        run_stage("ingest", str(tmp_path / "nothing"), fail=NotAgainError)
    assert "FAILED" in capsys.readouterr().out


def test_what_may_pass_is_tried_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: Any) -> None:
        raise TimeoutError("the disk is away")

    monkeypatch.setattr(pipeline, "clean", broken)
    with pytest.raises(TimeoutError):
        run_stage("clean", {"day": "2021-01-17"}, fail=NotAgainError)
    assert "2021-01-17  clean         FAILED: TimeoutError: the disk is away" in capsys.readouterr().out


def test_a_wrong_setting_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_EVENTS_BATCH_SIZE", "many")
    with pytest.raises(NotAgainError, match="batch_size"):
        run_stage("clean_batches", "2021-01-17", fail=NotAgainError)


def test_the_day_is_chosen_in_the_zone_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    run = SimpleNamespace(partition_key=None, logical_date=None, run_after=datetime(2026, 11, 20, 22, 0, tzinfo=UTC))
    assert choose_day("", run, fail=NotAgainError) == "2026-11-20"
    monkeypatch.setenv("CONFLICT_EVENTS_ZONE", "UTC")
    assert choose_day("", run, fail=NotAgainError) == "2026-11-19"
    with pytest.raises(NotAgainError, match="YYYY-MM-DD"):
        choose_day("17/01/2021", run, fail=NotAgainError)


@pytest.mark.parametrize(
    ("state", "turn"), [("queued", False), ("running", False), ("success", True), ("failed", True)]
)
def test_a_run_waits_for_an_earlier_day_of_a_backfill_that_is_not_over(state: str, turn: bool) -> None:
    earlier = "backfill__2026-11-16T00:30:00+00:00__2026-11-16__aB1"
    instance = SimpleNamespace(
        dag_id="conflict_events_daily",
        run_id="scheduled__2026-11-18T00:30:00+00:00__2026-11-17__cD2",
        get_task_states=lambda dag_id, task_ids: {earlier: {"publish": None}},
        get_dagrun_state=lambda dag_id, run_id: state,
    )
    assert is_our_turn("2026-11-17", instance) is turn


def test_watched_are_the_enabled_local_sources_that_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "incoming").mkdir()
    file = tmp_path / "sources.yaml"
    file.write_text(
        "version: 1\noutlets: []\nsources:\n"
        "  - {id: here, kind: folder, path: incoming}\n"
        "  - {id: later, kind: folder, path: not-yet}\n"
        "  - {id: resting, kind: folder, path: incoming, enabled: false}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("CONFLICT_EVENTS_SOURCES_FILE", str(file))
    assert watched_sources(fail=NotAgainError) == ["here"]
    assert "later" in capsys.readouterr().out
    file.write_text("version: 2\n", encoding="utf-8")
    with pytest.raises(NotAgainError, match="version"):
        watched_sources(fail=NotAgainError)
