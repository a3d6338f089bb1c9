"""One generated sentence for an event, in English and in Arabic; it names no victims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from conflict_events.records import Count
from conflict_events.resolution.likeness import include_folder
from conflict_events.resolution.records import EventRecord

__all__ = ["note", "note_labels"]

_TOLD = (
    "killed",
    "bodies",
    "injured",
    "other",
    "detained",
    "abducted",
    "defected",
    "deployed",
    "displaced",
    "strikes",
    "munitions",
)
_BETWEEN = frozenset({"armed_clash", "agreement", "territory_transfer"})


@cache
def note_labels() -> Mapping[str, Mapping[str, Any]]:
    """Words of the sentence: `include/resolution/notes.yaml`."""
    path = include_folder() / "notes.yaml"
    labels: dict[str, Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for part in ("actions", "measures", "qualifiers", "phrases", "actors"):
        for key, words in labels.get(part, {"": {}}).items():
            if set(words) != {"en", "ar"}:
                raise ValueError(f"{path.name}: {part}: {key!r} needs `en` and `ar`")
    return labels


def note(event: EventRecord, language: str) -> str:
    """The sentence of an event.

    Args:
        event: The event; its notes are not read.
        language: ``en`` or ``ar``.

    Example:
        >>> event = EventRecord("e", 1, "new", "", (), "air_strike", place="طفس", actor1=("RUS",), n_articles=1)
        >>> note(event, "ar")
        'غارة جوية من جانب القوات الروسية في طفس، بلا تاريخ (عدد المقالات 1، المصادر المستقلة 0).'
    """
    words = _Words(language)
    parts = [words.of("actions", event.action), words.sides(event), words.where(event)]
    sentence = " ".join(part for part in parts if part) + words.phrase("comma") + words.when(event)
    told = [
        words.count(row) for measure in _TOLD for row in event.counts if row.measure == measure and row.group is None
    ]
    if told:
        sentence += words.phrase("toll", counts=words.phrase("comma").join(told))
    return sentence + words.phrase("sources", articles=event.n_articles, sources=event.n_independent_sources) + "."


class _Words:
    """The labels in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.labels = note_labels()

    def of(self, part: str, key: str) -> str:
        words = self.labels[part].get(key)
        return str(words[self.language]) if words else key

    def phrase(self, key: str, **values: object) -> str:
        return str(self.labels["phrases"][key][self.language]).format(**values)

    def names(self, actors: Sequence[str]) -> str:
        labels = [self.of("actors", actor).removeprefix("OTHER:") for actor in actors]
        if len(labels) < 2:
            return "".join(labels)
        return self.phrase("comma").join(labels[:-1]) + self.phrase("and") + labels[-1]

    def sides(self, event: EventRecord) -> str:
        first, second = self.names(event.actor1), self.names(event.actor2)
        if first and second and event.action in _BETWEEN:
            return self.phrase("between", first=first, second=second)
        if first and second and event.action == "defection":
            return self.phrase("defection", first=first, second=second)
        by = self.phrase("suspected" if event.actor1_suspected else "by", names=first) if first else ""
        return " ".join(part for part in (by, self.phrase("against", names=second) if second else "") if part)

    def where(self, event: EventRecord) -> str:
        name = (event.place_en or event.place) if self.language == "en" else (event.place or event.place_en)
        admin = event.admin1_en if self.language == "en" else None
        if not name:
            return self.phrase("in", place=admin) if admin else ""
        if admin and admin.casefold() not in name.casefold():
            name += self.phrase("comma") + admin
        return self.phrase("near" if event.geo_precision == 2 else "in", place=name)

    def when(self, event: EventRecord) -> str:
        if event.date_start is None:
            return self.phrase("undated")
        start = event.date_start.isoformat()
        if event.date_end is None or event.date_end == event.date_start:
            return self.phrase("day", start=start)
        return self.phrase("span", start=start, end=event.date_end.isoformat())

    def count(self, row: Count) -> str:
        low, high = row.low, row.high
        number = next((value for value in (row.best, low, high) if value is not None), None)
        if number is None:
            amount = self.of("qualifiers", "vague")
        elif low is not None and high is not None and low != high:
            amount = self.of("qualifiers", "range").format(low=low, high=high)
        else:
            pattern = row.qualifier if row.qualifier in ("exact", "at_least", "at_most", "about") else "exact"
            amount = self.of("qualifiers", pattern).format(n=number)
        return f"{amount} {self.of('measures', row.measure)}"
