"""The list of outlets and sources: what it says, and what is wrong with it."""

from pathlib import Path

import pytest

from conflict_events.articles import Sources, SourcesError, load_sources
from conflict_events.articles.sources_file import default_sources_path

GOOD = """
defaults: {timezone: Asia/Baghdad, crawl_delay_seconds: 4, pages_per_round: 30}
outlets:
  - id: nakhil
    name: شبكة النخيل
    domains: [nakhil.example]
    aliases: [النخيل]
  - id: sahel
    domains: [sahel.example]
    timezone: Asia/Beirut
    country: LB
sources:
  - {id: feed, kind: feed, outlet: nakhil, url: "https://nakhil.example/feed", expected_per_day: 20}
  - {id: pages, kind: folder, path: pages}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_it_says(tmp_path: Path) -> None:
    sources = load_sources(write(tmp_path, GOOD))
    assert sources.timezone_of("النخيل") == "Asia/Baghdad"
    assert sources.timezone_of(None, "https://www.sahel.example/x") == "Asia/Beirut"
    assert sources.timezone_of("m.sahel.example") == "Asia/Beirut"
    assert sources.outlet_of("unknown") is None and sources.timezone_of("unknown") == "Asia/Baghdad"
    assert sources.sources[0].crawl_delay_seconds == 4
    assert sources.sources[1].path == tmp_path / "pages"
    assert sources.hosts == {"nakhil.example", "sahel.example"}
    assert sources.hosts_of(sources.sources[0]) == {"nakhil.example"}
    assert sources.named("pages") == sources.sources[1] and sources.named("none") is None
    assert sources.sources[0].pages_per_round == 30


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("outlets:\n  - id: a\n    timezone: Asia/Damscus\n", 3, "outlets[0].timezone"),
        ("outlets:\n  - id: a\n    country: syria\n", 3, "outlets[0].country"),
        ("outlets:\n  - id: a\n    language: Arabic\n", 3, "outlets[0].language"),
        ("outlets:\n  - id: a\n    nmae: x\n", 3, "outlets[0].nmae"),
        ("outlets:\n  - name: a\n", 2, "outlets[0].id"),
        ("outlets:\n  - id: a\n  - id: a\n", 3, "outlets[1]"),
        ("outlets: 3\n", 1, "outlets"),
        ("outlets:\n  - id: a\n    id: b\n", 3, "outlets[0].id"),
        ("version: 2\n", 1, "version"),
        ("sources:\n  - id: a\n    kind: zip\n", 3, "sources[0].kind"),
        ("sources:\n  - id: a\n    kind: feed\n    url: http://x.example\n", 4, "sources[0].url"),
        ("sources:\n  - id: a\n    kind: folder\n", 2, "sources[0]"),
        ("sources:\n  - {id: a, kind: folder, path: x, outlet: b}\n", 2, "sources[0].outlet"),
        ("sources:\n  - id: a\n    kind: folder\n    path: x\n    expected_per_day: many\n", 5, "expected_per_day"),
        (
            "sources:\n  - {id: a, kind: feed, url: 'https://x.example/'}\n",
            2,
            "sources[0]: a source of kind feed needs",
        ),
        ("sources:\n  - id: a\n    kind: feed\n    url: https://x.example:8443/\n", 4, "sources[0].url"),
        ("sources:\n  - id: a\n    kind: feed\n    url: https://me:word@x.example/\n", 4, "sources[0].url"),
        ("sources:\n  - id: a\n    kind: feed\n    url: 'https://[x/'\n", 4, "sources[0].url"),
        ("sources:\n  - id: ../a\n    kind: folder\n    path: x\n", 2, "sources[0].id"),
        ("sources:\n  - id: a\n    kind: folder\n    path: x\n    links: x\n", 5, "sources[0].links"),
        (
            "sources:\n  - id: a\n    kind: listing\n    url: https://x.example/\n    links: '('\n",
            5,
            "sources[0].links",
        ),
        ("sources:\n  - id: a\n    kind: listing\n    pages_per_round: 0\n", 4, "sources[0].pages_per_round"),
        ("outlets:\n  - id: a\n    domains: ['*.example']\n", 3, "outlets[0].domains"),
        ("defaults:\n  pages_per_round: many\n", 2, "defaults.pages_per_round"),
        ("defaults:\n  crawl_delay_seconds: .inf\n", 2, "defaults.crawl_delay_seconds"),
        ("- a\n", 1, "the file"),
        ("a: [\n", 2, "YAML"),
    ],
)
def test_mistakes_name_line_and_key(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(SourcesError) as caught:
        load_sources(write(tmp_path, text))
    assert f"sources.yaml:{line}: " in str(caught.value)
    assert key in str(caught.value)


def test_one_address_is_one_source(tmp_path: Path) -> None:
    again = '  - {id: again, kind: feed, outlet: nakhil, url: "https://nakhil.example/feed"}\n'
    with pytest.raises(SourcesError, match=r"sources.yaml:15: sources\[2\].url: .* stands twice"):
        load_sources(write(tmp_path, GOOD + again))


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourcesError) as caught:
        load_sources(write(tmp_path, "outlets:\n  - id: a\n    country: x\n    licence: 3\nsourcs: []\n"))
    assert len(str(caught.value).splitlines()) == 3


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"include/sources\.yaml"):
        load_sources(tmp_path / "none.yaml")


def test_the_shipped_file_and_its_starter_list_are_valid(tmp_path: Path) -> None:
    shipped = default_sources_path()
    assert isinstance(load_sources(shipped), Sources)
    text = shipped.read_text(encoding="utf-8")
    starter = text[text.index("\n# outlets:\n  ".rstrip() + "\n#   - id: ") :]
    starter = "\n".join(line.removeprefix("# ").removeprefix("#") for line in starter.splitlines())
    sources = load_sources(write(tmp_path, starter))
    assert len(sources.outlets) >= 10 and len({outlet.camp for outlet in sources.outlets}) >= 6
    assert {source.kind for source in sources.sources} == {"feed", "sitemap", "listing", "folder", "jsonl", "warc"}
