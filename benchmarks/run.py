"""`make bench`: how fast articles are read, as ratios that hold on any machine, and the memory it takes.

Every stage reads the same texts in the same run as two yardsticks: camel-tools' `simple_word_tokenize` and a bare
regular expression for words. A ratio of 0.5 means: half the speed of the yardstick. Worst cases (`worst_cases.py`): how
time grows with a text. Growth (`growth.py`): days of a workspace that fills up, late ones against early ones. Pages
(`pages.py`): the first page against bare DuckDB.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from growth import compare, simulate
from memory import peak_megabytes
from worst_cases import Growth, grow

from conflict_events.articles import clean, find_duplicates
from conflict_events.extraction import load_extractor
from conflict_events.pipeline.parallel import read_claims_in_parallel
from conflict_events.pipeline.reading import read_claims
from conflict_events.records import Article, Claim, CleanArticle
from conflict_events.resolution import resolve
from conflict_events.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
NEWS = "corpora/news_2015.parquet"
WORD = re.compile(r"\w+")
ROUNDS = 40  # in which quiet texts are read: once takes milliseconds, in which anything may happen


@dataclass(frozen=True, slots=True)
class Timing:
    """What a stage took for some articles."""

    stage: str
    seconds: float
    articles: int
    megabytes: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, metavar="FILE.parquet", help=f"texts to read (default: ../shared/{NEWS})")
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="how many of them (default 1000)")
    parser.add_argument(
        "--days", type=int, default=120, metavar="N", help="days of the growth run (default 120; 0 skips it)"
    )
    parser.add_argument(
        "--a-day", type=int, default=25, metavar="N", help="its articles a day (default 25; two years of 500: see docs)"
    )
    parser.add_argument("--no-worst", action="store_true", help="leave out the worst cases")
    parser.add_argument("--curves", type=Path, metavar="FOLDER", help="write the curves of growth there, as SVG")
    parser.add_argument("--no-ingest", action="store_true", help="leave out reading crawl archives and fetching")
    parser.add_argument("--no-pages", action="store_true", help="leave out the pages over 100,000 events")
    given = parser.parse_args(arguments)
    texts, origin = load_texts(given.news, given.articles)
    print(f"{len(texts)} articles, {sum(map(len, texts)) / len(texts):.0f} characters on average, {origin}\n")
    print_start()
    articles = articles_of(texts)
    print_timings(list(stages(texts, articles)))
    print_timings(list(silent(texts, articles)))
    print_processes(articles)
    memory = print_memory(articles)
    growths = []
    if not given.no_worst:
        growths = print_worst()
    if given.curves:
        from curves import write_curves

        write_curves(given.curves, memory, growths)
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


def articles_of(texts: Sequence[str]) -> list[Article]:
    """Texts as articles of some outlets."""
    return [
        Article(f"bench-{number}", text, published_at=date(2015, 6, 1), publisher=f"outlet{number % 9}.example")
        for number, text in enumerate(texts)
    ]


def print_start() -> None:
    """What starting costs, in processor time of a process of its own."""
    print(f"{'start':<26} {'seconds':>11}")
    code = (
        "from conflict_events.extraction import load_extractor; import time; t = time.process_time(); load_extractor()"
    )
    for name, command in (
        ("python", ["-c", "pass"]),
        ("conflict-events --help", ["-m", "conflict_events.cli", "--help"]),
        ("import and load", ["-c", code]),
    ):
        took = min(_processor_seconds([sys.executable, *command]) for _ in range(3))
        print(f"{name:<26} {took:>11.2f}")
    load = subprocess.run(
        [sys.executable, "-c", f"{code}; print(time.process_time() - t)"], check=True, capture_output=True, text=True
    )
    print(f"{'lexicon and gazetteer':<26} {float(load.stdout):>11.2f}\n")


def _processor_seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def yardsticks(texts: Sequence[str]) -> Iterator[Timing]:
    """The two things that every stage is measured by."""
    from camel_tools.tokenizers.word import simple_word_tokenize

    yield timed("regex \\w+", texts, lambda: [WORD.findall(text) for text in texts])
    yield timed("simple_word_tokenize", texts, lambda: [simple_word_tokenize(text) for text in texts])


def stages(texts: Sequence[str], articles: Sequence[Article]) -> Iterator[Timing]:
    """Time each stage, yardsticks first. The extractor has seen a few articles before the clock starts."""
    yield from yardsticks(texts)
    settings = Settings.load(environ={}, max_seconds_per_document=0)
    extractor = load_extractor()
    cleaned: list[CleanArticle] = []
    claims: list[Claim] = []
    list(read_claims(settings, articles[:5], []))
    yield timed("whole extract", texts, lambda: list(read_claims(settings, articles, [])))
    yield timed("  first look", texts, lambda: [extractor.may_tell(text) for text in texts])
    yield timed("  clean", texts, lambda: cleaned.extend(map(clean, articles)))
    yield timed("  claims", texts, lambda: claims.extend(claim for one in cleaned for claim in extractor.extract(one)))
    yield timed("near-duplicates", texts, lambda: find_duplicates(cleaned))
    yield timed(f"resolve ({len(claims)} claims)", texts, lambda: resolve(claims))


def silent(texts: Sequence[str], articles: Sequence[Article]) -> Iterator[Timing]:
    """The whole extraction of those texts alone in which no word could tell of a conflict."""
    extractor = load_extractor()
    chosen = [article for article in articles if not extractor.may_tell(article.full_text)]
    if not chosen:
        return
    settings = Settings.load(environ={}, max_seconds_per_document=0)
    quiet = [article.text for article in chosen] * ROUNDS
    print(f"\n{len(chosen)} texts without any word of conflict, {ROUNDS} times")
    yield from yardsticks(quiet)
    yield timed("whole extract", quiet, lambda: list(read_claims(settings, chosen * ROUNDS, [])))


def timed(stage: str, texts: Sequence[str], work: Callable[[], object]) -> Timing:
    """Run once and take the processor's time, which other programs on the machine do not add to."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    gc.collect()  # what others have left is not on this stage
    started = time.process_time()
    work()
    return Timing(stage, max(time.process_time() - started, 1e-9), len(texts), megabytes)


