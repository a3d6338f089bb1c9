"""The word sets of `reporting.yaml` that the grammar of sources asks for."""

from __future__ import annotations

from dataclasses import dataclass, fields

from conflict_events.lexicon import Lexicon, LexiconError

__all__ = ["SourceWords"]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Folded words by what the grammar asks of them; the fields are the ids of section `words`.

    Attributes:
        documents: What carries a source's words: "بيان", "حصيلة".
        document_qualities: Adjectives of documents: "رسمي", "أولية", "أحدث".
        document_links: What joins a document and its author: "صادر عن", "نشرته".
        anaphora: Nouns that, with ال, mean a source named before: "المصدر".
        same: What stresses that it is the same one: "نفسه".
        own_outlet: The outlet's own people: "مراسلنا".
        own_teams: People of a body named before: "فرقه".
        purposes: Words with ل that belong to names: "لحقوق" of "لحقوق الإنسان".
        in_waw: Words that begin with a و of their own.
        in_lam: Words that begin with a ل of their own.
        no_source: Heads that are never who says so: "حصيلة أولية".
        anonymous: Indefinite sources whose adjective ends the name: "أكد مصدر طبي الحصيلة".
        degrees: Adjectives of a level behind such a source: "رفيع المستوى".
        hearers: People who are told, in the genitive: "للصحافيين".
        one_of: "One of" before a group: "أحد الناجين".
        holders: Offices after which the holder's name stands.
        offices: Offices of a body that ل names: "الناطق" of "الناطق الإعلامي لشرطة مكة".
        served: Such bodies, without ال.
        circumstances: What goes on behind a name: "برئاسة".
        hours: Parts of the day, which are no name where the day follows: "صباح اليوم".
        seldom: How often somebody says something: "نادرا ما تؤكد" quotes nobody.
        told: Nouns that begin what is told: "أعلنت الوزارة مقتل ...", and verbs of a source's own: "رفض الكشف عن اسمه".
        also_names: Those of them that are also names: "اللواء فضل حسن".
        called: What stands between a source and its name: "يدعى".
        credits: Labels of a page's credit line, which a colon follows too: "المصدر: ...".
    """

    documents: frozenset[str]
    document_qualities: frozenset[str]
    document_links: frozenset[str]
    anaphora: frozenset[str]
    same: frozenset[str]
    own_outlet: frozenset[str]
    own_teams: frozenset[str]
    purposes: frozenset[str]
    in_waw: frozenset[str]
    in_lam: frozenset[str]
    no_source: frozenset[str]
    anonymous: frozenset[str]
    degrees: frozenset[str]
    hearers: frozenset[str]
    one_of: frozenset[str]
    holders: frozenset[str]
    offices: frozenset[str]
    served: frozenset[str]
    circumstances: frozenset[str]
    hours: frozenset[str]
    seldom: frozenset[str]
    told: frozenset[str]
    also_names: frozenset[str]
    called: frozenset[str]
    credits: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> SourceWords:
        """The sets of a lexicon.

        Raises:
            LexiconError: Section `words` lacks a set, or has one that no grammar asks for.
        """
        asked, given = {field.name for field in fields(cls)}, set(lexicon.source_words)
        if asked != given:
            wrong = ", ".join(sorted(asked ^ given))
            raise LexiconError(f"reporting.yaml: section 'words': {wrong}: either missing or asked for by no grammar")
        return cls(**{name: lexicon.source_words[name].words for name in asked})
