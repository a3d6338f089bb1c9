"""No silent loss of quality: the golden articles must be read as well as the committed baseline says."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
BASELINE = json.loads((ROOT / "tests" / "eval_baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden", ROOT / "benchmarks" / "golden.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["golden"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_goldens_are_read_as_well_as_the_baseline_says(golden: ModuleType) -> None:
    claims, texts = golden.read_samples()
    expected = golden.load_expected()
    assert set(expected) <= set(texts), "golden articles are missing from include/sample_articles"
    figures = golden.score(expected, claims, texts).headline()
    lower = {name: (figures[name], floor) for name, floor in BASELINE.items() if figures[name] < floor}
    assert not lower, f"read worse than the baseline (figure, floor): {lower}; see `make eval ERRORS=30`"


def test_evidence_is_the_exact_slice(golden: ModuleType) -> None:
    claims, texts = golden.read_samples()
    for article_id, found in claims.items():
        for claim in found:
            assert texts[article_id][claim["evidence_start"] : claim["evidence_end"]] == claim["evidence"]


def test_scorer_knows_right_from_wrong(golden: ModuleType) -> None:
    expected = golden.load_expected()
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
