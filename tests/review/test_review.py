"""The weekly review: a draw that stays the same, a form that people fill, judgements that are kept and counted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from conflict_events import pipeline
from conflict_events.cli import main
from conflict_events.pipeline import prune_archive, tasks
from conflict_events.pipeline.workspace import archive_path
from conflict_events.review import (
    NothingToReview,
    Rate,
    ReviewError,
    Week,
    WeekNotOver,
    draw,
    form_path,
    rates,
    rates_text,
    record_form,
    write_form,
)
from conflict_events.review.drawing import SLOTS
from conflict_events.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "include" / "sample_articles"
WEEK = Week(date(2024, 3, 11))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The samples, published up to 17 March 2024: two snapshots with some 80 claims. Tests write to review/ only."""
    settings = Settings(data_root=tmp_path_factory.mktemp("review") / "data")
    for name in ("2024-03-13.jsonl", "2024-03-14.jsonl", "2024-03-15.jsonl"):
        pipeline.ingest(settings, SAMPLES / name)
    pipeline.run_day(settings, "2024-03-16")
    pipeline.run_day(settings, "2024-03-17")
    return settings


@pytest.fixture
def settings(published: Settings, tmp_path: Path) -> Settings:
    """The same workspace with a review of its own."""
    root = tmp_path / "data"
    root.mkdir()
    for name in ("archive", "snapshots"):
        (root / name).symlink_to(published.data_root / name)
    return replace(published, data_root=root)


