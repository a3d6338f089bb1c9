"""Words are read from plain tables; camel-tools' own analyzer over the same database is the oracle."""

import json
import re
from pathlib import Path

import pytest

from conflict_events import compiled
from conflict_events.arabic import fold_word
from conflict_events.compiled import load_compiled
from conflict_events.lexicon import load_morphology
from conflict_events.lexicon.paths import camel_tools_ready, include_dir
from conflict_events.lexicon.segments import FEATURES, SegmentTables, segment_tables

_ALPHABET = frozenset("ءابتثجحخدذرزسشصضطظعغفقكلمنهوي")


def _sample_words() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((include_dir() / "sample_articles").glob("*.jsonl"))]
    words = {word for text in texts for word in re.findall("[ء-ي]+", fold_word(json.dumps(text, ensure_ascii=False)))}
    return {word for word in words if _ALPHABET.issuperset(word) and len(word) < 20}


def test_the_tables_find_what_camel_tools_finds() -> None:
    with camel_tools_ready():
        from camel_tools.morphology.analyzer import Analyzer
        from camel_tools.morphology.database import MorphologyDB
        from camel_tools.utils.charmap import CharMapper
    database = MorphologyDB(str(load_morphology().path), "a")
    analyzer, tables = Analyzer(database, norm_map=CharMapper({})), segment_tables(database)
    stems = sorted(tables.stems)
    words = _sample_words() | {
        f"{before}{stem}{after}"
        for stem in stems[::60]
        for before in ("", "و", "وبال", "سي")
        for after in ("", "ها", "ين")
    }
    assert len(words) > 1000
    known = 0
    for word in words:
        expected = {tuple(str(found.get(name, "")) for name in FEATURES) for found in analyzer.analyze(word)}
        assert tables.readings(word) == expected, word
        known += bool(expected)
    assert known > 200


def test_tables_survive_their_file(tmp_path: Path) -> None:
    tables = SegmentTables({"": (("p", ("",)),)}, {}, {}, {"p": frozenset({"n"})}, {}, {}, 1, 2)
    made = [load_compiled("x", "key", lambda: tuple(tables), tmp_path) for _ in range(2)]
    assert SegmentTables(*made[1]) == tables


def test_what_is_compiled_is_made_once_for_a_content(tmp_path: Path) -> None:
    made = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"made": len(made)}

    assert load_compiled("x", "one", make, tmp_path) == load_compiled("x", "one", make, tmp_path) == {"made": 1}
    assert load_compiled("x", "two", make, tmp_path) == {"made": 2}


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-3], lambda data: data[:40] + b"?" + data[41:], lambda data: b""]
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    load_compiled("x", "key", lambda: {"whole": list(range(50))}, tmp_path)
    (path,) = tmp_path.glob("x-*.tables")
    path.write_bytes(damage(path.read_bytes()))
    assert load_compiled("x", "key", lambda: {"made": "anew"}, tmp_path) == {"made": "anew"}
    assert load_compiled("x", "key", dict, tmp_path) == {"made": "anew"}


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path) -> None:
    odd = object()
    assert load_compiled("x", "key", lambda: odd, tmp_path) is odd
    assert list(tmp_path.iterdir()) == []


def test_without_a_writable_folder_it_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(compiled.tempfile, "NamedTemporaryFile", refuse)
    assert load_compiled("x", "key", lambda: 7, tmp_path) == 7
