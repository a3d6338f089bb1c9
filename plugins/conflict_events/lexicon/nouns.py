"""From a noun, adjective, verbal noun or participle to its stems.

Plural forms are given as the lexicon lists them: ``ون`` and ``ات`` stand for the sound plurals, any other word is a
broken plural. Final ة, ى, اء, أ change before pronouns and endings; that is all worked out here, in folded letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conflict_events.lexicon.orthography import fold_word
from conflict_events.lexicon.verbs import Stem

__all__ = ["NominalForms", "nominal_stems"]

SOUND_MASCULINE = "ون"
SOUND_FEMININE = "ات"


@dataclass(frozen=True, slots=True)
class NominalForms:
    """Forms of a noun as written (not folded).

    Attributes:
        singular: Spellings of the singular; empty for a noun with a plural only.
        gender: m or f.
        plural: ``ون``, ``ات`` or broken plurals.
        feminine: True for a feminine in ة (with its dual and sound plural), or the feminine as written, or None.
        dual: Whether a dual is formed.
    """

    singular: tuple[str, ...]
    gender: str = "m"
    plural: tuple[str, ...] = ()
    feminine: str | bool | None = None
    dual: bool = True


def _word_stems(written: str, gender: str, number: str, dual: bool) -> Iterator[Stem]:
    """Stems of one written form (a singular or a broken plural)."""
    folded = fold_word(written)
    last = written[-1]
    extra = ("ND",) if dual else ()

    def stem(surface: str, *groups: str) -> Stem:
        return Stem(surface, groups, gender=gender, number=number)

    if last == "ة":
        # The ending itself brings gender and number, so a broken plural in ة (رعاة) is kept whole.
        if number == "s":
            yield stem(folded[:-1], "NT")
        else:
            yield stem(folded, "NS")
            yield stem(folded[:-1] + "ت", "NE")
        return
    if last == "ى":
        yield stem(folded, "NS", *extra)
        yield stem(folded[:-1] + "ا", "NE")
        return
    if written.endswith("اء"):
        yield stem(folded, "NS", "NE", *extra)
        yield stem(folded[:-1] + "و", "NE")
        yield stem(folded[:-1] + "ي", "NE")
        return
    yield stem(folded, "NS", "NE", "NA", *extra)
    if last in "أء":
        yield stem(folded[:-1] + "و", "NE")
        yield stem(folded[:-1] + "ي", "NE")


def _sound_base(written: str) -> str:
    folded = fold_word(written)
    return folded[:-1] if written[-1] == "ة" else folded


def nominal_stems(forms: NominalForms) -> list[Stem]:
    """All stems of a nominal, in a fixed order, without duplicates.

    Args:
        forms: The forms as written.

    Returns:
        Stems with the suffix groups that each takes.
    """
    stems: dict[Stem, None] = {}
    for singular in forms.singular:
        stems.update(dict.fromkeys(_word_stems(singular, forms.gender, "s", forms.dual)))
        base = _sound_base(singular)
        if forms.feminine is True:
            stems[Stem(base, ("NT", "NF"), gender="f", number="s")] = None
        if SOUND_MASCULINE in forms.plural:
            stems[Stem(base, ("NM",), gender="m", number="p")] = None
        if SOUND_FEMININE in forms.plural:
            stems[Stem(base, ("NF",), gender="f", number="p")] = None
    if isinstance(forms.feminine, str):
        stems.update(dict.fromkeys(_word_stems(forms.feminine, "f", "s", forms.dual)))
        stems[Stem(_sound_base(forms.feminine), ("NF",), gender="f", number="p")] = None
    for plural in forms.plural:
        if plural not in (SOUND_MASCULINE, SOUND_FEMININE):
            stems.update(dict.fromkeys(_word_stems(plural, forms.gender, "p", dual=False)))
    return list(stems)
