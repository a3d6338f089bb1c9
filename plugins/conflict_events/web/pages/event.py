"""One event: what each article says of it, in whose words, and how it came to stand as it does."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from conflict_events.pipeline.workspace import load_article
from conflict_events.settings import Settings
from conflict_events.snapshots.enums import MEASURES
from conflict_events.snapshots.layout import snapshot_days
from conflict_events.web.highlight import Piece, claim_marks, pieces
from conflict_events.web.pages.database import Cursor, Row

__all__ = ["EventPage", "Told", "read_event"]

Marks = list[tuple[int, int, str]]

_SENTENCE = re.compile(r"[^\n.؟!]+(?:[.؟!](?!\s|$)[^\n.؟!]*)*[.؟!]*")
"""A line, or the part of one up to a full stop that a blank follows."""

_CLAIMS = """
SELECT claims.*, articles.url, articles.title FROM claims LEFT JOIN articles USING (article_id)
WHERE event_id = $event_id ORDER BY claims.published_at NULLS LAST, article_id, evidence_start, claim_id
"""

_REVISIONS = """
SELECT * FROM read_parquet($files, union_by_name = true) WHERE event_id = $event_id ORDER BY revision
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim, as a reader sees it.

    Attributes:
        claim: Its row.
        counts: Rows of `claim_counts`, totals first.
        sources: Rows of `claim_sources`; none where the article speaks in its own voice.
        sentences: The sentences that carry it, cut where marks begin and end; [] where nobody holds the words.
        article: The whole text, likewise.
        held: ``words``; ``quote`` where only the published quote is left; ``gone``; ``differs`` where the archive
            holds another text than the one that was read.
        url: Address of the original where it can be opened; else None.
        slots: Names of the marks in the sentences, in order.
    """

    claim: Row
    counts: list[Row]
    sources: list[Row]
    sentences: list[Piece]
    article: list[Piece]
    held: str
    url: str | None
    slots: list[str]


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event.

    Attributes:
        event: Its row, of `events` or, where it stands no more, of `tombstones`.
        standing: Whether it still stands.
        counts: Rows of `event_counts`, totals first.
        told: Its claims in order of publication.
        revisions: Its rows in all snapshots, in order.
    """

    event: Row
    standing: bool
    counts: list[Row]
    told: list[Told] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)


def read_event(settings: Settings, cursor: Cursor, event_id: str) -> EventPage | None:
    """Read an event; None where there never was one of that id."""
    wanted = {"event_id": event_id}
    found = cursor.rows("SELECT * FROM events WHERE event_id = $event_id", wanted)
    ended = [] if found else cursor.rows("SELECT * FROM tombstones WHERE event_id = $event_id", wanted)
    if not found and not ended:
        return None
    event = (found or ended)[0]
    counts = sorted(cursor.rows("SELECT * FROM event_counts WHERE event_id = $event_id", wanted), key=_count_order)
    claims = cursor.rows(_CLAIMS, wanted)
    ids = {"claims": [claim["claim_id"] for claim in claims]}
    parts = {
        name: _by_claim(cursor.rows(f"SELECT * FROM {name} WHERE list_contains($claims, claim_id) ORDER BY seq", ids))  # noqa: S608
        for name in ("claim_counts", "claim_sources", "claim_spans")
    }
    told = [_told(settings, claim, {name: rows[claim["claim_id"]] for name, rows in parts.items()}) for claim in claims]
    return EventPage(event, bool(found), counts, told, _revisions(cursor, event))


def _count_order(row: Row) -> tuple[int, bool, int]:
    """The killed first, and each total before its parts."""
    return MEASURES.index(row["measure"]), row["subgroup"] is not None, row["seq"]


def _by_claim(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["claim_id"]].append(row)
    return found


def _revisions(cursor: Cursor, event: Row) -> list[Row]:
    """The event in each snapshot that changed it; they all lie between its first and its last."""
    folders = [
        cursor.snapshots / f"snapshot={day}"
        for day in snapshot_days(cursor.snapshots.parent)
        if event["first_seen_snapshot"] <= day <= event["last_revised_snapshot"]
    ]
    files = cursor.files("events", folders)
    return cursor.rows(_REVISIONS, {"files": files, "event_id": event["event_id"]}) if files else []


def _told(settings: Settings, claim: Row, parts: Mapping[str, list[Row]]) -> Told:
    marks = claim_marks(claim, parts["claim_spans"])
    held, sentences, whole = _words(settings, claim, marks)
    slots = list(dict.fromkeys(name for _, names in sentences for name in names if name != "evidence"))
    counts = sorted(parts["claim_counts"], key=_count_order)
    return Told(claim, counts, parts["claim_sources"], sentences, whole, held, _openable(claim["url"]), slots)


def _words(settings: Settings, claim: Row, marks: Marks) -> tuple[str, list[Piece], list[Piece]]:
    article = load_article(settings, claim["article_id"])
    if article is not None:
        text = article.full_text
        said = text[claim["evidence_start"] : claim["evidence_end"]]
        if hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest() == claim["evidence_sha256"]:
            return "words", sentences_of(text, marks), pieces(text, marks)
    if claim["evidence"]:
        return "quote", [(claim["evidence"], ("evidence",))], []
    return ("gone" if article is None else "differs"), [], []


def sentences_of(text: str, marks: Marks) -> list[Piece]:
    """The sentences of a text that hold a mark, cut at the marks; " … " stands for what is left out between them.

    >>> sentences_of("دمشق. لا شيء هنا. قتل ثلاثة.", [(0, 4, "place"), (18, 27, "evidence")])
    [('دمشق', ('place',)), ('.', ()), (' … ', ()), ('قتل ثلاثة', ('evidence',)), ('.', ())]
    """
    found: list[Piece] = []
    last = -1
    for number, one in enumerate(_SENTENCE.finditer(text)):
        start, end = _stripped(text, one.start(), one.end())
        if not any(first < end and start < stop for first, stop, _ in marks):
            continue
        if found:
            found.append((" " if number == last + 1 else " … ", ()))
        found += pieces(text[start:end], [(first - start, stop - start, name) for first, stop, name in marks])
        last = number
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())


def _openable(url: str | None) -> str | None:
    """An address that a browser may be sent to: pages of the web only, never a script."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def slots_of(told: Sequence[Told]) -> list[str]:
    """The slots that are marked somewhere on the page, for its key."""
    return sorted({slot.partition(":")[0] for one in told for slot in one.slots})


def days_of(event: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """First and last day of an event; the last is None where it is the first."""
    end = event["date_end"]
    return event["event_date"], None if end == event["event_date"] else end
