"""Words as they are typed, each folded by itself, are the words of the folded text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import fold_word
from conflict_events.arabic.folding import _TABLE
from conflict_events.arabic.raw_words import is_typed_over, joins_words, raw_words, words_of
from conflict_events.arabic.tokens import ARABIC_WORD

_ANY = sorted(set(map(chr, _TABLE)) | set("\u064b\u0651\u200f\u200c\ufefb\ufdfa\ufeff\U0001f600"))
_DENSE = "قتل\u0640\u064e\u200fإةﻻﷺ .•\xa0\nHb5٣-،#_"


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(_DENSE), max_size=14) | st.text(st.sampled_from(_ANY), max_size=40))
def test_each_spelling_by_itself_gives_the_words_of_the_text(text: str) -> None:
    words = raw_words(text)
    if not joins_words(text) and not any(map(is_typed_over, words)):
        assert {w for word in words for w in words_of(word)} == set(ARABIC_WORD.findall(fold_word(text)))


def test_what_depends_on_its_neighbours_is_told() -> None:
    assert joins_words("المعر ـض")
    assert joins_words("المعر\xa0ـض")
    assert not joins_words("المعـرض")
    assert is_typed_over("Hلوزير")
    assert is_typed_over("H\u200fلوزير")
    assert not is_typed_over("ضابطX")
