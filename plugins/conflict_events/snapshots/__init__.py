"""Snapshots: tables from records, audits, atomic publishing, the current state, exports.

A run calls, in this order::

    nearby = Neighbourhood(data_root)                       # what is known near claims
    resolution = resolve(claims, nearby=nearby)             # (the resolution room)
    tables = build_tables(DayRecords(day, articles, claims, resolution.events, nearby.claims,
                                     resolution.assignments), data_root)
    report = audit(tables, data_root, texts={...})          # check; report.ok
    publish(PublishRequest(data_root, day, tables, report, built_on=nearby.snapshot_date))

`save_tables` and `load_tables` carry tables between processes, `AuditReport.to_json` the report.
"""

from __future__ import annotations

from conflict_events.snapshots.audit_report import AuditReport, Check
from conflict_events.snapshots.auditing import AuditSettings, audit
from conflict_events.snapshots.codes import classify, load_actions
from conflict_events.snapshots.connection import connect, question
from conflict_events.snapshots.diff import Diff, diff_days, diff_vintages
from conflict_events.snapshots.errors import (
    AuditFailed,
    NothingPublished,
    OutOfOrder,
    PublisherBusy,
    SnapshotError,
    StaleState,
)
from conflict_events.snapshots.exports import export_csv, export_geojson
from conflict_events.snapshots.layout import home, is_published, last_snapshot, snapshot_days, snapshot_folder, vintage
from conflict_events.snapshots.neighbourhood import Neighbourhood
from conflict_events.snapshots.publishing import (
    Published,
    PublishRequest,
    publish,
    published,
    rebuild_latest,
    repair,
)
from conflict_events.snapshots.report import HEADINGS, EventLine, RunReport, report
from conflict_events.snapshots.schema import SCHEMA_VERSION, TABLES
from conflict_events.snapshots.selection import Selection
from conflict_events.snapshots.state import State, as_of, load_claims, load_state
from conflict_events.snapshots.storage import publisher_lock
from conflict_events.snapshots.tables import Coverage, DayRecords, Tables, build_tables, load_tables, save_tables
from conflict_events.snapshots.vintages import begin_vintage, show_vintage, vintage_root

__all__ = [
    "HEADINGS",
    "SCHEMA_VERSION",
    "TABLES",
    "AuditFailed",
    "AuditReport",
    "AuditSettings",
    "Check",
    "Coverage",
    "DayRecords",
    "Diff",
    "EventLine",
    "Neighbourhood",
    "NothingPublished",
    "OutOfOrder",
    "PublishRequest",
    "Published",
    "PublisherBusy",
    "RunReport",
    "Selection",
    "SnapshotError",
    "StaleState",
    "State",
    "Tables",
    "as_of",
    "audit",
    "begin_vintage",
    "build_tables",
    "classify",
    "connect",
    "diff_days",
    "diff_vintages",
    "export_csv",
    "export_geojson",
    "home",
    "is_published",
    "last_snapshot",
    "load_actions",
    "load_claims",
    "load_state",
    "load_tables",
    "publish",
    "published",
    "publisher_lock",
    "question",
    "rebuild_latest",
    "repair",
    "report",
    "save_tables",
    "show_vintage",
    "snapshot_days",
    "snapshot_folder",
    "vintage",
    "vintage_root",
]
