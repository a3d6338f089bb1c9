"""Clean and extract of many days in any order, resolve and publish in order: the same bytes."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from conflict_events import pipeline
from conflict_events.settings import Settings

Write = Callable[..., Path]
TOWNS = ("أريحا", "سرمين", "بنش", "معرة مصرين", "سراقب", "كفرنبل")
STAGES = (pipeline.resolve_day, pipeline.aggregate, pipeline.audit_day, pipeline.publish_day)


@pytest.fixture
def month(write_articles: Write, tmp_path: Path) -> Path:
    """Thirty days: a shelling each, which the day after another outlet tells again with one more injured."""
    articles = {}
    for number in range(30):
        for later in (0, 1):
            published = f"2023-06-{number + 1 + later:02d}" if number + later < 30 else "2023-07-01"
            day = f"{number + 1} حزيران 2023"
            articles[f"a{number}-{later}"] = {
                "published_at": published,
                "publisher": f"{('one', 'two')[later]}.example",
                "text": f"أصيب {number % 7 + 3 + later} مدنيين، يوم {day}، إثر قصف مدفعي لقوات النظام على مدينة "
                f"{TOWNS[number % 6]} في ريف إدلب.\n\nوقالت مصادر محلية إن القصف رقم {number} طال السوق الشعبي.",
            }
    return write_articles(tmp_path / "month.jsonl", **articles)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, which may be a link."""
    root = folder.resolve()
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_days_are_read_in_any_order(month: Path, tmp_path: Path) -> None:
    straight = Settings(data_root=tmp_path / "straight")
    receipt = pipeline.run(straight, month)
    assert len(receipt["days"]) == 31
    assert receipt["report"]["counts"]["revised"] > 20, "what is compared is worth comparing"
    shuffled = Settings(data_root=tmp_path / "shuffled", batch_size=7)
    pipeline.ingest(shuffled, month)
    days = pipeline.plan(shuffled)
    mixed = random.Random(3).sample(days, len(days))
    assert mixed != days
    before = dict(zip(days[1:], days, strict=False))
    # Every tenth day does not know of the others, and reads all that was published up to it.
    after = {day: before.get(day) if number % 10 else None for number, day in enumerate(days)}
    batches = [batch for day in mixed for batch in pipeline.clean_batches(shuffled, day, after[day])]
    random.Random(4).shuffle(batches)
    for batch in batches:
        pipeline.clean(shuffled, batch)
    for batch in reversed(batches):
        pipeline.extract(shuffled, batch)
    for day in days:
        for stage in STAGES:
            stage(shuffled, day)
    assert files(shuffled.latest) == files(straight.latest)
    assert files(shuffled.snapshots) == files(straight.snapshots)
    assert pipeline.plan(shuffled) == [] and not list(shuffled.work.glob("*"))
