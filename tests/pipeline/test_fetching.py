"""From servers that misbehave to articles in the archive: the right reason, nothing lost, the other sources done."""

from __future__ import annotations

import gzip
import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from outlets_on_loopback import NOON, Desk, article, desk_on, feed
from site_on_loopback import Play, Site, hanging_up, page, redirect, status, tagged, trickling

from conflict_events import pipeline
from conflict_events.articles import load_sources, read_articles
from conflict_events.pipeline import PipelineError, fetching
from conflict_events.pipeline.tasks import fetch_source
from conflict_events.pipeline.workspace import read_json
from conflict_events.records import Article

DAY = "2024-11-29"


@pytest.fixture
def desk(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk_on(site, tmp_path, monkeypatch)


def fetched(desk: Desk) -> dict[str, Article]:
    """Articles of the whole crawl archive by their address."""
    found = {}
    for file in fetching.places_of(desk.settings).crawl.files():
        for one in read_articles(file.path, sources=load_sources(desk.file)):
            assert isinstance(one, Article) and one.url, one
            found[one.url] = one
    return found


def quarantined(desk: Desk) -> dict[str, str]:
    """Reasons of what was given up, by its address."""
    found = {}
    for path in desk.settings.quarantine.glob("*/*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            assert record["reason"] == path.stem and record["detail"]
            found[record["origin"]] = record["reason"]
    return found


def test_new_pages_are_fetched_once_and_kept_as_they_came(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {n: page(article(n)) for n in (1, 2, 3)}))
    desk.site.on("nakhil.example/feed", tagged(feed("nakhil.example", [1, 2, 3]), '"one"'))
    receipt = pipeline.fetch(desk.settings, "nakhil")
    assert (receipt["ok"], receipt["listed"], receipt["new"], receipt["fetched"]) == (True, 3, 3, 3)
    again = pipeline.fetch(desk.settings, "nakhil")
    assert (again["ok"], again["listed"], again["fetched"], again["waiting"]) == (True, 0, 0, 0)
    assert desk.site.paths().count("/feed") == 2 and len(desk.site.paths()) == 5
    one = fetched(desk)["https://nakhil.example/news/1"]
    assert (one.publisher, one.camp, str(one.published_at)) == ("nakhil.example", "nakhil", DAY)
    assert one.title.startswith("قصف مدفعي على آفس") and "الرئيسية" not in one.text


def test_compressed_pages_and_their_arabic_addresses(desk: Desk) -> None:
    packed = page(gzip.compress(article(1).encode()), Content_Encoding="gzip")
    desk.sources(desk.outlet("nakhil", {}))
    feed_of_one = feed("nakhil.example", [1]).replace("/news/1?utm_source=rss", "/أخبار/قصف")
    desk.site.on("nakhil.example/feed", page(feed_of_one, "text/xml"))
    desk.site.on("nakhil.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%82%D8%B5%D9%81", packed)
    assert pipeline.fetch(desk.settings, "nakhil")["fetched"] == 1
    (one,) = fetched(desk).values()
    assert "استهدف بلدة آفس" in one.text


def test_a_page_of_another_day_keeps_its_own(desk: Desk) -> None:
    pages = {
        1: page(article(1, day="2019-05-06")),
        2: page(article(2, day="2031-01-01")),
        3: page(article(3, day=None)),
        4: page(article(4, day="2024-11-29T21:30:00Z")),
    }
    desk.sources(desk.outlet("nakhil", pages))
    pipeline.fetch(desk.settings, "nakhil")
    days = {int(url[-1]): (str(one.published_at), one.published_source) for url, one in fetched(desk).items()}
    assert days[1] == ("2019-05-06", "metadata")
    assert days[2] == (DAY, "feed"), "no page is published after it was fetched"
    assert days[3] == (DAY, "feed")
    assert days[4] == (DAY, "feed"), "half past midnight of the next day in Damascus is after the fetch, too"


DEEP = "<html><body>" + "<div>" * 10_000 + "قصف" + "</div>" * 10_000 + "</body></html>"
ENTITIES = '<!DOCTYPE html [<!ENTITY a "ا"><!ENTITY b "&a;&a;&a;">]>' + article(2)
WRONG_CHARSET = page(article(2).encode("cp1256"), "text/html; charset=iso-8859-1")
# What becomes of the page that the play serves: fetched, lost for good, or left waiting for the next round.
ATTACKS: dict[str, tuple[Play, str, str]] = {
    "redirect to a private address": (redirect("https://inside.nakhil.example/"), "lost", "private_address"),
    "redirect to another site": (redirect("https://evil.example/news/2"), "lost", "host_not_allowed"),
    "redirect to http": (redirect("http://nakhil.example/news/2"), "lost", "not_https"),
    "gzip bomb": (page(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"), "lost", "inflates"),
    "endless body": (trickling(itertools.repeat(b"x" * 50_000), 0.0), "lost", "too_large"),
    "slow body": (trickling(itertools.repeat(b"x"), 0.05), "waiting", "too_slow"),
    "nested tags": (page(DEEP), "quarantined", "too_deep"),
    "entity bomb": (page(ENTITIES), "fetched", ""),
    "wrong charset": (WRONG_CHARSET, "fetched", ""),
    "304 for an unknown page": (status(304), "lost", "odd_status"),
    "403": (status(403), "lost", "forbidden"),
    "404": (status(404), "lost", "gone"),
    "500": (status(500), "waiting", "server_error"),
    "429": (status(429, Retry_After="120"), "waiting", "busy"),
    "a picture": (page(b"\x89PNG", "image/png"), "lost", "not_html"),
    "no text": (page("<html><body></body></html>"), "quarantined", "no_text"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_each_attack_has_its_reason_and_costs_nobody_else(desk: Desk, name: str) -> None:
    play, fate, reason = ATTACKS[name]
    desk.site.names["inside.nakhil.example"] = "10.0.0.7"
    desk.sources(
        desk.outlet("nakhil", {1: page(article(1)), 2: play, 3: page(article(3))}),
        desk.outlet("sahel", {1: page(article(5))}),
    )
    receipt = pipeline.fetch(desk.settings, "nakhil")
    assert receipt["ok"]
    assert pipeline.fetch(desk.settings, "sahel")["fetched"] == 1
    taken = pipeline.take_in_crawl(desk.settings, DAY)
    url = "https://nakhil.example/news/2?utm_source=rss"
    lost = {address.partition("?")[0]: why for address, why in quarantined(desk).items()}
    if fate == "lost":
        assert lost[url.partition("?")[0]] == reason and receipt["lost"] == 1
    elif fate == "waiting":
        assert receipt["reason"] in ("", reason) and receipt["failed"] == 1 and receipt["waiting"] >= 1 and not lost
    elif fate == "quarantined":
        assert taken["reasons"] == {reason: 1} and list(lost.values()) == [reason]
    else:
        assert not lost and receipt[fate] >= 1
    if name == "429":  # the host wants no more for now: what is left comes in the next round
        desk.later(minutes=5)
        desk.site.on("nakhil.example/news/2", page(article(2)))
        assert pipeline.fetch(desk.settings, "nakhil")["waiting"] == 0
        taken["new"] += pipeline.take_in_crawl(desk.settings, DAY)["new"] - 1
    assert taken["new"] == 3 + (fate == "fetched"), "the neighbours are there"


def test_a_storm_of_500_ends_the_round_and_loses_nothing(desk: Desk) -> None:
    desk.sources(
        desk.outlet("nakhil", {n: status(500) for n in range(10)}), desk.outlet("sahel", {1: page(article(11))})
    )
    receipt = pipeline.fetch(desk.settings, "nakhil")
    assert (receipt["ok"], receipt["reason"], receipt["failed"], receipt["waiting"]) == (True, "server_error", 3, 10)
    assert len(desk.site.paths("nakhil.example")) == 4, "the feed and three pages: then the host is left alone"
    assert pipeline.fetch(desk.settings, "sahel")["fetched"] == 1
    for number in range(10):
        desk.site.on(f"nakhil.example/news/{number}", page(article(number)))
    desk.later(hours=1)
    assert pipeline.fetch(desk.settings, "nakhil")["fetched"] == 10
    assert not quarantined(desk)


def test_a_page_that_never_comes_is_given_up_after_a_day_of_rounds(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {1: status(500)}))
    receipts = []
    for _ in range(25):
        receipts.append(pipeline.fetch(desk.settings, "nakhil"))
        desk.later(hours=1)
    assert [one["lost"] for one in receipts] == [0] * 23 + [1, 0]
    assert set(quarantined(desk).values()) == {"server_error"}


@pytest.mark.parametrize(
    ("path", "play", "reason", "passing"),
    [
        ("robots.txt", page("User-agent: *\nDisallow: /", "text/plain"), "robots", False),
        ("robots.txt", status(500), "robots_unknown", True),
        ("feed", status(404), "gone", False),
        ("feed", status(503, Retry_After="30"), "server_error", True),
        ("feed", page("<html>maintenance</html>"), "bad_list", False),
        ("feed", page('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "text/xml"), "entities", False),
        ("feed", redirect("https://evil.example/feed"), "host_not_allowed", False),
    ],
)
def test_a_dead_source_stops_no_other(desk: Desk, path: str, play: Play, reason: str, passing: bool) -> None:
    desk.sources(
        desk.outlet("nakhil", {1: page(article(1))}), desk.outlet("sahel", {n: page(article(n)) for n in (1, 2)})
    )
    alive = desk.site.plays[("nakhil.example", "/feed")]
    desk.site.on(f"nakhil.example/{path}", play)
    dead = pipeline.fetch(desk.settings, "nakhil")
    assert (dead["ok"], dead["reason"], dead["passing"], dead["fetched"]) == (False, reason, passing, 0)
    assert pipeline.fetch(desk.settings, "sahel")["fetched"] == 2
    desk.site.on("nakhil.example/robots.txt", status(404))
    desk.site.on("nakhil.example/feed", alive)
    desk.later(hours=1)
    assert pipeline.fetch(desk.settings, "nakhil")["fetched"] == 1


@pytest.mark.parametrize(("delay", "fetched"), [(240, 2), (900, 0)])
def test_a_slow_host_is_waited_for_within_reason(desk: Desk, delay: int, fetched: int) -> None:
    desk.sources(desk.outlet("nakhil", {1: page(article(1)), 2: page(article(2))}))
    desk.site.on("nakhil.example/robots.txt", page(f"User-agent: *\nCrawl-delay: {delay}", "text/plain"))
    receipt = pipeline.fetch(desk.settings, "nakhil")
    assert receipt["fetched"] == fetched
    if fetched:
        assert [round(wait, -1) for wait in desk.waits] == [240] * 3, "the list and two pages"
    else:
        assert (receipt["ok"], receipt["reason"], desk.waits) == (False, "busy", [])
        assert "900 s between two requests" in receipt["detail"]


class NotAgainError(Exception):
    """Stands for Airflow's error that is not tried again."""


@pytest.mark.parametrize(
    ("path", "play", "reason", "wanted"),
    [
        ("robots.txt", hanging_up, "network", ConnectionError),
        ("feed", hanging_up, "network", ConnectionError),
        ("feed", trickling(itertools.repeat(b" "), 0.05), "too_slow", ConnectionError),
        ("feed", status(500), "server_error", NotAgainError),
        ("feed", status(429), "busy", NotAgainError),
        ("robots.txt", status(500), "robots_unknown", NotAgainError),
        ("feed", status(403), "forbidden", NotAgainError),
    ],
)
def test_the_task_is_tried_again_only_where_the_network_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, path: str, play: Play, reason: str, wanted: type[Exception]
) -> None:  # fmt: skip
    monkeypatch.setenv("CONFLICT_EVENTS_SOURCES_FILE", str(desk.file))
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(desk.settings.data_root))
    desk.sources(desk.outlet("nakhil", {}))
    desk.site.on(f"nakhil.example/{path}", play)
    with pytest.raises(wanted, match=f"nakhil: {reason}: "):
        fetch_source("nakhil", fail=NotAgainError, skip=NotAgainError)


def test_pages_per_round_leave_the_rest_for_the_next(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {n: page(article(n)) for n in range(5)}) + ", pages_per_round: 2")
    assert [pipeline.fetch(desk.settings, "nakhil")["waiting"] for _ in range(3)] == [3, 1, 0]
    assert len(fetched(desk)) == 5


def test_old_entries_of_a_long_list_are_left_alone(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {1: page(article(1))}, NOON.replace(year=2023)))
    assert pipeline.fetch(desk.settings, "nakhil")["new"] == 0


def test_sitemaps_and_listings(desk: Desk) -> None:
    desk.outlet("nakhil", {1: page(article(1)), 2: page(article(2))})
    index = "<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"
    day = "<n:publication_date>2024-11-29</n:publication_date>"
    news = f'<urlset xmlns:n="x"><url><loc>https://nakhil.example/news/1</loc><n:news>{day}</n:news></url></urlset>'
    desk.site.on("nakhil.example/index.xml", page(index, "text/xml"))
    desk.site.on("nakhil.example/news.xml", page(news, "text/xml"))
    desk.site.on(
        "nakhil.example/all", page('<html><body><a href="/news/2">خبر</a><a href="/about">من نحن</a></body></html>')
    )
    desk.sources(
        'id: map, kind: sitemap, outlet: nakhil, url: "https://nakhil.example/index.xml"',
        'id: list, kind: listing, outlet: nakhil, url: "https://nakhil.example/all", links: "/news/[0-9]+"',
    )
    assert pipeline.fetch(desk.settings, "map")["fetched"] == pipeline.fetch(desk.settings, "list")["fetched"] == 1
    assert set(fetched(desk)) == {"https://nakhil.example/news/1", "https://nakhil.example/news/2"}


def test_a_corrected_page_is_kept_as_a_version(desk: Desk) -> None:
    desk.sources(
        desk.outlet("nakhil", {1: tagged(article(1), '"a"', "text/html"), 2: tagged(article(2), '"b"', "text/html")})
    )
    pipeline.fetch(desk.settings, "nakhil")
    desk.site.on("nakhil.example/news/1", tagged(article(1, killed="سبعة"), '"c"', "text/html"))
    desk.later(hours=7)
    receipt = pipeline.fetch(desk.settings, "nakhil")
    assert (receipt["fetched"], receipt["unchanged"]) == (1, 1)
    pipeline.run_archive(desk.settings, DAY)
    rows = articles(desk, DAY)
    versions = [row for row in rows if row["version_of"]]
    assert len(rows) == 3 and len(versions) == 1
    assert versions[0]["url"] == "https://nakhil.example/news/1" and versions[0]["near_duplicate_of"] is None
    assert versions[0]["version_of"] in {row["article_id"] for row in rows}


def articles(desk: Desk, day: str, root: Path | None = None) -> list[dict[str, Any]]:
    return table(desk, day, "articles", root)


def table(desk: Desk, day: str, name: str, root: Path | None = None) -> list[dict[str, Any]]:
    path = (root or desk.settings.data_root) / "snapshots" / f"snapshot={day}" / f"{name}.parquet"
    return pq.read_table(path, partitioning=None).to_pylist()


def parquet(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("snapshots/**/*.parquet"))}


def test_a_day_runs_again_from_the_crawl_archive_alone(desk: Desk, tmp_path: Path) -> None:
    desk.sources(
        desk.outlet("nakhil", {n: page(article(n)) for n in (1, 2, 3)}), desk.outlet("sahel", {7: page(article(7))})
    )
    for name in ("nakhil", "sahel"):
        pipeline.fetch(desk.settings, name)
    desk.later(days=1)  # what is fetched after the night belongs to the next day, whenever the day is run
    late = desk.outlet("nakhil", {4: page(article(4))})
    assert late and pipeline.fetch(desk.settings, "nakhil")["fetched"] == 1
    pipeline.run_archive(desk.settings, DAY)
    assert len(articles(desk, DAY)) == 4
    pipeline.run_archive(desk.settings, "2024-11-30")
    assert len(articles(desk, "2024-11-30")) == 1
    other = tmp_path / "other"
    shutil.copytree(desk.settings.archive / "crawl", other / "archive" / "crawl")
    settings = type(desk.settings)(data_root=other, sources_file=desk.file)
    pipeline.run_archive(settings, DAY)
    pipeline.run_archive(settings, "2024-11-30")
    assert parquet(other) == parquet(desk.settings.data_root)


def test_missing_hours_are_on_record_and_block_nothing(desk: Desk) -> None:
    desk.sources(
        desk.outlet("nakhil", {1: page(article(1))}) + ", expected_per_day: 10",
        desk.outlet("sahel", {2: page(article(2))}),
        desk.outlet("jabal", {3: status(404)}),
    )
    for _ in range(3):
        pipeline.fetch(desk.settings, "nakhil")
        pipeline.fetch(desk.settings, "jabal")
        desk.later(hours=1)
    desk.site.on("sahel.example/feed", status(404))
    pipeline.fetch(desk.settings, "sahel")
    pipeline.run_archive(desk.settings, DAY)
    rows = {row["publisher"]: row for row in table(desk, DAY, "source_coverage")}
    told = {name: (row["articles_read"], row["hours_missing"], row["pages_lost"]) for name, row in rows.items()}
    assert told == {"nakhil.example": (1, 21, 0), "sahel.example": (0, 24, 0), "jabal.example": (0, 21, 1)}
    assert rows["nakhil.example"]["articles_expected"] == 10


def test_after_three_days_down_the_missed_days_come_in_order(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {1: page(article(1))}))
    pipeline.fetch(desk.settings, "nakhil")
    pipeline.run_archive(desk.settings, DAY)
    desk.later(days=4)
    desk.outlet("nakhil", {2: page(article(2, day="2024-12-01")), 3: page(article(3, day="2024-12-03"))}, desk.clock)
    pipeline.fetch(desk.settings, "nakhil")
    pipeline.run_archive(desk.settings, "2024-12-03")
    days = sorted(path.name[-10:] for path in (desk.settings.data_root / "snapshots").iterdir())
    assert days == [DAY, "2024-11-30", "2024-12-01", "2024-12-02", "2024-12-03"]
    # A late article belongs to the day it became known, with its own day on it.
    assert [len(articles(desk, day)) for day in days] == [1, 0, 0, 0, 2]
    (row,) = table(desk, "2024-12-01", "source_coverage")
    assert row["hours_missing"] == 24


