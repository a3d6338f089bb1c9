"""Parties of plain news from many countries, one construction each: who did it, to whom, and whose the counted are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.records import Claim

_DAY = date(2023, 6, 15)
_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_TOLD = [
    # forces named by the adjective of a state, or by nothing on a page about it; nationals are no forces
    ("اعتقلت الشرطة الألمانية ثلاثة مشتبه بهم في برلين أمس.", "OTHER:Germany", "", "detained 3"),
    (
        "قتل جندي هندي وأصيب اثنان بنيران القوات الباكستانية قرب الحدود أمس.",
        "OTHER:Pakistan",
        "OTHER:India",
        "injured 2, killed 1, killed 1 of OTHER:India",
    ),
    ("اعتقلت الشرطة ثمانية أشخاص في مدينة كانو شمال نيجيريا أمس.", "OTHER:Nigeria", "", "detained 8"),
    ("قتل ثلاثة عمال هنود في انفجار بمدينة دبي أمس.", "", "CIVILIANS", "killed 3"),
]


@pytest.mark.parametrize(("text", "actor1", "actor2", "counts"), _TOLD)
def test_parties(text: str, actor1: str, actor2: str, counts: str, claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims(text + _REST, day=_DAY)
    assert (", ".join(claim.actor1), ", ".join(claim.actor2)) == (actor1, actor2)
    rows = sorted(f"{c.measure} {c.best}{f' of {c.group}' if c.group else ''}" for c in claim.counts)
    assert ", ".join(rows) == counts
