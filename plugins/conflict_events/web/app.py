"""The FastAPI app of the pages. It asks whoever mounts it for the check that lets a request in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conflict_events.settings import Settings
from conflict_events.web.highlight import Piece, claim_marks, pieces
from conflict_events.web.reader import Evidence, Filters, latest_events, read_evidence

__all__ = ["create_app"]

PAGE_SIZE = 100
HEADERS = {
    # No script, nothing from elsewhere; Airflow shows the page in a frame of its own origin.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_HERE = Path(__file__).parent


def create_app(authorize: Callable[..., Any], settings: Settings | None = None) -> FastAPI:
    """Make the app.

    Args:
        authorize: A FastAPI dependency that raises for whoever may not look; every route depends on it.
        settings: Where data lies; None reads the environment.

    Returns:
        An app with the pages `/` and `/events/{event_id}`; no API docs, no writing routes.
    """
    chosen = settings or Settings.load()
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["toll"] = _toll
    app = FastAPI(
        title="Conflict Events", dependencies=[Depends(authorize)], docs_url=None, redoc_url=None, openapi_url=None
    )

    @app.middleware("http")
    async def add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response

    @app.get("/", response_class=HTMLResponse)
    def events_page(
        first: Annotated[str, Query(alias="from")] = "",
        last: Annotated[str, Query(alias="to")] = "",
        country: Annotated[str, Query(max_length=2)] = "",
        event_type: Annotated[str, Query(max_length=80)] = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> str:
        filters = Filters(_day(first), _day(last), country.upper() or None, event_type or None)
        rows, total = latest_events(chosen, filters, PAGE_SIZE, (page - 1) * PAGE_SIZE)
        shown = {"from": first, "to": last, "country": country, "event_type": event_type}
        return templates.get_template("events.html").render(
            rows=rows, total=total, page=page, more=page * PAGE_SIZE < total, filters=shown, up=""
        )

    @app.get("/events/{event_id}", response_class=HTMLResponse)
    def event_page(event_id: str) -> str:
        found = read_evidence(chosen, event_id)
        if found is None:
            raise HTTPException(404, "No such event in the current state; it may have been merged or retracted.")
        event, evidence = found
        told = [(item.claim, item.article, _marked(item)) for item in evidence]
        return templates.get_template("event.html").render(event=event, told=told, up="../")

    @app.get("/style.css")
    def style() -> Response:
        return Response((_HERE / "templates" / "style.css").read_bytes(), media_type="text/css; charset=utf-8")

    return app


def _marked(evidence: Evidence) -> list[Piece]:
    if evidence.article is None:
        return []
    return pieces(evidence.article.full_text, claim_marks(evidence.claim, evidence.spans))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise HTTPException(422, f"{text!r} is no day; write it as YYYY-MM-DD.") from error


def _toll(row: dict[str, Any], measure: str = "deaths") -> str:
    """Low, best and high as one short text: "3", "3-5", "3+", or "" where nothing is stated."""
    low, best, high = (row[f"{measure}_{part}"] for part in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return ""
    if low == high:
        return str(low)
    if high is None:
        return f"{best if best is not None else low}+"
    bounds = f"{low or 0}-{high}"
    return bounds if best is None else f"{best} ({bounds})"
