"""Feeds, sitemaps and listing pages: what they name, whatever is wrong with them."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.articles import Limits, Source
from conflict_events.fetching import Answer, FetchError
from conflict_events.fetching.lists import read_list, read_sitemap_index

ZONE = ZoneInfo("Asia/Damascus")
BASE = "https://nakhil.example/feed/"

ITEM = "<item><title>قصف على الخندق {n}</title><link>https://nakhil.example/{n}?utm_source=rss</link>{more}</item>"
RSS = (
    '<?xml version="1.0" encoding="{charset}"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>شبكة النخيل الإخبارية من كل مكان</title><link>https://nakhil.example/</link>{items}</channel></rss>"
)


def rss(*more: str, charset: str = "utf-8") -> str:
    return RSS.format(charset=charset, items="".join(ITEM.format(n=n, more=one) for n, one in enumerate(more, start=1)))


def read(data: str | bytes, kind: str = "feed", content_type: str = "application/xml", links: str | None = None):
    body = data.encode() if isinstance(data, str) else data
    answer = Answer(
        BASE, 200, "OK", (("Content-Type", content_type),), body, body, datetime(2024, 11, 30, 9, tzinfo=UTC)
    )
    return read_list(Source("s", kind, links=links), answer, ZONE, Limits())


def test_rss_newest_first_without_what_follows_clicks() -> None:
    found = read(
        rss(
            "<pubDate>Thu, 28 Nov 2024 10:00:00 +0000</pubDate>",
            "<pubDate>Fri, 29 Nov 2024 22:30:00 GMT</pubDate>",
            "<dc:date>2024-11-29T08:00:00+03:00</dc:date>",
            "<pubDate>الجمعة, 29 نوفمبر 2024 10:00:00 +0300</pubDate>",
        )
    )
    assert [entry.url.rpartition("/")[2] for entry in found] == ["2", "3", "4", "1"]
    assert found[0].published == date(2024, 11, 30), "22:30 in Greenwich is the next day in Damascus"
    assert found[-1].published == date(2024, 11, 28) and found[0].title == "قصف على الخندق 2"


def test_days_that_no_feed_can_know_are_not_believed() -> None:
    days = [
        entry.published
        for entry in read(rss("<pubDate>Fri, 29 Nov 2030 10:00:00 GMT</pubDate>", "<pubDate>أمس</pubDate>", ""))
    ]
    assert days == [None, None, None]


def test_atom() -> None:
    found = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link href="/"/>'
        '<entry><title type="html">&lt;b&gt;قصف&lt;/b&gt;</title><link rel="enclosure" href="/a.mp3"/>'
        '<link rel="alternate" href="/news/7"/><published>2024-11-28T23:30:00Z</published>'
        "<updated>2024-11-29T01:00:00Z</updated></entry></feed>"
    )
    (entry,) = found
    assert (entry.url, entry.published) == ("https://nakhil.example/news/7", date(2024, 11, 29))
    assert entry.stamp == "2024-11-29T01:00:00Z"


def test_an_atom_entry_that_states_its_last_change_only() -> None:
    (entry,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/news/7"/>'
        "<updated>2024-11-28T10:00:00Z</updated></entry></feed>"
    )
    assert (entry.published, entry.priority) == (date(2024, 11, 28), "2024-11-28")


def test_rss_of_the_first_kind_and_guids() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel/><item><title>خبر</title><link>https://nakhil.example/a</link></item></rdf:RDF>"
    )
    assert [entry.url for entry in read(rdf)] == ["https://nakhil.example/a"]
    guids = (
        "<rss><channel><item><guid>https://nakhil.example/g</guid></item>"
        '<item><guid isPermaLink="false">https://nakhil.example/?p=3</guid></item><item><title>x</title></item></channel></rss>'
    )
    assert [entry.url for entry in read(guids)] == ["https://nakhil.example/g"]


def test_a_broken_item_costs_none_of_its_neighbours() -> None:
    broken = rss("", "<description>قصف & غارات &nbsp; <br> <![CDATA[ نص ]]></description>", "", "\x01\x0b").replace(
        "</rss>", ""
    )
    assert len(read(broken)) == 4


@pytest.mark.parametrize(("declared", "actual"), [("windows-1256", "cp1256"), ("utf-8", "cp1256"), ("utf-16", "utf-8")])
def test_the_letters_tell_the_encoding(declared: str, actual: str) -> None:
    found = read(rss("", "", charset=declared).encode(actual), content_type="text/xml; charset=" + declared)
    assert found[0].title == "قصف على الخندق 1"


BOMB = '<!DOCTYPE rss [<!ENTITY a "ا"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
@pytest.mark.parametrize(
    "data",
    [
        (BOMB + rss("")).encode(),
        (BOMB.replace("ENTITY", "entity") + rss("")).encode(),
        ("\ufeff" + BOMB + rss("")).encode("utf-16-le"),
        b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item/></channel></rss>',
    ],
)
def test_entities_are_refused_before_anything_is_parsed(data: bytes, kind: str) -> None:
    with pytest.raises(FetchError) as caught:
        read(data, kind)
    assert caught.value.reason == "entities"


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"%PDF-1.4", b"plain text", b"<html><body>not found</body></html>", b"<svg/>"]
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        read(data)
    assert caught.value.reason == "bad_list"


SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><loc>https://nakhil.example/old</loc><lastmod>2020-01-01</lastmod></url>"
    "<url><loc>https://nakhil.example/%D8%A3</loc><news:news>"
    "<news:publication><news:name>النخيل</news:name></news:publication>"
    "<news:publication_date>2024-11-29T10:00+03:00</news:publication_date>"
    "<news:title>قصف على الخندق</news:title></news:news></url>"
    "<url><loc></loc></url><url><lastmod>x</lastmod></url></urlset>"
)


def test_a_news_sitemap() -> None:
    new, old = read(SITEMAP, "sitemap")
    assert (new.title, new.published) == ("قصف على الخندق", date(2024, 11, 29))
    assert old.published is None, "the day of a change is no publication day"
    with pytest.raises(FetchError, match="no feed"):
        read(SITEMAP, "feed")


def test_a_packed_sitemap() -> None:
    packed = gzip.compress(SITEMAP.encode())
    assert [entry.url for entry in read(packed, "sitemap", "application/x-gzip")] == [
        entry.url for entry in read(SITEMAP, "sitemap")
    ]
    inside = gzip.compress((BOMB + SITEMAP).encode())
    bomb = gzip.compress(bytes(20_000_000))
    for data, reason in ((packed[:-20], "bad_list"), (bomb, "inflates"), (inside, "entities")):
        with pytest.raises(FetchError) as caught:
            read(data, "sitemap")
        assert caught.value.reason == reason


def test_a_sitemap_index_newest_first() -> None:
    old, new = "<loc>/a.xml</loc>", "<loc>/b.xml</loc><lastmod>2024-11-29</lastmod>"
    body = f"<sitemapindex><sitemap>{old}</sitemap><sitemap>{new}</sitemap></sitemapindex>".encode()
    answer = Answer(BASE, 200, "OK", (), body, body, datetime.now(UTC))
    assert read_sitemap_index(answer) == ["https://nakhil.example/b.xml", "https://nakhil.example/a.xml"]


LISTING = (
    '<html><body><nav><a href="/">الرئيسية</a><a href="/politics">أخبار سياسية</a></nav>'
    '<h2><a href="/news/7#top">قصف مدفعي يطال بلدة الخندق شرقي المحافظة</a></h2><a href="/news/7"><img></a>'
    '<a href="/news/8">خبر عاجل</a><a href="javascript:void(0)">مشاركة هذا الخبر على فيسبوك الآن</a>'
    '<a href="http://[x">عنوان طويل لا يقود إلى مكان معروف</a></body></html>'
)


def test_a_listing_page() -> None:
    assert [entry.url for entry in read(LISTING, "listing", "text/html")] == ["https://nakhil.example/news/7"]
    by_pattern = read(LISTING, "listing", "text/html", links=r"/news/\d+")
    assert [entry.url for entry in by_pattern] == ["https://nakhil.example/news/7", "https://nakhil.example/news/8"]


PIECES = st.one_of(
    st.sampled_from(["<item>", "</item>", "<link>", "</link>", "<channel>", "<rss>", "</rss>", "<url>", "<loc>",
                     "<![CDATA[", "]]>", "<!--", "-->", "&", "&x;", "<?xml ", "?>", "<!DOCTYPE rss>", "<title>",
                     '<link href="x"/>', "<pubDate>", "29 تشرين الثاني 2024",
                     "https://nakhil.example/x", "http://[", "\x00", "<a:b>"]),
    st.text(max_size=8),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=15),
    st.sampled_from(["feed", "sitemap", "listing"]),
    st.sampled_from(["utf-8", "utf-16", "cp1256"]),
)
def test_any_bytes_are_read_or_refused(pieces: list[str], kind: str, charset: str) -> None:
    try:
        found = read("".join(pieces).encode(charset, "replace"), kind)
    except FetchError as error:
        assert error.reason in ("bad_list", "entities")
        return
    assert all(entry.url.startswith("http") for entry in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES.filter(lambda piece: "<" not in piece and "]" not in piece and "\x00" not in piece), max_size=6))
def test_no_item_is_lost_by_the_words_of_its_neighbour(words: list[str]) -> None:
    middle = "<description>" + "".join(words).replace("&", "&amp;") + "</description>"
    found = {entry.url for entry in read(rss("", middle, ""))}
    assert {"https://nakhil.example/1", "https://nakhil.example/3"} <= found
