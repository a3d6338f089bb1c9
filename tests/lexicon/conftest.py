"""One lexicon and one morphology for all tests of this room, compiled into a folder of the test run."""

from __future__ import annotations

import pytest

from conflict_events.lexicon import Lexicon, Morphology, load_lexicon
from conflict_events.lexicon.morphology import build_morphology


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def morphology(lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Morphology:
    return build_morphology(lexicon.lexemes.values(), lexicon.digest, tmp_path_factory.mktemp("compiled"))
