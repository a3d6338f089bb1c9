"""Resolution gets what it would tie, and little else: as if everything had been loaded."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from snapshot_records import DAY1, DAY3, article, strike

from conflict_events.records import Article, Claim, Count
from conflict_events.resolution import ArticleMeta, resolve
from conflict_events.snapshots import (
    TABLES,
    AuditSettings,
    DayRecords,
    Neighbourhood,
    PublishRequest,
    as_of,
    audit,
    build_tables,
    load_state,
    publish,
    sections,
)
from conflict_events.snapshots.layout import partition_files

TOWN = strike("n1", article("a7", DAY3), None)
"""At 35.9 N, 36.6 E, in Idlib, on the day of the strike that is known."""


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({}, True),
        ({"date_start": DAY3, "date_end": DAY3}, True),
        ({"date_start": DAY3 + timedelta(1), "date_end": DAY3 + timedelta(1)}, False),
        ({"action": "arrest"}, False),
        ({"lat": 36.6}, True),
        ({"lat": 33.5, "lon": 36.3, "admin1_en": "Damascus"}, False),
        ({"lat": 33.5, "lon": 36.3, "admin1_en": "Damascus", "geo_precision": 3}, False),
        ({"lat": 35.2, "place": "ريف إدلب", "place_id": None, "geo_precision": 3}, True),
        ({"lat": None, "lon": None}, True),
        ({"date_start": None, "date_end": None}, True),
        ({"date_start": None, "date_end": None, "published_at": date(2024, 5, 1)}, False),
        ({"date_start": date(2021, 1, 1), "date_end": date(2024, 12, 31)}, False),
        ({"is_aggregate": True}, False),
    ],
    ids=[
        "the same", "two days later", "three days later", "another kind", "80 km off", "far off",
        "another governorate", "its governorate", "no point", "undated", "undated, of May", "years", "a sum",
    ],
)  # fmt: skip
def test_what_is_near_by_day_place_and_kind(one_day: Path, changes: dict[str, object], near: bool) -> None:
    found, articles = Neighbourhood(one_day).near([replace(TOWN, **changes)])
    assert ("e1" in {claim.event_id for claim in found}) == near
    assert ("c1" in {claim.claim_id for claim in found}) == near
    assert set(articles) == {claim.article_id for claim in found}


def test_an_event_is_given_once_and_whole(two_days: Path) -> None:
    nearby = Neighbourhood(two_days)
    found, _ = nearby.near([TOWN])
    assert {claim.claim_id for claim in found if claim.event_id == "e1"} == {"c1", "c3"}
    assert nearby.near([TOWN]) == ([], {})
    assert nearby.events == [], "nothing changes yet"
    known = nearby.whole({"e1", "e404"})
    assert [one.event_id for one in known.events] == ["e1"]
    assert {claim.claim_id: bool(claim.spans and claim.sources) for claim in known.claims} == {"c1": True, "c3": True}
    held, _ = nearby.holding({"c6", "c1"}, [DAY1])
    assert [one.event_id for one in held.events] == ["e6"], "a sum, which nothing joins, but which may be corrected"
    assert [one.event_id for one in nearby.events] == ["e1", "e6"]


def test_nothing_is_near_before_the_first_day(tmp_path: Path) -> None:
    nearby = Neighbourhood(tmp_path)
    assert nearby.snapshot_date is None
    assert nearby.near([TOWN]) == ((), {})


def _told(number: int, day: date, chance: random.Random) -> tuple[Article, Claim]:
    """A strike in one of a row of villages ten kilometres apart, told late, vaguely or without a day."""
    source = article(f"a{number}", day, url=f"https://barada.example/{number}", publisher=f"o{number % 5}.example")
    happened = day - timedelta(days=chance.choice((0, 0, 1, 2, 3, 40)))
    village, vague, undated = chance.randrange(9), chance.random() < 0.3, chance.random() < 0.25
    if undated and chance.random() < 0.8:
        village = 20 + number  # where nothing else happens
    start, end = (None, None) if undated else (happened, happened + timedelta(days=2 * vague))
    killed = chance.choice((None, 2, 5, 9))
    claim = strike(
        f"c{number}",
        source,
        None,
        date_start=start,
        date_end=end,
        time_precision=2 if vague else 1,
        place=f"قرية {village}",
        place_id=f"x:{village}",
        lat=35.0 + village * 0.09,
        geo_precision=chance.choice((1, 1, 2, 3)),
        action=chance.choice(("air_strike", "air_strike", "shelling")),
        counts=(Count("killed", killed, killed, killed, "exact"),) if killed else (),
    )
    return source, claim


@pytest.mark.parametrize("seed", range(2))
def test_resolution_is_that_of_all_that_is_known(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "EVENTS_A_SECTION", 3)
    chance, number = random.Random(seed), 0
    for offset in range(6):
        day = date(2024, 2, 20) + timedelta(days=6 * offset)
        told = [_told(number + index, day, chance) for index in range(10)]
        number += len(told)
        articles, claims = [one for one, _ in told], [claim for _, claim in told]
        metas = {one.article_id: ArticleMeta(one.article_id, one.publisher, one.camp, None, day) for one in articles}
        nearby, everything = Neighbourhood(tmp_path), load_state(tmp_path)
        found = resolve(claims, None, metas, nearby=nearby)
        whole = resolve(claims, everything.known, {**everything.articles_meta, **metas})
        assert found.changed() == whole.changed()
        assert len(nearby.claims) <= len(everything.known.claims)
        events = [replace(one, first_seen_snapshot=one.first_seen_snapshot or day) for one in found.changed()]
        tables = build_tables(DayRecords(day, articles, claims, events, nearby.claims, found.assignments), tmp_path)
        publish(PublishRequest(tmp_path, day, tables, audit(tables, tmp_path, AuditSettings(content_floor=99))))
    assert len(nearby.claims) < len(everything.known.claims), "what is far from all of it is never loaded"
    _files_agree(tmp_path, day)


def _files_agree(root: Path, day: date) -> None:
    """What was cut into sections is what the snapshots hold, each claim lies with its event, and no file is large."""
    names = ("events", "event_counts", "event_actors", "event_articles", "claims", "claim_counts", "claim_spans")
    files = {name: partition_files(root / "latest", name) for name in (*names, "articles")}
    for name, paths in files.items():
        rows = [row for path in paths.values() for row in pq.ParquetFile(path).read().to_pylist()]
        key = TABLES[name].key
        assert sorted(rows, key=lambda row: [row[one] for one in key]) == as_of(root, day, name).to_pylist(), name
    section = {}
    for name, path in files["events"].items():
        rows = pq.ParquetFile(path).read().to_pylist()
        section |= {row["event_id"]: name for row in rows}
        assert len(rows) <= 3 or len({row["event_date"] or row["first_seen_snapshot"] for row in rows}) == 1
    for name, path in files["claims"].items():
        assert {section[row["event_id"]] for row in pq.ParquetFile(path).read().to_pylist()} == {name}
    assert len(set(section.values())) > 8 and any(name.startswith("undated-") for name in section.values())
