"""From the words of a place to a point with a precision code, by the gazetteer and the page's context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conflict_events.geography.choice import Chosen, Wanted, choose
from conflict_events.geography.distance import haversine_km, midpoint
from conflict_events.geography.gazetteer import Gazetteer
from conflict_events.geography.kinds import kinds
from conflict_events.geography.names import exact_key, loose_key
from conflict_events.geography.places import Geocoded, GeoContext, Place
from conflict_events.geography.spelling import glued_name, respelled
from conflict_events.geography.wording import Reading, Relation, load_words, split_list, strip_front, strip_sides

__all__ = ["Geocoder"]

_BETWEEN_KM = 80.0
_MAX_WORDS = 24
_SHORTEST_PART = 3
_SHORTEST_ALONE = 5
_CLOSE_KM = 40.0
_TOGETHER_KM = 12.0


class Geocoder:
    """Resolves place words. Holds no state of a page; safe to share between threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def resolve(
        self,
        name: str,
        admin1: str | None = None,
        country: str | None = None,
        context: GeoContext | None = None,
        precision: int | None = None,
    ) -> Geocoded | None:
        """The point that the words of a place mean, or None when nothing in them is known.

        Args:
            name: The words as written, a bare name or with what stands around it ("ريف إدلب الجنوبي",
                "محيط بلدة سرمين", "طريق نوى - الشيخ مسكين", "الفتيح, منطقة جبلة").
            admin1: Governorate that the place is known to lie in, any spelling; namesakes far from it are no answer.
            country: ISO-2 code; a place of another country is taken only when nothing else has the name.
            context: What the page's other places say.
            precision: Least precision code (1 to 3) that the caller knows, for example 2 after "near".
        """
        wanted = Wanted(admin1, country, context)
        found = self._resolve(name, wanted)
        if found is not None and precision is not None and precision > found.geo_precision:
            found = replace(found, geo_precision=precision)
        return found

    def _resolve(self, name: str, wanted: Wanted) -> Geocoded | None:
        key = exact_key(name)
        if not key or len(key.split()) > _MAX_WORDS:
            return None
        parts = split_list(name)
        # "كسرة شيخ (جمعة)" is one name.
        whole = self._lookup(key, wanted, levels=("exact", "variant") if len(parts) > 1 else ("exact",))
        if whole is not None:
            return self._inside(whole, Reading(key), wanted) or self._answer(whole, Reading(key), "")
        between = self._between(name, wanted)
        if between is not None:
            return between
        if len(parts) > 1:
            return self._list(parts, wanted)
        return self._part(key, wanted) or self._guess(key, wanted)

    # One name with words around it ----------------------------------------------------------------------------------

    def _part(self, key: str, wanted: Wanted) -> Geocoded | None:
        best: Geocoded | None = None
        readings = list(_readings(key))
        # "مدينة كويتا" is the city of that name sooner than a careless "مدينة الكويت".
        careful = len(readings) > 1 and any(self._lookup(r.name, wanted, levels=("exact",)) for r in readings[1:])
        for reading in readings:
            family = reading.family
            if reading.relation in (Relation.COUNTRYSIDE, Relation.DIRECTION) and family is None:
                family = "division"
            levels = ("exact", "variant") if careful and reading is readings[0] else ("exact", "variant", "loose")
            chosen = self._lookup(reading.name, replace(wanted, family=family), levels)
            if chosen is not None and not _only_namesake(chosen.place, family):
                how = "" if reading.relation is Relation.AT else reading.relation
                return self._inside(chosen, reading, wanted) or self._answer(chosen, reading, how)
            unsized = self._unsized(reading, wanted)
            if unsized is not None:
                return unsized
            nested = self._nested(reading, wanted)
            if nested is not None and best is None:
                best = nested
        return best or self._joined(key, wanted)

    def _inside(self, chosen: Chosen, reading: Reading, wanted: Wanted) -> Geocoded | None:
        """A place of the governorate that is asked for, whose name was cut short, before a namesake beyond it."""
        asked = self.gazetteer.admin.find(wanted.admin1, wanted.country)
        outside = asked is not None and chosen.place.admin1 not in (None, asked.name_en)
        return self._unsized(reading, wanted) if outside else None

    def _unsized(self, reading: Reading, wanted: Wanted) -> Geocoded | None:
        """A name told without its size or side, where those of the governorate lie together."""
        asked = self.gazetteer.admin.find(wanted.admin1, wanted.country)
        places = self.gazetteer.unsized(reading.name, asked.country, asked.name_en) if asked is not None else ()
        if any(haversine_km(place.point, places[0].point) > _TOGETHER_KM for place in places):
            return None
        chosen = choose([("loose", place) for place in places], wanted, self.gazetteer.admin)
        return self._answer(chosen, reading, "unsized") if chosen is not None else None

    def _nested(self, reading: Reading, wanted: Wanted) -> Geocoded | None:
        """Reads "X in Y" and "X near Y": X by the hint of Y, else Y for it."""
        words = reading.name.split()
        lists = load_words()
        for index in range(1, len(words) - 1):
            word = words[index]
            inside = word in lists.inside
            if not inside and word not in lists.beside:
                continue
            rest = " ".join(words[index + 1 :] if word in lists.inside else words[index:])
            outer = self._part(rest.removeprefix("ل"), wanted) or self._part(rest, wanted)
            if outer is None:
                continue
            inner = self._part(" ".join(words[:index]), _near(wanted, outer))
            if inner is not None and haversine_km((inner.lat, inner.lon), (outer.lat, outer.lon)) < _reach_km(outer):
                floor = 1 if reading.relation is Relation.AT else 2
                return replace(inner, geo_precision=max(inner.geo_precision, floor))
            floor = 1 if inside and (reading.inside_town or tuple(words[:1]) in lists.inside_town) else 2
            return replace(outer, geo_precision=max(outer.geo_precision, floor), method=f"outer+{outer.method}")
        return None

    def _joined(self, key: str, wanted: Wanted) -> Geocoded | None:
        """Reads "X وY": the first of the two, by the hint of the second."""
        for first, second in _conjuncts(key):
            other = self._part(second, wanted)
            found = self._part(first, _near(wanted, other) if other else wanted)
            if found is not None:
                return replace(found, method=f"first+{found.method}")
        return None

    # Several names --------------------------------------------------------------------------------------------------

    def _list(self, parts: list[str], wanted: Wanted) -> Geocoded | None:
        """A list from small to large ("X, area of Y"): the first by the hint of the others, else the next one."""
        keys = [key for part in parts if (key := exact_key(part))]
        for index, key in enumerate(keys):
            hints = [found for other in keys[index + 1 :] if (found := self._part(other, wanted))]
            found = self._part(key, _near(wanted, *hints))
            if found is not None:
                floor = 1 if index == 0 else 2
                method = found.method if index == 0 else f"outer+{found.method}"
                return replace(found, geo_precision=max(found.geo_precision, floor), method=method)
        return next((found for key in keys if (found := self._guess(key, wanted))), None)

    def _between(self, name: str, wanted: Wanted) -> Geocoded | None:
        """Reads "between X and Y" and "the road X - Y": the middle of near places, else the first; precision 2."""
        words = exact_key(name).split()
        lists = load_words()
        start = next(
            (
                i + len(entry)
                for i in range(len(words))
                for entry in lists.between
                if tuple(words[i : i + len(entry)]) == entry
            ),
            None,
        )
        parts = split_list(name)
        if start is not None:
            rest = " ".join(words[start:])
            pairs = list(_conjuncts(rest))
            if not pairs:
                # "بين بنش ادلب": the second name stands without "and".
                tail = rest.split()
                pairs = [(" ".join(tail[:i]), " ".join(tail[i:])) for i in range(1, len(tail))]
        elif len(parts) > 1 and words[0] in ("طريق", "اوتوستراد", "اوتستراد", "خط", "محور", "الطريق"):
            texts = [exact_key(part) for part in parts]
            first = " ".join(words[1 : len(texts[0].split())]) if texts[0] != words[0] else texts[1]
            second = texts[1] if texts[0] != words[0] else texts[-1]
            pairs = [(first, second)]
        else:
            return None
        for first, second in pairs:
            one, two = self._part(first, wanted), self._part(second, wanted)
            if one is None or two is None:
                continue
            two = self._part(second, _near(wanted, one)) or two
            one = self._part(first, _near(wanted, two)) or one
            apart = haversine_km((one.lat, one.lon), (two.lat, two.lon))
            lat, lon = midpoint((one.lat, one.lon), (two.lat, two.lon)) if apart <= _BETWEEN_KM else (one.lat, one.lon)
            return Geocoded(one.place, round(lat, 5), round(lon, 5), 2, f"between+{one.method}")
        return None

    # When the words as such are unknown -----------------------------------------------------------------------------

    def _guess(self, key: str, wanted: Wanted) -> Geocoded | None:
        """A known name inside the words, a near spelling, or the seat of the governorate for a quarter of it."""
        words = key.split()
        for size in range(len(words) - 1, 0, -1):
            for start in range(len(words) - size + 1):
                text = " ".join(words[start : start + size])
                if len(text) < _SHORTEST_ALONE and (size == 1 or len(text) < _SHORTEST_PART):
                    continue
                if size == 1 and start == 1 and len(words) == 2:
                    # "قرف مغار" is not the place مغار: the second word of a double name says little alone.
                    continue
                chosen = self._lookup(text, wanted, levels=("exact", "variant"))
                if chosen is not None and self._plausible(chosen, wanted):
                    return self._answer(chosen, Reading(text, Relation.NEAR), "part")
        asked = self.gazetteer.admin.find(wanted.admin1, wanted.country)
        if asked is None:
            return None
        names = self.gazetteer.keys_of(asked.country, asked.name_en)
        for reading in _readings(key):
            for how, places in (
                ("spelling", respelled(loose_key(reading.name), names)),
                ("glued", glued_name(loose_key(reading.name), names)),
            ):
                chosen = choose([("loose", place) for place in places], wanted, self.gazetteer.admin)
                if chosen is not None:
                    relation = reading.relation if how == "spelling" else Relation.NEAR
                    return self._answer(chosen, replace(reading, relation=relation), how)
        return self._seat(key, wanted)

    def _seat(self, key: str, wanted: Wanted) -> Geocoded | None:
        """A street or quarter that nobody knows, in a known governorate: most likely in its seat; precision 3."""
        asked = self.gazetteer.admin.find(wanted.admin1, wanted.country)
        reading = strip_front(Reading(key))
        if asked is None or reading is None or not reading.inside_town:
            return None
        chosen = self._lookup(exact_key(asked.name_ar), replace(wanted, family="settlement"), levels=("exact",))
        return replace(self._answer(chosen, Reading(key), "seat"), geo_precision=3) if chosen else None

    def _plausible(self, chosen: Chosen, wanted: Wanted) -> bool:
        """Whether a name found inside longer words may stand for them."""
        asked = self.gazetteer.admin.find(wanted.admin1, wanted.country)
        if asked is not None:
            return chosen.place.admin1 == asked.name_en
        return not chosen.place.ambiguous and chosen.place.source == "curated"

    # Shared ---------------------------------------------------------------------------------------------------------

    def _lookup(
        self, name: str, wanted: Wanted, levels: tuple[str, ...] = ("exact", "variant", "loose")
    ) -> Chosen | None:
        candidates = [
            (level, place)
            for level, places in self.gazetteer.lookup_levels(name)
            if level in levels
            for place in places
        ]
        if len(name.split()) == 1 and len(name) < _SHORTEST_PART:
            candidates = [pair for pair in candidates if pair[0] == "exact"]
        return choose(candidates, wanted, self.gazetteer.admin)

    def _answer(self, chosen: Chosen, reading: Reading, how: str) -> Geocoded:
        place = chosen.place
        method = f"{how}+{chosen.level}" if how else chosen.level
        return Geocoded(place, place.lat, place.lon, _precision(place, reading), f"{method};{chosen.reason}")


