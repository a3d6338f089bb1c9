"""Groups known by whom they are loyal to: "الجماعات المدعومة من إيران", "القوات الموالية للرئيس السابق".

Those who stand by a foreign state or a regime are its proxies (key `proxy_of` of the lexicon); forces loyal to
somebody at home are his own (key `patrons`), and armed men loyal to him his side's fighters, where it has some.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conflict_events.arabic import Phrase, PhraseMatcher
from conflict_events.extraction.reading import ActorMention, Sentence, bare_word
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set
from conflict_events.lexicon import Actor, Lexicon

__all__ = ["LOYAL", "MEMBERS", "Proxies", "is_loyal"]

LOYAL = word_set("loyal")
MEMBERS = word_set("belonging_to")
_NOUNS = word_set("loyal_groups")
_UNNAMED = word_set("loyal_forces")
_OF_PATRON = word_set("of_the_patron")
_LINKS = frozenset({"من", "ل", "ب", "مع"})
_PROXY_IDS = frozenset({"OPPOSITION", "SYR_MILITIA", "OTHER:militia", "OTHER:terrorists"})
_REACH = 4
_LONGEST_PATRON = 8


def is_loyal(word: str) -> bool:
    """Whether a word may say whose proxy a group is ("الموالية", "والمدعومة")."""
    return bare_word(word) in LOYAL


class Proxies:
    """Marks unnamed groups by their patron."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._proxies: dict[str, list[Actor]] = {}
        patrons: list[Phrase[Actor]] = []
        for actor in lexicon.actors:
            for sponsor in actor.proxy_of:
                self._proxies.setdefault(sponsor, []).append(actor)
            patrons += [Phrase(name, actor, "exact") for name in actor.patrons]
        self._patrons = PhraseMatcher(patrons)

    def read(
        self, sentence: Sentence, found: list[ActorMention], day: date | None, country: str | None
    ) -> list[ActorMention]:
        """The actors of a sentence with those groups, and names of factions by whom they are loyal to."""
        found = self._unnamed(sentence, found, day, country)
        return [self._sponsored(sentence, mention, found, day, country) for mention in found]

    def _unnamed(
        self, sentence: Sentence, found: list[ActorMention], day: date | None, country: str | None
    ) -> list[ActorMention]:
        loyal = sentence.marked(Bit.LOYAL)
        if not loyal:
            return found
        taken = {i for m in found for i in range(m.first, m.last)}
        extra: list[ActorMention] = []
        for index in loyal:
            if index in taken or not 1 <= index < len(sentence) - 1:
                continue
            noun = next((i for i in (index - 1, index - 2) if _is_group(sentence, i)), None)
            if noun is None and _names_people(sentence.text(index)):
                noun = index  # "الحوثيون والموالون لصالح"
            if noun is None or noun in taken:
                continue
            named = [m for m in found if m.last <= noun]
            actor, last = self._side_of(sentence, index, noun, named, found, day, country)
            if actor is None:
                continue
            clitics = next((a.proclitics for a in sentence.analyses[noun] if a.pos != "verb"), ())
            found = [m for m in found if not noun < m.first < last]
            extra.append(ActorMention(noun, last, "".join(clitics), actor, actor.id, head=noun))
        return sorted(found + extra, key=lambda m: m.first)

    def _side_of(
        self,
        sentence: Sentence,
        index: int,
        noun: int,
        named: list[ActorMention],
        found: list[ActorMention],
        day: date | None,
        country: str | None,
    ) -> tuple[Actor | None, int]:
        """Whose an unnamed group is, and where the name of its patron ends."""
        if sentence.bare(index) in MEMBERS and (sentence.bare(noun) in _UNNAMED or noun == index):
            return None, index
        own = self._own(sentence, index, day, country)
        if own is None and noun == index:
            return None, index
        if own is not None:
            patron, last = own
            fighters = None if sentence.heads.get(noun) == "force" else self._proxy(patron.id, day)
            return fighters or patron, last
        sponsor, last = self._patron(sentence, index, named, found)
        return self._proxy(sponsor, day), last

    def _own(self, sentence: Sentence, index: int, day: date | None, country: str | None) -> tuple[Actor, int] | None:
        """The actor whose leader a word of loyalty names, and where that name ends."""
        first = index + 1
        tokens = sentence.tokens[first : first + _LONGEST_PATRON]
        for match in self._patrons.find(tokens):
            if match.first > 1:
                return None
            fitting = [a for a in match.payloads if a.valid_on(day) and a.country in (None, country)]
            if fitting:
                return fitting[0], first + match.last
        return None

    def _patron(
        self, sentence: Sentence, index: int, earlier: list[ActorMention], found: list[ActorMention]
    ) -> tuple[str, int]:
        """The actor that a word of loyalty names, and where the phrase ends."""
        for at in range(index + 1, min(len(sentence), index + _REACH)):
            word = sentence.text(at)
            if word in _OF_PATRON:
                return (earlier[-1].actor_id if earlier else "", at + 1)
            named = next((m for m in found if m.first == at), None)
            if named is not None:
                return named.actor_id, named.last
            if word not in _LINKS and word not in LOYAL:
                break
        return "", index

    def _sponsored(
        self,
        sentence: Sentence,
        mention: ActorMention,
        found: list[ActorMention],
        day: date | None,
        country: str | None,
    ) -> ActorMention:
        """A faction "loyal to" or "backed by" a state is that state's proxy: "الفصائل الموالية لتركيا"."""
        if mention.actor_id not in _PROXY_IDS:
            return mention
        for index in range(mention.last, min(len(sentence), mention.last + _REACH)):
            if sentence.bare(index) not in LOYAL:
                continue
            own = self._own(sentence, index, day, country)
            sponsor, _ = self._patron(sentence, index, [m for m in found if m.last <= mention.head], found)
            actor = own[0] if own is not None else self._proxy(sponsor, day)
            loyal = sponsor == "SYR_REGIME" or (own is not None and "SYR_REGIME" in own[0].proxy_of)
            if loyal and mention.actor_id == "OPPOSITION":
                return mention
            if actor is not None:
                return replace(mention, actor=actor, actor_id=actor.id)
        return mention

    def _proxy(self, sponsor: str, day: date | None) -> Actor | None:
        return next((a for a in self._proxies.get(sponsor, ()) if a.valid_on(day)), None)


def _names_people(word: str) -> bool:
    """Whether a word of loyalty stands for those who are loyal, joined to others."""
    return word.startswith("وال") and word.endswith(("ين", "ون"))


def _is_group(sentence: Sentence, index: int) -> bool:
    """Whether a noun names a group of armed men, whatever particle stands before it."""
    bare = sentence.bare(index)
    return bool({sentence.text(index), bare, bare.removeprefix("ب"), bare.removeprefix("ل")} & _NOUNS)
