"""`conflict-events export`: a table for a spreadsheet, the events for a map."""

from __future__ import annotations

import argparse
from pathlib import Path

from conflict_events.cli.errors import UserError
from conflict_events.cli.streams import output, say
from conflict_events.settings import Settings

__all__ = ["FORMATS", "export"]

FORMATS = {"csv": (".csv",), "geojson": (".geojson", ".json")}
"""Formats, and the file names that ask for them."""


def export(arguments: argparse.Namespace) -> int:
    """`export [TABLE] [--out FILE] [--format F] [--from DAY] [--to DAY] [--country CODE] [--as-of DAY]`."""
    from conflict_events.pipeline.workspace import as_day
    from conflict_events.snapshots.exports import write_csv, write_geojson
    from conflict_events.snapshots.selection import Selection

    root = Settings.load(data_root=arguments.data_root).data_root
    kind = arguments.format or _format_of(arguments.out)
    if kind == "geojson" and arguments.table != "events":
        raise UserError(f"GeoJSON holds events; {arguments.table} has no points: export it as CSV")
    first, last, known_on = (as_day(day) if day else None for day in (arguments.first, arguments.last, arguments.as_of))
    codes = [code.strip().upper() for given in arguments.country for code in given.split(",")]
    chosen = Selection(first, last, tuple(filter(None, codes)), known_on)
    with output(arguments.out) as stream:
        if kind == "geojson":
            told = f"{write_geojson(root, stream, chosen)} events with coordinates"
        else:
            told = f"{write_csv(root, arguments.table, stream, chosen)} rows of {arguments.table}"
    say(told if arguments.out == "-" else f"{told} in {arguments.out}")
    return 0


def _format_of(out: str) -> str:
    """The format that a file's name asks for; CSV for standard output."""
    suffix = Path(out).suffix.lower()
    if out == "-":
        return "csv"
    for name, suffixes in FORMATS.items():
        if suffix in suffixes:
            return name
    raise UserError(f"{out}: name a file that ends in .csv or .geojson, or say which with --format")
