"""The curves of growth as small SVG pictures, for docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from growth import Cost
from worst_cases import Growth

__all__ = ["write_curves", "write_growth"]

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 640, 300, 56, 36, 16, 190
_COLOURS = (
    "#1b6ca8",
    "#c0392b",
    "#27825c",
    "#8e5ea2",
    "#b8860b",
    "#555555",
    "#d2691e",
    "#008b8b",
    "#708238",
    "#a0527a",
)

Points = Sequence[tuple[float, float]]


def write_curves(folder: Path, memory: Sequence[tuple[int, float]], growths: Sequence[Growth]) -> None:
    """Write `memory.svg` and `worst-cases.svg`.

    Args:
        folder: Where; made if it isn't there.
        memory: (articles read, megabytes).
        growths: Seconds by size of the worst cases.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = [("peak memory", [(float(read), megabytes) for read, megabytes in memory])]
    _write(folder / "memory.svg", "articles read", "MB", held)
    if growths:
        curves = [
            (f"{g.case} ({g.exponent:.2f})", [(n / 1000, s) for n, s in zip(g.characters, g.seconds, strict=True)])
            for g in growths
        ]
        _write(folder / "worst-cases.svg", "thousand characters", "seconds", curves)


def write_growth(path: Path, costs: Sequence[Cost]) -> None:
    """Write what a day of the growth run costs, by its number: means over a week, as shares of those about day 30."""
    names = {"seconds": "processor time", "written": "bytes written", "known": "claims looked at again"}
    curves = []
    for name, told in names.items():
        values = [float(getattr(cost, name)) for cost in costs]
        early = [value for cost, value in zip(costs, values, strict=True) if abs(cost.number - 30) <= 15]
        usual = sum(early) / len(early)
        weeks = [(costs[at].number, values[at : at + 7]) for at in range(0, len(values), 7)]
        curves.append((told, [(float(number), sum(week) / len(week) / usual) for number, week in weeks]))
    _write(path, "days published", "x day 30", curves)


def _write(path: Path, across: str, up: str, curves: Sequence[tuple[str, Points]]) -> None:
    most_x = max(x for _, points in curves for x, _ in points)
    most_y = max(y for _, points in curves for _, y in points) * 1.05
    plot_width, plot_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def at(x: float, y: float) -> str:
        return f"{_LEFT + x / most_x * plot_width:.1f},{_HEIGHT - _BOTTOM - y / most_y * plot_height:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="11">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<path d="M{_LEFT},{_TOP} V{_HEIGHT - _BOTTOM} H{_WIDTH - _RIGHT}" fill="none" stroke="black"/>',
        f'<text x="{_LEFT}" y="{_HEIGHT - 10}">0</text>',
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 10}" text-anchor="end">{most_x:,.0f} {escape(across)}</text>',
        f'<text x="{_LEFT - 6}" y="{_TOP + 8}" text-anchor="end">{most_y:,.1f}</text>',
        f'<text x="{_LEFT - 6}" y="{_TOP + 22}" text-anchor="end">{escape(up)}</text>',
    ]
    for number, (name, points) in enumerate(curves):
        colour = _COLOURS[number % len(_COLOURS)]
        line = " ".join(at(x, y) for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        top = _TOP + 14 + 16 * number
        parts.append(f'<text x="{_WIDTH - _RIGHT + 12}" y="{top}" fill="{colour}">{escape(name)}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