def print_timings(timings: Sequence[Timing]) -> None:
    """Rates, and their ratios to those of the two yardsticks."""
    if not timings:
        return
    regex, words = timings[0], timings[1]
    print(f"{'stage':<26} {'articles/s':>11} {'MB/s':>7} {'x tokenize':>11} {'x regex':>9}")
    for one in timings:
        ratios = one.rate / words.rate, one.rate / regex.rate
        speed = f"{one.megabytes / one.seconds:>7.2f} {ratios[0]:>11.2f} {ratios[1]:>9.3f}"
        print(f"{one.stage:<26} {one.rate:>11.0f} {speed}")


def print_processes(articles: Sequence[Article]) -> None:
    """One process against two, by the clock on the wall: only telling on a machine with nothing else to do."""
    took = []
    for processes in (1, 2):
        settings = Settings.load(environ={}, processes=processes, max_seconds_per_document=0)
        started = time.perf_counter()
        claims = sum(map(len, read_claims_in_parallel(settings, articles, [])))
        took.append(time.perf_counter() - started)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"\ntwo processes against one: x {took[0] / took[1]:.2f} ({claims} claims; the machine's load was {load:.1f})"
    )


def print_memory(articles: Sequence[Article]) -> list[tuple[int, float]]:
    """Peak memory of a process that extracts and does nothing else, as more and more articles are read.

    Returns:
        (articles read, megabytes), ten steps.
    """
    with tempfile.TemporaryDirectory(prefix="conflict-events-bench-") as scratch:
        source = Path(scratch, "articles.jsonl")
        with source.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(one.to_json(), ensure_ascii=False) + "\n" for one in articles)
        command = [sys.executable, str(Path(__file__).with_name("memory.py")), str(source)]
        said = subprocess.run(
            [*command, str(max(1, len(articles) // 10))], check=True, capture_output=True, text=True
        ).stdout
    found = [(int(number), float(peak)) for number, _, peak in map(str.split, said.splitlines())]
    first, last = found[min(2, len(found) - 1)], found[-1]
    print(f"memory after {first[0]} articles {first[1]:.0f} MB, after {last[0]} articles {last[1]:.0f} MB")
    return found


def print_worst() -> list[Growth]:
    """The worst cases, each with the exponent of its growth."""
    print(f"\n{'worst case':<26} {'characters':>11} {'seconds':>9} {'exponent':>9}")
    growths = []
    for growth in grow():
        growths.append(growth)
        print(f"{growth.case:<26} {growth.characters[-1]:>11} {growth.seconds[-1]:>9.2f} {growth.exponent:>9.2f}")
    return growths


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
    with tempfile.TemporaryDirectory(prefix="conflict-events-growth-") as made:
        for cost in simulate(Path(made) / "data", range(1, days + 1), articles_a_day):
            costs.append(cost)
            if cost.number in (1, 10, 30) or cost.number % 50 == 0 or cost.number == days:
                sizes = f"{cost.snapshot / 1000:>12.0f} {cost.latest / 1000:>10.0f}"
                line = f"{cost.number:>5} {cost.seconds:>9.2f} {sizes} {cost.known:>13} {cost.peak:>8.0f}"
                print(line, flush=True)
    if days >= 60:
        late = days - 15
        told = ", ".join(f"{name} x {ratio:.2f}" for name, ratio in compare(costs, late=late).items())
        print(f"about day {late} against about day 30 (medians of 31 days): {told}")


if __name__ == "__main__":
    sys.exit(main())
