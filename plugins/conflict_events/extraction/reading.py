"""A sentence with all that its words can mean: what the frames read from.

Token indexes are positions in `Sentence.tokens`; `first` is inclusive, `last` exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from conflict_events.arabic import PhraseMatch, PhraseMatcher, Token, strip_article
from conflict_events.arabic.date_resolver import DateRange
from conflict_events.arabic.quantities import Quantity
from conflict_events.geography import Place
from conflict_events.lexicon import Actor, Analysis, PersonNoun

# Cues of circumstances, and how many words each may run on.
_ASIDE = {"aside": 8, "truce": 24}

TRAITS = frozenset(
    (
        "attack carries_out dies disperses drives_out either foils laid of_anything of_doer owned sequel set_off "
        "takes wrecks"
    ).split()
)
"""Traits of triggers, explained in `include/lexicon/README.md`."""

__all__ = [
    "TRAITS",
    "ActorMention",
    "DateMentionAt",
    "Mention",
    "PersonWord",
    "PlaceMention",
    "Sentence",
    "SourceMention",
    "Trigger",
    "TriggerEntry",
    "bare_word",
    "is_among",
]


_BARE: dict[str, str] = {}
_MOST_BARE = 8_000


def bare_word(word: str) -> str:
    """A folded word without و or ف before it and without ال."""
    bare = _BARE.get(word)
    if bare is None:
        if len(_BARE) >= _MOST_BARE:
            _BARE.clear()
        bare = _BARE[word] = strip_article(word[1:] if len(word) > 3 and word[0] in "وف" else word)
    return bare


def is_among(bare: str, words: Container[str]) -> bool:
    """Whether a bare word is one of some words, or ب, ل or لل stands before one ("بطريق", "للطريق").

    >>> is_among("بطريق", {"طريق"}), is_among("للطريق", {"طريق"}), is_among("بلدات", {"دات"})
    (True, True, False)
    """
    if bare in words:
        return True
    return bare[:1] in ("ب", "ل") and (bare[1:] in words or (bare[:2] == "لل" and bare[2:] in words))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something; `proclitics` are the particles attached to the first of them."""

    first: int
    last: int
    proclitics: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMention(Mention):
    """A named place.

    Attributes:
        name: The name as written, without particles.
        places: Gazetteer entries of that name; empty for a name known only by the word before it ("قرية ...").
        kind: Kind word before the name (village, city, ...), "" where none.
        near: Whether words before or after widen it ("محيط", "أطراف", "شمال").
        rural: Whether it is the countryside of the named place ("ريف").
        direction: Whether a direction stands before it ("غربي حلب").
        head: Index of the first word of the whole phrase, kind and modifiers included.
        tail: One past the last word of the whole phrase, direction adjectives included.
        asserted: Whether the name alone proves a place; False for names that are also common words.
        stand_in: Whether a common noun stands for the area that the page is about ("جنوب البلاد").
    """

    name: str = ""
    places: tuple[Place, ...] = ()
    kind: str = ""
    near: bool = False
    rural: bool = False
    direction: bool = False
    head: int = 0
    tail: int = 0
    asserted: bool = True
    stand_in: bool = False


@dataclass(frozen=True, slots=True)
class ActorMention(Mention):
    """A named actor.

    Attributes:
        actor: The lexicon's entry.
        actor_id: Codebook id.
        nisba: Whether it stands as an adjective ("غارات روسية").
        head: First token of the phrase with its force words ("قوات النظام").
        state: Whether it is the bare name of a state ("روسيا"), which acts only as the subject of an act.
        adjectival: Whether it is an adjective, behind its noun or alone ("مسلحون حوثيون", "الحوثيون").
    """

    actor: Actor | None = None
    actor_id: str = ""
    nisba: bool = False
    head: int = 0
    state: bool = False
    adjectival: bool = False


@dataclass(frozen=True, slots=True)
class SourceMention(Mention):
    """Who may be quoted; `own_voice` is the outlet itself ("مراسلنا")."""

    name: str = ""
    source_type: str = "unnamed"
    generic: bool = False
    own_voice: bool = False


