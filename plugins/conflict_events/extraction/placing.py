"""Puts an occurrence on the map: which of its places is the site, what the words call it, its point and precision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from conflict_events.arabic import fold_word
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.inherited import inherited_site
from conflict_events.extraction.occurrences import Occurrence, place_key
from conflict_events.extraction.reading import PlaceMention
from conflict_events.extraction.siting import PROVINCES, SETTLEMENTS, STATED_PROVINCES, governs, is_wide
from conflict_events.extraction.stretches import stretch_at
from conflict_events.geography import Geocoded, Geocoder, GeoContext
from conflict_events.geography.wording import word_set
from conflict_events.records import SlotSpan

__all__ = ["Location", "locate"]

_UNSURE_METHODS = ("part", "seat", "outer", "spelling", "glued")
# What is told of whole governorates: their names alone don't mean their seats.
_OVER_AREAS = frozenset({"agreement", "casualty_toll", "defection", "recruitment", "troop_movement"})
# Kinds that are part of what a place is called.
_SPOKEN_KINDS = word_set("spoken_kinds")

_KNOWN_ANYWHERE = frozenset({"city", "town", "governorate", "country"})
# A quarter that nobody knows is at its town's point.
_INSIDE_TOWN = word_set("quarters")
_ONE_OF = {
    "قري": "قريه",
    "قريتي": "قريه",
    "بلدات": "بلده",
    "بلدتي": "بلده",
    "مدن": "مدينه",
    "مدينتي": "مدينه",
    "حيي": "حي",
    "احياء": "حي",
    "مخيمات": "مخيم",
    "مخيمي": "مخيم",
}


@dataclass(frozen=True, slots=True)
class Location:
    """Where an occurrence is.

    Attributes:
        site: Its main place, or None.
        others: Its further places.
        name: The main place as the claim calls it.
        geocoded: Its point, None where the name is not known.
        admin1: English name of the governorate that holds it, also where only the text says so.
        admin1_pcode: P-code of `admin1`, where known.
        country: ISO-2 code, None where unknown.
        precision: Precision code 1 to 3, None without a site.
    """

    site: PlaceMention | None = None
    others: tuple[PlaceMention, ...] = ()
    name: str | None = None
    geocoded: Geocoded | None = None
    admin1: str | None = None
    admin1_pcode: str | None = None
    country: str | None = None
    precision: int | None = None


def locate(
    occurrence: Occurrence, geo: GeoContext, geocoder: Geocoder, spans: list[SlotSpan], page: Sequence[Occurrence] = ()
) -> Location:
    """The place of an occurrence.

    Args:
        occurrence: The folded frames.
        geo: What the page's places say.
        geocoder: Resolves the words.
        spans: Spans of place and other_places are added here.
        page: All occurrences of the page: a sentence that names no place plays where its neighbours do.
    """
    frames: Sequence[Frame] = occurrence.frames
    containers = [c for f in frames for c in f.containers]
    sites = main_first(occurrence.sites, containers)
    if not sites:
        inherited = inherited_site(occurrence, page)
        if inherited is not None:
            frame, site = inherited
            sites, frames, containers = [site], [frame], frame.containers
        else:
            sites, containers = _fallback_sites(containers)
    if not sites:
        return Location()
    site, others = sites[0], sites[1:]
    frame = _owner(frames, site) or frames[0]
    for mention in (site, *others):
        owner = _owner(frames, mention) or frame
        slot = "place" if mention is site else "other_place"
        spans.append(SlotSpan(slot, *owner.sentence.raw_span(mention.first, mention.last)))
    stretch = stretch_at(frame.sentence, site)
    name = stretch.name if stretch is not None else _name(site, frame)
    towns = [m for m in (*frame.containers, *others) if m.places and not is_wide(m)]
    admin1, country = _area(_holding(site, [*frame.containers, *containers]), geo.countries)
    country = country or next(iter(geo.countries), None)
    found = _resolve(
        site,
        name,
        stretch.asked if stretch is not None else None,
        admin1,
        country,
        _near(geo, frame.containers),
        geocoder,
        towns,
    )
    known = geocoder.gazetteer.admin.find(admin1, country)
    return Location(
        site,
        tuple(others),
        name,
        found,
        found.place.admin1 if found else known.name_en if known else None,
        found.place.admin1_pcode if found else known.pcode if known else None,
        found.place.country or None if found else known.country if known else None,
        max(precision_of(site, found, occurrence.action), 2 if stretch is not None else 1),
    )


def main_first(sites: list[PlaceMention], containers: Sequence[PlaceMention] = ()) -> list[PlaceMention]:
    """The sites, those that only hold another one of them behind it ("درعا" behind "طفس").

    So does one that another sentence only tells the way by: "شرق الرمادي", then "في حصيبة شرق الرمادي".
    """
    inner = [s for s in sites if not is_wide(s)]
    told_by = {place_key(c.name) for c in containers if not is_wide(c) or c.rural}
    holders = [s for s in inner if any(o is not s and governs(s, o) for o in inner)]
    beside = [s for s in inner if s not in holders and s.direction and place_key(s.name) in told_by]
    holders += beside if len(beside) + len(holders) < len(inner) else []
    rest = [s for s in inner if s not in holders]
    wide = sorted((s for s in sites if s not in inner), key=_breadth)
    return [*rest, *holders, *wide]


def _breadth(site: PlaceMention) -> int:
    kinds = {p.kind for p in site.places}
    return 0 if site.rural or "governorate" in kinds else 2 if "country" in kinds else 1


def _resolve(
    site: PlaceMention,
    name: str,
    road: str | None,
    admin1: str | None,
    country: str | None,
    geo: GeoContext,
    geocoder: Geocoder,
    towns: Sequence[PlaceMention],
) -> Geocoded | None:
    kind = _ONE_OF.get(site.kind, site.kind)
    asked = road or (f"{kind} {site.name}" if kind and kind != "listed" and not site.rural else name)
    if site.direction and is_wide(site) and not name.endswith(site.name):
        asked = " ".join([*name.split()[:-1], site.name])  # "جنوب البلاد"
    found = None
    for words in dict.fromkeys((asked, name, site.name)):
        found = geocoder.resolve(words, admin1=admin1, country=country, context=geo)
        if found is not None:
            break
    if found is not None and not site.places and found.method.split("+")[0].split(";")[0] in _UNSURE_METHODS:
        found = None
    if found is None and admin1 is not None and site.asserted and any(p.kind in _KNOWN_ANYWHERE for p in site.places):
        # "جدة" on a page about Asir: the city is meant wherever the sentence before was.
        found = geocoder.resolve(site.name, country=country, context=geo)
    quarter = site.kind in _INSIDE_TOWN
    town = next((t for t in towns if quarter or _is_town(t)), None)
    if found is None and town is not None:
        # A quarter is in its town; any other place that nobody knows is near the town that it is told by.
        found = geocoder.resolve(town.name, admin1=admin1, country=country, context=geo)
        if found is not None:
            precision = max(found.geo_precision, 1 if quarter else 2)
            found = replace(found, method=f"outer+{found.method}", geo_precision=precision)
    return found


def _is_town(mention: PlaceMention) -> bool:
    """Whether a town is meant for sure: "درعا" may be the governorate as well."""
    return mention.kind in SETTLEMENTS or not any(p.kind == "governorate" for p in mention.places)


def _name(site: PlaceMention, frame: Frame) -> str:
    """What the claim calls the site: the bare name, with the words of an area or a quarter before it."""
    if site.rural or site.tail > site.last:
        return _strip_particles(frame.sentence.raw_text(site.head, site.tail))
    if site.direction and is_wide(site):
        return _strip_particles(frame.sentence.raw_text(site.head, site.last))
    if site.kind in _SPOKEN_KINDS and site.head < site.first:
        words = frame.sentence.raw_text(site.head, site.last).split()
        kind_at = next((i for i, w in enumerate(words) if fold_word(w).endswith(site.kind)), None)
        if kind_at is not None:
            return " ".join([site_kind(words[kind_at], site.kind), *words[kind_at + 1 :]]).replace('"', "")
    return site.name


def site_kind(word: str, kind: str) -> str:
    """The kind word as written, without the particles before it."""
    return word[len(word) - len(kind) :]


def _owner(frames: Sequence[Frame], site: PlaceMention) -> Frame | None:
    return next((f for f in frames if site in f.sites or site in f.containers), None)


def _fallback_sites(containers: list[PlaceMention]) -> tuple[list[PlaceMention], list[PlaceMention]]:
    """A unit that names only the larger area happened there."""
    seen: list[PlaceMention] = []
    for mention in containers:
        if mention.name not in {m.name for m in seen}:
            seen.append(mention)
    return seen[:1], seen[1:]


def _strip_particles(words: str) -> str:
    words = words.strip("\"'“”«»() ")
    for prefix in ("و", "ب", "ل"):
        rest = words[1:]
        if words.startswith(prefix) and rest.startswith(_FRONTS):
            words = rest
    return words


_FRONTS = ("ريف", "أرياف", "محافظ", "مدين", "منطق", "باد", "شمال", "جنوب", "شرق", "غرب", "وسط", "بلد", "قر", "مدن")


def _holding(site: PlaceMention, containers: list[PlaceMention]) -> list[PlaceMention]:
    """The containers, without those of another country than the city that the name means wherever it is told."""
    cities = [p for p in site.places if p.kind == "city" and p.source == "curated"]
    if len(cities) != 1 or not site.asserted:
        return containers
    home = cities[0].country
    return [c for c in containers if not c.places or any(p.country in (home, "") for p in c.places)]


def _area(containers: list[PlaceMention], countries: Collection[str]) -> tuple[str | None, str | None]:
    """(governorate, country) that the containers say, namesakes by the page's countries; None where they don't."""
    for mention in containers:
        if not (mention.asserted or mention.kind or mention.near or mention.rural):
            continue
        places = [p for p in mention.places if p.country in countries] or mention.places
        found = {(p.admin1, p.country) for p in places if p.admin1}
        governorates = [(p.admin1, p.country) for p in places if p.kind == "governorate" and p.admin1]
        if len(set(governorates)) == 1:
            return governorates[0]
        if len(found) == 1:
            return next(iter(found))
    return None, None


def _near(geo: GeoContext, containers: list[PlaceMention]) -> GeoContext:
    """The page's context, narrowed to the towns that the sentence itself says the site lies by."""
    points = tuple(m.places[0].point for m in containers if len({p.point for p in m.places}) == 1 and not is_wide(m))
    return replace(geo, points=points) if points else geo


def precision_of(site: PlaceMention, geocoded: Geocoded | None, action: str) -> int:
    """Precision code 1 to 3 of a site by its words, its point and what happened there.

    Fighters leave "دير الزور" and a truce holds in "إدلب": the governorate is meant. A shell hits the city.
    """
    stated = 3 if site.rural else 2 if site.near else 1
    if action in _OVER_AREAS and site.kind not in SETTLEMENTS and any(p.kind == "governorate" for p in site.places):
        stated = 3
    if site.kind in STATED_PROVINCES:
        return 3
    if geocoded is None:
        return 3 if site.kind in PROVINCES else stated
    if site.kind in SETTLEMENTS and not site.near and not site.rural and not geocoded.method.startswith("outer"):
        return 1
    return max(geocoded.geo_precision, stated if site.near or stated == 3 else geocoded.geo_precision)
