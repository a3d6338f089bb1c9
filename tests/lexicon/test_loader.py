"""Loading: what is in the lexicon, and what a faulty file is told."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from conflict_events.lexicon import Lexicon, LexiconError, load_lexicon
from conflict_events.lexicon.lexemes import lexeme_from_entry
from conflict_events.lexicon.sources import Entry, read_yaml

_CODEBOOK_ACTORS = frozenset(
    """
    SYR_REGIME SYR_GOV RUS IRN ISR TUR USA COALITION JOR IRQ LBN SAU_COALITION YEM_GOV SDN_ARMY LBY_LNA LBY_GNU
    PSE_PA IRQ_KRG EGY GBR FRA SYR_MILITIA IRN_MILITIA HEZBOLLAH FATEMIYOUN ZAINABIYOUN PMF FIFTH_CORPS SDF PKK
    HTS SNA OPPOSITION IS QAEDA TRIBES HAMAS PIJ PAL_GROUPS HOUTHI YEM_RESISTANCE RSF TALIBAN DRUZE_GROUPS
    UNIDENTIFIED WAGNER CIVILIANS JOURNALISTS AID_WORKERS PROTESTERS PRISONERS UN SETTLERS
    """.split()
)


def test_every_actor_of_the_codebook_is_there(lexicon: Lexicon) -> None:
    ids = {actor.id for actor in lexicon.actors}
    assert set(_CODEBOOK_ACTORS) <= ids
    assert {
        actor_id for actor_id in ids if actor_id not in _CODEBOOK_ACTORS and not actor_id.startswith("OTHER:")
    } == set()
    assert len(lexicon.actors) >= 150


def test_actor_ids_of_other_files_exist(lexicon: Lexicon) -> None:
    ids = {actor.id for actor in lexicon.actors}
    used = {noun.actor for noun in lexicon.people.values() if noun.actor}
    used |= {source.actor for source in lexicon.sources if source.actor}
    assert used <= ids


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("الجيش السوري", date(2024, 12, 7), "SYR_REGIME"),
        ("الجيش السوري", date(2024, 12, 8), "SYR_GOV"),
        ("القوات الحكومية", date(2020, 2, 1), "SYR_REGIME"),
        ("القوات الحكومية", date(2025, 3, 1), "SYR_GOV"),
        ("حكومة دمشق", date(2025, 3, 1), "SYR_GOV"),
        ("قوات النظام", date(2015, 1, 1), "SYR_REGIME"),
        ("قوات الأسد", date(2025, 6, 1), "SYR_REGIME"),
        ("جبهة النصرة", date(2014, 1, 1), "HTS"),
    ],
)
def test_dated_meanings(lexicon: Lexicon, name: str, day: date, actor: str) -> None:
    found = {a.id for a in lexicon.actors if name in a.names and a.valid_on(day) and not a.ambiguous}
    assert found == {actor}


def test_a_name_without_a_day_keeps_all_meanings(lexicon: Lexicon) -> None:
    assert {a.id for a in lexicon.actors if "الجيش السوري" in a.names and a.valid_on(None)} == {"SYR_REGIME", "SYR_GOV"}


def test_every_entry_has_an_example(lexicon: Lexicon) -> None:
    own = [
        w
        for w in lexicon.lexemes.values()
        if w.origin in ("people", "reporting") and w.id.startswith(("people.", "say."))
    ]
    assert [w.id for w in own if not w.example] == []
    assert [w.id for w in lexicon.lexemes.values() if w.origin == "triggers" and not w.example] == []


def test_read_once(lexicon: Lexicon) -> None:
    assert load_lexicon() is lexicon


@pytest.fixture
def folder(lexicon: Lexicon, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lexicon.path, tmp_path / "lexicon"))


def _message(folder: Path) -> str:
    with pytest.raises(LexiconError) as caught:
        load_lexicon(folder)
    return str(caught.value)


_ACTOR = "{id: X, names: [قوات], kind: state, label_en: X, label_ar: س, example: قالت قوات}"


@pytest.mark.parametrize(
    ("file", "content", "parts"),
    [
        ("actors", "actors: [{id: X, nmaes: [قوات]}]", ("actors.yaml", "'X'", "'nmaes'", "unknown key")),
        ("actors", "actors: [{names: [قوات]}]", ("actors.yaml", "entry 1", "'id'")),
        ("actors", f"actors: [{_ACTOR}, {_ACTOR}]", ("actors.yaml", "'X'", "used twice")),
        ("actors", f"actors: [{_ACTOR.replace('state', 'kingdom')}]", ("'X'", "'kind'", "kingdom")),
        (
            "actors",
            f"actors: [{_ACTOR.replace('kind: state', 'kind: state, from: soon')}]",
            ("'X'", "'from'", "ISO day"),
        ),
        ("actors", f"actors: [{_ACTOR.replace('[قوات]', '[12]')}]", ("'X'", "'names'", "12")),
        ("actors", f"actors: [{_ACTOR.replace('names: [قوات], ', '')}]", ("'X'", "'names'")),
        ("actors", "actors: {a: 1}", ("actors.yaml", "'actors'", "list")),
        ("actors", "actors: [قوات]", ("actors.yaml", "entry 1", "mapping")),
        ("actors", "actrs: []", ("actors.yaml", "'actrs'", "heads")),
        ("actors", "actors: [", ("actors.yaml", "YAML")),
        ("actors", "just a text", ("actors.yaml", "mapping")),
        ("states", f"states: [{_ACTOR}]", ("states.yaml", "'X'", "'home'")),
        ("states", "forces: [{id: f, example: x}]", ("states.yaml", "'f'", "'names'")),
        (
            "people",
            "people: [{id: p, singular: x, gloss: x, example: x, group: elves}]",
            ("people.yaml", "'p'", "'group'", "elves"),
        ),
        ("people", "people: [{id: p, gloss: x, example: x}]", ("people.yaml", "'p'", "'singular'")),
        (
            "people",
            "people: [{id: p, singular: x, gloss: x, example: x, makes_civilian: maybe}]",
            ("'p'", "'makes_civilian'"),
        ),
        (
            "reporting",
            "verbs: [{id: v, perfect: قال, imperfect: قول, gloss: x, example: x}]",
            ("'v'", "'imperfect'", "ي"),
        ),
        (
            "reporting",
            "sources: [{id: s, names: [x], source_type: rumour, label_en: x, example: x}]",
            ("'s'", "'source_type'"),
        ),
        ("reporting", "attributions: [{id: a, example: x}]", ("'a'", "'phrases'")),
        ("weapons", "weapons: [{id: w, label_en: x, label_ar: x, example: x}]", ("'w'", "'nouns'")),
        (
            "infrastructure",
            "infrastructure: [{id: i, nouns: 5, label_en: x, label_ar: x, example: x}]",
            ("'i'", "'nouns'"),
        ),
        ("triggers", "[{id: t, pos: verb, perfect: 5, imperfect: يقول}]", ("'t'", "'perfect'")),
        ("triggers", "[{id: t, pos: verb, perfect: قال, imperfect: يقول, perfect_2: 5}]", ("'t'", "'perfect_2'")),
        ("triggers", "[{id: t, pos: verbum, example: x}]", ("triggers.yaml", "'t'", "'pos'", "verbum")),
        ("triggers", "[{id: people.qatil, pos: noun, singular: قتيل}]", ("people.qatil", "used in people.yaml")),
        ("triggers", "[{id: قصف, pos: noun, singular: قصف}]", ("'id'", "Latin")),
        ("triggers", "[{id: t, pos: noun, singular: قصف, perfect: قصف}]", ("'t'", "'perfect'", "noun")),
    ],
)
def test_faulty_entry_is_named(folder: Path, file: str, content: str, parts: tuple[str, ...]) -> None:
    (folder / f"{file}.yaml").write_text(content, encoding="utf-8")
    message = _message(folder)
    assert [part for part in parts if part not in message] == [], message


def test_missing_file_and_folder(folder: Path) -> None:
    (folder / "people.yaml").unlink()
    assert re.search(r"people\.yaml: is missing", _message(folder))
    assert "no such folder" in _message(folder / "nowhere")


def test_undecodable_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconError, match=r"x\.yaml"):
        read_yaml(path)


def test_keys_of_other_rooms_are_kept() -> None:
    entry = Entry("triggers.yaml", "t", {"id": "t", "pos": "noun", "singular": "قصف", "frame": "strike"})
    lexeme = lexeme_from_entry(entry, extra_keys=None)
    assert lexeme.extra == {"frame": "strike"}
    assert lexeme.origin == "triggers"
    with pytest.raises(LexiconError, match="frame"):
        lexeme_from_entry(entry)
