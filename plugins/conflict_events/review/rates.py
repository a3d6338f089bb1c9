"""How often each slot was right, week by week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import Any

from conflict_events.pipeline.workspace import read_jsonl
from conflict_events.review.drawing import SLOTS, Week
from conflict_events.review.form import judgement_files
from conflict_events.settings import Settings

__all__ = ["Rate", "WeekRates", "rates", "rates_text"]

_Z = 1.96  # 95%


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many were right.

    Attributes:
        right: How many were right.
        judged: Of how many.

    Examples:
        >>> Rate(17, 20).share, [round(bound, 2) for bound in Rate(17, 20).interval]
        (0.85, [0.64, 0.95])
    """

    right: int
    judged: int

    @property
    def share(self) -> float | None:
        """Right / judged, 0 to 1; None where nothing was judged."""
        return self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies, with 95% confidence (Wilson's interval)."""
        if not self.judged:
            return 0.0, 1.0
        share, n = self.right / self.judged, self.judged
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class WeekRates:
    """What the reviewers of a week found.

    Attributes:
        week: The week.
        reviewers: Their names.
        slots: By slot, over all reviewers.
        claims: Claims of which no judged slot was wrong, of those with a judged slot (each reviewer's counted).
    """

    week: Week
    reviewers: tuple[str, ...]
    slots: dict[str, Rate]
    claims: Rate


def rates(settings: Settings) -> list[WeekRates]:
    """The rates of every week that somebody judged, oldest first."""
    by_week: dict[Week, list[dict[str, Any]]] = defaultdict(list)
    for path in judgement_files(settings):
        for one in read_jsonl(path):
            by_week[Week.parse(one["week"])].append(one)
    return [_week_rates(week, by_week[week]) for week in sorted(by_week)]


def _week_rates(week: Week, judged: list[dict[str, Any]]) -> WeekRates:
    whole: dict[tuple[str, str], bool] = {}
    for one in judged:
        key = one["reviewer"], one["claim_id"]
        whole[key] = whole.get(key, True) and one["right"]
    return WeekRates(
        week,
        tuple(sorted({one["reviewer"] for one in judged})),
        {slot: _rate([one["right"] for one in judged if one["slot"] == slot]) for slot in SLOTS},
        _rate(list(whole.values())),
    )


def _rate(judgements: list[bool]) -> Rate:
    return Rate(sum(judgements), len(judgements))


def rates_text(weeks: list[WeekRates]) -> str:
    """A table: a line a week, right / judged in each slot, and over all weeks the share with its interval."""
    rows: list[tuple[str, ...]] = [("week", "claims right", *SLOTS)]
    for one in weeks:
        rows.append((str(one.week), _cell(one.claims), *(_cell(one.slots[slot]) for slot in SLOTS)))
    if weeks:
        sums = [_sum([one.claims for one in weeks]), *(_sum([one.slots[slot] for one in weeks]) for slot in SLOTS)]
        rows.append(("all", *(_cell(one) for one in sums)))
        rows.append(("share", *("-" if one.share is None else f"{one.share:.2f}" for one in sums)))
        rows.append(("95%", *("{:.2f}-{:.2f}".format(*one.interval) if one.judged else "-" for one in sums)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _cell(rate: Rate) -> str:
    return f"{rate.right}/{rate.judged}"


def _sum(parts: list[Rate]) -> Rate:
    return Rate(sum(part.right for part in parts), sum(part.judged for part in parts))
