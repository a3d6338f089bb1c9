"""The weekly DAG: claims of the last week are drawn for people to check."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

DOC = """
### Weekly review

Draws 20 of the claims that the snapshots of the last week (Monday to Sunday) published, and writes the form by which
people judge them, `review/WEEK/form.csv` in the data root. What to do with it: "The weekly review" in
`docs/operations.md`.

* **By hand:** *WEEK* is another week, 2024-W11. A form that exists is kept: somebody may be filling it in.
* **When it fails:** a wrong week fails at once; a week whose last day is not published yet, and errors of the disk,
  are tried again after two hours. A week without claims has no form.
"""


@dag(
    schedule=CronTriggerTimetable("0 8 * * 1", timezone=os.environ.get("CONFLICT_EVENTS_ZONE") or "Asia/Damascus"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    tags=["conflict-events", "arabic", "weekly"],
    doc_md=DOC,
    default_args={
        "owner": "conflict-events",
        "retries": int(os.environ.get("CONFLICT_EVENTS_RETRIES") or 2),
        "retry_delay": timedelta(hours=2),  # the week's last day may be late
        "execution_timeout": timedelta(minutes=15),
    },
    params={"WEEK": Param("", type=["null", "string"], title="Week", description="2024-W11; empty: the last one.")},
)
def weekly_review() -> None:
    """Airflow calls this once to make the DAG."""

    @task
    def draw(params: Any = None, dag_run: Any = None) -> dict[str, Any]:
        """Draw the claims and write the form."""
        from conflict_events.pipeline.tasks import draw_review

        return draw_review(params["WEEK"], dag_run.run_after, fail=AirflowFailException)

    draw()


weekly_review()
