"""The compiled database as plain tables: what camel-tools' analyzer finds, and only the features that are asked for.

camel-tools' own analyzer tries every cut of a word and merges dictionaries of features for each: some 100 microseconds
a word, whether the lexicon knows it or not. News brings new words for ever, so that most of a run went there. These
tables are read from the same database by camel-tools' own `MorphologyDB`, once, and cached; a test holds that both find
the same (docs/adr/0017).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from camel_tools.morphology.database import MorphologyDB

__all__ = ["FEATURES", "SegmentTables", "segment_tables"]

FEATURES = ("lexeme", "pos", "prc2", "prc1", "prc0", "asp", "vox", "per", "gen", "num", "enc0")
_NOTHING = ("-", "")

Values = tuple[str, ...]
Pieces = dict[str, tuple[tuple[str, Values], ...]]


class SegmentTables(NamedTuple):
    """Prefixes, stems and suffixes by their letters, each as (category, values of `FEATURES`), and what goes together.

    Attributes:
        prefixes: Prefixes; "" is one.
        stems: Stems.
        suffixes: Suffixes; "" is one.
        after_prefix: Stem categories by prefix category.
        after_stem: Suffix categories by stem category.
        around: Suffix categories by prefix category.
        longest_prefix: Letters of the longest prefix.
        longest_suffix: Letters of the longest suffix.
    """

    prefixes: Pieces
    stems: Pieces
    suffixes: Pieces
    after_prefix: Mapping[str, frozenset[str]]
    after_stem: Mapping[str, frozenset[str]]
    around: Mapping[str, frozenset[str]]
    longest_prefix: int
    longest_suffix: int

    def readings(self, word: str) -> set[Values]:
        """Values of `FEATURES` of each reading; "" or "-" where one does not apply.

        Args:
            word: A folded word of at least one letter.
        """
        found: set[Values] = set()
        size, stems, suffixes = len(word), self.stems, self.suffixes
        shortest = max(1, size - self.longest_suffix)
        ends = [at for at in range(shortest, size + 1) if word[at:] in suffixes]
        for start in range(min(self.longest_prefix, size - 1) + 1):
            prefix = self.prefixes.get(word[:start])
            if prefix is None:
                continue
            for end in ends:
                stem = stems.get(word[start:end]) if end > start else None
                if stem is not None:
                    self._combine(prefix, stem, suffixes[word[end:]], found)
        return found

    def _combine(
        self,
        prefixes: Iterable[tuple[str, Values]],
        stems: Iterable[tuple[str, Values]],
        suffixes: Iterable[tuple[str, Values]],
        found: set[Values],
    ) -> None:
        for prefix, before in prefixes:
            allowed = self.after_prefix[prefix]
            outer = self.around.get(prefix)
            if outer is None:
                continue
            for stem, own in stems:
                inner = self.after_stem.get(stem)
                if stem not in allowed or inner is None:
                    continue
                for suffix, behind in suffixes:
                    if suffix in inner and suffix in outer:
                        found.add(tuple(map(_merged, before, own, behind)))


def _merged(before: str, own: str, behind: str) -> str:
    """One feature of a word: the prefix wins over the suffix, both over the stem."""
    if before not in _NOTHING:
        return before
    return own if behind in _NOTHING else behind


def segment_tables(database: MorphologyDB) -> SegmentTables:
    """The tables of a database that camel-tools has read."""
    return SegmentTables(
        prefixes=_pieces(database.prefix_hash),
        stems=_pieces(database.stem_hash),
        suffixes=_pieces(database.suffix_hash),
        after_prefix=_categories(database.prefix_stem_compat),
        after_stem=_categories(database.stem_suffix_compat),
        around=_categories(database.prefix_suffix_compat),
        longest_prefix=database.max_prefix_size,
        longest_suffix=database.max_suffix_size,
    )


def _pieces(found: Mapping[str, Iterable[tuple[str, Mapping[str, Any]]]]) -> Pieces:
    return {
        letters: tuple(
            (category, tuple(str(features.get(name, "")) for name in FEATURES)) for category, features in items
        )
        for letters, items in found.items()
    }


def _values(features: Mapping[str, Any]) -> Values:
    return tuple(str(features.get(name, "")) for name in FEATURES)


def _categories(found: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {category: frozenset(others) for category, others in found.items()}
