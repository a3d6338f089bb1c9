"""How far a source's words reach: what "وأضافت" takes up, and which later sentences still speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from conflict_events.arabic import fold_word, strip_article
from conflict_events.extraction.attribution.names import actor_type, raw_name
from conflict_events.extraction.attribution.quoted import Quoted
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.wordsets import word_set

__all__ = ["SourceScope", "distinct_sources"]

_ANY = word_set("any_speaker")
_TYPES = {
    "وكاله": ("agency", "media"),
    "موسسه": ("civil_defence", "ngo", "observatory", "local_network"),
    "فريق": ("civil_defence", "ngo", "observatory"),
    "منظمه": ("ngo", "civil_defence"),
    "مرصد": ("observatory",),
    "شبكه": ("local_network", "observatory", "media"),
    "صحيفه": ("media",),
    "قناه": ("media",),
    "موقع": ("media", "local_network"),
    "مراسل": ("media",),
}


_REMEMBERED = 4_000  # names: each is compared with those before it
_LOOK_BACK = 500  # sentences or sources, more than a page has: endless texts must not cost squares
# Bodies that count incidents day by day.
_COUNTERS = frozenset({"civil_defence", "observatory", "ngo", "medical", "research"})
# Connectors of the same speaker's next sentence.
_ADDING = word_set("adding")
_STATEMENT = "نص"  # "نص البيان"


def distinct_sources(quoted: Iterable[Quoted]) -> list[Quoted]:
    """Each source once, as it was first named; "المرصد السوري" is "المرصد السوري لحقوق الإنسان"."""
    kept: list[tuple[frozenset[str], Quoted]] = []
    for item in quoted:
        words = _name_words(item.name)
        if not words or item.own_voice or any(words <= known or known <= words for known, _ in kept):
            continue
        kept.append((words, item))
    return [item for _, item in kept]


@lru_cache(maxsize=_REMEMBERED)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(strip_article(w) for w in re.findall(r"\w+", fold_word(name)))


def _same(left: Sequence[Quoted], right: Sequence[Quoted]) -> bool:
    return {q.name for q in left} == {q.name for q in right}


def _goes_on(sentence: Sentence) -> bool:
    """Whether the same speaker adds: "كما قصفت", "كذلك أصيب", "واصفًا القصف بأنه"."""
    adds = sentence.text(0).removeprefix("و") in _ADDING
    return adds or (len(sentence) > 1 and sentence.raw_text(0, 1).endswith(("اً", "ًا")))


def _introduces(sentence: Sentence) -> str | None:
    """What a sentence introduces by its colon: a list or what comes "next", or the words of a whole "statement".

    "ومن أبرز ما ورد في التقرير:", "وفيما يلي نص البيان:".
    """
    last = len(sentence) - 1
    while last > 0 and sentence.text(last) == ".":
        last -= 1
    if sentence.text(last) != ":":
        return None
    return "statement" if _STATEMENT in sentence.words else "next"


def _is_item(sentence: Sentence) -> bool:
    return sentence.tokens[0].kind in ("punct", "number")


class SourceScope:
    """Resolves the sources of an article's sentences, one after the other."""

    def __init__(self) -> None:
        self._groups: list[tuple[Quoted, ...]] = []
        self._told: list[Sentence] = []
        self._open = self._within = False
        self._paragraph = -1
        self._current: list[Quoted] = []
        self._in_a_row = 0
        self._list: str | None = None

    def read(self, sentence: Sentence, quoted: Sequence[Quoted]) -> list[Quoted]:
        """The sources of a sentence: its own with what they point back to, else those that still speak."""
        found = self._resolve(quoted)
        if not self._told or self._told[-1] is not sentence:
            self._within = self._open and sentence.paragraph == self._paragraph
            self._open = (sentence.words.count('"') % 2 == 1) != self._within
            self._told.append(sentence)
        if any(q.own_voice for q in quoted) and not found:
            self._paragraph, self._current, self._in_a_row = sentence.paragraph, [], 0
            return []
        if found:
            self._list = _introduces(sentence)
            if sentence.paragraph != self._paragraph:
                self._in_a_row = self._in_a_row + 1 if _same(found, self._current) else 1
            self._paragraph, self._current = sentence.paragraph, found
            return found
        if self._current and (self._lists(sentence) or self._reports_on(sentence)):
            self._paragraph = sentence.paragraph
        elif sentence.paragraph != self._paragraph or not (self._within or _goes_on(sentence)):
            self._current, self._in_a_row = [], 0
        return list(self._current)

    def _actors(self) -> Iterator[Quoted]:
        """The actors of the sentences before, the latest first: whom an anaphor may mean where no source is."""
        for sentence in islice(reversed(self._told), _LOOK_BACK):
            for actor in reversed(sentence.actors):
                if not actor.nisba:
                    first = min(actor.head, actor.first)
                    name = raw_name(sentence, first, actor.last, actor.proclitics)
                    span = sentence.raw_span(first, actor.last)
                    yield Quoted(first, actor.last, "", name, actor_type(actor), actor_id=actor.actor_id, span=span)

    def _lists(self, sentence: Sentence) -> bool:
        """Whether a sentence is of the list, or of the statement, that the speaker introduced."""
        if sentence.kind in ("title", "heading"):
            self._list = None
        elif self._list == "next":
            self._list = "items" if _is_item(sentence) else "paragraph"
        elif sentence.paragraph != self._paragraph and (self._list == "paragraph" or not _is_item(sentence)):
            self._list = self._list if self._list == "statement" else None
        return self._list is not None

    def _reports_on(self, sentence: Sentence) -> bool:
        """Whether a list of incidents runs on over paragraphs.

        A body that counts them has spoken in two paragraphs in a row, and the next opens with "كما قتلت" or "وأصيب".
        """
        if self._in_a_row < 2 or sentence.paragraph != self._paragraph + 1:
            return False
        told = any(t.first <= 1 and t.finite for t in sentence.triggers)
        return told and self._current[0].source_type in _COUNTERS and sentence.text(0)[:1] in "وك"

    def _resolve(self, quoted: Sequence[Quoted]) -> list[Quoted]:
        found: list[Quoted] = []
        before = len(self._groups)
        for item in quoted:
            if not item.anaphoric:
                if item.chained and self._groups and found:
                    self._groups[-1] = (*self._groups[-1], item)
                else:
                    self._groups.append((item,))
                found.append(item)
                continue
            earlier = self._antecedent(item, before)
            if earlier:
                stance = item.stance
                found += [replace(e, stance=stance if stance != "states" else e.stance) for e in earlier]
                self._groups.append(earlier)
            elif item.named:
                found.append(item)
                self._groups.append((item,))
        return distinct_sources(found)

    def _antecedent(self, item: Quoted, before: int) -> tuple[Quoted, ...]:
        """The group of sources that an anaphor stands for, from the outlet inwards.

        Args:
            item: The anaphor.
            before: How many groups were known before its sentence: "ونقلت عنه الوكالة" means none of its own.
        """
        if not item.named:
            groups = self._groups[:before] if item.chained else self._groups
            return groups[-1] if groups else ()
        noun = strip_article(fold_word(item.name).split()[0]) if item.name else ""
        for group in islice(reversed(self._groups), _LOOK_BACK):
            for number, known in enumerate(group):
                if noun in _name_words(known.name):
                    return group[: number + 1]
        types = _TYPES.get(noun, ())
        for group in islice(reversed(self._groups), _LOOK_BACK):
            if group[-1].source_type in types:
                return group
        for actor in self._actors():
            if noun in _name_words(actor.name):
                return (actor,)
        return self._groups[-1] if noun in _ANY and self._groups else ()
