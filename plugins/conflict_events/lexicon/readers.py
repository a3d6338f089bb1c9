"""Readers of the files that this room owns: each turns entries into records and the lexemes that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from conflict_events.lexicon.lexemes import LEXEME_KEYS, Lexeme, lexeme_from_entry
from conflict_events.lexicon.orthography import fold_word
from conflict_events.lexicon.records import Actor, Attribution, PersonNoun, ReportingVerb, SourceTerm, Term, WordSet
from conflict_events.lexicon.sources import Entry

__all__ = [
    "HEAD_ROLES",
    "SOURCE_TYPES",
    "read_actor",
    "read_attribution",
    "read_forces",
    "read_head",
    "read_person",
    "read_source",
    "read_state",
    "read_term",
    "read_verb",
    "read_words",
    "trigger_lexemes",
]

_KINDS = (
    "state", "rebel", "militia", "jihadist", "civilian", "protester", "external", "communal", "unidentified", "other",
)  # fmt: skip
_EPITHETS = ("press_matter", "act", "unknown", "noun")
_GROUPS = ("civilians", "children", "women", "men", "combatants", "rescuers", "journalists")
_OUTCOMES = ("killed", "injured", "missing", "detained", "abducted", "bodies", "displaced")
_MEASURES = ("strikes", "munitions", "vehicles", "bodies", "other")
_STANCES = ("states", "accuses", "denies", "claims_responsibility")
SOURCE_TYPES = (
    "observatory", "agency", "local_network", "media", "government", "armed_group", "medical", "civil_defence", "ngo",
    "activist", "witness", "research", "unnamed",
)  # fmt: skip
HEAD_ROLES = ("force", "fighters", "aircraft", "weapon", "position", "vehicle", "organisation", "authority")


def _only(entry: Entry, *keys: str) -> None:
    entry.refuse_unknown(frozenset(keys) | {"id"})


def _optional_choice(entry: Entry, key: str, choices: tuple[str, ...]) -> str | None:
    return entry.choice(key, choices) if entry.data.get(key) is not None else None


def _choices(entry: Entry, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    for value in entry.texts(key):
        if value not in choices:
            raise entry.error(key, f"must be some of {', '.join(choices)}, not {value!r}")
    return entry.texts(key)


def _day(entry: Entry, key: str) -> date | None:
    value = entry.data.get(key)
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise entry.error(key, f"must be an ISO day such as 2024-12-08, not {value!r}") from error


def _nisba(entry: Entry, number: int, value: Any) -> Lexeme:
    """An adjective of an actor: the masculine singular, or a mapping with the keys of a noun."""
    data = {"singular": value} if isinstance(value, str) else value
    if not isinstance(data, dict):
        raise entry.error("adjectives", f"must be words or mappings, not {value!r}")
    full = {"pos": "adj", "plural": ["ون"], "feminine": True, **data}
    return lexeme_from_entry(Entry(entry.file, f"actor.{entry.id}.{number}", full))


def read_actor(entry: Entry) -> tuple[Actor, list[Lexeme]]:
    """One entry of actors.yaml, section `actors`, or of states.yaml, section `states`."""
    _only(
        entry, "actor", "names", "adjectives", "country_names", "kind", "side", "from", "until", "label_en", "label_ar",
        "ambiguous", "country", "of_nobody", "home", "by_force", "from_air", "patrons", "proxy_of", "epithet_of",
        "example",
    )  # fmt: skip
    values = entry.data.get("adjectives") or []
    if not isinstance(values, list):
        raise entry.error("adjectives", "must be a list")
    lexemes = [_nisba(entry, number, value) for number, value in enumerate(values)]
    names, countries = entry.texts("names"), entry.texts("country_names")
    if not (names or lexemes or countries):
        raise entry.error("names", "an actor needs names, adjectives or country_names")
    actor = Actor(
        entry=entry.id,
        id=entry.text("actor", entry.id.partition(".")[0]),
        names=names,
        adjectives=tuple(lexeme.id for lexeme in lexemes),
        country_names=countries,
        kind=entry.choice("kind", _KINDS),
        side=entry.text("side", ""),
        valid_from=_day(entry, "from"),
        valid_until=_day(entry, "until"),
        label_en=entry.text("label_en"),
        label_ar=entry.text("label_ar", names[0] if names else ""),
        ambiguous=entry.flag("ambiguous"),
        country=entry.text("country", "") or None,
        of_nobody=entry.flag("of_nobody"),
        home=entry.text("home", "") or None,
        by_force=entry.flag("by_force"),
        from_air=entry.flag("from_air"),
        patrons=entry.texts("patrons"),
        proxy_of=entry.texts("proxy_of"),
        epithet_of=_choices(entry, "epithet_of", _EPITHETS),
        example=entry.text("example"),
    )
    return actor, lexemes


def read_state(entry: Entry) -> tuple[Actor, list[Lexeme]]:
    """One entry of states.yaml, section `states`: an actor with a `home`, met by its forces alone."""
    entry.text("home")
    actor, lexemes = read_actor(entry)
    return replace(actor, by_force=True), lexemes


def read_forces(entry: Entry, actors: Sequence[Actor]) -> list[Actor]:
    """One entry of states.yaml, section `forces`: its names mean each state on the pages about that state."""
    _only(entry, "names", "of_nobody", "example")
    names, example = entry.texts("names"), entry.text("example")
    if not names:
        raise entry.error("names", "is required")
    return [
        replace(
            actor,
            entry=f"{actor.entry}.{entry.id}",
            names=names,
            adjectives=(),
            country_names=(),
            patrons=(),
            proxy_of=(),
            ambiguous=True,
            country=actor.home,
            of_nobody=entry.flag("of_nobody"),
            example=example,
        )
        for actor in actors
        if actor.home is not None
    ]


def read_head(entry: Entry) -> Lexeme:
    """One entry of actors.yaml, section `heads`: a noun that an actor's name or adjective follows ("قوات النظام")."""
    entry.choice("role", HEAD_ROLES)
    entry.text("example")
    return lexeme_from_entry(entry, pos="noun", extra_keys=frozenset({"role"}))


