"""What comes back from the snapshots is what went in; past days stay as they were known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from snapshot_records import DAY1, DAY2, DAY3, article, clash, event, first_day, publish_day, second_day, strike, texts

from conflict_events.snapshots import (
    DayRecords,
    NothingPublished,
    as_of,
    build_tables,
    load_claims,
    load_state,
)


def test_events_and_claims_come_back_as_they_were(tmp_path: Path) -> None:
    publish_day(tmp_path, first_day())
    state = load_state(tmp_path)
    assert state.snapshot_date == DAY1
    assert sorted(state.known.claims, key=lambda claim: claim.claim_id) == list(first_day().claims)
    for found, given in zip(state.known.events, first_day().events, strict=True):
        assert found == replace(given, first_seen_snapshot=DAY1, last_revised_snapshot=DAY1)
    meta = state.articles_meta["a1"]
    assert (meta.publisher, meta.camp, meta.published_at) == ("barada.example", "opposition", DAY1)


def test_nothing_is_known_before_the_first_day(tmp_path: Path) -> None:
    state = load_state(tmp_path)
    assert state.snapshot_date is None
    assert state.known.events == ()
    with pytest.raises(NothingPublished):
        as_of(tmp_path, DAY1)


def test_unpublished_quotes_are_read_from_the_archive(tmp_path: Path) -> None:
    records = first_day(quote_evidence=False)
    publish_day(tmp_path, records)
    assert {claim.evidence for claim in load_claims(tmp_path)} == {""}
    found = load_claims(tmp_path, texts=texts(records).get)
    assert {claim.evidence for claim in found} == {claim.evidence for claim in records.claims}


def test_a_reassigned_claim_keeps_the_hash_of_its_unpublished_quote(tmp_path: Path) -> None:
    publish_day(tmp_path, first_day(quote_evidence=False))
    known = load_claims(tmp_path)
    ended = event(clash(), revision=2, change="merged", merged_into="e1", reason="one battle")
    heir = event(strike(), clash(event_id="e1"), revision=2, change="revised")
    records = DayRecords(DAY2, (), (), (heir, ended), known, {"c1": "e1", "c2": "e1"})
    rows = build_tables(records, tmp_path)["claims"].to_pylist()
    first = build_tables(first_day())["claims"].to_pylist()
    assert [(row["claim_id"], row["change"], row["event_id"]) for row in rows] == [("c2", "reassigned", "e1")]
    assert rows[0]["evidence_sha256"] == next(row["evidence_sha256"] for row in first if row["claim_id"] == "c2")


def test_only_what_is_near_the_days_is_read(two_days: Path) -> None:
    source = article("a9", DAY3)
    far = strike("c9", source, "e9", date_start=date(2012, 5, 1), date_end=date(2012, 5, 1))
    publish_day(two_days, DayRecords(DAY3, (source,), (far,), (event(far),)))
    near = {one.event_id for one in load_state(two_days, [DAY1]).known.events}
    assert near == {"e1", "e2", "e4", "e5"}, "not the aggregate toll, which nothing joins"
    assert {one.event_id for one in load_state(two_days, [DAY1], undated=False).known.events} == near - {"e5"}
    assert {one.event_id for one in load_state(two_days, [date(2012, 5, 20)], undated=False).known.events} == {"e9"}
    assert {claim.claim_id for claim in load_claims(two_days, [DAY1], margin_days=0)} == {"c1", "c2", "c3", "c5"}


def test_near_is_counted_in_days_not_in_months(two_days: Path) -> None:
    for margin, wanted in ((0, {"e1", "e2"}), (23, {"e1", "e2"}), (24, {"e1", "e2", "e4"})):
        found = load_state(two_days, [DAY1], margin_days=margin, undated=False).known.events
        assert {one.event_id for one in found} == wanted, margin
    early = load_state(two_days, [date(2024, 2, 1)], margin_days=0).known.events
    assert {one.event_id for one in early} == set(), "an undated claim tells the month before its article, of 16 March"
    assert {one.event_id for one in load_state(two_days, [date(2024, 2, 15)], margin_days=0).known.events} == {"e5"}


def test_a_past_day_is_what_was_known_then(two_days: Path) -> None:
    then = {row["event_id"]: row for row in as_of(two_days, DAY1).to_pylist()}
    now = {row["event_id"]: row for row in as_of(two_days, DAY2).to_pylist()}
    assert (then["e1"]["revision"], then["e1"]["deaths_high"]) == (1, None)
    assert (now["e1"]["revision"], now["e1"]["deaths_high"]) == (2, 7)
    assert set(now) - set(then) == {"e4", "e5", "e6"}
    assert as_of(two_days, DAY1, "claims")["claim_id"].to_pylist() == ["c1", "c2"]
    assert {
        row["revision"] for row in as_of(two_days, DAY2, "event_actors").to_pylist() if row["event_id"] == "e1"
    } == {2}
    assert as_of(two_days, date(2030, 1, 1)).equals(as_of(two_days, DAY2))


def test_as_of_the_last_day_is_latest(two_days: Path) -> None:
    import pyarrow.parquet as pq

    from conflict_events.snapshots import TABLES

    for name in ("events", "event_articles", "claims", "claim_counts", "articles"):
        rows = [
            row for path in (two_days / "latest" / name).glob("*") for row in pq.ParquetFile(path).read().to_pylist()
        ]
        key = TABLES[name].key
        assert sorted(rows, key=lambda row: [row[k] for k in key]) == as_of(two_days, DAY2, name).to_pylist()


def test_second_days_events_follow_the_first(two_days: Path) -> None:
    (strike_now,) = (one for one in load_state(two_days).known.events if one.event_id == "e1")
    assert strike_now.claim_ids == ("c1", "c3")
    assert (strike_now.first_seen_snapshot, strike_now.last_revised_snapshot) == (DAY1, DAY2)
    assert second_day().events[0].revision == strike_now.revision
