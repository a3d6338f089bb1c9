"""What is found near a claim, and when groups of claims become one."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.records import Claim, Count
from conflict_events.resolution.blocking import Shelves
from conflict_events.resolution.clustering import Comparisons, cluster
from conflict_events.resolution.likeness import load_likeness
from conflict_events.resolution.profiles import Profile, profile
from conflict_events.resolution.regrouping import regroup
from conflict_events.resolution.similarity import JOIN, Comparer

Make = Callable[..., Claim]


def _profiles(claims: Sequence[Claim]) -> list[Profile]:
    return sorted(map(profile, claims), key=lambda item: item.order)


def _groups(claims: Sequence[Claim]) -> list[set[str]]:
    comparisons = Comparisons(_profiles(claims), load_likeness())
    found = cluster(comparisons, range(len(claims)))
    return [{comparisons.profiles[index].claim.claim_id for index in group} for group in found]


def test_one_misread_claim_keeps_no_two_groups_apart(claim: Make) -> None:
    """Six reports from each side of midnight; one article, misread, seems to tell both days."""

    def reports(day: date, *pages: str) -> list[Claim]:
        return [claim(f"{page}{day.day}", page, killed=4, injured=9, date_start=day) for page in pages]

    first, second = date(2023, 7, 1), date(2023, 7, 2)
    assert len(_groups([*reports(first, *"abcdef"), *reports(second, *"fghijk")])) == 1
    assert len(_groups([*reports(first, *"abcdef"), *reports(second, *"abcdef")])) == 2


def test_many_reports_of_two_villages_stay_two_events(claim: Make) -> None:
    ariha = [claim(f"a{n}", killed=4) for n in range(5)]
    sarmin = [claim(f"b{n}", place="سرمين", killed=4) for n in range(5)]
    countryside = [claim("c", place="ريف إدلب", killed=4)]
    groups = _groups([*ariha, *sarmin, *countryside])
    assert len(groups) == 2
    assert not any({"a0", "b0"} <= group for group in groups)


def test_only_what_is_near_is_looked_at(claim: Make) -> None:
    """A year of strikes on one town: a claim sees those of its days, not those of the year."""
    year = [claim(f"c{n:03}", date_start=date(2023, 1, 1) + timedelta(days=n)) for n in range(365)]
    shelves = Shelves(_profiles(year), load_likeness())
    assert max(len(shelves.near(index)) for index in range(365)) <= 4


def test_a_new_claim_changes_its_own_event_only(claim: Make) -> None:
    profiles = _profiles([claim("a", killed=4), claim("b", killed=4), claim("c", place="سرمين", killed=4)])
    index = {item.claim.claim_id: number for number, item in enumerate(profiles)}
    found = regroup(Comparisons(profiles, load_likeness()), [index["a"]])
    assert found == [(index["a"], index["b"])]


_SITES: list[dict[str, Any]] = [
    {"place": "أريحا", "lat": 35.81, "lon": 36.61, "geo_precision": 1, "admin1_en": "Idlib"},
    {"place": "أريحا", "lat": 35.81, "lon": 36.61, "geo_precision": 1},
    {"place": "محيط أريحا", "lat": 35.82, "lon": 36.60, "geo_precision": 2, "admin1_en": "Idlib"},
    {"place": "ريف إدلب", "lat": 35.93, "lon": 36.63, "geo_precision": 3, "admin1_en": "Idlib"},
    {"place": "الشمال السوري", "lat": 36.2, "lon": 37.1, "geo_precision": 3},
    {"place": "حلب", "lat": 36.2, "lon": 37.16, "geo_precision": 1, "admin1_en": "Aleppo"},
]


@st.composite
def _reports(draw: st.DrawFn, most: int = 12) -> list[Claim]:
    found = []
    for number in range(draw(st.integers(2, most))):
        published = date(2023, 7, 1) + timedelta(days=draw(st.integers(0, 9)))
        start = draw(st.sampled_from([None, published, published - timedelta(days=1), published - timedelta(days=20)]))
        killed = draw(st.sampled_from([None, 1, 5, 6]))
        found.append(
            Claim(
                f"c{number}",
                f"page{draw(st.integers(0, 6))}",
                draw(st.sampled_from(["air_strike", "shelling", "explosion", "arrest", "other", "casualty_toll"])),
                "قصف الطيران الحربي بلدة في ريف إدلب فقتل وأصاب مدنيين",
                number,
                number + 1,
                "test",
                0.7,
                date_start=start,
                date_end=start + timedelta(days=draw(st.sampled_from([0, 1, 12, 200]))) if start else None,
                time_precision=draw(st.sampled_from([1, 2, 3])) if start else None,
                date_source=draw(st.sampled_from(["relative", "publication"])) if start else None,
                counts=() if killed is None else (Count("killed", killed, killed, killed, "exact"),),
                published_at=published,
                country="SY",
                **draw(st.sampled_from(_SITES)),
            )
        )
    return found


@given(_reports())
@settings(max_examples=40, deadline=None)
def test_looking_is_mutual(claims: list[Claim]) -> None:
    """What finds a claim is found by it: else the order of arrival would decide what belongs together."""
    shelves = Shelves(_profiles(claims), load_likeness())
    near = {index: set(shelves.near(index)) for index in range(len(claims))}
    assert all(index in near[other] for index, others in near.items() for other in others)


@given(_reports())
@settings(max_examples=40, deadline=None)
def test_nothing_alike_is_overlooked_and_nothing_else_is_called_alike(claims: list[Claim]) -> None:
    """Looking on the shelves, and the quick refusal of pairs, find what comparing all pairs finds."""
    profiles = _profiles(claims)
    comparisons, comparer = Comparisons(profiles, load_likeness()), Comparer(load_likeness())
    for index, item in enumerate(profiles):
        alike = comparisons.alike(index)
        for other, against in enumerate(profiles):
            score = None if other == index else comparer.compare(item, against)
            assert alike.get(other) == (score if score is not None and score >= JOIN else None) or _out_of_sight(
                item, against
            )


def _out_of_sight(a: Profile, b: Profile) -> bool:
    """Further apart in days than is looked for: more than two, or told more than a month after."""
    spans = []
    for item in (a, b):
        first, last = item.when.first, item.when.last
        if first is None or last is None:
            last = item.published or date.max
            first = last - timedelta(days=31)
        spans.append((first, last))
    (start_a, end_a), (start_b, end_b) = spans
    return max((start_b - end_a).days, (start_a - end_b).days) > 2


@given(st.lists(_reports(20), min_size=3, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_grouping_what_changes_is_grouping_everything(parts: list[list[Claim]], shuffle: random.Random) -> None:
    """Claims come some at a time, and are taken back: what is not looked at stays as grouping all would leave it."""
    waiting = [replace(one, claim_id=f"{part}-{one.claim_id}") for part, claims in enumerate(parts) for one in claims]
    shuffle.shuffle(waiting)
    there: dict[str, Claim] = {}
    while waiting:
        start = {one.claim_id for one in waiting[:6]}
        there |= {one.claim_id: one for one in waiting[:6]}
        del waiting[:6]
        if shuffle.random() < 0.5:
            gone = there.pop(shuffle.choice(sorted(there)))
            start |= {one.claim_id for one in there.values() if one.event_id and one.event_id == gone.event_id}
        profiles = _profiles(list(there.values()))
        ids = [item.claim.claim_id for item in profiles]
        found = regroup(
            Comparisons(profiles, load_likeness()), [index for index, one in enumerate(ids) if one in start]
        )
        for group in found:
            there |= {ids[one]: there[ids[one]].with_event(ids[group[0]]) for one in group}
        everything = cluster(Comparisons(profiles, load_likeness()), range(len(profiles)))
        assert _by_event(there.values()) == {frozenset(ids[one] for one in group) for group in everything}


def _by_event(claims: Iterable[Claim]) -> set[frozenset[str]]:
    groups: dict[str | None, set[str]] = {}
    for one in claims:
        groups.setdefault(one.event_id, set()).add(one.claim_id)
    return set(map(frozenset, groups.values()))
