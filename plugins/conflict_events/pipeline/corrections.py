"""A publisher's correction or retraction: a new text replaces what an older one of its own claimed.

At the address of the older one it must be the old report, by its title or its words, or say that it takes it back
(``include/resolution/notices.yaml``): addresses that many articles share, a front page given as `url`, replace nothing.
At another address it must open with such a notice, and quote the title of the older one or repeat its words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
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

__all__ = ["Correction", "find_corrections", "retold", "successors"]

_SAME_REPORT = 0.3
"""Least share of three-word runs that a corrected report has in common with the old one."""

_HEAD = 200
"""Letters at the beginning of a text in which a notice stands."""

_OPENING = 3
"""Words of a title or text among which a notice at another address begins."""

_NOTICE_DAYS = 7
"""How long after a report a notice at another address may take it back."""

_TITLE_WORDS = 4
"""A title of fewer words ("air raids on Idlib") may be quoted of any report."""


_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A new text and what it replaces.

    Attributes:
        article_id: The new article.
        replaced: The articles of earlier snapshots at its address, the last one first; or the one that its notice
            names.
        claims: Ids of the claims that these made -> their first day, or None; where to look for them.
        quoted: Folded title of what a notice at another address takes back, where it quotes it; else empty.
    """

    article_id: str
    replaced: tuple[str, ...]
    claims: Mapping[str, date | None] = field(default_factory=dict)
    quoted: str = ""

    @property
    def reason(self) -> str:
        """Why the old claims no longer hold."""
        return f"the publisher replaced {self.replaced[0]} by {self.article_id}"


def find_corrections(settings: Settings, articles: Sequence[CleanArticle]) -> list[Correction]:
    """The corrections among a day's articles, of articles that an earlier snapshot holds.

    Looked for among the articles published in the same month, the month before, and undated ones. Of two versions that
    became known on one day neither is the later one: both stand.
    """
    own = {cleaned.article.article_id for cleaned in articles}
    found = _at_their_address(settings, articles, own)
    done = {one.article_id for one in found}
    return found + [one for one in _by_notice(settings, articles, own) if one.article_id not in done]


def _at_their_address(settings: Settings, articles: Sequence[CleanArticle], own: Set[str]) -> list[Correction]:
    new: dict[str, Article] = {}
    for cleaned in articles:
        address = cleaned.article.url
        if address and cleaned.near_duplicate_of is None and len(urlsplit(address).path + urlsplit(address).query) > 1:
            new.setdefault(address, cleaned.article)
    found = []
    for address, rows in _known(settings, "url", new).items():
        replaced = [row for row in rows if row["article_id"] not in own and _replaces(settings, new[address], row)]
        if replaced:
            found.append(_correction(settings, new[address], replaced))
    return found


def _by_notice(settings: Settings, articles: Sequence[CleanArticle], own: Set[str]) -> Iterator[Correction]:
    """Corrections that open with a notice and stand at an address of their own; each of one report, the most alike."""
    notices = [one.article for one in articles if one.article.publisher and _opens_with_notice(one.article)]
    told = _known(settings, "publisher", {str(article.publisher): article for article in notices})
    for article in notices:
        likest, found = 0.0, None
        for row in told.get(str(article.publisher), ()):
            if row["article_id"] not in own and _shortly_before(row["published_at"], article.published_at):
                quoted = _quoted_title(article, row)
                likeness = 1.0 if quoted else _likeness(settings, article, row)
                if likeness >= _SAME_REPORT and likeness > likest:
                    likest, found = likeness, (row, quoted)
        if found is not None:
            yield _correction(settings, article, [found[0]], found[1])


def _correction(
    settings: Settings, new: Article, replaced: Sequence[Mapping[str, Any]], quoted: str = ""
) -> Correction:
    claims = {key: day for row in replaced for key, day in _claims_of(settings, row).items()}
    return Correction(new.article_id, tuple(row["article_id"] for row in replaced), claims, quoted)


def retold(correction: Correction, new: Sequence[Claim]) -> set[str]:
    """Ids of the claims that a notice seems to make only because it quotes the title of what it takes back."""
    own = [claim for claim in new if claim.article_id == correction.article_id] if correction.quoted else []
    told = {claim.claim_id: _words(claim.evidence) for claim in own}
    title = correction.quoted
    return {name for name, words in told.items() if words and (words in title or title in words)}


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


def _known(settings: Settings, column: str, new: Mapping[str, Article]) -> dict[str, list[dict[str, Any]]]:
    """Known articles by the value of a column, newest snapshot first, for the values of new articles."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from conflict_events.snapshots.layout import partition_files, sections_of
    from conflict_events.snapshots.sections import UNDATED

    files, sections = partition_files(settings.latest, "articles"), sections_of(settings.latest, "articles")
    names = {name for name in files if name.startswith(UNDATED)} if new else set()
    for article in new.values():
        if article.published_at is not None:
            names.update(sections.of_partition(article.published_at))
            names.update(sections.of_partition(article.published_at.replace(day=1) - timedelta(days=1)))
    columns = ["url", "publisher", "article_id", "title", "published_at", "snapshot_date"]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in sorted(names & set(files)):
        data = pq.ParquetFile(files[name]).read(columns=columns)
        for row in data.filter(pc.is_in(data[column], value_set=pa.array(sorted(new)))).to_pylist():
            found[row[column]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row["snapshot_date"], row["article_id"]), reverse=True)
    return found


def _replaces(settings: Settings, new: Article, old: Mapping[str, Any]) -> bool:
    if new.title and old["title"] and fold(new.title).text == fold(old["title"]).text:
        return True
    head = fold(new.full_text[:_HEAD]).text
    if any(notice in head for notice in _notices()):
        return True
    return _likeness(settings, new, old) >= _SAME_REPORT


def _opens_with_notice(article: Article) -> bool:
    """Whether title or text begins with a notice; "without clarification" further on is none."""
    for text in (article.title or "", article.text):
        words = _words(text[:_HEAD]).split()
        for index in range(min(_OPENING, len(words))):
            rest = " ".join(words[index:])
            if any(rest == notice or rest.startswith(f"{notice} ") for notice in _notices()):
                return True
    return False


def _shortly_before(old: date | None, new: date | None) -> bool:
    return old is not None and new is not None and 0 <= (new - old).days <= _NOTICE_DAYS


def _quoted_title(notice: Article, old: Mapping[str, Any]) -> str:
    """The title of an older report, folded, if a notice quotes it.

    A title that the notice bears itself says nothing: a column may have one title every day.
    """
    title = _words(old["title"] or "")
    quotes = len(title.split()) >= _TITLE_WORDS and title != _words(notice.title or "")
    return title if quotes and f" {title} " in f" {_words(notice.full_text)} " else ""


def _likeness(settings: Settings, one: Article, old: Mapping[str, Any]) -> float:
    text = load_article(settings, old["article_id"])
    return _alike(one.text, text.text) if text is not None else 0.0


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text).text))


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
