"""A sentence with all that its words can mean: what the frames read from.

Token indexes are positions in `Sentence.tokens`; `first` is inclusive, `last` exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from conflict_events.arabic import Token, strip_article
from conflict_events.arabic.date_resolver import DateRange
from conflict_events.arabic.quantities import Quantity
from conflict_events.geography import Place
from conflict_events.lexicon import Actor, Analysis, PersonNoun

__all__ = [
    "ActorMention",
    "DateMentionAt",
    "Mention",
    "PersonWord",
    "PlaceMention",
    "Sentence",
    "SourceMention",
    "Trigger",
    "TriggerEntry",
]


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


@dataclass(frozen=True, slots=True)
class ActorMention(Mention):
    """A named actor.

    Attributes:
        actor: The lexicon's entry.
        actor_id: Codebook id.
        nisba: Whether it stands as an adjective ("غارات روسية").
        head: First token of the phrase with its force words ("قوات النظام").
        state: Whether it is the bare name of a state ("روسيا"), which acts only as the subject of an act.
    """

    actor: Actor | None = None
    actor_id: str = ""
    nisba: bool = False
    head: int = 0
    state: bool = False


@dataclass(frozen=True, slots=True)
class SourceMention(Mention):
    """Who may be quoted."""

    name: str = ""
    source_type: str = "unnamed"
    generic: bool = False


@dataclass(frozen=True, slots=True)
class DateMentionAt(Mention):
    """A time expression and the days it resolves to (None where it can't be)."""

    text: str = ""
    kind: str = ""
    days: DateRange | None = None


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
    """A noun for people or things that are counted."""

    noun: PersonNoun | None = None
    number: str = "s"
    definite: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence of an article with its mentions.

    Attributes:
        index: Position in the article.
        paragraph: Number of its paragraph (segment).
        kind: Kind of its segment (title, heading, paragraph, caption).
        tokens: Its tokens.
        analyses: Readings of each token.
        raw_span: (first token, last token) -> raw offsets into the article's full text.
        raw_text: The same -> the raw words.
        heads: Nouns that a name of an actor follows ("قوات", "طيران", "موقع"), with their role in the lexicon.
        state: Actor id of the army of the country that the page tells of, None where not known.
        area: The governorate under whose heading the sentence stands in a roundup ("حلب:"), or None.
    """

    index: int
    paragraph: int
    kind: str
    tokens: list[Token]
    analyses: list[tuple[Analysis, ...]]
    raw_span: Callable[[int, int], tuple[int, int]]
    raw_text: Callable[[int, int], str]
    places: list[PlaceMention] = field(default_factory=list)
    actors: list[ActorMention] = field(default_factory=list)
    sources: list[SourceMention] = field(default_factory=list)
    dates: list[DateMentionAt] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    persons: dict[int, PersonWord] = field(default_factory=dict)
    cues: dict[str, list[Mention]] = field(default_factory=dict)
    means: list[tuple[Mention, str]] = field(default_factory=list)
    infrastructure: list[tuple[Mention, str]] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    area: PlaceMention | None = None
    state: str | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    def text(self, index: int) -> str:
        """Folded text of a token, "" outside the sentence."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def bare(self, index: int) -> str:
        """The token without و or ف before it and without ال."""
        word = self.text(index)
        if len(word) > 3 and word[0] in "وف":
            word = word[1:]
        return strip_article(word)

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
        """Whether a token belongs to an attendant circumstance that does no harm ("وسط تحليق لطائرات الاستطلاع")."""
        for cue in self.cues.get("aside", ()):
            if cue.first <= index < cue.last + 8 and not any(
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
