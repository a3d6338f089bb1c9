"""Claims of many articles, read by several processes that share one lexicon."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from conflict_events.pipeline.reading import read_claims
from conflict_events.records import Article, Claim
from conflict_events.settings import Settings

__all__ = ["read_claims_in_parallel"]

_CHUNK = 50
_AHEAD = 3  # chunks that wait for each process: enough to keep it busy, few enough to keep memory flat

Read = tuple[list[list[Claim]], list[dict[str, str]]]


def read_claims_in_parallel(
    settings: Settings, articles: Iterable[Article], failed: list[dict[str, str]]
) -> Iterator[list[Claim]]:
    """As `read_claims`, in `settings.processes` processes; the same claims in the same order.

    Lexicon and gazetteer are loaded before the processes part, where the system can fork, so that they share them.
    """
    from conflict_events.extraction import load_extractor

    source = iter(articles)
    forks = sys.platform.startswith("linux")
    if forks:
        load_extractor(settings.gazetteer)
    waiting: deque[Future[Read]] = deque()
    with ProcessPoolExecutor(settings.processes, multiprocessing.get_context("fork" if forks else "spawn")) as pool:
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
