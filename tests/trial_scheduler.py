"""A trial through a running scheduler, called by `make trial`. Takes some minutes, needs no network.

1. The schedule publishes three days, caught up in order.
2. A backfill that was made for the three days before them publishes first, though Airflow starts both at once.
3. In the middle of the second of these, the scheduler and its running tasks are killed (SIGKILL) and started again.

Then every Parquet file must be whole, and byte for byte what a run without Airflow makes of the same articles.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from airflow_on_loopback import (
    DAILY,
    ROOT,
    ZONE,
    Airflow,
    TrialFailedError,
    check_same,
    check_whole,
    clock,
    expect,
    last_key,
    named,
    published,
    workspace,
)

SERVICES = ("api-server", "scheduler", "dag-processor")
BATCH = 3


def make_articles(target: Path, days: list[date]) -> None:
    """Our sample articles, dated anew over the days, the fifth day with enough of them to be killed in the middle."""
    from conflict_events.articles import read_articles
    from conflict_events.records import Article

    samples = [item for item in read_articles(ROOT / "include" / "sample_articles") if isinstance(item, Article)]
    if len(samples) < 2 * len(days):
        raise TrialFailedError(f"include/sample_articles holds {len(samples)} articles, too few for {len(days)} days")
    with target.open("w", encoding="utf-8") as stream:
        for index, sample in enumerate(samples):
            day = days[index % len(days)] if index < 2 * len(days) else days[4]
            record = {
                "article_id": f"trial-{index:03d}",
                "published_at": day.isoformat(),
                "publisher": sample.publisher,
                "title": sample.title,
                "text": sample.text,
            }
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def trial(home: Path, database: str | None) -> None:
    """The whole trial in one folder."""
    last = last_key(datetime.now(ZONE))
    days = [last - timedelta(days=back) for back in range(5, -1, -1)]
    early, late = days[:3], days[3:]
    source = home / "articles.jsonl"
    make_articles(source, days)
    data = home / "data"
    # The run of a day starts at 03:30 of the next one.
    environ = {"CONFLICT_EVENTS_BATCH_SIZE": str(BATCH), "CONFLICT_EVENTS_START": str(late[0] + timedelta(days=1))}
    if database:
        environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = database
    airflow = Airflow(home, environ)
    say = clock()
    try:
        airflow.migrate()
        airflow.start(*SERVICES)
        airflow.sign_in(DAILY, "news_ingest")
        say("services up, both DAGs known, no import error")

        airflow.request("PATCH", "/api/v2/dags/news_ingest", {"is_paused": False})
        airflow.request(
            "POST", "/api/v2/dags/news_ingest/dagRuns", {"logical_date": None, "conf": {"INPUT": str(source)}}
        )
        airflow.wait("the ingest", lambda: airflow.succeeded("manual", "news_ingest") == 1)
        airflow.request("PATCH", "/api/v2/dags/news_ingest", {"is_paused": True})
        say("articles are in the archive")

        # The end is a moment, and the last day's partition begins at 03:30. A backfill of a paused DAG waits.
        window = {"from_date": f"{early[0]}T00:00:00Z", "to_date": f"{early[-1]}T23:59:00Z"}
        airflow.request("POST", "/api/v2/backfills", {"dag_id": DAILY, **window, "reprocess_behavior": "none"})
        airflow.request("PATCH", f"/api/v2/dags/{DAILY}", {"is_paused": False})
        _kill_in_the_middle(airflow, late[1], data, say)
        airflow.wait("all runs", lambda: airflow.finished(early, late), 900)
        expect("published", published(data), [str(day) for day in days])
        say("published: " + ", ".join(map(str, days)))
        runs = airflow.runs()
        retried = [task for run in runs for task in airflow.tasks(run["dag_run_id"]) if task["try_number"] > 1]
    finally:
        airflow.stop(*SERVICES)

    rows = check_whole(data)
    same = check_same(data, source, home, days, BATCH)
    print()
    for run in runs:
        key = run["partition_key"]
        counts = ", ".join(f"{table} {rows[key].get(table, 0)}" for table in ("articles", "claims", "events"))
        print(f"{run['state']:<8} {key}  {run['dag_run_id']}\n         rows: {counts}")
    print(f"\ntried again after the kill: {', '.join(named(task) for task in retried) or 'nothing was running'}")
    print(f"{same} Parquet files, all whole, byte for byte what a run without Airflow writes")


def _kill_in_the_middle(airflow: Airflow, day: date, data: Path, say: Callable[[str], None]) -> None:
    """Kill the scheduler and all that runs under it while an extraction of `day` runs and others are done."""
    struck: list[str] = []

    def in_the_middle() -> bool:
        for run in airflow.runs():
            if run["partition_key"] == str(day) and run["state"] == "running":
                states = [(task["task_id"], task["state"]) for task in airflow.tasks(run["dag_run_id"])]
                done = ("each_batch.extract", "success") in states
                struck[:] = sorted({task for task, state in states if state == "running"})
                return done and bool(struck)
        return False

    airflow.wait(f"the middle of {day}", in_the_middle, 600)
    airflow.stop("scheduler", kill=True)
    if str(day) in published(data):
        raise TrialFailedError(f"{day} was published before the kill; the trial needs more articles on it")
    check_whole(data)
    say(f"killed in the middle of {day} (running: {', '.join(struck)}); what was published is whole")
    airflow.start("scheduler")


def main() -> int:
    """Run the trial; 0 where everything holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--database", help="connection of an empty metadata database; without it SQLite in a temporary folder"
    )
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder")
    given = parser.parse_args()
    os.environ.setdefault("CAMELTOOLS_DATA", str(ROOT / "include" / "camel_tools"))
    try:
        with workspace(given.keep) as home:
            trial(home, given.database)
    except TrialFailedError as error:
        print(f"TRIAL FAILED: {error}", file=sys.stderr)
        return 1
    print("trial passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
