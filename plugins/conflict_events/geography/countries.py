"""The covered countries: codes and boxes that coordinates have to lie in."""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass

from conflict_events.geography.files import GazetteerError, include_dir

__all__ = ["Country", "countries", "country_of_pcode", "inside_country"]

_NUMBERS = ("lat", "lon", "south", "west", "north", "east")


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO-2 code, names, a middle point and the box that holds its land, in degrees.

    `ambiguous` says that the Arabic name is also a common word ("مالي": financial). `capital` is the Arabic name of its
    capital, None where it has none of its own; `adjectives` are feminine ("السورية"), as in "العاصمة السورية".
    """

    code: str
    name_en: str
    name_ar: str
    variants: tuple[str, ...]
    lat: float
    lon: float
    south: float
    west: float
    north: float
    east: float
    ambiguous: bool
    capital: str | None
    adjectives: tuple[str, ...]


@functools.cache
def countries() -> dict[str, Country]:
    """All countries by ISO-2 code, read from ``countries.csv``.

    Raises:
        GazetteerError: A row is not as it should be.
    """
    path = include_dir() / "countries.csv"
    found: dict[str, Country] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                lat, lon, south, west, north, east = (float(row[column]) for column in _NUMBERS)
                found[row["code"]] = Country(
                    code=row["code"],
                    name_en=row["name_en"],
                    name_ar=row["name_ar"],
                    variants=tuple(v for v in row["variants"].split("|") if v),
                    lat=lat,
                    lon=lon,
                    south=south,
                    west=west,
                    north=north,
                    east=east,
                    ambiguous=row["ambiguous"] == "1",
                    capital=row["capital"] or None,
                    adjectives=tuple(a for a in row["adjective"].split("|") if a),
                )
            except (KeyError, TypeError, ValueError) as error:
                raise GazetteerError(f"{path}:{line}: unreadable country ({error})") from error
    return found


def country_of_pcode(code: str) -> str | None:
    """ISO-2 code that a P-code (or a country code) begins with, where covered.

    >>> country_of_pcode("SY0705"), country_of_pcode("C8380")
    ('SY', None)
    """
    match = re.match(r"[A-Za-z]{2}", code)
    found = match[0].upper() if match else ""
    return found if found in countries() else None


def inside_country(code: str, lat: float, lon: float) -> bool:
    """Whether a point lies in the country's box; a country that is not covered has the whole globe."""
    country = countries().get(code)
    if country is None:
        return -90 <= lat <= 90 and -180 <= lon <= 180
    return country.south <= lat <= country.north and country.west <= lon <= country.east
