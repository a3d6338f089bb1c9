"""The noun phrase around an actor's name: its outermost noun, and the particle or event noun that governs it.

"مواقع لقوات النظام" is an asset of the regime, "قصف مدفعي لقوات النظام" an act of theirs, "عناصر من قسد" people of
the SDF. What a phrase is decides, together with the verb that it stands beside, which part the actor plays (`roles`).
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.extraction.reading import ActorMention, Sentence, Trigger

__all__ = ["STORES", "Phrase", "bare_noun", "is_adjective", "kind_at"]

_KINDS = {
    "aircraft": "means",
    "weapon": "means",
    "position": "asset",
    "vehicle": "asset",
    "fighters": "people",
    "force": "force",
    "organisation": "force",
    "authority": "force",
}
_MEASURES = {"munitions": "means", "vehicles": "asset", "other": "asset", "strikes": "act", "bodies": "people"}
_ACTS = frozenset(
    "عمليه عمليات حمله حملات محاوله محاولات هجوم هجمات تصعيد رشقات رشقه رمايات جولات خروقات انتهاكات".split()
)
STORES = frozenset("ذخاءر ذخاير ذخيره عتاد معدات اسلحه تمركزات".split())
_FIRE = frozenset("رصاص نيران رصاصه رصاصات نار سلاح مدافع حربي مروحي مسير قناصه قنص".split())
_ADJECTIVES = frozenset(
    "مكثف مكثفه عنيف عنيفه مباشر مباشره متبادل مسلح مسلحه مسلحين مسير مسيره متفجر متفجره ثقيل ثقيله موجه"
    " موجهه مشترك مشتركه مركز مركزه مفخخ مفخخه"
    " ناسف ناسفه جديد جديده سابق سابقه كبير كبيره واسع واسعه ضخم ضخمه طايش عشوايي مماثل مماثله مجهول"
    " مجهوله تابع تابعه تابعين مواليه موال خاطف مباغت ميدانيه اخر اخري"
    " مكثفا عنيفا مباشرا واسعا مشتركا مركزا مسلحا".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase that an actor's name belongs to.

    Attributes:
        actor: The actor.
        first: First token of the phrase.
        last: One past the actor's name.
        kind: Its outermost noun: means (طيران، مدفعية، صواريخ), asset (موقع، سيارة), people (عناصر) or force.
        particle: The preposition that governs it ("ب" and "ل" also when attached), "" where none.
        act: The event noun that it belongs to, or None.
        bare: Whether the name stands alone, directly in the genitive of the event noun.
        dative: Whether ل ties it to the event noun ("قصف لقوات النظام").
        moving: Whether its outermost noun moves and acts (a patrol, a convoy).
        deed: Whether it belongs to a noun of doing that is no trigger ("عملية لقوات النظام").
    """

    actor: ActorMention
    first: int
    last: int
    kind: str
    particle: str = ""
    act: Trigger | None = None
    bare: bool = True
    dative: bool = False
    moving: bool = False
    deed: bool = False


def kind_at(sentence: Sentence, index: int) -> str:
    """What sort of thing a single noun is: act, means, asset, people or force; "" for other words."""
    head = sentence.heads.get(index)
    if head in ("force", "organisation", "authority"):
        return "force"
    bare = bare_noun(sentence.text(index))
    if bare in _ACTS:
        return "act"
    if bare in STORES:
        return "asset"
    if head is not None:
        return _KINDS.get(head, "")
    if bare in _FIRE or any(m.first <= index < m.last for m, _ in sentence.means):
        return "means"
    person = sentence.persons.get(index)
    if person is not None and person.noun is not None:
        return _MEASURES.get(person.noun.measure or "", "people")
    if any(m.first <= index < m.last for m, _ in sentence.infrastructure):
        return "asset"
    return ""


def bare_noun(word: str) -> str:
    """A noun without article, particle or pronoun, as far as the words of this module need it."""
    for prefix in ("وال", "بال", "ال", "لل"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    for ending in ("ها", "هم"):
        if word.endswith(ending) and word[: -len(ending)] in _ACTS | _FIRE:
            return word[: -len(ending)]
    return word[1:] if word[:1] in ("ب", "و", "ل") and word[1:] in _ACTS | _FIRE | STORES else word


def is_adjective(word: str) -> bool:
    """Whether a word outside the lexicon looks like an adjective: by its ending, or a common one of reports."""
    stem = word[1:] if word[:1] == "و" and len(word) > 4 else word
    stem = stem.removeprefix("ال")
    return stem in _ADJECTIVES or (len(stem) > 3 and stem.endswith(("ي", "يه", "يا", "يين", "يتين", "يتان")))
