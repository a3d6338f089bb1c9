"""The deadline of the daily DAG: when it is, and that Airflow can call what it calls then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from webhook_on_loopback import webhook

DAGS = Path(__file__).resolve().parents[2] / "dags"

pytestmark = pytest.mark.usefixtures("airflow_db")


def alert() -> Any:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(DAGS / "conflict_events_daily.py"))
    assert bag.import_errors == {}
    (found,) = bag.dags["conflict_events_daily"].deadline
    return found


@pytest.mark.parametrize(
    ("by", "hours"), [(None, 3.5), ("07:00", 3.5), ("03:31", 1 / 60), ("03:30", 24), ("02:00", 22.5)]
)
def test_it_is_counted_from_the_hour_of_the_schedule(
    by: str | None, hours: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONFLICT_EVENTS_PUBLISH_BY", raising=False)
    if by:
        monkeypatch.setenv("CONFLICT_EVENTS_PUBLISH_BY", by)
    assert alert().interval == timedelta(hours=hours)


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("CONFLICT_EVENTS_PUBLISH_BY", "off")
    bag = DagBag(dag_folder=str(DAGS / "conflict_events_daily.py"))
    assert not bag.dags["conflict_events_daily"].deadline


def test_airflow_calls_it_and_the_webhook_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import structlog
    from airflow.sdk.execution_time.callback_supervisor import execute_callback

    context = {"dag_run": {"partition_key": "2024-03-14", "state": "running"}, "deadline": {}}
    with webhook() as hook:
        monkeypatch.setenv("CONFLICT_EVENTS_NOTIFY_URL", hook.url)
        done = execute_callback(
            alert().callback.path, {"context": context}, Path("conflict_events_daily.py"), DAGS, structlog.get_logger()
        )
    assert done == (True, None)
    assert "2024-03-14 was not published" in hook.bodies[0]["text"]
