"""The phrase lists are checked when they are read."""

from pathlib import Path

import pytest

from conflict_events.articles.phrases import FurnitureError, load_phrases

SHIPPED = Path(__file__).parents[2] / "include" / "lexicon" / "furniture.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("buttons:", "bottons:", "bottons"),
        ("  - الرئيسية\n", "  - 12: x\n", "buttons[0]"),
        ("  - الرئيسية\n", '  - "…"\n', "buttons[0]"),
        ("need_colon:\n", "need_colon:\n  - كلام\n", "need_colon"),
    ],
)
def test_mistakes_name_the_list(tmp_path: Path, old: str, new: str, key: str) -> None:
    path = tmp_path / "furniture.yaml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FurnitureError) as caught:
        load_phrases(path)
    assert "furniture.yaml" in str(caught.value) and key in str(caught.value)


@pytest.mark.parametrize(("text", "said"), [("- a\n", "mapping"), ("a: [\n", "not valid YAML")])
def test_a_file_that_is_no_mapping(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "furniture.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FurnitureError, match=said):
        load_phrases(path)


def test_a_missing_file_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="CONFLICT_EVENTS_INCLUDE"):
        load_phrases(tmp_path / "furniture.yaml")
