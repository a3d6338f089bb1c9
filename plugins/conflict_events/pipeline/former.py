"""Which event told the same words before: so that a rebuild gives events the ids that they had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from conflict_events.pipeline.workspace import as_day, read_jsonl, write_jsonl
from conflict_events.records import Claim
from conflict_events.settings import Settings

__all__ = ["former_events", "write_former"]

_COLUMNS = ["claim_id", "article_id", "evidence_start", "evidence_end", "event_id"]


def write_former(settings: Settings, borrowed: Settings, day: date) -> None:
    """Note where the words stand of which the old vintage's snapshot of a day made its new events.

    Only events that were new on that day are noted: an id is given once.

    Args:
        settings: The workspace, with the old vintage.
        borrowed: The new vintage under construction.
        day: The day.
    """
    import pyarrow.parquet as pq

    folder = settings.snapshots / f"snapshot={day}"
    events = pq.ParquetFile(folder / "events.parquet").read(columns=["event_id", "change"]).to_pylist()
    new = {row["event_id"] for row in events if row["change"] == "new"}
    claims = pq.ParquetFile(folder / "claims.parquet").read(columns=_COLUMNS).to_pylist()
    write_jsonl(_path(borrowed, day), (row for row in claims if row["event_id"] in new))


def former_events(settings: Settings, day: date | str, claims: Sequence[Claim]) -> dict[str, str]:
    """``claim_id -> event_id`` of the old vintage, for the claims of a day whose words it had read, too.

    Of several old claims of one article, the one with the same id counts, else the one whose evidence shares most
    letters. Outside a rebuild there is none.
    """
    path = _path(settings, day)
    if not path.exists():
        return {}
    by_article = defaultdict(list)
    for row in read_jsonl(path):
        by_article[row["article_id"]].append(row)
    found = {}
    for claim in claims:
        shared = {
            (row["claim_id"] == claim.claim_id, _overlap(claim, row["evidence_start"], row["evidence_end"])): row
            for row in by_article.get(claim.article_id, ())
        }
        best = max(shared, default=(False, 0))
        if any(best):
            found[claim.claim_id] = str(shared[best]["event_id"])
    return found


def _overlap(claim: Claim, start: int, end: int) -> int:
    return max(0, min(claim.evidence_end, end) - max(claim.evidence_start, start))


def _path(settings: Settings, day: date | str) -> Path:
    return settings.data_root / "former" / f"{as_day(day)}.jsonl"
