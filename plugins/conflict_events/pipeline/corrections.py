"""A publisher's correction or retraction: a new text at the address of an older one replaces what that one claimed.

Addresses that many articles share (a front page given as `url`) replace nothing: the new text must be the old report,
by its title or its words, or say that it takes it back (``include/resolution/notices.yaml``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import yaml

from conflict_events.arabic import fold
from conflict_events.pipeline.workspace import load_article
from conflict_events.records import Article, Claim, CleanArticle
from conflict_events.settings import Settings

__all__ = ["Correction", "find_corrections", "successors"]

_SAME_REPORT = 0.3
"""Least share of three-word runs that a corrected report has in common with the old one."""

_HEAD = 200
"""Letters at the beginning of a text in which a notice stands."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A new text and what it replaces.

    Attributes:
        article_id: The new article.
        replaced: The articles of earlier snapshots at its address, the last one first.
        claims: Ids of the claims that these made -> their first day, or None; where to look for them.
    """

    article_id: str
    replaced: tuple[str, ...]
    claims: Mapping[str, date | None] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why the old claims no longer hold."""
        return f"the publisher replaced {self.replaced[0]} by {self.article_id}"


def find_corrections(settings: Settings, articles: Sequence[CleanArticle]) -> list[Correction]:
    """The corrections among a day's articles, of articles that an earlier snapshot holds.

    Looked for among the articles published in the same month, the month before, and undated ones. Of two versions that
    became known on one day neither is the later one: both stand.
    """
    new: dict[str, Article] = {}
    for cleaned in articles:
        address = cleaned.article.url
        if address and cleaned.near_duplicate_of is None and len(urlsplit(address).path + urlsplit(address).query) > 1:
            new.setdefault(address, cleaned.article)
    own = {cleaned.article.article_id for cleaned in articles}
    found = []
    for address, rows in _known_at(settings, new).items():
        replaced = [row for row in rows if row["article_id"] not in own and _replaces(settings, new[address], row)]
        if replaced:
            ids = tuple(row["article_id"] for row in replaced)
            claims = {key: day for row in replaced for key, day in _claims_of(settings, row).items()}
            found.append(Correction(new[address].article_id, ids, claims))
    return found


def successors(correction: Correction, old: Sequence[Claim], new: Sequence[Claim]) -> dict[str, str]:
    """The event that each claim of a corrected text goes on with: ``claim_id -> event_id``.

    Old and new claims are paired one to one, those first that agree on most of action, place, day and actors; claims
    that agree on nothing but the day are no pair.
    """
    before = [claim for claim in old if claim.article_id in correction.replaced and claim.event_id]
    after = [claim for claim in new if claim.article_id == correction.article_id]
    pairs = sorted(
        ((_agreement(one, other), -i, -j) for i, one in enumerate(before) for j, other in enumerate(after)),
        reverse=True,
    )
    found: dict[int, int] = {}
    for agreement, i, j in pairs:
        if agreement > 1 and -i not in found.values() and -j not in found:
            found[-j] = -i
    return {after[j].claim_id: str(before[i].event_id) for j, i in found.items()}


def _agreement(one: Claim, other: Claim) -> int:
    return (
        2 * (one.action == other.action)
        + 2 * (one.place is not None and one.place == other.place)
        + (one.date_start == other.date_start)
        + (one.actor1 == other.actor1)
    )


def _known_at(settings: Settings, new: Mapping[str, Article]) -> dict[str, list[dict[str, Any]]]:
    """Known articles by address, newest snapshot first, for the addresses of new articles."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    months = {"undated"}
    for article in new.values():
        if article.published_at is not None:
            first = article.published_at.replace(day=1)
            months |= {f"{first:%Y-%m}", f"{first - timedelta(days=1):%Y-%m}"}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for month in sorted(months):
        path = settings.latest / "articles" / f"{month}.parquet"
        if new and path.is_file():
            data = pq.ParquetFile(path).read(columns=["url", "article_id", "title", "snapshot_date"])
            for row in data.filter(pc.is_in(data["url"], value_set=pa.array(sorted(new)))).to_pylist():
                found[row["url"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row["snapshot_date"], row["article_id"]), reverse=True)
    return found


def _replaces(settings: Settings, new: Article, old: Mapping[str, Any]) -> bool:
    if new.title and old["title"] and fold(new.title).text == fold(old["title"]).text:
        return True
    head = fold(new.full_text[:_HEAD]).text
    if any(notice in head for notice in _notices()):
        return True
    text = load_article(settings, old["article_id"])
    return text is not None and _alike(new.text, text.text) >= _SAME_REPORT


def _alike(one: str, other: str) -> float:
    first, second = _runs(one), _runs(other)
    return len(first & second) / max(1, len(first | second))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = fold(text).text.split()
    return {tuple(words[index : index + 3]) for index in range(len(words) - 2)}


def _claims_of(settings: Settings, row: Mapping[str, Any]) -> dict[str, date | None]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = settings.snapshots / f"snapshot={row['snapshot_date']}" / "claims.parquet"
    data = pq.ParquetFile(path).read(columns=["claim_id", "article_id", "date_start"])
    rows = data.filter(pc.equal(data["article_id"], row["article_id"])).to_pylist()
    return {claim["claim_id"]: claim["date_start"] for claim in rows}


@cache
def _notices() -> tuple[str, ...]:
    from conflict_events.resolution.likeness import include_folder

    path = include_folder() / "notices.yaml"
    words = yaml.safe_load(path.read_text(encoding="utf-8"))["notices"]
    return tuple(fold(word).text for word in words)
