"""Tables about events: what all claims on one occurrence say together."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.snapshots.columns import Column, ForeignKey, count, day, flag, number, table, text, triple
from conflict_events.snapshots.enums import (
    DISORDER_TYPES,
    EVENT_CHANGES,
    MEASURES,
    PLOVER_EVENTS,
    QUALIFIERS,
    ROLES,
)
from conflict_events.snapshots.schema_articles import SNAPSHOT_DATE
from conflict_events.snapshots.schema_claims import TYPE_COLUMNS, WHEN_COLUMNS, WHERE_COLUMNS

__all__ = ["EVENTS", "EVENT_ACTORS", "EVENT_ARTICLES", "EVENT_COUNTS", "EVENT_PLACES"]

_DAY = day("event_date", "First day of the event; null where undated.", "تاريخ الحدث")
_REVISION = count(
    "revision", "1 for a new event, one more for each snapshot that changed it.", "رقم المراجعة", 1
).required()
_EVENT_ID = text("event_id", "Event that the row belongs to.", "معرّف الحدث").required()
_SEQ = count("seq", "Order within the event, from 1.", "الترتيب", 1).required()
_TO_EVENT = ForeignKey(("event_id",), "events", ("event_id",))

EVENTS = replace(
    table(
        "events",
        "Events",
        "الأحداث",
        "One row per event and revision; `latest/` holds the highest revision of every event that still stands, "
        "`latest/tombstones` the merged and retracted ones. Holds no names of victims.",
        text("event_id", "Stable id; survives re-runs and later articles.", "معرّف الحدث").required(),
        _REVISION,
        SNAPSHOT_DATE,
        text("change", "What this snapshot did to the event.", "التغيير", EVENT_CHANGES).required(),
        text("reason", "Why it changed.", "سبب التغيير").required(),
        day("event_date", "First day it may have happened; null where undated.", "تاريخ الحدث"),
        WHEN_COLUMNS,
        TYPE_COLUMNS,
        text("disorder_type", "ACLED disorder type.", "نوع الاضطراب", DISORDER_TYPES),
        text("action_en", "English name of the action.", "الفعل بالإنكليزية").required(),
        text("action_ar", "Arabic name of the action.", "الفعل").required(),
        text("plover_event", "PLOVER event.", "رمز PLOVER", PLOVER_EVENTS),
        text("plover_mode", "PLOVER mode.", "نمط PLOVER"),
        text("actor1", "Who did it: actor ids joined by `; `.", "معرّف الفاعل"),
        text("actor1_en", "The same, English names.", "الفاعل بالإنكليزية"),
        text("actor1_ar", "The same, Arabic names.", "الفاعل"),
        flag("actor1_suspected", "The perpetrator is named as likely or accused.", "فاعل مشتبه به"),
        text("actor2", "Who it was done to: actor ids joined by `; `.", "معرّف الطرف الثاني"),
        text("actor2_en", "The same, English names.", "الطرف الثاني بالإنكليزية"),
        text("actor2_ar", "The same, Arabic names.", "الطرف الثاني"),
        WHERE_COLUMNS,
        text("other_places", "Further places, joined by `; `.", "أماكن أخرى"),
        triple("deaths", "Deaths over all claims", "القتلى"),
        count("deaths_a", "Deaths on the side of actor1 (best).", "قتلى الطرف الأول"),
        count("deaths_b", "Deaths on the side of actor2 (best).", "قتلى الطرف الثاني"),
        count("deaths_civilians", "Deaths of civilians (best).", "القتلى المدنيون"),
        count("deaths_unknown", "Deaths of unknown side (best).", "قتلى غير محددين"),
        text("deaths_qualifier", "Qualifier of the best toll.", "توصيف عدد القتلى", QUALIFIERS),
        text("deaths_text", "Words of the best toll, [...] for what may be a name.", "نص عدد القتلى"),
        triple("injured", "People injured", "الجرحى"),
        triple("strikes", "Raids or strikes", "الغارات"),
        flag("is_background", "Known only from articles that retell it as context.", "خلفية"),
        flag("is_aggregate", "A toll over a period or many occurrences; in no daily count.", "حصيلة إجمالية"),
        text("sources", "Who says so: attributed sources, else publishers, joined by `; `.", "المصادر"),
        text("publishers", "Outlets that tell it, joined by `; `.", "الناشرون"),
        count("n_articles", "Articles that tell it.", "عدد المقالات").required(),
        count("n_publishers", "Outlets that tell it.", "عدد الناشرين").required(),
        count("n_camps", "Political camps among the outlets.", "عدد التوجهات").required(),
        count(
            "n_independent_sources", "Articles after copies and wires of one agency count once.", "المصادر المستقلة"
        ).required(),
        number(
            "disagreement", "0 claims agree to 1 tolls share nothing; null with fewer than two tolls.", "التضارب", 0, 1
        ),
        Column("confidence", "float64", "0 to 1.", "الثقة", nullable=False, low=0, high=1),
        text("notes_en", "One generated English sentence.", "ملاحظات بالإنكليزية").required(),
        text("notes_ar", "One generated Arabic sentence.", "ملاحظات").required(),
        day("first_seen_snapshot", "Snapshot that first held the event.", "أول ظهور").required(),
        day("last_revised_snapshot", "Snapshot that last changed it.", "آخر مراجعة").required(),
        text("merged_into", "Event that took over, where `change` is merged.", "دُمج في"),
    ),
    foreign_keys=(ForeignKey(("place_id",), "dim_place", ("place_id",)),),
    partition="month",
    partition_column="event_date",
)

EVENT_COUNTS = replace(
    table(
        "event_counts",
        "Counts of events",
        "أعداد الأحداث",
        "Counts reconciled over an event's claims, one per measure and sub-group.",
        _EVENT_ID,
        _REVISION,
        SNAPSHOT_DATE,
        _DAY,
        _SEQ,
        text("measure", "What is counted.", "المقياس", MEASURES).required(),
        text("subgroup", "Sub-group; null for a total.", "الفئة"),
        count("low", "Lowest number.", "الأدنى"),
        count("best", "Best number.", "الأرجح"),
        count("high", "Highest number; null where open.", "الأقصى"),
        text("qualifier", "How the best number is qualified.", "التوصيف", QUALIFIERS).required(),
        text("text", "Words of the best number, [...] for what may be a name.", "النص"),
    ),
    key=("event_id", "seq"),
    foreign_keys=(_TO_EVENT,),
    partition="month",
    partition_column="event_date",
)

EVENT_ACTORS = replace(
    table(
        "event_actors",
        "Actors of events",
        "أطراف الأحداث",
        "Bridge: one row per event, role and actor.",
        _EVENT_ID,
        _REVISION,
        SNAPSHOT_DATE,
        _DAY,
        text("role", "Side of the event.", "الدور", ROLES).required(),
        _SEQ,
        text("actor_id", "Actor.", "معرّف الطرف").required(),
        flag("suspected", "Named as likely or accused.", "مشتبه به"),
    ),
    key=("event_id", "role", "seq"),
    foreign_keys=(_TO_EVENT, ForeignKey(("actor_id",), "dim_actor", ("actor_id",))),
    partition="month",
    partition_column="event_date",
)

EVENT_PLACES = replace(
    table(
        "event_places",
        "Places of events",
        "أماكن الأحداث",
        "Bridge: the place of an event and its further places.",
        _EVENT_ID,
        _REVISION,
        SNAPSHOT_DATE,
        _DAY,
        _SEQ,
        text("role", "main is the place of the event, other a further one.", "الدور", ("main", "other")).required(),
        text("place", "Place as written.", "المكان"),
        text("place_en", "Place in English; null where not resolved.", "المكان بالإنكليزية"),
        text("place_id", "Id of the place in the gazetteer.", "معرّف المكان"),
        number("lat", "Latitude, WGS84 degrees.", "خط العرض", -90, 90),
        number("lon", "Longitude, WGS84 degrees.", "خط الطول", -180, 180),
        count("geo_precision", "1 the place itself, 2 near it, 3 a governorate or more.", "دقة المكان", 1, 3),
    ),
    key=("event_id", "seq"),
    foreign_keys=(_TO_EVENT, ForeignKey(("place_id",), "dim_place", ("place_id",))),
    partition="month",
    partition_column="event_date",
)

EVENT_ARTICLES = replace(
    table(
        "event_articles",
        "Articles of events",
        "مقالات الأحداث",
        "Bridge: the claims and articles that tell an event; follow it to the evidence.",
        _EVENT_ID,
        _REVISION,
        SNAPSHOT_DATE,
        _DAY,
        text("claim_id", "Claim.", "معرّف الإفادة").required(),
        text("article_id", "Article that makes the claim.", "معرّف المقال").required(),
        text("publisher", "Outlet of the article.", "الناشر"),
        day("published_at", "Publication day of the article.", "تاريخ النشر"),
    ),
    key=("event_id", "claim_id"),
    foreign_keys=(
        _TO_EVENT,
        ForeignKey(("article_id",), "articles", ("article_id",), within_snapshot=False),
        ForeignKey(("claim_id",), "claims", ("claim_id",), within_snapshot=False),
    ),
    partition="month",
    partition_column="event_date",
)
