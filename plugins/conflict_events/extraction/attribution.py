"""Who says so: reporting verbs, attribution phrases, chains of sources, and sources that a later verb takes up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from conflict_events.arabic import Phrase, PhraseMatcher
from conflict_events.extraction.reading import ActorMention, Mention, Sentence, SourceMention
from conflict_events.lexicon import Attribution, Lexicon, ReportingVerb, SourceTerm

__all__ = ["AttributionReader", "Quoted", "source_mentions"]

_STATES = {"state"}
_STOP = frozenset(
    "ان انه انها انهم بان بانه بانها لوكاله لقناه لموقع لصحيفه عن من علي قوله قولها ما مقتل اصابه انفجار قصف".split()
)
_ANAPHORA = frozenset(
    "المصدر المصادر المصدران المراسل البيان الوكاله الشبكه المرصد الموسسه الوزاره الصحيفه القناه المتحدث الناطق التقرير الموقع الفريق المنظمه الشهود النشطاء الناشطون الهييه".split()
)
_SAME = frozenset("نفسه نفسها ذاته ذاتها نفسهم".split())
_NO_SOURCE = frozenset(
    "حصيله معلومات بيان نتايج نتاءج احصاييه احصاءيه تقديرات صور تقرير وقت حين خبر مصدره مصدرها قرار".split()
)
_BREAKS = frozenset("في عبر علي خلال من حينها عند الي بعد قبل مع ضمن".split())
_LONGEST_NAME = 7
_VERB_REACH = 2


@dataclass(frozen=True, slots=True)
class Quoted(Mention):
    """A source in its sentence.

    Attributes:
        name: Its name as written.
        source_type: Type of the codebook.
        stance: states, accuses, denies or claims_responsibility.
        anaphoric: Whether it points back to a source already named ("وأضاف المصدر").
        named: Whether it stands in the words (False for a verb alone: "وأضافت").
        actor_id: Actor whose voice it is, or None.
    """

    name: str = ""
    source_type: str = "unnamed"
    stance: str = "states"
    anaphoric: bool = False
    named: bool = True
    actor_id: str | None = None


class AttributionReader:
    """Reads sources by the lexicon's reporting verbs and attribution phrases."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = dict(lexicon.reporting_verbs)
        self._heads = {lexeme: term for term in lexicon.sources for lexeme in term.lexemes}
        names: list[Phrase[SourceTerm]] = []
        for term in lexicon.sources:
            names += [Phrase(name, term, "optional") for name in term.names]
        self._names = PhraseMatcher(names)
        phrases: list[Phrase[Attribution]] = []
        for attribution in lexicon.attributions:
            phrases += [Phrase(_trim(text), attribution, "exact") for text in attribution.phrases]
        self._attributions = PhraseMatcher(phrases)

    def mentions(self, sentence: Sentence) -> list[SourceMention]:
        """All named and generic sources of a sentence, quoted or not."""
        found = []
        covered: set[int] = set()
        for match in self._names.find(sentence.tokens):
            term: SourceTerm = match.payload
            last = self._extent(sentence, match.last) if term.combines else match.last
            last = _closing_bracket(sentence, last)
            found.append(
                SourceMention(
                    match.first,
                    last,
                    match.proclitics,
                    _raw(sentence, match.first, last, match.proclitics),
                    term.source_type,
                    term.generic,
                )
            )
            covered.update(range(match.first, last))
        for index in range(len(sentence)):
            if index in covered:
                continue
            for analysis in sentence.analyses[index]:
                head = self._heads.get(analysis.lexeme)
                if head is None:
                    continue
                last = self._extent(sentence, index + 1)
                proclitics = "".join(analysis.proclitics)
                found.append(
                    SourceMention(
                        index, last, proclitics, _raw(sentence, index, last, proclitics), head.source_type, head.generic
                    )
                )
                covered.update(range(index, last))
                break
        return sorted(found, key=lambda m: m.first)

    def _extent(self, sentence: Sentence, index: int) -> int:
        """One past the adjectives and names that belong to a head noun."""
        start = index
        while index < len(sentence) and index - start < 7:
            token = sentence.tokens[index]
            if token.kind == "punct":
                if token.text in "\"'()" and index + 1 < len(sentence):
                    index += 1
                    continue
                break
            if token.kind == "break" or token.text in _STOP or token.text in ("في", "الي", "مع", "قد", "لم", "و"):
                break
            if (
                token.text.startswith(("و", "ل"))
                and index > start
                or any(a.pos == "verb" for a in sentence.analyses[index])
            ):
                break
            if token.text.startswith("ل") and len(token.text) > 4:
                break
            index += 1
        return _closing_bracket(sentence, index)

    def phrases(self, sentence: Sentence) -> list[Mention]:
        """Attribution phrases ("بحسب", "نقلا عن")."""
        return [Mention(m.first, m.last, m.proclitics) for m in self._attributions.find(sentence.tokens)]

    def read(self, sentence: Sentence) -> list[Quoted]:
        """Sources that the sentence quotes, in text order."""
        found: list[Quoted] = []
        for match in self._attributions.find(sentence.tokens):
            quoted = self._source_at(sentence, match.last, match.payload.stance)
            if quoted is not None:
                found.append(quoted)
        for index in range(len(sentence)):
            verb = self._verb_at(sentence, index)
            if verb is not None:
                found += self._around_verb(sentence, index, verb)
        return _distinct(found)

    def _verb_at(self, sentence: Sentence, index: int) -> ReportingVerb | None:
        for analysis in sentence.analyses[index]:
            verb = self._verbs.get(analysis.lexeme)
            if verb is not None and (analysis.pos in ("verb", "participle")):
                if verb.needs_clause and not self._clause_follows(sentence, index, verb):
                    return None
                return verb
        return None

    @staticmethod
    def _clause_follows(sentence: Sentence, index: int, verb: ReportingVerb) -> bool:
        words = [sentence.text(i) for i in range(index + 1, min(len(sentence), index + 9))]
        return any(w in ("ان", "بان", "انه", "انها", "بانه", ":") or w in verb.prepositions for w in words)

    def _around_verb(self, sentence: Sentence, index: int, verb: ReportingVerb) -> list[Quoted]:
        """The source after the verb, else before it; for "نقل عن" both."""
        found = []
        after = self._source_at(sentence, index + 1, verb.stance)
        if after is not None and not verb.source_after:
            found.append(after)
        else:
            before = self._source_before(sentence, index, verb.stance)
            if before is not None:
                found.append(before)
            elif verb.source_after and after is not None:
                found.append(after)
        for step in range(index + 1, min(len(sentence), index + 12)):
            if sentence.text(step) == "عن" and (
                verb.source_after or any(sentence.text(k) in ("نقلا", "نقل", "نقلت") for k in (step - 1, index))
            ):
                chained = self._source_at(sentence, step + 1, "states")
                if chained is not None:
                    found.append(chained)
                break
        if not found and index <= 3 and not any(a.pos == "participle" for a in sentence.analyses[index][:1]):
            found.append(Quoted(index, index + 1, "", anaphoric=True, named=False, stance=verb.stance))
        return found

    def _source_before(self, sentence: Sentence, index: int, stance: str) -> Quoted | None:
        for mention in sentence.sources:
            if 0 <= index - mention.last <= _VERB_REACH and not set(mention.proclitics) & {"ل", "ب"}:
                return _quote(mention, stance)
        for actor in sentence.actors:
            if 0 <= index - actor.last <= 1 and not actor.nisba and not set(actor.proclitics) & {"ل", "ب"}:
                return _actor_source(sentence, actor, stance)
        return None

    def _source_at(self, sentence: Sentence, index: int, stance: str) -> Quoted | None:
        """The source that starts at a token or one or two fillers later."""
        start = sentence.skip_punct(index)
        for at in (start, start + 1, start + 2):
            if at > start and (
                at >= len(sentence) or sentence.text(at - 1) in _STOP or sentence.tokens[at - 1].kind == "punct"
            ):
                break
            word = sentence.text(at)
            if word.removeprefix("لل").removeprefix("ل").removeprefix("ال") and _anaphoric(sentence, at):
                last = at + 2 if sentence.text(at + 1) in _SAME else at + 1
                return Quoted(at, last, "", _raw(sentence, at, last, ""), anaphoric=True, stance=stance)
            mention = next((m for m in sentence.sources if m.first == at), None)
            if mention is not None and mention.generic and mention.last == at + 1 and _definite(word):
                return Quoted(at, at + 1, "", mention.name, mention.source_type, stance, anaphoric=True)
            if mention is not None:
                return _quote(mention, stance)
            actor = next((a for a in sentence.actors if min(a.head, a.first) == at and not a.nisba), None)
            if actor is not None:
                return _actor_source(sentence, actor, stance)
        return self._unknown_name(sentence, start, stance)

    def _unknown_name(self, sentence: Sentence, start: int, stance: str) -> Quoted | None:
        """A person or body that the lexicon does not know: the words up to "إن", a comma or a bracket."""
        index = start
        while index < len(sentence) and index - start < _LONGEST_NAME:
            token = sentence.tokens[index]
            if token.kind in ("break", "number") or (token.kind == "punct" and token.text not in "\"'"):
                break
            if (
                token.text in _STOP
                or token.text in _BREAKS
                or token.text.startswith("ل")
                and len(token.text) > 5
                and index > start
            ):
                break
            if any(a.pos == "verb" for a in sentence.analyses[index]) and index > start:
                break
            index += 1
        ended = sentence.text(index) in ("ان", "انه", "انها", "بان", "،", ":", "(", "عن", *_BREAKS) or index >= len(
            sentence
        )
        words = [sentence.text(i) for i in range(start, index) if sentence.tokens[i].kind == "word"]
        if any(d.first < index and start < d.last for d in sentence.dates) or not words or sentence.analyses[start]:
            return None
        if (
            words[0].removeprefix("ال") in _NO_SOURCE
            or words[0].startswith(("لل", "بال"))
            or any(p.first == start for p in sentence.places)
        ):
            return None
        if not ended or not 2 <= len(words) <= 6 or words[0] in ("في", "علي", "من", "الي", "هذا", "هذه", "ذلك"):
            return None
        return Quoted(start, index, "", _raw(sentence, start, index, ""), _title_type(words), stance)


