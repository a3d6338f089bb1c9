import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.geography.distance import haversine_km, midpoint, nearest_km

POINTS = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


def test_known_distances() -> None:
    assert haversine_km((33.51, 36.29), (36.20, 37.16)) == pytest.approx(309, abs=1)
    assert haversine_km((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.19, abs=0.1)


@settings(max_examples=50)
@given(POINTS, POINTS)
def test_distance_is_symmetric_and_bounded(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert haversine_km(a, b) == pytest.approx(haversine_km(b, a))
    assert 0 <= haversine_km(a, b) <= 20_016


def test_nearest_and_middle() -> None:
    assert nearest_km((35.0, 36.0), ()) is None
    assert nearest_km((35.0, 36.0), ((36.0, 36.0), (35.1, 36.0))) == pytest.approx(11.1, abs=0.1)
    assert midpoint((32.0, 36.0), (33.0, 37.0)) == (32.5, 36.5)
