"""The written rule for counts, and the deaths by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.records import Claim, Count, SourceRef
from conflict_events.resolution.likeness import load_likeness
from conflict_events.resolution.profiles import Profile, profile
from conflict_events.resolution.tolls import Deaths, deaths_by_side, disagreement, number_of, reconcile

Make = Callable[..., Claim]


def _killed(*groups: list[Claim]) -> Count:
    found = reconcile([[profile(one) for one in group] for group in groups], load_likeness())
    return next(row for row in found if row.measure == "killed" and row.group is None)


def test_low_is_the_smallest_and_high_the_largest(claim: Make) -> None:
    row = _killed([claim("a", killed=5)], [claim("b", killed=9)])
    assert (row.low, row.high) == (5, 9)


def test_latest_report_of_the_best_source_decides(claim: Make, source: Any) -> None:
    observatory = source(("المرصد", "observatory"))
    early = claim("a", killed=5, sources=observatory, published_at=date(2023, 7, 1))
    late = claim("b", killed=9, sources=observatory, published_at=date(2023, 7, 3))
    rumour = claim("c", killed=30, sources=source(("ناشطون", "activist")), published_at=date(2023, 7, 4))
    assert _killed([early], [late], [rumour]).best == 9


def test_one_source_speaks_once_with_its_latest_word(claim: Make) -> None:
    row = _killed([claim("a", killed=5), claim("b", killed=9, published_at=date(2023, 7, 2))])
    assert (row.low, row.best, row.high) == (9, 9, 9)


def test_high_stays_open_where_the_largest_number_is_a_minimum(claim: Make) -> None:
    at_least = claim("b", counts=(Count("killed", 57, 57, None, "at_least"),))
    assert _killed([claim("a", killed=40)], [at_least]).high is None
    assert _killed([claim("a", killed=60)], [at_least]).high == 60


def test_vague_number_only_where_nobody_gives_one(claim: Make) -> None:
    vague = claim("a", counts=(Count("killed", None, None, None, "vague", None, "عشرات القتلى"),))
    assert _killed([vague]).text == "عشرات القتلى"
    assert _killed([vague], [claim("b", killed=12)]).best == 12


def test_sub_groups_are_never_added(claim: Make) -> None:
    counts = (Count("killed", 9, 9, 9, "exact"), Count("killed", 3, 3, 3, "exact", "children"))
    found = reconcile([[profile(claim("a", counts=counts))]], load_likeness())
    assert [(row.group, row.best) for row in found] == [(None, 9), ("children", 3)]


def test_no_total_is_made_up(claim: Make) -> None:
    counts = (Count("killed", 3, 3, 3, "exact", "children"),)
    assert [row.group for row in reconcile([[profile(claim("a", counts=counts))]], load_likeness())] == ["children"]


def test_disagreement(claim: Make) -> None:
    def told(*numbers: int) -> float | None:
        groups = [[profile(claim(str(index), killed=number))] for index, number in enumerate(numbers)]
        return disagreement(groups, load_likeness())

    assert (told(4), told(4, 4), told(1, 4), told(0, 0)) == (None, 0.0, 0.75, 0.0)


def _sides(action: str, actor1: tuple[str, ...], actor2: tuple[str, ...], **killed: int) -> Deaths:
    names = {None if group == "total" else group: number for group, number in killed.items()}
    counts = [Count("killed", number, number, number, "exact", group) for group, number in names.items()]
    return deaths_by_side(counts, action, actor1, actor2, load_likeness())


def test_deaths_by_side() -> None:
    assert _sides("air_strike", ("ISR",), ("HEZBOLLAH",), total=5) == Deaths(None, 5, None, 0)
    assert _sides("air_strike", ("RUS",), ("CIVILIANS",), total=5, children=2) == Deaths(None, None, 5, 0)
    assert _sides("armed_clash", ("SDF",), ("SNA",), total=5) == Deaths(None, None, None, 5)
    assert _sides("armed_clash", ("SDF",), ("SNA",), total=9, SDF=2, SNA=4, civilians=1) == Deaths(2, 4, 1, 2)
    assert _sides("shelling", ("SYR_REGIME",), ("OPPOSITION", "CIVILIANS"), total=6, children=2, women=1) == Deaths(
        None, None, 3, 3
    )
    assert _sides("protest", ("PROTESTERS",), ()) == Deaths()


def test_bodies_that_change_hands_died_elsewhere() -> None:
    bodies = [Count("bodies", 100, 100, 100, "about")]
    assert deaths_by_side(bodies, "body_transfer", (), ("IRN_MILITIA",), load_likeness()) == Deaths()
    assert deaths_by_side(bodies, "agreement", (), ("IRN_MILITIA",), load_likeness()) == Deaths()
    assert deaths_by_side(bodies, "air_strike", (), ("IRN_MILITIA",), load_likeness()).b == 100


@given(
    total=st.integers(0, 30),
    groups=st.dictionaries(st.sampled_from(["civilians", "children", "SDF", "SNA", "combatants"]), st.integers(0, 40)),
    action=st.sampled_from(["armed_clash", "air_strike"]),
)
@settings(max_examples=60, deadline=None)
def test_sides_never_overlap(total: int, groups: dict[str, int], action: str) -> None:
    found = _sides(action, ("SDF",), ("SNA",), total=total, **groups)
    assert sum(value or 0 for value in (found.a, found.b, found.civilians, found.unknown)) == total


@st.composite
def _statements(draw: st.DrawFn) -> Count:
    qualifier = draw(st.sampled_from(["exact", "at_least", "at_most", "about", "range", "vague"]))
    n, more = draw(st.integers(0, 50)), draw(st.integers(1, 20))
    bounds = {
        "at_least": (n, n, None),
        "at_most": (None, n, n),
        "range": (n, None, n + more),
        "vague": (None, None, None),
    }.get(qualifier, (n, n, n))
    return Count("killed", *bounds, qualifier)


@given(
    st.lists(st.tuples(_statements(), st.sampled_from(["observatory", "media", "activist"])), min_size=1, max_size=6)
)
@settings(max_examples=80, deadline=None)
def test_reconciled_bounds_are_in_order(stated: list[tuple[Count, str]]) -> None:
    groups: list[list[Profile]] = []
    for index, (count, kind) in enumerate(stated):
        claim = Claim(
            str(index),
            str(index),
            "shelling",
            "نص",
            0,
            2,
            "test",
            0.5,
            counts=(count,),
            sources=(SourceRef("م", kind),),
        )
        groups.append([profile(claim)])
    (row,) = reconcile(groups, load_likeness())
    known = [value for value in (row.low, row.best, row.high) if value is not None]
    assert known == sorted(known)
    assert (number_of(row) is None) == all(count.qualifier == "vague" for count, _ in stated)
