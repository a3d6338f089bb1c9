"""Map and timeline of the first page as marks and bars, each with its place in the drawing, its words and its link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor, hypot, log10, sqrt
from typing import Any

from conflict_events.snapshots.enums import EVENT_TYPES
from conflict_events.web.pages.overview import NEAREST, Overview
from conflict_events.web.pages.words import Words
from conflict_events.web.view import Box, View, at_least

__all__ = [
    "PRECISION_KM", "TIMELINE_SIZE", "Bar", "Mark", "Timeline", "asked", "closer", "marks", "steps", "timeline",
    "type_class",
]  # fmt: skip

PRECISION_KM: Mapping[int, float] = {2: 15.0, 3: 60.0}
"""How far off the true place may well be, by `geo_precision`, in kilometres: drawn as a ring, not a measured error."""

TIMELINE_SIZE = (640, 300)
_LEFT, _TOP, _BOTTOM, _LABEL = 44.0, 8.0, 26.0, 84.0

_WIDE = 14.0
"""A window with more degrees than this names countries, a nearer one governorates."""

_SAME_PLACE = 0.02
_TOP_TOLL = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """One circle on the map.

    Attributes:
        x: From the left, in units of the drawing.
        y: From the top.
        radius: Its area grows with deaths.
        ring: Radius of how far off the place may be; 0 where it is the place itself, or several places.
        events: How many it stands for.
        deaths: Sum of their tolls, or None.
        event_type: Of most of them.
        event_id: Of one of them.
        place: Its name for a reader.
        precision: How well its place is known, `geo_precision`; of several events the worst.
        box: Where they lie.
    """

    x: float
    y: float
    radius: float
    ring: float
    events: int
    deaths: int | None
    event_type: str | None
    event_id: str
    place: str
    precision: int | None
    box: Box


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the timeline: its place, its parts from the bottom up, the days that it stands for."""

    x: float
    width: float
    parts: tuple[tuple[float, float, str], ...]
    events: int
    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars, ticks of the vertical axis and labels of the horizontal one."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    labels: tuple[tuple[str, float], ...]
    bottom: float


def type_class(event_type: str | None) -> str:
    """The style class of an event type."""
    return f"t{EVENT_TYPES.index(event_type)}" if event_type in EVENT_TYPES else "tx"


def marks(found: Overview, words: Words) -> list[Mark]:
    """The marks of the map, deadliest first; those that would hide each other are one."""
    kept: list[Mark] = []
    for row in found.clusters:
        mark = _mark(row, found.view, words)
        for index, other in enumerate(kept):
            if hypot(mark.x - other.x, mark.y - other.y) < 0.8 * (mark.radius + other.radius):
                kept[index] = _joined(other, mark)
                break
        else:
            kept.append(mark)
    return kept


def _mark(row: Mapping[str, Any], view: View, words: Words) -> Mark:
    box = (row["west"], row["south"], row["east"], row["north"])
    toll = None if row["deaths"] is None else int(row["deaths"])
    kilometres = PRECISION_KM.get(row["geo_precision"] or 1, 0.0) if _one_place(box) else 0.0
    return Mark(
        x=view.x(row["lon"]),
        y=view.y(row["lat"]),
        radius=_radius(toll, row["events"]),
        ring=view.pixels(kilometres, row["lat"]),
        events=row["events"],
        deaths=toll,
        event_type=row["event_type"],
        event_id=row["event_id"],
        place=words.place({**row, "admin1_en": None}),
        precision=row["geo_precision"],
        box=box,
    )


def _joined(first: Mark, second: Mark) -> Mark:
    deaths = None if first.deaths is None and second.deaths is None else (first.deaths or 0) + (second.deaths or 0)
    box = (
        min(first.box[0], second.box[0]),
        min(first.box[1], second.box[1]),
        max(first.box[2], second.box[2]),
        max(first.box[3], second.box[3]),
    )
    events = first.events + second.events
    kind = first.event_type if first.events >= second.events else second.event_type
    radius = _radius(deaths, events)
    ring = max(first.ring, second.ring) if _one_place(box) else 0.0
    return replace(first, radius=radius, ring=ring, events=events, deaths=deaths, event_type=kind, box=box)


def _radius(deaths: int | None, events: int) -> float:
    return max(5 + 2.1 * sqrt(min(deaths or 0, _TOP_TOLL)), 10.0 if events > 1 else 0.0)


def _one_place(box: Box) -> bool:
    return max(box[2] - box[0], box[3] - box[1]) < _SAME_PLACE


def closer(mark: Mark, view: View) -> Box:
    """The box that shows the events of a mark apart; around a single place, only that place."""
    west, south, east, north = mark.box
    if _one_place(mark.box):
        return west - 0.05, south - 0.05, east + 0.05, north + 0.05
    wide, high = max((east - west) * 0.15, NEAREST / 4), max((north - south) * 0.15, NEAREST / 4)
    box = (west - wide, south - high, east + wide, north + high)
    return View.around(box, view.width, view.height).box


