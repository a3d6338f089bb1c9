"""What an audit found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["AuditReport", "Check"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked.

    Attributes:
        name: Stable name, for example ``events.key_unique``.
        level: ``ok``, ``warn`` or ``fail``.
        message: English sentence; says what is wrong where something is.
        bad: Rows (or other things) that are wrong.
        rows: Rows looked at.
        examples: A few of the wrong ones, readable.
    """

    name: str
    level: str
    message: str
    bad: int = 0
    rows: int = 0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All checks of one snapshot.

    Attributes:
        snapshot_date: ISO day.
        checks: In a fixed order.
    """

    snapshot_date: str
    checks: tuple[Check, ...]

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that forbid publishing."""
        return tuple(check for check in self.checks if check.level == "fail")

    @property
    def warnings(self) -> tuple[Check, ...]:
        """The checks that a person should look at."""
        return tuple(check for check in self.checks if check.level == "warn")

    @property
    def ok(self) -> bool:
        """Whether the snapshot may be published."""
        return not self.failures

    def summary(self) -> str:
        """A few lines for a terminal or a log: failures and warnings with examples."""
        bad, odd = len(self.failures), len(self.warnings)
        verdict = f"audit of {self.snapshot_date}: {len(self.checks)} checks, {bad} failed, {odd} warnings"
        lines = [verdict + ("; nothing was published" if bad else "")]
        for check in (*self.failures, *self.warnings):
            lines.append(f"  {check.level.upper()} {check.name}: {check.message}")
            lines.extend(f"       {example}" for example in check.examples)
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON-ready dict."""
        return {
            "snapshot_date": self.snapshot_date,
            "ok": self.ok,
            "checks": [asdict(check) | {"examples": list(check.examples)} for check in self.checks],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> AuditReport:
        """Read back what `to_json` wrote."""
        checks = (Check(**(dict(one) | {"examples": tuple(one["examples"])})) for one in record["checks"])
        return cls(record["snapshot_date"], tuple(checks))
