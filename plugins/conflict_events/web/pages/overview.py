"""What the first page shows: totals, the rows of the table, events gathered for the map and for the timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import radians

from conflict_events.web.pages.database import Cursor, Row
from conflict_events.web.pages.filters import Filters
from conflict_events.web.view import Box, View, at_least, mercator

__all__ = ["MAP_SIZE", "NEAREST", "PAGE_SIZE", "Choices", "Overview", "choices", "overview", "timeline_axis"]

PAGE_SIZE = 50
"""Rows of the table on one page."""

MAP_SIZE = (960, 520)
"""Width and height of the map, in units of the drawing."""

NEAREST = 1.2
"""The map never shows less than so many degrees: a single town still has its surroundings."""

BARS = 62
"""The timeline has at most about so many."""

_CELL = 36
"""Events whose points fall into one square of so many units stand on the map as one."""

_SMALLEST = 6.0
"""The map shows at least so many degrees where no box is asked for."""

_EVERYWHERE: Box = (22.0, 10.0, 62.0, 40.0)
"""What the map shows where no event has a point."""

_LONGEST_SPAN = {"day": BARS, "week": 7 * BARS, "month": 31 * BARS}
"""Days up to which the timeline counts by the day, week or month; longer ones go by the year."""

_TOLL = "coalesce(deaths_best, deaths_low)"

_COLUMNS = ", ".join(
    [
        "event_id", "event_date", "date_end", "time_precision", "action_ar", "action_en", "event_type",
        "sub_event_type", "actor1", "actor1_ar", "actor1_en", "actor2", "actor2_ar", "actor2_en", "actor1_suspected",
        "place", "place_en", "admin1_en", "admin1_pcode", "country", "geo_precision", "deaths_low", "deaths_best",
        "deaths_high", "deaths_qualifier", "sources", "publishers", "n_articles", "n_independent_sources",
        "is_background", "is_aggregate",
    ]
)  # fmt: skip

_TOTALS = f"""
SELECT count(*) AS events,
       count(*) FILTER (is_aggregate) AS aggregates,
       count(*) FILTER (lon IS NOT NULL AND NOT is_aggregate) AS placed,
       count(*) FILTER (event_date IS NULL) AS undated,
       count(event_date) FILTER (NOT is_aggregate AND event_type IS NOT NULL) AS dated,
       sum({_TOLL}) FILTER (NOT is_aggregate) AS deaths,
       max(event_date) FILTER (NOT is_aggregate) AS last,
       min(event_date) FILTER (NOT is_aggregate) AS first,
       quantile_disc(event_date, 0.05) FILTER (NOT is_aggregate) AS early,
       quantile_cont(lon, [0.02, 0.98]) FILTER (NOT is_aggregate) AS lons,
       quantile_cont(lat, [0.02, 0.98]) FILTER (NOT is_aggregate) AS lats
FROM events WHERE {{condition}}
"""  # noqa: S608 - constants of ours

_CLUSTERS = f"""
SELECT count(*) AS events, sum({_TOLL}) AS deaths, count(*) FILTER (deaths_qualifier = 'vague') AS vague,
       avg(lon) AS lon, avg(lat) AS lat, min(lon) AS west, max(lon) AS east, min(lat) AS south, max(lat) AS north,
       max(geo_precision) AS geo_precision, mode(event_type ORDER BY event_type) AS event_type,
       min(event_id) AS event_id, mode(coalesce(place, place_en) ORDER BY place) AS place,
       mode(coalesce(place_en, place) ORDER BY place) AS place_en