def asked(box: Box | None, view: View) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of a box that was asked for; None where it fills the window, or none was."""
    if box is None:
        return None
    left, top, right, bottom = view.x(box[0]), view.y(box[3]), view.x(box[2]), view.y(box[1])
    filled = right - left > view.width - 4 and bottom - top > view.height - 4
    return None if filled else (left, top, right - left, bottom - top)


def names(view: View, words: Words, drawn: Sequence[Mark] = ()) -> list[tuple[str, float, float]]:
    """Names for the eye to hold on to, countries or (near) governorates; none stands on another or under a mark."""
    wide = view.box[2] - view.box[0] > _WIDE
    kept: list[tuple[str, float, float]] = []
    for name, lat, lon in words.landmarks(wide):
        x, y = view.x(lon), view.y(lat)
        inside = 30 < x < view.width - 30 and 14 < y < view.height - 6
        clear = all(abs(x - one.x) > one.radius + 22 or abs(y - 4 - one.y) > one.radius + 7 for one in drawn)
        if inside and clear and all(abs(x - other[1]) > 74 or abs(y - other[2]) > 16 for other in kept):
            kept.append((name, x, y))
    return kept


def steps(view: View) -> list[tuple[str, str, Box]]:
    """The buttons of the map: sign, name of its label, box."""
    return [
        ("+", "overview.zoom_in", at_least(view.zoomed(0.5), NEAREST)),
        ("−", "overview.zoom_out", view.zoomed(2.0)),
        ("◂", "overview.west", view.shifted(-0.4, 0.0)),
        ("▸", "overview.east", view.shifted(0.4, 0.0)),
        ("▴", "overview.north", view.shifted(0.0, 0.4)),
        ("▾", "overview.south", view.shifted(0.0, -0.4)),
    ]


def timeline(found: Overview, words: Words) -> Timeline | None:
    """The timeline; None where no event has a day."""
    if found.axis is None:
        return None
    end = max([found.totals["last"], *(row["start"] for row in found.bars)])
    starts = list(_starts(found.axis, end, found.unit))
    counts: dict[date, dict[str, int]] = {}
    for row in found.bars:
        counts.setdefault(row["start"], {})[row["event_type"]] = row["events"]
    highest = max((sum(kinds.values()) for kinds in counts.values()), default=0)
    step = _tick(highest)
    ceiling = step * max(ceil(highest / step), 1)
    bottom = TIMELINE_SIZE[1] - _BOTTOM
    unit = (bottom - _TOP) / ceiling
    width = (TIMELINE_SIZE[0] - _LEFT - 4) / len(starts)
    bars = []
    for number, start in enumerate(starts):
        kinds = counts.get(start, {})
        if kinds:
            x = _LEFT + width * number
            bars.append(_bar(kinds, x, width, bottom, unit, (start, _next(start, found.unit)), found.unit, words))
    labels = _labels([(_named(start, found.unit), _LEFT + width * (at + 0.5)) for at, start in enumerate(starts)])
    ticks = [(tick, bottom - unit * tick) for tick in range(0, ceiling + 1, step)]
    return Timeline(tuple(bars), tuple(ticks), tuple(labels), bottom)


def _labels(all_of_them: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Some six of the labels, inside the drawing and clear of each other."""
    every = ceil(len(all_of_them) / 6)
    kept: list[tuple[str, float]] = []
    for text, x in all_of_them[every // 2 :: every]:
        inside = min(x, TIMELINE_SIZE[0] - _LABEL / 2)
        if not kept or inside - kept[-1][1] >= _LABEL:
            kept.append((text, inside))
    return kept


def _bar(
    kinds: Mapping[str, int], x: float, width: float, bottom: float, unit: float, days: tuple[date, date], by: str,
    words: Words,
) -> Bar:  # fmt: skip
    parts = []
    below = 0
    for kind in EVENT_TYPES:
        number = kinds.get(kind, 0)
        if number:
            below += number
            parts.append((bottom - unit * below, unit * number, type_class(kind)))
    told = words.comma.join(f"{words.of('event_type', kind)}: {kinds[kind]}" for kind in EVENT_TYPES if kind in kinds)
    label = words.say("overview.bar", when=_named(days[0], by), number=f"{below} ({told})")
    return Bar(x, width, tuple(parts), below, days[0], days[1] - timedelta(days=1), label)


def _starts(first: date, last: date, unit: str) -> Iterable[date]:
    while first <= last:
        yield first
        first = _next(first, unit)


def _next(start: date, unit: str) -> date:
    if unit in ("day", "week"):
        return start + timedelta(days=1 if unit == "day" else 7)
    if unit == "month":
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start.replace(year=start.year + 1)


def _named(start: date, unit: str) -> str:
    return {"month": f"{start:%Y-%m}", "year": f"{start:%Y}"}.get(unit, start.isoformat())


def _tick(highest: int) -> int:
    """A round distance between ticks (1, 2, 5, 10 ...) that gives at most five."""
    raw = max(highest / 4, 1)
    power = int(10 ** floor(log10(raw)))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
