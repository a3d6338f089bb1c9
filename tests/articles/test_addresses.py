"""Addresses: one form for one page, and other dresses of it told from other pages."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.articles.addresses import canonical_url, url_key

PAGE = "https://nakhil.example/news/7"


@pytest.mark.parametrize(
    "dressed",
    [
        "https://nakhil.example/news/7?utm_source=x&utm_medium=y",
        "https://nakhil.example/news/7?fbclid=abc#comments",
        "HTTPS://NAKHIL.example:443/news/7",
        " https://nakhil.example/news/7 ",
        "https://nakhil.example/news/7?&",
    ],
)
def test_what_follows_clicks_is_dropped(dressed: str) -> None:
    assert canonical_url(dressed) == PAGE


@pytest.mark.parametrize(
    "dressed",
    ["http://www.nakhil.example/news/7/", "https://m.nakhil.example/news/7", "https://nakhil.example/amp/news/7",
     "https://nakhil.example/news/7/amp/", "https://amp.nakhil.example/news/7?amp=1", "https://nakhil.example//news/7?print=1"],
)  # fmt: skip
def test_other_dresses_share_a_key(dressed: str) -> None:
    assert url_key(dressed) == url_key(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://nakhil.example/?p=7", "https://nakhil.example/?p=8"),
        ("https://nakhil.example/news/7", "https://sahel.example/news/7"),
        ("https://nakhil.example/news/7", "https://nakhil.example/news/7/2"),
        ("https://m.example/a", "https://example/a"),
        ("https://nakhil.example/%D8%A3", "https://nakhil.example/%D8%A5"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_arabic_and_its_escapes_are_one() -> None:
    forms = {"https://nakhil.example/أخبار/7", "https://nakhil.example/%d8%a3%D8%AE%D8%A8%D8%A7%D8%B1/7"}
    assert len({canonical_url(form) for form in forms}) == 1


@pytest.mark.parametrize(
    "other", ["", "news/7", "ftp://nakhil.example/x", "http://[x", "mailto:a@nakhil.example", "x" * 5000]
)
def test_what_is_no_address_of_a_page_stays_as_it_is(other: str) -> None:
    assert canonical_url(other) == other


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_form_is_final_and_says_the_same(path: str, query: str) -> None:
    url = f"https://nakhil.example/{path}?q={query}"
    found = canonical_url(url)
    assert canonical_url(found) == found
    assert url_key(found) == url_key(url)
    try:
        given_path = urlsplit(url).path
    except ValueError:
        return  # brackets that make it no address
    assert unquote(urlsplit(found).path) == unquote(given_path.encode("utf-8", "replace").decode())
