"""Publishing is atomic, in order, one at a time, and gives the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from snapshot_records import DAY1, DAY2, DAY3, article, event, first_day, publish_day, second_day, strike

from conflict_events.records import Count
from conflict_events.snapshots import (
    AuditFailed,
    AuditReport,
    Check,
    DayRecords,
    OutOfOrder,
    PublisherBusy,
    PublishRequest,
    StaleState,
    build_tables,
    load_state,
    publish,
    publisher_lock,
    rebuild_latest,
    repair,
)
from conflict_events.snapshots.contents import files_of
from conflict_events.snapshots.layout import LATEST_TABLES
from conflict_events.snapshots.storage import read_json, write_json

HERE = Path(__file__).parent


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file under a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(root: Path, name: str) -> list[dict[str, object]]:
    """Rows of a table of the current state."""
    found: list[dict[str, object]] = []
    for path in sorted((root / "latest" / name).glob("*.parquet")):
        found.extend(pq.ParquetFile(path).read().to_pylist())
    return found


def third_day() -> DayRecords:
    """The strike turns out to be of February: event and claims move to another month; the clash is merged into it."""
    source = article("a5", DAY3)
    known = (
        strike(),
        strike("c3", article("a3", DAY2), counts=(Count("killed", 7, 7, 7, "exact"),)),
        strike("c2", event_id="e2"),
    )
    moved = strike("c7", source, date_start=date(2024, 2, 28), date_end=date(2024, 2, 28))
    heir = event(moved, *known, revision=3, change="revised", reason="first day corrected", first_seen_snapshot=DAY1)
    ended = event(
        known[2], revision=2, change="merged", reason="one strike", merged_into="e1", first_seen_snapshot=DAY1
    )
    return DayRecords(DAY3, (source,), (moved,), (heir, ended), known, {"c2": "e1", "c1": "e1", "c3": "e1", "c7": "e1"})


def test_a_snapshot_is_described_by_its_manifest(two_days: Path) -> None:
    folder = two_days / "snapshots" / "snapshot=2024-03-16"
    manifest = read_json(folder / "manifest.json")
    assert manifest["previous_snapshot"] == "2024-03-15"
    assert manifest["audit"]["ok"] is True
    for name, entry in manifest["tables"].items():
        path = folder / f"{name}.parquet"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        assert pq.ParquetFile(path).metadata.num_rows == entry["rows"]


def test_latest_is_described_by_its_lists(two_days: Path) -> None:
    latest = two_days / "latest"
    listed = files_of(latest)
    assert {name: entry["sha256"] for name, entry in listed.items()} == {
        name: digest for name, digest in digests(latest).items() if name.endswith(".parquet")
    }
    tables = read_json(latest / "manifest.json")["tables"]
    assert set(tables) == set(LATEST_TABLES)
    for name, sums in tables.items():
        own = [entry for path, entry in listed.items() if path.split("/")[0].removesuffix(".parquet") == name]
        assert sums["files"] == len(own)
        assert (sums["rows"], sums["bytes"]) == tuple(sum(entry[key] for entry in own) for key in ("rows", "bytes"))


def test_latest_holds_the_standing_revisions(two_days: Path) -> None:
    assert {(row["event_id"], row["revision"]) for row in rows(two_days, "events")} == {
        ("e1", 2), ("e2", 1), ("e4", 1), ("e5", 1), ("e6", 1),
    }  # fmt: skip
    assert sorted(path.stem for path in (two_days / "latest" / "events").iterdir()) == ["2024-02", "2024-03", "undated"]
    assert {row["revision"] for row in rows(two_days, "event_actors") if row["event_id"] == "e1"} == {2}
    assert len(rows(two_days, "claims")) == 6


def test_an_event_that_moves_takes_its_claims_along(two_days: Path) -> None:
    publish_day(two_days, third_day())
    latest = two_days / "latest"
    february = pq.ParquetFile(latest / "claims" / "2024-02.parquet").read().to_pylist()
    assert {row["claim_id"] for row in february} == {"c1", "c2", "c3", "c4", "c7"}
    assert {row["claim_id"]: row["event_id"] for row in february}["c2"] == "e1"
    march = pq.ParquetFile(latest / "events" / "2024-03.parquet").read()["event_id"].to_pylist()
    assert march == ["e6"]
    assert [(row["event_id"], row["merged_into"]) for row in rows(two_days, "tombstones")] == [("e2", "e1")]
    counts = [row["claim_id"] for row in rows(two_days, "claim_counts")]
    assert sorted(counts) == sorted(["c1"] * 4 + ["c2", "c3", "c4", "c6"] + ["c7"] * 4)
    assert len({row["claim_id"] for row in rows(two_days, "claims")}) == len(rows(two_days, "claims")) == 7
    summary = [row for row in rows(two_days, "daily_summary") if row["events"]]
    assert [(row["event_date"], row["events"]) for row in summary] == [(date(2024, 2, 20), 1), (date(2024, 2, 28), 1)]


def test_every_reference_of_latest_has_its_target(two_days: Path) -> None:
    publish_day(two_days, third_day())
    events = {row["event_id"] for row in rows(two_days, "events")}
    claims = {row["claim_id"] for row in rows(two_days, "claims")}
    assert {row["event_id"] for row in rows(two_days, "claims")} == events
    for name in ("event_counts", "event_actors", "event_places", "event_articles"):
        assert {row["event_id"] for row in rows(two_days, name)} <= events, name
    for name in ("claim_counts", "claim_sources", "claim_spans", "event_articles"):
        assert {row["claim_id"] for row in rows(two_days, name)} <= claims, name


def test_two_workspaces_get_the_same_bytes(two_days: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    publish_day(other, first_day())
    publish_day(other, second_day())
    assert digests(two_days / "snapshots") == digests(other / "snapshots")
    assert digests(two_days / "latest") == digests(other / "latest")
    assert (two_days / "latest").resolve().name == (other / "latest").resolve().name


def test_a_published_day_is_left_alone(two_days: Path) -> None:
    before = digests(two_days)
    again = publish_day(two_days, second_day(), built_on=...)
    assert again.already
    assert again.rows["events"] == 4
    assert digests(two_days) == before


def test_an_earlier_day_is_refused(two_days: Path) -> None:
    early = replace(first_day(), snapshot_date=date(2024, 3, 10))
    before = digests(two_days)
    with pytest.raises(OutOfOrder, match=r"2024-03-10 comes before 2024-03-16, the last published day"):
        publish_day(two_days, early)
    assert digests(two_days) == before


def test_a_state_that_has_moved_on_is_refused(two_days: Path) -> None:
    with pytest.raises(StaleState, match="builds on the state of 2024-03-15, but 2024-03-16"):
        publish_day(two_days, third_day(), built_on=DAY1)


def test_a_failed_audit_publishes_nothing(two_days: Path) -> None:
    before = digests(two_days)
    report = AuditReport(DAY3.isoformat(), (Check("events.key_unique", "fail", "2 rows", 2, 9, ("e1",)),))
    tables = build_tables(third_day(), two_days)
    with pytest.raises(AuditFailed, match=r"FAIL events\.key_unique: 2 rows") as caught:
        publish(PublishRequest(two_days, DAY3, tables, report))
    assert caught.value.report is report
    assert digests(two_days) == before


def test_a_day_without_anything_can_be_published(two_days: Path) -> None:
    result = publish_day(two_days, DayRecords(DAY3, (), (), ()))
    assert sum(result.rows.values()) == result.rows["dim_date"] == 1
    assert len(rows(two_days, "events")) == 5
    assert read_json(two_days / "latest" / "manifest.json")["snapshot_date"] == "2024-03-17"


def test_an_empty_first_day_leaves_every_table_readable(tmp_path: Path) -> None:
    publish_day(tmp_path, DayRecords(DAY1, (), (), ()))
    publish_day(
        tmp_path,
        replace(second_day(), known_claims=(), events=second_day().events[1:4], claims=second_day().claims[1:]),
    )
    assert len(rows(tmp_path, "events")) == 3
    assert rows(tmp_path, "tombstones") == []


def test_untouched_months_are_linked_not_written(two_days: Path) -> None:
    february = (two_days / "latest" / "events" / "2024-02.parquet").stat().st_ino
    source = article("a8", DAY3)
    fresh = strike("c8", source, "e8", date_start=DAY3, date_end=DAY3)
    publish_day(two_days, DayRecords(DAY3, (source,), (fresh,), (event(fresh),)))
    assert (two_days / "latest" / "events" / "2024-02.parquet").stat().st_ino == february


def test_an_open_version_survives_the_next_publications(two_days: Path) -> None:
    opened = (two_days / "latest").resolve()
    publish_day(two_days, third_day())
    publish_day(two_days, DayRecords(date(2024, 3, 18), (), (), ()))
    assert len(pq.ParquetFile(opened / "events" / "2024-03.parquet").read()) == 3
    publish_day(two_days, DayRecords(date(2024, 3, 19), (), (), ()))
    assert not opened.exists()
    assert len(list((two_days / "versions").iterdir())) == 3


def test_rebuilt_from_the_snapshots_latest_is_the_same(two_days: Path) -> None:
    publish_day(two_days, third_day())
    before = digests(two_days / "latest")
    (two_days / "latest" / "dim_actor.parquet").unlink()
    rebuild_latest(two_days)
    assert digests(two_days / "latest") == before


def test_a_second_publisher_is_refused_or_waits(two_days: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[3])\n"
        "from conflict_events.snapshots.storage import publisher_lock\n"
        "with publisher_lock(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(float(sys.argv[2]))"
    )
    command = [sys.executable, "-c", script, str(two_days)]
    plugins = str(HERE.parents[1] / "plugins")
    with subprocess.Popen([*command, "60", plugins], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(PublisherBusy, match="another run publishes"), publisher_lock(two_days):
            pass
        other.kill()  # the lock of a dead publisher is free
    with subprocess.Popen([*command, "0.5", plugins], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        started = time.monotonic()
        with publisher_lock(two_days, wait_seconds=20):
            assert time.monotonic() - started > 0.2


def test_a_folder_in_place_of_the_link_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    with pytest.raises(FileExistsError, match="no link that this program made"):
        publish_day(tmp_path, first_day())


def test_repair_brings_a_lagging_latest_up(two_days: Path, tmp_path: Path) -> None:
    want = digests(two_days / "latest")
    (two_days / "latest").unlink()
    shutil.rmtree(two_days / "versions")
    assert repair(two_days) == [DAY1, DAY2]
    assert digests(two_days / "latest") == want
    assert repair(two_days) == []


def test_loading_the_state_finishes_what_a_killed_publisher_left(two_days: Path, published_once: Path) -> None:
    shown = (published_once / "one" / "latest").resolve().name
    (two_days / "latest").unlink()
    (two_days / "latest").symlink_to(Path("versions") / shown, target_is_directory=True)
    assert load_state(two_days).snapshot_date == DAY2
    assert digests(two_days / "latest") == digests(published_once / "two" / "latest")


def test_a_state_that_an_earlier_version_wrote_gets_lists(two_days: Path) -> None:
    """Before there were lists, the manifest named every file."""
    latest = (two_days / "latest").resolve()
    manifest = read_json(latest / "manifest.json")
    write_json(
        {**{key: manifest[key] for key in ("schema_version", "snapshot_date", "summary_days")},
         "files": files_of(latest)},
        latest / "manifest.json",
    )  # fmt: skip
    shutil.rmtree(latest / "lists")
    source = article("a8", DAY3)
    fresh = strike("c8", source, "e8", date_start=DAY3, date_end=DAY3)
    publish_day(two_days, DayRecords(DAY3, (source,), (fresh,), (event(fresh),)))
    latest = two_days / "latest"
    held = {name: digest for name, digest in digests(latest).items() if name.endswith(".parquet")}
    assert {name: entry["sha256"] for name, entry in files_of(latest).items()} == held
    tables = read_json(latest / "manifest.json")["tables"]
    assert {name: entry["rows"] for name, entry in tables.items() if name in ("events", "claims")} == {
        "events": 6, "claims": 7,
    }  # fmt: skip
