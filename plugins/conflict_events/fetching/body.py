"""A response's body: what came over the wire, and what it decompresses to, within a cap."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from conflict_events.fetching.failure import FetchError

__all__ = ["ACCEPTED", "Inflation", "inflated"]

ACCEPTED = "gzip, deflate"
"""Value of Accept-Encoding: what the standard library decompresses step by step, so that a bomb ends at the cap."""

_STEP = 1 << 16


class Inflation:
    """Decompresses a body piece by piece and stops at a cap, having held no more than one step beyond it."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        """Begin a body of a Content-Encoding (`gzip`, `deflate`, `identity` or "").

        Raises:
            FetchError: `bad_encoding` for any other.
        """
        name = encoding.strip().casefold()
        if name in ("gzip", "x-gzip"):
            self._inflater: zlib._Decompress | None = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        elif name == "deflate":
            self._inflater = zlib.decompressobj()
        elif name in ("", "identity"):
            self._inflater = None
        else:
            raise FetchError("bad_encoding", f"compressed as {encoding!r}, which was not asked for")
        self._bare = name == "deflate"  # servers send deflate with and without its header
        self._left = max_bytes
        self._cap = max_bytes

    def feed(self, piece: bytes) -> bytes:
        """The decompressed bytes of the next piece.

        Raises:
            FetchError: `inflates` or `bad_encoding`.
        """
        if self._inflater is None:
            return self._counted(piece)
        out = []
        try:
            while piece:
                out.append(self._counted(self._next(piece)))
                piece = self._inflater.unconsumed_tail
                if self._inflater.eof:
                    piece = self._inflater.unused_data
                    if not piece.startswith(b"\x1f\x8b"):
                        break  # padding after the last member
                    self._inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        except zlib.error as error:
            raise FetchError("bad_encoding", f"the compression is damaged: {error}") from None
        return b"".join(out)

    def finish(self) -> bytes:
        """What is left at the end of the body.

        Raises:
            FetchError: `network` where the compressed stream is not complete.
        """
        if self._inflater is None or self._inflater.eof or self._left == self._cap:
            return b""
        rest = self._counted(self._inflater.flush())
        if not self._inflater.eof:
            raise FetchError("network", "the body ends early")
        return rest

    def _next(self, piece: bytes) -> bytes:
        assert self._inflater is not None
        bare, self._bare = self._bare, False
        try:
            return self._inflater.decompress(piece, _STEP)
        except zlib.error:
            if not bare:
                raise
            self._inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            return self._inflater.decompress(piece, _STEP)

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise FetchError("inflates", f"more than {self._cap} bytes once decompressed")
        return data


def inflated(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> tuple[bytes, bytes]:
    """Read a body to its end.

    Args:
        pieces: What comes over the wire.
        encoding: Its Content-Encoding.
        max_bytes: Cap on the decompressed bytes.

    Returns:
        The bytes as they came, and decompressed.

    Raises:
        FetchError: `inflates`, `bad_encoding`, or whatever ends the pieces.
    """
    inflation = Inflation(encoding, max_bytes)
    wire, plain = bytearray(), bytearray()
    for piece in pieces:
        wire += piece
        plain += inflation.feed(piece)
    plain += inflation.finish()
    return bytes(wire), bytes(plain)
