"""The plugin as Airflow itself loads and mounts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("airflow_db")

PAGE = "/conflict-events/"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of Airflow's real app, plugins mounted by its own loader."""
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    with TestClient(create_app(apps="core"), base_url="http://localhost") as found:
        yield found


@pytest.fixture
def signed_in(client: Any) -> dict[str, str]:
    """Headers of a viewer."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username="reader", role="viewer"))
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("path", [PAGE, PAGE + "events/some-id", PAGE + "style.css"])
def test_a_stranger_sees_nothing(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 401
    assert "html" not in answer.headers["content-type"]


def test_a_forged_token_is_refused(client: Any) -> None:
    assert client.get(PAGE, headers={"Authorization": "Bearer e30.e30.e30"}).status_code in (401, 403)


def test_a_reader_sees_the_page_in_arabic_from_right_to_left(client: Any, signed_in: dict[str, str]) -> None:
    answer = client.get(PAGE, headers=signed_in)
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert "script" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy


def test_nothing_can_be_written(client: Any, signed_in: dict[str, str]) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(PAGE, headers=signed_in).status_code == 405


def test_airflow_lists_the_page_and_no_plugin_error(client: Any, signed_in: dict[str, str]) -> None:
    admin = _token("admin")
    plugins = client.get("/api/v2/plugins", headers=admin).json()["plugins"]
    ours = [plugin for plugin in plugins if plugin["name"] == "conflict_events"]
    assert len(ours) == 1
    assert ours[0]["external_views"][0]["href"] == PAGE
    assert client.get("/api/v2/plugins/importErrors", headers=admin).json()["total_entries"] == 0


def _token(role: str) -> dict[str, str]:
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username=role, role=role))
    return {"Authorization": f"Bearer {token}"}
