"""Calendar arithmetic: Gregorian and Hijri months as stretches of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

__all__ = ["FIRST_DAY", "LAST_DAY", "add_months", "hijri_to_gregorian", "make_day", "month_span"]

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
_HIJRI_EPOCH = date(622, 7, 18).toordinal()
"""1 Muharram 1 AH, Gregorian, by the astronomical epoch: nearer to Umm al-Qura than the civil one."""


def in_range(day: date) -> bool:
    """Whether a day lies in the years that news of ours can speak of."""
    return FIRST_DAY <= day <= LAST_DAY


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day or it lies outside 1900 to 2100.

    >>> make_day(2023, 2, 29), make_day(2023, 2, 28)
    (None, datetime.date(2023, 2, 28))
    """
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if in_range(made) else None


def month_span(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a Gregorian month, or None outside 1900 to 2100."""
    first = make_day(year, month, 1)
    return (first, first.replace(day=monthrange(year, month)[1])) if first else None


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter.

    >>> add_months(date(2023, 3, 31), -1)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def hijri_to_gregorian(year: int, month: int, day: int) -> date | None:
    """A Hijri day by the tabular calendar (30-year cycle, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29).

    Sighting and Umm al-Qura may differ by a day or two. None where there is no such day or it lies outside 1900
    to 2100.

    >>> hijri_to_gregorian(1443, 9, 1)
    datetime.date(2022, 4, 2)
    """
    if not (1400 <= year <= 1530 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    made = date.fromordinal(_HIJRI_EPOCH) + timedelta(days=days)
    return made if in_range(made) else None
