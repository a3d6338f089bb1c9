"""Which codebook action a unit tells of: its triggers, the means of attack, and whom it hit."""

from __future__ import annotations

from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.units import Unit

__all__ = ["FAMILIES", "action_of", "family", "means_of"]

_AIR_WORDS = frozenset(
    "جوي جويا جويه الجوي الجويه حربي حربيه الحربي الحربيه مروحي مروحيه مروحيات المروحيات مقاتلات طيران الطيران طاءرات طايرات الطايرات".split()
)
_GROUND_WORDS = frozenset(
    "مدفعي مدفعيا مدفعيه المدفعيه المدفعي صاروخي صاروخيا صاروخيه الصاروخيه الصاروخي بري بالصواريخ هاون الهاون".split()
)
_DRONE = frozenset({"drone"})
_AIR = frozenset({"aircraft", "helicopter", "barrel_bomb", "air_bomb", "warplane", "airstrike"})
_GROUND = frozenset(
    {
        "artillery",
        "mortar",
        "rocket",
        "missile",
        "shell",
        "tank",
        "mlrs",
        "cluster",
        "guided_missile",
        "heavy_weapons",
        "howitzer",
        "anti_tank",
    }
)
_PLANTED = frozenset({"ied", "car_bomb", "motorcycle_bomb", "explosive", "sticky_bomb"})
_MINED = frozenset({"mine", "landmine", "remnant", "uxo", "explosive_remnant", "unexploded"})
_SHOT = frozenset({"small_arms", "sniper", "machine_gun", "rifle", "pistol", "knife", "gunfire", "blade"})
_LEFTOVERS = frozenset("مخلفات المخلفات لغم الغام الالغام اللغم لغما لغمين بلغم".split())
_AIR_DEFENCE = frozenset("دفاع الدفاع دفاعات الدفاعات دفاعاتنا دفاعنا وساءط وسايط مضادات المضادات للدفاعات".split())
_AMMUNITION = frozenset(
    "اسلحه الاسلحه ذخيره ذخاءر ذخاير الذخيره عتاد للعتاد العتاد متفجرات مسيره مسيرات طاءره طاءرات عبوات مستودع كدس".split()
)
_BODIES = frozenset("جثه جثث جثمان جثامين جثته بجثه جثمانه رفات".split())
_SUICIDE = frozenset("انتحاري انتحاريه الانتحاري انتحاريا انتحاريان انتحاريين".split())
_NAMED = frozenset(
    "قيادي قياديا القيادي قاءد قايد القايد ناشط الناشط صحفي الصحفي اعلامي الاعلامي رييس مسوول المسوول شيخ الشيخ وجيه مختار القاضي قاضي ضابط سابق عضو".split()
)
_RELATIVES = frozenset("الذين الذي التي".split())

FAMILIES = {
    "Explosions/Remote violence": (
        "air_strike drone_strike shelling explosive_device landmine explosion suicide_bomb grenade chemical_attack"
    ),
    "Battles": "armed_clash territory_captured",
    "Violence against civilians": "attack_on_civilians execution torture sexual_violence abduction assassination",
    "Protests": "protest",
    "Riots": "riot",
    "Strategic developments": (
        "arrest defection troop_movement recruitment base_established territory_transfer agreement weapons_disrupted looting_destruction "
        "body_transfer other"
    ),
    "Toll": "casualty_toll",
}
_FAMILY = {action: name for name, actions in FAMILIES.items() for action in actions.split()}
_BY_VIOLENCE = (
    "suicide_bomb chemical_attack execution torture sexual_violence assassination drone_strike air_strike explosive_device landmine grenade shelling "
    "armed_clash territory_captured attack_on_civilians abduction explosion riot protest arrest defection troop_movement "
    "recruitment base_established territory_transfer agreement weapons_disrupted looting_destruction body_transfer other"
).split()


def family(action: str) -> str:
    """ACLED event type of an action ("Toll" for a casualty toll)."""
    return _FAMILY[action]


def means_of(sentence: Sentence, first: int, last: int) -> set[str]:
    """Ids of the weapons named in a range."""
    return {
        term for mention, term in sentence.means if first <= mention.first < last and not sentence.aside(mention.first)
    }


