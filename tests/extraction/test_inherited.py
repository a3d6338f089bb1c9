"""What a claim takes from its neighbours: the day and the place that its own sentences don't name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]

_LEAD = "قتل مدنيان أمس الأربعاء بقصف مدفعي على بلدة سرمين."
_IDLE = "وعبر السكان عن قلقهم من الغلاء.\n\nويعيش في البلدة نحو عشرة آلاف نسمة.\n\n"


def test_the_day_of_the_lead_holds_near_by_and_no_further(claims: Claims) -> None:
    near = claims(f"{_LEAD}\n\nوقصفت قوات النظام بلدة بنش بالمدفعية.")
    far = claims(f"{_LEAD}\n\n{_IDLE * 2}وقصفت قوات النظام بلدة بنش بالمدفعية.")
    assert [claim.date_start for claim in near] == [date(2024, 3, 13)] * 2
    assert [(claim.date_start, claim.date_source) for claim in far] == [
        (date(2024, 3, 13), "relative"),
        (date(2024, 3, 14), "publication"),
    ]


def test_in_a_paragraph_the_day_told_last_holds(claims: Claims) -> None:
    found = claims(f"{_LEAD} وانفجرت الثلاثاء عبوة ناسفة بسيارة في عفرين. وقتل رجل بالرصاص في بلدة الراعي.")
    assert [claim.date_start.day for claim in found if claim.date_start] == [13, 12, 12]


def test_an_hour_alone_is_of_the_day_of_the_report(claims: Claims) -> None:
    found = claims(f"{_LEAD}\n\nوقصفت قوات النظام ظهرا بلدة بنش بالمدفعية.")
    assert [claim.date_start for claim in found] == [date(2024, 3, 13), date(2024, 3, 14)]


def test_what_was_earlier_is_of_these_days_unless_it_is_retold(claims: Claims) -> None:
    earlier = claims(f"{_LEAD}\n\nوكانت الطائرات قصفت بلدة بنش بالصواريخ.")[1]
    retold = claims(f"{_LEAD}\n\nوكانت قد قصفت الطائرات بلدة بنش بالصواريخ.")[1]
    assert (earlier.date_start, earlier.is_background) == (date(2024, 3, 13), False)
    assert (retold.date_start, retold.is_background) == (None, True)


def test_what_points_back_to_a_place_is_there(claims: Claims) -> None:
    found = claims(f"{_LEAD}\n\n{_IDLE * 2}وعثرت القوات على عبوة ناسفة أخرى في موقع الهجوم.")
    assert [claim.place for claim in found] == ["سرمين", "سرمين"]
