"""Makes a dashboard of the published tables in a running Superset, by its REST API; docs/superset.md says how.

Usage: superset_dashboard.py URL USER PASSWORD VIEWS.duckdb [FIRST-DAY END-DAY]; END-DAY is not included.
"""

from __future__ import annotations

import http.cookiejar
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

WIDTH = 12  # columns of Superset's grid


class Superset:
    """A signed-in session."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url.rstrip("/")
        self.headers = {"Content-Type": "application/json", "Referer": self.url}
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        login = {"username": user, "password": password, "provider": "db", "refresh": False}
        self.headers["Authorization"] = f"Bearer {self.call('POST', 'security/login', login)['access_token']}"
        self.headers["X-CSRFToken"] = self.call("GET", "security/csrf_token/")["result"]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the API; its answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", data, self.headers, method=method)
        try:
            with self.opener.open(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:500]}") from error

    def make(self, kind: str, body: dict[str, Any]) -> int:
        """Make a thing; its id."""
        return int(self.call("POST", f"{kind}/", body)["id"])


def metric(column: str) -> dict[str, Any]:
    """The sum of a column."""
    return {"expressionType": "SIMPLE", "aggregate": "SUM", "column": {"column_name": column}, "label": column}


def charts(days: list[dict[str, Any]]) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Name, dataset, kind and form of each chart."""
    columns = (
        "event_date place admin1_en country action_en actor1_en actor2_en deaths_low deaths_best deaths_high sources"
    )
    return [
        (
            "Deaths by day and type",
            "daily_summary",
            "echarts_timeseries_bar",
            {
                "x_axis": "event_date",
                "time_grain_sqla": "P1D",
                "metrics": [metric("deaths_best")],
                "groupby": ["event_type"],
                "stack": "Stack",
                "show_legend": True,
                "row_limit": 10000,
                "adhoc_filters": days,
            },
        ),
        (
            "Deaths by country",
            "daily_summary",
            "pie",
            {"groupby": ["country"], "metric": metric("deaths_best"), "row_limit": 20, "adhoc_filters": days},
        ),
        (
            "Events",
            "events",
            "table",
            {
                "query_mode": "raw",
                "all_columns": columns.split(),
                "order_by_cols": ['["event_date", false]'],
                "row_limit": 200,
                "table_timestamp_format": "%Y-%m-%d",
                "adhoc_filters": days,
            },
        ),
    ]


def between(first: str, end: str) -> dict[str, Any]:
    """A filter by days, `end` not included."""
    return {
        "expressionType": "SIMPLE",
        "clause": "WHERE",
        "subject": "event_date",
        "operator": "TEMPORAL_RANGE",
        "comparator": f"{first} : {end}",
    }


def layout(slices: list[tuple[int, str]]) -> dict[str, Any]:
    """Two charts beside each other, the third below."""
    places = [(7, 50, "ROW-1"), (5, 50, "ROW-1"), (WIDTH, 60, "ROW-2")]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": ["ROW-1", "ROW-2"], "parents": ["ROOT_ID"]},
    }
    for row in ("ROW-1", "ROW-2"):
        meta = {"background": "BACKGROUND_TRANSPARENT"}
        position[row] = {"type": "ROW", "id": row, "children": [], "parents": ["ROOT_ID", "GRID_ID"], "meta": meta}
    for (number, name), (width, height, row) in zip(slices, places, strict=True):
        chart = f"CHART-{number}"
        position[row]["children"].append(chart)
        position[chart] = {
            "type": "CHART",
            "id": chart,
            "children": [],
            "parents": ["ROOT_ID", "GRID_ID", row],
            "meta": {"chartId": number, "width": width, "height": height, "sliceName": name},
        }
    return position


def main() -> None:
    """Make database, datasets, charts and dashboard; print its address."""
    if len(sys.argv) not in (5, 7):
        raise SystemExit(__doc__)
    url, user, password, views, *span = sys.argv[1:]
    days = [between(*span)] if span else []
    superset = Superset(url, user, password)
    address = f"duckdb:///{Path(views).resolve()}?access_mode=read_only"
    database = superset.make("database", {"database_name": "Conflict events", "sqlalchemy_uri": address})
    datasets = {
        name: superset.make("dataset", {"database": database, "schema": "main", "table_name": name})
        for name in ("events", "daily_summary")
    }
    dashboard = superset.make("dashboard", {"dashboard_title": "Conflict events", "published": True})
    slices = []
    for name, dataset, kind, form in charts(days):
        source = {"datasource": f"{datasets[dataset]}__table", "viz_type": kind}
        body = {
            "slice_name": name,
            "viz_type": kind,
            "datasource_id": datasets[dataset],
            "datasource_type": "table",
            "dashboards": [dashboard],
            "params": json.dumps({**form, **source}),
        }
        slices.append((superset.make("chart", body), name))
    superset.call("PUT", f"dashboard/{dashboard}", {"position_json": json.dumps(layout(slices))})
    print(f"{superset.url}/superset/dashboard/{dashboard}/")


if __name__ == "__main__":
    main()
