"""Readings of single words, over a few lexemes of each inflection class."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import fold_word
from conflict_events.lexicon import Lexicon, Morphology, load_lexicon
from conflict_events.lexicon.affixes import prefixes, suffix_categories, suffixes
from conflict_events.lexicon.lexemes import Lexeme, lexeme_from_entry
from conflict_events.lexicon.morphology import build_morphology
from conflict_events.lexicon.sources import Entry

_WORDS = [
    {
        "id": "bomb",
        "pos": "verb",
        "perfect": "قصف",
        "imperfect": "يقصف",
        "masdar": "قصف",
        "passive_participle": "مقصوف",
    },
    {
        "id": "hit",
        "pos": "verb",
        "perfect": "أصاب",
        "imperfect": "يصيب",
        "masdar": "إصابة",
        "passive_participle": "مصاب",
    },
    {"id": "launch", "pos": "verb", "perfect": "شنّ", "imperfect": "يشنّ", "masdar": "شن"},
    {"id": "call", "pos": "verb", "perfect": "دعا", "imperfect": "يدعو", "masdar": "دعوة"},
    {"id": "throw", "pos": "verb", "perfect": "رمى", "imperfect": "يرمي", "masdar": "رمي"},
    {"id": "claim", "pos": "verb", "perfect": "تبنى", "imperfect": "يتبنى", "masdar": "تبني"},
    {"id": "meet", "pos": "verb", "perfect": "لقي", "imperfect": "يلقى"},
    {"id": "begin", "pos": "verb", "perfect": "بدأ", "imperfect": "يبدأ", "masdar": "بدء"},
    {"id": "come", "pos": "verb", "perfect": "جاء", "imperfect": "يجيء", "passive": False},
    {"id": "blast", "pos": "verb", "perfect": "انفجر", "imperfect": "ينفجر", "masdar": ["انفجار", "انفجارات"]},
    {"id": "recover", "pos": "verb", "perfect": "انتشل", "imperfect": "ينتشل"},
    {"id": "fight", "pos": "verb", "perfect": "قاتل", "imperfect": "يقاتل", "active_participle": "مقاتل"},
    {"id": "find", "pos": "verb", "perfect": "وجد", "imperfect": "يجد"},
    {"id": "killed", "pos": "noun", "singular": "قتيل", "plural": ["قتلى"], "feminine": True},
    {"id": "raid", "pos": "noun", "singular": "غارة", "plural": ["ات"]},
    {"id": "refugee", "pos": "noun", "singular": "لاجئ", "plural": ["ون"], "feminine": True},
    {"id": "martyr", "pos": "noun", "singular": "شهيد", "plural": ["شهداء"], "feminine": True},
    {"id": "hospital", "pos": "noun", "singular": "مستشفى", "plural": ["ات"]},
    {"id": "member", "pos": "noun", "singular": "عنصر", "plural": ["عناصر"]},
    {"id": "herder", "pos": "noun", "singular": ["راعي", "راع"], "plural": ["رعاة"]},
    {"id": "civilian", "pos": "noun", "singular": "مدني", "plural": ["ون"], "feminine": True},
    {"id": "other", "pos": "noun", "singular": "آخر", "plural": ["ون"], "feminine": "أخرى"},
    {"id": "father", "pos": "noun", "singular": "أب"},
    {"id": "according", "pos": "prep", "forms": ["حسب"]},
    {"id": "from", "pos": "prep", "forms": ["لدى"]},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Morphology:
    lexemes = [lexeme_from_entry(Entry("test.yaml", str(word["id"]), word)) for word in _WORDS]
    return build_morphology(lexemes, "small", tmp_path_factory.mktemp("small"))


def _readings(morphology: Morphology, word: str) -> set[str]:
    """Each reading as one line: lexeme pos proclitics+ aspect voice person gender number enclitic."""
    found = set()
    for a in morphology.analyze(fold_word(word)):
        clitics = "".join(f"{part}+" for part in a.proclitics) + ("ال+" if a.definite else "")
        features = (a.lexeme, a.pos, clitics, a.aspect + a.voice + a.person + a.gender + a.number, a.enclitic)
        found.add(" ".join(part for part in features if part))
    return found


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("قصف", "bomb verb pu3ms"),
        ("قصف", "bomb masdar ms"),
        ("قصفوا", "bomb verb pu3mp"),
        ("وسيقصفون", "bomb verb و+س+ iu3mp"),
        ("ليقصفوا", "bomb verb ل+ iu3mp"),
        ("قصفته", "bomb verb pa3fs ه"),
        ("قصفتهم", "bomb verb pa3fs هم"),
        ("قصفوها", "bomb verb pa3mp ها"),
        ("وبالقصف", "bomb masdar و+ب+ال+ ms"),
        ("قصفهم", "bomb masdar ms هم"),
        ("قصفا", "bomb masdar ms"),
        ("المقصوفة", "bomb participle ال+ pfs"),
        ("أصابت", "hit verb pa3fs"),
        ("أصيبت", "hit verb pp3fs"),
        ("أصيبوا", "hit verb pp3mp"),
        ("أصبنا", "hit verb pu1mp"),
        ("يصب", "hit verb iu3ms"),
        ("يصاب", "hit verb ip3ms"),
        ("فيصيبها", "hit verb ف+ ia3ms ها"),
        ("والمصابين", "hit participle و+ال+ pmp"),
        ("إصابتهم", "hit masdar fs هم"),
        ("بإصابات", "hit masdar ب+ fp"),
        ("شنت", "launch verb pu3fs"),
        ("شننا", "launch verb pu1mp"),
        ("تشن", "launch verb iu3fs"),
        ("بشن", "launch masdar ب+ ms"),
        ("دعت", "call verb pa3fs"),
        ("دعوا", "call verb pu3mp"),
        ("دعوت", "call verb pa1ms"),
        ("ستدعو", "call verb س+ ia3fs"),
        ("يدعى", "call verb ip3ms"),
        ("رماه", "throw verb pa3ms ه"),
        ("رمت", "throw verb pa3fs"),
        ("رموا", "throw verb pu3mp"),
        ("يرمون", "throw verb iu3mp"),
        ("تبنت", "claim verb pa3fs"),
        ("تبناها", "claim verb pa3ms ها"),
        ("يتبنون", "claim verb iu3mp"),
        ("يتبن", "claim verb iu3ms"),
        ("لقوا", "meet verb pu3mp"),
        ("لقيا", "meet verb pu3md"),
        ("لقيت", "meet verb pu3fs"),
        ("بدأوا", "begin verb pu3mp"),
        ("بدؤوا", "begin verb pu3mp"),
        ("يبدؤون", "begin verb iu3mp"),
        ("جاؤوا", "come verb pa3mp"),
        ("جئنا", "come verb pa1mp"),
        ("انفجرتا", "blast verb pa3fd"),
        ("انفجارات", "blast masdar fp"),
        ("انفجارين", "blast masdar md"),
        ("انفجرت", "blast verb pa3fs"),
        ("انتشلت", "recover verb pu3fs"),
        ("قوتل", "fight verb pp3ms"),
        ("ومقاتلو", "fight participle و+ amp"),
        ("يوجد", "find verb ip3ms"),
        ("قتلى", "killed noun mp"),
        ("قتلاهم", "killed noun mp هم"),
        ("قتيلا", "killed noun ms"),
        ("قتيلان", "killed noun md"),
        ("لقتيلين", "killed noun ل+ md"),
        ("القتيلة", "killed noun ال+ fs"),
        ("قتيلتان", "killed noun fd"),
        ("غارتين", "raid noun fd"),
        ("غاراتها", "raid noun fp ها"),
        ("غارتي", "raid noun fd"),
        ("للغارة", "raid noun ل+ال+ fs"),
        ("كالغارات", "raid noun ك+ال+ fp"),
        ("للاجئين", "refugee noun ل+ال+ mp"),
        ("اللاجئون", "refugee noun ال+ mp"),
        ("شهداؤهم", "martyr noun mp هم"),
        ("شهدائنا", "martyr noun mp نا"),
        ("مستشفاه", "hospital noun ms ه"),
        ("مستشفيات", "hospital noun fp"),
        ("مستشفيين", "hospital noun md"),
        ("عنصراً", "member noun ms"),
        ("عناصرها", "member noun mp ها"),
        ("راعيان", "herder noun md"),
        ("راع", "herder noun ms"),
        ("رعاة", "herder noun mp"),
        ("مدنيون", "civilian noun mp"),
        ("مدنيي", "civilian noun mp"),
        ("آخرين", "other noun mp"),
        ("أخرى", "other noun fs"),
        ("الأب", "father noun ال+ ms"),
        ("وبحسب", "according prep و+ب+"),
        ("لديهم", "from prep هم"),
    ],
)
def test_reading_is_found(small: Morphology, word: str, reading: str) -> None:
    assert reading in _readings(small, word)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("القصفه", "a possessive excludes the article"),
        ("القتيلا", "so does the accusative alef"),
        ("بقتيلان", "a preposition governs the oblique"),
        ("سقصف", "the future particle needs an imperfect"),
        ("بيقصف", "a preposition governs no finite verb"),
        ("باب", "a noun of two letters takes no preposition"),
        ("قصفتتها", "no such ending"),
        ("مجزرة", "not in the lexicon"),
        ("", "empty"),
        ("abc", "Latin"),
        ("12", "digits"),
        ("قصف قصف", "two words"),
        ("؟", "punctuation"),
        ("ق" * 100, "too long to be a word"),
    ],
)
def test_no_reading(small: Morphology, word: str, why: str) -> None:
    assert small.analyze(word) == (), why


def test_passive_takes_no_object(small: Morphology) -> None:
    assert all(a.voice == "a" for a in small.analyze("قصفهم") if a.pos == "verb")


def test_plainest_reading_comes_first(small: Morphology) -> None:
    first = small.analyze("قتيلا")[0]
    assert (first.number, first.enclitic, first.proclitics) == ("s", "", ())


def test_analyses_are_remembered(small: Morphology) -> None:
    assert small.analyze("قتيلان") is small.analyze("قتيلان")
    assert small.lexemes("قتيلان") == {"killed"}
    assert small.lexemes("كلمه") == frozenset()


@settings(max_examples=150, deadline=None)
@given(word=st.text(alphabet="ءابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=12))
def test_any_letters_are_analysed_without_error(small: Morphology, word: str) -> None:
    assert all(reading.lexeme for reading in small.analyze(word))


_STEMS = [(lexeme, pos, stem) for lexeme in load_lexicon().lexemes.values() for pos, stem in lexeme.stems()]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_the_tables_build_is_read_back(data: st.DataObject, morphology: Morphology) -> None:
    """Prefix + stem + suffix of one category each, put together, has a reading of that lexeme."""
    lexeme, pos, stem = data.draw(st.sampled_from(_STEMS))
    categories = {category for group in stem.groups for category in suffix_categories(group)}
    suffix = data.draw(st.sampled_from([suffix for suffix in suffixes() if suffix.category in categories]))
    conjunction = data.draw(st.sampled_from(["", "و", "ف"]))
    subject = "ي" if stem.aspect == "i" else ""
    word = conjunction + subject + stem.surface + suffix.surface
    assert lexeme.id in morphology.lexemes(word), (word, pos, stem, suffix)


def test_prefixes_and_suffixes_are_short() -> None:
    """camel-tools tries every cut up to the longest affix; a long one would slow every word down."""
    assert max(len(prefix.surface) for prefix in prefixes()) <= 4
    assert max(len(suffix.surface) for suffix in suffixes()) <= 6


def test_compiled_database_is_reused(tmp_path: Path, lexicon: Lexicon) -> None:
    words: list[Lexeme] = list(lexicon.lexemes.values())[:20]
    first = build_morphology(words, "digest", tmp_path)
    written = first.path.stat().st_mtime_ns
    again = build_morphology(words, "digest", tmp_path)
    assert again.path == first.path
    assert again.path.stat().st_mtime_ns == written
    assert build_morphology(words, "other digest", tmp_path).path != first.path
    assert not list(tmp_path.glob("*.tmp"))


def test_damaged_database_is_compiled_anew(tmp_path: Path, lexicon: Lexicon) -> None:
    words = list(lexicon.lexemes.values())[:20]
    path = build_morphology(words, "digest", tmp_path).path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    build_morphology(words, "digest", tmp_path)
    assert path.read_bytes() == whole


def test_without_a_writable_cache_a_temporary_folder_serves(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    code = "from conflict_events.lexicon import load_morphology as m;print(len(m().analyze('قتلي')) > 0, m().path)"
    environment = {**os.environ, "CONFLICT_EVENTS_CACHE": str(blocked), "HOME": str(blocked), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"True {tmp_path}")


def test_camel_tools_needs_no_network_and_no_home(tmp_path: Path) -> None:
    """Without data of the user's, our own catalogue is used; a socket must never be opened."""
    code = (
        "import socket;"
        "socket.socket.connect = lambda *a: (_ for _ in ()).throw(RuntimeError('network'));"
        "from conflict_events.lexicon import load_morphology;"
        "print(bool(load_morphology().analyze('قتلي')))"
    )
    environment = {key: value for key, value in os.environ.items() if key != "CAMELTOOLS_DATA"}
    environment |= {"HOME": str(tmp_path), "CONFLICT_EVENTS_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True"]


def test_speed(morphology: Morphology, lexicon: Lexicon) -> None:
    """Loose limits that only a change of order would break."""
    words = [fold_word(word) for lexeme in lexicon.lexemes.values() for word in lexeme.example.split()][:1500]
    morphology._analyses.clear()
    start = time.perf_counter()
    for word in words:
        morphology.analyze(word)
    distinct = time.perf_counter() - start
    start = time.perf_counter()
    for word in words * 20:
        morphology.analyze(word)
    cached = time.perf_counter() - start
    assert distinct / len(set(words)) < 0.003
    assert cached / (len(words) * 20) < 0.00002
