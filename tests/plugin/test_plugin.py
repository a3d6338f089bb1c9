"""The plugin as Airflow itself loads and mounts it."""

from __future__ import annotations

from typing import Any

import pytest

PAGE = "/conflict-events/"


def headers(role: str) -> dict[str, str]:
    """Those of a user of a role who is signed in."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username=role, role=role))
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def signed_in(airflow_client: Any) -> dict[str, str]:
    """Headers of a viewer."""
    return headers("viewer")


@pytest.mark.parametrize(
    "path", ["", "events/some-id", "runs", "runs/2024-03-12", "static/style.css", "static/page.js"]
)
def test_a_stranger_sees_nothing(airflow_client: Any, path: str) -> None:
    answer = airflow_client.get(PAGE + path)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/json"


def test_a_forged_token_is_refused(airflow_client: Any) -> None:
    assert airflow_client.get(PAGE, headers={"Authorization": "Bearer e30.e30.e30"}).status_code in (401, 403)


def test_a_reader_sees_the_page_in_arabic_from_right_to_left(airflow_client: Any, signed_in: dict[str, str]) -> None:
    answer = airflow_client.get(PAGE, headers=signed_in)
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("path", ["docs", "redoc", "openapi.json"])
def test_there_is_no_page_about_the_interface(airflow_client: Any, signed_in: dict[str, str], path: str) -> None:
    assert airflow_client.get(PAGE + path, headers=signed_in).status_code == 404


def test_nothing_can_be_written(airflow_client: Any, signed_in: dict[str, str]) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(airflow_client, method)(PAGE, headers=signed_in).status_code == 405


def test_airflow_lists_the_page_and_no_plugin_error(airflow_client: Any) -> None:
    admin = headers("admin")
    plugins = airflow_client.get("/api/v2/plugins", headers=admin).json()["plugins"]
    ours = [plugin for plugin in plugins if plugin["name"] == "conflict_events"]
    assert len(ours) == 1
    assert ours[0]["external_views"][0]["href"] == PAGE
    assert airflow_client.get("/api/v2/plugins/importErrors", headers=admin).json()["total_entries"] == 0
