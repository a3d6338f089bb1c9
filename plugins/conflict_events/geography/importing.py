"""Takes over a user's place table: OCHA COD-AB style, a GeoNames country dump, or our own format."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from conflict_events.geography.admin import AdminList, load_admin
from conflict_events.geography.countries import country_of_pcode, inside_country
from conflict_events.geography.files import GazetteerError, user_gazetteer_dir
from conflict_events.geography.geonames_dump import is_geonames_dump, read_geonames
from conflict_events.geography.places import Place
from conflict_events.geography.tables import COLUMNS, place_slug, read_places, write_places

__all__ = ["ImportReport", "import_gazetteer"]

# Header names in use by OCHA offices and their users; the first that is there is taken.
_ALIASES = {
    "name_ar": (
        "name_ar",
        "name_arabic",
        "loc_name_ar",
        "community_ar",
        "arabic_name",
        "ar_name",
        "nameara",
        "adm4_ar",
    ),
    "name_en": ("name_en", "name_english", "loc_name_en", "community_en", "english_name", "en_name", "name", "adm4_en"),
    "lat": ("lat", "latitude", "y", "lat_y", "point_y", "latitude_y"),
    "lon": ("lon", "lng", "long", "longitude", "x", "long_x", "point_x", "longitude_x"),
    "pcode": ("pcode", "p_code", "loc_pcode", "community_pcode", "adm4_pcode"),
    "type": ("type", "loc_type", "kind", "class"),
    "adm1_en": ("adm1_en", "admin1_en", "admin1name_en", "governorate", "adm1_name", "admin1"),
    "adm1_pcode": ("adm1_pcode", "admin1pcode", "admin1_pcode"),
    "adm2_en": ("adm2_en", "admin2_en", "admin2name_en", "district", "adm2_name", "admin2"),
    "adm2_pcode": ("adm2_pcode", "admin2pcode", "admin2_pcode"),
    "country": ("country", "adm0_pcode", "iso2", "admin0_pcode"),
}
_REQUIRED = ("name_ar", "lat", "lon")
_NEIGHBOURHOOD_TYPES = frozenset({"n", "neighbourhood", "neighborhood"})
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        path: The stored table.
        places: Places stored.
        skipped: Rows left out, as (line, reason), at most the first 50.
        n_skipped: How many rows were left out.
    """

    path: Path
    places: int
    skipped: tuple[tuple[int, str], ...]
    n_skipped: int


def import_gazetteer(
    path: Path | str, store: Path | str | None = None, *, alternate_names: Path | str | None = None
) -> ImportReport:
    """Checks a place table and stores it in our own format, so that `load_gazetteer` uses it from then on.

    Args:
        path: ``.csv`` in OCHA COD-AB style or our own format, or a GeoNames country dump (``SY.txt``). UTF-8.
        store: Folder of imported tables; default ``gazetteer`` in the workspace. The stored file bears the name of
            `path`; importing again replaces it in one step.
        alternate_names: GeoNames ``alternateNamesV2`` file of the same country, for more Arabic names.

    Raises:
        GazetteerError: The table as a whole can't be used: a column is missing, nothing in it is readable, or more than
            half of its rows are unusable. Nothing is stored then.
        FileNotFoundError: There is no such file.
    """
    source = Path(path)
    folder = user_gazetteer_dir(store)
    admin = load_admin()
    skipped: list[tuple[int, str]] = []
    try:
        places = list(_unique(_read(source, admin, alternate_names, skipped)))
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{source}: not UTF-8 ({error}); save it as UTF-8 first") from error
    except csv.Error as error:
        raise GazetteerError(f"{source}: not a readable CSV ({error})") from error
    if not places or len(skipped) > len(places):
        reasons = "; ".join(f"line {line}: {reason}" for line, reason in skipped[:3]) or "no rows"
        raise GazetteerError(
            f"{source}: {len(places)} usable rows, {len(skipped)} unusable ({reasons}); nothing stored"
        )
    target = folder / f"{place_slug(source.stem) or 'imported'}.csv"
    count = write_places(target, places)
    _LOG.info("%s: %d places stored in %s, %d rows left out", source, count, target, len(skipped))
    return ImportReport(target, count, tuple(skipped[:50]), len(skipped))


