"""Where a command reads and writes: files, standard streams, and JSON lines with good errors."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from conflict_events.cli.errors import UserError
from conflict_events.pipeline.workspace import atomic_writer

__all__ = ["json_lines", "output", "say", "text_lines"]


@contextmanager
def output(target: str) -> Iterator[IO[str]]:
    """A text stream to write to: `-` is standard output; a file appears only once it is complete."""
    if target == "-":
        yield _utf8(sys.stdout)
        sys.stdout.flush()
        return
    if Path(target).is_dir():
        raise UserError(f"{target}: is a folder; name a file to write")
    with atomic_writer(Path(target)) as stream:
        yield stream


def text_lines(source: str) -> Iterator[str]:
    """Lines of a UTF-8 file, `-` for standard input."""
    if source == "-":
        yield from _decoded(sys.stdin.buffer, "standard input")
        return
    path = Path(source)
    if path.is_dir():
        raise UserError(f"{source}: is a folder; name a file")
    with path.open("rb") as stream:
        yield from _decoded(stream, source)


def json_lines(source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and JSON object of each line that is not blank.

    Raises:
        UserError: A line is no JSON object.
    """
    for number, line in enumerate(text_lines(source), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UserError(f"{source}:{number}: not JSON ({error})") from error
        if not isinstance(record, dict):
            raise UserError(f"{source}:{number}: a JSON object is wanted, this is a {type(record).__name__}")
        yield number, record


def say(message: str) -> None:
    """One line for the user, beside the output."""
    print(message, file=sys.stderr, flush=True)


def _decoded(stream: IO[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UserError(f"{name}:{number}: not UTF-8 ({error.reason}); save the file as UTF-8") from error


def _utf8(stream: IO[str]) -> IO[str]:
    """Arabic goes out as UTF-8 whatever the terminal's locale says."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
