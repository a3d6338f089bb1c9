"""Every kind of input is read, and no bad record takes its neighbours with it."""

import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.articles import Limits, Rejected, load_sources, read_articles
from conflict_events.records import Article

TEXT = "قصفت طائرات حربية بلدة الخندق في ريف المحافظة الشرقي صباح اليوم، ما أدى إلى مقتل ثلاثة مدنيين."
TODAY = date(2024, 12, 1)


def record(**fields: object) -> bytes:
    return (json.dumps({"text": TEXT} | fields, ensure_ascii=False) + "\n").encode()


def read(path: Path, **options: object) -> list[Article | Rejected]:
    return list(read_articles(path, today=TODAY, **options))  # type: ignore[arg-type]


def reasons(results: list[Article | Rejected]) -> list[str]:
    return [result.reason if isinstance(result, Rejected) else "ok" for result in results]


def test_jsonl_keeps_the_record_s_own_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        record(
            article_id="x1",
            title="قصف",
            publisher="example.org",
            url="https://example.org/1",
            published_at="2024-11-29",
        )
    )
    (article,) = read(path)
    assert isinstance(article, Article)
    assert (article.article_id, article.title, article.publisher) == ("x1", "قصف", "example.org")
    assert (article.published_at, article.published_source) == (date(2024, 11, 29), "record")
    assert article.text == TEXT


def test_only_text_is_required_and_one_sentence_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(record(text="قتل مدني."))
    (article,) = read(path)
    assert isinstance(article, Article)
    assert article.article_id.startswith("a_") and len(article.article_id) == 26
    assert (article.published_at, article.published_source) == (None, None)


def test_each_bad_line_is_rejected_alone_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b"".join(
            [
                record(article_id="1"),
                b'{"text": "\xff\xfe\xfa"}\n',
                b"not json\n",
                b"[1, 2]\n",
                b"\n",
                record(article_id="2", text=""),
                record(article_id="3", text=["a"]),
                record(article_id="4", text="This page is written in English, every word of it."),
                record(article_id="5", published_at="2024-12-03"),
                record(article_id="6", published_at="2024-12-02"),
                b'{"text": "a\x00b"}\n',
                b"[" * 100_000 + b"\n",
                record(article_id="1"),
                record(article_id="1", text=TEXT + " وأصيب آخرون."),
                record(article_id="7"),
            ]
        )
    )
    results = read(path)
    assert reasons(results) == [
        "ok",
        "undecodable",
        "not_json",
        "not_json",
        "no_text",
        "bad_field",
        "not_arabic",
        "future_date",
        "ok",
        "binary",
        "not_json",
        "duplicate",
        "duplicate_id",
        "ok",
    ]
    rejected = [result for result in results if isinstance(result, Rejected)]
    assert rejected[0].origin == "a.jsonl:2"
    assert all(result.detail for result in rejected)
    assert max(len(result.excerpt) for result in rejected) <= Limits().excerpt_chars


def test_a_line_of_fifty_megabytes_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(record(article_id="before"))
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n')
        file.write(record(article_id="after"))
    assert reasons(read(path)) == ["ok", "too_large", "ok"]


def test_a_line_of_exactly_the_cap_is_read(tmp_path: Path) -> None:
    line = record(article_id="1")
    path = tmp_path / "a.jsonl"
    path.write_bytes(line + line.replace(b'"1"', b'"2"'))
    cap = len(line) - 1  # the line break does not count
    assert reasons(read(path, limits=Limits(max_record_bytes=cap))) == ["ok", "ok"]
    assert reasons(read(path, limits=Limits(max_record_bytes=cap - 1))) == ["too_large", "too_large"]


