"""Finds the dates of a text: full and partial dates, weekdays, "yesterday", periods, "since ...".

A mention says what is written; `conflict_events.arabic.date_resolver` says which days that is, seen from the day of publication.
The words stand in `include/lexicon` (months, weekdays, time_words); this module is the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from conflict_events.arabic.date_words import (
    Month,
    can_begin,
    is_bare_today,
    month_at,
    names_a_day_after,
    time_word_at,
    weekday_at,
)
from conflict_events.arabic.number_words import read_number, starts_number
from conflict_events.arabic.tokens import Token

__all__ = ["DateMention", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it is written.

    Attributes:
        first: Index of its first token.
        last: One past its last token.
        kind: day (from the publication day), weekday, date, month, year, period (a stretch up to the publication day, or the
            past / current week, month, year), ago, night (of two named days), since, range, until (an end alone), future or vague.
        text: Its words as folded.
        day: Day of the month; `last_day` where two are named ("21 و22 آذار").
        month: 1 to 12 in `calendar`.
        year: Year in `calendar`.
        weekday: Monday = 0; `second_weekday` of "ليل الثلاثاء - الأربعاء".
        offset: Days from the publication day.
        unit: days, week, month, year or hours, for periods and ago.
        count: How many units; None for an unnumbered plural.
        which: past, current or next, where said.
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
_YEAR_LEADS = frozenset({"في", "خلال", "منذ", "حتي", "بين", "منتصف", "من", "الي", "صيف", "شتاء", "خريف", "ربيع"})
_YEAR_NOUNS = frozenset({"عام", "العام", "سنه", "السنه"})
_MONTH_LEADS = frozenset({"في", "خلال", "منذ", "حتي", "الي", "من", "بين", "قبل", "بعد", "حلول", "و", "طوال", "علي"})
_NUMBER_LINKS = frozenset(
    {"من", "/", "-", "و", "الي", "حتي", "(", "ال", "عشر", "عشره", "والعشرين", "والثلاثين", "وعشرين"}
)
_BEGINNINGS = frozenset({"بدء", "بدايه", "انطلاق", "اندلاع", "بدا", "اعلان", "توقيع", "سقوط"})
_CONNECTORS = frozenset({"الموافق", "المصادف", "الموافقه", "بتاريخ", "تاريخ", "الواقع"})
_OPEN, _CLOSE = frozenset('("['), frozenset(')"]')


def find_dates(tokens: Sequence[Token]) -> list[DateMention]:
    """All date mentions, from left to right, not overlapping.

    >>> from conflict_events.arabic import fold, tokenize
    >>> [(m.kind, m.text) for m in find_dates(tokenize(fold("قصف فجر اليوم، ومنذ 21 حزيران").text))]
    [('day', 'فجر اليوم'), ('since', 'ومنذ 21 حزيران')]
    """
    scanner = _Scanner(tokens)
    found = []
    index = 0
    while index < len(tokens):
        mention = scanner.mention(index) if scanner.may_begin(index) else None
        if mention is None:
            index += 1
        else:
            found.append(replace(mention, text=_words(tokens, mention.first, mention.last)))
            index = mention.last
    return found


def _words(tokens: Sequence[Token], first: int, last: int) -> str:
    pieces = [tokens[first].text]
    for before, token in zip(tokens[first:last], tokens[first + 1 : last], strict=False):
        pieces.append(token.text if before.end == token.start else " " + token.text)
    return "".join(pieces)


class _Scanner:
    """Recursive descent: each method reads one construction at an index, or returns None."""

    __slots__ = ("tokens",)

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def may_begin(self, index: int) -> bool:
        """Whether it is worth reading a mention here: most words and numbers begin none."""
        token = self.tokens[index]
        if token.kind == "punct":
            return token.text == "(" and month_at(self.tokens, index + 1) is not None
        if token.kind == "word":
            if can_begin(token.text):
                return True
            if token.text not in ("من", "ال", "علي") and not starts_number(token):
                return False
        elif token.kind != "number":
            return False
        behind = self.text(index + 1)
        return behind in _NUMBER_LINKS or len(token.text) in (4, 8, 9, 10) or behind[:1].isdigit() or can_begin(behind)

    def text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def bare(self, index: int) -> str:
        """The word without a leading و or ف."""
        word = self.text(index)
        return word[1:] if len(word) > 2 and word[0] in "وف" else word

    def mention(self, index: int) -> DateMention | None:
        """Anything that can stand alone."""
        return (
            self.future_or_vague(index)
            or self.since(index)
            or self.between(index)
            or self.until(index)
            or self.range(index)
            or self.ago(index)
        )

    # Wholes made of parts

    def future_or_vague(self, index: int) -> DateMention | None:
        for kind in ("future", "vague"):
            word = time_word_at(self.tokens, index, kind)
            if word is not None:
                return DateMention(index, word.last, kind)
        return None

    def since(self, index: int) -> DateMention | None:
        lead = time_word_at(self.tokens, index, "since")
        if lead is None:
            return None
        start = self.point(lead.last, lead=True) or self.amount(lead.last, "since") or self.start_of(lead.last)
        if start is None:
            return None
        end = self.end_behind(start.last)
        if start.kind == "since":
            return replace(start, first=index)
        kind = "range" if end is not None else "since"
        return DateMention(index, end.last if end else start.last, kind, start=start, end=end)

    def start_of(self, index: int) -> DateMention | None:
        """The day of a beginning: "بدء التصعيد في 12 كانون الأول"."""
        if self.text(index) not in _BEGINNINGS:
            return None
        for at in range(index + 1, min(index + 5, len(self.tokens))):
            if self.tokens[at].kind != "word":
                return None
            if self.text(at) == "في":
                return self.date(at + 1) or self.month(at + 1, lead=True)
        return None

    def end_behind(self, index: int) -> DateMention | None:
        """ "حتى Y", "وحتى Y", "إلى Y" """
        if self.text(index) in ("و", "،"):
            index += 1
        link = time_word_at(self.tokens, index, "until", "و")
        return self.point(link.last, lead=True) if link is not None else None

    def between(self, index: int) -> DateMention | None:
        """ "بين 5 أيار و9 أيار", "بين 2017 و2020" """
        if self.bare(index) != "بين":
            return None
        start = self.point(index + 1, lead=True)
        if start is None:
            return None
        at = start.last
        link = self.text(at)
        if link in ("و", "الي", "حتي"):
            at += 1
        elif not link.startswith("و"):
            return None
        end = self.point(at, lead=True)
        return DateMention(index, end.last, "range", start=start, end=end) if end is not None else None

    def until(self, index: int) -> DateMention | None:
        if self.bare(index) not in ("حتي", "لغايه"):
            return None
        link = time_word_at(self.tokens, index, "until", "و")
        end = self.point(link.last, lead=True) if link is not None else None
        return DateMention(index, end.last, "until", end=end) if end is not None else None

    def range(self, index: int) -> DateMention | None:
        """A point, and the end of a range behind it."""
        from_ = self.bare(index) == "من"
        start = self.point(index + 1 if from_ else index, lead=from_)
        if start is None or start.kind in ("future", "vague"):
            return None if from_ else start
        link = self.text(start.last)
        end = None
        if from_ or link in ("حتي", "وحتي") or (start.kind == "date" and link == "الي"):
            end = self.end_behind(start.last)
        if link == "-" and start.kind == "year" and self.tokens[start.last].start == self.tokens[start.last - 1].end:
            end = self.year(start.last + 1, lead=True)
        if end is not None:
            return DateMention(index, end.last, "range", start=start, end=end)
        return None if from_ else start

    def ago(self, index: int) -> DateMention | None:
        lead = time_word_at(self.tokens, index, "ago")
        if lead is not None:
            found = self.amount(lead.last, "ago")
            return replace(found, first=index) if found is not None else None
        during = time_word_at(self.tokens, index, "during")
        at = during.last if during is not None else index
        found = self.named_period(at) or self.amount(at, "period")
        if found is not None and during is not None and during.id == "during" and self.bare(index) != "في":
            return replace(found, first=index)
        return found

    def point(self, index: int, lead: bool = False) -> DateMention | None:
        """A day, month, year or named period; `lead` where a word of time stands before it."""
        return (
            self.day(index)
            or self.date(index)
            or self.part(index)
            or self.named_period(index)
            or self.month(index, lead)
            or self.year(index, lead)
        )

    # Days

    def day(self, index: int) -> DateMention | None:
        """ "اليوم", "أمس الخميس 5 أيار", "مساء يوم السبت", "ليل الثلاثاء - الأربعاء" """
        part = time_word_at(self.tokens, index, "part_of_day")
        at = part.last if part is not None else index
        if part is not None and self.text(at) == "من":
            at += 1
        last_night = time_word_at(self.tokens, index, "last_night")
        if last_night is not None:
            return DateMention(index, last_night.last, "night", offset=-1)
        relative = time_word_at(self.tokens, at, "day", "وفب" if part is None else "")
        if relative is not None:
            if relative.id == "today" and not is_bare_today(self.tokens, relative.last):
                return None
            return self.with_weekday_and_date(index, relative.last, relative.value)
        if self.text(at) in ("يوم", "اليوم") or (
            part is None and self.bare(at) in ("يوم", "ليوم", "بيوم", "يومي", "يومي")
        ):
            behind = self.weekday_phrase(index, at + 1, part is not None and part.night) or self.date(at + 1)
            return replace(behind, first=index) if behind is not None else None
        found = self.weekday_phrase(index, at, part is not None and part.night)
        if found is not None or part is None:
            return found
        dated = self.date(at)
        return replace(dated, first=index) if dated is not None else None

    def with_weekday_and_date(self, first: int, at: int, offset: int) -> DateMention:
        """What may follow "اليوم" or "أمس": a weekday, a date that then counts, or both."""
        mention = DateMention(first, at, "day", offset=offset)
        apart = self.text(at) in ("(", "،", ",")
        weekday = weekday_at(self.tokens, at + apart)
        if weekday is not None:
            closed = self.text(at) == "(" and self.text(at + 2) == ")"
            mention = replace(mention, last=at + 1 + apart + closed, weekday=weekday)
        dated = self.date_behind(mention.last)
        if dated is not None:
            return replace(dated, first=first, weekday=weekday)
        return mention

    def date_behind(self, at: int) -> DateMention | None:
        """A date in apposition: "الأحد 9 تموز", "السبت، 29 من تشرين", "الأربعاء الموافق 24", "الأحد (9 تموز)"."""
        while self.text(at) in _CONNECTORS or self.text(at) in ("،", ",", "(", "-", "ل", "ب"):
            if self.tokens[at].kind == "break":
                return None
            at += 1
        found = self.date(at)
        if found is not None and self.text(at - 1) == "(" and self.text(found.last) == ")":
            return replace(found, last=found.last + 1)
        return found

    def weekday_phrase(self, first: int, at: int, night: bool) -> DateMention | None:
        weekday = weekday_at(self.tokens, at)
        if weekday is None or names_a_day_after(self.text(at - 1) if at else ""):
            return None
        before = self.text(at - 1) if at else ""
        if first == at and before.startswith("ال") and before.endswith(("ين", "ان")) and weekday == 0:
            return None  # "المدنيين الاثنين": both of them
        second, last = self.second_weekday(at + 1, weekday, night)
        mention = DateMention(
            first, last, "weekday" if second is None else "night", weekday=weekday, second_weekday=second
        )
        mention = self.with_modifier(mention)
        if mention.kind == "night":
            return mention
        dated = self.date_behind(mention.last)
        return replace(dated, first=first, weekday=weekday) if dated is not None else mention

    def second_weekday(self, at: int, weekday: int, night: bool) -> tuple[int | None, int]:
        """The second day of "الثلاثاء - الأربعاء", and one past what was read."""
        link = self.text(at)
        if link in ("-", "/", "و", "الي"):
            second = weekday_at(self.tokens, at + 1)
            if second is not None and (night or second == (weekday + 1) % 7):
                return second, at + 2
        elif night or link.startswith("و"):
            second = weekday_at(self.tokens, at)
            if second is not None and second == (weekday + 1) % 7:
                return second, at + 1
        return None, at

    def with_modifier(self, mention: DateMention) -> DateMention:
        """Take in "الماضي", "الجاري", "المقبل" behind a mention."""
        for which in ("past", "current", "next"):
            word = time_word_at(self.tokens, mention.last, which, "")
            if word is not None:
                kind = "future" if which == "next" else mention.kind
                return replace(mention, last=word.last, which=which, kind=kind)
        return mention

    # Dates with a day of the month

    def date(self, index: int) -> DateMention | None:
        return self.numeric(index) or self.day_and_month(index) or self.month_and_day(index)

    def numeric(self, index: int) -> DateMention | None:
        """ "29/11/2024", "2024-11-29", "29.11.2024" """
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
            None if found is not None and self.text(index + 5) == marks[0] and self.text(index + 6).isdigit() else found
        )

    def day_number(self, index: int) -> tuple[int, int] | None:
        """A day of the month in digits, words or as an ordinal: (day, one past it)."""
        if self.text(index) in ("ال", "ل", "ب"):
            index += 1
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.kind == "number":
            return (int(token.text), index + 1) if token.text.isdigit() and 1 <= int(token.text) <= 31 else None
        ordinal = time_word_at(self.tokens, index, "ordinal", "وبل")
        if ordinal is None or ordinal.value > 10:
            number = read_number(self.tokens, index)
            return (number.value, number.last) if number is not None and 2 <= number.value <= 31 else None
        behind = self.text(ordinal.last)
        if behind in ("عشر", "عشره"):
            return 10 + ordinal.value, ordinal.last + 1
        for words, tens in ((("والعشرين", "والعشرون", "وعشرين"), 20), (("والثلاثين", "والثلاثون"), 30)):
            if behind in words:
                return tens + ordinal.value, ordinal.last + 1
        return ordinal.value, ordinal.last

    def day_and_month(self, index: int) -> DateMention | None:
        """ "15 آذار", "الخامس عشر من آذار/مارس 2011", "21 و22 من الشهر الجاري" """
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
        elif self.text(at) == "/" and month_at(self.tokens, at + 1) is not None:
            at += 1
        this_month = self.this_month(at)
        if this_month is not None:
            return replace(this_month, first=index, kind="date", day=day, last_day=last_day)
        if self.text(at) in ("شهر", "لشهر"):
            at += 1
        month = self.month_name(at)
        if month is None:
            return None
        return self.with_year(
            DateMention(index, month.last, "date", day=day, last_day=last_day, **_month_fields(month))
        )

    def this_month(self, at: int) -> DateMention | None:
        """ "الشهر الجاري", "الشهر الماضي", "هذا الشهر" """
        if self.text(at) == "هذا" and self.text(at + 1) == "الشهر":
            return DateMention(at, at + 2, "period", unit="month", count=1, which="current")
        if self.text(at) not in ("الشهر", "شهر"):
            return None
        found = self.with_modifier(DateMention(at, at + 1, "period", unit="month", count=1))
        return found if found.which else None

    def month_and_day(self, index: int) -> DateMention | None:
        """ "فبراير 9, 2022": only with a year, for "شباط 14 قتيلا" is none."""
        month = self.month_name(index)
        if month is None:
            return None
        number = self.text(month.last)
        if not number.isdigit() or not 1 <= int(number) <= 31:
            return None
        found = self.with_year(DateMention(index, month.last + 1, "date", day=int(number), **_month_fields(month)))
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
        if self.text(at) in ("من", "ل", "في") and self.text(at + 1) in _YEAR_NOUNS:
            at += 1
        if self.text(at) in ("لعام", "للعام", "بعام") or self.text(at) in _YEAR_NOUNS:
            at += 1
        elif self.text(at) in (",", "،") and mention.day is not None:
            at += 1
        year = self.year_number(at)
        if year is not None:
            value, last, calendar = year
            if calendar == mention.calendar:
                return replace(mention, year=value, last=last)
        if at > mention.last and self.text(at - 1) in _YEAR_NOUNS:
            modified = self.with_modifier(DateMention(at, at, "year"))
            if modified.which in ("past", "current"):
                return replace(mention, last=modified.last, which=f"{modified.which} year")
        modified = self.with_modifier(mention)
        year = self.year_number(modified.last) if modified.which else None
        return replace(modified, year=year[0], last=year[1]) if year is not None else modified

    def year_number(self, at: int) -> tuple[int, int, str] | None:
        """A year in digits: (year, one past it, calendar)."""
        text = self.text(at)
        if len(text) != 4 or not text.isdigit():
            return None
        year, last = int(text), at + 1
        if 1300 <= year <= 1530:
            return year, last + (self.text(last) in ("ه", "هجري", "هجريه")), "hijri"
        if not 1900 <= year <= 2100:
            return None
        return year, last + (self.text(last) in ("م", "ميلادي", "ميلاديه")), "gregorian"

    # Months, years and their parts

    def month(self, index: int, lead: bool) -> DateMention | None:
        named = self.bare(index) in ("شهر", "لشهر", "بشهر")
        month = self.month_name(index + 1 if named else index)
        if month is None:
            return None
        mention = self.with_year(DateMention(index, month.last, "month", **_month_fields(month)))
        before = self.text(index - 1) if index else ""
        led = lead or self.bare(index - 1) in _MONTH_LEADS or before in _MONTH_LEADS or self.text(index)[0] in "بل"
        sure = named or mention.year is not None or bool(mention.which)
        doubled = not month.weak and month.last - index > 2
        if sure or doubled or (led and not month.weak):
            return mention
        return None

    def year(self, index: int, lead: bool) -> DateMention | None:
        word = self.bare(index)
        at = index
        if word in ("عام", "سنه", "العام", "لعام", "بعام", "السنه", "للعام", "هذا"):
            at = index + 2 if word == "هذا" and self.text(index + 1) in _YEAR_NOUNS else index + 1
            found = self.year_number(at)
            if found is not None:
                return DateMention(index, found[1], "year", year=found[0], calendar=found[2])
            return None
        found = self.year_number(at)
        if found is None or not (lead or self.bare(index - 1) in _YEAR_LEADS):
            return None
        if self.text(found[1]) in (":", "/") or (
            not lead and found[1] < len(self.tokens) and not self.ends_phrase(found[1])
        ):
            return None
        return DateMention(index, found[1], "year", year=found[0], calendar=found[2])

    def ends_phrase(self, at: int) -> bool:
        """Whether the token can't be a noun that a number before it counts."""
        token = self.tokens[at]
        return token.kind in ("punct", "break") or not token.text.endswith(("ا", "ون", "ين", "ات", "ه"))

    def part(self, index: int) -> DateMention | None:
        """ "مطلع شهر نيسان الجاري", "نهاية آب 2021", "صيف العام الماضي", "الأسبوع الأول من شباط" """
        week = self.week_of_month(index)
        if week is not None:
            return week
        season = time_word_at(self.tokens, index, "season")
        if season is not None:
            found = self.whole(season.last) or self.with_modifier(DateMention(index, season.last, "year"))
            if found.kind == "year" and (found.year is not None or found.which):
                return replace(found, first=index, part=f"season:{season.value}")
            if found.kind == "period" and found.unit == "year":
                return replace(found, first=index, part=f"season:{season.value}")
            return None
        part = time_word_at(self.tokens, index, "part")
        if part is None:
            return None
        found = self.whole(part.last)
        return replace(found, first=index, part=str(part.value)) if found is not None else None

    def week_of_month(self, index: int) -> DateMention | None:
        if self.bare(index) not in ("الاسبوع", "اسبوع"):
            return None
        ordinal = time_word_at(self.tokens, index + 1, "ordinal", "")
        if ordinal is None or ordinal.value not in (1, 2, 3, 4, 99) or self.text(ordinal.last) not in ("من", "في"):
            return None
        found = self.whole(ordinal.last + 1)
        if found is None or (found.kind != "month" and found.unit != "month"):
            return None
        return replace(found, first=index, part="wlast" if ordinal.value == 99 else f"w{ordinal.value}")

    def whole(self, index: int) -> DateMention | None:
        """A month or year that a part is taken of."""
        return self.month(index, lead=True) or self.year(index, lead=True) or self.named_period(index, bare=True)

    def named_period(self, index: int, bare: bool = False) -> DateMention | None:
        """ "الشهر الماضي", "العام الجاري 2021", "هذا الأسبوع"; `bare` lets "العام" alone mean this year."""
        this = self.bare(index) == "هذا" or self.bare(index) == "هذه"
        unit = time_word_at(self.tokens, index + 1 if this else index, "unit", "" if this else "وبل")
        if unit is None or unit.count != 1 or unit.value not in ("week", "month", "year"):
            return None
        at = unit.last
        definite = self.text(at - 1).lstrip("وب").startswith(("ال", "لل"))
        mention = DateMention(index, at, "period", unit=unit.value, count=1, which="current" if this else "")
        if not this:
            mention = self.with_modifier(mention)
        if not mention.which:
            if not (bare and definite):
                return None
            mention = replace(mention, which="current")
        year = self.year_number(mention.last) if unit.value == "year" else None
        return replace(mention, year=year[0], last=year[1]) if year is not None else mention

    # Amounts of time

    def amount(self, index: int, kind: str) -> DateMention | None:
        """ "يومين", "ثلاثة أيام", "الأيام القليلة الماضية", "الساعات الـ24 الماضية", "الـ 48 ساعة الأخيرة" """
        at = index
        few = time_word_at(self.tokens, at, "few", "")
        if few is not None:
            at = few.last
        count, at = self.count(at)
        unit = time_word_at(self.tokens, at, "unit", "وب" if at == index else "")
        if unit is None:
            return None
        at = unit.last
        counted = unit.count if count is None else count
        if count is None:
            count, at = self.count(at)
            counted = count if count is not None else counted
        few = time_word_at(self.tokens, at, "few", "")
        at = few.last if few is not None else at
        mention = self.with_modifier(DateMention(index, at, kind, unit=str(unit.value), count=counted))
        if kind == "period" and not mention.which:
            return None
        if mention.which == "current" and counted != 1:
            return None
        return mention

    def count(self, at: int) -> tuple[int | None, int]:
        """A number before or behind a unit: (number, one past it)."""
        start = at
        if self.text(at) == "ال":
            at += 1
        if at >= len(self.tokens):
            return None, start
        number = read_number(self.tokens, at)
        if number is None or number.value > 1000 or number.value < 1 or number.proclitics in ("ب", "ل"):
            return None, start
        return number.value, number.last


def _month_fields(month: Month) -> dict[str, str | int]:
    return {"month": month.number, "calendar": month.calendar}


def _numeric(first: int, last: int, one: str, two: str, three: str) -> DateMention | None:
    """A numeric date, day first unless the year is; an impossible month is read as the day."""
    if not (one.isdigit() and two.isdigit() and three.isdigit()):
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
