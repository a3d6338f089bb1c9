"""Make include/map/outlines.json: outlines of all countries, fine where this project looks, coarse elsewhere.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_outlines.py package/countries-50m.json

Borders are thinned arc by arc (Visvalingam: the point that spans the smallest triangle goes first), so that
neighbours keep one line. The file holds its own source and licence.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "include" / "map" / "outlines.json"
REGION = (-18.0, 0.0, 75.0, 45.0)
"""West, south, east, north of where lines are kept fine, degrees: Morocco to Pakistan, the Horn to the Caucasus."""

FINE, COARSE = 0.0009, 0.35
"""Smallest triangle that a point is kept for, square degrees, inside and outside the region."""

SMALLEST = {True: 0.002, False: 1.5}
"""Rings (islands, mostly) with a smaller box are left out, square degrees, inside and outside the region."""

STEPS = 100
"""Steps in a degree: coordinates are whole numbers of hundredths (about one kilometre)."""

Point = tuple[float, float]


def main(arguments: list[str] | None = None) -> int:
    """Read the TopoJSON, write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path, help="countries-50m.json of the npm package world-atlas 2.0.2")
    parser.add_argument("--out", type=Path, default=TARGET, help="where to write (default: include/map/outlines.json)")
    given = parser.parse_args(arguments)
    topology = json.loads(given.atlas.read_text(encoding="utf-8"))
    arcs = [thinned(arc) for arc in decoded(topology)]
    shapes = topology["objects"]["countries"]["geometries"]
    used: dict[int, int] = {}
    rings = [
        [renumbered(arc, used) for arc in ring]
        for shape in shapes
        for ring in rings_of(shape)
        if worth_keeping([arcs[arc if arc >= 0 else ~arc] for arc in ring])
    ]
    outlines = {
        "source": "Natural Earth 1:50m Admin 0 countries 4.1.0, by the npm package world-atlas 2.0.2, thinned",
        "licence": "Natural Earth is in the public domain; world-atlas is under the ISC licence",
        "note": "Lines as Natural Earth draws them; they say nothing about whose a territory is.",
        "steps": STEPS,
        "arcs": [deltas(arcs[number]) for number in used],
        "rings": rings,
    }
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(as_text(outlines), encoding="utf-8")
    points = sum(map(len, outlines["arcs"])) // 2
    print(f"{given.out.name}: {len(rings)} rings, {points} points, {given.out.stat().st_size} bytes")
    return 0


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees: TopoJSON stores whole steps, each from the point before it."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        across = down = 0
        points = []
        for right, up in arc:
            across, down = across + right, down + up
            points.append((west + across * wide, south + down * high))
        arcs.append(points)
    return arcs


def rings_of(shape: dict[str, Any]) -> list[list[int]]:
    """The rings of a country, each a list of arcs; ~n is arc n from its end."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def inside(point: Point) -> bool:
    """Whether a point lies in the region."""
    west, south, east, north = REGION
    return west <= point[0] <= east and south <= point[1] <= north


def thinned(points: list[Point]) -> list[Point]:
    """The line without the points that change its shape least; its ends stay."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    gone = [False] * len(points)

    def weight(at: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[at]], points[at], points[after[at]]
        area = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
        return area / (FINE if inside(points[at]) else COARSE)

    queue = [(weight(at), at) for at in range(1, len(points) - 1)]
    latest = {at: size for size, at in queue}
    heapq.heapify(queue)
    while queue and queue[0][0] < 1:
        size, at = heapq.heappop(queue)
        if gone[at] or latest[at] != size:
            continue
        gone[at] = True
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if 0 < near < len(points) - 1:
                latest[near] = max(weight(near), size)
                heapq.heappush(queue, (latest[near], near))
    return [point for point, left in zip(points, gone, strict=True) if not left]


def worth_keeping(arcs: list[list[Point]]) -> bool:
    """Whether a ring is large enough to be seen."""
    points = [point for arc in arcs for point in arc]
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    return wide * high >= SMALLEST[any(map(inside, points))]


def renumbered(arc: int, used: dict[int, int]) -> int:
    """The number of an arc among those that are used; its direction stays."""
    number = used.setdefault(arc if arc >= 0 else ~arc, len(used))
    return number if arc >= 0 else ~number


def deltas(points: list[Point]) -> list[int]:
    """A line as whole steps: the first point, then each from the one before it; x and y in turn."""
    flat: list[int] = []
    last = (0, 0)
    for lon, lat in points:
        here = (round(lon * STEPS), round(lat * STEPS))
        if not flat or here != last:
            flat += (here[0] - last[0], here[1] - last[1])
        last = here
    return flat


def as_text(outlines: dict[str, Any]) -> str:
    """JSON with a line for each arc and ring, so that a change can be read."""
    lines = []
    for key, value in outlines.items():
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value)
            lines.append(f"{json.dumps(key)}: [\n{rows}\n]")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
