"""Names that no gazetteer holds and only the words around them show: "قرية المستريحة", "قرى كذا وكذا", "محور كذا"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conflict_events.arabic import proclitic_readings, strip_article
from conflict_events.extraction.reading import PlaceMention, Sentence
from conflict_events.extraction.vocabulary import Bit
from conflict_events.geography.wording import Words, word_set

__all__ = ["KINDS", "SIZES", "AnnouncedPlaces", "announces", "is_kind", "plain_kind"]

_KINDS = word_set("kind_words")
_LISTS = word_set("kind_lists")
# Words of the front line: what follows them is near the fighting.
_LINES = word_set("lines")
_MANY_LINES = word_set("line_lists")
_STOPPERS = word_set("no_name")
# Indefinite adjectives behind a kind word ("منطقة آمنة").
_ADJECTIVES = word_set("no_name_adjectives")
SIZES = word_set("sizes")
# Definite adjectives that say where a named place lies or to whom it belongs.
_RELATIONS = word_set("situated")
_HEADS = word_set("double_name_heads")
_NO_AREAS = word_set("no_areas")
_LONGEST_QUOTED = 4
_MOST = 12


KINDS = _KINDS | _LISTS | _LINES
"""Words that announce a place or a line of the front."""


def plain_kind(word: str) -> bool:
    """Whether a folded word without particles announces a place.

    >>> plain_kind("قريتي"), plain_kind("المدينه")
    (True, False)
    """
    return word in _KINDS or word in _LISTS


def is_kind(word: str) -> bool:
    """Whether a word with its particles announces a place, or a line of the front."""
    return _kind_of(word) is not None


def announces(sentence: Sentence, index: int) -> bool:
    """Whether a word that could also be a verb is a kind of place: "في وادي عومران", but "وأدى إلى"."""
    return sentence.text(index) in ("وادي", "بوادي") and not sentence.text(index + 1).startswith(("الي", "ب", "ل"))


class AnnouncedPlaces:
    """Reads names that follow a kind word, alone or in a list."""

    def __init__(self, words: Words) -> None:
        self._front_words = {entry[0] for entry, _ in words.front if len(entry) == 1} | {w[0] for w in words.kinds}

    def read(
        self,
        sentence: Sentence,
        taken: set[int],
        known: Sequence[PlaceMention],
        doubtful: dict[tuple[int, int], PlaceMention],
    ) -> list[PlaceMention]:
        """Names in text order, with `head` at their kind word.

        Args:
            sentence: The sentence.
            taken: Tokens that belong to something else.
            known: Places found already; a list may go on behind them.
            doubtful: Known names that nothing called for, by their tokens; a list calls for them.
        """
        at = {m.head: m for m in known} | {m.first: m for m in known}
        found: list[PlaceMention] = []
        index = 0
        for at_kind in sentence.marked(Bit.KIND):
            if at_kind < index or at_kind >= len(sentence) - 1:
                continue
            index = at_kind
            kind = _kind_of(sentence.text(index))
            if kind == "منطقه" and not self._is_area(sentence, index):
                kind = None
            if kind is None or index in taken or sentence.tokens[index].kind != "word":
                continue
            names, end = self._names(sentence, index, kind, taken, at)
            found += [_with_entry(name, doubtful.get((name.first, name.last))) for name in names]
            index = max(end, index + 1)
        return found

    def _is_area(self, sentence: Sentence, index: int) -> bool:
        """Whether an area is named: "منطقة الجبانة" does; "منطقة سكنية" and "منطقة الحدود" do not."""
        word = sentence.text(sentence.skip_punct(index + 1))
        return word.startswith("ال") and not sentence.analyses[index + 1] and word not in _NO_AREAS

    def _names(
        self, sentence: Sentence, kind_at: int, kind: str, taken: set[int], known: dict[int, PlaceMention]
    ) -> tuple[list[PlaceMention], int]:
        """Names behind a kind word, known ones of a list passed over, and where the reading ended."""
        found: list[PlaceMention] = []
        index = kind_at + 1
        listed = 0
        while index < len(sentence) and listed < _MOST:
            quoted = sentence.text(index) in ('"', "'")
            start = sentence.skip_punct(index)
            mention = known.get(start) or known.get(index)
            if mention is not None:
                end = mention.tail
            else:
                end = self._name_end(sentence, start, taken, quoted, joined=listed > 0)
                if not listed and not quoted and _goes_on_with_and(sentence, start, kind):
                    break
                if end == start or (listed and not self._item_ends(sentence, end, known)):
                    break
                found.append(_announced(sentence, start, end, kind, kind_at, listed))
            listed += 1
            index = sentence.skip_punct(end)
            if kind not in _LISTS and kind not in _MANY_LINES:
                break
            if sentence.text(index) in ("،", ",", "-"):
                index += 1
            elif not sentence.text(index).startswith("و"):
                break
        return found, index

    def _name_end(self, sentence: Sentence, start: int, taken: set[int], quoted: bool, *, joined: bool) -> int:
        """One past the last token of the name that starts at a token; `start` where none does."""
        if start >= len(sentence) or start in taken or sentence.tokens[start].kind != "word":
            return start
        word = sentence.text(start)
        if joined and word.startswith("و") and len(word) > 3:
            word = word[1:]
        if quoted:
            end = start
            while end < len(sentence) and end - start < _LONGEST_QUOTED and sentence.tokens[end].kind == "word":
                end += 1
            return end if sentence.text(end) in ('"', "'") else start
        if not self._may_begin(sentence, start, word):
            return start
        end = start + 1
        if end < len(sentence) and end not in taken and self._goes_on(sentence, word, end):
            end += 1
            if sentence.text(end) in SIZES and end not in taken:
                end += 1
        return end

    def _may_begin(self, sentence: Sentence, index: int, word: str) -> bool:
        if word in _HEADS and sentence.tokens[index + 1 : index + 2] and sentence.tokens[index + 1].kind == "word":
            return True
        if len(word) < 2 or word in _STOPPERS or word in _ADJECTIVES or word.startswith(("بال", "لل")):
            return False
        if (
            word in _NO_AREAS
            or word in ("ذكري", "الذكري", "ليله", "المولد")
            or (word.startswith("ال") and strip_article(word) in self._front_words)
        ):
            return False
        if (index in sentence.persons and (word.startswith("ال") or word.endswith("ي"))) or any(
            a.first == index for a in sentence.actors
        ):
            # "مخيمات المهجرين" says whose camps they are.
            return False
        if (_kind_of(word) is not None and word not in _HEADS) or (word in self._front_words and word not in _HEADS):
            return False
        if any(a.pos == "verb" and not a.enclitic for a in sentence.analyses[index]) and not word.startswith("ال"):
            return False
        # An indefinite nisba behind a kind word describes it ("قرية حدودية").
        return word.startswith("ال") or not (word.endswith(("يه", "يات")) and len(word) > 5)

    def _goes_on(self, sentence: Sentence, word: str, index: int) -> bool:
        """Whether the second word still belongs to the name."""
        token = sentence.tokens[index]
        second = token.text
        if word in _HEADS and token.kind == "word" and second not in _STOPPERS and index not in sentence.persons:
            return True
        if token.kind != "word" or second in _STOPPERS or second in _ADJECTIVES or second in self._front_words:
            return second in SIZES
        if second in SIZES:
            return True
        if _kind_of(second) is not None or any(d.first <= index < d.last for d in sentence.dates):
            return False
        if second in _RELATIONS:
            return False
        if sentence.analyses[index] or second.startswith(("و", "ب", "ل")) or len(second) < 3:
            return False
        if second.startswith("ال"):
            # "كويت الرحمة" is a name, "هيمو الحدودية" and "المدينة الواقعة" are a name and an adjective.
            return not word.startswith("ال") and not second.endswith(("يه", "ين", "ون", "ات"))
        return not word.startswith("ال")

    def _item_ends(self, sentence: Sentence, end: int, known: dict[int, PlaceMention]) -> bool:
        """Whether a list or the phrase goes on as it does behind a name, so that the word before was one."""
        index = sentence.skip_punct(end)
        after = sentence.text(index)
        return (
            not after
            or index in known
            or sentence.tokens[index].kind in ("punct", "break", "number")
            or after in _STOPPERS
            or after.startswith(("بريف", "بجبل", "بمحافظ", "بناحي", "بمنطق", "بالقرب", "بقذ", "بال", "و"))
        )


def _goes_on_with_and(sentence: Sentence, index: int, kind: str) -> bool:
    """Whether "and" follows a kind word, no name: "مخيمات ومدارس", "مزرعة ومنزلين"; a name may begin with و, too."""
    if not sentence.text(index).startswith("و"):
        return False
    return kind in _LISTS or any("و" in a.proclitics for a in sentence.analyses[index])


def _with_entry(name: PlaceMention, entry: PlaceMention | None) -> PlaceMention:
    return name if entry is None else replace(name, places=entry.places, name=entry.name)


def _announced(sentence: Sentence, start: int, end: int, kind: str, kind_at: int, listed: int) -> PlaceMention:
    joined = "و" if listed and sentence.text(start).startswith("و") else ""
    raw = sentence.raw_text(start, end).strip("\"'“”«»()[] ")
    return PlaceMention(
        start,
        end,
        joined,
        name=raw.removeprefix(joined),
        kind="listed" if listed else "" if kind in _LINES else kind,
        near=kind in _LINES,
        asserted=False,
        head=start if listed else kind_at,
        tail=end,
    )


def _kind_of(word: str) -> str | None:
    """The kind word without the particles before it; a definite one ("المدينة") announces nothing."""
    if not word:
        return None
    return next((r for r, _ in proclitic_readings(word) if plain_kind(r) or r in _LINES), None)
