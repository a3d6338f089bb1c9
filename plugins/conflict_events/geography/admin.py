"""The canonical list of governorates and districts, with P-codes and the many spellings of their names."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conflict_events.geography.files import GazetteerError, include_dir
from conflict_events.geography.names import exact_key, latin_key, loose_key

__all__ = ["Admin1", "AdminList", "load_admin"]


@dataclass(frozen=True, slots=True)
class Admin1:
    """A governorate or province.

    Attributes:
        country: ISO-2 code.
        name_en: Canonical English name.
        name_ar: Arabic name without the word "governorate".
        variants: Other spellings, Arabic and English.
        pcode: OCHA P-code, or None where not known.
        lat: Latitude of its seat in degrees.
        lon: Longitude of its seat in degrees.
        geonames_code: GeoNames' admin1 code within the country, or None.
        ambiguous: The Arabic name is also a common word or a personal name.
    """

    country: str
    name_en: str
    name_ar: str
    variants: tuple[str, ...]
    pcode: str | None
    lat: float
    lon: float
    geonames_code: str | None
    ambiguous: bool = False


class AdminList:
    """Looks up governorates by any spelling, and districts by name."""

    def __init__(self, admin1s: tuple[Admin1, ...], admin2_pcodes: dict[tuple[str, str, str], str]) -> None:
        self.admin1s = admin1s
        self._admin2 = {(c, latin_key(a), latin_key(b)): code for (c, a, b), code in admin2_pcodes.items()}
        self._by_latin: dict[str, list[Admin1]] = {}
        self._by_arabic: dict[str, list[Admin1]] = {}
        self._by_pcode = {item.pcode: item for item in admin1s if item.pcode}
        self._by_code = {(item.country, item.geonames_code): item for item in admin1s if item.geonames_code}
        for item in admin1s:
            for name in (item.name_en, item.name_ar, *item.variants):
                table, keys = (
                    (self._by_arabic, {exact_key(name), loose_key(name)})
                    if _is_arabic(name)
                    else (self._by_latin, {latin_key(name)})
                )
                for key in keys:
                    if item not in table.setdefault(key, []):
                        table[key].append(item)

    def find(self, name: str | None, country: str | None = None) -> Admin1 | None:
        """The governorate of that name in any spelling, Arabic, English or P-code; None when unknown or undecided.

        Example: ``find("Deir-ez-Zor")``, ``find("Deir Ezzor")`` and ``find("دير الزور")`` give the same record.
        """
        if not name or not name.strip():
            return None
        if name in self._by_pcode:
            return self._by_pcode[name]
        if _is_arabic(name):
            words = exact_key(name).removeprefix("محافظه ").removeprefix("ولايه ")
            found = self._by_arabic.get(words) or self._by_arabic.get(loose_key(words)) or []
        else:
            found = self._by_latin.get(latin_key(name)) or []
        in_country = [item for item in found if country is None or item.country == country]
        if len(in_country) == 1:
            return in_country[0]
        # Names borne by two countries (such as a "Northern" province) need the country.
        return in_country[0] if in_country and country else None

    def by_geonames_code(self, country: str, code: str) -> Admin1 | None:
        """The governorate with that GeoNames admin1 code."""
        return self._by_code.get((country, code))

    def admin2_pcode(self, country: str, admin1: str | None, admin2: str | None) -> str | None:
        """P-code of a district, where known."""
        if not admin1 or not admin2:
            return None
        return self._admin2.get((country, latin_key(admin1), latin_key(admin2)))

    def __iter__(self) -> Iterator[Admin1]:
        return iter(self.admin1s)


@functools.lru_cache(maxsize=4)
def load_admin(folder: Path | None = None) -> AdminList:
    """Reads ``admin1.csv`` and ``admin2.csv``.

    Raises:
        GazetteerError: A row is not as it should be; the message names file and line.
    """
    folder = folder or include_dir()
    admin1s: list[Admin1] = []
    path = folder / "admin1.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                admin1s.append(
                    Admin1(
                        country=row["country"],
                        name_en=row["admin1_en"],
                        name_ar=row["admin1_ar"],
                        variants=tuple(v for v in row["variants"].split("|") if v),
                        pcode=row["pcode"] or None,
                        lat=float(row["lat"]),
                        lon=float(row["lon"]),
                        geonames_code=row["geonames_code"] or None,
                        ambiguous=row["ambiguous"] == "1",
                    )
                )
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise GazetteerError(f"{path}:{line}: unreadable governorate ({error})") from error
    pcodes: dict[tuple[str, str, str], str] = {}
    path = folder / "admin2.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                pcodes[row["country"], row["admin1_en"], row["admin2_en"]] = row["pcode"]
            except (KeyError, TypeError) as error:
                raise GazetteerError(f"{path}:{line}: unreadable district ({error})") from error
    return AdminList(tuple(admin1s), pcodes)


def _is_arabic(name: str) -> bool:
    return any("\u0600" <= char <= "\u06ff" for char in name)
