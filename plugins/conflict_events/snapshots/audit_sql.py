"""The audit's rules in SQL: each selects the rows that break it. Most follow from the schema."""

# ruff: noqa: S608 - every name in these queries comes from the schema, none from input
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conflict_events.snapshots.columns import Column, Table
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.schema_claims import FLAT_MEASURES

__all__ = ["Rule", "rules"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        name: Stable name of the check.
        table: Table whose rows are looked at.
        sql: DuckDB query that selects what is wrong.
        good: Message where nothing is.
        bad: Message where something is, after the number of rows.
        content: Whether single rows may break it (a share of them then fails the day).
        condition: Where `sql` only filters the table: its condition, so that many rules can be tried in one pass.
    """

    name: str
    table: str
    sql: str
    good: str
    bad: str
    content: bool = False
    condition: str = ""


def _rows_where(name: str, table: str, shown: str, condition: str, good: str, bad: str, content: bool = False) -> Rule:
    """A rule that no row of one table may meet."""
    return Rule(name, table, f"SELECT {shown} FROM {table} WHERE {condition}", good, bad, content, condition)


def rules(last_day: date) -> Iterator[Rule]:
    """Every rule, in a fixed order; `last_day` is the last day on which an event may lie."""
    for table in TABLES.values():
        yield from _of_schema(table)
    yield from _of_counts()
    yield from _of_content(last_day)
    yield from _of_events()


def _of_schema(table: Table) -> Iterator[Rule]:
    key = ", ".join(f'"{name}"' for name in table.key)
    yield Rule(
        f"{table.name}.key_unique",
        table.name,
        f"SELECT {key}, count(*) FROM {table.name} GROUP BY ALL HAVING count(*) > 1",
        "keys are unique",
        f"the key ({', '.join(table.key)}) stands more than once",
    )
    required = [column.name for column in table.columns if not column.nullable]
    yield _rows_where(
        f"{table.name}.required",
        table.name,
        key,
        " OR ".join(f'"{name}" IS NULL' for name in required),
        "nothing required is missing",
        f"one of {', '.join(required)} is null",
    )
    for column in table.columns:
        condition = _outside(column)
        if condition:
            yield _rows_where(
                f"{table.name}.{column.name}.allowed",
                table.name,
                f'{key}, "{column.name}"',
                condition,
                "values are allowed",
                f"{column.name} has a value that the schema does not allow",
            )
    for fk in table.foreign_keys:
        if fk.within_snapshot:
            name, target = fk.columns[0], fk.target_columns[0]
            yield Rule(
                f"{table.name}.{name}.known",
                table.name,
                f'SELECT {key}, "{name}" FROM {table.name} WHERE "{name}" IS NOT NULL '
                f'AND "{name}" NOT IN (SELECT "{target}" FROM {fk.target})',
                f"every {name} is in {fk.target}",
                f"{name} is not in {fk.target}",
            )


def _outside(column: Column) -> str:
    """Condition for values that the column does not allow; "" where it allows all."""
    name = f'"{column.name}"'
    if column.enum:
        values = ", ".join("'" + value.replace("'", "''") + "'" for value in column.enum)
        return f"{name} NOT IN ({values})"
    bounds = []
    if column.low is not None:
        bounds.append(f"{name} < {column.low}")
    if column.high is not None:
        bounds.append(f"{name} > {column.high}")
    if column.type == "float64":
        bounds.append(f"isnan({name})")
    return " OR ".join(bounds)


def _of_counts() -> Iterator[Rule]:
    ordered = [("events", "event_id", prefix) for prefix in ("deaths", "injured", "strikes")]
    ordered += [("claims", "claim_id", prefix) for prefix in FLAT_MEASURES]
    ordered += [("daily_summary", "event_date", "deaths")]
    for table, key, prefix in ordered:
        low, best, high = (f"{prefix}_{bound}" for bound in ("low", "best", "high"))
        yield _rows_where(
            f"{table}.{prefix}.ordered",
            table,
            f"{key}, {low}, {best}, {high}",
            f"{low} > {best} OR {best} > {high} OR {low} > {high}",
            "low <= best <= high",
            f"low <= best <= high does not hold for {prefix}",
        )
    for table, key in (("claim_counts", "claim_id"), ("event_counts", "event_id")):
        yield _rows_where(
            f"{table}.ordered",
            table,
            f"{key}, seq, low, best, high",
            "low > best OR best > high OR low > high",
            "low <= best <= high",
            "low <= best <= high does not hold",
        )


def _of_content(last_day: date) -> Iterator[Rule]:
    limit = f"DATE '{last_day.isoformat()}'"
    for table, key, start in (("claims", "claim_id", "date_start"), ("events", "event_id", "event_date")):
        yield Rule(
            f"{table}.future",
            table,
            f"SELECT {key}, {start}, date_end FROM {table} WHERE {start} > {limit} OR date_end > {limit}",
            "no day lies after the snapshot",
            f"a day lies after {last_day}",
            content=True,
        )
        yield Rule(
            f"{table}.dates_ordered",
            table,
            f"SELECT {key}, {start}, date_end FROM {table} WHERE date_end < {start}",
            "no event ends before it begins",
            "the last day lies before the first",
        )
        yield Rule(
            f"{table}.inside_country",
            table,
            f"SELECT {key}, coalesce(place_en, place), country, lat, lon FROM {table} JOIN country_box USING (country) "
            "WHERE lat NOT BETWEEN lat_min AND lat_max OR lon NOT BETWEEN lon_min AND lon_max",
            "points lie in their country",
            "the point lies outside the country",
            content=True,
        )
        yield Rule(
            f"{table}.point_whole",
            table,
            f"SELECT {key}, lat, lon FROM {table} WHERE (lat IS NULL) <> (lon IS NULL)",
            "a point has both coordinates",
            "latitude without longitude, or the other way round",
        )


def _of_events() -> Iterator[Rule]:
    yield Rule(
        "claims.article_known",
        "claims",
        "SELECT claim_id, article_id FROM claims WHERE change = 'new' "
        "AND article_id NOT IN (SELECT article_id FROM articles)",
        "every new claim has its article in the snapshot",
        "the article of a new claim is not in the snapshot",
    )
    yield Rule(
        "claims.event_given",
        "claims",
        "SELECT claim_id, action, change FROM claims WHERE (event_id IS NULL) <> (change = 'withdrawn')",
        "every claim that holds belongs to an event, and only those",
        "the claim belongs to no event, or is withdrawn and belongs to one",
    )
    yield Rule(
        "claims.event_known",
        "claims",
        "SELECT claim_id, event_id FROM claims WHERE event_id IS NOT NULL "
        "AND event_id NOT IN (SELECT event_id FROM events)",
        "the events of the claims are in the snapshot",
        "the event of the claim was not stored with it (an event whose claims change must be new, revised or merged)",
    )
    yield Rule(
        "events.has_claims",
        "events",
        "SELECT event_id, change FROM events WHERE change IN ('new', 'revised') "
        "AND event_id NOT IN (SELECT event_id FROM event_articles)",
        "every standing event has a claim",
        "the event has no claim",
    )
    yield Rule(
        "events.heir",
        "events",
        "SELECT event_id, change, merged_into FROM events WHERE (change = 'merged') <> (merged_into IS NOT NULL) "
        "OR merged_into = event_id",
        "merged events, and only they, name their heir",
        "a merged event must name its heir, and no other may",
    )
    yield Rule(
        "events.first_revision",
        "events",
        "SELECT event_id, change, revision FROM events WHERE change = 'new' AND revision <> 1",
        "new events are revision 1",
        "a new event must be revision 1",
    )
