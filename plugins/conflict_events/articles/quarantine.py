"""Writes what was rejected to `quarantine/<day>/<reason>.jsonl`, so that nothing disappears without a word."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from conflict_events.articles.rejected import Rejected

__all__ = ["write_quarantine"]


def write_quarantine(root: Path | str, day: date, rejected: Iterable[Rejected]) -> dict[str, int]:
    """Append rejected records to the day's files, one file a reason, one JSON object a line.

    Lines that stand there already are not written again: running a day twice leaves the same files. Each reason's new
    lines are appended in one write, so that a run that dies leaves whole lines.

    Args:
        root: The quarantine folder; made if missing.
        day: The snapshot's day.
        rejected: What to write.

    Returns:
        How many records of each reason were given.
    """
    lines: dict[str, dict[str, None]] = defaultdict(dict)
    counts: dict[str, int] = defaultdict(int)
    for record in rejected:
        counts[record.reason] += 1
        lines[record.reason][json.dumps(record.to_json(), ensure_ascii=False, sort_keys=True)] = None
    folder = Path(root) / day.isoformat()
    for reason in sorted(lines):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{reason}.jsonl"
        known: set[str] = set()
        torn = False
        if path.exists():
            present = path.read_text(encoding="utf-8", errors="replace")
            known = set(present.split("\n"))
            torn = bool(present) and not present.endswith("\n")
        fresh = [line for line in lines[reason] if line not in known]
        if fresh:
            payload = ("\n" if torn else "") + "\n".join(fresh) + "\n"
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                rest = memoryview(payload.encode("utf-8"))
                while rest:
                    rest = rest[os.write(handle, rest) :]
                os.fsync(handle)
            finally:
                os.close(handle)
    return dict(sorted(counts.items()))
