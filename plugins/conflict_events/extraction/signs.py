"""What speaks for or against a frame's telling of an occurrence: the signs that `judgement` weighs.

A sign is a name with a value, mostly 1. Words come from `include/lexicon/cues.yaml`; the grammar is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from conflict_events.extraction.assertion import crowd_of
from conflict_events.extraction.clues import AIR, means_of
from conflict_events.extraction.families import VIOLENT, family
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.topics import topics_of
from conflict_events.extraction.wordsets import word_set

__all__ = [
    "SOURCE_SIGNS",
    "Page",
    "counts_the_dead_of",
    "is_figure",
    "is_of_crime",
    "is_of_mishap",
    "is_plain",
    "page_of",
    "signs_of",
]

_HARM = frozenset({"killed", "injured", "bodies", "missing"})
_COUNTED = _HARM | {"detained", "abducted", "strikes", "munitions", "defected", "deployed"}
_FRESH = timedelta(days=3)
_OLD = timedelta(days=45)
_NEAR = 4
_MANAGED = word_set("managed_verbs")
_MANAGED_REACH = 8
_OF_DEED = word_set("managed_in")
_LEAD = 3
_REACH = 9
_ABOUT = 0.5
_POLICE = 0.15
_NO_WAR = 0.04
_CRIMES = frozenset("arrest attack_on_civilians looting_destruction weapons_disrupted abduction assassination".split())
_RELATIVE = frozenset("الذي التي الذين اللذين اللتين والذي والتي ما مما".split())
_COMPLEMENT = frozenset("ان انه انها انهم بان بانه بانها وان وانه وانها".split())
_TOPIC = frozenset("حول بشان بخصوص ضد ملف قضيه تهمه بتهمه مسووليه خلفيه ذكري مكافحه ظاهره سياسه خطر".split())
_CAUSE = frozenset("بعد عقب اثر جراء نتيجه بسبب خلال اثناء منذ قبل في من".split())
_INCIDENT = frozenset("حادث حادثه عمليه محاوله جريمه واقعه سلسله موجه".split())
_GENERIC = frozenset("اعمال اساليب حالات عمليات جراءم جرايم انتهاكات وساءل وسايل حوادث انواع اشكال اي كل".split())
_WE = frozenset("نحن اننا باننا لنا علينا بنا نريد نرفض نعتبر نطالب انا انني".split())
_PRESENT = frozenset({"today", "day", "weekday", "relative"})
_CUES = (
    "background aggregate suspected heard pattern irrealis denial negation "
    "court inquiry reaction happens story opinion result cause"
).split()
SOURCE_SIGNS = ("sourced", "actor1", "alone:sourced", "alone:actor1")
"""Signs that a frame may gain when its sources become known; who claims the deed is its perpetrator."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a frame's page lends it.

    Attributes:
        published: Publication day.
        sentences: Number of sentences.
        titled: Whether it has a headline.
        families: How often each ACLED event type is told of.
        title_families: ACLED event types of its headline's frames.
        topics: How far it is about each topic, 0 to 1.
        mishap: Whether its headline or lead tells of harm by a crash, a quake or the like.
    """

    published: date | None
    sentences: int
    titled: bool
    families: dict[str, int]
    title_families: frozenset[str]
    topics: dict[str, float]
    mishap: bool


def page_of(frames: list[Frame], sentences: list[Sentence], published: date | None) -> Page:
    """Sums up a page.

    Args:
        frames: All frames read on it, doubtful ones included.
        sentences: Its sentences.
        published: Publication day.
    """
    families: dict[str, int] = {}
    frames = [frame for frame in frames if not _in_pictures(frame)]
    for frame in frames:
        families[family(frame.action)] = families.get(family(frame.action), 0) + 1
    titles = frozenset(family(f.action) for f in frames if f.sentence.kind == "title")
    titled = any(s.kind == "title" for s in sentences)
    mishap = any(map(_tells_of_mishap, sentences[:_LEAD]))
    return Page(published, len(sentences), titled, families, titles, topics_of(sentences), mishap)


def signs_of(frame: Frame, page: Page) -> dict[str, float]:
    """The signs of one frame.

    A sentence that stands alone is judged by other readers, for other ends, than one of a page: whoever condemns a
    blast tells a page's reader of it, but not a coder of sentences who asks what is reported. So there each sign has a
    second weight, under "alone:".
    """
    found: dict[str, float] = {}
    _of_triggers(frame, found)
    _of_slots(frame, found)
    _of_days(frame, page, found)
    _of_sentence(frame, found)
    _of_page(frame, page, found)
    if is_plain(frame):
        found["plain"] = 1
    if page.sentences <= 1:
        found |= {f"alone:{name}": value for name, value in found.items()}
    return found


def is_plain(frame: Frame) -> bool:
    """Whether the words say it outright: a site is named, and a conjugated verb tells of it or somebody is counted.

    "خطف مسلحون طبيبا في مدينة السويداء", "مقتل ثلاثة مدنيين في البلدة", "اندلعت اشتباكات في محيط البلدة",
    "استهدفت غارة البلدة"; not "بعد اشتباكات البلدة".
    """
    if not frame.sites or frame.background or (frame.generic and not frame.counts):
        return False
    unit = frame.unit
    finite = [t for t in unit.triggers if t.form == "finite"]
    if any(t.entry.strength == "event" for t in finite):
        return not frame.generic
    if any(row.people.numeric and row.group is None for row in frame.counts):
        return True
    happened = frame.sentence.cues_in(unit.first, unit.last, "happens")
    named = [t for t in unit.triggers if t.entry.strength == "event" and not t.definite]
    if any(t.first - 1 <= verb.first <= t.last for verb in finite for t in named if t is not verb):
        return True
    if any(_managed(frame.sentence, t) for t in unit.triggers if not t.finite and t.entry.strength != "cue"):
        return not frame.generic
    return any(0 <= t.first - cue.last <= 1 for cue in happened for t in named)


def _managed(sentence: Sentence, noun: Trigger) -> bool:
    """Whether somebody is said to have brought it about: "تمكنت القوات من تحرير المدينة"."""
    if sentence.text(noun.first - 1) not in _OF_DEED:
        return False
    return any(sentence.bare(i) in _MANAGED for i in range(noun.first - _MANAGED_REACH, noun.first - 1))


def is_figure(frame: Frame, page: Page) -> bool:
    """Whether it only speaks in pictures: "خاض الفريق معركة", "هدف قاتل يفجر فرحة الجمهور"; who is counted as hurt, is.

    Words of sport and markets in the sentence, or a page about sport, make it one where nothing is told outright.
    """
    if _in_pictures(frame):
        return True
    if page.topics.get("sport", 0.0) < _ABOUT or is_plain(frame):
        return False
    return not any(row.people.numeric and row.measure in _HARM for row in frame.counts)


def is_of_mishap(frame: Frame, page: Page) -> bool:
    """Whether it goes on about a mishap: "قتل ركاب المروحية" on a page about a crash; nobody and no act did it."""
    unit = frame.unit
    if not page.mishap or frame.actor1 or _acts(unit.triggers):
        return False
    return family(frame.action) in VIOLENT | {"Toll"} and not means_of(frame.sentence, unit.first, unit.last) - AIR


def is_of_crime(frame: Frame, page: Page) -> bool:
    """Whether a page about thieves and murderers, without a word of war, tells of their deeds and arrests."""
    of_police = page.topics.get("crime", 0.0) >= _POLICE and page.topics.get("war", 0.0) <= _NO_WAR
    return of_police and page.sentences > 1 and frame.action in _CRIMES


def counts_the_dead_of(frame: Frame, told: Frame) -> bool:
    """Whether a frame gives the toll of what was just told: "شنت طائرات غارات ... وأسفر القصف عن مقتل 23"."""
    numbered = any(r.people.numeric and r.group is None and r.measure in _HARM for r in frame.counts)
    return (
        numbered
        and frame.anaphoric
        and 0 <= frame.sentence.index - told.sentence.index <= 1
        and family(told.action) in VIOLENT
        and not told.background
    )


def _in_pictures(frame: Frame) -> bool:
    return bool(
        frame.sentence.cues.get("figurative")
        and not frame.sites
        and not any(row.people.numeric for row in frame.counts)
    )


def _acts(triggers: list[Trigger]) -> list[Trigger]:
    """Triggers of acts, not of harm."""
    return [t for t in triggers if not t.entry.outcome and t.entry.strength != "cue"]


def _tells_of_mishap(sentence: Sentence) -> bool:
    if not sentence.cues.get("accident") or _acts(sentence.triggers):
        return False
    return any(t.entry.outcome for t in sentence.triggers) and not means_of(sentence, 0, len(sentence)) - AIR


def _of_triggers(frame: Frame, found: dict[str, float]) -> None:
    sentence = frame.sentence
    told = [t for t in frame.unit.triggers if t.first in frame.asserted and t.entry.frame != "result"]
    found[f"action={frame.action}"] = 1
    for trigger in told:
        found[f"frame={trigger.entry.frame}"] = 1
        found[f"strength={trigger.entry.strength}"] = 1
        found[f"form={trigger.form}"] = 1
    found["triggers"] = min(len(told), 4) / 4
    if not told:
        found["no_trigger"] = 1
        return
    _of_verbs(sentence, [t for t in told if t.finite], found)
    if any(t.form == "phrase" and t.entry.strength == "event" for t in told):
        found["strong_phrase"] = 1
    if any(t.passive for t in told):
        found["passive"] = 1
    if any(_quoted(sentence, t.first) for t in told):
        found["quoted"] = 1
    nominal = [t for t in told if not t.finite]
    if nominal:
        _of_noun(sentence, nominal[0], found)
        if len(nominal) == len(told) and all(t.definite for t in nominal):
            found["definite"] = 1
        if any(t.number == "p" and not t.definite for t in nominal):
            found["plural"] = 1


def _of_verbs(sentence: Sentence, verbs: list[Trigger], found: dict[str, float]) -> None:
    if not verbs:
        found["no_verb"] = 1
        return
    perfect = [t for t in verbs if t.form == "finite"]
    if any(not _relative(sentence, t) for t in perfect):
        found["main_verb"] = 1
    if any(t.entry.outcome or t.entry.strength == "event" for t in perfect):
        found["strong_verb"] = 1
    if len(perfect) < len(verbs) and sentence.kind == "title":
        found["title_present"] = 1
    if all(_relative(sentence, t) for t in verbs):
        found["only_relative"] = 1
    if any(sentence.text(t.first - 1) in _COMPLEMENT for t in verbs):
        found["after_that"] = 1


def _of_noun(sentence: Sentence, noun: Trigger, found: dict[str, float]) -> None:
    """What governs the first event noun: "في هجوم", "حول اغتيال", "لضرب"."""
    before = sentence.skip_punct(noun.first - 1, -1)
    word, bare = sentence.text(before).lstrip("و"), sentence.bare(before)
    for sign, particle in (("noun:to", "ل"), ("noun:by", "ب")):
        if particle in noun.proclitics:
            found[sign] = 1
    groups = (
        ("topic", word, _TOPIC),
        ("cause", word, _CAUSE),
        ("incident", bare, _INCIDENT),
        ("generic", bare, _GENERIC),
    )
    governor = next((f"noun:{name}" for name, said, words in groups if said in words), None)
    if noun.first == 0:
        governor = "noun:opens"
    elif governor is None and before >= 0 and sentence.tokens[before].kind == "punct":
        governor = "noun:after_stop"
    if governor is not None:
        found[governor] = 1
    for cue in sentence.cues_in(max(0, noun.first - _NEAR), noun.first, "happens"):
        if cue.last <= noun.first:
            found["noun:happens"] = 1
    for back in range(max(0, noun.first - _NEAR), noun.first):
        if sentence.bare(back) in _TOPIC:
            found["topic_near"] = 1


def _of_slots(frame: Frame, found: dict[str, float]) -> None:
    unit, sentence = frame.unit, frame.sentence
    _of_counts(frame, found)
    harms = [a for a in unit.of_kind("harm") if a.first in frame.asserted]
    found["harm"] = float(bool(harms))
    if harms and unit.of_kind("event"):
        found["harm_and_event"] = 1
    if frame.sites:
        found["site"] = 1
        if any(not p.asserted for p in frame.sites):
            found["site_doubtful"] = 1
    elif frame.containers:
        found["container"] = 1
    else:
        found["no_place"] = 1
    if frame.sites and frame.date is not None and frame.date.days is not None:
        found["place_and_day"] = 1
    for slot, actors in (("actor1", frame.actor1), ("actor2", frame.actor2)):
        if actors and not (frame.action in ("protest", "riot") and slot == "actor1"):
            found[slot] = 1
    if means_of(sentence, unit.first, unit.last):
        found["means"] = 1
    if frame.sources:
        found["sourced"] = 1
    for flag in ("generic", "anaphoric", "suspected", "background", "aggregate"):
        if getattr(frame, flag):
            found[flag] = 1


def _of_counts(frame: Frame, found: dict[str, float]) -> None:
    counted = [r for r in frame.counts if r.measure in _COUNTED]
    if any(r.people.numeric and r.measure in _HARM for r in counted):
        found["harm_number"] = 1
    elif any(r.people.numeric for r in counted):
        found["number"] = 1
    if any(not r.people.numeric for r in counted):
        found["vague_number"] = 1
    crowd = crowd_of(frame.unit)
    if crowd is not None:
        found["crowd"] = 1
        if any(q.last in (crowd.first, crowd.first - 1) for q in frame.sentence.quantities):
            found["crowd_number"] = 1


def _of_days(frame: Frame, page: Page, found: dict[str, float]) -> None:
    days = frame.date.days if frame.date is not None else None
    if days is None:
        found["no_day"] = 1
    else:
        found[f"precision={days.time_precision}"] = 1
        if page.published is not None:
            age = page.published - days.end
            found["fresh" if age <= _FRESH else "old" if age > _OLD else "recent"] = 1
    if any(d.kind == "future" for d in frame.sentence.dates):
        found["future_day"] = 1


def _of_sentence(frame: Frame, found: dict[str, float]) -> None:
    sentence, unit = frame.sentence, frame.unit
    first = min(a.first for a in unit.anchors)
    for category in _CUES:
        cues = sentence.cues.get(category, [])
        if any(first - _REACH <= c.first < first for c in cues):
            found[f"{category}:before"] = 1
        elif any(c.first < first for c in cues):
            found[f"{category}:ahead"] = 1
        elif any(c.first >= first for c in cues):
            found[f"{category}:after"] = 1
    words = {t.text for t in sentence.tokens}
    if words & _WE:
        found["we"] = 1
    if "؟" in words or "?" in words:
        found["question"] = 1
    for topic in topics_of([sentence]):
        found[f"says:{topic}"] = 1
    found["long"] = min(len(sentence), 80) / 80
    found["late"] = min(first, 40) / 40
    found["units"] = float(unit.continues)


def _of_page(frame: Frame, page: Page, found: dict[str, float]) -> None:
    kind = frame.sentence.kind
    found[f"kind={kind if kind in ('title', 'heading') else 'body'}"] = 1
    if page.sentences <= 1:
        found["alone"] = 1
        return
    if page.titled and family(frame.action) in page.title_families and kind != "title":
        found["as_title"] = 1
    if frame.sentence.index <= 2:
        found["lead"] = 1
    total = sum(page.families.values())
    for topic, share in page.topics.items():
        found[f"page:{topic}"] = share
    found["density"] = min(total / page.sentences, 1.5)
    found["same_family"] = min(page.families.get(family(frame.action), 0), 6) / 6


def _relative(sentence: Sentence, trigger: Trigger) -> bool:
    return any(sentence.text(i) in _RELATIVE for i in (trigger.first - 1, trigger.first - 2))


def _quoted(sentence: Sentence, index: int) -> bool:
    return sum(t.text == '"' for t in sentence.tokens[:index]) % 2 == 1
