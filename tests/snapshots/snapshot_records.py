"""Invented articles, claims and events for the tests of the snapshots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events.records import Article, Claim, Count, SlotSpan, SourceRef
from conflict_events.resolution.records import EventRecord
from conflict_events.snapshots import (
    AuditReport,
    Coverage,
    DayRecords,
    Published,
    PublishRequest,
    audit,
    build_tables,
    load_state,
    load_tables,
    publish,
)
from conflict_events.snapshots.storage import read_json

DAY1, DAY2, DAY3 = date(2024, 3, 15), date(2024, 3, 16), date(2024, 3, 17)

STRIKE = "قتل خمسة مدنيين على الأقل في غارة روسية على بلدة النخلة الجمعة."
CLASH = "واندلعت اشتباكات على محور الزيتونة أوقعت عشرات القتلى."


def article(name: str = "a1", day: date | None = DAY1, **changes: Any) -> Article:
    """An article with two sentences."""
    base = Article(
        name,
        f"{STRIKE}\n{CLASH}",
        title="غارة على النخلة",
        publisher="barada.example",
        url=f"https://barada.example/{name}",
        published_at=day,
        published_source="record" if day else None,
        country="SY",
        camp="opposition",
    )
    return replace(base, **changes)


def strike(name: str = "c1", source: Article | None = None, event_id: str | None = "e1", **changes: Any) -> Claim:
    """A strike: at least five killed, twelve injured, two raids."""
    source = source or article()
    start = source.full_text.index(STRIKE)
    base = Claim(
        claim_id=name,
        article_id=source.article_id,
        action="air_strike",
        evidence=STRIKE,
        evidence_start=start,
        evidence_end=start + len(STRIKE),
        rule="strike.ghara",
        confidence=0.9,
        date_start=DAY1,
        date_end=DAY1,
        time_precision=1,
        date_source="relative",
        date_text="الجمعة",
        place="النخلة",
        place_en="al-Nakhla",
        place_id="x:1",
        admin1_en="Idlib",
        admin1_pcode="SY07",
        country="SY",
        lat=35.9,
        lon=36.6,
        geo_precision=1,
        geo_method="curated",
        other_places=("السرو",),
        actor1=("RUS",),
        actor2=("CIVILIANS",),
        counts=(
            Count("killed", 5, 5, None, "at_least", None, "خمسة مدنيين على الأقل", start + 4, start + 25),
            Count("killed", 5, 5, None, "at_least", "civilians", "خمسة مدنيين"),
            Count("injured", 12, None, 15, "range"),
            Count("strikes", 2, 2, 2, "exact"),
        ),
        sources=(SourceRef("SOHR", "observatory"), SourceRef("unnamed sources", "unnamed", "accuses")),
        infrastructure=("market", "school"),
        spans=(SlotSpan("action", start, start + 3, "ghara"),),
        published_at=source.published_at,
        publisher=source.publisher,
        event_id=event_id,
    )
    return replace(base, **changes)


def clash(name: str = "c2", source: Article | None = None, event_id: str | None = "e2", **changes: Any) -> Claim:
    """A clash with dozens killed, placed to its region only."""
    source = source or article()
    start = source.full_text.index(CLASH)
    base = Claim(
        claim_id=name,
        article_id=source.article_id,
        action="armed_clash",
        evidence=CLASH,
        evidence_start=start,
        evidence_end=start + len(CLASH),
        rule="clash.ishtibak",
        confidence=0.7,
        date_start=DAY1,
        date_end=DAY1,
        time_precision=1,
        date_source="publication",
        place="محور الزيتونة",
        country="SY",
        admin1_en="Idlib",
        actor1=("SYR_REGIME",),
        actor2=("HTS", "OTHER:local fighters"),
        counts=(Count("killed", None, None, None, "vague", None, "عشرات القتلى"),),
        published_at=source.published_at,
        publisher=source.publisher,
        event_id=event_id,
    )
    return replace(base, **changes)


def event(claim: Claim, *others: Claim, **changes: Any) -> EventRecord:
    """The event that claims tell; its slots are those of the first."""
    killed = next((c for c in claim.counts if c.measure == "killed" and c.group is None), None)
    injured = next((c for c in claim.counts if c.measure == "injured"), None)
    strikes = next((c for c in claim.counts if c.measure == "strikes"), None)
    same = (
        "action", "date_start", "date_end", "time_precision", "place", "place_en", "place_id", "admin1_en",
        "admin1_pcode", "admin2_en", "country", "lat", "lon", "geo_precision", "other_places", "actor1", "actor2",
        "is_background", "is_aggregate",
    )  # fmt: skip
    base = EventRecord(
        event_id=claim.event_id or "?",
        revision=1,
        change="new",
        reason="first report",
        claim_ids=tuple(sorted(one.claim_id for one in (claim, *others))),
        counts=tuple(replace(c, start=None, end=None) for c in claim.counts),
        deaths_low=killed.low if killed else None,
        deaths_best=killed.best if killed else None,
        deaths_high=killed.high if killed else None,
        deaths_qualifier=killed.qualifier if killed else None,
        deaths_text=killed.text if killed else None,
        deaths_civilians=5 if claim.action == "air_strike" else None,
        injured_low=injured.low if injured else None,
        injured_best=injured.best if injured else None,
        injured_high=injured.high if injured else None,
        strikes_low=strikes.low if strikes else None,
        strikes_best=strikes.best if strikes else None,
        strikes_high=strikes.high if strikes else None,
        n_articles=len({one.article_id for one in (claim, *others)}),
        n_publishers=1,
        n_camps=1,
        n_independent_sources=1,
        confidence=claim.confidence,
        notes_en="An event.",
        notes_ar="حدث.",
        **{name: getattr(claim, name) for name in same},
    )
    return replace(base, **changes)


def first_day(**changes: Any) -> DayRecords:
    """A strike and a clash in one article, and one copy of the article."""
    one = article()
    copy = article("a2", publisher="qasioun.example", camp="government")
    claims = (strike(source=one), clash(source=one))
    base = DayRecords(
        DAY1,
        (one, copy),
        claims,
        tuple(event(claim) for claim in claims),
        coverage=(Coverage("barada.example", 1), Coverage("qasioun.example", 1, cut=1, expected=3)),
    )
    return replace(base, **changes)


def second_day() -> DayRecords:
    """A second report of the strike with more dead, a strike in February, an undated protest, an aggregate toll."""
    later = article("a3", DAY2, publisher="qasioun.example", camp="government")
    again = strike("c3", later, "e1", counts=(Count("killed", 7, 7, 7, "exact"),))
    old = strike(
        "c4", later, "e4", date_start=date(2024, 2, 20), date_end=date(2024, 2, 20), is_background=True,
        counts=(Count("killed", None, 3, 3, "at_most"),), place_id=None, place=None, place_en=None, other_places=(),
    )  # fmt: skip
    protest = clash(
        "c5",
        later,
        "e5",
        action="protest",
        date_start=None,
        date_end=None,
        time_precision=None,
        counts=(),
        actor1=(),
        actor2=(),
    )
    toll = clash(
        "c6", later, "e6", action="casualty_toll", is_aggregate=True, counts=(Count("killed", 208, 208, 208, "exact"),)
    )
    known = strike()
    revised = event(
        again, known, revision=2, change="revised", reason="toll 5 -> 7", deaths_low=5, deaths_best=7, deaths_high=7,
        first_seen_snapshot=DAY1, n_publishers=2, n_camps=2, n_independent_sources=2,
    )  # fmt: skip
    return DayRecords(
        DAY2,
        (later,),
        (again, old, protest, toll),
        (revised, event(old), event(protest), event(toll), replace(event(clash()), change="unchanged")),
        known_claims=(known,),
    )


def texts(records: DayRecords) -> dict[str, str]:
    """Full texts by article id."""
    return {one.article_id: one.full_text for one in records.articles if isinstance(one, Article)}


def publish_day(root: Path, records: DayRecords, **changes: Any) -> Published:
    """Build, audit and publish a day."""
    state = load_state(root)
    tables = build_tables(records, root)
    found = audit(tables, root, texts=texts(records))
    request = PublishRequest(root, records.snapshot_date, tables, found, built_on=state.snapshot_date)
    return publish(replace(request, **changes))


def publish_again(snapshot: Path, root: Path) -> Published:
    """Publish the tables of a published snapshot into another workspace, with the audit that they passed."""
    manifest = read_json(snapshot / "manifest.json")
    report = AuditReport.from_json(manifest["audit"])
    day = date.fromisoformat(manifest["snapshot_date"])
    return publish(PublishRequest(root, day, load_tables(snapshot), report))
