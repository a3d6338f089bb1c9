"""Where it happened: the places of a unit, sorted into sites, what contains them, and what is no location."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from conflict_events.extraction.reading import PlaceMention, Sentence
from conflict_events.extraction.units import Unit
from conflict_events.geography.wording import word_set

__all__ = ["PROVINCES", "SETTLEMENTS", "STATED_PROVINCES", "Siting", "governs", "is_wide", "siting_of"]

SETTLEMENTS = word_set("settlements")
PROVINCES = word_set("provinces")
STATED_PROVINCES = PROVINCES - {"مقاطعه"}  # a district as often
_TOWNS = word_set("town_lists")
_ORIGIN_REACH = 8
_LONGEST_DATELINE = 16
_LONGEST_BYLINE = 8
_PREAMBLE = 3
_PEOPLE_OF = word_set("people_of")
_TARGET_WORDS = word_set("target_words")
_PARTS = word_set("parts_of")
_DIVISIONS = word_set("divisions_of")
_AFTER_IN = word_set("after_in")
_WIDE = frozenset({"governorate", "country", "region", "border"})
_TARGET_VERBS = frozenset({"strike", "undergo", "fall", "seize", "blast", "raid"})
_SITE_WORDS = word_set("site_words")
_CONTAINER_GAP = word_set("container_gap")
# Who is taken from a place is taken there: "اعتقلت القوات شابين من بلدة كذا".
_TAKES_FROM = frozenset({"arrest", "abduct", "release"})
# Who is driven out of a place loses it there: "طرد الحوثيين من مدينة عدن".


@dataclass(slots=True)
class Siting:
    """Places of a unit.

    Attributes:
        sites: Where it happened, the main place first.
        containers: Governorates and regions that hold them.
        origins: Places that people or fire come from.
    """

    sites: list[PlaceMention] = field(default_factory=list)
    containers: list[PlaceMention] = field(default_factory=list)
    origins: list[PlaceMention] = field(default_factory=list)


def siting_of(unit: Unit) -> Siting:
    """Sort the places in a unit's range."""
    sentence = unit.sentence
    siting = Siting()
    tellers: list[PlaceMention] = []
    mentions = _told_once([p for p in sentence.places if unit.first <= p.first < unit.last])
    previous: PlaceMention | None = None
    previous_role = ""
    for mention in mentions:
        role = _role(sentence, mention, previous, previous_role)
        if role == "container":
            siting.containers.append(mention)
        elif role == "origin":
            siting.origins.append(mention)
        elif role == "site":
            siting.sites.append(mention)
        elif role == "teller":
            tellers.append(mention)
        previous, previous_role = mention, role
    if not siting.sites:
        siting.sites += [p for p in mentions if p.first < _dateline_end(sentence) and not is_wide(p)][:1]
    area = sentence.area
    if area is not None and area not in mentions and not any(is_wide(c) for c in siting.containers):
        siting.containers.append(area)
    if not siting.sites and not siting.containers:
        siting.containers += tellers
    if not siting.sites and unit.first and not unit.continues:
        siting.containers += [p for p in sentence.places if p.first < unit.first]
    left = any(
        (t.entry.frame == "defect" and t.finite) or t.entry.frame == "move" or "drives_out" in t.entry.traits
        for t in unit.triggers
    )
    fled = bool(unit.triggers) and all(t.entry.frame in ("displace", "result") for t in unit.triggers)
    if not siting.sites and (left or fled):
        siting.sites, siting.origins = siting.origins, []
    if not siting.sites and any(t.entry.frame in _TAKES_FROM for t in unit.triggers):
        siting.sites = _with_their_list(sentence, siting.origins)
    _prefer_specific(siting)
    _prefer_target(sentence, unit, siting)
    return siting


def _with_their_list(sentence: Sentence, origins: list[PlaceMention]) -> list[PlaceMention]:
    """Places behind a plain "من" and those listed with them, not where people are at home ("من أبناء بلدة كذا")."""
    kept: list[PlaceMention] = []
    for mention in origins:
        listed = bool(kept) and _listed(sentence, kept[-1], mention)
        if listed or sentence.text(sentence.skip_punct(mention.head - 1, -1)) == "من":
            kept.append(mention)
    return kept


