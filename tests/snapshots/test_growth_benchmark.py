"""The archive that the benchmark of growth makes in blocks is the one that days make, on a small scale."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest

from conflict_events.records import Claim
from conflict_events.snapshots.layout import partition_files

HERE = Path(__file__).resolve().parent


@pytest.fixture
def growth(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark, with the claims of the samples as they are stored for the tests."""
    spec = importlib.util.spec_from_file_location("growth", HERE.parents[1] / "benchmarks" / "growth.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "growth", module)
    spec.loader.exec_module(module)
    lines = (HERE / "sample_claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = tuple(Claim.from_json(json.loads(line)) for line in lines)
    monkeypatch.setattr(module, "sample_claims", lambda: claims)
    return module


def _rows(root: Path, name: str) -> list[dict[str, Any]]:
    files = partition_files((root / "latest").resolve(), name)
    return [row for path in files.values() for row in pq.ParquetFile(path).read().to_pylist()]


def _events(root: Path) -> dict[frozenset[str], dict[str, Any]]:
    """What is told of each event, by its claims; ids, revisions and days of snapshots hang on the order of arrival."""
    claims: dict[str, set[str]] = {}
    for row in _rows(root, "claims"):
        claims.setdefault(row["event_id"], set()).add(row["claim_id"])
    arrival = ("event_id", "revision", "change", "reason", "snapshot_date", "first_seen_snapshot",
               "last_revised_snapshot")  # fmt: skip
    return {
        frozenset(claims[row["event_id"]]): {name: value for name, value in row.items() if name not in arrival}
        for row in _rows(root, "events")
    }


def test_blocks_hold_what_their_days_hold(tmp_path: Path, growth: ModuleType) -> None:
    costs = list(growth.simulate(tmp_path / "days", range(1, 5), 40))
    growth.fill(tmp_path / "blocks", range(1, 5), 40, block=2)
    assert [cost.number for cost in costs] == [1, 2, 3, 4]
    assert costs[-1].known > 0, "known claims are compared with new ones"
    assert sum(len(claims) > 1 for claims in _events(tmp_path / "days")) > 5, "some are told more than once"
    assert _events(tmp_path / "blocks") == _events(tmp_path / "days")
    for name in ("articles", "event_counts", "event_actors", "event_places", "claim_sources", "claim_spans"):
        assert len(_rows(tmp_path / "blocks", name)) == len(_rows(tmp_path / "days", name)), name
