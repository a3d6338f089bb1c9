"""Which words of a sentence are places, and what their surroundings say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conflict_events.extraction.reading import PlaceMention, Sentence

Read = Callable[..., Sentence]


def _names(sentence: Sentence) -> list[str]:
    return [mention.name for mention in sentence.places]


def _only(sentence: Sentence) -> PlaceMention:
    assert len(sentence.places) == 1, _names(sentence)
    return sentence.places[0]


@pytest.mark.parametrize(
    "text",
    [
        "نفذ الطيران عدواناً جوياً استمر ساعة وقتل فيه جنديان",
        "قصف بري مكثف أدى إلى مقتل مدني",
        "قتل جندي في إحدى النقاط العسكرية الهامة",
        "أصيب رجل بانفجار لغم داخل مزرعة مهجورة",
        "طال القصف القرى الآمنة وقتل طفل",
        "قتل مدنيان في القرية ذاتها",
        "قصفت طائرة المنطقة المستهدفة نحو ساعة وقتلت رجلا",
        "اعتدى مسلحون على الطبقة العاملة وقتلوا رجلا",
    ],
)
def test_common_words_are_no_places(read: Read, text: str) -> None:
    assert read(text).places == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("قصفت المدفعية قرية الفلانية وقتلت رجلا", "الفلانية", "قريه"),
        ("قتل رجل بانفجار لغم في قرية خربة فلان أمس", "خربة فلان", "قريه"),
        ("استهدف الطيران قرية فلان حجر كبير بغارة", "فلان حجر كبير", "قريه"),
        ('استهدف القصف مخيم "وادي الفلان" وقتل طفلان', "وادي الفلان", "مخيم"),
        ("قتل مدني في قرية أم الفلان بقصف", "أم الفلان", "قريه"),
        ("قتل جنديان في وادي فلانان بعبوة ناسفة", "وادي فلانان", ""),
    ],
)
def test_unknown_names_are_read_behind_their_kind(read: Read, text: str, name: str, kind: str) -> None:
    mention = _only(read(text))
    if kind:
        assert (mention.name, mention.kind, mention.places) == (name, kind, ())
    else:
        assert name.endswith(mention.name)


@pytest.mark.parametrize(
    "text",
    [
        "قتل رجل في قرية حدودية",
        "سقطت قذيفة على بلدة مجاورة وقتل طفل",
        "قصف الطيران أحياء المدينة وقتل طفل",
        "استهدف القصف مخيمات المهجرين وقتل طفل",
        "طال القصف مخيمات ومدارس وقتل طفل",
        "قتل رجل في قرية تقع على الحدود",
    ],
)
def test_what_describes_a_kind_is_no_name(read: Read, text: str) -> None:
    assert read(text).places == []


def test_lists_mix_known_and_unknown_names(read: Read) -> None:
    sentence = read("قصفت المدفعية قرى سرمين والفلانية وبنش وجب الفلاني في ريف إدلب")
    assert _names(sentence) == ["سرمين", "الفلانية", "بنش", "جب الفلاني", "إدلب"]
    assert [bool(m.places) for m in sentence.places] == [True, False, True, False, True]


def test_a_head_word_makes_another_name(read: Read) -> None:
    """A village "تل" of something is not that something."""
    mention = _only(read("قصف الطيران تل سرمين وقتل رجلا"))
    assert (mention.name, mention.places) == ("تل سرمين", ())


def test_sizes_belong_to_the_name(read: Read) -> None:
    assert _only(read("قصف الطيران قرية السكرية الكبيرة وقتل رجلا")).name == "السكرية الكبيرة"


@pytest.mark.parametrize(
    ("text", "near", "rural", "direction"),
    [
        ("قصف على مدينة سرمين أدى لمقتل رجل", False, False, False),
        ("قصف على محيط مدينة سرمين أدى لمقتل رجل", True, False, False),
        ("قصف على الأطراف الغربية لبلدة سرمين أدى لمقتل رجل", True, False, False),
        ("قصف على الأطراف الغربية من بلدة سرمين أدى لمقتل رجل", True, False, False),
        ("قصف على ريف إدلب الجنوبي أدى لمقتل رجل", False, True, False),
        ("قصف على الريف الشرقي لإدلب أدى لمقتل رجل", False, True, False),
        ("اشتباكات غربي حلب أدت لمقتل رجل", True, False, True),
        ("اشتباكات على محور الفلانية أدت لمقتل رجل", True, False, False),
    ],
)
def test_words_around_a_name(read: Read, text: str, near: bool, rural: bool, direction: bool) -> None:
    mention = _only(read(text))
    assert (mention.near, mention.rural, mention.direction) == (near, rural, direction)


def test_a_dual_countryside_holds_for_both(read: Read) -> None:
    assert [m.rural for m in read("قتل رجلان في قصف على ريفي حلب وإدلب").places] == [True, True]


def test_an_adjective_may_end_a_name(read: Read) -> None:
    sentence = read("قتل جنديان بانفجار لغم في البادية السورية")
    assert _names(sentence) == ["البادية السورية"]
    assert sentence.actors == []


@pytest.mark.parametrize("text", ["قتل عنصر من قوات دمشق بقصف", "قالت حكومة صنعاء إن رجلا قتل"])
def test_rulers_of_a_place_are_no_place(read: Read, text: str) -> None:
    assert read(text).places == []
