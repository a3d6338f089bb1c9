"""The log of runs and `conflict-events status`: when each day was published, its counts, and what is late."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.cli import main
from conflict_events.pipeline import PipelineError
from conflict_events.pipeline.run_log import COUNTS, due_day, log_runs, read_runs
from conflict_events.settings import Settings

Write = Callable[..., Path]


@pytest.fixture
def three_days(workspace: Settings, write_articles: Write, tmp_path: Path) -> Settings:
    pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later", empty={"text": ""}))
    return workspace


def test_a_line_a_day_with_its_counts(three_days: Settings) -> None:
    lines = read_runs(three_days)
    assert [line["day"] for line in lines] == ["2023-07-01", "2023-07-02", "2023-07-03"]
    first, _, last = lines
    assert (first["articles"], first["claims"], first["new"], first["quarantined"]) == (1, 1, 1, 0)
    assert (last["articles"], last["revised"], last["quarantined"]) == (1, 1, 1)
    assert all(set(line) == {"day", "published_at", "lag_hours", *COUNTS} for line in lines)
    moment = datetime.fromisoformat(last["published_at"])
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 300
    ended = datetime(2023, 7, 3, 21, 0, tzinfo=UTC)  # midnight in Damascus
    assert last["lag_hours"] == pytest.approx((moment - ended).total_seconds() / 3600, abs=0.06)


def test_the_receipt_of_publishing_tells_quarantine_and_lag(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    taken = pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", empty={"text": ""}))
    receipt = taken["days"][-1]["publish"]
    assert receipt["quarantined"] == 1
    assert receipt["lag_hours"] == read_runs(workspace)[-1]["lag_hours"]


def test_a_lost_line_is_written_again_from_the_snapshot(three_days: Settings) -> None:
    before = three_days.runs.read_bytes()
    lines = before.splitlines(keepends=True)
    three_days.runs.write_bytes(lines[0] + lines[2])
    log_runs(three_days)
    assert three_days.runs.read_bytes() == before
    # What is there is never counted anew: a rebuild changes counts, not what was published then.
    manifest = three_days.snapshots / "snapshot=2023-07-02" / "manifest.json"
    os.utime(manifest, (0, 0))
    log_runs(three_days)
    assert three_days.runs.read_bytes() == before


def test_a_log_that_somebody_broke_is_told_and_can_be_moved_away(three_days: Settings) -> None:
    before = three_days.runs.read_bytes()
    for line in (b"{", b"[]", b"{}", b'"day"'):
        three_days.runs.write_bytes(before + line + b"\n")
        with pytest.raises(PipelineError, match="move the file away"):
            read_runs(three_days)
    three_days.runs.unlink()
    log_runs(three_days)
    assert three_days.runs.read_bytes() == before


def test_what_is_due(workspace: Settings) -> None:
    # 07:00 in Damascus is 04:00 UTC.
    assert due_day(workspace, datetime(2023, 7, 4, 3, 59, tzinfo=UTC)) == date(2023, 7, 2)
    assert due_day(workspace, datetime(2023, 7, 4, 4, 0, tzinfo=UTC)) == date(2023, 7, 3)
    # Without a deadline a day has the whole next one.
    assert due_day(replace(workspace, publish_by="off"), datetime(2023, 7, 4, 20, 59, tzinfo=UTC)) == date(2023, 7, 2)


def test_status_shows_the_last_days_and_checks_only_when_asked(
    three_days: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFLICT_EVENTS_DATA_ROOT", "CONFLICT_EVENTS_DATA"):
        monkeypatch.setenv(name, str(three_days.data_root))
    root = ["--data-root", str(three_days.data_root)]
    assert main(["status", "--days", "2", *root]) == 0
    shown = capsys.readouterr().out
    assert "2023-07-03" in shown and "2023-07-02" in shown and "2023-07-01" not in shown
    assert "is not published" in shown
    assert main(["status", "--check", *root]) == 1
    assert main(["status", "--days", "0", *root]) == 2
    today = pipeline.run_archive(replace(three_days, catch_up_days=0), date.today())
    assert today["days"]
    capsys.readouterr()
    assert main(["status", "--check", *root]) == 0
    assert "or later is published" in capsys.readouterr().out


def test_status_of_an_empty_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFLICT_EVENTS_DATA_ROOT", "CONFLICT_EVENTS_DATA"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    assert main(["status", "--check", "--data-root", str(tmp_path / "none")]) == 1
    assert "is not published" in capsys.readouterr().out
    assert not (tmp_path / "none" / "runs.jsonl").exists()
