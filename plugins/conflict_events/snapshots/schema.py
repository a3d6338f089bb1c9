"""The tables: one source of truth for files, audits, data dictionary and data package.

Written by subject in `schema_articles`, `schema_claims`, `schema_events` and `schema_dimensions`; put together here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conflict_events.snapshots.columns import Column, ForeignKey, Table
from conflict_events.snapshots.schema_articles import ARTICLES, SOURCE_COVERAGE
from conflict_events.snapshots.schema_claims import CLAIM_COUNTS, CLAIM_SOURCES, CLAIM_SPANS, CLAIMS
from conflict_events.snapshots.schema_dimensions import DAILY_SUMMARY, DIM_ACTOR, DIM_DATE, DIM_PLACE, DIM_PUBLISHER
from conflict_events.snapshots.schema_events import EVENT_ACTORS, EVENT_ARTICLES, EVENT_COUNTS, EVENT_PLACES, EVENTS

__all__ = ["SCHEMA_VERSION", "TABLES", "Column", "ForeignKey", "Table"]

SCHEMA_VERSION = "1.1.0"
"""Raised in the middle when columns are added, in front when one changes or goes."""

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            ARTICLES,
            SOURCE_COVERAGE,
            CLAIMS,
            CLAIM_COUNTS,
            CLAIM_SOURCES,
            CLAIM_SPANS,
            EVENTS,
            EVENT_COUNTS,
            EVENT_ACTORS,
            EVENT_PLACES,
            EVENT_ARTICLES,
            DIM_ACTOR,
            DIM_PLACE,
            DIM_PUBLISHER,
            DIM_DATE,
            DAILY_SUMMARY,
        )
    }
)
"""Every table by name, in reading order."""
