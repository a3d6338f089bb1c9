"""What stands beside a number tells what it is for."""

import pytest

from conflict_events.arabic import fold_word, tokenize
from conflict_events.arabic.roles import role_of


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("قتل << 5 >> مدنيين", "count"),
        ("الساعة << 11 >> :", "clock"),
        ("حوالي الساعة 17 : << 50 >>", "count"),
        ("الساعة 17:<<50>>", "clock"),
        ("خلال << 2023 >> -", "year"),
        ("في شباط << 9 >> ، 2022", "day"),
        ("1445 / << 2 >> / 3", "day"),
        ("عام << 1445 >> هـ", "year"),
        ("القرار << 2254 >>", "label"),
        ("F - << 16 >>", "count"),
        ("يبلغ من العمر << 15 >> عاما", "age"),
        ("منذ << 12 >> عاما", "duration"),
        ("نحو << 20 >> %", "percent"),
        ("بوزن << 15 >> طنا", "measure"),
    ],
)
def test_roles(text, role):
    before, number, after = text.replace("<<", "|").replace(">>", "|").split("|")
    tokens = tokenize(fold_word(before + number + after))
    first = len(tokenize(fold_word(before)))
    assert role_of(tokens, first, first + 1, int(number)) == role
