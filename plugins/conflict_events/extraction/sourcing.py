"""Gives the frames of a page their sources, which speak on from sentence to sentence."""

from __future__ import annotations

from collections.abc import Mapping

from conflict_events.extraction.attribution import Quoted, SourceScope, stretches_of
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.participants import NAMELESS
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.vocabulary import Bit

__all__ = ["lend_doubtful", "source_frames"]

_THINGS = Bit.WEAPON | Bit.INFRASTRUCTURE
_DEFINITE = ("ال", "لل", "بال")


def source_frames(
    mentions: MentionReader,
    sentences: list[Sentence],
    told_of: Mapping[int, list[Frame]],
    credits: Mapping[int, Quoted],
) -> list[Frame]:
    """The frames with their sources, in text order.

    Args:
        mentions: Reads who is quoted.
        sentences: The page's sentences.
        told_of: Frames by the index of their sentence.
        credits: Credited source of paragraphs by their number, of the page at -1.
    """
    if not told_of:
        return []
    last = sentences[max(told_of)]
    found: list[Frame] = []
    scope = SourceScope()
    for sentence in sentences:
        if sentence.index > last.index and sentence.paragraph - last.paragraph > 1:
            break
        own = mentions.attribution.read(sentence) if mentions.quotes(sentence) else []
        frames = {frame.unit.anchors[0].first: frame for frame in told_of.get(sentence.index, ())}
        for stretch in stretches_of(sentence, own, list(frames)):
            quoted = scope.read(sentence, stretch.quoted)
            credited = credits.get(sentence.paragraph) or (credits.get(-1) if not quoted else None)
            if credited is not None:
                quoted = [*quoted, credited]
            for start in stretch.starts:
                _quote(frames[start], quoted)
                found.append(frames[start])
        if own and not frames and found:
            _lend(found, sentence, quoted)
    return found


def lend_doubtful(frames: list[Frame], told: list[Frame]) -> None:
    """Let sources speak for what was told before, whose own sentence is not taken for a report.

    "قتل مدني في انفجار. وقال شهود إن الانفجار وقع قرب مطعم": the second sentence adds no occurrence, only who says so.

    Args:
        frames: All frames of a page with their sources, in text order.
        told: Those of them that are told.
    """
    kept, telling = {id(frame) for frame in told}, {frame.sentence.index for frame in told}
    before: list[Frame] = []
    for frame in frames:
        if id(frame) in kept:
            before.append(frame)
        elif before and frame.sentence.index not in telling and _adds_to(frame, before[-1]):
            _lend(before, frame.sentence, frame.sources)


def _quote(frame: Frame, quoted: list[Quoted]) -> None:
    """Give a frame its sources; who claims the deed did it, where nobody else is named."""
    frame.sources = quoted
    if set(frame.actor1) <= NAMELESS:
        claimed = [q.actor_id for q in quoted if q.stance == "claims_responsibility" and q.actor_id]
        own = [q.actor_id for q in quoted[:1] if q.actor_id and any(t.entry.own for t in frame.unit.triggers)]
        frame.actor1 = claimed[:1] or own or frame.actor1


def _lend(frames: list[Frame], sentence: Sentence, quoted: list[Quoted]) -> None:
    """Sources of a sentence that adds to what was just told ("وأكد الأهالي أن الجريحين نقلا") speak for that too.

    Who denies it does not say so.
    """
    last = frames[-1].sentence
    quoted = [q for q in quoted if q.stance != "denies"]
    if last.kind in ("title", "heading") or sentence.paragraph - last.paragraph > 1:
        return
    refers = any(t.definite and not t.finite for t in sentence.triggers) or _echoes(sentence, last)
    if refers or any(person.definite for person in sentence.persons.values()):
        for frame in frames:
            if frame.sentence is last and not frame.sources and not frame.background:
                frame.sources = quoted


def _adds_to(frame: Frame, told: Frame) -> bool:
    """Whether a frame of the next sentence speaks of the same occurrence: alike, nowhere else, no toll of a period."""
    known = {place.name for place in (*told.sites, *told.containers)}
    return (
        frame.sentence.index - told.sentence.index == 1
        and (frame.action == told.action or frame.anaphoric)
        and not (frame.aggregate or told.aggregate)
        and all(place.name in known for place in frame.sites)
        and not frame.sentence.cues_in(0, 3, "boundary", "background")
    )


def _echoes(sentence: Sentence, told: Sentence) -> bool:
    """Whether a sentence speaks of a thing that was just told of: "المعسكر" after "غارات على معسكر"."""
    known = {told.bare(index) for index in told.marked(_THINGS)}
    for index in sentence.marked(_THINGS):
        word = sentence.text(index).removeprefix("و")
        if word.startswith(_DEFINITE) and word.removeprefix("ب").removeprefix("لل").removeprefix("ال") in known:
            return True
    return False
