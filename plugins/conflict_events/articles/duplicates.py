"""Copies of one text: the same words, nearly the same, or a shortened reprint, told by MinHash over what `clean` kept.

A text that states a number which the other does not is no copy: that is how a later toll of the same report looks.
Nor are versions of one URL (the newer one stays beside the older), nor two reports of one outlet in one pattern.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from conflict_events.arabic import fold, quantities, tokenize
from conflict_events.articles.addresses import url_key
from conflict_events.articles.phrases import line_key
from conflict_events.records import CleanArticle

__all__ = ["Signature", "find_duplicates", "find_versions", "signature_of"]

SHINGLE = 3  # words; Arabic glues articles and prepositions to words, so that three carry what four do in English
PERMUTATIONS = 128
SCHEME = "affine32"  # named, so that kept signatures stay comparable when datasketch changes its default
COPY = 0.8  # least similarity (Jaccard) of copies across outlets
SAME_OUTLET = 0.95  # within an outlet: "shelling on X", "shelling on Y" in the same words are two reports
REPRINT = 0.75  # least share of a shorter text's shingles that the original holds
CANDIDATE = 0.45  # similarity from which pairs are looked at: a reprint of half the text
MIN_WORDS = 12  # shorter texts are copies only when they are equal, and of the same day


@dataclass(frozen=True, slots=True)
class Signature:
    """What must be kept of an article to recognise its copies later.

    Attributes:
        article_id: The article.
        published_at: Its day, or None.
        url: Its URL, or None.
        words: Number of words of the report.
        text_hash: Hash of the report's folded words.
        numbers: The numbers that count something in it, ascending, in digits or words.
        minhash: The signature values; empty for a short text.
        publisher: Its outlet, or None.
    """

    article_id: str
    published_at: date | None
    url: str | None
    words: int
    text_hash: str
    numbers: tuple[int, ...]
    minhash: tuple[int, ...]
    publisher: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The signature as a JSON-ready dict."""
        day = self.published_at.isoformat() if self.published_at else None
        record = {name: getattr(self, name) for name in ("article_id", "url", "words", "text_hash", "publisher")}
        return record | {"published_at": day, "numbers": list(self.numbers), "minhash": list(self.minhash)}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Signature:
        """Read back what `to_json` wrote."""
        day = record.get("published_at")
        values = {**record, "published_at": date.fromisoformat(day) if day else None}
        return cls(**{**values, "numbers": tuple(record["numbers"]), "minhash": tuple(record["minhash"])})


def signature_of(clean: CleanArticle) -> Signature:
    """The signature of one cleaned article (of its headline where nothing else was kept)."""
    article = clean.article
    body = [segment for segment in clean.segments if segment.kind in ("paragraph", "heading")]
    pieces = body or [segment for segment in clean.segments if segment.kind == "title"]
    text = " ".join(article.full_text[piece.start : piece.end] for piece in pieces)
    words = line_key(text).split()
    return Signature(
        article_id=article.article_id,
        published_at=article.published_at,
        url=article.url,
        words=len(words),
        text_hash=_digest(" ".join(words)),
        numbers=_numbers(text),
        minhash=_minhash(words) if len(words) >= MIN_WORDS else (),
        publisher=article.publisher,
    )


def _numbers(text: str) -> tuple[int, ...]:
    counts = (quantity for quantity in quantities(tokenize(fold(text).text)) if quantity.role == "count")
    values = {value for quantity in counts for value in (quantity.low, quantity.best, quantity.high)}
    return tuple(sorted(value for value in values if value is not None))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _minhash(words: list[str]) -> tuple[int, ...]:
    from datasketch import MinHash

    shingles = {" ".join(words[index : index + SHINGLE]) for index in range(len(words) - SHINGLE + 1)}
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1, scheme=SCHEME)
    sketch.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return tuple(int(value) for value in sketch.hashvalues)


def find_duplicates(
    articles: Iterable[CleanArticle | Signature], known: Iterable[CleanArticle | Signature] = ()
) -> dict[str, str]:
    """Which articles copy which.

    Args:
        articles: New articles. Of several copies the earliest published is the original; of one day, the longest, which
            a reprint shortens; of one length, the first given.
        known: Articles of earlier days (or their signatures), which are originals whatever their day.

    Returns:
        `article_id` of each copy -> `article_id` of its original. Originals are never copies themselves.
    """
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
    originals: dict[str, Signature] = {}
    by_text: dict[str, list[str]] = {}
    copies: dict[str, str] = {}
    new = [_signed(article) for article in articles]
    ordered = sorted(new, key=lambda one: (one.published_at or date.max, -one.words))  # stable: then as given
    for position, signature in enumerate([*(_signed(article) for article in known), *ordered]):
        name = signature.article_id
        if name in originals or name in copies:
            continue
        original = _equal(signature, by_text, originals) or _near(signature, index, originals)
        if original is not None:
            copies[name] = original
            continue
        originals[name] = signature
        by_text.setdefault(signature.text_hash, []).append(name)
        if signature.minhash:
            index.insert((position, name), _sketch(signature))
    wanted = {signature.article_id for signature in new}
    return {name: original for name, original in copies.items() if name in wanted}


def _signed(article: CleanArticle | Signature) -> Signature:
    return article if isinstance(article, Signature) else signature_of(article)


def _sketch(signature: Signature) -> Any:
    import numpy as np
    from datasketch import MinHash

    values = np.array(signature.minhash, dtype=np.uint64)
    return MinHash(num_perm=PERMUTATIONS, seed=1, scheme=SCHEME, hashvalues=values)


def _equal(signature: Signature, by_text: dict[str, list[str]], originals: dict[str, Signature]) -> str | None:
    for name in by_text.get(signature.text_hash, ()):
        if signature.words >= MIN_WORDS or originals[name].published_at == signature.published_at:
            return name
    return None


def _near(signature: Signature, index: Any, originals: dict[str, Signature]) -> str | None:
    """The first original that this text copies, in the order in which the originals came."""
    if not signature.minhash:
        return None
    for _, name in sorted(index.query(_sketch(signature))):
        if _copies(signature, originals[name]):
            return str(name)
    return None


def _copies(copy: Signature, original: Signature) -> bool:
    """Whether one text copies another: close enough, nothing counted that is not counted there, no newer version."""
    if not set(copy.numbers) <= set(original.numbers):
        return False
    if copy.url is not None and original.url is not None and url_key(copy.url) == url_key(original.url):
        return False
    equal = sum(a == b for a, b in zip(copy.minhash, original.minhash, strict=True)) / PERMUTATIONS
    if copy.publisher is not None and copy.publisher == original.publisher:
        return equal >= SAME_OUTLET
    if equal >= COPY:
        return True
    # From similarity and lengths to the share of the shorter text that stands in the longer one.
    shared = equal / (1 + equal) * (copy.words + original.words)
    return copy.words < original.words and shared >= REPRINT * copy.words


def find_versions(articles: Iterable[CleanArticle | Signature]) -> dict[str, str]:
    """Which articles are later versions of an earlier one at the same address (`url_key`), with another text.

    Args:
        articles: In the order in which they became known.

    Returns:
        `article_id` of each newer version -> `article_id` of the version just before it.
    """
    latest: dict[str, Signature] = {}
    versions: dict[str, str] = {}
    for article in articles:
        signature = _signed(article)
        if signature.url is None:
            continue
        key = url_key(signature.url)
        before = latest.get(key)
        if before is None:
            latest[key] = signature
        elif before.text_hash != signature.text_hash and before.article_id != signature.article_id:
            versions[signature.article_id] = before.article_id
            latest[key] = signature
    return versions
