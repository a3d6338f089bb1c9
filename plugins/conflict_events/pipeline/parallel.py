"""Several processes that share one lexicon, and the claims of many articles read by them."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from conflict_events.pipeline.reading import read_claims
from conflict_events.records import Article, Claim
from conflict_events.settings import Settings

__all__ = ["read_claims_in_parallel", "reading_pool"]

_CHUNK = 25
_AHEAD = 3  # chunks that wait for each process: enough to keep it busy, few enough to keep memory flat

Read = tuple[list[list[Claim]], list[dict[str, str]]]


def reading_pool(settings: Settings) -> ProcessPoolExecutor:
    """`settings.processes` processes that have lexicon and gazetteer at hand.

    Where the system can fork, both are loaded before the processes part, so that they share them. The processes part
    at once: later this one may hold locks and threads, which are no good to a fork.
    """
    from conflict_events.extraction import load_extractor

    if not sys.platform.startswith("linux"):
        return ProcessPoolExecutor(settings.processes, multiprocessing.get_context("spawn"))
    load_extractor(settings.gazetteer)
    # What the collector never looks at stays shared: each process freezes what it is born with.
    pool = ProcessPoolExecutor(settings.processes, multiprocessing.get_context("fork"), initializer=gc.freeze)
    pool.submit(int).result()
    return pool


def read_claims_in_parallel(
    settings: Settings, articles: Iterable[Article], failed: list[dict[str, str]]
) -> Iterator[list[Claim]]:
    """As `read_claims`, in `settings.processes` processes; the same claims in the same order."""
    source = iter(articles)
    waiting: deque[Future[Read]] = deque()
    with reading_pool(settings) as pool:
        while True:
            while len(waiting) < settings.processes * _AHEAD and (chunk := list(islice(source, _CHUNK))):
                waiting.append(pool.submit(_read, settings, chunk))
            if not waiting:
                return
            claims, lost = waiting.popleft().result()
            failed += lost
            yield from claims


def _read(settings: Settings, articles: list[Article]) -> Read:
    failed: list[dict[str, str]] = []
    return list(read_claims(settings, articles, failed)), failed
