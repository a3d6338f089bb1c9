"""Bytes to text: gzip with a guard against bombs, and the encodings of Arabic pages.

Old Arabic sites serve Windows-1256 or ISO-8859-6 without saying so. Both put the letters at nearly the same bytes, so
that a wrong choice still yields Arabic letters; only the letters' statistics tell them apart.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from pathlib import Path
from typing import IO, BinaryIO, cast

from conflict_events.articles.limits import Limits
from conflict_events.articles.rejected import RejectionError

__all__ = ["arabic_share", "damage_of", "decode", "looks_binary", "open_bytes", "unzipped"]

_LETTERS = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
# Letters of Persian, Kurdish, Urdu and Pashto that Arabic news prints only in a stray name.
_OTHER_SCRIPTS = re.compile(r"[پچژگۆێڕڵەٹڈڑںےھېۍټډړښځڅ]")
_MAX_OTHER_SCRIPTS = 0.02
_MIN_FIT = 0.1
_CHARS_PER_SLIP = 1000
_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"GIF8", b"\x7fELF", b"PAR1", b"SQLite format")
# Words of nearly every Arabic page: the plainest sign that the bytes were read with the right table.
# Python's own codecs: pages don't mean them (charset=undefined is a script's slip), and some raise on any bytes.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_COMMON = re.compile(r"(?<!\w)(?:ال\w+|وال\w+|بال\w+|في|من|على|إلى|عن|أن|التي|الذي|هذا|مع|ما|لا)(?!\w)")


def arabic_share(text: str) -> float:
    """Share of Arabic letters among all letters; 0 for a text in another language of the Arabic script.

    Example:
        >>> arabic_share("قصف على إدلب")
        1.0
        >>> arabic_share("Shelling")
        0.0
    """
    letters = sum(map(len, _LETTERS.findall(text)))
    if not letters:
        return 0.0
    if letters > 60 and len(_OTHER_SCRIPTS.findall(text)) > _MAX_OTHER_SCRIPTS * letters:
        return 0.0
    return min(1.0, sum(map(len, _ARABIC.findall(text))) / letters)


def looks_binary(data: bytes) -> bool:
    """Whether the first bytes are those of a picture, an archive or the like, rather than of text."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return head.startswith(_MAGIC) or b"\0" in head


