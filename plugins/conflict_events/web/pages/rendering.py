"""The templates of the pages, and what each of them is given."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conflict_events.snapshots.enums import EVENT_TYPES
from conflict_events.web.outlines import outline_path
from conflict_events.web.pages import drawing
from conflict_events.web.pages.database import Cursor
from conflict_events.web.pages.event import EventPage, days_of, slots_of
from conflict_events.web.pages.filters import KINDS, SORTS, Filters
from conflict_events.web.pages.overview import MAP_SIZE, NEAREST, PAGE_SIZE, choices, overview
from conflict_events.web.pages.runs import duration
from conflict_events.web.pages.words import Words
from conflict_events.web.view import View

__all__ = ["Templates", "event_shown", "events_shown"]

SMALL_MAP = (420, 300)
"""Width and height of the map of one event, in units of the drawing."""


class Templates:
    """The templates, with the functions that they call."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.globals.update(
            type_class=drawing.type_class,
            types=EVENT_TYPES,
            days_of=days_of,
            day_before=lambda day: day - timedelta(days=1),
            duration=duration,
        )
        self._environment.filters["slot_name"] = lambda name, words: words.slot(name)

    def render(self, template: str, words: Words, up: str, **values: Any) -> str:
        """A page as HTML.

        Args:
            template: Name of its file.
            words: Its language.
            up: Leads from the page's address to that of the first page: "" or "../".
            **values: What the template shows.
        """
        return self._environment.get_template(template).render(w=words, t=words.say, up=up, **values)


def events_shown(cursor: Cursor, filters: Filters, words: Words) -> dict[str, Any]:
    """What `events.html` shows."""
    found, listed = overview(cursor, filters), choices(cursor)
    marks = drawing.marks(found, words)
    names = {row["actor_id"]: words.named_actor(row) for row in listed.actors}
    return {
        "filters": filters,
        "form": filters.form(),
        "found": found,
        "marks": marks,
        "closer": drawing.closer,
        "steps": drawing.steps(found.view),
        "land": outline_path(found.view),
        "names": drawing.names(found.view, words, marks),
        "size": MAP_SIZE,
        "asked": drawing.asked(filters.box, found.view),
        "precision": drawing.PRECISION_KM,
        "line": drawing.timeline(found, words),
        "line_size": drawing.TIMELINE_SIZE,
        "countries": _by_name({code: words.country(code) for code in listed.countries}),
        "actors": _by_name(names),
        "publishers": listed.publishers,
        "kinds": KINDS,
        "sorts": SORTS,
        "pages": -(-found.totals["events"] // PAGE_SIZE) or 1,
    }


def event_shown(found: EventPage, words: Words) -> dict[str, Any]:
    """What `event.html` shows: the event, and a small map around its point."""
    event = found.event
    shown: dict[str, Any] = {"page": found, "event": event, "slots": slots_of(found.told), "view": None}
    if event["lat"] is not None and event["lon"] is not None:
        half = NEAREST * 1.5
        lon, lat = event["lon"], max(-75.0, min(75.0, event["lat"]))
        view = View.around((lon - half, lat - half, lon + half, lat + half), *SMALL_MAP)
        shown["view"] = view
        shown["land"] = outline_path(view)
        shown["names"] = drawing.names(view, words)
        shown["at"] = (view.x(lon), view.y(lat))
        shown["ring"] = view.pixels(drawing.PRECISION_KM.get(event["geo_precision"] or 1, 0.0), lat)
    return shown


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))
