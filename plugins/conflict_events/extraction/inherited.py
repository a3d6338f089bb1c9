"""What an occurrence takes from its neighbours: the place and the day that its own sentences don't name."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.arabic.date_resolver import DateRange
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.occurrences import Occurrence
from conflict_events.extraction.reading import DateMentionAt, PlaceMention, Sentence
from conflict_events.extraction.siting import is_wide
from conflict_events.extraction.wordsets import word_set

__all__ = ["inherited_site", "told_day"]

# Definite nouns that stand for a town named before.
_POINTERS = frozenset("المدينه البلده القريه المخيم الحي الناحيه القريتين البلدتين المدينتين الضيعه".split())
_JOINED = frozenset(f"لل{p[2:]}" for p in _POINTERS)
_BARE_HOURS = word_set("bare_hours")
_NEAR = 2
# How many sentences a day that was told holds for in other paragraphs.
_DAY_REACH = 4


def inherited_site(occurrence: Occurrence, page: Sequence[Occurrence]) -> tuple[Frame, PlaceMention] | None:
    """The frame and the site that the occurrence takes its place from, or None.

    A definite town ("المدينة") means the last town named before; without one the occurrence plays where the sentences
    right before it do. A toll over a period takes no neighbour's place.
    """
    first = occurrence.frames[0]
    told = [f for o in page if o is not occurrence for f in o.frames if f.sites and not f.aggregate]
    before = [f for f in told if _position(f) < _position(first)]
    if any(f.containers for f in occurrence.frames):
        return None
    pointer = any(_points_back(f.sentence, f.unit.first, f.unit.last) for f in occurrence.frames)
    if pointer:
        towns = [f for f in before or told if not is_wide(f.sites[0])]
        if towns:
            frame = towns[-1] if before else towns[0]
            return frame, frame.sites[0]
    near = [f for f in before if first.sentence.index - f.sentence.index <= _NEAR]
    if not near or first.aggregate:
        return None
    chosen = near[-1]
    return chosen, chosen.sites[0]


def _position(frame: Frame) -> tuple[int, int]:
    return frame.sentence.index, frame.unit.first


def _points_back(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the range speaks of "the town" without naming it."""
    for index in range(first, last):
        word = sentence.text(index)
        if any(word.endswith(p) and word[: -len(p)] in ("", "و", "ب", "وب") for p in _POINTERS) or word in _JOINED:
            return True
    return bool(sentence.cues_in(first, last, "same_place"))


def told_day(occurrence: Occurrence, page: Sequence[Occurrence], main: DateRange | None) -> DateRange | None:
    """The day of an occurrence whose sentences name none, or None where it has to be the publication day.

    Further down the day of the page's main news holds as long as days are told near by, and in one paragraph the day
    told last does. What is told with its hour alone ("ظهرا") is of the day of the report.

    Args:
        occurrence: What is told without a day.
        page: All occurrences of the page.
        main: The day of the page's main news.
    """
    if main is None or any(_names_hour(f) for f in occurrence.frames):
        return None
    first = next((f for f in occurrence.frames if _in_body(f)), occurrence.frames[0])
    dated = (f for o in page for f in o.frames if _in_body(f) and _position(f) < _position(first))
    last = max(((f, f.date) for f in dated if _exact(f.date)), key=lambda told: _position(told[0]), default=None)
    if last is None:
        return main
    frame, day = last
    apart = first.sentence.index - frame.sentence.index
    if frame.sentence.paragraph == first.sentence.paragraph and apart <= _NEAR and not frame.background:
        return day.days if day is not None and day.kind != "period" else main
    return main if apart <= _DAY_REACH else None


def _names_hour(frame: Frame) -> bool:
    return not _BARE_HOURS.isdisjoint(frame.sentence.words_between(frame.unit.first, frame.unit.last))


def _in_body(frame: Frame) -> bool:
    return frame.sentence.kind not in ("title", "heading")


def _exact(date: DateMentionAt | None) -> bool:
    return date is not None and date.days is not None and date.days.time_precision == 1
