"""One published day as one HTML file that needs no network: map, timeline, table, revisions, coverage, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conflict_events.pipeline.workspace import load_article
from conflict_events.settings import Settings
from conflict_events.snapshots import Diff, as_of, connect, diff_days, snapshot_days, snapshot_folder
from conflict_events.snapshots.diff import differences
from conflict_events.snapshots.publishing import published
from conflict_events.snapshots.report import deaths_text
from conflict_events.web.charts import COLOURS, event_map, timeline
from conflict_events.web.highlight import claim_marks, pieces

__all__ = ["day_page"]

_TEMPLATES = Path(__file__).parent / "templates"
_TIMELINE = """
SELECT event_date, event_type, count(*) FROM events_as_of($day)
WHERE NOT is_aggregate AND event_type IS NOT NULL AND event_date BETWEEN $first AND $day GROUP BY ALL
"""

Row = dict[str, Any]


def day_page(settings: Settings, day: date) -> str:
    """The report of a day as HTML, with the words of the articles where the archive still holds them.

    Args:
        settings: The workspace.
        day: A published day.

    Returns:
        The page; styles and drawings are in it, and nothing is fetched.

    Raises:
        NothingPublished: The day has no snapshot.
    """
    root = settings.data_root
    published(root, day)
    earlier = [one for one in snapshot_days(root) if one < day]
    since = earlier[-1] if earlier else day - timedelta(days=1)
    changes = diff_days(root, since, day)
    rows = [row for row in changes.rows if row["after"] is not None]
    events = [row["after"] for row in rows]
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["deaths"] = deaths_text
    return environment.get_template("day.html").render(
        day=day,
        since=since,
        counts=changes.counts(),
        rows=_in_order(changes),
        differences=lambda row: list(differences(row)),
        map=event_map(events),
        timeline=timeline(_events_by_day(root, day), day),
        coverage=_table(root, day, "source_coverage"),
        evidence=_evidence(settings, day, [event["event_id"] for event in events]),
        style=(_TEMPLATES / "day.css").read_text(encoding="utf-8"),
        colours=COLOURS,
    )


def _in_order(changes: Diff) -> list[Row]:
    """Newest day first; what ended comes last."""

    def place(row: Row) -> tuple[bool, int]:
        event = row["after"] or row["before"]
        return row["after"] is None, -(event["event_date"] or date.min).toordinal()

    return sorted(changes.rows, key=place)


def _table(root: Path, day: date, name: str) -> list[Row]:
    import pyarrow.parquet as pq

    rows: list[Row] = pq.ParquetFile(snapshot_folder(root, day) / f"{name}.parquet").read().to_pylist()
    return rows


def _events_by_day(root: Path, day: date) -> dict[tuple[date, str], int]:
    with connect(root) as connection:
        found = connection.execute(_TIMELINE, {"day": day, "first": day - timedelta(days=30)}).fetchall()
    return {(one, kind): number for one, kind, number in found}


def _evidence(settings: Settings, day: date, event_ids: Sequence[str]) -> dict[str, list[Row]]:
    """The claims of each event as known on a day, in order of publication, each with the pieces of its words."""
    wanted = set(event_ids)
    claims = [row for row in as_of(settings.data_root, day, "claims").to_pylist() if row["event_id"] in wanted]
    named = {claim["claim_id"] for claim in claims}
    spans: dict[str, list[Row]] = {}
    for span in as_of(settings.data_root, day, "claim_spans").to_pylist():
        if span["claim_id"] in named:
            spans.setdefault(span["claim_id"], []).append(span)
    told: dict[str, list[Row]] = {event_id: [] for event_id in event_ids}
    for claim in sorted(claims, key=lambda one: (one["published_at"] or date.max, one["claim_id"])):
        words = _words(settings, claim, spans.get(claim["claim_id"], []))
        told[claim["event_id"]].append(claim | {"pieces": words})
    return told


def _words(settings: Settings, claim: Mapping[str, Any], spans: Sequence[Row]) -> list[tuple[str, tuple[str, ...]]]:
    """The claim's sentence, cut where the marks of its slots begin and end; [] where nobody holds it any more."""
    article = load_article(settings, claim["article_id"])
    start, end = claim["evidence_start"], claim["evidence_end"]
    if article is None:
        return [(claim["evidence"], ())] if claim["evidence"] else []
    marks = [(first - start, last - start, name) for first, last, name in claim_marks(claim, spans)[1:]]
    return pieces(article.full_text[start:end], marks)
