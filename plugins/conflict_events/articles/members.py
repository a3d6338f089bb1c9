"""The members of a gzipped crawl archive, one after another: each holds a record, and damage to one costs no other.

After damage the next member is looked for: gzip's first bytes, behind which a WARC record begins.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from conflict_events.articles.limits import Limits
from conflict_events.articles.rejected import RejectionError

__all__ = ["members"]

_MAGIC = b"\x1f\x8b\x08"
_GZIP = zlib.MAX_WBITS | 16
_CHUNK = 1 << 16


def members(stream: IO[bytes], limits: Limits) -> Iterator[io.BufferedReader]:
    """Streams of the members of a gzipped file, to be read in their order; any other stream is given back whole.

    Args:
        stream: From `decoding.unzipped`.
        limits: Caps on how far a member may grow.
    """
    raw = getattr(getattr(stream, "raw", None), "compressed", None)
    if raw is None or not raw.seekable():
        yield stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]
        return
    start: int | None = 0
    while start is not None:
        raw.seek(start)
        member = _Member(raw, start, limits)
        yield io.BufferedReader(member, buffer_size=_CHUNK)
        while member.damage is None and member.readinto(bytearray(_CHUNK)):
            pass  # to its end, whatever its reader left
        raw.seek(member.end)
        if member.damage is None and raw.read(len(_MAGIC)) == _MAGIC:
            start = member.end
            continue
        start = _found(raw, member.start + 1 if member.damage else member.end)
        if member.damage is None and _holds_something(raw, member.end, start):
            yield io.BufferedReader(_Gap())


def _holds_something(raw: BinaryIO, start: int, end: int | None) -> bool:
    """Whether what lies between two members is more than padding with zeros."""
    raw.seek(start)
    while chunk := raw.read(_CHUNK if end is None else min(_CHUNK, end - raw.tell())):
        if chunk.strip(b"\0"):
            return True
    return False


def _found(raw: BinaryIO, start: int) -> int | None:
    """The next place from which a WARC record can be decompressed."""
    raw.seek(start)
    place, kept = start, b""
    while chunk := raw.read(_CHUNK):
        data = kept + chunk
        found = data.find(_MAGIC)
        while found >= 0:
            if _begins(raw, place + found):
                return place + found
            found = data.find(_MAGIC, found + 1)
        kept = data[-(len(_MAGIC) - 1) :]
        place += len(data) - len(kept)
        raw.seek(place + len(kept))
    return None


def _begins(raw: BinaryIO, place: int) -> bool:
    raw.seek(place)
    try:
        return zlib.decompressobj(_GZIP).decompress(raw.read(4096), 16).startswith(b"WARC/")
    except zlib.error:
        return False


class _Gap(io.RawIOBase):
    """Stands for bytes that are no member: a record whose beginning is lost."""

    damage = RejectionError("truncated", "There are bytes here that are no gzip member.")

    def readable(self) -> bool:
        """Always: `BufferedReader` asks."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Nothing."""
        return 0


class _Member(io.RawIOBase):
    """The content of one member; damage ends it and is remembered."""

    def __init__(self, raw: BinaryIO, start: int, limits: Limits) -> None:
        self._raw = raw
        self._inflater = zlib.decompressobj(_GZIP)
        self._limits = limits
        self._pending = b""
        self._taken = self._given = 0
        self.start = self.end = start
        self.damage: RejectionError | None = None

    def readable(self) -> bool:
        """Always: `BufferedReader` asks."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with decompressed bytes; 0 at the end or at the damage."""
        while self.damage is None and not self._inflater.eof:
            piece = self._pending or self._raw.read(_CHUNK)
            self._taken += 0 if self._pending else len(piece)
            if not piece:
                self.damage = RejectionError("truncated", "The gzip file is damaged or ends early.")
                break
            try:
                data = self._inflater.decompress(piece, len(buffer))
            except zlib.error as error:
                self.damage = RejectionError("truncated", f"The gzip file is damaged here: {error}")
                break
            # At the end zlib leaves the last tail standing beside what is unused.
            self._pending = b"" if self._inflater.eof else self._inflater.unconsumed_tail
            self.end = self.start + self._taken - len(self._pending) - len(self._inflater.unused_data)
            self._given += len(data)
            if self._given > max(self._limits.inflation_free_bytes, self._limits.max_inflation * self._taken):
                grown = f"The gzip file grows more than {self._limits.max_inflation}-fold."
                self.damage = RejectionError("too_large", grown)
                break
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0
