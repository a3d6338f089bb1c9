"""Actor mentions: names, state names that act, and adjectives of origin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conflict_events.arabic import Phrase, PhraseMatcher
from conflict_events.extraction.reading import ActorMention, Sentence
from conflict_events.lexicon import Actor, Lexicon

__all__ = ["ActorReader"]

_PLACE_WORDS = frozenset(
    "في الي من شمال جنوب شرق غرب شمالي جنوبي شرقي غربي عبر داخل خارج حدود الحدود مدينه محافظه قرب وسط نحو باتجاه منطقه مناطق"
    " اراضي الاراضي بلده قريه عموم انحاء ارجاء سماء اجواء".split()
)


_LOYAL = frozenset("مواليه موال مواليين موالين مدعومه مدعوم مدعومين تابعه تابع تابعين موالي حليفه".split())
_PATRONS = {"تركيا": "TUR", "انقره": "TUR", "ايران": "IRN", "طهران": "IRN", "النظام": "SYR_REGIME"}
_PROXIES: dict[str, dict[str, str]] = {
    "OPPOSITION": {"TUR": "SNA"},
    "SYR_MILITIA": {"IRN": "IRN_MILITIA"},
    "OTHER:militia": {"IRN": "IRN_MILITIA", "TUR": "SNA", "SYR_REGIME": "SYR_MILITIA"},
}


class ActorReader:
    """Marks actors in sentences."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._heads = frozenset(lexicon.actor_heads)
        self._by_adjective = lexicon.actors_by_lexeme()
        self._actors = lexicon.actors
        phrases: list[Phrase[tuple[Actor, bool]]] = []
        for actor in lexicon.actors:
            phrases += [Phrase(name, (actor, False), "exact") for name in actor.names]
            phrases += [Phrase(name, (actor, True), "exact") for name in actor.country_names]
        self._matcher = PhraseMatcher(phrases)

    def read(self, sentence: Sentence, day: date | None, country: str | None) -> list[ActorMention]:
        """Actors in text order; meanings that depend on the day or the country are chosen by those of the page."""
        found: list[ActorMention] = []
        taken: set[int] = set()
        for match in self._matcher.find(sentence.tokens):
            options = [(a, state) for a, state in match.payloads if a.valid_on(day) and a.country in (None, country)]
            if not options:
                continue
            actor, state = min(options, key=lambda o: (o[1], o[0].country is None))
            if state and (match.proclitics.strip("و") in ("ب", "ل") or sentence.text(match.first - 1) in _PLACE_WORDS):
                continue
            head = self._head(sentence, match.first)
            if actor.ambiguous and head == match.first and not state and actor.country is None:
                continue
            found.append(ActorMention(match.first, match.last, match.proclitics, actor, actor.id, head=head))
            taken.update(range(match.first, match.last))
        for index in range(len(sentence)):
            if index in taken:
                continue
            mention = self._adjective(sentence, index, day)
            if mention is not None:
                found.append(mention)
        found.sort(key=lambda m: m.first)
        return [self._sponsored(sentence, mention, found, day) for mention in found]

    def _sponsored(
        self, sentence: Sentence, mention: ActorMention, found: list[ActorMention], day: date | None
    ) -> ActorMention:
        """A group "loyal to" or "backed by" a state is that state's proxy: "الفصائل الموالية لتركيا"."""
        proxies = _PROXIES.get(mention.actor_id)
        if proxies is None:
            return mention
        for index in range(mention.last, min(len(sentence), mention.last + 4)):
            if sentence.bare(index) not in _LOYAL:
                continue
            patron = sentence.text(index + 1)
            earlier = [m.actor_id for m in found if m.last <= mention.head]
            if patron in ("لها", "له", "منها", "منه") and earlier:
                sponsor = earlier[-1]
            else:
                sponsor = next(
                    (m.actor_id for m in found if index < m.first <= index + 3),
                    _PATRONS.get(patron.removeprefix("ل"), ""),
                )
            proxy = proxies.get(sponsor)
            actor = next((a for a in self._actors if a.id == proxy and a.valid_on(day)), None)
            if actor is not None:
                return replace(mention, actor=actor, actor_id=actor.id)
        return mention

    def _adjective(self, sentence: Sentence, index: int, day: date | None) -> ActorMention | None:
        for analysis in sentence.analyses[index]:
            actor = next((a for a in self._by_adjective.get(analysis.lexeme, ()) if a.valid_on(day)), None)
            if actor is None:
                continue
            proclitics = "".join(analysis.proclitics)
            before = sentence.skip_punct(index - 1, -1)
            attached = not proclitics and before >= 0 and sentence.tokens[before].kind == "word"
            noun = analysis.number in ("p", "d") and analysis.gender == "m" and (analysis.definite or bool(proclitics))
            head = self._head(sentence, index)
            nisba = attached and not (noun and not sentence.text(before).startswith("ال"))
            return ActorMention(index, index + 1, proclitics, actor, actor.id, nisba=nisba and head == index, head=head)
        return None

    def _head(self, sentence: Sentence, first: int) -> int:
        """Where the whole phrase begins: "القوات" of "القوات التركية", "طيران" of "طيران النظام"."""
        index = first
        while index > 0:
            previous = sentence.skip_punct(index - 1, -1)
            if previous < 0 or not any(a.lexeme in self._heads for a in sentence.analyses[previous]):
                break
            index = previous
        return index
