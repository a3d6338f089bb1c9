"""The script that makes the outlines, on two invented countries."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

NEIGHBOURS = {
    "transform": {"scale": [0.01, 0.01], "translate": [30, 30]},
    # A border with a point that hardly leaves it and one that does; two coasts; an islet.
    "arcs": [
        [[0, 0], [1, 200], [99, 0], [-99, 200], [-1, 0]],
        [[0, 400], [-400, 0], [0, -400], [400, 0]],
        [[0, 400], [400, 0], [0, -400], [-400, 0]],
        [[900, 0], [1, 1], [1, -1], [-2, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "arcs": [[[-1, 2]], [[3]]]},
            ]
        }
    },
}


@pytest.fixture
def script(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("make_outlines", root / "scripts" / "make_outlines.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_neighbours_keep_one_border_and_islets_are_left_out(script: Any, tmp_path: Path) -> None:
    atlas = tmp_path / "countries.json"
    atlas.write_text(json.dumps(NEIGHBOURS), encoding="utf-8")
    assert script.main([str(atlas), "--out", str(tmp_path / "outlines.json")]) == 0
    made = json.loads((tmp_path / "outlines.json").read_text(encoding="utf-8"))
    assert len(made["rings"]) == 2, "the islet is too small to be seen"
    border = made["rings"][0][0]
    assert made["rings"][1][0] == ~border, "the other way round"
    points = [(0, 0)]
    for across, up in zip(made["arcs"][border][::2], made["arcs"][border][1::2], strict=True):
        points.append((points[-1][0] + across, points[-1][1] + up))
    assert points[1] == (3000, 3000) and points[-1] == (3000, 3400), "the ends stay"
    assert (3100, 3200) in points, "the corner stays"


def test_the_thinner_line_keeps_its_shape(script: Any) -> None:
    straight = [(30 + number / 1000, 30.0) for number in range(100)]
    assert script.thinned(straight) == [straight[0], straight[-1]]
    corner = [*straight, (30.1, 31.0)]
    assert script.thinned(corner) == [straight[0], straight[-1], (30.1, 31.0)]
