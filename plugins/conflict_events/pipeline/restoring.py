"""Makes the inbox anew from the archive, where it is lost or the archive alone was brought to another place.

The archive says by itself which day took which article (`archive/days/`) and which day counted what was turned away
(`archive/rejected/`): days that are run again from it take what they took before. What no day has taken waits, as it
did. It is read whole once, where there is no inbox; never in a usual night.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from conflict_events.pipeline.workspace import (
    REJECTED,
    UNDATED,
    archive_path,
    published_days,
    read_json,
    read_jsonl,
    write_json,
)
from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = ["restore_inbox"]


def restore_inbox(settings: Settings) -> int:
    """Let every archived article wait that no snapshot holds, where the workspace has no inbox.

    The inbox appears whole or not at all.

    Returns:
        How many articles wait by it; 0 where there is an inbox.
    """
    if settings.inbox.exists() or not settings.archive.exists():
        return 0
    made = replace(settings, data_root=settings.work / "inbox")
    shutil.rmtree(made.data_root, ignore_errors=True)
    made.inbox.mkdir(parents=True)
    published = set(published_days(settings))
    known = {article_id for day in published for article_id in _taken(settings, day)}
    known |= {article_id for day, article_id in _listed(settings) if day in published}
    days = {article_id: day for day, article_id in _listed(settings) if day not in published}
    waiting = 0
    for path in sorted(settings.archive.glob("[0-9a-f][0-9a-f]/*.json")):
        article = Article.from_json(read_json(path))
        if article.article_id not in known:
            day = days.get(article.article_id, article.published_at)
            write_json(made.inbox / (day.isoformat() if day else UNDATED) / path.name, article.article_id)
            waiting += 1
    for path in sorted((settings.archive / REJECTED).glob("*.json")):
        note = read_json(path)
        if "day" in note and date.fromisoformat(note["day"]) not in published:
            write_json(made.inbox / REJECTED / path.name, note)
    made.inbox.rename(settings.inbox)
    shutil.rmtree(made.data_root)
    return waiting


def _taken(settings: Settings, day: date) -> list[str]:
    """Ids of the articles that a snapshot holds."""
    import pyarrow.parquet as pq

    path = settings.snapshots / f"snapshot={day}" / "articles.parquet"
    return [str(one) for one in pq.ParquetFile(path).read(columns=["article_id"]).column(0).to_pylist()]


def _listed(settings: Settings) -> Iterator[tuple[date, str]]:
    """The archive's own list of which day took which article."""
    for path in sorted((settings.archive / "days").glob("????-??-??.jsonl")):
        for record in read_jsonl(path):
            if archive_path(settings, record["article_id"]).exists():
                yield date.fromisoformat(path.stem), record["article_id"]
