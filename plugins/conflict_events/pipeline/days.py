"""Which day a run of the DAG publishes: one pure rule for schedules, backfills and runs by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from conflict_events.pipeline.workspace import PipelineError

__all__ = ["snapshot_date"]


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


def _iso(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PipelineError(f"{what} is {text!r}, which is no day; write it as YYYY-MM-DD (2021-01-17)") from error
