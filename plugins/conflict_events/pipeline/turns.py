"""Two runs over one workspace: one of them publishes, the other finds the day published and stands back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from conflict_events.pipeline.workspace import PipelineError, as_day, published_days
from conflict_events.settings import Settings

__all__ = ["stands_back"]

Stage = Callable[[Settings, Any], dict[str, Any]]


def stands_back(stage: Stage) -> Stage:
    """Let a stage end well if its day was published by another run while it worked.

    The other run takes the day's work folder away when it is done, so that the stage fails on a file that is gone.

    Args:
        stage: Takes the settings and a day, or a batch with its ``day``.

    Returns:
        The stage; in that case its receipt is ``{"day", "published": True}``.
    """

    @wraps(stage)
    def run(settings: Settings, subject: Any) -> dict[str, Any]:
        try:
            return stage(settings, subject)
        except (PipelineError, FileNotFoundError):
            day = as_day(subject["day"] if isinstance(subject, dict) else subject)
            if day not in published_days(settings):
                raise
            return {"day": day.isoformat(), "published": True}

    return run
