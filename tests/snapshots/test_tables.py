"""Tables say what the records say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snapshot_records import DAY1, DAY2, article, clash, event, first_day, second_day, strike

from conflict_events.records import Article, CleanArticle, Count
from conflict_events.snapshots import TABLES, DayRecords, SnapshotError, build_tables
from conflict_events.snapshots.rows import join, split, total_of


def test_a_claim_is_flattened() -> None:
    row = next(row for row in build_tables(first_day())["claims"].to_pylist() if row["claim_id"] == "c1")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (5, 5, None)
    assert (row["injured_low"], row["injured_best"], row["injured_high"]) == (12, None, 15)
    assert row["strikes_best"] == 2
    assert row["munitions_best"] is None
    assert (row["killed_qualifier"], row["killed_text"]) == ("at_least", "خمسة مدنيين على الأقل")
    assert (row["sources"], row["source_type"], row["stance"]) == ("SOHR; unnamed sources", "observatory", "states")
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert row["infrastructure"] == "market; school"
    assert row["evidence"].startswith("قتل خمسة")


def test_quotes_stay_home_where_the_setting_says_so() -> None:
    told = build_tables(first_day())["claims"].to_pylist()
    untold = build_tables(first_day(quote_evidence=False))["claims"].to_pylist()
    assert {row["evidence"] for row in untold} == {None}
    assert [row["evidence_sha256"] for row in untold] == [row["evidence_sha256"] for row in told]


def test_an_event_has_labels_types_and_bridges() -> None:
    tables = build_tables(first_day())
    row = next(row for row in tables["events"].to_pylist() if row["event_id"] == "e2")
    assert (row["action_en"], row["action_ar"]) == ("Armed clash", "اشتباك مسلح")
    assert (row["actor1"], row["actor1_ar"]) == ("SYR_REGIME", "قوات النظام السوري")
    assert row["actor2_en"] == "Hayat Tahrir al-Sham; local fighters"
    assert (row["deaths_low"], row["deaths_qualifier"], row["deaths_text"]) == (None, "vague", "عشرات القتلى")
    assert (row["first_seen_snapshot"], row["last_revised_snapshot"]) == (DAY1, DAY1)
    assert row["sources"] == "barada.example"
    roles = [(one["event_id"], one["role"], one["actor_id"]) for one in tables["event_actors"].to_pylist()]
    assert ("e2", "actor2", "OTHER:local fighters") in roles
    places = [(one["role"], one["place"]) for one in tables["event_places"].to_pylist() if one["event_id"] == "e1"]
    assert places == [("main", "النخلة"), ("other", "السرو")]
    assert set(tables["dim_actor"]["actor_id"].to_pylist()) == {
        "CIVILIANS", "HTS", "OTHER:local fighters", "RUS", "SYR_REGIME",
    }  # fmt: skip


def test_only_what_changed_is_stored() -> None:
    tables = build_tables(second_day())
    assert [(row["event_id"], row["change"]) for row in tables["events"].to_pylist()] == [
        ("e1", "revised"), ("e4", "new"), ("e5", "new"), ("e6", "new"),
    ]  # fmt: skip
    told_by = [row["claim_id"] for row in tables["event_articles"].to_pylist() if row["event_id"] == "e1"]
    assert told_by == ["c1", "c3"]
    assert "c1" not in tables["claims"]["claim_id"].to_pylist()
    assert tables["events"]["last_revised_snapshot"].to_pylist() == [DAY2] * 4


def test_a_reassigned_claim_is_stored_again() -> None:
    known = strike()
    heir = event(replace(known, event_id="e9"), revision=1)
    ended = event(known, revision=2, change="merged", merged_into="e9", reason="one strike")
    records = DayRecords(DAY2, (), (), (heir, ended), (known,), {"c1": "e9"})
    tables = build_tables(records)
    assert [(r["claim_id"], r["change"], r["event_id"]) for r in tables["claims"].to_pylist()] == [
        ("c1", "reassigned", "e9")
    ]
    assert {row["event_id"] for row in tables["event_actors"].to_pylist()} == {"e9"}
    assert tables["claim_counts"].num_rows == 0


def test_copies_and_coverage_are_counted_from_the_articles() -> None:
    copy = CleanArticle(article("a2", publisher=None), (), near_duplicate_of="a1")
    tables = build_tables(DayRecords(DAY1, (article(), copy), (), ()))
    rows = {row["publisher"]: row for row in tables["source_coverage"].to_pylist()}
    assert (rows["unknown"]["articles_read"], rows["unknown"]["articles_cut"]) == (1, 1)
    assert rows["barada.example"]["articles_cut"] == 0
    assert tables["articles"]["near_duplicate_of"].to_pylist() == [None, "a1"]


def test_an_event_without_its_claim_is_an_error() -> None:
    with pytest.raises(SnapshotError, match="event e1 names the claim c1"):
        build_tables(DayRecords(DAY1, (article(),), (), (event(strike()),)))


def test_broken_text_and_absurd_numbers_lose_no_row() -> None:
    odd = Article("a9", "x", title="half a \ud83d pair")
    claim = strike("c9", article(), counts=(Count("killed", 10**12, 10**12, 10**12, "exact"),))
    tables = build_tables(DayRecords(DAY1, (article(), odd), (claim,), (event(claim),)))
    assert tables["articles"]["title"].to_pylist()[1] == "half a ? pair"
    assert tables["claims"]["killed_best"].to_pylist() == [None]


def test_tables_come_in_file_order_whatever_the_order_of_arrival() -> None:
    records = first_day()
    turned = replace(records, articles=records.articles[::-1], claims=records.claims[::-1], events=records.events[::-1])
    straight, other = build_tables(records), build_tables(turned)
    for name in TABLES:
        assert straight[name].equals(other[name]), name


numbers = st.one_of(st.none(), st.integers(0, 300))


@st.composite
def stated(draw: st.DrawFn) -> Count:
    """A count as the codebook writes it."""
    n, more = draw(st.integers(0, 300)), draw(st.integers(0, 50))
    return draw(
        st.sampled_from(
            [
                Count("killed", n, n, n, "exact"),
                Count("killed", n, n, None, "at_least"),
                Count("killed", None, n, n, "at_most"),
                Count("killed", n, None, n + more, "range"),
                Count("killed", None, None, None, "vague", None, "عشرات"),
            ]
        )
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(stated(), min_size=1, max_size=4))
def test_a_total_is_ordered_and_invents_nothing(counts: list[Count]) -> None:
    total = total_of(counts, "killed")
    assert total is not None
    known = [n for n in (total.low, total.best, total.high) if n is not None]
    assert known == sorted(known)
    assert set(known) <= {n for c in counts for n in (c.low, c.best, c.high) if n is not None}
    if any(c.high is None and c.qualifier == "at_least" for c in counts):
        assert total.high is None


def test_groups_are_no_totals() -> None:
    assert total_of((Count("killed", 3, 3, 3, "exact", "children"),), "killed") is None


@given(st.lists(st.text(min_size=1).filter(lambda value: ";" not in value), max_size=4))
def test_cells_with_lists_come_back(values: list[str]) -> None:
    assert split(join(values)) == tuple(values)


def test_days_keep_their_type() -> None:
    assert build_tables(first_day())["events"]["event_date"].to_pylist() == [date(2024, 3, 15)] * 2
    assert clash().date_start == DAY1
