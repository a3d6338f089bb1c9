"""Keys under which an Arabic place name is found: exact, with variants of the article and of spacing, and loosest."""

from __future__ import annotations

import functools
import re

from conflict_events.arabic import fold_word

__all__ = ["exact_key", "latin_key", "loose_key", "skeleton_key"]

_NOT_WORD = re.compile(r"[^\w]+")
_ARTICLE = "ال"
_FATHERS = {"ابو": "بو", "ابي": "بو"}


@functools.lru_cache(maxsize=65536)
def exact_key(name: str) -> str:
    """The folded name, words parted by one blank.

    >>> exact_key("كَفْر نُبُّل،")
    'كفر نبل'
    """
    return " ".join(_NOT_WORD.sub(" ", fold_word(name)).replace("_", " ").split())


@functools.lru_cache(maxsize=65536)
def loose_key(name: str) -> str:
    """The exact key without articles and blanks, so that split and joined, definite and bare spellings meet.

    >>> loose_key("أبو كمال") == loose_key("البوكمال") == loose_key("ابوكمال")
    True
    >>> loose_key("كفر تعال") == loose_key("كفرتعال")
    True
    """
    words = exact_key(name).split()
    bare = [_without_article(word) for word in words]
    key = "".join(_FATHERS.get(word, word) for word in bare)
    if key.startswith("ابو") and len(key) > 5:
        key = key[1:]
    return key


@functools.lru_cache(maxsize=65536)
def skeleton_key(name: str) -> str:
    """The loose key without hamza, final weak letters and doubled letters: what survives careless spelling.

    >>> skeleton_key("تل رفعت") == skeleton_key("تلرفعت"), skeleton_key("بزاعا") == skeleton_key("البزاعة")
    (True, True)
    """
    key = re.sub(r"(.)\1", r"\1", loose_key(name).replace("ء", ""))
    return key[:-1] if len(key) > 3 and key[-1] in "اهي" else key


@functools.lru_cache(maxsize=8192)
def latin_key(name: str) -> str:
    """Key of an English name: letters only, without the article's many spellings.

    >>> latin_key("Deir-ez-Zor") == latin_key("Deir Ezzor") == latin_key("Deir ez Zor")
    True
    >>> latin_key("Al-Hasakah") == latin_key("Al Hassakah") == latin_key("Hasakah")
    True
    """
    words = re.findall(r"[^\W\d_]+", name.casefold().replace("'", "").replace("’", "").replace("`", ""))
    kept = [w for w in words if w not in _LATIN_ARTICLES and w not in _LATIN_KINDS] or words
    return re.sub(r"(.)\1", r"\1", "".join(kept).replace("ez", "z"))


_LATIN_ARTICLES = frozenset(
    {"al", "el", "ar", "as", "ash", "at", "ath", "ad", "adh", "an", "az", "ez", "es", "ed", "er", "et"}
)
_LATIN_KINDS = frozenset({"governorate", "province", "muhafazat", "state", "wilayat"})


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word
