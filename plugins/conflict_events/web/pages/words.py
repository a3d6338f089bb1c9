"""The pages in Arabic and English: labels from `include/web/labels.yaml`, names from the rows and the gazetteer."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from conflict_events.snapshots.codes import INCLUDE, actor_names, load_countries

__all__ = ["LANGUAGES", "Words", "choose_language", "load_labels"]

LANGUAGES = ("ar", "en")
"""The languages of the pages; the first one holds where nothing else is asked for."""

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def load_labels() -> Labels:
    """All labels as ``section -> code -> language -> words``; codes are text."""
    file = INCLUDE / "web" / "labels.yaml"
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {section: {str(code): dict(words) for code, words in entries.items()} for section, entries in read.items()}


@cache
def _table(name: str) -> list[dict[str, str]]:
    with (INCLUDE / "gazetteer" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def _governorates() -> Mapping[str, str]:
    """Arabic names of governorates by P-code, and by "country name" where they have none."""
    rows = _table("admin1")
    names = {f"{row['country']} {row['admin1_en']}": row["admin1_ar"] for row in rows}
    return names | {row["pcode"]: row["admin1_ar"] for row in rows if row["pcode"]}


def choose_language(asked: str | None, remembered: str | None, accepted: str | None) -> str:
    """The language of a request.

    Args:
        asked: What the address says.
        remembered: What the cookie says.
        accepted: The header Accept-Language.

    >>> choose_language(None, None, "fr, en-GB;q=0.8, ar;q=0.5")
    'en'
    """
    for one in (asked, remembered):
        if one in LANGUAGES:
            return one
    ranked = sorted((_weighed(part) for part in (accepted or "").split(",")[:20]), key=lambda one: -one[0])
    return next((code for weight, code in ranked if code in LANGUAGES and weight > 0), LANGUAGES[0])


def _weighed(part: str) -> tuple[float, str]:
    code, _, rest = part.strip().partition(";")
    try:
        weight = float(rest.strip().removeprefix("q=")) if rest else 1.0
    except ValueError:
        weight = 0.0
    return weight, code.partition("-")[0].lower()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: ``ar`` or ``en``.
    """

    language: str

    @property
    def direction(self) -> str:
        """Of the writing: ``rtl`` or ``ltr``."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def other(self) -> str:
        """The other language."""
        return "en" if self.language == "ar" else "ar"

    def say(self, name: str, **values: Any) -> str:
        """A label by ``section.code``.

        Raises:
            KeyError: There is no such label.
        """
        section, _, code = name.partition(".")
        return load_labels()[section][code][self.language].format(**values)

    def of(self, section: str, code: Any) -> str:
        """The name of a value of a closed list; a value without one stands for itself, None for nothing."""
        if code is None:
            return ""
        entry = load_labels()[section].get(str(code))
        return entry[self.language] if entry else str(code)

    def slot(self, name: str) -> str:
        """The name of a slot, of counts with what is counted."""
        kind, _, measure = name.partition(":")
        return self.of("measure", measure) if measure else self.of("slot", kind)

    def subgroup(self, code: str) -> str:
        """The name of a part of a toll: a kind of people, an actor, or where they are from."""
        kind, _, rest = code.partition(":")
        if kind == "from" and rest:
            return rest
        if code in load_labels()["subgroup"]:
            return self.of("subgroup", code)
        return actor_names([code], self.language) or code

    def landmarks(self, countries: bool) -> list[tuple[str, float, float]]:
        """Name, latitude and longitude of the gazetteer's countries, or of its governorates."""
        table, column = ("countries", "name") if countries else ("admin1", "admin1")
        listed = (row for row in _table(table) if row["lat"] and row["lon"])
        return [(row[f"{column}_{self.language}"], float(row["lat"]), float(row["lon"])) for row in listed]

    def country(self, code: str | None) -> str:
        """Name of a country; its code where it is in no list."""
        known = load_countries().get(code or "")
        return (code or "") if known is None else known.name_ar if self.language == "ar" else known.name_en

    def place(self, row: Mapping[str, Any]) -> str:
        """The most specific name of where a row happened; "" where nothing is known."""
        names = [row["place"], row["place_en"]] if self.language == "ar" else [row["place_en"], row["place"]]
        return next((name for name in names if name), "") or self.governorate(row) or self.country(row.get("country"))

    def governorate(self, row: Mapping[str, Any]) -> str:
        """Name of a row's governorate; "" where none is known."""
        english = row.get("admin1_en") or ""
        if self.language == "en":
            return english
        listed = _governorates()
        return listed.get(row.get("admin1_pcode") or "") or listed.get(f"{row.get('country')} {english}") or english

    def around(self, row: Mapping[str, Any]) -> str:
        """Governorate and country of a row, without what `place` says already."""
        said = self.place(row)
        parts = [self.governorate(row), self.country(row.get("country"))]
        return self.comma.join(dict.fromkeys(part for part in parts if part and part != said))

    @property
    def comma(self) -> str:
        """Between the members of a list."""
        return "، " if self.language == "ar" else ", "

    def named(self, row: Mapping[str, Any], column: str) -> str:
        """A column that stands in both languages (``action``, ``actor1``); the other one where this is null."""
        return row[f"{column}_{self.language}"] or row[f"{column}_{self.other}"] or ""

    def named_actor(self, row: Mapping[str, Any]) -> str:
        """Name of a row of `dim_actor`."""
        return str(row["name_ar"] or row["name_en"] if self.language == "ar" else row["name_en"])

    def actors(self, row: Mapping[str, Any]) -> str:
        """Who did it to whom, with an arrow; "" where neither is known."""
        first, second = self.named(row, "actor1"), self.named(row, "actor2")
        if first and row["actor1_suspected"]:
            first = f"{first} ({self.say('event.suspected')})"
        arrow = " ← " if self.language == "ar" else " → "
        return arrow.join([first or "?", second]) if second else first

    def count(self, row: Mapping[str, Any], measure: str = "deaths") -> str:
        """Low, best and high of an event's column as one short text; "" where nothing is stated.

        >>> Words("en").count({"deaths_low": 5, "deaths_best": 5, "deaths_high": None, "deaths_qualifier": "at_least"})
        '5 / 5 / –'
        """
        numbers = [row[f"{measure}_{part}"] for part in ("low", "best", "high")]
        if all(number is None for number in numbers):
            return self.of("qualifier", "vague") if row.get(f"{measure}_qualifier") == "vague" else ""
        if len(set(numbers)) == 1:
            return f"{numbers[0]:,}"
        return " / ".join("–" if number is None else f"{number:,}" for number in numbers)
