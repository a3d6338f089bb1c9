"""The `conflict-events` command."""

from conflict_events.cli.main import main

__all__ = ["main"]
