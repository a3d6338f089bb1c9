"""The DAGs run through Airflow (`dag.test`) over the sample articles: success, the same bytes, readable by all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conflict_events.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "include" / "sample_articles"

pytestmark = pytest.mark.usefixtures("airflow_db")


@pytest.fixture(scope="module")
def dags() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICT_EVENTS_PUBLISH_BY", "off")  # `dag.test` of Airflow 3.3 can't have a deadline
        bag = DagBag(dag_folder=str(ROOT / "dags"))
    assert bag.import_errors == {}
    return dict(bag.dags)


@pytest.fixture(scope="module")
def environment() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICT_EVENTS_BATCH_SIZE", "4")
        yield patch


def run(dag: Any, **conf: str) -> Any:
    """One run of a DAG in this process; a failed task fails at once."""
    for task in dag.tasks:
        if not task.is_mapped:
            task.retries = 0
    return dag.test(run_conf=conf, logical_date=None)


def states(dag_run: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for instance in dag_run.get_task_instances():
        found.setdefault(instance.task_id, set()).add(str(instance.state))
    return found


def parquet(root: Path) -> dict[str, bytes]:
    """Every Parquet file under the snapshots and the current state, by its place."""
    latest = (root / "latest").resolve()
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.glob("snapshots/**/*.parquet")}
    return found | {f"latest/{path.relative_to(latest)}": path.read_bytes() for path in latest.glob("**/*.parquet")}


def publish_all(dags: dict[str, Any], environment: pytest.MonkeyPatch, root: Path) -> list[str]:
    """What `make run` does: ingest, then a run for each publication day."""
    from conflict_events import pipeline

    environment.setenv("CONFLICT_EVENTS_DATA_ROOT", str(root))
    assert str(run(dags["news_ingest"], INPUT=str(SAMPLES)).state) == "success"
    days = pipeline.plan(Settings.load())
    for day in days:
        done = run(dags["conflict_events_daily"], DATE=day)
        assert str(done.state) == "success", (day, states(done))
    return days


@pytest.fixture(scope="module")
def first(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("first")
    return root, publish_all(dags, environment, root)


def test_each_publication_day_has_its_snapshot(first: tuple[Path, list[str]]) -> None:
    root, days = first
    assert len(days) >= 5
    found = sorted(path.name for path in (root / "snapshots").iterdir())
    assert found == [f"snapshot={day}" for day in days]


def test_every_stage_ran_as_tasks_of_its_own_with_more_than_one_batch(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path))
    done = run(dags["conflict_events_daily"], INPUT=str(SAMPLES), DATE="2026-01-01")
    found = states(done)
    assert set(found) == {
        "ingest", "choose_day", "our_turn", "batches", "each_batch.clean", "each_batch.extract",
        "resolve", "aggregate", "audit", "publish",
    }  # fmt: skip
    assert set().union(*found.values()) == {"success"}
    extracts = [one for one in done.get_task_instances() if one.task_id == "each_batch.extract"]
    assert len(extracts) >= 8, "one day took every article, four to a batch"


def test_again_in_another_folder_gives_the_same_bytes(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, first: tuple[Path, list[str]], tmp_path: Path
) -> None:
    root, days = first
    assert publish_all(dags, environment, tmp_path) == days
    before, after = parquet(root), parquet(tmp_path)
    assert before
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_without_airflow_the_same_bytes_come_out(first: tuple[Path, list[str]], tmp_path: Path) -> None:
    from conflict_events import pipeline

    root, _ = first
    pipeline.run(Settings.load(data_root=tmp_path), SAMPLES)
    assert parquet(tmp_path) == parquet(root)


def test_again_in_the_same_folder_changes_nothing(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, first: tuple[Path, list[str]], tmp_path: Path
) -> None:
    root, days = first
    shutil.copytree(root, tmp_path / "data", symlinks=True)
    before = parquet(tmp_path / "data")
    environment.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path / "data"))
    for day in (days[0], days[-1]):
        done = run(dags["conflict_events_daily"], INPUT=str(SAMPLES), DATE=day)
        assert str(done.state) == "success", (day, states(done))
    assert parquet(tmp_path / "data") == before


def test_a_day_without_articles_is_published_as_such(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    environment.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path))
    done = run(dags["conflict_events_daily"], DATE="2021-01-01")
    assert str(done.state) == "success"
    assert states(done)["each_batch.extract"] == {"skipped"}
    assert (
        pq.read_table(tmp_path / "snapshots" / "snapshot=2021-01-01" / "events.parquet", partitioning=None).num_rows
        == 0
    )


def test_imported_places_are_used_and_old_texts_removed(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    from conflict_events.geography import import_gazetteer
    from conflict_events.pipeline import load_article

    table, source, root = tmp_path / "villages.csv", tmp_path / "articles.jsonl", tmp_path / "data"
    table.write_text("name_ar,name_en,admin1Name_en,admin1Pcode,Latitude,Longitude\n"
                     "تل سندباد,Tall Sinbad,Idlib,SY07,35.75,36.55\n", encoding="utf-8")  # fmt: skip
    text = "قتل ثلاثة مدنيين، اليوم السبت، بقصف مدفعي لقوات النظام على قرية تل سندباد في ريف إدلب."
    record = {"article_id": "shelling", "published_at": "2023-07-01", "text": text}
    source.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(root))
        patch.setenv("CONFLICT_EVENTS_RETENTION_DAYS", "30")
        settings = Settings.load()
        import_gazetteer(table, settings.gazetteer)
        assert str(run(dags["conflict_events_daily"], INPUT=str(source), DATE="2023-07-01").state) == "success"
        events = pq.read_table(root / "snapshots" / "snapshot=2023-07-01" / "events.parquet", partitioning=None)
        assert events.column("lat").to_pylist() == [35.75]
        assert load_article(settings, "shelling") is not None
        assert str(run(dags["conflict_events_daily"], DATE="2023-08-01").state) == "success"
        assert load_article(settings, "shelling") is None


def test_what_the_user_must_change_fails_the_run_at_once(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path))
    missing = run(dags["conflict_events_daily"], INPUT=str(tmp_path / "nothing.jsonl"), DATE="2021-01-01")
    assert str(missing.state) == "failed"
    assert states(missing)["publish"] == {"upstream_failed"}
    wrong = run(dags["conflict_events_daily"], DATE="17/01/2021")
    assert str(wrong.state) == "failed"
    assert "no such file or folder" in capfd.readouterr().out
    assert not (tmp_path / "snapshots").exists()


def test_a_failed_audit_publishes_nothing_and_fails_the_run(
    dags: dict[str, Any], environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path / "data"))
    source = tmp_path / "articles.jsonl"
    good = {"text": "قتل ثلاثة مدنيين اليوم في قصف على مدينة الميادين.", "published_at": "2021-01-02"}
    bad = [{"published_at": "2021-01-02", "url": f"https://example.org/{number}"} for number in range(9)]
    source.write_text("\n".join(json.dumps(record) for record in [good, *bad]), encoding="utf-8")
    done = run(dags["conflict_events_daily"], INPUT=str(source), DATE="2021-01-02")
    assert str(done.state) == "failed"
    assert states(done)["audit"] == {"failed"} and states(done)["publish"] == {"upstream_failed"}
    assert not list((tmp_path / "data").glob("snapshots/*/manifest.json"))


def test_pandas_pyarrow_and_duckdb_each_read_every_table(first: tuple[Path, list[str]]) -> None:
    import duckdb
    import pandas as pd
    import pyarrow.parquet as pq

    from conflict_events.snapshots.schema import TABLES

    root, days = first
    db = duckdb.connect()
    for day in days:
        folder = root / "snapshots" / f"snapshot={day}"
        for name in TABLES:
            file = folder / f"{name}.parquet"
            rows = pq.read_table(file).num_rows
            assert len(pd.read_parquet(file)) == rows, (day, name)
            counted = db.execute("SELECT count(*) FROM read_parquet(?)", [str(file)]).fetchall()
            assert counted == [(rows,)], (day, name)
    for name in TABLES:
        # Facts are split by month or year, dimensions are one file.
        folder = root / "latest" / name
        split = folder.is_dir()
        place = folder if split else folder.with_suffix(".parquet")
        rows = pq.read_table(place).num_rows
        assert len(pd.read_parquet(place)) == rows, name
        pattern = str(place / "**" / "*.parquet") if split else str(place)
        assert db.execute("SELECT count(*) FROM read_parquet(?)", [pattern]).fetchall() == [(rows,)], name
        assert rows, name
