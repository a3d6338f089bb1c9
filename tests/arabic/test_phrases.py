"""The phrase matcher reads attached particles and the article as Arabic writes them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import Phrase, PhraseMatcher, fold_word, proclitic_readings, strip_article, tokenize


def find(text, *phrases, article="exact"):
    matcher = PhraseMatcher(Phrase(phrase, phrase, article) for phrase in phrases)
    return [(m.payload, m.proclitics) for m in matcher.find(tokenize(fold_word(text)))]


@pytest.mark.parametrize(
    ("text", "proclitics"),
    [
        ("الباب", ""),
        ("بالباب", "ب"),
        ("للباب", "ل"),
        ("وللباب", "ول"),
        ("وبالباب", "وب"),
        ("والباب", "و"),
        ("فالباب", "ف"),
        ("كالباب", "ك"),
    ],
)
def test_exact_article_behind_particles(text, proclitics):
    assert find(text, "الباب") == [("الباب", proclitics)]


@pytest.mark.parametrize("text", ["باب", "لباب", "بباب"])
def test_exact_article_must_be_there(text):
    assert find(text, "الباب") == []


@pytest.mark.parametrize("name", ["واسط", "لبنان", "بغداد", "كركوك", "الفاو", "فلوجة", "وادي بردى"])
def test_names_that_begin_like_particles(name):
    assert find(name, name) == [(name, "")]
    assert find("و" + name, name) == [(name, "و")]
    assert find("ب" + name, name) == [(name, "ب")]


def test_three_lams_are_written_as_two():
    assert find("من حلب للاذقية", "اللاذقية") == [("اللاذقية", "ل")]
    assert find("للبنان", "لبنان") == [("لبنان", "ل")]


@pytest.mark.parametrize("text", ["الجيش الحر", "جيش حر", "للجيش الحر", "وبجيش الحر"])
def test_optional_article_on_each_word(text):
    assert [payload for payload, _ in find(text, "الجيش الحر", article="optional")] == ["الجيش الحر"]


def test_allah_keeps_its_article():
    assert find("حزب له", "حزب الله", article="optional") == []
    assert find("لحزب الله", "حزب الله", article="optional") == [("حزب الله", "ل")]


def test_quotes_and_brackets_between_words_are_passed_over():
    assert find('لواء "فاطميون"', "لواء فاطميون") == [("لواء فاطميون", "")]
    assert find("لواء (فاطميون)", "لواء فاطميون") == [("لواء فاطميون", "")]


def test_never_across_a_break_or_a_comma():
    assert find("لواء\nفاطميون", "لواء فاطميون") == []
    assert find("لواء، فاطميون", "لواء فاطميون") == []


def test_longest_wins_and_matches_do_not_overlap():
    found = find("مجلس دير الزور العسكري في دير الزور", "دير الزور", "مجلس دير الزور العسكري", "الزور العسكري")
    assert [payload for payload, _ in found] == ["مجلس دير الزور العسكري", "دير الزور"]


def test_the_plainest_reading_wins():
    assert find("بلد", "بلد", "لد") == [("بلد", "")]


def test_a_door_is_not_in_ibb():
    assert find("باب", "إب") == []
    assert find("في إب", "إب") == [("إب", "")]


def test_payloads_of_phrases_that_read_alike():
    matcher = PhraseMatcher([Phrase("طرابلس", "LB"), Phrase("طرابلس", "LY"), Phrase("الطرابلس", "X", "optional")])
    (match,) = matcher.find(tokenize("بطرابلس"))
    assert match.payload == "LB"
    assert match.payloads == ("LB", "LY", "X")


def test_numbers_and_latin_words():
    assert find("الفرقة 25 و Wagner", "الفرقة 25", "wagner") == [("الفرقة 25", ""), ("wagner", "")]


def test_a_phrase_without_words_is_refused():
    with pytest.raises(ValueError, match="holds no word"):
        PhraseMatcher([Phrase("..", 1)])


words = st.text(alphabet="ابكلوفمن", min_size=3, max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.lists(words, min_size=1, max_size=3).map(" ".join), st.sampled_from(["", "و", "ب", "وب", "فك"]))
def test_a_phrase_is_found_behind_its_particles(phrase, particles):
    assert find(particles + phrase, phrase)[0][0] == phrase


def test_readings_and_article():
    assert ("لبنان", "ل") in list(proclitic_readings("للبنان"))
    assert strip_article("الله") == "الله"
    assert strip_article("الى") == "الى"


def test_ten_thousand_names_cost_no_more_than_ten():
    text = tokenize("وقال المرصد ان قوات النظام قصفت بلدة كفرنبل جنوب ادلب " * 200)
    small = PhraseMatcher([Phrase(f"قرية {n}", n) for n in range(10)])
    large = PhraseMatcher([Phrase(f"{word} {n}", n) for word in ("قرية", "تل", "خربة") for n in range(4000)])
    best = []
    for matcher in (small, large):
        matcher.find(text)
        runs = []
        for _ in range(5):
            start = time.perf_counter()
            matcher.find(text)
            runs.append(time.perf_counter() - start)
        best.append(min(runs))
    assert best[1] < best[0] * 10
