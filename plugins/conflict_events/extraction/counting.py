"""Ties counted phrases to what happened to them: who was killed, who was hurt, how many raids and shells."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.extraction.governing import HARM, THINGS, Government, governments, measure_of
from conflict_events.extraction.names import name_end
from conflict_events.extraction.people import PeopleGroup, people_groups
from conflict_events.extraction.reading import Sentence, is_among
from conflict_events.extraction.totals import CountRow, Total, named_like, rows_of
from conflict_events.extraction.wordsets import word_set

__all__ = ["LIVES", "CountRow", "count_rows"]

_DESTROYED = word_set("destroyed")
_TOLL_NOUNS = word_set("toll_nouns")
_TOLL_LINKS = word_set("toll_links")
_CLAIMED = word_set("claimed")
_CARRIED = word_set("carried")
_IDENTITY = word_set("identity")
_AIRCRAFT = ("طاءر", "طاير", "طائر", "مروحي", "وطاير", "حوام")
_STANDINGS = frozenset({"detained", "abducted"})
_ALL = word_set("all_of_them")
LIVES = word_set("lives")
_LOST = word_set("lives_lost")
_CONVOYS = word_set("convoys")
_JOINING = word_set("joining")
_NO_DESCRIPTION = word_set("no_description")
_MOST_PLURAL = 10
_LONGEST_ITEM = 8
_LONGEST_TOLL = 30
_LONGEST_DESCRIPTION = 5


def count_rows(sentence: Sentence) -> list[CountRow]:
    """All counts of a sentence: totals, and sub-groups right after their total."""
    groups = people_groups(sentence)
    governed = governments(sentence, groups)
    totals = _Reader(sentence, groups, governed).read()
    rows: list[CountRow] = []
    named: Total | None = None
    for total in totals:
        total = named_like(total, named)
        rows += rows_of(total)
        if total.measures[0] not in THINGS:
            named = total
    return rows


class _Reader:
    """Walks through the phrases of a sentence and sorts them into totals and their parts."""

    def __init__(self, sentence: Sentence, groups: list[PeopleGroup], governed: dict[int, Government]) -> None:
        self._sentence = sentence
        self._groups = groups
        self._governed = governed
        self._totals: list[Total] = []
        self._previous: PeopleGroup | None = None
        self._in_parts = False
        self._announced: tuple[str, PeopleGroup] | None = None

    def read(self) -> list[Total]:
        """The totals, left to right."""
        for number, group in enumerate(self._groups):
            self._take(number, group)
        return self._totals

    def _take(self, number: int, group: PeopleGroup) -> None:
        if group.outcome in THINGS - {"bodies"}:
            if _counted(self._sentence, group):
                self._totals.append(Total((str(group.outcome),), [group], None, []))
                self._previous, self._in_parts = group, False
            return
        government = self._governed.get(group.first)
        paired = government is None and self._follows(group) and _bare_pair(self._previous, group)
        if self._announce(group) or (not paired and _back_reference(self._sentence, group, government)):
            return
        group = self._of_those_named(number, group)
        measures = self._measures(group, government)
        if self._announced is not None and measures == (self._announced[0],) and government is None:
            group = _of_those_announced(group, self._announced[1])
            self._announced = None
        total = self._totals[-1] if self._totals else None
        follows = self._follows(group)
        part = group.outcome is None or (total is not None and group.outcome == total.measures[0])
        divisible = total is not None and total.measures[0] not in THINGS - {"bodies"}
        if (
            total is not None
            and (divisible and part and government is None)
            and (self._opens_part(group) or (self._in_parts and follows) or self._apposes(number, group, total))
        ):
            total.parts.append(self._all_of(group, total))
            self._previous, self._in_parts = group, True
            return
        if measures:
            self._add(group, government, measures, follows)
        elif self._coordinated(group, follows) and total is not None:
            if not _same_number(self._previous, group):
                total.members.append(group)
        else:
            self._in_parts = False
            return
        self._previous, self._in_parts = group, False

    def _of_those_named(self, number: int, group: PeopleGroup) -> PeopleGroup:
        """A part of people who were not counted is theirs: "سيارة تقل عناصر من الحزب ... مقتل ثلاثة منهم"."""
        if not group.partitive or self._totals or group.actors or group.groups:
            return group
        named = next((g for g in reversed(self._groups[:number]) if g.actors and g.combatant), None)
        return group if named is None else replace(group, actors=named.actors, combatant=True, partitive=False)

    def _measures(self, group: PeopleGroup, government: Government | None) -> tuple[str, ...]:
        measures = government.measures if government is not None else ()
        if measures == ("defected",) and (group.civilian or "civilians" in group.groups):
            measures = ("displaced",)  # civilians who flee change no side
        if group.both:
            return ("killed", "injured")
        if group.outcome in _STANDINGS and measures:
            return measures
        if group.outcome in _STANDINGS and not group.quantified and group.best == 1:
            return ()
        if group.outcome is not None and (group.outcome not in HARM or group.outcome not in measures):
            return (group.outcome,)
        if not measures:
            measures = self._spoken_of(group)
        if not measures and self._announced is not None and group.numeric and self._reached(group):
            measures = (self._announced[0],)
        return measures

    def _spoken_of(self, group: PeopleGroup) -> tuple[str, ...]:
        """Measures of phrases that no single word governs: lives taken, marchers, those whom a convoy carries."""
        sentence, first = self._sentence, group.first
        before = {sentence.bare(i) for i in range(max(0, first - 3), first)}
        if sentence.text(first - 1) in LIVES and {sentence.bare(i) for i in range(max(0, first - 14), first)} & _LOST:
            return ("killed",)
        frames = {t.entry.frame for t in sentence.triggers}
        if group.quantified and "protest" in frames and before & _JOINING:
            return ("other",)
        carried = before & _CONVOYS or (self._previous is not None and self._previous.outcome == "vehicles")
        if "move" in frames and carried and group.combatant and group.quantified:
            return ("deployed",)
        return ()

    def _announce(self, group: PeopleGroup) -> bool:
        """A noun may say what a later number counts: "حصيلة القتلى ... إلى 5", "راح ضحيتها 8"."""
        measure = group.outcome if group.outcome in HARM else self._relative(group)
        if measure is None or group.quantified or group.qualifier not in ("vague", "exact"):
            return False
        before = {self._sentence.bare(i) for i in range(max(0, group.first - 2), group.first)}
        claimed = self._sentence.bare(group.first - 1) in _CLAIMED
        if not claimed and (group.numeric or not before & _TOLL_NOUNS):
            return False
        number = self._groups[self._groups.index(group) - 1] if self._groups.index(group) else None
        if number is not None and number.elliptical and number.numeric and group.first - number.last <= 1:
            # "ليرتفع إلى 267 تعداد القتلى": the number stands before its noun.
            self._totals.append(Total((measure,), [number], None, []))
            self._previous = group
            return True
        self._announced = (measure, group)
        return True

    def _relative(self, group: PeopleGroup) -> str | None:
        """Measure that a relative clause gives: "تعداد المقاتلين الذين انشقوا", "العسكريين والمدنيين الذين قتلوا"."""
        if not group.definite or group.numeric:
            return None
        at = group.last
        later = next((g for g in self._groups if g.first == at and g.conjoined and g.definite), None)
        at = later.last if later is not None else at
        if self._sentence.text(at) not in ("الذين", "اللواتي", "ممن"):
            return None
        verb = next((t for t in self._sentence.triggers if at < t.last <= at + 3), None)
        return measure_of(verb) if verb is not None else None

    def _reached(self, group: PeopleGroup) -> bool:
        """Whether "إلى", "بلغ" or the like leads from the announced noun to the number."""
        start = self._announced[1].last if self._announced is not None else group.last
        if not 0 <= group.first - start <= _LONGEST_TOLL:
            return False
        if self._sentence.bare(start - 2) in _CLAIMED:
            return True
        text = self._sentence.text
        linking = {text(i).lstrip("و") for i in range(max(start, group.first - 2), group.first + 1)}
        return bool(linking & _TOLL_LINKS) or text(group.first).startswith("ل")

    def _follows(self, group: PeopleGroup) -> bool:
        """Whether و ties the phrase to the one before, nothing but a comma between."""
        if self._previous is None:
            return False
        if not group.conjoined:
            return not self._in_parts and not self._previous.partitive and self._besides(group)
        start = self._previous.last
        if self._previous.best == 1:
            start = min(name_end(self._sentence, start), group.first)  # "القيادي فلان و7 من مرافقيه"
            if self._described(start, group.first):
                return True
        between = [t.text for t in self._sentence.tokens[start : group.first]]
        gap = [text for text in between if text != "و"]
        listed = group.quantified and group.numeric and gap[-1:] == ["،"]
        if listed and self._in_parts and len(between) <= _LONGEST_ITEM:
            return True
        comma = self._in_parts or self._previous.partitive or (listed and bool(group.actors))
        return len(between) <= 3 and all(text in ("و", ")", '"', "'", "،" if comma else "و") for text in between)

    def _besides(self, group: PeopleGroup) -> bool:
        """Whether more people are told of right behind the one before: "عشرة جنود إضافة إلى ثلاثة مدنيين"."""
        if self._previous is None or not self._previous.numeric or not group.numeric:
            return False
        start, sentence = self._previous.last, self._sentence
        cue = next((c for c in sentence.cues_in(start, group.first, "besides") if c.last == group.first), None)
        return cue is not None and (
            sentence.skip_punct(start) == cue.first
            or self._described(start, cue.first - (sentence.text(cue.first - 1) == "،"))
        )

    def _described(self, first: int, last: int) -> bool:
        """Whether only words that say who the one before is stand there: "طبيب الأطفال في الحي وثلاثة من زملائه"."""
        sentence = self._sentence
        words = sentence.tokens[first:last]
        if not 0 < len(words) <= _LONGEST_DESCRIPTION or any(t.kind != "word" and t.text not in "\"'()" for t in words):
            return False
        if any(t.first < last and first < t.last for t in sentence.triggers) or words[-1].text == "و":
            return False
        joined = any(t.text.startswith("و") or t.text in _NO_DESCRIPTION for t in words)
        verbs = any(a.pos == "verb" for i in range(first, last) for a in sentence.analyses[i])
        return not (joined or verbs or any(d.first < last and first < d.last for d in sentence.dates))

    def _add(self, group: PeopleGroup, government: Government | None, measures: tuple[str, ...], follows: bool) -> None:
        total = self._totals[-1] if self._totals else None
        last = total is not None and total.members[-1] is self._previous
        if (
            total is not None
            and follows
            and government is None
            and group.outcome is None
            and total.measures == measures
        ):
            total.members.append(group)
        elif total is not None and follows and last and government is None and _bare_pair(self._previous, group):
            if not _same_number(self._previous, group):
                total.members.append(group)
            total.measures = tuple(dict.fromkeys((*total.measures, str(group.outcome))))
        else:
            self._totals.append(Total(measures, [group], government.trigger if government else None, []))

    def _coordinated(self, group: PeopleGroup, follows: bool) -> bool:
        """A further victim of the same verb: "مقتل امرأة وثلاثة أطفال"."""
        total = self._totals[-1] if self._totals else None
        if total is None or not follows or total.measures[0] in THINGS or total.members[-1] is not self._previous:
            return False
        partitive = self._sentence.text(group.last) == "من"  # "واثنان من زبائنها"
        return not group.elliptical or (group.numeric and (group.others or partitive))

    def _opens_part(self, group: PeopleGroup) -> bool:
        """Whether "بينهم" or the like stands right before the phrase, or "منهم" in it."""
        if group.partitive:
            return True
        previous = self._previous
        if self._sentence.bare(group.first - 1) in _ALL and previous is not None and group.first - previous.last <= 3:
            return True
        return any(
            cue.last <= group.first <= cue.last + 2 and (previous is None or previous.last <= cue.first)
            for cue in self._sentence.cues.get("subgroup", ())
        )

    def _all_of(self, group: PeopleGroup, total: Total) -> PeopleGroup:
        """With "جميعهم" the part is the whole: "تسعة قتلى جميعهم مدنيون"."""
        before = {self._sentence.bare(i) for i in range(max(0, group.first - 2), group.first)}
        if group.numeric or len(total.members) > 1 or not before & _ALL:
            return group
        whole = total.members[0]
        return replace(group, low=whole.low, best=whole.best, high=whole.high, qualifier=whole.qualifier)

    def _apposes(self, number: int, group: PeopleGroup, total: Total) -> bool:
        """Whether the parts name the whole: "ثلاثة آخرين طفلة وشابين", "مدنيين اثنين (رجل وابنه)", "هم رجل وامرأة"."""
        whole, previous = total.whole, self._previous
        if previous is None or whole is None or whole < 2 or total.members[-1] is not previous:
            return False
        between = [t.text for t in self._sentence.tokens[previous.last : group.first] if t.text not in "\"'"]
        if group.conjoined and not set(between) & _IDENTITY:
            return False
        parts = _run(self._sentence, self._groups[number:])
        if any(p.best is None for p in parts) or any(p.first in self._governed for p in parts):
            return False
        named = sum(p.best or 0 for p in parts)
        opened = between in ([], ["("], ["-"], [":"]) or bool(set(between) & _IDENTITY and len(between) <= 3)
        return named == whole if between == ["،"] else opened and named <= whole


def _of_those_announced(group: PeopleGroup, announced: PeopleGroup) -> PeopleGroup:
    """A number's people are those whose toll it is: "عدد القتلى في صفوف قوات الأمن ... إلى 18 شخصا"."""
    if group.actors or group.groups or not announced.actors:
        return group
    return replace(group, actors=announced.actors, combatant=announced.combatant)


