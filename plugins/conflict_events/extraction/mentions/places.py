"""Place mentions: known names where the sentence calls for a place, and what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from conflict_events.arabic import Phrase, PhraseMatch, PhraseMatcher, proclitic_readings, strip_article
from conflict_events.extraction.mentions.announced import SIZES, AnnouncedPlaces, plain_kind
from conflict_events.extraction.names import is_kunya
from conflict_events.extraction.reading import PlaceMention, Sentence, is_among
from conflict_events.geography import Gazetteer, Place, PlaceName
from conflict_events.geography.wording import Words, load_words, word_set

__all__ = ["PlaceReader"]

_LOCATIVE = word_set("locative")
_SCENE_VERBS = word_set("scene_verbs")
# "ذات": "المدينة ذاتها" is no place; the rest are particles that some village is called like.
_NEVER = word_set("never_names")
# Words that begin names of several words: what follows them is never a name of its own.
_NAME_HEADS = word_set("name_heads")
# "قوات دمشق", "حكومة صنعاء": the place stands for those who rule it.
_HOLDERS = word_set("holders")
_UNITS = word_set("brigades")
_RURAL = word_set("rural")
_SETTLEMENTS = word_set("settlements") - {"حي", "العاصمه"}
_AREAS = word_set("areas")
_ITSELF = word_set("itself")
_FRONT_STEPS = 4
_LONGEST_FRONT = 4
_REMEMBERED = 8_000  # words
# Words that stand for the capital, the country or a part of the country that the page tells of.
_CAPITAL = PlaceName("العاصمة", (), needs_context=True)
_COUNTRY = PlaceName("البلاد", (), needs_context=True)
_KINGDOM = PlaceName("المملكة", (), needs_context=True)
_STRIP = PlaceName("القطاع", (), needs_context=True)
_STAND_INS = (_CAPITAL, _COUNTRY, _KINGDOM, _STRIP)
_RELATIVES = frozenset({"الذي", "التي"})
_KINGDOMS = frozenset({"SA", "JO", "BH", "MA"})


class PlaceReader:
    """Marks place names in sentences."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        stand_ins = (Phrase(word.name, word, "exact") for word in _STAND_INS)
        self.matcher = PhraseMatcher((*gazetteer.phrases(), *stand_ins))
        self._capital_of = gazetteer.capital
        self._country_of = gazetteer.country
        self._gaza_strip = next((p for p in gazetteer.lookup("قطاع غزة") if p.country == "PS"), None)
        self._words: Words = load_words()
        self._front_relations = dict(reversed(self._words.front))
        fronts = (*self._words.kinds, *self._front_relations)
        self._front_words = {w[0] for w in fronts if len(w) == 1}
        self._front_ends = {w[-1] for w in fronts if len(w) > 1}
        # What a word may be is found once.
        self._is_front_word = lru_cache(_REMEMBERED)(self._reads_as_front)
        self._is_common = lru_cache(_REMEMBERED)(self._reads_as_common)
        self._front_of_one = lru_cache(_REMEMBERED)(self._read_front_of_one)
        self._countries: dict[int, frozenset[str]] = {}
        self._announced = AnnouncedPlaces(self._words)

    def read(
        self,
        sentence: Sentence,
        blocked: Sequence[tuple[int, int]],
        country: str | None = None,
        adjectives: Sequence[tuple[int, int]] = (),
    ) -> list[PlaceMention]:
        """Places in text order.

        Args:
            sentence: The sentence.
            blocked: Token ranges that belong to names of actors and sources, to triggers and the like.
            country: ISO-2 code of the country that the page tells of; doubtful names of others need a kind word.
            adjectives: Token ranges of adjectives of origin, which may end a name ("البادية السورية") but be none.
        """
        taken: set[int] = set()
        for first, last in blocked:
            taken.update(range(first, last))
        origin = {i for first, last in adjectives for i in range(first, last)}
        found: list[PlaceMention] = []
        doubtful: dict[tuple[int, int], PlaceMention] = {}
        for match in sentence.phrases(self.matcher):
            if match.first in origin or not taken.isdisjoint(range(match.first, match.last)):
                continue
            if match.payload in _STAND_INS:
                mention = self._stand_in(sentence, match, country)
            else:
                mention = self._mention(sentence, match, taken)
            if mention is None:
                continue
            if self._fits(sentence, mention, found, country):
                found.append(mention)
            else:
                doubtful[mention.first, mention.last] = mention
        for mention in found:
            taken.update(range(mention.first, mention.tail))
        taken |= origin
        found += [
            mention if mention.kind in ("listed",) else self._around(sentence, mention)
            for mention in self._announced.read(sentence, taken, found, doubtful)
        ]
        return self._shared_fronts(sentence, _apposed(sentence, sorted(found, key=lambda m: m.first)))

    def may_trail(self, word: str) -> bool:
        """Whether a word may stand behind a name as a part of its phrase: "الشرقي", "الكبرى"."""
        return word in self._words.sides or word in SIZES

    def country_of(self, sentences: Sequence[Sentence]) -> str | None:
        """The country that most of the unmistakable names of a page lie in."""
        votes: Counter[str] = Counter()
        for sentence in sentences:
            for match in sentence.phrases(self.matcher):
                if any(payload.needs_context for payload in match.payloads):
                    continue
                countries = self._countries_of(match.payloads)
                if len(countries) == 1:
                    votes.update(countries)
        return min(votes, key=lambda c: (-votes[c], c)) if votes else None

    def _countries_of(self, names: tuple[PlaceName, ...]) -> frozenset[str]:
        """Countries of the places that bear one of the names; names live as long as their matcher."""
        found: frozenset[str] = frozenset()
        for name in names:
            known = self._countries.get(id(name))
            if known is None:
                known = self._countries[id(name)] = frozenset(p.country for p in name.places if p.country)
            found |= known
        return found

    # Known names ----------------------------------------------------------------------------------------------------

    def _mention(self, sentence: Sentence, match: PhraseMatch, taken: set[int]) -> PlaceMention | None:
        """The mention of a match with the words around it; None where the words are no name at all."""
        first, last = match.first, match.last
        fronts = all(self._is_front_word(sentence.text(i)) for i in range(first, last))
        kind = sentence.bare(first - 1)
        named = kind in _SETTLEMENTS or kind.removeprefix("ب") in _SETTLEMENTS
        if (fronts and not named) or "ف" in match.proclitics:
            return None  # "مدينة" and "الحارة" are no names by themselves; "بلدة الحارة" is one
        if last - first == 1 and (sentence.text(first) in _NEVER or _is_adverb(sentence, first)):
            return None
        places = match.payload.places
        if len(match.payloads) > 1:
            places = tuple(dict.fromkeys(p for payload in match.payloads for p in payload.places))
        doubtful = any(payload.needs_context for payload in match.payloads) or is_kunya(sentence, first)
        proclitics = match.proclitics
        before = first - 1
        if not proclitics and before >= 0 and before not in taken and _name_head(sentence, before):
            # "تل زيوان" is another village than "زيوان".
            first, places = before, ()
            proclitics = next(p for reading, p in proclitic_readings(sentence.text(before)) if reading in _NAME_HEADS)
        if sentence.text(last) in SIZES and last not in taken and places and places[0].kind in ("village", "town"):
            last += 1
        name = raw_name(sentence, first, last, proclitics)
        return self._around(
            sentence,
            PlaceMention(
                first, last, proclitics, name=name, places=places, head=first, tail=last, asserted=not doubtful
            ),
        )

    def _stand_in(self, sentence: Sentence, match: PhraseMatch, country: str | None) -> PlaceMention | None:
        """What a page calls by a common noun alone ("في العاصمة", "جنوب البلاد"); None where it is no name."""
        place = self._meant(match.payload, country)
        behind = sentence.text(match.last)
        named = any(m.first == match.last for m in sentence.phrases(self.matcher))
        described = behind.startswith("ال") and behind not in self._words.sides and behind not in _RELATIVES
        if place is None or named or described:
            return None
        first, last = match.first, match.last
        return self._around(
            sentence,
            PlaceMention(
                first,
                last,
                match.proclitics,
                name=place.name_ar,
                places=(place,),
                head=first,
                tail=last,
                asserted=match.payload is _CAPITAL,
                stand_in=match.payload is not _CAPITAL,
            ),
        )

    def _meant(self, word: PlaceName, country: str | None) -> Place | None:
        """What a common noun stands for on a page about a country."""
        if word is _CAPITAL:
            return self._capital_of(country)
        if word is _STRIP:
            return self._gaza_strip if country == "PS" else None
        if word is _KINGDOM and country not in _KINGDOMS:
            return None
        return self._country_of(country)

    def _fits(self, sentence: Sentence, mention: PlaceMention, found: list[PlaceMention], country: str | None) -> bool:
        """Whether the sentence calls for a place there."""
        word = sentence.text(mention.first)
        if is_among(sentence.bare(sentence.skip_punct(mention.head - 1, -1)), _HOLDERS):
            return False
        if mention.kind in _UNITS and not mention.asserted:
            return False  # "لواء عبد الرحمن بن عوف" is a brigade
        if mention.kind and mention.kind != "منطقه":
            return True
        if _heads_item(sentence, mention):
            return True
        single = mention.last - mention.first == 1
        if single and self._is_common(word):
            # "مالي" is money, "في مالي" and "شمال مالي" the country.
            inside = mention.direction or sentence.text(mention.head - 1) == "في"
            return inside and not mention.proclitics and any(p.kind == "country" for p in mention.places)
        if mention.asserted:
            return True
        following = sentence.text(mention.last)
        dated = any(d.first == mention.last for d in sentence.dates)  # "قرب الشدادي اليوم"
        described = following.startswith("ال") and following not in self._words.sides and not dated
        if single and word.startswith("ال") and described:
            # "الطبقة العاملة" is a noun with its adjective.
            return False
        if not mention.places or (country and not any(p.country in ("", country) for p in mention.places)):
            return False
        if mention.kind or mention.near or mention.rural or mention.direction:
            return True
        if "ب" in mention.proclitics and not (
            single and (sentence.analyses[mention.first] or _unvetted(mention.places))
        ):
            return True
        before = sentence.skip_punct(mention.head - 1, -1)
        previous = sentence.text(before)
        if previous in _LOCATIVE or previous.lstrip("و") in _LOCATIVE or sentence.bare(before) in _SCENE_VERBS:
            return True
        follows = found and found[-1].last >= mention.first - 1
        return bool(follows) and ("و" in mention.proclitics or previous in ("و", "،", "-"))

    def _reads_as_common(self, word: str) -> bool:
        return any(reading in self._words.common for reading, _ in proclitic_readings(word))

    def _reads_as_front(self, word: str) -> bool:
        """Whether a word is no name by itself, like "مدينة" or "الحدود"."""
        return any(
            reading in self._front_words or strip_article(reading) in self._front_words
            for reading, _ in proclitic_readings(word)
        )

    # What stands around a name --------------------------------------------------------------------------------------

    def _around(self, sentence: Sentence, mention: PlaceMention) -> PlaceMention:
        """The mention with the kind words, modifiers and directions that stand around its name."""
        head, near, rural, kind, direction = mention.head, mention.near, mention.rural, mention.kind, mention.direction
        if head < mention.first or not mention.proclitics.strip("ل"):
            for _ in range(_FRONT_STEPS):
                previous = sentence.skip_punct(head - 1, -1)
                step = self._front(sentence, previous, mention)
                if step is None:
                    break
                size, relation, word = step
                head = previous - size + 1
                if relation == "kind":
                    kind = kind or word
                elif relation == "countryside":
                    rural = True
                else:
                    near = True
                    direction = direction or relation == "direction"
                if sentence.text(head)[:1] in ("ب", "ل") and sentence.text(head) != word:
                    break
        area = self._area_front(sentence, head) if mention.proclitics in ("ل", "") else None
        if area is not None:
            head, rural, near = area, sentence.bare(area) in _RURAL, sentence.bare(area) not in _RURAL
        tail = mention.last
        while tail < len(sentence) and sentence.text(tail) in self._words.sides and sentence.text(tail) not in _ITSELF:
            tail += 1
        changed = (head, tail, near, rural, kind, direction)
        if changed == (mention.head, mention.tail, mention.near, mention.rural, mention.kind, mention.direction):
            return mention
        return replace(mention, head=head, tail=tail, near=near, rural=rural, kind=kind, direction=direction)

    def _area_front(self, sentence: Sentence, first: int) -> int | None:
        """Where "الريف الشرقي" or "الأطراف الغربية" begins before "لإدلب", "من بلدة كذا"; None where it doesn't."""
        index = first - 1
        if sentence.text(index) == "من":
            index -= 1
        elif not sentence.text(first).startswith("ل"):
            return None
        end = index
        while index >= 0 and sentence.text(index).removeprefix("و") in self._words.sides:
            index -= 1
        if sentence.text(index).startswith(("و", "ب", "ا", "ل")) and is_among(sentence.bare(index), _AREAS):
            return index if index < end or sentence.bare(index) in _RURAL else None
        return None

    def _front(self, sentence: Sentence, last: int, mention: PlaceMention) -> tuple[int, str, str] | None:
        """(number of words, relation, plain first word) of the modifier that ends at a token."""
        if last < 0:
            return None
        for size in range(_LONGEST_FRONT, 1, -1) if sentence.text(last) in self._front_ends else ():
            first = last - size + 1
            if first < 0 or any(sentence.tokens[i].kind != "word" for i in range(first, last + 1)):
                continue
            words = [sentence.text(i) for i in range(first, last + 1)]
            for reading, _ in proclitic_readings(words[0]):
                if len(reading) < 2:
                    continue
                key = (reading, *words[1:])
                if key in self._words.kinds:
                    return size, "kind", reading
                relation = self._front_relations.get(key)
                if relation is not None:
                    return size, relation.value, reading
        return self._front_of_one(sentence.text(last)) if sentence.tokens[last].kind == "word" else None

    def _read_front_of_one(self, word: str) -> tuple[int, str, str] | None:
        """The same of a word that is a modifier by itself."""
        for reading, _ in proclitic_readings(word):
            if len(reading) < 2:
                continue
            if (reading,) in self._words.kinds or plain_kind(reading):
                return 1, "kind", reading
            relation = self._front_relations.get((reading,))
            if relation is not None:
                return 1, relation.value, reading
        return None

    def _shared_fronts(self, sentence: Sentence, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """Reads "ريفي حلب وإدلب", "بلدتي كذا وكذا": a dual or plural before a list holds for all of it."""
        out: list[PlaceMention] = []
        for mention in mentions:
            previous = out[-1] if out else None
            plain = mention.head == mention.first and not mention.kind
            if previous is not None and plain and "و" in mention.proclitics and previous.tail == mention.first:
                front = sentence.bare(previous.head)
                shared = is_among(front, ("ريفي", "ارياف")) or (previous.head == previous.first and previous.rural)
                mention = replace(mention, rural=mention.rural or (previous.rural and shared))
            out.append(mention)
        return out


def _apposed(sentence: Sentence, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Reads "غرب العاصمة السورية دمشق" as one mention, by its name."""
    out: list[PlaceMention] = []
    for mention in mentions:
        title = out[-1] if out else None
        if (
            title is not None
            and title.last == sentence.skip_punct(mention.head - 1, -1) + 1
            and sentence.bare(title.first).endswith("عاصمه")
            and not set(title.places).isdisjoint(mention.places)
        ):
            out[-1] = replace(title, last=mention.last, tail=mention.tail, name=mention.name, places=mention.places)
        else:
            out.append(mention)
    return out


def _heads_item(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether the name opens an item of a list: "- حرستا: ...", "#الميادين: ..."."""
    if mention.proclitics or any(t.kind == "word" for t in sentence.tokens[: mention.head]):
        return False
    return sentence.text(mention.last) in (":", "|") or sentence.text(mention.last).startswith(("|", ":"))


def _name_head(sentence: Sentence, index: int) -> bool:
    return sentence.tokens[index].kind == "word" and _heads_name(sentence.text(index))


@lru_cache(_REMEMBERED)
def _heads_name(word: str) -> bool:
    return any(reading in _NAME_HEADS for reading, _ in proclitic_readings(word))


def _is_adverb(sentence: Sentence, index: int) -> bool:
    """Whether the word is written with tanwin: "جوياً" is how, never where."""
    raw = sentence.raw_text(index, index + 1).strip("\"'“”«»()،. ")
    return raw.endswith(("ً", "ًا", "ٍ", "ٌ"))


def _unvetted(places: tuple[Place, ...]) -> bool:
    return all(p.source != "curated" for p in places)


def raw_name(sentence: Sentence, first: int, last: int, proclitics: str) -> str:
    """The raw words of a name without particles, quotes and brackets."""
    raw = sentence.raw_text(first, last).strip("\"'“”«»()[] ")
    for letter in proclitics:
        if raw.startswith(letter):
            raw = raw[1:]
    if proclitics.endswith("ل") and sentence.text(first).startswith(proclitics + "ل"):
        raw = "ال" + raw.removeprefix("ل")
    return raw
