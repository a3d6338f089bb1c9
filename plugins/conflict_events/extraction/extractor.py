"""From a cleaned article to its claims."""

from __future__ import annotations

from functools import lru_cache

from conflict_events.extraction.attribution import Quoted, source_mentions
from conflict_events.extraction.claims import claim_of, page_context
from conflict_events.extraction.frames import Frame, frame_of
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.occurrences import fold_frames
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.units import units_of
from conflict_events.geography import Gazetteer, Geocoder, load_gazetteer
from conflict_events.lexicon import Lexicon, Morphology, load_lexicon, load_morphology
from conflict_events.records import Claim, CleanArticle

__all__ = ["Extractor", "load_extractor"]


class Extractor:
    """Reads claims out of cleaned articles. Holds no state of an article; one instance serves a process."""

    def __init__(self, lexicon: Lexicon, morphology: Morphology, gazetteer: Gazetteer, geocoder: Geocoder) -> None:
        self._mentions = MentionReader(lexicon, morphology, gazetteer)
        self._geocoder = geocoder

    def extract(self, clean: CleanArticle) -> list[Claim]:
        """The claims of an article, in the order in which it first tells of them."""
        frames = self.frames(self._mentions.read(clean))
        occurrences = fold_frames(frames, clean.article.published_at)
        context = page_context(clean.article, occurrences)
        return [claim_of(o, context, self._geocoder, number) for number, o in enumerate(occurrences)]

    def frames(self, sentences: list[Sentence]) -> list[Frame]:
        """The frames of all sentences, sources resolved along the way."""
        found: list[Frame] = []
        for sentence, quoted in zip(sentences, self._sources(sentences), strict=True):
            for unit in units_of(sentence):
                frame = frame_of(unit)
                if frame is not None:
                    frame.sources = quoted
                    if not frame.actor1:
                        frame.actor1 = [
                            q.actor_id for q in quoted if q.stance == "claims_responsibility" and q.actor_id
                        ][:1]
                    found.append(frame)
        return found

    def _sources(self, sentences: list[Sentence]) -> list[list[Quoted]]:
        """Sources of each sentence: its own, else those of its paragraph."""
        known: list[Quoted] = []
        own = [source_mentions(self._mentions.attribution.read(s), known) for s in sentences]
        resolved: list[list[Quoted]] = []
        inherited: tuple[int, list[Quoted]] = (-1, [])
        for sentence, quoted in zip(sentences, own, strict=True):
            if quoted:
                inherited = (sentence.paragraph, quoted)
            elif inherited[0] == sentence.paragraph:
                quoted = inherited[1]
            resolved.append(quoted)
        return resolved


@lru_cache(maxsize=2)
def load_extractor() -> Extractor:
    """The extractor over the project's own lexicon and the installed gazetteer, built once."""
    gazetteer = load_gazetteer()
    return Extractor(load_lexicon(), load_morphology(), gazetteer, Geocoder(gazetteer))
