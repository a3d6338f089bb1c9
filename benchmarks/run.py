"""`make bench`: how fast articles are read, as ratios that hold on any machine, and the memory it takes.

Every stage reads the same texts in the same run as two yardsticks: camel-tools' `simple_word_tokenize` and a bare
regular expression for words. A ratio of 4 means: four times the time of the yardstick. Growth (`growth.py`): days of a
workspace that fills up, late ones against early ones. Pages (`pages.py`): the first page against bare DuckDB.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from growth import compare, simulate

from conflict_events.articles import clean, find_duplicates
from conflict_events.extraction import load_extractor
from conflict_events.records import Article, Claim, CleanArticle
from conflict_events.resolution import resolve

ROOT = Path(__file__).resolve().parents[1]
NEWS = "corpora/news_2015.parquet"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Timing:
    """What a stage took for some articles."""

    stage: str
    seconds: float
    articles: int

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, metavar="FILE.parquet", help=f"texts to read (default: ../shared/{NEWS})")
    parser.add_argument("--articles", type=int, default=400, metavar="N", help="how many of them (default 400)")
    parser.add_argument(
        "--days", type=int, default=120, metavar="N", help="days of the growth run (default 120; 0 skips it)"
    )
    parser.add_argument(
        "--a-day", type=int, default=25, metavar="N", help="its articles a day (default 25; two years of 500: see docs)"
    )
    parser.add_argument("--no-ingest", action="store_true", help="leave out reading crawl archives and fetching")
    parser.add_argument("--no-pages", action="store_true", help="leave out the pages over 100,000 events")
    given = parser.parse_args(arguments)
    texts, origin = load_texts(given.news, given.articles)
    print(f"{len(texts)} articles, {sum(map(len, texts)) / len(texts):.0f} characters on average, {origin}\n")
    timings = list(stages(texts))
    print_timings(timings)
    if not given.no_ingest:
        from ingest import print_fetching, print_reading

        print_reading(texts)
        print_fetching()
    print(f"\npeak memory {peak_megabytes():.0f} MB")
    if not given.no_pages:
        print_pages()
    if given.days:
        print_growth(given.days, given.a_day)
    return 0


def load_texts(news: Path | None, limit: int) -> tuple[list[str], str]:
    """Real articles where there are some, else generated ones of the same length; always the same for the same N."""
    folder = Path(os.environ.get("CONFLICT_EVENTS_EVAL") or ROOT.parent / "shared" / "eval")
    path = news or folder.parent / NEWS
    if not path.exists():
        return generated_texts(limit), f"generated (there is no {path})"
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    column = next(name for name in ("text", "body", "content", "article") if name in table.column_names)
    texts = [text for text in table.column(column).to_pylist() if isinstance(text, str) and len(text) > 200]
    random.Random(7).shuffle(texts)
    return texts[:limit], f"from {path.name}"


def generated_texts(limit: int) -> list[str]:
    """Articles put together from the sentences of our own sample articles."""
    from golden import read_set

    _, samples = read_set("samples")
    sentences = sorted({one.strip() for text in samples.values() for one in re.split(r"[\n.]", text) if len(one) > 40})
    chance = random.Random(7)
    return [".\n".join(chance.choices(sentences, k=14)) + "." for _ in range(limit)]


def stages(texts: Sequence[str]) -> Iterator[Timing]:
    """Time each stage, yardsticks first. The extractor has seen a few articles before the clock starts."""
    from camel_tools.tokenizers.word import simple_word_tokenize

    articles = [
        Article(f"bench-{number}", text, published_at=date(2015, 6, 1), publisher=f"outlet{number % 9}.example")
        for number, text in enumerate(texts)
    ]
    yield timed("regex \\w+", texts, lambda: [WORD.findall(text) for text in texts])
    yield timed("simple_word_tokenize", texts, lambda: [simple_word_tokenize(text) for text in texts])
    extractor = load_extractor()
    cleaned: list[CleanArticle] = []
    claims: list[Claim] = []
    for article in articles[:5]:
        extractor.extract(clean(article))
    yield timed("clean", texts, lambda: cleaned.extend(map(clean, articles)))
    yield timed("extract", texts, lambda: claims.extend(claim for one in cleaned for claim in extractor.extract(one)))
    yield timed("near-duplicates", texts, lambda: find_duplicates(cleaned))
    yield timed(f"resolve ({len(claims)} claims)", texts, lambda: resolve(claims))


def timed(stage: str, texts: Sequence[str], work: Callable[[], object]) -> Timing:
    """Run once and take the processor's time, which other programs on the machine do not add to."""
    started = time.process_time()
    work()
    return Timing(stage, max(time.process_time() - started, 1e-9), len(texts))


def print_timings(timings: Sequence[Timing]) -> None:
    """Rates and ratios to the two yardsticks."""
    regex, words = timings[0], timings[1]
    print(f"{'stage':<26} {'articles/s':>11} {'x tokenize':>11} {'x regex':>9}")
    for one in timings:
        ratios = one.seconds / words.seconds, one.seconds / regex.seconds
        print(f"{one.stage:<26} {one.rate:>11.0f} {ratios[0]:>11.2f} {ratios[1]:>9.1f}")


def print_pages() -> None:
    """Seconds of the first page, and its reading against the same queries in bare DuckDB (at most 3 is promised)."""
    from pages import EVENTS, compare_pages

    print(f"\npages over {EVENTS:,} generated events (medians, seconds on the clock)")
    print(f"{'view':<26} {'bare DuckDB':>11} {'read':>9} {'answer':>9} {'read / bare':>12}")
    for one in compare_pages():
        print(f"{one.name:<26} {one.bare:>11.3f} {one.read:>9.3f} {one.page:>9.3f} {one.ratio:>12.2f}", flush=True)


def print_growth(days: int, articles_a_day: int) -> None:
    """Publish some days of articles each, and compare the last days with the days about the thirtieth."""
    print(f"\ngrowth over {days} days of {articles_a_day} articles (resampled claims; resolve to publish)")
    print(f"{'day':>5} {'seconds':>9} {'kB snapshot':>12} {'kB latest':>10} {'claims known':>13} {'peak MB':>8}")
    costs = []
    for cost in simulate(days, articles_a_day):
        costs.append(cost)
        if cost.number in (1, 10, 30) or cost.number % 50 == 0 or cost.number == days:
            sizes = f"{cost.snapshot / 1000:>12.0f} {cost.latest / 1000:>10.0f}"
            line = f"{cost.number:>5} {cost.seconds:>9.2f} {sizes} {cost.known:>13} {peak_megabytes():>8.0f}"
            print(line, flush=True)
    if days >= 60:
        late = days - 15
        told = ", ".join(f"{name} x {ratio:.2f}" for name, ratio in compare(costs, late=late).items())
        print(f"about day {late} against about day 30 (medians of 31 days): {told}")


def peak_megabytes() -> float:
    """Largest resident size of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024


if __name__ == "__main__":
    sys.exit(main())
