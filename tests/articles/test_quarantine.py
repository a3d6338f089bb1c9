"""What is rejected is written once, whole, by day and reason."""

import json
from datetime import date
from pathlib import Path

from conflict_events.articles import Rejected, write_quarantine

DAY = date(2024, 11, 29)
ONE = Rejected("a.jsonl:1", "not_json", "Not JSON", "بسم")
TWO = Rejected("a.jsonl:2", "not_json", "Not JSON", "x")
THREE = Rejected("b.txt", "empty", "Empty")


def lines(root: Path, reason: str) -> list[dict[str, str]]:
    text = (root / "2024-11-29" / f"{reason}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_by_day_and_reason(tmp_path: Path) -> None:
    assert write_quarantine(tmp_path, DAY, [ONE, THREE, TWO]) == {"empty": 1, "not_json": 2}
    assert lines(tmp_path, "not_json") == [ONE.to_json(), TWO.to_json()]
    assert lines(tmp_path, "empty") == [THREE.to_json()]


def test_twice_is_once(tmp_path: Path) -> None:
    write_quarantine(tmp_path, DAY, [ONE])
    write_quarantine(tmp_path, DAY, [ONE, TWO])
    assert lines(tmp_path, "not_json") == [ONE.to_json(), TWO.to_json()]


def test_a_torn_line_does_not_spoil_the_next(tmp_path: Path) -> None:
    write_quarantine(tmp_path, DAY, [ONE])
    path = tmp_path / "2024-11-29" / "not_json.jsonl"
    path.write_bytes(path.read_bytes()[:-10])
    write_quarantine(tmp_path, DAY, [TWO])
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[-1]) == TWO.to_json()


def test_nothing_makes_nothing(tmp_path: Path) -> None:
    assert write_quarantine(tmp_path / "q", DAY, []) == {}
    assert not (tmp_path / "q").exists()
