"""A source in its sentence, made of a name, an actor, or a noun that points back ("المصدر")."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.arabic import strip_article
from conflict_events.extraction.attribution.names import actor_type, raw_name
from conflict_events.extraction.reading import ActorMention, Mention, Sentence, SourceMention

__all__ = ["Quoted", "actor_at", "actor_source", "anaphor", "quote"]

# Nouns that name a source only together with an earlier mention: "المصدر", "البيان", "الوكالة".
_ANAPHORA = frozenset(
    "مصدر مصادر مصدران مراسل بيان وكاله شبكه مرصد موسسه وزاره صحيفه قناه متحدث ناطق تقرير موقع فريق منظمه شهود نشطاء"
    " ناشطون ناشط هييه ولايه اداره مركز لجنه وحده قياده جماعه حركه تنظيم فصيل جهه مسوول مديريه دايره مجلس حكومه كنيسه"
    " قياديه قيادي مجموعه رابطه جمعيه نقابه غرفه مكتب تجمع".split()
)
_OURS = frozenset(
    "مراسلنا مراسلتنا مراسلونا مراسلينا مندوبنا موفدنا فرقنا فريقنا طواقمنا وكالتنا شبكتنا موقعنا قناتنا".split()
)
_SAME = frozenset("نفسه نفسها ذاته ذاتها نفسهم انفسهم ذاتهم عينه عينها".split())
_OWN_TEAMS = frozenset(
    "فرقه فرقها فرقهم طواقمه طواقمها طواقمهم كوادره كوادرها مراسلها مراسله مصادرها مصادره ناشطوها".split()
)


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
    """

    name: str = ""
    source_type: str = "unnamed"
    stance: str = "states"
    anaphoric: bool = False
    named: bool = True
    actor_id: str | None = None
    chained: bool = False
    span: tuple[int, int] | None = None

    @property
    def own_voice(self) -> bool:
        """Whether the outlet itself speaks ("مراسلنا"): by the codebook that is no source."""
        return any(word in _OURS for word in self.name.split()[:1])


def anaphor(sentence: Sentence, at: int, stance: str) -> Quoted | None:
    """A definite noun that points back to a source: "المصدر", "الوكالة", "المصادر نفسها", "فرقه"."""
    word = sentence.text(at)
    if word in _OWN_TEAMS:
        return Quoted(at, at + 1, "", "", anaphoric=True, named=False, stance=stance)
    base = word.removeprefix("و") if word.startswith("وال") else word
    base = "ال" + base[2:] if base.startswith("لل") else base
    if not base.startswith("ال") or strip_article(base) not in _ANAPHORA:
        return None
    following = sentence.text(at + 1)
    known = any(m.first == at and m.last > at + 1 for m in sentence.sources)
    same = following in _SAME
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
