"""Analysis of folded Arabic words over the camel-tools database that is compiled from the lexicon."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflict_events.compiled import load_compiled
from conflict_events.lexicon.compiler import FORMAT_VERSION, LAST_LINE, compile_database
from conflict_events.lexicon.lexemes import Lexeme
from conflict_events.lexicon.paths import cache_dir, camel_tools_ready
from conflict_events.lexicon.segments import SegmentTables, Values, segment_tables
from conflict_events.remembered import Remembered

__all__ = ["Analysis", "Morphology", "build_morphology"]

_LETTERS = frozenset("ءابتثجحخدذرزسشصضطظعغفقكلمنهوي")
_MAX_WORD = 32
_REMEMBERED = 4_000  # words; those of a newspaper are remembered where they are read
_TABLES_VERSION = 1
"""Raised when `SegmentTables` change, so that cached ones of older code are not read."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a word. Values that don't apply are "".

    Attributes:
        lexeme: Id of the lexeme.
        lemma: Citation form as the lexicon writes it.
        pos: verb, noun, adj, prep, part, masdar or participle.
        proclitics: Conjunction, preposition, future س in the order of writing, without the article: ("و", "ب").
        definite: The word carries the article.
        aspect: p (perfect), i (imperfect) or "".
        voice: a, p, u (letters leave it open) or "". Of a participle: active or passive.
        person: 1, 2, 3 or "".
        gender: m, f or "".
        number: s, d, p or "".
        enclitic: Attached pronoun, "" for none.
    """

    lexeme: str
    lemma: str
    pos: str
    proclitics: tuple[str, ...] = ()
    definite: bool = False
    aspect: str = ""
    voice: str = ""
    person: str = ""
    gender: str = ""
    number: str = ""
    enclitic: str = ""


def _plain(value: Any) -> str:
    return "" if value in (None, "-", "na", "0") else str(value)


class Morphology:
    """Analyses folded words; every distinct word is analysed once.

    Attributes:
        path: The compiled database.
    """

    def __init__(self, path: Path, lemmas: dict[str, str]) -> None:
        """Open a compiled database.

        Args:
            path: Database in camel-tools' format, written by `compile_database`.
            lemmas: Lemma by lexeme id.
        """
        self.path = path
        self._lemmas = lemmas
        self._analyses: Remembered[tuple[Analysis, ...]] = Remembered(_REMEMBERED)
        self._lexemes: Remembered[frozenset[str]] = Remembered(_REMEMBERED)
        self._tables = _open_tables(path)

    def analyze(self, word: str) -> tuple[Analysis, ...]:
        """All readings of a folded word, the plainest first; () for a word that the lexicon does not know.

        Args:
            word: One word in folded orthography, without blanks.
        """
        try:
            return self._analyses[word]
        except KeyError:
            found = self._analyze(word)
            if found:  # most words of a newspaper are not in the lexicon: they are not remembered here
                self._analyses[word] = found
            return found

    def lexemes(self, word: str) -> frozenset[str]:
        """Ids of all lexemes that a folded word may be a form of."""
        try:
            return self._lexemes[word]
        except KeyError:
            found = self._lexemes[word] = frozenset(analysis.lexeme for analysis in self.analyze(word))
            return found

    def _analyze(self, word: str) -> tuple[Analysis, ...]:
        if not 1 <= len(word) <= _MAX_WORD or not _LETTERS.issuperset(word):
            return ()
        readings = self._tables.readings(word)
        return tuple(sorted({self._reading(values) for values in readings}, key=_plainness)) if readings else ()

    def _reading(self, values: Values) -> Analysis:
        lexeme, pos, conjunction, preposition, article, *features, enclitic = values
        aspect, voice, person, gender, number = map(_plain, features)
        return Analysis(
            lexeme=lexeme,
            lemma=self._lemmas[lexeme],
            pos=pos,
            proclitics=tuple(part for part in map(_plain, (conjunction, preposition)) if part),
            definite=_plain(article) != "",
            aspect=aspect,
            voice=voice,
            person=person,
            gender=gender,
            number=number,
            enclitic=_plain(enclitic),
        )


def _plainness(reading: Analysis) -> tuple[Any, ...]:
    """Order of readings: few clitics first, then a fixed order, so that runs agree."""
    return (
        len(reading.proclitics) + bool(reading.enclitic),
        bool(reading.enclitic),
        {"3": 0, "": 0, "1": 1, "2": 2}.get(reading.person, 3),
        reading.lexeme,
        reading.pos,
        reading.aspect,
        reading.voice,
        reading.gender,
        {"s": 0, "p": 1, "d": 2}.get(reading.number, 3),
        reading.proclitics,
        reading.definite,
        reading.enclitic,
    )


def _open_tables(path: Path) -> SegmentTables:
    """The database as tables; camel-tools, which is slow to import, is wanted only where they are not cached."""

    def compiled() -> tuple[Any, ...]:
        with camel_tools_ready():
            from camel_tools.morphology.database import MorphologyDB
        return tuple(segment_tables(MorphologyDB(str(path), "a")))

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return SegmentTables(*load_compiled("segments", f"{_TABLES_VERSION}:{digest}", compiled, path.parent))


def _is_whole(path: Path) -> bool:
    """Whether a compiled database is there with its last line."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 64))
            return file.read().endswith(f"{LAST_LINE}\n".encode())
    except FileNotFoundError:
        return False


def _write_atomically(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False, suffix=".tmp") as file:
        file.write(text)
    Path(file.name).replace(path)


def build_morphology(lexemes: Iterable[Lexeme], digest: str, folder: Path | None = None) -> Morphology:
    """The morphology of these lexemes, compiled once per content and kept in the cache folder.

    Args:
        lexemes: The lexicon's words.
        digest: Hash of what the lexemes were read from.
        folder: Cache folder; the configured one by default.
    """
    words = list(lexemes)
    key = hashlib.sha256(f"{FORMAT_VERSION}:{digest}".encode()).hexdigest()[:24]
    path = (folder or cache_dir()) / f"morphology-{key}.db"
    if not _is_whole(path):
        _write_atomically(path, compile_database(words))
    return Morphology(path, {word.id: word.lemma for word in words})
