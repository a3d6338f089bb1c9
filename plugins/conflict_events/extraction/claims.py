"""Makes a claim of an occurrence: days, point, reconciled slots, evidence and the spans that carry them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from conflict_events.arabic.date_resolver import DateRange
from conflict_events.extraction.attribution import distinct_sources
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.inherited import told_day
from conflict_events.extraction.occurrences import Occurrence
from conflict_events.extraction.participants import BOTH_SIDES, by_name
from conflict_events.extraction.placing import locate
from conflict_events.extraction.reading import DateMentionAt
from conflict_events.extraction.tolls import counts_of
from conflict_events.geography import Geocoder, GeoContext
from conflict_events.records import Article, Claim, SlotSpan, SourceRef

__all__ = ["PageContext", "claim_of", "page_context"]

_BACKGROUND_AFTER = timedelta(days=3)
# Frames of the body that may say when the page plays.
_LEAD = 2
_OPENING = 3
_OLD_TOLL = timedelta(days=31)


@dataclass(slots=True)
class PageContext:
    """What the page as a whole says.

    Attributes:
        article: The article.
        day: Days of its main news, None where unknown.
        geo: Countries, governorates and points of its places.
        occurrences: All that the page tells of.
    """

    article: Article
    day: DateMentionAt | None
    geo: GeoContext
    occurrences: list[Occurrence]


def page_context(article: Article, occurrences: list[Occurrence]) -> PageContext:
    """The page's main day and the area it tells of, from its unmistakable places."""
    countries: dict[str, int] = {}
    admins: dict[str, int] = {}
    points: list[tuple[float, float]] = []
    for occurrence in occurrences:
        for frame in occurrence.frames:
            for mention in (*frame.sites, *frame.containers):
                found = {(p.country, p.admin1) for p in mention.places}
                if len(found) == 1:
                    country, admin1 = next(iter(found))
                    countries[country] = countries.get(country, 0) + 1
                    if admin1:
                        admins[admin1] = admins.get(admin1, 0) + 1
                    if len(mention.places) == 1:
                        points.append(mention.places[0].point)
    if article.country:
        countries.setdefault(article.country, 1)
    geo = GeoContext(
        tuple(sorted(countries, key=lambda c: (-countries[c], c))),
        tuple(sorted(admins, key=lambda a: (-admins[a], a))),
        tuple(points[:20]),
    )
    return PageContext(article, _main_day(article, occurrences), geo, occurrences)


def _main_day(article: Article, occurrences: list[Occurrence]) -> DateMentionAt | None:
    """The first exact day of the lead's fresh news; what is told further down has a day of its own."""
    frames = sorted((f for o in occurrences for f in o.frames), key=lambda f: (f.sentence.index, f.unit.first))
    for frame in [f for f in frames if f.sentence.kind not in ("title", "heading")][:_LEAD]:
        days = frame.date.days if frame.date else None
        if days is None or days.time_precision != 1 or frame.background:
            continue
        if article.published_at is None or timedelta(0) <= article.published_at - days.start <= _BACKGROUND_AFTER:
            return frame.date
    return None


