"""Folds the frames of an article into occurrences: title, lead, details and recap of one event become one claim."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from conflict_events.arabic import fold_word, strip_article
from conflict_events.extraction.adding import others_than
from conflict_events.extraction.clues import GUNS
from conflict_events.extraction.counting import CountRow
from conflict_events.extraction.families import VIOLENT, family
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.reading import PlaceMention
from conflict_events.extraction.siting import is_wide
from conflict_events.geography import haversine_km

__all__ = ["Occurrence", "fold_frames"]

_HARM = ("killed", "injured", "bodies")
_NEAR_SENTENCES = 3
# Sides that fight together: one sentence names the one, the next the other.
_CAMPS = (
    frozenset({"USA", "COALITION"}),
    frozenset({"TUR", "SNA"}),
    frozenset({"SYR_REGIME", "RUS", "IRN_MILITIA", "SYR_MILITIA", "IRN", "HEZBOLLAH"}),
    frozenset({"SDF", "PKK"}),
    frozenset({"OPPOSITION", "HTS", "SNA"}),
    frozenset({"YEM_GOV", "YEM_RESISTANCE", "SAU_COALITION"}),
)
# What a loosely named attack turns out to be where the text says more of it.
_REFINED = {
    "explosion": frozenset({"explosive_device", "suicide_bomb", "landmine", "grenade"}),
    "explosive_device": frozenset({"suicide_bomb"}),
    "shelling": frozenset({"air_strike", "drone_strike"}),
    "air_strike": frozenset({"drone_strike"}),
}
_REMEMBERED = 4_000  # names: they are compared over and over on a page
_LIKE = "مماثل"
_TOWN_KINDS = frozenset({"مدينه", "بلده", "قريه"})
_A_PART = 0.8
_INSIDE = 0.5
_IN_LIST = 0.45
_LISTED_BOTH = 0.2
_ABOUT_KM = 30.0
_FRESH = timedelta(days=2)
_FILLERS = frozenset("مدينه بلده قريه حي مخيم ناحيه محافظه ريف بريف منطقه محيط".split())


@dataclass(slots=True)
class Occurrence:
    """Frames that tell of one occurrence, in text order."""

    frames: list[Frame] = field(default_factory=list)

    @property
    def action(self) -> str:
        """The action of its most telling frame, or what another one adds to it ("تفجير", then "بسيارة مفخخة")."""
        told = [f for f in self.frames if not f.generic] or self.frames
        first = told[0].action
        if first == "shelling" and any(_from_the_air(f) is False for f in told):
            return first
        return next((f.action for f in told if f.action in _REFINED.get(first, ())), first)

    @property
    def sites(self) -> list[PlaceMention]:
        """All sites, the most specific frame's first."""
        found: list[PlaceMention] = []
        for frame in sorted(
            self.frames,
            key=lambda f: (
                not f.sites,
                all(is_wide(s) for s in f.sites),
                all(_governed(s) for s in f.sites),
                f.sentence.kind in ("title", "heading"),
            ),
        ):
            found += [s for s in frame.sites if not any(_same_name(s, k) for k in found)]
        return [self._as_told_with_its_day(site) for site in found]

    def _as_told_with_its_day(self, site: PlaceMention) -> PlaceMention:
        """The same place in the words of a frame that knows the day: "بادية البوكمال" for a loose "البوكمال"."""
        holders = [f for f in self.frames if site in f.sites]
        if any(_exact_day(f) for f in holders):
            return site
        told = (s for f in self.frames if _exact_day(f) for s in f.sites)
        return next((s for s in told if s.near and _same_name(s, site)), site)

    @property
    def last_sentence(self) -> int:
        """Index of its last sentence."""
        return max(f.sentence.index for f in self.frames)

    def totals(self, measure: str) -> list[CountRow]:
        """Numeric totals of one measure."""
        return [
            r for f in self.frames for r in f.counts if r.measure == measure and r.group is None and r.people.numeric
        ]


def _exact_day(frame: Frame) -> bool:
    return frame.date is not None and frame.date.days is not None and frame.date.days.time_precision == 1


