"""A count's words are published, names are not: whatever is not known as a counting word is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.records import Claim

Claims = Callable[..., list[Claim]]


def texts(found: list[Claim]) -> list[str]:
    return [count.text or "" for claim in found for count in claim.counts]


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("مقتل محمد الأحمد وأحمد العلي برصاص مجهولين في مدينة درعا.", "محمد الأحمد أحمد العلي", "مقتل"),
        ("مقتل الشاب محمد الراعي برصاص مجهولين في مدينة درعا.", "محمد الراعي", "مقتل الشاب"),
        ("مقتل الشاب علي حسن الحلبي برصاص مجهولين في مدينة درعا.", "علي حسن الحلبي", "مقتل الشاب"),
        ('قتلت السيدة "حفيظة المنصوري" بقصف مدفعي على بلدة سرمين.', "حفيظة المنصوري", "السيدة"),
        ("مقتل الشاب محمد رمضان جمعة برصاص مجهولين في مدينة درعا.", "محمد رمضان جمعة", "مقتل الشاب"),
        ("مقتل الطفل كرديار البلخي 9 أعوام بقصف مدفعي على بلدة سرمين.", "كرديار البلخي", "مقتل الطفل"),
    ],
)
def test_names_are_left_out(claims: Claims, text: str, names: str, kept: str) -> None:
    found = texts(claims(text))
    assert found
    assert any(kept in one for one in found)
    assert not {name for name in names.split() if any(name in one for one in found)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قتل ما لا يقل عن 14 عنصراً من قوات النظام بقصف على بلدة سرمين.", "قتل ما لا يقل عن 14 عنصراً من قوات النظام"),
        ("أصيب عشرات المدنيين بقصف مدفعي على بلدة سرمين.", "أصيب عشرات المدنيين"),
        ("قتل سبعة مدنيين على الأقل بقصف مدفعي على بلدة سرمين.", "قتل سبعة مدنيين على الأقل"),
        ("قتل ثلاثة مدنيين بينهم طفل وامرأة بقصف مدفعي على بلدة سرمين.", "قتل ثلاثة مدنيين"),
    ],
)
def test_counting_words_stay_as_written(claims: Claims, text: str, wanted: str) -> None:
    assert wanted in texts(claims(text))


def test_offsets_still_lead_to_the_words(claims: Claims) -> None:
    text = "مقتل الشاب محمد الراعي برصاص مجهولين في مدينة درعا."
    count = claims(text)[0].counts[0]
    assert ("\n" + text)[count.start : count.end].startswith("مقتل الشاب محمد")
