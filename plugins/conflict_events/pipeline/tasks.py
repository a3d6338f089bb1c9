"""What the tasks of the DAGs call: a stage, one line about it, errors told apart.

Airflow itself is handed in (`fail`), so that the package imports none of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from conflict_events.settings import Settings, SettingsError

__all__ = ["choose_day", "run_stage", "watched_sources"]

Fail = Callable[[str], Exception]
"""Makes the error that Airflow does not retry: ``AirflowFailException``."""


def run_stage(stage: str, *arguments: Any, fail: Fail) -> Any:
    """Run one stage of `conflict_events.pipeline` and print a line about it.

    Args:
        stage: Name of the stage, for example "clean".
        *arguments: What the stage takes after the settings.
        fail: Makes the error for what a second try can't mend (wrong input, wrong settings, a failed audit). Other
            errors, those of the network and the disk among them, pass as they are and may be tried again.

    Returns:
        The stage's receipt.
    """
    from conflict_events import pipeline

    started = time.monotonic()
    try:
        with _contract(fail):
            receipt = getattr(pipeline, stage)(Settings.load(), *arguments)
    except Exception as error:
        # Airflow's log has the traceback; this line is for the terminal, where that log is silent.
        print(f"{stage:<14} FAILED: {error if error.__cause__ else f'{type(error).__name__}: {error}'}", flush=True)
        raise
    print(f"{stage:<14} {_summary(receipt)} ({time.monotonic() - started:.1f} s)", flush=True)
    return receipt


def choose_day(param: str | None, dag_run: Any, *, fail: Fail) -> str:
    """The ISO day that a run publishes.

    Args:
        param: What the user gave as DATE.
        dag_run: Airflow's record of the run; its partition_key, logical_date and run_after are read.
        fail: As for `run_stage`.
    """
    from conflict_events.pipeline.days import snapshot_date

    with _contract(fail):
        key = getattr(dag_run, "partition_key", None)
        day = snapshot_date(param, key, dag_run.logical_date, dag_run.run_after, Settings.load().zone)
    print(f"{'day':<14} {day}", flush=True)
    return day.isoformat()


def watched_sources(*, fail: Fail) -> list[str]:
    """Local paths of the enabled sources in the sources file that exist; what a desk drops there is read each hour."""
    from conflict_events.articles.sources import load_sources

    with _contract(fail):
        sources = load_sources(Settings.load().sources_file)
    found = []
    for source in sources.sources:
        if not source.enabled or source.path is None:
            continue
        if source.path.exists():
            found.append(str(source.path))
        else:
            print(f"{'watched':<14} {source.id}: {source.path} does not exist yet, passed over", flush=True)
    return found


@contextmanager
def _contract(fail: Fail) -> Iterator[None]:
    """Turn the errors that say what the user must change into errors that are not tried again."""
    from conflict_events.articles.sources import SourcesError
    from conflict_events.pipeline import PipelineError

    try:
        yield
    except (PipelineError, SettingsError, SourcesError, FileNotFoundError) as error:
        raise fail(str(error)) from error


def _summary(receipt: Any) -> str:
    """The counts of a receipt in one line."""
    if isinstance(receipt, list):
        return f"{len(receipt)} batches"
    if not isinstance(receipt, dict):
        return str(receipt)
    shown = (f"{key} {value}" for key, value in receipt.items() if isinstance(value, (int, str)) and key != "path")
    return ", ".join(shown)
