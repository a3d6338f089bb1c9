"""Articles for the tests of the pipeline, written for them; every workspace is a temporary folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from conflict_events.settings import Settings

STRIKE = (
    "قتل ثلاثة مدنيين وأصيب خمسة آخرون، اليوم السبت، جراء غارة جوية روسية استهدفت مدينة أريحا جنوبي إدلب.\n\n"
    "وقال الدفاع المدني السوري إن فرقه انتشلت الضحايا من تحت الأنقاض ونقلت المصابين إلى المشفى."
)
SHELLING = (
    "أصيب أربعة مدنيين بجروح، اليوم الأحد، إثر قصف مدفعي لقوات النظام على بلدة سرمين شرقي إدلب.\n\n"
    "وذكرت مصادر محلية أن القصف طال السوق الشعبي وسط البلدة وألحق أضراراً بالمحال التجارية."
)
LATER = (
    "ارتفعت حصيلة الغارة الجوية الروسية على مدينة أريحا جنوبي إدلب يوم السبت الماضي إلى خمسة قتلى مدنيين.\n\n"
    "وأكدت مديرية الصحة أن مصابين اثنين توفيا متأثرين بجراحهما في المشفى."
)
ARTICLES: dict[str, dict[str, Any]] = {
    "strike": {"published_at": "2023-07-01", "publisher": "one.example", "title": "غارة على أريحا", "text": STRIKE},
    "shelling": {"published_at": "2023-07-02", "publisher": "two.example", "title": "قصف على سرمين", "text": SHELLING},
    "later": {"published_at": "2023-07-03", "publisher": "three.example", "title": "حصيلة أريحا", "text": LATER},
}


def _write(path: Path, *names: str, **others: Mapping[str, Any]) -> Path:
    records = {**{name: ARTICLES[name] for name in names}, **others}
    lines = (json.dumps({"article_id": name, **fields}, ensure_ascii=False) for name, fields in records.items())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def write_articles() -> Callable[..., Path]:
    """Writes named articles of this module, and others given whole, to a JSONL file."""
    return _write


@pytest.fixture
def workspace(tmp_path: Path) -> Settings:
    """Settings over an empty workspace."""
    return Settings(data_root=tmp_path / "data")


@contextmanager
def _other_publisher(root: Path, seconds: float = 60) -> Iterator[None]:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from conflict_events.snapshots.storage import publisher_lock\n"
        "with publisher_lock(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(float(sys.argv[2]))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "plugins")}
    command = [sys.executable, "-c", script, str(root), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.kill()


@pytest.fixture(scope="session")
def other_publisher() -> Callable[..., AbstractContextManager[None]]:
    """Another process that holds the right to publish into a workspace for some seconds, or until the block ends."""
    return _other_publisher
