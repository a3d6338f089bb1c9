"""Turns date mentions into days, seen from the day of publication.

Nothing is taken from the clock: without a publication day only dates that name their year resolve.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflict_events.arabic.calendar_dates import DateMention
from conflict_events.arabic.calendars import add_months, hijri_to_gregorian, in_range, make_day, month_span

__all__ = ["DateRange", "resolve"]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days that a mention stands for, both ends included.

    Attributes:
        start: First day.
        end: Last day.
        time_precision: 1 to the day (or one night), 2 to about a week, 3 to about a month or worse.
        date_source: explicit (the year is in the text) or relative.
    """

    start: date
    end: date
    time_precision: int
    date_source: str


_DAY = timedelta(days=1)
_SHORT_WEEK = 14
_LONGEST_MONTH = 31
_HIJRI_FIRST_GUESS = 579


def resolve(mention: DateMention, anchor: date | None, told: DateRange | None = None) -> DateRange | None:
    """The days of a mention, or None where none can be told.

    Args:
        mention: What `find_dates` found.
        anchor: Publication day; None lets only mentions with a year resolve.
        told: The day told before, from which "the next day" counts.

    >>> from conflict_events.arabic import find_dates, fold, tokenize
    >>> (mention,) = find_dates(tokenize(fold("ليل الثلاثاء – الأربعاء الفائت").text))
    >>> str(resolve(mention, date(2021, 1, 17)).start)
    '2021-01-12'
    """
    span = _shifted(mention, told) if mention.kind == "shifted" else _span(mention, anchor)
    if span is None:
        return None
    start, end = span
    source = _source(mention)
    if start > end or not (in_range(start) and in_range(end)):
        return None
    if source == "relative" and anchor is not None and start > anchor + _DAY:
        return None  # "في 25 من الشهر الجاري", written on the 5th: nothing that has happened
    return DateRange(start, end, _precision(mention, start, end), source)


def _shifted(mention: DateMention, told: DateRange | None) -> tuple[date, date] | None:
    offset = mention.offset or 0
    if told is None or not offset:
        return (told.start, told.end) if told is not None else None
    day = (told.end if offset > 0 else told.start) + offset * _DAY
    return day, day


