"""Names that are written carelessly: one letter wrong, or two names run together."""

from __future__ import annotations

from collections.abc import Mapping

from conflict_events.geography.places import Place

__all__ = ["glued_name", "respelled", "within_one_edit"]

_SHORTEST_RESPELLED = 5
_SHORTEST_ALIKE = 3
_SHORTEST_GLUED = 5
# Letters that differ by their dots alone, also at the end of a word, and letters of one sound in some dialect.
_DOTLESS = str.maketrans("جخذزشضظغتثنيق", "ححدرسصطعببببف")
_DOTLESS_END = str.maketrans("جخذزشضظغتث", "ححدرسصطعبب")
_SOUNDS = str.maketrans("طضظصثذق", "تدزسسدك")


def within_one_edit(first: str, second: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour makes one word of the other.

    >>> within_one_edit("معرهالتعمان", "معرهالنعمان"), within_one_edit("باب", "حلب")
    (True, False)
    """
    if first == second:
        return True
    if abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    rest_first, rest_second = first[start:], second[start:]
    if rest_first[1:] == rest_second[1:] or rest_first[1:] == rest_second or rest_first == rest_second[1:]:
        return True
    swapped = rest_first[1::-1] + rest_first[2:]
    return len(rest_first) > 1 and swapped == rest_second


def _dotless(key: str) -> str:
    return key[:-1].translate(_DOTLESS) + key[-1:].translate(_DOTLESS_END)


def _sounds(key: str) -> str:
    return key.translate(_SOUNDS)


def respelled(key: str, names: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """Places whose loose key differs from `key` by dots or by letters of one sound, else by one edit.

    None when several different names do: "راحو" is "راجو", "طنب" is "تنب".
    """
    if len(key) >= _SHORTEST_ALIKE:
        for letters in (_dotless, _sounds):
            sought = letters(key)
            alike = [known for known in names if letters(known) == sought]
            if alike:
                return names[alike[0]] if len(alike) == 1 else ()
    if len(key) < _SHORTEST_RESPELLED:
        return ()
    hits = [known for known in names if len(known) >= _SHORTEST_RESPELLED - 1 and within_one_edit(key, known)]
    return names[hits[0]] if len(hits) == 1 else ()


def glued_name(key: str, names: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """Places whose loose key begins `key`, the longest one: "معرة النعمانالحامدية"."""
    for size in range(len(key) - 2, _SHORTEST_GLUED - 1, -1):
        if key[:size] in names:
            return names[key[:size]]
    return ()
