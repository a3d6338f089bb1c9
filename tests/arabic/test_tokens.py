"""Tokens keep their offsets; sentences end where a reader would stop."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import fold, fold_word, sentences, tokenize


def kinds(text):
    return [(token.text, token.kind) for token in tokenize(fold_word(text))]


def test_kinds():
    assert kinds("قتل ١٢ من SDF،\n\nثم") == [
        ("قتل", "word"),
        ("12", "number"),
        ("من", "word"),
        ("SDF", "latin"),
        ("،", "punct"),
        ("\n\n", "break"),
        ("ثم", "word"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,500", ["1,500"]),
        ("3.5", ["3.5"]),
        ("10-15", ["10", "-", "15"]),
        ("29/11/2024.", ["29", "/", "11", "/", "2024", "."]),
        ("الـ24ساعة", ["ال", "24", "ساعه"]),
        ("و15", ["و", "15"]),
        ("#قوات_سوريا_الديمقراطية", ["قوات", "سوريا", "الديمقراطيه"]),
        ("عاجل..مقتل", ["عاجل", "..", "مقتل"]),
        ("F16", ["F16"]),
        ("خبر # هنا", ["خبر", "#", "هنا"]),
    ],
)
def test_cuts(text, expected):
    assert [token.text for token in tokenize(fold_word(text))] == expected


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_offsets_are_exact_and_only_blanks_are_left_out(raw):
    text = fold(raw).text
    done = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert not text[done : token.start].strip(" \t#_\x1c\x1d\x1e\x1f")
        done = token.end
    assert not text[done:].strip(" \t#_\x1c\x1d\x1e\x1f")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("قتل مدني. وأصيب آخر.", ["قتل مدني.", "واصيب اخر."]),
        ("نقلت أ.ف.ب عن د. أحمد ذلك", ["نقلت ا.ف.ب عن د. احمد ذلك"]),
        ("قالت السورية.نت إن", ["قالت السوريه.نت ان"]),
        ("قصف درعا.. مقتل مدنيين", ["قصف درعا..", "مقتل مدنيين"]),
        ("عنوان\nمتن", ["عنوان", "متن"]),
        ("بلغ 3.5 مليون", ["بلغ 3.5 مليون"]),
        ("انتهى.وقال آخر", ["انتهي.", "وقال اخر"]),
        ('قال "نعم." ثم ذهب', ['قال "نعم."', "ثم ذهب"]),
        ("عام 1445 هـ. وقال", ["عام 1445 ه.", "وقال"]),
        ("هل؟! نعم؛ لا", ["هل؟!", "نعم؛", "لا"]),
        ("قال المرصد: إن القصف", ["قال المرصد: ان القصف"]),
        ("", []),
    ],
)
def test_sentences(text, parts):
    folded = fold_word(text)
    tokens = tokenize(folded)
    assert [folded[tokens[a].start : tokens[b - 1].end] for a, b in sentences(tokens)] == parts


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="اب د.؟!\n\"') 12a…؛", max_size=40))
def test_sentences_hold_every_token_but_breaks_once(raw):
    tokens = tokenize(fold(raw).text)
    held = [index for first, last in sentences(tokens) for index in range(first, last)]
    assert held == [index for index, token in enumerate(tokens) if token.kind != "break"]
