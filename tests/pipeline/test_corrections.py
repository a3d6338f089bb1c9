"""A publisher's correction or retraction is a revision, in a later snapshot; late articles revise earlier events."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from conflict_events import pipeline
from conflict_events.settings import Settings
from conflict_events.snapshots import as_of, diff_days, load_claims

Write = Callable[..., Path]
URL = "https://one.example/news/4711"
TEXT = (
    "قتل {dead} مدنيين وأصيب خمسة آخرون، السبت، جراء غارة جوية روسية استهدفت مدينة {town} جنوبي إدلب.\n\n"
    "وقال الدفاع المدني السوري إن فرقه انتشلت الضحايا من تحت الأنقاض ونقلت المصابين إلى المشفى."
)
NOTICE = "تنويه: سحبت الوكالة هذا الخبر لعدم دقة معلوماته، وتعتذر من قرائها الكرام عن الخطأ الذي وقع في نشره."
SHELLING = "أصيب أربعة مدنيين بجروح، اليوم الأحد، إثر قصف مدفعي لقوات النظام على بلدة سرمين شرقي إدلب وسط السوق الشعبي."
D1, D2 = date(2023, 7, 1), date(2023, 7, 2)


def record(text: str, day: date = D1, **others: Any) -> dict[str, Any]:
    """An article of one outlet at one address."""
    base = {"url": URL, "published_at": day.isoformat(), "publisher": "one.example", "title": "غارة على المدينة"}
    return base | {"text": text} | others


@pytest.fixture
def publish(workspace: Settings, write_articles: Write, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Publish some articles under a day."""

    def run(day: date, **articles: Any) -> dict[str, Any]:
        return pipeline.run(workspace, write_articles(tmp_path / f"{day}.jsonl", **articles), day)

    return run


def strikes(settings: Settings, day: date) -> list[dict[str, Any]]:
    """The air strikes as known on a day."""
    return [row for row in as_of(settings.data_root, day).to_pylist() if row["action"] == "air_strike"]


Publish = Callable[..., dict[str, Any]]


def test_a_corrected_toll_replaces_the_old_one(workspace: Settings, publish: Publish) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا")))
    (before,) = strikes(workspace, D1)
    publish(D2, new=record(TEXT.format(dead="أربعة", town="أريحا"), D2))
    (after,) = strikes(workspace, D2)
    assert (before["deaths_low"], before["deaths_high"]) == (7, 7)
    assert (after["event_id"], after["revision"], after["change"]) == (before["event_id"], 2, "revised")
    assert (after["deaths_low"], after["deaths_best"], after["deaths_high"]) == (4, 4, 4), "seven is taken back"
    assert "the publisher replaced old by new" in after["reason"] and "deaths best 7 -> 4" in after["reason"]
    assert strikes(workspace, D1) == [before], "what was known then stays"
    rows = pq.read_table(workspace.snapshots / f"snapshot={D2}" / "articles.parquet").to_pylist()
    assert [row["version_of"] for row in rows] == ["old"]


def test_a_corrected_place_stays_the_same_event(workspace: Settings, publish: Publish) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا")))
    (before,) = strikes(workspace, D1)
    publish(D2, new=record(TEXT.format(dead="سبعة", town="سراقب"), D2))
    (after,) = strikes(workspace, D2)
    assert (after["event_id"], after["revision"]) == (before["event_id"], 2)
    assert (before["place"], after["place"]) == ("أريحا", "سراقب")


def test_a_report_taken_back_retracts_its_event(workspace: Settings, publish: Publish) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا")))
    (before,) = strikes(workspace, D1)
    publish(D2, new=record(NOTICE, D2, title="تنويه"))
    assert strikes(workspace, D2) == []
    (told,) = diff_days(workspace.data_root, D1, D2).rows
    assert (told["event_id"], told["change"]) == (before["event_id"], "retracted")
    assert told["reason"].endswith("the publisher replaced old by new")
    assert load_claims(workspace.data_root) == ()
    for name in ("claims", "claim_counts", "claim_sources", "claim_spans"):
        files = sorted((workspace.latest / name).glob("*.parquet"))
        assert sum(pq.ParquetFile(path).metadata.num_rows for path in files) == 0, name
        assert as_of(workspace.data_root, D2, name).num_rows == 0, name
    assert as_of(workspace.data_root, D1, "claim_counts").num_rows > 0
    withdrawn = pq.read_table(workspace.snapshots / f"snapshot={D2}" / "claims.parquet").to_pylist()
    assert {(row["change"], row["event_id"]) for row in withdrawn} == {("withdrawn", None)}


def test_what_another_outlet_says_still_holds(workspace: Settings, publish: Publish) -> None:
    text = TEXT.format(dead="سبعة", town="أريحا")
    other = record(text.replace("وأصيب خمسة آخرون", ""), url="https://two.example/9", publisher="two.example")
    publish(D1, old=record(text), other=other)
    (before,) = strikes(workspace, D1)
    publish(D2, new=record(NOTICE, D2, title="تنويه"))
    (after,) = strikes(workspace, D2)
    assert (after["event_id"], after["publishers"], after["injured_best"]) == (before["event_id"], "two.example", None)
    assert (before["injured_best"], after["reason"][:13]) == (5, "the publisher")


