"""Copies are found, and what only looks like one is not."""

import json
from datetime import date
from pathlib import Path

from conflict_events.articles import Signature, clean, find_duplicates, find_versions, read_articles, signature_of
from conflict_events.records import Article, CleanArticle

REPORT = (
    "قُتل ثلاثة مدنيين وأصيب 7 آخرون، صباح اليوم الجمعة، جراء قصف مدفعي استهدف بلدة الخندق في الريف الشرقي للمحافظة.\n\n"
    "وقال الدفاع المدني إن فرقه انتشلت الضحايا ونقلت المصابين إلى مشفى المدينة، وأخمدت حريقا في سوق البلدة.\n\n"
    "وتتعرض بلدات الريف الشرقي منذ مطلع الشهر الجاري لقصف متكرر تسبب بنزوح مئات العائلات نحو المخيمات القريبة."
)
OTHER = "أعلنت وزارة الزراعة بدء موسم الحصاد في السهول الغربية بعد تأخر دام أسبوعين بسبب الأمطار الغزيرة في البلاد."


def article(
    name: str, text: str = REPORT, day: int | None = 1, url: str | None = None, publisher: str | None = None
) -> CleanArticle:
    return clean(Article(name, text, publisher=publisher, published_at=date(2024, 11, day) if day else None, url=url))


def test_equal_words_in_other_spelling_are_a_copy() -> None:
    respelt = REPORT.replace("أ", "ا").replace("قُتل", "قتل").replace(".", " .")
    assert find_duplicates([article("b", respelt, 2), article("a", REPORT, 1), article("c", OTHER)]) == {"b": "a"}


def test_the_earliest_is_the_original_and_undated_comes_last() -> None:
    assert find_duplicates([article("c", day=None), article("b", day=3), article("a", day=2)]) == {"b": "a", "c": "a"}
    assert find_duplicates([article("b"), article("a")]) == {"a": "b"}


def test_a_wire_copy_with_another_ending_is_a_copy() -> None:
    assert find_duplicates([article("a"), article("b", REPORT.replace("المخيمات القريبة", "المخيمات"), 2)]) == {
        "b": "a"
    }


def test_a_shortened_reprint_is_a_copy_and_an_enlarged_one_is_not() -> None:
    short = "\n\n".join(REPORT.split("\n\n")[:2])
    wire, reprint = article("a", publisher="wire.example"), article("b", short, 1, publisher="portal.example")
    assert find_duplicates([wire, reprint]) == find_duplicates([reprint, wire]) == {"b": "a"}
    assert find_duplicates([article("b", short, 1), article("a", REPORT, 2)]) == {}


def test_one_outlet_s_pattern_for_two_places_is_two_reports() -> None:
    other = REPORT.replace("الخندق", "الصفصاف")
    assert find_duplicates([article("a", publisher="x"), article("b", other, 1, publisher="x")]) == {}


def test_a_new_toll_in_words_is_no_copy() -> None:
    assert find_duplicates([article("a"), article("b", REPORT.replace("ثلاثة مدنيين", "خمسة مدنيين"), 2)]) == {}


def test_a_new_toll_is_no_copy() -> None:
    assert find_duplicates([article("a"), article("b", REPORT.replace("7 آخرون", "9 آخرون"), 2)]) == {}


def test_short_texts_are_copies_only_of_the_same_day() -> None:
    same = [article("a", "قتل مدني بقصف.", 1), article("b", "قتل مدني بقصف.", 1), article("c", "قتل مدني بقصف.", 2)]
    assert find_duplicates(same) == {"b": "a"}


def test_known_articles_are_originals_even_when_later() -> None:
    known = [signature_of(article("k", day=9))]
    assert find_duplicates([article("a", day=1)], known) == {"a": "k"}
    assert find_duplicates([article("k", day=9)], known) == {}


def test_a_signature_survives_json() -> None:
    signature = signature_of(article("a"))
    assert Signature.from_json(json.loads(json.dumps(signature.to_json()))) == signature


def test_of_the_samples_only_the_portal_copies_the_wire() -> None:
    samples = Path(__file__).resolve().parents[2] / "include" / "sample_articles"
    read = [clean(one) for one in read_articles(samples) if isinstance(one, Article)]
    expected = {"hudood24-2024-03-12-bara-copy": "mutawassit-2024-03-12-bara-toll"}
    # As the pipeline hands them over (by id) and as the folder holds them.
    assert find_duplicates(sorted(read, key=lambda one: one.article.article_id)) == expected
    assert find_duplicates(read) == expected


def test_versions_of_one_url() -> None:
    url = "https://nakhil.example/1"
    longer = REPORT + "\n\nوأعلنت المستشفى لاحقا عن خروج معظم المصابين بعد تلقيهم العلاج اللازم."
    first, second = article("a", url=url), article("b", longer, 1, url)
    assert find_versions([first, second, article("c", url="https://nakhil.example/2")]) == {"b": "a"}
    assert "b" not in find_duplicates([first, second])
    assert find_versions([first, article("d", url=url)]) == {}
