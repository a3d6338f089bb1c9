"""Versions of a manifest: every folder of data that reading depends on is in them."""

from pathlib import Path

from conflict_events.pipeline import versions as room
from conflict_events.settings import Settings


def test_each_folder_of_data_has_its_own_digest(workspace: Settings) -> None:
    found = room.versions(workspace)
    assert set(found) == {"code", "lexicon", "gazetteer", "models", "resolution"}
    digests = [value for name, value in found.items() if name != "code"]
    assert len(set(digests)) == 4
    nothing = room._digest([])
    assert nothing not in digests


def test_a_digest_follows_the_bytes(tmp_path: Path) -> None:
    weights = tmp_path / "judgement.json"
    weights.write_text("{}", encoding="utf-8")
    before = room._digest([weights])
    assert room._digest([weights]) == before
    weights.write_text('{"bias": 1}', encoding="utf-8")
    assert room._digest([weights]) != before


def test_imported_places_have_a_digest(workspace: Settings) -> None:
    before = room.versions(workspace)
    workspace.gazetteer.mkdir(parents=True)
    (workspace.gazetteer / "villages.csv").write_text("name_ar\n", encoding="utf-8")
    assert set(room.versions(workspace)) - set(before) == {"gazetteer_imported"}