def _definite(word: str) -> bool:
    return word.removeprefix("و").startswith(("ال", "لل"))


def _trim(text: str) -> str:
    """An attribution phrase without a final preposition that is written attached."""
    words = text.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in ("ل", "ب") else text


def _anaphoric(sentence: Sentence, at: int) -> bool:
    word = sentence.text(at)
    for prefix in ("", "ل", "و"):
        if word.startswith(prefix) and word[len(prefix) :] in _ANAPHORA:
            following = sentence.text(at + 1)
            known = any(m.first == at and m.last > at + 1 for m in sentence.sources)
            return not known and not (following.startswith("ال") and following not in _SAME)
    return False


def _quote(mention: SourceMention, stance: str) -> Quoted:
    return Quoted(mention.first, mention.last, mention.proclitics, mention.name, mention.source_type, stance)


def _actor_source(sentence: Sentence, actor: ActorMention, stance: str) -> Quoted:
    kind = actor.actor.kind if actor.actor is not None else ""
    first = min(actor.head, actor.first)
    source_type = "government" if kind in _STATES else "witness" if kind == "civilian" else "armed_group"
    return Quoted(
        first,
        actor.last,
        actor.proclitics,
        _raw(sentence, first, actor.last, actor.proclitics),
        source_type,
        stance,
        actor_id=actor.actor_id,
    )


