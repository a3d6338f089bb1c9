"""What the pages read with: DuckDB shut to everything but the state, drawings, labels."""

from __future__ import annotations

import json
import re
import shutil
import string
from datetime import date
from pathlib import Path

import pytest

from conflict_events.articles.rejected import REASONS
from conflict_events.fetching import FAILURES
from conflict_events.settings import Settings
from conflict_events.snapshots import enums
from conflict_events.web.outlines import outline_path
from conflict_events.web.pages.database import Database
from conflict_events.web.pages.drawing import marks, steps
from conflict_events.web.pages.filters import KINDS, SORTS, Filters
from conflict_events.web.pages.overview import NEAREST, Overview, overview, timeline_axis
from conflict_events.web.pages.words import LANGUAGES, Words, load_labels
from conflict_events.web.view import Box, View, at_least


def test_nothing_but_the_state_can_be_read_and_nothing_written(published: Settings, tmp_path: Path) -> None:
    import duckdb

    outside = tmp_path / "secret.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    archived = next(published.archive.rglob("*.json"))
    database = Database(published.data_root)
    for path in (outside, archived):
        with pytest.raises(duckdb.PermissionException):
            database.read(lambda cursor, path=path: cursor.rows("SELECT * FROM read_text($path)", {"path": str(path)}))
    for statement in (f"COPY (SELECT 1) TO '{tmp_path}/out.csv'", "SET enable_external_access = true"):
        with pytest.raises(duckdb.Error):
            database.read(lambda cursor, statement=statement: cursor.rows(statement))
    assert not (tmp_path / "out.csv").exists()


def test_a_version_that_comes_meanwhile_is_read_next(published: Settings, tmp_path: Path) -> None:
    first = (published.data_root / "latest").resolve()
    for name in ("1", "2"):
        shutil.copytree(first, tmp_path / "versions" / name)
    (tmp_path / "latest").symlink_to("versions/1")
    database = Database(tmp_path)

    def count() -> int:
        found = database.read(lambda cursor: cursor.rows("SELECT count(*) AS events FROM events")[0]["events"])
        assert found is not None
        return found

    before = count()
    for path in (tmp_path / "versions" / "2" / "events").iterdir():
        path.unlink()
    (tmp_path / "latest").unlink()
    (tmp_path / "latest").symlink_to("versions/2")
    shutil.rmtree(tmp_path / "versions" / "1")
    assert before > 0
    assert count() == 0


def test_a_file_that_is_missing_from_a_version_that_stands_is_an_error(published: Settings, tmp_path: Path) -> None:
    import duckdb

    shutil.copytree((published.data_root / "latest").resolve(), tmp_path / "latest")
    database = Database(tmp_path)
    database.read(lambda cursor: cursor.rows("SELECT count(*) FROM claims"))
    next((tmp_path / "latest" / "claims").glob("*.parquet")).unlink()
    with pytest.raises(duckdb.IOException):
        database.read(lambda cursor: cursor.rows("SELECT * FROM claims"))


def test_filters_come_back_from_their_own_address() -> None:
    query = {
        "from": "2021-01-02", "to": "2022-01-01", "country": "SY", "type": "Riots", "actor": "IS",
        "source": "المرصد & ?", "sources": "2", "place": "1", "day": "2", "kind": KINDS[0], "box": "-1.5,2,3.25,4",
        "sort": SORTS[2], "page": "3",
    }  # fmt: skip
    from urllib.parse import parse_qsl

    filters = Filters.of(query)
    assert filters.form() == query
    assert Filters.of(dict(parse_qsl(filters.query(page=3)[1:]))) == filters
    assert "page" not in dict(parse_qsl(filters.query(country="IQ")[1:])), "another filter begins on the first page"


def _overview(settings: Settings, **query: str) -> Overview:
    found = Database(settings.data_root).read(lambda cursor: overview(cursor, Filters.of(query)))
    assert found is not None
    return found


def test_no_event_is_lost_between_list_map_and_timeline(published: Settings) -> None:
    found = _overview(published, box="-30,-40,90,70")
    drawn = marks(found, Words("en"))
    assert sum(mark.events for mark in drawn) == found.totals["placed"] > 20
    assert len(drawn) < found.totals["placed"], "events of one place stand as one"
    assert sum(mark.deaths or 0 for mark in drawn) == found.totals["deaths"]
    everything = _overview(published)
    assert everything.earlier + sum(row["events"] for row in everything.bars) == everything.totals["dated"]


def test_no_mark_hides_another(published: Settings) -> None:
    drawn = marks(_overview(published), Words("en"))
    for number, one in enumerate(drawn):
        for other in drawn[:number]:
            distance = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert distance > 0.35 * (one.radius + other.radius)


