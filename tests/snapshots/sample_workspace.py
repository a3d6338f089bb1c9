"""The sample articles as a workspace, from the claims that were read of them once (`sample_claims.jsonl`).

The claims are kept, so that the answers to the questions do not change with every word of the lexicon. To read the
samples anew and write claims and answers: ``PYTHONPATH=plugins python tests/snapshots/sample_workspace.py``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

from conflict_events.articles import load_sources, read_articles
from conflict_events.records import Article, Claim
from conflict_events.resolution import ArticleMeta, resolve
from conflict_events.snapshots import (
    AuditSettings,
    DayRecords,
    PublishRequest,
    audit,
    build_tables,
    connect,
    load_state,
    publish,
    question,
)

HERE = Path(__file__).parent
INCLUDE = HERE.parents[1] / "include"
CLAIMS = HERE / "sample_claims.jsonl"
ANSWERS = HERE / "sample_answers.json"
QUESTIONS = sorted(path.stem for path in (INCLUDE / "sql" / "questions").glob("*.sql"))


def sample_articles() -> list[Article]:
    """The sample articles that have a day; their outlets are of three camps, in turn."""
    found = read_articles(INCLUDE / "sample_articles", sources=load_sources(INCLUDE / "sources.yaml"))
    articles = [one for one in found if isinstance(one, Article) and one.published_at is not None]
    camps = dict(zip(sorted({one.publisher for one in articles if one.publisher}), cycle("abc"), strict=False))
    placed = [replace(one, camp=camps.get(one.publisher or "")) for one in articles]
    return sorted(placed, key=lambda one: one.article_id)


def publish_samples(root: Path) -> None:
    """Publish a snapshot for each publication day of the samples."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for line in CLAIMS.read_text(encoding="utf-8").splitlines():
        claim = Claim.from_json(json.loads(line))
        claims[claim.article_id].append(claim)
    by_day: dict[date, list[Article]] = defaultdict(list)
    for article in sample_articles():
        assert article.published_at is not None
        by_day[article.published_at].append(article)
    for day, articles in sorted(by_day.items()):
        new = [claim for article in articles for claim in claims[article.article_id]]
        state = load_state(root)
        metas = [ArticleMeta(one.article_id, one.publisher, one.camp, None, one.published_at) for one in articles]
        told = {**state.articles_meta, **{meta.article_id: meta for meta in metas}}
        resolution = resolve(new, state.known, told)
        events = [
            replace(event, first_seen_snapshot=event.first_seen_snapshot or day) for event in resolution.changed()
        ]
        records = DayRecords(day, articles, new, events, state.known.claims, resolution.assignments)
        tables = build_tables(records, root)
        publish(PublishRequest(root, day, tables, audit(tables, root, AuditSettings(content_floor=5))))


def answers(root: Path) -> dict[str, list[list[str | None]]]:
    """The answer to each question, heading first, cells as text."""
    found = {}
    with connect(root) as connection:
        for name in QUESTIONS:
            result = connection.execute(question(name))
            heads = [column[0] for column in result.description or ()]
            rows = [[None if cell is None else str(cell) for cell in row] for row in result.fetchall()]
            found[name] = [heads, *rows]
    return found


def main() -> None:
    """Read the samples anew, and write claims and answers."""
    import tempfile

    from conflict_events.articles import clean
    from conflict_events.extraction import load_extractor

    extractor = load_extractor()
    claims = [claim for article in sample_articles() for claim in extractor.extract(clean(article))]
    lines = [json.dumps(replace(claim, spans=()).to_json(), ensure_ascii=False) for claim in claims]
    CLAIMS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        publish_samples(Path(folder) / "data")
        text = json.dumps(answers(Path(folder) / "data"), ensure_ascii=False, indent=1)
    ANSWERS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
