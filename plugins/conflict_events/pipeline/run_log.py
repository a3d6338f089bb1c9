"""The log of runs, ``runs.jsonl`` in the workspace: for each day when it was published, how late, and its counts.

Snapshots hold no clock, so that a day is the same bytes whenever it is made; this file holds what they can't say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events.pipeline.workspace import PipelineError, as_day, published_days, read_jsonl, write_jsonl
from conflict_events.settings import Settings

__all__ = ["COUNTS", "due_day", "lag_hours", "log_runs", "read_runs", "status_text"]

COUNTS = ("articles", "near copies", "quarantined", "claims", "events", "new", "revised", "merged", "retracted")
"""Counts of a run, as the report of its day gives them."""

_BACK = 60
"""So many of the last days are looked at for lines that are missing, after a kill or a restored backup."""


def log_runs(settings: Settings) -> dict[str, Any] | None:
    """Write the lines of published days that have none yet.

    Returns:
        The line of the last published day; None where nothing is published.
    """
    lines = {line["day"]: line for line in read_runs(settings)}
    days = published_days(settings)
    missing = [day for day in days[-_BACK:] if day.isoformat() not in lines]
    if missing:
        lines |= {day.isoformat(): _line(settings, day) for day in missing}
        write_jsonl(settings.runs, (lines[day] for day in sorted(lines)))
    return lines.get(days[-1].isoformat()) if days else None


def read_runs(settings: Settings) -> list[dict[str, Any]]:
    """The lines of the log by day: ``{"day", "published_at", "lag_hours", **COUNTS}``, `published_at` in UTC.

    Raises:
        PipelineError: Somebody changed the file, and a line is none of ours.
    """
    if not settings.runs.exists():
        return []
    try:
        return sorted(read_jsonl(settings.runs), key=lambda line: str(line["day"]))
    except (ValueError, KeyError, TypeError) as error:
        raise PipelineError(
            f"{settings.runs} can't be read ({error}): correct the line, or move the file away, it is written anew"
        ) from error


def lag_hours(day: date | str, published_at: datetime, zone: str) -> float:
    """Hours from the end of a day, in the desk's zone, to the moment when it was published.

    Example:
        >>> lag_hours("2024-03-14", datetime(2024, 3, 15, 0, 45, tzinfo=UTC), "Asia/Damascus")
        3.8
    """
    ended = datetime.combine(as_day(day) + timedelta(days=1), time(), ZoneInfo(zone))
    return round((published_at - ended).total_seconds() / 3600, 1)


def due_day(settings: Settings, now: datetime) -> date:
    """The last day that must be published by now: its `publish_by` on the day after it has passed.

    Args:
        settings: The desk's zone and hour.
        now: A moment with a zone.
    """
    local = now.astimezone(ZoneInfo(settings.zone))
    behind = 1 if local.time() >= settings.publish_by_time else 2
    return local.date() - timedelta(days=behind)


def status_text(settings: Settings, lines: Iterable[dict[str, Any]]) -> str:
    """The log as a table: moments in the desk's zone, lag in hours."""
    zone = ZoneInfo(settings.zone)
    rows = [("day", "published", "lag h", *COUNTS)]
    for line in lines:
        moment = datetime.fromisoformat(line["published_at"]).astimezone(zone)
        counts = (str(line.get(name, "-")) for name in COUNTS)
        rows.append((line["day"], f"{moment:%Y-%m-%d %H:%M}", f"{line['lag_hours']:.1f}", *counts))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.rjust(size) for cell, size in zip(row, widths, strict=True)) for row in rows)


def _line(settings: Settings, day: date) -> dict[str, Any]:
    from conflict_events.snapshots import report, snapshot_folder

    # The manifest is written last, and never again.
    written = (snapshot_folder(settings.data_root, day) / "manifest.json").stat().st_mtime
    moment = datetime.fromtimestamp(written, UTC)
    counts = report(settings.data_root, day).counts
    return {
        "day": day.isoformat(),
        "published_at": moment.isoformat(timespec="seconds"),
        "lag_hours": lag_hours(day, moment, settings.zone),
        **{name: counts[name] for name in COUNTS},
    }
