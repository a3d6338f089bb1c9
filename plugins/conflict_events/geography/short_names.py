"""Names told shortly: "الفردوس" in Raqqa for "الفردوس الرقة", "الحيمر" for "الحيمر كبيرة"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from conflict_events.geography.admin import AdminList
from conflict_events.geography.kinds import kinds
from conflict_events.geography.names import exact_key
from conflict_events.geography.places import Place
from conflict_events.geography.wording import load_words, word_set

__all__ = ["ShortNames"]

_LONGEST_TOWN = 3  # words
_SHORTEST = 3  # letters


class ShortNames:
    """Which names end in the town that they belong to, and which in a word of size or side.

    Gazetteers tell namesakes apart by such words; who writes about the place does not need them.
    """

    def __init__(self, places: Iterable[Place], admin: AdminList, keys: Mapping[str, str]) -> None:
        """Learns the towns.

        Args:
            places: All places.
            admin: The governorates.
            keys: The exact key of each name.
        """
        self._keys = keys
        words = load_words()
        around = (*(entry for entry, _ in words.front), *words.kinds, *words.inside_town)
        self._heads = word_set("name_heads") | word_set("kind_words") | {" ".join(entry) for entry in around}
        self._sizes = word_set("sizes_of_names")
        self._towns: dict[tuple[str, str | None], set[str]] = {}
        for item in admin:
            self._towns.setdefault((item.country, item.name_en), set()).add(exact_key(item.name_ar))
        for place in places:
            if place.kind in ("city", "town") and place.admin1:
                self._towns.setdefault((place.country, place.admin1), set()).update(keys[name] for name in place.names)

    def without_town(self, place: Place) -> Iterator[str]:
        """Its names without the town or governorate behind them.

        Of a quarter "الفردوس الرقة": "الفردوس"; of a village "الزيدية رأس العين": "الزيدية".
        """
        towns = self._towns.get((place.country, place.admin1), set())
        for words in self._long(place):
            for size in range(1, min(_LONGEST_TOWN + 1, len(words))):
                if " ".join(words[-size:]) in towns and self._stands(words[:-size]):
                    yield " ".join(words[:-size])

    def without_size(self, place: Place) -> Iterator[str]:
        """Its names without "the great", "the eastern" and the like behind them."""
        for words in self._long(place):
            if words[-1] in self._sizes and self._stands(words[:-1]):
                yield " ".join(words[:-1])

    def _long(self, place: Place) -> Iterator[list[str]]:
        """The words of its longer names, where people live there."""
        if kinds()[place.kind].family in ("settlement", "quarter"):
            yield from (key.split() for name in place.names if " " in (key := self._keys[name]))

    def _stands(self, words: list[str]) -> bool:
        """Whether the words are a name without what followed: "تل" and "مخيم" are none."""
        return " ".join(words) not in self._heads and len(words[0]) >= _SHORTEST
