"""Which day lies in which file is told by the names alone."""

from datetime import date, timedelta

import pytest

from conflict_events.snapshots.sections import RECALLED_DAYS, Sections, counted, partition_of, pieces

DAYS = [date(2024, 2, 27) + timedelta(days=number) for number in range(12)]


@pytest.mark.parametrize("unit", ["month", "year"])
def test_every_piece_holds_the_days_from_its_own_to_the_next(unit: str) -> None:
    first = "2024" if unit == "year" else "2024-03"
    own = [day for day in DAYS if unit == "year" or day.month == 3]
    names = pieces(first, unit, dict.fromkeys(own, 2), 5)
    cut = Sections(unit, [*names, "undated"])
    found = counted((date.fromordinal(cut.span(cut.of((day, None)))[0]), None) for day in own)
    assert set(found.values()) <= {1, 2} and len(found) == len(names) == -(-len(own) // 2)
    for day in own:
        start, end = cut.span(cut.of((day, None)))
        assert start <= day.toordinal() <= end
    assert pieces(names[-1], unit, {own[-1]: 99}, 5) == [names[-1]], "one day is never cut"


def test_what_has_no_day_goes_by_the_snapshot_that_saw_it_first() -> None:
    names = pieces("undated", "month", {DAYS[0]: 4, DAYS[3]: 4}, 5)
    assert names == ["undated", "undated-2024-03-01"]
    cut = Sections("month", names)
    assert [cut.of((None, day)) for day in (DAYS[0], DAYS[2], DAYS[3], DAYS[9])] == [names[0]] * 2 + [names[1]] * 2
    assert [partition_of(name, "month") for name in names] == ["undated"] * 2
    assert cut.span(names[1]) == (0, 0)


def test_what_is_recalled_lies_beside_the_news_of_its_day() -> None:
    day = DAYS[5]
    news, recalled = (day, day + timedelta(days=RECALLED_DAYS)), (day, day + timedelta(days=RECALLED_DAYS + 1))
    cut = Sections("month", [])
    assert [cut.of(news), cut.of(recalled), cut.of((day, None))] == ["2024-03", "2024-03-recalled", "2024-03"]
    assert cut.holding(day) == []
    names = pieces("2024-03-recalled", "month", {DAYS[4]: 4, DAYS[5]: 4}, 5)
    assert names == ["2024-03-recalled", "2024-03-03-recalled"]
    cut = Sections("month", [*names, "2024-03", "2024-03-05", "2024-04"])
    assert [cut.of(news), cut.of(recalled)] == ["2024-03", "2024-03-03-recalled"]
    assert cut.holding(day) == ["2024-03", "2024-03-03-recalled"]
    assert cut.span("2024-03-03-recalled") == (DAYS[5].toordinal(), date(2024, 3, 31).toordinal())
    assert cut.near([DAYS[4]]) == ["2024-03", "2024-03-recalled"]


def test_near_days_are_counted_from_the_ends_of_a_section() -> None:
    cut = Sections("month", ["2024-02", "2024-03", "2024-03-06", "2024-05", "undated"])
    assert cut.near([date(2024, 3, 2)]) == ["2024-03"]
    assert cut.near([date(2024, 3, 2)], 1) == ["2024-03"]
    assert cut.near([date(2024, 3, 2)], 2) == ["2024-02", "2024-03"]
    assert cut.near([date(2024, 3, 2)], 4) == ["2024-02", "2024-03", "2024-03-06"]
    assert cut.near([date(2024, 4, 20)], 11) == ["2024-05"]
    assert cut.near([]) == []
    assert Sections("month", []).of((date(1999, 12, 31), None)) == "1999-12"
    assert Sections("year", []).of((date(1999, 12, 31), None)) == "1999"
