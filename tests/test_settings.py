"""Settings: arguments before the environment before defaults, with errors that name the setting."""

from pathlib import Path

import pytest

from conflict_events.settings import Settings, SettingsError


def test_arguments_win_over_the_environment() -> None:
    environment = {"CONFLICT_EVENTS_DATA_ROOT": "/from/env", "CONFLICT_EVENTS_BATCH_SIZE": "7"}
    settings = Settings.load(environment, data_root="/given")
    assert (settings.data_root, settings.batch_size) == (Path("/given"), 7)
    assert Settings.load(environment).data_root == Path("/from/env")
    assert Settings.load({"CONFLICT_EVENTS_DATA_ROOT": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BATCH_SIZE", "many"),
        ("BATCH_SIZE", "0"),
        ("ZONE", "Mars/Base"),
        ("QUARANTINE_SHARE_LIMIT", "2"),
        ("QUOTE_EVIDENCE", "maybe"),
        ("RETENTION_DAYS", "-1"),
    ],
)
def test_errors_name_the_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name.lower()):
        Settings.load({f"CONFLICT_EVENTS_{name}": value})


def test_unknown_setting() -> None:
    with pytest.raises(SettingsError, match="no such setting"):
        Settings.load({}, batchsize=3)


def test_switches() -> None:
    assert Settings.load({"CONFLICT_EVENTS_QUOTE_EVIDENCE": "no"}).quote_evidence is False
    assert Settings.load({"CONFLICT_EVENTS_QUOTE_EVIDENCE": "yes"}).quote_evidence is True
