"""The checked transport against a server that plays each attack: the right reason, in bounded time and memory."""

from __future__ import annotations

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from site_on_loopback import Play, Site, hanging_up, page, redirect, status, trickling

from conflict_events.fetching import AGENT, Caps, Fetcher, FetchError, Gate, Robots
from conflict_events.fetching.body import inflated

PAGE = "<html><body><p>قصف على بلدة الخندق يوقع ضحايا.</p></body></html>"
CAPS = Caps(wire_bytes=400_000, plain_bytes=1_000_000, seconds=2.0, pause=0.01)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def fetch(site: Site, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Fetches an address for a source of nakhil.example and sahel.example."""
    gate = Gate(tmp_path / "hosts", sleep=lambda seconds: None)
    with Fetcher(site.reach("nakhil.example", "sahel.example"), gate, CAPS, site.tls, lambda seconds: None) as fetcher:
        yield lambda url, known=None: fetcher.get(url, Robots(fetcher, AGENT, 0.0), known)


def refused(fetch: Callable[..., object], url: str) -> str:
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert time.monotonic() - started < 6
    assert len(str(caught.value.detail)) > 5
    return caught.value.reason


def test_a_page(site: Site, fetch: Callable[..., object]) -> None:
    answer = fetch(site.on("nakhil.example/%D8%A3?id=1", page(PAGE, ETag='"7"')))
    assert answer.body == answer.wire == PAGE.encode()
    assert (answer.status, answer.header("etag"), answer.address) == (200, '"7"', "127.0.0.1")
    agents = {headers["User-Agent"] for _, _, headers, _ in site.asked}
    assert all(agent.startswith("conflict-events/") for agent in agents)


def test_arabic_addresses_are_escaped_on_the_way(site: Site, fetch: Callable[..., object]) -> None:
    site.on("nakhil.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?q=%D8%A3", page(PAGE))
    assert fetch("https://nakhil.example/أخبار?q=أ#أعلى").status == 200


def test_a_compressed_page_is_kept_as_it_came(site: Site, fetch: Callable[..., object]) -> None:
    packed = gzip.compress(PAGE.encode())
    answer = fetch(site.on("nakhil.example/a", page(packed, Content_Encoding="gzip")))
    assert answer.body == PAGE.encode() and answer.wire == packed


@pytest.mark.parametrize("wbits", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_deflate_comes_with_and_without_its_header(wbits: int) -> None:
    packer = zlib.compressobj(wbits=wbits)
    packed = packer.compress(PAGE.encode()) + packer.flush()
    pieces = [packed[i : i + 3] for i in range(0, len(packed), 3)]
    assert inflated(pieces[:1] + pieces[1:], "deflate", 10_000)[1] == PAGE.encode()


@pytest.mark.parametrize(
    "target",
    ["https://inside.nakhil.example/", "https://127.0.0.2/", "https://169.254.169.254/latest/", "https://[::1]/",
     "https://2130706433/", "http://nakhil.example/plain", "https://evil.example/", "https://nakhil.example:8443/",
     "https://me:word@nakhil.example/", "file:///etc/passwd", "gopher://nakhil.example/", "https://nakhil.example.evil.example/"],
)  # fmt: skip
def test_redirects_are_checked_like_the_first_address(site: Site, fetch: Callable[..., object], target: str) -> None:
    site.names["inside.nakhil.example"] = "10.0.0.7"
    reason = refused(fetch, site.on("nakhil.example/a", redirect(target)))
    inside = target == "https://inside.nakhil.example/"  # an allowed name: only its address tells
    assert reason == "private_address" if inside else reason in ("not_https", "host_not_allowed")
    assert {host for host, *_ in site.asked} == {"nakhil.example"}, "nothing else was asked"


def test_every_address_of_a_name_must_be_public(site: Site) -> None:
    reach = site.reach("nakhil.example")
    both = type(reach)(reach.hosts, lambda host, port: (("127.0.0.1", site.port), ("192.168.1.1", 443)), reach.permits)
    with pytest.raises(FetchError, match=r"192\.168\.1\.1") as caught:
        both.endpoints("nakhil.example", 443)
    assert caught.value.reason == "private_address"


def test_redirects_end(site: Site, fetch: Callable[..., object]) -> None:
    assert refused(fetch, site.on("nakhil.example/a", redirect("/a"))) == "redirects"
    assert len(site.paths()) == CAPS.redirects + 1
    assert refused(fetch, site.on("nakhil.example/b", status(302))) == "redirects"


def test_a_redirect_within_the_outlet_is_followed(site: Site, fetch: Callable[..., object]) -> None:
    site.on("www.nakhil.example/b", page(PAGE))
    assert (
        fetch(site.on("nakhil.example/a", redirect("//www.nakhil.example/b", 301))).url
        == "https://www.nakhil.example/b"
    )


def test_a_gzip_bomb(site: Site, fetch: Callable[..., object]) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    assert len(bomb) < CAPS.wire_bytes
    url = site.on("nakhil.example/a", page(bomb, Content_Encoding="gzip"))
    tracemalloc.start()
    assert refused(fetch, url) == "inflates"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


def test_members_of_gzip_do_not_get_around_the_cap() -> None:
    with pytest.raises(FetchError, match="inflates"):
        inflated([gzip.compress(bytes(100_000))] * 20, "gzip", 1_000_000)


ATTACKS: dict[str, tuple[Play, str]] = {
    "endless body": (trickling(itertools.repeat(b"x" * 50_000), 0.0), "too_large"),
    "endless header": (trickling(itertools.repeat(b"X-A: " + b"y" * 200 + b"\r\n"), 0.0, head=HEAD), "network"),
    "slow body": (trickling(itertools.repeat(b"x"), 0.05), "too_slow"),
    "slow header": (trickling(itertools.repeat(b"X"), 0.05, head=HEAD), "too_slow"),
    "silence": (trickling([b"x", b"x"], 8.0), "too_slow"),
    "hangs up": (hanging_up, "network"),
    "half a body": (trickling([b"half"], 0.0, head=HEAD + b"Content-Length: 1000\r\n\r\n"), "network"),
    "half a gzip": (page(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip"), "network"),
    "damaged gzip": (page(b"\x1f\x8b\x08" + b"?" * 50, Content_Encoding="gzip"), "bad_encoding"),
    "unasked brotli": (page(b"????", Content_Encoding="br"), "bad_encoding"),
    "no http": (trickling([b"\x00\xff" * 20], 0.0, head=b"SSH-2.0-x\r\n"), "network"),
    "odd length": (trickling([b"x"], 0.0, head=HEAD + b"Content-Length: -7\r\n\r\n"), "network"),
    "403": (status(403), "forbidden"),
    "404": (status(404), "gone"),
    "418": (status(418), "refused"),
    "429": (status(429, Retry_After="7"), "busy"),
    "500": (status(500), "server_error"),
    "206": (status(206), "odd_status"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_end_with_their_reason(site: Site, fetch: Callable[..., object], name: str) -> None:
    play, reason = ATTACKS[name]
    url = site.on("nakhil.example/attack", play)
    assert refused(fetch, url) == reason
    tries = CAPS.tries if reason == "network" else 1
    assert site.paths() == ["/attack"] * tries, "tried again where the network failed, and only there"
    assert fetch(site.on("nakhil.example/next", page(PAGE))).status == 200, "the next page is not lost"


def test_the_wait_that_a_busy_server_asks_for(site: Site, fetch: Callable[..., object]) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(site.on("nakhil.example/a", status(429, Retry_After="7")))
    assert (caught.value.retry_after, caught.value.passing) == (7.0, True)


def test_a_connection_that_fails_once_is_tried_again(site: Site, fetch: Callable[..., object]) -> None:
    plays = iter([hanging_up, page(PAGE)])
    assert fetch(site.on("nakhil.example/a", lambda handler: next(plays)(handler))).status == 200


def test_a_certificate_of_another_host_is_no_connection(site: Site, tmp_path: Path) -> None:
    fetcher = Fetcher(site.reach("other.example"), Gate(tmp_path), CAPS, site.tls, lambda seconds: None)
    with fetcher, pytest.raises(FetchError) as caught:
        fetcher.get("https://other.example/", Robots(fetcher, AGENT, 0.0))
    assert caught.value.reason == "network" and "certificate" in caught.value.detail.casefold()
    assert site.asked == []


def test_a_conditional_request(site: Site, fetch: Callable[..., object]) -> None:
    url = site.on("nakhil.example/a", status(304))
    known = {"etag": 'W/"x"', "last_modified": "Fri, 29 Nov 2024 10:00:00 GMT"}
    assert fetch(url, known).status == 304
    headers = site.asked[-1][2]
    assert headers["If-None-Match"] == 'W/"x"' and headers["If-Modified-Since"] == known["last_modified"]
    with pytest.raises(FetchError, match="odd_status"):  # nothing was asked that could be unchanged
        fetch(url, {"etag": "split\r\nX-Evil: 1"})
    assert "If-None-Match" not in site.asked[-1][2] and "X-Evil" not in site.asked[-1][2]


def robots(text: str) -> Play:
    return page(text, "text/plain")


def test_robots_are_asked_once_and_obeyed(site: Site, tmp_path: Path) -> None:
    site.on("nakhil.example/robots.txt", robots("User-agent: *\nDisallow: /private\n\nUser-agent: other\nDisallow: /"))
    site.on("nakhil.example/open", page(PAGE))
    with Fetcher(site.reach("nakhil.example"), Gate(tmp_path), CAPS, site.tls) as fetcher:
        door = Robots(fetcher, AGENT, 0.0)
        with pytest.raises(FetchError) as caught:
            fetcher.get("https://nakhil.example/private/1", door)
        assert fetcher.get("https://nakhil.example/open", door).status == 200
    assert caught.value.reason == "robots" and not caught.value.passing
    assert [path for _, path, *_ in site.asked] == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    ("play", "reason"),
    [
        (status(404), None),
        (status(403), None),
        (robots("\x00<html>"), None),
        (hanging_up, "network"),
        (status(429), "busy"),
        (status(503), "robots_unknown"),
    ],
)
def test_what_no_robots_txt_means(site: Site, fetch: Callable[..., object], play: Play, reason: str | None) -> None:
    site.on("nakhil.example/robots.txt", play)
    url = site.on("nakhil.example/a", page(PAGE))
    assert (fetch(url).status == 200) if reason is None else (refused(fetch, url) == reason)


def test_the_longer_crawl_delay_is_kept_whoever_asks(site: Site, tmp_path: Path) -> None:
    site.on("nakhil.example/robots.txt", robots("User-agent: *\nCrawl-delay: 7"))
    url = site.on("nakhil.example/a", page(PAGE))
    clock, waits = [1000.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    for _ in range(2):  # two processes: nothing is shared but the folder
        gate = Gate(tmp_path, now=lambda: clock[0], sleep=sleep)
        with Fetcher(site.reach("nakhil.example"), gate, CAPS, site.tls) as fetcher:
            fetcher.get(url, Robots(fetcher, AGENT, 2.0))
    assert waits == [7.0, 2.0, 7.0]  # page after robots, robots after page (its delay not known yet), page after robots


def test_a_host_is_asked_by_one_at_a_time(tmp_path: Path) -> None:
    import threading

    inside, most = [0], [0]

    def ask() -> None:
        with Gate(tmp_path).passing("nakhil.example", 0.0):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert most == [1] and inside == [0]
