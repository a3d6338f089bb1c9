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
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
ZONE = ZoneInfo("Asia/Damascus")
SERVICES = ("api-server", "scheduler", "dag-processor")
DAILY = "conflict_events_daily"


class TrialFailedError(Exception):
    """The trial shows that something does not hold."""


@dataclass
class Airflow:
    """Airflow's services in processes of their own, in a folder of their own."""

    home: Path
    port: int
    database: str | None
    first_day: date
    environ: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        api = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "CONFLICT_EVENTS"))
            },
            "AIRFLOW_HOME": str(self.home / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{api}/execution/",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API_AUTH__JWT_SECRET": os.urandom(48).hex(),
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
            # A killed task is noticed after seconds, not minutes.
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "2",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "15",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "5",
            "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "5",
            "CAMELTOOLS_DATA": str(ROOT / "include" / "camel_tools"),
            "CONFLICT_EVENTS_DATA_ROOT": str(self.home / "data"),
            "CONFLICT_EVENTS_CACHE": str(self.home / "cache"),
            "CONFLICT_EVENTS_BATCH_SIZE": "3",
            # The run of a day starts at 03:30 of the next one.
            "CONFLICT_EVENTS_START": str(self.first_day + timedelta(days=1)),
        }
        if self.database:
            self.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = self.database

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-W", "ignore", "-m", "airflow", *words]

    def migrate(self) -> None:
        done = subprocess.run(
            self.command("db", "migrate"), env=self.environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise TrialFailedError(f"airflow db migrate failed:\n{done.stderr}")

    def start(self, *services: str) -> None:
        for service in services:
            log = (self.home / f"{service}.log").open("ab")
            self.running[service] = subprocess.Popen(
                self.command(service), env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
            log.close()

    def stop(self, *services: str, kill: bool = False) -> None:
        """End services with all their processes, a scheduler's running tasks included."""
        for service in services:
            process = self.running.pop(service, None)
            if process is None:
                continue
            group = _children(process.pid)
            _signal([process.pid, *group], signal.SIGKILL if kill else signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(30)
            _signal(group, signal.SIGKILL)

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """One call of Airflow's REST API."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        query = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, headers=headers, method=method)
        with urllib.request.urlopen(query, timeout=30) as answer:
            return json.load(answer)

    def sign_in(self) -> None:
        self.token = self.request("GET", "/auth/token")["access_token"]

    def wait(self, what: str, ready: Callable[[], bool], seconds: float = 300) -> None:
        """Wait until `ready`; services that die meanwhile end the trial."""
        deadline = time.monotonic() + seconds
        while True:
            for service, process in self.running.items():
                if process.poll() is not None:
                    raise TrialFailedError(f"{service} ended with {process.returncode} while waiting for {what}")
            try:
                if ready():
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError, KeyError):
                pass  # the API server is still starting
            if time.monotonic() > deadline:
                raise TrialFailedError(f"after {seconds:.0f} s still waiting for {what}")
            time.sleep(0.3)

    def runs(self, dag_id: str = DAILY) -> list[dict[str, Any]]:
        found = self.request("GET", f"/api/v2/dags/{dag_id}/dagRuns?limit=100&order_by=run_after")["dag_runs"]
        for run in found:
            if run["state"] == "failed":
                raise TrialFailedError(f"{run['dag_run_id']} failed")
        return list(found)

    def finished(self, early: list[date], late: list[date]) -> bool:
        """Whether the backfill has done the early days and the schedule the late ones, and nothing is under way."""
        runs = self.runs()
        done = {(run["run_type"], run["partition_key"]) for run in runs if run["state"] == "success"}
        wanted = {("backfill", str(day)) for day in early} | {("scheduled", str(day)) for day in late}
        return wanted <= done and all(run["state"] == "success" for run in runs)

    def succeeded(self, run_type: str, dag_id: str = DAILY) -> int:
        return sum(run["state"] == "success" and run["run_type"] == run_type for run in self.runs(dag_id))

    def tasks(self, run_id: str, dag_id: str = DAILY) -> list[dict[str, Any]]:
        return list(
            self.request("GET", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances?limit=500")["task_instances"]
        )


def _children(pid: int) -> list[int]:
    """All processes under one, whatever session they belong to (Airflow's tasks have their own)."""
    import psutil

    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def last_key(now: datetime) -> date:
    """The partition key of the schedule's last run before `now`: 03:30, for the day before."""
    local = now.astimezone(ZONE)
    ticked = local.date() if (local.hour, local.minute) >= (3, 30) else local.date() - timedelta(days=1)
    return ticked - timedelta(days=1)


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


def published(data: Path) -> list[str]:
    """Days with a snapshot."""
    return sorted(
        path.parent.name.removeprefix("snapshot=") for path in data.glob("snapshots/snapshot=*/manifest.json")
    )


def check_whole(data: Path) -> dict[str, dict[str, int]]:
    """Read every Parquet file; rows by day and table.

    Raises:
        TrialFailedError: A file can't be read, or something half-written lies about.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: dict[str, dict[str, int]] = {}
    files = sorted([*data.glob("snapshots/**/*"), *(data / "latest").resolve().glob("**/*")])
    for path in files:
        if path.is_dir():
            continue
        if path.suffix == ".parquet":
            try:
                count = pq.read_table(path, partitioning=None).num_rows
            except (pa.ArrowException, OSError) as error:
                raise TrialFailedError(f"{path} is not whole: {error}") from error
            if path.is_relative_to(data / "snapshots"):
                folder = path.relative_to(data / "snapshots").parts[0]
                rows.setdefault(folder.removeprefix("snapshot="), {})[path.stem] = count
        elif path.name.startswith(".") or path.suffix in (".part", ".tmp"):
            raise TrialFailedError(f"{path} was left behind")
    return rows


def check_same(data: Path, source: Path, home: Path, days: list[date]) -> int:
    """The same articles without Airflow, in another folder: every Parquet file must be the same, byte for byte."""
    from conflict_events import pipeline
    from conflict_events.settings import Settings

    settings = Settings.load(environ={}, data_root=home / "plain", batch_size=3)
    pipeline.ingest(settings, source)
    for day in days:
        pipeline.run(settings, source, day=day)
    ours = {path.relative_to(data): path.read_bytes() for path in sorted(data.glob("snapshots/**/*.parquet"))}
    plain = {
        path.relative_to(settings.data_root): path.read_bytes()
        for path in settings.data_root.glob("snapshots/**/*.parquet")
    }
    differing = sorted(str(path) for path in ours.keys() | plain.keys() if ours.get(path) != plain.get(path))
    if differing:
        raise TrialFailedError(f"without Airflow these files come out otherwise: {', '.join(differing)}")
    return len(ours)


@contextmanager
def _workspace(keep: bool) -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="conflict-events-trial-"))
    try:
        yield home
    except BaseException:
        for log in sorted(home.glob("*.log")):
            print(
                f"--- end of {log.name}", *log.read_text(errors="replace").splitlines()[-15:], sep="\n", file=sys.stderr
            )
        raise
    finally:
        if keep:
            print(f"kept: {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)


def trial(home: Path, database: str | None) -> None:
    """The whole trial in one folder."""
    last = last_key(datetime.now(ZONE))
    days = [last - timedelta(days=back) for back in range(5, -1, -1)]
    early, late = days[:3], days[3:]
    source = home / "articles.jsonl"
    make_articles(source, days)
    data = home / "data"
    airflow = Airflow(home, _free_port(), database, late[0])
    say = _clock()
    try:
        airflow.migrate()
        airflow.start(*SERVICES)
        airflow.wait("the API server", lambda: bool(airflow.request("GET", "/api/v2/monitor/health")))
        airflow.sign_in()
        airflow.wait("both DAGs", lambda: airflow.request("GET", "/api/v2/dags")["total_entries"] == 2)
        if airflow.request("GET", "/api/v2/importErrors")["total_entries"]:
            raise TrialFailedError("Airflow reports import errors")
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
        _expect("published", published(data), [str(day) for day in days])
        say("published: " + ", ".join(map(str, days)))
        runs = airflow.runs()
        retried = [task for run in runs for task in airflow.tasks(run["dag_run_id"]) if task["try_number"] > 1]
    finally:
        airflow.stop(*SERVICES)

    rows = check_whole(data)
    same = check_same(data, source, home, days)
    print()
    for run in runs:
        key = run["partition_key"]
        counts = ", ".join(f"{table} {rows[key].get(table, 0)}" for table in ("articles", "claims", "events"))
        print(f"{run['state']:<8} {key}  {run['dag_run_id']}\n         rows: {counts}")
    print(f"\ntried again after the kill: {', '.join(_name(task) for task in retried) or 'nothing was running'}")
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


def _expect(what: str, found: list[str], wanted: list[str]) -> None:
    if found != wanted:
        raise TrialFailedError(f"{what}: {found}, wanted {wanted}")


def _name(task: dict[str, Any]) -> str:
    return f"{task['task_id']}[{task['map_index']}] try {task['try_number']}"


def _clock() -> Callable[[str], None]:
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", flush=True)

    return say


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
        with _workspace(given.keep) as home:
            trial(home, given.database)
    except TrialFailedError as error:
        print(f"TRIAL FAILED: {error}", file=sys.stderr)
        return 1
    print("trial passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
