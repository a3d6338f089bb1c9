"""The codebook's code lists: actions with their ACLED and PLOVER types, actors, countries.

Read from ``include/lexicon/actions.yaml``, ``include/sql/actors.csv`` and ``include/sql/countries.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from conflict_events.records import Count
from conflict_events.snapshots.enums import DISORDER_TYPES, EVENT_TYPES, INTER_CLASSES, SUB_EVENT_TYPES

__all__ = [
    "INCLUDE",
    "Action",
    "Actor",
    "CodeListError",
    "Country",
    "actor",
    "actor_names",
    "classify",
    "disorder_type",
    "load_actions",
    "load_actors",
    "load_countries",
]

INCLUDE = Path(__file__).resolve().parents[3] / "include"
"""The project's data folder."""

_POLITICAL, _DEMONSTRATIONS, _BOTH, _STRATEGIC = DISORDER_TYPES
_CIVILIAN_CLASSES = {"Civilians", "Protesters"}
_CLASS_OF_KIND = {
    "state": "State forces",
    "rebel": "Rebel group",
    "jihadist": "Rebel group",
    "militia": "Political militia",
    "unidentified": "Political militia",
    "communal": "Identity militia",
    "civilian": "Civilians",
    "protester": "Protesters",
    "external": "External/Other forces",
}


class CodeListError(ValueError):
    """A code list has a mistake; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the action table.

    Attributes:
        action: Code, for example ``air_strike``.
        name_en: Short English name.
        name_ar: Short Arabic name.
        meaning: The codebook's definition.
        event_type: ACLED event type, or None where the action is not exported as an event.
        sub_event_type: ACLED sub-event type.
        cases: ``(conditions, event_type, sub_event_type)`` that go before these, in order.
        plover_event: PLOVER event.
        plover_mode: PLOVER mode.
    """

    action: str
    name_en: str
    name_ar: str
    meaning: str
    event_type: str | None
    sub_event_type: str | None
    cases: tuple[tuple[tuple[str, ...], str, str], ...]
    plover_event: str | None
    plover_mode: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor: names, ACLED class (`enums.INTER_CLASSES`), home country."""

    actor_id: str
    name_en: str
    name_ar: str | None
    actor_class: str | None
    country: str | None

    @property
    def is_state(self) -> bool:
        """Whether these are forces of a state."""
        return self.actor_class == "State forces"


@dataclass(frozen=True, slots=True)
class Country:
    """One country; `box` is (lat_min, lat_max, lon_min, lon_max) in degrees, with a margin, or None."""

    iso2: str
    iso3: str
    iso_numeric: int
    name_en: str
    name_ar: str
    region: str
    box: tuple[float, float, float, float] | None


@cache
def load_actions(path: Path | None = None) -> Mapping[str, Action]:
    """Read the action table.

    Raises:
        CodeListError: An entry lacks a key, or names a type that ACLED does not have.

    >>> load_actions()["shelling"].name_ar
    'قصف'
    """
    file = path or INCLUDE / "lexicon" / "actions.yaml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    actions: dict[str, Action] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            action = _action(entry)
        except (KeyError, TypeError, ValueError) as error:
            problem = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
            raise CodeListError(f"{file.name}, entry {number} ({entry!r:.60}): {problem}") from error
        if action.action in actions:
            raise CodeListError(f"{file.name}: {action.action} stands there twice")
        actions[action.action] = action
    return MappingProxyType(actions)


def _action(entry: Mapping[str, Any]) -> Action:
    cases = tuple(
        (tuple(case["if"]), str(case["event_type"]), str(case["sub_event_type"])) for case in entry.get("cases") or ()
    )
    for conditions, event_type, sub_event_type in cases:
        _check_types(event_type, sub_event_type)
        for condition in conditions:
            if condition not in _CONDITIONS:
                raise ValueError(f"no condition is called {condition}; there are {', '.join(_CONDITIONS)}")
    if entry["event_type"] is not None:
        _check_types(entry["event_type"], entry["sub_event_type"])
    plover = entry["plover"] or (None, None)
    return Action(
        entry["action"],
        entry["en"],
        entry["ar"],
        entry["meaning"],
        entry["event_type"],
        entry["sub_event_type"],
        cases,
        *plover,
    )


def _check_types(event_type: str, sub_event_type: str) -> None:
    if event_type not in EVENT_TYPES or sub_event_type not in SUB_EVENT_TYPES:
        raise ValueError(f"ACLED has no type {event_type} / {sub_event_type}")


@cache
def load_actors(path: Path | None = None) -> Mapping[str, Actor]:
    """Read the actors' names and classes.

    Raises:
        CodeListError: A class is unknown.
    """
    file = path or INCLUDE / "sql" / "actors.csv"
    actors: dict[str, Actor] = {}
    for row in _rows(file):
        if row["actor_class"] not in INTER_CLASSES:
            raise CodeListError(f"{file.name}: {row['actor_id']} has the unknown class {row['actor_class']!r}")
        actors[row["actor_id"]] = Actor(
            row["actor_id"], row["name_en"], row["name_ar"] or None, row["actor_class"], row["country"] or None
        )
    return MappingProxyType(actors)


def actor(actor_id: str) -> Actor:
    """The actor of an id; an open id of the codebook (``OTHER:…``) has the lexicon's names, or else its own words.

    >>> actor("OTHER:shepherds' union").name_en
    "shepherds' union"
    >>> actor("RUS").name_ar
    'القوات الروسية'
    """
    known = load_actors().get(actor_id) or _lexicon_actors().get(actor_id)
    return known or Actor(actor_id, actor_id.removeprefix("OTHER:"), None, None, None)


@cache
def _lexicon_actors() -> Mapping[str, Actor]:
    """The lexicon's actors by id; several entries may share one, and the first gives the names."""
    from conflict_events.lexicon import load_lexicon

    actors: dict[str, Actor] = {}
    for entry in load_lexicon().actors:
        actors.setdefault(
            entry.id, Actor(entry.id, entry.label_en, entry.label_ar, _CLASS_OF_KIND.get(entry.kind), entry.country)
        )
    return MappingProxyType(actors)


