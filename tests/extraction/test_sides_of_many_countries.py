"""Sides and tolls in plain sentences of the news of 2015, from Yemen to Nigeria: one construction each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.records import Claim

_DAY = date(2015, 8, 6)
_REST = "\n\nوعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\nوطالب الأهالي بالمساعدة."

_SIDES = [
    # forces known by whom they are loyal to; armed men loyal to the same man
    (
        "قصفت طائرات التحالف العربي أمس مواقع القوات الموالية للرئيس المخلوع علي عبدالله صالح في مدينة ذمار.",
        "SAU_COALITION",
        "OTHER:Saleh forces",
    ),
    ("سيطرت القوات الموالية للرئيس عبدربه منصور هادي أمس على مدينة بيحان.", "YEM_GOV", ""),
    ("سيطر مسلحون موالون للرئيس هادي أمس على مدينة لودر.", "YEM_RESISTANCE", ""),
    ("هاجمت وحدات موالية للشرعية مواقع الحوثيين في البيضاء أمس.", "YEM_GOV", "HOUTHI"),
    ("قصفت فصائل موالية لأنقرة قرية قرب تل تمر بسوريا أمس.", "SNA", ""),
]


@pytest.mark.parametrize(("text", "actor1", "actor2"), _SIDES)
def test_sides(text: str, actor1: str, actor2: str, claims: Callable[..., list[Claim]]) -> None:
    claim, *_ = claims(text + _REST, _DAY)
    told = (" ".join(claim.actor1), " ".join(claim.actor2))
    assert told == (actor1, actor2)
