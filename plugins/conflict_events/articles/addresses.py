"""Addresses of pages: one form for one page, and a key by which its other dresses are told.

`canonical_url` changes nothing that a reader's click would notice. `url_key` goes further (with and without `www`, for
phones, AMP) and is compared only, never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from conflict_events.arabic.vocabulary import lexicon_folder

__all__ = ["canonical_url", "escaped", "url_key"]

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_UNSAFE = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]")
_MAX_URL = 4000  # longer ones are no addresses of articles; they are left as they are


def escaped(text: str) -> str:
    """A path or query with its letters percent-encoded, escapes in capitals, nothing escaped that need not be.

    Example:
        >>> escaped("/%d8%a5%D8%AF%D9%84%D8%A8/%7Euser/أ")
        '/%D8%A5%D8%AF%D9%84%D8%A8/~user/%D8%A3'
    """
    plain = _ESCAPE.sub(_one_escape, text)
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), plain)


def _one_escape(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def canonical_url(url: str) -> str:
    """The address without what follows clicks: tracking keys, fragment, default port, capitals in the host.

    What is no http address, or can't be taken apart, is given back as it is.

    Example:
        >>> canonical_url("HTTPS://Nakhil.example:443/خبر?id=7&utm_source=x#تعليقات")
        'https://nakhil.example/%D8%AE%D8%A8%D8%B1?id=7'
    """
    parts = _parts(url)
    if parts is None:
        return url
    query = "&".join(piece for piece in parts.query.split("&") if piece and not _is_tracking(_key(piece)))
    return f"{parts.scheme}://{parts.netloc}{escaped(parts.path) or '/'}" + (f"?{escaped(query)}" if query else "")


def url_key(url: str) -> str:
    """What the addresses of one page share, whatever dress they ask for.

    Example:
        >>> url_key("https://www.nakhil.example/news/7/amp/?utm_medium=x") == url_key("http://m.nakhil.example/news/7")
        True
        >>> url_key("https://nakhil.example/?p=7") == url_key("https://nakhil.example/?p=8")
        False
    """
    parts = _parts(canonical_url(url))
    if parts is None:
        return url
    rules = _rules()
    host = parts.netloc
    first, _, rest = host.partition(".")
    if first in rules["hosts"] and "." in rest:
        host = rest
    path = [piece for piece in parts.path.split("/") if piece]
    while path and path[-1].casefold() in rules["paths"]:
        path.pop()
    if path and path[0].casefold() in rules["paths"]:
        path.pop(0)
    query = [piece for piece in parts.query.split("&") if piece and _key(piece) not in rules["variants"]]
    return f"{host}/{'/'.join(path)}" + (f"?{'&'.join(sorted(query))}" if query else "")


def _parts(url: str) -> SplitResult | None:
    if len(url) > _MAX_URL:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    usual = port is None or port == (443 if parts.scheme == "https" else 80)
    name = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=name if usual else f"{name}:{port}")


def _key(piece: str) -> str:
    found = parse_qsl(piece, keep_blank_values=True)
    return found[0][0] if found else unquote(piece)


def _is_tracking(key: str) -> bool:
    rules = _rules()
    return key in rules["tracking"] or any(key.startswith(start) for start in rules["prefixes"])


@lru_cache(maxsize=1)
def _rules() -> dict[str, frozenset[str]]:
    import yaml  # only who compares addresses should pay for it

    path = lexicon_folder().parent / "addresses.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    tracking = [str(key) for key in data["tracking"]]
    return {
        "tracking": frozenset(key for key in tracking if not key.endswith("*")),
        "prefixes": frozenset(key.removesuffix("*") for key in tracking if key.endswith("*")),
        **{name: frozenset(map(str, data[name])) for name in ("variants", "hosts", "paths")},
    }
