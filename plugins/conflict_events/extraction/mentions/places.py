"""Place mentions: known names, names announced by a kind word, and what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from conflict_events.arabic import PhraseMatcher, proclitic_readings, strip_article
from conflict_events.extraction.reading import PlaceMention, Sentence
from conflict_events.geography import Gazetteer
from conflict_events.geography.wording import Words, load_words

__all__ = ["PlaceReader"]

_SETTLEMENT_KINDS = frozenset(
    "مدينه بلده قريه قريتي بلدتي مدينتي قري بلدات مدن حي مخيم ناحيه مزرعه ضيعه حارت حاره تل تله جبل وادي معبر".split()
)
_LIST_KINDS = frozenset("قري بلدات مدن قريتي بلدتي مدينتي محوري حيي احياء مخيمات محاور نواحي".split())
_LOCATIVE = frozenset(
    "في علي الي من قرب داخل نحو باتجاه بين وسط عند حول عبر ضمن خارج استهدف استهدفت طال طالت قصف قصفت شهدت تعرضت".split()
)
_STOPPERS = frozenset(
    "التي الذي حيث في من علي الي ما مما بعد قبل وهي وهو عن مع ب ل ان كما فيما ذلك هذه هذا اليوم امس وذلك بريف ريف بمحافظه شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب بالقرب".split()
)
_LONGEST_UNKNOWN = 2


class PlaceReader:
    """Marks place names in sentences."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._matcher = PhraseMatcher(gazetteer.phrases())
        self._words: Words = load_words()

    def read(self, sentence: Sentence, blocked: Sequence[tuple[int, int]]) -> list[PlaceMention]:
        """Places in text order; `blocked` token ranges belong to names of actors and sources."""
        taken = set()
        for first, last in blocked:
            taken.update(range(first, last))
        found: list[PlaceMention] = []
        for match in self._matcher.find(sentence.tokens):
            if taken & set(range(match.first, match.last)):
                continue
            if all(self._is_front_word(sentence.text(i)) for i in range(match.first, match.last)):
                continue
            known = [p for payload in match.payloads for p in payload.places]
            mention = self._around(
                sentence,
                PlaceMention(
                    match.first,
                    match.last,
                    match.proclitics,
                    name=_raw_name(sentence, match.first, match.last, match.proclitics),
                    places=tuple(dict.fromkeys(known)),
                    asserted=not any(payload.needs_context for payload in match.payloads),
                ),
            )
            if mention.asserted or self._in_context(sentence, mention, found):
                found.append(mention)
        for mention in found:
            taken.update(range(mention.head, mention.tail))
        found += self._unknown(sentence, taken)
        found += self._listed(sentence, found)
        return sorted(found, key=lambda m: m.first)

    def _is_front_word(self, word: str) -> bool:
        """ "مدينة" or "الحدود" alone is no name."""
        return any(
            _is_plain(self._words, reading) or _is_plain(self._words, strip_article(reading))
            for reading, _ in proclitic_readings(word)
        )

    def country_of(self, sentences: Sequence[Sentence]) -> str | None:
        """The country that most of the unmistakable names of a page lie in."""
        votes: Counter[str] = Counter()
        for sentence in sentences:
            for match in self._matcher.find(sentence.tokens):
                countries = {p.country for payload in match.payloads for p in payload.places if p.country}
                if len(countries) == 1 and not any(payload.needs_context for payload in match.payloads):
                    votes.update(countries)
        return min(votes, key=lambda c: (-votes[c], c)) if votes else None

    def _in_context(self, sentence: Sentence, mention: PlaceMention, found: list[PlaceMention]) -> bool:
        """Whether the words before a doubtful name call for a place."""
        if mention.kind or mention.near or mention.rural or "ب" in mention.proclitics:
            return True
        before = sentence.skip_punct(mention.head - 1, -1)
        word = sentence.text(before)
        if word in _LOCATIVE or word.lstrip("و") in _LOCATIVE:
            return True
        follows = found and found[-1].last >= mention.first - 1
        return bool(follows) and ("و" in mention.proclitics or word in ("و", "،", "-"))

    def _around(self, sentence: Sentence, mention: PlaceMention) -> PlaceMention:
        """The mention with the kind words, modifiers and directions that stand around its name."""
        head, near, rural, kind, direction = mention.first, mention.near, mention.rural, mention.kind, mention.direction
        if not mention.proclitics.strip("ل"):
            for _ in range(4):
                previous = sentence.skip_punct(head - 1, -1)
                step = self._front(sentence, previous)
                if step is None:
                    break
                size, relation = step
                head = previous - size + 1
                if relation == "kind":
                    kind = kind or strip_article(_core(sentence.text(head)))
                elif relation == "countryside":
                    rural = True
                else:
                    near = True
                    direction = direction or relation == "direction"
                if set(sentence.text(head)[:1]) & {"ب", "ل"} and not _is_plain(self._words, sentence.text(head)):
                    break
        tail = mention.last
        while (
            tail < len(sentence)
            and sentence.text(tail) in self._words.sides
            and sentence.text(tail) not in ("نفسها", "ذاتها")
        ):
            tail += 1
        return replace(mention, head=head, tail=tail, near=near, rural=rural, kind=kind, direction=direction)

    def _front(self, sentence: Sentence, last: int) -> tuple[int, str] | None:
        """(number of words, relation) of the modifier that ends at a token."""
        for size in (4, 3, 2, 1):
            first = last - size + 1
            if first < 0 or any(sentence.tokens[i].kind != "word" for i in range(first, last + 1)):
                continue
            words = [sentence.text(i) for i in range(first, last + 1)]
            for reading, _ in proclitic_readings(words[0]):
                if len(reading) < 2:
                    continue
                key = (reading, *words[1:])
                bare = (strip_article(reading), *words[1:])
                if key in self._words.kinds or bare in self._words.kinds:
                    return size, "kind"
                if strip_article(reading) in _LIST_KINDS and size == 1:
                    return size, "kind"
                for entry, relation in self._words.front:
                    if entry == key:
                        return size, relation.value
        return None

    def _listed(self, sentence: Sentence, found: list[PlaceMention]) -> list[PlaceMention]:
        """Unknown names inside a list of known ones: "كفرتعال وكفرنوران وتقاد والهباطة"."""
        added = []
        starts = {m.head for m in found}
        for mention in sorted(found, key=lambda m: m.first):
            index = sentence.skip_punct(mention.tail)
            if index < len(sentence) and sentence.text(index) == "،":
                index += 1
            word = sentence.text(index)
            if (
                index in starts
                or not word.startswith("و")
                or len(word) < 5
                or sentence.analyses[index]
                or word[1:] in _STOPPERS
            ):
                continue
            following = sentence.skip_punct(index + 1)
            after = sentence.text(following)
            ends = (
                following >= len(sentence)
                or following in starts
                or after in "،؛.)"
                or after.startswith(("بريف", "بجبل", "بمحافظ", "ريف"))
            )
            if not ends or not (mention.kind in _LIST_KINDS or "و" in mention.proclitics or mention.kind == "listed"):
                continue
            added.append(
                PlaceMention(
                    index,
                    index + 1,
                    "و",
                    name=_raw_name(sentence, index, index + 1, "و"),
                    kind="listed",
                    head=index,
                    tail=index + 1,
                )
            )
        return added

    def _unknown(self, sentence: Sentence, taken: set[int]) -> list[PlaceMention]:
        """Names that only their kind word shows: "قرية المستريحة"."""
        found = []
        index = 0
        while index < len(sentence) - 1:
            core = _core(sentence.text(index))
            if core not in _SETTLEMENT_KINDS or index in taken or sentence.tokens[index + 1].kind == "break":
                index += 1
                continue
            first = sentence.skip_punct(index + 1)
            quoted = first > index + 1 and sentence.text(index + 1) in "\"'"
            names = _names(sentence, first, taken, quoted, core in _LIST_KINDS)
            for start, last in names:
                mention = PlaceMention(
                    start,
                    last,
                    "و" if sentence.text(start).startswith("و") and start != first else "",
                    name=_raw_name(
                        sentence, start, last, "و" if start != first and sentence.text(start).startswith("و") else ""
                    ),
                    kind=core,
                    head=index if start == first else start,
                    tail=last,
                )
                found.append(
                    self._around(sentence, replace(mention, head=mention.head))
                    if start != first
                    else _with_front(self, sentence, mention, index)
                )
            index = names[-1][1] if names else index + 1
        return found


