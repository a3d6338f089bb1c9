"""Which codebook action a unit tells of: its triggers, the means of attack, and whom it hit."""

from __future__ import annotations

from collections.abc import Iterable

from conflict_events.extraction.assertion import crowd_of
from conflict_events.extraction.clues import (
    AIR,
    AIR_DEFENCE,
    AIR_WORDS,
    AMMUNITION,
    BODIES,
    DRONE,
    GROUND,
    LEFTOVERS,
    MINED,
    PLANTED,
    SHOT,
    SUICIDE,
    Clues,
    means_of,
)
from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.units import Unit
from conflict_events.extraction.wordsets import word_set

__all__ = ["action_of"]

_NAMED = word_set("notables")
_AIRCRAFT = word_set("aircraft")
_SMUGGLING = word_set("smuggling")
_RELATIVES = frozenset("الذين الذي التي".split())
_RANKS = word_set("named_ranks")
_BOOTY = word_set("booty")
_PROPERTY = word_set("property")
_OBJECT_REACH = 5
_OPERATIONS = frozenset({"عمليات", "اعمال", "صناعه", "تصنيع", "مواد"})
_MOVING = frozenset({"force", "fighters", "vehicle"})
_SIDES_REACH = 7
_UNARMED = frozenset({"people.shabb", "people.talib", "people.muwatin", "people.mutazahir", "people.muhtajj"})
_ARMED_CROWDS = frozenset({"TRIBES", "OPPOSITION", "HTS", "IS"})
_SETTLERS_AND_THEIRS = frozenset({"SETTLERS", "CIVILIANS"})
# Acts that speak for themselves where an attack is told beside them.
_NO_STRIKE = frozenset(
    {"weapons_disrupted", "territory_captured", "assassination", "abduction", "execution", "torture"}
)

_BY_VIOLENCE = (
    "suicide_bomb chemical_attack execution torture sexual_violence assassination drone_strike air_strike "
    "explosive_device landmine grenade shelling "
    "armed_clash territory_captured attack_on_civilians abduction explosion riot protest arrest defection "
    "troop_movement "
    "recruitment base_established territory_transfer agreement weapons_disrupted looting_destruction "
    "body_transfer other"
).split()


def action_of(unit: Unit, victims_armed: bool, victims_civilian: bool) -> str | None:
    """The action, or None where the unit names no act by itself.

    Args:
        unit: The unit.
        victims_armed: Whether fighters are among those hit.
        victims_civilian: Whether civilians are among those hit.
    """
    sentence = unit.sentence
    told: Iterable[int] = range(unit.first, unit.last)
    if sentence.cues.get("aside") or sentence.cues.get("truce"):
        told = [i for i in told if not sentence.aside(i)]
    services = sentence.cues.get("air_service", ())
    if services:
        told = [i for i in told if not any(c.first <= i < c.last for c in services)]
    triggers = [t for t in unit.triggers if not t.entry.outcome and t.entry.frame != "result"]
    triggers = [t for t in triggers if not _of_its_kind(sentence, t)] or triggers
    clues = Clues(
        unit,
        _main_clause(sentence, triggers) or triggers,
        {sentence.text(i) for i in told},
        {sentence.bare(i) for i in told},
        means_of(sentence, unit.first, unit.last),
        victims_armed,
        victims_civilian,
    )
    for step in (_unmistakable, _by_crowds, _brought, _of_things, _exploded, _raided, _fought, _struck, _named_act):
        action = step(clues)
        if action is not None:
            return action or None
    return None


def _unmistakable(clues: Clues) -> str | None:
    """Acts that one word settles: suicide bombs, chemicals, what is shot down or seized, leaflets that are dropped."""
    frames, means = clues.frames, clues.means
    if clues.unit.sentence.cues_in(clues.unit.first, clues.unit.last, "leaflets") and not clues.victims:
        return "other"
    suicide = bool(means & {"suicide_vest"} or clues.words & SUICIDE)
    foiled = any("foils" in t.entry.traits for t in clues.triggers)
    smuggled = bool(clues.bare & _SMUGGLING and clues.words & AMMUNITION)
    if foiled and not clues.victims and (suicide or smuggled or frames & {"blast"}):
        return "weapons_disrupted"  # "أحبطت تفجيرا انتحاريا", "أحبطت تهريب أسلحة"
    if "repel" in frames and "anti_aircraft" in means:
        return "weapons_disrupted"  # "تصدت وسائط الدفاع الجوي لعدوان"
    if means & DRONE and "suicide_bomb" not in clues.named and "suicide_vest" not in means:
        suicide = False  # "مسيرة انتحارية"
    if "suicide_bomb" in clues.named or "suicide_vest" in means or (suicide and frames & {"blast", "strike", "raid"}):
        return "suicide_bomb"
    if means & {"chemical"} and frames & {"strike", "fire", "blast", "fall", "undergo"}:
        return "chemical_attack"
    if "repel" in frames and clues.words & AIR_DEFENCE and clues.words & AIR_WORDS:
        return "weapons_disrupted"
    first = clues.triggers[0].entry.frame if clues.triggers else ""
    return "weapons_disrupted" if first == "disrupt" and (means or clues.words & AMMUNITION) else None


