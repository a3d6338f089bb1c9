"""The daily DAG: what the archive holds of a day becomes that day's snapshot."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time, timedelta
from typing import Any

from airflow.sdk import (
    Asset,
    CronPartitionTimetable,
    DeadlineAlert,
    DeadlineReference,
    Param,
    SyncCallback,
    TriggerRule,
    dag,
    task,
    task_group,
)
from airflow.sdk.exceptions import AirflowFailException

DOC = """
### Conflict events, one day

Turns the articles of the archive into one immutable snapshot of conflict events and moves `latest/` on.

`choose_day` → `our_turn` → `ingest` → `batches` → for each batch `clean` → `extract`
→ `resolve` → `aggregate` → `audit` → `publish`

* **Schedule:** each night at 03:30 of the desk's zone, for the day before; the run's partition key is that day.
* **By hand:** *DATE* names the day, empty means yesterday. *INPUT* is a file or folder of articles to take in first.
  A day takes every article that is not yet known and was published up to it.
* **Again:** a published day is never recomputed; running it again changes nothing. Days ascend: a day before the last
  snapshot is refused.
* **When it fails:** what the user must change (wrong path, wrong day, a failed audit) fails at once, and nothing is
  published; anything else is tried again. Clear the failed task to go on from there.
* **When it is late:** a run that has not succeeded by `CONFLICT_EVENTS_PUBLISH_BY` (07:00 of the desk's zone, so three
  and a half hours after it was queued) is told in the log, and to the webhook of `CONFLICT_EVENTS_NOTIFY_URL`.
  Airflow 3.3 can't run a DAG with a deadline by `airflow dags test`: set `CONFLICT_EVENTS_PUBLISH_BY=off` for that.
* **Missed days:** a run of the schedule publishes the days since the last snapshot first, in order (`ingest`).
* **First day:** set `CONFLICT_EVENTS_START` (YYYY-MM-DD) to have every day from then on as a run of its own.
* **Backfill:** for days after the last snapshot; `our_turn` lets earlier days of a backfill go before the schedule's:
  `airflow backfill create --dag-id conflict_events_daily --from-date DAY --to-date DAYT23:59`
"""

ZONE = os.environ.get("CONFLICT_EVENTS_ZONE") or "Asia/Damascus"
START = os.environ.get("CONFLICT_EVENTS_START")
STARTS = time(3, 30)
PUBLISH_BY = os.environ.get("CONFLICT_EVENTS_PUBLISH_BY") or "07:00"


def tell_late(context: Any) -> None:
    """Airflow calls this, in a process of its own, when a run misses its deadline."""
    from conflict_events.pipeline.tasks import tell_late

    tell_late(context)


def _deadline() -> DeadlineAlert | None:
    """How long a run may take: from the hour of the schedule to the hour by which a day must be published.

    It counts from when a run was queued: a partitioned run has no logical date. A failed run misses it, too.
    """
    if PUBLISH_BY == "off":
        return None
    by = time.fromisoformat(PUBLISH_BY)
    minutes = (by.hour - STARTS.hour) * 60 + by.minute - STARTS.minute
    allowed = timedelta(minutes=minutes % (24 * 60) or 24 * 60)
    return DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, allowed, SyncCallback(tell_late), name="publish by")


def _stage(name: str, *arguments: Any) -> Any:
    from conflict_events.pipeline.tasks import run_stage

    return run_stage(name, *arguments, fail=AirflowFailException)


@dag(
    schedule=CronPartitionTimetable(
        f"{STARTS.minute} {STARTS.hour} * * *", timezone=ZONE, run_offset=-1, key_format="%Y-%m-%d"
    ),
    start_date=datetime.fromisoformat(START or "2026-01-01").replace(tzinfo=UTC),
    catchup=bool(START),
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    deadline=_deadline(),
    tags=["conflict-events", "arabic", "daily"],
    doc_md=DOC,
    default_args={
        "owner": "conflict-events",
        "retries": int(os.environ.get("CONFLICT_EVENTS_RETRIES") or 2),
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(hours=1),
    },
    params={
        "INPUT": Param("", type=["null", "string"], title="Input", description="File or folder to take in first."),
        "DATE": Param("", type=["null", "string"], title="Day", description="YYYY-MM-DD; empty: yesterday."),
    },
)
def conflict_events_daily() -> None:
    """Airflow calls this once to make the DAG."""

    @task
    def choose_day(params: Any = None, dag_run: Any = None) -> str:
        """The day that this run publishes."""
        from conflict_events.pipeline.tasks import choose_day

        return choose_day(params["DATE"], dag_run, fail=AirflowFailException)

    @task.sensor(
        mode="reschedule",
        poke_interval=15,
        timeout=timedelta(hours=6).total_seconds(),
        doc_md="Let earlier days go first.",
    )
    def our_turn(day: str, ti: Any = None) -> bool:
        from conflict_events.pipeline.tasks import is_our_turn

        return is_our_turn(day, ti)

    @task(execution_timeout=timedelta(hours=2))
    def ingest(day: str, params: Any = None) -> dict[str, Any]:
        """Take in INPUT, or else the pages fetched up to the day; publish the days that were missed."""
        return _stage("take_in", day, params["INPUT"] or None, bool(params["DATE"]))

    @task
    def batches(day: str) -> list[dict[str, Any]]:
        """Fix the articles of the day, and cut them into batches."""
        return _stage("clean_batches", day)

    @task
    def clean(batch: dict[str, Any]) -> dict[str, Any]:
        """Cut what is not article text."""
        return _stage("clean", batch)

    @task(execution_timeout=timedelta(hours=2))
    def extract(batch: dict[str, Any], cleaned: dict[str, Any]) -> dict[str, Any]:
        """Read the claims of a batch."""
        return _stage("extract", batch)

    @task_group
    def each_batch(batch: dict[str, Any]) -> None:
        extract(batch, clean(batch))

    # A day without articles has no batches: its snapshot says so, hence it is made all the same.
    @task(trigger_rule=TriggerRule.NONE_FAILED)
    def resolve(day: str) -> dict[str, Any]:
        """Tie the day's claims to events, new and known."""
        return _stage("resolve_day", day)

    @task
    def aggregate(day: str) -> dict[str, Any]:
        """Make the tables."""
        return _stage("aggregate", day)

    @task
    def audit(day: str) -> dict[str, Any]:
        """Check the tables; nothing that fails is published."""
        return _stage("audit_day", day)

    @task(outlets=[Asset("conflict_events_latest", uri="conflict-events://latest")])
    def publish(day: str) -> dict[str, Any]:
        """Write the snapshot, then move the pointer."""
        return _stage("publish_day", day)

    day = choose_day()
    taken_in = ingest(day)
    cut = batches(day)
    done = each_batch.expand(batch=cut)
    our_turn(day) >> taken_in >> cut
    done >> resolve(day) >> aggregate(day) >> audit(day) >> publish(day)


conflict_events_daily()
