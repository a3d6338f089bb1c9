"""Days as rows of `dim_date`, with English and Arabic names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

__all__ = ["date_row", "date_rows", "days_between"]

_WEEKDAYS = (
    ("Monday", "الاثنين"), ("Tuesday", "الثلاثاء"), ("Wednesday", "الأربعاء"), ("Thursday", "الخميس"),
    ("Friday", "الجمعة"), ("Saturday", "السبت"), ("Sunday", "الأحد"),
)  # fmt: skip
_MONTHS = (
    ("January", "كانون الثاني/يناير"), ("February", "شباط/فبراير"), ("March", "آذار/مارس"), ("April", "نيسان/أبريل"),
    ("May", "أيار/مايو"), ("June", "حزيران/يونيو"), ("July", "تموز/يوليو"), ("August", "آب/أغسطس"),
    ("September", "أيلول/سبتمبر"), ("October", "تشرين الأول/أكتوبر"), ("November", "تشرين الثاني/نوفمبر"),
    ("December", "كانون الأول/ديسمبر"),
)  # fmt: skip


def date_row(day: date) -> dict[str, Any]:
    """The row of one day.

    >>> row = date_row(date(2024, 3, 15))
    >>> row["weekday_ar"], row["month_ar"], row["iso_week"]
    ('الجمعة', 'آذار/مارس', '2024-W11')
    """
    iso = day.isocalendar()
    weekday_en, weekday_ar = _WEEKDAYS[day.weekday()]
    month_en, month_ar = _MONTHS[day.month - 1]
    return {
        "date": day,
        "year": day.year,
        "quarter": (day.month + 2) // 3,
        "month": day.month,
        "day_of_month": day.day,
        "iso_week": f"{iso.year}-W{iso.week:02d}",
        "weekday_en": weekday_en,
        "weekday_ar": weekday_ar,
        "month_en": month_en,
        "month_ar": month_ar,
    }


def date_rows(days: Iterable[date | None]) -> list[dict[str, Any]]:
    """Rows of the distinct days, in order; None is left out."""
    return [date_row(day) for day in sorted({day for day in days if day is not None})]


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
