"""Fetches one address: redirects checked again, conditional requests, caps, another try where the network failed."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from conflict_events import __version__
from conflict_events.fetching.body import ACCEPTED, inflated
from conflict_events.fetching.failure import FetchError
from conflict_events.fetching.gates import Gate
from conflict_events.fetching.reach import Reach
from conflict_events.fetching.transport import Budget, CheckedTransport

__all__ = ["AGENT", "Answer", "Caps", "Door", "Fetcher"]

AGENT = "conflict-events"
"""Name under which robots.txt may speak of us."""

_REDIRECTS = (301, 302, 303, 307, 308)
_REFUSALS = {401: "forbidden", 403: "forbidden", 407: "forbidden", 451: "forbidden", 404: "gone", 410: "gone"}


@dataclass(frozen=True, slots=True)
class Caps:
    """What one request may cost.

    Attributes:
        wire_bytes: Received bytes, headers included.
        plain_bytes: Bytes of the body once decompressed.
        seconds: From the first connection to the last byte, without redirects (each has its own).
        redirects: How many are followed.
        tries: Requests in all where the network fails.
        pause: Seconds before the second try; doubled before each further one.
    """

    wire_bytes: int = 8 * 1024 * 1024
    plain_bytes: int = 16 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 5
    tries: int = 3
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent.

    Attributes:
        url: The address that answered, after redirects.
        status: 200, or 304 where a conditional request found nothing new.
        reason: The words beside the status.
        headers: As received, in order.
        wire: The body as it came over the wire (still compressed).
        body: The body, decompressed.
        fetched_at: When it was complete (UTC).
        address: IP address that sent it, or None.
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    body: bytes
    fetched_at: datetime
    address: str | None = None

    def header(self, name: str) -> str:
        """The first header of a name, "" where there is none."""
        return next((value for key, value in self.headers if key.casefold() == name.casefold()), "")


class Door(Protocol):
    """Whether and how soon an address may be asked; `Robots` is one."""

    def delay(self, url: str) -> float:
        """Seconds to keep between two requests to its host.

        Raises:
            FetchError: The address may not be asked.
        """
        ...


class Fetcher:
    """Fetches addresses, one at a time.

    Args:
        reach: What may be asked.
        gate: Politeness towards hosts.
        caps: What a request may cost.
        tls: Trust in certificates; None for that of the system.
        sleep: Waits so many seconds between tries.
        now: The time (UTC).
    """

    def __init__(
        self,
        reach: Reach,
        gate: Gate,
        caps: Caps | None = None,
        tls: ssl.SSLContext | None = None,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.reach = reach
        self.caps = caps or Caps()
        self._gate = gate
        self._sleep = sleep
        self._now = now
        self._client = httpx2.Client(
            transport=CheckedTransport(reach, Budget(self.caps.seconds, self.caps.wire_bytes), tls),
            follow_redirects=False,
            trust_env=False,  # a proxy of the environment would resolve names behind our back
            headers={
                "User-Agent": f"{AGENT}/{__version__}",
                "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
                "Accept-Encoding": ACCEPTED,
                "Accept-Language": "ar, *;q=0.5",
            },
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *details: object) -> None:
        self._client.close()

    def get(self, url: str, door: Door, known: Mapping[str, str] | None = None) -> Answer:
        """Fetch an address, following redirects; each hop is checked like the first.

        Args:
            url: The address.
            door: Says of each hop whether it may be asked, and how soon.
            known: `etag` and `last_modified` of what is known of it, for a conditional request.

        Raises:
            FetchError: It could not be fetched; the error says why.
        """
        conditions = _conditions(known or {})
        for _ in range(self.caps.redirects + 1):
            parts = self.reach.checked(url)
            assert parts.hostname is not None
            answer = self._patiently(url, parts.hostname, door.delay(url), conditions)
            if answer.status not in _REDIRECTS:
                return answer
            target = answer.header("Location")
            if not target:
                raise FetchError("redirects", f"{url} redirects without an address")
            try:
                url = _ascii(urljoin(url, target))
            except ValueError:
                raise FetchError("redirects", f"{url} redirects to what is no address") from None
        raise FetchError("redirects", f"more than {self.caps.redirects} redirects")

    def _patiently(self, url: str, host: str, delay: float, conditions: Mapping[str, str]) -> Answer:
        """One hop, with another try where the network failed; only there: a server that answers has answered."""
        pause = self.caps.pause
        for number in range(1, self.caps.tries + 1):
            try:
                with self._gate.passing(host, delay):
                    return self._once(url, conditions)
            except FetchError as error:
                if error.reason != "network" or number == self.caps.tries:
                    raise
            self._sleep(pause)
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _once(self, url: str, conditions: Mapping[str, str]) -> Answer:
        try:
            with self._client.stream("GET", _ascii(url), headers=dict(conditions)) as response:
                if response.status_code == 304 and not conditions:
                    raise FetchError("odd_status", "status 304, but nothing is known of it that could be unchanged")
                if response.status_code in _REDIRECTS or response.status_code == 304:
                    return _answer(url, response, b"", b"", self._now())  # whatever body it has is not read
                _check_status(response)
                wire, body = inflated(
                    response.iter_raw(), response.headers.get("Content-Encoding", ""), self.caps.plain_bytes
                )
                return _answer(url, response, wire, body, self._now())
        except httpcore2.TimeoutException as error:
            raise FetchError("too_slow", f"not complete after {self.caps.seconds:g} s ({_words(error)})") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.TransportError, ssl.SSLError, OSError) as error:
            raise FetchError("network", _words(error)) from None
        except (httpx2.InvalidURL, ValueError) as error:
            raise FetchError("network", f"no sense in what came back: {_words(error)}") from None


def _answer(url: str, response: httpx2.Response, wire: bytes, body: bytes, now: datetime) -> Answer:
    stream = response.extensions.get("network_stream")
    where = stream.get_extra_info("server_addr") if stream is not None else None
    return Answer(
        url=url,
        status=response.status_code,
        reason=response.reason_phrase,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1").strip()) for name, value in response.headers.raw
        ),
        wire=wire,
        body=body,
        fetched_at=now,
        address=str(where[0]) if where else None,
    )


def _check_status(response: httpx2.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    told = f"status {status}"
    after = _retry_after(response.headers.get("Retry-After", ""))
    if status == 429:
        raise FetchError("busy", told, after)
    if status >= 500:
        raise FetchError("server_error", told, after)
    if status >= 400:
        raise FetchError(_REFUSALS.get(status, "refused"), told)
    raise FetchError("odd_status", told)


def _retry_after(value: str) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a time."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    """Headers of a conditional request; values that could not stand in a header are left out."""
    named = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("last_modified", "")}
    return {name: value for name, value in named.items() if value and value.isascii() and value.isprintable()}


def _ascii(url: str) -> str:
    """The address as it goes over the wire: Arabic in path and query percent-encoded; no fragment.

    Example:
        >>> _ascii("https://nakhil.example/أخبار?q=إدلب#top")
        'https://nakhil.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?q=%D8%A5%D8%AF%D9%84%D8%A8'
    """
    from conflict_events.articles.addresses import escaped

    parts = urlsplit(url)
    return parts._replace(path=escaped(parts.path), query=escaped(parts.query), fragment="").geturl()


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__
