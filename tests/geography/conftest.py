"""The gazetteer and the geocoder, made once for the tests; GeoNames is compiled once, into a cache of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conflict_events.geography import Gazetteer, Geocoder, load_gazetteer


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICT_EVENTS_CACHE", str(folder))
        patch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(folder / "data"))
        yield folder


@pytest.fixture(scope="session")
def gazetteer(cache: Path) -> Gazetteer:
    return load_gazetteer(cache=cache)


@pytest.fixture(scope="session")
def geocoder(gazetteer: Gazetteer) -> Geocoder:
    return Geocoder(gazetteer)
