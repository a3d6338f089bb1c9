"""Gives the frames of a page their sources, which speak on from sentence to sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conflict_events.extraction.attribution import Quoted, SourceScope, clauses_of, stretches_of
from conflict_events.extraction.families import VIOLENT, family
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.occurrences import Occurrence
from conflict_events.extraction.participants import NAMELESS
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.vocabulary import Bit

__all__ = ["Saying", "lend_sayings", "source_frames"]

_THINGS = Bit.WEAPON | Bit.INFRASTRUCTURE
_NEXT = 2  # sentences after the last one that tells of it
_CLAIMED = 4  # sentences after the last one that tells of an attack, within which it is claimed
_EARLY = 2  # words of a clause within which it says what it is about


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says in a stretch of a sentence.

    Attributes:
        sentence: The sentence.
        quoted: Who says it, pronouns and the like resolved.
    """

    sentence: Sentence
    quoted: Sequence[Quoted]


def source_frames(
    mentions: MentionReader,
    sentences: list[Sentence],
    told_of: Mapping[int, list[Frame]],
    credits: Mapping[int, Quoted],
) -> tuple[list[Frame], list[Saying]]:
    """The frames with their sources, and who says something in which sentence, both in text order.

    Args:
        mentions: Reads who is quoted.
        sentences: The page's sentences.
        told_of: Frames by the index of their sentence.
        credits: Credited source of paragraphs by their number, of the page at -1.
    """
    found: list[Frame] = []
    sayings: list[Saying] = []
    if not told_of:
        return found, sayings
    last = sentences[max(told_of)]
    scope = SourceScope()
    for sentence in sentences:
        if sentence.index > last.index and sentence.paragraph - last.paragraph > 1:
            break
        own = mentions.attribution.read(sentence) if mentions.quotes(sentence) else []
        frames = {frame.unit.anchors[0].first: frame for frame in told_of.get(sentence.index, ())}
        for stretch in stretches_of(sentence, own, list(frames)):
            quoted = scope.read(sentence, stretch.quoted)
            if stretch.quoted and quoted:
                sayings.append(Saying(sentence, quoted))
            credited = credits.get(sentence.paragraph) or (credits.get(-1) if not quoted else None)
            if credited is not None:
                quoted = [*quoted, credited]
            for start in stretch.starts:
                _quote(frames[start], quoted)
                found.append(frames[start])
    return found, sayings


def lend_sayings(occurrences: Sequence[Occurrence], sayings: Sequence[Saying]) -> None:
    """Let sources speak for an occurrence that the page tells of both before and after their own sentence.

    "قتل مدني في انفجار. وقال شهود إن الدخان غطى السوق. ووقع الانفجار قرب مطعم": what stands between adds no occurrence,
    only who says so. At the end of a report the next sentence has to take up what was told. Frames gain sources.

    Args:
        occurrences: What the page tells of.
        sayings: Who says something, in text order.
    """
    told = sorted(
        ((frame.sentence.index, frame, occurrence) for occurrence in occurrences for frame in occurrence.frames),
        key=lambda item: (item[0], item[1].unit.first),
    )
    indexes = [index for index, _, _ in told]
    for saying in sayings:
        at = bisect_left(indexes, saying.sentence.index)
        after = told[at] if at < len(told) else None
        if at == 0 or (after is not None and after[0] == saying.sentence.index):
            continue
        _claim_deed(saying, [frame for _, frame, _ in reversed(told[:at])])
        _, frame, occurrence = told[at - 1]
        within = after is not None and after[2] is occurrence
        if within or (not frame.sources and _takes_up(saying.sentence, frame)) or _is_about(saying, occurrence, frame):
            frame.sources = [*frame.sources, *(q for q in saying.quoted if q.stance != "denies")]


def _claim_deed(saying: Saying, told: Sequence[Frame]) -> None:
    """Give the last attack told shortly before to who says that it was his: "وأعلنت الجماعة مسؤوليتها عن الهجوم".

    Args:
        saying: Who says something.
        told: The frames before it, the last one first.
    """
    for quoted in saying.quoted:
        if quoted.stance != "claims_responsibility":
            continue
        for frame in told:
            if saying.sentence.index - frame.sentence.index > _CLAIMED:
                break
            if family(frame.action) in VIOLENT and not frame.aggregate:
                _quote(frame, [*frame.sources, quoted])
                break


def _quote(frame: Frame, quoted: list[Quoted]) -> None:
    """Give a frame its sources; who claims the deed did it, where nobody else is named."""
    frame.sources = quoted
    if set(frame.actor1) <= NAMELESS:
        claimed = [q.actor_id for q in quoted if q.stance == "claims_responsibility" and q.actor_id]
        own = [q.actor_id for q in quoted[:1] if q.actor_id and any(t.entry.own for t in frame.unit.triggers)]
        frame.actor1 = claimed[:1] or own or frame.actor1


def _takes_up(sentence: Sentence, told: Frame) -> bool:
    """Whether the next sentence is about what a frame told: "إن الانفجار وقع" after "انفجار", "إن المعسكر" likewise."""
    last = told.sentence
    if last.kind in ("title", "heading") or sentence.index - last.index > 1 or told.background:
        return False
    known = {t.entry.id for t in told.unit.triggers}
    things = {last.bare(index) for index in last.marked(_THINGS)}
    events = {t.first for t in sentence.triggers if t.definite and not t.finite and t.entry.id in known}
    return any(
        index in events or (_definite(sentence, index) and sentence.bare(index) in things)
        for index in clauses_of(sentence)
    )


def _is_about(saying: Saying, occurrence: Occurrence, told: Frame) -> bool:
    """Whether what is said begins with the occurrence told shortly before: "وقال شهود إن القصف أصاب السوق".

    Not with many: "يقول مسؤولون إن الغارات تهدف إلى ..." speaks of a war.
    """
    sentence = saying.sentence
    if told.aggregate or sentence.index - told.sentence.index > _NEXT:
        return False
    if any(q.stance != "states" for q in saying.quoted):
        return False
    known = {t.entry.frame for frame in occurrence.frames for t in frame.unit.triggers}
    clauses = clauses_of(sentence)
    return any(
        t.definite
        and not t.finite
        and t.number != "p"
        and t.entry.frame in known
        and any(0 <= t.first - clause <= _EARLY for clause in clauses)
        for t in sentence.triggers
    )


def _definite(sentence: Sentence, index: int) -> bool:
    return sentence.text(index).startswith("ال")