def fold_frames(frames: list[Frame], published: date | None) -> list[Occurrence]:
    """Occurrences of an article, in the order in which they are first told.

    Args:
        frames: Frames in text order.
        published: Publication day; news without a day of its own is taken to be of that time.
    """
    found: list[Occurrence] = []
    for frame in frames:
        owner = _owner(found, frame, published)
        if owner is not None:
            if _part(owner, frame):
                frame.counts = []
            elif _brought_in(owner, frame):
                frame.counts = _dead_brought_in(owner, frame)
                frame.action = owner.action
            owner.frames.append(frame)
        elif not _empty(frame):
            _as_before(found, frame)
            found.append(Occurrence([frame]))
    found = _joined(found, published)
    return [o for o in found if not _only_headline(o, found)]


def _as_before(found: list[Occurrence], frame: Frame) -> None:
    """A like attack is of the kind told just before: "وقتل شخص بتفجير مماثل" after a car bomb."""
    told = found[-1] if found else None
    if told is None or frame.sentence.index - told.last_sentence > 1:
        return
    if _likened(frame) and told.action in _REFINED.get(frame.action, ()):
        frame.action = told.action


def _like_another(frame: Frame) -> bool:
    """Whether a sentence tells of an attack like another one at a place of its own: "وقصف مماثل استهدف بلدة سرمين"."""
    return bool(frame.sites) and not frame.unit.continues and _likened(frame)


def _likened(frame: Frame) -> bool:
    """Whether a frame calls its attack one like another."""
    return any(frame.sentence.bare(i).startswith(_LIKE) for i in range(frame.unit.first, frame.unit.last))


def _joined(found: list[Occurrence], published: date | None) -> list[Occurrence]:
    """A second look: an occurrence that was opened before the details which tie it to another were told."""
    kept: list[Occurrence] = []
    for occurrence in found:
        owner = max(kept, key=lambda o: _both_ways(o, occurrence, published), default=None)
        if owner is not None and _both_ways(owner, occurrence, published) > 0:
            owner.frames.extend(occurrence.frames)
            owner.frames.sort(key=lambda f: (f.sentence.index, f.unit.first))
        else:
            kept.append(occurrence)
    return kept


def _both_ways(one: Occurrence, other: Occurrence, published: date | None) -> float:
    """How well two occurrences agree: every frame of the one has to fit the other."""
    forth = [_sameness(one, frame, published) for frame in other.frames]
    back = [_sameness(other, frame, published) for frame in one.frames]
    if min(forth) <= 0 and min(back) <= 0:
        return 0.0
    return max(min(forth), min(back))


def _empty(frame: Frame) -> bool:
    """A back-reference with nothing of its own to say."""
    return frame.anaphoric and not frame.counts and not frame.sites and frame.date is None


def _owner(found: list[Occurrence], frame: Frame, published: date | None) -> Occurrence | None:
    best: tuple[float, Occurrence] | None = None
    for occurrence in reversed(found):
        score = _sameness(occurrence, frame, published)
        if score > 0 and (best is None or score > best[0]):
            best = (score, occurrence)
    return best[1] if best else None


def _sameness(occurrence: Occurrence, frame: Frame, published: date | None) -> float:
    """How sure it is that the frame tells of the occurrence again; 0 for another one."""
    if frame.aggregate != occurrence.frames[0].aggregate:
        return 0.0
    place = _place_fit(occurrence, frame)
    toll = _toll_fit(occurrence, frame)
    action = _action_fit(occurrence, frame)
    if action < 0 and toll > 0 and place >= 0 and {family(frame.action), family(occurrence.action)} <= VIOLENT:
        action = 0.3
    day = _date_fit(occurrence, frame, published)
    actor = _actor_fit(occurrence, frame)
    if _goes_on(occurrence, frame) or _same_raid(occurrence, frame) or (toll >= 0 and _brought_in(occurrence, frame)):
        return 0.9
    apart = _new_topic(frame, place) or (frame.aggregate and _other_period(occurrence, frame))
    if min(action, day, actor) < 0 or (toll <= 0 and apart):
        return 0.0
    title = occurrence.frames[-1].sentence.kind in ("title", "heading")
    near = frame.sentence.index - occurrence.last_sentence <= _NEAR_SENTENCES
    if place < 0 or (place < 1 and _like_another(frame)):
        return 0.0
    if toll < 0 and near and place >= 0 and _part(occurrence, frame):
        return _A_PART
    if toll < 0 and not (place == 1 and title):
        return 0.0
    score = action + place + day + toll + 0.5 * actor
    if (frame.anaphoric or (frame.described and place >= 0)) and near and action >= 0:
        score += 1.5
    if title:
        score += 0.4
    if place == 0 and not frame.anaphoric and not title and not frame.generic and day <= 0 and toll <= 0:
        own_harm = any(r.people.numeric and r.measure in _HARM for r in frame.counts)
        return 0.0 if not near or frame.sites or own_harm else max(score - 0.5, 0.0)
    if frame.sentence.index == occurrence.last_sentence and day >= 0 and action == 1.0:
        score += 0.2
    general = frame.generic or all(f.generic for f in occurrence.frames)
    threshold = 1.0 if place >= _INSIDE or frame.anaphoric or title or general else 1.39
    return score if score >= threshold else 0.0


