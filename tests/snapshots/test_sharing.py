"""A version shares what it leaves as it is, and gets the names of a version that goes; no file is ever written to."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events.snapshots.sharing import take_over


def _version(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


BEFORE = {"manifest.json": "2", "datapackage.json": "2", "dim.parquet": "d", "events/1.parquet": "a",
          "events/2.parquet": "b", "claims/1.parquet": "c", "lists/1.json": "l"}  # fmt: skip
OWN = {"manifest.json": "3", "events/2.parquet": "B", "new/1.parquet": "n"}
AFTER = {"manifest.json": "3", "dim.parquet": "d", "events/1.parquet": "a", "events/2.parquet": "B",
         "lists/1.json": "l", "new/1.parquet": "n"}  # fmt: skip
GONE = {"claims/1.parquet", "claims/404.parquet"}


@pytest.mark.parametrize("names", ["none", "of an old version", "of the version before"])
def test_a_version_is_what_it_wrote_and_what_it_shares(tmp_path: Path, names: str) -> None:
    before = _version(tmp_path / "2", BEFORE)
    old = _version(tmp_path / "1", {"manifest.json": "1", "dim.parquet": "d", "events/1.parquet": "old", "x/0": "-"})
    (old / "events" / "2.parquet").hardlink_to(before / "events" / "2.parquet")
    (old / "lists").mkdir()
    (old / "lists" / "1.json").hardlink_to(before / "lists" / "1.json")
    spare = {"none": None, "of an old version": old, "of the version before": before}[names]
    new = _version(tmp_path / "3", OWN)
    take_over(before, new, GONE, spare)
    assert _texts(new) == AFTER
    assert spare is None or not spare.exists()
    if spare != before:
        assert _texts(before) == BEFORE
        assert (new / "lists" / "1.json").samefile(before / "lists" / "1.json")


def test_where_links_are_not_to_be_had_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", no_links)
    before, old = _version(tmp_path / "2", BEFORE), _version(tmp_path / "1", BEFORE | {"dim.parquet": "old"})
    new = _version(tmp_path / "3", OWN)
    take_over(before, new, GONE, old)
    assert _texts(new) == AFTER and _texts(before) == BEFORE