def _title_type(words: list[str]) -> str:
    joined = " ".join(words)
    for stem, source_type in (
        ("وزير", "government"), ("وزاره", "government"), ("محافظ", "government"), ("رييس", "government"), ("متحدث", "government"),
        ("ناطق", "armed_group"), ("قاءد", "armed_group"), ("قايد", "armed_group"), ("طبيب", "medical"), ("مدير", "government"), ("ناشط", "activist"),
        ("صحف", "media"), ("مراسل", "media"), ("شهود", "witness"), ("منظمه", "ngo"), ("مركز", "research"),
    ):  # fmt: skip
        if stem in joined:
            return source_type
    return "unnamed"


def _closing_bracket(sentence: Sentence, last: int) -> int:
    """Past a bracket that explains the name: 'الدفاع المدني (الخوذ البيضاء)'."""
    if sentence.text(last) in ("(", '"', "'"):
        closer = {"(": ")", '"': '"', "'": "'"}[sentence.text(last)]
        for index in range(last + 1, min(len(sentence), last + 5)):
            if sentence.text(index) == closer:
                return index + 1
    return last


def _raw(sentence: Sentence, first: int, last: int, proclitics: str) -> str:
    raw = sentence.raw_text(first, last).strip(" \"'“”«»")
    for letter in proclitics:
        raw = raw.removeprefix(letter)
    return raw.strip(" \"'“”«»")


def _distinct(found: Iterable[Quoted]) -> list[Quoted]:
    kept: list[Quoted] = []
    for quoted in sorted(found, key=lambda q: (q.first, -q.last)):
        if any(k.first <= quoted.first < k.last for k in kept if k.named):
            continue
        kept.append(quoted)
    return kept


def source_mentions(quoted: Iterable[Quoted], known: list[Quoted]) -> list[Quoted]:
    """The sources of a sentence with anaphora resolved to those already named; `known` is brought up to date."""
    found = []
    for item in quoted:
        if item.anaphoric:
            earlier = _antecedent(item, known)
            if earlier is not None:
                found.append(replace(earlier, stance=item.stance if item.stance != "states" else earlier.stance))
            elif item.named:
                found.append(item)
        else:
            found.append(item)
            known.append(item)
    return found


def _antecedent(item: Quoted, known: list[Quoted]) -> Quoted | None:
    if not known:
        return None
    key = item.name.strip().removeprefix("ل").removeprefix("ال")[:4]
    return next((k for k in reversed(known) if key and key in k.name), known[-1])