def _new_topic(frame: Frame, place: float) -> bool:
    """Whether the sentence turns to something else ("على صعيد متصل، قصفت ...") and names a place of its own."""
    turns = frame.sentence.cue_at(0, "boundary") is not None
    return turns and place < 1 and bool(frame.sites) and not frame.anaphoric and not frame.generic


def _other_period(occurrence: Occurrence, frame: Frame) -> bool:
    """Whether two tolls cover different stretches of time."""
    days = [f.date.days for f in occurrence.frames if f.date is not None and f.date.days is not None]
    mine = frame.date.days if frame.date is not None else None
    return mine is not None and bool(days) and all((d.start, d.end) != (mine.start, mine.end) for d in days)


def _part(occurrence: Occurrence, frame: Frame) -> bool:
    """Whether the frame tells of some of those already counted: "وذكر أن إصابة أحد الأطفال خطيرة"."""
    if any(t.entry.action for t in frame.unit.triggers if not t.definite) or (frame.sites and not frame.anaphoric):
        return False
    mine = [r for r in frame.counts if r.group is None and r.measure in _HARM and r.people.numeric]
    if not mine or not frame.generic:
        return False
    for row in mine:
        if any(others_than(told.people, row.people) for told in occurrence.totals(row.measure)):
            return False
        whole = max((r.best or 0 for r in occurrence.totals(row.measure)), default=0)
        if row.best is None or row.best >= whole:
            return False
    return True


def _goes_on(occurrence: Occurrence, frame: Frame) -> bool:
    """Whether a later clause of the same sentence says more of the violence it told, without place, day or toll."""
    if frame.sentence.index != occurrence.last_sentence or frame.sites or frame.date is not None or frame.background:
        return False
    violent = {family(frame.action), family(occurrence.action)} <= VIOLENT
    last = occurrence.frames[-1]
    return violent and last.unit.last == frame.unit.first and not any(r.people.numeric for r in frame.counts)


def _same_raid(occurrence: Occurrence, frame: Frame) -> bool:
    """Whether one raid took people and arms: "ضبطت الشرطة شاحنة أسلحة وأوقفت سائقها"."""
    if frame.sentence.index != occurrence.last_sentence or frame.sites or frame.date is not None:
        return False
    if frame.action == "weapons_disrupted" and occurrence.action in ("armed_clash", "territory_captured"):
        return all(t.entry.frame == "seize" for t in frame.unit.triggers)  # "كما استولت على دبابتين"
    return {frame.action, occurrence.action} == {"arrest", "weapons_disrupted"} and bool(frame.unit.before)


def _dead_brought_in(occurrence: Occurrence, frame: Frame) -> list[CountRow]:
    """Counts of those who reach a hospital: the attack's dead, but where those are counted only some of them."""
    known = any(r.measure == "killed" and r.people.numeric for f in occurrence.frames for r in f.counts)
    rows = [r for r in frame.counts if not (known and r.measure == "bodies")]
    return [replace(r, measure="killed") if r.measure == "bodies" else r for r in rows]


def _brought_in(occurrence: Occurrence, frame: Frame) -> bool:
    """Whether those whom an attack killed reach a hospital: "ووصل إلى المشفى ثلاثة عشر شهيدا"."""
    if frame.action != "body_transfer" or family(occurrence.action) not in VIOLENT or frame.background:
        return False
    sentence, unit = frame.sentence, frame.unit
    inside = [kind for mention, kind in sentence.infrastructure if unit.first <= mention.first < unit.last]
    arrived = any(t.entry.frame == "arrive" for t in unit.triggers)
    return "hospital" in inside and arrived and sentence.index - occurrence.last_sentence <= 1