@dataclass(frozen=True, slots=True)
class DateMentionAt(Mention):
    """A time expression and the days it resolves to (None where it can't be)."""

    text: str = ""
    kind: str = ""
    days: DateRange | None = None
    since: DateRange | None = None
    """From there to the publication day, where "منذ" stands before what began then: "منذ أن بدأ الهجوم في 22 مايو"."""


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """One entry of `include/lexicon/triggers.yaml`.

    Attributes:
        id: Entry id.
        frame: Name of the grammar that reads its slots.
        action: Codebook action that it names by itself, or None.
        strength: event, weak or cue.
        outcome: killed, injured or missing for words of harm, else None.
        counts: Measure that the word itself counts ("غارات": strikes), or None.
        means: Means that the word implies, or None.
        complement: Folded words that change its meaning when one follows ("فقد ... حياته").
        complement_outcome: Harm that it means then.
        complement_action: Codebook action that it names then.
        complement_frame: Grammar that reads its slots then, where it is another one.
        alone: Whether it tells of anything without such a word.
        not_after: Folded words right after which it tells of nothing ("جبهات القتال").
        not_before: Folded bare words that, within the next words, make it speak of something else ("سيطر على الحريق").
        not_as: Folded spellings that are another word ("وفر", he provided, is no "and fled").
        own: Whether it is the deed of whoever announces it ("أعلن الفصيل سيطرته على القرية").
        intransitive: Whether its verb takes no object, so that "متهم" is no form of "مات".
        spared: Whether its people came away unharmed ("نجا من محاولة اغتيال").
        doubtful: Folded spellings that mean it only right before people or a number ("فقد ثلاثة"; else it is ف + قد).
        traits: What grammar asks of some words only; see `TRAITS`.
    """

    id: str
    frame: str
    action: str | None
    strength: str
    outcome: str | None = None
    counts: str | None = None
    means: str | None = None
    complement: frozenset[str] = frozenset()
    complement_outcome: str | None = None
    complement_action: str | None = None
    complement_frame: str | None = None
    alone: bool = True
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_as: frozenset[str] = frozenset()
    own: bool = False
    intransitive: bool = False
    spared: bool = False
    doubtful: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trigger(Mention):
    """A word or phrase that tells of an occurrence.

    Attributes:
        entry: The lexicon entry.
        form: finite, imperfect, masdar, noun, participle or phrase.
        definite: Whether it carries ال or a possessive: then it points back to an occurrence already told.
        number: s, d or p.
        passive: True or False where the spelling shows the voice, else None.
    """

    entry: TriggerEntry = field(default_factory=lambda: TriggerEntry("", "", None, "cue"))
    form: str = "noun"
    definite: bool = False
    number: str = "s"
    passive: bool | None = None

    @property
    def finite(self) -> bool:
        """Whether it is a conjugated verb."""
        return self.form in ("finite", "imperfect")


