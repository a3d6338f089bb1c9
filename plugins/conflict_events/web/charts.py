"""Map and timeline of a day as SVG, drawn offline: text takes the page's colour, so that they fit light and dark."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import asinh, cos, pi, radians, tan
from typing import Any

__all__ = ["event_map", "timeline"]

WIDTH, MAP_HEIGHT, TIMELINE_HEIGHT = 500, 360, 300
"""Size of the drawings, pixels before they are fitted to the page."""

COLOURS = {
    "Battles": "#c2571a",
    "Explosions/Remote violence": "#d13438",
    "Violence against civilians": "#9a5bd0",
    "Protests": "#2f8f5b",
    "Riots": "#8a8a1f",
    "Strategic developments": "#3f86c9",
}
"""A colour for each event type that stands out on white and on black."""

_QUIET = {"stroke": None}
_TEXT = "currentColor"


def event_map(events: Sequence[Mapping[str, Any]]) -> str:
    """The events that have a point, as circles whose area grows with the best (else lowest) toll; no aggregate tolls.

    Args:
        events: Rows of `events`.

    Returns:
        An `<svg>`; "" where no event has a point.
    """
    import altair as alt

    placed = [event for event in events if event["lat"] is not None and event["lon"] is not None]
    rows = [_dot(event) for event in placed if event["event_type"] is not None and not event["is_aggregate"]]
    if not rows:
        return ""
    frame = _frame(rows)
    west, south, east, north = frame
    top, bottom = asinh(tan(radians(north))), asinh(tan(radians(south)))
    scale = min(WIDTH / radians(east - west), MAP_HEIGHT / (top - bottom))
    step = 1 if east - west < 12 else 5
    grid = alt.Chart(alt.graticule(step=[step, step])).mark_geoshape(
        stroke=_TEXT, strokeOpacity=0.15, strokeWidth=0.7, filled=False, clip=True
    )
    where = {"longitude": "lon:Q", "latitude": "lat:Q"}
    regions = alt.Chart(alt.InlineData(values=_landmarks(frame, step > 1)))
    names = regions.mark_text(fontSize=11, color=_TEXT, opacity=0.6, clip=True).encode(text="name:N", **where)
    size = alt.Size("deaths:Q", legend=None, scale=alt.Scale(domain=[0, 50], range=[45, 900], clamp=True))
    dots = alt.Chart(alt.InlineData(values=rows)).mark_circle(opacity=0.8, stroke=_TEXT, strokeWidth=0.5, clip=True)
    layers = alt.layer(grid, names, dots.encode(color=_by_type(), size=size, **where))
    centre = [(west + east) / 2, (south + north) / 2]
    chart = layers.properties(width=WIDTH, height=MAP_HEIGHT).project(
        type="mercator", center=centre, scale=scale, translate=[WIDTH / 2, MAP_HEIGHT / 2]
    )
    return _svg(chart, "map", f"Map of {len(rows)} events")


def timeline(days: Mapping[tuple[date, str], int], last: date, length: int = 31) -> str:
    """Events by day and type over the days up to one.

    Args:
        days: Number of events by day and ACLED event type.
        last: Last day of the axis.
        length: Days of the axis.

    Returns:
        An `<svg>`.
    """
    import altair as alt

    axis = [last - timedelta(days=back) for back in range(length - 1, -1, -1)]
    found = Counter({(day, kind): number for (day, kind), number in days.items() if day in set(axis)})
    rows = [{"day": day.isoformat(), "type": kind, "events": found[day, kind]} for day in axis for kind in COLOURS]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("day:O", axis=alt.Axis(title=None, labelAngle=-90, labelExpr="slice(datum.label, 5)")),
            y=alt.Y("events:Q", axis=alt.Axis(title="events", tickMinStep=1)),
            color=_by_type(),
        )
    )
    return _svg(bars.properties(width=WIDTH, height=TIMELINE_HEIGHT), "timeline", f"Events a day up to {last}")


def _by_type() -> Any:
    import altair as alt

    scale = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    legend = alt.Legend(title=None, orient="bottom", columns=2, symbolType="circle", symbolOpacity=1)
    return alt.Color("type:N", scale=scale, legend=legend)


def _dot(event: Mapping[str, Any]) -> dict[str, Any]:
    toll = event["deaths_best"] if event["deaths_best"] is not None else event["deaths_low"]
    names = {"place": event["place_en"] or event["place"] or "", "type": event["event_type"] or ""}
    return names | {"lat": event["lat"], "lon": event["lon"], "deaths": toll or 0}


def _frame(rows: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east, north around the points: at least some 300 km, and a margin."""
    lats, lons = [row["lat"] for row in rows], [row["lon"] for row in rows]
    middle = (min(lats) + max(lats)) / 2
    up = max((max(lats) - min(lats)) * 0.6, 1.5)
    across = max((max(lons) - min(lons)) * 0.6, 1.5 / max(cos(middle * pi / 180), 0.2))
    centre = (min(lons) + max(lons)) / 2
    return centre - across, max(middle - up, -80), centre + across, min(middle + up, 80)


def _landmarks(frame: tuple[float, float, float, float], wide: bool) -> list[dict[str, Any]]:
    """Names for the eye to hold on to, governorates or (wide) countries; there are no borders that may be given on."""
    from conflict_events.snapshots.codes import INCLUDE, load_countries

    west, south, east, north = frame
    if wide:
        boxes = [(one.name_en, one.box) for one in load_countries().values() if one.box]
        named = [(name, (box[0] + box[1]) / 2, (box[2] + box[3]) / 2) for name, box in boxes]
    else:
        with (INCLUDE / "gazetteer" / "admin1.csv").open(encoding="utf-8", newline="") as stream:
            listed = [row for row in csv.DictReader(stream) if row["lat"] and row["lon"]]
        named = [(row["admin1_en"], float(row["lat"]), float(row["lon"])) for row in listed]
    return [
        {"name": name, "lat": lat, "lon": lon}
        for name, lat, lon in named
        if west <= lon <= east and south <= lat <= north
    ]


def _svg(chart: Any, name: str, label: str) -> str:
    import vl_convert

    quiet = {
        "labelColor": _TEXT,
        "titleColor": _TEXT,
        "domainColor": _TEXT,
        "tickColor": _TEXT,
        "gridOpacity": 0.12,
        "labelFontSize": 11,
    }
    configured = chart.configure(background="transparent", font="sans-serif").configure_view(**_QUIET)
    configured = configured.configure_axis(gridColor=_TEXT, **quiet).configure_legend(
        labelColor=_TEXT, labelLimit=260, labelFontSize=12
    )
    drawn = vl_convert.vegalite_to_svg(configured.to_dict(), allowed_base_urls=[])
    # Two drawings on one page must not share the names of their clip paths.
    drawn = re.sub(r'(id="|url\(#)(\w+)', rf"\1{name}-\2", drawn)
    return re.sub(r"^<svg", f'<svg role="img" aria-label="{label}"', drawn, count=1)
