"""The ``geocode`` command's work: one JSON place a line in, the same line with its point out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from conflict_events.geography.geocoder import Geocoder
from conflict_events.geography.places import Geocoded

__all__ = ["LinesReport", "geocode_lines"]


@dataclass(frozen=True, slots=True)
class LinesReport:
    """How many lines were read and how many of them were resolved."""

    read: int
    resolved: int


def geocode_lines(source: Iterable[str], target: IO[str], geocoder: Geocoder) -> LinesReport:
    """Geocodes JSON lines.

    Args:
        source: Lines with ``{"place": …, "admin1_en": …, "country": …}``; only ``place`` is required. Blank lines are
            skipped.
        target: Text stream; each line keeps its own keys and gains lat, lon, geo_precision, place_id, place_name_ar,
            place_en, place_admin1_en, admin1_pcode, admin2_en, admin2_pcode, place_country and geo_method, all null
            where unresolved. ``place`` and ``admin1_en`` are given back unchanged.
        geocoder: What resolves.

    Raises:
        ValueError: A line is not a JSON object with a text under ``place``; the message says which line.
    """
    read = resolved = 0
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        record = _record(line, number)
        read += 1
        found = geocoder.resolve(record["place"], record.get("admin1_en"), record.get("country"))
        resolved += found is not None
        target.write(json.dumps({**record, **_columns(found)}, ensure_ascii=False) + "\n")
    return LinesReport(read, resolved)


def _record(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ValueError(f'line {number}: not JSON ({error}); expected one {{"place": …}} a line') from error
    if not isinstance(record, dict) or not isinstance(record.get("place"), str):
        raise ValueError(f'line {number}: needs a text under "place"')
    for key in ("admin1_en", "country"):
        if not isinstance(record.get(key), str | None):
            raise ValueError(f'line {number}: "{key}" must be a text or null')
    return record


def _columns(found: Geocoded | None) -> dict[str, Any]:
    place = found.place if found else None
    return {
        "lat": found.lat if found else None,
        "lon": found.lon if found else None,
        "geo_precision": found.geo_precision if found else None,
        "place_id": place.place_id if place else None,
        "place_name_ar": place.name_ar if place else None,
        "place_en": place.name_en if place else None,
        "place_admin1_en": place.admin1 if place else None,
        "admin1_pcode": place.admin1_pcode if place else None,
        "admin2_en": place.admin2 if place else None,
        "admin2_pcode": place.admin2_pcode if place else None,
        "place_country": (place.country or None) if place else None,
        "geo_method": found.method if found else None,
    }
