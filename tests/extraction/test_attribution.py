"""Who is quoted, and for what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.extraction.attribution import Quoted, SourceScope, distinct_sources
from conflict_events.extraction.mentions import MentionReader
from conflict_events.extraction.reading import Sentence
from conflict_events.records import Claim

Read = Callable[..., Sentence]
Claims = Callable[..., list[Claim]]


def _names(mentions: MentionReader, sentence: Sentence) -> list[str]:
    return [q.name for q in mentions.attribution.read(sentence)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال المرصد السوري لحقوق الإنسان إن القصف مستمر", ["المرصد السوري لحقوق الإنسان"]),
        ("المرصد السوري لحقوق الإنسان أشار إلى مقتل مدنيين", ["المرصد السوري لحقوق الإنسان"]),
        ("وبحسب مصادر في الدفاع المدني السوري، قتل مدني", ["مصادر في الدفاع المدني السوري"]),
        ('وأفاد مراسل "أورينت نت" مناف هاشم بأن القصف تجدد', ['مراسل "أورينت نت" مناف هاشم']),
        ("قتل مدنيان وفقاً لوكالة أنباء النظام السوري (سانا)", ["وكالة أنباء النظام السوري (سانا)"]),
        ("وقال مراسل “السورية.نت” في ريف حلب إن مدنيا قتل", ["مراسل “السورية.نت” في ريف حلب"]),
        ("وقالت مصادر محلية لنورث برس إن مدنيا قتل", ["مصادر محلية"]),
        ("واستجابت فرق الدفاع المدني لأكثر من 300 هجوم", ["فرق الدفاع المدني"]),
        ("أحصى فريق منسقو استجابة سوريا مقتل خمسة مدنيين", ["فريق منسقو استجابة سوريا"]),
        ("نقلت وكالة الأناضول عن مصادر محلية أن مدنيا قتل", ["وكالة الأناضول", "مصادر محلية"]),
        ("وقال بيل أوربان، المتحدث باسم القيادة، إن الضربة أصابت هدفها", ["بيل أوربان"]),
        ("سانا: ثلاثة قتلى بقصف على بلدة ربيعة", ["سانا"]),
    ],
)
def test_who_is_quoted(mentions: MentionReader, read: Read, text: str, names: list[str]) -> None:
    assert _names(mentions, read(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "وأدى بحسب المعلومات الأولية إلى مقتل 12 مدنيا",
        "قتل خمسة مدنيين في حصيلة أولية جراء القصف",
        "يذكر أن قوات النظام قصفت البلدة قبل أيام",
        "تتعرض القرية لقصف أدى لدمار كبير في المنازل",
        "دارت اشتباكات بين مجلس منبج العسكري من جهة وفصائل معارضة من جهة أخرى",
        "لم تعلن أي جهة مسؤوليتها عن التفجير",
        "انتشلت فرق الدفاع المدني جثة رجل من بئر",
    ],
)
def test_nobody_is_quoted(mentions: MentionReader, read: Read, text: str) -> None:
    assert _names(mentions, read(text)) == []


def test_a_verb_alone_takes_up_the_whole_chain(mentions: MentionReader, read: Read) -> None:
    scope = SourceScope()
    first, second = read("نقلت وكالة الأناضول عن مصادر محلية أن مدنيا قتل"), read("وأضافت المصادر أن الجرحى نقلوا")
    scope.read(first, mentions.attribution.read(first))
    found = scope.read(second, mentions.attribution.read(second))
    assert [q.name for q in found] == ["وكالة الأناضول", "مصادر محلية"]


def test_one_source_under_two_names_is_one() -> None:
    quoted = [Quoted(0, 1, "", name) for name in ("المرصد السوري لحقوق الإنسان", "المرصد السوري", "مصادر طبية")]
    assert [q.name for q in distinct_sources(quoted)] == ["المرصد السوري لحقوق الإنسان", "مصادر طبية"]


def test_source_spans_hold_the_name(claims: Claims) -> None:
    text = "قتل مدني بقصف مدفعي على مدينة إدلب.\n\nوقال الدفاع المدني السوري إن القصف استهدف السوق في مدينة إدلب."
    (claim,) = claims(text)
    (source,) = claim.sources
    assert (source.name, source.source_type, source.stance) == ("الدفاع المدني السوري", "civil_defence", "states")
    assert ("\n" + text)[source.start : source.end] == source.name


def test_a_denial_is_marked(mentions: MentionReader, read: Read) -> None:
    (quoted,) = mentions.attribution.read(read("نفت قوات سوريا الديمقراطية قصف القرية"))
    assert (quoted.stance, quoted.actor_id) == ("denies", "SDF")
