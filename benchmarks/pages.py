"""The first page over 100,000 generated events: what it reads, against the same queries in bare DuckDB.

Bare means: one open connection without limits over the same Parquet files, and nothing done with the rows. Both are
asked in turn, several times, and the medians of the time on the clock are compared.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from conflict_events.settings import Settings
from conflict_events.snapshots.arrow import from_rows
from conflict_events.snapshots.codes import load_actions
from conflict_events.snapshots.schema import TABLES
from conflict_events.snapshots.sections import Sections
from conflict_events.snapshots.storage import write_parquet
from conflict_events.web.pages.database import Cursor, Database
from conflict_events.web.pages.filters import Filters
from conflict_events.web.pages.overview import overview

__all__ = ["PageCost", "compare_pages", "generated_state"]

EVENTS = 100_000
FIRST, DAYS = date(2020, 1, 1), 1461
TURNS = 7
QUERIES = {
    "first page": {},
    "one country, deadliest": {"country": "SY", "sort": "deadliest"},
    "a month, an actor": {"from": "2022-03-01", "to": "2022-03-31", "actor": "IS"},
    "a box on the map": {"box": "36,35,38,37"},
}


@dataclass(frozen=True, slots=True)
class PageCost:
    """Seconds of one view of the page.

    Attributes:
        name: What was asked for.
        bare: The same queries in bare DuckDB.
        read: All that is read for the page.
        page: The whole answer, drawn and written as HTML.
    """

    name: str
    bare: float
    read: float
    page: float

    @property
    def ratio(self) -> float:
        """Reading against bare DuckDB."""
        return self.read / self.bare


def compare_pages(events: int = EVENTS, folder: Path | None = None) -> Iterator[PageCost]:
    """Measure each view over a generated state of so many events."""
    import duckdb
    from fastapi.testclient import TestClient

    from conflict_events.web.pages.app import create_app

    with generated_state(events, folder) as root, duckdb.connect() as bare:
        bare.execute(f"CREATE VIEW events AS SELECT * FROM read_parquet('{root}/latest/events/*.parquet')")
        database = Database(root)
        client = TestClient(create_app(lambda: None, Settings(data_root=root)))
        for name, query in QUERIES.items():
            filters = Filters.of(query)

            def read(filters: Filters = filters) -> Any:
                return database.read(lambda cursor: overview(cursor, filters))

            def page(query: dict[str, str] = query) -> Any:
                return client.get("/", params=query).text

            asked = _asked(database, filters)

            def plainly(asked: list[tuple[str, dict[str, Any]]] = asked) -> Any:
                return [bare.execute(sql, values).fetchall() for sql, values in asked]

            yield PageCost(name, *_in_turn(plainly, read, page))


def _asked(database: Database, filters: Filters) -> list[tuple[str, dict[str, Any]]]:
    """The queries that the page sends, with their values."""
    asked: list[tuple[str, dict[str, Any]]] = []

    class Listening(Cursor):
        def rows(self, sql: str, values: Any = None) -> list[dict[str, Any]]:
            asked.append((sql, dict(values or {})))
            return Cursor.rows(self, sql, values)

    database.read(lambda cursor: overview(Listening(cursor.connection, cursor.snapshots, cursor.kept), filters))
    return asked


def _in_turn(*works: Callable[[], object]) -> list[float]:
    """Medians of the seconds that each takes; the first turn warms up."""
    seconds: list[list[float]] = [[] for _ in works]
    for turn in range(TURNS + 1):
        for number, work in enumerate(works):
            started = time.perf_counter()
            work()
            if turn:
                seconds[number].append(time.perf_counter() - started)
    return [median(one) for one in seconds]


@contextmanager
def generated_state(events: int, folder: Path | None = None) -> Iterator[Path]:
    """A workspace whose `latest/` holds so many events, a file a month, as the daily run writes it."""
    with tempfile.TemporaryDirectory(prefix="conflict-events-pages-", dir=folder) as made:
        root = Path(made)
        chance = random.Random(7)
        months: dict[str, list[dict[str, Any]]] = {}
        for number in range(events):
            row = _event(number, chance)
            months.setdefault(Sections("month", ()).of((row["event_date"], None)), []).append(row)
        for name, rows in months.items():
            write_parquet(from_rows(TABLES["events"], rows), root / "latest" / "events" / f"{name}.parquet")
        yield root


def _event(number: int, chance: random.Random) -> dict[str, Any]:
    action = chance.choice([one for one in load_actions().values() if one.event_type])
    deaths = chance.choice((None, None, 0, 1, 1, 2, 3, 5, 12, 40))
    placed = chance.random() < 0.9
    day = FIRST + timedelta(days=int(DAYS * chance.random() ** 0.5))
    return {
        "event_id": f"ev_{chance.randrange(16**16):016x}", "revision": 1, "snapshot_date": day, "change": "new",
        "reason": "first reported", "event_date": None if number % 200 == 0 else day, "date_end": day,
        "time_precision": chance.choice((1, 1, 1, 2, 3)), "action": action.action, "event_type": action.event_type,
        "sub_event_type": action.sub_event_type, "action_en": action.name_en, "action_ar": action.name_ar,
        "actor1": chance.choice(("IS", "SYR_REGIME", "RUS", "SYR_REGIME; RUS", None)), "actor1_en": "Somebody",
        "actor1_ar": "جهة ما", "actor1_suspected": False, "actor2": "CIVILIANS", "actor2_en": "Civilians",
        "actor2_ar": "مدنيون", "place": f"قرية {number % 4000}", "place_en": f"Village {number % 4000}",
        "admin1_en": "Aleppo", "country": chance.choice(("SY", "SY", "IQ", "YE")),
        "lat": round(chance.gauss(35, 2), 3) if placed else None,
        "lon": round(chance.gauss(38, 3), 3) if placed else None, "geo_precision": chance.choice((1, 1, 2, 3)),
        "deaths_low": deaths, "deaths_best": deaths, "deaths_high": deaths, "is_background": chance.random() < 0.1,
        "is_aggregate": chance.random() < 0.03, "sources": "المرصد", "publishers": "outlet.example", "n_articles": 2,
        "n_publishers": 1, "n_camps": 1, "n_independent_sources": chance.choice((1, 2, 3)), "confidence": 0.8,
        "notes_en": "A generated event.", "notes_ar": "حدث مولَّد.", "first_seen_snapshot": day,
        "last_revised_snapshot": day,
    }  # fmt: skip
