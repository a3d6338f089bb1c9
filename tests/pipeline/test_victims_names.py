"""No published table holds the name of a victim, unless the quote of the evidence is asked for."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conflict_events import pipeline
from conflict_events.settings import Settings

NAMES = ("محمد", "الأحمد", "الراعي", "كرديار", "سنجقدار")
TEXTS = {
    "rifles": "مقتل محمد الأحمد ومحمد الراعي برصاص مجهولين في مدينة درعا، يوم السبت 1 تموز 2023.",
    "shells": "قتل الطفل كرديار سنجقدار وأصيب خمسة مدنيين بقصف مدفعي على بلدة سرمين شرقي إدلب، يوم السبت 1 تموز 2023.",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = (
        json.dumps({"article_id": name, "published_at": "2023-07-02", "publisher": f"{name}.example", "text": text})
        for name, text in TEXTS.items()
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _tables(settings: Settings) -> dict[str, str]:
    """All cells of each published table, as text."""
    return {
        str(path.relative_to(settings.data_root)): json.dumps(
            pq.ParquetFile(path).read().to_pylist(), ensure_ascii=False, default=str
        )
        for path in sorted(settings.data_root.rglob("*.parquet"))
    }


def test_no_table_names_a_victim(source: Path, tmp_path: Path) -> None:
    settings = Settings(data_root=tmp_path / "data")
    assert pipeline.run(settings, source)["report"]["counts"]["events"] == 2
    tables = _tables(settings)
    assert any("events" in name for name in tables)
    # What names nobody stays: the toll is there, in words too.
    assert any("مقتل [...]" in cells for name, cells in tables.items() if "event_counts" in name)
    assert any("خمسة مدنيين" in cells for name, cells in tables.items() if "claim_counts" in name)
    for name, cells in tables.items():
        assert not [word for word in NAMES if word in cells], name


def test_quotes_are_published_only_when_asked_for(source: Path, tmp_path: Path) -> None:
    settings = Settings(data_root=tmp_path / "data", quote_evidence=True)
    pipeline.run(settings, source)
    named = {name for name, cells in _tables(settings).items() if any(word in cells for word in NAMES)}
    assert named
    assert {Path(name).name.partition(".")[0] for name in named if "snapshots" in name} == {"claims"}
