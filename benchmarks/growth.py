"""Two years of a desk: does a day cost the same when the archive is long?

The claims that our sample articles make are resampled: each simulated article makes some of them anew, as long before
its own day as the original told them after theirs, in some place of theirs. Resolution, tables, audit and publishing
are those of the daily run. Reading is left out: an article costs the same whenever it is read.

``python benchmarks/growth.py --days 715 --a-day 500 --out costs.csv`` publishes every day, which takes hours, and
writes a line a day, as it goes; ``--curve FILE.svg`` draws them, at the end or (``--days 0``) from an earlier file.

``--pair 30 700`` compares two days in a fraction of that. One workspace is brought to the first of them day by day,
another to the second in blocks of 30 days, each resolved at once and published as one snapshot (`fill`), its last ten
days one by one. Then both publish days in turn, each in a process of its own, so that what else the machine does
meanwhile weighs on both alike.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context
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

__all__ = ["Cost", "compare", "fill", "main", "pair", "simulate"]

FIRST = date(2022, 1, 1)
WORDS = 60
"""Words of a simulated text; its evidence is the first of them."""
BLOCK = 30
"""Days that `fill` publishes at once: about a month, and as far back as most claims reach."""
SETTLING = 10
"""Days published one by one after `fill`, before the first that counts: the last days lie as they always do."""
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
        known: Known claims that were compared with new ones.
        files: Files of `latest/`.
        peak: Megabytes of memory that the process held at most so far.
    """

    number: int
    seconds: float
    snapshot: int
    latest: int
    known: int
    files: int
    peak: float

    @property
    def written(self) -> int:
        """All bytes."""
        return self.snapshot + self.latest


def simulate(root: Path, days: range, articles_a_day: int) -> Iterator[Cost]:
    """Publish one day after another into a workspace, each with as many articles, and tell what it cost."""
    chance, pool = random.Random(days.start), sample_claims()
    for number in days:
        day = _date(number)
        articles, claims = _day(day, articles_a_day, pool, chance)
        started = time.process_time()
        known = _publish(root, day, articles, claims)
        yield _cost(root, number, time.process_time() - started, known)


def fill(root: Path, days: range, articles_a_day: int, block: int = BLOCK) -> None:
    """Publish the same days in blocks, each resolved at once and one snapshot of its last day.

    What belongs together does not depend on how claims arrive: `latest/` tells the same events as after `simulate`.
    """
    chance, pool = random.Random(days.start), sample_claims()
    for first in range(days.start, days.stop, block):
        numbers = range(first, min(first + block, days.stop))
        made = [_day(_date(number), articles_a_day, pool, chance) for number in numbers]
        articles, claims = ([one for part in parts for one in part] for parts in zip(*made, strict=True))
        _publish(root, _date(numbers[-1]), articles, claims)


