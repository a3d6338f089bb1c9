"""Versions of a manifest: every folder of data that reading depends on is in them."""

from pathlib import Path

from conflict_events.pipeline import versions as room


def test_each_folder_of_data_has_its_own_digest() -> None:
    found = room.versions()
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
