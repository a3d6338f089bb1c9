"""Fixtures of the snapshots' tests; makes `snapshot_records` importable under pytest's importlib mode."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspaces ``one`` and ``two`` with one and with two published days; tests copy them."""
    from snapshot_records import first_day, publish_day, second_day

    base = tmp_path_factory.mktemp("published")
    publish_day(base / "one", first_day())
    shutil.copytree(base / "one", base / "two", symlinks=True)
    publish_day(base / "two", second_day())
    return base


@pytest.fixture
def one_day(published_once: Path, tmp_path: Path) -> Path:
    """A workspace with one published day."""
    return Path(shutil.copytree(published_once / "one", tmp_path / "data", symlinks=True))


@pytest.fixture
def two_days(published_once: Path, tmp_path: Path) -> Path:
    """A workspace with two published days."""
    return Path(shutil.copytree(published_once / "two", tmp_path / "data", symlinks=True))
