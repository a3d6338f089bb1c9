"""How a stage tells what it is doing; who shows it (a terminal, a log, nobody) is not its business."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Shows the work of one stage after another."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage starts; `total` steps are known, or None."""

    def advance(self, steps: int) -> None:
        """Some steps are done."""

    def end(self, summary: str) -> None:
        """The stage is over; `summary` says its counts."""


class Silent:
    """Shows nothing."""

    def begin(self, stage: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, steps: int) -> None:
        """Nothing."""

    def end(self, summary: str) -> None:
        """Nothing."""