def _span(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    if mention.kind in ("future", "vague", "until"):
        return None
    if mention.kind in ("range", "since"):
        return _since(mention, anchor)
    if mention.kind == "date":
        return _date(mention, anchor)
    if mention.kind == "anniversary":
        return _anniversary(mention, anchor)
    if mention.kind == "month":
        return _month(mention, anchor)
    if mention.kind == "year":
        return _year(mention, anchor)
    if anchor is None:
        return _explicit_period(mention)
    if mention.kind == "day":
        return _day(mention, anchor)
    if mention.kind in ("weekday", "night"):
        return _weekday(mention, anchor)
    if mention.kind == "ago":
        return _ago(mention, anchor)
    return _period(mention, anchor)


def _source(mention: DateMention) -> str:
    if mention.kind == "range" and mention.start is not None and mention.end is not None:
        if mention.end.kind == "day":
            return "relative"
        return "explicit" if mention.start.year is not None or mention.end.year is not None else "relative"
    if mention.kind == "since" and mention.start is not None:
        return _source(mention.start) if mention.start.kind in ("date", "month") else "relative"
    named = mention.year is not None and mention.kind in ("date", "month", "year", "anniversary")
    return "explicit" if named else "relative"


def _precision(mention: DateMention, start: date, end: date) -> int:
    days = (end - start).days
    if mention.kind == "ago":
        unnumbered = {"days": 2, "hours": 1, "minutes": 1}
        numbered = {"minutes": 1, "hours": 1, "days": 1, "week": 2}
        return (unnumbered if mention.count is None else numbered).get(mention.unit or "", 3)
    if mention.kind in ("month", "year") or (mention.kind == "period" and mention.unit in ("month", "year")):
        of_month = mention.kind == "month" or mention.unit == "month"
        return 2 if of_month and mention.part is not None else 3
    if days <= 1:
        return 1
    return 2 if days <= _SHORT_WEEK else 3


# Days of the month


def _make(mention: DateMention, year: int, day: int) -> date | None:
    if mention.month is None:
        return None
    if mention.calendar == "hijri":
        return hijri_to_gregorian(year, mention.month, day)
    return make_day(year, mention.month, day)


def _years(mention: DateMention, anchor: date | None) -> list[int]:
    """Years that the mention may mean, likeliest first."""
    if mention.year is not None:
        return [mention.year]
    if anchor is None:
        return []
    if mention.which.endswith(" year"):
        return [anchor.year - (mention.which == "past year")]
    if mention.calendar == "hijri":
        near = anchor.year - _HIJRI_FIRST_GUESS + (anchor.year - 1990) // 33 + 1
        return [near, near - 1, near - 2, near - 3]
    if mention.which == "current":
        return [anchor.year - (mention.month == 12 and anchor.month == 1)]
    return [anchor.year + 1, anchor.year, anchor.year - 1]


def _date(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    if mention.day is None:
        return None
    if mention.unit == "month":
        return _day_of_named_month(mention, anchor)
    if mention.month is None:
        return _feast(mention, anchor)
    for year in _years(mention, anchor):
        start = _make(mention, year, mention.day)
        end = _make(mention, year, mention.last_day) if mention.last_day is not None else start
        if start is None or end is None:
            continue
        if mention.year is not None or mention.which.endswith(" year") or (anchor is not None and end <= anchor + _DAY):
            return _as_seen(mention, start, anchor) if start == end else (start, end)
        if mention.which == "current" and anchor is not None and (start - anchor).days <= _LONGEST_MONTH:
            return None
    return None


def _anniversary(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    """The publication day in an earlier year."""
    if anchor is None or mention.year is None or mention.year >= anchor.year:
        return None
    day = make_day(mention.year, anchor.month, anchor.day)
    return (day, day) if day is not None else None


def _feast(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    """A day of the feast that was last: "ثاني أيام العيد"."""
    both = (replace(mention, month=10), replace(mention, month=12, day=(mention.day or 0) + 9))
    return max((span for span in (_date(feast, anchor) for feast in both) if span is not None), default=None)


def _as_seen(mention: DateMention, day: date, anchor: date | None) -> tuple[date, date]:
    """The moon is not seen on one day everywhere: what the writer calls yesterday, or Thursday, is that day."""
    if mention.calendar != "hijri" or anchor is None:
        return day, day
    near = [day + step * _DAY for step in (0, 1, -1)]
    if mention.offset is not None:
        near = [other for other in near if other == anchor + mention.offset * _DAY]
    elif mention.weekday is not None:
        near = [other for other in near if other.weekday() == mention.weekday]
    seen = next(iter(near), day)
    return seen, seen


def _day_of_named_month(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    """A day of this month or the last: "15 من الشهر الجاري"."""
    if anchor is None or mention.day is None or mention.which == "next":
        return None
    month = add_months(anchor.replace(day=1), -1 if mention.which == "past" else 0)
    if mention.which == "latest" and mention.day > anchor.day:
        month = add_months(month, -1)
    start = make_day(month.year, month.month, mention.day)
    end = make_day(month.year, month.month, mention.last_day) if mention.last_day is not None else start
    if start is None or end is None or end > anchor + _DAY:
        return None
    return start, end


# Months and years


def _clip(span: tuple[date, date], anchor: date | None) -> tuple[date, date] | None:
    """A current month or year ends on the publication day: what is told has happened."""
    start, end = span
    if anchor is None or end <= anchor:
        return span
    return (start, max(anchor, start)) if start <= anchor + _DAY else span


def _month(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    if mention.month is None:
        return None
    for year in _years(mention, anchor):
        span = (_hijri_month if mention.calendar == "hijri" else month_span)(year, mention.month)
        if span is None:
            continue
        named = mention.year is not None or mention.which.endswith(" year")
        if anchor is not None and not named:
            over = span[1] < anchor if mention.which == "past" else span[0] <= anchor
            if not over:
                continue
        return _part_of_month(mention.part, span) if mention.part else _clip(span, anchor)
    return None


def _hijri_month(year: int, month: int) -> tuple[date, date] | None:
    first = hijri_to_gregorian(year, month, 1)
    following = hijri_to_gregorian(year + month // 12, month % 12 + 1, 1)
    return (first, following - _DAY) if first is not None and following is not None else None


def _part_of_month(part: str, span: tuple[date, date]) -> tuple[date, date]:
    start, end = span
    bounds = {
        "start": (1, 7),
        "middle": (15, 15),
        "late": (21, 31),
        "w1": (1, 7),
        "w2": (8, 14),
        "w3": (15, 21),
        "w4": (22, 28),
        "h1": (1, 15),
        "h2": (16, 31),
        "hlast": (16, 31),
        "t1": (1, 10),
        "t2": (11, 20),
        "t3": (21, 31),
        "tlast": (21, 31),
    }
    if part == "end":
        return end, end
    if part == "wlast":
        return end.replace(day=22) if end.month == start.month else end - 8 * _DAY, end
    first, last = bounds.get(part, (1, 31))
    return start + (first - 1) * _DAY, min(start + (last - 1) * _DAY, end)


def _part_of_year(part: str, year: int) -> tuple[date, date] | None:
    if part.startswith("season:"):
        first = make_day(year, int(part.removeprefix("season:")), 1)
        return (first, add_months(first, 3) - _DAY) if first is not None else None
    months = {"start": (1, 1), "middle": (6, 7), "late": (11, 12), "end": (12, 12)}
    months |= {"h1": (1, 6), "h2": (7, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12)}
    months |= {"t1": (1, 4), "t2": (5, 8), "t3": (9, 12), "hlast": (7, 12), "qlast": (10, 12), "tlast": (9, 12)}
    bounds = months.get(part, (1, 12))
    opening, closing = month_span(year, bounds[0]), month_span(year, bounds[1])
    return (opening[0], closing[1]) if opening is not None and closing is not None else None


def _year(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    year = mention.year
    if year is None:
        if anchor is None or mention.part is None:
            return None
        year = anchor.year - 1 if mention.which == "past" and not _season_over(mention.part, anchor) else anchor.year
        span = _part_of_year(mention.part, year)
        return _part_of_year(mention.part, year - 1) if span is not None and span[0] > anchor else span
    if mention.calendar == "hijri":
        first, last = hijri_to_gregorian(year, 1, 1), hijri_to_gregorian(year + 1, 1, 1)
        return (first, last - _DAY) if first is not None and last is not None else None
    if mention.part is not None:
        return _part_of_year(mention.part, year)
    return _whole_year(year, anchor)


def _whole_year(year: int, anchor: date | None) -> tuple[date, date] | None:
    first, last = make_day(year, 1, 1), make_day(year, 12, 31)
    return _clip((first, last), anchor) if first is not None and last is not None else None


def _season_over(part: str, anchor: date) -> bool:
    span = _part_of_year(part, anchor.year)
    return span is not None and span[1] < anchor


# Days counted from the publication day


def _latest(weekday: int, day: date) -> date:
    """The latest such weekday on or before a day."""
    return day - ((day.weekday() - weekday) % 7) * _DAY


def _day(mention: DateMention, anchor: date) -> tuple[date, date]:
    day = anchor + (mention.offset or 0) * _DAY
    if mention.weekday is not None and mention.weekday != day.weekday():
        # Publication days are often a day late or early; the weekday in the text is what the writer saw.
        near = [anchor + step * _DAY for step in (1, 0, -1, -2, -3)]
        day = min(
            (other for other in near if other.weekday() == mention.weekday),
            key=lambda other: abs((other - day).days),
            default=_latest(mention.weekday, anchor),
        )
    return day, day


def _weekday(mention: DateMention, anchor: date) -> tuple[date, date] | None:
    if mention.offset is not None:
        return anchor + mention.offset * _DAY, anchor + (mention.offset + 1) * _DAY
    if mention.weekday is None:
        return None
    start = _latest(mention.weekday, anchor)
    if mention.kind == "weekday" or mention.second_weekday is None:
        if mention.which.endswith("past") and start == anchor:
            start -= 7 * _DAY
        if mention.which == "before past":
            start -= 7 * _DAY
        return start, start
    end = start + ((mention.second_weekday - mention.weekday) % 7) * _DAY
    if end > anchor + _DAY or (mention.which == "past" and end > anchor):
        start, end = start - 7 * _DAY, end - 7 * _DAY
    return start, end


def _back(anchor: date, unit: str | None, count: int) -> date | None:
    try:
        if unit in ("month", "year"):
            return add_months(anchor, -count * (12 if unit == "year" else 1))
        return anchor - timedelta(days=count * (7 if unit == "week" else 1))
    except (ValueError, OverflowError):
        return None


def _ago(mention: DateMention, anchor: date) -> tuple[date, date] | None:
    """Days ago: "قبل يومين" is a day; "قبل أيام" is the week before, the publication day left out."""
    if mention.unit == "minutes":
        return anchor, anchor
    if mention.unit == "hours":
        back = anchor - timedelta(hours=mention.count or 0)
        return back, back
    if mention.count is not None:
        day = _back(anchor, mention.unit, mention.count)
        return (day, day) if day is not None else None
    if mention.unit == "days":
        return anchor - 7 * _DAY, anchor - _DAY
    if mention.unit == "week":
        return anchor - 28 * _DAY, anchor - 7 * _DAY
    return None


def _stretch(mention: DateMention, anchor: date) -> tuple[date, date] | None:
    """The last N units up to the publication day; an unnumbered plural is 7 days, 3 weeks or 3 months."""
    if mention.unit == "minutes":
        return anchor, anchor
    if mention.unit == "hours":
        return anchor - max(1, -(-(mention.count or 24) // 24)) * _DAY, anchor
    few = {"days": 7, "week": 3, "month": 3}
    count = mention.count if mention.count is not None else few.get(mention.unit or "")
    start = _back(anchor, mention.unit, count) if count is not None else None
    return (start, anchor) if start is not None else None


def _period(mention: DateMention, anchor: date) -> tuple[date, date] | None:
    if mention.which == "next":
        return None
    if mention.unit == "year" and mention.year is not None and mention.part is None:
        return _explicit_period(mention, anchor)
    if mention.count != 1 or mention.unit in ("minutes", "hours", "days"):
        return _stretch(mention, anchor)
    back = {"past": 1, "before past": 2}.get(mention.which, 0)
    if mention.unit == "week":
        end = anchor - (7 * back - 6) * _DAY if back else anchor
        return end - 6 * _DAY, end
    if mention.unit == "month":
        first = add_months(anchor.replace(day=1), -back)
        span = month_span(first.year, first.month)
        if span is None:
            return None
        return _part_of_month(mention.part, span) if mention.part else _clip(span, anchor)
    year = mention.year if mention.year is not None else anchor.year - back
    if mention.part is not None:
        return _part_of_year(mention.part, year)
    return _whole_year(year, anchor)


def _explicit_period(mention: DateMention, anchor: date | None = None) -> tuple[date, date] | None:
    """A year that is named, "العام الجاري 2021": resolves without a publication day."""
    if mention.year is None or mention.unit != "year":
        return None
    return _whole_year(mention.year, anchor)


# Ranges


def _since(mention: DateMention, anchor: date | None) -> tuple[date, date] | None:
    """From a start to a named end, or to the publication day."""
    if mention.start is None:
        return _stretch(mention, anchor) if anchor is not None else None
    end = _span(mention.end, anchor) if mention.end is not None else None
    if mention.kind == "range" and end is None:
        return None
    start = _span(mention.start, end[1] if end is not None and mention.start.year is None else anchor)
    if start is None:
        return None
    if end is not None and end[1] < start[0] and mention.end is not None and mention.end.year is None:
        end = _span(mention.end, add_months(start[0], 12) - _DAY)
    if mention.kind == "since":
        return (start[0], anchor) if anchor is not None and start[0] <= anchor else None
    return (start[0], end[1]) if end is not None else None
