"""Caps on what one input may cost, in one place, so that no page can take the day with it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a record is set aside, not read.

    Attributes:
        max_record_bytes: One line of a JSONL file.
        max_page_bytes: One text, HTML page or WARC record, after decompression.
        max_text_chars: Characters of one article.
        max_html_depth: Elements inside elements; the parser itself gives up, silently, at 255.
        max_html_elements: Elements of one page.
        max_inflation: Decompressed over compressed bytes of one gzip file, from `inflation_free_bytes` on.
        inflation_free_bytes: Decompressed bytes below which the ratio is not looked at.
        min_arabic_share: Least share of Arabic letters among the letters of an article.
        excerpt_chars: How much of a rejected record is kept beside the reason.
    """

    max_record_bytes: int = 8 * MIB
    max_page_bytes: int = 16 * MIB
    max_text_chars: int = 2_000_000
    max_html_depth: int = 200
    max_html_elements: int = 100_000
    max_inflation: int = 200
    inflation_free_bytes: int = 64 * MIB
    min_arabic_share: float = 0.4
    excerpt_chars: int = 200
