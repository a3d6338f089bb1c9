"""Reads leftwards from an actor's name to the edge of its noun phrase."""

from __future__ import annotations

from conflict_events.extraction.argument import STORES, Phrase, bare_noun, is_adjective, kind_at
from conflict_events.extraction.mentions.proxies import LOYAL, MEMBERS
from conflict_events.extraction.reading import ActorMention, Sentence, Trigger

__all__ = ["read_phrase"]

_MOVING = frozenset("دوريه دوريات رتل ارتال تعزيزات جرافه جرافات".split())
_PREPOSITIONS = frozenset(
    "من في علي الي عن ضد مع بين باتجاه تجاه نحو صوب قرب داخل لدي قباله امام ضمن بقياده بوجه لصالح".split()
)
_INNER = frozenset("من في صفوف بصفوف ل احد احدي بعض كل جميع كافه عدد مجموعه اخر اخرين اخرون مختلف عده".split())
_LOYAL_PEOPLE = frozenset(word for word in LOYAL - MEMBERS if word.endswith(("ون", "ين")))
_MAX_STEPS = 9


def read_phrase(sentence: Sentence, actor: ActorMention, acts: dict[int, Trigger], verbs: frozenset[int]) -> Phrase:
    """The noun phrase of an actor.

    Args:
        sentence: The sentence.
        actor: The actor.
        acts: Event nouns by token.
        verbs: Tokens of conjugated verbs, which end every noun phrase.
    """
    return _Walk(sentence, actor, acts, verbs).read()


