"""Counted noun phrases: numbers, duals, bare nouns, descriptions, parts, names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.extraction.names import name_end, names_after
from conflict_events.extraction.people import PeopleGroup, people_groups
from conflict_events.extraction.reading import Sentence

Read = Callable[..., Sentence]


def only(groups: list[PeopleGroup]) -> PeopleGroup:
    assert len(groups) == 1, groups
    return groups[0]


@pytest.mark.parametrize(
    ("phrase", "low", "best", "high"),
    [
        ("ثلاثة مدنيين", 3, 3, 3),
        ("طفلان", 2, 2, 2),
        ("مدنيين اثنين", 2, 2, 2),
        ("امرأة", 1, 1, 1),
        ("ما لا يقل عن 57 شخصا", 57, 57, None),
        ("شخص على الأقل", 1, 1, None),
        ("نحو سبعة آخرين", 7, 7, 7),
        ("ما بين 5 و7 مسلحين", 5, None, 7),
        ("عدد من المدنيين", None, None, None),
        ("آخرون", None, None, None),
        ("اثنان آخران", 2, 2, 2),
        ("أحد عناصر الحاجز", 1, 1, 1),
        ("أكثر من 146 من العسكريين", 146, 146, None),
        ("جثامين أكثر من 155 شخصا", 155, 155, None),
        ("باقي أفراد العائلة", None, None, None),
    ],
)
def test_numbers(read: Read, phrase: str, low: int | None, best: int | None, high: int | None) -> None:
    group = people_groups(read(phrase))[0]
    assert (group.low, group.best, group.high) == (low, best, high)


def test_a_family_is_no_single_person(read: Read) -> None:
    assert people_groups(read("أصيبت عائلة مدنية"))[0].best is None


def test_a_description_agrees_with_its_noun(read: Read) -> None:
    assert only(people_groups(read("ثلاثة قتلى مدنيين"))).groups == ("civilians",)
    others, girl = people_groups(read("ثلاثة آخرين طفلة"))
    assert (others.best, girl.best) == (3, 1)


def test_the_people_that_they_belong_to(read: Read) -> None:
    assert only(people_groups(read("جرحى في صفوف المدنيين"))).groups == ("civilians",)
    assert only(people_groups(read("عنصران من قوات النظام"))).actors == ("SYR_REGIME",)


def test_parts_of_people_just_named(read: Read) -> None:
    group = people_groups(read("أصيب أربعة مدنيين ثلاثة منهم أطفال"))[1]
    assert (group.partitive, group.best, group.groups) == (True, 3, ("children",))


def test_dead_and_hurt_together(read: Read) -> None:
    assert only(people_groups(read("14 مدنيا بين قتيل وجريح"))).both


def test_counted_attacks(read: Read) -> None:
    assert people_groups(read("أكثر من 70 هجوما"))[0].outcome == "attacks"
    assert people_groups(read("85 هجوما جويا"))[0].outcome == "strikes"


def test_nobody_hurt(read: Read) -> None:
    assert only(people_groups(read("دون وقوع إصابات"))).best == 0
    assert only(people_groups(read("وقوع إصابات"))).best is None


def test_times_and_ages_count_nobody(read: Read) -> None:
    assert people_groups(read("في الساعة 5 من يوم 12 آذار")) == []


def test_names(read: Read) -> None:
    sentence = read("مقتل محمد الأحمد برصاص مجهولين")
    assert name_end(sentence, 1) == 3
    assert names_after(read("واعتقلت كلا من: سامر جميل الحوراني وفادي سليم الحوراني في القرية"), 1)[0] == 2
    # The name and the preposition are folded alike.
    assert name_end(read("قضت على المجموعة"), 1) == 1
    assert name_end(read("قتل “حارس” المبنى"), 1, told_alone=True) == 1


def test_a_name_belongs_to_its_noun(read: Read) -> None:
    first, second = people_groups(read('مقتل السيدة "حفيظة السالم" والشاب "سمير الحسن"'))
    assert second.conjoined
    assert second.first - first.last == 0
