"""The only module that Airflow's plugin loader runs: mounts the pages behind Airflow's own authentication."""

from __future__ import annotations

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/conflict-events"


class ConflictEventsPages:
    """The pages as an ASGI app that is made on the first request.

    The loader runs this module in every Airflow process, workers too; only the API server may pay for FastAPI and has
    the core's authentication.
    """

    def __init__(self) -> None:
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if self._app is None:
            from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
            from airflow.api_fastapi.core_api.security import requires_access_view

            from conflict_events.web.pages.app import create_app

            self._app = create_app(authorize=requires_access_view(AccessView.WEBSITE))
        await self._app(scope, receive, send)


class ConflictEventsPlugin(AirflowPlugin):
    """Adds the page "Conflict events" to Airflow."""

    name = "conflict_events"
    fastapi_apps: ClassVar[list[Any]] = [
        {"app": ConflictEventsPages(), "url_prefix": PREFIX, "name": "Conflict events"}
    ]
    external_views: ClassVar[list[Any]] = [
        {
            "name": "Conflict events",
            "href": PREFIX + "/",
            "destination": "nav",
            "category": "browse",
            "url_route": "conflict-events",
        }
    ]
