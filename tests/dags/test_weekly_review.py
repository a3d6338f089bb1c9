"""The weekly DAG through Airflow (`dag.test`): the form of a week, and no failure in a week without claims."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from conflict_events import pipeline
from conflict_events.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("airflow_db")


def run(**conf: str) -> str:
    from airflow.dag_processing.dagbag import DagBag

    dag: Any = DagBag(dag_folder=str(ROOT / "dags" / "weekly_review.py")).dags["weekly_review"]
    for task in dag.tasks:
        task.retries = 0
    return str(dag.test(run_conf=conf, logical_date=None).state)


@pytest.mark.airflow
def test_the_form_of_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_root=tmp_path / "data")
    pipeline.run(settings, ROOT / "include" / "sample_articles" / "2024-03-14.jsonl", "2024-03-17")
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(settings.data_root))
    assert run(WEEK="2024-W11") == "success"
    with (settings.review / "2024-W11" / "form.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len({row["claim_id"] for row in rows}) > 5 and all(row["evidence"] for row in rows)
    # Without a week it is the one before the run: nothing was published then.
    assert run(WEEK="") == "success"
    assert [path.name for path in settings.review.iterdir()] == ["2024-W11"]