def _read(
    source: Path, admin: AdminList, alternate_names: Path | str | None, skipped: list[tuple[int, str]]
) -> Iterator[Place]:
    if is_geonames_dump(source):
        yield from read_geonames(source, admin, Path(alternate_names) if alternate_names else None, skipped)
        return
    with source.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream), [])
    if set(COLUMNS) <= set(header):
        yield from read_places(source, admin, id_prefix="user", source="import")
        return
    yield from _read_ocha(source, admin, skipped)


def _read_ocha(source: Path, admin: AdminList, skipped: list[tuple[int, str]]) -> Iterator[Place]:
    with source.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        by_lower = {name.strip().lower(): name for name in reader.fieldnames or ()}
        column = {
            wanted: next((by_lower[alias] for alias in aliases if alias in by_lower), None)
            for wanted, aliases in _ALIASES.items()
        }
        missing = [name for name in _REQUIRED if column[name] is None]
        if missing:
            known = "; ".join(f"{name} (or {', '.join(_ALIASES[name][1:4])})" for name in missing)
            raise GazetteerError(
                f"{source}: columns missing: {known}. Found: {', '.join(by_lower) or 'nothing'}. "
                "Rename the columns or give a GeoNames dump (tab-separated, .txt)"
            )
        for row in reader:
            value = {name: (row.get(header) or "").strip() if header else "" for name, header in column.items()}
            try:
                yield _ocha_place(value, admin)
            except ValueError as error:
                skipped.append((reader.line_num, str(error)))


def _ocha_place(value: dict[str, str], admin: AdminList) -> Place:
    if not value["name_ar"]:
        raise ValueError("no Arabic name")
    try:
        lat, lon = float(value["lat"]), float(value["lon"])
    except ValueError as error:
        raise ValueError(f"coordinates {value['lat']!r}, {value['lon']!r} are not numbers") from error
    country = (
        country_of_pcode(value["country"]) or country_of_pcode(value["adm1_pcode"]) or country_of_pcode(value["pcode"])
    )
    found = admin.find(value["adm1_pcode"]) or admin.find(value["adm1_en"], country)
    country = country or (found.country if found else "")
    if not country:
        raise ValueError("country unknown: give a country column or P-codes")
    if not inside_country(country, lat, lon):
        raise ValueError(f"{lat}, {lon} is not in {country}")
    admin2_pcode = value["adm2_pcode"] or None
    names = _names(value["name_ar"])
    kind = "neighbourhood" if value["type"].lower() in _NEIGHBOURHOOD_TYPES else "village"
    return Place(
        place_id=f"pcode:{value['pcode']}"
        if value["pcode"]
        else f"user:{place_slug(country, value['adm1_en'], value['name_en'])}-{lat:.3f}-{lon:.3f}",
        name_ar=names[0],
        name_en=value["name_en"] or names[0],
        kind=kind,
        country=country,
        lat=round(lat, 5),
        lon=round(lon, 5),
        admin1=found.name_en if found else value["adm1_en"] or None,
        admin1_pcode=found.pcode if found else value["adm1_pcode"] or None,
        admin2=value["adm2_en"] or None,
        admin2_pcode=admin2_pcode,
        variants=tuple(names[1:]),
        source="import",
    )


def _names(text: str) -> list[str]:
    """Names in one cell: "_" and "/" part two names of a place; what follows a dash is its district.

    >>> _names("الصياح_صياح ظاهرية"), _names("ابين- عفرين")
    (['الصياح', 'صياح ظاهرية'], ['ابين'])
    """
    names = [part.split(" -")[0].split("- ")[0].strip() for part in re.split(r"[_/|،]", text)]
    return [name for name in dict.fromkeys(names) if name] or [text]


def _unique(places: Iterator[Place]) -> Iterator[Place]:
    """Gives a second place of one id an id of its own, so that none is lost."""
    seen: dict[str, int] = {}
    for place in places:
        seen[place.place_id] = seen.get(place.place_id, 0) + 1
        number = seen[place.place_id]
        yield place if number == 1 else replace(place, place_id=f"{place.place_id}-{number}")
