"""Puts an occurrence on the map: which of its places is the site, what the words call it, and the point with its precision."""

from __future__ import annotations

from conflict_events.extraction.frames import Frame
from conflict_events.extraction.occurrences import Occurrence
from conflict_events.extraction.reading import PlaceMention
from conflict_events.geography import Geocoded, Geocoder, GeoContext
from conflict_events.records import SlotSpan

__all__ = ["place_of", "precision_of"]

_ROADS = frozenset("طريق الطريق اوتوستراد اوتستراد".split())
_UNSURE_METHODS = ("part", "seat", "outer", "spelling", "glued")


def place_of(
    occurrence: Occurrence, geo: GeoContext, geocoder: Geocoder, spans: list[SlotSpan]
) -> tuple[PlaceMention | None, list[PlaceMention], str | None, Geocoded | None]:
    """The site, the further sites, the site's name as claims give it, and its point.

    Args:
        occurrence: The folded frames.
        geo: What the page's places say.
        geocoder: Resolves the words.
        spans: Spans of place and other_places are added here.
    """
    sites = occurrence.sites
    containers = [c for f in occurrence.frames for c in f.containers]
    if not sites:
        sites, containers = _fallback_sites(occurrence, containers)
    if not sites:
        return None, [], None, None
    site, others = sites[0], sites[1:]
    frame = next(f for f in occurrence.frames if site in f.sites or site in f.containers)
    for mention in (site, *others):
        owner = next((f for f in occurrence.frames if mention in f.sites or mention in f.containers), frame)
        spans.append(
            SlotSpan(
                "place" if mention is site else "other_place", *owner.sentence.raw_span(mention.first, mention.last)
            )
        )
    words = frame.sentence.raw_text(site.head, site.tail)
    name = _strip_particles(words) if site.rural or _region(site) else site.name
    admin1 = _admin_hint([*frame.containers, *containers])
    country = next(iter(geo.countries), None)
    asked = f"{site.kind} {site.name}" if site.kind and not site.rural else name
    road = _road(site, others, frame)
    if road is not None:
        asked = road
    found = geocoder.resolve(asked, admin1=admin1, country=country, context=geo)
    if found is None and asked != name:
        found = geocoder.resolve(name, admin1=admin1, country=country, context=geo)
    if found is not None and not site.places and found.method.split("+")[0].split(";")[0] in _UNSURE_METHODS:
        found = None
    return site, others, name, found


def _road(site: PlaceMention, others: list[PlaceMention], frame: Frame) -> str | None:
    """ "طريق نوى - الشيخ مسكين": both ends, where the next place is the road's other end."""
    sentence = frame.sentence
    if (
        not others
        or others[0] not in frame.sites
        or sentence.bare(site.head).lstrip("ب") not in _ROADS
        or site.head == site.first
    ):
        return None
    between = [t.text for t in sentence.tokens[site.tail : others[0].head] if t.kind != "punct" or t.text == "-"]
    joined = between in (["-"], []) and (between or sentence.text(others[0].head).startswith("و"))
    return sentence.raw_text(site.head, others[0].last) if joined else None


def _fallback_sites(
    occurrence: Occurrence, containers: list[PlaceMention]
) -> tuple[list[PlaceMention], list[PlaceMention]]:
    """A unit that names only the larger area happened there."""
    seen: list[PlaceMention] = []
    for mention in containers:
        if mention.name not in {m.name for m in seen}:
            seen.append(mention)
    return seen[:1], seen[1:]


def _region(site: PlaceMention) -> bool:
    return site.tail > site.last


def _strip_particles(words: str) -> str:
    words = words.strip("\"'“”«»() ")
    for prefix in ("و", "ب", "ل"):
        rest = words[1:]
        if words.startswith(prefix) and rest.startswith(
            ("ريف", "أرياف", "محافظ", "مدين", "منطق", "باد", "شمال", "جنوب", "شرق", "غرب")
        ):
            words = rest
    return words


def _admin_hint(containers: list[PlaceMention]) -> str | None:
    for mention in containers:
        found = {p.admin1 for p in mention.places if p.admin1}
        governorates = [p.admin1 for p in mention.places if p.kind == "governorate" and p.admin1]
        if governorates:
            return governorates[0]
        if len(found) == 1:
            return next(iter(found))
    return None


def precision_of(site: PlaceMention, geocoded: Geocoded | None) -> int | None:
    """Precision code 1 to 3 of a site by its words and its point."""
    stated = 3 if site.rural else 2 if site.near else 1
    if geocoded is None:
        return stated
    if site.kind in ("مدينه", "بلده", "قريه", "حي") and not site.near and not site.rural:
        return 1
    return max(geocoded.geo_precision, stated if site.near else geocoded.geo_precision)
