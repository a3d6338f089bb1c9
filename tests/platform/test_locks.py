"""The locks: fully pinned, hashed, no torch, no host."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-postgres.txt", "requirements-celery.txt")
LEFT_OUT = {"torch", "transformers", "camel-kenlm", "editdistance", "docopt"}


def pins(name: str) -> dict[str, list[str]]:
    """Versions by package of a lock (one package may have several, by marker)."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            match = re.fullmatch(r"([a-z0-9.-]+)==([^ ;]+)( ;.*?)? \\", line)
            assert match, f"{name}: {line!r} is not pinned"
            found.setdefault(match[1], []).append(match[2])
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert blocks
    for block in blocks:
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_no_path_no_option(name: str) -> None:
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        assert not re.search(r"://|^-|file:|/tmp/|/work/", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_what_costs_gigabytes_or_a_compiler_is_left_out(name: str) -> None:
    assert LEFT_OUT.isdisjoint(pins(name))


def test_the_locks_agree_with_each_other() -> None:
    runtime = pins("requirements.txt")
    for name in LOCKS[1:]:
        for package, versions in pins(name).items():
            assert versions == runtime.get(package, versions), package


def test_the_lock_holds_every_dependency_and_what_builds_us() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    runtime = pins("requirements.txt")
    for requirement in wanted:
        match = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert match
        assert re.sub(r"[._-]+", "-", match[0]).lower() in runtime, requirement
    assert runtime["apache-airflow"][0].startswith("3.")


def test_every_import_of_the_package_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("-", "_") for line in project["project"]["dependencies"]
    }
    named_otherwise = {
        "yaml": "pyyaml",
        "sklearn": "scikit_learn",
        "upath": "universal_pathlib",
        "vl_convert": "vl_convert_python",
    }
    for path in sorted((ROOT / "plugins" / "conflict_events").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module or "")
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"conflict_events"}:
                assert named_otherwise.get(name, name) in declared, (
                    f"{path.relative_to(ROOT)}:{node.lineno} imports {name}"
                )
