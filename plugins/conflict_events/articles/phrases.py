"""The phrase lists of include/lexicon/furniture.yaml, folded and ready to ask."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from conflict_events.arabic import fold
from conflict_events.arabic.vocabulary import lexicon_folder
from conflict_events.compiled import load_compiled

__all__ = ["FurnitureError", "Phrases", "line_key", "load_phrases"]

_NOT_WORD = re.compile(r"[^\w+]+|_+")
_WORD = re.compile(r"[\w+]+")  # where there is no "_", as in nearly every line: the same, and sooner
_LISTS = (
    "block_labels",
    "end_labels",
    "block_ends",
    "buttons",
    "line_starts",
    "need_colon",
    "date_words",
    "counters",
    "captions",
    "agencies",
    "site_words",
    "openers",
    "waw_nouns",
    "function_words",
)


class FurnitureError(ValueError):
    """furniture.yaml is wrong; the message names the file and the key."""


def line_key(text: str) -> str:
    """What two printings of one line have in common: folded words without punctuation, in lower case.

    Example:
        >>> line_key("إقرأ أيضاً: «قصف» على إدلب!") == line_key('اقرا ايضا "قصف" على ادلب')
        True
    """
    folded = fold(text).text
    plain = _NOT_WORD.sub(" ", folded).strip() if "_" in folded else " ".join(_WORD.findall(folded))
    return plain.casefold()


@dataclass(frozen=True, slots=True)
class Phrases:
    """The lists as sets of line keys, and as patterns where they are looked for inside a line's key."""

    labels: tuple[tuple[str, frozenset[str]], ...]
    need_colon: frozenset[str]
    waw_nouns: frozenset[str]
    function_words: frozenset[str]
    starts: re.Pattern[str]
    label_inside: re.Pattern[str]
    openers: re.Pattern[str]
    date_words: re.Pattern[str]
    counters: re.Pattern[str]
    captions: re.Pattern[str]
    agencies: re.Pattern[str]
    site_words: re.Pattern[str]


def _alternatives(entries: frozenset[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))


def _pattern(entries: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives(entries)})(?!\w)")


@lru_cache(maxsize=4)
def load_phrases(path: Path | None = None) -> Phrases:
    """Read and check the phrase lists.

    Args:
        path: The YAML file; the project's own by default.

    Raises:
        FurnitureError: A list is missing, unknown or holds something else than text.
        FileNotFoundError: There is no such file.
    """
    import yaml

    file = path or lexicon_folder() / "furniture.yaml"
    if not file.is_file():
        raise FileNotFoundError(f"No {file}; set CONFLICT_EVENTS_INCLUDE to the project's include folder.")
    try:
        text = file.read_text(encoding="utf-8")
        document = load_compiled("yaml", hashlib.sha256(text.encode()).hexdigest(), lambda: yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise FurnitureError(f"{file.name}: not valid YAML: {error}") from None
    if not isinstance(document, dict):
        raise FurnitureError(f"{file.name}: must be a mapping of lists")
    unknown = sorted(set(document) - set(_LISTS) - {"version"})
    if unknown:
        raise FurnitureError(f"{file.name}: {unknown[0]}: no such list; known are {', '.join(_LISTS)}")
    lists = {name: _keys(file.name, name, document.get(name)) for name in _LISTS}
    unstarted = sorted(lists["need_colon"] - lists["line_starts"])
    if unstarted:
        raise FurnitureError(f"{file.name}: need_colon: {unstarted[0]!r} does not stand in line_starts")
    labels = lists["block_labels"] | lists["end_labels"]
    return Phrases(
        labels=(
            ("block", lists["block_labels"]),
            ("end", lists["end_labels"]),
            ("close", lists["block_ends"]),
            ("button", lists["buttons"]),
        ),
        # A label with something behind it on its line is one only with a colon or the like between them.
        need_colon=lists["need_colon"] | (labels - lists["line_starts"]),
        waw_nouns=lists["waw_nouns"],
        function_words=lists["function_words"],
        starts=re.compile(rf"(?:{_alternatives(lists['line_starts'] | labels)})(?!\w)"),
        label_inside=_pattern(lists["line_starts"]),
        openers=re.compile(rf"[وف]?(?:{_alternatives(lists['openers'])})(?!\w)"),
        date_words=_pattern(lists["date_words"]),
        counters=_pattern(lists["counters"]),
        captions=_pattern(lists["captions"]),
        agencies=_pattern(lists["agencies"]),
        site_words=_pattern(lists["site_words"]),
    )


def _keys(file: str, name: str, entries: Any) -> frozenset[str]:
    if not isinstance(entries, list) or not entries:
        raise FurnitureError(f"{file}: {name}: must be a list of phrases")
    for index, entry in enumerate(entries):
        if not isinstance(entry, str) or not line_key(entry):
            raise FurnitureError(f"{file}: {name}[{index}]: must be a phrase, not {entry!r} (put it in quotes)")
    return frozenset(line_key(entry) for entry in entries)
