"""Watched sources: folders, JSONL drops and crawl archives on disk, read each hour for what is new in them."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock

from conflict_events.articles.seen import SeenFiles
from conflict_events.pipeline.fetching import places_of
from conflict_events.pipeline.intake import IngestReceipt, ingest
from conflict_events.pipeline.workspace import PipelineError, read_json, write_json
from conflict_events.settings import Settings

__all__ = ["read_watched"]


def read_watched(settings: Settings, source_id: str) -> IngestReceipt:
    """Take what is new in a source on disk into the archive.

    Files that are as they were are not opened; which they are stands in `archive/sources/ID.json`. Without that file
    all is read, and found to be known.

    Args:
        settings: The workspace.
        source_id: Id of a source in the sources file.

    Raises:
        PipelineError: There is no such source, it is one of the web, or there is nothing at its path.
    """
    from conflict_events.articles import load_sources

    sources = load_sources(settings.sources_file)
    source = sources.named(source_id)
    if source is None or source.path is None:
        raise PipelineError(f"{source_id!r} is no source on disk")
    states = places_of(settings).states
    states.mkdir(parents=True, exist_ok=True)
    memory = states / f"{source.id}.json"
    with FileLock(states / f"{source.id}.lock"):
        seen = SeenFiles(_remembered(memory))
        receipt = ingest(settings, source.path, publisher=sources.publisher_of(source), seen=seen)
        write_json(memory, {"files": seen.marks})
    receipt["unchanged"] = seen.unchanged
    return receipt


def _remembered(memory: Path) -> dict[str, str]:
    try:
        files = read_json(memory)["files"]
        return {str(name): str(mark) for name, mark in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # never read, or damaged: then all is read again