def action_of(unit: Unit, victims_armed: bool, victims_civilian: bool) -> str | None:
    """The action, or None where the unit names no act by itself.

    Args:
        unit: The unit.
        victims_armed: Whether fighters are among those hit.
        victims_civilian: Whether civilians are among those hit.
    """
    sentence = unit.sentence
    told = [i for i in range(unit.first, unit.last) if not sentence.aside(i)]
    words = {sentence.text(i) for i in told}
    bare = {sentence.bare(i) for i in told}
    means = means_of(sentence, unit.first, unit.last)
    triggers = [t for t in unit.triggers if not t.entry.outcome and t.entry.frame != "result"]
    triggers = _main_clause(sentence, triggers) or triggers
    frames = {t.entry.frame for t in triggers}
    named = {t.entry.action for t in triggers if t.entry.action and t.entry.strength != "cue"}
    if (
        "suicide_bomb" in named
        or (words & _SUICIDE and frames & {"blast", "strike"})
        or "suicide" in means
        or "suicide_vest" in means
    ):
        return "suicide_bomb"
    if means & {"chemical", "chlorine", "sarin", "gas"} and frames & {"strike", "fire", "blast", "fall", "undergo"}:
        return "chemical_attack"
    if "repel" in frames and words & _AIR_DEFENCE and words & _AIR_WORDS:
        return "weapons_disrupted"
    if triggers and triggers[0].entry.frame == "disrupt" and (means or words & _AMMUNITION):
        return "weapons_disrupted"
    if frames & {"arrive", "bodies", "find"} and (_bodies_first(unit) or ("arrive" in frames and _dead_first(unit))):
        return "body_transfer"
    if frames & {"arrive"} and not frames & {"strike", "clash", "blast"}:
        return "troop_movement" if victims_armed or "move" in frames else None
    if "find" in frames:
        found = _found(unit, means, words)
        if found is not None:
            return found
    if frames & {"blast"}:
        return _blast(means, bare | words, named, bool(frames & {"strike", "fire", "fall"}))
    attack = frames & {"strike", "fire", "fall", "undergo"} or not triggers
    ground = bool(means & _GROUND or (bare | words) & _GROUND_WORDS)
    air = bool(means & _AIR or (bare | words) & _AIR_WORDS) or "air_strike" in named
    if attack and (means & _DRONE) and "clash" not in frames:
        return "drone_strike"
    if "clash" in frames or ("repel" in frames and not frames & {"disrupt"}):
        acts = named & {"armed_clash"} or frames & {"clash"}
        if acts and not (frames & {"strike"} and (air or "shelling" in named) and not named & {"armed_clash"}):
            return "armed_clash"
    others = [a for a in _BY_VIOLENCE if a in named and a not in ("shelling", "air_strike", "other")]
    if (
        attack
        and frames & {"strike", "fire", "fall", "undergo"}
        and not set(others) & {"weapons_disrupted", "territory_captured", "assassination", "abduction"}
    ):
        if air and not ("shelling" in named and ground and "air_strike" not in named and not means & _AIR):
            return "air_strike"
        if means & _PLANTED:
            return "explosive_device"
        if means & _MINED or bare & _LEFTOVERS:
            return "landmine"
        if "grenade" in means:
            return "grenade"
        if ground or "shelling" in named:
            return "shelling"
        if means & _SHOT or "sniper" in means:
            return "armed_clash" if victims_armed and not victims_civilian else _shot(bare)
    if others:
        return others[0]
    if not triggers or frames <= {"strike", "fire", "kill", "fall", "undergo"}:
        return _by_harm(unit, means, bare | words, ground, air, victims_armed, victims_civilian)
    return "other" if "other" in named else None


def _bodies_first(unit: Unit) -> bool:
    """Whether the first thing counted is bodies."""
    totals = [row for row in unit.counts if row.group is None]
    return bool(totals) and totals[0].measure == "bodies"


def _dead_first(unit: Unit) -> bool:
    """ "نحو مئة قتيل وصلوا": the dead arrive."""
    totals = [row for row in unit.counts if row.group is None]
    return bool(totals) and totals[0].measure == "killed" and totals[0].governor is None


def _found(unit: Unit, means: set[str], words: set[str]) -> str | None:
    """What was found: bodies, or arms."""
    if any(row.measure == "bodies" for row in unit.counts) or words & _BODIES:
        return "body_transfer"
    return "weapons_disrupted" if means or words & _AMMUNITION else None


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


def _blast(means: set[str], words: set[str], named: set[str | None], attacked: bool) -> str:
    if words & _LEFTOVERS or means & _MINED or "cluster" in means:
        return "landmine"
    if means & _PLANTED:
        return "explosive_device"
    if "grenade" in means:
        return "grenade"
    if "explosive_device" in named:
        return "explosive_device"
    # A shell that goes off by itself was left behind.
    return "landmine" if means & (_GROUND - {"missile"}) and not attacked else "explosion"


def _shot(bare: set[str]) -> str:
    return "assassination" if bare & _NAMED else "attack_on_civilians"


def _by_harm(
    unit: Unit, means: set[str], words: set[str], ground: bool, air: bool, victims_armed: bool, victims_civilian: bool
) -> str | None:
    """A harm whose cause is told by the means alone, or not at all."""
    if not any(
        row.measure in ("killed", "injured", "missing", "bodies", "other") for row in unit.counts
    ) and not unit.of_kind("harm"):
        if not any(t.entry.strength == "weak" and t.entry.frame == "strike" for t in unit.triggers):
            return None
        return "armed_clash" if victims_armed else "attack_on_civilians"
    if means & _DRONE:
        return "drone_strike"
    if words & _LEFTOVERS or means & _MINED:
        return "landmine"
    if means & _PLANTED:
        return "explosive_device"
    if air:
        return "air_strike"
    if ground:
        return "shelling"
    if victims_armed and not victims_civilian:
        return "armed_clash"
    if means & _SHOT:
        return _shot(words)
    return "attack_on_civilians"
