"""The gazetteer: all known places, found by name."""

from __future__ import annotations

import functools
import hashlib
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from conflict_events.arabic import Phrase, fold_word
from conflict_events.compiled import load_compiled
from conflict_events.geography.admin import AdminList, load_admin
from conflict_events.geography.cities500 import load_cities
from conflict_events.geography.countries import countries
from conflict_events.geography.distance import haversine_km
from conflict_events.geography.files import GazetteerError, include_dir, user_gazetteer_dir
from conflict_events.geography.names import exact_key, loose_key, skeleton_key
from conflict_events.geography.places import Place, PlaceName
from conflict_events.geography.short_names import ShortNames
from conflict_events.geography.tables import place_slug, read_places

__all__ = ["LEVELS", "Gazetteer", "load_gazetteer"]

LEVELS = ("exact", "variant", "loose")

_NOT_PLACE_TABLES = frozenset({"admin1.csv", "admin2.csv", "countries.csv", "kinds.csv"})
_SAME_PLACE_KM = 5.0
_PHRASE_POPULATION = 10_000
# A doubtful namesake elsewhere makes no doubt of these: "العريش" is the city, though a quarter of Aden is called so.
_KNOWN_BY_NAME = frozenset({"city", "town"})
_LOG = logging.getLogger(__name__)


