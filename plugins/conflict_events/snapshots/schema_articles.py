"""Tables about what was read: articles and the coverage of sources."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.snapshots.columns import ForeignKey, count, day, table, text
from conflict_events.snapshots.enums import PUBLISHED_SOURCES

__all__ = ["ARTICLES", "SNAPSHOT_DATE", "SOURCE_COVERAGE"]

SNAPSHOT_DATE = day("snapshot_date", "Day of the snapshot that wrote this row.", "تاريخ اللقطة").required()

ARTICLES = replace(
    table(
        "articles",
        "Articles",
        "المقالات",
        "One row per article, in the snapshot of the day it became known. Holds no body text: `text_sha256` names "
        "the exact text in the archive, which evidence offsets point into.",
        text("article_id", "Stable id of the article.", "معرّف المقال").required(),
        SNAPSHOT_DATE,
        text("url", "Canonical address; null where none was given.", "الرابط"),
        text("publisher", "Outlet; `unknown` where none was given.", "الناشر").required(),
        text("camp", "Political camp of the outlet as configured.", "توجّه الناشر"),
        text("title", "Title of the article.", "العنوان"),
        day("published_at", "Publication day in the outlet's zone; null where no source states one.", "تاريخ النشر"),
        text("published_source", "Where the publication day was read.", "مصدر تاريخ النشر", PUBLISHED_SOURCES),
        text("language", "ISO 639-1 code of the main language.", "اللغة").required(),
        text("timezone", "IANA zone of the outlet; relative dates are read in it.", "المنطقة الزمنية"),
        text("near_duplicate_of", "Article that this one copies; its claims are read from that one.", "نسخة عن"),
        text(
            "version_of",
            "Earlier version of the page, at the same address with another text, or the report that this notice at "
            "another address corrects or takes back; where the publisher did so, the claims of that one are withdrawn.",
            "نسخة سابقة",
        ),
        count("n_claims", "Claims extracted from the article.", "عدد الإفادات").required(),
        count("n_characters", "Length of title, newline and text in code points.", "عدد المحارف").required(),
        text("text_sha256", "SHA-256 of title, newline and text in UTF-8.", "بصمة النص").required(),
    ),
    foreign_keys=(ForeignKey(("publisher",), "dim_publisher", ("publisher",)),),
    partition="month",
    partition_column="published_at",
)

SOURCE_COVERAGE = replace(
    table(
        "source_coverage",
        "Coverage of sources",
        "تغطية المصادر",
        'What was read, per snapshot and publisher: tells "no events" from "no articles".',
        SNAPSHOT_DATE,
        text("publisher", "Outlet; `unknown` where none was given.", "الناشر").required(),
        count(
            "articles_expected", "Articles expected that day; null where nothing is known of it.", "المقالات المتوقعة"
        ),
        count("articles_read", "Articles read, copies included.", "المقالات المقروءة").required(),
        count("articles_cut", "Of these, copies of another article.", "المقالات المكررة").required(),
        count("articles_quarantined", "Documents that could not be used.", "المقالات المستبعدة").required(),
        count(
            "hours_missing",
            "Hours of the day in which a source of the outlet was not read from the web; null where it has none.",
            "الساعات غير المرصودة",
        ),
        count(
            "pages_lost",
            "Pages that a source named and that could not be fetched; null where the outlet has no source of the web.",
            "الصفحات غير المجلوبة",
        ),
    ),
    key=("snapshot_date", "publisher"),
    foreign_keys=(ForeignKey(("publisher",), "dim_publisher", ("publisher",)),),
    partition="month",
    partition_column="snapshot_date",
)
