"""`news_ingest` over invented outlets on loopback: a dead source stops no other, the daily run takes what came."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


def test_the_sources_of_a_host_are_fetched_in_its_pool(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """The pools as the set-up makes them; `make trial` looks at what a scheduler makes of them."""
    pools = tmp_path / "host_pools.json"
    monkeypatch.setenv("CONFLICT_EVENTS_HOST_POOLS", str(pools))
    nakhil, jabal = desk.outlet("nakhil", {1: page(article(1))}), desk.outlet("jabal", {3: page(article(3))})
    second = 'id: second, kind: feed, outlet: nakhil, url: "https://nakhil.example/other"'
    desk.site.on("nakhil.example/other", desk.site.plays[("nakhil.example", "/feed")])
    desk.sources(nakhil, second, jabal)
    make = ["sh", str(ROOT / "scripts" / "make_pools.sh"), sys.executable, str(pools)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    subprocess.run(make, cwd=ROOT, env=environ, check=True)
    # Since then a host came, and jabal went.
    desk.sources(nakhil, second, jabal + ", enabled: false", desk.outlet("sahel", {2: page(article(2))}))
    told = {(one.task_id, one.map_index): (one.pool, str(one.state)) for one in fetches(run("news_ingest"))}
    assert told == {
        ("fetch_host_nakhil.example", 0): ("host_nakhil.example", "success"),
        ("fetch_host_nakhil.example", 1): ("host_nakhil.example", "success"),
        ("fetch_host_jabal.example", 0): ("host_jabal.example", "skipped"),
        ("fetch", 0): ("default_pool", "success"),
    }
    assert slots() >= {("host_nakhil.example", 1), ("host_jabal.example", 1)}
    asked = len(desk.site.asked)
    drop = tmp_path / "drop.html"
    drop.write_text(article(4), encoding="utf-8")
    by_hand = run("news_ingest", INPUT=str(drop))
    assert str(by_hand.state) == "success" and {str(one.state) for one in fetches(by_hand)} == {"skipped"}
    assert len(desk.site.asked) == asked, "by hand nothing is fetched"
    desk.file.write_text("sources: [\n", encoding="utf-8")
    failed = subprocess.run(make, cwd=ROOT, env=environ, check=False, capture_output=True, text=True)
    assert failed.returncode == 0 and "sources.yaml:2" in failed.stderr and "were not made" in failed.stderr
    assert set(json.loads(pools.read_text(encoding="utf-8"))) == {"host_nakhil.example", "host_jabal.example"}
    assert not list(tmp_path.glob("host_pools.json.*"))


def fetches(done: Any) -> list[Any]:
    """The tasks of a run that fetch."""
    return [one for one in done.get_task_instances() if one.task_id.startswith("fetch")]


def slots() -> set[tuple[str, int]]:
    """Airflow's pools and their slots."""
    from airflow.models.pool import Pool
    from airflow.utils.session import create_session

    with create_session() as session:
        return {(pool.pool, pool.slots) for pool in Pool.get_pools(session=session)}


def test_without_sources_the_hour_is_quiet(desk: Desk) -> None:
    desk.file.write_text("sources: []\n", encoding="utf-8")
    assert str(run("news_ingest").state) == "success"
    assert desk.site.asked == []
