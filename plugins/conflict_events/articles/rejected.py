"""What could not be read: the record's origin and a reason code, kept instead of lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["REASONS", "Rejected", "RejectionError"]

REASONS: dict[str, str] = {
    "empty": "the file or record holds nothing",
    "binary": "the bytes are not text",
    "undecodable": "the bytes are text of no encoding that is read here",
    "too_large": "larger than the configured cap",
    "too_deep": "HTML nested deeper than the configured cap",
    "truncated": "the compressed file ends early or is damaged",
    "not_json": "the line is not a JSON object",
    "bad_field": "a field has the wrong type",
    "no_text": "there is no article text",
    "not_arabic": "the text is not in Arabic",
    "future_date": "published after the day of the run",
    "duplicate": "the same id and text were read before",
    "duplicate_id": "the id was read before with another text",
    "unsupported": "a file of a kind that is not read",
    "unreadable": "the file cannot be opened",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """One record that was set aside.

    Attributes:
        origin: Where it stands, as `file:line`, `file` or `file:record N`.
        reason: A key of `REASONS`; of a page that could not be fetched, one of `fetching.FAILURES`.
        detail: One sentence on what is wrong and, where there is something to do, what.
        excerpt: The first characters of the record, for the person who looks.
    """

    origin: str
    reason: str
    detail: str
    excerpt: str = ""

    def to_json(self) -> dict[str, Any]:
        """The record as a JSON-ready dict."""
        return asdict(self)


class RejectionError(Exception):
    """Raised inside the room where a record turns out unusable; readers turn it into `Rejected`."""

    def __init__(self, reason: str, detail: str) -> None:
        """Keep the reason code and the sentence."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
