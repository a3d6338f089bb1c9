"""Lexemes: one word of the lexicon with all that its inflection needs, read from YAML entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conflict_events.lexicon.nouns import NominalForms, nominal_stems
from conflict_events.lexicon.orthography import fold_word
from conflict_events.lexicon.sources import Entry
from conflict_events.lexicon.verbs import Stem, VerbForms, passive_imperfect, passive_perfect, verb_stems

__all__ = ["LEXEME_KEYS", "Lexeme", "lexeme_from_entry"]

_POS = ("verb", "noun", "adj", "prep", "part", "phrase")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
_COMMON = frozenset({"id", "lemma", "pos", "gloss", "tags", "example"})
_VERBAL = frozenset(
    {
        "perfect", "imperfect", "perfect_2", "passive", "passive_perfect", "passive_imperfect",
        "masdar", "active_participle", "passive_participle",
    }
)  # fmt: skip
_NOMINAL = frozenset({"singular", "gender", "plural", "dual", "feminine", "rational"})
_PARTICLE = frozenset({"forms"})
LEXEME_KEYS = _COMMON | _VERBAL | _NOMINAL | _PARTICLE
"""Every key that a lexeme entry may have."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One word of the lexicon.

    Attributes:
        id: Unique in the whole lexicon.
        lemma: Citation form as written.
        pos: verb, noun, adj, prep, part or phrase (several words, matched as they stand and not inflected).
        gloss: English meaning.
        tags: Free labels that rules select by.
        example: A sentence that holds a form of the word.
        verb: Principal parts (verbs only).
        masdars: Verbal nouns (verbs only).
        active_participles: Active participles (verbs only).
        passive_participles: Passive participles (verbs only).
        nominal: Forms of a noun or adjective.
        rational: Whether a noun denotes people (None: not said).
        forms: Spellings of a preposition, particle or phrase.
        origin: File that the entry stands in, without its ending.
        extra: Keys of the entry that are not about its inflection; the reader of that file knows them.
    """

    id: str
    lemma: str
    pos: str
    gloss: str = ""
    tags: frozenset[str] = frozenset()
    example: str = ""
    verb: VerbForms | None = None
    masdars: tuple[NominalForms, ...] = ()
    active_participles: tuple[NominalForms, ...] = ()
    passive_participles: tuple[NominalForms, ...] = ()
    nominal: NominalForms | None = None
    rational: bool | None = None
    forms: tuple[str, ...] = ()
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def stems(self) -> Iterator[tuple[str, Stem]]:
        """Pairs of part of speech (verb, noun, adj, prep, part, masdar, participle) and stem."""
        if self.verb is not None:
            for stem in verb_stems(self.verb):
                yield "verb", stem
        for masdar in self.masdars:
            for stem in nominal_stems(masdar):
                yield "masdar", stem
        for voice, participles in (("a", self.active_participles), ("p", self.passive_participles)):
            for participle in participles:
                for stem in nominal_stems(participle):
                    yield "participle", Stem(stem.surface, stem.groups, "-", voice, stem.gender, stem.number)
        if self.nominal is not None:
            for stem in nominal_stems(self.nominal):
                yield self.pos, stem
        for form in self.forms if self.pos in ("prep", "part") else ():
            yield self.pos, Stem(fold_word(form), ("NS", "NE"))


def _texts(entry: Entry, key: str) -> tuple[str, ...]:
    """The value of a key that may be one string or a list of strings."""
    value = entry.data.get(key)
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(item, str) and item.strip() for item in values):
        raise entry.error(key, "must be a word or a list of words")
    return tuple(item.strip() for item in values)


def _nominal(entry: Entry, defaults: Mapping[str, Any] | None = None) -> NominalForms:
    """Nominal forms of an entry (or of a mapping inside one)."""
    known = dict(defaults or {})
    singular = _texts(entry, "singular")
    plural = _texts(entry, "plural") or tuple(known.get("plural", ()))
    if not singular and not plural:
        raise entry.error("singular", "a noun needs `singular` or `plural`")
    gender = entry.data.get("gender") or ("f" if singular and singular[0].endswith("ة") else "m")
    if gender not in ("m", "f"):
        raise entry.error("gender", "must be m or f")
    feminine = entry.data.get("feminine", known.get("feminine"))
    if feminine is not None and not isinstance(feminine, (bool, str)):
        raise entry.error("feminine", "must be true, false or the feminine as written")
    dual = entry.data.get("dual", "auto")
    if dual not in ("auto", True, False):
        raise entry.error("dual", "must be auto, true or false")
    return NominalForms(singular, gender, plural, feminine or None, dual is not False)


def _deverbal(entry: Entry, key: str, plural: tuple[str, ...], feminine: bool | None) -> tuple[NominalForms, ...]:
    """Verbal nouns or participles: words, or mappings with the keys of a noun."""
    value = entry.data.get(key)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    words = {item for item in items if isinstance(item, str)}
    forms = []
    for item in items:
        if isinstance(item, str) and item.endswith("ات") and words & {item[:-2], item[:-2] + "ة"}:
            # The sound plural of another form in the list; it is generated from that one.
            continue
        if isinstance(item, str) and item.strip():
            item = {"singular": item.strip()}
        elif not isinstance(item, dict) or set(item) - _NOMINAL:
            raise entry.error(key, f"must be words or mappings with the keys {', '.join(sorted(_NOMINAL))}")
        inner = Entry(entry.file, entry.id, item)
        forms.append(_nominal(inner, {"plural": plural, "feminine": feminine}))
    return tuple(forms)


def _optional_text(entry: Entry, key: str) -> str | None:
    return entry.text(key) if entry.data.get(key) is not None else None


def _verb(entry: Entry) -> VerbForms:
    for key in ("perfect", "imperfect"):
        if not isinstance(entry.data.get(key), str) or len(fold_word(entry.data[key])) < 2:
            raise entry.error(key, "a verb needs its 3rd person masculine singular here")
    perfect, imperfect = entry.data["perfect"].strip(), entry.data["imperfect"].strip()
    if not imperfect.startswith("ي"):
        raise entry.error("imperfect", f"must start with ي, not {imperfect!r}")
    wanted = entry.data.get("passive", True)
    if not isinstance(wanted, bool):
        raise entry.error("passive", "must be true or false")
    perfect_2 = _optional_text(entry, "perfect_2")
    # Verbs of the type انفجر have no passive; those of the type انتشل have one.
    seventh = perfect.startswith("ان") and len(fold_word(perfect)) >= 5 and perfect[2] != "ت"
    given_perfect, given_imperfect = (
        _optional_text(entry, "passive_perfect"),
        _optional_text(entry, "passive_imperfect"),
    )
    if not wanted or (seventh and "passive" not in entry.data and not (given_perfect or given_imperfect)):
        return VerbForms(perfect, imperfect, perfect_2)
    return VerbForms(
        perfect,
        imperfect,
        perfect_2,
        given_perfect or passive_perfect(perfect),
        given_imperfect or passive_imperfect(perfect, imperfect),
    )


def lexeme_from_entry(
    entry: Entry, *, pos: str | None = None, extra_keys: frozenset[str] | None = frozenset()
) -> Lexeme:
    """Read one entry as a lexeme.

    Args:
        entry: The entry with its file and id.
        pos: Part of speech where the file implies it.
        extra_keys: Keys beyond `LEXEME_KEYS` that the file's own reader understands; None allows any.

    Raises:
        conflict_events.lexicon.LexiconError: A key is unknown, missing or malformed; the message names file, entry
            and key.
    """
    data = entry.data
    if extra_keys is not None:
        entry.refuse_unknown(LEXEME_KEYS | extra_keys)
    if not _ID.fullmatch(entry.id):
        raise entry.error("id", "must be made of Latin letters, digits, dot, colon, dash and underscore")
    part = data.get("pos", pos)
    if part not in _POS:
        raise entry.error("pos", f"must be one of {', '.join(_POS)}, not {part!r}")
    allowed = {"verb": _VERBAL, "noun": _NOMINAL, "adj": _NOMINAL}.get(part, _PARTICLE)
    misplaced = sorted((set(data) & LEXEME_KEYS) - _COMMON - allowed)
    if misplaced:
        raise entry.error(misplaced[0], f"does not belong to a {part}")
    rational = data.get("rational")
    if rational is not None and not isinstance(rational, bool):
        raise entry.error("rational", "must be true or false")
    common: dict[str, Any] = {
        "id": entry.id,
        "pos": part,
        "gloss": entry.text("gloss", ""),
        "tags": frozenset(_texts(entry, "tags")),
        "example": entry.text("example", ""),
        "rational": rational,
        "origin": entry.file.rpartition(".")[0] or entry.file,
        "extra": {key: value for key, value in data.items() if key not in LEXEME_KEYS},
    }
    if part == "verb":
        forms = _verb(entry)
        return Lexeme(
            lemma=entry.text("lemma", forms.perfect),
            verb=forms,
            masdars=_deverbal(entry, "masdar", ("ات",), None),
            active_participles=_deverbal(entry, "active_participle", ("ون",), True),
            passive_participles=_deverbal(entry, "passive_participle", ("ون",), True),
            **common,
        )
    if part in ("noun", "adj"):
        nominal = _nominal(entry)
        first = (*nominal.singular, *nominal.plural)[0]
        return Lexeme(lemma=entry.text("lemma", first), nominal=nominal, **common)
    spellings = _texts(entry, "forms") or ((data["lemma"],) if data.get("lemma") else ())
    if not spellings:
        raise entry.error("forms", f"a {part} needs `forms` or `lemma`")
    return Lexeme(lemma=entry.text("lemma", spellings[0]), forms=spellings, **common)
