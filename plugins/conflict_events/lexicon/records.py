"""What the lexicon knows besides words: actors, counted nouns, sources, reporting verbs, weapons, infrastructure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Actor", "Attribution", "PersonNoun", "ReportingVerb", "SourceTerm", "Term", "WordSet"]


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry of actors.yaml: names that mean one actor (for a time).

    Attributes:
        entry: Unique key of the entry ("SNA.hamza").
        id: Actor id of the codebook, or "OTHER:..." ("SNA").
        names: Names and spellings as written; matched as they stand, with particles before them.
        adjectives: Lexeme ids of the nisba adjectives ("روسي"), which also name its members ("الحوثيون").
        country_names: A state's name, which means the actor where the state acts ("قصفت روسيا") and else a place.
        kind: state, rebel, militia, jihadist, civilian, protester, external, communal, unidentified or other.
        side: Loose alignment: regime, opposition, kurdish, jihadist, iran, turkey, west, israel, ... or "".
        valid_from: First day on which the names mean this actor, or None.
        valid_until: Last such day, or None.
        label_en: English label.
        label_ar: Arabic label.
        ambiguous: The names also mean something else; only with a force word beside them or as a subject of violence.
        country: ISO-2 of the country that a page must be about for the names to mean this actor ("الجيش"), or None.
        of_nobody: Whether the names mean the actor only where nothing beside them says whose they are ("مسلحون").
        home: ISO-2 of the country whose own forces it is, or None.
        by_force: Whether its adjective means the actor only beside a noun of forces or of an attack ("شرطي كيني"), and
            else a nationality.
        from_air: Whether its strikes come from the air where nothing else is said ("ضربات للتحالف").
        patrons: Names of those to whom forces are loyal that are this actor's ("القوات الموالية للرئيس السابق").
        proxy_of: Ids of those whose unnamed proxies or armed supporters it is ("ميليشيات مدعومة من إيران").
        epithet_of: Things of which its names are adjectives, too, and then name nobody: press_matter, act, unknown.
        example: A sentence that names the actor.
    """

    entry: str
    id: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    country_names: tuple[str, ...]
    kind: str
    side: str
    valid_from: date | None
    valid_until: date | None
    label_en: str
    label_ar: str
    ambiguous: bool
    country: str | None
    of_nobody: bool
    home: str | None
    by_force: bool
    from_air: bool
    patrons: tuple[str, ...]
    proxy_of: tuple[str, ...]
    epithet_of: tuple[str, ...]
    example: str

    def valid_on(self, day: date | None) -> bool:
        """Whether the names mean this actor on a day; an unknown day fits every entry."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people or things that reports count.

    Attributes:
        id: Id of the entry and of its lexeme.
        category: people or things.
        group: civilians, children, women, men, combatants, rescuers, journalists, or None.
        makes_civilian: Whether it makes the victims civilians (a group row comes from `group` alone).
        outcome: killed, injured, missing, detained, abducted, bodies: what the noun says of them by itself, or None.
        measure: Measure that a count of it feeds, where it is no person: strikes, munitions, vehicles, bodies, or None.
        actor: Actor id that the noun by itself names ("صحفي": JOURNALISTS), or None.
        followed_by: Folded words of which one must follow ("برميل متفجر"); empty for no condition.
        of_state: Whether it serves a state, that of the page's country where none is named ("جندي", "شرطي").
        not_as: Folded spellings of its forms that are another word ("جدا").
        rational: Whether it denotes people.
        label_en: English label.
        example: A sentence that holds it.
    """

    id: str
    category: str
    group: str | None
    makes_civilian: bool
    outcome: str | None
    measure: str | None
    actor: str | None
    followed_by: frozenset[str]
    not_as: frozenset[str]
    of_state: bool
    rational: bool
    label_en: str
    example: str


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """Someone who is quoted.

    Attributes:
        id: Id of the entry.
        names: Names or fixed phrases as written.
        lexemes: Lexeme ids of inflected heads ("مصدر", "ناشط"), for generic terms.
        source_type: Source type of the codebook.
        generic: A kind of source ("مصادر محلية"), not a named one.
        combines: A name follows and belongs to it ("مراسل ...", "وكالة ...").
        quoted_only: A source only where a verb or phrase of saying quotes it; elsewhere it may be a victim ("مدير").
        label_en: English label.
        country: ISO-2 of its seat, or None.
        actor: Actor id whose voice it is, or None.
        example: A sentence that names it.
    """

    id: str
    names: tuple[str, ...]
    lexemes: tuple[str, ...]
    source_type: str
    generic: bool
    combines: bool
    quoted_only: bool
    label_en: str
    country: str | None
    actor: str | None
    example: str


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb of saying.

    Attributes:
        id: Id of the entry and of its lexeme.
        stance: states, accuses, denies or claims_responsibility.
        prepositions: Prepositions that belong to it ("إلى" of أشار), folded.
        source_after: Whether the source follows the preposition, not the verb ("نقل عن").
        needs_clause: The verb is one of saying only with a clause or preposition after it ("بين أن").
        complement: Folded words with one of which alone it says anything ("حمل ... مسؤولية").
        not_before: Folded words that, among the next ones, make it speak of something else ("تبنى المجلس قرارا").
        not_as: Folded spellings that are another word ("تقل", carries).
        documents: What its subject does is known from that subject alone, where it is a source ("رصد نشطاء", "استجاب").
        label_en: English meaning.
        example: A sentence with it.
    """

    id: str
    stance: str
    prepositions: tuple[str, ...]
    source_after: bool
    needs_clause: bool
    complement: frozenset[str]
    not_before: frozenset[str]
    not_as: frozenset[str]
    documents: bool
    label_en: str
    example: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A phrase after which the source stands: "بحسب", "نقلا عن".

    Attributes:
        id: Id of the entry.
        phrases: The phrases as written; a final preposition that is written attached stands alone ("وفقا ل").
        stance: Stance of the source so introduced.
        example: A sentence with it.
    """

    id: str
    phrases: tuple[str, ...]
    stance: str
    example: str


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words that one question of the grammar is about: "what carries a source's words?" (بيان, تقرير, حصيلة).

    Attributes:
        id: Id of the entry; the grammar asks for it by this name.
        words: The words, folded.
        example: A sentence that holds one of them.
    """

    id: str
    words: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of weapon or infrastructure with all words for it.

    Attributes:
        id: The kind: drone, mortar, hospital, school, ...
        lexemes: Lexeme ids of the single words, matched in every inflected form.
        phrases: Fixed phrases as written.
        label_en: English label.
        label_ar: Arabic label.
        example: A sentence that holds it.
    """

    id: str
    lexemes: tuple[str, ...]
    phrases: tuple[str, ...]
    label_en: str
    label_ar: str
    example: str
