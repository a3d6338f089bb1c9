"""Tables about what single articles say: claims, their counts, sources and spans."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.snapshots.columns import Column, ForeignKey, count, day, flag, number, table, text, triple
from conflict_events.snapshots.enums import (
    CLAIM_CHANGES,
    DATE_SOURCES,
    EVENT_TYPES,
    MEASURES,
    QUALIFIERS,
    SOURCE_TYPES,
    STANCES,
    SUB_EVENT_TYPES,
)
from conflict_events.snapshots.schema_articles import SNAPSHOT_DATE

__all__ = [
    "CLAIMS",
    "CLAIM_COUNTS",
    "CLAIM_SOURCES",
    "CLAIM_SPANS",
    "FLAT_MEASURES",
    "TYPE_COLUMNS",
    "WHEN_COLUMNS",
    "WHERE_COLUMNS",
]

FLAT_MEASURES: dict[str, tuple[str, str]] = {
    "killed": ("People killed", "القتلى"),
    "injured": ("People injured", "الجرحى"),
    "missing": ("People missing", "المفقودون"),
    "detained": ("People arrested or detained", "المعتقلون"),
    "abducted": ("People abducted", "المخطوفون"),
    "defected": ("People who defected", "المنشقون"),
    "deployed": ("People deployed", "المنتشرون"),
    "displaced": ("People displaced", "النازحون"),
    "bodies": ("Bodies found, handed over or buried", "الجثث"),
    "strikes": ("Raids or strikes", "الغارات"),
    "munitions": ("Shells, rockets and missiles", "القذائف والصواريخ"),
    "vehicles": ("Vehicles", "الآليات"),
}
"""Measures that are columns of `claims`, with their English and Arabic names; `other` is in `claim_counts` only."""

TYPE_COLUMNS: tuple[Column, ...] = (
    text("action", "Fine-grained code of the codebook.", "رمز الفعل").required(),
    text("event_type", "ACLED event type; null for an aggregate toll.", "نوع الحدث", EVENT_TYPES),
    text("sub_event_type", "ACLED sub-event type; null for an aggregate toll.", "النوع الفرعي", SUB_EVENT_TYPES),
)

WHEN_COLUMNS: tuple[Column, ...] = (
    day("date_end", "Last day it may have happened, inclusive.", "تاريخ النهاية"),
    count(
        "time_precision", "1 to the day (or one night), 2 to about a week, 3 to a month or worse.", "دقة الزمن", 1, 3
    ),
)

WHERE_COLUMNS: tuple[Column, ...] = (
    text("place", "Most specific place, as written.", "المكان"),
    text("place_en", "Place in English.", "المكان بالإنكليزية"),
    text("place_id", "Id of the place in the gazetteer.", "معرّف المكان"),
    text("admin1_en", "Governorate or province, English.", "المحافظة"),
    text("admin1_pcode", "P-code of the governorate.", "رمز المحافظة"),
    text("admin2_en", "District, English.", "المنطقة الإدارية"),
    text("country", "Country, ISO 3166-1 alpha-2.", "البلد"),
    number("lat", "Latitude, WGS84 degrees.", "خط العرض", -90, 90),
    number("lon", "Longitude, WGS84 degrees.", "خط الطول", -180, 180),
    count(
        "geo_precision", "1 the named place itself, 2 near it, 3 a governorate or larger region.", "دقة المكان", 1, 3
    ),
)

_TO_CLAIM = (ForeignKey(("claim_id",), "claims", ("claim_id",)),)
_CLAIM_ID = text("claim_id", "Claim that the row belongs to.", "معرّف الإفادة").required()
_CLAIM_DAY = day("date_start", "First day of the claim.", "تاريخ البداية")
_SEQ = count("seq", "Place in the claim's own order, from 1.", "الترتيب", 1).required()

CLAIMS = replace(
    table(
        "claims",
        "Claims",
        "الإفادات",
        "One row per occurrence that one article reports. A later snapshot repeats a claim only where its event "
        "changed (`change` = reassigned); the newest row counts.",
        text("claim_id", "Stable id of the claim.", "معرّف الإفادة").required(),
        SNAPSHOT_DATE,
        text("change", "Why this snapshot holds the claim.", "التغيير", CLAIM_CHANGES).required(),
        text("article_id", "Article that makes the claim.", "معرّف المقال").required(),
        text("event_id", "Event that the claim belongs to.", "معرّف الحدث"),
        text("publisher", "Outlet of the article.", "الناشر"),
        day("published_at", "Publication day of the article.", "تاريخ النشر"),
        TYPE_COLUMNS,
        flag("is_background", "An earlier occurrence that the article retells as context.", "خلفية"),
        flag("is_aggregate", "A toll over a period or many occurrences; in no daily count.", "حصيلة إجمالية"),
        day("date_start", "First day it may have happened; null where nothing can be resolved.", "تاريخ البداية"),
        WHEN_COLUMNS,
        text("date_source", "Where the day comes from.", "مصدر التاريخ", DATE_SOURCES),
        text("date_text", "Words that state the day.", "نص التاريخ"),
        WHERE_COLUMNS,
        text("admin2_pcode", "P-code of the district.", "رمز المنطقة الإدارية"),
        text("geo_method", "How the place was found.", "طريقة تحديد المكان"),
        text("other_places", "Further places, joined by `; `.", "أماكن أخرى"),
        text("actor1", "Who did it: actor ids joined by `; `.", "الفاعل"),
        text("actor2", "Who it was done to: actor ids joined by `; `.", "الطرف الثاني"),
        flag("actor1_suspected", "The perpetrator is named as likely or accused.", "فاعل مشتبه به"),
        *(triple(name, english, arabic) for name, (english, arabic) in FLAT_MEASURES.items()),
        text("killed_qualifier", "Qualifier of the stated toll.", "توصيف عدد القتلى", QUALIFIERS),
        text("killed_text", "Words of the stated toll, [...] for what may be a name.", "نص عدد القتلى"),
        text(
            "sources",
            "Who says so, from the article outwards, joined by `; `; null is the article's own voice.",
            "المصادر",
        ),
        text("source_type", "Kind of the first source.", "نوع المصدر", SOURCE_TYPES),
        text("stance", "Stance of the first source.", "موقف المصدر", STANCES),
        text("weapon", "Weapon.", "السلاح"),
        text("infrastructure", "Infrastructure hit, joined by `; `.", "البنية المستهدفة"),
        count("evidence_start", "First code point of the evidence in title, newline, text.", "بداية الشاهد").required(),
        count("evidence_end", "One past its last code point.", "نهاية الشاهد").required(),
        text("evidence_sha256", "SHA-256 of the evidence in UTF-8.", "بصمة الشاهد").required(),
        text("evidence", "The evidence verbatim; null unless the setting publishes quotes.", "الشاهد"),
        text("rule", "Rule that made the claim.", "القاعدة").required(),
        Column("confidence", "float64", "0 to 1.", "الثقة", nullable=False, low=0, high=1),
    ),
    foreign_keys=(
        ForeignKey(("article_id",), "articles", ("article_id",), within_snapshot=False),
        ForeignKey(("event_id",), "events", ("event_id",), within_snapshot=False),
    ),
    partition="month",
    partition_column="date_start",
)

CLAIM_COUNTS = replace(
    table(
        "claim_counts",
        "Counts of claims",
        "أعداد الإفادات",
        "Every count that a claim states: totals (`subgroup` null) and sub-groups, which are part of a total and never "
        "added to it.",
        _CLAIM_ID,
        SNAPSHOT_DATE,
        _CLAIM_DAY,
        _SEQ,
        text("measure", "What is counted.", "المقياس", MEASURES).required(),
        text("subgroup", "Sub-group, an actor id, or `from:<place>`; null for a total.", "الفئة"),
        count("low", "Lowest number; null where open.", "الأدنى"),
        count("best", "Best number; null for ranges and vague words.", "الأرجح"),
        count("high", "Highest number; null where open.", "الأقصى"),
        text("qualifier", "How the number is qualified.", "التوصيف", QUALIFIERS).required(),
        text("text", "Words of the count, [...] for what may be a name.", "النص"),
        count("text_start", "First code point of the words in title, newline, text.", "بداية النص"),
        count("text_end", "One past the last code point.", "نهاية النص"),
    ),
    key=("claim_id", "seq"),
    foreign_keys=_TO_CLAIM,
    partition="month",
    partition_column="date_start",
)

CLAIM_SOURCES = replace(
    table(
        "claim_sources",
        "Sources of claims",
        "مصادر الإفادات",
        "Who a claim is attributed to, from the article outwards. No row: the article speaks in its own voice.",
        _CLAIM_ID,
        SNAPSHOT_DATE,
        _CLAIM_DAY,
        _SEQ,
        text("name", "Name of the source.", "اسم المصدر").required(),
        text("source_type", "Kind of source.", "نوع المصدر", SOURCE_TYPES).required(),
        text("stance", "What the source does with the claim.", "الموقف", STANCES).required(),
        count("text_start", "First code point of the source's name.", "بداية النص"),
        count("text_end", "One past the last code point.", "نهاية النص"),
    ),
    key=("claim_id", "seq"),
    foreign_keys=_TO_CLAIM,
    partition="month",
    partition_column="date_start",
)

CLAIM_SPANS = replace(
    table(
        "claim_spans",
        "Spans of claims",
        "مواضع الإفادات",
        "Where in the article each slot of a claim stands, and the rule that read it.",
        _CLAIM_ID,
        SNAPSHOT_DATE,
        _CLAIM_DAY,
        _SEQ,
        text("slot", "Slot of the codebook that the words fill.", "الخانة").required(),
        count("span_start", "First code point in title, newline, text.", "البداية").required(),
        count("span_end", "One past the last code point.", "النهاية").required(),
        text("rule", "Rule that read the slot.", "القاعدة"),
    ),
    key=("claim_id", "seq"),
    foreign_keys=_TO_CLAIM,
    partition="month",
    partition_column="date_start",
)
