"""Words of Arabic: folding, tokens, phrases, quantities, dates. Knows nothing of conflicts."""

from conflict_events.arabic.date_resolver import DateRange, resolve
from conflict_events.arabic.dates import DateMention, find_dates
from conflict_events.arabic.folding import Folded, fold, fold_word
from conflict_events.arabic.number_words import NumberRead, read_number
from conflict_events.arabic.phrases import (
    FirstWords,
    Phrase,
    PhraseMatch,
    PhraseMatcher,
    proclitic_readings,
    strip_article,
)
from conflict_events.arabic.quantities import Quantity, quantities
from conflict_events.arabic.tokens import Token, sentences, tokenize

__all__ = [
    "DateMention",
    "DateRange",
    "FirstWords",
    "Folded",
    "NumberRead",
    "Phrase",
    "PhraseMatch",
    "PhraseMatcher",
    "Quantity",
    "Token",
    "find_dates",
    "fold",
    "fold_word",
    "proclitic_readings",
    "quantities",
    "read_number",
    "resolve",
    "sentences",
    "strip_article",
    "tokenize",
]
