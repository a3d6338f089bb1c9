"""Set-up for all tests: Airflow's home in a temporary folder, camel-tools offline, no network."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from site_on_loopback import Site

# What several folders of tests share lies beside this file; pytest's importlib mode does not make it importable.
sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).resolve().parents[1]

# Airflow reads its configuration when it is first imported, so this must stand before any test module.
_HOME = Path(tempfile.mkdtemp(prefix="conflict-events-tests-"))
os.environ.update(
    {
        "AIRFLOW_HOME": str(_HOME / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        # Airflow sets the level of the root logger when it is imported: ours must still be heard by other tests.
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__API_AUTH__JWT_SECRET": "a secret of the tests, long enough for any algorithm that Airflow may choose",
        "CONFLICT_EVENTS_DATA_ROOT": str(_HOME / "data"),
        "CONFLICT_EVENTS_CACHE": str(_HOME / "cache"),
        "CAMELTOOLS_DATA": str(ROOT / "include" / "camel_tools"),
    }
)
for name in (
    "AIRFLOW__CORE__EXECUTOR",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "CONFLICT_EVENTS_START",
    "CONFLICT_EVENTS_END",
):
    os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    """Remove the temporary home."""
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs Airflow: its modules warn about each other; everywhere else a warning is an error."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "dags") or item.path.is_relative_to(ROOT / "tests" / "plugin"):
            item.add_marker(pytest.mark.airflow)
            item.add_marker(pytest.mark.filterwarnings("default"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests talk to this machine only; a look-up of any other name fails."""
    look_up = socket.getaddrinfo

    def refuse(host: str | bytes | None, *args: object, **kwargs: object) -> object:
        if host in (None, "", "localhost", "127.0.0.1", "::1"):
            return look_up(host, *args, **kwargs)  # type: ignore[arg-type]
        raise OSError(f"tests must not use the network, but something looked up {host!r}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def airflow_db() -> Iterator[None]:
    """Airflow's metadata database in the temporary home (SQLite), made once."""
    from airflow.utils.db import initdb

    initdb()
    yield


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on loopback that plays outlets and attackers."""
    from site_on_loopback import serving

    with serving() as running:
        yield running