def _only_namesake(place: Place, family: str | None) -> bool:
    """Whether a quarter is asked for, and a village that nobody vetted merely has its name."""
    return family == "quarter" and place.source != "curated" and kinds()[place.kind].family != "quarter"


def _precision(place: Place, reading: Reading) -> int:
    """Codebook, section 3: 1 the place itself, 2 near it or an area, 3 a governorate or larger."""
    own = kinds()[place.kind].geo_precision
    return own if reading.relation is Relation.AT else max(own, 2)


def _readings(key: str) -> Iterator[Reading]:
    """The words with ever fewer words around them, plainest first."""
    reading: Reading | None = Reading(key)
    seen: set[tuple[str, Relation]] = set()
    while reading is not None:
        for form in (reading, strip_sides(reading)):
            if (form.name, form.relation) not in seen:
                seen.add((form.name, form.relation))
                yield form
        reading = strip_front(reading)


def _conjuncts(key: str) -> Iterator[tuple[str, str]]:
    """All ways to read the words as "first and second"."""
    words = key.split()
    for index in range(1, len(words)):
        word = words[index]
        if word == "و" and index + 1 < len(words):
            yield " ".join(words[:index]), " ".join(words[index + 1 :])
        elif word.startswith("و") and len(word) > 3:
            yield " ".join(words[:index]), " ".join([word[1:], *words[index + 1 :]])


def _near(wanted: Wanted, *found: Geocoded) -> Wanted:
    """What is wanted, with further points of context."""
    context = wanted.context or GeoContext()
    points = tuple((item.lat, item.lon) for item in found)
    return replace(wanted, context=replace(context, points=points or context.points))


def _reach_km(outer: Geocoded) -> float:
    """How far a place may lie from the larger one that it is said to be in."""
    return _CLOSE_KM if outer.geo_precision < 3 else 250.0
