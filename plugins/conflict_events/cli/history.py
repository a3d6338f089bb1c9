"""Commands over the history of a workspace: diff, rebuild."""

from __future__ import annotations

import argparse
from pathlib import Path

from conflict_events.cli.display import progress_display
from conflict_events.cli.errors import UserError
from conflict_events.cli.streams import say
from conflict_events.settings import Settings

__all__ = ["diff", "rebuild"]


def diff(arguments: argparse.Namespace) -> int:
    """`diff DAY DAY [--out FILE] [--vintage N]`: what changed, in words and as Parquet."""
    from conflict_events.pipeline.workspace import as_day
    from conflict_events.snapshots import diff_days, diff_vintages, home, vintage, vintage_root

    root = Settings.load(data_root=arguments.data_root).data_root
    before, after = as_day(arguments.before), as_day(arguments.after)
    if arguments.vintage is None:
        if after < before:
            raise UserError(f"{after} lies before {before}: give the earlier day first")
        found = diff_days(root, before, after)
    else:
        if before != after:
            raise UserError("vintages are compared on one day: give it twice")
        title = f"Changes from vintage {arguments.vintage} to vintage {vintage(root)} of {after}"
        found = diff_vintages(vintage_root(root, arguments.vintage), home(root), after, title)
    print(found.text())
    if arguments.out:
        if Path(arguments.out).is_dir():
            raise UserError(f"{arguments.out}: is a folder; name a file to write")
        found.write(Path(arguments.out))
        say(f"{len(found.rows)} changes in {arguments.out}")
    return 0


def rebuild(arguments: argparse.Namespace) -> int:
    """`rebuild --from DAY`: a new vintage, and how it differs from the one before."""
    from conflict_events import pipeline

    settings = Settings.load(data_root=arguments.data_root, processes=arguments.processes)
    with progress_display() as progress:
        receipt = pipeline.rebuild(settings, arguments.first, progress)
    print(receipt["diff"])
    say(f"vintage {receipt['vintage']} is current now; these changes also lie in {receipt['path']}")
    return 0
