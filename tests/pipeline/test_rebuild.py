"""A rebuild makes a new vintage: the old one stays, ids survive, and what differs is on record."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from conflict_events import pipeline
from conflict_events.extraction import load_extractor
from conflict_events.pipeline import PipelineError, rebuild
from conflict_events.pipeline import reading as reading_room
from conflict_events.records import Claim, CleanArticle
from conflict_events.settings import Settings
from conflict_events.snapshots import PublisherBusy, as_of, publisher_lock, vintage, vintage_root

Write = Callable[..., Path]
OTHER_TOWN = (
    "أصيب مدنيان بجروح، اليوم الثلاثاء، إثر قصف مدفعي لقوات النظام على مدينة الأتارب غربي حلب.\n\n"
    "ونقلت فرق الإسعاف المصابين إلى المشفى."
)
DAYS = ["2023-07-01", "2023-07-02", "2023-07-03"]


@pytest.fixture
def published(workspace: Settings, write_articles: Write, tmp_path: Path) -> Settings:
    """Three days: a strike, a shelling, a later toll of the strike."""
    pipeline.run(workspace, write_articles(tmp_path / "in.jsonl", "strike", "shelling", "later"))
    return workspace


def tables(folder: Path) -> dict[str, bytes]:
    """Every Parquet file below a folder."""
    root = folder.resolve()
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.parquet"))}


def events(settings: Settings) -> dict[str, dict[str, Any]]:
    """The current events by id."""
    files = sorted((settings.latest / "events").glob("*.parquet"))
    return {row["event_id"]: row for path in files for row in pq.ParquetFile(path).read().to_pylist()}


@pytest.fixture
def new_lexicon(published: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction reads on, but sees no dead any more, and gives its claims other ids."""

    def read(settings: Settings, articles: list[CleanArticle], failed: list[dict[str, str]]) -> Iterator[list[Claim]]:
        extractor = load_extractor(settings.gazetteer)
        for article in articles:
            yield [
                replace(
                    claim,
                    claim_id=f"{claim.claim_id}-again",
                    counts=tuple(count for count in claim.counts if count.measure != "killed"),
                )
                for claim in extractor.extract(article)
            ]

    monkeypatch.setattr(reading_room, "extract_claims", read)


def test_without_a_change_of_code_nothing_changes(published: Settings) -> None:
    before, state = tables(published.snapshots), tables(published.latest)
    receipt = rebuild(published, "2023-07-02")
    assert (receipt["vintage"], [one["day"] for one in receipt["days"]]) == (2, DAYS[1:])
    assert receipt["changes"] == {"new": 0, "revised": 0, "merged": 0, "retracted": 0}
    assert tables(published.snapshots) == before and tables(published.latest) == state
    assert tables(vintage_root(published.data_root, 1) / "snapshots") == before


@pytest.mark.usefixtures("new_lexicon")
def test_new_rules_make_a_new_vintage_beside_the_old_one(published: Settings) -> None:
    old_tables, old = tables(published.snapshots), events(published)
    receipt = rebuild(published, DAYS[0])
    assert vintage(published.data_root) == 2
    new = events(published)
    assert set(new) == set(old), "ids survive corrected extraction"
    assert any(row["deaths_best"] for row in old.values())
    assert all(row["deaths_best"] is None for row in new.values())
    assert receipt["changes"]["revised"] > 0 and "-> not stated" in receipt["diff"]
    folder = Path(receipt["path"])
    assert (folder / "changes.txt").read_text(encoding="utf-8").strip() == receipt["diff"]
    changes = pq.ParquetFile(folder / "changes.parquet").read().to_pylist()
    assert sum(receipt["changes"].values()) == len(changes)
    first = vintage_root(published.data_root, 1)
    assert tables(first / "snapshots") == old_tables
    assert {row["event_id"] for row in as_of(first, pipeline.workspace.as_day(DAYS[-1])).to_pylist()} == set(old)


@pytest.mark.usefixtures("new_lexicon")
def test_days_before_stay_and_days_after_go_on(published: Settings, write_articles: Write, tmp_path: Path) -> None:
    first = tables(published.snapshots / f"snapshot={DAYS[0]}")
    rebuild(published, DAYS[1])
    assert tables(published.snapshots / f"snapshot={DAYS[0]}") == first
    assert tables(published.snapshots / f"snapshot={DAYS[1]}") != first
    more = {"published_at": "2023-07-04", "publisher": "four.example", "text": OTHER_TOWN}
    receipt = pipeline.run(published, write_articles(tmp_path / "more.jsonl", more=more))
    assert [one["day"] for one in receipt["days"]] == ["2023-07-04"]
    assert not (vintage_root(published.data_root, 1) / "snapshots" / "snapshot=2023-07-04").exists()
    assert rebuild(published, "2023-07-04")["vintage"] == 3


def test_a_day_resolved_before_the_rebuild_is_refused(
    published: Settings, write_articles: Write, tmp_path: Path
) -> None:
    more = {"published_at": "2023-07-04", "publisher": "four.example", "text": OTHER_TOWN}
    pipeline.ingest(published, write_articles(tmp_path / "more.jsonl", more=more))
    for batch in pipeline.clean_batches(published, "2023-07-04"):
        pipeline.clean(published, batch)
        pipeline.extract(published, batch)
    pipeline.resolve_day(published, "2023-07-04")
    pipeline.aggregate(published, "2023-07-04")
    pipeline.audit_day(published, "2023-07-04")
    rebuild(published, DAYS[2])
    with pytest.raises(PipelineError, match="builds on vintage 1, but the history was rebuilt"):
        pipeline.publish_day(published, "2023-07-04")
    assert [one["day"] for one in pipeline.run(published, tmp_path / "more.jsonl")["days"]] == ["2023-07-04"]


def test_a_failed_rebuild_leaves_the_old_vintage(published: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(published.snapshots)

    def broken(*_: object) -> Iterator[list[Claim]]:
        raise PipelineError("no such lexicon")

    with monkeypatch.context() as patch:
        patch.setattr(reading_room, "extract_claims", broken)
        with pytest.raises(PipelineError, match="no such lexicon"):
            rebuild(published, DAYS[1])
    assert vintage(published.data_root) == 1 and tables(published.snapshots) == before
    assert rebuild(published, DAYS[1])["vintage"] == 2


def test_what_cannot_be_rebuilt_is_told(published: Settings) -> None:
    with pytest.raises(PipelineError, match="no day from 2030-01-01 on is published"):
        rebuild(published, "2030-01-01")
    pipeline.workspace.archive_path(published, "shelling").unlink()
    with pytest.raises(PipelineError, match=r"1 of the articles of 2023-07-02 .*rebuild --from 2023-07-03"):
        rebuild(published, DAYS[0])
    assert rebuild(published, DAYS[2])["vintage"] == 2


def test_a_rebuild_beside_a_publisher_is_refused(published: Settings, other_publisher: Callable[..., Any]) -> None:
    impatient = replace(published, publish_wait_seconds=0)
    with other_publisher(published.data_root), pytest.raises(PublisherBusy, match="another run publishes"):
        rebuild(impatient, DAYS[1])
    assert vintage(published.data_root) == 1
    with publisher_lock(published.data_root):
        assert rebuild(impatient, DAYS[1])["vintage"] == 2
