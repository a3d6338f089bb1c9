"""From the words of an article to claims: mentions, clauses, frames, occurrences."""

from conflict_events.extraction.extractor import Extractor, load_extractor

__all__ = ["Extractor", "load_extractor"]