def test_a_round_that_dies_before_it_remembers_is_done_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sources(desk.outlet("nakhil", {n: page(article(n)) for n in (1, 2)}))
    with monkeypatch.context() as patch:
        patch.setattr(fetching, "write_json", lambda path, value: (_ for _ in ()).throw(OSError("no space left")))
        with pytest.raises(OSError, match="no space"):
            pipeline.fetch(desk.settings, "nakhil")
    desk.later(minutes=1)
    assert pipeline.fetch(desk.settings, "nakhil")["fetched"] == 2
    taken = pipeline.take_in_crawl(desk.settings, DAY)
    assert (taken["new"], taken["known"]) == (2, 2)
    assert not list(desk.settings.archive.rglob("*.part"))


@pytest.mark.parametrize("damage", ["{", "[]", '{"pages": {"x": 3}, "lists": {}, "failures": 0, "not_before": ""}', ""])
def test_a_damaged_memory_is_put_aside(desk: Desk, damage: str) -> None:
    desk.sources(desk.outlet("nakhil", {1: page(article(1))}))
    pipeline.fetch(desk.settings, "nakhil")
    memory = fetching.places_of(desk.settings).states / "nakhil.json"
    memory.write_text(damage, encoding="utf-8")
    desk.later(minutes=1)
    assert pipeline.fetch(desk.settings, "nakhil")["fetched"] == 1
    assert memory.with_name("nakhil.json.damaged").read_text(encoding="utf-8") == damage
    assert read_json(memory)["pages"]


