"""Clean and extract: one batch of articles to segments, and segments to claims, in files of the day's work folder."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from conflict_events.pipeline.planning import still_waits
from conflict_events.pipeline.turns import stands_back
from conflict_events.pipeline.workspace import (
    PipelineError,
    day_folder,
    load_article,
    read_json,
    read_jsonl,
    write_json,
    write_jsonl,
)
from conflict_events.records import Article, Claim, CleanArticle, Segment
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from types import FrameType

__all__ = [
    "TooSlow",
    "clean",
    "clean_articles",
    "clean_from_json",
    "clean_to_json",
    "extract",
    "extract_claims",
    "failures",
    "read_claims",
    "staged_claims",
]

Out = TypeVar("Out")


class TooSlow(Exception):
    """An article takes longer than the settings allow."""


@stands_back
def clean(settings: Settings, batch: Mapping[str, Any]) -> dict[str, Any]:
    """Cut the furniture of a batch's articles.

    Returns:
        ``{"day", "number", "path", "articles", "segments", "failed"}``.

    Raises:
        PipelineError: The batch was not planned, or an article of it is not in the archive.
    """
    folder, number = day_folder(settings, batch["day"]), int(batch["number"])
    listing = folder / f"batch-{number:04d}.json"
    if not listing.exists():
        raise PipelineError(f"batch {number} of {batch['day']} is not planned: run clean_batches first")
    failed: list[dict[str, str]] = []
    cleaned = list(clean_articles(settings, _archived(settings, read_json(listing)), failed))
    path = folder / f"clean-{number:04d}.jsonl"
    write_jsonl(path, map(clean_to_json, cleaned))
    write_json(folder / f"clean-{number:04d}.failed.json", failed)
    return {
        "day": batch["day"],
        "number": number,
        "path": str(path),
        "articles": len(cleaned),
        "segments": sum(len(one.segments) for one in cleaned),
        "failed": len(failed),
    }


@stands_back
def extract(settings: Settings, batch: Mapping[str, Any]) -> dict[str, Any]:
    """Read the claims of a batch that `clean` has staged.

    Returns:
        ``{"day", "number", "path", "articles", "claims", "failed"}``.

    Raises:
        PipelineError: The batch is not cleaned.
    """
    folder, number = day_folder(settings, batch["day"]), int(batch["number"])
    staged = folder / f"clean-{number:04d}.jsonl"
    if not staged.exists():
        raise PipelineError(f"batch {number} of {batch['day']} is not cleaned: run clean first")
    failed: list[dict[str, str]] = []
    articles = [clean_from_json(record) for record in read_jsonl(staged)]
    claims = [claim for found in extract_claims(settings, articles, failed) for claim in found]
    path = folder / f"claims-{number:04d}.jsonl"
    write_json(folder / f"claims-{number:04d}.failed.json", failed)
    write_jsonl(path, (claim.to_json() for claim in claims))
    return {
        "day": batch["day"],
        "number": number,
        "path": str(path),
        "articles": len(articles),
        "claims": len(claims),
        "failed": len(failed),
    }


def clean_articles(
    settings: Settings, articles: Iterable[Article], failed: list[dict[str, str]]
) -> Iterator[CleanArticle]:
    """Each article with its furniture cut, in order.

    An article that fails or takes too long is added to `failed`; nothing of it is read, but it stays on record.
    """
    from conflict_events.articles import clean as clean_article

    for article in articles:
        done = _guarded(clean_article, article, article.article_id, settings.max_seconds_per_document, failed)
        yield done or CleanArticle(article, ())


def extract_claims(
    settings: Settings, articles: Iterable[CleanArticle], failed: list[dict[str, str]]
) -> Iterator[list[Claim]]:
    """The claims of each article, in order.

    An article that fails or takes too long yields none and is added to `failed`.
    """
    from conflict_events.extraction import load_extractor

    extractor = load_extractor(settings.gazetteer)
    for article in articles:
        article_id = article.article.article_id
        found = _guarded(extractor.extract, article, article_id, settings.max_seconds_per_document, failed)
        yield list(found or ())


def read_claims(settings: Settings, articles: Iterable[Article], failed: list[dict[str, str]]) -> Iterator[list[Claim]]:
    """The claims of each article as it was received, in order: clean and extract in one.

    Texts without a word that could tell of anything are not even cleaned.
    """
    from conflict_events.articles import clean as clean_article
    from conflict_events.extraction import load_extractor

    extractor = load_extractor(settings.gazetteer)

    def read(article: Article) -> list[Claim]:
        return extractor.extract(clean_article(article))

    for article in articles:
        # The look at the words takes no time that wants a limit: less than setting one.
        telling = extractor.may_tell(article.full_text)
        yield (
            (_guarded(read, article, article.article_id, settings.max_seconds_per_document, failed) or [])
            if telling
            else []
        )


def staged_claims(settings: Settings, day: str) -> tuple[list[CleanArticle], list[Claim]]:
    """What clean and extract have staged for a day, in the order of the batches.

    Articles that another day has published since they were staged are left out.

    Raises:
        PipelineError: A batch is missing.
    """
    folder = day_folder(settings, day)
    articles: list[CleanArticle] = []
    claims: list[Claim] = []
    for listing in sorted(folder.glob("batch-*.json")):
        number = listing.stem.removeprefix("batch-")
        segments, extracted = folder / f"clean-{number}.jsonl", folder / f"claims-{number}.jsonl"
        if not (segments.exists() and extracted.exists()):
            raise PipelineError(f"batch {int(number)} of {day} is not extracted: run clean and extract first")
        articles += map(clean_from_json, read_jsonl(segments))
        claims += map(Claim.from_json, read_jsonl(extracted))
    articles = [cleaned for cleaned in articles if still_waits(settings, cleaned.article)]
    own = {cleaned.article.article_id for cleaned in articles}
    return articles, [claim for claim in claims if claim.article_id in own]


def failures(settings: Settings, day: str) -> list[dict[str, str]]:
    """Articles of a day that could not be cleaned or extracted: ``{"article_id", "reason", "detail"}``."""
    paths: list[Path] = sorted(day_folder(settings, day).glob("*.failed.json"))
    return [failure for path in paths for failure in read_json(path)]


def clean_to_json(cleaned: CleanArticle) -> dict[str, Any]:
    """A cleaned article as a JSON-ready dict."""
    return {
        "article": cleaned.article.to_json(),
        "segments": [asdict(segment) for segment in cleaned.segments],
        "near_duplicate_of": cleaned.near_duplicate_of,
    }


def clean_from_json(record: Mapping[str, Any]) -> CleanArticle:
    """Read back what `clean_to_json` wrote."""
    segments = tuple(Segment(**segment) for segment in record["segments"])
    return CleanArticle(Article.from_json(record["article"]), segments, record["near_duplicate_of"])


def _archived(settings: Settings, article_ids: Iterable[str]) -> Iterator[Article]:
    for article_id in article_ids:
        article = load_article(settings, article_id)
        if article is None:
            raise PipelineError(f"article {article_id!r} is planned but not in the archive: ingest its source again")
        yield article


def _guarded(
    work: Callable[[Any], Out], subject: object, article_id: str, seconds: float, failed: list[dict[str, str]]
) -> Out | None:
    """Run `work` on one article; whatever it raises is this article's failure, never the batch's."""
    try:
        with _time_limit(seconds):
            return work(subject)
    except TooSlow:
        detail = f"took longer than {seconds:g} s (max_seconds_per_document)"
        failed.append({"article_id": article_id, "reason": "too_slow", "detail": detail})
    except Exception as error:  # an article must not take the others with it; it is quarantined and counted
        detail = f"{type(error).__name__}: {error}"[:300]
        failed.append({"article_id": article_id, "reason": "failed", "detail": detail})
    return None


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` inside the block after some seconds.

    Only in a main thread, where signals arrive; elsewhere there is no limit. A timer that runs already (Airflow's own
    limit on the task) is put back with what is left of it.
    """
    if not seconds or threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def expire(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    outer = signal.getitimer(signal.ITIMER_REAL)[0]
    if outer and outer <= seconds:
        yield
        return
    handler = signal.signal(signal.SIGALRM, expire)
    started = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, outer - (time.monotonic() - started)))
