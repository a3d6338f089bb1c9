"""Word lists that can't be used are refused with a message that says where."""

import pytest

from conflict_events.arabic.vocabulary import VocabularyError, folded_forms, lexicon_folder, read_entries


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CONFLICT_EVENTS_INCLUDE", str(tmp_path))
    (tmp_path / "lexicon").mkdir()
    assert lexicon_folder() == tmp_path / "lexicon"
    return tmp_path / "lexicon"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("entries: [{id: a, forms: [x]}]", "entry a: `example` is missing"),
        ("entries: [{forms: [x], example: y}]", "entry 1: `id` is missing"),
        (
            "entries: [{id: a, forms: [x], example: y}, {id: a, forms: [x], example: y}]",
            "entry a: the id is used twice",
        ),
        ("- just a list", "wants a mapping with a list under `entries`"),
        ("entries: [", "is not valid YAML"),
    ],
)
def test_a_bad_list_is_refused(folder, text, message):
    (folder / "quantities.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=message):
        read_entries("quantities")


def test_a_missing_list_is_named(folder):
    with pytest.raises(VocabularyError, match=r"quantities\.yaml: not found; set CONFLICT_EVENTS_INCLUDE"):
        read_entries("quantities")


def test_forms_are_folded_once_each():
    assert list(folded_forms(["مئة", "مئه", "أحد"])) == ["ميه", "احد"]
