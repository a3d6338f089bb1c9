"""A web server on loopback that plays outlets and attackers: TLS, any number of host names, one handler a path."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme

from conflict_events.fetching import Reach, is_public

Play = Callable[["Handler"], None]
HOSTS = ("nakhil.example", "www.nakhil.example", "sahel.example", "jabal.example", "evil.example")
MOST_SECONDS = 15.0
"""No play goes on for longer, whatever the client does."""


class Site:
    """What the server serves, and what it was asked."""

    def __init__(self, port: int, tls: ssl.SSLContext) -> None:
        self.port = port
        self.tls = tls
        self.plays: dict[tuple[str, str], Play] = {}
        self.asked: list[tuple[str, str, dict[str, str], float]] = []
        self.names: dict[str, str] = {}

    def on(self, url: str, play: Play) -> str:
        """Serve a play at `host/path`; returns its address."""
        host, _, path = url.partition("/")
        self.plays[(host, f"/{path}")] = play
        return f"https://{url}"

    def paths(self, host: str | None = None) -> list[str]:
        """Paths that were asked for, in order, robots.txt left out."""
        return [path for name, path, _, _ in self.asked if path != "/robots.txt" and host in (None, name)]

    def reach(self, *hosts: str) -> Reach:
        """What a source of these hosts may ask; every name leads to this server, but for those in `names`."""

        def resolve(host: str, port: int) -> tuple[tuple[str, int], ...]:
            named = self.names.get(host)
            return ((named, port),) if named else (("127.0.0.1", self.port),)

        return Reach(frozenset(hosts), resolve, lambda address: address == "127.0.0.1" or is_public(address))


class Handler(BaseHTTPRequestHandler):
    """Looks up the play of the host and path that is asked for."""

    protocol_version = "HTTP/1.1"
    site: Site
    served: ssl.SSLContext

    def setup(self) -> None:
        self.request.settimeout(MOST_SECONDS)
        try:
            self.request = self.served.wrap_socket(self.request, server_side=True)
        except (OSError, ValueError):
            self.request.close()  # the client did not like the certificate
            raise
        super().setup()

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.request.close()

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        self.site.asked.append((host, self.path, dict(self.headers.items()), time.monotonic()))
        play = self.site.plays.get((host, self.path)) or self.site.plays.get((host, self.path.partition("?")[0]))
        (play or status(404))(self)

    def send(self, code: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        """One whole response."""
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `asked` instead."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what these tests are about."""


@contextmanager
def serving() -> Iterator[Site]:
    """A running server."""
    authority = trustme.CA()
    served, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(*HOSTS).configure_cert(served)
    authority.configure_trust(trusting)
    handler = type("BoundHandler", (Handler,), {"served": served})
    with _Server(("127.0.0.1", 0), handler) as server:
        site = Site(server.server_address[1], trusting)
        handler.site = site  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join(timeout=10)


def page(body: bytes | str, content_type: str = "text/html; charset=utf-8", **headers: str) -> Play:
    """A page; keyword arguments are headers (`ETag="x"`)."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send(200, data, {"Content-Type": content_type, **named})


def status(code: int, **headers: str) -> Play:
    """An answer without a page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send(code, f"status {code}".encode(), named)


def redirect(target: str, code: int = 302) -> Play:
    """A redirect."""
    return lambda handler: handler.send(code, b"", {"Location": target})


def tagged(body: bytes | str, etag: str, content_type: str = "application/rss+xml") -> Play:
    """A page with an ETag that answers 304 to who knows it."""

    def play(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send(304, b"", {"ETag": etag})
        else:
            page(body, content_type, ETag=etag)(handler)

    return play


def trickling(pieces: Iterator[bytes] | list[bytes], pause: float, head: bytes = b"") -> Play:
    """Raw bytes after a head, a piece at a time, until the client hangs up or the play has gone on for long enough."""

    def play(handler: Handler) -> None:
        handler.close_connection = True
        ends = time.monotonic() + MOST_SECONDS
        handler.wfile.write(head or b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
        for piece in pieces:
            if time.monotonic() > ends:
                return
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return play


def hanging_up(handler: Handler) -> None:
    """Closes the connection without an answer."""
    handler.close_connection = True
    handler.connection.close()
