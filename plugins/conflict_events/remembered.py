"""What was found out about words, in tables of bounded size: news repeats few words often, and many once."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Remembered"]

V = TypeVar("V")


class Remembered(dict[str, V]):
    """A table that forgets what was not asked for while `limit` other words came up; it holds twice as many at most.

    To look up a word in it raises KeyError where nothing is known, as with any table; `get` and `in` see only the
    newer half.

    >>> table = Remembered[int](2)
    >>> for word in ("a", "b", "c"):
    ...     table[word] = len(word)
    >>> table["a"], sorted(table)
    (1, ['a', 'c'])
    """

    __slots__ = ("_former", "_limit")

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._former: dict[str, V] = {}

    def __missing__(self, word: str) -> V:
        value = self._former[word]
        self[word] = value
        return value

    def __setitem__(self, word: str, value: V) -> None:
        if len(self) >= self._limit:
            self._former = dict(self)
            self.clear()
        super().__setitem__(word, value)
