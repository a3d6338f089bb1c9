"""Who says so: names of sources, the verbs and phrases that quote them, and how far a source's words reach."""

from conflict_events.extraction.attribution.credits import credits_of
from conflict_events.extraction.attribution.quoted import Quoted
from conflict_events.extraction.attribution.quotes import AttributionReader, clauses_of
from conflict_events.extraction.attribution.scope import SourceScope, distinct_sources
from conflict_events.extraction.attribution.stretches import stretches_of

__all__ = ["AttributionReader", "Quoted", "SourceScope", "clauses_of", "credits_of", "distinct_sources", "stretches_of"]
