"""Cuts folded text into tokens and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["ARABIC", "ARABIC_WORD", "Token", "sentences", "tokenize"]


class Token(NamedTuple):
    """A piece of folded text.

    Attributes:
        text: The piece.
        start: First offset in the folded text.
        end: One past the last offset.
        kind: word (Arabic letters), number, latin (letters of any other script), punct or break.
    """

    text: str
    start: int
    end: int
    kind: str


ARABIC = r"ء-غف-يٮٯٱ-ۓەۮۯۺ-ۼۿݐ-ݿࢠ-ࣉ"
"""The letters of words in folded text; the inside of a character class."""
ARABIC_WORD = re.compile(rf"[{ARABIC}]+")
"""The words among the tokens of a folded text."""

_TOKEN = re.compile(
    rf"([{ARABIC}]+)"
    r"|(\d+(?:[.,]\d+)*)"
    rf"|([^\W\d_{ARABIC}](?:[^\W_{ARABIC}]|(?<=[A-Za-z0-9])[&](?=[A-Za-z]))*)"
    # "#" and "_" only hold a hashtag together: its words are read as words.
    r"|(\.+|…+|!+|\?+|؟+|-+|[^\w\s#]|#(?![^\W_]))"
    r"|([^\S\n]*\n\s*)"
)
_KINDS = ("", "word", "number", "latin", "punct", "break")


def tokenize(folded_text: str) -> list[Token]:
    """Tokens of a folded text, in order; blanks without a newline are left out.

    >>> [token.text for token in tokenize("قتل 1,500 من #قوات_سوريا..")]
    ['قتل', '1,500', 'من', 'قوات', 'سوريا', '..']
    """
    new, kinds = tuple.__new__, _KINDS
    return [new(Token, (m[0], *m.span(), kinds[m.lastindex or 0])) for m in _TOKEN.finditer(folded_text)]


_STOPS = frozenset("!؟?؛…")
_CLOSERS = frozenset("\"')]}")
_NAME_ENDINGS = frozenset({"نت", "كوم", "اورغ", "اورج", "تي", "في", "نيوز", "اف", "اون"})


def sentences(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Sentences as (first, last) token indexes, last exclusive; breaks belong to none.

    A sentence ends at a full stop, "..", "!", "؟", "؛", "…" or a line break. A dot inside a name ("السورية.نت") or
    after an initial ("د. أحمد") ends nothing.

    >>> sentences(tokenize("قال د. احمد ذلك.. ونفى آخر"))
    [(0, 6), (6, 8)]
    """
    found = []
    first = 0
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "break":
            if first < index:
                found.append((first, index))
            first = index + 1
        elif token.kind == "punct" and _ends_sentence(tokens, index):
            while index + 1 < len(tokens) and _closes(tokens[index], tokens[index + 1]):
                index += 1
            found.append((first, index + 1))
            first = index + 1
        index += 1
    if first < len(tokens):
        found.append((first, len(tokens)))
    return found


def _closes(stop: Token, after: Token) -> bool:
    """Whether `after` is a closing quote or bracket, or a further stop, attached to the stop."""
    return after.start == stop.end and after.kind == "punct" and (after.text in _CLOSERS or after.text[0] in "!؟?.…")


def _ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text[0] in _STOPS:
        return True
    if token.text[0] != ".":
        return False
    if len(token.text) > 1 or index == 0:
        return True
    before = tokens[index - 1]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before.kind == "word" and len(before.text) == 1 and before.end == token.start:
        # An initial or a title; but "1445 ه." closes a Hijri year.
        return index > 1 and tokens[index - 2].kind == "number"
    if after is None or after.start != token.end or before.end != token.start:
        return True
    if before.kind == "latin" and after.kind in ("latin", "number"):
        return False
    return after.text not in _NAME_ENDINGS and after.kind != "latin"
