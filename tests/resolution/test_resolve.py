"""Claims become events: what joins, which id stays, what changed; the order of arrival decides nothing else."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.records import Claim, Count, SourceRef
from conflict_events.resolution import ArticleMeta, EventRecord, KnownState, Resolution, resolve

Make = Callable[..., Claim]


def _known(resolution: Resolution, claims: Sequence[Claim]) -> KnownState:
    """The state after a run, as the snapshots would give it back."""
    standing = [event for event in resolution.events if event.change not in ("merged", "retracted")]
    tied = [claim.with_event(resolution.assignments[claim.claim_id]) for claim in claims]
    return KnownState.of(
        [replace(e, first_seen_snapshot=e.first_seen_snapshot or date(2023, 7, 1)) for e in standing], tied
    )


def _groups(resolution: Resolution) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for claim_id, event_id in resolution.assignments.items():
        groups.setdefault(event_id, set()).add(claim_id)
    return {frozenset(group) for group in groups.values()}


def test_reports_of_one_strike_become_one_event(claim: Make) -> None:
    claims = [claim("a", killed=3), claim("b", killed=4, action="shelling"), claim("c", place="سرمين", killed=3)]
    resolution = resolve(claims)
    assert _groups(resolution) == {frozenset("ab"), frozenset("c")}
    event = next(event for event in resolution.events if len(event.claim_ids) == 2)
    assert (event.deaths_low, event.deaths_high, event.n_articles, event.n_publishers) == (3, 4, 2, 2)
    assert (event.change, event.revision, event.place_en) == ("new", 1, "Ariha")


def test_event_takes_the_most_precise_slots(claim: Make) -> None:
    vague = claim(
        "a",
        place="ريف إدلب",
        killed=7,
        injured=9,
        action="explosion",
        date_end=date(2023, 7, 4),
        time_precision=2,
        actor1=(),
    )
    (event,) = resolve([vague, claim("b", killed=7, injured=9)]).events
    assert (event.place, event.geo_precision, event.time_precision, event.action) == ("أريحا", 1, 1, "air_strike")
    assert event.date_start == event.date_end == date(2023, 7, 1)


def test_background_joins_what_it_retells(claim: Make) -> None:
    recap = claim("b", is_background=True, killed=3, published_at=date(2023, 9, 1))
    (event,) = resolve([claim("a", killed=3), recap]).events
    assert not event.is_background
    assert resolve([recap]).events[0].is_background


def test_aggregates_get_events_of_their_own(claim: Make) -> None:
    tolls = [claim(name, action="casualty_toll", is_aggregate=True, killed=208) for name in "ab"]
    assert len(resolve(tolls).events) == 2
    assert all(event.is_aggregate for event in resolve(tolls).events)


def test_copies_and_one_wire_are_one_independent_source(claim: Make, source: Any) -> None:
    wire = source(("وكالة سانا", "agency"))
    claims = [claim("a", killed=3, sources=wire), claim("b", killed=3, sources=wire), claim("c", killed=3)]
    metas = {
        "article-c": ArticleMeta("article-c", "c.example", "opposition"),
        "article-d": ArticleMeta("article-d", "d.example", "regime", near_duplicate_of="article-c"),
    }
    (event,) = resolve([*claims, claim("d", killed=3)], None, metas).events
    assert (event.n_articles, event.n_independent_sources, event.n_camps) == (4, 2, 2)


def test_more_independent_sources_more_confidence(claim: Make) -> None:
    alone = resolve([claim("a", killed=3)]).events[0]
    both = resolve([claim("a", killed=3), claim("b", killed=3)]).events[0]
    assert alone.confidence == 0.8 < both.confidence <= 1


def test_id_survives_late_articles(claim: Make) -> None:
    first = [claim("b", killed=3)]
    before = resolve(first)
    earlier_anchor = claim("a", killed=5, published_at=date(2023, 6, 30))
    after = resolve([earlier_anchor], _known(before, first))
    (event,) = after.events
    assert event.event_id == before.events[0].event_id
    assert (event.change, event.revision, event.claim_ids) == ("revised", 2, ("a", "b"))
    assert "1 claim joined" in event.reason and "deaths" in event.reason


def test_what_new_claims_do_not_reach_stays_unchanged(claim: Make) -> None:
    known_claims = [claim("a", killed=3), claim("b", place="سرمين", killed=2)]
    before = resolve(known_claims)
    after = resolve([claim("c", killed=3)], _known(before, known_claims))
    assert {event.change for event in after.events} == {"revised", "unchanged"}
    assert [event.place for event in after.changed()] == ["أريحا"]


def test_the_same_claims_again_change_nothing(claim: Make) -> None:
    claims = [claim("a", killed=3), claim("b", killed=4)]
    before = resolve(claims)
    after = resolve(claims, _known(before, claims))
    assert [event.change for event in after.events] == ["unchanged"]
    assert after.changed() == ()


def test_merged_events_name_their_heir(claim: Make) -> None:
    claims = [claim("a", killed=3), claim("b", killed=3)]
    apart = [resolve([one]) for one in claims]
    known = KnownState.of(
        [
            replace(apart[0].events[0], first_seen_snapshot=date(2023, 7, 2)),
            replace(apart[1].events[0], first_seen_snapshot=date(2023, 7, 1)),
        ],
        [one.with_event(run.events[0].event_id) for one, run in zip(claims, apart, strict=True)],
    )
    after = resolve([claim("c", killed=3)], known)
    heir, lost = apart[1].events[0].event_id, apart[0].events[0].event_id
    assert [(t.event_id, t.heir) for t in after.tombstones] == [(lost, heir)]
    merged = next(event for event in after.events if event.event_id == lost)
    assert (merged.change, merged.merged_into, merged.revision) == ("merged", heir, 2)
    assert set(after.assignments.values()) == {heir}


def test_split_keeps_the_id_with_the_larger_part(claim: Make) -> None:
    wrong = [claim("a", killed=3), claim("b", killed=3), claim("c", killed=3)]
    before = resolve(wrong)
    corrected = claim("c", place="سرمين", killed=3)
    after = resolve([corrected], _known(before, wrong))
    kept = before.events[0].event_id
    assert after.assignments["a"] == after.assignments["b"] == kept != after.assignments["c"]
    split = next(event for event in after.events if event.event_id == after.assignments["c"])
    assert split.reason == f"split from {kept}"
    assert next(event for event in after.events if event.event_id == kept).change == "revised"


def _deaths(resolution: Resolution) -> int:
    standing = [event for event in resolution.events if event.change not in ("merged", "retracted")]
    return sum(event.deaths_best or 0 for event in standing if not event.is_aggregate)


def test_deaths_are_counted_once_however_often_they_are_told(claim: Make, source: Any) -> None:
    """First news, a rewrite, a vaguer report, a recap a month later and a monthly toll: five died, once."""
    civil_defence = source(("الدفاع المدني", "civil_defence"))
    claims = [
        claim("a", killed=3, sources=civil_defence),
        claim("b", killed=3, action="shelling"),
        claim("c", killed=5, sources=civil_defence, published_at=date(2023, 7, 2)),
        claim("d", place="ريف إدلب", killed=5, injured=8),
        claim("e", killed=5, injured=8, is_background=True, published_at=date(2023, 8, 1)),
        claim("f", action="casualty_toll", is_aggregate=True, killed=40, date_end=date(2023, 7, 31)),
    ]
    resolution = resolve(claims)
    assert _groups(resolution) == {frozenset("abcde"), frozenset("f")}
    assert _deaths(resolution) == 5


def test_a_recap_with_a_higher_toll_revises_the_event(claim: Make, source: Any) -> None:
    first = [claim("a", killed=3, sources=source(("المرصد", "observatory")))]
    before = resolve(first)
    recap = claim("b", killed=6, injured=11, is_background=True, published_at=date(2023, 7, 3))
    recap = replace(recap, sources=source(("المرصد", "observatory")))
    after = resolve([recap], _known(before, first))
    (event,) = after.events
    assert (event.event_id, event.revision, event.deaths_best) == (before.events[0].event_id, 2, 6)
    assert not event.is_background
    assert "deaths best 3 -> 6" in event.reason


def test_an_earlier_strike_retold_is_not_added_to_today_s(claim: Make) -> None:
    """A page on today's strike recalls last week's on the same town: two events, each with its own dead."""
    today, recalled = (
        claim("a", "page", killed=3),
        claim("b", "page", killed=12, date_start=date(2023, 6, 24), is_background=True),
    )
    last_week = claim("c", killed=12, injured=20, date_start=date(2023, 6, 24), published_at=date(2023, 6, 24))
    resolution = resolve([today, recalled, last_week])
    assert _groups(resolution) == {frozenset("a"), frozenset("bc")}
    assert _deaths(resolution) == 15


def test_an_event_without_claims_is_retracted(claim: Make) -> None:
    claims = [claim("a", killed=3)]
    before = resolve(claims)
    after = resolve([], _known(before, claims), withdrawn={"a": "the outlet took its article back"})
    assert [event.change for event in after.events] == ["retracted"]
    assert after.assignments == {} and after.tombstones[0].heir is None


def test_two_claims_with_one_id_are_refused(claim: Make) -> None:
    with pytest.raises(ValueError, match="unique"):
        resolve([claim("a"), claim("a", place="سرمين")])


def test_notes_say_what_happened_without_names(claim: Make) -> None:
    (event,) = resolve([claim("a", killed=3, injured=5)]).events
    assert event.notes_en == (
        "Air strike by Russian forces against civilians in Ariha, Idlib, on 2023-07-01: 3 killed, 5 injured "
        "(1 article(s), 1 independent source(s))."
    )
    assert "غارة جوية من جانب القوات الروسية ضد مدنيين في أريحا" in event.notes_ar


def test_record_survives_json(claim: Make) -> None:
    (event,) = resolve([claim("a", killed=3, injured=5)]).events
    assert EventRecord.from_json(json.loads(json.dumps(event.to_json()))) == event


_VILLAGES = [
    ("أريحا", 35.81, 36.61, 1),
    ("سرمين", 35.90, 36.73, 1),
    ("ريف إدلب", 35.82, 36.62, 3),
    ("محيط أريحا", 35.82, 36.60, 2),
]


@st.composite
def _claims(draw: st.DrawFn) -> list[Claim]:
    found = []
    for index in range(draw(st.integers(1, 9))):
        place, lat, lon, precision = draw(st.sampled_from(_VILLAGES))
        day = date(2023, 7, 1) + timedelta(days=draw(st.integers(0, 2)))
        killed = draw(st.sampled_from([None, 1, 3, 4, 12]))
        kind = draw(st.sampled_from(["observatory", "media", None]))
        found.append(
            Claim(
                f"c{index}",
                f"article{draw(st.integers(0, 5))}",
                draw(st.sampled_from(["air_strike", "shelling", "armed_clash", "casualty_toll"])),
                f"كلمات الخبر رقم {index} عن {place} في يومها",
                index,
                index + 1,
                "test",
                0.7,
                date_start=day,
                date_end=day,
                time_precision=1,
                date_source=draw(st.sampled_from(["relative", "publication"])),
                place=place,
                lat=lat,
                lon=lon,
                geo_precision=precision,
                admin1_en="Idlib",
                country="SY",
                actor1=draw(st.sampled_from([(), ("RUS",), ("SYR_REGIME",)])),
                counts=() if killed is None else (Count("killed", killed, killed, killed, "exact"),),
                sources=() if kind is None else (SourceRef("المصدر", kind),),
                published_at=day + timedelta(days=draw(st.integers(0, 3))),
            )
        )
    return found


@given(_claims(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_within_a_run_decides_nothing(claims: list[Claim], shuffle: random.Random) -> None:
    mixed = list(claims)
    shuffle.shuffle(mixed)
    assert resolve(mixed) == resolve(claims)


@given(_claims(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_arrival_decides_ids_and_revisions_only(claims: list[Claim], shuffle: random.Random) -> None:
    """What belongs together, and the reconciled slots, are the same however the claims come in."""
    at_once = resolve(claims)
    mixed = list(claims)
    shuffle.shuffle(mixed)
    state, arrived = KnownState(), []
    cut = shuffle.randint(0, len(mixed))
    last = at_once
    for part in (mixed[:cut], mixed[cut:]):
        last = resolve(part, state)
        arrived += part
        state = _known(last, arrived)
    assert _groups(last) == _groups(at_once)
    content = (
        "claim_ids",
        "action",
        "date_start",
        "place",
        "actor1",
        "counts",
        "deaths_best",
        "confidence",
        "n_independent_sources",
    )

    def slots(resolution: Resolution) -> set[Any]:
        standing = [event for event in resolution.events if event.change not in ("merged", "retracted")]
        return {tuple(getattr(event, name) for name in content) for event in standing}

    assert slots(last) == slots(at_once)


def test_golden_events_told_by_several_articles(root: Path) -> None:
    """The golden claims that tell one event are joined, and no others that the goldens keep apart."""
    golden = {
        one["article_id"]: one["events"] for one in json.loads((root / "tests/golden/expected.json").read_text("utf-8"))
    }
    claims = []
    for article_id, events in golden.items():
        for number, event in enumerate(events):
            fields = {
                "claim_id": f"{article_id}#{number}",
                "article_id": article_id,
                "evidence_start": number,
                "evidence_end": number + 1,
            }
            claims.append(Claim.from_json({**event, **fields}))
    assigned = resolve(claims).assignments
    wanted, joined = set(), set()
    for same in json.loads((root / "tests/golden/same_events.json").read_text("utf-8")):
        ids = [_golden_id(golden, told) for told in same["claims"]]
        wanted |= {frozenset((a, b)) for a in ids for b in ids if a != b}
    ordered = sorted(assigned)
    for index, a in enumerate(ordered):
        joined |= {frozenset((a, b)) for b in ordered[:index] if assigned[a] == assigned[b]}
    assert wanted <= joined, f"split: {wanted - joined}"
    assert joined <= wanted, f"joined wrongly: {joined - wanted}"


def _golden_id(golden: dict[str, list[dict[str, Any]]], told: dict[str, Any]) -> str:
    for number, event in enumerate(golden[told["article_id"]]):
        if event["action"] == told["action"] and event["evidence"] == told["evidence"]:
            return f"{told['article_id']}#{number}"
    raise AssertionError(f"same_events.json names a claim that is not in expected.json: {told['article_id']}")


def test_a_side_of_a_battle_stands_on_one_side_only(claim: Make) -> None:
    clash = {"action": "armed_clash", "killed": 5}
    one = claim("a", actor1=("SYR_REGIME",), actor2=("OPPOSITION",), **clash)
    other = claim("b", actor1=("OPPOSITION", "SYR_REGIME"), actor2=(), **clash)
    (event,) = resolve([one, other]).events
    assert (event.actor1, event.actor2) == (("SYR_REGIME",), ("OPPOSITION",))
