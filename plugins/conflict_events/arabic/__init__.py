"""Words of Arabic: folding, tokens, phrases, quantities, dates. Knows nothing of conflicts."""

from conflict_events.arabic.folding import Folded, fold, fold_word
from conflict_events.arabic.phrases import Phrase, PhraseMatch, PhraseMatcher, proclitic_readings, strip_article
from conflict_events.arabic.tokens import Token, sentences, tokenize

__all__ = [
    "Folded",
    "Phrase",
    "PhraseMatch",
    "PhraseMatcher",
    "Token",
    "fold",
    "fold_word",
    "proclitic_readings",
    "sentences",
    "strip_article",
    "tokenize",
]
