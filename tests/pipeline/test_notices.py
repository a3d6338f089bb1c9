"""Notices of a late day: what they say, and that the webhook gets them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from webhook_on_loopback import Webhook, webhook

from conflict_events.cli import main
from conflict_events.pipeline.notices import NoticeError, late_text, notify, run_late_text
from conflict_events.settings import Settings, SettingsError


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as found:
        yield found


def test_what_is_said_of_a_run() -> None:
    context = {
        "dag_run": {"partition_key": "2024-03-14", "state": "failed", "dag_run_id": "scheduled__x"},
        "deadline": {"deadline_time": datetime(2024, 3, 15, 4, 0, tzinfo=UTC)},
    }
    said = run_late_text(Settings(), context)
    assert "2024-03-14 was not published by 2024-03-15 07:00 (Asia/Damascus); its run is failed" in said
    as_text = {**context, "deadline": {"deadline_time": "2024-03-15T04:00:00+00:00"}}
    assert run_late_text(Settings(), as_text) == said
    by_hand = {"dag_run": {"partition_key": None, "state": "running", "dag_run_id": "manual__x"}}
    assert "manual__x was not published in time; its run is running" in run_late_text(Settings(), by_hand)


def test_what_is_said_of_a_day() -> None:
    said = late_text(Settings(), date(2024, 3, 14), date(2024, 3, 11))
    assert "2024-03-14 is not published" in said and "the last published day is 2024-03-11" in said
    assert "nothing is published" in late_text(Settings(), date(2024, 3, 14), None)


def test_without_a_webhook_it_stands_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert notify(Settings(), "late") == "logged"
    assert capsys.readouterr().out == "late\n"


def test_the_webhook_gets_it_and_no_log_its_address(hook: Webhook, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    assert notify(replace(Settings(), notify_url=hook.url), "متأخر") == "logged and sent"
    assert hook.bodies == [{"text": "متأخر"}]
    assert hook.url not in caplog.text


def test_a_webhook_that_refuses_is_told_without_its_address(hook: Webhook) -> None:
    hook.answer = 403
    with pytest.raises(NoticeError, match="answered 403") as refused:
        notify(replace(Settings(), notify_url=hook.url), "late")
    assert "127.0.0.1" not in str(refused.value)
    with pytest.raises(NoticeError, match="can't be reached"):
        notify(replace(Settings(), notify_url="http://127.0.0.1:1/secret"), "late")


@pytest.mark.parametrize(
    ("name", "value"), [("notify_url", "ftp://one.example"), ("publish_by", "seven"), ("publish_by", "25:00")]
)
def test_settings_that_make_no_sense_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.load({}, **{name: value})


def test_status_notifies_only_when_late(
    hook: Webhook, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path_factory.mktemp("empty")
    for name in ("CONFLICT_EVENTS_DATA_ROOT", "CONFLICT_EVENTS_DATA"):
        monkeypatch.setenv(name, str(root))
    monkeypatch.setenv("CONFLICT_EVENTS_NOTIFY_URL", hook.url)
    assert main(["status", "--check"]) == 1 and hook.bodies == []
    assert main(["status", "--notify"]) == 1
    (body,) = hook.bodies
    assert "nothing is published" in body["text"]
