"""Tables of words stay bounded, and what is asked for again is not forgotten."""

import pytest

from conflict_events.remembered import Remembered


def test_what_is_asked_for_stays_and_the_rest_goes() -> None:
    table: Remembered[int] = Remembered(100)
    table["often"] = -1
    for number in range(1000):
        table[f"once {number}"] = number
        assert table["often"] == -1
        assert len(table) <= 100
    with pytest.raises(KeyError):
        table["once 0"]
    assert table["once 999"] == 999


def test_it_is_asked_as_fast_as_any_table() -> None:
    table: Remembered[int] = Remembered(2)
    for number, word in enumerate("abc"):
        table[word] = number
    assert list(map(table.__getitem__, "cab")) == [2, 0, 1]
