"""docker-compose.yml: resolves with the secrets of `make env`, not without them; listens on this machine only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from conflict_events.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
SERVICES = {"postgres", "migrate", "api-server", "scheduler", "dag-processor", "triggerer"}


def compose(folder: Path) -> subprocess.CompletedProcess[str]:
    """`config` by whichever compose is installed; no engine is needed for it."""
    if shutil.which("docker-compose"):
        command = ["docker-compose"]
    elif (
        shutil.which("docker")
        and not subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode
    ):
        command = ["docker", "compose"]
    else:
        pytest.skip("no docker-compose on this machine (Debian: apt-get install docker-compose)")
    clean = {
        name: value
        for name, value in os.environ.items()
        if not re.match(r"AIRFLOW|POSTGRES|CONFLICT_EVENTS|COMPOSE", name)
    }
    return subprocess.run([*command, "config"], cwd=folder, env=clean, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the compose file and fresh secrets."""
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    subprocess.run(["sh", str(ROOT / "scripts" / "make_env.sh"), ".env"], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def raw() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


def test_the_secrets_are_private_and_fresh_each_time(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = (folder / ".env").read_text(encoding="utf-8")
    assert (folder / ".env").stat().st_mode & 0o077 == 0
    again = subprocess.run(
        ["sh", str(ROOT / "scripts" / "make_env.sh"), ".env"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "kept" in again.stdout and (folder / ".env").read_text(encoding="utf-8") == first
    other = tmp_path_factory.mktemp("other")
    subprocess.run(["sh", str(ROOT / "scripts" / "make_env.sh"), ".env"], cwd=other, check=True, capture_output=True)
    secrets = {line for line in first.splitlines() if re.match(r"\w+(PASSWORD|KEY|SECRET)=.{20}", line)}
    assert len(secrets) == 5
    assert secrets.isdisjoint((other / ".env").read_text(encoding="utf-8").splitlines())


def test_the_fernet_key_is_one(folder: Path) -> None:
    from cryptography.fernet import Fernet

    match = re.search(r"(?m)^AIRFLOW_FERNET_KEY=(.*)$", (folder / ".env").read_text(encoding="utf-8"))
    assert match
    Fernet(match[1])


def test_it_resolves_and_listens_on_this_machine_only(folder: Path) -> None:
    done = compose(folder)
    assert done.returncode == 0, done.stderr
    resolved = yaml.safe_load(done.stdout)
    assert set(resolved["services"]) == SERVICES
    published = {name: service["ports"] for name, service in resolved["services"].items() if service.get("ports")}
    assert set(published) == {"api-server"}
    assert all("127.0.0.1" in str(port) for port in published["api-server"])


@pytest.mark.parametrize(
    "secret",
    [
        "POSTGRES_PASSWORD",
        "AIRFLOW_FERNET_KEY",
        "AIRFLOW_API_SECRET_KEY",
        "AIRFLOW_JWT_SECRET",
        "AIRFLOW_ADMIN_PASSWORD",
    ],
)
def test_it_refuses_to_start_without_a_secret(folder: Path, secret: str) -> None:
    lines = (folder / ".env").read_text(encoding="utf-8").splitlines()
    (folder / ".env").write_text(
        "\n".join(line for line in lines if not line.startswith(secret + "=")), encoding="utf-8"
    )
    done = compose(folder)
    assert done.returncode != 0
    assert "make env" in done.stderr


PATHS = {"data_root", "sources_file"}  # fixed inside the container
CLI_ONLY = {"processes"}  # Airflow spreads batches itself


def test_every_setting_reaches_the_containers_with_its_default(folder: Path) -> None:
    defaults = Settings()
    names = {field.name: f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    done = compose(folder)
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    for service in ("scheduler", "dag-processor", "triggerer", "api-server", "migrate"):
        given = services[service]["environment"]
        for name in names.keys() - PATHS - CLI_ONLY:
            assert str(given[names[name]]) == str(getattr(defaults, name)), name
        Settings.load({key: str(value) for key, value in given.items()})


def test_a_setting_in_the_env_file_wins(folder: Path) -> None:
    with (folder / ".env").open("a", encoding="utf-8") as env:
        env.write("CONFLICT_EVENTS_QUOTE_EVIDENCE=no\nCONFLICT_EVENTS_RETENTION_DAYS=365\n")
    given = yaml.safe_load(compose(folder).stdout)["services"]["scheduler"]["environment"]
    settings = Settings.load({key: str(value) for key, value in given.items()})
    assert (settings.quote_evidence, settings.retention_days) == (False, 365)


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name, rest in re.findall(r"\$\{(\w*(?:PASSWORD|KEY|SECRET))([^}]*)\}", text):
        assert rest.startswith(":?"), name


def test_every_folder_that_the_image_copies_reaches_the_build() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    copied: set[str] = set()
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY "):
            copied.update(name.rstrip("/") for name in line.split()[1:-1])
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
    services = raw()["services"]
    assert all("privileged" not in service for service in services.values())
