"""Dimensions (actors, places, publishers, days) and the daily summary."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.snapshots.columns import Column, count, flag, number, table, text
from conflict_events.snapshots.enums import EVENT_TYPES, INTER_CLASSES, SUB_EVENT_TYPES
from conflict_events.snapshots.schema_articles import SNAPSHOT_DATE

__all__ = ["DAILY_SUMMARY", "DIM_ACTOR", "DIM_DATE", "DIM_PLACE", "DIM_PUBLISHER"]

DIM_ACTOR = table(
    "dim_actor",
    "Actors",
    "الأطراف",
    "One row per actor named by an event.",
    text("actor_id", "Canonical id of the codebook.", "معرّف الطرف").required(),
    text("name_en", "English name.", "الاسم بالإنكليزية").required(),
    text("name_ar", "Arabic name; null where only an English one is known.", "الاسم"),
    text("actor_class", "ACLED's class of actor.", "صنف الطرف", INTER_CLASSES),
    flag("is_state", "Forces of a state.", "قوات دولة"),
    text("country", "Home country, ISO 3166-1 alpha-2.", "البلد"),
)

DIM_PLACE = table(
    "dim_place",
    "Places",
    "الأماكن",
    "One row per gazetteer place named by an event.",
    text("place_id", "Id of the place in the gazetteer.", "معرّف المكان").required(),
    text("place", "Name as first written.", "المكان"),
    text("place_en", "English name.", "المكان بالإنكليزية"),
    text("admin1_en", "Governorate or province, English.", "المحافظة"),
    text("admin1_pcode", "P-code of the governorate.", "رمز المحافظة"),
    text("admin2_en", "District, English.", "المنطقة الإدارية"),
    text("country", "Country, ISO 3166-1 alpha-2.", "البلد"),
    number("lat", "Latitude, WGS84 degrees.", "خط العرض", -90, 90),
    number("lon", "Longitude, WGS84 degrees.", "خط الطول", -180, 180),
)

DIM_PUBLISHER = table(
    "dim_publisher",
    "Publishers",
    "الناشرون",
    "One row per outlet read.",
    text("publisher", "Outlet.", "الناشر").required(),
    text("camp", "Political camp as configured.", "التوجّه"),
    text("country", "Coverage area, ISO 3166-1 alpha-2.", "البلد"),
    text("timezone", "IANA zone.", "المنطقة الزمنية"),
)

DIM_DATE = table(
    "dim_date",
    "Days",
    "الأيام",
    "One row per day; in `latest/` without gaps from the first event to the last snapshot.",
    Column("date", "date", "The day.", "اليوم", nullable=False),
    count("year", "Year.", "السنة").required(),
    count("quarter", "Quarter, 1 to 4.", "الربع", 1, 4).required(),
    count("month", "Month, 1 to 12.", "الشهر", 1, 12).required(),
    count("day_of_month", "Day of the month, 1 to 31.", "يوم الشهر", 1, 31).required(),
    text("iso_week", "ISO week, for example 2024-W11.", "الأسبوع").required(),
    text("weekday_en", "Day of the week, English.", "يوم الأسبوع بالإنكليزية").required(),
    text("weekday_ar", "Day of the week, Arabic.", "يوم الأسبوع").required(),
    text("month_en", "Month, English.", "اسم الشهر بالإنكليزية").required(),
    text("month_ar", "Month, Levantine and international Arabic name.", "اسم الشهر").required(),
)

DAILY_SUMMARY = replace(
    table(
        "daily_summary",
        "Daily summary",
        "الملخص اليومي",
        "Events per day, country, governorate, type, sub-type and time precision. A snapshot holds the cells that "
        "it touched. In `latest/`, within a year, every combination that occurs in it has a row on every day of "
        "the data's range, with `events` = 0 where nothing was recorded (`source_coverage` tells whether anything "
        "was read). Aggregate tolls and undated events stay out. A sum of people is 0 where there is no event, and "
        "null where there are events but none states a number.",
        Column("event_date", "date", "First day of the events.", "تاريخ الحدث", nullable=False),
        SNAPSHOT_DATE,
        text("country", "Country, ISO 3166-1 alpha-2; null where unknown.", "البلد"),
        text("admin1_en", "Governorate or province; null where unknown.", "المحافظة"),
        text("event_type", "ACLED event type.", "نوع الحدث", EVENT_TYPES).required(),
        text("sub_event_type", "ACLED sub-event type.", "النوع الفرعي", SUB_EVENT_TYPES).required(),
        count(
            "time_precision",
            "1 day, 2 week, 3 month or worse; a coarse day is the first of its range.",
            "دقة الزمن",
            1,
            3,
        ),
        count("events", "Events.", "الأحداث").required(),
        count("deaths_low", "Sum of the lowest tolls.", "القتلى (أدنى)"),
        count("deaths_best", "Sum of best tolls, lowest where no best is stated.", "القتلى (الأرجح)"),
        count("deaths_high", "Sum of highest tolls; best, then lowest, where no highest is stated.", "القتلى (أقصى)"),
        count(
            "n_open_high",
            "Events whose toll has no upper end: `deaths_high` is too low by an unknown number.",
            "حصائل مفتوحة",
        ).required(),
        count(
            "n_vague", "Events with deaths in words only (dozens, several): in no sum.", "حصائل غير محددة"
        ).required(),
        count("injured", "Sum of injured, best else low.", "الجرحى"),
        count("strikes", "Sum of strikes, best else low.", "الغارات"),
        count("sources", "Sum of independent sources.", "المصادر المستقلة").required(),
        count("articles", "Sum of articles that tell the events.", "المقالات").required(),
    ),
    key=("event_date", "country", "admin1_en", "event_type", "sub_event_type", "time_precision"),
    partition="year",
    partition_column="event_date",
)
