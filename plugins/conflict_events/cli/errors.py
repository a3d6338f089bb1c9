"""Errors that a user can mend, told from those that are ours."""

from __future__ import annotations

import sys

__all__ = ["UserError", "is_user_error"]

_THEIRS = {
    "conflict_events.articles.sources_file": ("SourcesError",),
    "conflict_events.geography.files": ("GazetteerError",),
    "conflict_events.lexicon.sources": ("LexiconError",),
    "conflict_events.pipeline.notices": ("NoticeError",),
    "conflict_events.pipeline.workspace": ("PipelineError",),
    "conflict_events.review.drawing": ("ReviewError",),
    "conflict_events.settings": ("SettingsError",),
    "conflict_events.snapshots.errors": ("SnapshotError",),
}
"""Errors of the rooms whose message says what to do. Looked up in modules that are loaded: one that isn't raised
nothing."""


class UserError(Exception):
    """Something in the arguments or the input that the user can mend; the message is one line that says how."""


def is_user_error(error: BaseException) -> bool:
    """Whether the message alone is what the user needs: wrong input or settings, a full disk; not a bug of ours."""
    known: list[type[BaseException]] = [
        UserError,
        FileNotFoundError,
        PermissionError,
        IsADirectoryError,
        NotADirectoryError,
    ]
    for module, names in _THEIRS.items():
        loaded = sys.modules.get(module)
        known += [getattr(loaded, name) for name in names if loaded is not None and hasattr(loaded, name)]
    return isinstance(error, tuple(known)) or (isinstance(error, OSError) and error.errno is not None)
