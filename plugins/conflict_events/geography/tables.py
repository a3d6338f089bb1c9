"""Reads and writes the project's own place tables (one CSV of places a country)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from conflict_events.geography.admin import AdminList
from conflict_events.geography.files import GazetteerError, atomic_writer
from conflict_events.geography.kinds import kinds
from conflict_events.geography.places import Place

__all__ = ["COLUMNS", "place_slug", "read_places", "write_places"]

COLUMNS = (
    "name_ar",
    "variants",
    "name_en",
    "kind",
    "admin1_en",
    "admin2_en",
    "country",
    "lat",
    "lon",
    "geonames_id",
    "ambiguous",
    "source",
)
EXTRA_COLUMNS = ("place_id", "population", "admin1_pcode", "admin2_pcode")


def place_slug(*parts: str | None) -> str:
    """Lower-case ASCII words joined by hyphens.

    >>> place_slug("SY", "Idlib", "Ma'arrat an-Nu'man")
    'sy-idlib-maarrat-an-numan'
    """
    text = unicodedata.normalize("NFKD", " ".join(part for part in parts if part)).replace("'", "")
    return "-".join(re.findall(r"[a-z0-9]+", text.encode("ascii", "ignore").decode().lower()))


def read_places(path: Path, admin: AdminList, *, id_prefix: str = "ce", source: str = "curated") -> Iterator[Place]:
    """Places of one table in our own format.

    Args:
        path: CSV in UTF-8 with at least `COLUMNS`.
        admin: The canonical governorates; every `admin1_en` must be known there.
        id_prefix: Prefix of ids made from names.
        source: What `Place.source` says.

    Raises:
        GazetteerError: A column is missing or a row is not as it should be; the message names file, line and reason.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise GazetteerError(f"{path}: columns missing: {', '.join(missing)}; expected {', '.join(COLUMNS)}")
        for row in reader:
            try:
                yield _place(row, admin, id_prefix, source)
            except ValueError as error:
                raise GazetteerError(f"{path}:{reader.line_num}: {error}") from error


def write_places(path: Path, places: Iterable[Place]) -> int:
    """Writes places in our own format, replacing `path` in one step; returns how many.

    Raises:
        OSError: The folder can't be written.
    """
    count = 0
    with atomic_writer(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow((*COLUMNS, *EXTRA_COLUMNS))
        for place in places:
            writer.writerow(
                (
                    place.name_ar,
                    "|".join(place.variants),
                    place.name_en,
                    place.kind,
                    place.admin1 or "",
                    place.admin2 or "",
                    place.country,
                    repr(place.lat),
                    repr(place.lon),
                    place.geonames_id or "",
                    "|".join(place.ambiguous_names),
                    place.source,
                    place.place_id,
                    place.population or "",
                    place.admin1_pcode or "",
                    place.admin2_pcode or "",
                )
            )
            count += 1
    return count


def _place(row: Mapping[str, str | None], admin: AdminList, id_prefix: str, source: str) -> Place:
    value = {key: (text or "").strip() for key, text in row.items() if isinstance(key, str)}
    if None in row:
        raise ValueError("more fields than the header has; is a comma unquoted?")
    if not value["name_ar"] or not value["name_en"]:
        raise ValueError("name_ar and name_en are both needed")
    if value["kind"] not in kinds():
        raise ValueError(f"unknown kind {value['kind']!r}; known: {', '.join(kinds())}")
    lat, lon = _degrees(value["lat"], 90, "lat"), _degrees(value["lon"], 180, "lon")
    admin1 = admin.find(value["admin1_en"], value["country"] or None)
    if value["admin1_en"] and admin1 is None and source == "curated":
        raise ValueError(f"admin1_en {value['admin1_en']!r} is not in admin1.csv for {value['country']!r}")
    name1 = admin1.name_en if admin1 else value["admin1_en"] or None
    geonames_id = int(value["geonames_id"]) if value["geonames_id"] else None
    place_id = value.get("place_id") or (
        f"gn:{geonames_id}"
        if geonames_id
        else f"{id_prefix}:{place_slug(value['country'], name1, value['kind'], value['name_en'])}"
    )
    pcode2 = admin.admin2_pcode(value["country"], name1, value["admin2_en"]) or value.get("admin2_pcode")
    names = (value["name_ar"], *(v.strip() for v in value["variants"].split("|") if v.strip()))
    return Place(
        place_id=place_id,
        name_ar=value["name_ar"],
        name_en=value["name_en"],
        kind=value["kind"],
        country=value["country"],
        lat=lat,
        lon=lon,
        admin1=name1,
        admin1_pcode=(admin1.pcode if admin1 else None) or value.get("admin1_pcode") or None,
        admin2=value["admin2_en"] or None,
        admin2_pcode=pcode2 or None,
        variants=names[1:],
        population=int(value.get("population") or 0),
        geonames_id=geonames_id,
        ambiguous_names=_ambiguous(value["ambiguous"], names),
        source=source,
    )


def _ambiguous(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The column `ambiguous`: empty, "1" for the main name and all others of one word, or the names themselves."""
    if text in ("", "1"):
        return tuple(name for name in names if name == names[0] or " " not in name) if text else ()
    listed = tuple(text.split("|"))
    unknown = [name for name in listed if name not in names]
    if unknown:
        raise ValueError(f"ambiguous names no name or variant: {', '.join(unknown)}")
    return listed


def _degrees(text: str, limit: int, column: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise ValueError(f"{column} {text!r} is not a number") from error
    if not -limit <= number <= limit:
        raise ValueError(f"{column} {text} is outside -{limit}..{limit}")
    return number
