"""A trial of docker-compose.yml's profile `celery` by hand, called by `make test-cluster`.

It takes a quarter of an hour, and needs no network.

PostgreSQL, Redis (both from the system's packages) and Airflow with CeleryExecutor and two workers, all on loopback.

1. The schedule publishes a day of 2,000 invented articles. In the middle of it one worker is killed (SIGKILL) with its
   running tasks; the other one finishes alone, and publishes the day after it.
2. That day is late (it is due a minute after its start): a webhook is told, though a worker is dead.
3. Each health check that docker-compose.yml gives a service of Airflow is run against that service.

Then every Parquet file must be whole, and byte for byte what a run on one machine without Airflow makes of the same
articles.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
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
    free_port,
    last_key,
    named,
    published,
    workspace,
)
from webhook_on_loopback import Webhook, webhook

SERVICES = ("api-server", "scheduler", "dag-processor", "triggerer")
WORKERS = ("worker-one", "worker-two")
BATCH = 50


def make_articles(target: Path, days: list[date], number: int) -> None:
    """`number` articles of the first day and a twentieth of that of the second, made of our samples.

    Places and numbers are others. Each keeps the sentences of its sample, so that now and then several tell of one
    occurrence.
    """
    from conflict_events.articles import read_articles
    from conflict_events.records import Article

    chance = random.Random(11)
    samples = [item for item in read_articles(ROOT / "include" / "sample_articles") if isinstance(item, Article)]
    samples.sort(key=lambda one: one.article_id)
    names = [line.split(",")[0] for line in (ROOT / "include/gazetteer/syria.csv").read_text("utf-8").splitlines()[1:]]
    names = [name for name in names if len(name) > 4]
    place = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")
    with target.open("w", encoding="utf-8") as stream:
        for index in range(number + number // 20):
            sample = samples[index % len(samples)]
            moved: dict[str, str] = {}
            shift = chance.randrange(6)

            def elsewhere(match: re.Match[str], moved: dict[str, str] = moved) -> str:
                return moved.setdefault(match[0], chance.choice(names))

            def more(match: re.Match[str], shift: int = shift) -> str:
                return str(int(match[0]) + shift)

            text = re.sub(r"(?<![\d/.:])[1-9]\d?(?![\d/.:])", more, place.sub(elsewhere, sample.text))
            record = {
                "article_id": f"cluster-{index:05d}",
                "published_at": days[index >= number].isoformat(),
                "publisher": sample.publisher,
                "title": place.sub(elsewhere, sample.title or ""),
                "text": text,
            }
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own on loopback; gives the address of its database, `user:password@host:port/name`.

    It refuses to run as root: then it runs as the user `postgres` that the package made.
    """
    binaries = _binaries()
    port, password = free_port(), secrets.token_hex(16)
    home = Path(tempfile.mkdtemp(prefix="conflict-events-postgres-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    try:
        (home / "password").write_text(password + "\n", encoding="utf-8")
        if as_user:
            shutil.chown(home, "postgres")
            shutil.chown(home / "password", "postgres")
        options = ["--username", "airflow", "--pwfile", str(home / "password"), "--auth", "scram-sha-256"]
        _call([*as_user, str(binaries / "initdb"), "--pgdata", str(home / "db"), "--encoding", "UTF8", *options], home)
        control = [*as_user, str(binaries / "pg_ctl"), "--pgdata", str(home / "db"), "--wait"]
        listen = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        _call([*control, "--log", str(home / "log"), "--options", listen, "start"], home)
        try:
            yield f"airflow:{password}@127.0.0.1:{port}/postgres"
        finally:
            _call([*control, "--mode", "immediate", "stop"], home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """A Redis of our own on loopback, started as docker-compose.yml does; gives its address."""
    if not shutil.which("redis-server"):
        raise TrialFailedError("no redis-server on PATH (Debian: apt-get install redis-server)")
    port, password = free_port(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="conflict-events-redis-") as home:
        command = [
            "redis-server",
            "--appendonly",
            "yes",
            "--dir",
            home,
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "-",
        ]
        with (Path(home) / "log").open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        assert process.stdin
        process.stdin.write(f"requirepass {password}\n".encode())
        process.stdin.close()
        try:
            yield f"redis://:{password}@127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(30)


def _binaries() -> Path:
    """The folder of PostgreSQL's server programs, which Debian keeps off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = shutil.which("initdb") or (str(found[-1]) if found else None)
    if initdb is None:
        raise TrialFailedError("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    return Path(initdb).parent


def _call(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TrialFailedError(f"{' '.join(command)}: {done.stderr or done.stdout}")


def trial(home: Path, articles: int, database: str, queue: str, hook: Webhook) -> None:
    """The whole trial in one folder."""
    last = last_key(datetime.now(ZONE))
    days = [last - timedelta(days=1), last]
    source, data = home / "articles.jsonl", home / "data"
    make_articles(source, days, articles)
    environ = {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{database}",
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+postgresql+psycopg2://{database}",
        "AIRFLOW__CELERY__BROKER_URL": queue,
        "AIRFLOW__CELERY__WORKER_CONCURRENCY": "2",
        "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "21600",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "True",
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(free_port()),
        "CONFLICT_EVENTS_BATCH_SIZE": str(BATCH),
        "CONFLICT_EVENTS_PUBLISH_BY": "03:31",
        "CONFLICT_EVENTS_NOTIFY_URL": hook.url,
        # The run of a day starts at 03:30 of the next one.
        "CONFLICT_EVENTS_START": str(last),
        "C_FORCE_ROOT": "1",  # Celery asks it of root; the image's workers are not root
    }
    airflow = Airflow(home, environ)
    say = clock()
    try:
        airflow.migrate()
        airflow.start(*SERVICES)
        for number, name in enumerate(WORKERS):
            # The first has the name that it has in a container.
            naming = ["--celery-hostname", f"{name}@loopback"] if number else []
            airflow.start_as(name, "celery", "worker", "--skip-serve-logs", "--pid", str(home / f"{name}.pid"), *naming)
        airflow.sign_in(DAILY, "news_ingest")
        say("PostgreSQL, Redis, Airflow with CeleryExecutor and two workers are up")
        airflow.request("PATCH", "/api/v2/dags/news_ingest", {"is_paused": False})
        airflow.request(
            "POST", "/api/v2/dags/news_ingest/dagRuns", {"logical_date": None, "conf": {"INPUT": str(source)}}
        )
        airflow.wait("the ingest", lambda: airflow.succeeded("manual", "news_ingest") == 1)
        airflow.request("PATCH", "/api/v2/dags/news_ingest", {"is_paused": True})
        say("articles are in the archive")

        started = time.monotonic()
        airflow.request("PATCH", f"/api/v2/dags/{DAILY}", {"is_paused": False})
        _kill_in_the_middle(airflow, data, say)
        airflow.wait("the day", lambda: airflow.succeeded("scheduled") >= 1, 3600)
        in_cluster = time.monotonic() - started
        say(f"published {days[0]} with one worker left")
        airflow.wait("the notice that it was late", lambda: bool(hook.bodies), 120)
        expect("notice", [f"{days[0]} was not published" in body["text"] for body in hook.bodies[:1]], [True])
        say(f"the webhook was told: {hook.bodies[0]['text']}")
        airflow.wait("the next day", lambda: airflow.finished([], days), 900)
        expect("published", published(data), [str(day) for day in days])
        say(f"published {days[1]}")
        _check_health(airflow, say)
        tasks = [task for run in airflow.runs() for task in airflow.tasks(run["dag_run_id"])]
    finally:
        airflow.stop(*airflow.running)

    rows = check_whole(data)
    started = time.monotonic()
    same = check_same(data, source, home, days, BATCH)
    alone = time.monotonic() - started
    print()
    for day, counts in rows.items():
        print(f"{day}: " + ", ".join(f"{counts.get(table, 0)} {table}" for table in ("articles", "claims", "events")))
    retried = [named(task) for task in tasks if task["try_number"] > 1]
    print(f"{len(tasks)} tasks; tried again after the kill: {', '.join(retried) or 'none'}")
    print(f"the first day took {in_cluster:.0f} s in the cluster; both days on one machine, one process: {alone:.0f} s")
    print(f"{same} Parquet files, all whole, byte for byte what a run without Airflow writes")


def _kill_in_the_middle(airflow: Airflow, data: Path, say: Callable[[str], None]) -> None:
    """Kill a worker with all its tasks when a third of the batches is read and it works on more."""
    seen: dict[str, Any] = {}

    def in_the_middle() -> bool:
        for run in airflow.runs():
            batches = [task for task in airflow.tasks(run["dag_run_id"]) if task["task_id"] == "each_batch.extract"]
            seen["done"] = sum(task["state"] == "success" for task in batches)
            seen["all"] = len(batches)
            seen["running"] = airflow.busy(WORKERS[1])
            return len(batches) > 1 and 3 * seen["done"] >= len(batches) and seen["running"] > 0
        return False

    airflow.wait("the middle of the day", in_the_middle, 1800)
    if seen["done"] == seen["all"]:
        raise TrialFailedError("all batches were read before the kill; the trial needs more articles")
    airflow.stop(WORKERS[1], kill=True)
    expect("published before the kill", published(data), [])
    say(f"killed one worker with {seen['running']} running tasks; {seen['done']} of {seen['all']} batches were read")


def _check_health(airflow: Airflow, say: Callable[[str], None]) -> None:
    """Run the health checks of docker-compose.yml against the services of the trial.

    Raises:
        TrialFailedError: A check fails though its service runs, or passes though it does not.
    """
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    ports = {
        "8080": str(airflow.port),
        "8974": airflow.environ["AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT"],
    }
    for name in (*SERVICES, "worker"):
        if _code(airflow, services[name]["healthcheck"]["test"], ports):
            raise TrialFailedError(f"the health check of {name} fails")
    for name in ("triggerer", WORKERS[0]):
        airflow.stop(name)
        test = services["worker" if name == WORKERS[0] else name]["healthcheck"]["test"]
        airflow.wait(f"the health check of {name} to fail", lambda test=test: _code(airflow, test, ports) != 0, 90)
    say("the health checks of docker-compose.yml answer")


def _code(airflow: Airflow, test: list[str], ports: dict[str, str]) -> int:
    """The exit code of a health check as compose would run it, with the trial's ports."""
    words = [
        re.sub(r"(?:localhost|api-server):(\d+)", lambda match: f"127.0.0.1:{ports[match[1]]}", word) for word in test
    ]
    words = [word.replace("$$", "$") for word in words]
    environ = {**airflow.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = ["sh", "-c", words[1]] if words[0] == "CMD-SHELL" else words[1:]
    return subprocess.run(command, env=environ, capture_output=True, check=False, timeout=120).returncode


def main() -> int:
    """Run the trial; 0 where everything holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000, metavar="N", help="articles of the first day (2000)")
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder")
    given = parser.parse_args()
    os.environ.setdefault("CAMELTOOLS_DATA", str(ROOT / "include" / "camel_tools"))
    try:
        with workspace(given.keep) as home, postgres() as database, redis() as queue, webhook() as hook:
            trial(home, given.articles, database, queue, hook)
    except TrialFailedError as error:
        print(f"TRIAL FAILED: {error}", file=sys.stderr)
        return 1
    print("trial passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