def _by_crowds(clues: Clues) -> str | None:
    """What demonstrators do, and what is done to them: "رشق الشبان الجنود بالحجارة", "أطلقت النار على محتجين"."""
    unit, frames = clues.unit, clues.frames
    crowd = crowd_of(unit)
    if frames & {"protest", "strike", "fire", "raid"} and _settlers_attack(unit):
        return "attack_on_civilians"
    if "raid" in frames and not clues.victims and _by_settlers(unit):
        return "other"
    attacks = frames & {"clash", "strike", "fire", "raid"}
    if attacks and unit.sentence.cues_in(unit.first, unit.last, "stones"):
        return "riot"
    if "protest" in frames and unit.sentence.cues_in(unit.first, unit.last, "violent_crowd"):
        return "riot"
    if "clash" in frames and _with_unarmed(clues):
        return "riot"
    if crowd is None:
        return "riot" if "protest" in frames and "destroy" in frames and not clues.victims_armed else None
    if frames & {"clash", "destroy"} or any(t.finite and crowd.first == t.last for t in _weak_strikes(clues)):
        return "riot"  # "هاجم محتجون السفارة"
    if "fire" in frames and frames <= {"fire", "protest"} and not clues.victims:
        return "protest"  # "أطلقت الشرطة النار على متظاهرين"
    hurt = any("PROTESTERS" in row.people.actors for row in unit.counts if row.measure in ("killed", "injured"))
    return "protest" if hurt and frames <= {"fire", "kill", "protest"} else None


def _with_unarmed(clues: Clues) -> bool:
    """Whether one side of a confrontation bears no arms: "مواجهات بين شبان وقوات الاحتلال"."""
    sentence = clues.unit.sentence
    noun = next((t for t in clues.triggers if t.entry.frame == "clash" and not t.finite), None)
    if noun is None or any(a.actor_id in _ARMED_CROWDS for a in sentence.actors if a.first >= noun.last):
        return False
    between = next((i for i in range(noun.last, noun.last + _SIDES_REACH) if sentence.text(i) == "بين"), None)
    if between is None:
        return False
    sides = (sentence.persons.get(i) for i in range(between + 1, between + _SIDES_REACH))
    return any(p.noun is not None and p.noun.id in _UNARMED and p.number == "p" for p in sides if p is not None)


def _weak_strikes(clues: Clues) -> list[Trigger]:
    return [t for t in clues.triggers if t.entry.frame == "strike" and t.entry.strength == "weak"]


def _settlers_attack(unit: Unit) -> bool:
    """Whether settlers throw stones, not at soldiers: "رشق مستوطنون سيارات المواطنين بالحجارة"."""
    return bool(unit.sentence.cues_in(unit.first, unit.last, "stones")) and _by_settlers(unit)


def _by_settlers(unit: Unit) -> bool:
    """Whether settlers act, and nobody armed is named."""
    actors = [a for a in unit.sentence.actors if unit.first <= a.first < unit.last]
    return bool(actors) and actors[0].actor_id == "SETTLERS" and {a.actor_id for a in actors} <= _SETTLERS_AND_THEIRS


def _brought(clues: Clues) -> str | None:
    """Who or what arrives or is found; "" where that is no event."""
    frames, unit = clues.frames, clues.unit
    if frames & {"arrive", "bodies", "find"} and (_bodies_first(unit) or ("arrive" in frames and _dead_first(clues))):
        return "body_transfer"
    acts = any(t.entry.strength == "event" and t.entry.frame != "arrive" for t in clues.triggers)
    if "arrive" in frames and not acts and not frames & {"strike", "clash", "blast"}:
        if "move" in frames or _fighters_arrive(clues):
            return "troop_movement"
        if not clues.victims:
            return ""  # "ليصل عدد القتلى إلى خمسة" tells of harm
    return _found(unit, clues.means - AIR - SHOT, clues.words) if "find" in frames else None


