"""The lexicon: what `include/lexicon` says, and the analysis of Arabic words by it.

>>> morphology = load_morphology()
>>> sorted({(a.lemma, a.pos, a.number) for a in morphology.analyze("وقتيلان")})
[('قتيل', 'noun', 'd')]
"""

from conflict_events.lexicon.lexemes import Lexeme
from conflict_events.lexicon.loader import Lexicon, load_lexicon, load_morphology
from conflict_events.lexicon.morphology import Analysis, Morphology
from conflict_events.lexicon.records import Actor, Attribution, PersonNoun, ReportingVerb, SourceTerm, Term, WordSet
from conflict_events.lexicon.sources import LexiconError

__all__ = [
    "Actor",
    "Analysis",
    "Attribution",
    "Lexeme",
    "Lexicon",
    "LexiconError",
    "Morphology",
    "PersonNoun",
    "ReportingVerb",
    "SourceTerm",
    "Term",
    "WordSet",
    "load_lexicon",
    "load_morphology",
]
