"""Audits of a snapshot before it is published.

Structure (keys, nulls, allowed values, references, order of counts, evidence) admits no exception. Content that one
odd page can upset (a day in the future, a point outside its country) is a warning up to a set share of the rows, a
failure above it. History (row
counts, coverage) warns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from conflict_events.snapshots.audit_report import AuditReport, Check
from conflict_events.snapshots.audit_sql import Rule, rules
from conflict_events.snapshots.codes import load_countries
from conflict_events.snapshots.layout import partition_files, sections_of, snapshot_days, snapshot_folder
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.sections import UNDATED
from conflict_events.snapshots.storage import read_json

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["AuditSettings", "Texts", "audit"]

Texts = Mapping[str, str] | Callable[[str], "str | None"]
"""Title, newline and text of an article by its id."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """Limits of the audit.

    Attributes:
        quarantine_share: Above this share of quarantined documents the day fails.
        content_share: Above this share of rows with odd content (future day, point outside its country) the day fails.
        content_floor: So many odd rows never fail a day by themselves.
        history_days: Days of the past that row counts are compared with.
        history_minimum: Snapshots needed in that time for a comparison.
        history_factor: Row counts below median / factor or above median * factor stand out.
        history_level: ``warn`` or ``fail``: what a count that stands out does.
        future_days: How far after the snapshot's day an event may lie (a night ends on the next day).
        examples: Examples kept of each finding.
    """

    quarantine_share: float = 0.5
    content_share: float = 0.05
    content_floor: int = 0
    history_days: int = 28
    history_minimum: int = 7
    history_factor: float = 5.0
    history_level: str = "warn"
    future_days: int = 1
    examples: int = 3


def audit(
    tables: Mapping[str, pa.Table],
    data_root: Path | None = None,
    settings: AuditSettings | None = None,
    texts: Texts | None = None,
) -> AuditReport:
    """Check the tables of one snapshot.

    Args:
        tables: Every table of `schema.TABLES`.
        data_root: Workspace with the earlier snapshots, for references to them and for history; None leaves both out.
        settings: Limits.
        texts: Full texts of the articles; with them every evidence slice is hashed and compared.

    Returns:
        The report; `report.ok` says whether the snapshot may be published.
    """
    limits = settings or AuditSettings()
    missing = [name for name in TABLES if name not in tables]
    if missing:
        return AuditReport(
            "", (Check("tables.present", "fail", f"tables are missing: {', '.join(missing)}", len(missing)),)
        )
    day = _snapshot_date(tables)
    checks = [Check("tables.present", "ok", "every table is there", 0, len(TABLES))]
    checks.extend(_schemas(tables))
    if all(check.level == "ok" for check in checks):
        checks.extend(_by_rules(tables, day, limits))
        checks.append(_evidence(tables, texts, limits))
        checks.append(_quarantine(tables, limits))
        checks.extend(_earlier_references(tables, data_root, limits))
        checks.extend(_history(tables, day, data_root, limits))
    return AuditReport(day.isoformat(), tuple(checks))


def _snapshot_date(tables: Mapping[str, pa.Table]) -> date:
    """The day that the tables carry; `dim_date` always holds it."""
    for name in ("articles", "events", "claims", "source_coverage"):
        if tables[name].num_rows:
            found: date = tables[name]["snapshot_date"][0].as_py()
            return found
    days: list[date] = tables["dim_date"]["date"].to_pylist() if "date" in tables["dim_date"].column_names else []
    return max(days, default=date.min)


def _schemas(tables: Mapping[str, pa.Table]) -> Iterator[Check]:
    for name, table in TABLES.items():
        if not tables[name].schema.equals(table.arrow_schema()):
            yield Check(
                f"{name}.schema",
                "fail",
                "columns or types differ from the schema",
                1,
                1,
                (str(tables[name].schema)[:200],),
            )


def _by_rules(tables: Mapping[str, pa.Table], day: date, limits: AuditSettings) -> Iterator[Check]:
    """Run every SQL rule; a rule selects the rows that break it."""
    import duckdb
    import pyarrow as pa

    boxes = [(c.iso2, *c.box) for c in load_countries().values() if c.box]
    names = ("country", "lat_min", "lat_max", "lon_min", "lon_max")
    with duckdb.connect(config={"enable_external_access": "false"}) as connection:
        for name in TABLES:
            connection.register(name, tables[name])
        connection.register("country_box", pa.table({n: [box[i] for box in boxes] for i, n in enumerate(names)}))
        listed = list(rules(day + timedelta(days=limits.future_days)))
        kept = _kept_rules(connection, listed)
        for rule in listed:
            rows = tables[rule.table].num_rows
            if rule.name in kept:
                yield Check(rule.name, "ok", rule.good, 0, rows)
            else:
                yield _check(connection, rule, rows, limits)


def _kept_rules(connection: duckdb.DuckDBPyConnection, listed: list[Rule]) -> set[str]:
    """Names of the rules that no row breaks, among those that one pass over their table can tell."""
    kept: set[str] = set()
    for table in TABLES:
        simple = [rule for rule in listed if rule.table == table and rule.condition]
        if simple:
            counts = ", ".join(f"count(*) FILTER (WHERE {rule.condition})" for rule in simple)
            found = connection.execute(f"SELECT {counts} FROM {table}").fetchone()  # noqa: S608 - from the schema
            assert found is not None
            kept |= {rule.name for rule, broken in zip(simple, found, strict=True) if not broken}
    return kept


def _check(connection: duckdb.DuckDBPyConnection, rule: Rule, rows: int, limits: AuditSettings) -> Check:
    found = connection.execute(rule.sql).fetchall()
    if not found:
        return Check(rule.name, "ok", rule.good, 0, rows)
    examples = tuple(" | ".join(str(value) for value in row) for row in found[: limits.examples])
    tolerated = rule.content and len(found) <= max(limits.content_floor, limits.content_share * rows)
    return Check(
        rule.name, "warn" if tolerated else "fail", f"{len(found)} rows: {rule.bad}", len(found), rows, examples
    )


def _evidence(tables: Mapping[str, pa.Table], texts: Texts | None, limits: AuditSettings) -> Check:
    """Offsets lie inside the article, and the slice has the hash."""
    lengths = dict(
        zip(tables["articles"]["article_id"].to_pylist(), tables["articles"]["n_characters"].to_pylist(), strict=True)
    )
    columns = ["claim_id", "article_id", "change", "evidence_start", "evidence_end", "evidence_sha256"]
    rows = [row for row in tables["claims"].select(columns).to_pylist() if row["change"] == "new"]
    bad: list[str] = []
    hashed = 0
    for row in rows:
        start, end, length = row["evidence_start"], row["evidence_end"], lengths.get(row["article_id"])
        if length is not None and not 0 <= start < end <= length:
            bad.append(f"{row['claim_id']}: {start}-{end} in an article of {length} characters")
            continue
        text = _text(texts, row["article_id"])
        if text is not None:
            hashed += 1
            if hashlib.sha256(text[start:end].encode("utf-8", "surrogatepass")).hexdigest() != row["evidence_sha256"]:
                bad.append(f"{row['claim_id']}: the words at {start}-{end} of {row['article_id']} are others")
    if bad:
        message = f"{len(bad)} claims: evidence is not in the article"
        return Check("claims.evidence", "fail", message, len(bad), len(rows), tuple(bad[: limits.examples]))
    return Check(
        "claims.evidence", "ok", f"evidence lies in its article; {hashed} of {len(rows)} slices hashed", 0, len(rows)
    )


def _text(texts: Texts | None, article_id: str) -> str | None:
    if texts is None:
        return None
    return texts(article_id) if callable(texts) else texts.get(article_id)


def _quarantine(tables: Mapping[str, pa.Table], limits: AuditSettings) -> Check:
    coverage = tables["source_coverage"].to_pylist()
    bad = sum(row["articles_quarantined"] for row in coverage)
    total = bad + sum(row["articles_read"] for row in coverage)
    share = bad / total if total else 0.0
    message = f"{bad} of {total} documents quarantined ({share:.0%}, limit {limits.quarantine_share:.0%})"
    worst = sorted(coverage, key=lambda row: -row["articles_quarantined"])[: limits.examples]
    examples = tuple(
        f"{row['publisher']}: {row['articles_quarantined']}" for row in worst if row["articles_quarantined"]
    )
    return Check(
        "coverage.quarantine_share", "fail" if share > limits.quarantine_share else "ok", message, bad, total, examples
    )


def _earlier_references(
    tables: Mapping[str, pa.Table], data_root: Path | None, limits: AuditSettings
) -> Iterator[Check]:
    """Articles that events name and this snapshot does not hold are in an earlier one."""
    import pyarrow.parquet as pq

    here = set(tables["articles"]["article_id"].to_pylist())
    wanted: dict[str, date | None] = {}
    for name in ("claims", "event_articles"):
        for row in tables[name].select(["article_id", "published_at"]).to_pylist():
            if row["article_id"] not in here:
                wanted[row["article_id"]] = row["published_at"]
    if data_root is None:
        return
    version = data_root / "latest"
    files, sections = partition_files(version, "articles"), sections_of(version, "articles")
    names = {sections.of((day, None)) for day in wanted.values() if day is not None}
    if None in wanted.values():
        names |= {name for name in files if name.startswith(UNDATED)}
    known: set[str] = set()
    for name in sorted(names & set(files)):
        known |= set(pq.ParquetFile(files[name]).read(columns=["article_id"])["article_id"].to_pylist())
    lost = sorted(set(wanted) - known)
    if lost:
        message = f"{len(lost)} articles that claims or events name are in no snapshot"
        yield Check("articles.known", "fail", message, len(lost), len(wanted), tuple(lost[: limits.examples]))
    else:
        yield Check("articles.known", "ok", "earlier articles are in earlier snapshots", 0, len(wanted))


def _history(
    tables: Mapping[str, pa.Table], day: date, data_root: Path | None, limits: AuditSettings
) -> Iterator[Check]:
    """Compare row counts and publishers with the days before."""
    if data_root is None:
        return
    first = day - timedelta(days=limits.history_days)
    past = [one for one in snapshot_days(data_root) if first <= one < day]
    if len(past) < limits.history_minimum:
        yield Check(
            "history.rows",
            "ok",
            f"{len(past)} snapshots in {limits.history_days} days: too few to compare with",
            0,
            len(past),
        )
        return
    manifests = [read_json(snapshot_folder(data_root, one) / "manifest.json") for one in past]
    for name in ("articles", "claims", "events"):
        usual = median(manifest["tables"][name]["rows"] for manifest in manifests)
        rows = tables[name].num_rows
        message = f"{rows} rows; the median of the last {len(past)} snapshots is {usual:g}"
        odd = usual > 0 and not usual / limits.history_factor <= rows <= usual * limits.history_factor
        yield Check(f"history.{name}", limits.history_level if odd else "ok", message, int(odd), rows)
    yield _silent_publishers(tables, data_root, past, limits)


def _silent_publishers(
    tables: Mapping[str, pa.Table], data_root: Path, past: list[date], limits: AuditSettings
) -> Check:
    """Publishers that were read on most days and gave nothing today."""
    import pyarrow.parquet as pq

    seen: dict[str, int] = {}
    for one in past:
        path = snapshot_folder(data_root, one) / "source_coverage.parquet"
        for row in pq.ParquetFile(path).read(columns=["publisher", "articles_read"]).to_pylist():
            seen[row["publisher"]] = seen.get(row["publisher"], 0) + (row["articles_read"] > 0)
    coverage: list[dict[str, Any]] = tables["source_coverage"].to_pylist()
    today = {row["publisher"] for row in coverage if row["articles_read"] > 0}
    silent = sorted(name for name, days in seen.items() if days > len(past) / 2 and name not in today)
    if not silent:
        return Check("coverage.publishers", "ok", "every usual publisher was read", 0, len(seen))
    message = f"{len(silent)} publishers that were read on most of the last {len(past)} days gave nothing"
    return Check("coverage.publishers", "warn", message, len(silent), len(seen), tuple(silent[: limits.examples]))