class Gazetteer:
    """Places by name. Never changes after it is made; safe to share between threads."""

    def __init__(self, places: Iterable[Place], admin: AdminList) -> None:
        self.admin = admin
        self._by_id: dict[str, Place] = {}
        for place in places:
            if place.place_id in self._by_id:
                raise GazetteerError(
                    f"two places have the id {place.place_id} ({place.name_ar}); give one of them another name_en"
                )
            self._by_id[place.place_id] = place
        names = list(dict.fromkeys(name for place in self._by_id.values() for name in place.names))
        digest = hashlib.sha256("\0".join((_keys_code(), *names)).encode("utf-8", "surrogatepass")).hexdigest()
        self._keys = load_compiled("names", digest, lambda: {name: _keys(name) for name in names})
        self._tables: tuple[dict[str, list[Place]], ...] = ({}, {}, {})
        for place in self._by_id.values():
            for name in place.names:
                for table, key in zip(self._tables, self._keys[name], strict=True):
                    bearers = table.setdefault(key, [])
                    if place not in bearers:
                        bearers.append(place)
        self._capitals = {place.country: place for place in self if _is_capital(place)}
        self._countries = {place.country: place for place in self if place.kind == "country"}
        self._unsized: dict[str, list[Place]] = {}
        self._shorten(admin)

    def _shorten(self, admin: AdminList) -> None:
        """Lists places under their shorter names, too: as variants without the town, apart without a size."""
        short = ShortNames(self, admin, {name: keys[0] for name, keys in self._keys.items()})
        for place in self:
            for table, names in ((self._tables[1], short.without_town), (self._unsized, short.without_size)):
                for name in names(place):
                    bearers = table.setdefault(loose_key(name), [])
                    if place not in bearers:
                        bearers.append(place)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_id.values())

    def get(self, place_id: str) -> Place | None:
        """The place with that id."""
        return self._by_id.get(place_id)

    def capital(self, country: str | None) -> Place | None:
        """The capital of a country, by its ISO-2 code."""
        return self._capitals.get(country or "")

    def country(self, code: str | None) -> Place | None:
        """A country as a place, by its ISO-2 code."""
        return self._countries.get(code or "")

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Places of that name at the strictest level that finds any: folded, article and blanks, careless spelling."""
        return next((places for _, places in self.lookup_levels(name)), ())

    def lookup_levels(self, name: str) -> Iterator[tuple[str, tuple[Place, ...]]]:
        """(level, places) for each level that finds places not found by a stricter one; see `LEVELS`."""
        seen: set[str] = set()
        for level, table, key in zip(LEVELS, self._tables, _keys(name), strict=True):
            fresh = tuple(place for place in table.get(key, ()) if place.place_id not in seen) if key else ()
            if fresh:
                seen.update(place.place_id for place in fresh)
                yield level, fresh

    def unsized(self, name: str, country: str, admin1: str) -> tuple[Place, ...]:
        """Places of a governorate whose name is that with a word of size or side behind it ("الحيمر كبيرة")."""
        return tuple(p for p in self._unsized.get(loose_key(name), ()) if (p.country, p.admin1) == (country, admin1))

    def keys_of(self, country: str | None = None, admin1: str | None = None) -> Mapping[str, tuple[Place, ...]]:
        """Loose keys of the names in a governorate (or a country), for spelling correction."""
        return self._region_keys(country, admin1)

    @functools.lru_cache(maxsize=256)  # noqa: B019 - gazetteers live as long as the process
    def _region_keys(self, country: str | None, admin1: str | None) -> Mapping[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {}
        for key, places in self._tables[1].items():
            kept = [p for p in places if country in (None, p.country) and admin1 in (None, p.admin1)]
            if kept:
                found[key] = kept
        return {key: tuple(places) for key, places in found.items()}

    def phrases(self) -> Iterator[Phrase[PlaceName]]:
        """A phrase for each name that a text may be searched for; the payload is a `PlaceName`.

        Names that nobody vetted (GeoNames alone, imports) are given only where that is safe, or need context.
        """
        by_name: dict[str, list[tuple[str, Place]]] = {}
        for place in self._by_id.values():
            for name in place.names:
                by_name.setdefault(self._keys[name][0], []).append((name, place))
        for key, bearers in by_name.items():
            vetted = [place for _, place in bearers if place.source == "curated" or place.kind == "governorate"]
            if not vetted and not any(_safe_unvetted(key, place) for _, place in bearers):
                continue
            places = tuple(dict.fromkeys(place for _, place in bearers))
            doubtful = [place for place in vetted if key in {exact_key(name) for name in place.ambiguous_names}]
            needs_context = not vetted or (
                bool(doubtful) and all(place in doubtful or place.kind not in _KNOWN_BY_NAME for place in vetted)
            )
            yield Phrase(bearers[0][0], PlaceName(bearers[0][0], places, needs_context), "exact")

    def dim_place(self) -> Iterator[dict[str, Any]]:
        """Rows of the table ``dim_place``, ordered by `place_id`."""
        for place_id in sorted(self._by_id):
            place = self._by_id[place_id]
            yield {
                "place_id": place_id,
                "name_ar": place.name_ar,
                "name_en": place.name_en,
                "kind": place.kind,
                "country": place.country or None,
                "admin1_en": place.admin1,
                "admin1_pcode": place.admin1_pcode,
                "admin2_en": place.admin2,
                "admin2_pcode": place.admin2_pcode,
                "lat": place.lat,
                "lon": place.lon,
                "geonames_id": place.geonames_id,
                "source": place.source,
            }


def load_gazetteer(
    extra: Iterable[Path | str] = (), *, store: Path | str | None = None, cache: Path | None = None
) -> Gazetteer:
    """The gazetteer of this installation: curated places, governorates, GeoNames, imported tables.

    Args:
        extra: Further tables in our own format.
        store: Folder of imported tables, which are read as well (default: ``gazetteer`` in the workspace).
        cache: Folder of the compiled GeoNames table (default: see `load_cities`).

    Raises:
        GazetteerError: A table is not as it should be; the message names file, line and reason.
        FileNotFoundError: A table of `extra` does not exist.
    """
    tables = [Path(path) for path in extra]
    stored = user_gazetteer_dir(store)
    if stored.is_dir():
        tables += sorted(stored.glob("*.csv"))
    stamps = tuple((str(path.resolve()), path.stat().st_mtime_ns) for path in dict.fromkeys(tables))
    return _load(stamps, cache)


@functools.lru_cache(maxsize=4)
def _load(tables: tuple[tuple[str, int], ...], cache: Path | None) -> Gazetteer:
    admin = load_admin()
    places = {place.place_id: place for place in (*_countries(), *_governorates(admin))}
    for path in sorted(include_dir().glob("*.csv")):
        if path.name not in _NOT_PLACE_TABLES:
            for place in read_places(path, admin):
                if place.place_id in places:
                    raise GazetteerError(f"{path}: {place.name_ar}: the id {place.place_id} is taken; change name_en")
                places[place.place_id] = _with_titles(place)
    for place in load_cities(admin, cache):
        known = places.get(place.place_id)
        places[place.place_id] = place if known is None else replace(known, population=place.population)
    for name, _ in tables:
        _merge_import(places, read_places(Path(name), admin, id_prefix="user", source="import"))
    return Gazetteer(places.values(), admin)


def _countries() -> Iterator[Place]:
    for item in countries().values():
        yield Place(
            place_id=f"iso:{item.code}",
            name_ar=item.name_ar,
            name_en=item.name_en,
            kind="country",
            country=item.code,
            lat=item.lat,
            lon=item.lon,
            variants=tuple(dict.fromkeys((*item.variants, *(f"الأراضي {a}" for a in item.adjectives)))),
            ambiguous_names=(item.name_ar,) if item.ambiguous else (),
        )


def _is_capital(place: Place) -> bool:
    known = countries().get(place.country)
    return known is not None and place.kind == "city" and place.name_ar == known.capital


def _with_titles(place: Place) -> Place:
    """A capital is also known by its country: "العاصمة السورية"."""
    if not _is_capital(place):
        return place
    titles = (f"العاصمة {adjective}" for adjective in countries()[place.country].adjectives)
    return replace(place, variants=tuple(dict.fromkeys((*place.variants, *titles))))


def _governorates(admin: AdminList) -> Iterator[Place]:
    for item in admin:
        arabic = [v for v in item.variants if "\u0600" <= v[0] <= "\u06ff"]
        yield Place(
            place_id=f"pcode:{item.pcode}" if item.pcode else f"ce:{place_slug(item.country, item.name_en)}",
            name_ar=item.name_ar,
            name_en=item.name_en,
            kind="governorate",
            country=item.country,
            lat=item.lat,
            lon=item.lon,
            admin1=item.name_en,
            admin1_pcode=item.pcode,
            variants=tuple(arabic),
            ambiguous_names=(item.name_ar,) if item.ambiguous else (),
        )


def _merge_import(places: dict[str, Place], imported: Iterable[Place]) -> None:
    """Adds imported places; one that is known already lends its point and codes and keeps the known id."""
    by_name: dict[str, list[str]] = {}
    for place in places.values():
        for name in place.names:
            by_name.setdefault(loose_key(name), []).append(place.place_id)
    taken: set[str] = set()
    for place in imported:
        near = [
            (haversine_km(places[i].point, place.point), i)
            for name in place.names
            for i in by_name.get(loose_key(name), ())
            if places[i].kind in ("city", "town", "village", "neighbourhood", "suburb", "camp")
        ]
        distance, twin = min(near, default=(float("inf"), ""))
        if distance <= _SAME_PLACE_KM and twin not in taken:
            known = places[twin]
            taken.add(twin)
            places[twin] = replace(
                known,
                lat=place.lat,
                lon=place.lon,
                admin1=known.admin1 or place.admin1,
                admin1_pcode=known.admin1_pcode or place.admin1_pcode,
                admin2=place.admin2 or known.admin2,
                admin2_pcode=place.admin2_pcode or known.admin2_pcode,
                variants=tuple(n for n in dict.fromkeys((*known.variants, *place.names)) if n != known.name_ar),
            )
        elif place.place_id in places:
            _LOG.debug("imported place %s is given twice; the first one stays", place.place_id)
        else:
            places[place.place_id] = place


@functools.cache
def _keys_code() -> str:
    """Hash of the code that makes keys: where it changes, cached ones are made anew."""
    code = (Path(str(sys.modules[made.__module__].__file__)).read_bytes() for made in (fold_word, exact_key))
    return hashlib.sha256(b"".join(code)).hexdigest()


def _keys(name: str) -> tuple[str, str, str]:
    return exact_key(name), loose_key(name), skeleton_key(name)


def _safe_unvetted(key: str, place: Place) -> bool:
    """Whether a name that nobody vetted may be searched for in running text."""
    if place.source == "import":
        return len(key) >= 4
    return (" " in key and len(key) >= 7) or (place.population >= _PHRASE_POPULATION and len(key) >= 4)