@dataclass(frozen=True, slots=True)
class PersonWord(Mention):
    """A noun for people or things that is counted; `owned` where a pronoun says whose they are ("عناصره")."""

    noun: PersonNoun | None = None
    number: str = "s"
    definite: bool = False
    owned: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence of an article with its mentions.

    Most sentences of most articles tell of nothing. What costs time to read is read when it is first asked for: the
    fields from `places` on are empty slots until `supply` fills them.

    Attributes:
        index: Position in the article.
        paragraph: Number of its paragraph (segment).
        kind: Kind of its segment (title, heading, paragraph, caption).
        tokens: Its tokens.
        words: Their texts.
        analyses: Readings of each token.
        marks: For each token the bits of what may begin with it (`vocabulary`).
        supply: Called with the sentence and a field's name; fills that field, and those that are read along with it.
        raw_span: (first token, last token) -> raw offsets into the article's full text.
        raw_text: The same -> the raw words.
        candidates: Words that may be triggers, before names, dates and numbers take some of them.
        heads: Nouns that a name of an actor follows ("قوات", "طيران", "موقع"), with their role in the lexicon.
        state: Actor id of the army of the country that the page tells of, None where not known.
        area: The governorate under whose heading the sentence stands in a roundup ("حلب:"), or None.
    """

    index: int
    paragraph: int
    kind: str
    tokens: list[Token]
    words: list[str]
    analyses: list[tuple[Analysis, ...]]
    marks: list[int]
    raw_span: Callable[[int, int], tuple[int, int]]
    raw_text: Callable[[int, int], str]
    supply: Callable[[Sentence, str], None]
    places: list[PlaceMention] = field(init=False)
    actors: list[ActorMention] = field(init=False)
    sources: list[SourceMention] = field(init=False)
    dates: list[DateMentionAt] = field(init=False)
    quantities: list[Quantity] = field(init=False)
    candidates: list[Trigger] = field(init=False)
    triggers: list[Trigger] = field(init=False)
    persons: dict[int, PersonWord] = field(init=False)
    cues: dict[str, list[Mention]] = field(init=False)
    means: list[tuple[Mention, str]] = field(init=False)
    infrastructure: list[tuple[Mention, str]] = field(init=False)
    heads: dict[int, str] = field(init=False)
    area: PlaceMention | None = field(init=False)
    state: str | None = field(init=False)
    _live: list[int] = field(init=False, repr=False)
    _carried: int = field(init=False, repr=False)
    _matches: dict[int, list[PhraseMatch]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._carried = reduce(or_, self.marks, 0)

    def __getattr__(self, name: str) -> Any:
        # Reached only where a slot is still empty.
        if name == "_live":
            self._live = [index for index, marks in enumerate(self.marks) if marks]
            return self._live
        if name not in Sentence.__dataclass_fields__:
            raise AttributeError(f"a sentence has no {name!r}")
        self.supply(self, name)
        return object.__getattribute__(self, name)

    def __len__(self) -> int:
        return len(self.words)

    def carries(self, mark: int) -> bool:
        """Whether a token carries one of the bits."""
        return self._carried & mark != 0

    def marked(self, mark: int) -> list[int]:
        """Indexes of the tokens that carry one of the bits."""
        return [index for index in self._live if self.marks[index] & mark] if self._carried & mark else []

    def phrases(self, matcher: PhraseMatcher) -> list[PhraseMatch]:
        """What a matcher with a mark of its own finds in the sentence."""
        found = self._matches.get(matcher.mark)
        if found is None:
            at = self.marked(matcher.mark)
            found = self._matches[matcher.mark] = matcher.find(self.tokens, at) if at else []
        return found

    def text(self, index: int) -> str:
        """Folded text of a token, "" outside the sentence."""
        words = self.words
        return words[index] if 0 <= index < len(words) else ""

    def bare(self, index: int) -> str:
        """The token without و or ف before it and without ال."""
        words = self.words
        if not 0 <= index < len(words):
            return ""
        word = words[index]
        return _BARE.get(word) or bare_word(word)

    def words_between(self, first: int, last: int) -> Iterator[str]:
        """Folded words, without punctuation."""
        return (token.text for token in self.tokens[first:last] if token.kind != "punct")

    def quantity_at(self, index: int) -> Quantity | None:
        """The quantity that starts at a token."""
        return next((q for q in self.quantities if q.first == index), None)

    def quantity_over(self, index: int) -> Quantity | None:
        """The quantity that covers a token."""
        return next((q for q in self.quantities if q.first <= index < q.last), None)

    def cue_at(self, index: int, *categories: str) -> Mention | None:
        """The cue phrase of one of the categories that starts at a token."""
        for category in categories:
            for cue in self.cues.get(category, ()):
                if cue.first == index:
                    return cue
        return None

    def cues_in(self, first: int, last: int, *categories: str) -> list[Mention]:
        """Cue phrases of the categories inside a range, in order."""
        found = [c for category in categories for c in self.cues.get(category, ()) if first <= c.first < last]
        return sorted(found, key=lambda cue: cue.first)

    def aside(self, index: int) -> bool:
        """Whether a token tells of a circumstance that does no harm: "وسط تحليق لطائرات", "رغم اتفاق بين ..."."""
        for category, reach in _ASIDE.items():
            for cue in self.cues.get(category, ()):
                if cue.first <= index < cue.last + reach and not any(
                    t.kind == "punct" and t.text in "،؛." for t in self.tokens[cue.last : index]
                ):
                    return True
        return False

    def skip_punct(self, index: int, step: int = 1) -> int:
        """The next token in a direction that is no quote or bracket."""
        while (
            0 <= index < len(self.tokens)
            and self.tokens[index].kind == "punct"
            and self.tokens[index].text in "\"'()[]{}<>"
        ):
            index += step
        return index
