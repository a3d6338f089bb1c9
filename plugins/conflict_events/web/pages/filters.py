"""What a reader narrows the events to: read from an address, written back into one, and as a condition in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from conflict_events.snapshots.enums import EVENT_TYPES
from conflict_events.web.view import MAX_LATITUDE, Box

__all__ = ["KINDS", "SORTS", "BadFilter", "Filters"]

KINDS = ("reported", "background", "aggregate")
"""Events of the reports' own time; known as background only; tolls over many occurrences."""

SORTS = ("newest", "oldest", "deadliest", "articles")
"""Orders of the table."""

_LONGEST = 80


class BadFilter(ValueError):
    """An address holds what is no filter; the message says what is wanted."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters; None, "" and 1 narrow nothing.

    Attributes:
        first: First event day (`from` in an address).
        last: Last event day (`to`).
        country: ISO 3166-1 alpha-2 code.
        type: ACLED event type.
        actor: Id of an actor, on either side.
        source: Part of the name of who says so, or of an outlet.
        sources: At least so many independent sources.
        place: Place known at least so well: 1 itself, 2 near it, 3 a governorate.
        day: Day known at least so well: 1 to the day, 2 to a week, 3 to a month.
        kind: One of `KINDS`.
        box: Only events with a point in this box.
        sort: One of `SORTS`.
        page: Of the table, from 1.
    """

    first: date | None = None
    last: date | None = None
    country: str = ""
    type: str = ""
    actor: str = ""
    source: str = ""
    sources: int = 1
    place: int | None = None
    day: int | None = None
    kind: str = ""
    box: Box | None = None
    sort: str = "newest"
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Read the filters of an address; keys that are none are passed over.

        Raises:
            BadFilter: A value can't be used.
        """
        values: dict[str, Any] = {}
        for field in fields(cls):
            key = _KEYS.get(field.name, field.name)
            text = query.get(key, "").strip()
            if text:
                values[field.name] = _READERS.get(field.name, _text)(key, text)
        return cls(**values)

    def query(self, **changes: Any) -> str:
        """The filters as the query of an address, with "?"; without a new `page` it is that of the first page."""
        changed = replace(self, **{"page": 1, **changes})
        pairs = [(_KEYS.get(name, name), _written(value)) for name, value in changed._set()]
        return "?" + urlencode(pairs)

    def form(self) -> dict[str, str]:
        """Each filter as a form shows it, by its key in an address."""
        default = {_KEYS.get(field.name, field.name): "" for field in fields(self)}
        return default | {_KEYS.get(name, name): _written(value) for name, value in self._set()}

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set, order and page aside."""
        return any(name not in {"sort", "page"} for name, _ in self._set())

    def condition(self) -> tuple[str, dict[str, Any]]:
        """An SQL condition over `events` and the values to bind."""
        parts = ["true"]
        values: dict[str, Any] = {}
        for name, value in self._set():
            if name in _CONDITIONS:
                parts.append(_CONDITIONS[name])
                values[name] = value
        if self.kind:
            parts.append(_KINDS[self.kind])
        if self.box is not None:
            parts.append("lon BETWEEN $west AND $east AND lat BETWEEN $south AND $north")
            values |= dict(zip(("west", "south", "east", "north"), self.box, strict=True))
        return " AND ".join(parts), values

    def _set(self) -> Iterator[tuple[str, Any]]:
        """The fields that are not at their default."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                yield field.name, value


_KEYS = {"first": "from", "last": "to"}

_CONDITIONS = {
    "first": "event_date >= $first",
    "last": "event_date <= $last",
    "country": "country = $country",
    "type": "event_type = $type",
    "actor": "contains('; ' || concat_ws('; ', actor1, actor2) || ';', '; ' || $actor || ';')",
    "source": "contains(lower(concat_ws('; ', sources, publishers)), lower($source))",
    "sources": "n_independent_sources >= $sources",
    "place": "geo_precision <= $place",
    "day": "time_precision <= $day",
}

_KINDS = {
    "reported": "NOT is_background AND NOT is_aggregate",
    "background": "is_background AND NOT is_aggregate",
    "aggregate": "is_aggregate",
}


def _text(key: str, text: str) -> str:
    if len(text) > _LONGEST:
        raise BadFilter(f"{key} is longer than {_LONGEST} characters")
    return text


def _day(key: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadFilter(f"{key}: {text[:_LONGEST]!r} is no day; write it as YYYY-MM-DD") from error


def _whole(highest: int) -> Any:
    def read(key: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= highest):
            raise BadFilter(f"{key}: {text[:_LONGEST]!r} is no whole number from 1 to {highest}")
        return int(text)

    return read


def _one_of(allowed: tuple[str, ...]) -> Any:
    def read(key: str, text: str) -> str:
        if text not in allowed:
            raise BadFilter(f"{key}: {text[:_LONGEST]!r} is none of {', '.join(allowed)}")
        return text

    return read


def _country(key: str, text: str) -> str:
    if not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise BadFilter(f"{key}: {text[:_LONGEST]!r} is no country code of two letters, for example SY")
    return text.upper()


def _box(key: str, text: str) -> Box:
    wrong = BadFilter(f"{key}: {text[:_LONGEST]!r} is not west,south,east,north in degrees")
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise wrong from error
    south, north = max(south, -MAX_LATITUDE), min(north, MAX_LATITUDE)
    if not (-720 <= west < east <= 720 and south < north):  # not true of NaN, either
        raise wrong
    # Somebody who goes on to the east comes home from the west.
    turns = 360 * round((west + east) / 720)
    return west - turns, south, east - turns, north


_READERS: dict[str, Any] = {
    "first": _day,
    "last": _day,
    "country": _country,
    "type": _one_of(EVENT_TYPES),
    "sources": _whole(1000),
    "place": _whole(3),
    "day": _whole(3),
    "kind": _one_of(KINDS),
    "box": _box,
    "sort": _one_of(SORTS),
    "page": _whole(100_000),
}


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(f"{part:.4f}".rstrip("0").rstrip(".") for part in value)
    return str(value)
