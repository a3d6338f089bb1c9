"""Adjectives that name nobody: they describe the name before them ("حزب الله اللبناني"), a make or a paper."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.arabic import PhraseMatch
from conflict_events.extraction.reading import ActorMention, Sentence
from conflict_events.extraction.wordsets import word_set

__all__ = ["is_epithet", "is_origin_only", "is_press_matter", "without_epithets"]

_MADE = word_set("made")
_NATIONALITY = word_set("nationality")
_UNKNOWN_OF = word_set("unknown_of")
_DEEDS = word_set("deeds")
_RULERS = word_set("rulers")
_PRESS_MATTERS = word_set("press_matters")
_BEFORE_AGENT = word_set("before_agent")
_NAMED = frozenset({"state", "rebel", "militia", "jihadist"})


def without_epithets(sentence: Sentence, found: list[ActorMention]) -> list[ActorMention]:
    """The actors of a sentence, a name and the adjective that describes it as one.

    A name that means somebody else on every page ("الحرس الجمهوري العراقي", "قوات الأمن الهندية") is whose the
    adjective says; any other name stays who it is ("لواء الباقر الإيراني").

    Args:
        sentence: The sentence.
        found: Its mentions in text order.
    """
    kept: list[ActorMention] = []
    for mention in found:
        name = kept[-1] if kept else None
        if name is None or not _describes(sentence, mention, name):
            kept.append(mention)
        elif (_vague(name) or _bare(sentence, name)) and not _at_home(name, mention):
            kept[-1] = replace(
                mention, first=name.first, head=name.head, proclitics=name.proclitics, nisba=False, adjectival=False
            )
        else:
            kept[-1] = replace(name, last=mention.last)
    return kept


def is_epithet(sentence: Sentence, match: PhraseMatch, things: tuple[str, ...]) -> bool:
    """Whether a name only describes a thing there (key `epithet_of` of the lexicon), and names nobody.

    Args:
        sentence: The sentence.
        match: Where the name stands.
        things: What the name is an adjective of, too: `press_matter` ("بيان صحفي"), `act` ("تفجير إرهابي"; only for
            single words), `unknown` ("انفجار مجهول المصدر"), `noun` (any noun before it: "رجل مسلح").
    """
    if "press_matter" in things and is_press_matter(sentence, match.first):
        return True
    if "act" in things and match.last - match.first == 1 and _is_of_act(sentence, match.first):
        return True
    if "noun" in things and not _is_subject(sentence, match.first):
        return True
    return "unknown" in things and sentence.text(match.last) in _UNKNOWN_OF


def is_origin_only(sentence: Sentence, index: int) -> bool:
    """Whether an adjective says where a thing was made or whose passport it is: "أمريكية الصنع", "الجنسية اليمنية"."""
    return sentence.text(index + 1) in _MADE or sentence.text(index - 1) in _NATIONALITY


def is_press_matter(sentence: Sentence, index: int) -> bool:
    """Whether "صحفي" is an adjective there: "بيان صحفي", "مؤتمر صحفي"."""
    before = sentence.bare(index - 1)
    return before in _PRESS_MATTERS or (before[:1] in ("ب", "ل") and before[1:] in _PRESS_MATTERS)


def _is_subject(sentence: Sentence, index: int) -> bool:
    """Whether a word stands where a noun does: behind a verb, "that", "by the hand of", "by the bullets of"."""
    before = sentence.skip_punct(index - 1, -1)
    if sentence.text(before) in _BEFORE_AGENT:
        return True
    return any(t.last == before + 1 and t.finite and not t.entry.outcome for t in sentence.candidates)


def _is_of_act(sentence: Sentence, index: int) -> bool:
    """Whether "إرهابي" calls an act so and nobody: "تفجير إرهابي", "الهجوم الغادر الإرهابي", "عمل إرهابي"."""
    for before in (index - 1, index - 2):
        if sentence.bare(before) in _DEEDS:
            return True
        if any(t.first <= before < t.last and not t.finite and not t.entry.outcome for t in sentence.candidates):
            return True
        if before < 0 or not sentence.text(before).endswith(("ي", "يه")):
            return False
    return False


def _describes(sentence: Sentence, mention: ActorMention, name: ActorMention) -> bool:
    """Whether a mention is an adjective with ال right behind a name."""
    if not mention.adjectival or name.adjectival or name.state or mention.proclitics.removesuffix("ال"):
        return False
    if name.actor is None or name.actor.kind not in _NAMED:
        return False
    return sentence.text(mention.first).startswith("ال") and sentence.skip_punct(name.last) == mention.first


def _vague(name: ActorMention) -> bool:
    """Whether the name means different actors on different pages."""
    return name.actor is not None and (name.actor.ambiguous or name.actor.country is not None)


def _bare(sentence: Sentence, name: ActorMention) -> bool:
    """Whether a noun that any state has is all of the name, so that the adjective names it: "النظام التركي"."""
    return all(sentence.bare(index) in _RULERS or index in sentence.heads for index in range(name.first, name.last))


def _at_home(name: ActorMention, adjective: ActorMention) -> bool:
    """Whether the adjective is that of the state whose forces the page calls so."""
    if name.actor is None or adjective.actor is None:
        return False
    return name.actor_id == adjective.actor_id or name.actor.country in (adjective.actor.home, "")