def _told_once(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Of two names of one place side by side the second, which is its own: "العاصمة اللبنانية بيروت"."""
    kept: list[PlaceMention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before is not None and before.tail == mention.head and set(before.places) & set(mention.places):
            kept[-1] = replace(mention, head=before.head, near=before.near, rural=before.rural)
        else:
            kept.append(mention)
    return kept


def _role(sentence: Sentence, mention: PlaceMention, previous: PlaceMention | None, previous_role: str) -> str:
    if previous is not None and _listed(sentence, previous, mention):
        return previous_role if previous_role != "container" else "site"
    start = mention.head
    if mention.tail <= _dateline_end(sentence):
        return "container" if mention.kind == "محافظه" else "none"
    for cue in sentence.cues.get("origin", ()):
        # "المتمركزة في سراقب بلدة سرمين": the phrase ends with its first place.
        over = previous is not None and previous.first >= cue.last and not _contains(sentence, previous, mention)
        year = any(d.first == cue.last for d in sentence.dates)  # "من مواليد عام 1995" names no place
        if cue.last <= start and not over and not year and _same_phrase(sentence, cue.last, start):
            return "origin"
    if _tells_from(sentence, mention):
        return "teller"
    if _besides(sentence, start):
        return "none"
    if _coming_from(sentence, start) or sentence.bare(sentence.skip_punct(start - 1, -1)) in _PEOPLE_OF:
        return "origin"
    if _sponsor(sentence, mention):
        return "none"
    if sentence.text(sentence.skip_punct(start - 1, -1)) == "عن" and not mention.near:
        # "فك الحصار عن المدينة", "الدفاع عن المدينة": spoken of, not where it happens.
        return "none"
    held = [c for c in sentence.cues.get("control", ()) if c.last <= start <= c.last + 3]
    if any(_same_phrase(sentence, cue.last, start) for cue in held):
        return "none"
    if (
        previous is not None
        and previous_role in ("site", "origin", "container")
        and not any(p.kind == "border" for p in previous.places)
        and _contains(sentence, previous, mention)
    ):
        return "container" if previous_role != "origin" else "origin"
    return "container" if mention.stand_in else "site"


def _besides(sentence: Sentence, start: int) -> bool:
    """Whether a place is only named beside those told now: "وإضافة إلى بلدة كذا استهدفت ..."."""
    return (
        start <= _PREAMBLE and sentence.text(start - 1) == "الي" and sentence.bare(start - 2) in ("اضافه", "بالاضافه")
    )


def _tells_from(sentence: Sentence, mention: PlaceMention) -> bool:
    """Reads "قالت مصادر في صنعاء إن ...": the place is where they speak."""
    if sentence.text(mention.tail) not in ("ان", ":"):
        return False
    before = mention.head - (sentence.text(mention.head - 1) == "في")
    return any(source.last == before for source in sentence.sources)


def _listed(sentence: Sentence, previous: PlaceMention, mention: PlaceMention) -> bool:
    """Whether و or a comma alone ties two names."""
    gap = [t for t in sentence.tokens[previous.tail : mention.head] if t.text not in "\"'()"]
    joined = sentence.text(mention.head).startswith("و") or "و" in mention.proclitics
    if not gap:
        return joined
    return (
        len(gap) <= 2
        and all(t.text in ("،", "و", "-", "ثم") for t in gap)
        and (joined or gap[0].text in ("،", "و", "-"))
    )


def _contains(sentence: Sentence, previous: PlaceMention, mention: PlaceMention) -> bool:
    """Whether the mention says in what larger area the previous place lies ("آفس، بريف إدلب الشمالي")."""
    gap = [t for t in sentence.tokens[previous.tail : mention.head] if t.text not in "\"'()"]
    words = [t.text for t in gap if t.kind == "word"]
    if sentence.bare(mention.head) in _TARGET_WORDS:
        return False  # "أطلق من اليمن باتجاه خميس مشيط"
    if is_wide(previous) and _is_settlement(mention):
        return False  # "في شمال غرب سوريا قرب بلدة أطمة": it is the larger area that holds the town
    if len(gap) > 5 or any(w not in _CONTAINER_GAP and not _describes(w) for w in words):
        return False
    wide = (
        mention.rural
        or any(p.kind in _WIDE for p in mention.places)
        or mention.near
        or mention.kind in ("محافظه", "ناحيه", "مدينه", "منطقه")
    )
    return wide or _behind_in(sentence, mention) or bool(words)


def _is_settlement(mention: PlaceMention) -> bool:
    """Whether towns are meant, and not which way an area lies from one ("محافظة لحج شمال مدينة عدن")."""
    if mention.direction or mention.rural:
        return False
    kinds = {p.kind for p in mention.places}
    return mention.kind in SETTLEMENTS or mention.kind in _TOWNS or (bool(kinds) and not kinds & _WIDE and mention.near)


def _behind_in(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether ب stands before the phrase: "بريف إدلب", but not "بلدة سرمين"."""
    head = sentence.text(mention.head)
    return "ب" in mention.proclitics or (head.startswith("ب") and head[1:] in _AFTER_IN)


def _describes(word: str) -> bool:
    return (word.startswith("ال") and len(word) > 3) or word in ("وسط", "اقصي", "سوريا", "البلاد")


def _dateline_end(sentence: Sentence) -> int:
    """One past the dateline that opens a sentence: "إدلب (سوريا) 12 آذار (وكالة) - ...", "محافظة حمص: ..."."""
    if not sentence.places:
        return 0
    if sentence.places[0].head > 1:
        return _byline_end(sentence)
    limit = min(len(sentence), _LONGEST_DATELINE)
    for index in range(1, limit):
        if sentence.text(index) == "-" or (sentence.text(index) == ":" and index <= 4):
            open_event = any(t.first < index for t in sentence.triggers)
            return 0 if open_event else index
    return 0


def _byline_end(sentence: Sentence) -> int:
    """One past a dateline behind the writer's name: "فلان - وكالة - جدة: ..."; 0 where there is none."""
    place = sentence.places[0]
    end = place.tail + (sentence.text(place.tail) == ")")
    if place.head > _LONGEST_BYLINE or sentence.text(end) != ":" or sentence.text(place.head - 1) not in ("-", "("):
        return 0
    return 0 if any(t.first < end for t in sentence.triggers) else end


def _sponsor(sentence: Sentence, mention: PlaceMention) -> bool:
    """Reads "فصائل موالية لأنقرة": a capital or country that a side obeys."""
    before = sentence.bare(sentence.skip_punct(mention.head - 1, -1))
    return before.startswith(("موالي", "موال", "مدعوم", "تابع", "حليف", "معادي")) and any(
        p.kind in ("country", "city") for p in mention.places
    )


def _same_phrase(sentence: Sentence, first: int, start: int) -> bool:
    """Whether a place still belongs to the words of origin before it: no stop and no target stands between."""
    if start - first > _ORIGIN_REACH:
        return False
    return not any(
        t.text in _TARGET_WORDS or (t.kind == "punct" and t.text in "،؛.") for t in sentence.tokens[first:start]
    )


def _coming_from(sentence: Sentence, start: int) -> bool:
    """Reads "هربوا من بلدة": a place after a plain "من" is left, unless it measures a distance ("بالقرب من")."""
    before = sentence.skip_punct(start - 1, -1)
    if sentence.text(before) != "من":
        return False
    if sentence.text(before - 1) in _PARTS:
        return False
    return sentence.text(before - 2) not in _DIVISIONS  # "في القسم الثالث من مخيم الهول"


def _prefer_specific(siting: Siting) -> None:
    """A governorate named among villages contains them."""
    if len(siting.sites) < 2:
        return
    wide = [m for m in siting.sites if is_wide(m)]
    if wide and len(wide) < len(siting.sites):
        for mention in wide:
            siting.sites.remove(mention)
            siting.containers.append(mention)


def is_wide(mention: PlaceMention) -> bool:
    """Whether the mention means a governorate or a larger area."""
    if mention.rural:
        return True
    if mention.kind in SETTLEMENTS:
        return False
    kinds = {p.kind for p in mention.places}
    if not kinds:
        return mention.kind in PROVINCES
    if mention.kind in STATED_PROVINCES and "governorate" not in kinds:
        return True  # "ولاية قندوز", of which only the city is known
    return bool(kinds) and (kinds <= _WIDE or (mention.direction and bool(kinds & _WIDE)))


def governs(mention: PlaceMention, other: PlaceMention) -> bool:
    """Whether a name that a governorate bears too may mean the area that another site lies in ("درعا" beside "طفس")."""
    if mention.kind in SETTLEMENTS or other.name == mention.name:
        return False
    admins = {p.admin1 for p in mention.places if p.kind == "governorate" and p.admin1}
    if not admins or any(p.kind == "governorate" for p in other.places):
        return False
    return not other.places or bool(admins & {p.admin1 for p in other.places})


def _prefer_target(sentence: Sentence, unit: Unit, siting: Siting) -> None:
    """Of several sites the one that was struck comes first."""
    if len(siting.sites) < 2:
        return

    def rank(item: tuple[int, PlaceMention]) -> tuple[int, int]:
        order, mention = item
        before = sentence.text(sentence.skip_punct(mention.head - 1, -1))
        if before == "من":
            return (2, order)
        struck = before in _SITE_WORDS or any(
            t.entry.frame in _TARGET_VERBS and t.finite and t.last == mention.head for t in unit.triggers
        )
        return (0 if struck else 1, order)

    first = min(enumerate(siting.sites), key=rank)[0]
    if first and not _listed_from_start(sentence, siting.sites, first):
        siting.sites.insert(0, siting.sites.pop(first))


def _listed_from_start(sentence: Sentence, sites: list[PlaceMention], index: int) -> bool:
    return all(_listed(sentence, sites[i], sites[i + 1]) for i in range(index))
