"""`news_ingest` over invented outlets on loopback: a dead source stops no other, the daily run takes what came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from outlets_on_loopback import Desk, article, desk_on
from site_on_loopback import Site, page, status

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("airflow_db")


@pytest.fixture
def desk(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = desk_on(site, tmp_path, monkeypatch)
    monkeypatch.setenv("CONFLICT_EVENTS_SOURCES_FILE", str(desk.file))
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(desk.settings.data_root))
    monkeypatch.setenv("CONFLICT_EVENTS_RETRIES", "0")  # read when the files are parsed
    monkeypatch.setenv("CONFLICT_EVENTS_PUBLISH_BY", "off")  # `dag.test` of Airflow 3.3 can't have a deadline
    return desk


def run(name: str, **conf: str) -> Any:
    """One run of a DAG in this process."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(ROOT / "dags")).dags[name].test(run_conf=conf, logical_date=None)


def test_a_dead_source_is_seen_and_stops_no_other(desk: Desk) -> None:
    desk.sources(
        desk.outlet("nakhil", {}),
        desk.outlet("sahel", {n: page(article(n)) for n in (1, 2)}),
        desk.outlet("jabal", {3: page(article(3))}),
    )
    desk.site.on("nakhil.example/feed", status(403))
    done = run("news_ingest")
    states = {one.map_index: str(one.state) for one in done.get_task_instances() if one.task_id == "fetch"}
    assert states == {0: "failed", 1: "success", 2: "success"}
    daily = run("conflict_events_daily", DATE="2024-11-29")
    assert str(daily.state) == "success"
    table = pq.read_table(desk.settings.snapshots / "snapshot=2024-11-29" / "articles.parquet", partitioning=None)
    assert sorted(table.column("publisher").to_pylist()) == ["jabal.example", "sahel.example", "sahel.example"]


def test_without_sources_the_hour_is_quiet(desk: Desk) -> None:
    desk.file.write_text("sources: []\n", encoding="utf-8")
    assert str(run("news_ingest").state) == "success"
    assert desk.site.asked == []
