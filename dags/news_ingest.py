"""The hourly DAG: what the sources have that is new goes into the archive."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Asset, CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

DOC = """
### News ingest, each hour

Reads the enabled sources of `include/sources.yaml` into the archive: folders, JSONL and WARC files by `ingest`; feeds,
sitemaps and listing pages by `fetch_host_...`, one task a source, as gzipped WARC. The sources of a host share the pool
that the set-up made for it; those that came to the sources file since are fetched by `fetch`. What is known is passed
over, what can't be read goes to `quarantine/` with its reason. The daily DAG takes it from there, whatever hour was
missed.

* **By hand:** *INPUT* is a file or folder to read instead of the sources.
* **When it fails:** a wrong path or sources file, or what a server answers, fails at once; trouble of the network or
  the disk is tried again. A source that fails stops no other. The next hour goes on where this one ended.
"""

POOLS = os.environ.get("CONFLICT_EVENTS_HOST_POOLS")
"""File with the pools that the set-up made; see docs/adr/0020."""


def host_pools() -> dict[str, list[str]]:
    """The sources that are fetched in each host's pool."""
    if not POOLS or not Path(POOLS).exists():
        return {}
    made = json.loads(Path(POOLS).read_text(encoding="utf-8"))
    return {name: pool["sources"] for name, pool in made.items()}


@dag(
    schedule=CronTriggerTimetable("5 * * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    max_active_tasks=4,  # a desk has more hosts than slots
    dagrun_timeout=timedelta(hours=3),
    tags=["conflict-events", "arabic", "hourly"],
    doc_md=DOC,
    default_args={
        "owner": "conflict-events",
        "retries": int(os.environ.get("CONFLICT_EVENTS_RETRIES") or 3),
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(minutes=50),
    },
    params={"INPUT": Param("", type=["null", "string"], title="Input", description="File or folder to read instead.")},
)
def news_ingest() -> None:
    """Airflow calls this once to make the DAG."""

    @task
    def sources(params: Any = None) -> list[str]:
        """The sources on disk to read."""
        from conflict_events.pipeline.tasks import watched_sources

        return [params["INPUT"]] if params["INPUT"] else watched_sources(fail=AirflowFailException)

    pools = host_pools()

    @task
    def web(params: Any = None) -> list[str]:
        """The sources to fetch that are in no host's pool."""
        from conflict_events.pipeline.tasks import web_sources

        if params["INPUT"]:
            raise AirflowSkipException("INPUT is read instead of the sources")
        return web_sources(but=[source for pooled in pools.values() for source in pooled], fail=AirflowFailException)

    # A host is asked by one at a time, whoever asks (docs/adr/0014); its pool keeps those that would wait in the queue.
    @task(
        outlets=[Asset("conflict_events_archive", uri="conflict-events://archive")],
        doc_md="Fetch what is new on one source.",
    )
    def fetch(source: str) -> dict[str, Any]:
        from conflict_events.pipeline.tasks import fetch_source

        return fetch_source(source, fail=AirflowFailException, skip=AirflowSkipException)

    # One at a time: they share the archive's inbox.
    @task(
        max_active_tis_per_dag=1,
        outlets=[Asset("conflict_events_archive", uri="conflict-events://archive")],
        doc_md="Take the articles of one source into the archive.",
    )
    def ingest(source: str, params: Any = None) -> dict[str, Any]:
        from conflict_events.pipeline.tasks import run_stage

        return run_stage("ingest" if params["INPUT"] else "read_watched", source, fail=AirflowFailException)

    ingest.expand(source=sources())
    beside = web()
    fetch.expand(source=beside)
    for pool, pooled in pools.items():
        beside >> fetch.override(task_id=f"fetch_{pool}", pool=pool).expand(source=pooled)


news_ingest()