def test_two_rounds_of_one_source_do_not_run_at_once(desk: Desk) -> None:
    from filelock import FileLock

    desk.sources(desk.outlet("nakhil", {1: page(article(1))}))
    states = fetching.places_of(desk.settings).states
    states.mkdir(parents=True)
    with FileLock(states / "nakhil.lock"):
        receipt = pipeline.fetch(desk.settings, "nakhil")
    assert (receipt["ok"], receipt["reason"], receipt["passing"]) == (False, "busy", True)
    assert desk.site.asked == []


def test_a_source_of_no_such_name(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {}), "id: drop, kind: folder, path: drop".replace(", crawl", ""))
    text = desk.file.read_text(encoding="utf-8").replace("path: drop, crawl_delay_seconds: 0", "path: drop")
    desk.file.write_text(text, encoding="utf-8")
    for name in ("sahel", "drop"):
        with pytest.raises(PipelineError, match="there are nakhil"):
            pipeline.fetch(desk.settings, name)


def test_old_pages_go_with_the_texts(desk: Desk) -> None:
    desk.sources(desk.outlet("nakhil", {1: page(article(1))}))
    pipeline.fetch(desk.settings, "nakhil")
    settings = type(desk.settings)(data_root=desk.settings.data_root, sources_file=desk.file, retention_days=30)
    assert "crawl_days" not in pipeline.prune_archive(settings, "2024-12-20")
    assert pipeline.prune_archive(settings, "2025-01-01")["crawl_days"] == 1
    assert not list(settings.archive.rglob("*.warc.gz"))
