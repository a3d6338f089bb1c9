"""The folders of a workspace: atomic files, the archive of texts, and the inbox of what no snapshot holds yet."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from conflict_events.records import Article
from conflict_events.settings import Settings

__all__ = [
    "REJECTED",
    "UNDATED",
    "PipelineError",
    "archive_path",
    "as_day",
    "atomic_writer",
    "day_folder",
    "file_key",
    "forgotten_path",
    "load_article",
    "published_days",
    "read_json",
    "read_jsonl",
    "write_json",
    "write_jsonl",
]

REJECTED = "rejected"
"""Folder of the inbox, then of the archive, for documents that were turned away: before and after a day has counted
them."""

UNDATED = "undated"
"""Folder of the inbox for articles without a day."""


class PipelineError(Exception):
    """A stage can't go on; the message says what to do. Trying again without a change does not help."""


@contextmanager
def atomic_writer(path: Path) -> Iterator[IO[str]]:
    """Open a text file that appears under its name only once it is complete.

    On any error the old file stays and the half-written one is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Any) -> Path:
    """Write one JSON value, atomically, keys sorted (the same value gives the same bytes)."""
    with atomic_writer(path) as stream:
        json.dump(value, stream, ensure_ascii=False, sort_keys=True, indent=1)
        stream.write("\n")
    return path


def read_json(path: Path) -> Any:
    """Read one JSON file of ours."""
    with path.open(encoding="utf-8", errors="surrogatepass") as stream:
        return json.load(stream)


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> int:
    """Write one JSON object a line, atomically.

    Returns:
        The number of lines.
    """
    lines = 0
    with atomic_writer(path) as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            lines += 1
    return lines


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Read a JSONL file of ours, line by line."""
    with path.open(encoding="utf-8", errors="surrogatepass") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def as_day(day: date | str) -> date:
    """A day from a `date` or an ISO string.

    Raises:
        PipelineError: It is no ISO day.
    """
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise PipelineError(f"{day!r} is no day; write it as YYYY-MM-DD, for example 2021-01-17") from error


def file_key(identifier: str) -> str:
    """A file name for any id: 24 hex digits, whatever characters the id holds."""
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def archive_path(settings: Settings, article_id: str) -> Path:
    """Where the archive keeps the exact text of an article."""
    key = file_key(article_id)
    return settings.archive / key[:2] / f"{key}.json"


def forgotten_path(settings: Settings, article_id: str) -> Path:
    """Where the archive notes the hash of a text that was removed because of its age."""
    key = file_key(article_id)
    return settings.archive / "forgotten" / key[:2] / f"{key}.json"


def load_article(settings: Settings, article_id: str) -> Article | None:
    """The article as it was received, or None where the archive does not hold it."""
    path = archive_path(settings, article_id)
    return Article.from_json(read_json(path)) if path.exists() else None


def day_folder(settings: Settings, day: date | str) -> Path:
    """Folder of the staged files of a day."""
    return settings.work / as_day(day).isoformat()


def published_days(settings: Settings) -> list[date]:
    """Days that have a published snapshot, ascending."""
    days = []
    for folder in settings.snapshots.glob("snapshot=*"):
        if (folder / "manifest.json").exists():
            days.append(date.fromisoformat(folder.name.removeprefix("snapshot=")))
    return sorted(days)