def _fighters_arrive(clues: Clues) -> bool:
    """Whether forces are what arrives, or fighters, more than one and unhurt: "وصل مئات الجنود إلى الميناء"."""
    sentence = clues.unit.sentence
    persons = sentence.persons
    came = next(t for t in clues.triggers if t.entry.frame == "arrive")
    behind = range(came.last, came.last + _OBJECT_REACH)
    if any(sentence.heads.get(i) in _MOVING for i in behind):
        return True
    found = [persons[i] for i in behind if i in persons]
    if not found or any(p.noun is None or p.noun.outcome for p in found):
        return False
    return found[0].noun is not None and found[0].noun.group == "combatants" and found[0].number == "p"


def _of_things(clues: Clues) -> str | None:
    """What is done to things alone: booty taken, houses seized or blown up by a side, displaced families counted."""
    sentence = clues.unit.sentence
    taken = [t for t in clues.triggers if "takes" in t.entry.traits]
    if taken and len(clues.triggers) == len(taken):
        target = _behind_on(sentence, taken[0])
        if target in _BOOTY:
            return "weapons_disrupted"
        if target in _PROPERTY:
            return "looting_destruction"
    if "displace" in clues.frames and clues.frames <= {"displace", "result", "arrive"}:
        displaced = any(row.measure == "displaced" and row.people.numeric for row in clues.unit.counts)
        if displaced or _witnessed(clues):
            return "other"
        if not clues.victims:
            return ""
    if clues.frames == {"fall"} and not clues.victims and _crashed(sentence, clues.triggers[0]):
        return ""
    blown = next((t for t in clues.triggers if "wrecks" in t.entry.traits), None)
    if blown is None or clues.victims or clues.means - {"bomb"} or clues.frames - {blown.entry.frame} or clues.air:
        return None
    told_who = any(clues.unit.first <= a.first < clues.unit.last and a.actor is not None for a in sentence.actors)
    object_near = any(sentence.bare(i) in _PROPERTY for i in range(blown.last, blown.last + _OBJECT_REACH))
    return "looting_destruction" if told_who and object_near else None


def _crashed(sentence: Sentence, fall: Trigger) -> bool:
    """Whether what falls is itself what flies: "سقطت طائرة عسكرية", not "سقطت قذيفة"."""
    return any(sentence.bare(i) in _AIRCRAFT for i in (fall.last, fall.last + 1))


def _witnessed(clues: Clues) -> bool:
    """Whether a place is said to see people flee: "شهدت البلدة حركة نزوح"."""
    flight = next((t for t in clues.triggers if t.entry.frame == "displace"), None)
    if flight is None or flight.finite or flight.definite:
        return False
    seen = clues.unit.sentence.cues_in(clues.unit.first, flight.first, "happens")
    return any(flight.first - cue.last <= _OBJECT_REACH for cue in seen)


def _behind_on(sentence: Sentence, trigger: Trigger) -> str:
    """The word behind "على": "استولت المقاومة على دبابتين"."""
    for i in range(trigger.last - 1, trigger.last + _OBJECT_REACH):
        if sentence.text(i) == "علي":
            at = next((q.last for q in sentence.quantities if q.first == i + 1), i + 1)
            return sentence.bare(at)
    return ""


def _exploded(clues: Clues) -> str | None:
    if "blast" not in clues.frames:
        return None
    return _blast(clues.means, clues.bare | clues.words, clues.named, bool(clues.frames & {"strike", "fire", "fall"}))