def claim_of(occurrence: Occurrence, context: PageContext, geocoder: Geocoder, number: int) -> Claim:
    """The claim of one occurrence.

    Args:
        occurrence: The folded frames.
        context: The page.
        geocoder: Resolves the place.
        number: Ordinal among the article's claims; keeps ids apart.
    """
    article = context.article
    frames = occurrence.frames
    start, end = _evidence(occurrence)
    background = _is_background(occurrence, context)
    when = _when(occurrence, context, background)
    spans: list[SlotSpan] = []
    where = locate(occurrence, context.geo, geocoder, spans, context.occurrences)
    geocoded = where.geocoded
    body = [f for f in frames if f.sentence.kind not in ("title", "heading")] or frames
    # A headline names sides loosely: it speaks where the body doesn't.
    told = _one_way(body) or _one_way(frames)
    actor1 = by_name(_union(f.actor1 for f in told) or _union(f.actor1 for f in frames))
    actor2 = _union(f.actor2 for f in told) or _union(f.actor2 for f in frames)
    actor2 = by_name([a for a in actor2 if a not in actor1 or a in BOTH_SIDES])
    counts = counts_of(frames, spans)
    sources = _sources(body)
    for frame in frames:
        for trigger in frame.unit.triggers:
            spans.append(
                SlotSpan(
                    "trigger",
                    *frame.sentence.raw_span(trigger.first, trigger.last),
                    f"{trigger.entry.frame}:{trigger.entry.id}",
                )
            )
        if frame.date is not None:
            spans.append(SlotSpan("date", *frame.sentence.raw_span(frame.date.first, frame.date.last), frame.date.kind))
        for actor in frame.sentence.actors:
            if frame.unit.first <= actor.first < frame.unit.last and actor.actor_id in (*actor1, *actor2):
                slot = "actor1" if actor.actor_id in actor1 else "actor2"
                spans.append(
                    SlotSpan(slot, *frame.sentence.raw_span(min(actor.head, actor.first), actor.last), actor.actor_id)
                )
    spans += [
        SlotSpan("source", s.start, s.end, s.source_type) for s in sources if s.start is not None and s.end is not None
    ]
    rule = next((t.entry.id for f in frames for t in f.unit.triggers if t.entry.strength != "cue"), "count")
    evidence = article.full_text[start:end]
    key = f"{article.article_id}|{number}|{occurrence.action}|{start}|{end}"
    claim = Claim(
        claim_id="c_" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20],
        article_id=article.article_id,
        action=occurrence.action,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        rule=f"{frames[0].unit.triggers[0].entry.frame if frames[0].unit.triggers else 'harm'}:{rule}",
        confidence=0.0,
        is_background=background,
        is_aggregate=frames[0].aggregate,
        date_start=when.start if when else None,
        date_end=when.end if when else None,
        time_precision=when.time_precision if when else None,
        date_source=when.date_source if when else None,
        date_text=next((f.date.text for f in frames if f.date is not None and f.date.days is not None), None),
        place=where.name,
        place_en=geocoded.place.name_en if geocoded else None,
        place_id=geocoded.place.place_id if geocoded else None,
        admin1_en=where.admin1,
        admin1_pcode=where.admin1_pcode,
        admin2_en=geocoded.place.admin2 if geocoded else None,
        admin2_pcode=geocoded.place.admin2_pcode if geocoded else None,
        country=where.country,
        lat=geocoded.lat if geocoded else None,
        lon=geocoded.lon if geocoded else None,
        geo_precision=where.precision,
        geo_method=geocoded.method if geocoded else None,
        other_places=tuple(dict.fromkeys(m.name for m in where.others)),
        actor1=tuple(actor1),
        actor2=tuple(actor2),
        actor1_suspected=any(f.suspected for f in frames),
        counts=counts,
        sources=sources,
        weapon=next((f.weapon for f in frames if f.weapon), None),
        infrastructure=tuple(dict.fromkeys(i for f in frames for i in f.infrastructure)),
        spans=tuple(sorted(dict.fromkeys(spans), key=lambda s: (s.start, s.end, s.slot))),
        published_at=article.published_at,
        publisher=article.publisher,
    )
    return replace(claim, confidence=_confidence(claim, occurrence))


def _one_way(frames: Sequence[Frame]) -> list[Frame]:
    """The frames whose parties stand as the first that names both sides has them: a counterattack turns them round."""
    first = next((f for f in frames if f.actor1 and f.actor2 and not set(f.actor1) & set(f.actor2)), None)
    if first is None:
        return list(frames)
    doers, others = set(first.actor1), set(first.actor2)
    return [f for f in frames if not (doers & set(f.actor2) - BOTH_SIDES) and not (others & set(f.actor1) - BOTH_SIDES)]