def _same_number(previous: PeopleGroup | None, group: PeopleGroup) -> bool:
    """Whether one number counts both nouns: "ثمانون طالبا ونازحا"; each of them alone would be singular."""
    return (
        previous is not None
        and previous.quantified
        and (previous.best or 0) > _MOST_PLURAL
        and group.best == 1
        and not group.quantified
        and not group.others
    )


def _run(sentence: Sentence, groups: list[PeopleGroup]) -> list[PeopleGroup]:
    """The first of the groups and those that و ties to it."""
    run = groups[:1]
    for group in groups[1:]:
        between = [t.text for t in sentence.tokens[run[-1].last : group.first]]
        if not group.conjoined or any(text not in ("و", "،", '"', "'") for text in between):
            break
        run.append(group)
    return run


def _back_reference(sentence: Sentence, group: PeopleGroup, government: Government | None) -> bool:
    """Phrases that tell nothing new: "المصابين", "نقل الجرحى", "قتل المدنيين" as a habit."""
    if group.quantified or (group.numeric and government is not None):
        return False
    if group.outcome in HARM:
        if government is not None and group.outcome not in government.measures:
            return False
        carried = not group.numeric and any(
            is_among(sentence.bare(i), _CARRIED) for i in range(group.first - 2, group.first)
        )
        return (group.definite and government is None) or carried
    masdar = government is not None and not government.trigger.finite
    return group.definite and not group.numeric and masdar