def read_person(entry: Entry) -> tuple[PersonNoun, Lexeme]:
    """One entry of people.yaml."""
    extra = frozenset(
        {"category", "group", "makes_civilian", "outcome", "measure", "actor", "followed_by", "not_as", "of_state"}
    )
    lexeme = lexeme_from_entry(entry, pos="noun", extra_keys=extra)
    category = entry.choice("category", ("people", "things"), "people")
    noun = PersonNoun(
        id=entry.id,
        category=category,
        group=_optional_choice(entry, "group", _GROUPS),
        makes_civilian=entry.flag("makes_civilian"),
        outcome=_optional_choice(entry, "outcome", _OUTCOMES),
        measure=_optional_choice(entry, "measure", _MEASURES),
        actor=entry.text("actor") if entry.data.get("actor") is not None else None,
        followed_by=frozenset(fold_word(word) for word in entry.texts("followed_by")),
        of_state=entry.flag("of_state"),
        not_as=frozenset(fold_word(word) for word in entry.texts("not_as")),
        rational=category == "people",
        label_en=entry.text("gloss"),
        example=entry.text("example"),
    )
    return noun, replace(lexeme, rational=noun.rational)


def _nouns(entry: Entry, prefix: str) -> list[Lexeme]:
    """The inflected words of a term: key `nouns`, each a singular or a mapping with the keys of a noun."""
    values = entry.data.get("nouns") or []
    if not isinstance(values, list):
        raise entry.error("nouns", "must be a list")
    lexemes = []
    for number, value in enumerate(values):
        data = {"singular": value} if isinstance(value, str) else value
        if not isinstance(data, dict) or set(data) - LEXEME_KEYS:
            raise entry.error("nouns", f"must be words or mappings with the keys of a noun, not {value!r}")
        if isinstance(value, str) and value.endswith("ة"):
            data = {**data, "plural": ["ات"]}
        lexemes.append(lexeme_from_entry(Entry(entry.file, f"{prefix}.{entry.id}.{number}", {"pos": "noun", **data})))
    return lexemes


