"""Reads articles from files, folders and standard input, one at a time; what can't be read comes out as `Rejected`.

One bad record never stops the others, and memory does not grow with the size of a file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from conflict_events.articles.crawl import page_from_bytes, read_crawl
from conflict_events.articles.decoding import damage_of, decode, open_bytes, unzipped
from conflict_events.articles.intake import Intake, PageFields
from conflict_events.articles.limits import Limits
from conflict_events.articles.rejected import Rejected, RejectionError
from conflict_events.articles.seen import SeenFiles
from conflict_events.articles.sources import Sources
from conflict_events.records import Article

__all__ = ["read_articles"]

_KINDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".warc": "crawl",
    ".json": "record",
}


def read_articles(
    path: Path | str,
    *,
    limits: Limits | None = None,
    sources: Sources | None = None,
    today: date | None = None,
    publisher: str | None = None,
    seen: SeenFiles | None = None,
) -> Iterator[Article | Rejected]:
    """Read articles from a file, a folder (recursively, in sorted order) or standard input.

    Args:
        path: `.jsonl`, `.txt`, `.html`, `.warc`, each also gzipped; a folder of them; or "-" for JSONL on standard
            input. In a folder, `NAME.json` is the side-car of `NAME.txt` or `NAME.html` (its keys fill what the page
            lacks); README files and hidden files are passed over.
        limits: Caps; the defaults of `Limits` if None.
        sources: Outlets, for time zone, country and camp; none known if None.
        today: Articles dated later than the day after are rejected; the current day if None.
        publisher: Of articles that name none and have no address.
        seen: Files that were read before are passed over, where they have not changed; those that are read are noted.

    Yields:
        Each article, or why a record is none, in reading order.

    Raises:
        FileNotFoundError: There is nothing at `path`.
    """
    caps = limits or Limits()
    intake = Intake(caps, sources, today, publisher)
    if str(path) == "-":
        return _jsonl(unzipped(sys.stdin.buffer, caps), "-", intake)
    place = Path(path)
    if not place.exists():
        raise FileNotFoundError(f"There is no file or folder at {place}.")
    files = seen or SeenFiles()
    if place.is_dir():
        return _folder(place, intake, files)
    return _file(place, place.name, _kind(place) or "sniff", intake, files)


def _kind(path: Path) -> str | None:
    suffixes = [suffix.casefold() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in (".gz", ".gzip"):
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def _stem(path: Path) -> str:
    name = path.name
    for suffix in (".gz", ".gzip"):
        name = name.removesuffix(suffix)
    return name.rpartition(".")[0] or name


def _folder(folder: Path, intake: Intake, seen: SeenFiles) -> Iterator[Article | Rejected]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith((".", "~")) or name.casefold().startswith("readme"):
                continue
            kind = _kind(path)
            if kind == "record":
                continue  # a side-car: read with the page it belongs to
            origin = path.relative_to(folder).as_posix()
            if not path.is_file():
                yield Rejected(origin, "unreadable", "Not a regular file (a pipe, a device or a broken link).")
                continue
            if kind is None:
                kinds = ", ".join(suffix for suffix in _KINDS if suffix != ".json")
                yield Rejected(origin, "unsupported", f"Files that are read end in {kinds} (or these and .gz).")
                continue
            yield from _file(path, origin, kind, intake, seen)


def _file(path: Path, origin: str, kind: str, intake: Intake, seen: SeenFiles) -> Iterator[Article | Rejected]:
    if seen.passes_over(origin, path, *_beside(path)):
        return
    try:
        with open_bytes(path, intake.limits) as stream:
            if kind == "sniff":
                kind = _sniffed(stream.peek(64))
            if kind == "jsonl":
                yield from _jsonl(stream, origin, intake)
            elif kind == "crawl":
                yield from _crawl(stream, origin, intake)
            else:
                yield _single(stream, path, origin, kind, intake)
    except OSError as error:
        seen.again(origin)
        yield intake.rejected(origin, RejectionError("unreadable", f"{type(error).__name__}: {error}"))


def _sniffed(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"WARC/"):
        return "crawl"
    if start.startswith(b"<"):
        return "page"
    return "jsonl" if start.startswith(b"{") else "text"


def _single(stream: IO[bytes], path: Path, origin: str, kind: str, intake: Intake) -> Article | Rejected:
    """A file that holds one article."""
    data = stream.read(intake.limits.max_page_bytes + 1)
    damage = damage_of(stream)
    try:
        if damage is not None:
            raise damage
        if len(data) > intake.limits.max_page_bytes:
            raise RejectionError("too_large", f"The file has more than {intake.limits.max_page_bytes} bytes.")
        if not data.strip():
            raise RejectionError("empty", "The file is empty.")
        if kind == "record":
            return intake.take(PageFields(_object(data)), origin)
        sidecar = _sidecar(path, intake.limits)
        if kind == "page":
            page = page_from_bytes(data, _text_or_none(sidecar.get("url")), intake.limits)
            return intake.take(replace(page, sidecar=sidecar), origin)
        text = decode(data).removeprefix("\ufeff").replace("\r\n", "\n")
        return intake.take(PageFields({"text": text}, sidecar), origin)
    except RejectionError as error:
        return intake.rejected(origin, error, data)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _sidecar(path: Path, limits: Limits) -> dict[str, Any]:
    """What `NAME.json` beside the page says; a broken side-car rejects the page, for its day would be lost."""
    for beside in _beside(path):
        if beside.is_file():
            if beside.stat().st_size > limits.max_record_bytes:
                raise RejectionError("too_large", f"The side-car {beside.name} is too large.")
            try:
                return _object(beside.read_bytes())
            except RejectionError as error:
                raise RejectionError(error.reason, f"In the side-car {beside.name}: {error.detail}") from None
    return {}


def _beside(path: Path) -> list[Path]:
    """Where the side-car of a file may lie."""
    return [path.with_name(name) for name in (f"{path.name}.json", f"{_stem(path)}.json") if name != path.name]


def _object(data: bytes) -> dict[str, Any]:
    """A JSON object, or a rejection that says what is wrong."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RejectionError("undecodable", f"Not UTF-8 (byte {error.start} is wrong); JSON must be UTF-8.") from None
    try:
        value = json.loads(text)
    except RecursionError:
        raise RejectionError("not_json", "JSON nested too deep.") from None
    except ValueError as error:
        raise RejectionError("not_json", f"Not JSON: {error}") from None
    if not isinstance(value, dict):
        raise RejectionError("not_json", f"A record must be a JSON object, not {type(value).__name__}.")
    return value


