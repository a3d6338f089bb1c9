"""Tells people that a day is late: a line in the log, and a message to a webhook where one is set."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events.settings import Settings

__all__ = ["NoticeError", "late_text", "notify", "run_late_text"]

_SECONDS = 10


class NoticeError(Exception):
    """The webhook did not take the message."""


def late_text(settings: Settings, day: date, last: date | None) -> str:
    """What is said of a day that should be published by now."""
    published = f"the last published day is {last}" if last else "nothing is published"
    by = f"{settings.publish_by_time:%H:%M} ({settings.zone})"
    return (
        f"Conflict events: {day} is not published, though it was due by {by}; {published}. "
        "What to do: docs/operations.md, 'When something fails'."
    )


def run_late_text(settings: Settings, context: dict[str, Any]) -> str:
    """What is said of a run that missed its deadline.

    Args:
        settings: The desk's zone.
        context: What Airflow hands to the callback of a deadline: ``{"dag_run": {...}, "deadline": {...}}``.
    """
    run = context["dag_run"]
    at = context.get("deadline", {}).get("deadline_time")
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    by = f"by {moment.astimezone(ZoneInfo(settings.zone)):%Y-%m-%d %H:%M} ({settings.zone})" if moment else "in time"
    what = run.get("partition_key") or run.get("run_id") or run.get("dag_run_id")
    return (
        f"Conflict events: {what} was not published {by}; its run is {run.get('state')}. "
        "What to do: docs/operations.md, 'When something fails'."
    )


def notify(settings: Settings, text: str) -> str:
    """Say it in the log, and post it to `notify_url` where that is set, as ``{"text": ...}``, which chat systems take.

    Returns:
        What became of it, in a word or two.

    Raises:
        NoticeError: The webhook can't be reached or refuses; the address, which may hold a secret, is not told.
    """
    print(text, flush=True)
    if settings.notify_url is None:
        return "logged"
    import httpx2

    requests = logging.getLogger("httpx2")  # tells the address of each request, at INFO
    level = requests.level
    requests.setLevel(logging.WARNING)
    try:
        httpx2.post(settings.notify_url, json={"text": text}, timeout=_SECONDS).raise_for_status()
    except httpx2.HTTPStatusError as error:
        raise NoticeError(f"the webhook of notify_url answered {error.response.status_code}") from None
    except httpx2.HTTPError as error:
        raise NoticeError(f"the webhook of notify_url can't be reached: {type(error).__name__}") from None
    finally:
        requests.setLevel(level)
    return "logged and sent"
