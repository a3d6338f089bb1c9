"""Prefixes and suffixes of written Arabic: which there are, what they mean, and which go together.

Everything is in folded orthography (alef and ya forms merged, ta marbuta written as ha, no diacritics), because
that is what extraction analyses. Suffixes come in *groups*: a stem says which groups it takes, so that a hollow
verb's two stems or a noun's broken plural are just stems with different groups. The features are those of
camel-tools' own databases (prc2 conjunction, prc1 preposition or future, prc0 article, per, gen, num, enc0).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = [
    "NOMINAL_PREFIXES",
    "NOMINAL_PREFIXES_LAM",
    "NOMINAL_PREFIXES_SHORT",
    "PARTICLE_PREFIXES",
    "PREFIX_SUFFIXES",
    "VERB_PREFIXES",
    "Affix",
    "prefixes",
    "suffix_categories",
    "suffixes",
]

Features = dict[str, str]

_CONJUNCTIONS = ("", "و", "ف")
_POSSESSIVES = ("ه", "ها", "هما", "هم", "هن", "ي", "نا", "ك", "كم")
_OBJECTS = ("ه", "ها", "هما", "هم", "هن", "ني", "نا", "ك", "كم")


@dataclass(frozen=True, slots=True)
class Affix:
    """One prefix or suffix: its letters, its category in the database, its features."""

    surface: str
    category: str
    features: Features = field(default_factory=dict)


# Endings of the perfect: (group, letters before nothing, letters before an object pronoun, person, gender, number).
# None: this ending has no form of that kind.
_PERFECT = (
    ("P0", "", "", "3", "m", "s"),
    ("PT", "ت", "ت", "3", "f", "s"),
    ("PT", "تا", "تا", "3", "f", "d"),
    ("PA", "ا", "ا", "3", "m", "d"),
    ("PW", "وا", "و", "3", "m", "p"),
    ("PC", "ت", "ت", "1", "m", "s"),
    ("PC", "ت", None, "2", "m", "s"),
    ("PN", "نا", "نا", "1", "m", "p"),
    ("PN", "ن", "ن", "3", "f", "p"),
    ("PC", "تم", "تمو", "2", "m", "p"),
)
# Endings of the imperfect; person and gender come from the prefix.
_IMPERFECT = (
    ("I0", "", "", "s"),
    ("ID", "ان", "ان", "d"),
    ("ID", "ا", "ا", "d"),
    ("IP", "ون", "ون", "p"),
    ("IP", "وا", "و", "p"),
    ("IF", "ن", "ن", "p"),
)
# Subject prefixes of the imperfect: (category, letter, person, gender, forced number, suffix groups it goes with).
_SUBJECTS = (
    ("Iy", "ي", "3", "m", "", ("I0", "ID", "IP")),
    ("Iyf", "ي", "3", "f", "", ("IF",)),
    ("It3", "ت", "3", "f", "", ("I0", "ID")),
    ("It2", "ت", "2", "m", "", ("IP",)),
    ("In", "ن", "1", "m", "p", ("I0",)),
    ("Ia", "ا", "1", "m", "s", ("I0",)),
)
# Endings of nouns: (group, ending, kind, gender, number, letters before a possessive or None).
# Kinds: 0 bare, A accusative alef, Mn / Mo nominative / oblique with nun, Kn / Ko the same without nun (construct).
_NOMINAL = (
    ("NS", "", "0", "", "", None),
    ("NE", None, "e", "", "", ""),
    ("NA", "ا", "A", "", "", None),
    ("ND", "ان", "Mn", "", "d", None),
    ("ND", "ين", "Mo", "", "d", None),
    ("ND", "ا", "Kn", "", "d", "ا"),
    ("ND", "ي", "Ko", "", "d", "ي"),
    ("NM", "ون", "Mn", "m", "p", None),
    ("NM", "ين", "Mo", "m", "p", None),
    ("NM", "و", "Kn", "m", "p", "و"),
    ("NM", "ي", "Ko", "m", "p", "ي"),
    ("NF", "ات", "0", "f", "p", None),
    ("NF", None, "e", "f", "p", "ات"),
    ("NT", "ه", "0", "f", "s", None),
    ("NT", None, "e", "f", "s", "ت"),
    ("NT", "تان", "Mn", "f", "d", None),
    ("NT", "تين", "Mo", "f", "d", None),
    ("NT", "تا", "Kn", "f", "d", "تا"),
    ("NT", "تي", "Ko", "f", "d", "تي"),
)
_NOMINAL_KINDS = ("0", "e", "A", "Mn", "Mo", "Kn", "Ko")
# Which endings a noun takes after a conjunction only, a preposition, the article, both. A preposition governs the
# oblique; the article excludes possessives, the construct and the accusative alef.
_NOMINAL_AFTER = {
    "Nn": _NOMINAL_KINDS,
    "Np": ("0", "e", "Mo", "Ko"),
    "Nd": ("0", "Mn", "Mo"),
    "Nb": ("0", "Mo"),
    "Nbl": ("0", "Mo"),
}
_NOMINAL_GROUPS = ("NS", "NE", "NA", "ND", "NM", "NF", "NT")


def prefixes() -> Iterator[Affix]:
    """All prefixes, the empty ones included."""
    for conjunction in _CONJUNCTIONS:
        base = {"prc2": conjunction} if conjunction else {}
        yield Affix(conjunction, "Pp", dict(base))
        yield Affix(conjunction, "Nn", dict(base))
        yield Affix(conjunction + "ال", "Nd", {**base, "prc0": "ال"})
        for preposition in ("ب", "ك", "ل"):
            yield Affix(conjunction + preposition, "Np", {**base, "prc1": preposition})
            article = "لل" if preposition == "ل" else preposition + "ال"
            yield Affix(conjunction + article, "Nb", {**base, "prc1": preposition, "prc0": "ال"})
        # li + al + a word in lam: one of the three lams is not written (لل + لاجئين = للاجئين).
        yield Affix(conjunction + "ل", "Nbl", {**base, "prc1": "ل", "prc0": "ال"})
        for particle in ("", "س", "ل"):
            features = {**base, "prc1": particle} if particle else base
            for category, letter, person, gender, number, _ in _SUBJECTS:
                subject = {"per": person, "gen": gender} | ({"num": number} if number else {})
                yield Affix(conjunction + particle + letter, category, {**features, **subject})


def _with_pronouns(stem_ending: str, category: str, features: Features, pronouns: tuple[str, ...]) -> Iterator[Affix]:
    for pronoun in pronouns:
        yield Affix(stem_ending + pronoun, category, {**features, "enc0": pronoun})


def suffixes() -> Iterator[Affix]:
    """All suffixes, the empty ones included."""
    for group, bare, before_object, person, gender, number in _PERFECT:
        features = {"per": person, "gen": gender, "num": number}
        yield Affix(bare, group, features)
        if before_object is not None:
            yield from _with_pronouns(before_object, group + "o", features, _OBJECTS)
    for group, bare, before_object, number in _IMPERFECT:
        features = {"num": number}
        yield Affix(bare, group, features)
        yield from _with_pronouns(before_object, group + "o", features, _OBJECTS)
    for nominal_group, ending, kind, gender, number, before_possessive in _NOMINAL:
        features = {key: value for key, value in (("gen", gender), ("num", number)) if value}
        category = nominal_group + kind
        if ending is not None:
            yield Affix(ending, category, features)
        if before_possessive is not None:
            # A word that ends in a possessive is definite by it, whatever case its stem is in.
            yield from _with_pronouns(before_possessive, category, features, _POSSESSIVES)


def suffix_categories(group: str) -> tuple[str, ...]:
    """The database categories of one suffix group that a stem can name."""
    if group.startswith("N"):
        kinds = dict.fromkeys(row[2] for row in _NOMINAL if row[0] == group)
        return tuple(group + kind for kind in kinds)
    return (group,)


def _compatible() -> Iterator[tuple[str, str]]:
    for category in ("P0", "PT", "PA", "PW", "PC", "PN"):
        yield "Pp", category
        yield "Pp", category + "o"
    for subject, _, _, _, _, groups in _SUBJECTS:
        for group in groups:
            yield subject, group
            yield subject, group + "o"
    for prefix, kinds in _NOMINAL_AFTER.items():
        for group in _NOMINAL_GROUPS:
            for kind in kinds:
                yield prefix, group + kind


PREFIX_SUFFIXES: tuple[tuple[str, str], ...] = tuple(_compatible())
"""Pairs of prefix category and suffix category that may stand in one word."""

VERB_PREFIXES = {"p": ("Pp",), "i": tuple(row[0] for row in _SUBJECTS)}
NOMINAL_PREFIXES = ("Nn", "Np", "Nd", "Nb")
NOMINAL_PREFIXES_LAM = (*NOMINAL_PREFIXES, "Nbl")
NOMINAL_PREFIXES_SHORT = ("Nn", "Nd")
"""A stem of two letters takes no preposition: "باب" is a door, not ب + أب."""
PARTICLE_PREFIXES = ("Nn", "Np")
