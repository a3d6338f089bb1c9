"""Reads this room's word lists from `include/lexicon` (quantities, months, weekdays, time words) and folds them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from conflict_events.arabic.folding import fold_word
from conflict_events.compiled import load_compiled

__all__ = ["VocabularyError", "folded_forms", "lexicon_folder", "read_entries", "read_spellings", "read_words"]


class VocabularyError(ValueError):
    """A word list can't be used; the message names file, entry and key."""


def lexicon_folder() -> Path:
    """`include/lexicon` of the project (`CONFLICT_EVENTS_INCLUDE` overrides `include`)."""
    configured = os.environ.get("CONFLICT_EVENTS_INCLUDE")
    include = Path(configured).expanduser() if configured else Path(__file__).resolve().parents[3] / "include"
    return include / "lexicon"


@cache
def _document(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        # The C loader is ten times as fast; some builds of PyYAML lack it.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        key = hashlib.sha256(text.encode()).hexdigest()
        document = load_compiled("yaml", key, lambda: yaml.load(text, Loader=loader))  # noqa: S506
    except FileNotFoundError as error:
        raise VocabularyError(
            f"{path}: not found; set CONFLICT_EVENTS_INCLUDE to the project's include folder"
        ) from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"{path}: is not valid YAML: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise VocabularyError(f"{path}: wants a mapping with a list under `entries`")
    return document


def read_entries(name: str, required: Iterable[str] = ("id", "forms", "example")) -> list[Mapping[str, Any]]:
    """The entries of `include/lexicon/<name>.yaml`.

    Args:
        name: File name without its ending.
        required: Keys that each entry must have.

    Raises:
        VocabularyError: The file is missing or no YAML, or an entry lacks a key or repeats an id.
    """
    path = lexicon_folder() / f"{name}.yaml"
    entries: list[Mapping[str, Any]] = _document(path)["entries"]
    seen = set()
    for number, entry in enumerate(entries, 1):
        for key in required:
            if key not in entry:
                raise VocabularyError(f"{path}: entry {entry.get('id', number)}: `{key}` is missing")
        if entry["id"] in seen:
            raise VocabularyError(f"{path}: entry {entry['id']}: the id is used twice")
        seen.add(entry["id"])
    return entries


def read_words(name: str, key: str) -> frozenset[str]:
    """A plain list of words of `include/lexicon/<name>.yaml`, folded; empty where the file has none."""
    return _words(os.environ.get("CONFLICT_EVENTS_INCLUDE"), name, key)


@cache
def read_spellings(name: str, key: str) -> frozenset[str]:
    """A plain list of words of `include/lexicon/<name>.yaml` as they are written there, not folded."""
    return frozenset(str(word) for word in _document(lexicon_folder() / f"{name}.yaml").get(key, ()))


@cache
def _words(_include: str | None, name: str, key: str) -> frozenset[str]:
    """As `read_words`, once for each folder of words that is configured."""
    return frozenset(folded_forms(_document(lexicon_folder() / f"{name}.yaml").get(key, ())))


def folded_forms(forms: Iterable[str]) -> Iterator[str]:
    """The forms of an entry, folded, each once."""
    seen = set()
    for form in forms:
        folded = fold_word(str(form)).strip()
        if folded and folded not in seen:
            seen.add(folded)
            yield folded
