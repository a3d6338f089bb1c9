"""Reads dates with a day of the month, in digits and words, in all month systems; and what a date mention holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from conflict_events.arabic.date_words import Month, month_at, time_word_at
from conflict_events.arabic.number_words import read_number
from conflict_events.arabic.tokens import Token

__all__ = ["YEAR_NOUNS", "CalendarDates", "DateMention"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it is written.

    Attributes:
        first: Index of its first token.
        last: One past its last token.
        kind: day (from the publication day), weekday, date, month, year, period (a stretch up to the publication day,
            or the past / current week, month, year), ago, night (of two named days), shifted (from the day told last),
            since, range, until (an end alone), anniversary (this day of another year), future or vague.
        text: Its words as folded.
        day: Day of the month; `last_day` where two are named ("21 و22 آذار").
        month: 1 to 12 in `calendar`.
        year: Year in `calendar`.
        weekday: Monday = 0; `second_weekday` of "ليل الثلاثاء - الأربعاء".
        offset: Days from the publication day, or from the day told last.
        unit: days, week, month, year or hours, for periods and ago.
        count: How many units; None for an unnumbered plural.
        which: past, current or next, where said; "before past" ("الخميس قبل الماضي"), latest ("الخامس من الشهر").
        part: start, middle, late, end of a month or year, w1 to w4 or wlast for a week of a month, season:N.
        start: Start of a range or since.
        end: End of a range, or of until.
    """

    first: int
    last: int
    kind: str
    text: str = ""
    day: int | None = None
    last_day: int | None = None
    month: int | None = None
    year: int | None = None
    calendar: str = "gregorian"
    weekday: int | None = None
    second_weekday: int | None = None
    offset: int | None = None
    unit: str | None = None
    count: int | None = None
    which: str = ""
    part: str | None = None
    start: DateMention | None = None
    end: DateMention | None = None


_NUMERIC_DATE = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{1,4})")
_BEFORE_DAY = frozenset({"في", "يوم", "بتاريخ", "تاريخ", "بيوم"})
YEAR_NOUNS = frozenset({"عام", "العام", "سنه", "السنه"})


