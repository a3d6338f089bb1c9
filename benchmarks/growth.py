"""Two years of a desk: does a day cost the same when the archive is long?

The claims that our sample articles make are resampled: each simulated article makes some of them anew, as long before
its own day as the original told them after theirs, in some place of theirs. Resolution, tables, audit and publishing
are those of the daily run. Reading is left out: an article costs the same whenever it is read.

``python benchmarks/growth.py --days 715 --a-day 500 --out costs.csv`` runs alone and writes a line a day, as it goes;
``--curve FILE.svg`` draws them, at the end or (``--days 0``) from an earlier run's file.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from conflict_events.articles import clean, load_sources, read_articles
from conflict_events.extraction import load_extractor
from conflict_events.records import Article, Claim
from conflict_events.resolution import ArticleMeta, resolve
from conflict_events.snapshots import (
    AuditSettings,
    DayRecords,
    Neighbourhood,
    PublishRequest,
    audit,
    build_tables,
    publish,
    snapshot_folder,
)
from conflict_events.snapshots.schema_claims import WHERE_COLUMNS

__all__ = ["Cost", "compare", "main", "simulate"]

FIRST = date(2022, 1, 1)
WORDS = 60
"""Words of a simulated text; its evidence is the first of them."""
VOCABULARY = 20_000
"""Words that all texts together have: a newspaper's stock of words does not grow with its age either."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one day cost.

    Attributes:
        number: The day, from 1.
        seconds: Processor time.
        snapshot: Bytes of the day's snapshot.
        latest: Bytes of the files of `latest/` that the day wrote; the others are shared with the version before.
        known: Claims that were looked at again.
        peak: Megabytes of memory that the process held at most so far.
    """

    number: int
    seconds: float
    snapshot: int
    latest: int
    known: int
    peak: float = 0.0

    @property
    def written(self) -> int:
        """All bytes."""
        return self.snapshot + self.latest


def simulate(days: int, articles_a_day: int, folder: Path | None = None) -> Iterator[Cost]:
    """Publish one day after another, each with as many articles, and tell what it cost."""
    chance, pool = random.Random(7), sample_claims()
    with tempfile.TemporaryDirectory(prefix="conflict-events-growth-", dir=folder) as made:
        root = Path(made) / "data"
        for number in range(1, days + 1):
            day = FIRST + timedelta(days=number - 1)
            articles, claims = _day(day, articles_a_day, pool, chance)
            started = time.process_time()
            known = _publish(root, day, articles, claims)
            seconds = time.process_time() - started
            fresh = [path for path in (root / "latest").resolve().rglob("*") if path.is_file()]
            written = sum(path.stat().st_size for path in fresh if path.stat().st_nlink == 1)
            snapshot = sum(path.stat().st_size for path in snapshot_folder(root, day).iterdir())
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield Cost(number, seconds, snapshot, written, known, peak)


def compare(costs: Sequence[Cost], early: int = 30, late: int = 700, around: int = 15) -> dict[str, float]:
    """How much more a late day costs than an early one, by medians over the days about each of them.

    Files go by month, and a day late in a month writes more than one early in it: a month of days is taken, so that
    both hold every day of a month.

    Returns:
        ``{"seconds", "bytes", "known"}``, late / early.
    """

    def middle(number: int, name: str) -> float:
        return median(getattr(cost, name) for cost in costs if abs(cost.number - number) <= around)

    names = {"seconds": "seconds", "bytes": "written", "known": "known"}
    return {told: middle(late, name) / middle(early, name) for told, name in names.items()}


def sample_claims() -> list[Claim]:
    """The claims of our sample articles, in a fixed order."""
    root = Path(__file__).resolve().parents[1] / "include"
    extractor = load_extractor()
    found = read_articles(root / "sample_articles", sources=load_sources(root / "sources.yaml"))
    articles = sorted((one for one in found if isinstance(one, Article)), key=lambda one: one.article_id)
    return [claim for article in articles for claim in extractor.extract(clean(article))]


def _day(day: date, articles: int, pool: Sequence[Claim], chance: random.Random) -> tuple[list[Article], list[Claim]]:
    told, claims = [], []
    placed = [claim for claim in pool if claim.lat is not None]
    for number in range(articles):
        text = " ".join(f"كلمة{chance.randrange(VOCABULARY)}" for _ in range(WORDS))
        article = Article(
            f"{day}-{number}",
            text,
            published_at=day,
            published_source="record",
            publisher=f"outlet{number % 20}.example",
            camp=("one", "two", "three")[number % 3],
        )
        told.append(article)
        for again in range(chance.choice((0, 1, 1, 2, 3))):
            claims.append(_again(f"{day}-{number}-{again}", chance.choice(pool), article, chance.choice(placed)))
    return told, claims


def _again(claim_id: str, claim: Claim, article: Article, where: Claim) -> Claim:
    """The same claim made by another article about another place, as long after the fact as it was."""
    assert article.published_at is not None
    start, end = claim.date_start, claim.date_end
    if start is not None and claim.published_at is not None:
        shift = article.published_at - claim.published_at
        start, end = start + shift, end + shift if end is not None else None
    return replace(
        claim,
        claim_id=claim_id,
        article_id=article.article_id,
        date_start=start,
        date_end=end,
        **{column.name: getattr(where, column.name) for column in WHERE_COLUMNS},
        published_at=article.published_at,
        publisher=article.publisher,
        evidence=article.text[:200],
        evidence_start=1,
        evidence_end=201,
    )


def _publish(root: Path, day: date, articles: Sequence[Article], claims: Sequence[Claim]) -> int:
    """The daily run from resolution on; returns how many known claims it looked at."""
    state = Neighbourhood(root)
    metas = {one.article_id: ArticleMeta(one.article_id, one.publisher, one.camp, None, day) for one in articles}
    resolution = resolve(claims, None, metas, nearby=state)
    events = [
        replace(event, first_seen_snapshot=event.first_seen_snapshot or day, last_revised_snapshot=day)
        for event in resolution.changed()
    ]
    changed = {event.event_id for event in events}
    known = [
        claim
        for claim in state.claims
        if claim.event_id in changed or resolution.assignments.get(claim.claim_id) != claim.event_id
    ]
    tables = build_tables(DayRecords(day, articles, claims, events, known, resolution.assignments), root)
    report = audit(tables, root, AuditSettings(content_floor=10**9))
    publish(PublishRequest(root, day, tables, report, built_on=state.snapshot_date))
    return len(state.claims)


def main(arguments: list[str] | None = None) -> int:
    """Run, and write a line a day."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=715, metavar="N")
    parser.add_argument("--a-day", type=int, default=500, metavar="N", help="articles a day")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="what each day cost")
    parser.add_argument("--curve", type=Path, metavar="FILE.svg", help="the same as a picture")
    given = parser.parse_args(arguments)
    names = [one.name for one in fields(Cost)]
    if given.days:
        with given.out.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(names)
            for cost in simulate(given.days, given.a_day):
                writer.writerow([getattr(cost, name) for name in names])
                stream.flush()
    with given.out.open(encoding="utf-8", newline="") as stream:
        costs = [
            Cost(**{name: float(row[name]) if name in ("seconds", "peak") else int(row[name]) for name in names})
            for row in csv.DictReader(stream)
        ]
    late = costs[-1].number - 15
    if late > 30:
        told = ", ".join(f"{name} x {ratio:.2f}" for name, ratio in compare(costs, late=late).items())
        print(f"about day {late} against about day 30 (medians of 31 days): {told}")
    if given.curve:
        from curves import write_growth

        write_growth(given.curve, costs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