def _jsonl(stream: IO[bytes], origin: str, intake: Intake) -> Iterator[Article | Rejected]:
    number = 0
    empty = True
    for number, line, whole in _lines(stream, intake.limits.max_record_bytes):
        place = f"{origin}:{number}"
        if not line.strip() or (damage_of(stream) and not line.endswith(b"\n")):
            continue
        empty = False
        try:
            if not whole:
                raise RejectionError("too_large", f"A line of more than {intake.limits.max_record_bytes} bytes.")
            if b"\0" in line:
                raise RejectionError("binary", "The line holds zero bytes; it is not JSON text.")
            yield intake.take(PageFields(_object(line)), place)
        except RejectionError as error:
            yield intake.rejected(place, error, line[:1000])
    damage = damage_of(stream)
    if damage is not None:
        yield intake.rejected(f"{origin}:{number + 1}", damage)
    elif empty:
        yield intake.rejected(origin, RejectionError("empty", "There is no record in it."))


def _lines(stream: IO[bytes], cap: int) -> Iterator[tuple[int, bytes, bool]]:
    """Lines with their numbers; of one that exceeds the cap only the beginning, and False."""
    number = 0
    while line := stream.readline(cap + 1):
        number += 1
        whole = len(line) <= cap or line.endswith(b"\n")
        if not whole:
            beginning = line[:1000]
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            line = beginning
        yield number, line, whole


def _crawl(stream: IO[bytes], origin: str, intake: Intake) -> Iterator[Article | Rejected]:
    for number, page, head in read_crawl(stream, intake.limits):
        place = f"{origin}:record {number}"
        if isinstance(page, RejectionError):
            yield intake.rejected(place, page, head)
        else:
            taken, url = intake.take(page, place), page.record.get("url")
            yield replace(taken, detail=f"{taken.detail} {url}") if isinstance(taken, Rejected) and url else taken