class _Walk:
    """One walk to the left: each step takes the word before into the phrase, or ends it.

    The steps answer True where they took the word, False where the phrase ends, None where it is none of theirs.
    """

    def __init__(
        self, sentence: Sentence, actor: ActorMention, acts: dict[int, Trigger], verbs: frozenset[int]
    ) -> None:
        self._sentence = sentence
        self._actor = actor
        self._acts = acts
        self._verbs = verbs
        self._kind, self._bare, self._moving, self._deed = "force", True, False, False
        self._act: Trigger | None = None
        self._particle = _particle(sentence, actor.first, actor.proclitics)
        own = kind_at(sentence, actor.first)
        if own in ("people", "means") and not actor.nisba:
            self._kind = own
        self._dative = self._linked = self._particle == "ل"
        self._outermost = self._index = actor.first
        self._skipped = 0

    def read(self) -> Phrase:
        """The phrase."""
        steps = (self._act_noun, self._link, self._noun, self._modifier, self._function_word, self._adjective)
        for _ in range(_MAX_STEPS):
            before = self._sentence.skip_punct(self._index - 1, -1)
            if self._closed(before):
                break
            word = self._sentence.text(before)
            taken = next((done for step in steps if (done := step(before, word)) is not None), False)
            if not taken:
                break
        return Phrase(
            self._actor,
            self._outermost,
            self._actor.last,
            self._kind,
            self._particle,
            self._act,
            self._bare,
            self._dative,
            self._moving,
            self._deed,
        )

    def _closed(self, before: int) -> bool:
        """Whether nothing further left can belong to the phrase."""
        sentence = self._sentence
        if self._particle not in ("", "ل", "و") and not (self._particle == "ب" and _naming(sentence, before)):
            return True
        if before < 0 or sentence.tokens[before].kind == "punct" or before in self._verbs:
            return True
        # Another side's name: "قصفت مدفعية الجيش الوطني مواقع لقسد".
        inside = self._outermost < self._actor.first
        return inside and any(a.first <= before < a.last for a in sentence.actors if not a.nisba)

    def _act_noun(self, before: int, word: str) -> bool | None:
        """The event noun that the phrase belongs to."""
        if before not in self._acts:
            return None
        self._act, self._particle = self._acts[before], ""
        return False

    def _link(self, before: int, word: str) -> bool | None:
        """Words that tie a name to its noun: a verb of calling, "لكل من", ل and ب that stand alone."""
        sentence = self._sentence
        if self._particle in ("ل", "من", "ب") and sentence.bare(before) in _LOYAL_PEOPLE:
            # "المتشددون الموالون لداعش" are his people.
            self._index = self._outermost = before
            self._kind, self._bare, self._dative, self._linked = "people", False, False, True
            self._particle = _particle(sentence, before, None)
            return True
        if _naming(sentence, before):
            self._index = before - 1 if sentence.text(before - 1) in ("من", "ما") else before
            self._particle = ""
            return True
        if word == "من" and sentence.text(before - 1) in ("لكل", "كل"):
            # "لكل من قوات النظام وحزب الله" is "لقوات النظام ...".
            self._dative = self._linked = sentence.text(before - 1) == "لكل"
            self._index, self._particle = before - 1, "ل" if self._dative else ""
            return True
        if word in ("ل", "ب"):
            self._particle, self._dative = word, word == "ل"
            self._index, self._linked = before, True
            return True
        return None

    def _noun(self, before: int, word: str) -> bool | None:
        """A noun of forces, means, assets or people that the name belongs to; a noun of doing ends the phrase."""
        found = kind_at(self._sentence, before)
        if not found:
            return None
        if found == "act":
            self._outermost, self._deed = before, True
            self._particle = _particle(self._sentence, before, None)
            return False
        if self._foreign(before, word, found):
            return False
        self._index = self._outermost = before
        self._kind, self._bare = found, self._bare and found == "force"
        self._moving = bare_noun(word) in _MOVING
        self._particle = _particle(self._sentence, before, None)
        if bare_noun(word) in STORES and word.startswith("و"):
            self._particle = "و"
        self._linked = self._particle == "ل"
        return True

    def _foreign(self, before: int, word: str, found: str) -> bool:
        """Whether a noun stands before the phrase without governing it."""
        actor = self._actor
        # "مستودعات أسلحة وصواريخ لقوات النظام": what is stored is no means.
        stores = self._kind == "means" and found in ("means", "asset") and self._dative
        alike = self._kind == found and found in ("asset", "people")
        if self._particle == "و" and not (actor.nisba or alike or stores):
            return True
        if found == "means" and self._kind == "asset":
            return True
        if self._linked:
            return False
        if not actor.nisba and _definite(word) and not _definite(self._sentence.text(self._index)):
            return True  # a noun with ال takes no genitive: "بالرصاص عنصرا من قسد"
        # A plural that keeps its ن takes none either: "هاجم مسلحون حاجزا للجيش".
        return not actor.adjectival and word.endswith("ون")

    def _modifier(self, before: int, word: str) -> bool | None:
        """Numbers, words of affiliation, and what stands inside a noun phrase ("عناصر من")."""
        sentence = self._sentence
        quantity = sentence.quantity_over(before)
        if quantity is not None and self._kind in ("people", "means", "asset", "act"):
            self._index = self._outermost = quantity.first
            return True
        if any(c.first <= before < c.last for c in sentence.cues.get("affiliation", ())):
            self._index, self._bare, self._particle, self._linked = before, False, "", True
            return True
        if _inner(sentence, before, word, self._actor):
            self._index = before
            self._bare = self._bare and word not in ("من", "في")
            self._particle, self._linked = "", True
            return True
        return None

    def _function_word(self, before: int, word: str) -> bool | None:
        """The preposition that governs the phrase."""
        if word not in _PREPOSITIONS and word.lstrip("و") not in _PREPOSITIONS:
            return None
        self._particle = word.lstrip("و") if word.lstrip("و") in _PREPOSITIONS else word
        return False

    def _adjective(self, before: int, word: str) -> bool | None:
        """Adjectives between a noun and its name; an adjective of origin agrees with a noun further off."""
        if is_adjective(word):
            if self._particle == "و" and not self._actor.nisba:
                return False
            self._index = before
            return True
        if self._actor.nisba and self._outermost == self._actor.first and self._skipped < 2:
            # "طائرات استطلاع تركية"
            self._index, self._skipped = before, self._skipped + 1
            return True
        return None


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
