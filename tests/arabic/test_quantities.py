"""Quantities carry the bounds of the codebook and know what counts nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import fold, fold_word, quantities, tokenize
from conflict_events.arabic.roles import ROLES
from conflict_events.arabic.vocabulary import read_entries


def read(text):
    return quantities(tokenize(fold_word(text)))


def bounds(text):
    return [(q.low, q.best, q.high, q.qualifier) for q in read(text) if q.role == "count"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أكثر من 15 عنصرا", (15, 15, None, "at_least")),
        ("بأكثر من عشرة قذائف", (10, 10, None, "at_least")),
        ("ما لا يقل عن 57 شخصا", (57, 57, None, "at_least")),
        ("إصابة عشرة أشخاص على الأقل", (10, 10, None, "at_least")),
        ("على الأقل 30 جنديا", (30, 30, None, "at_least")),
        ("أقل من 20 جريحا", (None, 20, 20, "at_most")),
        ("20 جريحا كحد أقصى", (None, 20, 20, "at_most")),
        ("بنحو 16 غارة", (16, 16, 16, "about")),
        ("نحو الـ 20 غارة", (20, 20, 20, "about")),
        ("60 مقاتل تقريباً من حلب", (60, 60, 60, "about")),
        ("زهاء أربعين عائلة", (40, 40, 40, "about")),
        ("ما بين 10 و15 قتيلا", (10, None, 15, "range")),
        ("بين خمسة وسبعة جرحى", (5, None, 7, "range")),
        ("10-15 قتيلا", (10, None, 15, "range")),
        ("من 10 إلى 15 جريحا", (10, None, 15, "range")),
        ("أربعة أو خمسة مسلحين", (4, None, 5, "range")),
        ("عشرات الآلاف من الناس", (None, None, None, "vague")),
        ("عدد من الجرحى", (None, None, None, "vague")),
        ("بعدة صواريخ", (None, None, None, "vague")),
        ("مقتل المئات", (None, None, None, "vague")),
        ("بين 50 و70 ألف نازح", (50_000, None, 70_000, "range")),
        ("حوالي أكثر من مليون نازح", (1_000_000, 1_000_000, None, "at_least")),
        ("ما لا يقل عن نحو 20 قتيلا", (20, 20, None, "at_least")),
        ("المدنيين الثلاثة", (3, 3, 3, "exact")),
        ("مدنيين اثنين", (2, 2, 2, "exact")),
    ],
)
def test_bounds(text, expected):
    assert bounds(text) == [expected]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("الساعة 5 مساء", "clock"),
        ("عند الساعة الـ 11 مساء", "clock"),
        ("في 15 آذار", "day"),
        ("في 15 من الشهر الجاري", "day"),
        ("29/11/2024", "day"),
        ("2024-11-29", "day"),
        ("عام 2015", "year"),
        ("في 2019،", "year"),
        ("بين 2017 و2020،", "year"),
        ("20% من السكان", "percent"),
        ("20 بالمئة", "percent"),
        ("20 في المائة", "percent"),
        ("عمره 12 عاما", "age"),
        ("أحمد علي (45) عاما", "age"),
        ("أحمد علي 45 عاما", "age"),
        ("منذ 9 سنوات", "duration"),
        ("خلال الساعات الـ24 الماضية", "duration"),
        ("على بعد 30 كم", "measure"),
        ("محيط الفوج 46", "label"),
        ("القرار رقم 2254", "label"),
    ],
)
def test_numbers_that_count_nothing(text, role):
    assert {q.role for q in read(text)} == {role}


@pytest.mark.parametrize(
    "text",
    [
        "أحد المنازل",
        "يوم الأحد",
        "الدفعة الثالثة",
        "في وقت واحد",
        "لست أدري",
        "وجد ميتا",
        "كمية كبيرة",
        "الدورة الحادية عشرة",
        "جاء من بعده،",
        "تنظيم القا-عدة",
    ],
)
def test_no_quantity(text):
    assert read(text) == []


def test_scores_are_no_ranges():
    assert bounds("انتهت المباراة 3-1") == []


def test_two_counts_stay_two():
    assert bounds("3 قتلى وخمسة جرحى") == [(3, 3, 3, "exact"), (5, 5, 5, "exact")]
    assert bounds("أكثر من 146 من العسكريين و64 من المدنيين") == [(146, 146, None, "at_least"), (64, 64, 64, "exact")]
    assert bounds("ثلاثين قتيلا على الأقل ونحو مئة جريح") == [(30, 30, None, "at_least"), (100, 100, 100, "about")]
    assert bounds("قتل 3 وأصيب 5 على الأقل") == [(3, 3, 3, "exact"), (5, 5, None, "at_least")]


def test_where_it_stands():
    tokens = tokenize(fold_word("إصابة أكثر من 20 شخصا"))
    (quantity,) = quantities(tokens)
    assert [t.text for t in tokens[quantity.first : quantity.last]] == ["اكثر", "من", "20"]
    assert tokens[quantity.last].text == "شخصا"
    assert tokens[quantity.number_first].text == "20"
    tokens = tokenize(fold_word("عشرة أشخاص على الأقل"))
    (quantity,) = quantities(tokens)
    assert (quantity.last, quantity.qualifier_at) == (1, (2, 4))


@pytest.mark.parametrize("entry", read_entries("quantities"), ids=lambda entry: entry["id"])
def test_every_entry_reads_its_example(entry):
    found = read(entry["example"])
    kind = entry["kind"]
    if "value" in entry:
        assert entry.get("gives", entry["value"]) in {q.best for q in found}
    elif kind == "role":
        assert entry["role"] in ROLES
        assert entry["role"] in {q.role for q in found}
    else:
        assert kind.removeprefix("after_") in {q.qualifier for q in found}


QUALIFIERS = [
    (e["kind"], f)
    for e in read_entries("quantities")
    if e["kind"] in ("at_least", "at_most", "about")
    for f in e["forms"]
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(QUALIFIERS), st.integers(11, 1800), st.sampled_from(["", "و", "ل"]))
def test_each_qualifier_bounds_its_number(qualifier, number, particle):
    kind, words = qualifier
    expected = {"at_least": (number, number, None), "at_most": (None, number, number), "about": (number,) * 3}[kind]
    assert bounds(f"قتل {particle}{words} {number} شخصا") == [(*expected, kind)]


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 900), st.integers(1, 900), st.sampled_from(["{}-{}", "ما بين {} و{}", "من {} إلى {}", "{} أو {}"])
)
def test_ranges_are_read_back(low, width, form):
    assert bounds(f"قتل {form.format(low, low + width)} شخصا") == [(low, None, low + width, "range")]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ابعشرةمئنوفيل 0123456789.,-:/()%\n", max_size=40) | st.text(max_size=40))
def test_no_text_breaks_it(raw):
    tokens = tokenize(fold(raw).text)
    last = 0
    for quantity in quantities(tokens):
        assert 0 <= quantity.first < quantity.last <= len(tokens)
        assert quantity.number_first >= last
        assert quantity.role in ROLES
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        last = quantity.last


def test_a_long_text_takes_linear_time():
    tokens = tokenize(fold_word("قتل أكثر من ثلاثة وعشرين شخصا وأصيب 15 آخرون في عدة غارات " * 2000))
    start = time.perf_counter()
    assert len(quantities(tokens)) == 6000
    assert time.perf_counter() - start < 30
