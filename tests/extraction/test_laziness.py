"""What is passed over unread could not have told anything: the quick ways and the long way give the same claims."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.arabic import Token, fold, fold_word, sentences, tokenize
from conflict_events.arabic.folding import _TABLE, _same_length
from conflict_events.articles import clean
from conflict_events.extraction import Extractor, load_extractor
from conflict_events.extraction.mentions.reader import _LONGEST_SENTENCE
from conflict_events.extraction.sourcing import source_frames
from conflict_events.lexicon.paths import include_dir
from conflict_events.lexicon.sources import read_yaml
from conflict_events.pipeline.parallel import read_claims_in_parallel
from conflict_events.pipeline.reading import read_claims
from conflict_events.records import Article
from conflict_events.settings import Settings


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def _samples() -> Iterator[Article]:
    for path in sorted((include_dir() / "sample_articles").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            yield Article(f"{path.stem}-{number}", record["text"], title=record.get("title") or "")


def _settings() -> Settings:
    return Settings.load(environ={}, max_seconds_per_document=0)


def test_a_text_that_is_turned_away_at_the_first_look_yields_nothing(extractor: Extractor) -> None:
    sentences_ = [s for article in _samples() for s in article.text.replace(".", ".\n").splitlines() if len(s) > 20]
    turned_away = [Article("x", text) for text in sentences_ if not extractor.may_tell(text)]
    assert len(turned_away) > 5
    assert not any(extractor.extract(clean(article)) for article in turned_away)


def test_whatever_tells_passes_the_first_look(extractor: Extractor) -> None:
    """Over the examples of the lexicon: each trigger, each phrase, each noun of harm."""
    found = [read_yaml(include_dir() / "lexicon" / name) for name in ("triggers.yaml", "people.yaml", "cues.yaml")]
    items = [item for data in found for section in data.values() if isinstance(section, list) for item in section]
    examples = [item["example"] for item in items if isinstance(item, dict) and "example" in item]
    telling = [
        example
        for example in examples
        if any(map(extractor._mentions.tells, extractor._mentions.read(clean(Article("x", example)))))
    ]
    assert len(telling) > 100
    assert [example for example in telling if not extractor.may_tell(example)] == []
    assert not extractor.may_tell("زار وفد من الجامعة متحف الفنون صباح السبت")


def test_odd_spellings_are_never_turned_away(extractor: Extractor) -> None:
    assert extractor.may_tell("افتتح Hلوزير المعرض")
    assert extractor.may_tell("افتتح الوزير المعر ـض")


def test_sentences_without_a_trigger_hold_no_frames(extractor: Extractor) -> None:
    from conflict_events.extraction.frames import frame_of
    from conflict_events.extraction.units import units_of

    passed_over = 0
    for article in _samples():
        for sentence in extractor._mentions.read(clean(article)):
            if not extractor._mentions.tells(sentence):
                passed_over += 1
                assert not any(frame_of(unit) for unit in units_of(sentence)), " ".join(sentence.words)
            if not extractor._mentions.quotes(sentence):
                assert not extractor._mentions.attribution.read(sentence), " ".join(sentence.words)
    assert passed_over > 20


def test_hints_that_nothing_substantiates_hold_no_frames(extractor: Extractor) -> None:
    """Over the samples and all examples of the lexicon, and over each hint among words that could make an act of it."""
    from conflict_events.extraction.frames import frame_of
    from conflict_events.extraction.units import units_of

    found = [read_yaml(path) for path in sorted((include_dir() / "lexicon").glob("*.yaml"))]
    items = [item for data in found for section in data.values() if isinstance(section, list) for item in section]
    texts = [str(item["example"]) for item in items if isinstance(item, dict) and "example" in item]
    texts += [article.text for article in _samples()]
    hints = "أطلق ألقى نفذ تقدم انضم وصل وصلت أرسلت تعرضت التحق".split()
    behind = (
        "ثلاثة من عناصر الجيش إلى المدينة",
        "صاروخ على البلدة",
        "المتظاهرون الحجارة على الشرطة",
        "طائرة مسيرة فوق حلب",
        "جثامين القتلى إلى المشفى",
        "الوزير إلى باريس أمس",
        "برنامجا للشباب في عمان",
        "قوات إضافية إلى ريف إدلب",
        "الدفاعات الجوية لأهداف معادية",
        "خمسة جنود أتراك",
    )
    texts += [f"{hint} {words}" for hint in hints for words in behind]
    quiet = 0
    for text in texts:
        for sentence in extractor._mentions.read(clean(Article("x", text))):
            if not extractor._mentions.tells(sentence) and sentence.candidates:
                quiet += 1
                assert not any(frame_of(unit) for unit in units_of(sentence)), " ".join(sentence.words)
    assert quiet > 50


def test_marks_are_the_same_without_the_quick_look_at_a_word_s_letters(extractor: Extractor) -> None:
    vocabulary = extractor._mentions._vocabulary

    class Everything(frozenset[str]):
        def isdisjoint(self, _: object) -> bool:
            return False

    words = {t.text for article in _samples() for t in tokenize(fold_word(article.text)) if t.kind == "word"}
    words |= {
        f"{particle}{word}" for word in sorted(words)[::7] for particle in ("و", "ب", "ل", "وب", "فل", "ال", "وال")
    }
    tokens = [Token(word, 0, len(word), "word") for word in sorted(words)]
    quick = [vocabulary._meaning(token) for token in tokens]
    stems = vocabulary._stems
    try:
        vocabulary._stems = Everything()
        assert [vocabulary._meaning(token) for token in tokens] == quick
    finally:
        vocabulary._stems = stems


def test_no_page_is_given_up_that_holds_a_frame_which_is_told(extractor: Extractor) -> None:
    """Each sentence of the samples as a page of its own: many hold a frame, and not every frame is told."""
    given_up = 0
    for text in {s for article in _samples() for s in article.text.replace(".", ".\n").splitlines() if len(s) > 20}:
        sentences_ = extractor._mentions.read(clean(Article("x", text)))
        told_of = extractor._told_of(sentences_)
        bare = [frame for told in told_of.values() for frame in told]
        if bare and not extractor._judgement.may_tell(bare, sentences_, None):
            given_up += 1
            sourced, _ = source_frames(extractor._mentions, sentences_, told_of, {})
            assert extractor._judgement.told(sourced, sentences_, None) == [], text
    assert given_up > 3


def test_several_processes_read_the_same_claims_in_the_same_order() -> None:
    articles = list(_samples())
    alone = list(read_claims(_settings(), articles, []))
    several = Settings.load(environ={}, max_seconds_per_document=0, processes=2)
    failed: list[dict[str, str]] = []
    assert list(read_claims_in_parallel(several, articles * 4, failed)) == alone * 4
    assert any(alone) and failed == []


def test_an_endless_sentence_is_read_in_parts(extractor: Extractor) -> None:
    text = "قتل ثلاثة مدنيين بقصف على بلدة سرمين، " * 300
    assert len(tokenize(fold(text).text)) > 3 * _LONGEST_SENTENCE
    assert len(sentences(tokenize(fold(text).text))) == 1
    read = extractor._mentions.read(clean(Article("long", text)))
    assert len(read) > 3 and max(map(len, read)) <= _LONGEST_SENTENCE
    assert "".join(s.raw_text(0, len(s)) for s in read).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet=st.sampled_from(sorted(map(chr, _TABLE))), max_size=60))
@settings(max_examples=200, deadline=None)
def test_folding_single_letters_is_what_the_table_says(text: str) -> None:
    assert _same_length(text) == text.translate(_TABLE)
