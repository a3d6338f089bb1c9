"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from conflict_events.pipeline.workspace import atomic_writer, file_key, read_jsonl, write_json, write_jsonl


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", {"old": True})
    before = path.read_bytes()
    with pytest.raises(RuntimeError), atomic_writer(path) as stream:
        stream.write("half")
        raise RuntimeError
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_arabic_lines_survive(tmp_path: Path) -> None:
    records = [{"text": "قُتل\u2028ثلاثة\n"}, {"text": "\ud800"}]
    assert write_jsonl(tmp_path / "a.jsonl", records) == 2
    assert list(read_jsonl(tmp_path / "a.jsonl")) == records


def test_keys_are_safe_names() -> None:
    assert file_key("../..") != file_key("..") and file_key("ا").isalnum()
