"""Kinds of places: how large they are, which precision they give, and which words announce them."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass

from conflict_events.geography.files import GazetteerError, include_dir

__all__ = ["Kind", "kinds"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place.

    Attributes:
        name: English code, such as village.
        rank: 0 for what a bare name most likely means, rising; one step is worth little against context.
        geo_precision: Precision code of an event located there (1, 2 or 3).
        family: settlement, quarter, division, area, line or site; a word such as "village" asks for its family.
    """

    name: str
    rank: float
    geo_precision: int
    family: str


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds by name, read from ``kinds.csv``.

    Raises:
        GazetteerError: A row is not as it should be.
    """
    path = include_dir() / "kinds.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        found: dict[str, Kind] = {}
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                kind = Kind(row["kind"], float(row["rank"]), int(row["geo_precision"]), row["family"])
            except (KeyError, TypeError, ValueError) as error:
                raise GazetteerError(f"{path}:{line}: needs kind, rank, geo_precision, family ({error})") from error
            found[kind.name] = kind
    return found