def _action_fit(occurrence: Occurrence, frame: Frame) -> float:
    actions = {f.action for f in occurrence.frames if not f.generic} or {f.action for f in occurrence.frames}
    if frame.action in actions:
        return 1.0
    if frame.generic or all(f.generic for f in occurrence.frames):
        families = {family(a) for a in actions}
        return 0.6 if families <= VIOLENT and family(frame.action) in VIOLENT else -1.0
    explosions = {"air_strike", "drone_strike", "shelling", "explosion", "explosive_device", "landmine", "suicide_bomb"}
    if frame.action in explosions and actions <= explosions:
        if _other_means(occurrence, frame):
            return -1.0
        loose = {"shelling", "explosion", "air_strike"}
        definite = all(t.definite or t.finite for t in frame.unit.triggers if t.entry.action)
        if frame.anaphoric or (definite and (frame.action in loose or actions & loose)):
            return 0.4
        return 0.2 if frame.action in loose and occurrence.frames[-1].sentence.kind == "title" else -1.0
    return -1.0


def _other_means(occurrence: Occurrence, frame: Frame) -> bool:
    """Whether the one is fire from the ground and the other comes from the air, as the words for both say."""
    mine = _from_the_air(frame)
    theirs = {told for told in map(_from_the_air, occurrence.frames) if told is not None}
    return mine is not None and bool(theirs) and mine not in theirs


def _from_the_air(frame: Frame) -> bool | None:
    """Whether an attack comes from the air; None where its words leave that open ("القصف", "صواريخ")."""
    if frame.action in ("air_strike", "drone_strike"):
        return True
    if frame.action == "shelling" and frame.weapon in GUNS:
        return False
    return None


def _place_fit(occurrence: Occurrence, frame: Frame) -> float:
    """1 the same place, 0.5 one inside the other, 0 not said, -1 another place."""
    if not frame.sites or not any(f.sites for f in occurrence.frames):
        return 0.0
    heads = [f.sites[0] for f in occurrence.frames if f.sites]
    rest = [s for f in occurrence.frames for s in f.sites[1:]]
    if not is_wide(frame.sites[0]):
        # A governorate that one of its sentences names says less than the place that another one names.
        heads = [h for h in heads if not is_wide(h)] or heads
        if not _governed(frame.sites[0]):
            heads = [h for h in heads if not _governed(h)] or heads
    best = max(_pair(frame.sites[0], other, frame, occurrence) for other in heads)
    if best < 0 and occurrence.frames[-1].sentence.kind in ("title", "heading"):
        best = max((_LISTED_BOTH for other in heads if other.near and _close(frame.sites[0], other)), default=best)
    if best < _IN_LIST and any(_same_name(frame.sites[0], s) for s in rest):
        best = _IN_LIST
    if best < _LISTED_BOTH and any(_same_name(a, b) for a in frame.sites[1:] for b in (*heads, *rest)):
        best = _LISTED_BOTH
    return best


def _pair(site: PlaceMention, other: PlaceMention, frame: Frame, occurrence: Occurrence) -> float:
    if _same_name(site, other):
        return 1.0
    if is_wide(site) or is_wide(other) or (_governed(site) != _governed(other)):
        mine, theirs = (
            _admins(site, frame.containers),
            _admins(other, [c for f in occurrence.frames for c in f.containers]),
        )
        if not mine or not theirs:
            return 0.2
        return 0.5 if mine & theirs else -1.0
    held = [c for f in occurrence.frames for c in f.containers]
    if any(_holds(c, site) for c in held) or any(_holds(c, other) for c in frame.containers):
        return 0.6
    return -1.0


def _close(site: PlaceMention, near: PlaceMention) -> bool:
    """Whether a place lies about the city that a headline puts it near: "ضربات قرب دمشق", then "في الكسوة"."""
    cities = [p for p in near.places if p.kind == "city"]
    return any(haversine_km(p.point, c.point) <= _ABOUT_KM for p in site.places for c in cities)


