"""Finds the quantities of a text: numbers, ranges and vague words, with the qualifier that bounds them.

Low, best and high follow the codebook (section 3, "Counts"): exact N/N/N, at_least N/N/null, at_most null/N/N,
about N/N/N, range A/null/B, vague null/null/null.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from conflict_events.arabic.number_words import NumberRead, number_forms, read_number, starts_number
from conflict_events.arabic.phrases import Phrase, PhraseMatcher
from conflict_events.arabic.roles import role_of
from conflict_events.arabic.tokens import Token
from conflict_events.arabic.vocabulary import folded_forms, read_entries

__all__ = ["Quantity", "may_hold_quantity", "quantities", "quantity_words"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated amount.

    Attributes:
        first: Index of its first token, a qualifier before it included.
        last: One past its last token: what it counts stands there.
        low: Smallest value, None where open or vague.
        best: Stated value, None for a range or a vague word.
        high: Largest value, None where open or vague.
        qualifier: exact, at_least, at_most, about, range or vague.
        is_digits: Whether it is written in digits, at least in part.
        role: What the number is for (see `conflict_events.arabic.roles`); only "count" counts things.
        proclitics: Particles attached to its first word ("و", "ب", ...).
        number_first: Index of the first token of the number or vague word itself.
        definite: Whether the number word carries ال ("المدنيين الثلاثة").
        qualifier_at: Token indexes (first, last) of a qualifier that stands apart, behind the noun, or None.
        scaled: Whether a vague word names a scale ("العشرات"), as "عدد من" does not.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    is_digits: bool
    role: str = "count"
    proclitics: str = ""
    number_first: int = -1
    definite: bool = False
    qualifier_at: tuple[int, int] | None = None
    scaled: bool = False


class _Cue(NamedTuple):
    first: int
    last: int
    kind: str
    proclitics: str


_BEFORE = ("at_least", "at_most", "about")
_REACH_BEHIND = 4
_VAGUE_SCALES = frozenset({"الاف", "الالاف", "ميات", "الميات", "ملايين", "الملايين", "عشرات", "العشرات"})
_STANDALONE_ONE_BEFORE = frozenset({"منهم", "منهن", "منهما", "منها", "فقط", "اخر", "اخري"})


@cache
def _cues() -> PhraseMatcher:
    """Matches qualifiers and vague words; "على الأقل" is both before and behind its number."""
    kinds = (*_BEFORE, *(f"after_{kind}" for kind in _BEFORE), "vague")
    return PhraseMatcher(
        Phrase(form, entry["kind"])
        for entry in read_entries("quantities")
        if entry["kind"] in kinds
        for form in entry["forms"]
    )


@dataclass(slots=True)
class _Cues:
    """Qualifiers and vague words of a text by where they stand."""

    ending: dict[int, _Cue]
    behind: dict[int, _Cue]
    vague: dict[int, _Cue]

    @classmethod
    def of(cls, tokens: Sequence[Token], at: Iterable[int] | None) -> _Cues:
        found = cls({}, {}, {})
        for match in _cues().find(tokens, at):
            for kind in match.payloads:
                cue = _Cue(match.first, match.last, kind, match.proclitics)
                if kind == "vague":
                    found.vague[match.first] = cue
                elif kind.startswith("after_"):
                    found.behind[match.first] = cue
                else:
                    found.ending[match.last] = cue
        return found


def may_hold_quantity(token: Token) -> bool:
    """Whether a quantity may be read at a token: digits, a number word, the first word of a vague one."""
    return token.kind == "number" or (token.kind == "word" and (starts_number(token) or _cues().may_begin(token)))


def quantity_words() -> frozenset[str]:
    """The words that `may_hold_quantity` looks for behind particles."""
    return number_forms().union(*_cues().first_words())


def quantities(tokens: Sequence[Token], at: Sequence[int] | None = None) -> list[Quantity]:
    """All quantities of the tokens, from left to right, not overlapping.

    Numbers that count nothing (clock times, days, years, ages, parts of names) are returned with their role, so that
    the caller can pass over them. Duals, bare nouns and "واحد" beside its noun are left to extraction.

    Args:
        tokens: The tokens.
        at: Indexes, ascending, of all those that `may_hold_quantity`, where the caller knows them.

    >>> from conflict_events.arabic import fold, tokenize
    >>> [(q.low, q.best, q.high, q.qualifier) for q in quantities(tokenize(fold("أكثر من ألف وخمسمئة جريح").text))]
    [(1500, 1500, None, 'at_least')]
    """
    cues = _Cues.of(tokens, at)
    found: list[Quantity] = []
    end = 0
    for index in range(len(tokens)) if at is None else at:
        if index < end:
            continue
        kind = tokens[index].kind
        quantity = None
        if kind == "number" or (kind == "word" and index not in cues.vague):
            quantity = _numeric(tokens, index, cues)
        elif index in cues.vague and not _is_after_it(tokens, index):
            quantity = _vague(tokens, cues.vague[index])
        if quantity is not None:
            found.append(quantity)
            end = quantity.last
    return found


def _is_after_it(tokens: Sequence[Token], index: int) -> bool:
    """Whether a vague word is none: "بعده" is "after him" before a stop, and "القا-عدة" is a word cut in two."""
    if not tokens[index].text.endswith("عده"):
        return False
    if index and tokens[index - 1].text == "-" and tokens[index - 1].end == tokens[index].start:
        return True
    last = index + 1 == len(tokens) or tokens[index + 1].kind != "word"
    return tokens[index].text.endswith("بعده") and (last or (index > 0 and tokens[index - 1].text == "من"))


def _vague(tokens: Sequence[Token], cue: _Cue) -> Quantity:
    last = cue.last
    while last < len(tokens) and tokens[last].text in _VAGUE_SCALES:
        last += 1
    scaled = any(tokens[i].text.lstrip("وبل") in _VAGUE_SCALES for i in range(cue.first, last))
    return Quantity(
        cue.first, last, None, None, None, "vague", False, "count", cue.proclitics, cue.first, scaled=scaled
    )


def _numeric(tokens: Sequence[Token], index: int, cues: _Cues) -> Quantity | None:
    number = read_number(tokens, index)
    if number is None or _is_lone_one(tokens, index, number) or _is_ordinal_teen(tokens, index, number):
        return None
    last, end = number.last, None
    first = index
    upper = _upper_bound(tokens, index, number)
    if upper is not None:
        end, first, last = upper
    role = _role(tokens, index, number, end, last)
    cue = _qualifier_before(tokens, first, cues) if role != "clock" else None
    behind = None
    if cue is not None:
        first = cue.first
    elif end is None:
        behind = _qualifier_behind(tokens, last, cues)
        if behind is not None and behind.first == last:
            last = behind.last
    qualifier = "exact"
    if cue is not None:
        qualifier = cue.kind
    elif behind is not None:
        qualifier = behind.kind.removeprefix("after_")
    low: int | None = number.value
    best: int | None = number.value
    high: int | None = number.value
    if end is not None:
        qualifier, low, best, high = "range", _scaled(tokens, number.value, end), None, end.value
    elif qualifier == "at_least":
        high = None
    elif qualifier == "at_most":
        low = None
    return Quantity(
        first,
        last,
        low,
        best,
        high,
        qualifier,
        number.is_digits or (end is not None and end.is_digits),
        role,
        cue.proclitics if cue is not None else number.proclitics,
        index,
        number.definite,
        (behind.first, behind.last) if behind is not None and behind.last != last else None,
    )


def _role(tokens: Sequence[Token], index: int, number: NumberRead, end: NumberRead | None, last: int) -> str:
    own = role_of(tokens, index, last if end is None else number.last, number.value)
    if end is not None:
        # The noun or unit stands behind the upper bound; what stands before the range is before its lower one.
        upper = role_of(tokens, end.last - 1, end.last, end.value)
        own = own if own in ("clock", "year", "label") else upper
        return "count" if own == "unknown" else own
    if own == "count" and number.definite and not _counts_definite(tokens, index, number):
        return "unknown"
    if own == "count" and _is_score(tokens, index, number):
        return "unknown"
    return own


def _counts_definite(tokens: Sequence[Token], index: int, number: NumberRead) -> bool:
    """Whether it stands behind a definite noun ("المدنيين الثلاثة"); elsewhere it is a name."""
    before = tokens[index - 1].text if index else ""
    return number.value <= 10 and (before.startswith("ال") or before.endswith(("هم", "ها", "نا")))


def _is_score(tokens: Sequence[Token], index: int, number: NumberRead) -> bool:
    """Whether it is half of "3-1", where no range can be meant."""
    for dash, other in ((number.last, number.last + 1), (index - 1, index - 2)):
        if not 0 <= other < len(tokens) or tokens[dash].text != "-" or tokens[other].kind != "number":
            continue
        if tokens[min(dash, other)].end == tokens[max(dash, other)].start and (
            dash > index or tokens[dash].end == tokens[index].start
        ):
            return True
    return False


def _is_lone_one(tokens: Sequence[Token], index: int, number: NumberRead) -> bool:
    """Whether it is "واحد" that only stresses its noun; it may stand for a person ("قتل واحد منهم")."""
    if number.value != 1 or number.is_digits:
        return False
    behind = tokens[number.last].text if number.last < len(tokens) else ""
    return behind not in _STANDALONE_ONE_BEFORE


@cache
def _ordinals() -> frozenset[str]:
    entries = (entry for entry in read_entries("time_words") if entry["kind"] == "ordinal")
    return frozenset(form for entry in entries for form in folded_forms(entry["forms"]))


def _is_ordinal_teen(tokens: Sequence[Token], index: int, number: NumberRead) -> bool:
    """Whether it is "عشر" of "الحادي عشر"."""
    return (
        number.value == 10
        and index > 0
        and tokens[index].text in ("عشر", "عشره")
        and tokens[index - 1].text in _ordinals()
    )


def _scaled(tokens: Sequence[Token], low: int, end: NumberRead) -> int:
    """The lower bound of "بين 50 و70 مليون", which is in millions too."""
    behind = tokens[end.last - 1].text
    scale = next((scale for scale in (10**9, 10**6, 10**3) if end.value % scale == 0), 1)
    scales = low < 1000 and low * scale < end.value and starts_number(tokens[end.last - 1]) and not behind.isdecimal()
    return low * scale if scales and end.value // scale < 1000 else low


def _upper_bound(tokens: Sequence[Token], index: int, number: NumberRead) -> tuple[NumberRead, int, int] | None:
    """Upper end of a range that starts with `number`: its reading, first token of the range, one past the last."""
    at = number.last
    if at + 1 >= len(tokens):
        return None
    before = tokens[index - 1].text if index else ""
    link = tokens[at].text
    between = _particle_free(before) == "بين"
    first = index
    if link == "-":
        follows = at + 1
        if not _tight_dash(tokens, at):
            return None
    elif link in ("الي", "او", "حتي", "ل"):
        follows = at + 1
        first = index - 1 if link == "الي" and before == "من" else index
    elif between:
        first = index - 2 if index > 1 and _particle_free(tokens[index - 2].text) == "ما" else index - 1
        follows = at + 1 if link in ("و", "الي") else at
    else:
        return None
    end = read_number(tokens, follows)
    if end is None or (between and follows == at and not end.proclitics.startswith("و")):
        return None
    value = end.value
    if value <= number.value or (link == "-" and end.last < len(tokens) and tokens[end.last].text == "-"):
        return None
    return end, first, end.last


def _tight_dash(tokens: Sequence[Token], at: int) -> bool:
    """A dash between two numbers that no third number follows or precedes ("2024-11-29" is no range)."""
    if tokens[at - 1].kind != "number" or tokens[at + 1].kind != "number":
        return False
    outer = ((at - 2, at - 3), (at + 2, at + 3))
    return not any(
        0 <= dash < len(tokens)
        and 0 <= far < len(tokens)
        and tokens[dash].text in "-/"
        and tokens[far].kind == "number"
        for dash, far in outer
    )


def _particle_free(word: str) -> str:
    return word[1:] if len(word) > 2 and word[0] in "وفبل" and word not in ("بين", "بينهم") else word


def _qualifier_before(tokens: Sequence[Token], first: int, cues: _Cues) -> _Cue | None:
    cue = cues.ending.get(first)
    if cue is None and first and tokens[first - 1].text in ("ال", '"', "("):
        cue = cues.ending.get(first - 1)
    if cue is None:
        return None
    outer = cues.ending.get(cue.first)
    if outer is None or cue.proclitics.startswith(("و", "ف")):
        return cue
    # "ما لا يقل عن نحو 20", "نحو أكثر من 20": what bounds wins.
    return outer._replace(last=cue.last, kind=cue.kind if outer.kind == "about" else outer.kind)


def _qualifier_behind(tokens: Sequence[Token], last: int, cues: _Cues) -> _Cue | None:
    """Finds "على الأقل" and the like behind the number or its noun phrase."""
    for at in range(last, min(last + _REACH_BEHIND, len(tokens))):
        cue = cues.behind.get(at)
        if cue is not None:
            return cue
        if tokens[at].kind != "word" or tokens[at].text == "و" or (at > last and read_number(tokens, at) is not None):
            return None
    return None
