"""Reads a GeoNames country dump (tab-separated, 19 columns) and, beside it, its alternate names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflict_events.geography.admin import AdminList
from conflict_events.geography.countries import inside_country
from conflict_events.geography.places import Place

__all__ = ["is_geonames_dump", "read_geonames"]

_COLUMNS = 19
_KIND_BY_CODE = {
    "PPLX": "neighbourhood",
    "PPLA": "city",
    "PPLC": "city",
    "PPLA2": "town",
    "AIRP": "airport",
    "AIRB": "base",
    "MT": "mountain",
    "MTS": "mountain",
    "DSRT": "desert",
    "DAM": "dam",
    "STM": "river",
    "CMPRF": "camp",
    "OILF": "oilfield",
    "PRT": "port",
    "ISL": "island",
    "VAL": "valley",
}


def is_geonames_dump(path: Path) -> bool:
    """Whether the first line has the 19 tab-separated columns of a GeoNames dump.

    Raises:
        FileNotFoundError: There is no such file.
    """
    with path.open(encoding="utf-8", errors="replace") as stream:
        cells = stream.readline().split("\t")
    return len(cells) == _COLUMNS and cells[0].isdigit()


def read_geonames(
    path: Path, admin: AdminList, alternate_names: Path | None, skipped: list[tuple[int, str]]
) -> Iterator[Place]:
    """Populated places and the features of `_KIND_BY_CODE` that have an Arabic name.

    Args:
        path: The dump, such as ``SY.txt``.
        admin: The canonical governorates.
        alternate_names: ``alternateNamesV2`` file, or None.
        skipped: Gains (line, reason) for rows that can't be used; places with no Arabic name are not mentioned.
    """
    more = _arabic_names(alternate_names) if alternate_names else {}
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != _COLUMNS:
                skipped.append((number, f"{len(cells)} columns instead of {_COLUMNS}"))
                continue
            kind = _kind(cells[6], cells[7], cells[14])
            if kind is None:
                continue
            names = [name for name in cells[3].split(",") if _is_arabic(name)] + more.get(cells[0], [])
            if not names:
                continue
            try:
                lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
            except ValueError as error:
                skipped.append((number, str(error)))
                continue
            if not inside_country(cells[8], lat, lon):
                skipped.append((number, f"{lat}, {lon} is not in {cells[8]}"))
                continue
            admin1 = admin.by_geonames_code(cells[8], cells[10])
            main, *others = dict.fromkeys(names)
            yield Place(
                place_id=f"gn:{cells[0]}",
                name_ar=main,
                name_en=cells[1],
                kind=kind,
                country=cells[8],
                lat=lat,
                lon=lon,
                admin1=admin1.name_en if admin1 else None,
                admin1_pcode=admin1.pcode if admin1 else None,
                variants=tuple(others),
                population=population,
                geonames_id=int(cells[0]),
                source="import",
            )


def _kind(feature_class: str, code: str, population: str) -> str | None:
    if code in _KIND_BY_CODE:
        return _KIND_BY_CODE[code]
    if feature_class != "P":
        return None
    size = int(population) if population.isdigit() else 0
    return "city" if size >= 50_000 else "town" if size >= 5_000 else "village"


def _arabic_names(path: Path) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 3 and cells[2] == "ar":
                names.setdefault(cells[1], []).append(cells[3])
    return names


def _is_arabic(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all("\u0600" <= char <= "\u06ff" for char in letters)
