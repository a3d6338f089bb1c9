"""The Makefile and its scripts: what a new user meets first."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "pwd", "rm", "mkdir", "dirname", "cat", "env")


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the shell's tools and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def make_venv(path: Path, where: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / "scripts" / "make_venv.sh"), ".venv"],
        cwd=where, env={"PATH": str(path), "HOME": str(where), **environ}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def test_without_python_it_says_which_is_needed(bare_path: Path, tmp_path: Path) -> None:
    done = make_venv(bare_path, tmp_path)
    assert done.returncode == 1
    assert "3.11" in done.stderr and "PYTHON=" in done.stderr


def test_a_python_that_is_too_old_is_passed_over(bare_path: Path, tmp_path: Path) -> None:
    script(bare_path / "python3", 'case "$2" in *version_info*) exit 1;; esac; echo "must not be used" >&2; exit 0')
    assert make_venv(bare_path, tmp_path).returncode == 1
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv_names_the_package_to_install(bare_path: Path, tmp_path: Path) -> None:
    script(bare_path / "python3.12", 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    done = make_venv(bare_path, tmp_path)
    assert done.returncode == 1
    assert "python3-venv" in done.stderr


def test_a_named_python_is_used_in_a_folder_with_blanks(bare_path: Path, tmp_path: Path) -> None:
    where = tmp_path / "a folder with blanks"
    where.mkdir()
    done = make_venv(bare_path, where, PYTHON=sys.executable)
    assert done.returncode == 0, done.stderr
    assert (where / ".venv" / ".where").read_text(encoding="utf-8").strip() == str(where)
    version = subprocess.run([where / ".venv" / "bin" / "python", "-V"], capture_output=True, text=True, check=True)
    assert version.stdout.split()[1] == sys.version.split()[0]


def test_make_alone_lists_every_target() -> None:
    done = subprocess.run(
        ["make"], cwd=ROOT, capture_output=True, text=True, check=False, env=_without_make_variables()
    )
    assert done.returncode == 0, done.stderr
    listed = set(re.findall(r"make (\w+) ", done.stdout))
    assert {"run", "test", "ui", "bench", "eval", "lint", "env", "lock", "clean", "install", "trial"} <= listed


@pytest.mark.parametrize(
    ("arguments", "root"),
    [
        (["run"], "data-sample"),
        (["run", "INPUT=include/sample_articles/"], "data-sample"),
        (["run", "INPUT=./include/sample_articles/2024-03-11.jsonl"], "data-sample"),
        (["run", "INPUT=articles.jsonl"], "data"),
        (["run", "INPUT=my articles", "DATE=2024-03-15"], "data"),
        (["ui"], "data-sample"),
    ],
)
def test_samples_have_a_data_root_of_their_own(tmp_path: Path, arguments: list[str], root: str) -> None:
    assert data_root(tmp_path, *arguments) == str(tmp_path / root)


def test_samples_named_by_their_whole_path_are_samples(tmp_path: Path) -> None:
    source = tmp_path / "include" / "sample_articles"
    assert data_root(tmp_path, "run", f"INPUT={source}") == str(tmp_path / "data-sample")


def test_the_pages_show_own_articles_once_there_are_some(tmp_path: Path) -> None:
    (tmp_path / "data" / "latest").mkdir(parents=True)
    assert data_root(tmp_path, "ui") == str(tmp_path / "data")
    assert data_root(tmp_path, "run") == str(tmp_path / "data-sample")


def test_a_named_data_root_wins(tmp_path: Path) -> None:
    assert data_root(tmp_path, "run", "CONFLICT_EVENTS_DATA_ROOT=/elsewhere") == "/elsewhere"
    assert data_root(tmp_path, "run", CONFLICT_EVENTS_DATA_ROOT="/elsewhere") == "/elsewhere"


def data_root(folder: Path, *arguments: str, **environ: str) -> str:
    """The data root that the Makefile would hand on; nothing is run."""
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "show.mk").write_text("$(info root=$(CONFLICT_EVENTS_DATA_ROOT))\n", encoding="utf-8")
    clean = {key: value for key, value in _without_make_variables().items() if not key.startswith("CONFLICT_EVENTS")}
    done = subprocess.run(
        ["make", "--dry-run", "-f", "Makefile", "-f", "show.mk", *arguments],
        cwd=folder, env=clean | environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"^root=(.*)$", done.stdout, re.MULTILINE)
    assert found, done.stderr
    return found[1]


def test_run_tells_of_a_missing_input_before_airflow_starts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "run_dag.py"), "--input", str(tmp_path / "missing.jsonl")],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert done.returncode == 1
    assert "there is no such file or folder" in done.stderr
    assert "Airflow" not in done.stdout


def test_ci_runs_the_test_command_of_the_readme() -> None:
    ci = ROOT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    assert ci.read_text(encoding="utf-8").strip().splitlines()[-1] == "exec make test"


def _without_make_variables() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
