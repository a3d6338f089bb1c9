"""Runs the DAGs over a file or folder of articles through Airflow, and shows what came out. Called by `make run`.

News goes into the archive by `news_ingest`, then each publication day gets its run of `conflict_events_daily`, in
order, as under a scheduler. All in one process: what costs is importing Airflow, not running a DAG.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run; 0 where every task succeeded."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--input", required=True, help="file or folder of articles")
    parser.add_argument(
        "--date", default="", help="day of the snapshot (YYYY-MM-DD); empty: one for each publication day"
    )
    given = parser.parse_args(arguments)
    source = Path(given.input).expanduser().absolute()
    if not source.exists():
        return _stop(f"INPUT={given.input}: there is no such file or folder.")
    _environment()

    from conflict_events import pipeline
    from conflict_events.cli.display import show_report
    from conflict_events.pipeline.intake import require_articles
    from conflict_events.pipeline.planning import waiting
    from conflict_events.pipeline.workspace import as_day
    from conflict_events.settings import Settings, SettingsError

    started = time.monotonic()
    try:
        settings = Settings.load()
        asked = [as_day(given.date.strip()).isoformat()] if given.date.strip() else None
        print(f"Airflow starts; articles from {source}", flush=True)
        dags = _load_dags()
        ingest = _run(dags["news_ingest"], {"INPUT": str(source)})
        if ingest is None:
            return _stop("The articles could not be taken in; the reason stands above.")
        taken = _receipt(ingest, "ingest")
        require_articles(settings, taken)
        days = asked or pipeline.plan(settings)
        with _progress(len(days)) as advance:
            for day in days:
                if _run(dags["conflict_events_daily"], {"DATE": day}) is None:
                    return _stop(f"The run of {day} failed and published nothing; the reason stands above.")
                advance(day)
        shown = pipeline.report(settings, days or None)
        show_report(shown, {"ingest": taken, "waiting": waiting(settings), "days": days})
    except (pipeline.PipelineError, SettingsError) as error:
        return _stop(str(error).replace("--date ", "DATE="))
    print(f"done in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


def _stop(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def _environment() -> None:
    """What Airflow reads when it is imported; `make` sets the same for its other targets."""
    for name, value in {
        "AIRFLOW_HOME": HERE / ".airflow",
        "AIRFLOW__CORE__DAGS_FOLDER": HERE / "dags",
        "AIRFLOW__CORE__PLUGINS_FOLDER": HERE / "plugins",
        "AIRFLOW__CORE__LOAD_EXAMPLES": False,
        # Airflow's own lines would bury ours; a failed task's reason is printed by `_run`.
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "CONFLICT_EVENTS_DATA_ROOT": HERE / "data",
        # Someone is waiting at the terminal: fail rather than try again in two minutes.
        "CONFLICT_EVENTS_RETRIES": 0,
    }.items():
        os.environ.setdefault(name, str(value))
    # Whatever the user set: nobody is late here, and Airflow 3.3 can't end a run without scheduler that has a deadline.
    os.environ["CONFLICT_EVENTS_PUBLISH_BY"] = "off"


def _load_dags() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(HERE / "dags"))
    for file, error in bag.import_errors.items():
        raise SystemExit(f"{file} does not load:\n{error}")
    return dict(bag.dags)


def _run(dag: Any, conf: dict[str, str]) -> Any:
    """One run of a DAG in this process; None where a task failed."""
    run = dag.test(run_conf=conf, logical_date=None)
    return run if str(run.state) == "success" else None


def _receipt(run: Any, task_id: str) -> dict[str, Any]:
    """What the only instance of a mapped task returned."""
    from airflow.models.xcom import XCOM_RETURN_KEY, XComModel
    from airflow.utils.session import create_session

    with create_session() as session:
        found = XComModel.get_many(run_id=run.run_id, dag_ids=run.dag_id, task_ids=task_id, key=XCOM_RETURN_KEY)
        return dict(XComModel.deserialize_value(session.scalars(found).one()))


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A progress bar on a terminal, above which the stages' lines scroll; nothing where the output is a file."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal or total == 0:
        yield lambda day: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("snapshots", total=total)
        yield lambda day: bar.update(task, advance=1, description=f"published {day}")


if __name__ == "__main__":
    sys.exit(main())
