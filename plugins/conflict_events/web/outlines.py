"""Outlines of countries as SVG paths, from `include/map/outlines.json` (made by `scripts/make_outlines.py`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import radians

from conflict_events.snapshots.codes import INCLUDE
from conflict_events.web.view import Box, View, mercator

__all__ = ["outline_path"]

Point = tuple[float, float]

_NEAR = 0.6
"""Points closer than this to the one before, in pixels, are left out of a drawing."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """Points in radians of the equator, and the box in degrees."""

    points: tuple[Point, ...]
    box: Box


@lru_cache(maxsize=64)
def outline_path(view: View) -> str:
    """The `d` of one `<path>` with the land that a view shows.

    Returns:
        Closed rings in whole and half pixels; "" where there is only sea.
    """
    west, south, east, north = view.box
    rings = []
    for ring in _rings():
        left, bottom, right, top = ring.box
        if left <= east and right >= west and bottom <= north and top >= south:
            drawn = list(_drawn(ring.points, view))
            if len(drawn) > 2:
                rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in drawn) + "z")
    return "".join(rings)


def _drawn(points: Sequence[Point], view: View) -> Iterator[Point]:
    """The points of a ring in pixels, without those that make no difference to what is seen."""
    scale, left, top = view.scale, radians(view.box[0]), mercator(view.box[3])
    last: Point | None = None
    beyond = 0
    held: Point | None = None
    for easting, northing in points:
        here = (round(scale * (easting - left) * 2) / 2, round(scale * (top - northing) * 2) / 2)
        sides = _sides(here, view)
        if sides & beyond:  # a run of points all beyond one edge: only its ends count
            held, beyond = here, sides & beyond
            continue
        if held is not None:
            yield held
            last, held = held, None
        beyond = sides
        if last is None or abs(here[0] - last[0]) + abs(here[1] - last[1]) > _NEAR:
            yield here
            last = here
    if held is not None:
        yield held


def _sides(point: Point, view: View) -> int:
    """Which edges a point lies beyond, as bits."""
    x, y = point
    return (x < 0) | (x > view.width) << 1 | (y < 0) << 2 | (y > view.height) << 3


@cache
def _rings() -> tuple[_Ring, ...]:
    stored = json.loads((INCLUDE / "map" / "outlines.json").read_text(encoding="utf-8"))
    arcs = [_arc(flat, stored["steps"]) for flat in stored["arcs"]]
    rings = []
    for numbers in stored["rings"]:
        points: list[Point] = []
        for number in numbers:
            points += arcs[number] if number >= 0 else arcs[~number][::-1]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        projected = tuple((radians(lon), mercator(lat)) for lon, lat in points)
        rings.append(_Ring(projected, (min(lons), min(lats), max(lons), max(lats))))
    return tuple(rings)


def _arc(flat: Sequence[int], steps: int) -> list[Point]:
    x = y = 0
    points = []
    for right, up in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + right, y + up
        points.append((x / steps, y / steps))
    return points