def read_source(entry: Entry) -> tuple[SourceTerm, list[Lexeme]]:
    """One entry of reporting.yaml, section `sources`."""
    flags = ("generic", "combines", "quoted_only")
    _only(entry, "names", "nouns", "source_type", *flags, "label_en", "country", "actor", "example")
    lexemes = _nouns(entry, "source")
    term = SourceTerm(
        id=entry.id,
        names=entry.texts("names"),
        lexemes=tuple(lexeme.id for lexeme in lexemes),
        source_type=entry.choice("source_type", SOURCE_TYPES),
        generic=entry.flag("generic"),
        combines=entry.flag("combines"),
        quoted_only=entry.flag("quoted_only"),
        label_en=entry.text("label_en"),
        country=entry.text("country", "") or None,
        actor=entry.text("actor", "") or None,
        example=entry.text("example"),
    )
    if not (term.names or term.lexemes):
        raise entry.error("names", "a source needs names or nouns")
    return term, lexemes


def read_verb(entry: Entry) -> tuple[ReportingVerb, Lexeme]:
    """One entry of reporting.yaml, section `verbs`."""
    extra = frozenset(
        {"stance", "prepositions", "source_after", "needs_clause", "complement", "not_before", "not_as", "documents"}
    )
    lexeme = lexeme_from_entry(entry, pos="verb", extra_keys=extra)
    verb = ReportingVerb(
        id=entry.id,
        stance=entry.choice("stance", _STANCES, "states"),
        prepositions=tuple(fold_word(word) for word in entry.texts("prepositions")),
        source_after=entry.flag("source_after"),
        needs_clause=entry.flag("needs_clause"),
        complement=frozenset(fold_word(word) for word in entry.texts("complement")),
        not_before=frozenset(fold_word(word) for word in entry.texts("not_before")),
        not_as=frozenset(fold_word(word) for word in entry.texts("not_as")),
        documents=entry.flag("documents"),
        label_en=entry.text("gloss"),
        example=entry.text("example"),
    )
    return verb, lexeme


def read_attribution(entry: Entry) -> Attribution:
    """One entry of reporting.yaml, section `attributions`."""
    _only(entry, "phrases", "stance", "example")
    phrases = entry.texts("phrases")
    if not phrases:
        raise entry.error("phrases", "is required")
    return Attribution(entry.id, phrases, entry.choice("stance", _STANCES, "states"), entry.text("example"))


def read_words(entry: Entry) -> WordSet:
    """One entry of reporting.yaml, section `words`."""
    _only(entry, "words", "example")
    words = entry.texts("words")
    if not words:
        raise entry.error("words", "is required")
    return WordSet(entry.id, frozenset(fold_word(word) for word in words), entry.text("example"))


def _read_term(entry: Entry, prefix: str) -> tuple[Term, list[Lexeme]]:
    _only(entry, "nouns", "phrases", "label_en", "label_ar", "example")
    lexemes = _nouns(entry, prefix)
    phrases = entry.texts("phrases")
    if not (lexemes or phrases):
        raise entry.error("nouns", "a term needs nouns or phrases")
    term = Term(
        id=entry.id,
        lexemes=tuple(lexeme.id for lexeme in lexemes),
        phrases=phrases,
        label_en=entry.text("label_en"),
        label_ar=entry.text("label_ar"),
        example=entry.text("example"),
    )
    return term, lexemes


def read_term(prefix: str) -> Callable[[Entry], tuple[Term, list[Lexeme]]]:
    """A reader of weapons.yaml or infrastructure.yaml; `prefix` starts the ids of its lexemes."""

    def read(entry: Entry) -> tuple[Term, list[Lexeme]]:
        return _read_term(entry, prefix)

    return read


def trigger_lexemes(items: Iterator[Entry]) -> Iterator[Lexeme]:
    """Lexemes of files that other rooms own: every entry that has a `pos`, whatever else it carries."""
    for entry in items:
        if "pos" in entry.data:
            yield lexeme_from_entry(entry, extra_keys=None)
