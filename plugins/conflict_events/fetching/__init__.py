"""From the live web to crawl archives: what the sources list is fetched politely and safely, and kept as it came."""

from conflict_events.fetching.failure import FAILURES, FetchError
from conflict_events.fetching.fetcher import AGENT, Answer, Caps, Fetcher
from conflict_events.fetching.gates import Gate
from conflict_events.fetching.reach import Reach, is_public
from conflict_events.fetching.robots import Robots

__all__ = ["AGENT", "FAILURES", "Answer", "Caps", "FetchError", "Fetcher", "Gate", "Reach", "Robots", "is_public"]
