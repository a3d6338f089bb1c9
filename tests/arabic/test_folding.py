"""Folding is one spelling for many, and always finds its way back to the raw words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import fold, fold_word

NEWS_ALPHABET = "ابتجدرسعقلمنهويأإآىةؤئءـ \n.َُِّْٰ\u200f\u200b٠١۲3HbTﻻﷲﻣﺪ»«“”–،"
texts = st.text(alphabet=NEWS_ALPHABET, max_size=60) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("قُتِلَ ثلاثةُ أشخاصٍ", "قتل ثلاثه اشخاص"),
        ("إدلب آخر أحمد ٱلله", "ادلب اخر احمد الله"),
        ("مستشفى مؤتة هيئة", "مستشفي موته هييه"),
        ("کردی", "كردي"),
        ("١٢٣ ۴۵۶ 789", "123 456 789"),
        ("١٬٥٠٠ ٣٫٥ ٢٠٪", "1,500 3.5 20%"),
        ("ﻻ ﷲ ﺩﻣﺸﻖ", "لا الله دمشق"),
        ("قبل\u00a0يومين", "قبل يومين"),
        ("«قسد» “قسد” ‹قسد›", '"قسد" "قسد" "قسد"'),
        ("الثلاثاء – الأربعاء", "الثلاثاء - الاربعاء"),
        ("الـ 26 و الــــشام", "ال 26 و الشام"),
        ("دمشق ـ سانا", "دمشق - سانا"),
        ("شهـ ـداء وقـ ـصف وشهـ.ـداء", "شهداء وقصف وشهداء"),
        ("عام 1445 هـ", "عام 1445 ه"),
        ("Hن الجيش", "ان الجيش"),
        ("bن", "لان"),
        ("تلفزيون TVسوريا و BBC", "تلفزيون TVسوريا و BBC"),
        ("F16 فوق", "F16 فوق"),
        ("\u200fسوريا\u200e", "سوريا"),
        ("", ""),
    ],
)
def test_fold(raw, folded):
    assert fold(raw).text == folded
    assert fold_word(raw) == folded


@pytest.mark.parametrize(
    ("raw", "words", "expected"),
    [
        ("في قُتِلَ ثلاثة", "قتل", "قُتِلَ"),
        ("سقوط شهـ ـداء اليوم", "شهداء", "شهـ ـداء"),
        ("قال Hن الجيش", "ان", "Hن"),
        ("كتاب ﷲ هنا", "الله", "ﷲ"),
        ("كتاب ﷲ هنا", "ل", "ﷲ"),
        ("مدينة \u200fحلب\u200f الآن", "حلب", "حلب"),
        ("الشــام", "الشام", "الشــام"),
    ],
)
def test_raw_slice(raw, words, expected):
    folded = fold(raw)
    start = folded.text.index(words)
    assert folded.raw_slice(start, start + len(words)) == expected


def test_marks_at_the_start_belong_to_nothing():
    assert fold("\u064eحلب").raw_span(0, 3) == (1, 4)


def test_empty_slice_and_bad_slice():
    folded = fold("حَلب")
    assert folded.raw_span(3, 3) == (4, 4)
    assert folded.raw_span(1, 1) == (2, 2)
    with pytest.raises(ValueError, match="outside the folded text"):
        folded.raw_span(0, 4)


def test_folded_span_is_the_way_in():
    folded = fold("قُتِلَ في حَلب")
    start = folded.raw.index("حَلب")
    assert folded.text[slice(*folded.folded_span(start, start + 4))] == "حلب"
    assert fold("حلب").folded_span(1, 2) == (1, 2)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_folding_twice_changes_nothing(raw):
    once = fold(raw).text
    assert fold(once).text == once


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_character_maps_inside_the_raw_text_in_order(raw):
    folded = fold(raw)
    before = (0, 0)
    for index in range(len(folded.text)):
        start, end = folded.raw_span(index, index + 1)
        assert 0 <= start < end <= len(raw)
        assert start >= before[0]
        assert end >= before[1]
        before = (start, end)


@settings(max_examples=100, deadline=None)
@given(texts, st.data())
def test_the_raw_slice_of_words_folds_to_the_words(raw, data):
    folded = fold(raw)
    words = [m for m in folded.text.split(" ") if m and m.isalpha() and m.isascii() is False]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = folded.text.index(word)
    slice_ = folded.raw_slice(start, start + len(word))
    assert word in fold(slice_).text
