"""The goldens themselves are sound: one that points nowhere or breaks the codebook would judge the extractor wrongly.

Three sets: the sample folder, and the two files of `pages/`. Nothing of the extractor is used here, nor its readers:
the few lines that read the articles are this module's own.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "include" / "sample_articles"
GOLDEN = Path(__file__).resolve().parent

# The codebook's code lists, a line each for easy comparison with it.
CODES = {
    "action": """
        air_strike drone_strike shelling explosive_device landmine explosion suicide_bomb grenade chemical_attack
        armed_clash territory_captured assassination attack_on_civilians execution torture sexual_violence abduction
        protest riot arrest defection troop_movement recruitment base_established territory_transfer agreement
        weapons_disrupted looting_destruction body_transfer casualty_toll other""",
    "measure": """
        killed injured missing detained abducted defected deployed displaced bodies strikes munitions vehicles other""",
    "group": "civilians children women men combatants rescuers journalists",
    "actor": """
        SYR_REGIME SYR_GOV RUS IRN ISR TUR USA COALITION JOR IRQ LBN SAU_COALITION YEM_GOV SDN_ARMY LBY_LNA LBY_GNU
        PSE_PA IRQ_KRG EGY GBR FRA SYR_MILITIA IRN_MILITIA HEZBOLLAH FATEMIYOUN ZAINABIYOUN PMF FIFTH_CORPS SDF PKK HTS
        SNA OPPOSITION IS QAEDA TRIBES HAMAS PIJ PAL_GROUPS HOUTHI YEM_RESISTANCE RSF TALIBAN DRUZE_GROUPS UNIDENTIFIED
        WAGNER CIVILIANS JOURNALISTS AID_WORKERS PROTESTERS PRISONERS UN SETTLERS""",
    "source_type": """
        observatory agency local_network media government armed_group medical civil_defence ngo activist witness
        research unnamed""",
}
ACTIONS, MEASURES, GROUPS, ACTORS, SOURCE_TYPES = (frozenset(words.split()) for words in CODES.values())
EVENT_KEYS: dict[str, type | tuple[type, ...]] = {
    "evidence": str, "action": str, "is_background": bool, "is_aggregate": bool, "date_start": (str, type(None)),
    "date_end": (str, type(None)), "time_precision": (int, type(None)), "date_source": (str, type(None)),
    "date_text": (str, type(None)), "place": (str, type(None)), "place_en": (str, type(None)),
    "admin1_en": (str, type(None)), "country": (str, type(None)), "lat": (float, type(None)),
    "lon": (float, type(None)), "geo_precision": (int, type(None)), "other_places": list, "actor1": list,
    "actor2": list, "actor1_suspected": bool, "counts": list, "sources": list,
}  # fmt: skip
COUNT_KEYS = {"measure", "low", "best", "high", "qualifier", "group", "text"}
# Generous boxes (south, west, north, east): they catch swapped or mistyped coordinates, not borders.
COUNTRY_BOXES = {
    "SY": (32.0, 35.5, 37.5, 42.5), "IQ": (29.0, 38.5, 37.5, 49.0), "LB": (33.0, 35.0, 34.8, 36.7),
    "YE": (12.0, 41.5, 19.0, 55.0), "PS": (31.2, 34.2, 32.6, 35.6), "SD": (8.5, 21.5, 22.5, 39.0),
    "LY": (19.5, 9.0, 33.5, 25.5), "SE": (55.0, 10.5, 69.5, 24.5), "IL": (29.4, 34.2, 33.4, 35.9),
    "TR": (35.8, 25.6, 42.2, 44.9), "SA": (16.0, 34.5, 32.2, 55.7), "EG": (21.9, 24.6, 31.8, 37.0),
    "TN": (30.2, 7.5, 37.6, 11.7), "JO": (29.1, 34.9, 33.4, 39.4), "CH": (45.8, 5.9, 47.9, 10.5),
}  # fmt: skip
# The codebook: "منطقة / محور / جبهة / محيط / أطراف X" is X with precision 2.
AROUND = r"(?:منطقة|محور|جبهة|محيط|[أا]طراف)\s"
FULL_DATE = re.compile(r"\d{4}|\d+\s*/\s*\d+\s*/\s*\d+")
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")  # as date.weekday() counts


class VisibleText(HTMLParser):
    """Collects the text of a page that a reader sees, and its publication time and site name from the head."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.meta: dict[str, str] = {}
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and values.get("property"):
            self.meta[values["property"] or ""] = values.get("content") or ""
        self._hidden += tag in {"script", "style", "head"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "head"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def read_samples() -> Iterator[dict[str, Any]]:
    """Every sample article with at least `article_id` and `text`; other keys as its file gives them."""
    for path in sorted(SAMPLES.iterdir()):
        if path.name.endswith((".jsonl", ".jsonl.gz")):
            raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield from (json.loads(line) for line in raw.decode("utf-8").splitlines())
        elif path.suffix == ".html":
            page = VisibleText()
            page.feed(path.read_text(encoding="utf-8"))
            yield {
                "article_id": path.stem,
                "title": page.meta["og:title"],
                "published_at": page.meta["article:published_time"],
                "publisher": page.meta["og:site_name"],
                "text": "".join(page.parts),
            }
        elif path.suffix == ".txt":
            side_car = path.with_suffix(".json")
            record = (
                json.loads(side_car.read_text(encoding="utf-8")) if side_car.exists() else {"article_id": path.stem}
            )
            yield {**record, "text": decode(path.read_bytes())}


def decode(raw: bytes) -> str:
    """UTF-8, else Windows-1256 (which decodes any bytes, so the order matters)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1256")


@dataclass(frozen=True)
class GoldenSet:
    """Articles and what is expected of them."""

    name: str
    articles: list[dict[str, Any]]
    expected: list[dict[str, Any]]

    @property
    def claims(self) -> list[dict[str, Any]]:
        return [claim for entry in self.expected for claim in entry["events"]]


def read_pages(name: str) -> GoldenSet:
    lines = (GOLDEN / "pages" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    expected = json.loads((GOLDEN / "pages" / f"{name}.expected.json").read_text(encoding="utf-8"))
    return GoldenSet(name, [json.loads(line) for line in lines], expected)


SAMPLE_SET = GoldenSet(
    "samples", list(read_samples()), json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
)
PAGE_SETS = [read_pages("levant"), read_pages("arab_world")]
SETS = [SAMPLE_SET, *PAGE_SETS]
ARTICLES = {article["article_id"]: article for one in SETS for article in one.articles}
CLAIMS = [
    pytest.param(entry["article_id"], claim, id=f"{entry['article_id']}-{number}-{claim['action']}")
    for one in SETS
    for entry in one.expected
    for number, claim in enumerate(entry["events"])
]
every_claim = pytest.mark.parametrize(("article_id", "claim"), CLAIMS)
every_set = pytest.mark.parametrize("golden", SETS, ids=lambda one: one.name)


def full_text(article_id: str) -> str:
    article = ARTICLES[article_id]
    return f"{article.get('title') or ''}\n{article['text']}"


@every_set
def test_every_article_has_its_expectation_and_every_expectation_its_article(golden: GoldenSet) -> None:
    listed = [entry["article_id"] for entry in golden.expected]
    assert len(listed) == len(set(listed))
    assert set(listed) == {article["article_id"] for article in golden.articles}


def test_no_two_articles_share_an_id() -> None:
    assert len(ARTICLES) == sum(len(one.articles) for one in SETS)


def test_the_samples_are_as_wide_as_promised() -> None:
    claims, articles = SAMPLE_SET.claims, SAMPLE_SET.articles
    days = {str(article["published_at"])[:10] for article in articles if article.get("published_at")}
    publishers = {article["publisher"] for article in articles if article.get("publisher")}
    assert len(articles) >= 24
    assert len(publishers) >= 8
    assert len(days) >= 5
    assert len(claims) >= 75
    assert {claim["action"] for claim in claims} == ACTIONS
    assert {"SY", "IQ", "LB", "YE"} <= {claim["country"] for claim in claims}
    assert sum(not entry["events"] for entry in SAMPLE_SET.expected) >= 3, "articles that are not about conflict"
    assert sum(claim["is_background"] for claim in claims) >= 5


def test_the_pages_are_as_wide_as_promised() -> None:
    levant, arab_world = PAGE_SETS
    for pages in PAGE_SETS:
        assert len(pages.articles) >= 43
        assert len({str(article["published_at"])[:4] for article in pages.articles}) >= 10, "many years"
        assert len({article["publisher"] for article in pages.articles}) >= 15
        assert sum(not entry["events"] for entry in pages.expected) >= 4, "articles that are not about conflict"
        assert {claim["action"] for claim in pages.claims} == ACTIONS
        assert sum(claim["is_background"] for claim in pages.claims) >= 15
    assert {"SY", "LB", "PS", "IQ", "TR", "IL"} <= {claim["country"] for claim in levant.claims}
    assert {"YE", "IQ", "SD", "LY", "EG", "PS", "SY"} <= {claim["country"] for claim in arab_world.claims}


@pytest.mark.parametrize("sets", [[SAMPLE_SET], PAGE_SETS], ids=["samples", "pages"])
def test_hard_kinds_of_claims_and_counts_are_there(sets: list[GoldenSet]) -> None:
    claims = [claim for one in sets for claim in one.claims]
    assert {count["qualifier"] for claim in claims for count in claim["counts"]} == {
        "exact", "at_least", "at_most", "about", "range", "vague"
    }  # fmt: skip
    assert sum(claim["is_aggregate"] for claim in claims) >= 5
    assert sum(claim["actor1_suspected"] for claim in claims) >= 3


def test_outlets_are_invented() -> None:
    for article in ARTICLES.values():
        if "publisher" in article:
            assert article["publisher"].endswith(".example")
        if article.get("url"):
            assert article["url"].split("/")[2].endswith(".example")


def test_one_text_is_windows_1256_and_one_is_utf8() -> None:
    encodings: Counter[str] = Counter()
    for path in SAMPLES.glob("*.txt"):
        raw = path.read_bytes()
        try:
            raw.decode("utf-8")
            encodings["utf-8"] += 1
        except UnicodeDecodeError:
            text = raw.decode("cp1256")
            assert re.search(r"[\u0621-\u064a]{3,}", text)
            assert "\ufffd" not in text
            encodings["cp1256"] += 1
    assert encodings["cp1256"] >= 1
    assert encodings["utf-8"] >= 1


@every_set
def test_the_date_in_an_id_is_that_of_its_article(golden: GoldenSet) -> None:
    told = 10 if golden is SAMPLE_SET else 4  # the day, or of the pages the year at least
    for article in golden.articles:
        if published := article.get("published_at"):
            assert published[:told] in article["article_id"]


@every_claim
def test_keys_and_codes(article_id: str, claim: dict[str, Any]) -> None:
    assert set(claim) == set(EVENT_KEYS)
    for key, kind in EVENT_KEYS.items():
        assert isinstance(claim[key], kind), key
    assert claim["action"] in ACTIONS
    assert claim["is_aggregate"] == (claim["action"] == "casualty_toll")
    for actor in claim["actor1"] + claim["actor2"]:
        assert actor in ACTORS or actor.startswith("OTHER:"), actor
    assert claim["actor1"] or not claim["actor1_suspected"], "a suspect needs a name"
    for source in claim["sources"]:
        assert set(source) == {"name", "source_type"}
        assert source["source_type"] in SOURCE_TYPES


@every_claim
def test_evidence_is_verbatim(article_id: str, claim: dict[str, Any]) -> None:
    text = full_text(article_id)
    assert len(claim["evidence"]) > 20
    assert claim["evidence"] in text
    quoted = [claim["date_text"], claim["place"], *claim["other_places"], *(s["name"] for s in claim["sources"])]
    for words in filter(None, quoted):
        assert words in text, words
    for count in claim["counts"]:
        assert count["text"] in claim["evidence"], count["text"]


@every_claim
def test_dates(article_id: str, claim: dict[str, Any]) -> None:
    if claim["date_start"] is None:
        assert claim["date_end"] is claim["time_precision"] is claim["date_source"] is None
        return
    start, end = date.fromisoformat(claim["date_start"]), date.fromisoformat(claim["date_end"])
    assert start <= end
    assert claim["time_precision"] in {1, 2, 3}
    assert claim["date_source"] in {"explicit", "relative", "publication"}
    if claim["time_precision"] == 1:
        assert (end - start).days <= 1, "known to the day, or to one night"
    if claim["date_source"] == "publication":
        assert claim["date_text"] is None
        assert start == end == date.fromisoformat(ARTICLES[article_id]["published_at"][:10])
    else:
        assert claim["date_text"]
        for number, name in enumerate(WEEKDAYS):
            if name in claim["date_text"]:
                assert number in {start.weekday(), end.weekday()}, f"{name} is not {start} or {end}"
    if published := ARTICLES[article_id].get("published_at"):
        assert end <= date.fromisoformat(published[:10]), "nothing is reported before it happens"


@every_claim
def test_where_a_date_is_from(article_id: str, claim: dict[str, Any]) -> None:
    if claim["date_source"] == "publication":
        assert not claim["is_background"], "the publication day is only for what is told as fresh news"
    elif claim["date_source"]:
        full = FULL_DATE.search(claim["date_text"]) is not None
        assert full == (claim["date_source"] == "explicit"), "explicit is a full date in the text, and only that"


@every_claim
def test_places(article_id: str, claim: dict[str, Any]) -> None:
    assert (claim["lat"] is None) == (claim["lon"] is None)
    if claim["place"] is None:  # the country may still be known: a toll with a period needs no place
        assert claim["lat"] is claim["geo_precision"] is claim["place_en"] is None
        return
    assert claim["place_en"]
    assert claim["geo_precision"] in {1, 2, 3}
    assert claim["lat"] is not None or claim["geo_precision"] == 3
    if claim["country"] is not None and claim["lat"] is not None:
        south, west, north, east = COUNTRY_BOXES[claim["country"]]
        assert south <= claim["lat"] <= north
        assert west <= claim["lon"] <= east


@every_claim
def test_around_a_place_is_not_the_place(article_id: str, claim: dict[str, Any]) -> None:
    if claim["geo_precision"] == 1:
        assert not re.match(AROUND, claim["place"])
        assert not re.search(AROUND + re.escape(claim["place"]), claim["evidence"])


@every_claim
def test_counts(article_id: str, claim: dict[str, Any]) -> None:
    totals: dict[str, list[int | None]] = {}
    for count in claim["counts"]:
        assert set(count) == COUNT_KEYS
        assert count["measure"] in MEASURES
        assert (
            count["group"] is None
            or count["group"] in GROUPS | ACTORS
            or count["group"].startswith(("OTHER:", "from:"))
        )
        low, best, high = count["low"], count["best"], count["high"]
        stated = [value for value in (low, best, high) if value is not None]
        assert stated == sorted(stated)
        assert {
            "exact": low == best == high is not None,
            "about": low == best == high is not None,
            "at_least": low == best is not None and high is None,
            "at_most": low is None and best == high is not None,
            "range": best is None and low is not None and high is not None and low < high,
            "vague": low is best is high is None,
        }[count["qualifier"]], count
        if count["group"] is None:
            totals.setdefault(count["measure"], []).append(high)
    for count in claim["counts"]:  # several totals: unlike things (houses, shops) as `other`, or tolls that conflict
        assert count["measure"] in totals, f"a group of {count['measure']} without its total"
        if count["group"] is not None and count["low"] is not None:
            limits = totals[count["measure"]]
            assert any(limit is None or count["low"] <= limit for limit in limits), "a group larger than its total"


def test_same_events_point_to_claims() -> None:
    known = {
        (entry["article_id"], claim["action"], claim["evidence"]): claim
        for entry in SAMPLE_SET.expected
        for claim in entry["events"]
    }
    for event in json.loads((GOLDEN / "same_events.json").read_text(encoding="utf-8")):
        claims = [known[(c["article_id"], c["action"], c["evidence"])] for c in event["claims"]]
        assert len(claims) >= 2
        assert len({c["article_id"] for c in event["claims"]}) == len(claims), (
            "two claims of one article are two events"
        )
        assert len({claim["action"] for claim in claims}) == 1
        starts = sorted(date.fromisoformat(claim["date_start"]) for claim in claims)
        assert (starts[-1] - starts[0]).days <= 1
