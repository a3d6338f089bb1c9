"""Short names that a page explains: "التنظيم" after "تنظيم داعش", "الاحتلال" after "الاحتلال التركي"."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conflict_events.extraction.reading import ActorMention, Sentence
from conflict_events.extraction.vocabulary import Bit

__all__ = ["NAMING_NOUNS", "Echoes", "is_naming_noun"]

NAMING_NOUNS = {
    "تنظيم": "organisation",
    "هييه": "body",
    "حركه": "movement",
    "جماعه": "group",
    "حزب": "party",
    "جبهه": "front",
    "ميليشيا": "militia",
    "مليشيا": "militia",
    "ميلشيا": "militia",
    "ميليشيات": "militia",
    "مليشيات": "militia",
    "احتلال": "occupation",
    "عدو": "occupation",
    "عدوان": "occupation",
    "منظمه": "organisation",
    "تحالف": "coalition",
    "مجلس": "council",
    "فيلق": "corps",
    "طيران": "aircraft",
    "طايرات": "aircraft",
    "مقاتلات": "aircraft",
    "مدفعيه": "guns",
}
_FUNCTION_WORDS = frozenset("الي الا الذي التي الذين الان اليوم".split())
_OF_ARMS = frozenset({"الحربي", "الحربيه", "المروحي", "الثقيله"})  # "الطيران الحربي" says no more than "الطيران"
_TERRORIST = frozenset({"الارهابي", "الارهابيه"})
_NAMELESS = "OTHER:terrorists"
_UNNAMED = frozenset({"UNIDENTIFIED", "TRIBES", "CIVILIANS", _NAMELESS})


class Echoes:
    """What a page calls whom: full names by the noun they begin with, in text order."""

    def __init__(self, named: Iterable[ActorMention]) -> None:
        self._ids = {mention.actor_id for mention in named}
        self._last: dict[str, ActorMention] = {}
        self._branded: ActorMention | None = None  # whom the page calls terrorist

    def resolve(
        self, sentence: Sentence, found: list[ActorMention], short: Callable[[ActorMention], bool]
    ) -> list[ActorMention]:
        """The mentions of a sentence, short names read by what the page has named so far.

        Args:
            sentence: The next sentence of the page.
            found: Its candidate mentions in text order.
            short: Whether a mention's name needs more than itself.
        """
        kept: list[ActorMention] = []
        at = {m.first: m for m in found}
        covered = {i for m in found for i in range(min(m.head, m.first), m.last)}
        for index in sorted({*at, *sentence.marked(Bit.NAMING)}):
            mention = at.get(index)
            if mention is None:
                noun = _definite_noun(sentence, index)
                antecedent = self._last.get(noun) if noun and index not in covered else None
                if antecedent is not None and _alone(sentence, index):
                    kept.append(_echo(antecedent, index, index + 1, "", index))
                continue
            if self._branded is not None and _terrorists(sentence, mention):
                kept.append(_echo(self._branded, mention.first, mention.last, mention.proclitics, mention.head))
                continue
            noun = _definite_noun(sentence, mention.last - 1)
            antecedent = self._last.get(noun) if noun else None
            of_country = mention.actor is not None and mention.actor.country is not None
            if antecedent is not None and antecedent.actor_id != mention.actor_id and not of_country:
                kept.append(_echo(antecedent, mention.first, mention.last, mention.proclitics, mention.head))
            elif not short(mention) or self._explained(sentence, mention) or _listed(mention, kept):
                kept.append(mention)
            if not short(mention):
                self._note(sentence, mention)
        return kept

    def _explained(self, sentence: Sentence, mention: ActorMention) -> bool:
        """Whether the page names in full whom the short name means."""
        known = mention.actor_id in self._ids and mention.actor_id not in _UNNAMED
        return known and _alone(sentence, mention.last - 1)

    def _note(self, sentence: Sentence, mention: ActorMention) -> None:
        """Keep a full name under each naming noun that it begins with, and as that of terrorists."""
        behind = sentence.text(sentence.skip_punct(mention.last))
        if mention.actor_id not in _UNNAMED and {behind, sentence.text(mention.last - 1)} & _TERRORIST:
            self._branded = mention
        for index in range(mention.head, mention.last - 1):
            noun = NAMING_NOUNS.get(_bare(sentence.text(index)))
            if noun is not None:
                self._last[noun] = mention
        if mention.nisba or mention.head == mention.first == mention.last - 1:
            noun = NAMING_NOUNS.get(_bare(sentence.text(mention.first - 1)))
            if noun is not None and mention.nisba:
                self._last[noun] = mention


def _terrorists(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a mention only speaks of the terrorists, which those are that the page called so: "الإرهابيين"."""
    return mention.actor_id == _NAMELESS and sentence.text(mention.last - 1).lstrip("ولفب").startswith("ال")


def _listed(mention: ActorMention, kept: list[ActorMention]) -> bool:
    """Whether و ties a short name right to another name: "ميليشيات الحوثي وصالح"."""
    return mention.proclitics == "و" and bool(kept) and kept[-1].last == mention.first


def _echo(antecedent: ActorMention, first: int, last: int, proclitics: str, head: int) -> ActorMention:
    return ActorMention(first, last, proclitics, antecedent.actor, antecedent.actor_id, head=head)


def is_naming_noun(word: str) -> bool:
    """Whether a word is a naming noun with ال, which may stand for a name of the page."""
    return _naming_class(word) is not None


def _definite_noun(sentence: Sentence, index: int) -> str | None:
    """The class of a naming noun with ال ("التنظيم", "للتنظيم")."""
    return _naming_class(sentence.text(index))


def _naming_class(word: str) -> str | None:
    return NAMING_NOUNS.get(_bare(word)) if word.lstrip("وف").startswith(("ال", "لل", "بال")) else None


def _bare(word: str) -> str:
    word = word[1:] if word[:1] in "وف" and len(word) > 5 else word
    for prefix in ("ال", "لل", "بال"):
        if word.startswith(prefix):
            return word[len(prefix) :]
    return word


def _alone(sentence: Sentence, index: int) -> bool:
    """Whether no adjective or name follows that would make it another body ("الهيئة العامة", "المجلس المحلي")."""
    after = sentence.text(index + 1)
    return after != "ل" and (not after.startswith("ال") or after in _FUNCTION_WORDS | _OF_ARMS)
