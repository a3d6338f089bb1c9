"""Which rows of a table or view somebody wants: those of some days, of some countries, or as they were known once."""

# ruff: noqa: S608 - every name in these queries comes from the schema; what the user gives is a parameter
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conflict_events.snapshots.codes import load_countries
from conflict_events.snapshots.errors import SnapshotError
from conflict_events.snapshots.layout import LATEST_TABLES

__all__ = ["EXPORTABLE", "Selection"]

EXPORTABLE = (*LATEST_TABLES, "event_revisions", "acled_view", "ucdp_view")
"""Tables and views that can be exported."""

_DAYS = {"dim_date": "date", "event_revisions": "event_date", "acled_view": "event_date", "ucdp_view": "date_start"}
_NAMED = ("acled_view", "ucdp_view")  # they hold a country's English name, not its code
_OF_EVENT = ("event_counts", "event_actors", "event_places", "event_articles")
_OF_CLAIM = ("claim_counts", "claim_sources", "claim_spans")


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows to export; without arguments, all of them.

    Attributes:
        first: First day, or None: the first day of an event or claim, the publication day of an article, the day of
            the snapshot of `source_coverage`. Rows without a day stay out once a first or last one is given.
        last: Last day, inclusive, or None.
        countries: ISO 3166-1 alpha-2 codes; empty for all. A row that hangs on an event or claim is of its country, an
            article of those that its claims tell of.
        known_on: What was known at the end of this day (of `events` only), or None for the current state.

    Raises:
        SnapshotError: The last day lies before the first, or a code is no country.
    """

    first: date | None = None
    last: date | None = None
    countries: tuple[str, ...] = ()
    known_on: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise SnapshotError(f"{self.last} lies before {self.first}: give the earlier day first")
        unknown = [code for code in self.countries if code not in load_countries()]
        if unknown:
            raise SnapshotError(f"{unknown[0]!r} is no country here: write its two letters, as SY or IQ")

    def query(self, name: str) -> tuple[str, list[object]]:
        """SQL for `connect`, and its parameters.

        Raises:
            SnapshotError: There is no such table, or it has nothing that could be chosen by.
        """
        if name not in EXPORTABLE:
            raise SnapshotError(f"there is no table {name!r}; there are {', '.join(EXPORTABLE)}")
        source, conditions, values = name, list[str](), list[object]()
        if self.known_on is not None:
            if name != "events":
                raise SnapshotError(f"what was known on a day can be chosen of events, not of {name}")
            source = f"events_as_of(DATE '{self.known_on.isoformat()}')"
        if self.first or self.last:
            column = _day_column(name)
            for sign, day in ((">=", self.first), ("<=", self.last)):
                if day is not None:
                    conditions.append(f"{column} {sign} ?")
                    values.append(day)
        if self.countries:
            conditions.append(_country_condition(name, ", ".join("?" for _ in self.countries)))
            values += self.countries
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT * FROM {source}{where} ORDER BY ALL", values


def _day_column(name: str) -> str:
    column = _DAYS.get(name) or LATEST_TABLES[name].partition_column
    if column is None:
        raise SnapshotError(f"{name} has no days: leave out the first and the last day")
    return column


def _country_condition(name: str, codes: str) -> str:
    if name in _NAMED:
        return f"country IN (SELECT name_en FROM country WHERE country IN ({codes}))"
    if name in _OF_EVENT:
        return f"event_id IN (SELECT event_id FROM events WHERE country IN ({codes}))"
    if name in _OF_CLAIM:
        return f"claim_id IN (SELECT claim_id FROM claims WHERE country IN ({codes}))"
    if name == "articles":
        return f"article_id IN (SELECT article_id FROM claims WHERE country IN ({codes}))"
    if name == "event_revisions" or "country" in LATEST_TABLES[name].names:
        return f"country IN ({codes})"
    raise SnapshotError(f"{name} has no country: leave out the country")
