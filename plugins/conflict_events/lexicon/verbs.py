"""From the two principal parts of a verb to all its stems.

The lexicon gives the 3rd person masculine singular of the perfect and the imperfect as newspapers write them, hamza and
final ى included; shadda is written only on the last letter, where it marks a doubled verb. From these follow the stems
of hollow (قام), defective (رمى, دعا, لقي), doubled (شنّ) and hamzated (بدأ) verbs, and the passive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conflict_events.lexicon.orthography import fold_word

__all__ = ["Stem", "VerbForms", "passive_imperfect", "passive_perfect", "verb_stems"]

_SHADDA = "\u0651"
_WEAK = "اوي"
_VOCALIC = ("P0", "P0o", "PT", "PTo", "PA", "PAo", "PW", "PWo")
_CONSONANTAL = ("PC", "PCo", "PN", "PNo")


@dataclass(frozen=True, slots=True)
class Stem:
    """One stem: its folded letters, the suffix groups it takes, and the features that it fixes."""

    surface: str
    groups: tuple[str, ...]
    aspect: str = "-"
    voice: str = "-"
    gender: str = "-"
    number: str = "-"


@dataclass(frozen=True, slots=True)
class VerbForms:
    """Principal parts of a verb, as written (not folded). None: the verb has no passive."""

    perfect: str
    imperfect: str
    perfect_2: str | None = None
    passive_perfect: str | None = None
    passive_imperfect: str | None = None


def _is_hollow(perfect: str) -> bool:
    return len(perfect) >= 3 and perfect[-2] == "ا" and perfect[-1] not in "ىايء" and perfect[-1] != _SHADDA


def passive_perfect(perfect: str) -> str:
    """The passive perfect as written without vowels.

    >>> passive_perfect("قصف"), passive_perfect("أصاب"), passive_perfect("رمى"), passive_perfect("قاتل")
    ('قصف', 'أصيب', 'رمي', 'قوتل')
    """
    form = perfect
    if form[-1] in "ىا":
        form = form[:-1] + "ي"
    elif _is_hollow(form):
        form = form[:-2] + "ي" + form[-1]
    if len(form) == 4 and form[1] == "ا":
        form = form[0] + "و" + form[2:]
    elif len(form) == 5 and form[0] == "ت" and form[2] == "ا":
        form = form[:2] + "و" + form[3:]
    return form


def passive_imperfect(perfect: str, imperfect: str) -> str:
    """The passive imperfect as written without vowels.

    >>> passive_imperfect("أصاب", "يصيب"), passive_imperfect("دعا", "يدعو"), passive_imperfect("وجد", "يجد")
    ('يصاب', 'يدعى', 'يوجد')
    """
    if imperfect[-1] in "وي":
        return imperfect[:-1] + "ى"
    if _is_hollow(perfect) and imperfect[-2] in "وي":
        return imperfect[:-2] + "ا" + imperfect[-1]
    if len(perfect) == 3 and perfect[0] == "و" and imperfect[1] != "و":
        return imperfect[0] + "و" + imperfect[1:]
    return imperfect


def _perfect_stems(written: str, second: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Stems of a perfect with the suffix groups that each takes ("o": before an object pronoun)."""
    folded = fold_word(written)
    last = written.rstrip(_SHADDA)[-1]
    body = folded[:-1]
    if last == "ى":
        yield folded, ("P0",)
        yield body + "ا", ("P0o",)
        yield body, ("PT", "PTo", "PW", "PWo")
        yield folded, ("PA", "PAo", *_CONSONANTAL)
    elif last == "ا":
        yield folded, ("P0", "P0o")
        yield body, ("PT", "PTo", "PW", "PWo")
        yield body + "و", ("PA", "PAo", *_CONSONANTAL)
    elif last == "ي":
        yield folded, ("P0", "P0o", "PT", "PTo", "PA", "PAo", *_CONSONANTAL)
        yield body, ("PW", "PWo")
    else:
        yield folded, _VOCALIC
        for stem in _second_stems(written, second):
            yield from _before_consonant(stem)
        if last in "أء":
            # بدؤوا, جاؤوا: the hamza sits on waw before the plural ending.
            yield body + "و", ("PW", "PWo")


