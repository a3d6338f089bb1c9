"""Writes lexemes as a morphology database in camel-tools' own text format.

The database has the usual parts: prefixes, suffixes, stems, and three tables of what may stand together. A stem's
category spells out its suffix groups, so that the tables follow from the stems that are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflict_events.lexicon.affixes import (
    NOMINAL_PREFIXES,
    NOMINAL_PREFIXES_LAM,
    NOMINAL_PREFIXES_SHORT,
    PARTICLE_PREFIXES,
    PREFIX_SUFFIXES,
    VERB_PREFIXES,
    prefixes,
    suffix_categories,
    suffixes,
)
from conflict_events.lexicon.lexemes import Lexeme
from conflict_events.lexicon.verbs import Stem

__all__ = ["FORMAT_VERSION", "LAST_LINE", "compile_database"]

FORMAT_VERSION = 8
"""Raised when the compiled form changes, so that cached databases of older code are not read."""

LAST_LINE = "#end #end"
"""Closes a whole database: a pair of categories that no word has, so that a cut file is told from a whole one."""

_FEATURES = {
    "pos": ("verb", "noun", "adj", "prep", "part", "masdar", "participle", "digit", "punc", "foreign"),
    "asp": ("p", "i", "-"),
    "vox": ("a", "p", "u", "-"),
    "per": ("1", "2", "3", "-"),
    "gen": ("m", "f", "-"),
    "num": ("s", "d", "p", "-"),
}
_OPEN = ("diac", "lex", "lexeme", "prc2", "prc1", "prc0", "enc0")
_SHORTEST_AFTER_PREPOSITION = 3
_STEM_FEATURES = ("per", "prc2", "prc1", "prc0", "enc0")


def _category(pos: str, stem: Stem) -> str:
    kind = {"verb": stem.aspect, "prep": "t", "part": "t"}.get(pos, "n")
    if pos == "noun" and len(stem.surface) < _SHORTEST_AFTER_PREPOSITION and "NS" in stem.groups:
        kind = "nS"
    elif kind == "n" and stem.surface.startswith("ل"):
        kind = "nL"
    return f"{kind}:{','.join(stem.groups)}"


def _category_prefixes(category: str) -> tuple[str, ...]:
    kind = category.partition(":")[0]
    if kind in VERB_PREFIXES:
        return VERB_PREFIXES[kind]
    special = {"t": PARTICLE_PREFIXES, "nL": NOMINAL_PREFIXES_LAM, "nS": NOMINAL_PREFIXES_SHORT}
    return special.get(kind, NOMINAL_PREFIXES)


def _features(features: dict[str, str]) -> str:
    return " ".join(f"{key}:{value}" for key, value in features.items())


def _header() -> Iterator[str]:
    yield "###DEFINES###"
    for name, values in _FEATURES.items():
        yield f"DEFINE {name} {' '.join(f'{name}:{value}' for value in values)}"
    for name in _OPEN:
        yield f"DEFINE {name} {name}:*open*"
    yield "###DEFAULTS###"
    for pos in _FEATURES["pos"]:
        yield f"DEFAULT pos:{pos} gen:- num:-"
    yield "###ORDER###"
    yield f"ORDER {' '.join((*_OPEN, *_FEATURES))}"
    yield "###TOKENIZATIONS###"
    yield "###STEMBACKOFF###"


def compile_database(lexemes: Iterable[Lexeme]) -> str:
    """The text of a camel-tools morphology database for these lexemes.

    Args:
        lexemes: Lexemes with unique ids.

    Returns:
        The database, the same for the same lexemes in the same order.
    """
    stem_lines: dict[str, None] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for lexeme in lexemes:
        for pos, stem in lexeme.stems():
            category = _category(pos, stem)
            categories.setdefault(category, stem.groups)
            features = {"diac": stem.surface, "lex": lexeme.id, "lexeme": lexeme.id, "pos": pos}
            features |= {"asp": stem.aspect, "vox": stem.voice, "gen": stem.gender, "num": stem.number}
            features |= dict.fromkeys(_STEM_FEATURES, "-")
            stem_lines[f"{stem.surface}\t{category}\t{_features(features)}"] = None
    lines = [*_header(), "###PREFIXES###"]
    for affix in prefixes():
        lines.append(f"{affix.surface}\t{affix.category}\t{_features({'diac': affix.surface} | affix.features)}")
    lines.append("###SUFFIXES###")
    for affix in suffixes():
        lines.append(f"{affix.surface}\t{affix.category}\t{_features({'diac': affix.surface} | affix.features)}")
    lines += ["###STEMS###", *stem_lines, "###TABLE AB###"]
    # The analyzer looks every prefix category up, so each must stand in the table even where no stem takes it.
    lines += [f"{category} #none" for category in dict.fromkeys(affix.category for affix in prefixes())]
    lines += [f"{prefix} {category}" for category in categories for prefix in _category_prefixes(category)]
    lines.append("###TABLE BC###")
    for category, groups in categories.items():
        lines += [f"{category} {suffix}" for group in groups for suffix in suffix_categories(group)]
    lines.append("###TABLE AC###")
    lines += [f"{prefix} {suffix}" for prefix, suffix in PREFIX_SUFFIXES]
    lines.append(LAST_LINE)
    return "\n".join(lines) + "\n"
