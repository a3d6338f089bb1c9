"""The day an article was published, by what states it: record, side-car, metadata, feed, dateline, URL, in this order.

The clock is never asked: an article that no source dates stays undated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from conflict_events.articles.phrases import line_key, load_phrases

__all__ = ["DayStatements", "dateline_candidates", "dateline_day", "day_in", "parse_day", "publication_day", "url_day"]

# Earlier days are placeholders of content systems (0001-01-01, 1970-01-01), not publication days.
FIRST_DAY = date(1990, 1, 1)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|\.\d)")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/-]|\.\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-])(\d{1,2})\2(\d{1,2})(?!\d)")
_GREGORIAN_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_UPDATED = re.compile(r"تحديث|تعديل|حُدّث|[Uu]pdated")
_TOP_LINES = 14
_DATELINE_WORDS = 9
_JOINED_WORDS = 14  # "outlet - place - weekday, day, month, year, and the same day of the other calendar"
_JOINED = re.compile(r"\s[-–|]\s|الموافق")
_REPORT_WORDS = 20


@dataclass(frozen=True, slots=True)
class DayStatements:
    """What each source says about the day, unparsed; None or empty where it says nothing."""

    record: object = None
    sidecar: object = None
    metadata: tuple[str, ...] = ()
    listed: str | None = None
    printed: tuple[str, ...] = ()
    url: str | None = None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_zone(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date() if moment.tzinfo is not None else moment.date()


def parse_day(value: object, zone: ZoneInfo) -> date | None:
    """Read a stated day or time; a time with an offset gives the outlet's own day.

    Args:
        value: ISO 8601, RFC 2822, a numeric day (day first unless the year leads), a Unix time in seconds, or a day
            in Arabic words. Anything else gives None.
        zone: The outlet's zone.

    Example:
        >>> parse_day("2021-08-26T22:30:00Z", ZoneInfo("Asia/Damascus"))
        datetime.date(2021, 8, 27)
        >>> parse_day("٢٦ آب", ZoneInfo("Asia/Damascus")) is None
        True
    """
    found = _parse(value, zone)
    return found if found is not None and found >= FIRST_DAY else None


def _parse(value: object, zone: ZoneInfo) -> date | None:
    if isinstance(value, datetime):
        return _in_zone(value, zone)
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if _COMPACT.fullmatch(str(value)):
            return _parse(str(value), zone)
        try:
            return datetime.fromtimestamp(value, UTC).astimezone(zone).date()
        except (ValueError, OverflowError, OSError):
            return None
    if not isinstance(value, str) or len(value) > 200:
        return None
    text = value.strip().translate(_DIGITS)
    try:
        return _in_zone(datetime.fromisoformat(text), zone)
    except (ValueError, OverflowError):
        pass  # not ISO: the other notations follow
    try:
        return _in_zone(parsedate_to_datetime(text), zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return day_in(text)


def day_in(text: str) -> date | None:
    """The full date that a short line holds, in digits or in Arabic words.

    Example:
        >>> day_in("الأربعاء, فبراير 9, 2022")
        datetime.date(2022, 2, 9)
        >>> day_in("السبت, 03/01/2025 - 09:00")  # 3 January was a Friday
        datetime.date(2025, 3, 1)
        >>> day_in("آذار 2024") is None
        True
    """
    plain = text.translate(_DIGITS)
    for match in _YEAR_FIRST.finditer(plain):
        found = _day(match[1], match[3], match[4])
        if found:
            return found
    for match in _DAY_FIRST.finditer(plain):
        found = _day(match[4], match[3], match[1])
        # Systems that were never told otherwise (Drupal's) put the month first; the weekday beside it tells.
        if found is None or found.weekday() != _weekday(plain, found.weekday()):
            swapped = _day(match[4], match[1], match[3])
            if swapped and swapped.weekday() == _weekday(plain, None):
                return swapped
        if found:
            return found
    return _named_day(plain)


def _weekday(plain: str, otherwise: int | None) -> int | None:
    """The weekday (Monday = 0) that a line names, or else what is given."""
    from conflict_events.arabic import fold, tokenize
    from conflict_events.arabic.date_words import weekday_at

    tokens = tokenize(fold(plain).text)
    named = (weekday_at(tokens, index) for index in range(len(tokens)))
    return next((day for day in named if day is not None), otherwise)


def _named_day(plain: str) -> date | None:
    """A date with a month's name and a year, in any order that pages print ("الأربعاء, فبراير 9, 2022")."""
    if not re.search(r"(?<!\d)(?:1[34]|19|20)\d{2}(?!\d)", plain):
        return None
    from conflict_events.arabic import fold, tokenize  # the words of dates live there
    from conflict_events.arabic.date_resolver import resolve
    from conflict_events.arabic.dates import find_dates

    days = []
    for mention in find_dates(tokenize(fold(plain).text)):
        found = resolve(mention, None)
        if found is not None and found.start == found.end and found.date_source == "explicit":
            # Beside a Hijri day stands its Gregorian one ("الموافق ..."), which needs no conversion.
            days.append((_GREGORIAN_YEAR.search(mention.text) is None, found.start))
    return min(days, key=lambda day: day[0])[1] if days else None


