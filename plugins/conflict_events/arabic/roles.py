"""Tells what a number is for: "5" counts in "5 قتلى", and doesn't in "الساعة 5", "5 آذار", "(5 سنوات)", "الفوج 5"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from conflict_events.arabic.tokens import Token
from conflict_events.arabic.vocabulary import folded_forms, read_entries

__all__ = ["ROLES", "role_of"]

ROLES = ("count", "clock", "day", "year", "percent", "age", "duration", "measure", "label", "unknown")
"""What a number can be: `duration` a stretch of time, `measure` a distance, weight or sum, `label` part of a name."""

_TIME_PREPOSITIONS = frozenset(
    {"منذ", "قبل", "خلال", "بعد", "لمده", "طوال", "مدي", "مدار", "الماضيه", "نحو", "اكثر", "من"}
)
_ARTICLE = frozenset({"ال", "تمام", "حوالي", "نحو", "قرابه"})


@cache
def _words(role: str, side: str) -> frozenset[str]:
    return frozenset(
        form
        for entry in read_entries("quantities")
        if entry["kind"] == "role" and entry["role"] == role and entry["side"] == side
        for form in folded_forms(entry["forms"])
    )


@cache
def _month_words() -> frozenset[str]:
    """First words of all month names."""
    return frozenset(form.split()[0] for entry in read_entries("months") for form in folded_forms(entry["forms"]))


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""


def _bare(word: str) -> str:
    """The word without a particle before it."""
    return word[1:] if len(word) > 3 and word[0] in "وفبلك" else word


def _in(word: str, words: frozenset[str]) -> bool:
    return word in words or _bare(word) in words


def role_of(tokens: Sequence[Token], first: int, last: int, value: int | None) -> str:
    """Role of the number that stands at tokens[first:last], by its neighbours.

    >>> from conflict_events.arabic import tokenize
    >>> role_of(tokenize("قتل 5 في الفوج 46"), 4, 5, 46)
    'label'
    """
    before = first - 1
    while _text(tokens, before) in _ARTICLE:
        before -= 1
    neighbours = (_text(tokens, before), _text(tokens, before - 1), _text(tokens, last), _text(tokens, last + 1))
    for role, holds in (
        ("percent", _is_percent),
        ("clock", _is_clock),
        ("day", _is_day),
        ("year", _is_year),
        ("age", _is_age),
    ):
        if holds(tokens, first, last, value, neighbours):
            return role
    behind = neighbours[2]
    if (
        behind in _words("duration", "after")
        or behind in _words("age", "after")
        or neighbours[0] in _words("duration", "before")
    ):
        return "duration"
    if behind in _words("measure", "after") or (behind, neighbours[3]) == ("من", "عمره"):
        return "measure" if behind != "من" else "age"
    if _is_label(tokens, first, last):
        return "label"
    if (
        tokens[first].kind == "number"
        and neighbours[0] in ("-", "/", ":", "=")
        and tokens[before].end == tokens[first].start
    ):
        return "unknown"
    return "count"


_Neighbours = tuple[str, str, str, str]


def _is_percent(tokens: Sequence[Token], first: int, last: int, value: int | None, near: _Neighbours) -> bool:
    phrase = f"{near[2]} {near[3]}"
    return near[2] in _words("percent", "after") or phrase in _words("percent", "after") or near[0] == "%"


def _is_clock(tokens: Sequence[Token], first: int, last: int, value: int | None, near: _Neighbours) -> bool:
    if _in(near[0], _words("clock", "before")):
        return True
    if near[2] == ":" and tokens[last].start == tokens[last - 1].end and near[3].isdecimal():
        return True
    return near[0] == ":" and near[1].isdecimal() and tokens[first - 1].end == tokens[first].start


def _is_day(tokens: Sequence[Token], first: int, last: int, value: int | None, near: _Neighbours) -> bool:
    if value is None or value > 2100:
        return False
    months = _month_words()
    if value <= 31:
        behind = near[3] if near[2] == "من" else near[2]
        if behind in months or (near[2] == "من" and _in(near[3], frozenset({"الشهر", "شهر"}))):
            return True
        if near[0] in months and near[2] in (",", "،") and near[3].isdecimal():
            return True
    if tokens[first].kind != "number":
        return False
    return any(_numeric_date(tokens, start) for start in (first - 4, first - 2, first))


def _numeric_date(tokens: Sequence[Token], start: int) -> bool:
    """Whether three numbers tied by the same "/" or "-" stand at `start`."""
    if start < 0 or start + 5 > len(tokens):
        return False
    parts = tokens[start : start + 5]
    if [part.kind for part in parts] != ["number", "punct", "number", "punct", "number"]:
        return False
    return parts[1].text == parts[3].text and parts[1].text in ("/", "-") and _has_year(parts[0].text, parts[4].text)


def _has_year(*numbers: str) -> bool:
    return any(len(number) == 4 for number in numbers) or all(len(number) <= 2 for number in numbers)


def _is_year(tokens: Sequence[Token], first: int, last: int, value: int | None, near: _Neighbours) -> bool:
    if value is None or tokens[first].kind != "number" or not tokens[first].text.isdecimal():
        return False
    if 1300 <= value <= 1500 and near[2] in ("ه", "هجري", "هجريه"):
        return True
    if not 1900 <= value <= 2100:
        return False
    if _in(near[0], _words("year", "before")) or near[0] in _month_words() or near[1] in _month_words():
        return True
    # "بين 2017 و2020", "2013/2014", "February 9, 2022"
    return near[0] in ("و", "/", "-", ",", "،", "او") and near[1].isdecimal() and len(near[1]) in (1, 2, 4)


def _is_age(tokens: Sequence[Token], first: int, last: int, value: int | None, near: _Neighbours) -> bool:
    if _in(near[0], _words("age", "before")):
        return True
    unit = near[3] if near[2] == ")" else near[2]
    if unit not in _words("age", "after") or (value is not None and value > 110):
        return False
    return near[0] in ("(", ")", "،", "-", '"') or not _in(near[0], _TIME_PREPOSITIONS)


def _is_label(tokens: Sequence[Token], first: int, last: int) -> bool:
    if tokens[first].kind != "number":
        return False
    before = _text(tokens, first - 1)
    if before in ("&", "=", "#", "?", "@") or _in(before, _words("label", "before")):
        return True
    attached_before = first > 0 and tokens[first - 1].end == tokens[first].start and tokens[first - 1].kind == "latin"
    attached_after = last < len(tokens) and tokens[last].start == tokens[last - 1].end and tokens[last].kind == "latin"
    return attached_before or attached_after or (first > 0 and tokens[first - 1].kind == "latin")