@pytest.mark.parametrize("url", ["https://one.example/", "https://one.example/latest"])
def test_another_report_at_a_shared_address_replaces_nothing(workspace: Settings, publish: Publish, url: str) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا"), url=url))
    other = (
        "أصيب أربعة مدنيين بجروح، اليوم الأحد، إثر قصف مدفعي لقوات النظام على بلدة سرمين شرقي إدلب وسط السوق الشعبي."
    )
    publish(D2, new=record(other, D2, url=url, title="قصف على سرمين"))
    assert len(strikes(workspace, D2)) == 1
    assert as_of(workspace.data_root, D2).num_rows == 2


def test_a_correction_of_a_correction(workspace: Settings, publish: Publish) -> None:
    for day, dead in ((1, "سبعة"), (2, "أربعة"), (3, "ستة")):
        publish(date(2023, 7, day), **{f"v{day}": record(TEXT.format(dead=dead, town="أريحا"), date(2023, 7, day))})
    (event,) = strikes(workspace, date(2023, 7, 3))
    assert (event["revision"], event["deaths_low"], event["deaths_best"], event["n_articles"]) == (3, 6, 6, 1)
    assert "replaced v2 by v3" in event["reason"]


def test_a_late_article_revises_the_event_of_its_own_day(workspace: Settings, publish: Publish) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا")))
    (before,) = strikes(workspace, D1)
    publish(date(2023, 7, 9), shelling=record(SHELLING, D2, url=None))
    late = record(TEXT.format(dead="تسعة", town="أريحا").replace("جراء", "نتيجة"), url=None, publisher="late.example")
    publish(date(2023, 7, 12), late=late)
    (after,) = strikes(workspace, date(2023, 7, 12))
    assert (after["event_id"], after["revision"], str(after["event_date"])) == (before["event_id"], 2, "2023-07-01")
    assert after["last_revised_snapshot"] == date(2023, 7, 12) and after["first_seen_snapshot"] == D1
    assert "claim joined" in after["reason"] and (after["deaths_low"], after["deaths_high"]) == (7, 9)
    assert strikes(workspace, date(2023, 7, 9)) == [before]


ELSEWHERE = "https://one.example/news/4799"
STORY = "سبعة قتلى بغارة روسية على مدينة أريحا"


def test_a_correction_at_another_address_revises_the_event(workspace: Settings, publish: Publish) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا")))
    (before,) = strikes(workspace, D1)
    text = f"تصحيح: {TEXT.format(dead='أربعة', town='أريحا')}"
    publish(D2, new=record(text, D2, url=ELSEWHERE, title="تصحيح حصيلة الغارة"))
    (after,) = strikes(workspace, D2)
    assert (after["event_id"], after["deaths_low"], after["deaths_high"]) == (before["event_id"], 4, 4)
    assert "the publisher replaced old by new" in after["reason"]
    rows = pq.read_table(workspace.snapshots / f"snapshot={D2}" / "articles.parquet").to_pylist()
    assert [row["version_of"] for row in rows] == ["old"]


def test_a_notice_that_quotes_the_title_takes_the_report_back(workspace: Settings, publish: Publish) -> None:
    publish(
        D1,
        old=record(TEXT.format(dead="سبعة", town="أريحا"), title=STORY),
        same=record(SHELLING, url="https://one.example/news/4712", title="قصف على سرمين"),
    )
    notice = f"اعتذار من القراء: نشرنا أمس خبرا بعنوان «{STORY}» وتبين أن معلوماته غير دقيقة فوجب التنبيه."
    publish(D2, new=record(notice, D2, url=ELSEWHERE, title="اعتذار"))
    assert strikes(workspace, D2) == []
    assert as_of(workspace.data_root, D2).num_rows == 1, "what the notice does not name stands"


@pytest.mark.parametrize(
    ("title", "text", "others"),
    [
        ("اعتذار", f"اعتذار: الخبر «{STORY}» غير دقيق.", {"publisher": "two.example"}),
        ("اعتذار", "اعتذار: وقع خطأ في خبر نشرناه أمس عن أسعار المحروقات في المدينة.", {}),
        ("اعتذار", f"اعتذار: الخبر «{STORY}» غير دقيق.", {"published_at": "2023-07-20"}),
        (STORY, TEXT.format(dead="تسعة", town="أريحا").replace("وقال", "دون توضيح مصدرها، وقال"), {}),
    ],
    ids=["another outlet", "another report", "weeks later", "no notice"],
)
def test_what_is_no_notice_of_this_report_takes_nothing_back(
    workspace: Settings, publish: Publish, title: str, text: str, others: dict[str, Any]
) -> None:
    publish(D1, old=record(TEXT.format(dead="سبعة", town="أريحا"), title=STORY))
    publish(date(2023, 7, 20), new=record(text, D2, url=ELSEWHERE, title=title) | others)
    assert "old" in {claim.article_id for claim in load_claims(workspace.data_root)}
    assert not any("replaced" in event["reason"] for event in strikes(workspace, date(2023, 7, 20)))
