"""What the geography room knows and answers: places, names for the matcher, and geocoded points."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GeoContext", "Geocoded", "Place", "PlaceName"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer. Coordinates are WGS84 degrees.

    Attributes:
        place_id: Stable id: ``gn:<geonames id>``, ``ce:<slug>``, ``pcode:<code>`` or ``user:<slug>``.
        name_ar: Arabic name as shown.
        name_en: English name as shown.
        variants: Further Arabic spellings and names.
        kind: village, town, city, governorate, ... (one of ``kinds.csv``).
        country: ISO-2 code, or "" for a region of several countries.
        admin1: English name of the governorate, or None above that level.
        admin1_pcode: OCHA P-code of `admin1`, where known.
        admin2: English name of the district, where known.
        admin2_pcode: OCHA P-code of `admin2`, where known.
        population: Inhabitants by GeoNames, 0 where unknown.
        geonames_id: GeoNames id, where the place is known to be that one.
        ambiguous_names: Those of its names that are also common words or personal names; a text has to make clear that
            a place is meant.
        source: Where the row comes from: curated, geonames or import.
    """

    place_id: str
    name_ar: str
    name_en: str
    kind: str
    country: str
    lat: float
    lon: float
    admin1: str | None = None
    admin1_pcode: str | None = None
    admin2: str | None = None
    admin2_pcode: str | None = None
    variants: tuple[str, ...] = ()
    population: int = 0
    geonames_id: int | None = None
    ambiguous_names: tuple[str, ...] = ()
    source: str = "curated"

    @property
    def names(self) -> tuple[str, ...]:
        """All Arabic names, the main one first."""
        return (self.name_ar, *self.variants)

    @property
    def ambiguous(self) -> bool:
        """Whether the main name is also a common word or a personal name."""
        return self.name_ar in self.ambiguous_names

    @property
    def point(self) -> tuple[float, float]:
        """(latitude, longitude) in degrees."""
        return self.lat, self.lon


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a matcher finds in a text: a name and the places that bear it.

    Attributes:
        name: The name as the gazetteer writes it.
        places: Places with exactly this name, at least one.
        needs_context: The name is also a common word or person's name, or nobody has vetted it; take it only beside a
            word such as "town" or a preposition of place.
    """

    name: str
    places: tuple[Place, ...]
    needs_context: bool


@dataclass(frozen=True, slots=True)
class GeoContext:
    """What the rest of the page says about where it plays; helps to choose among namesakes.

    Attributes:
        countries: ISO-2 codes, most likely first.
        admin1s: English governorate names, canonical or not.
        points: (latitude, longitude) of places of the page that are certain.
    """

    countries: tuple[str, ...] = ()
    admin1s: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Geocoded:
    """Answer of the geocoder.

    Attributes:
        place: The place that the words name, or are located by.
        lat: Latitude in degrees; differs from the place's own for a point between two places.
        lon: Longitude in degrees.
        geo_precision: 1 the named place itself, 2 near it or an area of it, 3 a governorate or larger region.
        method: How sure the answer is: ``<how the name was found>;<how the place was chosen>``, for example
            ``exact;only`` or ``near+variant;admin1``.
    """

    place: Place
    lat: float
    lon: float
    geo_precision: int
    method: str
