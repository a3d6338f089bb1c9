"""The noun phrase around an actor's name: its outermost noun, and the particle or event noun that governs it.

"مواقع لقوات النظام" is an asset of the regime, "قصف مدفعي لقوات النظام" an act of theirs, "عناصر من قسد" people of
the SDF. What a phrase is decides, together with the verb that it stands beside, which part the actor plays (`roles`).
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.extraction.reading import ActorMention, Sentence, Trigger

__all__ = ["Phrase", "is_adjective", "kind_at", "read_phrase"]

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
_MOVING = frozenset("دوريه دوريات رتل ارتال تعزيزات".split())
_ACTS = frozenset(
    "عمليه عمليات حمله حملات محاوله محاولات هجوم هجمات تصعيد رشقات رشقه رمايات جولات خروقات انتهاكات".split()
)
_STORES = frozenset("ذخاءر ذخاير ذخيره عتاد معدات اسلحه تمركزات".split())
_FIRE = frozenset("رصاص نيران رصاصه رصاصات نار سلاح مدافع حربي مروحي مسير قناصه قنص".split())
_PREPOSITIONS = frozenset(
    "من في علي الي عن ضد مع بين باتجاه تجاه نحو صوب قرب داخل لدي قباله امام ضمن بقياده بوجه لصالح".split()
)
_INNER = frozenset("من في صفوف بصفوف ل احد احدي بعض كل جميع كافه عدد مجموعه اخر اخرين اخرون مختلف عده".split())
_ADJECTIVES = frozenset(
    "مكثف مكثفه عنيف عنيفه مباشر مباشره متبادل مسلح مسلحه مسلحين مسير مسيره متفجر متفجره ثقيل ثقيله موجه"
    " موجهه مشترك مشتركه مركز مركزه مفخخ مفخخه"
    " ناسف ناسفه جديد جديده سابق سابقه كبير كبيره واسع واسعه ضخم ضخمه طايش عشوايي مماثل مماثله مجهول"
    " مجهوله تابع تابعه تابعين مواليه موال خاطف مباغت ميدانيه اخر اخري"
    " مكثفا عنيفا مباشرا واسعا مشتركا مركزا مسلحا".split()
)
_MAX_STEPS = 9


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
    bare = _bare(sentence.text(index))
    if bare in _ACTS:
        return "act"
    if bare in _STORES:
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


def read_phrase(  # noqa: C901  one walk to the left, its cases in their order
    sentence: Sentence, actor: ActorMention, acts: dict[int, Trigger], verbs: frozenset[int]
) -> Phrase:
    """Read leftwards from an actor's name to the edge of its noun phrase.

    Args:
        sentence: The sentence.
        actor: The actor.
        acts: Event nouns by token.
        verbs: Tokens of conjugated verbs, which end every noun phrase.
    """
    kind, bare, moving = "force", True, False
    particle = _particle(sentence, actor.first, actor.proclitics)
    if kind_at(sentence, actor.first) in ("people", "means") and not actor.nisba:
        kind = kind_at(sentence, actor.first)
    dative = particle == "ل"
    outermost = index = actor.first
    skipped, linked = 0, particle == "ل"
    for _ in range(_MAX_STEPS):
        before = sentence.skip_punct(index - 1, -1)
        if particle not in ("", "ل", "و") and not (particle == "ب" and _naming(sentence, before)):
            break
        if before < 0 or sentence.tokens[before].kind == "punct" or before in verbs:
            break
        if outermost < actor.first and any(a.first <= before < a.last for a in sentence.actors if not a.nisba):
            break  # another side's name: "قصفت مدفعية الجيش الوطني مواقع لقسد"
        word = sentence.text(before)
        if before in acts:
            trigger = acts[before]
            return Phrase(actor, outermost, actor.last, kind, "", trigger, bare, dative, moving)
        found = kind_at(sentence, before)
        if _naming(sentence, before):
            index = before - 1 if sentence.text(before - 1) in ("من", "ما") else before
            particle = ""
            continue
        if word == "من" and sentence.text(before - 1) in ("لكل", "كل"):
            # "لكل من قوات النظام وحزب الله" is "لقوات النظام ...".
            dative = linked = sentence.text(before - 1) == "لكل"
            index, particle = before - 1, "ل" if dative else ""
            continue
        if word in ("ل", "ب") and len(word) == 1:
            particle, dative = word, word == "ل"
            index, linked = before, True
            continue
        if found == "act":
            particle = _particle(sentence, before, None)
            return Phrase(actor, before, actor.last, kind, particle, None, bare, dative, moving, deed=True)
        if found:
            # "مستودعات أسلحة وصواريخ لقوات النظام": what is stored is no means.
            stores = kind == "means" and found in ("means", "asset") and dative
            if (
                particle == "و"
                and not actor.nisba
                and not (kind == found and kind in ("asset", "people"))
                and not stores
            ):
                break
            if found == "means" and kind == "asset":
                break
            if not linked and not actor.nisba and _definite(word) and not _definite(sentence.text(index)):
                break  # a noun with ال takes no genitive: "بالرصاص عنصرا من قسد"
            if not linked and not actor.adjectival and word.endswith("ون"):
                break  # a plural that keeps its ن takes none either: "هاجم مسلحون حاجزا للجيش"
            linked = False
            bare_store = _bare(word) in _STORES
            index = outermost = before
            kind, bare, moving = found, bare and found == "force", _bare(word) in _MOVING
            particle = _particle(sentence, before, None)
            if bare_store and word.startswith("و"):
                particle = "و"
            linked = particle == "ل"
            continue
        quantity = sentence.quantity_over(before)
        if quantity is not None and kind in ("people", "means", "asset", "act"):
            index = outermost = quantity.first
            continue
        if any(c.first <= before < c.last for c in sentence.cues.get("affiliation", ())):
            index, bare, particle, linked = before, False, "", True
            continue
        if _inner(sentence, before, word, actor):
            index = before
            bare = bare and word not in ("من", "في")
            particle, linked = "", True
            continue
        if word in _PREPOSITIONS or word.lstrip("و") in _PREPOSITIONS:
            particle = word.lstrip("و") if word.lstrip("و") in _PREPOSITIONS else word
            break
        if is_adjective(word):
            if particle == "و" and not actor.nisba:
                break
            index = before
            continue
        if actor.nisba and outermost == actor.first and skipped < 2 and word not in _PREPOSITIONS:
            # An adjective agrees with a noun further off: "طائرات استطلاع تركية".
            index, skipped = before, skipped + 1
            continue
        break
    return Phrase(actor, outermost, actor.last, kind, particle, None, bare, dative, moving)


def _inner(sentence: Sentence, index: int, word: str, actor: ActorMention) -> bool:
    """Whether a function word stands inside a noun phrase: "عناصر من قسد", "في صفوف"."""
    if word in ("صفوف", "بصفوف"):
        return True
    if word not in _INNER:
        return False
    if word in ("من", "في"):
        earlier = sentence.skip_punct(index - 1, -1)
        if sentence.text(index + 1) == "صفوف":
            return True
        if word == "في":
            return kind_at(sentence, earlier) == "people"
        near = kind_at(sentence, earlier)
        return near in ("people", "asset", "force") or sentence.quantity_over(earlier) is not None
    return True


def _definite(word: str) -> bool:
    return word.removeprefix("و").startswith(("ال", "بال", "لل"))


def _naming(sentence: Sentence, index: int) -> bool:
    """Whether a verb of calling stands there: "من وصفتها بـ...", "ما يسمى"."""
    word = sentence.text(index)
    return word.startswith(("وصفت", "وصفه", "تصفه", "يصفه")) or word in (
        "يسمي",
        "تسمي",
        "يسميه",
        "تسميه",
        "سمته",
        "اسمته",
    )


def _particle(sentence: Sentence, index: int, proclitics: str | None) -> str:
    """The particle attached to a word: "ب", "ل", "و" or ""."""
    if proclitics is None:
        proclitics = ""
        for analysis in sentence.analyses[index]:
            if analysis.pos != "verb":
                proclitics = "".join(analysis.proclitics)
                break
    if not proclitics and sentence.text(index).startswith("لل"):
        return "ل"
    for particle in ("ب", "ل"):
        if particle in proclitics.removesuffix("ال"):
            return particle
    return "و" if "و" in proclitics else ""


def _bare(word: str) -> str:
    for prefix in ("وال", "بال", "ال", "لل"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    for ending in ("ها", "هم"):
        if word.endswith(ending) and word[: -len(ending)] in _ACTS | _FIRE:
            return word[: -len(ending)]
    return word[1:] if word[:1] in ("ب", "و", "ل") and word[1:] in _ACTS | _FIRE | _STORES else word


def is_adjective(word: str) -> bool:
    """Whether a word outside the lexicon looks like an adjective: by its ending, or a common one of reports."""
    stem = word[1:] if word[:1] == "و" and len(word) > 4 else word
    stem = stem.removeprefix("ال")
    return stem in _ADJECTIVES or (len(stem) > 3 and stem.endswith(("ي", "يه", "يا", "يين", "يتين", "يتان")))