def test_the_last_line_may_lack_its_break(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(record(article_id="1") + record(article_id="2").rstrip())
    assert reasons(read(path)) == ["ok", "ok"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.html"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert reasons(read(tmp_path / name)) == ["empty"]


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_picture_under_a_text_s_name_is_binary(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert reasons(read(tmp_path / name)) == ["binary"]


def test_a_text_above_the_cap_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 50, encoding="utf-8")
    assert reasons(read(tmp_path / "a.txt", limits=Limits(max_page_bytes=1000))) == ["too_large"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859-6"])
def test_text_files_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    (article,) = read(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert article.text == TEXT


@pytest.mark.parametrize("name", ["a.jsonl.gz", "b.jsonl"])
def test_gzip_is_told_by_its_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(record(article_id="1")))
    assert reasons(read(tmp_path / name)) == ["ok"]


def test_a_gzip_file_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(record(article_id=str(number), title=os.urandom(2000).hex()) for number in range(40))
    data = gzip.compress(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    found = reasons(read(tmp_path / "a.jsonl.gz", limits=Limits(min_arabic_share=0.0)))
    assert found[-1] == "truncated"
    assert 5 < len(found) < 40 and set(found[:-1]) == {"ok"}


def test_a_gzip_bomb_is_stopped(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wb") as file:
        file.write(record(article_id="1"))
        for _ in range(40):
            file.write(b"\n" * 1_000_000)
    limits = Limits(inflation_free_bytes=1_000_000, max_inflation=50)
    assert reasons(read(tmp_path / "a.jsonl.gz", limits=limits)) == ["ok", "too_large"]


def test_a_folder_is_read_in_order_with_its_side_cars(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "README.txt").write_text("Read me", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.json").write_text(
        json.dumps({"title": "قصف", "published_at": "2024-11-28", "publisher": "example.org"}), encoding="utf-8"
    )
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.jsonl").write_bytes(record(article_id="a"))
    (tmp_path / "b" / "e.txt").write_text(TEXT + " وفق مصادر.", encoding="utf-8")
    results = read(tmp_path)
    assert reasons(results) == ["ok", "ok", "unsupported", "ok"]
    sidecar = results[1]
    assert isinstance(sidecar, Article)
    assert (sidecar.title, sidecar.published_source, sidecar.published_at) == ("قصف", "sidecar", date(2024, 11, 28))


def test_pipes_and_broken_links_do_not_stop_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    assert reasons(read(tmp_path)) == ["unreadable", "unreadable", "ok"]


def test_a_broken_side_car_names_itself(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.txt.json").write_text("{", encoding="utf-8")
    (rejected,) = read(tmp_path)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "not_json" and "c.txt.json" in rejected.detail


def test_a_path_that_does_not_exist_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no file or folder"):
        read_articles(tmp_path / "nothing")


def test_an_unknown_name_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "x.data").write_bytes(record(article_id="1"))
    (tmp_path / "y.data").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (tmp_path / "z").write_text(TEXT, encoding="utf-8")
    assert [reasons(read(tmp_path / name)) for name in ("x.data", "y.data", "z")] == [["ok"]] * 3


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(record(article_id="1") + b"x\n"))
    monkeypatch.setattr(sys, "stdin", stream)
    results = list(read_articles("-", today=TODAY))
    assert reasons(results) == ["ok", "not_json"]


def test_the_outlet_gives_zone_country_and_camp(tmp_path: Path) -> None:
    settings_file = tmp_path / "sources.yaml"
    settings_file.write_text(
        "outlets:\n  - {id: x, domains: [example.org], country: YE, timezone: Asia/Aden, camp: one}\n", encoding="utf-8"
    )
    path = tmp_path / "a.jsonl"
    path.write_bytes(record(url="https://ar.example.org/a", published_at="2024-11-28T22:30:00Z"))
    (article,) = read(path, sources=load_sources(settings_file))
    assert isinstance(article, Article)
    assert (article.timezone, article.country, article.camp) == ("Asia/Aden", "YE", "one")
    assert article.published_at == date(2024, 11, 29)
    assert article.publisher == "ar.example.org"


def test_a_lone_surrogate_does_not_survive(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + TEXT.encode() + b' \\ud800"}\n')
    (article,) = read(path)
    assert isinstance(article, Article)
    article.text.encode("utf-8")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.binary(max_size=80).filter(lambda b: b"\n" not in b), st.just(b"GOOD")), max_size=12))
def test_no_bytes_between_them_lose_good_records(tmp_path: Path, chunks: list[bytes]) -> None:
    lines, good = [], 0
    for chunk in chunks:
        if chunk == b"GOOD":
            lines.append(record(article_id=f"g{good}"))
            good += 1
        else:
            lines.append(chunk + b"\n")
    path = tmp_path / "a.jsonl"
    path.write_bytes(record(article_id="first") + b"".join(lines) + record(article_id="last"))
    results = read(path)
    kept = [result.article_id for result in results if isinstance(result, Article)]
    assert [name for name in kept if name in {"first", "last"} or name.startswith("g")] == [
        "first",
        *(f"g{number}" for number in range(good)),
        "last",
    ]
