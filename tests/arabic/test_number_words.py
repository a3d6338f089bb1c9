"""Numbers written out in Arabic are read back as they were."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import fold_word, read_number, tokenize
from conflict_events.arabic.number_words import digits_value

spec = importlib.util.spec_from_file_location("number_writer", Path(__file__).with_name("number_writer.py"))
number_writer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(number_writer)

numbers = st.integers(2, 999_999_999) | st.integers(2, 120) | st.integers(2, 10_000)


def value(text):
    read = read_number(tokenize(fold_word(text)), 0)
    return None if read is None else read.value


@settings(max_examples=400, deadline=None)
@given(numbers, st.data())
def test_written_numbers_are_read_back(number, data):
    words = number_writer.write(number, lambda options: data.draw(st.sampled_from(options))) + " جنديا"
    tokens = tokenize(fold_word(words))
    read = read_number(tokens, 0)
    assert read is not None, words
    assert (read.value, tokens[read.last].text) == (number, "جنديا"), words


@settings(max_examples=100, deadline=None)
@given(numbers, st.sampled_from(["و", "ب", "ل", "وب"]), st.data())
def test_particles_before_a_number(number, particle, data):
    words = number_writer.write(number, lambda options: data.draw(st.sampled_from(options)))
    if words == "ست" and particle != "و":
        return  # "لست" is "I am not"
    read = read_number(tokenize(fold_word(f"{particle}{words} جنديا")), 0)
    assert read is not None, words
    assert read.value == number


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 999_999_999))
def test_digits_are_read_back(number):
    assert value(str(number)) == value(f"{number:,}") == number
    assert value(str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5 مليون", 1_500_000),
        ("١٫٥ مليون", 1_500_000),
        ("500 ألف", 500_000),
        ("3 آلاف", 3_000),
        ("3 آلاف وخمسمئة", 3_500),
        ("ثلاثة آلاف و500", 3_500),
        ("ألف وخمسمئة", 1_500),
        ("ألف و خمسمئة", 1_500),
        ("نصف مليون", 500_000),
        ("مليون ونصف المليون", 1_500_000),
        ("ألفا جندي", 2_000),
        ("مئتا جندي", 200),
        ("ثلاث مئات جندي", 300),
        ("ثمانمائة وثمانين", 880),
        ("خمسة وعشرين", 25),
        ("خمسة و عشرين", 25),
        ("مئة ألف", 100_000),
        ("ثلاثة وأربعة", 3),
        ("عشرة وخمسة", 10),
        ("مئة ومئتين", 100),
        ("3.5", None),
        ("2024.11.29", None),
        ("آلاف القتلى", None),
        ("ميتا في منزله", None),
        ("لست", None),
        ("ثلاثي", None),
        ("أحد المنازل", None),
        ("الثالثة", None),
        ("0933123456789", None),
    ],
)
def test_forms(text, expected):
    assert value(text) == expected


def test_thousands_and_decimals():
    assert digits_value("1.500") == 1500
    assert digits_value("1.500", decimal=True) == 1.5
    assert digits_value("1,234,567") == 1_234_567
    assert digits_value("1.2.3") is None