@pytest.mark.parametrize("box", [(35.0, 32.0, 42.0, 37.0), (-180.0, -60.0, 180.0, 75.0), (36.2, 33.4, 36.4, 33.6)])
def test_a_view_holds_its_box_and_goes_back_and_forth(box: Box) -> None:
    view = View.around(box, 960, 520)
    corners = (view.x(box[0]), view.y(box[3]), view.x(box[2]), view.y(box[1]))
    assert corners[0] >= -1e-6 and corners[1] >= -1e-6
    assert corners[2] <= 960 + 1e-6 and corners[3] <= 520 + 1e-6
    nearer = View.around(view.zoomed(0.5), 960, 520)
    assert nearer.box == pytest.approx(view.zoomed(0.5), abs=1e-6)
    if box[2] - box[0] < 360:
        assert view.shifted(0, 0) == pytest.approx(view.box, abs=1e-6)


def test_a_reader_can_go_round_the_world_and_to_its_edges() -> None:
    for step in range(6):
        view = View.around((30.0, 20.0, 50.0, 40.0), 960, 520)
        for _ in range(30):
            box = steps(view)[step][2]
            asked = Filters.of({"box": Filters(box=box).form()["box"]}).box
            assert asked is not None and asked == pytest.approx(box, abs=1e-3)
            view = View.around(at_least(asked, NEAREST), 960, 520)
            assert -180 <= (asked[0] + asked[2]) / 2 <= 180


def _on_land(lon: float, lat: float, box: Box) -> bool:
    """Whether a point lies in an odd number of rings of the drawing."""
    view = View.around(box, 800, 600)
    x, y = view.x(lon), view.y(lat)
    inside = False
    for ring in outline_path(view).split("z")[:-1]:
        points = [tuple(map(float, one.split())) for one in ring.removeprefix("M").split("L")]
        for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
    return inside


@pytest.mark.parametrize("box", [(30.0, 20.0, 50.0, 40.0), (-20.0, 0.0, 75.0, 45.0)])
def test_the_land_lies_where_it_is(box: Box) -> None:
    for lon, lat in ((36.3, 33.5), (44.4, 33.3), (45.0, 24.0), (35.2, 31.9), (32.6, 30.0)):
        assert _on_land(lon, lat, box), (lon, lat)
    for lon, lat in ((33.0, 33.8), (38.0, 21.5), (51.0, 27.5)):
        assert not _on_land(lon, lat, box), (lon, lat)


def test_the_outlines_are_small_and_say_where_they_are_from(root: Path) -> None:
    file = root / "include" / "map" / "outlines.json"
    assert file.stat().st_size < 150_000
    stored = json.loads(file.read_text(encoding="utf-8"))
    assert "Natural Earth" in stored["source"] and "public domain" in stored["licence"]


def test_every_label_stands_in_both_languages_with_the_same_blanks() -> None:
    for section, entries in load_labels().items():
        for code, words in entries.items():
            assert set(words) == set(LANGUAGES) and all(isinstance(one, str) and one for one in words.values()), code
            blanks = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in words.values()]
            assert blanks[0] == blanks[1], f"{section}.{code}"


def test_every_value_that_a_page_shows_has_a_label() -> None:
    lists = {
        "event_type": enums.EVENT_TYPES, "sub_event_type": enums.SUB_EVENT_TYPES, "measure": enums.MEASURES,
        "qualifier": enums.QUALIFIERS, "stance": enums.STANCES, "source_type": enums.SOURCE_TYPES,
        "change": enums.EVENT_CHANGES, "kind": KINDS, "sort": SORTS, "geo_precision": "123", "time_precision": "123",
        "level": ("ok", "warn", "fail"), "reason": {**REASONS, **FAILURES}, "unit": ("day", "week", "month", "year"),
    }  # fmt: skip
    for section, codes in lists.items():
        assert set(codes) == set(load_labels()[section]), section


def test_every_label_that_a_template_names_is_there(root: Path) -> None:
    folder = root / "plugins" / "conflict_events" / "web" / "pages"
    source = "".join(
        path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*")) if path.suffix in (".html", ".py")
    )
    named = set(re.findall(r'(?:\bt|say)\("(\w+\.\w+)"', source))
    assert len(named) > 80
    for name in named:
        section, _, code = name.partition(".")
        assert code in load_labels()[section], name


@pytest.mark.parametrize(
    ("first", "early", "last", "expected"),
    [
        ("2024-03-01", "2024-03-02", "2024-03-20", ("day", "2024-03-01")),
        ("2024-03-20", "2024-03-20", "2024-03-20", ("day", "2024-03-07")),
        ("1988-03-16", "2024-03-02", "2024-03-20", ("day", "2024-01-18")),
        ("2024-01-03", "2024-01-03", "2024-06-30", ("week", "2024-01-01")),
        ("2021-05-20", "2021-05-20", "2024-06-30", ("month", "2021-05-01")),
        ("2001-05-20", "2001-05-20", "2024-06-30", ("year", "2001-01-01")),
    ],
)
def test_the_timeline_reaches_back_as_far_as_it_can_be_read(
    first: str, early: str, last: str, expected: tuple[str, str]
) -> None:
    unit, start = timeline_axis(*map(date.fromisoformat, (first, early, last)))
    assert (unit, str(start)) == expected
