"""What a day brought, for a terminal: the events as lines, the counts, and where the Parquet lies."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events.snapshots import arrow
from conflict_events.snapshots.errors import NothingPublished
from conflict_events.snapshots.layout import last_snapshot, latest_snapshot_date, partition_files, snapshot_folder
from conflict_events.snapshots.publishing import published
from conflict_events.snapshots.schema import TABLES

__all__ = ["HEADINGS", "EventLine", "RunReport", "deaths_text", "duckdb_line", "report"]

HEADINGS = ("day", "place", "type", "actors", "deaths", "who says so")
"""Headings of the table of events; the fields of `EventLine` in order."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as it is shown.

    Attributes:
        day: ISO day, a span, or ``undated``.
        place: Place, governorate and country.
        type: Action, with ``background`` or ``aggregate`` where it is one.
        actors: Who did it -> who it was done to.
        deaths: ``low/best/high`` with ``-`` for what is not stated, "" where nothing is.
        sources: Who says so.
        event_id: Id of the event.
        change: new, revised, merged or retracted.
    """

    day: str
    place: str
    type: str
    actors: str
    deaths: str
    sources: str
    event_id: str
    change: str

    def cells(self) -> tuple[str, ...]:
        """The cells under `HEADINGS`."""
        return (self.day, self.place, self.type, self.actors, self.deaths, self.sources)


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one day, several days or the whole state holds.

    Attributes:
        title: One line that says what this is.
        events: Events by day and place.
        counts: ``articles``, ``near copies``, ``quarantined``, ``undated articles``, ``claims`` (told for the first
            time), ``events``, ``new``, ``revised``, ``merged``, ``retracted``, ``undated events``, ``aggregates``.
        folders: Snapshots that are reported, and `latest`.
        duckdb: A line to paste into a shell.
    """

    title: str
    events: tuple[EventLine, ...]
    counts: Mapping[str, int]
    folders: tuple[Path, ...]
    duckdb: str

    def text(self, width: int = 120, limit: int = 200) -> str:
        """The report as plain lines, cells cut to fit `width` columns; at most `limit` events."""
        rows = [HEADINGS, *(line.cells() for line in self.events[:limit])]
        widths = _widths(rows, width)
        lines = [self.title, ""]
        if self.events:
            lines.extend(_line(row, widths) for row in rows)
            lines.insert(3, _line(["-" * one for one in widths], widths))
            if len(self.events) > limit:
                lines.append(f"... and {len(self.events) - limit} more")
        else:
            lines.append("no events")
        return "\n".join([*lines, "", *self.footer()])

    def footer(self) -> list[str]:
        """The counts, the places and the DuckDB line."""
        counted = ", ".join(f"{name} {number}" for name, number in self.counts.items())
        return [counted, *(f"parquet: {folder}" for folder in self.folders), f"look: {self.duckdb}"]


def report(data_root: Path, days: date | Sequence[date] | None = None) -> RunReport:
    """Report one day's snapshot, several, or (None) the current state.

    For several days each event is shown once, in its last revision.

    Raises:
        NothingPublished: The day, or anything at all, is not published.
    """
    if days is None:
        return _state_report(data_root)
    chosen = [days] if isinstance(days, date) else sorted(set(days))
    if not chosen:
        raise NothingPublished("no day was given to report")
    for day in chosen:
        published(data_root, day)
    folders = [snapshot_folder(data_root, day) for day in chosen]
    events: dict[str, dict[str, Any]] = {}
    for folder in folders:
        events |= {row["event_id"]: row for row in _rows(folder / "events.parquet", "events")}
    coverage = [row for folder in folders for row in _rows(folder / "source_coverage.parquet", "source_coverage")]
    articles = [row for folder in folders for row in _rows(folder / "articles.parquet", "articles")]
    claims = sum(_new_claims(folder / "claims.parquet") for folder in folders)
    span = str(chosen[0]) if len(chosen) == 1 else f"{chosen[0]} to {chosen[-1]} ({len(chosen)} snapshots)"
    shown = folders if len(folders) < 4 else [folders[0], folders[-1]]
    return _report(f"Conflict events of {span}", data_root, events.values(), coverage, articles, claims, shown)


