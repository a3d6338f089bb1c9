"""A small published workspace of sample articles, and Airflow's own app: shared by the tests of the pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conflict_events.settings import Settings

SAMPLES = ("2024-03-11.jsonl", "2024-03-12.jsonl")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Settings:
    """Two days of the sample articles, the second of which revises an event of the first, and a page in English."""
    from conflict_events.pipeline import run

    given = tmp_path_factory.mktemp("articles")
    for name in SAMPLES:
        shutil.copy(root / "include" / "sample_articles" / name, given / name)
    english = {"text": "Nothing in this text is Arabic, so it is set aside and counted.", "published_at": "2024-03-12"}
    (given / "english.jsonl").write_text(json.dumps(english) + "\n", encoding="utf-8")
    settings = Settings(data_root=tmp_path_factory.mktemp("published"))
    run(settings, given)
    return settings


@pytest.fixture(scope="session")
def airflow_app(airflow_db: None) -> Any:
    """Airflow's real app, plugins mounted by its own loader."""
    from airflow.api_fastapi.app import create_app

    return create_app(apps="core")


@pytest.fixture(scope="session")
def airflow_client(airflow_app: Any) -> Iterator[Any]:
    """A client of that app, not signed in."""
    from fastapi.testclient import TestClient

    with TestClient(airflow_app, base_url="http://localhost") as found:
        yield found
