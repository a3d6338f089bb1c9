"""The commands as a user calls them: what comes out, and one clear line where something is wrong."""

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conflict_events.cli import main

ARTICLE = {
    "article_id": "strike",
    "published_at": "2023-07-01",
    "publisher": "one.example",
    "title": "غارة على أريحا",
    "text": "قتل ثلاثة مدنيين وأصيب خمسة آخرون، اليوم السبت، جراء غارة جوية روسية استهدفت مدينة أريحا جنوبي إدلب.",
}


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands share the workspace with what they start by an environment variable; put it back afterwards."""
    for name in ("CONFLICT_EVENTS_DATA_ROOT", "CONFLICT_EVENTS_DATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(ARTICLE, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_run_tells_exact_duplicates_from_near_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = Path(__file__).resolve().parents[2] / "include" / "sample_articles" / "2024-03-12.jsonl"
    lines = samples.read_text(encoding="utf-8").splitlines()
    wire = next(line for line in lines if '"mutawassit-2024-03-12-bara-toll"' in line)
    portal = next(line for line in lines if '"hudood24-2024-03-12-bara-copy"' in line)
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join([portal, wire, wire]) + "\n", encoding="utf-8")
    assert main(["run", str(source), "--data-root", str(tmp_path / "data")]) == 0
    shown = capsys.readouterr()
    counts = {name.strip(): number for name, _, number in (line.rpartition(" ") for line in shown.out.splitlines())}
    assert (counts["articles"], counts["exact duplicates"], counts["near copies"]) == ("2", "1", "1")
    assert "read 3: 2 new, 0 known, 1 exact duplicates" in shown.err
    # A published day is shown again without what only the run knew.
    assert main(["report", "--data-root", str(tmp_path / "data")]) == 0
    again = capsys.readouterr().out
    assert "near copies        1" in again and "exact duplicates" not in again


def test_extract_then_resolve(articles: Path, tmp_path: Path) -> None:
    claims, resolved, events = (tmp_path / f"{name}.jsonl" for name in ("claims", "resolved", "events"))
    assert main(["extract", str(articles), "--out", str(claims)]) == 0
    rows = _rows(claims)
    keys = {
        "claim_id",
        "article_id",
        "action",
        "confidence",
        "rule",
        "evidence_start",
        "evidence_end",
        "counts",
        "sources",
    }
    assert rows and all(keys <= set(row) for row in rows)
    text = f"{ARTICLE['title']}\n{ARTICLE['text']}"
    assert all(text[row["evidence_start"] : row["evidence_end"]] == row["evidence"] for row in rows)  # type: ignore[misc]
    assert main(["resolve", str(claims), "--out", str(resolved), "--events", str(events)]) == 0
    tied = _rows(resolved)
    assert [{key: value for key, value in row.items() if key != "event_id"} for row in tied] == rows
    assert {row["event_id"] for row in tied} == {event["event_id"] for event in _rows(events)}


@pytest.mark.parametrize("kind", ["-", ".txt", ".html", ".jsonl.gz", "folder"])
def test_extract_takes_every_kind_of_input(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps(ARTICLE, ensure_ascii=False).encode()
    source = tmp_path / "in"
    if kind == "-":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    elif kind == "folder":
        source.mkdir()
        (source / "a.jsonl").write_bytes(line)
    else:
        source = tmp_path / f"in{kind}"
        page = f"<html><body><h1>{ARTICLE['title']}</h1><p>{ARTICLE['text']}</p></body></html>"
        content = {".txt": str(ARTICLE["text"]).encode(), ".html": page.encode(), ".jsonl.gz": gzip.compress(line)}
        source.write_bytes(content[kind])
    assert main(["extract", "-" if kind == "-" else str(source)]) == 0
    claims = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert any(claim["action"] == "air_strike" for claim in claims)


def test_geocode(tmp_path: Path) -> None:
    places, out = tmp_path / "places.jsonl", tmp_path / "out.jsonl"
    places.write_text('{"place": "الرقة", "admin1_en": "Raqqa"}\n{"place": "لا مكان كهذا"}\n', encoding="utf-8")
    assert main(["geocode", str(places), "--out", str(out)]) == 0
    found, unknown = _rows(out)
    assert abs(float(str(found["lat"])) - 35.95) < 0.1 and found["admin1_en"] == "Raqqa"
    assert unknown["lat"] is None and unknown["geo_precision"] is None


def test_run_and_report(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(articles), "--date", "2023-07-02"]) == 0
    shown = capsys.readouterr()
    assert "Air strike" in shown.out and "أريحا" in shown.out and "3/3/3" in shown.out
    assert str(tmp_path / "data" / "latest") in shown.out and "duckdb" in shown.out
    for stage in ("ingest", "clean, extract", "resolve", "aggregate", "audit", "publish"):
        assert stage in shown.err
    assert (tmp_path / "data" / "snapshots" / "snapshot=2023-07-02" / "manifest.json").exists()
    assert main(["report"]) == 0
    assert "Air strike" in capsys.readouterr().out
    assert main(["run", str(articles)]) == 0
    assert "nothing was new" in capsys.readouterr().err


def test_diff_and_rebuild(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(articles), "--date", "2023-07-02"]) == 0
    capsys.readouterr()
    changes = tmp_path / "changes.parquet"
    assert main(["diff", "2023-07-01", "2023-07-02", "--out", str(changes)]) == 0
    shown = capsys.readouterr()
    assert "1 new, 0 revised" in shown.out and "Air strike, deaths 3/3/3" in shown.out and changes.exists()
    assert main(["rebuild", "--from", "2023-07-02"]) == 0
    shown = capsys.readouterr()
    assert "0 new, 0 revised, 0 merged, 0 retracted" in shown.out and "vintage 2 is current" in shown.err
    assert main(["diff", "2023-07-02", "2023-07-02", "--vintage", "1"]) == 0
    assert "from vintage 1 to vintage 2" in capsys.readouterr().out


def test_explain_in_the_terminal(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(articles)]) == 0
    shown = capsys.readouterr().out
    assert "air_strike" in shown and "أريحا" in shown and "precision 1" in shown and "killed" in shown


def test_explain_as_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = {
        **ARTICLE,
        "title": "<script>alert(1)</script> غارة",
        "text": f"{ARTICLE['text']}\n<img src=x onerror=alert(1)>",
    }
    source = tmp_path / "evil.jsonl"
    source.write_text(json.dumps(evil, ensure_ascii=False), encoding="utf-8")
    page = tmp_path / "page.html"
    assert main(["explain", str(source), "--html", "--out", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in html and "default-src 'none'" in html
    assert "<script" not in html and "<img" not in html
    assert 'class="slot place"' in html and 'class="slot actor1"' in html


def test_gazetteer_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name_ar,name_en,admin1Name_en,admin1Pcode,Latitude,Longitude\nتل سندباد,Tall Sinbad,Idlib,SY07,35.75,36.55\n",
        encoding="utf-8",
    )
    code = main(["gazetteer", "import", str(table)])
    said = capsys.readouterr().err
    assert (code, "1 places stored" in said) == (0, True), said
    places = tmp_path / "places.jsonl"
    places.write_text('{"place": "تل سندباد", "admin1_en": "Idlib"}\n', encoding="utf-8")
    assert main(["geocode", str(places)]) == 0
    assert json.loads(capsys.readouterr().out)["lat"] == 35.75


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["extract", "nothing.jsonl"], "nothing.jsonl"),
        (["extract", "empty.txt"], "no article could be read"),
        (["resolve", "nothing.jsonl"], "nothing.jsonl: No such file"),
        (["resolve", "list.jsonl"], "list.jsonl:1: a JSON object is wanted"),
        (["resolve", "torn.jsonl"], "torn.jsonl:2: not JSON"),
        (["resolve", "keyless.jsonl"], "keyless.jsonl:1: the claim has no"),
        (["resolve", "latin.jsonl"], "latin.jsonl:1: not UTF-8"),
        (["resolve", "twice.jsonl"], "unique"),
        (["geocode", "list.jsonl"], "list.jsonl"),
        (["gazetteer", "import", "nothing.csv"], "nothing.csv"),
        (["run", "nothing"], "nothing: no such file or folder"),
        (["run", "articles.jsonl", "--date", "yesterday"], "YYYY-MM-DD"),
        (["report"], "nothing is published"),
        (["report", "2020-01-01"], "2020-01-01"),
        (["diff", "2020-01-02", "2020-01-01"], "give the earlier day first"),
        (["diff", "2020-01-01", "2020-01-02"], "nothing was published up to 2020-01-02"),
        (["diff", "2020-01-01", "2020-01-02", "--vintage", "1"], "give it twice"),
        (["diff", "2020-01-01", "2020-01-01", "--vintage", "7"], "no vintage 7"),
        (["rebuild", "--from", "2020-01-01"], "nothing to rebuild"),
        (["explain", "articles.jsonl", "--id", "other"], "no article has the id"),
        (["extract", "articles.jsonl", "--out", "."], "is a folder"),
    ],
)
def test_what_the_user_can_mend_is_one_line(
    arguments: list[str],
    says: str,
    articles: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    claim = {
        "claim_id": "a",
        "article_id": "b",
        "action": "other",
        "evidence": "x",
        "evidence_start": 0,
        "evidence_end": 1,
    }
    Path("empty.txt").write_bytes(b"")
    Path("list.jsonl").write_text("[1]\n", encoding="utf-8")
    Path("torn.jsonl").write_text(json.dumps(claim) + '\n{"claim_id": \n', encoding="utf-8")
    Path("keyless.jsonl").write_text('{"claim_id": "a"}\n', encoding="utf-8")
    Path("twice.jsonl").write_text((json.dumps(claim) + "\n") * 2, encoding="utf-8")
    Path("latin.jsonl").write_bytes(b'{"place": "\xe9"}\n')
    assert main(arguments) == 2
    error = capsys.readouterr().err.strip().splitlines()
    assert error[-1].startswith("conflict-events: ") and says in error[-1], error
    assert not any("Traceback" in line for line in error)


def test_a_failed_command_leaves_the_old_output(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    assert main(["extract", str(articles), "--out", str(out)]) == 0
    before = out.read_bytes()
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["extract", str(tmp_path / "empty.txt"), "--out", str(out)]) == 2
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_our_own_bugs_are_not_hidden(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from conflict_events.cli import convert

    def broken(_: object) -> int:
        raise RuntimeError("ours")

    monkeypatch.setattr(convert, "extract", broken)
    with pytest.raises(RuntimeError, match="ours"):
        main(["extract", str(articles)])


def test_help_loads_nothing_heavy(root: Path) -> None:
    code = (
        "import sys\n"
        "from conflict_events.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'pandas', 'pyarrow', 'camel_tools', 'duckdb', 'trafilatura', 'numpy', 'airflow', 'yaml', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root / "plugins",
        env={"PYTHONPATH": str(root / "plugins"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
    for command in ("extract", "resolve", "geocode", "run", "diff", "rebuild", "explain", "gazetteer"):
        assert command in done.stdout


def test_a_reader_that_stops_early_is_no_error(articles: Path, root: Path) -> None:
    extract = f'"{sys.executable}" -m conflict_events.cli extract "{articles}"'
    command = f'{extract} | head -c 1 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command],
        env={
            "PYTHONPATH": str(root / "plugins"),
            "PATH": "/usr/bin:/bin",
            "CAMELTOOLS_DATA": str(root / "include/camel_tools"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "0", done.stderr
    assert "Traceback" not in done.stderr


def test_export_for_a_spreadsheet_and_for_a_map(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--data-root", str(tmp_path / "data")]
    assert main(["run", str(articles), *root]) == 0
    capsys.readouterr()
    table, points = tmp_path / "out" / "july.csv", tmp_path / "out" / "july.geojson"
    chosen = ["--from", "2023-07-01", "--to", "2023-07-31", "--country", "IQ,sy"]
    assert main(["export", "--out", str(table), *chosen, *root]) == 0
    assert capsys.readouterr().err.strip() == f"1 rows of events in {table}"
    assert table.read_bytes().startswith(b"\xef\xbb\xbf") and b"\r\n" in table.read_bytes()
    assert main(["export", "--out", str(points), *chosen, *root]) == 0
    (feature,) = json.loads(points.read_text(encoding="utf-8"))["features"]
    assert (feature["properties"]["place_en"], feature["properties"]["deaths_best"]) == ("Ariha", 3)
    capsys.readouterr()
    assert main(["export", "acled_view", "--from", "2023-08-01", *root]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("\ufeffevent_id_cnty,") and shown.err.strip() == "0 rows of acled_view"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export", "event"], "there is no table 'event'; there are articles, "),
        (["export", "claims", "--format", "geojson"], "GeoJSON holds events; claims has no points"),
        (["export", "--out", "events.xlsx"], "name a file that ends in .csv or .geojson"),
        (["export", "--from", "July"], "'July' is no day; write it as YYYY-MM-DD"),
        (["export", "--country", "Syria"], "'SYRIA' is no country here: write its two letters"),
        (["export"], "nothing is published in"),
    ],
)
def test_an_export_that_cannot_be_says_why(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--data-root", str(tmp_path / "data")]) == 2
    assert message in capsys.readouterr().err
