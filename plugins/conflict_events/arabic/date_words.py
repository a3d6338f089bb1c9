"""The words of dates, looked up at a token: months, weekdays, units, modifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from conflict_events.arabic.tokens import Token
from conflict_events.arabic.vocabulary import folded_forms, read_entries, read_spellings, read_words

__all__ = [
    "Month",
    "TimeWord",
    "beginnings",
    "can_begin",
    "is_bare_today",
    "is_spelled_like",
    "is_written_otherwise",
    "kinds_begun",
    "month_at",
    "names_a_day_after",
    "time_word_at",
    "weekday_at",
]


@dataclass(frozen=True, slots=True)
class TimeWord:
    """An entry of `time_words.yaml` found at a token; `last` is one past its last token."""

    kind: str
    id: str
    value: Any
    count: int | None
    night: bool
    last: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month name found at a token; a weak one is also a common word or name."""

    calendar: str
    number: int
    weak: bool
    last: int


_Lists = Mapping[str, Sequence[tuple[tuple[str, ...], Mapping[str, Any]]]]


def _by_first_word(entries: Sequence[Mapping[str, Any]]) -> _Lists:
    """First word -> (all words, entry), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Mapping[str, Any]]]] = {}
    for entry in entries:
        for form in folded_forms(entry["forms"]):
            words = tuple(form.split())
            found.setdefault(words[0], []).append((words, entry))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


_GRAMMAR_WORDS = frozenset(
    {"يوم", "يومي", "عامي", "سنتي", "هذا", "هذه", "بين", "سنه", "عام", "السنه", "العام", "النصف", "الربع", "الثلث"}
)


@cache
def _time_words(kind: str) -> _Lists:
    return _by_first_word([entry for entry in read_entries("time_words") if entry["kind"] == kind])


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry["kind"] for entry in read_entries("time_words")))


@cache
def _months() -> _Lists:
    return _by_first_word(read_entries("months"))


@cache
def _weekdays() -> Mapping[str, int]:
    return {form: entry["weekday"] for entry in read_entries("weekdays") for form in folded_forms(entry["forms"])}


@cache
def _weak_months() -> frozenset[str]:
    return frozenset(form for entry in read_entries("months") for form in folded_forms(entry.get("weak", ())))


@cache
def beginnings() -> frozenset[str]:
    """First words of everything that a mention can begin with, but for the commonest, which decide nothing."""
    kinds = {entry["kind"] for entry in read_entries("time_words")}
    words = {word for kind in kinds for word in _time_words(kind)} | set(_months()) | set(_weekdays())
    decides_nothing = {"من", "في", "علي", "الي", "و"}
    return frozenset(words - decides_nothing | _GRAMMAR_WORDS)


@lru_cache(maxsize=8_000)
def can_begin(word: str) -> bool:
    """Whether a date mention may begin with the word: a quick test that spares most words the grammar."""
    return any(stem in beginnings() for stem in _candidates(word, "وفبل"))


@lru_cache(maxsize=8_000)
def _candidates(word: str, particles: str) -> tuple[str, ...]:
    """The word, and the word without its first particles ("وباليوم" gives "باليوم" and "اليوم")."""
    found = [word]
    for _ in range(2):
        if len(found[-1]) > 3 and found[-1][0] in particles:
            stem = found[-1][1:]
            found.append("ا" + found[-1] if stem.startswith("ل") and found[-1][0] == "ل" else stem)
    return tuple(found)


def _longest(
    lists: _Lists, tokens: Sequence[Token], index: int, particles: str
) -> tuple[Mapping[str, Any], int, str] | None:
    if index >= len(tokens) or tokens[index].kind != "word":
        return None
    for stem in _candidates(tokens[index].text, particles):
        for words, entry in lists.get(stem, ()):
            last = index + len(words)
            if last <= len(tokens) and all(tokens[index + n].text == words[n] for n in range(1, len(words))):
                return entry, last, " ".join(words)
    return None


@lru_cache(maxsize=8_000)
def kinds_begun(word: str) -> frozenset[str]:
    """Kinds of time words of which one may begin with the word: most words begin none."""
    stems = _candidates(word, "وفبل")
    return frozenset(kind for kind in _kinds() if any(stem in _time_words(kind) for stem in stems))


def time_word_at(tokens: Sequence[Token], index: int, kind: str, particles: str = "وفبل") -> TimeWord | None:
    """The longest entry of a kind that starts at a token; its first word may carry particles."""
    if index >= len(tokens) or kind not in kinds_begun(tokens[index][0]):
        return None
    found = _longest(_time_words(kind), tokens, index, particles)
    if found is None:
        return None
    entry, last, _ = found
    return TimeWord(kind, entry["id"], entry.get("value"), entry.get("count"), bool(entry.get("night")), last)


def month_at(tokens: Sequence[Token], index: int) -> Month | None:
    """The month name that starts at a token."""
    found = _longest(_months(), tokens, index, "وبل")
    if found is None:
        return None
    entry, last, words = found
    return Month(entry["calendar"], entry["month"], words in _weak_months(), last)


def weekday_at(tokens: Sequence[Token], index: int) -> int | None:
    """The weekday (Monday = 0) that a token names."""
    if index >= len(tokens) or tokens[index].kind != "word":
        return None
    days = _weekdays()
    return next((days[stem] for stem in _candidates(tokens[index].text, "وفبل") if stem in days), None)


def names_a_day_after(word: str) -> bool:
    """Whether a weekday behind this word is part of a name ("سوق الجمعة")."""
    names = read_words("weekdays", "not_after")
    return any(stem in names for stem in _candidates(word, "وفبل"))


def is_written_otherwise(raw: str) -> bool:
    """Whether the words as they are written name something else than a month: "في إب" is the town, "في آب" August."""
    others = read_spellings("months", "other_words")
    return any(word.lstrip("وبفل") in others for word in raw.split())


def is_spelled_like(words: Iterable[str]) -> bool:
    """Whether one of the folded words of a date might be taken for something else: آب for the town إب."""
    others = read_words("months", "other_words")
    return any(word.lstrip("وبفل") in others for word in words)


def is_bare_today(tokens: Sequence[Token], index: int) -> bool:
    """Whether اليوم, ending before `index`, means the day itself ("اليوم العالمي للطفل" doesn't)."""
    return index >= len(tokens) or tokens[index].text not in read_words("time_words", "today_not_before")
