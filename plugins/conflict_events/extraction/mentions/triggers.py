"""Triggers in a sentence: which words tell of an occurrence, and as verb, masdar or noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from conflict_events.arabic import Phrase, PhraseMatch, PhraseMatcher, fold_word, strip_article, tokenize
from conflict_events.extraction.reading import TRAITS, Sentence, Trigger, TriggerEntry
from conflict_events.extraction.vocabulary import Bit
from conflict_events.extraction.wordsets import word_set
from conflict_events.lexicon import Analysis
from conflict_events.lexicon.sources import Entry, LexiconError, entries, read_yaml

__all__ = ["TriggerReader"]

_FILE = "triggers.yaml"
_COMPLEMENT_REACH = 9
_COUNTED = word_set("counted")
_ROOT = 3  # letters of "رفع", which is "he raised" and "raising"
_FRAMES = (
    "find arrive strike undergo fall fire blast clash repel raid seize kill injure missing arrest abduct "
    "protest defect join move recruit establish transfer agree release disrupt destroy bodies displace result"
).split()
_PREPOSITIONS = frozenset(
    (
        "في من الي عن علي بعد قبل خلال جراء اثر نتيجه بسبب عقب وسط اثناء ضمن مع حصيله تنفيذ بفعل خلف وراء ضد "
        "محاوله عمليه استمرار"
    ).split()
)
# Behind these stands a name or a noun.
_NOT_BEFORE = 6
_NO_VERB_BEHIND = frozenset(
    (
        "في من الي علي قرب عند نحو صوب بين طريق مدينه بلده قريه ناحيه منطقه محيط ريف معبر باديه مطار سجن مخيم حي محور"
        " جبهه شرق غرب شمال جنوب شرقي غربي شمالي جنوبي"
    ).split()
)
_VERB_OPENERS = frozenset(
    (
        "قد وقد كان كانت وكان وكانت كما حيث بعدما عندما التي الذي والتي والذي الذين لم لن لا ان انه انها وانه "
        "وانها اذ ثم بينما فيما"
    ).split()
)


class TriggerReader:
    """Reads `triggers.yaml` and marks its words in sentences.

    Attributes:
        phrases: The trigger phrases.
        behind: For the first word of a phrase, without its article, the other words of each phrase that begins with it.
    """

    def __init__(self, folder: Path) -> None:
        data = read_yaml(folder / _FILE)
        self._entries: dict[str, TriggerEntry] = {}
        for entry in entries(data, "lexemes", _FILE):
            self._entries[entry.id] = _read(entry)
        phrases = []
        for entry in entries(data, "phrases", _FILE):
            known = _read(entry)
            forms = entry.texts("forms")
            if not forms:
                raise entry.error("forms", "a phrase needs at least one form")
            phrases += [Phrase(form, known, "optional") for form in forms]
        self.phrases = PhraseMatcher(phrases)
        self.behind: dict[str, list[frozenset[str]]] = {}
        for phrase in phrases:
            first, *rest = (strip_article(token.text) for token in tokenize(fold_word(phrase.text)))
            self.behind.setdefault(first, []).append(frozenset(rest))

    @property
    def entries(self) -> Mapping[str, TriggerEntry]:
        """Entries by lexeme id."""
        return self._entries

    def read(self, sentence: Sentence) -> list[Trigger]:
        """Triggers in text order; a phrase hides the words inside it."""
        found: list[Trigger] = []
        taken: set[int] = set()
        for match in sentence.phrases(self.phrases):
            if sentence.bare(match.first - 1) in match.payload.not_after:
                continue
            form = "finite" if _conjugated(sentence, match, found) else "phrase"
            found.append(Trigger(match.first, match.last, match.proclitics, match.payload, form))
            taken.update(range(match.first, match.last))
        for index in sentence.marked(Bit.TRIGGER):
            if index not in taken:
                trigger = self._at(sentence, index)
                if trigger is not None:
                    found.append(trigger)
        return sorted(found, key=lambda t: t.first)

    def _at(self, sentence: Sentence, index: int) -> Trigger | None:
        readings = [a for a in sentence.analyses[index] if a.lexeme in self._entries and not self._bare_rule(a)]
        if sentence.text(index - 1).lstrip("وب") in _NO_VERB_BEHIND or sentence.text(index - 1) in _NO_VERB_BEHIND:
            readings = [a for a in readings if a.pos != "verb"]  # "في تدمر" is no "destroys", "معبر نصيب" no "we hit"
        if not readings:
            return None
        reading = _choose(sentence, index, readings)
        entry = self._sense(sentence, index, self._entries[reading.lexeme])
        if entry is None:
            # A verb of several meanings has an entry for each: "تبادلا الأسرى", "تبادلا إطلاق النار".
            alike = {a.lexeme for a in readings if _form(a) == _form(reading)}
            entry = next(filter(None, (self._sense(sentence, index, self._entries[x]) for x in sorted(alike))), None)
        if entry is None:
            return None
        form = {"verb": "imperfect" if reading.aspect == "i" else "finite"}.get(reading.pos, reading.pos)
        passive = {"p": True, "a": False}.get(reading.voice)
        return Trigger(
            index,
            index + 1,
            "".join(reading.proclitics),
            entry,
            form,
            reading.definite or (reading.pos != "verb" and reading.enclitic != ""),
            reading.number or "s",
            passive,
        )

    def _sense(self, sentence: Sentence, index: int, entry: TriggerEntry) -> TriggerEntry | None:
        """What an entry means there; None where the words around say that it means nothing."""
        if sentence.bare(index - 1) in entry.not_after or sentence.text(index) in entry.not_as:
            return None
        if entry.not_before and any(
            sentence.bare(i) in entry.not_before for i in range(index + 1, index + _NOT_BEFORE)
        ):
            return None
        known = _completed(sentence, index, entry) if entry.complement else entry
        if known is entry and sentence.text(index) in entry.doubtful and not _people_next(sentence, index + 1):
            return None
        return known

    def _bare_rule(self, analysis: Analysis) -> bool:
        """As in "سيطرته", "متهم": a verb that takes no object, or takes it behind a preposition, has no pronoun."""
        entry = self._entries[analysis.lexeme]
        return analysis.pos == "verb" and analysis.enclitic != "" and entry.intransitive


def _people_next(sentence: Sentence, index: int) -> bool:
    """Whether a number or a noun for people stands there."""
    if index >= len(sentence):
        return False
    counted = sentence.tokens[index].kind == "number" or sentence.bare(index) in _COUNTED
    return counted or any(a.lexeme.startswith("people.") for a in sentence.analyses[index])


def _conjugated(sentence: Sentence, match: PhraseMatch, before: list[Trigger]) -> bool:
    """Whether a phrase opens with a verb; not in "إلى إنزال راياتها ... ورفع رايات", where و ties two masdars."""
    word = sentence.text(match.first)
    if match.proclitics.strip("وف") or word.startswith("ال"):
        return False
    spelt_alike = len(word) - len(match.proclitics) == _ROOT
    if spelt_alike and match.proclitics == "و" and any(t.entry is match.payload and not t.finite for t in before):
        return False
    readings = sentence.analyses[match.first]
    bare = any(a.pos == "verb" and not a.enclitic for a in readings)
    # "حملة أمنية" is a campaign, not "carried him".
    noun = any(a.pos != "verb" and not a.enclitic for a in readings)
    return bare or (any(a.pos == "verb" for a in readings) and not noun)


def _completed(sentence: Sentence, index: int, entry: TriggerEntry) -> TriggerEntry | None:
    """The entry with the meaning that a word after it gives; None where it means nothing without that word."""
    words = {sentence.text(i) for i in range(index + 1, index + _COMPLEMENT_REACH)}
    words |= {sentence.bare(i) for i in range(index + 1, index + _COMPLEMENT_REACH)}
    if not words & entry.complement:
        return entry if entry.alone else None
    frame = entry.complement_frame or ("kill" if entry.complement_outcome else entry.frame)
    return replace(
        entry,
        outcome=entry.complement_outcome or entry.outcome,
        action=entry.complement_action or entry.action,
        frame=frame,
        strength="event",
    )


def _choose(sentence: Sentence, index: int, readings: list[Analysis]) -> Analysis:
    """The reading that the words around allow: after a preposition no verb, after "وقد" no masdar."""
    verbs = [a for a in readings if a.pos == "verb"]
    nominal = [a for a in readings if a.pos != "verb"]
    if not verbs or not nominal:
        return _plainest(readings)
    before = sentence.text(index - 1)
    if before in _VERB_OPENERS:
        return _plainest(verbs)
    if (
        before in _PREPOSITIONS
        or before.lstrip("و") in _PREPOSITIONS
        or any(set(a.proclitics) & {"ب", "ل", "ك"} for a in nominal)
    ):
        return _plainest(nominal)
    plain = [a for a in nominal if a.number == "s" and not a.enclitic]
    if not plain:
        return _plainest(verbs if verbs[0].enclitic == "" else nominal)
    after = sentence.text(index + 1)
    if (
        before
        and sentence.tokens[index - 1].kind == "word"
        and not set(plain[0].proclitics)
        and before.startswith("ال")
    ):
        return _plainest(nominal)
    if any(a.pos in ("adj",) for a in sentence.analyses[index + 1]) if index + 1 < len(sentence) else False:
        return plain[0]
    if after in ("علي", "ل", "من") or index + 1 >= len(sentence):
        return plain[0]
    return _plainest(verbs)


def _form(analysis: Analysis) -> tuple[str, ...]:
    return analysis.pos, analysis.aspect, analysis.person, analysis.enclitic


def _plainest(readings: list[Analysis]) -> Analysis:
    return min(readings, key=lambda a: (a.aspect == "i", a.enclitic != "", a.number == "d", a.person in ("1", "2")))


def _read(entry: Entry) -> TriggerEntry:
    outcome = entry.text("outcome", "") or None
    frame = entry.choice("frame", tuple(_FRAMES))
    if outcome not in (None, "killed", "injured", "missing"):
        raise entry.error("outcome", "must be killed, injured or missing")
    action = entry.data.get("action")
    if action is not None and not isinstance(action, str):
        raise entry.error("action", "must be a codebook action or null")
    return TriggerEntry(
        id=entry.id,
        frame=frame,
        action=action,
        strength=entry.choice("strength", ("event", "weak", "cue")),
        outcome=outcome,
        counts=entry.text("counts", "") or None,
        means=entry.text("means", "") or None,
        complement=frozenset(fold_word(word) for word in entry.texts("complement")),
        complement_outcome=entry.text("complement_outcome", "") or None,
        complement_action=entry.text("complement_action", "") or None,
        complement_frame=entry.choice("complement_frame", tuple(_FRAMES)) if "complement_frame" in entry.data else None,
        alone=entry.flag("alone", True),
        not_after=frozenset(fold_word(word) for word in entry.texts("not_after")),
        not_as=frozenset(fold_word(word) for word in entry.texts("not_as")),
        own=entry.flag("own", False),
        not_before=frozenset(fold_word(word) for word in entry.texts("not_before")),
        intransitive=entry.flag("intransitive", False),
        spared=entry.flag("spared", False),
        doubtful=frozenset(fold_word(word) for word in entry.texts("doubtful")),
        traits=_traits(entry),
    )


def _traits(entry: Entry) -> frozenset[str]:
    traits = frozenset(entry.texts("traits"))
    if traits - TRAITS:
        raise entry.error("traits", f"knows no {', '.join(sorted(traits - TRAITS))}; use {', '.join(sorted(TRAITS))}")
    return traits


def read_cues(folder: Path) -> PhraseMatcher:
    """The phrases of `cues.yaml`; payloads are categories."""
    data = read_yaml(folder / "cues.yaml")
    phrases = [
        Phrase(phrase, entry.id, "exact")
        for entry in entries(data, "cues", "cues.yaml")
        for phrase in entry.texts("phrases")
    ]
    if not phrases:
        raise LexiconError("cues.yaml: section 'cues': holds no phrase")
    return PhraseMatcher(phrases)
