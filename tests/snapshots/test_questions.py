"""Ten questions that an analyst asks, in SQL, with their answers on the sample articles."""

import json
import re
from datetime import date
from pathlib import Path

import polars
import pyarrow as pa
import pytest
from sample_workspace import ANSWERS, INCLUDE, QUESTIONS, answers, publish_samples

from conflict_events.snapshots import as_of, connect, question
from conflict_events.snapshots.layout import LATEST_TABLES, partition_files


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("samples") / "data"
    publish_samples(root)
    return root


@pytest.fixture(scope="module")
def found(samples: Path) -> dict[str, list[list[str | None]]]:
    return answers(samples)


def test_there_are_ten() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_on_the_samples(found: dict[str, list[list[str | None]]], name: str) -> None:
    expected = json.loads(ANSWERS.read_text(encoding="utf-8"))[name]
    assert found[name] == expected, "if resolution changed, run sample_workspace.py and read the diff"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_asks_in_both_languages(name: str) -> None:
    english, arabic = question(name).splitlines()[:2]
    assert english.startswith("-- ") and english.endswith("?")
    assert re.search("[\u0600-\u06ff]", arabic) and arabic.endswith("؟")


def test_some_answers_by_another_way(samples: Path, found: dict[str, list[list[str | None]]]) -> None:
    """The answers above were written by the queries themselves; these were counted otherwise."""
    files = partition_files(samples / "latest", "events").values()
    events = pa.concat_tables([polars.read_parquet(path).to_arrow() for path in files]).to_pylist()
    contested = [row for row in events if row["disagreement"]]
    assert len(found["04_contested_tolls"]) - 1 == len(contested) > 0
    both = {row["place"] for row in events if row["n_camps"] > 1}
    assert {row[1] for row in found["06_seen_by_both_camps"][1:]} == both
    deadly = [row for row in events if not row["is_aggregate"] and row["event_date"] and row["event_type"]]
    tolls: dict[date, int] = {}
    for row in deadly:
        toll = row["deaths_best"] if row["deaths_best"] is not None else row["deaths_low"]
        tolls[row["event_date"]] = tolls.get(row["event_date"], 0) + (toll or 0)
    assert found["01_deadliest_days"][1][3] == str(max(tolls.values()))


def test_as_of_in_sql_is_as_of_in_python(samples: Path) -> None:
    for day in (date(2024, 3, 11), date(2024, 3, 13), date(2026, 1, 1)):
        with connect(samples) as connection:
            rows = connection.execute("SELECT event_id, revision FROM events_as_of($day)", {"day": day}).fetchall()
        known = as_of(samples, day).to_pylist()
        assert sorted(rows) == sorted((row["event_id"], row["revision"]) for row in known)


@pytest.mark.parametrize("name", LATEST_TABLES)
def test_polars_opens_every_table(samples: Path, name: str) -> None:
    files = list(partition_files(samples / "latest", name).values())
    frame = polars.read_parquet(files)
    assert frame.columns == list(LATEST_TABLES[name].names)
    assert frame.height == sum(polars.read_parquet(path).height for path in files)


def test_questions_need_no_more_than_the_tables() -> None:
    names = {path.name for path in (INCLUDE / "sql").glob("*.sql")}
    assert names == {"acled_view.sql", "ucdp_view.sql", "events_as_of.sql"}
