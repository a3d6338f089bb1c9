"""A trial of the hosts' pools through a running scheduler, called by `make trial`. Takes a minute or two, no network.

The set-up makes a pool for each host of a sources file; then a source comes to the file that has none. In the next hour
each task must be in its host's pool, no two tasks of a pool may run at once, tasks of different pools may, and the
source without a pool is fetched, too. The hosts do not exist: what is looked at is who was fetched when.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from airflow_on_loopback import ROOT, Airflow, TrialFailedError, clock, expect, workspace

SERVICES = ("api-server", "scheduler", "dag-processor")
HOSTS = {"nakhil": 3, "sahel": 2}


def sources(hosts: dict[str, int]) -> str:
    """A sources file: so many feeds on each host."""
    lines = ["outlets:", *(f"  - {{id: {name}, domains: [{name}.invalid]}}" for name in hosts), "sources:"]
    for name, count in hosts.items():
        for number in range(count):
            url = f'"https://{name}.invalid/feed{number}"'
            lines.append(f"  - {{id: {name}{number}, kind: feed, outlet: {name}, url: {url}}}")
    return "\n".join(lines) + "\n"


def trial(home: Path) -> None:
    """The whole trial in one folder."""
    file, pools = home / "sources.yaml", home / "host_pools.json"
    file.write_text(sources(HOSTS), encoding="utf-8")
    environ = {
        "CONFLICT_EVENTS_SOURCES_FILE": str(file),
        "CONFLICT_EVENTS_HOST_POOLS": str(pools),
        "CONFLICT_EVENTS_RETRIES": "0",
        "PYTHONPATH": str(ROOT / "plugins"),
    }
    airflow = Airflow(home, environ)
    say = clock()
    try:
        airflow.migrate()
        subprocess.run(
            ["sh", str(ROOT / "scripts" / "make_pools.sh"), sys.executable, str(pools)],
            cwd=ROOT, env=airflow.environ, check=True,
        )  # fmt: skip
        say("pools of " + ", ".join(json.loads(pools.read_text(encoding="utf-8"))))
        file.write_text(sources({**HOSTS, "jabal": 1}), encoding="utf-8")
        airflow.start(*SERVICES)
        airflow.sign_in("news_ingest")
        known = {pool["name"]: pool["slots"] for pool in airflow.request("GET", "/api/v2/pools")["pools"]}
        if not known.items() >= {"host_nakhil.invalid": 1, "host_sahel.invalid": 1}.items():
            raise TrialFailedError(f"Airflow knows the pools {known}")
        airflow.request("PATCH", "/api/v2/dags/news_ingest", {"is_paused": False})
        run = airflow.request("POST", "/api/v2/dags/news_ingest/dagRuns", {"logical_date": None, "conf": {}})
        run_id = run["dag_run_id"]
        fetched = _until_over(airflow, run_id)
        say(f"{len(fetched)} sources were asked")
    finally:
        airflow.stop(*SERVICES)
    found = sorted(f"{task['task_id']} in {task['pool']}" for task in fetched)
    expect(
        "tasks",
        found,
        ["fetch in default_pool"]
        + ["fetch_host_nakhil.invalid in host_nakhil.invalid"] * 3
        + ["fetch_host_sahel.invalid in host_sahel.invalid"] * 2,
    )
    both = [(one, other) for one, other in combinations(fetched, 2) if _overlap(one, other)]
    if any(one["pool"] == other["pool"] for one, other in both):
        raise TrialFailedError("two tasks of one host's pool ran at once")
    if not both:
        raise TrialFailedError("nothing ran at once: the pools of different hosts held each other up")
    print(f"pairs of tasks that ran at once: {len(both)}, none of them in one pool")


def _until_over(airflow: Airflow, run_id: str) -> list[dict[str, Any]]:
    """The fetching tasks of a run once all are over; each failed, for no host exists."""
    fetched: list[dict[str, Any]] = []

    def over() -> bool:
        tasks = airflow.tasks(run_id, "news_ingest")
        fetched[:] = [task for task in tasks if task["task_id"].startswith("fetch") and task["map_index"] >= 0]
        return len(fetched) == 6 and all(task["state"] == "failed" for task in fetched)

    airflow.wait("the fetching", over, 240)
    return fetched


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    start, end, begin, stop = (
        datetime.fromisoformat(task[name]) for task in (one, other) for name in ("start_date", "end_date")
    )
    return start < stop and begin < end


def main() -> int:
    """Run the trial; 0 where everything holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder")
    given = parser.parse_args()
    os.environ.setdefault("CAMELTOOLS_DATA", str(ROOT / "include" / "camel_tools"))
    try:
        with workspace(given.keep) as home:
            trial(home)
    except TrialFailedError as error:
        print(f"TRIAL FAILED: {error}", file=sys.stderr)
        return 1
    print("trial passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
