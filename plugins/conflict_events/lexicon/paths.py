"""Where the lexicon's data lies, where compiled files are cached, and camel-tools' own data folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conflict_events.compiled import cache_dir, home_dir

__all__ = ["cache_dir", "camel_tools_ready", "include_dir"]


def include_dir() -> Path:
    """The project's `include` folder (`CONFLICT_EVENTS_INCLUDE` overrides it)."""
    configured = os.environ.get("CONFLICT_EVENTS_INCLUDE")
    if configured:
        return Path(configured).expanduser()
    return Path(__file__).resolve().parents[3] / "include"


@contextmanager
def camel_tools_ready() -> Iterator[None]:
    """Let camel-tools be imported without network and without a home directory.

    Without a catalogue, its import fetches one from the network: it is pointed to the one that we ship, unless the user
    has data of their own. It also makes `~/.camel_tools`, and fails where it can't (a container with a bare user): then
    a temporary folder stands in for home while it is imported.
    """
    home = home_dir()
    if not os.environ.get("CAMELTOOLS_DATA") and not (home and (home / ".camel_tools" / "catalogue.json").exists()):
        os.environ["CAMELTOOLS_DATA"] = str(include_dir() / "camel_tools")
    if home and (os.access(home, os.W_OK) if home.is_dir() else os.access(home.parent, os.W_OK) and not home.exists()):
        yield
        return
    before = os.environ.get("HOME")
    with tempfile.TemporaryDirectory() as stand_in:
        os.environ["HOME"] = stand_in
        try:
            yield
        finally:
            if before is None:
                del os.environ["HOME"]
            else:
                os.environ["HOME"] = before
