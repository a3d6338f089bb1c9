"""Cuts a sentence into units: runs of triggers and counts that tell of one occurrence.

A unit is "قتل مدني وأصيب طفل جراء قصف استهدف البلدة": harm, its cause, and what follows from it. A new finite clause, a
connector ("كما", "فيما") or a harm that comes after a harm with its own cause opens the next unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.extraction.counting import CountRow, count_rows
from conflict_events.extraction.reading import Sentence, Trigger
from conflict_events.extraction.wordsets import word_set

__all__ = ["Anchor", "Unit", "units_of"]

_LINK_WORDS = frozenset(
    "في خلال من عن الي ب ل وسط اثناء ضمن مع بعد قبل جراء اثر نتيجه بسبب عقب ضحيه ضحايا حصيله".split()
)
_CONNECTIVES = frozenset({"و", "ف", "ثم", "كما"})
_LIGHT_FRAMES = frozenset({"undergo", "fall", "fire", "repel"})
_PEACEFUL_FRAMES = frozenset({"defect", "move", "recruit", "agree", "release", "transfer", "establish", "protest"})
_PURPOSE_FRAMES = frozenset({"clash", "seize", "raid", "release"})
_EXPOSED = frozenset("تعرض تعرضت تعرضه تعرضها نتيجه ضحيه هدفا محاوله".split())
_CAPTIVE_FRAMES = frozenset({"abduct", "arrest"})
_SETTING_ABOUT = word_set("setting_about")
_VERB_REACH = 6
_OF_IT = 2
_SET_OFF = frozenset({"seize", "protest"})
_CAUSE_REACH = 10
_GOING_ON = frozenset("استمرار تواصل تجدد اندلاع".split())
_PLACE_REACH = 8
_SETTING_REACH = 5
_REASON_REACH = 5
_THERE = frozenset("وفي اما واما".split())
_AFTERMATH = frozenset("ساعات ساعه يوم يومين ايام دقائق اسبوع قليل".split())


@dataclass(frozen=True, slots=True)
class Anchor:
    """A trigger or a bare count that a unit hangs on.

    Attributes:
        first: First token.
        last: One past the last token.
        kind: event, harm or link.
        trigger: The trigger, None for a count that speaks for itself ("ثلاثة قتلى").
        measure: Measure of a harm, else "".
    """

    first: int
    last: int
    kind: str
    trigger: Trigger | None = None
    measure: str = ""

    @property
    def finite(self) -> bool:
        """Whether it is a conjugated verb."""
        return self.trigger is not None and self.trigger.finite


@dataclass(slots=True)
class Unit:
    """One occurrence as one sentence tells it.

    Attributes:
        sentence: The sentence.
        anchors: Its anchors in text order.
        first: First token that its slots may be read from.
        last: One past the last.
        counts: Its counts.
        before: The unit before it in its sentence, None for the first.
    """

    sentence: Sentence
    anchors: list[Anchor]
    first: int = 0
    last: int = 0
    counts: list[CountRow] = field(default_factory=list)
    before: Unit | None = None

    @property
    def continues(self) -> bool:
        """Whether it was opened inside a sentence, after another unit."""
        return self.before is not None

    @property
    def triggers(self) -> list[Trigger]:
        """Its triggers in text order."""
        return [anchor.trigger for anchor in self.anchors if anchor.trigger is not None]

    def of_kind(self, kind: str) -> list[Anchor]:
        """Its anchors of one kind."""
        return [anchor for anchor in self.anchors if anchor.kind == kind]


def units_of(sentence: Sentence) -> list[Unit]:
    """The units of a sentence, in order; () where nothing is told."""
    counts = count_rows(sentence)
    found = _without_reasons(sentence, [a for a in _anchors(sentence, counts) if not _purpose(sentence, a)])
    anchors = _without_setting(sentence, found)
    units: list[Unit] = []
    for anchor in anchors:
        if not units or _opens(sentence, units[-1], anchor):
            units.append(Unit(sentence, [anchor], before=units[-1] if units else None))
        else:
            units[-1].anchors.append(anchor)
    _set_ranges(sentence, units)
    if units and len(anchors) < len(found):
        units[0].first = _setting_end(sentence, found[len(found) - len(anchors) - 1].last, anchors[0].first)
    for row in counts:
        owner = _owner(units, row)
        if owner is not None:
            owner.counts.append(row)
    return units


def _anchors(sentence: Sentence, counts: list[CountRow]) -> list[Anchor]:
    found = []
    for trigger in sentence.triggers:
        entry = trigger.entry
        if entry.outcome:
            found.append(Anchor(trigger.first, trigger.last, "harm", trigger, entry.outcome))
        elif entry.frame == "result":
            found.append(Anchor(trigger.first, trigger.last, "link", trigger))
        else:
            found.append(Anchor(trigger.first, trigger.last, "event", trigger))
    for cue in (*sentence.cues.get("result", ()), *sentence.cues.get("cause", ())):
        found.append(Anchor(cue.first, cue.last, "link"))
    covered = {(row.governor.first if row.governor else -1) for row in counts}
    for row in counts:
        harm = row.group is None and row.measure in ("killed", "injured", "missing", "bodies", "other")
        if harm and row.governor is None and row.people.first not in covered:
            found.append(Anchor(row.people.first, row.people.last, "harm", None, row.measure))
    return sorted(found, key=lambda a: (a.first, a.kind != "link"))


def _without_reasons(sentence: Sentence, anchors: list[Anchor]) -> list[Anchor]:
    """Anchors without what others only answer, and what is said of it: "ردا على هجوم شنته الجماعة"."""
    kept: list[Anchor] = []
    reason = None
    for anchor in anchors:
        if _reason(sentence, anchor):
            reason = anchor
        elif (
            reason is None
            or not anchor.finite
            or anchor.first - reason.last > _OF_IT
            or sentence.text(reason.last) in "،."
        ):
            kept.append(anchor)
    return kept


def _reason(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether an act is only what another one answers: "مظاهرة تنديدا بالقصف", "ردا على هجمات"."""
    if anchor.kind != "event" or anchor.finite:
        return False
    cues = sentence.cues_in(max(0, anchor.first - _REASON_REACH), anchor.first, "reason")
    return any(
        not any(t.kind == "punct" and t.text in "،." for t in sentence.tokens[c.last : anchor.first]) for c in cues
    )