def _state_report(data_root: Path) -> RunReport:
    day = latest_snapshot_date(data_root)
    if day is None:
        raise NothingPublished(f"nothing is published in {data_root} yet")
    version = (data_root / "latest").resolve()
    found = {
        name: [row for path in partition_files(version, name).values() for row in _rows(path, name)]
        for name in ("events", "source_coverage", "articles", "claims")
    }
    last = last_snapshot(data_root)
    title = f"Conflict events, state after {last}"
    return _report(
        title, data_root, found["events"], found["source_coverage"], found["articles"], len(found["claims"]), []
    )


def _new_claims(path: Path) -> int:
    """Claims that a snapshot tells for the first time; those it moves to another event or withdraws were counted."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    changes = pq.read_table(path, columns=["change"])["change"]
    return int(pc.sum(pc.equal(changes, "new")).as_py() or 0)


def _rows(path: Path, name: str) -> list[dict[str, Any]]:
    return list(arrow.read_table(path, TABLES[name]).to_pylist())


def _report(
    title: str,
    data_root: Path,
    events: Iterable[Mapping[str, Any]],
    coverage: Iterable[Mapping[str, Any]],
    articles: Sequence[Mapping[str, Any]],
    claims: int,
    folders: Sequence[Path],
) -> RunReport:
    ordered = sorted(events, key=lambda row: (row["event_date"] or date.max, row["place"] or "", row["event_id"]))
    covered = list(coverage)
    changes = [row["change"] for row in ordered]
    counts = {
        "articles": sum(row["articles_read"] for row in covered),
        "near copies": sum(row["articles_cut"] for row in covered),
        "quarantined": sum(row["articles_quarantined"] for row in covered),
        "undated articles": sum(row["published_at"] is None for row in articles),
        "claims": claims,
        "events": len(ordered),
        **{change: changes.count(change) for change in ("new", "revised", "merged", "retracted")},
        "undated events": sum(row["event_date"] is None for row in ordered),
        "aggregates": sum(row["is_aggregate"] for row in ordered),
    }
    latest = data_root / "latest"
    return RunReport(title, tuple(map(_event_line, ordered)), counts, (*folders, latest), duckdb_line(latest))


def duckdb_line(latest: Path) -> str:
    """A shell line that shows the newest events, wherever Python has DuckDB."""
    query = (
        "SELECT event_date, place, action_en, actor1_en, actor2_en, deaths_low, deaths_best, deaths_high "  # noqa: S608 - shown, not run
        f'FROM "{latest}/events/*.parquet" ORDER BY event_date DESC LIMIT 20'
    )
    python = Path(sys.executable)
    with suppress(ValueError):
        python = python.relative_to(Path.cwd())
    return shlex.join([str(python), "-c", f'import duckdb; duckdb.sql("""{query}""").show()'])


def deaths_text(row: Mapping[str, Any]) -> str:
    """Deaths of an event row as ``low/best/high``.

    >>> deaths_text({"deaths_low": 57, "deaths_best": 57, "deaths_high": None, "deaths_qualifier": "at_least"})
    '57/57/-'
    """
    numbers = [row["deaths_low"], row["deaths_best"], row["deaths_high"]]
    if all(number is None for number in numbers):
        return "some" if row["deaths_qualifier"] == "vague" else ""
    return "/".join("-" if number is None else str(number) for number in numbers)


def _event_line(row: Mapping[str, Any]) -> EventLine:
    start, end = row["event_date"], row["date_end"]
    day = "undated" if start is None else str(start)
    if start is not None and end is not None and end != start:
        same_month = (end.year, end.month) == (start.year, start.month)
        day = f"{start}..{end:%d}" if same_month else f"{start}..{end}"
    where = [row["place"] or row["place_en"], row["admin1_en"], row["country"]]
    kind = (
        row["action_en"]
        + (" (background)" if row["is_background"] else "")
        + (" (aggregate)" if row["is_aggregate"] else "")
    )
    actors = " -> ".join(part for part in (row["actor1_en"] or "?", row["actor2_en"]) if part)
    if row["actor1_en"] and row["actor1_suspected"]:
        actors = actors.replace(row["actor1_en"], f"{row['actor1_en']} (suspected)", 1)
    return EventLine(
        day,
        ", ".join(dict.fromkeys(part for part in where if part)) or "?",
        kind,
        "" if actors == "?" else actors,
        deaths_text(row),
        row["sources"] or "",
        row["event_id"],
        row["change"],
    )


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Widths of the columns: what they need, the widest cut first until all fit."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    spare = 2 * (len(widths) - 1)
    while sum(widths) + spare > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = (cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(cells, widths, strict=True))
    return "  ".join(cell.ljust(width) for cell, width in zip(cut, widths, strict=True)).rstrip()
