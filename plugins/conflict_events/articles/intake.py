"""One page's fields, whatever file they came from, checked and made into an `Article`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from conflict_events.articles.addresses import canonical_url
from conflict_events.articles.decoding import arabic_share
from conflict_events.articles.limits import Limits
from conflict_events.articles.publication_day import DayStatements, publication_day
from conflict_events.articles.rejected import Rejected, RejectionError
from conflict_events.articles.sources import Sources
from conflict_events.records import Article

__all__ = ["Intake", "PageFields", "article_id_of"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TEXT_KEYS = ("text", "title", "publisher", "url", "language", "country")


def article_id_of(url: str | None, title: str, text: str) -> str:
    """Stable id of an article that brings none: a hash of its address and words.

    A page whose headline is changed is another version of it, as one whose text is changed.
    """
    digest = hashlib.sha256(f"{url or ''}\n{title}\n{text}".encode("utf-8", "surrogatepass"))
    return f"a_{digest.hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class PageFields:
    """What a reader found on one page.

    Attributes:
        record: Keys are those of the JSONL format.
        sidecar: Keys of a file beside it.
        metadata_days: Publication days that the page's metadata state.
        printed_days: Lines with a date that the page shows beside its headline.
        listed_day: The day that a feed or sitemap states for it.
        fetched: When it was fetched; it can't have been published later.
    """

    record: Mapping[str, Any]
    sidecar: Mapping[str, Any] = field(default_factory=dict)
    metadata_days: tuple[str, ...] = ()
    printed_days: tuple[str, ...] = ()
    listed_day: str | None = None
    fetched: datetime | None = None


class Intake:
    """Checks pages one after another and remembers the ids that it has let through."""

    def __init__(
        self, limits: Limits, sources: Sources | None, today: date | None, publisher: str | None = None
    ) -> None:
        """Set the caps, the outlets and the last day on which an article may be dated (its next day is let pass).

        `publisher` is that of pages which name none and have no address.
        """
        self.limits = limits
        self.publisher = publisher
        self.sources = sources or Sources()
        # Only to catch impossible days; a day is never made from it.
        self.latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
        self._seen: dict[bytes, bytes] = {}

    def take(self, page: PageFields, origin: str) -> Article | Rejected:
        """The page as an article, or why not."""
        try:
            return self._article(page)
        except RejectionError as error:
            text = page.record.get("text") or page.record.get("title") or ""
            return self.rejected(origin, error, text if isinstance(text, str) else repr(text))

    def rejected(self, origin: str, error: RejectionError, excerpt: str | bytes = "") -> Rejected:
        """A rejection with an excerpt of the wanted length."""
        if isinstance(excerpt, bytes):
            excerpt = excerpt[: self.limits.excerpt_chars * 4].decode("utf-8", "replace")
        excerpt = _SURROGATE.sub("\ufffd", excerpt[: self.limits.excerpt_chars])
        return Rejected(origin, error.reason, error.detail, excerpt)

    def _article(self, page: PageFields) -> Article:
        fields = self._texts(page)
        text, title = fields["text"] or "", fields["title"] or ""
        url = canonical_url(fields["url"]) if fields["url"] else None
        if not text.strip():
            raise RejectionError("no_text", "The record has no text; `text` must hold the article.")
        if len(text) + len(title) > self.limits.max_text_chars:
            raise RejectionError("too_large", f"More than {self.limits.max_text_chars} characters of text.")
        share = arabic_share(f"{title}\n{text}")
        if share < self.limits.min_arabic_share:
            raise RejectionError("not_arabic", f"Only {share:.0%} of the letters are Arabic.")
        publisher = fields["publisher"] or _host(url) or self.publisher
        outlet = self.sources.outlet_of(publisher, url)
        zone = outlet.timezone if outlet else self.sources.timezone
        latest = min(self.latest, page.fetched.astimezone(ZoneInfo(zone)).date()) if page.fetched else self.latest
        statements = DayStatements(
            page.record.get("published_at"),
            page.sidecar.get("published_at"),
            page.metadata_days,
            page.listed_day,
            page.printed_days,
            url,
        )
        day, day_source = publication_day(statements, title, text, ZoneInfo(zone), latest)
        if day is not None and day > latest:
            raise RejectionError("future_date", f"Published on {day}, but the last possible day is {latest}.")
        article = Article(
            article_id=self._id(page, url, title, text),
            text=text,
            title=title,
            publisher=publisher,
            url=url,
            published_at=day,
            published_source=day_source,
            language=fields["language"] or (outlet.language if outlet else self.sources.language),
            timezone=zone,
            country=fields["country"] or (outlet.country if outlet else None),
            camp=outlet.camp if outlet else None,
        )
        self._remember(article)
        return article

    def _texts(self, page: PageFields) -> dict[str, str | None]:
        values: dict[str, str | None] = {}
        for key in _TEXT_KEYS:
            value = page.record.get(key)
            if value is None:
                value = page.sidecar.get(key)
            if value is not None and not isinstance(value, str):
                raise RejectionError("bad_field", f"`{key}` must be text, not {type(value).__name__}.")
            # A lone surrogate can't be written as UTF-8: one bad escape must not stop the tables later.
            values[key] = _SURROGATE.sub("\ufffd", value) if value else None
        return values

    def _id(self, page: PageFields, url: str | None, title: str, text: str) -> str:
        given = page.record.get("article_id", page.sidecar.get("article_id"))
        if given is None or given == "":
            return article_id_of(url, title, text)
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise RejectionError("bad_field", f"`article_id` must be text, not {type(given).__name__}.")
        return _SURROGATE.sub("\ufffd", str(given))

    def _remember(self, article: Article) -> None:
        # Short digests, so that a run over millions of articles keeps some 150 bytes of each.
        key = hashlib.blake2b(article.article_id.encode(), digest_size=12).digest()
        value = hashlib.blake2b(article.full_text.encode(), digest_size=12).digest()
        known = self._seen.setdefault(key, value)
        if known is value:
            return
        if known == value:
            raise RejectionError("duplicate", f"Article {article.article_id} with the same text was read before.")
        raise RejectionError(
            "duplicate_id",
            f"Article {article.article_id} was read before with another text; the first one is kept. "
            "Give the new version an id of its own.",
        )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
