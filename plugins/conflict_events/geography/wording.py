"""Reads the words around a place name: near, countryside of, between, inside, and the kind that is announced."""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from conflict_events.arabic import fold_word
from conflict_events.compiled import load_compiled
from conflict_events.geography.files import GazetteerError, include_dir
from conflict_events.geography.names import exact_key

__all__ = ["Reading", "Relation", "Words", "load_words", "split_list", "strip_front", "strip_sides", "word_set"]

_SEPARATORS = re.compile(
    r"\s*[,،؛;:/()\[\]{}|+\n\u066b\u066c\"«»“”]+\s*|\s+-\s*|\s*-\s+|(?<=[\u0600-\u06ff])-(?=[\u0600-\u06ff])"
)


class Relation(StrEnum):
    """How the event lies to the named place."""

    AT = "at"
    NEAR = "near"
    COUNTRYSIDE = "countryside"
    DIRECTION = "direction"
    OPEN_LAND = "open_land"


@dataclass(frozen=True, slots=True)
class Reading:
    """A place name without the words around it.

    Attributes:
        name: What is left, folded, words parted by blanks.
        relation: What the words before it said.
        family: Family of kinds that is asked for, or None.
        inside_town: The words named a place inside a town, such as a street.
    """

    name: str
    relation: Relation = Relation.AT
    family: str | None = None
    inside_town: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``words.yaml``, folded; each entry is a tuple of words."""

    front: tuple[tuple[tuple[str, ...], Relation], ...]
    kinds: dict[tuple[str, ...], str]
    inside_town: frozenset[tuple[str, ...]]
    sides: frozenset[str]
    inside: frozenset[str]
    beside: frozenset[str]
    between: tuple[tuple[str, ...], ...]
    common: frozenset[str]


@functools.cache
def _document() -> tuple[Path, dict[str, Any]]:
    import yaml

    path = include_dir() / "words.yaml"
    text = path.read_text(encoding="utf-8")
    data = load_compiled("yaml", hashlib.sha256(text.encode()).hexdigest(), lambda: yaml.safe_load(text))
    return path, data if isinstance(data, dict) else {}


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """One of the `sets` of ``words.yaml``, its words folded.

    Raises:
        GazetteerError: There is no such set, or it holds something other than words.
    """
    path, data = _document()
    found = (data.get("sets") or {}).get(name)
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise GazetteerError(f"{path}: sets: {name} must be a list of words")
    return frozenset(exact_key(word) for word in found)


@functools.cache
def load_words() -> Words:
    """The word lists.

    Raises:
        GazetteerError: A list is missing or holds something other than words.
    """
    path, data = _document()

    def entries(value: Any, name: str) -> tuple[tuple[str, ...], ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise GazetteerError(f"{path}: {name} must be a list of words")
        return tuple(dict.fromkeys(tuple(exact_key(item).split()) for item in value))

    try:
        front = [
            (words, relation)
            for name, relation in (
                ("near", Relation.NEAR),
                ("countryside", Relation.COUNTRYSIDE),
                ("directions", Relation.DIRECTION),
                ("open_land", Relation.OPEN_LAND),
            )
            for words in entries(data[name], name)
        ]
        return Words(
            front=tuple(sorted(front, key=lambda item: -len(item[0]))),
            kinds={words: family for family, items in data["kinds"].items() for words in entries(items, "kinds")},
            inside_town=frozenset(entries(data["inside_town"], "inside_town")),
            sides=frozenset(words[0] for words in entries(data["sides"], "sides")),
            inside=frozenset(words[0] for words in entries(data["inside"], "inside")),
            beside=frozenset(words[0] for words in entries(data["beside"], "beside")),
            between=tuple(sorted(entries(data["between"], "between"), key=lambda words: -len(words))),
            common=frozenset(words[0] for words in entries(data["common_words"], "common_words")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise GazetteerError(f"{path}: list missing or unreadable: {error}") from error


def split_list(name: str) -> list[str]:
    """Parts of a place parted by commas, brackets or dashes, folded.

    >>> split_list("الفتيح, منطقة جبلة")
    ['الفتيح', 'منطقه جبله']
    """
    return [part.strip() for part in _SEPARATORS.split(fold_word(name)) if part and part.strip()]


def strip_front(reading: Reading) -> Reading | None:
    """The reading without its first modifier or kind word; None where the name begins at once or nothing would be left.

    >>> strip_front(Reading("محيط بلدة سرمين")).relation
    <Relation.NEAR: 'near'>
    """
    words = reading.name.split()
    lists = load_words()
    for size in range(min(4, len(words) - 1), 0, -1):
        head, rest = tuple(words[:size]), " ".join(words[size:])
        inside_town = reading.inside_town or head in lists.inside_town
        family = lists.kinds.get(head)
        if family is not None:
            return replace(reading, name=rest, family=family, inside_town=inside_town)
        relation = next((relation for entry, relation in lists.front if entry == head), None)
        if relation is not None:
            rest = rest.removeprefix("من ")
            return replace(reading, name=rest, relation=_stronger(reading.relation, relation), inside_town=inside_town)
        if head in lists.inside_town:
            return replace(reading, name=rest, inside_town=True)
    return None


def strip_sides(reading: Reading) -> Reading:
    """The reading without directions after the name ("ريف حلب الغربي" -> "ريف حلب").

    >>> strip_sides(Reading("ريف دير الزور الشمالي الشرقي")).name
    'ريف دير الزور'
    """
    words = reading.name.split()
    while len(words) > 1 and words[-1] in load_words().sides:
        words.pop()
    name = " ".join(words)
    return reading if name == reading.name else replace(reading, name=name)


def _stronger(first: Relation, second: Relation) -> Relation:
    """Of two relations the one that says more: "شمال ريف حلب" is the countryside."""
    order = (Relation.AT, Relation.DIRECTION, Relation.NEAR, Relation.OPEN_LAND, Relation.COUNTRYSIDE)
    return max(first, second, key=order.index)