def url_day(url: str | None) -> date | None:
    """The day in a URL's path.

    Example:
        >>> url_day("https://example.org/2024/11/29/story.html")
        datetime.date(2024, 11, 29)
    """
    if not url:
        return None
    path = urlsplit(url).path
    for match in _URL_DAY.finditer(path):
        found = _day(match[1], match[3], match[4])
        if found and found >= FIRST_DAY:
            return found
    compact = _COMPACT.search(path)
    found = _day(compact[1], compact[2], compact[3]) if compact else None
    return found if found and found >= FIRST_DAY else None


def dateline_day(title: str, text: str) -> date | None:
    r"""The full date that the page prints near the top, beside the title.

    A date line above the title is the site's clock, not the article's, and is passed over; an "updated" line counts
    only where no other is.

    Example:
        >>> dateline_day("", "قصف على إدلب يوقع ضحايا\n2024.11.29 | 11:56 دمشق\nقُتل أربعة مدنيين.")
        datetime.date(2024, 11, 29)
    """
    updated: date | None = None
    for line in dateline_candidates(title, text):
        found = day_in(line)
        if found is None or found < FIRST_DAY:
            continue
        if not _UPDATED.search(line):
            return found
        updated = updated or found
    return updated


def dateline_candidates(title: str, text: str) -> Iterator[str]:
    """Lines near the top, beside the title, that may hold the article's date."""
    phrases = load_phrases()
    lines = [" ".join(line.split()) for line in text[:6000].split("\n")]
    lines = [line for line in lines if line][:40]
    heading = " ".join(title.split())
    start = next((i for i, line in enumerate(lines) if len(line.split()) >= 4 and line[:40] in heading), -1)
    if start < 0:
        # No title line: a date above a run of menu words is the site's clock too.
        start = next((i for i, line in enumerate(lines) if len(line.split()) >= 5), 0) if len(lines) > 25 else 0
    for line in lines[start : start + _TOP_LINES]:
        words = len(line.split())
        if words <= _DATELINE_WORDS or (words <= _JOINED_WORDS and _JOINED.search(line)):
            if not phrases.captions.search(line_key(line)):
                yield line
        elif words >= _REPORT_WORDS or line.endswith("."):
            # "دمشق - 12 آذار 2024 - قتل ...": the date stands before the dash that opens the report.
            lead = re.match(r"[^.؟!]{4,60}?\d{4}\s*(?:[)\]]|[-–—:|])", line)
            if lead and len(lead[0].split()) <= _DATELINE_WORDS:
                yield lead[0]
            return


def publication_day(
    statements: DayStatements, title: str, text: str, zone: ZoneInfo, latest: date
) -> tuple[date | None, str | None]:
    """The publication day and which source states it: record, sidecar, metadata, feed, dateline or url.

    A statement that can't be read is passed over for the next one. Days after `latest` are returned only for the
    record and the side-car, whose word is not a guess: the caller rejects them.
    """
    for value, name in ((statements.record, "record"), (statements.sidecar, "sidecar")):
        found = parse_day(value, zone)
        if found is not None:
            return found, name
    for found, name in _guesses(statements, title, text, zone):
        if found is not None and found <= latest:
            return found, name
    return None, None


def _guesses(statements: DayStatements, title: str, text: str, zone: ZoneInfo) -> Iterator[tuple[date | None, str]]:
    """What each further source states, one after another: lines are read only where nothing before them told."""
    for value in statements.metadata:
        yield parse_day(value, zone), "metadata"
    yield parse_day(statements.listed, zone), "feed"
    for value in statements.printed:
        yield day_in(value), "dateline"
    yield dateline_day(title, text), "dateline"
    yield url_day(statements.url), "url"