class CalendarDates:
    """Recursive descent over tokens: each method reads one construction at an index, or returns None."""

    __slots__ = ("tokens",)

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def text(self, index: int) -> str:
        """The token's text, "" outside the text."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def bare(self, index: int) -> str:
        """The word without a leading و or ف."""
        word = self.text(index)
        return word[1:] if len(word) > 2 and word[0] in "وف" else word

    def with_modifier(self, mention: DateMention) -> DateMention:
        """Take in "الماضي", "الجاري", "المقبل" behind a mention."""
        if self.text(mention.last) == "قبل":
            word = time_word_at(self.tokens, mention.last + 1, "past", "")
            if word is not None:
                return replace(mention, last=word.last, which="before past")
        for which in ("past", "current", "next"):
            word = time_word_at(self.tokens, mention.last, which, "")
            if word is not None:
                kind = "future" if which == "next" else mention.kind
                return replace(mention, last=word.last, which=which, kind=kind)
        return mention

    def date(self, index: int) -> DateMention | None:
        """A date that names its day of the month."""
        return self.numeric(index) or self.day_and_month(index) or self.month_and_day(index)

    def numeric(self, index: int) -> DateMention | None:
        """Digits alone: "29/11/2024", "2024-11-29", "29.11.2024"."""
        if index >= len(self.tokens) or self.tokens[index].kind != "number":
            return None
        single = _NUMERIC_DATE.fullmatch(self.text(index))
        if single is not None:
            return _numeric(index, index + 1, single[1], single[2], single[3])
        marks = (self.text(index + 1), self.text(index + 3))
        if marks not in (("/", "/"), ("-", "-")):
            return None
        found = _numeric(index, index + 5, self.text(index), self.text(index + 2), self.text(index + 4))
        return (
            None
            if found is not None and self.text(index + 5) == marks[0] and self.text(index + 6).isdecimal()
            else found
        )

    def day_number(self, index: int) -> tuple[int, int] | None:
        """A day of the month in digits, words or as an ordinal: (day, one past it)."""
        if self.text(index) in ("ال", "ل", "ب"):
            index += 1
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.kind == "number":
            return (int(token.text), index + 1) if token.text.isdecimal() and 1 <= int(token.text) <= 31 else None
        ordinal = time_word_at(self.tokens, index, "ordinal", "وبل")
        if ordinal is not None and token.text.endswith("ه"):
            return None  # "هي الثانية هذا الشهر"
        if ordinal is None or ordinal.value > 10:
            number = read_number(self.tokens, index)
            if number is None or not 2 <= number.value <= 31:
                return None
            # "الأشهر الثلاثة من يوليو" counts months.
            counts = number.value <= 10 and (number.definite or self.text(number.last) == "من")
            return None if counts else (number.value, number.last)
        behind = self.text(ordinal.last)
        if behind in ("عشر", "عشره"):
            return 10 + ordinal.value, ordinal.last + 1
        for words, tens in ((("والعشرين", "والعشرون", "وعشرين"), 20), (("والثلاثين", "والثلاثون"), 30)):
            if behind in words:
                return tens + ordinal.value, ordinal.last + 1
        return ordinal.value, ordinal.last

    def day_and_month(self, index: int) -> DateMention | None:
        """A day before its month: "15 آذار", "الخامس عشر من آذار/مارس 2011", "21 و22 من الشهر الجاري"."""
        number = self.day_number(index)
        if number is None:
            return None
        day, at = number
        last_day = None
        if self.text(at) in ("و", "-", "الي", "حتي"):
            second = self.day_number(at + 1)
            if second is not None and day < second[0] <= 31:
                last_day, at = second
        if self.text(at) == "من":
            at += 1
        elif self.text(at) == "/" or (self.text(at) == "-" and self.tokens[at].start == self.tokens[at - 1].end):
            behind = month_at(self.tokens, at + 1)
            if behind is None or behind.weak:
                return None  # "1/صفر" is a score
            at += 1
        this_month = self.this_month(at) or self.unnamed_month(index, at)
        if this_month is not None:
            return replace(this_month, first=index, kind="date", day=day, last_day=last_day)
        if self.text(at) in ("شهر", "لشهر"):
            at += 1
        month = self.month_name(at)
        if month is None:
            return None
        return self.with_year(
            DateMention(
                index, month.last, "date", day=day, last_day=last_day, month=month.number, calendar=month.calendar
            )
        )

    def unnamed_month(self, first: int, at: int) -> DateMention | None:
        """This month or the last without the word for it: "في 14 الجاري", "في الرابع عشر من الجاري"."""
        if self.text(at - 1) != "من" and self.text(first - 1) not in _BEFORE_DAY:
            return None
        found = self.with_modifier(DateMention(at, at, "period", unit="month", count=1))
        alone = self.text(at).startswith("ال") and not self.text(at).endswith(("ه", "ين", "ان"))
        return found if found.which in ("past", "current") and alone else None

    def this_month(self, at: int) -> DateMention | None:
        """This month or the last: "الشهر الجاري", "الشهر الماضي", "هذا الشهر"."""
        if self.text(at) == "هذا" and self.text(at + 1) == "الشهر":
            return DateMention(at, at + 2, "period", unit="month", count=1, which="current")
        if self.text(at) not in ("الشهر", "شهر"):
            return None
        found = self.with_modifier(DateMention(at, at + 1, "period", unit="month", count=1))
        if not found.which and self.text(at - 1) == "من" and self.text(at) == "الشهر":
            return replace(found, which="latest")  # "في الحادي والعشرين من الشهر"
        return found if found.which else None

    def month_and_day(self, index: int) -> DateMention | None:
        """A month before its day, "فبراير 9, 2022": only with a year, for "شباط 14 قتيلا" is none."""
        month = self.month_name(index)
        if month is None:
            return None
        number = self.text(month.last)
        if not number.isdecimal() or not 1 <= int(number) <= 31:
            return None
        found = self.with_year(
            DateMention(index, month.last + 1, "date", day=int(number), month=month.number, calendar=month.calendar)
        )
        return found if found.year is not None else None

    def month_name(self, index: int) -> Month | None:
        """A month, in two systems where so written: "شباط/فبراير", "(آذار) مارس", "تموز (يوليو)"."""
        opened = self.text(index) == "("
        month = month_at(self.tokens, index + 1 if opened else index)
        if month is None:
            return None
        at = month.last
        if opened and self.text(at) == ")":
            at += 1
        link = at + 1 if self.text(at) in ("/", "-", "(", "\\", "او") else at
        other = month_at(self.tokens, link)
        if other is None or (other.calendar, other.number) != (month.calendar, month.number):
            return replace(month, last=at)
        last = other.last
        if self.text(at) == "(" and self.text(last) == ")":
            last += 1
        return replace(month, last=last, weak=False)

    def with_year(self, mention: DateMention) -> DateMention:
        """Take in what follows a month: a year, "الماضي", "الجاري", "من العام الماضي"."""
        at = mention.last
        if self.text(at) in ("من", "ل", "في") and self.text(at + 1) in YEAR_NOUNS:
            at += 1
        elif self.text(at) == "من" and self.text(at + 1) == "هذا" and self.text(at + 2) in YEAR_NOUNS:
            return replace(mention, last=at + 3, which="current year")
        if (
            self.text(at) in ("لعام", "للعام", "بعام")
            or self.text(at) in YEAR_NOUNS
            or (self.text(at) in (",", "،", "-", "/") and mention.day is not None)
        ):
            at += 1
        year = self.year_number(at)
        if year is not None:
            value, last, calendar = year
            if calendar == mention.calendar:
                return replace(mention, year=value, last=last)
        if at > mention.last and self.text(at - 1) in YEAR_NOUNS:
            modified = self.with_modifier(DateMention(at, at, "year"))
            if modified.which in ("past", "current"):
                return replace(mention, last=modified.last, which=f"{modified.which} year")
        modified = self.with_modifier(mention)
        year = self.year_number(modified.last) if modified.which else None
        return replace(modified, year=year[0], last=year[1]) if year is not None else modified

    def year_number(self, at: int) -> tuple[int, int, str] | None:
        """A year in digits: (year, one past it, calendar)."""
        text = self.text(at)
        if len(text) != 4 or not text.isdecimal():
            return None
        year, last = int(text), at + 1
        if 1300 <= year <= 1530:
            return year, last + (self.text(last) in ("ه", "هجري", "هجريه")), "hijri"
        if not 1900 <= year <= 2100:
            return None
        return year, last + (self.text(last) in ("م", "ميلادي", "ميلاديه")), "gregorian"


def _numeric(first: int, last: int, one: str, two: str, three: str) -> DateMention | None:
    """A numeric date, day first unless the year is; an impossible month is read as the day."""
    if not (one.isdecimal() and two.isdecimal() and three.isdecimal()):
        return None
    if len(one) == 4:
        year, month, day = int(one), int(two), int(three)
    elif len(three) == 4:
        year, month, day = int(three), int(two), int(one)
    else:
        return None
    if month > 12 >= day:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    calendar = "hijri" if 1300 <= year <= 1530 else "gregorian"
    return DateMention(first, last, "date", day=day, month=month, year=year, calendar=calendar)
