"""The pages in a real Chromium, over Airflow's real app on loopback, as a viewer who is signed in."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from chromium import Browser, find_chromium, started

from conflict_events.settings import Settings

PROGRAM = find_chromium()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium (Debian: apt-get install chromium)")


@pytest.fixture(scope="module")
def address(airflow_app: Any, published: Settings) -> Iterator[str]:
    """Address of the pages, served by Airflow's app over the published workspace."""
    import uvicorn

    with pytest.MonkeyPatch.context() as patch, socket.socket() as listening:
        patch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(published.data_root))
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(airflow_app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/conflict-events/"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def signed_in(address: str) -> Iterator[Browser]:
    """A browser that holds the cookie which Airflow gives who signs in."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.base_auth_manager import COOKIE_NAME_JWT_TOKEN
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    assert PROGRAM is not None
    token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username="viewer", role="viewer"))
    with started(PROGRAM) as browser:
        browser.call("Network.setCookie", name=COOKIE_NAME_JWT_TOKEN, value=token, url=address, httpOnly=True)
        yield browser


@pytest.fixture
def browser(signed_in: Browser, address: str) -> Iterator[Browser]:
    """The browser in a wide light window; after the test nothing may have gone wrong, or left this machine."""
    signed_in.problems.clear()
    signed_in.requests.clear()
    signed_in.resize(1300, 900)
    yield signed_in
    assert signed_in.problems == []
    assert all(one.startswith((address, "data:", "about:")) for one in signed_in.requests), signed_in.requests


def count(browser: Browser) -> int:
    return int(browser.run("document.querySelectorAll('#table tbody tr').length"))


def test_a_reader_filters_opens_an_event_and_reads_its_evidence(browser: Browser, address: str) -> None:
    browser.open(address + "?lang=en")
    everything = count(browser)
    browser.run("document.body.dataset.same = 'yes'")
    browser.run("""(() => { const type = document.getElementById("f-type"); type.value = "Protests";
        type.dispatchEvent(new Event("change", {bubbles: true})); })()""")
    browser.until("location.search.includes('type=Protests')")
    browser.until("!document.querySelector('main').hasAttribute('aria-busy')")
    assert 0 < count(browser) < everything
    assert browser.run("document.body.dataset.same") == "yes", "the page changed in place"
    browser.run("history.back()")
    browser.until(f"document.querySelectorAll('#table tbody tr').length === {everything}")

    place = browser.run("document.querySelector('#table tbody bdi').textContent")
    browser.click("#table tbody a")
    browser.until("location.pathname.includes('/events/') && document.querySelector('blockquote.words mark.slot')")
    assert place in browser.run("document.querySelector('h1').textContent")
    style = "getComputedStyle(document.querySelector('blockquote.words'))"
    assert browser.run(f"{style}.direction") == "rtl"
    assert browser.run("getComputedStyle(document.querySelector('mark.slot')).backgroundColor") != "rgba(0, 0, 0, 0)"
    browser.click("details summary")
    assert browser.run("document.querySelector('details blockquote').getBoundingClientRect().height") > 0


def test_a_cluster_comes_apart_and_a_day_is_chosen(browser: Browser, address: str) -> None:
    browser.open(address)
    events = "[...document.querySelectorAll('.mark text')].map((one) => Number(one.textContent))"
    most = max(browser.run(events))
    cluster = f"[...document.querySelectorAll('.mark')].find((one) => one.textContent.endsWith('{most}'))"
    browser.run(f"{cluster}.classList.add('wanted')")
    browser.click(".mark.wanted")
    browser.until("location.search.includes('box=') && document.getElementById('f-clear-box')")
    assert count(browser) >= most
    browser.click("#f-clear-box")
    browser.until("!document.getElementById('f-clear-box')")
    browser.click(".bar")
    browser.until("location.search.includes('from=') && document.getElementById('f-from').value")


def test_the_map_is_dragged_with_the_mouse(browser: Browser, address: str) -> None:
    browser.open(address + "?lang=en")
    at = browser.run("(() => { const map = document.getElementById('map').getBoundingClientRect(); "
                     "return [map.x, map.y, map.width, map.height]; })()")  # fmt: skip
    west = float(browser.run("document.getElementById('map').dataset.box.split(',')[0]"))
    browser.drag((at[0] + at[2] * 0.3, at[1] + at[3] * 0.9), (at[0] + at[2] * 0.6, at[1] + at[3] * 0.9))
    browser.until("location.search.includes('box=')")
    browser.until("!document.querySelector('main').hasAttribute('aria-busy')")
    assert float(browser.run("document.getElementById('map').dataset.box.split(',')[0]")) < west - 1


def test_everything_is_reached_with_the_keyboard(browser: Browser, address: str) -> None:
    browser.open(address + "?lang=en")
    browser.tab()
    assert browser.run("document.activeElement.className") == "skip"
    reached = set()
    jumped = False
    for _ in range(120):
        browser.tab()
        reached.add(browser.run("document.activeElement.id || document.activeElement.closest('[id]')?.id || ''"))
        if browser.run("document.activeElement.className === 'jump'") and not jumped:
            jumped = True
            assert browser.run("document.activeElement.getBoundingClientRect().x") >= 0, "it shows when it is reached"
        if browser.run("Boolean(document.activeElement.closest('#table tbody'))"):
            break
    assert {"f-from", "f-country", "f-type", "f-actor", "f-source", "f-place", "f-day", "f-kind"} <= reached
    assert jumped and "z1" in reached and "s-deadliest" in reached
    assert any(one.startswith("m-") for one in reached) and any(one.startswith("b-") for one in reached)
    outline = browser.run("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is seen"
    browser.enter()
    browser.until("document.querySelector('article.claim')")


def test_what_is_on_the_map_has_a_name_for_a_screen_reader(browser: Browser, address: str) -> None:
    browser.open(address + "?lang=en")
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = {"link": 0, "button": 0, "combobox": 0, "textbox": 0}
    for node in nodes:
        role = node.get("role", {}).get("value")
        if role in named and not node.get("ignored"):
            assert node.get("name", {}).get("value"), node
            named[role] += 1
    assert named["link"] > 20 and named["combobox"] > 5
    shapes = browser.run("[...document.querySelectorAll('.mark')].every((one) => one.getAttribute('aria-label'))")
    assert shapes


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (390, False), (390, True)])
def test_it_fits_wide_and_narrow_light_and_dark(browser: Browser, address: str, width: int, dark: bool) -> None:
    browser.resize(width, 900, dark)
    for path in ("?lang=ar", "?lang=en", "runs", "runs/2024-03-12"):
        browser.open(address + path)
        assert browser.run("document.documentElement.scrollWidth") <= width, path
    browser.open(address)
    browser.click("#table tbody a")
    browser.until("document.querySelector('article.claim')")
    assert browser.run("document.documentElement.scrollWidth") <= width
    paper = browser.run("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) < 200) is dark


def test_airflow_shows_the_page_in_its_own_frame(browser: Browser, address: str) -> None:
    browser.open(address.replace("/conflict-events/", "/plugin/conflict-events"))
    page = "document.querySelector('iframe')?.contentDocument"
    browser.until(f"{page}?.querySelector('#table tbody a') && {page}.readyState === 'complete'")
    browser.run(f"{page}.querySelector('#table tbody a').click()")
    browser.until(f"{page}?.querySelector('article.claim mark.slot') && {page}.readyState === 'complete'")
    hint = f"{page}.querySelector('.in-frame')"
    assert browser.run(f"!{hint} || getComputedStyle({hint}).display !== 'none'"), "how to open an original from there"
    # What the browser says of Airflow's frame and Airflow's own page asks for is not ours.
    browser.problems[:] = [one for one in browser.problems if "for its sandbox attribute" not in one]
    browser.requests[:] = [one for one in browser.requests if "/conflict-events/" in one]


def test_the_pages_work_without_script(browser: Browser, address: str) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address + "?lang=en&type=Protests")
        browser.click("#s-oldest")
        browser.until("location.search.endsWith('sort=oldest') && document.querySelector('#s-oldest[aria-current]')")
        browser.click("#table tbody a")
        browser.until("document.querySelector('article.claim mark.slot')")
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
