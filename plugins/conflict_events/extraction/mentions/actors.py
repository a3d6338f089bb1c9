"""Actor mentions: names, state names that act, adjectives of origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from conflict_events.arabic import Phrase, PhraseMatcher
from conflict_events.extraction.mentions.echoes import Echoes, is_naming_noun
from conflict_events.extraction.mentions.epithets import is_epithet, without_epithets
from conflict_events.extraction.mentions.proxies import LOYAL, MEMBERS, Proxies
from conflict_events.extraction.reading import ActorMention, Sentence
from conflict_events.extraction.vocabulary import Bit
from conflict_events.geography.wording import word_set
from conflict_events.lexicon import Actor, Lexicon

__all__ = ["ActorReader"]

_SCENE_VERBS = word_set("scene_verbs")
# Before the name of a state or its capital: the place, not the power.
_PLACE_WORDS = word_set("state_is_place")
_AREAS = frozenset("مدينه محافظه منطقه مناطق اراضي الاراضي بلده قريه حدود الحدود".split())
_FORCES = ("force", "aircraft", "authority")


def _of_somebody(sentence: Sentence, mention: ActorMention, found: list[ActorMention]) -> bool:
    """Whether words behind a mention say whose people they are: "مسلحون حوثيون", "مسلحين من القبيلة", "موالون لـ"."""
    if sentence.text(mention.last) in ("من", "ل") or sentence.bare(mention.last) in LOYAL | MEMBERS:
        return True
    return any(m.first == mention.last for m in found)


def _of_fighters(sentence: Sentence, index: int) -> bool:
    """Whether a short name says whose fighters they are: "مسلحون من القاعدة"; not "عناصر من التنظيم"."""
    fighters = sentence.text(index - 1) == "من" and sentence.heads.get(index - 2) == "fighters"
    return fighters and not is_naming_noun(sentence.text(index))


class ActorReader:
    """Marks actors in sentences."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._heads = {lexeme: str(head.extra["role"]) for lexeme, head in lexicon.actor_heads.items()}
        self._heads |= {v.id: "report" for v in lexicon.reporting_verbs.values() if not v.needs_clause}
        self._serving = {noun.id for noun in lexicon.people.values() if noun.of_state}
        self._by_adjective = lexicon.actors_by_lexeme()
        self._proxies = Proxies(lexicon)
        self._armies: dict[str | None, list[Actor]] = {}
        for actor in lexicon.actors:
            if actor.ambiguous:
                self._armies.setdefault(actor.country, []).append(actor)
        phrases: list[Phrase[tuple[Actor, bool]]] = []
        for actor in lexicon.actors:
            phrases += [Phrase(name, (actor, False), "exact") for name in actor.names]
            phrases += [Phrase(name, (actor, True), "exact") for name in actor.country_names]
        self.matcher = PhraseMatcher(phrases)

    @property
    def head_lexemes(self) -> Iterable[str]:
        """Lexemes of nouns of forces, arms and positions, and of verbs that report."""
        return self._heads

    @property
    def adjective_lexemes(self) -> Iterable[str]:
        """Lexemes of adjectives of origin."""
        return self._by_adjective

    def read_page(self, sentences: list[Sentence], day: date | None, country: str | None) -> list[list[ActorMention]]:
        """Actors of each sentence of a page; short names ("التنظيم") take the meaning that the page gave them."""
        candidates = [self._named(sentence, day, country) for sentence in sentences]
        echoes = Echoes(actor for found in candidates for actor in found if not self._short(actor))
        pages = []
        for sentence, found in zip(sentences, candidates, strict=True):
            kept = echoes.resolve(sentence, found, self._short)
            pages.append(self._proxies.read(sentence, kept, day, country))
        return pages

    def read(self, sentence: Sentence, day: date | None, country: str | None) -> list[ActorMention]:
        """Actors of a sentence that stands alone."""
        return self.read_page([sentence], day, country)[0]

    @staticmethod
    def _short(mention: ActorMention) -> bool:
        """Whether the name needs more than itself: a force word before it, or a page that has named it in full."""
        actor = mention.actor
        return actor is not None and actor.ambiguous and mention.head == mention.first and actor.country is None

    def _named(self, sentence: Sentence, day: date | None, country: str | None) -> list[ActorMention]:
        """All names in text order; meanings that depend on the day or the country are chosen by those of the page."""
        sentence.heads = self._head_nouns(sentence)
        found: list[ActorMention] = []
        taken: set[int] = set()
        placed = -1
        matches = sentence.phrases(self.matcher)
        homes = {m.first: a.home for m in matches for a, state in m.payloads if state and a.home}
        for match in matches:
            # "قوات الأمن في قرغيزستان" serve that country, whatever the page is about.
            there = homes.get(match.last + 1) if sentence.text(match.last) == "في" else None
            options = [
                (a, state)
                for a, state in match.payloads
                if a.valid_on(day) and a.country in (None, there or country) and not (state and a.by_force)
            ]
            if not options:
                continue
            actor, state = min(options, key=lambda o: (o[1], o[0].country is None))
            if is_epithet(sentence, match, actor.epithet_of):
                continue
            listed = match.proclitics == "و" and match.first == placed
            attached = match.proclitics.strip("و") in ("ب", "ل")
            scene = not match.proclitics and sentence.bare(match.first - 1) in _SCENE_VERBS
            if state and (listed or attached or scene or sentence.text(match.first - 1) in _PLACE_WORDS):
                # "من إيران والعراق": what is joined to a place is one; "في السعودية" is no adjective; "تشهد سوريا".
                placed = match.last
                taken.update(range(match.first, match.last))
                continue
            head = match.first if state else self._head(sentence, match.first, named=True)
            if head == match.first and actor.ambiguous and _of_fighters(sentence, match.first):
                head -= 1
            found.append(
                ActorMention(match.first, match.last, match.proclitics, actor, actor.id, head=head, state=state)
            )
            taken.update(range(match.first, match.last))
        forces = {m.last for m in found if m.actor is not None and m.actor.country is not None}
        for index in sentence.marked(Bit.ADJECTIVE):
            if index in taken:
                continue
            mention = self._adjective(sentence, index, day, country, named=index in forces)
            if mention is not None:
                found.append(mention)
        found = without_epithets(sentence, sorted(found, key=lambda m: m.first))
        return [m for m in found if m.actor is None or not m.actor.of_nobody or not _of_somebody(sentence, m, found)]

    def country_of(self, sentences: list[Sentence]) -> str | None:
        """The country whose name and adjective a page uses most, of those whose forces the lexicon knows."""
        votes: Counter[str] = Counter()
        for sentence in sentences:
            for match in sentence.phrases(self.matcher):
                votes.update({actor.home for actor, state in match.payloads if state and actor.home})
            for index in sentence.marked(Bit.ADJECTIVE):
                actors = [a for found in sentence.analyses[index] for a in self._by_adjective.get(found.lexeme, ())]
                votes.update({actor.home for actor in actors if actor.home})
        return min(votes, key=lambda c: (-votes[c], c)) if votes else None

    def state_of(self, country: str | None, day: date | None) -> str | None:
        """Actor id of a country's own forces on a day: what "الجيش" means there."""
        armies = self._armies.get(country, ()) if country is not None else ()
        return next((army.id for army in armies if army.valid_on(day)), None)

    def _adjective(
        self, sentence: Sentence, index: int, day: date | None, country: str | None, named: bool
    ) -> ActorMention | None:
        """An adjective of origin as an actor; `named` says that a name of a state's forces stands right before it."""
        previous = sentence.text(index - 1)
        placed = previous in _PLACE_WORDS or sentence.bare(index - 1) in _SCENE_VERBS
        if sentence.text(index).endswith("يا") and placed:
            # "غربي سوريا", "شهدت سوريا" are a country; only written "سورياً" is it an adjective.
            return None
        indefinite = sentence.text(index).endswith("يه") and not sentence.text(index).startswith("ال")
        if indefinite and previous in _PLACE_WORDS - _AREAS:
            return None  # "شمالي سورية"
        for analysis in sentence.analyses[index]:
            actor = next((a for a in self._by_adjective.get(analysis.lexeme, ()) if a.valid_on(day)), None)
            if actor is None or actor.country not in (None, country):
                continue
            local = self._of_country(sentence, index, country)
            actor = local or actor
            proclitics = "".join(analysis.proclitics)
            before = sentence.skip_punct(index - 1, -1)
            attached = not proclitics and before >= 0 and sentence.tokens[before].kind == "word"
            noun = analysis.number in ("p", "d") and analysis.gender == "m" and (analysis.definite or bool(proclitics))
            head = self._head(sentence, index)
            nisba = attached and not (noun and not sentence.text(before).startswith("ال"))
            if actor.by_force and not named and not self._by_force(sentence, before, head):
                return None
            nisba = nisba and head == index
            return ActorMention(index, index + 1, proclitics, actor, actor.id, nisba, head, adjectival=True)
        return None

    def _of_country(self, sentence: Sentence, index: int, country: str | None) -> Actor | None:
        """Whom an adjective means on the pages about a country, where it means another there ("كردي" in Turkey)."""
        known = (a for found in sentence.analyses[index] for a in self._by_adjective.get(found.lexeme, ()))
        return next((a for a in known if a.country is not None and a.country == country), None)

    def _by_force(self, sentence: Sentence, before: int, head: int) -> bool:
        """Whether a noun of forces ("شرطة كينية", "جندي تشادي") or of an attack ("غارات") stands before an adjective.

        Of fighters of several nations ("مقاتلون إيرانيون وباكستانيون") the adjective before it is one, too.
        """
        if sentence.marks[before] & Bit.ADJECTIVE:
            return True
        if any(t.first <= before < t.last and not t.finite and not t.entry.outcome for t in sentence.candidates):
            return True
        if any(sentence.heads.get(index) in _FORCES for index in range(head, before + 1)):
            return True
        return any(a.lexeme in self._serving for a in sentence.analyses[before])

    def _head_nouns(self, sentence: Sentence) -> dict[int, str]:
        """Tokens that are nouns of forces, arms and positions, with their role."""
        found = {}
        for index in sentence.marked(Bit.HEAD):
            for analysis in sentence.analyses[index]:
                role = self._heads.get(analysis.lexeme)
                dual = analysis.number == "d" and not sentence.text(index).endswith(("ان", "ين"))
                if role == "report" and analysis.pos != "verb":
                    continue
                if role == "weapon" and sentence.bare(index + 1) == "مدني":
                    continue
                if role is not None and not dual and analysis.enclitic not in ("ي", "ني"):
                    found[index] = role
                    break
        return found

    def _head(self, sentence: Sentence, first: int, named: bool = False) -> int:
        """Where the whole phrase begins: "القوات" of "القوات التركية", "طيران" of "طيران النظام".

        No name is annexed to a plural that keeps its ن ("اتهم ناشطون قسد"); an adjective may follow it.
        """
        index = first
        while index > 0:
            previous = sentence.skip_punct(index - 1, -1)
            if sentence.heads.get(previous, "report") == "report":
                break
            if named and sentence.text(previous).endswith("ون"):
                break
            index = previous
        return index
