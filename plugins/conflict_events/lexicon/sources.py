"""Reading the lexicon's YAML files, with errors that name file, entry and key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflict_events.compiled import load_compiled

__all__ = ["Entry", "LexiconError", "entries", "read_yaml"]


class LexiconError(ValueError):
    """A lexicon file that can't be used; the message says which file, entry and key, and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a lexicon file, with what an error message needs."""

    file: str
    id: str
    data: dict[str, Any]

    def error(self, key: str, problem: str) -> LexiconError:
        """An error about one key of this entry."""
        return LexiconError(f"{self.file}: entry {self.id!r}: key {key!r}: {problem}")

    def refuse_unknown(self, known: frozenset[str]) -> None:
        """Raise for the first key that is not among the known ones."""
        unknown = sorted(str(key) for key in self.data if key not in known)
        if unknown:
            raise self.error(unknown[0], f"unknown key; known are {', '.join(sorted(known))}")

    def text(self, key: str, default: str | None = None) -> str:
        """A string value; required when there is no default."""
        value = self.data.get(key, default)
        if value is None:
            raise self.error(key, "is required")
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(key, f"must be text, not {value!r}")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string counts as a list of one; absent is empty."""
        value = self.data.get(key)
        if value is None:
            return ()
        values = value if isinstance(value, list) else [value]
        for item in values:
            if not isinstance(item, str) or not item.strip():
                raise self.error(key, f"must be a list of texts; {item!r} is none (quote it?)")
        return tuple(item.strip() for item in values)

    def flag(self, key: str, default: bool = False) -> bool:
        """A truth value."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"must be true or false, not {value!r}")
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of several fixed texts."""
        value = self.text(key, default)
        if value not in choices:
            raise self.error(key, f"must be one of {', '.join(choices)}, not {value!r}")
        return value


def read_yaml(path: Path) -> dict[str, Any]:
    """One YAML file as a mapping of sections; a file that is one list is the section `lexemes`.

    Raises:
        LexiconError: The file can't be read, is no YAML, or is neither mapping nor list.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8")
        key = hashlib.sha256(text.encode()).hexdigest()
        data = load_compiled("yaml", key, lambda: yaml.load(text, Loader=loader))  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: can't be read: {error}") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name}: is no valid YAML: {error}") from error
    if data is None:
        return {}
    if isinstance(data, list):
        return {"lexemes": data}
    if not isinstance(data, dict):
        raise LexiconError(f"{path.name}: must be a list or a mapping of sections, not a {type(data).__name__}")
    return data


def entries(data: dict[str, Any], section: str, file: str) -> Iterator[Entry]:
    """The entries of one section (a list of mappings with an `id` each).

    Raises:
        LexiconError: The section is no list, an entry is no mapping or has no id, or two have the same.
    """
    items = data.get(section) or []
    if not isinstance(items, list):
        raise LexiconError(f"{file}: section {section!r} must be a list of entries")
    seen: set[str] = set()
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise LexiconError(f"{file}: section {section!r}: entry {number} must be a mapping, not {item!r}")
        entry_id = item.get("id")
        if not isinstance(entry_id, str) or not entry_id:
            raise LexiconError(f"{file}: section {section!r}: entry {number}: key 'id': is required and must be text")
        if entry_id in seen:
            raise LexiconError(f"{file}: section {section!r}: entry {entry_id!r}: key 'id': is used twice")
        seen.add(entry_id)
        yield Entry(file, entry_id, item)
