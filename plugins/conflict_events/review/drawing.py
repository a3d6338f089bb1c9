"""Which published claims of a week are reviewed, and what a reviewer must see of each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from conflict_events.pipeline.workspace import load_article, read_jsonl, write_jsonl
from conflict_events.settings import Settings

__all__ = ["CLAIMS_A_WEEK", "SLOTS", "DrawnClaim", "NothingToReview", "ReviewError", "Week", "WeekNotOver", "draw"]

CLAIMS_A_WEEK = 20
"""Claims that are drawn: an hour's work. A share of 20 is known to about 20 points; four weeks make it about 10."""

SLOTS = ("reported", "action", "day", "place", "actor1", "actor2", "killed", "injured", "sources")
"""What is judged of a claim. `reported`: does the article report such an occurrence at all?"""


class ReviewError(Exception):
    """The week or the form can't be used; the message says what to do."""


class NothingToReview(ReviewError):
    """Nothing was published in the week."""


class WeekNotOver(ReviewError):
    """Days of the week are not published yet; later it can be drawn."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, Monday to Sunday, of snapshot days.

    Attributes:
        monday: Its first day.

    Examples:
        >>> Week.parse("2024-W11").monday
        datetime.date(2024, 3, 11)
        >>> str(Week.of(date(2024, 3, 17)))
        '2024-W11'
    """

    monday: date

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that a day lies in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, text: str) -> Week:
        """A week as it is written, ``2024-W11``.

        Raises:
            ReviewError: It is no ISO week.
        """
        match = re.fullmatch(r"(\d{4})-W(\d{2})", text.strip())
        try:
            if match:
                return cls(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            match = None
        raise ReviewError(f"{text!r} is no week; write it as YYYY-Www, for example 2024-W11")

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def __str__(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True)
class DrawnClaim:
    """A claim as a reviewer sees it.

    Attributes:
        claim_id: The claim.
        article_id: The article that makes it.
        snapshot: The day that published it.
        published_at: Day of the article; None where unknown, or the text is gone.
        url: The article's address; None where unknown, or the text is gone.
        values: What was published, by slot; "" where the claim states nothing.
        evidence: The words of the article that carry the claim; None where the archive no longer has the text.
    """

    claim_id: str
    article_id: str
    snapshot: date
    published_at: date | None
    url: str | None
    values: dict[str, str]
    evidence: str | None


def draw(settings: Settings, week: Week) -> list[DrawnClaim]:
    """The claims of a week that are reviewed: `CLAIMS_A_WEEK` of those that its snapshots published first, or all.

    They are chosen once, by the hash of week and id, so that each has the same chance, and kept in
    ``review/WEEK/drawn.jsonl``: a rebuild does not change what people are judging.

    Raises:
        WeekNotOver: A snapshot of that week may still come.
        NothingToReview: No snapshot of that week holds a new claim.
    """
    kept = settings.review / str(week) / "drawn.jsonl"
    if not kept.exists():
        write_jsonl(kept, _choose(settings, week))
    return [_drawn(settings, record) for record in read_jsonl(kept)]


def _choose(settings: Settings, week: Week) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    from conflict_events.snapshots.layout import snapshot_days, snapshot_folder

    published = snapshot_days(settings.data_root)
    if published and week.monday <= published[-1] < week.sunday:
        raise WeekNotOver(f"{week} is not over: the last snapshot is {published[-1]}, draw when {week.sunday} is there")
    rows: list[dict[str, Any]] = []
    for day in published:
        if week.monday <= day <= week.sunday:
            # One file of a folder that is named for its day; the path tells nothing more.
            table = pq.read_table(snapshot_folder(settings.data_root, day) / "claims.parquet", partitioning=None)
            rows += [row for row in table.to_pylist() if row["change"] == "new"]
    if not rows:
        raise NothingToReview(
            f"nothing to review: the snapshots of {week} ({week.monday} to {week.sunday}) hold no new claims"
        )
    rows.sort(key=lambda row: hashlib.sha256(f"{week}\n{row['claim_id']}".encode()).digest())
    return [
        {
            **{name: row[name] for name in ("claim_id", "article_id", "evidence_start", "evidence_end")},
            "snapshot": row["snapshot_date"].isoformat(),
            "values": _values(row),
        }
        for row in rows[:CLAIMS_A_WEEK]
    ]


def _drawn(settings: Settings, record: dict[str, Any]) -> DrawnClaim:
    article = load_article(settings, record["article_id"])
    evidence = None
    if article is not None:
        evidence = " ".join(article.full_text[record["evidence_start"] : record["evidence_end"]].split())
    return DrawnClaim(
        record["claim_id"],
        record["article_id"],
        date.fromisoformat(record["snapshot"]),
        article.published_at if article else None,
        article.url if article else None,
        record["values"],
        evidence,
    )


def _values(row: dict[str, Any]) -> dict[str, str]:
    """What was published in each slot, as words for a reviewer."""
    first, last = row["date_start"], row["date_end"]
    day = "" if first is None else str(first) if last in (None, first) else f"{first} to {last}"
    place = ", ".join(row[name] for name in ("place", "admin1_en", "country") if row[name])
    kind = " (background)" if row["is_background"] else " (aggregate)" if row["is_aggregate"] else ""
    return {
        "reported": "yes",
        "action": row["action"] + kind,
        "day": day,
        "place": place,
        "actor1": row["actor1"] or "",
        "actor2": row["actor2"] or "",
        "killed": _triple(row, "killed"),
        "injured": _triple(row, "injured"),
        "sources": row["sources"] or "",
    }


def _triple(row: dict[str, Any], measure: str) -> str:
    numbers = [row[f"{measure}_{bound}"] for bound in ("low", "best", "high")]
    if all(number is None for number in numbers):
        return ""
    return "low {} best {} high {}".format(*("-" if number is None else number for number in numbers))
