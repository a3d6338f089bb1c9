"""Peak memory of extraction in a process of its own: `memory.py ARTICLES.jsonl [STEP]` prints it each STEP articles."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from conflict_events.pipeline.intake import read_source
from conflict_events.pipeline.reading import read_claims
from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = ["peak_megabytes"]


def peak_megabytes() -> float:
    """Largest resident size of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024


def main(source: str, step: str = "100") -> None:
    """Print articles read, claims and megabytes, tab-separated."""
    settings, failed, claims = Settings.load(environ={}), list[dict[str, str]](), 0
    articles = (found for found in read_source(settings, Path(source)) if isinstance(found, Article))
    for number, found in enumerate(read_claims(settings, articles, failed), 1):
        claims += len(found)
        if number % int(step) == 0:
            print(number, claims, f"{peak_megabytes():.1f}", sep="\t", flush=True)
    for failure in failed:
        print(failure["article_id"], failure["detail"], file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
