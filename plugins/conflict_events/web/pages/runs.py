"""What one day's run took in, made of it and found odd: the counters that an operator looks at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events.settings import Settings
from conflict_events.snapshots.audit_report import AuditReport
from conflict_events.snapshots.layout import is_published, latest_snapshot_date, snapshot_days, snapshot_folder
from conflict_events.snapshots.storage import read_json
from conflict_events.web.pages.database import Cursor, Row

__all__ = ["Lag", "RunPage", "list_runs", "read_run"]

RUNS_ON_A_PAGE = 40

_CHANGES = """
SELECT change, count(*) AS events FROM read_parquet($files, union_by_name = true) GROUP BY ALL ORDER BY ALL
"""

_ARTICLES = """
SELECT published_at, near_duplicate_of IS NOT NULL AS copied FROM read_parquet($files, union_by_name = true)
"""

_COVERAGE = "SELECT * FROM read_parquet($files, union_by_name = true) ORDER BY articles_read DESC, publisher"

_RUN = """
SELECT snapshot_date AS day, sum(articles_read) AS articles, sum(articles_cut) AS copies,
       sum(articles_quarantined) AS quarantined
FROM source_coverage WHERE list_contains($days, snapshot_date) GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Lag:
    """How late a run was.

    Attributes:
        published: When its snapshot was written on this machine, in the desk's zone.
        behind: Since the end of its day.
        median_age: Of its dated articles on its day, in days; None without any.
        highest_age: Likewise, the oldest.
    """

    published: datetime
    behind: timedelta
    median_age: float | None
    highest_age: int | None


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run.

    Attributes:
        day: Its day.
        before: The published day before it, or None.
        after: The one after it, or None.
        counts: ``articles``, ``copies``, ``undated``, ``claims``, ``events``, ``quarantined``, each change of events.
        coverage: Rows of `source_coverage`.
        quarantine: Documents by reason, as the quarantine folder tells it, most first.
        audit: What was checked.
        lag: How late it was.
        versions: Of code, lexicon and so on.
    """

    day: date
    before: date | None
    after: date | None
    counts: dict[str, int]
    coverage: list[Row]
    quarantine: list[tuple[str, int]]
    audit: AuditReport
    lag: Lag
    versions: dict[str, str]


def list_runs(cursor: Cursor, page: int = 1) -> tuple[list[Row], int]:
    """Published days, newest first.

    Returns:
        One page of rows with ``day``, ``articles``, ``copies``, ``quarantined``, ``claims``, ``events``, ``warnings``;
        and how many days there are.
    """
    root = cursor.snapshots.parent
    days = _days(root)[::-1]
    shown = days[(page - 1) * RUNS_ON_A_PAGE : page * RUNS_ON_A_PAGE]
    covered = {row["day"]: row for row in cursor.rows(_RUN, {"days": shown})} if shown else {}
    nothing = {"articles": 0, "copies": 0, "quarantined": 0}
    rows = []
    for day in shown:
        manifest = read_json(snapshot_folder(root, day) / "manifest.json")
        tables = manifest["tables"]
        audit = AuditReport.from_json(manifest["audit"])
        numbers = {name: tables[name]["rows"] for name in ("claims", "events")}
        rows.append({**nothing, **covered.get(day, {}), "day": day, **numbers, "warnings": len(audit.warnings)})
    return rows, len(days)


def read_run(settings: Settings, cursor: Cursor, day: date) -> RunPage | None:
    """Read the run of a day; None where the day is not published."""
    root = cursor.snapshots.parent
    days = _days(root)
    if day not in days:
        return None
    at = days.index(day)
    before, after = (days[at - 1] if at else None), (days[at + 1] if at + 1 < len(days) else None)
    folder = snapshot_folder(root, day)
    manifest = read_json(folder / "manifest.json")

    def rows(sql: str, table: str) -> list[Row]:
        return cursor.rows(sql, {"files": cursor.files(table, [folder])})

    articles = rows(_ARTICLES, "articles")
    coverage = rows(_COVERAGE, "source_coverage")
    changes = {row["change"]: row["events"] for row in rows(_CHANGES, "events")}
    counts = {
        "articles": len(articles),
        "copies": sum(row["copied"] for row in articles),
        "undated": sum(row["published_at"] is None for row in articles),
        "claims": manifest["tables"]["claims"]["rows"],
        "events": manifest["tables"]["events"]["rows"],
        "quarantined": sum(row["articles_quarantined"] for row in coverage),
        **changes,
    }
    return RunPage(
        day=day,
        before=before,
        after=after,
        counts=counts,
        coverage=coverage,
        quarantine=_quarantine(settings.quarantine, before, day, after is None),
        audit=AuditReport.from_json(manifest["audit"]),
        lag=_lag(folder / "manifest.json", day, articles, settings.zone),
        versions={name: str(value) for name, value in (manifest.get("versions") or {}).items()},
    )


def _days(root: Path) -> list[date]:
    """Days that `latest/` holds, ascending."""
    newest = latest_snapshot_date(root)
    return [day for day in snapshot_days(root) if newest and day <= newest and is_published(root, day)]


def _quarantine(folder: Path, before: date | None, day: date, newest: bool) -> list[tuple[str, int]]:
    """Records by reason in the quarantine folders of the days since the snapshot before.

    What came in after the newest snapshot's day was read for it too, or waits for the next one.
    """
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("????-??-??")):
        filed = _iso(path.name)
        if filed is None or (before is not None and filed <= before) or (filed > day and not newest):
            continue
        for reason in path.glob("*.jsonl"):
            with reason.open("rb") as stream:
                found[reason.stem] += sum(1 for line in stream if line.strip())
    return found.most_common()


def _iso(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _lag(manifest: Path, day: date, articles: list[Row], zone: str) -> Lag:
    published = datetime.fromtimestamp(manifest.stat().st_mtime, UTC).astimezone(ZoneInfo(zone))
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    ages = [(day - row["published_at"]).days for row in articles if row["published_at"] is not None]
    return Lag(published, published - end, median(ages) if ages else None, max(ages, default=None))


def duration(length: timedelta) -> tuple[str, Any]:
    """A length as a label and its number: hours up to two days, then days.

    >>> duration(timedelta(hours=3, minutes=40))
    ('run.hours', 4)
    """
    hours = length / timedelta(hours=1)
    return ("run.hours", round(hours)) if abs(hours) < 48 else ("run.days", round(hours / 24))
