"""Airflow's services as processes of this machine, for the trials: started, asked by REST, killed.

Also what the trials compare: every Parquet file with what a run without Airflow writes.
"""

from __future__ import annotations

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
DAILY = "conflict_events_daily"


class TrialFailedError(Exception):
    """The trial shows that something does not hold."""


@dataclass
class Airflow:
    """Airflow's services in processes of their own, in a folder of their own.

    Attributes:
        home: The folder.
        extra: Environment that is added.
        port: Of the API server, on loopback.
        environ: Environment of the services.
        running: Processes by service.
        token: For the REST API, after `sign_in`.
    """

    home: Path
    extra: dict[str, str]
    port: int = 0
    environ: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.port = free_port()
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
            **self.extra,
        }

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
            self.start_as(service, service)

    def start_as(self, name: str, *words: str) -> None:
        """Start a service under a name of its own."""
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.command(*words), env=self.environ, stdout=log, stderr=log, start_new_session=True
            )

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

    def busy(self, service: str) -> int:
        """How many tasks a Celery worker runs: each is a process under one of its pool's."""
        process = self.running[service]
        return sum("supervisor" in title or "execute_workload" in title for title in _titles(process.pid))

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """One call of Airflow's REST API."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        query = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, headers=headers, method=method)
        with urllib.request.urlopen(query, timeout=30) as answer:
            return json.load(answer)

    def sign_in(self, *dags: str) -> None:
        """Wait for the API server and the DAGs.

        Raises:
            TrialFailedError: A DAG file can't be read, or it takes too long.
        """
        self.wait("the API server", lambda: bool(self.request("GET", "/api/v2/monitor/health")))
        self.token = self.request("GET", "/auth/token")["access_token"]
        self.wait(
            "the DAGs", lambda: set(dags) <= {dag["dag_id"] for dag in self.request("GET", "/api/v2/dags")["dags"]}
        )
        if self.request("GET", "/api/v2/importErrors")["total_entries"]:
            raise TrialFailedError("Airflow reports import errors")

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


def _titles(pid: int) -> list[str]:
    import psutil

    titles = []
    for child in _children(pid):
        try:
            titles.append(" ".join(psutil.Process(child).cmdline()))
        except psutil.NoSuchProcess:
            continue
    return titles


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def last_key(now: datetime) -> date:
    """The partition key of the schedule's last run before `now`: 03:30, for the day before."""
    local = now.astimezone(ZONE)
    ticked = local.date() if (local.hour, local.minute) >= (3, 30) else local.date() - timedelta(days=1)
    return ticked - timedelta(days=1)


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


def check_same(data: Path, source: Path, home: Path, days: list[date], batch_size: int) -> int:
    """The same articles without Airflow, in another folder: every Parquet file must be the same, byte for byte."""
    from conflict_events import pipeline
    from conflict_events.settings import Settings

    settings = Settings.load(environ={}, data_root=home / "plain", batch_size=batch_size)
    pipeline.ingest(settings, source)
    for day in days:
        pipeline.run(settings, source, day=day)
    ours, plain = _tables(data), _tables(settings.data_root)
    differing = sorted(str(path) for path in ours.keys() | plain.keys() if ours.get(path) != plain.get(path))
    if differing:
        raise TrialFailedError(f"without Airflow these files come out otherwise: {', '.join(differing)}")
    return len(ours)


def _tables(data: Path) -> dict[str, bytes]:
    """Every Parquet file of the snapshots and of the current state, by its path."""
    folders = {name: (data / name).resolve() for name in ("snapshots", "latest")}
    return {
        f"{name}/{path.relative_to(folder)}": path.read_bytes()
        for name, folder in folders.items()
        for path in folder.rglob("*.parquet")
    }


@contextmanager
def workspace(keep: bool) -> Iterator[Path]:
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


def expect(what: str, found: list[str], wanted: list[str]) -> None:
    if found != wanted:
        raise TrialFailedError(f"{what}: {found}, wanted {wanted}")


def named(task: dict[str, Any]) -> str:
    return f"{task['task_id']}[{task['map_index']}] try {task['try_number']}"


def clock() -> Callable[[str], None]:
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", flush=True)

    return say
