"""docker-compose.yml: keeps to the compose specification; resolves with the secrets of `make env`, not without them.

It listens on this machine only, mounts what is there, and has the profile `celery` beside its default.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from conflict_events.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Path(__file__).with_name("compose_spec.json")  # of docker-compose 1.29.2, Apache License 2.0
SERVICES = {"postgres", "migrate", "api-server", "scheduler", "dag-processor", "triggerer"}
QUEUE = {"redis", "worker"}
ALIVE = (SERVICES | QUEUE) - {"migrate"}


def compose(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
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
    return subprocess.run(
        [*command, *options, "config"], cwd=folder, env=clean, capture_output=True, text=True, check=False
    )


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
    assert len(secrets) == 6
    assert secrets.isdisjoint((other / ".env").read_text(encoding="utf-8").splitlines())


def test_an_older_file_gains_the_secret_of_the_queue_and_keeps_the_others(folder: Path) -> None:
    whole = (folder / ".env").read_text(encoding="utf-8")
    old = re.sub(r"REDIS_PASSWORD=.*\n", "", whole)
    (folder / ".env").write_text(old, encoding="utf-8")
    subprocess.run(["sh", str(ROOT / "scripts" / "make_env.sh"), ".env"], cwd=folder, check=True, capture_output=True)
    now = (folder / ".env").read_text(encoding="utf-8")
    assert now.startswith(old)
    assert re.fullmatch(r"REDIS_PASSWORD=\S{20,}\n", now.removeprefix(old))


def test_the_fernet_key_is_one(folder: Path) -> None:
    from cryptography.fernet import Fernet

    match = re.search(r"(?m)^AIRFLOW_FERNET_KEY=(.*)$", (folder / ".env").read_text(encoding="utf-8"))
    assert match
    Fernet(match[1])


def test_it_resolves_and_listens_on_this_machine_only(folder: Path) -> None:
    done = compose(folder)
    assert done.returncode == 0, done.stderr
    resolved = yaml.safe_load(done.stdout)
    # docker-compose 1.29 shows services of other profiles, too; it does not start them.
    started = {name for name, service in resolved["services"].items() if not service.get("profiles")}
    assert started == SERVICES
    published = {name: service["ports"] for name, service in resolved["services"].items() if service.get("ports")}
    assert set(published) == {"api-server"}
    assert all("127.0.0.1" in str(port) for port in published["api-server"])


def test_the_profile_celery_adds_the_queue_and_the_workers(folder: Path) -> None:
    with (folder / ".env").open("a", encoding="utf-8") as env:
        env.write("AIRFLOW_EXECUTOR=CeleryExecutor\nAIRFLOW_WORKERS=3\n")
    done = compose(folder, "--profile", "celery")
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert set(services) == SERVICES | QUEUE
    assert services["worker"]["deploy"]["replicas"] == 3
    for name in ("scheduler", "worker", "api-server"):
        assert services[name]["environment"]["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor", name
    broker = services["worker"]["environment"]["AIRFLOW__CELERY__BROKER_URL"]
    assert broker == f"redis://:{services['redis']['environment']['REDIS_PASSWORD']}@redis:6379/0"


def interpolated() -> dict[str, Any]:
    """The file as compose reads it where nothing is set: defaults for `${NAME:-default}`, a word for secrets."""
    return dict(_filled(raw()))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner) for inner in value]
    if not isinstance(value, str):
        return value
    filled = re.sub(r"(?<!\$)\$\{\w+:-([^}]*)\}", r"\1", value)
    filled = re.sub(r"(?<!\$)\$\{\w+:\?[^}]*\}", "secret", filled)
    return int(filled) if filled != value and filled.isdigit() else filled


def test_it_keeps_to_the_compose_specification() -> None:
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(interpolated())
    # The check can fail.
    wrong = {**interpolated(), "servcies": {}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(wrong)


def test_what_it_mounts_is_there_and_belongs_to_the_user_of_the_image() -> None:
    whole = interpolated()
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    owned = next(line for line in dockerfile.splitlines() if "chown" in line).split()
    made_by_make_env = {"./incoming"}
    named = set()
    for name, service in whole["services"].items():
        for volume in service.get("volumes", ()):
            source, target, *mode = volume.split(":")
            if source.startswith("."):
                assert (ROOT / source).exists() or source in made_by_make_env, volume
                assert mode == ["ro"], volume
                continue
            named.add(source)
            if service.get("image") == "conflict-events:local":
                assert any(Path(target).is_relative_to(folder) for folder in owned if folder.startswith("/")), (
                    f"{name}: nobody but root could write to {target}"
                )
    assert named == set(whole["volumes"])


def test_every_service_has_a_health_check_a_limit_and_rotated_logs() -> None:
    services = interpolated()["services"]
    for name in ALIVE:
        service = services[name]
        assert service["healthcheck"]["test"], name
        assert service["deploy"]["resources"]["limits"]["memory"], name
        assert service["pids_limit"] > 0, name
        assert service["logging"]["options"]["max-size"], name
        assert service["restart"] == "unless-stopped", name
    assert services["redis"]["user"] == "redis" and "ports" not in services["redis"]
    assert services["worker"]["depends_on"]["redis"] == {"condition": "service_healthy"}


def test_images_are_pinned_and_ours_installs_the_package_once_and_runs_without_root() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images = [dockerfile.split()[dockerfile.split().index("FROM") + 1]]
    images += [service["image"] for service in interpolated()["services"].values() if "build" not in service]
    for image in images:
        assert re.fullmatch(r"[a-z]+:\d+(\.\d+)+(-[a-z]+)*", image), f"{image} floats"
    installs = re.findall(r"RUN pip install (.*)", dockerfile.replace("\\\n", " "))
    assert len(installs) == 2
    assert "--require-hashes" in installs[0] and installs[0].count("-r ") == 3
    # Editable, so that there is one copy of the package: the one in plugins/, which Airflow puts on the path.
    assert "--editable ." in installs[1] and "--no-deps" in installs[1]
    users = re.findall(r"(?m)^USER (.*)$", dockerfile)
    assert users == ["airflow"] and dockerfile.index("USER airflow") > dockerfile.rindex("RUN ")


@pytest.mark.parametrize(
    "secret",
    [
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
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
            assert str(given[names[name]]) == ("" if (value := getattr(defaults, name)) is None else str(value)), name
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