def filled(path: Path, judge: Callable[[dict[str, str]], str]) -> list[dict[str, str]]:
    """Fill the column `right` of a form as somebody would in a spreadsheet; gives its lines."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row["right"] = judge(row)
    write(path, rows)
    return rows


def write(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8-sig", newline="")


def test_the_draw_is_the_same_again_and_another_in_another_week(settings: Settings) -> None:
    first = draw(settings, WEEK)
    assert len(first) == len({claim.claim_id for claim in first}) == 20
    assert draw(settings, WEEK) == first
    (settings.review / "2024-W11" / "drawn.jsonl").unlink()
    assert draw(settings, WEEK) == first
    with pytest.raises(NothingToReview, match="2024-W12"):
        draw(settings, Week(date(2024, 3, 18)))


def test_a_week_is_drawn_when_its_last_day_is_published(published: Settings, tmp_path: Path) -> None:
    early = replace(published, data_root=tmp_path)
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "snapshot=2024-03-16").symlink_to(published.snapshots / "snapshot=2024-03-16")
    with pytest.raises(WeekNotOver, match="the last snapshot is 2024-03-16"):
        draw(early, WEEK)
    assert not (tmp_path / "review").exists()
    (tmp_path / "snapshots" / "snapshot=2024-03-17").symlink_to(published.snapshots / "snapshot=2024-03-17")
    assert len(draw(early, WEEK)) == 20


def test_what_is_drawn_stays_though_the_history_is_made_anew(settings: Settings) -> None:
    write_form(settings, WEEK)
    filled(form_path(settings, WEEK), lambda row: "y")
    (settings.data_root / "snapshots").unlink()
    (settings.data_root / "snapshots").mkdir()
    assert record_form(settings, form_path(settings, WEEK), "amal")["right"] == 180


def test_what_is_drawn_is_what_was_published_with_the_words_of_the_article(settings: Settings) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(settings.snapshots / "snapshot=2024-03-16" / "claims.parquet", partitioning=None).to_pylist()
    by_id = {row["claim_id"]: row for row in rows}
    for claim in draw(settings, WEEK):
        row = by_id[claim.claim_id]
        assert set(claim.values) == set(SLOTS)
        assert claim.values["actor1"] == (row["actor1"] or "")
        assert (row["killed_best"] is None) or f"best {row['killed_best']} " in claim.values["killed"]
        assert (
            claim.evidence and claim.evidence.split()[0] in pipeline.load_article(settings, claim.article_id).full_text
        )  # type: ignore[union-attr]


def test_a_form_is_written_once(settings: Settings) -> None:
    assert write_form(settings, WEEK)["written"]
    path = form_path(settings, WEEK)
    path.write_text("half filled", encoding="utf-8")
    receipt = write_form(settings, WEEK)
    assert not receipt["written"] and path.read_text(encoding="utf-8") == "half filled"


def test_judgements_are_kept_and_counted(settings: Settings) -> None:
    write_form(settings, WEEK)
    path = form_path(settings, WEEK)
    first = filled(path, lambda row: "n" if row["slot"] == "place" else "Y")[0]["claim_id"]
    receipt = record_form(settings, path, "amal")
    assert (receipt["right"], receipt["wrong"], receipt["open"]) == (160, 20, 0)
    (one,) = rates(settings)
    assert (one.week, one.reviewers) == (WEEK, ("amal",))
    assert one.slots["place"] == Rate(0, 20) and one.slots["killed"] == Rate(20, 20)
    assert one.claims == Rate(0, 20)
    # A second opinion stands beside it; the same reviewer's next form replaces the first.
    filled(path, lambda row: "صح" if row["claim_id"] == first else "")
    assert record_form(settings, path, "basel")["open"] == 171
    assert rates(settings)[0].claims == Rate(1, 21)
    filled(path, lambda row: "y")
    record_form(settings, path, "amal")
    (one,) = rates(settings)
    assert one.claims == Rate(21, 21) and one.reviewers == ("amal", "basel")
    shown = rates_text([one]).splitlines()
    assert shown[0].split()[:3] == ["week", "claims", "right"] and shown[1].startswith("2024-W11  21/21")
    assert shown[-1].startswith("95%") and "0.85-1.00" in shown[-1]


def test_what_is_kept_holds_no_words_of_the_article(settings: Settings) -> None:
    write_form(settings, WEEK)
    filled(form_path(settings, WEEK), lambda row: "y")
    kept = Path(record_form(settings, form_path(settings, WEEK), "amal")["path"])
    for line in kept.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {
            "week", "claim_id", "article_id", "slot", "stated", "right", "note", "reviewer", "recorded_at"
        }  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_part_cells_as_their_country_does(settings: Settings, delimiter: str) -> None:
    write_form(settings, WEEK)
    path = form_path(settings, WEEK)
    rows = filled(path, lambda row: "y")
    write(path, rows, delimiter)
    assert record_form(settings, path, "amal")["right"] == 180


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("right", "maybe", ":2: right is 'maybe'"),
        ("claim_id", "other", "'other' was not drawn"),
        ("slot", "mood", "no slot 'mood'"),
        ("slot", "action", "judged twice"),
        ("week", "2024-W12", "holds one week"),
        ("week", "", "holds one week"),
    ],
)
def test_a_form_that_is_not_ours_is_refused_whole(settings: Settings, column: str, value: str, said: str) -> None:
    write_form(settings, WEEK)
    path = form_path(settings, WEEK)
    rows = filled(path, lambda row: "y")
    rows[0][column] = value
    write(path, rows)
    with pytest.raises(ReviewError, match=said):
        record_form(settings, path, "amal")
    assert rates(settings) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "column 'week' is missing"), (b"a,b\n1,2\n", "column 'week'"), (b"\xff\xfe\x00", "not UTF-8"),
     (b"week,claim_id,slot,right,note\n", "no line below")],
)  # fmt: skip
def test_a_file_that_is_no_form(settings: Settings, content: bytes, said: str) -> None:
    path = settings.data_root / "form.csv"
    path.write_bytes(content)
    with pytest.raises(ReviewError, match=said):
        record_form(settings, path, "amal")


def test_an_unfilled_form_and_an_odd_name_are_refused(settings: Settings) -> None:
    write_form(settings, WEEK)
    with pytest.raises(ReviewError, match="nothing is judged"):
        record_form(settings, form_path(settings, WEEK), "amal")
    with pytest.raises(ReviewError, match="letters"):
        record_form(settings, form_path(settings, WEEK), "../amal")


def test_a_formula_in_an_article_does_not_run_in_the_spreadsheet(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflict_events.review import form

    (claim, *_) = draw(settings, WEEK)
    cells = form.form_text(WEEK, [replace(claim, evidence="=HYPERLINK(1)")])
    assert "'=HYPERLINK(1)" in cells and ",=HYPERLINK" not in cells


def test_a_removed_text_is_said_to_be_removed(settings: Settings) -> None:
    (claim, *_) = draw(settings, WEEK)
    gone = replace(settings, data_root=settings.data_root.parent / "gone")
    (gone.data_root).mkdir()
    (gone.data_root / "snapshots").symlink_to(settings.data_root / "snapshots")
    assert not archive_path(gone, claim.article_id).exists()
    assert draw(gone, WEEK)[0].evidence is None
    write_form(gone, WEEK)
    assert "removed from the archive" in form_path(gone, WEEK).read_text(encoding="utf-8-sig")


def test_retention_takes_old_forms_and_leaves_judgements(tmp_path: Path) -> None:
    settings = Settings(data_root=tmp_path, retention_days=30)
    for week in ("2024-W11", "2024-W16"):
        (tmp_path / "review" / week).mkdir(parents=True)
        for name in ("form.csv", "judged-amal.jsonl"):
            (tmp_path / "review" / week / name).write_text("", encoding="utf-8")
    prune_archive(settings, "2024-04-17")  # 31 days after the Sunday of week 11
    left = sorted(str(path.relative_to(tmp_path / "review")) for path in (tmp_path / "review").rglob("*.*"))
    assert left == ["2024-W11/judged-amal.jsonl", "2024-W16/form.csv", "2024-W16/judged-amal.jsonl"]


@pytest.mark.parametrize("text", ["2024-11", "2024-W54", "2024-W00", "W11", ""])
def test_a_week_that_is_none(text: str) -> None:
    with pytest.raises(ReviewError, match="write it as YYYY-Www"):
        Week.parse(text)


def test_the_commands(settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFLICT_EVENTS_DATA_ROOT", "CONFLICT_EVENTS_DATA"):
        monkeypatch.setenv(name, str(settings.data_root))
    assert main(["review", "rates"]) == 2
    assert main(["review", "draw", "--week", "2024-W11"]) == 0
    filled(form_path(settings, WEEK), lambda row: "y")
    assert main(["review", "record", str(form_path(settings, WEEK)), "--reviewer", "amal"]) == 0
    assert main(["review", "rates"]) == 0
    shown = capsys.readouterr()
    assert "20 claims of 2024-W11" in shown.err and "180 right, 0 wrong" in shown.err
    assert "2024-W11  20/20" in shown.out
    assert main(["review", "draw", "--week", "2024-W12"]) == 2
    assert main(["review", "record", "none.csv"]) == 2


def test_what_the_dag_calls(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(settings.data_root))
    monday = datetime(2024, 3, 18, 5, tzinfo=UTC)
    receipt: dict[str, Any] = tasks.draw_review("", monday, fail=RuntimeError)
    assert (receipt["week"], receipt["claims"]) == ("2024-W11", 20)
    assert tasks.draw_review("2024-W12", monday, fail=RuntimeError)["claims"] == 0
    published = settings.snapshots / "snapshot=2024-03-16"
    early = settings.data_root.parent / "early"
    (early / "snapshots").mkdir(parents=True)
    (early / "snapshots" / published.name).symlink_to(published)
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(early))
    with pytest.raises(TimeoutError, match="is not over"):
        tasks.draw_review("2024-W11", monday, fail=RuntimeError)
    with pytest.raises(RuntimeError, match="no week"):
        tasks.draw_review("last", monday, fail=RuntimeError)
