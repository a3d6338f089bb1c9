"""Which day a run of the DAG publishes: one pure rule for schedules, backfills and runs by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conflict_events.pipeline.workspace import PipelineError

__all__ = ["crawl_cutoff", "goes_first", "snapshot_date"]

_BACKFILL = re.compile(r"backfill__.*__(\d{4}-\d{2}-\d{2})__\w+")


def snapshot_date(
    param: str | date | None,
    partition_key: str | None,
    logical_date: datetime | None,
    run_after: datetime | None,
    zone: str = "Asia/Damascus",
) -> date:
    """The day that labels the snapshot of a run.

    The first that is given decides: the day that the user asked for, the partition key (schedule and backfill), else
    the last whole day of the desk before the run's moment. Runs with a partition key have no logical date.

    Args:
        param: Day the user asked for, as an ISO string; None or blank where nobody asked (an empty ``DATE=`` arrives
            as "").
        partition_key: The run's partition key, an ISO day.
        logical_date: The run's logical date, with a zone.
        run_after: The moment from which the run may start, with a zone.
        zone: IANA zone of the desk.

    Raises:
        PipelineError: What was given is no ISO day, or nothing was given.

    Examples:
        >>> from datetime import timezone
        >>> snapshot_date("2021-01-17", None, None, None)
        datetime.date(2021, 1, 17)
        >>> snapshot_date("", "2021-01-16", None, None)
        datetime.date(2021, 1, 16)
        >>> late = datetime(2021, 1, 17, 22, 30, tzinfo=timezone.utc)  # 00:30 on the 18th in Damascus
        >>> snapshot_date(None, None, None, late)
        datetime.date(2021, 1, 17)
    """
    if isinstance(param, date):
        return param
    if param and param.strip():
        return _iso(param.strip(), "DATE")
    if partition_key:
        return _iso(partition_key, "the run's partition key")
    moment = logical_date or run_after
    if moment is None:
        raise PipelineError("the run has no day: give one (DATE=YYYY-MM-DD), a partition key or a logical date")
    return (moment.astimezone(ZoneInfo(zone)) - timedelta(days=1)).date()


def crawl_cutoff(day: date | str, zone: str) -> datetime:
    """The moment up to which fetched pages belong to a day: three in the morning after it, in the desk's zone.

    The nightly run begins half an hour later, so that every file that is complete by then has its name. A run that is
    late, or that is repeated from the archive alone, sees the same files.

    Example:
        >>> crawl_cutoff("2024-11-29", "Asia/Damascus").isoformat()
        '2024-11-30T03:00:00+03:00'
    """
    following = (date.fromisoformat(day) if isinstance(day, str) else day) + timedelta(days=1)
    return datetime.combine(following, time(3), ZoneInfo(zone))


def goes_first(day: date | str, own_run: str, runs: Iterable[str]) -> list[str]:
    """The runs of a backfill that must be over before this run may begin.

    Airflow runs a backfill beside the schedule, each with its own limit of active runs, and days must ascend. The
    earlier days of a backfill go first; of two runs for one day the backfill's goes first.

    Args:
        day: Day of this run.
        own_run: Run id of this run.
        runs: Run ids of the DAG, whatever their state.

    Examples:
        >>> runs = ["backfill__2021-01-16T00:30__2021-01-16__aB1", "backfill__2021-01-18T00:30__2021-01-18__cD2"]
        >>> goes_first("2021-01-17", "scheduled__2021-01-18T00:30__2021-01-17__eF3", runs)
        ['backfill__2021-01-16T00:30__2021-01-16__aB1']
    """
    mine = str(day)
    is_backfill = _BACKFILL.fullmatch(own_run) is not None
    found = []
    for run in sorted(runs):
        match = _BACKFILL.fullmatch(run)
        if match and run != own_run and (match[1] < mine or (match[1] == mine and not is_backfill)):
            found.append(run)
    return found


def _iso(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PipelineError(f"{what} is {text!r}, which is no day; write it as YYYY-MM-DD (2021-01-17)") from error
