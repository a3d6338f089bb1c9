"""Throughput of the way in: crawl archive to clean text against trafilatura alone, and feeds of many sources at once.

All on this machine: the sources are served on loopback, over TLS.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
LAYOUTS = ROOT / "tests" / "articles" / "layouts"
PARAGRAPH = re.compile(r"(<p[^>]*>)[^<]{40,}")
MENU = "<li class='menu-item'><a href='/c/{n}'><span>{words}</span></a></li>"
CARD = (
    "<div class='col card'><a href='/news/{n}' class='card-image'><img src='/thumbs/{n}.jpg' alt='' loading='lazy'></a>"
    "<div class='card-body'><span class='card-tag'>{tag}</span><h3><a href='/news/{n}'>{words}</a></h3>"
    "<span class='card-date'>2024-11-29</span></div></div>"
)
SCRIPT = (
    "<script>window.dataLayer=window.dataLayer||[];" + "function track(a,b){{return a?b:[a,b]}};" * 500 + "</script>"
)

sys.path.insert(0, str(ROOT / "tests"))


def pages_of(texts: Sequence[str], limit: int) -> list[str]:
    """Pages of the size that news pages have (some 900 elements, 90 kB): texts in the tests' layouts, menus, cards."""
    names = ("wordpress", "drupal", "amp", "portal")
    layouts = [(LAYOUTS / f"{name}.html").read_text(encoding="utf-8") for name in names]
    chance = random.Random(7)
    pages = []
    for number in range(limit):
        paragraphs = [line.strip() for line in re.split(r"[\n]", texts[number % len(texts)]) if len(line) > 40]
        paragraphs = [line.replace("<", " ").replace("&", " ") for line in paragraphs]
        words = " ".join(paragraphs).split()

        def some(count: int, words: list[str] = words) -> str:
            return " ".join(chance.choices(words, k=count))

        body = "".join(f"<p>{line}</p>" for line in paragraphs)
        page = PARAGRAPH.sub(lambda found, body=body: body + found[0], layouts[number % len(layouts)], count=1)
        menu = "".join(MENU.format(n=n, words=some(2)) for n in range(60))
        cards = "".join(CARD.format(n=n, words=some(8), tag=some(1)) for n in range(70))
        page = page.replace("</head>", f"{SCRIPT}</head>").replace("<body", f"<body data-n='{number}'", 1)
        pages.append(
            page.replace(
                "</body>", f"<nav><ul>{menu}</ul></nav><section class='latest'>{cards}</section>{SCRIPT}</body>"
            )
        )
    return pages


def print_reading(texts: Sequence[str], limit: int = 200) -> float:
    """WARC to clean text against trafilatura alone over the same pages, on one core; returns the ratio of rates."""
    import trafilatura

    from conflict_events.articles import clean, read_articles
    from conflict_events.fetching import Answer, CrawlFolder, CrawlWriter

    pages = pages_of(texts, limit)
    with tempfile.TemporaryDirectory(prefix="conflict-events-bench-") as folder:
        moment = datetime(2024, 11, 29, 12, tzinfo=UTC)
        crawl = CrawlFolder(Path(folder) / "crawl", ZoneInfo("Asia/Damascus"))
        with CrawlWriter(crawl, "bench", Path(folder) / "part") as writer:
            for number, page in enumerate(pages):
                data = page.encode()
                headers = (("Content-Type", "text/html; charset=utf-8"),)
                url = f"https://nakhil.example/news/{number}"
                writer.add(Answer(url, 200, "OK", headers, data, data, moment), {})
            path = writer.finish(moment)
        assert path is not None

        def ours() -> int:
            return sum(bool(clean(one).segments) for one in read_articles(path) if not hasattr(one, "reason"))

        def alone() -> int:
            return sum(trafilatura.extract(page) is not None for page in pages)

        for warm in (ours, alone):
            warm()
        # Each turn by itself: what else the machine does then weighs on both.
        turns = [(_seconds(ours), _seconds(alone)) for _ in range(5)]
        read = ours()
    if read != len(pages):
        raise SystemExit(f"only {read} of {len(pages)} pages were read: the rates would mean nothing")
    mine, theirs = (median(column) for column in zip(*turns, strict=True))
    ratio = median(alone / own for own, alone in turns)
    size = sum(len(page.encode()) for page in pages) / len(pages) / 1000
    print(f"\nWARC to clean text: {len(pages)} pages of {size:.0f} kB, {read} read")
    print(f"{'ours':<26} {len(pages) / mine:>11.0f} pages/s")
    print(f"{'trafilatura alone':<26} {len(pages) / theirs:>11.0f} pages/s")
    print(f"{'ours / trafilatura':<26} {ratio:>11.2f}  (floor 0.80)")
    return ratio


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of one go."""
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def print_fetching(sources: int = 50, pages: int = 10) -> float:
    """One round of many sources on loopback; returns the peak of the memory that it took, in MB."""
    from outlets_on_loopback import article, feed
    from site_on_loopback import page, serving

    from conflict_events.articles import Limits, load_sources
    from conflict_events.fetching import Places, Web, run_round
    from conflict_events.pipeline.workspace import write_json

    with tempfile.TemporaryDirectory(prefix="conflict-events-bench-") as name, serving() as site:
        folder = Path(name)
        lines = ["outlets:", "  - {id: nakhil, domains: [nakhil.example]}", "sources:"]
        for number in range(sources):
            numbers = [number * pages + one for one in range(pages)]
            site.on(f"nakhil.example/feed{number}", page(feed("nakhil.example", numbers, None), "text/xml"))
            for one in numbers:
                site.on(f"nakhil.example/news/{one}", page(article(one)))
            url = f'"https://nakhil.example/feed{number}"'
            lines.append(f"  - {{id: s{number}, kind: feed, outlet: nakhil, url: {url}, crawl_delay_seconds: 0}}")
        (folder / "sources.yaml").write_text("\n".join(lines), encoding="utf-8")
        listed = load_sources(folder / "sources.yaml")
        places = Places.of(folder / "archive", ZoneInfo("Asia/Damascus"))
        web = Web(lambda hosts: site.reach(*hosts), site.tls)
        tracemalloc.start()
        started, fetched, peaks = time.monotonic(), 0, []
        for source in listed.sources:
            fetched += run_round(source, listed, places, web, Limits(), write_json).fetched
            peaks.append(tracemalloc.get_traced_memory()[0] / 1e6)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        seconds = time.monotonic() - started
    fifth = max(1, sources // 5)
    print(f"\nfeeds of {sources} sources on loopback, server in the same process: {fetched} pages in {seconds:.1f} s")
    held = f"held after {fifth} sources {peaks[fifth - 1]:.1f}, after all {peaks[-1]:.1f}"
    print(f"Python objects in MB: peak {peak:.1f}; {held}")
    return peak
