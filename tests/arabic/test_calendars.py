"""Calendar arithmetic, against days that are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.arabic.calendars import FIRST_DAY, LAST_DAY, add_months, hijri_to_gregorian, make_day, month_span


@pytest.mark.parametrize(
    ("hijri", "official"),
    [
        ((1440, 1, 1), date(2018, 9, 11)),
        ((1443, 9, 1), date(2022, 4, 2)),
        ((1443, 12, 10), date(2022, 7, 9)),
        ((1446, 1, 1), date(2024, 7, 7)),
        ((1445, 9, 1), date(2024, 3, 11)),
        ((1421, 1, 1), date(2000, 4, 6)),
        ((1411, 1, 1), date(1990, 7, 23)),
    ],
)
def test_hijri_days_are_within_a_day_of_the_official_calendar(hijri, official):
    assert abs((hijri_to_gregorian(*hijri) - official).days) <= 1


@given(st.integers(1411, 1523), st.integers(1, 12))
def test_hijri_months_have_29_or_30_days(year, month):
    following = hijri_to_gregorian(year + month // 12, month % 12 + 1, 1)
    assert (following - hijri_to_gregorian(year, month, 1)).days in (29, 30)


def test_days_out_of_range_are_refused():
    assert make_day(1899, 12, 31) is None
    assert make_day(2101, 1, 1) is None
    assert make_day(2023, 2, 30) is None
    assert hijri_to_gregorian(1300, 1, 1) is None
    assert hijri_to_gregorian(1443, 13, 1) is None
    assert month_span(1880, 1) is None
    assert month_span(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))


@given(st.dates(FIRST_DAY, LAST_DAY), st.integers(-300, 300))
def test_adding_months_keeps_the_day_or_the_end_of_the_month(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