def _of_its_kind(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a noun only names what is done in general: "مواد تستخدم في عمليات التفجير"."""
    return (
        trigger.entry.frame == "blast"
        and trigger.definite
        and not trigger.finite
        and sentence.bare(trigger.first - 1) in _OPERATIONS
    )


def _raided(clues: Clues) -> str | None:
    """Forces that go into a place, or are set down there from the air: whom they killed or took says what it was."""
    raids = [t for t in clues.triggers if t.entry.frame == "raid"]
    others = [t for t in clues.triggers if t.entry.strength == "event" and t.entry.frame not in ("raid", "arrest")]
    if not raids or others:
        return None
    measures = {r.measure for r in clues.unit.counts if r.best != 0}
    if measures & {"killed", "injured"}:
        return "attack_on_civilians" if clues.victims_civilian and not clues.victims_armed else "armed_clash"
    if "detained" in measures or "arrest" in clues.frames:
        return "arrest"
    sweep = all(t.entry.action == "arrest" for t in raids)
    return "other" if sweep or any(t.entry.strength == "event" for t in raids) else None


def _fought(clues: Clues) -> str | None:
    """Drones and fights."""
    frames, named = clues.frames, clues.named
    attack = frames & {"strike", "fire", "fall", "undergo"} or not clues.triggers
    if attack and clues.means & DRONE and "clash" not in frames:
        return "drone_strike"
    if "clash" not in frames and ("repel" not in frames or "disrupt" in frames):
        return None
    if _seized_after_a_fight(clues):
        return "territory_captured"
    acts = named & {"armed_clash"} or frames & {"clash"}
    if "repel" in frames and frames & {"strike", "raid"} and not clues.air and not clues.means & DRONE:
        return "armed_clash"  # "أحبط الجيش هجوما على البلدة"
    bombed = "strike" in frames and (clues.air or "shelling" in named) and "armed_clash" not in named
    return "armed_clash" if acts and not bombed else None


def _seized_after_a_fight(clues: Clues) -> bool:
    """Whether it is told that a place was taken, and the fight stands behind: "سيطرت القوات ... بعد اشتباكات"."""
    seized = next((t for t in clues.triggers if t.entry.frame == "seize"), None)
    fights = [t for t in clues.triggers if t.entry.frame == "clash"]
    if seized is None or not (seized.finite or seized.entry.own) or "territory_captured" not in clues.named:
        return False
    return all(t.first > seized.first and not t.finite for t in fights)


def _struck(clues: Clues) -> str | None:
    """What an attack was made with."""
    named, means = clues.named, clues.means
    if not clues.frames & {"strike", "fire", "fall", "undergo"} or named & _NO_STRIKE:
        return None
    shelled = "shelling" in named and clues.ground and "air_strike" not in named and not means & AIR
    if clues.air and not shelled:
        return "air_strike"
    if means & PLANTED:
        return "explosive_device"
    if means & MINED or clues.bare & LEFTOVERS:
        return "landmine"
    if "grenade" in means:
        return "grenade"
    if clues.ground or "shelling" in named:
        return "shelling"
    if clues.air_power and not means:
        return "air_strike"
    if means & {"bomb"} and clues.frames <= {"strike", "undergo"}:
        return "explosive_device"  # "هجوم بقنبلة"
    if means & SHOT:
        armed = clues.victims_armed and not clues.victims_civilian and not _chosen(clues)
        return "armed_clash" if armed else _shot(clues.bare)
    return None


def _chosen(clues: Clues) -> bool:
    """Whether one fighter is told by rank and name: "أطلق مجهولون النار على النقيب خالد"."""
    killed = [row.best for row in clues.unit.counts if row.group is None and row.measure == "killed"]
    return bool(clues.words & _RANKS) and all(best == 1 for best in killed)


def _named_act(clues: Clues) -> str | None:
    """The most violent act that a trigger names; else what the harm shows."""
    others = [a for a in _BY_VIOLENCE if a in clues.named and a not in ("shelling", "air_strike", "other")]
    if others[:1] == ["weapons_disrupted"] and not _felled(clues):
        others = others[1:]
    if others == ["looting_destruction"] and any(r.measure == "killed" and r.best != 0 for r in clues.unit.counts):
        return "attack_on_civilians" if not clues.victims_armed else "armed_clash"
    if others:
        agreed = clues.triggers[0].entry.action == "agreement"  # what is agreed on has not happened yet
        return "agreement" if agreed and others[0] == "troop_movement" else others[0]
    if not clues.triggers or clues.frames <= {"strike", "fire", "kill", "fall", "undergo", "displace"}:
        return _by_harm(clues)
    return "other" if "other" in clues.named else None


def _felled(clues: Clues) -> bool:
    """Whether what is brought down or seized is a weapon or flies: "أسقطت طائرة", not "إسقاط النظام"."""
    if any(t.entry.frame == "disrupt" and "of_anything" not in t.entry.traits for t in clues.triggers):
        return True
    flying = (clues.words | clues.bare) & (AMMUNITION | AIR_WORDS | AIR_DEFENCE)
    return bool(clues.means or flying or any(row.measure == "vehicles" for row in clues.unit.counts))


def _bodies_first(unit: Unit) -> bool:
    """Whether the first thing counted is bodies."""
    totals = [row for row in unit.counts if row.group is None]
    return bool(totals) and totals[0].measure == "bodies"


def _dead_first(clues: Clues) -> bool:
    """Whether the dead arrive: "نحو مئة قتيل وصلوا"; not "وصلوا إلى المدينة ... حصيلة القتلى"."""
    totals = [row for row in clues.unit.counts if row.group is None]
    came = [t for t in clues.triggers if t.entry.frame == "arrive"]
    if not totals or not came or totals[0].measure != "killed" or totals[0].governor is not None:
        return False
    return min(abs(totals[0].people.first - t.first) for t in came) <= _OBJECT_REACH


def _found(unit: Unit, means: set[str], words: set[str]) -> str | None:
    """What was found: bodies, or arms."""
    if any(row.measure == "bodies" for row in unit.counts) or words & BODIES:
        return "body_transfer"
    return "weapons_disrupted" if means or words & AMMUNITION else None


def _main_clause(sentence: Sentence, triggers: list[Trigger]) -> list[Trigger]:
    """Triggers without those of relative clauses, which say again what is known: "الذين هربوا وانضموا إلى"."""
    kept: list[Trigger] = []
    restated: Trigger | None = None
    for trigger in triggers:
        goes_on = (
            restated is not None
            and "و" in trigger.proclitics
            and not any(t.kind == "punct" for t in sentence.tokens[restated.last : trigger.first])
        )
        if trigger.finite and (sentence.text(trigger.first - 1) in _RELATIVES or goes_on):
            restated = trigger
        else:
            kept.append(trigger)
    return kept


def _blast(means: set[str], words: set[str], named: set[str], attacked: bool) -> str:
    if words & LEFTOVERS or means & MINED or "cluster" in means:
        return "landmine"
    if means & PLANTED:
        return "explosive_device"
    if "grenade" in means:
        return "grenade"
    if "explosive_device" in named:
        return "explosive_device"
    # A shell that goes off by itself was left behind.
    return "landmine" if means & (GROUND - {"missile"}) and not attacked else "explosion"


def _shot(bare: set[str]) -> str:
    return "assassination" if bare & _NAMED or bare & {w.removeprefix("ال") for w in _RANKS} else "attack_on_civilians"


def _only_carried(clues: Clues) -> bool:
    """Whether aircraft are named that nothing is said to have struck from: "نقل ثمانية مصابين بطائرة إخلاء"."""
    sentence, unit = clues.unit.sentence, clues.unit
    carried = sentence.cues_in(unit.first, unit.last, "flown")
    return bool(carried) and not any(t.entry.strength != "cue" for t in clues.triggers)


def _died(clues: Clues) -> bool:
    """Whether people only die, of nothing that is told: "وفاة طفلة", not "توفي متأثرا بجراحه"."""
    unit = clues.unit
    harms = [t for t in unit.triggers if t.entry.outcome]
    if not harms or clues.means or any("dies" not in t.entry.traits for t in harms):
        return False
    if any(t.entry.strength != "cue" and not t.entry.outcome for t in unit.triggers):
        return False
    return not unit.sentence.cues_in(unit.first, unit.last, "of_violence") and not clues.victims_armed


def _by_harm(clues: Clues) -> str | None:
    """A harm whose cause is told by the means alone, or not at all."""
    unit, means, words = clues.unit, clues.means, clues.bare | clues.words
    if not any(
        row.measure in ("killed", "injured", "missing", "bodies", "other") for row in unit.counts
    ) and not unit.of_kind("harm"):
        hit = clues.victims_armed or clues.victims_civilian
        weak = [t.entry for t in unit.triggers if t.entry.strength == "weak"]
        if not any(entry.frame == "strike" or (entry.means and hit) for entry in weak):
            return None
        return "armed_clash" if clues.victims_armed else "attack_on_civilians"
    carried = _only_carried(clues)
    if _died(clues) or (carried and not unit.triggers):
        return ""
    if means & DRONE:
        return "drone_strike"
    if words & LEFTOVERS or means & MINED:
        return "landmine"
    if means & PLANTED:
        return "explosive_device"
    if clues.air and not carried:
        return "air_strike"
    if clues.ground:
        return "shelling"
    if clues.victims_armed and not clues.victims_civilian:
        return "assassination" if "fire" in clues.frames and _chosen(clues) else "armed_clash"
    if means & SHOT:
        return _shot(words)
    return "attack_on_civilians"
