"""Sites that two names tell: roads ("طريق نوى - الشيخ مسكين") and stretches ("بين داعل وطفس")."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.extraction.reading import PlaceMention, Sentence, is_among
from conflict_events.extraction.siting import is_wide
from conflict_events.geography.wording import word_set

__all__ = ["Stretch", "stretch_at"]

_ROADS = word_set("roads")
_LONGEST_LEAD = 3  # words between the road and "بين"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a road or stretch.

    Attributes:
        name: What the claim calls it.
        asked: What the geocoder is asked for.
        ends: Its two places.
    """

    name: str
    asked: str
    ends: tuple[PlaceMention, PlaceMention]


def stretch_at(sentence: Sentence, site: PlaceMention) -> Stretch | None:
    """The stretch that a site is an end of; None where it stands for itself."""
    for first, second in zip(sentence.places, sentence.places[1:], strict=False):
        if site not in (first, second):
            continue
        between = [t.text for t in sentence.tokens[first.tail : second.head] if t.text not in "\"'()"]
        by_road = first.head < first.first and is_among(sentence.bare(first.head), _ROADS)
        if by_road and _tied(sentence, second, between) and _ends(first, second):
            words = sentence.raw_text(first.head, second.last).strip('"“”«» ')
            return Stretch(words, words, (first, second))
        before = sentence.skip_punct(first.head - 1, -1)
        joined = not between and (sentence.text(second.head).startswith("و") or "و" in second.proclitics)
        if joined and sentence.bare(before) == "بين" and _ends(first, second):
            start = _road_before(sentence, before)
            return Stretch(
                sentence.raw_text(start, second.last).strip('"“”«» '),
                sentence.raw_text(before, second.last),
                (first, second),
            )
    return None


def _tied(sentence: Sentence, second: PlaceMention, between: list[str]) -> bool:
    """Whether a dash, a bare و or nothing at all stands between the ends of a road."""
    if between:
        return len(between) == 1 and between[0] in ("-", "–", "_", "ـ")
    return second.head == second.first and not second.proclitics.strip("و")


def _ends(first: PlaceMention, second: PlaceMention) -> bool:
    """Whether both are places that a road may lead to."""
    return bool(first.places or second.places) and not (first.rural or second.rural) and not _countries(first, second)


def _countries(*mentions: PlaceMention) -> bool:
    return any(is_wide(m) and all(p.kind in ("country", "region") for p in m.places) for m in mentions)


def _road_before(sentence: Sentence, between: int) -> int:
    """Where "الطريق الدولي الواصل" begins before "بين"; that word itself where no road does."""
    for index in range(between - 1, max(-1, between - 2 - _LONGEST_LEAD), -1):
        if is_among(sentence.bare(index), _ROADS | {"طريق"}):
            return index
        if sentence.tokens[index].kind != "word":
            break
    return between
