r"""The records that pass from room to room: articles, claims and what a claim is made of.

All are frozen dataclasses with slots. Offsets are code-point offsets into `Article.full_text` (title + "\n" + text),
half open, so that ``article.full_text[start:end]`` is the exact wording.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

__all__ = ["Article", "Claim", "CleanArticle", "Count", "Segment", "SlotSpan", "SourceRef"]


@dataclass(frozen=True, slots=True)
class Article:
    """One news page as it was received.

    Attributes:
        article_id: Stable id; hash of URL and text unless the record brings its own.
        text: Raw text of the page, furniture included.
        title: Title, "" where none was given.
        publisher: Outlet (a domain or a short name), or None.
        url: Canonical URL, or None.
        published_at: Publication day in the outlet's zone, or None where no source states one (never the clock).
        published_source: Where the day was read: record, sidecar, metadata, feed, dateline or url; None with no day.
        language: ISO 639-1 code of the main language.
        timezone: IANA zone of the outlet; relative dates in the text are read in it.
        country: ISO-2 of the outlet's own coverage area, or None; a weak hint for geocoding.
        camp: Political camp of the outlet as configured, or None.
    """

    article_id: str
    text: str
    title: str = ""
    publisher: str | None = None
    url: str | None = None
    published_at: date | None = None
    published_source: str | None = None
    language: str = "ar"
    timezone: str = "Asia/Damascus"
    country: str | None = None
    camp: str | None = None

    @property
    def full_text(self) -> str:
        """Title, a newline, text: what every offset points into."""
        return f"{self.title}\n{self.text}"

    @property
    def text_sha256(self) -> str:
        """Hex SHA-256 of `full_text` in UTF-8."""
        return hashlib.sha256(self.full_text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The article as a JSON-ready dict (days as ISO strings)."""
        record = asdict(self)
        record["published_at"] = self.published_at.isoformat() if self.published_at else None
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Article:
        """Read back what `to_json` wrote; unknown keys are ignored."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in record.items() if key in known}
        if values.get("published_at"):
            values["published_at"] = date.fromisoformat(values["published_at"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of `Article.full_text` that is article text, not furniture.

    Attributes:
        start: First offset in `Article.full_text`.
        end: One past the last offset.
        kind: title, dateline, heading, paragraph or caption.
    """

    start: int
    end: int
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article and the segments of it that extraction may read, in text order.

    Attributes:
        article: The article as received.
        segments: What remains after furniture is cut; never overlapping.
        near_duplicate_of: `article_id` of the article that this one copies, or None.
        version_of: `article_id` of the version before it at the same address, or of the report that it takes back.
    """

    article: Article
    segments: tuple[Segment, ...]
    near_duplicate_of: str | None = None
    version_of: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One count of the codebook (section 3): a measure with low / best / high.

    A bound that is not stated is None, never 0. `group` is None for a total.
    """

    measure: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    group: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Who says so. `stance` is states, accuses, denies or claims_responsibility."""

    name: str
    source_type: str
    stance: str = "states"
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SlotSpan:
    """The words that fill a slot, and the rule that read them (for highlights and `explain`)."""

    slot: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One occurrence that one article reports, filled by the codebook.

    Days are `date`; `time_precision` and `geo_precision` are 1 to 3 or None; coordinates are WGS84 degrees.
    """

    claim_id: str
    article_id: str
    action: str
    evidence: str
    evidence_start: int
    evidence_end: int
    rule: str
    confidence: float
    is_background: bool = False
    is_aggregate: bool = False
    date_start: date | None = None
    date_end: date | None = None
    time_precision: int | None = None
    date_source: str | None = None
    date_text: str | None = None
    place: str | None = None
    place_en: str | None = None
    place_id: str | None = None
    admin1_en: str | None = None
    admin1_pcode: str | None = None
    admin2_en: str | None = None
    admin2_pcode: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: int | None = None
    geo_method: str | None = None
    other_places: tuple[str, ...] = ()
    actor1: tuple[str, ...] = ()
    actor2: tuple[str, ...] = ()
    actor1_suspected: bool = False
    counts: tuple[Count, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    weapon: str | None = None
    infrastructure: tuple[str, ...] = ()
    spans: tuple[SlotSpan, ...] = ()
    published_at: date | None = None
    publisher: str | None = None
    event_id: str | None = field(default=None)

    def with_event(self, event_id: str) -> Claim:
        """The same claim, tied to an event."""
        return replace(self, event_id=event_id)

    def to_json(self) -> dict[str, Any]:
        """The claim as a JSON-ready dict: the gold format's keys and ours."""
        record = asdict(self)
        for key in ("date_start", "date_end", "published_at"):
            record[key] = record[key].isoformat() if record[key] else None
        for key in ("other_places", "actor1", "actor2", "infrastructure", "counts", "sources", "spans"):
            record[key] = list(record[key])
        if self.event_id is None:
            del record["event_id"]
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Claim:
        """Read back what `to_json` wrote; unknown keys are ignored.

        Raises:
            KeyError: A required key is missing.
            ValueError: A day is not an ISO day.
        """
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in record.items() if key in known}
        for key in ("date_start", "date_end", "published_at"):
            if values.get(key):
                values[key] = date.fromisoformat(values[key])
        for key in ("other_places", "actor1", "actor2", "infrastructure"):
            values[key] = tuple(values.get(key) or ())
        values["counts"] = tuple(Count(**row) for row in values.get("counts") or ())
        values["sources"] = tuple(SourceRef(**row) for row in values.get("sources") or ())
        values["spans"] = tuple(SlotSpan(**row) for row in values.get("spans") or ())
        for required in ("claim_id", "article_id", "action", "evidence", "evidence_start", "evidence_end"):
            if required not in values:
                raise KeyError(required)
        values.setdefault("rule", "")
        values.setdefault("confidence", 1.0)
        return cls(**values)
