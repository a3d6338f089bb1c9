"""From a cleaned article to its claims."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from conflict_events.extraction.attribution import Quoted, credits_of
from conflict_events.extraction.claims import claim_of, page_context
from conflict_events.extraction.frames import Frame, frame_of
from conflict_events.extraction.judgement import Judgement, load_judgement
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.occurrences import fold_frames
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.sourcing import Saying, lend_sayings, source_frames
from conflict_events.extraction.subjects import inherit_subjects
from conflict_events.extraction.units import units_of
from conflict_events.geography import Gazetteer, Geocoder, load_gazetteer
from conflict_events.lexicon import Lexicon, Morphology, load_lexicon, load_morphology
from conflict_events.records import Article, Claim, CleanArticle

__all__ = ["Extractor", "load_extractor"]

_COLLECTED_AFTER = 50_000  # new objects, until the collector looks for cycles
_MOST_FRAMES = 400  # are compared with each other; no page that people write has so many


class Extractor:
    """Reads claims out of cleaned articles. Holds no state of an article; one instance serves a process."""

    def __init__(
        self,
        lexicon: Lexicon,
        morphology: Morphology,
        gazetteer: Gazetteer,
        geocoder: Geocoder,
        judgement: Judgement | None = None,
    ) -> None:
        self._mentions = MentionReader(lexicon, morphology, gazetteer)
        self._geocoder = geocoder
        self._judgement = judgement or load_judgement()

    def may_tell(self, text: str) -> bool:
        """Whether a raw text may yield a claim: a first look at its words, before anything is cut from it."""
        return self._mentions.gate.passes(text)

    def candidates(self, clean: CleanArticle) -> tuple[list[Sentence], list[Frame]]:
        """The sentences of an article, and all frames in them before judgement."""
        sentences = self._mentions.read(clean)
        return sentences, self.frames(sentences, credits_of(clean))

    def extract(self, clean: CleanArticle) -> list[Claim]:
        """The claims of an article, in the order in which it first tells of them."""
        sentences = self._mentions.read(clean)
        try:
            told_of = self._told_of(sentences)
            bare = [frame for frames in told_of.values() for frame in frames]
            if not bare or not self._judgement.may_tell(bare, sentences, clean.article.published_at):
                return []
            sourced, sayings = source_frames(self._mentions, sentences, told_of, credits_of(clean))
            frames = self._judgement.told(sourced, sentences, clean.article.published_at)
            claims: list[Claim] = []
            for first in range(0, len(frames), _MOST_FRAMES):
                claims += self._claims(clean.article, frames[first : first + _MOST_FRAMES], sayings, len(claims))
            return claims
        finally:
            # A page's sentences know each other by way of this list; without it they go at once, and need no collector.
            sentences.clear()

    def _claims(self, article: Article, frames: list[Frame], sayings: list[Saying], number: int) -> list[Claim]:
        """Claims of frames that are told, numbered from `number` on."""
        inherit_subjects(frames)
        occurrences = fold_frames(frames, article.published_at)
        lend_sayings(occurrences, sayings)
        context = page_context(article, occurrences)
        return [claim_of(o, context, self._geocoder, at) for at, o in enumerate(occurrences, number)]

    def frames(self, sentences: list[Sentence], credits: Mapping[int, Quoted] | None = None) -> list[Frame]:
        """The frames of all sentences, doubtful ones included, sources resolved along the way.

        Args:
            sentences: The sentences.
            credits: Credited source of paragraphs by their number, of the page at -1.
        """
        return source_frames(self._mentions, sentences, self._told_of(sentences), credits or {})[0]

    def _told_of(self, sentences: list[Sentence]) -> dict[int, list[Frame]]:
        """Frames without their sources, by the index of their sentence, for those sentences that have some."""
        return {s.index: told for s in sentences if self._mentions.tells(s) and (told := _frames(s))}


def _frames(sentence: Sentence) -> list[Frame]:
    """The frames of a sentence, without their sources."""
    return [frame for unit in units_of(sentence) if (frame := frame_of(unit)) is not None]


def load_extractor(store: Path | None = None) -> Extractor:
    """The extractor over the project's own lexicon and the installed gazetteer, built once.

    Args:
        store: Folder of imported places; None for the one in the workspace of the environment.
    """
    # What is loaded stays: while it is built, the collector would look through it over and over, and find nothing.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _over(load_gazetteer(store=store))
    finally:
        if collects:
            gc.enable()


@lru_cache(maxsize=2)
def _over(gazetteer: Gazetteer) -> Extractor:
    extractor = Extractor(load_lexicon(), load_morphology(), gazetteer, Geocoder(gazetteer))
    gc.freeze()  # lexicon and gazetteer stay as long as the process: the collector need not look at them
    # Articles leave hardly a cycle behind, and die as soon as they are read: nothing for the collector to find.
    gc.set_threshold(max(_COLLECTED_AFTER, gc.get_threshold()[0]), *gc.get_threshold()[1:])
    return extractor
