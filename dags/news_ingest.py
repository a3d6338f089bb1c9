"""The hourly DAG: what the sources have that is new goes into the archive."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

DOC = """
### News ingest, each hour

Reads the enabled sources of `include/sources.yaml` into the archive: folders, JSONL and WARC files by `ingest`; feeds,
sitemaps and listing pages by `fetch`, one task a source, as gzipped WARC. What is known is passed over, what can't be
read goes to `quarantine/` with its reason. The daily DAG takes it from there, whatever hour was missed.

* **By hand:** *INPUT* is a file or folder to read instead of the sources.
* **When it fails:** a wrong path or sources file, or a server that refuses, fails at once; errors of the network or the
  disk are tried again. A source that fails stops no other. The next hour goes on where this one ended.
"""


@dag(
    schedule=CronTriggerTimetable("5 * * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
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
        """The paths to read."""
        from conflict_events.pipeline.tasks import watched_sources

        return [params["INPUT"]] if params["INPUT"] else watched_sources(fail=AirflowFailException)

    @task
    def web(params: Any = None) -> list[str]:
        """The sources to fetch."""
        from conflict_events.pipeline.tasks import web_sources

        return [] if params["INPUT"] else web_sources(fail=AirflowFailException)

    # Some at a time. A host is asked by one task at a time, whatever their number: see docs/adr/0014.
    @task(
        max_active_tis_per_dag=4,
        outlets=[Asset("conflict_events_archive", uri="conflict-events://archive")],
        doc_md="Fetch what is new on one source.",
    )
    def fetch(source: str) -> dict[str, Any]:
        from conflict_events.pipeline.tasks import fetch_source

        return fetch_source(source, fail=AirflowFailException)

    # One at a time: they share the archive's inbox.
    @task(
        max_active_tis_per_dag=1,
        outlets=[Asset("conflict_events_archive", uri="conflict-events://archive")],
        doc_md="Take the articles of one source into the archive.",
    )
    def ingest(source: str) -> dict[str, Any]:
        from conflict_events.pipeline.tasks import run_stage

        return run_stage("ingest", source, fail=AirflowFailException)

    ingest.expand(source=sources())
    fetch.expand(source=web())


news_ingest()
