"""Reads invented text as an article: `read` gives its first sentence, `claims` what the whole says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.extraction import load_extractor
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.reading import Sentence
from conflict_events.geography import load_gazetteer
from conflict_events.lexicon import load_lexicon, load_morphology
from conflict_events.records import Article, Claim, CleanArticle, Segment

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\n)[^\n]+)*")


def _article(text: str, day: date | None, title: str = "") -> CleanArticle:
    """The text with each block between blank lines as a paragraph, nothing cut."""
    data = {"article_id": "a_test", "title": title, "text": text, "published_at": day.isoformat() if day else None}
    article = Article.from_json(data)
    offset = len(title) + 1
    paragraphs = [Segment(offset + m.start(), offset + m.end(), "paragraph") for m in _PARAGRAPH.finditer(text)]
    heading = [Segment(0, len(title), "title")] if title else []
    return CleanArticle(article, (*heading, *paragraphs))


@pytest.fixture(scope="session")
def mentions() -> MentionReader:
    return MentionReader(load_lexicon(), load_morphology(), load_gazetteer())


@pytest.fixture(scope="session")
def read(mentions: MentionReader) -> Callable[..., Sentence]:
    def first_sentence(text: str, day: date | None = None) -> Sentence:
        return mentions.read(_article(text, day))[0]

    return first_sentence


@pytest.fixture(scope="session")
def claims() -> Callable[..., list[Claim]]:
    def of_text(text: str, day: date | None = date(2024, 3, 14), title: str = "") -> list[Claim]:
        return load_extractor().extract(_article(text, day, title))

    return of_text
