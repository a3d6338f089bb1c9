"""Loads `include/lexicon`: every file checked, every record frozen, the whole read once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from conflict_events.lexicon.lexemes import Lexeme
from conflict_events.lexicon.morphology import Morphology, build_morphology
from conflict_events.lexicon.paths import include_dir
from conflict_events.lexicon.readers import (
    read_actor,
    read_attribution,
    read_forces,
    read_head,
    read_person,
    read_source,
    read_state,
    read_term,
    read_verb,
    read_words,
    trigger_lexemes,
)
from conflict_events.lexicon.records import Actor, Attribution, PersonNoun, ReportingVerb, SourceTerm, Term, WordSet
from conflict_events.lexicon.sources import Entry, LexiconError, entries, read_yaml

__all__ = ["Lexicon", "load_lexicon", "load_morphology"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that `include/lexicon` says.

    Attributes:
        lexemes: All words by id, from every file.
        actors: Entries of actors.yaml and states.yaml, in file order; then what words for forces mean at home.
        actor_heads: Head nouns ("قوات", "طيران") by lexeme id; `extra["role"]` says of which kind.
        people: Nouns for people and things counted, by lexeme id.
        sources: Named and generic sources.
        reporting_verbs: Verbs of saying, by lexeme id.
        attributions: Phrases before a source.
        source_words: Word sets that the grammar of sources asks for, by id.
        weapons: Kinds of weapon.
        infrastructure: Kinds of infrastructure.
        digest: SHA-256 of all files; part of the version of what is extracted.
        path: The folder that was read.
    """

    lexemes: Mapping[str, Lexeme]
    actors: tuple[Actor, ...]
    actor_heads: Mapping[str, Lexeme]
    people: Mapping[str, PersonNoun]
    sources: tuple[SourceTerm, ...]
    reporting_verbs: Mapping[str, ReportingVerb]
    attributions: tuple[Attribution, ...]
    source_words: Mapping[str, WordSet]
    weapons: tuple[Term, ...]
    infrastructure: tuple[Term, ...]
    digest: str
    path: Path

    def actor_labels(self) -> dict[str, tuple[str, str]]:
        """English and Arabic label by actor id: those of its first entry."""
        labels: dict[str, tuple[str, str]] = {}
        for actor in self.actors:
            labels.setdefault(actor.id, (actor.label_en, actor.label_ar))
        return labels

    def actors_by_lexeme(self) -> dict[str, tuple[Actor, ...]]:
        """Actors by the lexeme id of each of their adjectives."""
        found: dict[str, tuple[Actor, ...]] = {}
        for actor in self.actors:
            for lexeme in actor.adjectives:
                found[lexeme] = (*found.get(lexeme, ()), actor)
        return found


class _Collector:
    """Gathers lexemes from all files and refuses an id that is used twice."""

    def __init__(self) -> None:
        self.lexemes: dict[str, Lexeme] = {}

    def add(self, found: Iterable[Lexeme]) -> None:
        for lexeme in found:
            other = self.lexemes.get(lexeme.id)
            if other is not None:
                raise LexiconError(
                    f"{lexeme.origin}.yaml: entry {lexeme.id!r}: key 'id': is used in {other.origin}.yaml already"
                )
            self.lexemes[lexeme.id] = lexeme

    def many(self, items: Iterable[Entry], read: Callable[[Entry], tuple[T, Any]]) -> tuple[T, ...]:
        """Read entries that give a record and one lexeme or several."""
        records = []
        for entry in items:
            record, lexemes = read(entry)
            self.add(lexemes if isinstance(lexemes, list) else [lexemes])
            records.append(record)
        return tuple(records)


_OWN_SECTIONS = {
    "actors": ("actors", "heads"),
    "states": ("states", "forces"),
    "people": ("people",),
    "reporting": ("sources", "verbs", "attributions", "words"),
    "weapons": ("weapons",),
    "infrastructure": ("infrastructure",),
}


def _sections(folder: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """All files by stem, and the digest of their bytes."""
    if not folder.is_dir():
        raise LexiconError(f"{folder}: no such folder; the lexicon's YAML files belong there")
    digest = hashlib.sha256()
    files = {}
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        files[path.stem] = read_yaml(path)
    for stem, known in _OWN_SECTIONS.items():
        if stem not in files:
            raise LexiconError(f"{stem}.yaml: is missing in {folder}")
        unknown = sorted(str(section) for section in files[stem] if section not in known)
        if unknown:
            raise LexiconError(f"{stem}.yaml: unknown section {unknown[0]!r}; known are {', '.join(known)}")
    return files, digest.hexdigest()


def _load(folder: Path) -> Lexicon:
    files, digest = _sections(folder)
    collector = _Collector()

    def section(stem: str, name: str) -> Iterable[Entry]:
        return entries(files[stem], name, f"{stem}.yaml")

    actors = collector.many(section("actors", "actors"), read_actor)
    actors += collector.many(section("states", "states"), read_state)
    actors += tuple(actor for entry in section("states", "forces") for actor in read_forces(entry, actors))
    heads = [read_head(entry) for entry in section("actors", "heads")]
    collector.add(heads)
    people = collector.many(section("people", "people"), read_person)
    sources = collector.many(section("reporting", "sources"), read_source)
    verbs = collector.many(section("reporting", "verbs"), read_verb)
    attributions = tuple(read_attribution(entry) for entry in section("reporting", "attributions"))
    source_words = {entry.id: read_words(entry) for entry in section("reporting", "words")}
    weapons = collector.many(section("weapons", "weapons"), read_term("weapon"))
    infrastructure = collector.many(section("infrastructure", "infrastructure"), read_term("infrastructure"))
    for stem, data in files.items():
        if stem not in _OWN_SECTIONS and _holds_lexemes(data):
            collector.add(trigger_lexemes(entries(data, "lexemes", f"{stem}.yaml")))
    return Lexicon(
        lexemes=MappingProxyType(collector.lexemes),
        actors=actors,
        actor_heads=MappingProxyType({head.id: head for head in heads}),
        people=MappingProxyType({noun.id: noun for noun in people}),
        sources=sources,
        reporting_verbs=MappingProxyType({verb.id: verb for verb in verbs}),
        attributions=attributions,
        source_words=MappingProxyType(source_words),
        weapons=weapons,
        infrastructure=infrastructure,
        digest=digest,
        path=folder,
    )


def _holds_lexemes(data: Mapping[str, Any]) -> bool:
    """Whether a file of another room lists lexemes; other lists (months, phrases) are that room's business."""
    items = data.get("lexemes")
    return isinstance(items, list) and any(isinstance(item, dict) and "pos" in item for item in items)


@lru_cache(maxsize=8)
def _cached(folder: Path) -> Lexicon:
    return _load(folder)


def load_lexicon(path: Path | str | None = None) -> Lexicon:
    """The lexicon, read once per folder.

    Args:
        path: Folder with the YAML files; `include/lexicon` by default.

    Raises:
        LexiconError: A file is missing or malformed; the message names file, entry and key.
    """
    return _cached(Path(path).expanduser().resolve() if path else include_dir() / "lexicon")


@lru_cache(maxsize=8)
def _cached_morphology(folder: Path) -> Morphology:
    lexicon = _cached(folder)
    return build_morphology(lexicon.lexemes.values(), lexicon.digest)


def load_morphology(lexicon: Lexicon | None = None) -> Morphology:
    """The morphology of a lexicon (the default one without an argument), compiled once and opened once."""
    return _cached_morphology((lexicon or load_lexicon()).path)