def actor_names(ids: Sequence[str], language: str = "en") -> str | None:
    """Names of actors joined by ``; ``; None for no actors."""
    if not ids:
        return None
    actors = [actor(one) for one in ids]
    return "; ".join((a.name_ar or a.name_en) if language == "ar" else a.name_en for a in actors)


@cache
def load_countries(path: Path | None = None) -> Mapping[str, Country]:
    """Read the countries by ISO 3166-1 alpha-2 code."""
    file = path or INCLUDE / "sql" / "countries.csv"
    countries: dict[str, Country] = {}
    for row in _rows(file):
        edges = [row[key] for key in ("lat_min", "lat_max", "lon_min", "lon_max")]
        box = None if not all(edges) else (float(edges[0]), float(edges[1]), float(edges[2]), float(edges[3]))
        countries[row["iso2"]] = Country(
            row["iso2"], row["iso3"], int(row["iso_numeric"]), row["name_en"], row["name_ar"], row["region"], box
        )
    return MappingProxyType(countries)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """What the conditions of the action table look at."""

    actor1: tuple[Actor, ...]
    actor2: tuple[Actor, ...]
    counts: tuple[Count, ...]

    def stated(self, *measures: str) -> bool:
        return any(c.measure in measures and (c.high or c.best or c.low or c.qualifier == "vague") for c in self.counts)


_CONDITIONS: Mapping[str, Callable[[_Occurrence], bool]] = {
    "actor1_state": lambda o: any(a.is_state for a in o.actor1),
    "actor2_armed": lambda o: any(a.actor_class not in {None, *_CIVILIAN_CLASSES} for a in o.actor2),
    "actor2_civilian": lambda o: any(a.actor_class in _CIVILIAN_CLASSES for a in o.actor2),
    "deaths": lambda o: o.stated("killed"),
    "intervention": lambda o: o.stated("injured", "detained"),
}


def classify(
    action: str, actor1: Iterable[str] = (), actor2: Iterable[str] = (), counts: Iterable[Count] = ()
) -> tuple[str | None, str | None]:
    """ACLED event type and sub-event type of an occurrence.

    Raises:
        CodeListError: The action is not in the action table.

    >>> classify("territory_captured", ["SYR_GOV"])
    ('Battles', 'Government regains territory')
    >>> classify("casualty_toll")
    (None, None)
    """
    row = load_actions().get(action)
    if row is None:
        raise CodeListError(f"{action!r} is no action of the codebook (include/lexicon/actions.yaml)")
    occurrence = _Occurrence(tuple(map(actor, actor1)), tuple(map(actor, actor2)), tuple(counts))
    for conditions, event_type, sub_event_type in row.cases:
        if all(_CONDITIONS[condition](occurrence) for condition in conditions):
            return event_type, sub_event_type
    return row.event_type, row.sub_event_type


def disorder_type(event_type: str | None, sub_event_type: str | None) -> str | None:
    """ACLED's disorder type of an event.

    >>> disorder_type("Protests", "Excessive force against protesters")
    'Political violence; Demonstrations'
    """
    if event_type is None:
        return None
    if event_type == "Strategic developments":
        return _STRATEGIC
    if sub_event_type == "Excessive force against protesters":
        return _BOTH
    if event_type == "Protests" or sub_event_type == "Violent demonstration":
        return _DEMONSTRATIONS
    return _POLITICAL