def _second_stems(written: str, second: str | None) -> tuple[str, ...]:
    """Stems before an ending that begins with a consonant: شننت, أصبت, جئت, أسأت, قصفت."""
    folded = fold_word(written)
    if second is not None:
        return (fold_word(second),)
    if written.endswith(_SHADDA):
        return (folded + folded[-1],)
    if written.endswith("اء"):
        return (folded[:-2] + "ي", folded[:-1])
    if _is_hollow(written):
        return (folded[:-2] + folded[-1],)
    return (folded,)


def _before_consonant(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A stem in ن or ت is written once with an ending that begins with the same letter: كمنّا, أثبتّ."""
    yield (stem[:-1] if stem.endswith("ت") else stem), ("PC", "PCo")
    yield (stem[:-1] if stem.endswith("ن") else stem), ("PN", "PNo")


def _imperfect_stems(written: str, perfect: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Stems of an imperfect without its first letter."""
    doubled = written.endswith(_SHADDA)
    last = written.rstrip(_SHADDA)[-1]
    folded = fold_word(written)[1:]
    body = folded[:-1]
    if last == "ى":
        yield folded, ("I0", "ID", "IDo", "IF", "IFo")
        yield body + "ا", ("I0o",)
        yield body, ("IP", "IPo", "I0", "I0o")
        return
    if last in "وي":
        yield folded, ("I0", "I0o", "ID", "IDo", "IF", "IFo")
        yield body, ("IP", "IPo", "I0", "I0o")
        return
    groups = ("I0", "I0o", "ID", "IDo", "IP", "IPo")
    if doubled:
        yield folded, groups
        return
    if len(written) >= 4 and written[-2] in _WEAK and _is_hollow(perfect):
        yield folded, groups
        # Jussive and feminine plural lose the long vowel: لم يصب, يصبن.
        yield folded[:-2] + folded[-1], ("I0", "I0o", "IF", "IFo")
        return
    yield folded, (*groups, "IF", "IFo")
    if last == "أ":
        yield body + "و", ("IP", "IPo")
        yield body, ("ID",)
    elif last == "ء":
        yield body + "و", ("IP", "IPo")
        yield body + "ي", ("IP", "IPo")


def verb_stems(forms: VerbForms) -> list[Stem]:
    """All finite stems of a verb; voice "u" where the letters leave active and passive open.

    Args:
        forms: The principal parts as written.

    Returns:
        Stems in a fixed order, without duplicates.
    """
    active: dict[tuple[str, str, str], None] = {}
    passive: dict[tuple[str, str, str], None] = {}
    for surface, groups in _perfect_stems(forms.perfect, forms.perfect_2):
        active.update(dict.fromkeys(("p", surface, group) for group in groups))
    for surface, groups in _imperfect_stems(forms.imperfect, forms.perfect):
        active.update(dict.fromkeys(("i", surface, group) for group in groups))
    if forms.passive_perfect:
        for surface, groups in _perfect_stems(forms.passive_perfect, _passive_second(forms)):
            passive.update(dict.fromkeys(("p", surface, group) for group in groups if not group.endswith("o")))
    if forms.passive_imperfect:
        for surface, groups in _imperfect_stems(forms.passive_imperfect, forms.perfect):
            passive.update(dict.fromkeys(("i", surface, group) for group in groups if not group.endswith("o")))
    merged: dict[tuple[str, str, str], list[str]] = {}
    for key in dict.fromkeys((*active, *passive)):
        aspect, surface, group = key
        voice = "u" if key in active and key in passive else ("a" if key in active else "p")
        merged.setdefault((aspect, surface, voice), []).append(group)
    return [Stem(surface, tuple(groups), aspect, voice) for (aspect, surface, voice), groups in merged.items()]


def _passive_second(forms: VerbForms) -> str | None:
    """Second stem of a passive perfect: اصيب -> اصب (اصبت), شن -> شنن; None where there is only one."""
    passive = forms.passive_perfect or ""
    if _is_hollow(forms.perfect) and len(passive) >= 3 and passive[-2] == "ي":
        return passive[:-2] + passive[-1]
    if passive == forms.perfect:
        return forms.perfect_2
    return None
