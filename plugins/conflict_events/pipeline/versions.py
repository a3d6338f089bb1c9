"""What a snapshot was made by and from: versions and digests for its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from conflict_events import __version__
from conflict_events.records import CleanArticle
from conflict_events.settings import Settings

__all__ = ["input_digest", "versions"]

_INCLUDE = Path(__file__).resolve().parents[3] / "include"
_DATA = ("lexicon", "gazetteer", "models", "resolution")


def versions(settings: Settings) -> dict[str, str]:
    """Version of the code, and a digest of each folder of data by which it reads and resolves.

    The places that the user imported have a digest of their own, where there are some.
    """
    imported = sorted(settings.gazetteer.glob("*.csv"))
    return _own() | ({"gazetteer_imported": _digest(imported)} if imported else {})


@lru_cache(maxsize=1)
def _own() -> dict[str, str]:
    return {
        "code": __version__,
        **{name: _digest(sorted((_INCLUDE / name).rglob("*"))) for name in _DATA},
    }


def input_digest(articles: Iterable[CleanArticle]) -> dict[str, Any]:
    """Number of articles, and one digest over their ids and texts, in whatever order they come."""
    lines = sorted(f"{one.article.article_id} {one.article.text_sha256}" for one in articles)
    joined = "\n".join(lines).encode("utf-8", "surrogatepass")
    return {"articles": len(lines), "sha256": hashlib.sha256(joined).hexdigest()}


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
