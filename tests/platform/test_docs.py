"""The documents: links lead somewhere, commands in code blocks exist, the table of settings is the code's."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from conflict_events.cli.main import build_parser
from conflict_events.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^[ ]*```(\w*)\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def documents() -> list[Path]:
    """Every Markdown file that belongs to the project: hidden and ignored folders hold others'."""
    top = [path for path in ROOT.iterdir() if path.is_dir() and path.name in ("docs", "include", "tests", "dags")]
    return sorted([*ROOT.glob("*.md"), *(path for folder in top for path in folder.rglob("*.md"))])


DOCUMENTS = documents()
OUTSIDE = ("http://", "https://", "mailto:")


def prose(text: str) -> str:
    """The text without code blocks and inline code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def anchors(path: Path) -> set[str]:
    """Anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def shell_lines(path: Path) -> Iterator[list[str]]:
    """The words of each command in the shell blocks of a document."""
    for language, block in FENCE.findall(path.read_text(encoding="utf-8")):
        if language not in ("sh", "bash", "console"):
            continue
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words:
                yield words


def cli_lines() -> list[tuple[str, list[str]]]:
    """Arguments of every `conflict-events` call in the documents."""
    return [
        (path.name, words[1:])
        for path in DOCUMENTS
        for words in shell_lines(path)
        if words[0].endswith("conflict-events")
    ]


def test_the_documents_are_there() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in DOCUMENTS}
    wanted = "README CHANGELOG CONTRIBUTING SECURITY docs/architecture docs/extraction docs/operations docs/resolution"
    assert {f"{name}.md" for name in wanted.split()} <= names
    assert all((ROOT / name).is_file() for name in ("LICENSE", "CITATION.cff"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_lead_somewhere(path: Path) -> None:
    broken = []
    for target in LINK.findall(prose(path.read_text(encoding="utf-8"))):
        if target.startswith(OUTSIDE):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_path_of_one_machine(path: Path) -> None:
    assert not re.findall(r"(?<![\w.])/(?:work|tmp|home|Users)/[\w.]+", path.read_text(encoding="utf-8"))


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z][a-z.-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = {words[1] for path in DOCUMENTS for words in shell_lines(path) if words[0] == "make"}
    assert {"run", "test", "ui", "eval", "bench"} <= called
    assert called <= targets


def test_variables_of_make_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^(?:export )?([A-Z_]+) \?=", makefile, re.MULTILINE))
    given = {
        word.partition("=")[0]
        for path in DOCUMENTS
        for words in shell_lines(path)
        if words[0] == "make"
        for word in words[2:]
        if re.match(r"[A-Z_]+=", word)
    }
    assert given <= known


@pytest.mark.parametrize(("document", "arguments"), cli_lines(), ids=lambda value: str(value)[:60])
def test_commands_are_understood(document: str, arguments: list[str]) -> None:
    build_parser().parse_args(arguments)  # exits, which fails the test, where a command or option is unknown


def test_the_readme_shows_every_command() -> None:
    commands = next(
        action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)
    ).choices
    shown = {arguments[0] for document, arguments in cli_lines() if document == "README.md"}
    inline = set(re.findall(r"conflict-events ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert set(commands) <= shown | inline


def test_python_blocks_compile() -> None:
    blocks = [
        (path, block)
        for path in DOCUMENTS
        for language, block in FENCE.findall(path.read_text(encoding="utf-8"))
        if language == "python"
    ]
    assert blocks
    for path, block in blocks:
        compile(block, str(path), "exec")


def test_table_of_settings() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `([^`]+)` \|", text, re.MULTILINE)
    defaults = Settings()
    expected = [
        (field.name, PREFIX + field.name.upper(), str(getattr(defaults, field.name) or _when_empty(field.name)))
        for field in fields(Settings)
    ]
    assert rows == expected


def _when_empty(name: str) -> object:
    """What the table says of a default that is empty in the code."""
    return "include/sources.yaml" if name == "sources_file" else getattr(Settings(), name)


def test_version_of_the_citation() -> None:
    from conflict_events import __version__

    assert f'version: "{__version__}"' in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_every_adr_has_its_number() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(files) + 1))
    for number, path in zip(numbers, files, strict=True):
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")


def test_licence_is_the_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text and "Version 2.0, January 2004" in text and "END OF TERMS AND CONDITIONS" in text


def test_paths_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:include|plugins|docs|tests|dags|scripts)/[\w./-]+)`", readme))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_shell_blocks_are_valid_shell(tmp_path: Path) -> None:
    for path in DOCUMENTS:
        for language, block in FENCE.findall(path.read_text(encoding="utf-8")):
            if language == "sh":
                done = subprocess.run(["sh", "-n"], input=block, text=True, capture_output=True, check=False)
                assert done.returncode == 0, f"{path.name}: {done.stderr}"
