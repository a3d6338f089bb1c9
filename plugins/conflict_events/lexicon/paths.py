"""Where the lexicon's data lies, where compiled files are cached, and camel-tools' own data folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["cache_dir", "include_dir", "prepare_camel_tools"]


def include_dir() -> Path:
    """The project's `include` folder (`CONFLICT_EVENTS_INCLUDE` overrides it)."""
    configured = os.environ.get("CONFLICT_EVENTS_INCLUDE")
    if configured:
        return Path(configured).expanduser()
    return Path(__file__).resolve().parents[3] / "include"


def cache_dir() -> Path:
    """A writable folder for compiled files (`CONFLICT_EVENTS_CACHE`, else `~/.cache/conflict_events`, else a temporary one)."""
    configured = os.environ.get("CONFLICT_EVENTS_CACHE")
    candidates = [Path(configured).expanduser()] if configured else []
    try:
        candidates.append(Path.home() / ".cache" / "conflict_events")
    except RuntimeError:
        # No home directory is known (a bare container user): the temporary folder serves.
        candidates = candidates[:]
    candidates.append(Path(tempfile.gettempdir()) / f"conflict_events-{os.getuid() if hasattr(os, 'getuid') else 0}")
    for candidate in candidates:
        try:
            candidate.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(candidate, os.W_OK | os.X_OK):
            return candidate
    return Path(tempfile.mkdtemp(prefix="conflict_events-"))


def prepare_camel_tools() -> None:
    """Point camel-tools to the catalogue that we ship, unless the user has data of their own.

    Without a catalogue, importing camel-tools fetches one from the network. Must run before its first import.
    """
    if os.environ.get("CAMELTOOLS_DATA"):
        return
    try:
        if (Path.home() / ".camel_tools" / "catalogue.json").exists():
            return
    except RuntimeError:
        # No home directory, so no data of the user's there.
        os.environ["CAMELTOOLS_DATA"] = str(include_dir() / "camel_tools")
        return
    os.environ["CAMELTOOLS_DATA"] = str(include_dir() / "camel_tools")
