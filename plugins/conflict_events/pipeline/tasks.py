"""What the tasks of the DAGs call: a stage, one line about it, errors told apart.

Airflow itself is handed in (`fail`), so that the package imports none of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events.settings import Settings, SettingsError

__all__ = [
    "choose_day",
    "draw_review",
    "fetch_source",
    "is_our_turn",
    "run_stage",
    "tell_late",
    "watched_sources",
    "web_sources",
]

_LONG_AGO = 14 * 24
"""Hours after which a day is no day of news any more, but of an archive: its lag says nothing."""

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
        reason = str(error) if error.__cause__ else f"{type(error).__name__}: {error}"
        _tell(stage, f"FAILED: {reason}", _day_of(arguments))
        raise
    _tell(stage, f"{_summary(receipt)} ({time.monotonic() - started:.1f} s)", _day_of(arguments))
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
    _tell("day", "chosen", day)
    return day.isoformat()


def is_our_turn(day: str, instance: Any) -> bool:
    """Whether no unfinished run of a backfill must publish before this run.

    Args:
        day: Day of this run.
        instance: Airflow's running task instance; it is asked for the runs of its DAG and their states.
    """
    from conflict_events.pipeline.days import goes_first

    dag_id, own = instance.dag_id, instance.run_id
    # Ids of all runs: partitioned runs have no logical date to ask for.
    runs = instance.get_task_states(dag_id=dag_id, task_ids=["publish"])
    waiting = [
        run for run in goes_first(day, own, runs) if instance.get_dagrun_state(dag_id, run) in ("queued", "running")
    ]
    for run in waiting:
        _tell("turn", f"waits for {run}", day)
    return not waiting


def watched_sources(*, fail: Fail) -> list[str]:
    """Ids of the enabled sources on disk whose path exists; what a desk drops there is read each hour."""
    from conflict_events.articles.sources_file import load_sources

    with _contract(fail):
        sources = load_sources(Settings.load().sources_file)
    found = []
    for source in sources.sources:
        if not source.enabled or source.path is None:
            continue
        if source.path.exists():
            found.append(source.id)
        else:
            _tell("watched", f"{source.id}: {source.path} does not exist yet, passed over")
    return found


def web_sources(*, but: Collection[str] = (), fail: Fail) -> list[str]:
    """Ids of the enabled sources of the web, but for some."""
    from conflict_events.articles.sources_file import load_sources

    with _contract(fail):
        sources = load_sources(Settings.load().sources_file)
    return [source.id for source in sources.sources if source.enabled and not source.is_local and source.id not in but]


def fetch_source(source: str, *, fail: Fail, skip: Fail) -> dict[str, Any]:
    """One round of a source of the web.

    Args:
        source: Its id.
        fail: As for `run_stage`.
        skip: Makes the error for a source that is not to be fetched any more: ``AirflowSkipException``.

    Raises:
        ConnectionError: Its list could not be read because of the network; another try may mend that.
    """
    from conflict_events.fetching.failure import NETWORK

    if source not in web_sources(fail=fail):
        raise skip(f"{source}: no enabled source of the web any more")
    receipt: dict[str, Any] = run_stage("fetch", source, fail=fail)
    if not receipt["ok"]:
        reason = f"{source}: {receipt['reason']}: {receipt['detail']}"
        raise ConnectionError(reason) if receipt["reason"] in NETWORK else fail(reason)
    return receipt


def tell_late(context: dict[str, Any]) -> None:
    """Notify people of a run that missed its deadline.

    Args:
        context: What Airflow hands to the callback of a deadline.

    Raises:
        NoticeError: The webhook did not take it.
    """
    from conflict_events.pipeline.notices import notify, run_late_text

    settings = Settings.load()
    notify(settings, run_late_text(settings, context))


def draw_review(param: str | None, run_after: datetime, *, fail: Fail) -> dict[str, Any]:
    """Write the review form of a week.

    Args:
        param: The week that the user gave, ``2024-W11``; None or "" for the last whole week before the run.
        run_after: The run's moment.
        fail: As for `run_stage`.

    Returns:
        The receipt; where nothing was published in that week, ``{"week", "claims": 0}``.

    Raises:
        TimeoutError: A day of the week is not published yet; trying again later may help.
    """
    from conflict_events.review import NothingToReview, Week, WeekNotOver, write_form

    with _contract(fail):
        settings = Settings.load()
        day = (run_after.astimezone(ZoneInfo(settings.zone)) - timedelta(days=7)).date()
        week = Week.parse(param) if param and param.strip() else Week.of(day)
        try:
            receipt: dict[str, Any] = {**write_form(settings, week)}
        except WeekNotOver as early:
            raise TimeoutError(str(early)) from early
        except NothingToReview as nothing:
            receipt = {"week": str(week), "claims": 0, "warnings": [str(nothing)]}
    _tell("review", f"{week}: {_summary(receipt)}")
    return receipt


@contextmanager
def _contract(fail: Fail) -> Iterator[None]:
    """Turn the errors that say what the user must change into errors that are not tried again."""
    from conflict_events.articles.sources_file import SourcesError
    from conflict_events.pipeline import PipelineError
    from conflict_events.review import ReviewError

    try:
        yield
    except (PipelineError, ReviewError, SettingsError, SourcesError, FileNotFoundError) as error:
        raise fail(str(error)) from error


def _tell(stage: str, text: str, day: object = "") -> None:
    """One line for the task's log, and for the terminal of `make run`."""
    print(f"{day or ''!s:<10}  {stage.removesuffix('_day'):<14}{text}", flush=True)


def _summary(receipt: Any) -> str:
    """The counts of a receipt in one line."""
    if isinstance(receipt, list):
        return f"{sum(batch['articles'] for batch in receipt)} articles in batches: {len(receipt)}"
    if receipt.get("published") is True:
        return "published already"
    if "rows" in receipt:
        return f"{sum(receipt['rows'].values())} rows in {len(receipt['rows'])} tables"
    counts = {name: value for name, value in receipt.items() if type(value) is int and name != "number"}
    told = [f"{value} {name}" for name, value in counts.items() if value] or [f"0 {name}" for name in counts][:1]
    if receipt.get("lag_hours", _LONG_AGO) < _LONG_AGO:
        told.append(f"{receipt['lag_hours']} h after the day's end")
    return ", ".join(told + [f"warning: {text}" for text in receipt.get("warnings", ())])


def _day_of(arguments: tuple[Any, ...]) -> object:
    """The day that a stage works on, where its first argument tells."""
    first = arguments[0] if arguments else ""
    return first.get("day", "") if isinstance(first, dict) else first if _is_day(first) else ""


def _is_day(value: object) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False
