"""A source in its sentence, made of a name, an actor, or a noun that points back ("المصدر")."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.arabic import strip_article
from conflict_events.extraction.attribution.names import actor_type, raw_name
from conflict_events.extraction.attribution.words import SourceWords
from conflict_events.extraction.reading import ActorMention, Mention, Sentence, SourceMention

__all__ = ["Quoted", "actor_at", "actor_source", "anaphor", "quote"]


@dataclass(frozen=True, slots=True)
class Quoted(Mention):
    """A source in its sentence.

    Attributes:
        name: Its name as written.
        source_type: Type of the codebook.
        stance: states, accuses, denies or claims_responsibility.
        anaphoric: Whether it points back to a source already named ("وأضاف المصدر").
        named: Whether it stands in the words (False for a verb alone: "وأضافت").
        actor_id: Actor whose voice it is, or None.
        chained: Whether it is quoted by the source before it in the sentence ("نقلت الوكالة عن مصادر").
        span: Raw offsets of the words in the article, None for a verb alone.
        own_voice: Whether the outlet itself speaks ("مراسلنا"): by the codebook that is no source.
    """

    name: str = ""
    source_type: str = "unnamed"
    stance: str = "states"
    anaphoric: bool = False
    named: bool = True
    actor_id: str | None = None
    chained: bool = False
    span: tuple[int, int] | None = None
    own_voice: bool = False


def anaphor(sentence: Sentence, at: int, stance: str, words: SourceWords) -> Quoted | None:
    """A definite noun that points back to a source: "المصدر", "الوكالة", "المصادر نفسها", "فرقه"."""
    word = sentence.text(at)
    for team in (f"{word} {sentence.text(at + 1)}", word):
        if team in words.own_teams:
            return Quoted(at, at + 1 + team.count(" "), "", "", anaphoric=True, named=False, stance=stance)
    base = word.removeprefix("و") if word.startswith("وال") else word
    base = "ال" + base[2:] if base.startswith("لل") else base
    if not base.startswith("ال") or strip_article(base) not in words.anaphora:
        return None
    following = sentence.text(at + 1)
    known = any(m.first == at and m.last > at + 1 for m in sentence.sources)
    same = following in words.same
    if not same and (known or (following.startswith("ال") and len(following) > 4)):
        return None
    if any(min(a.head, a.first) == at and a.last > at + 1 for a in sentence.actors):
        return None
    last = at + 2 if same else at + 1
    name = raw_name(sentence, at, at + 1, "و" if word.startswith("و") else "ل" if word.startswith("لل") else "")
    source_type = next((m.source_type for m in sentence.sources if m.first == at), "unnamed")
    return Quoted(at, last, "", name, source_type, stance, anaphoric=True, span=sentence.raw_span(at, last))


def quote(sentence: Sentence, mention: SourceMention, stance: str, *, anaphoric: bool = False) -> Quoted:
    """The source that a name stands for."""
    span = sentence.raw_span(mention.first, mention.last)
    return Quoted(
        mention.first,
        mention.last,
        mention.proclitics,
        mention.name,
        mention.source_type,
        stance,
        anaphoric=anaphoric,
        span=span,
        own_voice=mention.own_voice,
    )


def actor_at(sentence: Sentence, index: int) -> ActorMention | None:
    """An actor that may speak: no adjective, and nobody unknown."""
    for actor in sentence.actors:
        if min(actor.head, actor.first) == index and not actor.nisba and actor.actor_id != "UNIDENTIFIED":
            return actor
    return None


def actor_source(sentence: Sentence, actor: ActorMention, stance: str) -> Quoted:
    """An actor that speaks for itself: "أعلنت قوات سوريا الديمقراطية"."""
    first = min(actor.head, actor.first)
    return Quoted(
        first,
        actor.last,
        actor.proclitics,
        raw_name(sentence, first, actor.last, actor.proclitics),
        actor_type(actor),
        stance,
        actor_id=actor.actor_id,
        span=sentence.raw_span(first, actor.last),
    )
