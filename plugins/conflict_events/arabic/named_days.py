"""Reads days by name: "اليوم", "أمس الخميس", "مساء يوم السبت", "ليل الثلاثاء - الأربعاء"."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.arabic.calendar_dates import DateMention
from conflict_events.arabic.date_words import is_bare_today, names_a_day_after, time_word_at, weekday_at
from conflict_events.arabic.periods import Periods

__all__ = ["NamedDays"]

_CONNECTORS = frozenset({"الموافق", "المصادف", "الموافقه", "بتاريخ", "تاريخ", "الواقع"})


class NamedDays(Periods):
    """Days told from the publication day or by their weekday, with the date that may stand beside."""

    __slots__ = ()

    def day(self, index: int) -> DateMention | None:
        """A day, with its part and date: "أمس الخميس 5 أيار", "مساء يوم السبت", "ليل الثلاثاء - الأربعاء"."""
        feast = time_word_at(self.tokens, index, "feast")
        if feast is not None:
            month, day = str(feast.value).split(":")
            known = int(month) if month.isdecimal() else None
            return DateMention(index, feast.last, "date", day=int(day), month=known, calendar="hijri")
        part = time_word_at(self.tokens, index, "part_of_day")
        at = part.last if part is not None else index
        if part is not None and self.text(at) == "من":
            at += 1
        last_night = time_word_at(self.tokens, index, "last_night")
        if last_night is not None:
            return DateMention(index, last_night.last, "night", offset=last_night.value or -1)
        relative = time_word_at(self.tokens, at, "day", "وفب" if part is None else "")
        if relative is not None:
            if relative.id == "today" and not is_bare_today(self.tokens, relative.last):
                return None
            return self.with_weekday_and_date(index, relative.last, relative.value)
        if self.text(at) in ("يوم", "اليوم") or (part is None and self.bare(at) in ("يوم", "ليوم", "بيوم", "يومي")):
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
            return replace(dated, first=first, weekday=weekday, offset=offset)
        return mention

    def date_behind(self, at: int) -> DateMention | None:
        """A date in apposition: "الأحد 9 تموز", "السبت، 29 من تشرين", "الأربعاء الموافق 24", "الأحد (9 تموز)"."""
        while self.text(at) in _CONNECTORS or self.text(at) in ("،", ",", "(", "-", "ل", "ب"):
            at += 1
        if self.text(at) == "في" and self.text(at - 1) in _CONNECTORS:
            at += 1
        found = self.date(at)
        if found is not None and self.text(at - 1) == "(" and self.text(found.last) == ")":
            return replace(found, last=found.last + 1)
        return found

    def weekday_phrase(self, first: int, at: int, night: bool) -> DateMention | None:
        """A weekday with what belongs to it: a second one, "الماضي", a date."""
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
