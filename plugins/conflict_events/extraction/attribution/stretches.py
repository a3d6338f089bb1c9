"""Which stretch of a sentence each of its sources speaks for: "قال الدفاع المدني إن ...، فيما أعلنت الوزارة ..."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from conflict_events.extraction.attribution.quoted import Quoted
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set

__all__ = ["Stretch", "stretches_of"]

_LEAD = 5  # words between "فيما" and the source that it leads to
# Connectors of the same speaker's next item, and of a source named behind ("كما أفاد المرصد").
_SAME_VOICE = word_set("same_voice")


@dataclass(slots=True)
class Stretch:
    """A run of clauses with the sources that they quote themselves.

    Attributes:
        first: Its first token; it ends where the next one begins.
        quoted: Sources quoted in it.
        starts: First tokens of what is told in it.
    """

    first: int
    quoted: list[Quoted] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def stretches_of(sentence: Sentence, quoted: Sequence[Quoted], starts: Sequence[int]) -> list[Stretch]:
    """The stretches of a sentence, in order; one where nobody else takes the word.

    Args:
        sentence: The sentence.
        quoted: The sources that it quotes.
        starts: First tokens of what it tells; a stretch that tells nothing belongs to the one before.
    """
    found = [Stretch(0)]
    spoken = min((q.first for q in quoted), default=0)
    for cut in sorted({cut for q in quoted if (cut := _takes_over(sentence, q, q.first > spoken)) is not None}):
        told = [s for s in starts if found[-1].first <= s < cut]
        if told and any(s >= cut for s in starts):
            found.append(Stretch(cut))
    for stretch, after in zip(found, [*(s.first for s in found[1:]), len(sentence)], strict=True):
        stretch.quoted = [q for q in quoted if stretch.first <= q.first < after]
        stretch.starts = [s for s in starts if stretch.first <= s < after]
    return found


def _takes_over(sentence: Sentence, source: Quoted, follows: bool) -> int | None:
    """Where the clause begins by which a source takes the word, None where it opens none.

    After "فيما" and the like it takes it from the article too; after و only from another source (`follows`): else what
    the article told before is what the source confirms.
    """
    if not source.named:
        return None
    for cue in sentence.cues_in(max(0, source.first - _LEAD - 3), source.first, "boundary"):
        if source.first - cue.last <= _LEAD and sentence.text(cue.first).removeprefix("و") not in _SAME_VOICE:
            return cue.first
    for index in range(source.first - 1, max(0, source.first - _LEAD) if follows else source.first, -1):
        if sentence.text(index)[0] == "و" and sentence.marks[index] & Bit.VERB:
            return index if sentence.text(index - 1) in ("،", "؛") else None
    return None
