"""A table of places that the user imports is used by every command over the same workspace, and by no other."""

import json
from pathlib import Path

import duckdb
import pytest

from conflict_events.cli import main

TABLE = "name_ar,name_en,admin1Name_en,admin1Pcode,Latitude,Longitude\nتل سندباد,Tall Sinbad,Idlib,SY07,35.75,36.55\n"
ARTICLE = {
    "article_id": "shelling",
    "published_at": "2023-07-01",
    "publisher": "one.example",
    "text": "قتل ثلاثة مدنيين، اليوم السبت، بقصف مدفعي لقوات النظام على قرية تل سندباد في ريف إدلب.",
}


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the table, an article and a place to find; the environment names a workspace without imports."""
    for name in ("CONFLICT_EVENTS_DATA_ROOT", "CONFLICT_EVENTS_DATA"):
        monkeypatch.setenv(name, str(tmp_path / "other"))
    (tmp_path / "villages.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(json.dumps(ARTICLE, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "places.jsonl").write_text('{"place": "تل سندباد", "admin1_en": "Idlib"}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _points(folder: Path, *root: str) -> list[float | None]:
    """Latitude of the village as `geocode`, `extract` and `run` give it."""
    assert main(["geocode", "places.jsonl", "--out", "geocoded.jsonl", *root]) == 0
    assert main(["extract", "in.jsonl", "--out", "claims.jsonl", *root]) == 0
    assert main(["run", "in.jsonl", *root]) == 0
    data = folder / (root[1] if root else "other")
    events = duckdb.sql(f"SELECT lat FROM '{data}/latest/events/*.parquet'").fetchall()
    return [
        json.loads((folder / "geocoded.jsonl").read_text(encoding="utf-8"))["lat"],
        json.loads((folder / "claims.jsonl").read_text(encoding="utf-8"))["lat"],
        events[0][0],
    ]


def test_an_import_is_used_over_its_own_workspace_only(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 35.75 not in _points(given)
    assert main(["gazetteer", "import", "villages.csv", "--data-root", "desk"]) == 0
    assert _points(given, "--data-root", "desk") == [35.75, 35.75, 35.75]
    # Commands share the root with what they start; a new process would begin with the environment's own again.
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(given / "third"))
    assert main(["extract", "in.jsonl", "--out", "claims.jsonl"]) == 0
    assert json.loads((given / "claims.jsonl").read_text(encoding="utf-8"))["lat"] != 35.75


def test_the_environment_names_the_workspace_as_well(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(given / "other"))
    assert main(["gazetteer", "import", "villages.csv"]) == 0
    assert _points(given) == [35.75, 35.75, 35.75]
    manifest = json.loads(next((given / "other" / "snapshots").glob("*/manifest.json")).read_text(encoding="utf-8"))
    assert "gazetteer_imported" in manifest["versions"]
