"""Who did it and to whom, on invented sentences: one construction each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.extraction.reading import ActorMention, Sentence
from conflict_events.extraction.roles import Roles, roles_of
from conflict_events.extraction.units import units_of
from conflict_events.records import Claim

_DAY = date(2023, 5, 3)
_AGENT_AND_PATIENT = [
    # verb first, verb second
    ("قصفت قوات النظام مواقع لهيئة تحرير الشام", ["SYR_REGIME"], ["HTS"]),
    ("إن القوات التركية قصفت نقاطا لقسد قرب القرية", ["TUR"], ["SDF"]),
    ("استهدف مجهولون بالرصاص عنصرا من قسد في البلدة", ["UNIDENTIFIED"], ["SDF"]),
    ("داهمت دورية من قسد منزلا في البلدة", ["SDF"], []),
    ("قتل عناصر من تنظيم داعش مساء أمس راعيين في البادية", ["IS"], []),
    ("قتل عنصران من قوات النظام برصاص مجهولين", ["UNIDENTIFIED"], ["SYR_REGIME"]),
    ("نفذت الطائرات الأمريكية خمس غارات على مواقع للحوثيين", ["USA"], ["HOUTHI"]),
    # undergoing and passive
    ("تعرضت مواقع لقوات النظام لقصف من قبل فصائل المعارضة", ["OPPOSITION"], ["SYR_REGIME"]),
    # event nouns: subject or object in the genitive
    ("قتل مدني بقصف لقوات النظام على القرية", ["SYR_REGIME"], []),
    ("أصيب شاب في استهداف لمواقع قسد", [], ["SDF"]),
    ("مقتل عنصر من قسد بهجوم لتنظيم داعش", ["IS"], ["SDF"]),
    ("إصابة سيدة جراء استهداف قوات النظام بقذائف المدفعية قرية العجمي", ["SYR_REGIME"], []),
    # adjectives of origin, across other adjectives
    ("غارات جوية روسية على أطراف البلدة", ["RUS"], []),
    ("أصيب رجل بالقصف المدفعي والصاروخي التركي على القرية", ["TUR"], []),
    ("قتل شخص بضربة من طائرة استطلاع تركية", ["TUR"], []),
    # means
    ("قتل طفل برصاص قناص من قوات النظام", ["SYR_REGIME"], []),
    ("استهدفت عبوة ناسفة دورية للقوات الروسية", [], ["RUS"]),
    ("اغتال مسلحون مجهولون قائدا سابقا في البلدة", ["UNIDENTIFIED"], []),
    # a state behind "من قبل"; the foremost of a list
    ("الاستهدافات المتصاعدة لحزب الله من قبل إسرائيل راح فيها 57 قتيلا", ["ISR"], ["HEZBOLLAH"]),
    ("استهداف مواقع لقوات النظام والقوات الإيرانية وعلى رأسها لواء فاطميون", [], ["SYR_REGIME", "IRN", "FATEMIYOUN"]),
    # leaving one side for another
    ("هرب خمسة عناصر من قسد إلى مناطق الجيش الوطني", ["SDF"], []),
    ("تركوا الميليشيات الإيرانية وانضموا للفيلق الخامس", ["IRN_MILITIA"], ["FIFTH_CORPS"]),
    ("وصل إلى البلدة نحو مئة مقاتل قادمين من إيران والعراق", [], []),
    ("فر سبعة مقاتلين من صفوف قسد نحو مناطق النظام", ["SDF"], []),
    # two who act together
    ("قصفت قوات النظام وروسيا أطراف البلدة", ["SYR_REGIME", "RUS"], []),
    ("داهمت قسد بمساندة التحالف الدولي منزلا في البلدة", ["SDF", "COALITION"], []),
    ("أطلق تنظيم ي ب ك/ بي كا كا قذائف على المدينة", ["SDF", "PKK"], []),
]


@pytest.fixture(scope="session")
def roles(read: Callable[..., Sentence]) -> Callable[[str], Roles]:
    def of_text(text: str) -> Roles:
        return roles_of(units_of(read(text, _DAY))[0])

    return of_text


def _ids(mentions: list[ActorMention]) -> list[str]:
    return list(dict.fromkeys(m.actor_id for m in mentions))


@pytest.mark.parametrize(("text", "agents", "patients"), _AGENT_AND_PATIENT)
def test_agent_and_patient(roles: Callable[[str], Roles], text: str, agents: list[str], patients: list[str]) -> None:
    found = roles(text)
    assert _ids(found.agents) == agents
    assert [i for i in _ids(found.patients) if i != "CIVILIANS"] == patients


def test_origin_of_fire_is_only_suspected(roles: Callable[[str], Roles]) -> None:
    found = roles("قصف صاروخي انطلق من مناطق سيطرة قوات النظام وقسد استهدف المدينة")
    assert _ids(found.agents) == ["SYR_REGIME", "SDF"]
    assert found.suspected


def test_named_origin_acts(roles: Callable[[str], Roles]) -> None:
    found = roles("أصيب شاب إثر قصف مدفعي مصدره قوات النظام استهدف القرية")
    assert _ids(found.agents) == ["SYR_REGIME"]
    assert not found.suspected


def test_belief_is_suspected(roles: Callable[[str], Roles]) -> None:
    found = roles("قتل سائق بضربة من طائرة مسيرة يعتقد أنها إسرائيلية")
    assert _ids(found.agents) == ["ISR"]
    assert found.suspected


@pytest.mark.parametrize(
    "text",
    [
        "قصف مجهول استهدف بلدة الخاضعة لسيطرة الجيش الوطني",
        "أعلن الجيش الأردني مقتل ثلاثة أشخاص في انفجار",
        "قتل عامل سوري بانفجار لغم في الحقل",
    ],
    ids=["control", "report", "nationality"],
)
def test_no_party(roles: Callable[[str], Roles], text: str) -> None:
    found = roles(text)
    ids = {a.actor_id for a in found.agents + found.patients + found.sides}
    assert not ids & {"SNA", "JOR", "SYR_REGIME"}


def test_who_reports_its_own_deed_did_it(roles: Callable[[str], Roles]) -> None:
    assert _ids(roles("أعلن الجيش الأردني إسقاط طائرة مسيرة على الحدود").agents) == ["JOR"]
    assert _ids(roles("أعلن الجيش الإسرائيلي أنه قصف أهدافا لحزب الله").agents) == ["ISR"]


def test_sides_of_a_fight(roles: Callable[[str], Roles]) -> None:
    found = roles("اندلعت اشتباكات بين القوات التركية من جهة وقوات النظام وقسد من جهة أخرى")
    assert _ids(found.sides) == ["TUR"]
    assert _ids(found.others) == ["SYR_REGIME", "SDF"]


def test_who_repels_is_attacked(claims: Callable[..., list[Claim]]) -> None:
    found = claims(
        "تصدت فصائل المعارضة لمحاولة تسلل لقوات النظام على محور بلدة سرمين في ريف إدلب أمس الأربعاء.", day=_DAY
    )
    assert [(c.actor1, c.actor2) for c in found] == [(("SYR_REGIME",), ("OPPOSITION",))]


def test_subject_left_to_the_sentence_before(claims: Callable[..., list[Claim]]) -> None:
    found = claims(
        "قصفت فصائل المعارضة مواقع لقوات النظام في بلدة كفرنبل بريف إدلب أمس الثلاثاء. "
        "واستهدفت معاقل قوات النظام في مدينة سراقب بقذائف المدفعية أمس الثلاثاء.",
        day=_DAY,
    )
    assert [c.actor1 for c in found] == [("OPPOSITION",), ("OPPOSITION",)]


def test_whom_the_dead_fought_is_not_among_the_dead(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("وصلت إلى مدينة البوكمال عشرون جثة لعناصر من حزب الله قتلوا في المعارك ضد فصائل المعارضة.")
    assert (claim.action, claim.actor1, claim.actor2) == ("body_transfer", (), ("HEZBOLLAH",))


def test_a_word_spelt_like_a_relative_makes_no_civilians(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("استهداف عنيف جدا لمواقع قوات النظام في مدينة سرمين راح فيه خمسة قتلى أمس الثلاثاء.", day=_DAY)
    assert claim.actor2 == ("SYR_REGIME",)


def test_soldiers_of_no_named_army_are_those_of_the_country(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("قتل ثلاثة جنود بانفجار عبوة ناسفة في مدينة العريش بشمال سيناء أمس الثلاثاء.", day=_DAY)
    assert claim.actor2 == ("EGY",)


def test_who_killed_is_whom_the_dead_fought(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("قتل ثمانية حوثيين في مواجهات مع المقاومة الشعبية في مدينة تعز أمس الثلاثاء.", day=_DAY)
    assert (claim.actor1, claim.actor2) == (("YEM_RESISTANCE",), ("HOUTHI",))


def test_feuding_clans_stand_on_both_sides(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("اندلعت اشتباكات بين عشيرتين في مدينة العمارة أمس الثلاثاء.", day=_DAY)
    assert (claim.actor1, claim.actor2) == (("TRIBES",), ("TRIBES",))


def test_people_told_as_no_more_are_civilians(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("مقتل ثلاثة أشخاص بقصف مدفعي على مدينة سرمين أمس الثلاثاء.", day=_DAY)
    assert claim.actor2 == ("CIVILIANS",)


def test_a_crowd_is_nobodys_victim(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("خرج مئات المواطنين في مظاهرة في مدينة السويداء أمس الثلاثاء.", day=_DAY)
    assert (claim.actor1, claim.actor2) == (("PROTESTERS",), ())


def test_another_sides_name_ends_a_phrase(roles: Callable[[str], Roles]) -> None:
    found = roles("قصفت مدفعية الجيش الوطني مواقع تابعة لقسد في القرية")
    assert (_ids(found.agents), _ids(found.patients)) == (["SNA"], ["SDF"])


def test_a_person_taken_is_a_civilian(claims: Callable[..., list[Claim]]) -> None:
    (claim,) = claims("خطف ملثمون شابا من منزله في مدينة الحسكة أمس الثلاثاء.", day=_DAY)
    assert claim.actor1 == ("UNIDENTIFIED",)
    assert claim.actor2 == ("CIVILIANS",)
