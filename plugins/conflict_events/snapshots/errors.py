"""What can go wrong while a snapshot is built, checked and published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conflict_events.snapshots.audit_report import AuditReport

__all__ = ["AuditFailed", "NothingPublished", "OutOfOrder", "PublisherBusy", "SnapshotError", "StaleState"]


class SnapshotError(Exception):
    """A snapshot can't be built, published or read; the message says what to do."""


class AuditFailed(SnapshotError):
    """The audit found failures: nothing was published.

    Attributes:
        report: What was checked and what failed, with examples.
    """

    def __init__(self, report: AuditReport) -> None:
        self.report = report
        super().__init__(report.summary())


class OutOfOrder(SnapshotError):
    """A day before the last published one was given."""


class StaleState(SnapshotError):
    """Another snapshot was published since the state was loaded that this one builds on."""


class PublisherBusy(SnapshotError):
    """Another process holds the right to publish."""


class NothingPublished(SnapshotError):
    """There is no snapshot yet, or none of the day asked for."""