FROM events
WHERE NOT is_aggregate AND {{condition}}
GROUP BY floor($scale * (radians(lon) - $left) / {_CELL}), floor($scale * ($top - asinh(tan(radians(lat)))) / {_CELL})
ORDER BY deaths DESC NULLS LAST, events DESC, event_id
"""  # noqa: S608 - constants of ours

_BUCKETS = """
SELECT date_trunc('{unit}', event_date)::DATE AS start, event_type, count(*) AS events
FROM events
WHERE event_date >= $axis AND NOT is_aggregate AND event_type IS NOT NULL AND {condition}
GROUP BY ALL ORDER BY ALL
"""

_ORDERS = {
    "newest": "event_date DESC NULLS LAST, event_id",
    "oldest": "event_date ASC NULLS LAST, event_id",
    "deadliest": f"is_aggregate, {_TOLL} DESC NULLS LAST, event_date DESC NULLS LAST, event_id",
    "articles": "n_articles DESC, event_date DESC NULLS LAST, event_id",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to: codes of countries, rows of actors, names of outlets."""

    countries: list[str]
    actors: list[Row]
    publishers: list[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page.

    Attributes:
        totals: One row of counts over all that the filters leave: ``events``, ``aggregates``, ``placed``, ``undated``,
            ``dated`` (what the timeline counts), ``deaths`` (sum of best, else lowest tolls; None where none is
            stated), ``first`` and ``last`` day.
        rows: One page of the table.
        view: What the map shows.
        clusters: Events of the map by the square that they fall into, deadliest first.
        unit: ``day``, ``week``, ``month`` or ``year``.
        axis: First day of the timeline; None where no event has a day.
        bars: Events by start of the unit and event type.
        earlier: Dated events before the timeline.
    """

    totals: Row
    rows: list[Row]
    view: View
    clusters: list[Row]
    unit: str
    axis: date | None
    bars: list[Row]
    earlier: int


def choices(cursor: Cursor) -> Choices:
    """What the filters can be set to; read once for a version."""
    if "choices" not in cursor.kept:
        cursor.kept["choices"] = Choices(
            [row["country"] for row in cursor.rows("SELECT DISTINCT country FROM events WHERE country IS NOT NULL")],
            cursor.rows("SELECT actor_id, name_en, name_ar FROM dim_actor"),
            [row["publisher"] for row in cursor.rows("SELECT publisher FROM dim_publisher ORDER BY 1")],
        )
    found: Choices = cursor.kept["choices"]
    return found


def overview(cursor: Cursor, filters: Filters) -> Overview:
    """Read the first page.

    Args:
        cursor: The current state.
        filters: What it is narrowed to.
    """
    condition, values = filters.condition()
    totals = cursor.rows(_TOTALS.format(condition=condition), values)[0]
    view = View.around(at_least(filters.box, NEAREST) if filters.box else _extent(totals), *MAP_SIZE)
    # The map shows its whole window; a smaller box that was asked for is drawn in it, and narrows all the rest.
    on_map, window = replace(filters, box=view.box).condition()
    corner = {"scale": view.scale, "left": radians(view.box[0]), "top": mercator(view.box[3])}
    unit, axis = timeline_axis(totals["first"], totals["early"], totals["last"])
    bars = [] if axis is None else cursor.rows(
        _BUCKETS.format(unit=unit, condition=condition), values | {"axis": axis}
    )  # fmt: skip
    return Overview(
        totals=totals,
        rows=_table(cursor, filters),
        view=view,
        clusters=cursor.rows(_CLUSTERS.format(condition=on_map), window | corner),
        unit=unit,
        axis=axis,
        bars=bars,
        earlier=totals["dated"] - sum(row["events"] for row in bars),
    )


def _table(cursor: Cursor, filters: Filters) -> list[Row]:
    condition, values = filters.condition()
    sql = (
        f"SELECT {_COLUMNS} FROM events WHERE {condition} ORDER BY {_ORDERS[filters.sort]} "  # noqa: S608
        "LIMIT $limit OFFSET $offset"
    )
    return cursor.rows(sql, values | {"limit": PAGE_SIZE, "offset": (filters.page - 1) * PAGE_SIZE})


def _extent(totals: Row) -> Box:
    """Where most of the events lie, with a margin."""
    if not totals["lons"] or not totals["lats"]:
        return _EVERYWHERE
    (west, east), (south, north) = totals["lons"], totals["lats"]
    return at_least((west, south, east, north), _SMALLEST, 1.12)


def timeline_axis(first: date | None, early: date | None, last: date | None) -> tuple[str, date | None]:
    """Unit and first day of the timeline: it ends on the last day, and nearly all events decide on the unit."""
    if first is None or early is None or last is None:
        return "day", None
    span = (last - early).days + 1
    unit = next((unit for unit, longest in _LONGEST_SPAN.items() if span <= longest), "year")
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[unit]
    # A few units more than needed, so that a single day does not fill the picture.
    start = max(last - timedelta(days=days * BARS), min(first, last - timedelta(days=13 * days)))
    if unit == "week":
        start -= timedelta(days=start.weekday())
    elif unit == "month":
        start = start.replace(day=1)
    elif unit == "year":
        start = start.replace(month=1, day=1)
    return unit, start