def _fit(text: str) -> float:
    """How much a decoded text looks like Arabic: common words per word, less what no page holds."""
    words = len(re.findall(r"\w+", text)) or 1
    odd = len(re.findall(r"[\x80-\x9f\ufffd×÷]|(?<=[ء-ي])[A-Za-zÀ-ÿ]|[A-Za-zÀ-ÿ](?=[ء-ي])", text))
    return (len(_COMMON.findall(text)) - odd) / words


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode a page: UTF-8, UTF-16 with a mark, else the Arabic table whose letters fit best.

    Args:
        data: The page's bytes.
        declared: Encoding that the page or its server names; tried after UTF-8, taken only where it gives Arabic.

    Raises:
        RejectionError: `binary` or `undecodable`.

    Example:
        >>> decode("قصفت الطائرات مدينة إدلب في الصباح".encode("cp1256"))
        'قصفت الطائرات مدينة إدلب في الصباح'
    """
    if looks_binary(data):
        raise RejectionError("binary", "These bytes are not text; give UTF-8 text, HTML or JSONL.")
    marked = _by_mark(data)
    if marked is not None:
        return marked
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first_wrong = error.start
    text = _nearly_utf8(data) or _by_letters(data, declared)
    if text is None:
        raise RejectionError(
            "undecodable",
            f"Neither UTF-8 (byte {first_wrong} is wrong) nor an Arabic 8-bit encoding; convert the file to UTF-8.",
        )
    return text


def _by_mark(data: bytes) -> str | None:
    """The text by its byte-order mark, or None without one."""
    for codec, mark in (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            try:
                return data.decode(codec)
            except UnicodeDecodeError as error:
                raise RejectionError("undecodable", f"The byte-order mark says {codec}, but: {error}") from None
    return None


def _nearly_utf8(data: bytes) -> str | None:
    """The text of a page that is UTF-8 but for a byte or two, which become U+FFFD; None where more is wrong."""
    text = data.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") * _CHARS_PER_SLIP <= len(text) else None


def _by_letters(data: bytes, declared: str | None) -> str | None:
    """The text by the Arabic table that fits best, or None where none does."""
    sample = data[:200_000]
    fits: dict[str, float] = {}
    for codec in (declared, "cp1256", "iso8859-6"):
        try:
            if codec and codecs.lookup(codec).name not in _NO_CHARSETS:
                fits.setdefault(codec, _fit(sample.decode(codec, errors="replace")))
        except (LookupError, ValueError):
            continue  # the page names an encoding that does not exist, or what can't be a name
    guessed = None if max(fits.values()) > _MIN_FIT else _guess(sample)
    if guessed is not None:
        fits[guessed] = _fit(sample.decode(guessed, errors="replace"))
    best = max(fits, key=lambda codec: fits[codec])
    if fits[best] <= _MIN_FIT:
        return None
    text = data.decode(best, errors="replace")
    return text if text.count("\ufffd") * _CHARS_PER_SLIP <= len(text) else None


def _guess(sample: bytes) -> str | None:
    """What charset-normalizer makes of bytes that neither Arabic table fits (Mac Arabic, IBM pages)."""
    from charset_normalizer import from_bytes  # its tables cost time that --help should not pay

    match = from_bytes(sample[:20_000]).best()
    return match.encoding if match is not None else None


class _Inflated(io.RawIOBase):
    """A gzip file's content. Damage ends it and is remembered: what came before the damage is not lost with it."""

    def __init__(self, raw: BinaryIO, limits: Limits) -> None:
        self.compressed = raw
        self._counter = _Counter(raw)
        self._gzip = gzip.GzipFile(fileobj=cast("BinaryIO", self._counter))
        self._limits = limits
        self._out = 0
        self.damage: RejectionError | None = None

    def readable(self) -> bool:
        """Always: `BufferedReader` asks."""
        return True

    def close(self) -> None:
        """Close the file under the gzip stream too."""
        if not self.closed:
            self._gzip.close()
            self.compressed.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with decompressed bytes; 0 at the end or at the damage."""
        if self.damage is not None:
            return 0
        try:
            data = self._gzip.read1(len(buffer))  # `read` would drop what came before the damage
        except (EOFError, OSError, zlib.error) as error:
            self.damage = RejectionError("truncated", f"The gzip file is damaged or ends early: {error}")
            return 0
        self._out += len(data)
        allowed = max(self._limits.inflation_free_bytes, self._limits.max_inflation * self._counter.count)
        if self._out > allowed:
            self.damage = RejectionError(
                "too_large", f"The gzip file grows more than {self._limits.max_inflation}-fold."
            )
            return 0
        buffer[: len(data)] = data
        return len(data)


class _Counter:
    """Counts the compressed bytes that gzip takes."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
        return data


def unzipped(stream: IO[bytes], limits: Limits) -> io.BufferedReader:
    """The stream itself, or its decompressed content where it starts with gzip's magic bytes."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    if buffered.peek(2)[:2] == b"\x1f\x8b":
        return io.BufferedReader(_Inflated(buffered, limits), buffer_size=1 << 16)
    return buffered


def damage_of(stream: IO[bytes]) -> RejectionError | None:
    """Why a stream from `unzipped` ended before its time, or None where it did not (so far)."""
    damage = getattr(getattr(stream, "raw", None), "damage", None)
    return damage if isinstance(damage, RejectionError) else None


def open_bytes(path: Path, limits: Limits) -> io.BufferedReader:
    """Open a file, gzipped or not (told by its first bytes, not its name)."""
    return unzipped(path.open("rb"), limits)
