"""Why something could not be fetched: reason codes, and which of them another hour may mend."""

from __future__ import annotations

__all__ = ["FAILURES", "NETWORK", "FetchError"]

FAILURES: dict[str, str] = {
    "not_https": "the address is not https on its usual port",
    "host_not_allowed": "the host is neither the source's own nor one of its outlet's domains",
    "private_address": "the name resolves to an address that is not public",
    "redirects": "too many redirects, or one without an address",
    "robots": "robots.txt forbids it",
    "robots_unknown": "the server has no readable answer for robots.txt, so nothing may be fetched for now",
    "network": "no connection, or it broke off",
    "too_slow": "not complete in the time allowed",
    "too_large": "more bytes than allowed came over the wire",
    "inflates": "more bytes than allowed once decompressed",
    "bad_encoding": "the body is compressed in a way that was not asked for, or its compression is damaged",
    "forbidden": "the server refuses (401, 403, 407, 451)",
    "gone": "the server has no such page (404, 410)",
    "refused": "the server answers with another error of the request (4xx)",
    "server_error": "the server answers with an error of its own (5xx)",
    "busy": "the server asks to come back later (429)",
    "odd_status": "the server answers with a status that carries no page",
    "not_html": "the page is not HTML",
    "entities": "the feed declares entities, which may grow without end",
    "bad_list": "the feed, sitemap or listing can't be read",
}
NETWORK = frozenset({"network", "too_slow"})
"""Trouble of the network: worth another try at once. A server that answers has answered."""

_PASSING = NETWORK | {"robots_unknown", "server_error", "busy"}


class FetchError(Exception):
    """One address could not be fetched.

    Attributes:
        reason: A key of `FAILURES`.
        detail: One sentence on what happened.
        retry_after: Seconds after which the server wants to be asked again, or None.
    """

    def __init__(self, reason: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after

    @property
    def passing(self) -> bool:
        """Whether it may be over in an hour."""
        return self.reason in _PASSING
