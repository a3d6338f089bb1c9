"""Which actions, actors and sources are alike: `include/resolution/similarity.yaml`, loaded and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import yaml

from conflict_events.arabic import fold_word
from conflict_events.geography.admin import load_admin
from conflict_events.geography.countries import countries
from conflict_events.resolution.profiles import name_words

__all__ = ["Likeness", "include_folder", "load_likeness"]


def include_folder() -> Path:
    """Folder of resolution's data files."""
    return Path(__file__).resolve().parents[3] / "include" / "resolution"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What may stand for what in two reports of one occurrence.

    Attributes:
        actions: For each action that is listed, itself (1) and those that may be one occurrence with it, with their
            closeness, 0 to 1.
        raid: Closeness of a raid and what happened in it: to be joined only where both name the same side.
        weak: Closeness of things that are one only with the same toll in the same place.
        allies: For each actor id, the ids that reports name in its stead.
        reliability: Trust tier by source type; higher is better.
        reliability_of_article: Tier of an article that names no source.
        wires: Source types whose words outlets copy.
        civilian_groups: Count groups that are civilians.
        armed_groups: Count groups that are armed, of a side not named.
        civilian_actors: Actor ids that are no armed side.
        common_place_words: Folded words of place names that say what a place is, not which one.
        areas: Names of governorates and countries, as `name_words` of each.
    """

    actions: Mapping[str, Mapping[str, float]]
    raid: float
    weak: float
    allies: Mapping[str, frozenset[str]]
    reliability: Mapping[str, int]
    reliability_of_article: int
    wires: frozenset[str]
    civilian_groups: frozenset[str]
    armed_groups: frozenset[str]
    civilian_actors: frozenset[str]
    common_place_words: frozenset[str]
    areas: frozenset[frozenset[str]]

    def is_area(self, names: frozenset[str]) -> bool:
        """Whether the words of a name mean a governorate or country, or a part of one ("the north of X")."""
        return names in self.areas or (names - self.common_place_words) in self.areas

    def of_actions(self, a: str, b: str) -> float:
        """Closeness of two actions; 1 for the same, 0 for two that are never one occurrence."""
        return 1.0 if a == b else self.row_of(a).get(b, 0.0)

    def row_of(self, action: str) -> Mapping[str, float]:
        """The actions that may be one occurrence with this one, itself included, and how close they are."""
        return self.actions.get(action) or {action: 1.0}

    def of_actors(self, a: frozenset[str], b: frozenset[str]) -> float | None:
        """Agreement of two sets of actors: 1 shared, 0.6 allied, 0 strangers; None where one side names nobody."""
        a, b = a - {"UNIDENTIFIED"}, b - {"UNIDENTIFIED"}
        if not a or not b:
            return None
        if a & b:
            return 1.0
        return 0.6 if any(self.allies.get(actor, frozenset()) & b for actor in a) else 0.0


def _rows(groups: list[dict[str, Any]], values: Mapping[str, Any], where: str) -> dict[str, dict[str, float]]:
    rows: dict[str, dict[str, float]] = {}
    for group in groups:
        if group.get("is") not in values or not isinstance(values[group["is"]], float):
            raise ValueError(f"{where}: actions: `is` must be close, loose, raid or weak: {group}")
        for a, b in permutations(group["of"], 2):
            row = rows.setdefault(a, {a: 1.0})
            row[b] = max(row.get(b, 0.0), values[group["is"]])
    return rows


def _areas() -> frozenset[frozenset[str]]:
    wide = (*load_admin(), *countries().values())
    return frozenset(name_words(name) for area in wide for name in (area.name_ar, *area.variants))


@cache
def load_likeness(path: Path | None = None) -> Likeness:
    """Read the data file, once per path.

    Raises:
        ValueError: A part of the file is missing or wrong; the message names file and part.
    """
    path = path or include_folder() / "similarity.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        allies: dict[str, set[str]] = {}
        for group in data["actors"]:
            for actor in group:
                allies.setdefault(actor, set()).update(set(group) - {actor})
        return Likeness(
            actions=_rows(data["actions"]["groups"], data["actions"], path.name),
            raid=float(data["actions"]["raid"]),
            weak=float(data["actions"]["weak"]),
            allies={actor: frozenset(others) for actor, others in allies.items()},
            reliability=dict(data["reliability"]),
            reliability_of_article=int(data["reliability_of_article"]),
            wires=frozenset(data["wires"]),
            civilian_groups=frozenset(data["civilian_groups"]),
            armed_groups=frozenset(data["armed_groups"]),
            civilian_actors=frozenset(data["civilian_actors"]),
            common_place_words=frozenset(fold_word(word) for word in data["common_place_words"]),
            areas=_areas(),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: part {error} is missing or of the wrong shape") from error
