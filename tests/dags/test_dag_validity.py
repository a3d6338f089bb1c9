"""The DAGs' policy: what every DAG file of the project must hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "dags").glob("*.py"))
CHEAP = {"__future__", "airflow", "collections", "datetime", "json", "os", "pathlib", "typing"}

pytestmark = pytest.mark.usefixtures("airflow_db")


@pytest.fixture(scope="module")
def bag() -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(ROOT / "dags"))


def test_every_file_parses_and_holds_the_dag_of_its_name(bag: Any) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == {path.stem for path in FILES} == {"conflict_events_daily", "news_ingest", "weekly_review"}


def test_every_dag_says_what_it_is(bag: Any) -> None:
    for dag in bag.dags.values():
        assert "By hand" in dag.doc_md and "When it fails" in dag.doc_md
        assert "conflict-events" in dag.tags
        assert dag.max_active_runs == 1
        assert dag.dagrun_timeout is not None
        assert not dag.catchup, "a fresh installation must not start with a year of runs"


def test_every_task_has_an_owner_retries_a_limit_and_a_line_of_doc(bag: Any) -> None:
    for dag in bag.dags.values():
        for task in dag.tasks:
            where = f"{dag.dag_id}.{task.task_id}"
            assert task.owner == "conflict-events", where
            assert task.retries >= 1, where
            assert task.execution_timeout and task.execution_timeout <= timedelta(hours=2), where
            assert task.doc_md, where
            assert task.pool == "default_pool", f"{where}: only a pool that the set-up creates is ever scheduled"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_dag_files_import_the_sdk_and_cheap_modules_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            assert name.partition(".")[0] in CHEAP, f"{path.name}:{node.lineno} imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("airflow"):
            assert node.module in ("airflow.sdk", "airflow.sdk.exceptions"), (
                f"{path.name}:{node.lineno} imports {node.module}"
            )


def test_parsing_the_dags_loads_nothing_heavy() -> None:
    code = (
        "import sys, runpy, pathlib\n"
        "import airflow.sdk\n"
        "before = set(sys.modules)\n"
        f"[runpy.run_path(str(p)) for p in sorted(pathlib.Path({str(ROOT / 'dags')!r}).glob('*.py'))]\n"
        "heavy = {'pandas', 'pyarrow', 'camel_tools', 'duckdb', 'trafilatura', 'sklearn', 'conflict_events'}\n"
        "print(sorted(heavy & (set(sys.modules) - before)))\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_a_failed_audit_fails_the_run(bag: Any) -> None:
    """The audit stands before the only leaf, and no later task runs whatever happens: that would end in success."""
    dag = bag.dags["conflict_events_daily"]
    leaves = [task.task_id for task in dag.tasks if not task.downstream_task_ids]
    assert leaves == ["publish"]
    assert "audit" in dag.get_task("publish").upstream_task_ids
    rules = {task.task_id: task.trigger_rule.value for task in dag.tasks}
    assert {name: rule for name, rule in rules.items() if rule != "all_success"} == {"resolve": "none_failed"}


def test_the_schedule_gives_the_day_before_as_partition_key(bag: Any) -> None:
    from datetime import UTC, datetime

    from airflow.serialization.encoders import coerce_to_core_timetable
    from airflow.timetables.base import TimeRestriction

    timetable = coerce_to_core_timetable(bag.dags["conflict_events_daily"].timetable)
    restriction = TimeRestriction(earliest=datetime(2026, 3, 1, tzinfo=UTC), latest=None, catchup=True)
    info = timetable.next_dagrun_info_v2(last_dagrun_info=None, restriction=restriction)
    assert info.partition_key == "2026-02-28"
    assert info.run_after.isoformat() == "2026-03-01T00:30:00+00:00"
    following = timetable.next_dagrun_info_v2(last_dagrun_info=info, restriction=restriction)
    assert following.partition_key == "2026-03-01"