def _purpose(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether ل before a masdar says what for: "ذهبت لقتال المعارضة"; not "تعرضت لقصف" or "أدى لاندلاع"."""
    trigger = anchor.trigger
    if (
        trigger is None
        or trigger.entry.frame not in _PURPOSE_FRAMES
        or "ل" not in trigger.proclitics
        or trigger.form == "finite"
    ):
        return False
    before = [t for t in sentence.triggers if t.last <= trigger.first and trigger.first - t.last <= _REASON_REACH]
    return (
        not any(t.entry.frame in ("undergo", "result", "repel") or t.entry.outcome for t in before)
        and sentence.bare(anchor.first - 1) not in _EXPOSED
    )


def _without_setting(sentence: Sentence, anchors: list[Anchor]) -> list[Anchor]:
    """Anchors without a known occurrence that only tells when the sentence's own happens ("وعقب القصف عمدت ...")."""
    if len(anchors) < 2 or anchors[0].kind != "link" or anchors[0].first > 1:
        if not (anchors and anchors[0].kind == "event" and _sets_time(sentence, anchors[0])):
            return anchors
        setting, rest = anchors[0], anchors[1:]
    else:
        setting, rest = anchors[1], anchors[2:]
    known = setting.kind == "event" and setting.trigger is not None and setting.trigger.definite and not setting.finite
    if not known or not rest or any(a.kind != "event" for a in rest[:1]):
        return anchors
    return rest


def _sets_time(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether the sentence begins with the time of something known: "بعد القصف", "تزامنا مع التفجير"."""
    if anchor.first <= 2 and (
        sentence.cue_at(anchor.first - 1, "cause_after") or sentence.bare(anchor.first - 1) == "قبل"
    ):
        return True
    return any(c.last == anchor.first for c in sentence.cues_in(0, _SETTING_REACH, "boundary"))


def _setting_end(sentence: Sentence, first: int, last: int) -> int:
    """Where the clause behind a setting begins: after its comma, else right behind its noun."""
    commas = [i for i in range(first, last) if sentence.tokens[i].kind == "punct" and sentence.text(i) in "،,"]
    if not commas or sentence.text(commas[0] + 1) in _LINK_WORDS:
        # "وعقب القصف عمدت الميليشيات في الميادين، إلى ...": the comma stands inside the main clause.
        return first
    return commas[0] + 1


def _opens(sentence: Sentence, unit: Unit, anchor: Anchor) -> bool:
    """Whether the anchor tells of another occurrence than the unit."""
    last = unit.anchors[-1]
    if anchor.kind == "link" or _same_people(sentence, unit, anchor):
        return False
    hard = bool(sentence.cues_in(last.last, anchor.first, "boundary")) or _elsewhere(sentence, last, anchor) is not None
    joined = _joined(sentence, anchor)
    events, harms = unit.of_kind("event"), unit.of_kind("harm")
    if events and not harms and _made_them(sentence, events[0], last, anchor):
        return True
    if last.kind == "link" and not (anchor.kind == "harm" and events and harms and joined):
        return False
    if anchor.kind == "harm":
        repeated = any(h.measure == anchor.measure for h in harms)
        harm_first = bool(harms and events) and harms[0].first < events[0].first
        if hard and events and _of_another_cause(sentence, anchor):
            return True
        if joined and repeated and events and _has_own_place(sentence, unit, anchor):
            return True  # "تحييد 12 مسلحا في غارات شمالي العراق، واستشهاد جندي في هجوم في هكاري"
        return (hard or (joined and anchor.finite)) and (repeated or (harm_first and anchor.finite))
    if not events:
        return hard and not _linked(sentence, last, anchor)
    if _set_about(sentence, last, anchor) or _alongside(sentence, unit, anchor):
        return True
    if _linked(sentence, last, anchor):
        return _aftermath(sentence, anchor)
    trigger = anchor.trigger
    if trigger is not None and trigger.entry.strength == "cue" and not anchor.finite:
        return False
    return hard or (trigger is not None and _is_anew(sentence, unit, trigger, anchor, joined))


def _is_anew(sentence: Sentence, unit: Unit, trigger: Trigger, anchor: Anchor, joined: bool) -> bool:
    """Whether a further act is a new one: a verb that و ties to the clause before, or one with a place of its own."""
    if trigger.finite:
        tied = joined and "sequel" not in trigger.entry.traits
        further = tied or _then(sentence, anchor) or _has_own_place(sentence, unit, anchor)
        return trigger.passive is not True and further
    return joined and trigger.entry.action is not None and _has_own_place(sentence, unit, anchor)


def _of_another_cause(sentence: Sentence, harm: Anchor) -> bool:
    """Whether a harm has a cause told with it, not the one known: "فيما قتل عنصر إثر سقوط قذيفة", not "جراء القصف"."""
    causes = sentence.cues_in(harm.last, harm.last + _CAUSE_REACH, "cause")
    if not harm.finite or not causes:
        return False
    told = next((t for t in sentence.triggers if 0 <= t.first - causes[0].last <= 1), None)
    return told is not None and not told.definite and told.entry.outcome is None


def _made_them(sentence: Sentence, event: Anchor, last: Anchor, anchor: Anchor) -> bool:
    """Whether what is told is the reason or time of a peaceful act: "هربوا إثر إرسال ...", "انسحبت بعد هجوم ..."."""
    behind = last.kind == "link" or sentence.cue_at(anchor.first - 1, "cause_after") is not None
    return behind and anchor.kind == "event" and (_peaceful(event) or _takes(event, anchor))


def _takes(event: Anchor, anchor: Anchor) -> bool:
    """Whether people are taken after something else: "خطفهم بعد استيلائه على البلدة", "اعتقلت رجلا بعد احتجاجات"."""
    if event.trigger is None or anchor.trigger is None or anchor.trigger.entry.frame not in _SET_OFF:
        return False
    return event.trigger.entry.frame in _CAPTIVE_FRAMES


def _set_about(sentence: Sentence, last: Anchor, anchor: Anchor) -> bool:
    """Whether a verb of its own opens a clause about the anchor: "وردت الفصائل باستهداف مواقع", "ليقوم الجيش بقصف"."""
    trigger = anchor.trigger
    if trigger is None or trigger.finite or "ب" not in trigger.proclitics:
        return False
    for index in range(anchor.first - 1, max(last.last, anchor.first - _VERB_REACH) - 1, -1):
        word = sentence.text(index)
        if sentence.bare(index) in _SETTING_ABOUT or word.removeprefix("ل") in _SETTING_ABOUT:
            opened = word[0] in "وفل" or sentence.text(index - 1) in ("،", "ثم", "كما", "فيما", "بينما")
            return opened and index > last.last - 1
    return False


def _then(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether a verb tells what came next: "سيطرت الفصائل على الموقع، لتستعيده القوات بعد أيام"."""
    trigger = anchor.trigger
    return trigger is not None and trigger.proclitics == "ل" and sentence.text(anchor.first - 1) == "،"


def _alongside(sentence: Sentence, unit: Unit, anchor: Anchor) -> bool:
    """Whether an act is told to go on beside the unit's own: "بالتزامن مع قصف على القرية", "وسط استمرار الاشتباكات"."""
    cues = sentence.cues_in(unit.anchors[-1].last, anchor.first, "boundary", "alongside")
    beside = any(c.last == anchor.first or _only_renewed(sentence, c.last, anchor.first) for c in cues)
    if not beside and not _amid(sentence, anchor):
        return False
    return _peaceful(unit.of_kind("event")[0]) or _another_act(sentence, unit, anchor)


def _only_renewed(sentence: Sentence, first: int, last: int) -> bool:
    """Whether one word that says that an act goes on is all between: "بالتزامن مع تجدد القصف"."""
    return last - first == 1 and sentence.text(first) in _GOING_ON


def _amid(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether an act goes on around another one: "شن الطيران غارات وسط استمرار الاشتباكات بين الطرفين"."""
    before = anchor.first - 1
    if sentence.text(before) in _GOING_ON:
        before -= 1
    return sentence.text(before) == "وسط"


def _another_act(sentence: Sentence, unit: Unit, anchor: Anchor) -> bool:
    """Whether what happens at the same time is of another kind or elsewhere: "بالتزامن مع قصف مدفعي على البلدة"."""
    trigger = anchor.trigger
    if trigger is None or trigger.entry.action is None:
        return False
    if trigger.definite and sentence.text(anchor.first - 1) not in _GOING_ON:
        return False
    acts = {t.entry.action for t in unit.triggers if t.entry.action}
    places = (unit.anchors[0].first, anchor.first), (anchor.last, anchor.last + _PLACE_REACH)
    both = all(any(first < p.head <= last for p in sentence.places) for first, last in places)
    return both or (bool(acts) and trigger.entry.action not in acts)


def _same_people(sentence: Sentence, unit: Unit, anchor: Anchor) -> bool:
    """Whether a verb says more of those whom the unit told of: "انشقوا والتحقوا"; "مقتل 57 شخصا، وسقطوا جراء ..."."""
    trigger, last = anchor.trigger, unit.anchors[-1].trigger
    if trigger is None:
        return False
    if trigger.entry.frame == "join":
        return _tells_of(unit, "defect")
    if trigger.entry.frame == "arrest" and _joined(sentence, anchor) and not _has_own_place(sentence, unit, anchor):
        # "اقتحمت القوات المخيم واعتقلت ستة شبان".
        return last is not None and last.entry.frame == "raid"
    counted_anew = any(anchor.last <= q.first <= anchor.last + 2 for q in sentence.quantities)
    they_fell = trigger.entry.frame == "fall" and anchor.finite and sentence.text(anchor.first).endswith("وا")
    return they_fell and bool(unit.of_kind("harm")) and not counted_anew


def _has_own_place(sentence: Sentence, unit: Unit, anchor: Anchor) -> bool:
    """Whether two acts name a place each and are parted, by a comma or by being of two kinds.

    "قصفت القوات بلدة كذا، استهدف الطيران مدينة كذا"; "قصف على جبل كذا وتفجير شمال مدينة كذا".
    """
    last, trigger = unit.anchors[-1], anchor.trigger
    before = [p for p in sentence.places if unit.anchors[0].first < p.head < anchor.first]
    after = [p for p in sentence.places if anchor.last <= p.head <= anchor.last + 8]
    if not before or not after:
        return False
    if any(sentence.text(i) == "،" for i in range(last.last, anchor.first)):
        return True
    if trigger is None or anchor.finite or _tells_of(unit, trigger.entry.frame):
        return False
    return _joined(sentence, anchor)


def _elsewhere(sentence: Sentence, last: Anchor, anchor: Anchor) -> int | None:
    """Where a clause about another place begins: "...، وفي منطقة صرواح دمرت غارة ..."; None where none does."""
    for index in range(last.last, anchor.first):
        if sentence.text(index) in "،؛" and sentence.text(index + 1) in _THERE:
            place = next((p for p in sentence.places if index + 2 <= p.head <= index + 3), None)
            if place is not None and place.last <= anchor.first:
                return index
    return None


def _peaceful(anchor: Anchor) -> bool:
    return anchor.trigger is not None and anchor.trigger.entry.frame in _PEACEFUL_FRAMES


def _tells_of(unit: Unit, frame: str) -> bool:
    """Whether a trigger of that frame is among the unit's."""
    return any(t.entry.frame == frame for t in unit.triggers)


def _joined(sentence: Sentence, anchor: Anchor) -> bool:
    if anchor.trigger is not None and set(anchor.trigger.proclitics) & {"و", "ف"}:
        return True
    if sentence.text(anchor.first)[:1] == "و" and anchor.trigger is None:
        return True
    return (
        sentence.text(anchor.first - 1) in _CONNECTIVES
        or (
            sentence.text(anchor.first - 1) in ("قد", "كان", "كانت")
            and sentence.text(anchor.first - 2) in ("و", "وقد", "وكان", "وكانت")
        )
        or sentence.text(anchor.first - 1) in ("وقد", "وكان", "وكانت")
    )


def _linked(sentence: Sentence, last: Anchor, anchor: Anchor) -> bool:
    """Whether a preposition or the verb before governs the anchor ("في قصف", "بغارة", "تعرضت لقصف")."""
    trigger = anchor.trigger
    if trigger is not None and not trigger.finite and set(trigger.proclitics) & {"ب", "ل"}:
        return True
    before = sentence.skip_punct(anchor.first - 1, -1)
    if sentence.text(before) in _LINK_WORDS or sentence.text(before).lstrip("و") in _LINK_WORDS:
        return True
    light = last.trigger is not None and (
        last.trigger.entry.strength == "cue" or last.trigger.entry.frame in _LIGHT_FRAMES
    )
    return light and not anchor.finite


def _aftermath(sentence: Sentence, anchor: Anchor) -> bool:
    """As in "بعد ساعات من انفجار": the later occurrence is told beside an earlier one."""
    words = [sentence.text(i) for i in range(max(0, anchor.first - 4), anchor.first)]
    return "بعد" in words and bool(_AFTERMATH & set(words))


def _set_ranges(sentence: Sentence, units: list[Unit]) -> None:
    for number, unit in enumerate(units):
        unit.first = units[number - 1].last if number else 0
        if number + 1 == len(units):
            unit.last = len(sentence)
        else:
            following = units[number + 1].anchors[0]
            there = _elsewhere(sentence, unit.anchors[-1], following)
            unit.last = there or _split_point(sentence, unit.anchors[-1].last, following.first)


def _split_point(sentence: Sentence, first: int, last: int) -> int:
    """Where the next unit's clause begins between two anchors."""
    cues = sentence.cues_in(first, last, "boundary")
    if cues:
        return cues[0].first
    commas = [i for i in range(first, last) if sentence.tokens[i].kind == "punct" and sentence.text(i) in "،؛,:"]
    if not commas:
        return last
    for comma in commas:
        if sentence.text(comma + 1).startswith("و") and sentence.text(comma + 1) not in ("و",):
            opener = sentence.text(comma + 1)[1:]
            if opener in ("في", "ب", "ذلك", "قرب", "علي"):
                return comma + 1
    return commas[-1] + 1


def _owner(units: list[Unit], row: CountRow) -> Unit | None:
    at = row.governor.first if row.governor is not None else row.people.first
    for unit in units:
        if any(a.first == at for a in unit.anchors):
            return unit
    return next((u for u in units if u.first <= row.people.first < u.last), None)
