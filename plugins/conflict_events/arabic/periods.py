"""Reads months, years, their parts, and stretches of time ("مطلع شهر نيسان", "الأيام القليلة الماضية")."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.arabic.calendar_dates import YEAR_NOUNS, CalendarDates, DateMention
from conflict_events.arabic.date_words import time_word_at
from conflict_events.arabic.number_words import read_number

__all__ = ["Periods"]

_YEAR_LEADS = frozenset({"في", "خلال", "منذ", "حتي", "بين", "منتصف", "من", "الي", "صيف", "شتاء", "خريف", "ربيع"})
_MONTH_LEADS = frozenset({"في", "خلال", "منذ", "حتي", "الي", "من", "بين", "قبل", "بعد", "حلول", "و", "طوال", "علي"})
_SURE_MONTH_LEADS = frozenset({"في", "خلال", "منذ", "حتي"})
_AFTER_YEAR = frozenset(
    {"في", "من", "عن", "علي", "حتي", "بعد", "قبل", "ثم", "مع", "حين", "عندما", "بسبب", "كان", "كانت", "قد"}
)
_HALVES = {"year": ("month", 12), "month": ("days", 30), "days": ("hours", 24)}
_HALVED = frozenset({"عام", "سنه", "شهر", "يوم"})
_SHARES = {"اسبوع": "w", "نصف": "h", "ربع": "q", "ثلث": "t"}


class Periods(CalendarDates):
    """What is longer than a day."""

    __slots__ = ()

    def month(self, index: int, lead: bool) -> DateMention | None:
        """A month alone, where a year, شهر, a second name or a word of time before it shows that one is meant."""
        named = self.bare(index) in ("شهر", "لشهر", "بشهر")
        month = self.month_name(index + 1 if named else index)
        if month is None:
            return None
        mention = self.with_year(DateMention(index, month.last, "month", month=month.number, calendar=month.calendar))
        before = self.text(index - 1) if index else ""
        led = lead or self.bare(index - 1) in _MONTH_LEADS or before in _MONTH_LEADS or self.text(index)[0] in "بل"
        sure = named or mention.year is not None or bool(mention.which)
        doubled = not month.weak and month.last - index > 2
        weak_led = self.bare(index - 1) in _SURE_MONTH_LEADS
        if sure or doubled or (led and (not month.weak or weak_led)):
            return mention
        return None

    def year(self, index: int, lead: bool) -> DateMention | None:
        """A year in digits, behind عام or a word of time."""
        word = self.bare(index)
        at = index
        if word in ("عام", "سنه", "العام", "لعام", "بعام", "السنه", "للعام", "هذا"):
            at = index + 2 if word == "هذا" and self.text(index + 1) in YEAR_NOUNS else index + 1
            found = self.year_number(at)
            if found is not None:
                return DateMention(index, found[1], "year", year=found[0], calendar=found[2])
            return None
        found = self.year_number(at)
        before = self.bare(index - 1)
        if found is None or not (lead or self.bare(index - 1) in _YEAR_LEADS):
            return None
        if before == "من" and (self.bare(index - 2) in ("اكثر", "اقل", "ازيد") or self.is_noun(found[1])):
            return None
        if self.text(found[1]) in (":", "/") or (
            not lead and found[1] < len(self.tokens) and not self.ends_phrase(found[1])
        ):
            return None
        return DateMention(index, found[1], "year", year=found[0], calendar=found[2])

    def is_noun(self, at: int) -> bool:
        """Whether the token may be a noun that a number before it counts."""
        token = self.tokens[at] if at < len(self.tokens) else None
        return (
            token is not None
            and token.kind == "word"
            and not (token.text in _AFTER_YEAR or token.text.startswith(("ال", "و")))
        )

    def ends_phrase(self, at: int) -> bool:
        """Whether the token can't be a noun that a number before it counts."""
        token = self.tokens[at]
        return token.kind in ("punct", "break") or not token.text.endswith(("ا", "ون", "ين", "ات", "ه"))

    def part(self, index: int) -> DateMention | None:
        """A part of a month or year: "مطلع شهر نيسان", "نهاية آب 2021", "صيف العام الماضي", "الأسبوع الأول من شباط"."""
        share = self.share(index)
        if share is not None:
            return share
        season = time_word_at(self.tokens, index, "season")
        if season is not None:
            found = self.whole(season.last) or self.with_modifier(DateMention(index, season.last, "year"))
            if found.kind == "year" and (found.year is not None or found.which):
                return replace(found, first=index, part=f"season:{season.value}")
            if found.kind == "period" and found.unit == "year":
                return replace(found, first=index, part=f"season:{season.value}")
            return None
        part = time_word_at(self.tokens, index, "part")
        whole = self.whole(part.last) if part is not None else None
        return replace(whole, first=index, part=str(part.value)) if part is not None and whole is not None else None

    def share(self, index: int) -> DateMention | None:
        """A counted part: "الأسبوع الأول من شهر شباط", "النصف الثاني من عام 2022"."""
        share = _SHARES.get(self.bare(index).removeprefix("ال"))
        if share is None:
            return None
        ordinal = time_word_at(self.tokens, index + 1, "ordinal", "")
        if ordinal is None or ordinal.value not in (1, 2, 3, 4, 99) or self.text(ordinal.last) not in ("من", "في"):
            return None
        found = self.whole(ordinal.last + 1)
        if found is None or (share == "w" and found.kind != "month" and found.unit != "month"):
            return None
        return replace(found, first=index, part=f"{share}{'last' if ordinal.value == 99 else ordinal.value}")

    def whole(self, index: int) -> DateMention | None:
        """A month or year that a part is taken of."""
        return self.month(index, lead=True) or self.year(index, lead=True) or self.named_period(index, bare=True)

    def named_period(self, index: int, bare: bool = False) -> DateMention | None:
        """A whole unit by name: "الشهر الماضي", "العام الجاري 2021"; `bare` lets "العام" alone mean this year."""
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
        """Counted units: "يومين", "ثلاثة أيام", "الأيام القليلة الماضية", "الساعات الـ24 الماضية"."""
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
        if count is None and (unit.count is None or self.text(at - 1).startswith("ال")):
            # "الأيام الثلاثة الماضية"; in "قبل يومين ستة عشر شخصا" the number counts something else.
            count, at = self.count(at)
            counted = count if count is not None else counted
        half = _HALVES.get(str(unit.value))
        if half is not None and counted is not None and self.text(at) == "ونصف":
            smaller, size = half
            at += 1 + (self.text(at + 1).removeprefix("ال") in _HALVED)
            unit, counted = replace(unit, value=smaller), counted * size + size // 2
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
