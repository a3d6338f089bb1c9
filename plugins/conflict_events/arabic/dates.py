"""Finds the dates of a text: full and partial dates, weekdays, "yesterday", periods, "since ...".

A mention says what is written; `conflict_events.arabic.date_resolver` says which days that is, seen from the day of
publication. The words stand in `include/lexicon` (months, weekdays, time_words). The grammar is in four modules, each
built on the one before: `calendar_dates`, `periods`, `named_days`, and this one, which ties points of time together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from conflict_events.arabic.calendar_dates import DateMention
from conflict_events.arabic.date_words import beginnings, can_begin, kinds_begun, month_at, time_word_at
from conflict_events.arabic.named_days import NamedDays
from conflict_events.arabic.number_words import number_forms, read_number, starts_number
from conflict_events.arabic.tokens import Token

__all__ = ["DateMention", "date_words", "find_dates", "may_hold_date"]

_NUMBER_LINKS = frozenset(
    {"من", "/", "-", "و", "الي", "حتي", "(", "ال", "عشر", "عشره", "والعشرين", "والثلاثين", "وعشرين"}
)
_TWO_YEARS = frozenset({"عامي", "لعامي", "بعامي", "سنتي"})
_BEGINNINGS = frozenset(
    "بدء بدايه انطلاق اندلاع بدا اعلان توقيع سقوط انقلاب اجتياح دخول تشكيل اطلاق استيلاء سيطره نشوب".split()
)
_DATES = frozenset({"التاريخ", "اليوم", "الحين", "الموعد"})
_HEDGES = frozenset("نحو حوالي قرابه زهاء".split())
_OPENERS = frozenset("من ال علي وعلي".split())
_SHIFTING = frozenset({"that_day", "beside_that", "part_of_day", "ago"})
_DAYS_OF = {"days": 1, "week": 7}
_LONG_SPANS = frozenset({"طوال", "طيله"})


def may_hold_date(token: Token) -> bool:
    """Whether a date mention may begin with the token, whatever stands behind it."""
    if token.kind == "word":
        return token.text in _OPENERS or can_begin(token.text) or starts_number(token)
    return token.kind == "number" or token.text == "("


def date_words() -> frozenset[str]:
    """The words that `may_hold_date` looks for behind particles."""
    return _OPENERS | beginnings() | number_forms()


def find_dates(tokens: Sequence[Token], at: Iterable[int] | None = None) -> list[DateMention]:
    """All date mentions, from left to right, not overlapping.

    Args:
        tokens: The tokens.
        at: Indexes, ascending, of those that `may_hold_date`, where the caller knows them.

    >>> from conflict_events.arabic import fold, tokenize
    >>> [(m.kind, m.text) for m in find_dates(tokenize(fold("قصف فجر اليوم، ومنذ 21 حزيران").text))]
    [('day', 'فجر اليوم'), ('since', 'ومنذ 21 حزيران')]
    """
    scanner = _Scanner(tokens)
    found = []
    end = 0
    for index in range(len(tokens)) if at is None else at:
        mention = scanner.mention(index) if index >= end and scanner.may_begin(index) else None
        if mention is not None:
            found.append(replace(mention, text=_words(tokens, mention.first, mention.last)))
            end = mention.last
    return found


def _words(tokens: Sequence[Token], first: int, last: int) -> str:
    pieces = [tokens[first].text]
    for before, token in zip(tokens[first:last], tokens[first + 1 : last], strict=False):
        pieces.append(token.text if before.end == token.start else " " + token.text)
    return "".join(pieces)


class _Scanner(NamedDays):
    """Whole mentions: a point of time, or several tied by "since", "until", "between"."""

    __slots__ = ()

    def may_begin(self, index: int) -> bool:
        """Whether it is worth reading a mention here: most words and numbers begin none."""
        token, behind = self.tokens[index], self.text(index + 1)
        if token.kind == "punct":
            return token.text == "(" and month_at(self.tokens, index + 1) is not None
        if token.kind == "word":
            if can_begin(token.text):
                return True
            if token.text in ("علي", "وعلي") and behind in ("مدي", "مدار"):
                return True
            if token.text not in ("من", "ال", "علي") and not starts_number(token):
                return False
        elif token.kind != "number":
            return False
        return (
            behind in _NUMBER_LINKS or len(token.text) in (4, 8, 9, 10) or behind[:1].isdecimal() or can_begin(behind)
        )

    def mention(self, index: int) -> DateMention | None:
        """Anything that can stand alone."""
        kinds = kinds_begun(self.tokens[index].text)
        return (
            (self.anniversary(index) if index <= 1 else None)
            or (self.future_or_vague(index) if "future" in kinds or "vague" in kinds else None)
            or (self.shifted(index) if not kinds.isdisjoint(_SHIFTING) else None)
            or (self.since(index) if "since" in kinds else None)
            or self.between(index)
            or (self.until(index) if "until" in kinds else None)
            or self.range(index)
            or self.ago(index)
        )

    def anniversary(self, index: int) -> DateMention | None:
        """The year that heads an item of "on this day": "1974 - مواجهات في بيروت"."""
        year, dash, behind = self.text(index), self.text(index + 1), self.text(index + 2)
        if not (len(year) == 4 and year.isdecimal()) or dash not in ("-", ":") or not behind or behind[0].isdecimal():
            return None
        if any(token.kind in ("word", "number") for token in self.tokens[:index]):
            return None
        return DateMention(index, index + 1, "anniversary", year=int(year))

    def future_or_vague(self, index: int) -> DateMention | None:
        for kind in ("future", "vague"):
            word = time_word_at(self.tokens, index, kind)
            if word is not None:
                # "غدا الثلاثاء 5 أيار" is one mention.
                behind = self.with_weekday_and_date(index, word.last, 0) if kind == "future" else None
                return DateMention(index, behind.last if behind is not None else word.last, kind)
        return None

    def shifted(self, index: int) -> DateMention | None:
        """A day told from another one that the page told before it.

        As in "مساء اليوم التالي", "في اليوم نفسه", "بعدها بيومين", "قبل يوم من ذلك التاريخ".
        """
        part = time_word_at(self.tokens, index, "part_of_day")
        day = time_word_at(self.tokens, part.last if part is not None else index, "that_day")
        if day is not None:
            return DateMention(index, day.last, "shifted", offset=day.value)
        beside = time_word_at(self.tokens, index, "beside_that")
        if beside is not None:
            found = self.amount_behind(beside.last)
            return self.shift(index, beside.value, found) if found is not None else None
        sign = {"قبل": -1, "بعد": 1}.get(self.bare(index))
        found = self.amount(index + 1, "ago") if sign is not None else None
        if found is None or sign is None or self.text(found.last) != "من" or self.text(found.last + 1) != "ذلك":
            return None
        return self.shift(index, sign, replace(found, last=found.last + 2 + (self.text(found.last + 2) in _DATES)))

    def amount_behind(self, index: int) -> DateMention | None:
        """An amount with ب: "بيوم", "بثلاثة أيام"."""
        number = read_number(self.tokens, index) if index < len(self.tokens) else None
        if number is None or number.proclitics != "ب":
            return self.amount(index, "ago") if self.text(index).startswith("ب") else None
        unit = self.amount(number.last, "ago")
        return replace(unit, count=number.value) if unit is not None else None

    def shift(self, index: int, sign: int, amount: DateMention) -> DateMention | None:
        """The day so far from the one told before; None for amounts that tell no day."""
        days = _DAYS_OF.get(amount.unit or "")
        if days is None or amount.count is None:
            return None
        return DateMention(index, amount.last, "shifted", offset=sign * days * amount.count)

    def since(self, index: int) -> DateMention | None:
        lead = time_word_at(self.tokens, index, "since")
        if lead is None:
            return None
        start = self.point(lead.last, lead=True) or self.amount(lead.last, "since") or self.start_of(lead.last)
        if start is None:
            return None
        end = self.end_behind(start.last) or self.day_of_it(start)
        if start.kind == "since":
            return replace(start, first=index)
        kind = "range" if end is not None else "since"
        return DateMention(index, end.last if end else start.last, kind, start=start, end=end)

    def start_of(self, index: int) -> DateMention | None:
        """The day of a beginning: "بدء التصعيد في 12 كانون الأول", "اندلاعه في آذار 2011", "انقلاب 25 أكتوبر"."""
        word = self.text(index)
        if word not in _BEGINNINGS and word.removesuffix("ها").removesuffix("ه") not in _BEGINNINGS:
            return None
        for at in range(index + 1, min(index + 7, len(self.tokens))):
            if self.tokens[at].kind == "punct" or self.bare(at) in ("حتي", "الي"):
                return None
            if self.text(at) in ("في", "عام", "سنه", "خلال"):
                lead = at + (self.text(at) in ("في", "خلال"))
                found = self.date(lead) or self.part(lead) or self.month(lead, lead=True) or self.year(lead, lead=True)
                if found is not None:
                    return found
            elif self.tokens[at].kind == "number":
                return self.date(at)
        return None

    def day_of_it(self, start: DateMention) -> DateMention | None:
        """The end of a range as a day of the month named before: "منذ بداية كانون الأول وحتى العاشر منه"."""
        link = time_word_at(self.tokens, start.last, "until", "و")
        number = self.day_number(link.last) if link is not None else None
        if link is None or number is None or start.month is None or self.text(number[1]) != "منه":
            return None
        day, last = number
        return DateMention(
            link.last, last + 1, "date", day=day, month=start.month, year=start.year, calendar=start.calendar
        )

    def end_behind(self, index: int) -> DateMention | None:
        """The end of a range: "حتى Y", "وحتى Y", "إلى Y"."""
        if self.text(index) in ("و", "،"):
            index += 1
        link = time_word_at(self.tokens, index, "until", "و")
        return self.point(link.last, lead=True) if link is not None else None

    def between(self, index: int) -> DateMention | None:
        """Two ends: "بين 5 أيار و9 أيار", "بين عامي 2017 و2020", "عامي 2015 و2016"."""
        at = index + 1 if self.bare(index) == "بين" else index
        years = self.bare(at) in _TWO_YEARS
        if at == index and not years:
            return None
        start = self.point(at + years, lead=True)
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
            if found is None or self.year_number(found.last) is not None:
                return None
            if self.text(found.last - 1).startswith("ال") and self.text(found.last - 2) != "ونصف":
                return None
            # "قبل أيام من الهجوم" counts from another event, not from the publication day.
            kind = "vague" if self.text(found.last) in ("من", "علي") else "ago"
            return replace(found, first=index, kind=kind)
        during = time_word_at(self.tokens, index, "during")
        at = during.last if during is not None else index
        found = self.named_period(at) or self.amount(at, "period")
        if found is None and during is not None and self.bare(index) == "خلال":
            # "مقتل خمسة خلال 24 ساعة" needs no "الماضية".
            hours = self.amount(at, "since")
            if hours is not None and hours.unit == "hours" and hours.count in (24, 48, 72) and not hours.which:
                found = replace(hours, kind="period", which="past")
        if found is None and during is not None and (self.bare(index) in _LONG_SPANS or self.over(index)):
            # "على مدى أحد عشر عاما" ends on the publication day.
            behind = self.amount(at + (self.text(at) in _HEDGES), "since")
            if behind is not None and behind.count is not None and not behind.which and behind.unit != "minutes":
                return replace(behind, first=index, kind="period", which="past")
        if found is not None and during is not None and during.id == "during" and self.bare(index) != "في":
            return replace(found, first=index)
        return found

    def over(self, index: int) -> bool:
        """Whether "على مدى" or "على مدار" stands there."""
        return self.bare(index) == "علي" and self.text(index + 1) in ("مدي", "مدار")

    def point(self, index: int, lead: bool = False) -> DateMention | None:
        """A day, month, year or named period; `lead` where a word of time stands before it."""
        if index < len(self.tokens) and self.tokens[index].kind == "number":
            return self.date(index) or self.year(index, lead)  # all else begins with a word
        return (
            self.day(index)
            or self.date(index)
            or self.part(index)
            or self.named_period(index)
            or self.month(index, lead)
            or self.year(index, lead)
        )
