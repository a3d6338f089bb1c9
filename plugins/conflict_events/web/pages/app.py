"""The FastAPI app of the pages. It asks whoever mounts it for the check that lets a request in."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import Cookie, Depends, FastAPI, Header, Query, Request, Response
from fastapi.responses import HTMLResponse

from conflict_events.settings import Settings
from conflict_events.web.pages.database import Cursor, Database
from conflict_events.web.pages.event import read_event
from conflict_events.web.pages.filters import BadFilter, Filters
from conflict_events.web.pages.rendering import Templates, event_shown, events_shown
from conflict_events.web.pages.runs import RUNS_ON_A_PAGE, list_runs, read_run
from conflict_events.web.pages.words import Words, choose_language

__all__ = ["create_app"]

HEADERS = {
    # Our own script, styles and nothing else; Airflow shows the page in a frame of its own origin.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
COOKIE = "conflict_events_language"
STATIC = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_STATIC = Path(__file__).parent / "static"
T = TypeVar("T")


class _Site:
    """The pages over one workspace."""

    def __init__(self, settings: Settings | None) -> None:
        self._given = settings
        self._templates = Templates()
        self._lock = threading.Lock()
        self._database: Database | None = None

    def _settings(self) -> Settings:
        return self._given or Settings.load()

    def _read(self, work: Callable[[Cursor], T]) -> T | None:
        root = self._settings().data_root
        with self._lock:
            if self._database is None or self._database.data_root != root:
                self._database = Database(root)
            database = self._database
        return database.read(work)

    def _show(self, template: str, words: Words, up: str, status: int = 200, **values: Any) -> Response:
        return HTMLResponse(self._templates.render(template, words, up, **values), status)

    def _missing(self, words: Words) -> Response:
        return self._show("problem.html", words, "../", 404, title=words.say("page.not_found"), detail="")

    def events(self, query: Mapping[str, str], words: Words) -> Response:
        """Map, timeline and table."""
        try:
            filters = Filters.of(query)
        except BadFilter as error:
            return self._show("problem.html", words, "", 422, title=words.say("page.bad_filter"), detail=str(error))
        shown = self._read(lambda cursor: events_shown(cursor, filters, words))
        return self._show("empty.html", words, "") if shown is None else self._show("events.html", words, "", **shown)

    def event(self, event_id: str, words: Words) -> Response:
        """One event."""
        found = self._read(lambda cursor: read_event(self._settings(), cursor, event_id))
        if found is None:
            return self._missing(words)
        return self._show("event.html", words, "../", **event_shown(found, words))

    def runs(self, page: int, words: Words) -> Response:
        """The published days."""
        found = self._read(lambda cursor: list_runs(cursor, page))
        if found is None:
            return self._show("empty.html", words, "")
        rows, total = found
        return self._show("runs.html", words, "", rows=rows, page=page, pages=-(-total // RUNS_ON_A_PAGE) or 1)

    def run(self, day: str, words: Words) -> Response:
        """One published day."""
        try:
            wanted = date.fromisoformat(day)
        except ValueError:
            return self._missing(words)
        found = self._read(lambda cursor: read_run(self._settings(), cursor, wanted))
        return self._missing(words) if found is None else self._show("run.html", words, "../", run=found)


def _words(
    request: Request,
    asked: Annotated[str, Query(alias="lang", max_length=8)] = "",
    remembered: Annotated[str, Cookie(alias=COOKIE)] = "",
    accepted: Annotated[str, Header(alias="accept-language")] = "",
) -> Words:
    """The words of a request; the middleware remembers a language that was asked for."""
    words = Words(choose_language(asked, remembered, accepted))
    request.state.asked = words.language if asked == words.language else None
    return words


Speaking = Annotated[Words, Depends(_words)]


def create_app(authorize: Callable[..., Any], settings: Settings | None = None) -> FastAPI:
    """Make the app.

    Args:
        authorize: A FastAPI dependency that raises for whoever may not look; every route depends on it.
        settings: Where data lies; None reads the environment at each request.

    Returns:
        An app with the pages `/`, `/events/{event_id}`, `/runs`, `/runs/{day}` and their style and script; no API
        docs, no writing routes.
    """
    site = _Site(settings)
    app = FastAPI(
        title="Conflict Events", dependencies=[Depends(authorize)], docs_url=None, redoc_url=None, openapi_url=None
    )

    @app.middleware("http")
    async def add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(HEADERS)
        asked = getattr(request.state, "asked", None)
        if asked:
            path, secure = request.scope.get("root_path") or "/", request.url.scheme == "https"
            response.set_cookie(
                COOKIE, asked, max_age=365 * 86400, path=path, secure=secure, httponly=True, samesite="lax"
            )
        return response

    @app.get("/", response_class=HTMLResponse)
    def events_page(request: Request, words: Speaking) -> Response:
        return site.events(request.query_params, words)

    @app.get("/events/{event_id}", response_class=HTMLResponse)
    def event_page(event_id: str, words: Speaking) -> Response:
        return site.event(event_id, words)

    @app.get("/runs", response_class=HTMLResponse)
    def runs_page(words: Speaking, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
        return site.runs(page, words)

    @app.get("/runs/{day}", response_class=HTMLResponse)
    def run_page(day: str, words: Speaking) -> Response:
        return site.run(day, words)

    @app.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in STATIC:
            return Response(status_code=404)
        return Response((_STATIC / name).read_bytes(), media_type=STATIC[name])

    return app