def _cost(root: Path, number: int, seconds: float, known: int) -> Cost:
    fresh = [path for path in (root / "latest").resolve().rglob("*") if path.is_file()]
    written = sum(path.stat().st_size for path in fresh if path.stat().st_nlink == 1)
    snapshot = sum(path.stat().st_size for path in snapshot_folder(root, _date(number)).iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(number, seconds, snapshot, written, known, len(fresh), peak)


def _date(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def compare(costs: Sequence[Cost], early: int = 30, late: int = 700, around: int = 15) -> dict[str, float]:
    """How much more a late day costs than an early one, by medians over the days about each of them.

    Files go by month, and a day late in a month writes more than one early in it: a month of days is taken, so that
    both hold every day of a month.

    Returns:
        ``{"seconds", "bytes", "known", "files", "peak"}``, late / early; `peak` is that of the processes so far.
    """

    def middle(number: int, name: str) -> float:
        return median(getattr(cost, name) for cost in costs if abs(cost.number - number) <= around)

    names = {"seconds": "seconds", "bytes": "written", "known": "known", "files": "files", "peak": "peak"}
    return {told: middle(late, name) / max(1e-9, middle(early, name)) for told, name in names.items()}


@cache
def sample_claims() -> tuple[Claim, ...]:
    """The claims of our sample articles, in a fixed order."""
    root = Path(__file__).resolve().parents[1] / "include"
    extractor = load_extractor()
    found = read_articles(root / "sample_articles", sources=load_sources(root / "sources.yaml"))
    articles = sorted((one for one in found if isinstance(one, Article)), key=lambda one: one.article_id)
    return tuple(claim for article in articles for claim in extractor.extract(clean(article)))


def _day(day: date, articles: int, pool: Sequence[Claim], chance: random.Random) -> tuple[list[Article], list[Claim]]:
    told, claims = [], []
    placed = [claim for claim in pool if claim.lat is not None]
    for number in range(articles):
        article = Article(
            f"{day}-{number}",
            _text(chance),
            published_at=day,
            published_source="record",
            publisher=f"outlet{number % 20}.example",
            camp=("one", "two", "three")[number % 3],
        )
        told.append(article)
        for again in range(chance.choice((0, 1, 1, 2, 3))):
            claims.append(_again(f"{day}-{number}-{again}", chance.choice(pool), article, chance.choice(placed)))
    return told, claims


def _text(chance: random.Random) -> str:
    return " ".join(f"كلمة{chance.randrange(VOCABULARY)}" for _ in range(WORDS))


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
    """The daily run from resolution on; returns how many known claims were compared."""
    state = Neighbourhood(root)
    resolution = resolve(claims, None, _metas(articles), nearby=state)
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
    return state.compared


def _metas(articles: Sequence[Article]) -> dict[str, ArticleMeta]:
    return {
        one.article_id: ArticleMeta(one.article_id, one.publisher, one.camp, None, one.published_at) for one in articles
    }


def pair(early: int, late: int, articles_a_day: int, around: int) -> Iterator[tuple[Cost, Cost]]:
    """Publish the days about an early and about a late one in turn, and tell what they cost."""
    with tempfile.TemporaryDirectory(prefix="conflict-events-growth-") as made:
        young, old = Path(made) / "young", Path(made) / "old"
        spawn = get_context("spawn")
        begun = max(1, late - around - SETTLING)
        made_ready = [
            spawn.Process(target=_days, args=(young, range(1, early - around), articles_a_day)),
            spawn.Process(target=fill, args=(old, range(1, begun), articles_a_day)),
        ]
        for process in made_ready:
            process.start()
        for process in made_ready:
            process.join()
            if process.exitcode:
                raise SystemExit(process.exitcode)
        with (
            ProcessPoolExecutor(1, mp_context=spawn) as settling,
            ProcessPoolExecutor(1, mp_context=spawn) as first,
            ProcessPoolExecutor(1, mp_context=spawn) as second,
        ):
            settling.submit(_days, old, range(begun, late - around), articles_a_day).result()
            for offset in range(-around, around + 1):
                number, other = early + offset, late + offset
                cost = first.submit(_days, young, range(number, number + 1), articles_a_day).result()
                yield cost[0], second.submit(_days, old, range(other, other + 1), articles_a_day).result()[0]


def _days(root: Path, days: range, articles_a_day: int) -> list[Cost]:
    return list(simulate(root, days, articles_a_day))


def main(arguments: list[str] | None = None) -> int:
    """Run, and write a line a day."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=715, metavar="N")
    parser.add_argument("--a-day", type=int, default=500, metavar="N", help="articles a day")
    parser.add_argument("--pair", type=int, nargs=2, metavar=("N", "N"), help="compare two days, as told above")
    parser.add_argument("--around", type=int, default=5, metavar="N", help="days before and after each of the pair")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="what each day cost")
    parser.add_argument("--curve", type=Path, metavar="FILE.svg", help="the same as a picture")
    given = parser.parse_args(arguments)
    if given.pair:
        costs = _written(given.out, (cost for both in pair(*given.pair, given.a_day, given.around) for cost in both))
        print(_told(compare(costs, *given.pair, given.around), *given.pair, given.around))
        return 0
    if given.days:
        with tempfile.TemporaryDirectory(prefix="conflict-events-growth-") as made:
            costs = _written(given.out, simulate(Path(made) / "data", range(1, given.days + 1), given.a_day))
    else:
        costs = _read(given.out)
    late = costs[-1].number - 15
    if late > 30:
        print(_told(compare(costs, 30, late, 15), 30, late, 15))
    if given.curve:
        from curves import write_growth

        write_growth(given.curve, costs)
    return 0


def _told(ratios: Mapping[str, float], early: int, late: int, around: int) -> str:
    told = ", ".join(f"{name} x {ratio:.2f}" for name, ratio in ratios.items())
    return f"about day {late} against about day {early} (medians of {2 * around + 1} days): {told}"


def _written(path: Path, costs: Iterable[Cost]) -> list[Cost]:
    """The costs, each written as a line of a file as soon as it is known."""
    names = [one.name for one in fields(Cost)]
    found = []
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for cost in costs:
            writer.writerow([getattr(cost, name) for name in names])
            stream.flush()
            found.append(cost)
    return found


def _read(path: Path) -> list[Cost]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Cost(**{name: float(told) if name in ("seconds", "peak") else int(told) for name, told in row.items()})
            for row in csv.DictReader(stream)
        ]


if __name__ == "__main__":
    sys.exit(main())