def _counted(sentence: Sentence, group: PeopleGroup) -> bool:
    """Raids, shells and vehicles are rows only with a number or a quantifier; a vehicle also where it is destroyed."""
    before = sentence.bare(sentence.skip_punct(group.first - 1, -1)).lstrip("ب")
    near = range(max(0, group.first - 5), group.first)
    destroyed = before in _DESTROYED or any(is_among(sentence.bare(i), _DESTROYED) for i in near)
    if group.outcome == "other" or (group.outcome == "vehicles" and _flies(sentence, group)):
        return destroyed and (group.quantified or group.best == 2)
    if group.quantified or sentence.quantity_over(group.first) is not None or (group.numeric and group.best == 2):
        return True
    return group.outcome == "vehicles" and group.numeric and before in _DESTROYED


def _flies(sentence: Sentence, group: PeopleGroup) -> bool:
    """Aircraft act; they are counted where they are brought down."""
    return any(sentence.text(i).startswith(_AIRCRAFT) for i in range(group.first, group.last))


def _bare_pair(previous: PeopleGroup | None, group: PeopleGroup) -> bool:
    """One quantity over both nouns: "عدد من القتلى والجرحى", "عشرون قتيلا وجريحا"."""
    return (
        previous is not None
        and previous.outcome in HARM
        and group.outcome in HARM
        and group.outcome != previous.outcome
        and (not group.numeric or _same_number(previous, group))
        and (group.last - group.first == 1 or (not previous.numeric and not group.quantified))
    )
