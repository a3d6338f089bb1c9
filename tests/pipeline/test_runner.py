"""The whole pipeline: same input, same bytes; late articles revise; a killed or failing run leaves a whole state."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conflict_events import pipeline
from conflict_events.pipeline import PipelineError, publication, runner
from conflict_events.pipeline.workspace import published_days
from conflict_events.settings import Settings

Write = Callable[..., Path]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _events(settings: Settings, day: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(settings.snapshots / f"snapshot={day}" / "events.parquet").to_pylist()
    return rows


def test_run_publishes_each_day(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    receipt = pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling"))
    assert [one["day"] for one in receipt["days"]] == ["2023-07-01", "2023-07-02"]
    assert receipt["waiting"] == 0
    assert json.loads(json.dumps(receipt)) == receipt, "receipts must pass as JSON"
    strikes = [event for event in _events(workspace, "2023-07-01") if event["place"] == "أريحا" or event["place_en"]]
    assert any((event["deaths_best"], event["actor1"]) == (3, "RUS") for event in strikes)
    assert receipt["report"]["counts"]["articles"] == 2
    assert (workspace.latest / "events").exists()


def test_the_same_run_twice_writes_the_same_bytes(write_articles: Write, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later")
    roots = [Settings(data_root=tmp_path / name) for name in ("one", "two")]
    for settings in roots:
        pipeline.run(settings, source)
    assert _bytes(roots[0].snapshots) == _bytes(roots[1].snapshots)
    before = _bytes(roots[0].snapshots)
    again = pipeline.run(roots[0], source)
    assert again["days"] == [] and again["report"] is not None
    assert _bytes(roots[0].snapshots) == before


def test_batches_and_processes_do_not_change_the_output(write_articles: Write, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later")
    one, many = (
        Settings(data_root=tmp_path / "one"),
        Settings(data_root=tmp_path / "many", batch_size=1, processes=2),
    )
    pipeline.run(one, source, "2023-07-03")
    pipeline.run(many, source, "2023-07-03")
    assert _bytes(one.snapshots) == _bytes(many.snapshots)


def test_a_later_toll_revises_the_event_in_a_later_snapshot(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    pipeline.run(workspace, write_articles(tmp_path / "a.jsonl", "strike"))
    first = _bytes(workspace.snapshots)
    (known,) = (event for event in _events(workspace, "2023-07-01") if event["deaths_best"] == 3)
    pipeline.run(workspace, write_articles(tmp_path / "b.jsonl", "later"))
    assert {name: data for name, data in _bytes(workspace.snapshots).items() if name in first} == first
    revised = [event for event in _events(workspace, "2023-07-03") if event["event_id"] == known["event_id"]]
    assert [(event["change"], event["revision"], event["deaths_high"]) for event in revised] == [("revised", 2, 5)]


def test_an_article_that_comes_late_belongs_to_the_day_it_became_known(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    pipeline.run(workspace, write_articles(tmp_path / "a.jsonl", "shelling"))
    receipt = pipeline.run(workspace, write_articles(tmp_path / "b.jsonl", "strike"))
    assert [one["day"] for one in receipt["days"]] == ["2023-07-03"]
    late = [event for event in _events(workspace, "2023-07-03") if event["deaths_best"] == 3]
    assert [str(event["event_date"]) for event in late] == ["2023-07-01"]


def test_a_day_of_its_own_and_what_waits(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    receipt = pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", "later"), "2023-07-02")
    assert ([one["day"] for one in receipt["days"]], receipt["waiting"]) == (["2023-07-02"], 1)


def test_near_copies_are_known_over_days(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "a.jsonl", "strike")
    pipeline.run(workspace, source)
    original = json.loads(source.read_text(encoding="utf-8"))
    copy = {**original, "published_at": "2023-07-02", "publisher": "copy.example"}
    copy.pop("article_id")
    pipeline.run(workspace, write_articles(tmp_path / "b.jsonl", copy=copy))
    articles = pq.read_table(workspace.snapshots / "snapshot=2023-07-02" / "articles.parquet").to_pylist()
    assert [row["near_duplicate_of"] for row in articles] == ["strike"]


@pytest.mark.parametrize("stage", ["resolve_day", "aggregate", "audit_day", "publish_day"])
def test_a_run_killed_before_any_stage_is_finished_by_the_next(
    workspace: Settings, write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike")
    whole = Settings(data_root=tmp_path / "whole")
    pipeline.run(whole, source)

    def killed(settings: Settings, day: str) -> None:
        raise KeyboardInterrupt

    killed.__name__ = stage
    with monkeypatch.context() as patch:
        patch.setattr(runner, stage, killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.run(workspace, source)
    assert published_days(workspace) == []
    pipeline.run(workspace, source)
    assert _bytes(workspace.snapshots) == _bytes(whole.snapshots)


def test_killed_between_publishing_and_settling(
    workspace: Settings, write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_articles(tmp_path / "in.jsonl", "strike")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publication, "_settled", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.run(workspace, source)
    before = _bytes(workspace.snapshots)
    again = pipeline.run(workspace, source)
    assert again["days"] == [] and again["waiting"] == 0
    assert _bytes(workspace.snapshots) == before


def test_too_much_in_quarantine_publishes_nothing(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    write_articles(source / "good.jsonl", "strike")
    for number in range(5):
        (source / f"bad{number}.txt").write_bytes(bytes([number]) * 500)
    with pytest.raises(PipelineError, match="quarantine"):
        pipeline.run(workspace, source)
    assert published_days(workspace) == [] and not workspace.latest.exists()
    lenient = Settings(data_root=workspace.data_root, quarantine_share_limit=1.0)
    assert [one["day"] for one in pipeline.run(lenient, source)["days"]] == ["2023-07-01"]


def test_nothing_readable_is_said(workspace: Settings, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(PipelineError, match=r"no article could be read .*empty"):
        pipeline.run(workspace, empty)
    folder = tmp_path / "nothing"
    folder.mkdir()
    with pytest.raises(PipelineError, match="nothing in it"):
        pipeline.run(workspace, folder)


def test_stages_in_the_wrong_order_are_told(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    pipeline.ingest(workspace, write_articles(tmp_path / "in.jsonl", "strike"))
    (batch,) = pipeline.clean_batches(workspace, "2023-07-01")
    with pytest.raises(PipelineError, match="run clean first"):
        pipeline.extract(workspace, batch)
    with pytest.raises(PipelineError, match="run clean and extract first"):
        pipeline.resolve_day(workspace, "2023-07-01")
    with pytest.raises(PipelineError, match="run resolve_day first"):
        pipeline.aggregate(workspace, "2023-07-01")
    with pytest.raises(PipelineError, match="build the tables"):
        pipeline.audit_day(workspace, "2023-07-01")
    with pytest.raises(PipelineError, match="run audit_day first"):
        pipeline.publish_day(workspace, "2023-07-01")
