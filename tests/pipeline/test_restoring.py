"""The inbox made anew from the archive: days that are run again from it take what they took before."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.pipeline.restoring import restore_inbox
from conflict_events.pipeline.workspace import archive_path
from conflict_events.settings import Settings

Write = Callable[..., Path]
DAYS = ("2023-07-01", "2023-07-02", "2023-07-03")


def snapshots(settings: Settings) -> dict[str, bytes]:
    return {
        str(path.relative_to(settings.data_root)): path.read_bytes()
        for path in settings.snapshots.glob("*/*.parquet")
    }  # fmt: skip


@pytest.fixture
def three_days(workspace: Settings, write_articles: Write, tmp_path: Path) -> Settings:
    """Three published days: `shelling`, of the second, came late, and the second turned something away."""
    pipeline.ingest(workspace, write_articles(tmp_path / "a.jsonl", "strike"))
    pipeline.run_day(workspace, DAYS[0])
    undated = {"publisher": "two.example", "title": "بلا يوم", "text": "قتل ثلاثة مدنيين بقصف على بلدة سرمين."}
    pipeline.ingest(workspace, write_articles(tmp_path / "b.jsonl", empty={"text": ""}, undated=undated))
    pipeline.run_day(workspace, DAYS[1])
    pipeline.ingest(workspace, write_articles(tmp_path / "c.jsonl", "shelling", "later"))
    pipeline.run_day(workspace, DAYS[2])
    return workspace


def test_every_day_comes_again_from_the_archive_alone(three_days: Settings, tmp_path: Path) -> None:
    other = replace(three_days, data_root=tmp_path / "other")
    shutil.copytree(three_days.archive, other.archive)
    for day in DAYS:
        pipeline.run_archive(other, day)
    assert snapshots(other) == snapshots(three_days)
    assert len(snapshots(other)) > 3 * 10


def test_a_lost_inbox_loses_no_article_that_waits(
    three_days: Settings, write_articles: Write, tmp_path: Path
) -> None:  # fmt: skip
    text = "قتل مدني وأصيب اثنان بقصف مدفعي على مدينة بنش شرقي إدلب اليوم الثلاثاء."
    waits = {"published_at": "2023-07-04", "publisher": "one.example", "title": "قصف على بنش", "text": text}
    pipeline.ingest(three_days, write_articles(tmp_path / "d.jsonl", waits=waits))
    shutil.rmtree(three_days.inbox)
    again = pipeline.ingest(three_days, write_articles(tmp_path / "e.jsonl", "strike", waits=waits))
    assert (again["new"], again["known"]) == (0, 2)
    assert pipeline.plan(three_days) == ["2023-07-04"]
    assert pipeline.run_day(three_days, "2023-07-04")["resolve"]["articles"] == 1, "and what is published stays out"


def test_it_is_done_where_there_is_no_inbox_and_only_there(three_days: Settings) -> None:
    assert restore_inbox(three_days) == 0
    shutil.rmtree(three_days.inbox)
    shutil.rmtree(three_days.snapshots / "snapshot=2023-07-03")
    assert restore_inbox(three_days) == 2, "those of the third day, on which they became known"
    waits = {path.parent.name for path in three_days.inbox.glob("*/*.json")}
    assert waits == {"2023-07-03"}
    assert not list(three_days.work.glob("inbox"))


def test_a_restoration_that_was_cut_short_begins_again(
    three_days: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    from conflict_events.pipeline import restoring

    shutil.rmtree(three_days.inbox)
    shutil.rmtree(three_days.snapshots)
    write, done = restoring.write_json, []

    def dies(path: Path, value: object) -> object:
        if done:
            raise OSError("no space left")
        done.append(path)
        return write(path, value)

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "write_json", dies)
        with pytest.raises(OSError, match="no space"):
            restore_inbox(three_days)
    assert not three_days.inbox.exists()
    assert restore_inbox(three_days) == 4
    assert archive_path(three_days, "later").exists()
