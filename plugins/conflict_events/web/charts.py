"""Map and timeline of a day as SVG, drawn offline: text takes the page's colour, so that they fit light and dark.

The templates `templates/map.svg` and `templates/timeline.svg` hold the drawing, this module the geometry.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil, cos, floor, log10, pi, sqrt
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conflict_events.snapshots.report import deaths_text
from conflict_events.web.outlines import outline_path
from conflict_events.web.view import View

__all__ = ["event_map", "timeline"]

WIDTH, MAP_HEIGHT, TIMELINE_HEIGHT = 500, 360, 250
"""Size of the drawings without their legends, pixels before they are fitted to the page."""

COLOURS = {
    "Battles": "#c2571a",
    "Explosions/Remote violence": "#d13438",
    "Violence against civilians": "#9a5bd0",
    "Protests": "#2f8f5b",
    "Riots": "#8a8a1f",
    "Strategic developments": "#3f86c9",
}
"""A colour for each event type that stands out on white and on black."""

_MARGIN = {"left": 40, "right": 10, "top": 10, "bottom": 45}
_TOP_TOLL = 50


def event_map(events: Sequence[Mapping[str, Any]]) -> str:
    """The events that have a point, as circles whose area grows with the best (else lowest) toll; no aggregate tolls.

    Args:
        events: Rows of `events`.

    Returns:
        An `<svg>`; "" where no event has a point.
    """
    placed = [event for event in events if event["lat"] is not None and event["lon"] is not None]
    shown = [event for event in placed if event["event_type"] is not None and not event["is_aggregate"]]
    if not shown:
        return ""
    view = View.around(_frame(shown), WIDTH, MAP_HEIGHT)
    types = {event["event_type"] for event in shown}
    return _drawn(
        "map.svg",
        label=f"Map of {len(shown)} events",
        height=MAP_HEIGHT,
        land=outline_path(view),
        names=[(name, view.x(lon), view.y(lat)) for name, lat, lon in _landmarks(view.box[2] - view.box[0] > 14)],
        dots=[
            (view.x(event["lon"]), view.y(event["lat"]), _radius(event), event["event_type"], _said(event))
            for event in sorted(shown, key=_toll, reverse=True)
        ],
        types=[kind for kind in COLOURS if kind in types],
    )


def timeline(days: Mapping[tuple[date, str], int], last: date, length: int = 31) -> str:
    """Events by day and type over the days up to one.

    Args:
        days: Number of events by day and ACLED event type.
        last: Last day of the axis.
        length: Days of the axis.

    Returns:
        An `<svg>`.
    """
    axis = [last - timedelta(days=back) for back in range(length - 1, -1, -1)]
    totals = Counter({day: sum(days.get((day, kind), 0) for kind in COLOURS) for day in axis})
    step = _tick(max(totals.values()))
    ceiling = step * max(ceil(max(totals.values()) / step), 1)
    bottom = TIMELINE_HEIGHT - _MARGIN["bottom"]
    unit = (bottom - _MARGIN["top"]) / ceiling
    width = (WIDTH - _MARGIN["left"] - _MARGIN["right"]) / length
    bars = []
    for number, day in enumerate(axis):
        below = 0
        for kind in COLOURS:
            found = days.get((day, kind), 0)
            if found:
                below += found
                at = (_MARGIN["left"] + width * number, bottom - unit * below)
                bars.append((*at, unit * found, kind, f"{day}, {kind}, events: {found}"))
    return _drawn(
        "timeline.svg",
        label=f"Events a day up to {last}",
        height=TIMELINE_HEIGHT,
        left=_MARGIN["left"],
        right=WIDTH - _MARGIN["right"],
        bottom=bottom,
        bar=width,
        bars=bars,
        ticks=[(tick, bottom - unit * tick) for tick in range(0, ceiling + 1, step)],
        days=[(f"{day:%m-%d}", _MARGIN["left"] + width * (number + 0.5)) for number, day in enumerate(axis)],
        types=list(COLOURS),
    )


def _drawn(template: str, **parts: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(template).render(width=WIDTH, colours=COLOURS, **parts)


def _tick(highest: int) -> int:
    """A round distance between ticks (1, 2, 5, 10 ...) that gives at most six."""
    raw = max(highest / 5, 1)
    power = int(10 ** floor(log10(raw)))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)


def _toll(event: Mapping[str, Any]) -> int:
    toll = event["deaths_best"] if event["deaths_best"] is not None else event["deaths_low"]
    return int(toll or 0)


def _radius(event: Mapping[str, Any]) -> float:
    area = 45 + (900 - 45) * min(_toll(event), _TOP_TOLL) / _TOP_TOLL
    return sqrt(area / pi)


def _said(event: Mapping[str, Any]) -> str:
    said, deaths = f"{event['event_type']}, {event['place_en'] or event['place'] or ''}", deaths_text(event)
    return f"{said}, deaths: {deaths}" if deaths else said


def _frame(events: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east, north around the points: at least some 300 km, and a margin."""
    lats, lons = [event["lat"] for event in events], [event["lon"] for event in events]
    middle = (min(lats) + max(lats)) / 2
    up = max((max(lats) - min(lats)) * 0.6, 1.5)
    across = max((max(lons) - min(lons)) * 0.6, 1.5 / max(cos(middle * pi / 180), 0.2))
    centre = (min(lons) + max(lons)) / 2
    return centre - across, max(middle - up, -80), centre + across, min(middle + up, 80)


def _landmarks(wide: bool) -> list[tuple[str, float, float]]:
    """Names for the eye to hold on to, governorates or (wide) countries."""
    from conflict_events.snapshots.codes import INCLUDE, load_countries

    if wide:
        boxes = [(one.name_en, one.box) for one in load_countries().values() if one.box]
        return [(name, (box[0] + box[1]) / 2, (box[2] + box[3]) / 2) for name, box in boxes]
    with (INCLUDE / "gazetteer" / "admin1.csv").open(encoding="utf-8", newline="") as stream:
        listed = [row for row in csv.DictReader(stream) if row["lat"] and row["lon"]]
    return [(row["admin1_en"], float(row["lat"]), float(row["lon"])) for row in listed]
