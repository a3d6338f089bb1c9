"""Killed (SIGKILL) at each step: readers see the old or the new state, never a mixture; the next run repairs."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from snapshot_records import DAY2, publish_again, publish_day, second_day

from conflict_events.snapshots import as_of, begin_vintage, diff_vintages, load_state, repair, vintage, vintage_root
from conflict_events.snapshots.publishing import KEPT_VERSIONS

HERE = Path(__file__).parent
MOST = 200
"""More steps than there are; what runs to its end shows how many there were."""


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file under a folder, which may be a link."""
    files = (path for path in sorted(folder.resolve().rglob("*")) if path.is_file())
    return {str(path.relative_to(folder.resolve())): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def killed(what: str, snapshot: Path | str, roots: dict[int, Path]) -> tuple[list[int], str]:
    """Exit codes of the processes, and what they said."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1] / "plugins")])}
    workspaces = [f"{root}:{step}" for step, root in roots.items()]
    command = [sys.executable, str(HERE / "crash_at.py"), what, str(snapshot), *workspaces]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [int(code) for code in done.stdout.split()], done.stderr


def steps_of(what: str, snapshot: Path | str, root: Path) -> int:
    """How many steps there are, by a run to the end."""
    codes, said = killed(what, snapshot, {MOST: root})
    assert codes == [0], said
    return int(said.split("only ")[1].split()[0])


def _copy(root: Path, target: Path) -> Path:
    """A copy of a workspace in which files are shared as they were."""
    subprocess.run(["cp", "-a", str(root), str(target)], check=True)
    return target


@pytest.mark.parametrize("older", [0, 2], ids=["names made anew", "names of an old version"])
def test_killed_at_any_step_of_publishing(published_once: Path, tmp_path: Path, older: int) -> None:
    base = _copy(published_once / "one", tmp_path / "base")
    version = (base / "latest").resolve()
    for number in range(older):  # one of them gives its folder to the new version
        shutil.copytree(version, version.with_name(f"2024-03-0{number + 1}-older"), copy_function=os.link)
    old, new = digests(published_once / "one" / "latest"), digests(published_once / "two" / "latest")
    second = published_once / "two" / "snapshots" / f"snapshot={DAY2}"
    whole = digests(published_once / "two" / "snapshots")
    trial = _copy(base, tmp_path / "trial")
    steps = range(1, steps_of("publish", second, trial) + 1)
    assert len(steps) > 25
    roots = {step: _copy(base, tmp_path / str(step)) for step in steps}
    codes, said = killed("publish", second, roots)
    assert codes == [-signal.SIGKILL] * len(steps), said
    seen = []
    for step, root in roots.items():
        shown, days = digests(root / "latest"), digests(root / "snapshots")
        assert shown in (old, new), step
        assert days == {name: whole[name] for name in days}, step
        seen.append((shown == new, len(days) == len(whole)))
        if step % 8 == 0 or seen[-1] != seen[max(0, step - 2)]:
            publish_again(second, root)
            assert digests(root / "latest") == new and digests(root / "snapshots") == whole, step
            assert not (root / ".staging").exists()
            assert len(list((root / "versions").iterdir())) <= KEPT_VERSIONS
    assert seen == sorted(seen), "from old to new, and never back"
    assert set(seen) == {(False, False), (False, True), (True, True)}


@pytest.fixture
def built(two_days: Path) -> Path:
    """A workspace of two days, and beside them another second day that is not shown yet."""
    building = begin_vintage(two_days, DAY2)
    later = second_day()
    publish_day(building, replace(later, events=(replace(later.events[0], deaths_high=9), *later.events[1:])))
    for scratch in (".staging", ".publish.lock"):
        path = building / scratch
        path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)
    return two_days


def test_killed_at_any_step_of_showing_a_vintage(built: Path, tmp_path: Path) -> None:
    old = digests(built / "latest"), digests(built / "snapshots")
    new = digests(built / "vintages" / "building" / "latest"), digests(built / "vintages" / "building" / "snapshots")
    steps = range(1, steps_of("vintage", "-", shutil.copytree(built, tmp_path / "trial", symlinks=True)) + 1)
    assert len(steps) > 5
    roots = {step: shutil.copytree(built, tmp_path / str(step), symlinks=True) for step in steps}
    codes, said = killed("vintage", "-", roots)
    assert codes == [-signal.SIGKILL] * len(steps), said
    missing = 0
    for step, root in roots.items():
        assert digests(root / "latest") in (old[0], new[0]), step
        if (root / "snapshots").exists():
            assert (digests(root / "latest"), digests(root / "snapshots")) in (old, new), step
        else:
            missing += 1
        assert load_state(root).snapshot_date == DAY2
        assert as_of(root, DAY2).num_rows == 5
        repair(root)
        state = digests(root / "latest"), digests(root / "snapshots")
        assert state == (new if vintage(root) == 2 else old), step
        assert digests(vintage_root(root, 1) / "snapshots") == old[1]
    assert missing == 2, "only where the folder itself is moved, once in the life of a workspace"


def test_a_vintage_is_shown_whole(built: Path) -> None:
    from conflict_events.snapshots import show_vintage

    before = digests(built / "snapshots")
    folder = show_vintage(built, built / "vintages" / "building")
    assert (vintage(built), folder.name) == (2, "2")
    (row,) = diff_vintages(vintage_root(built, 1), folder, DAY2).rows
    assert (row["event_id"], row["deaths_high_before"], row["deaths_high_after"]) == ("e1", 7, 9)
    assert digests(vintage_root(built, 1) / "snapshots") == before
    assert (built / "latest").resolve().is_relative_to(folder)
