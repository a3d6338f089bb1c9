"""Sources on disk: their outlet holds for what names none, and a file that has not changed is not opened again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.articles import reader
from conflict_events.pipeline import PipelineError
from conflict_events.pipeline.workspace import read_json
from conflict_events.records import Article
from conflict_events.settings import Settings

TEXT = "{n} قتلى من المدنيين بقصف مدفعي لقوات النظام على مدينة بنش شرقي إدلب، وفق ما قال الدفاع المدني السوري."
SOURCES = """
outlets:
  - {id: furat, domains: [furat.example], country: IQ, timezone: Asia/Baghdad, camp: river}
  - {id: bare, name: بلا عنوان}
sources:
  - {id: saved, kind: folder, path: saved, outlet: furat}
  - {id: drops, kind: jsonl, path: drops.jsonl, outlet: bare}
  - {id: gone, kind: warc, path: gone}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    file = tmp_path / "sources.yaml"
    file.write_text(SOURCES, encoding="utf-8")
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "one.txt").write_text("دجلة - 1 آذار 2024\n" + TEXT.format(n=3), encoding="utf-8")
    (saved / "two.txt").write_text(TEXT.format(n=4), encoding="utf-8")
    (saved / "bad.txt").write_text("", encoding="utf-8")
    lines = [{"text": TEXT.format(n=5), "published_at": "2024-03-01"}]
    lines += [{**lines[0], "text": TEXT.format(n=6), "url": "https://other.example/6"}]
    (tmp_path / "drops.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return Settings(data_root=tmp_path / "data", sources_file=file)


def archived(settings: Settings) -> list[Article]:
    return [Article.from_json(read_json(path)) for path in sorted(settings.archive.glob("[0-9a-f][0-9a-f]/*.json"))]


def test_the_outlet_of_a_source_is_that_of_what_names_none(desk: Settings) -> None:
    pipeline.read_watched(desk, "saved")
    assert {(one.publisher, one.camp, one.country, one.timezone) for one in archived(desk)} == {
        ("furat.example", "river", "IQ", "Asia/Baghdad")
    }
    pipeline.read_watched(desk, "drops")
    assert sorted(str(one.publisher) for one in archived(desk))[:2] == ["bare", "furat.example"]
    assert "other.example" in {one.publisher for one in archived(desk)}, "an address says more than the source"


def test_what_has_not_changed_is_not_opened_again(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = reader.open_bytes
    monkeypatch.setattr(reader, "open_bytes", lambda path, limits: opened.append(path.name) or real(path, limits))
    first = pipeline.read_watched(desk, "saved")
    assert (first["new"], first["rejected"], first["unchanged"]) == (2, 1, 0)
    opened.clear()
    again = pipeline.read_watched(desk, "saved")
    assert (again["read"], again["unchanged"], opened) == (0, 3, [])
    saved = desk.sources_file.parent / "saved"
    (saved / "two.txt").write_text(TEXT.format(n=7), encoding="utf-8")
    (saved / "one.json").write_text('{"publisher": "third.example"}', encoding="utf-8")
    (saved / "bad.txt").unlink()
    changed = pipeline.read_watched(desk, "saved")
    assert sorted(opened) == ["one.txt", "two.txt"] and changed["unchanged"] == 0
    assert (changed["new"], changed["known"]) == (1, 1)
    assert set(read_json(desk.archive / "sources" / "saved.json")["files"]) == {"one.txt", "two.txt"}


def test_lines_that_are_added_to_a_drop_are_read(desk: Settings) -> None:
    assert pipeline.read_watched(desk, "drops")["new"] == 2
    with (desk.sources_file.parent / "drops.jsonl").open("a", encoding="utf-8") as drop:
        drop.write(json.dumps({"text": TEXT.format(n=8)}) + "\n")
    added = pipeline.read_watched(desk, "drops")
    assert (added["new"], added["known"], added["unchanged"]) == (1, 2, 0)
    assert pipeline.read_watched(desk, "drops")["unchanged"] == 1


def test_a_file_that_can_not_be_opened_is_tried_again(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, limits: object) -> object:
        raise OSError("stale file handle")

    with monkeypatch.context() as patch:
        patch.setattr(reader, "open_bytes", fails)
        assert pipeline.read_watched(desk, "saved")["reasons"] == {"unreadable": 3}
    assert pipeline.read_watched(desk, "saved")["new"] == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"files": 3}'])
def test_without_its_memory_all_is_read_and_known(desk: Settings, damage: str) -> None:
    pipeline.read_watched(desk, "saved")
    (desk.archive / "sources" / "saved.json").write_text(damage, encoding="utf-8")
    again = pipeline.read_watched(desk, "saved")
    assert (again["new"], again["known"], again["unchanged"]) == (0, 2, 0)


@pytest.mark.parametrize(("name", "told"), [("none", "no source on disk"), ("gone", "no such file")])
def test_what_is_not_there_is_told(desk: Settings, name: str, told: str) -> None:
    with pytest.raises(PipelineError, match=told):
        pipeline.read_watched(desk, name)
