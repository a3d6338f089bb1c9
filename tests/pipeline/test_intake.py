"""Ingest: nothing that can't be read stops the rest, and nothing disappears without a word."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conflict_events.pipeline import PipelineError, ingest, load_article
from conflict_events.pipeline.planning import waiting
from conflict_events.settings import Settings

Write = Callable[..., Path]
ARABIC = "قتل مدنيان برصاص مجهولين في مدينة درعا جنوبي سوريا مساء أمس بحسب ما أفادت مصادر محلية لمراسلنا."


def _bad_folder(folder: Path) -> Path:
    """One of every bad input, and two good articles."""
    folder.mkdir()
    (folder / "good.jsonl").write_text(
        "\n".join(
            json.dumps(record, ensure_ascii=False)
            for record in (
                {"article_id": "good", "published_at": "2023-07-01", "text": ARABIC},
                {"article_id": "good", "published_at": "2023-07-01", "text": ARABIC},
                {"article_id": "no-text", "published_at": "2023-07-01"},
                {
                    "article_id": "english",
                    "published_at": "2023-07-01",
                    "text": "Nothing Arabic in here, at all, at all.",
                },
                {"article_id": "future", "published_at": "2999-01-01", "text": ARABIC + " غدا"},
                {
                    "article_id": "good too",
                    "published_at": "2023-07-02",
                    "text": ARABIC + " وقالت المصادر إن الجناة فروا.",
                },
            )
        ),
        encoding="utf-8",
    )
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.jsonl").write_bytes(b'{"text": "\xff\xfe\xd9"}\n{"text": \n[1, 2]\n')
    return folder


def test_bad_input_is_set_aside_and_the_rest_comes_through(workspace: Settings, tmp_path: Path) -> None:
    receipt = ingest(workspace, _bad_folder(tmp_path / "in"))
    assert (receipt["new"], receipt["duplicates"]) == (2, 1)
    assert set(receipt["reasons"]) >= {
        "duplicate",
        "no_text",
        "not_arabic",
        "future_date",
        "empty",
        "binary",
        "not_json",
    }
    assert receipt["read"] == receipt["new"] + receipt["duplicates"] + receipt["rejected"]
    assert (receipt["first_day"], receipt["last_day"]) == ("2023-07-01", "2023-07-02")
    told = {path.stem for path in (workspace.quarantine / "2023-07-02").glob("*.jsonl")}
    assert told == set(receipt["reasons"])
    good = load_article(workspace, "good too")
    assert good is not None and good.text.startswith("قتل مدنيان")


def test_a_line_of_fifty_megabytes_is_set_aside(workspace: Settings, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"article_id": "huge", "text": "')
        for _ in range(50):
            stream.write("ا" * 512 * 1024)
        stream.write('"}\n')
        stream.write(json.dumps({"article_id": "good", "published_at": "2023-07-01", "text": ARABIC}) + "\n")
    receipt = ingest(workspace, path)
    assert (receipt["new"], receipt["reasons"]) == (1, {"too_large": 1})


def test_reading_again_changes_nothing(workspace: Settings, tmp_path: Path) -> None:
    folder = _bad_folder(tmp_path / "in")
    ingest(workspace, folder)
    before = {path: path.read_bytes() for path in workspace.data_root.rglob("*") if path.is_file()}
    again = ingest(workspace, folder)
    assert (again["new"], again["known"]) == (0, 2)
    assert {path: path.read_bytes() for path in workspace.data_root.rglob("*") if path.is_file()} == before


def test_another_text_under_a_known_id_is_set_aside(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    ingest(workspace, write_articles(tmp_path / "a.jsonl", "strike"))
    other = {"published_at": "2023-07-01", "text": ARABIC}
    receipt = ingest(workspace, write_articles(tmp_path / "b.jsonl", strike=other))
    assert receipt["reasons"] == {"duplicate_id": 1}
    kept = load_article(workspace, "strike")
    assert kept is not None and "أريحا" in kept.text


def test_a_crash_between_inbox_and_archive_loses_nothing(
    workspace: Settings, write_articles: Write, tmp_path: Path
) -> None:
    source = write_articles(tmp_path / "a.jsonl", "strike")
    ingest(workspace, source)
    for path in workspace.archive.rglob("*.json"):
        path.unlink()  # as if killed before the archive was written
    assert waiting(workspace) == 0
    assert ingest(workspace, source)["new"] == 1
    assert waiting(workspace) == 1


def test_ids_may_hold_anything(workspace: Settings, write_articles: Write, tmp_path: Path) -> None:
    name = "../../outside: /etc/passwd ؟"
    ingest(workspace, write_articles(tmp_path / "a.jsonl", **{name: {"published_at": "2023-07-01", "text": ARABIC}}))
    article = load_article(workspace, name)
    assert article is not None and article.article_id == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "data"]


def test_missing_input(workspace: Settings, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no such file or folder"):
        ingest(workspace, tmp_path / "nothing.jsonl")
