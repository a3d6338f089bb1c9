"""`conflict-events ingest`, `sources check` and `run` over what was fetched: without Airflow, one command a step."""

from __future__ import annotations

from pathlib import Path

import pytest
from outlets_on_loopback import Desk, article, desk_on
from site_on_loopback import Site, page, status

from conflict_events import pipeline
from conflict_events.cli import main
from conflict_events.settings import Settings


@pytest.fixture
def desk(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = desk_on(site, tmp_path, monkeypatch)
    monkeypatch.setenv("CONFLICT_EVENTS_SOURCES_FILE", str(desk.file))
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(desk.settings.data_root))
    monkeypatch.setenv("CONFLICT_EVENTS_DATA", str(desk.settings.data_root))
    return desk


def with_drops(desk: Desk, *entries: str) -> None:
    """The sources file with these sources and a folder of drops."""
    desk.sources(*entries)
    text = desk.file.read_text(encoding="utf-8") + "  - {id: drops, kind: folder, path: drops}\n"
    desk.file.write_text(text, encoding="utf-8")


def test_ingest_then_run(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "drops").mkdir()
    (tmp_path / "drops" / "a.html").write_text(article(9), encoding="utf-8")
    with_drops(
        desk,
        desk.outlet("nakhil", {n: page(article(n)) for n in (1, 2)}),
        desk.outlet("sahel", {3: page(article(3))}),
        desk.outlet("jabal", {}),
    )
    desk.site.on("sahel.example/feed", status(403))
    assert main(["ingest"]) == 1, "a source failed, and is told"
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("nakhil: 2 listed, 2 new, 2 fetched")
    assert told[1].startswith("sahel: ") and "forbidden" in told[1]
    assert told[3] == "drops: 1 new, 0 known, 0 quarantined"
    assert main(["ingest", "nakhil", "drops"]) == 0
    assert main(["run", "--date", "2024-11-29"]) == 0
    out = capsys.readouterr().out
    assert all(place in out for place in ("آفس", "النيرب", "كللي"))


def test_a_source_on_which_we_fail_stops_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    desk.sources(desk.outlet("nakhil", {1: page(article(1))}), desk.outlet("sahel", {2: page(article(2))}))
    fetch = pipeline.fetch

    def fails(settings: Settings, source: str) -> dict[str, object]:
        if source == "nakhil":
            raise RuntimeError("a bug of ours")
        return fetch(settings, source)

    monkeypatch.setattr(pipeline, "fetch", fails)
    assert main(["ingest"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "nakhil: RuntimeError('a bug of ours')" and told[1].startswith(
        "sahel: 1 listed, 1 new, 1 fetched"
    )


def test_ingest_of_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.sources()
    desk.file.write_text("sources: []\n", encoding="utf-8")
    assert main(["ingest"]) == 2 and main(["ingest", "nakhil"]) == 2
    assert "no source is enabled" in capsys.readouterr().err


def test_check_tries_each_source_and_writes_nothing(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "drops").mkdir()
    (tmp_path / "drops" / "a.html").write_text("<html></html>", encoding="utf-8")
    with_drops(
        desk,
        desk.outlet("nakhil", {n: page(article(n)) for n in (1, 2)}),
        desk.outlet("sahel", {3: page("<html><body></body></html>")}),
        desk.outlet("jabal", {}) + ", enabled: false",
    )
    assert main(["sources", "check"]) == 1
    lines = [line.split(maxsplit=3) for line in capsys.readouterr().out.splitlines()]
    assert [line[:3] for line in lines] == [
        ["nakhil", "feed", "ok"],
        ["sahel", "feed", "no_text"],
        ["jabal", "feed", "off"],
        ["drops", "folder", "no_text"],
    ]
    assert "2 pages named" in lines[0][3] and "2024-11-29 by metadata" in lines[0][3]
    assert not (desk.settings.archive / "crawl").exists() and not desk.settings.inbox.exists()
    assert main(["sources", "check", "jabal"]) == 1, "who names it wants it tried"
    assert "bad_list" in capsys.readouterr().out
    assert main(["sources", "check", "none"]) == 2


@pytest.mark.parametrize("lines", ["sources:\n  - {id: a, kind: feed}\n"])
def test_a_mistake_in_the_file_is_told_by_line_and_key(
    desk: Desk, lines: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.file.write_text(lines, encoding="utf-8")
    assert main(["sources", "check"]) == 2
    assert "sources.yaml:2: sources[0]" in capsys.readouterr().err
