"""The checked transport under httpx2: connects to checked addresses only, and counts time and bytes at the socket.

Limits hold where no server can get around them: a header or a body that trickles a byte a second ends when its time is
up, one that never ends at its last byte allowed, whatever the layers above would wait for.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from conflict_events.fetching.failure import FetchError
from conflict_events.fetching.reach import Reach

__all__ = ["Budget", "CheckedTransport"]


class Budget:
    """Time and bytes that one request may cost, redirects excluded (each has its own).

    Args:
        seconds: From the first connection to the last byte.
        max_bytes: Received in all, headers included, after TLS.
    """

    def __init__(self, seconds: float, max_bytes: int) -> None:
        self.seconds = seconds
        self.max_bytes = max_bytes
        self._ends = time.monotonic() + seconds
        self._bytes = 0

    def begin(self) -> None:
        """A new request starts."""
        self._ends = time.monotonic() + self.seconds
        self._bytes = 0

    def left(self) -> float:
        """Seconds left.

        Raises:
            FetchError: `too_slow` where none are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError("too_slow", f"not complete after {self.seconds:g} s")
        return left

    def spend(self, count: int) -> None:
        """Count received bytes.

        Raises:
            FetchError: `too_large`.
        """
        self._bytes += count
        if self._bytes > self.max_bytes:
            raise FetchError("too_large", f"more than {self.max_bytes} bytes over the wire")


class _Stream(httpcore2.NetworkStream):
    """A connection whose reads and writes count against the budget."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            data = self._inner.read(max_bytes, self._budget.left())
        except httpcore2.ReadTimeout:
            raise FetchError("too_slow", f"no byte in what was left of {self._budget.seconds:g} s") from None
        self._budget.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._budget.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._budget.left())
        return _Stream(inner, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Connects to the addresses that the reach has checked, never to a name."""

    def __init__(self, reach: Reach, budget: Budget) -> None:
        self._reach = reach
        self._budget = budget
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: Exception | None = None
        for address, number in self._reach.endpoints(host, port):
            try:
                inner = self._sockets.connect_tcp(address, number, self._budget.left(), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error  # the next address may answer
            else:
                return _Stream(inner, self._budget)
        raise FetchError("network", f"{host}: no connection ({failed})")


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class CheckedTransport(httpx2.BaseTransport):
    """Sends requests to what a `Reach` allows, within a `Budget`; one request at a time.

    Args:
        reach: What may be asked.
        budget: What a request may cost.
        tls: Trust in certificates; None for that of the system.
    """

    def __init__(self, reach: Reach, budget: Budget, tls: ssl.SSLContext | None = None) -> None:
        self._reach = reach
        self._budget = budget
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls or httpcore2.default_ssl_context(),
            max_connections=4,
            max_keepalive_connections=2,
            keepalive_expiry=30.0,
            network_backend=_Backend(reach, budget),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            FetchError: The address may not be asked, or nothing came back in time.
        """
        self._reach.checked(str(request.url))
        self._budget.begin()
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
