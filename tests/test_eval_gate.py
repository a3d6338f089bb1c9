"""No silent loss of quality: each set of golden articles must be read as well as the committed baseline says."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIGURES = {"event_f1", "slot_f1", "exact"}
BASELINE = json.loads((ROOT / "tests" / "eval_baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden", ROOT / "benchmarks" / "golden.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["golden"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=sorted(BASELINE))
def name(request: pytest.FixtureRequest) -> str:
    """A set of golden articles."""
    return str(request.param)


@pytest.fixture(scope="module")
def read(golden: ModuleType, name: str) -> tuple[Any, Any]:
    """Claims and texts of the set, by article id."""
    claims, texts = golden.read_set(name)
    return claims, texts


def test_no_floor_is_left_out(golden: ModuleType) -> None:
    """A set or a figure without a floor could fall unseen."""
    assert set(BASELINE) == set(golden.SETS)
    assert all(set(floors) == FIGURES for floors in BASELINE.values())


def test_goldens_are_read_as_well_as_the_baseline_says(golden: ModuleType, name: str, read: tuple[Any, Any]) -> None:
    claims, texts = read
    expected = golden.load_expected(name)
    assert set(expected) <= set(texts), f"golden articles are missing from {golden.SETS[name].articles}"
    figures = golden.score(expected, claims, texts).headline()
    lower = {key: (figures[key], floor) for key, floor in BASELINE[name].items() if figures[key] < floor}
    assert not lower, f"{name} read worse than the baseline (figure, floor): {lower}; see `make eval ERRORS=30`"


def test_evidence_is_the_exact_slice(golden: ModuleType, read: tuple[Any, Any]) -> None:
    claims, texts = read
    for article_id, found in claims.items():
        for claim in found:
            assert texts[article_id][claim["evidence_start"] : claim["evidence_end"]] == claim["evidence"]


def test_scorer_knows_right_from_wrong(golden: ModuleType, name: str) -> None:
    expected = golden.load_expected(name)
    texts = {article_id: "\n".join(event["evidence"] for event in events) for article_id, events in expected.items()}
    perfect = {
        article_id: [_located(event, texts[article_id]) for event in events] for article_id, events in expected.items()
    }
    assert golden.score(expected, perfect, texts).headline() == {"event_f1": 1.0, "slot_f1": 1.0, "exact": 1.0}
    wrong = {
        article_id: [{**event, "action": "protest", "counts": []} for event in events]
        for article_id, events in perfect.items()
    }
    figures = golden.score(expected, wrong, texts).headline()
    assert figures["exact"] < 0.1 and figures["event_f1"] < 0.5
    assert golden.score(expected, {}, texts).headline() == {"event_f1": 0.0, "slot_f1": 0.0, "exact": 0.0}


def _located(event: dict[str, object], text: str) -> dict[str, object]:
    start = text.find(str(event["evidence"]))
    return {**event, "evidence_start": start, "evidence_end": start + len(str(event["evidence"]))}
