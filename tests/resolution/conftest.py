"""Claims for the tests of resolution: an air strike on Ariha unless told otherwise."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conflict_events.records import Claim, Count, SourceRef

PLACES = {
    "أريحا": {"place_en": "Ariha", "lat": 35.81, "lon": 36.61, "geo_precision": 1},
    "سرمين": {"place_en": "Sarmin", "lat": 35.90, "lon": 36.73, "geo_precision": 1},
    "كفرلاتة": {"place_en": "Kafr Lata", "lat": 35.80, "lon": 36.66, "geo_precision": 1},
    "ريف إدلب": {"place_en": "Idlib countryside", "lat": 35.82, "lon": 36.62, "geo_precision": 3},
    "محيط أريحا": {"place_en": "around Ariha", "lat": 35.82, "lon": 36.60, "geo_precision": 2},
}


def _claim(claim_id: str = "c1", article_id: str | None = None, place: str = "أريحا", **slots: Any) -> Claim:
    killed, injured = slots.pop("killed", None), slots.pop("injured", None)
    counts = list(slots.pop("counts", ()))
    for measure, number in (("killed", killed), ("injured", injured)):
        if number is not None:
            counts.append(Count(measure, number, number, number, "exact", None, f"{measure} {number}"))
    start = slots.pop("date_start", date(2023, 7, 1))
    values: dict[str, Any] = {
        "action": "air_strike",
        "evidence": " ".join(f"كلمة{claim_id}{number}" for number in range(8)),
        "evidence_start": 0,
        "evidence_end": 10,
        "rule": "test",
        "confidence": 0.8,
        "date_start": start,
        "date_end": slots.pop("date_end", start),
        "time_precision": 1 if start else None,
        "date_source": "relative" if start else None,
        "place": place,
        "admin1_en": "Idlib",
        "country": "SY",
        "actor1": ("RUS",),
        "actor2": ("CIVILIANS",),
        "published_at": date(2023, 7, 1),
        "publisher": f"{article_id or claim_id}.example",
        "counts": tuple(counts),
    }
    return Claim(claim_id, article_id or f"article-{claim_id}", **{**values, **PLACES.get(place, {}), **slots})


@pytest.fixture(scope="session")
def claim() -> Callable[..., Claim]:
    """Makes a claim; `killed` and `injured` are exact totals, other words are slots of `Claim`."""
    return _claim


@pytest.fixture(scope="session")
def source() -> Callable[..., tuple[SourceRef, ...]]:
    """Makes the sources of a claim from (name, type) pairs."""
    return lambda *pairs: tuple(SourceRef(name, kind) for name, kind in pairs)
