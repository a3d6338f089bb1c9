"""What a user sees: stages while they run, and the table of events at the end."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from conflict_events.cli.streams import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from conflict_events.pipeline.progress import Progress

__all__ = ["PlainProgress", "progress_display", "show_report"]

_ROWS = 200
"""Events shown in a table; the rest is in the Parquet."""


@contextmanager
def progress_display() -> Iterator[Progress]:
    """A bar for each stage on a terminal, a plain line for each stage without one; both on standard error."""
    if not sys.stderr.isatty():
        yield PlainProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:<28}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[summary]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield BarProgress(bars)


class PlainProgress:
    """One line for each stage when it is over."""

    def __init__(self) -> None:
        self._stage = ""
        self._started = 0.0

    def begin(self, stage: str, total: int | None) -> None:
        """A stage starts."""
        self._stage, self._started = stage, time.monotonic()

    def advance(self, steps: int) -> None:
        """Steps are not told one by one."""

    def end(self, summary: str) -> None:
        """The stage is over."""
        say(f"{self._stage:<28} {summary} ({time.monotonic() - self._started:.1f} s)")


class BarProgress:
    """A bar for each stage."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def begin(self, stage: str, total: int | None) -> None:
        """A stage starts."""
        self._task = self._bars.add_task(stage, total=total, summary="")

    def advance(self, steps: int) -> None:
        """Some steps are done."""
        if self._task is not None:
            self._bars.advance(self._task, steps)

    def end(self, summary: str) -> None:
        """The stage is over."""
        if self._task is not None:
            done = self._bars.tasks[self._task].completed or 1
            self._bars.update(self._task, total=done, completed=done, summary=summary)


def show_report(report: Mapping[str, Any] | None, receipt: Mapping[str, Any] | None = None) -> None:
    """Print the table of events, the counts, and where the Parquet lies.

    Args:
        report: What `pipeline.report` gives; None where nothing is published.
        receipt: What `pipeline.run` gives, for what became of the input; None without a run.
    """
    if receipt is not None:
        taken = receipt["ingest"]
        say("")
        say(
            f"read {taken['read']}: {taken['new']} new, {taken['known']} known, "
            f"{taken['duplicates']} exact duplicates, {taken['rejected']} quarantined, {taken['undated']} undated"
        )
        if receipt["waiting"]:
            say(f"{receipt['waiting']} articles wait for a later day")
        if not receipt["days"]:
            say("nothing was new, so nothing was published")
    if report is None:
        return
    if sys.stdout.isatty():
        _rich_table(report)
    else:
        print("\n".join(_plain_table(report, shutil.get_terminal_size((150, 24)).columns)))
    for name, number in _counts(report, receipt):
        print(f"{name:<18} {number}")
    for folder in report["folders"]:
        print(f"parquet            {folder}")
    print(f"look               {report['duckdb']}")


def _counts(report: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> Iterator[tuple[str, int]]:
    """The counts in order; what was left out because it was read before is known of a run only."""
    for name, number in report["counts"].items():
        if name == "near copies" and receipt is not None:
            yield "exact duplicates", receipt["ingest"]["duplicates"]
        yield name, number


def _plain_table(report: Mapping[str, Any], width: int) -> list[str]:
    rows = [report["headings"], *report["events"][:_ROWS]]
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    while sum(widths) + 2 * len(widths) > width and max(widths) > 10:
        widths[widths.index(max(widths))] -= 1
    lines = [report["title"], ""]
    for row in rows:
        cells = (cell if len(cell) <= size else cell[: size - 1] + "…" for cell, size in zip(row, widths, strict=True))
        lines.append("  ".join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True)).rstrip())
    lines += [f"... and {len(report['events']) - _ROWS} more"] if len(report["events"]) > _ROWS else []
    return [*lines, ""]


def _rich_table(report: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=report["title"], title_justify="left")
    for heading in report["headings"]:
        table.add_column(heading, overflow="fold")
    for row in report["events"][:_ROWS]:
        table.add_row(*map(escape, row))
    console = Console()
    console.print(table)
    if len(report["events"]) > _ROWS:
        console.print(f"... and {len(report['events']) - _ROWS} more")
