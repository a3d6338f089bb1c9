"""Which day a run publishes."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.pipeline.days import goes_first, snapshot_date
from conflict_events.pipeline.workspace import PipelineError

TICK = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
"""03:30 in Damascus."""


def test_the_user_wins_over_key_and_moment() -> None:
    assert snapshot_date("2021-01-17", "2026-11-19", TICK, TICK) == date(2021, 1, 17)
    assert snapshot_date(date(2021, 1, 17), "2026-11-19", TICK, TICK) == date(2021, 1, 17)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_day_is_no_day(blank: str | None) -> None:
    assert snapshot_date(blank, "2026-11-19", None, TICK) == date(2026, 11, 19)


def test_a_scheduled_run_and_a_run_by_hand_at_the_same_moment_agree() -> None:
    # CronPartitionTimetable('30 3 * * *', run_offset=-1) gives the run of the 20th, 03:30, the key of the 19th.
    assert snapshot_date("", None, None, TICK) == date(2026, 11, 19)
    assert snapshot_date("", None, TICK, None) == date(2026, 11, 19)


def test_the_desk_zone_decides_what_yesterday_is() -> None:
    late = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    assert snapshot_date(None, None, None, late, zone="Asia/Damascus") == date(2026, 11, 20)
    assert snapshot_date(None, None, None, late, zone="UTC") == date(2026, 11, 19)


@pytest.mark.parametrize("wrong", ["17/01/2021", "yesterday", "2021-02-30", "٢٠٢١"])
def test_a_wrong_day_says_how_to_write_it(wrong: str) -> None:
    with pytest.raises(PipelineError, match="YYYY-MM-DD"):
        snapshot_date(wrong, None, None, TICK)
    with pytest.raises(PipelineError, match="partition key"):
        snapshot_date(None, wrong, None, TICK)


def test_no_day_at_all_is_an_error_not_today() -> None:
    with pytest.raises(PipelineError, match="no day"):
        snapshot_date("", "", None, None)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1)),
    st.integers(-12, 14),
)
def test_the_zone_of_the_moment_does_not_matter(moment: datetime, hours: int) -> None:
    instant = moment.replace(tzinfo=UTC)
    elsewhere = instant.astimezone(timezone(timedelta(hours=hours)))
    assert snapshot_date(None, None, instant, None) == snapshot_date(None, None, elsewhere, None)


def run_id(kind: str, day: str) -> str:
    return f"{kind}__{day}T00:30:00+00:00__{day}__aB3xYz91"


def test_the_earlier_days_of_a_backfill_go_first() -> None:
    runs = [run_id("backfill", f"2026-11-{day}") for day in (16, 17, 18)]
    scheduled = run_id("scheduled", "2026-11-17")
    assert goes_first("2026-11-17", scheduled, [*runs, scheduled]) == runs[:2], "the backfill's run of the same day too"
    assert goes_first("2026-11-17", runs[1], [*runs, scheduled]) == runs[:1]
    assert goes_first("2026-11-16", runs[0], [*runs, scheduled]) == []


def test_no_two_runs_wait_for_each_other() -> None:
    runs = [run_id(kind, f"2026-11-{day}") for kind in ("backfill", "scheduled") for day in (16, 17, 18)]
    runs.append("manual__2026-11-20T10:00:00+00:00")
    waits = {run: goes_first(run.split("__")[2] if run.count("__") == 3 else "2026-11-17", run, runs) for run in runs}
    done: set[str] = set()
    while ready := [run for run in runs if run not in done and set(waits[run]) <= done]:
        done.update(ready)
    assert done == set(runs)