def _with_front(reader: PlaceReader, sentence: Sentence, mention: PlaceMention, kind_at: int) -> PlaceMention:
    around = reader._around(sentence, replace(mention, first=kind_at, proclitics=""))
    return replace(around, first=mention.first, head=min(around.head, kind_at), tail=mention.tail, kind=mention.kind)


def _core(word: str) -> str:
    """A kind word without the particles before it."""
    for reading, _ in proclitic_readings(word):
        if strip_article(reading) in _SETTLEMENT_KINDS:
            return strip_article(reading)
    return word


def _is_plain(words: Words, word: str) -> bool:
    return (word,) in words.kinds or any(entry == (word,) for entry, _ in words.front)


def _names(sentence: Sentence, first: int, taken: set[int], quoted: bool, several: bool) -> list[tuple[int, int]]:
    """Token ranges of unknown names that start at a token."""
    found: list[tuple[int, int]] = []
    index = first
    while index < len(sentence):
        start = index
        limit = 4 if quoted else _LONGEST_UNKNOWN
        while index < len(sentence) and index - start < limit and index not in taken:
            token = sentence.tokens[index]
            word = token.text
            if token.kind != "word" or word in _STOPPERS or word.lstrip("و") in _STOPPERS:
                break
            if sentence.analyses[index] and index > start:
                break
            if index > start and (word.startswith(("و", "ب", "ل", "ال")) or len(word) < 3) and not quoted:
                break
            index += 1
            if (
                not quoted
                and word.startswith("ال")
                and index < len(sentence)
                and not sentence.text(index).startswith("ال")
            ):
                break
        if index == start:
            break
        if (
            sentence.analyses[start]
            and not quoted
            and index - start == 1
            and any(a.pos == "verb" for a in sentence.analyses[start])
        ):
            break
        found.append((start, index))
        if not several or len(found) > 8:
            break
        following = sentence.skip_punct(index)
        if following < len(sentence) and sentence.text(following) == "،":
            following += 1
        if not sentence.text(following).startswith("و") or following in taken or len(sentence.text(following)) < 4:
            break
        index = following
    return found


def _raw_name(sentence: Sentence, first: int, last: int, proclitics: str) -> str:
    raw = sentence.raw_text(first, last).strip("\"'“”«»()[] ")
    for letter in proclitics:
        if raw.startswith(letter):
            raw = raw[1:]
    if proclitics.endswith("ل") and sentence.text(first).startswith(proclitics + "ل"):
        raw = "ال" + raw.removeprefix("ل")
    return raw