def _holds(container: PlaceMention, site: PlaceMention) -> bool:
    """Whether a site is the very area that another frame's place lies in; a town that is called one is no area."""
    return _same_name(container, site) and (site.kind not in _TOWN_KINDS or container.kind == site.kind)


def _governed(mention: PlaceMention) -> bool:
    """A name that a governorate bears too may mean all of it."""
    return mention.kind not in ("مدينه", "حي") and any(p.kind == "governorate" for p in mention.places)


def _admins(mention: PlaceMention, containers: list[PlaceMention]) -> set[str]:
    found = {p.admin1 for p in mention.places if p.admin1}
    if len(found) > 1 or not found:
        held = {p.admin1 for c in containers for p in c.places if p.admin1}
        found = (found & held) or found or held
    return {a for a in found if a}


@lru_cache(maxsize=_REMEMBERED)
def place_key(name: str) -> frozenset[str]:
    """Words of a place name that tell it from others."""
    return frozenset(strip_article(w) for w in fold_word(name).replace("-", " ").split()) - _FILLERS


def _same_name(a: PlaceMention, b: PlaceMention) -> bool:
    if is_wide(a) != is_wide(b) and (a.rural or b.rural):
        return False
    left, right = place_key(a.name), place_key(b.name)
    return bool(left) and (left == right or ("".join(sorted(left)) == "".join(sorted(right))))


def _date_fit(occurrence: Occurrence, frame: Frame, published: date | None) -> float:
    days = [f.date.days for f in occurrence.frames if f.date is not None and f.date.days is not None]
    mine = frame.date.days if frame.date is not None else None
    if mine is None or not days:
        stated = mine or (days[0] if days else None)
        undated = occurrence.frames[0] if mine is not None else frame
        if stated is not None and published is not None and not undated.anaphoric and not undated.background:
            if published - stated.end > _FRESH:
                return -1.0
            # "Some days ago" is not what the page tells as fresh.
            return 0.1 if stated.time_precision == 1 or stated.end >= published else -0.3
        return -0.2 if frame.background and not occurrence.frames[0].background and not frame.anaphoric else 0.0
    if any(d.start <= mine.end and mine.start <= d.end for d in days):
        return 0.4
    said = frame.said_day or all(f.said_day for f in occurrence.frames if f.date is not None)
    return 0.1 if said and any(abs(d.start - mine.start) <= _FRESH for d in days) else -1.0


def _actor_fit(occurrence: Occurrence, frame: Frame) -> float:
    known = {a for f in occurrence.frames for a in f.actor1}
    mine = set(frame.actor1)
    if not known or not mine:
        return 0.0
    if known & mine:
        return 1.0
    if any(known & camp and mine & camp for camp in _CAMPS):
        return 0.3
    both = known | {a for f in occurrence.frames for a in f.actor2}
    return 0.2 if frame.action == "armed_clash" and mine & both else -1.0


def _toll_fit(occurrence: Occurrence, frame: Frame) -> float:
    best = 0.0
    for measure in _HARM:
        told = occurrence.totals(measure)
        mine = [r for r in frame.counts if r.measure == measure and r.group is None and r.people.numeric]
        alike = [(t, r) for t in told for r in mine if (t.low, t.best) == (r.low, r.best)]
        if alike and not all(others_than(t.people, r.people) for t, r in alike):
            best = max(best, 1.0)
        elif told and mine and not _of_others(occurrence, frame, told, mine):
            return -1.0
    return best


def _of_others(occurrence: Occurrence, frame: Frame, told: list[CountRow], mine: list[CountRow]) -> bool:
    """Whether a later clause of the sentence counts others: "قتل 17 من الفصيل، فيما قتل أربعة من الجيش"."""
    if frame.sentence.index != occurrence.last_sentence or frame.sites or not frame.generic:
        return False
    return all(others_than(t.people, r.people) for t in told for r in mine)


def _only_headline(occurrence: Occurrence, found: list[Occurrence]) -> bool:
    """A headline whose event no sentence tells again, beside others of its family: it sums them up."""
    if any(f.sentence.kind not in ("title", "heading") for f in occurrence.frames):
        return False
    return any(
        o is not occurrence and family(o.action) in VIOLENT and family(occurrence.action) in VIOLENT for o in found
    )
