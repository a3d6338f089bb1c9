"""From the live web to crawl archives: what the sources list is fetched politely and safely, and kept as it came."""

from conflict_events.fetching.crawl_folder import CrawlFile, CrawlFolder, CrawlWriter
from conflict_events.fetching.failure import FAILURES, NETWORK, FetchError
from conflict_events.fetching.fetcher import AGENT, Answer, Caps, Fetcher
from conflict_events.fetching.gates import Gate
from conflict_events.fetching.reach import Reach, is_public
from conflict_events.fetching.robots import Robots
from conflict_events.fetching.rounds import Lost, RoundReport
from conflict_events.fetching.web import Places, Web, run_round

__all__ = [
    "AGENT",
    "FAILURES",
    "NETWORK",
    "Answer",
    "Caps",
    "CrawlFile",
    "CrawlFolder",
    "CrawlWriter",
    "FetchError",
    "Fetcher",
    "Gate",
    "Lost",
    "Places",
    "Reach",
    "Robots",
    "RoundReport",
    "Web",
    "is_public",
    "run_round",
]