def _union(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


# When -----------------------------------------------------------------------------------------------------------------


def _is_background(occurrence: Occurrence, context: PageContext) -> bool:
    published = context.article.published_at
    days = _days(occurrence)
    if not days and _only_recalled(occurrence):
        return True
    if days and published is not None:
        newest = _most_exact(days).end
        if occurrence.frames[0].aggregate:
            return published - newest > _OLD_TOLL
        return (
            published - newest >= _BACKGROUND_AFTER
            or (any(f.background for f in occurrence.frames) and published - newest > timedelta(days=1))
            or all(f.date is None or _some_days_ago(f.date) for f in occurrence.frames)
        )
    return all(f.background and not f.earlier for f in occurrence.frames)


def _days(occurrence: Occurrence) -> list[DateRange]:
    """The days that its frames name; of what is only recalled no day of a visit."""
    dated = [
        f
        for f in occurrence.frames
        if f.date is not None and f.date.days is not None and not (f.visit_day and _only_recalled(occurrence))
    ]
    dated = [f for f in dated if not f.said_day] or dated
    return [f.date.days for f in dated if f.date is not None and f.date.days is not None]


def _only_recalled(occurrence: Occurrence) -> bool:
    """Whether no sentence of the text tells of it, but only of what others say or do about it."""
    body = [f for f in occurrence.frames if f.sentence.kind not in ("title", "heading")]
    return bool(body) and all(f.recalled for f in body)


def _some_days_ago(when: DateMentionAt) -> bool:
    """As in "قبل أيام": nobody counts the days of what is news."""
    return when.kind == "ago" and when.days is not None and when.days.time_precision > 1


def _most_exact(days: list[DateRange]) -> DateRange:
    return min(days, key=lambda d: (d.time_precision, d.end - d.start))


def _when(occurrence: Occurrence, context: PageContext, background: bool) -> DateRange | None:
    days = _days(occurrence)
    if days and occurrence.frames[0].aggregate:
        return max(days, key=lambda d: d.end - d.start)
    if days:
        return _most_exact(days)
    if background or occurrence.frames[0].aggregate:
        return None
    published = context.article.published_at
    if not any(_item(f) for f in occurrence.frames):
        told = told_day(occurrence, context.occurrences, context.day.days if context.day is not None else None)
        if told is not None:
            return replace(told)
    if published is None:
        return None
    return DateRange(published, published, 1, "publication")


def _item(frame: Frame) -> bool:
    """Whether the sentence opens news of its own: "بيت لحم: ...", "وفي محافظة مأرب، ..."."""
    sentence = frame.sentence
    if not sentence.places or sentence.places[0].head > _OPENING:
        return False
    place = sentence.places[0]
    labelled = place.head <= 1 and sentence.text(place.tail)[:1] in (":", "|")
    return labelled or place.kind == "محافظه"


# Sources ---------------------------------------------------------------------------------------------------


def _sources(frames: list[Frame]) -> tuple[SourceRef, ...]:
    quoted = distinct_sources(q for frame in frames for q in frame.sources if q.named)
    return tuple(SourceRef(q.name, q.source_type, q.stance, *(q.span or (None, None))) for q in quoted)


# Evidence -------------------------------------------------------------------------------------------------------------


def _evidence(occurrence: Occurrence) -> tuple[int, int]:
    """The run of neighbouring sentences that says most; inside a sentence of several units, the unit's own words."""
    body = [f for f in occurrence.frames if f.sentence.kind not in ("title", "heading")] or occurrence.frames
    body = sorted(body, key=lambda f: (f.sentence.index, f.unit.first))
    runs: list[list[Frame]] = []
    for frame in body:
        if runs and frame.sentence.index - runs[-1][-1].sentence.index <= 1:
            runs[-1].append(frame)
        else:
            runs.append([frame])
    best = max(runs, key=lambda run: (sum(_weight(f) for f in run), -run[0].sentence.index))
    start = min(_span(f)[0] for f in best)
    return start, max(_span(f)[1] for f in best)


def _weight(frame: Frame) -> int:
    return (
        1
        + bool(frame.sites)
        + len([r for r in frame.counts if r.group is None])
        + bool(frame.actor1)
        + (frame.date is not None)
    )


def _span(frame: Frame) -> tuple[int, int]:
    sentence, first, last = frame.sentence, frame.unit.first, frame.unit.last
    if not frame.unit.continues:
        first = 0
    while first < last - 1 and sentence.tokens[first].kind in ("punct", "break"):
        first += 1
    while last - 1 > first and sentence.tokens[last - 1].kind in ("punct", "break") and last < len(sentence):
        last -= 1
    return sentence.raw_span(first, last)


def _confidence(claim: Claim, occurrence: Occurrence) -> float:
    """A rough share of slots that the words fill, lowered where the action is only inferred."""
    score = 0.4 + 0.15 * (claim.place_id is not None) + 0.15 * (claim.date_source in ("explicit", "relative"))
    score += 0.1 * bool(claim.actor1) + 0.1 * bool(claim.counts) + 0.1 * bool(claim.sources)
    if all(f.generic for f in occurrence.frames):
        score -= 0.15
    return round(min(max(score, 0.05), 0.99), 2)
