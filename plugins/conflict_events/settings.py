"""Settings of a run. Read from arguments, then from `CONFLICT_EVENTS_*`, then defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["PREFIX", "Settings", "SettingsError"]

PREFIX = "CONFLICT_EVENTS_"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class SettingsError(ValueError):
    """A setting has a value that can't be used; the message names it and says what is wanted."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a stage must know besides its input.

    Each field can be set by an environment variable: `data_root` by `CONFLICT_EVENTS_DATA_ROOT`, and so on.

    Attributes:
        data_root: Workspace: archive/, inbox/, work/, quarantine/, snapshots/, latest/ lie under it.
        sources_file: The outlets (zone, camp, country); None for `include/sources.yaml` beside the package.
        zone: IANA zone of the desk: its days label the snapshots.
        batch_size: Articles in one batch of clean and extract; more on days that would need over 64 batches.
        processes: Worker processes for extraction in `extract`, `run` and `rebuild`; 1 works in this process.
        max_document_bytes: A larger page or line is quarantined.
        max_seconds_per_document: An article on which extraction takes longer is quarantined; 0 switches the limit off.
        quarantine_share_limit: Above this share of quarantined documents a day fails its audit.
        odd_rows_allowed: So many rows with odd content (a future day, a point outside its country) never fail a day by
            themselves; they are told as warnings.
        publish_wait_seconds: How long to wait for another run that publishes; negative waits for ever.
        quote_evidence: Whether published claims carry the quoted evidence, which can name victims, not only its place
            and hash.
        catch_up_days: So many missed days before the one that is due are published first, in order; 0 leaves them out.
        retention_days: Archived texts and quarantine this many days older than the day that is published are removed; 0
            keeps them.
        publish_by: Hour and minute of the day after, in the desk's zone, by which a day must be published; a notice
            says when it is not. ``off`` for none.
        notify_url: Webhook that gets the notice, as ``{"text": ...}``; None for the log only.
    """

    data_root: Path = Path("data")
    sources_file: Path | None = None
    zone: str = "Asia/Damascus"
    batch_size: int = 500
    processes: int = 1
    max_document_bytes: int = 16 * 1024 * 1024
    max_seconds_per_document: float = 20.0
    quarantine_share_limit: float = 0.5
    odd_rows_allowed: int = 5
    publish_wait_seconds: float = 60.0
    quote_evidence: bool = False
    catch_up_days: int = 14
    retention_days: int = 0
    publish_by: str = "07:00"
    notify_url: str | None = None

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SettingsError(f"zone: {self.zone!r} is no IANA time zone (for example Asia/Damascus)") from error
        for name in ("batch_size", "processes", "max_document_bytes"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name}: must be 1 or more, got {getattr(self, name)}")
        if self.catch_up_days < 0:
            raise SettingsError(f"catch_up_days: must be 0 (none) or more, got {self.catch_up_days}")
        if self.retention_days < 0:
            raise SettingsError(f"retention_days: must be 0 (keep all) or more, got {self.retention_days}")
        try:
            _ = self.publish_by_time
        except ValueError as error:
            raise SettingsError(f"publish_by: {self.publish_by!r} is no hour and minute (for example 07:00)") from error
        if self.notify_url is not None and not self.notify_url.startswith(("https://", "http://")):
            raise SettingsError("notify_url: must begin with https:// (or http:// for a webhook on this machine)")
        if not 0 <= self.quarantine_share_limit <= 1:
            raise SettingsError(f"quarantine_share_limit: must lie between 0 and 1, got {self.quarantine_share_limit}")

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Read the settings.

        Args:
            environ: Environment to read; None for the process's own.
            **overrides: Values that win over the environment; None means "not given".

        Raises:
            SettingsError: A value can't be used, or an override is unknown.
        """
        environ = os.environ if environ is None else environ
        types = {field.name: str(field.type) for field in fields(cls)}
        unknown = sorted(set(overrides) - set(types))
        if unknown:
            raise SettingsError(f"{unknown[0]}: no such setting; there are {', '.join(types)}")
        values: dict[str, Any] = {}
        for name, kind in types.items():
            raw = overrides.get(name)
            if raw is None:
                raw = environ.get(PREFIX + name.upper()) or None
            if raw is not None:
                values[name] = _convert(name, kind, raw)
        for name in ("data_root", "sources_file"):
            if values.get(name) is not None:
                values[name] = values[name].expanduser()
        return cls(**values)

    @property
    def publish_by_time(self) -> time:
        """`publish_by` as a time of day; the last moment of the day where it is ``off``."""
        return time.max if self.publish_by == "off" else time.fromisoformat(self.publish_by)

    @property
    def archive(self) -> Path:
        """Exact texts by article id; not for publication."""
        return self.data_root / "archive"

    @property
    def gazetteer(self) -> Path:
        """Tables of places that the user imported."""
        return self.data_root / "gazetteer"

    @property
    def inbox(self) -> Path:
        """Archived articles that no snapshot holds yet, as one small file each."""
        return self.data_root / "inbox"

    @property
    def quarantine(self) -> Path:
        """What could not be read, with a reason."""
        return self.data_root / "quarantine"

    @property
    def review(self) -> Path:
        """Forms and judgements of the weekly review."""
        return self.data_root / "review"

    @property
    def runs(self) -> Path:
        """The log of runs."""
        return self.data_root / "runs.jsonl"

    @property
    def work(self) -> Path:
        """Staged files between the stages of a day."""
        return self.data_root / "work"

    @property
    def snapshots(self) -> Path:
        """Immutable snapshots, one folder a day."""
        return self.data_root / "snapshots"

    @property
    def latest(self) -> Path:
        """The current state at fixed paths."""
        return self.data_root / "latest"


def _convert(name: str, kind: str, raw: Any) -> Any:
    """One value in the type of its field."""
    try:
        if kind.startswith("Path"):
            return Path(raw)
        if kind == "bool":
            return raw if isinstance(raw, bool) else _boolean(str(raw))
        if kind == "int":
            return int(raw)
        if kind == "float":
            return float(raw)
    except ValueError as error:
        raise SettingsError(f"{name}: {raw!r} is no {kind}") from error
    return str(raw)


def _boolean(raw: str) -> bool:
    word = raw.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(raw)
