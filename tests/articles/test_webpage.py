"""HTML pages and crawl archives."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.articles import Limits, Rejected, read_articles
from conflict_events.articles.crawl import page_from_bytes
from conflict_events.articles.rejected import RejectionError
from conflict_events.records import Article

LEAD = "قصفت طائرات حربية بلدة الخندق في ريف المحافظة الشرقي صباح اليوم الجمعة، ما أدى إلى مقتل ثلاثة مدنيين."
REST = "وقال الدفاع المدني إن فرقه انتشلت الضحايا ونقلت سبعة مصابين إلى مشفى المدينة، فيما تواصل تحليق الطائرات."
PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}"><title>قصف على الخندق | شبكة النخيل</title>
{head}</head><body><nav><a href="/">الرئيسية</a><a href="/s">سياسة</a></nav>
<article><h1>قصف على بلدة الخندق يوقع ضحايا</h1>{date}<p>{lead}</p><p>{rest}</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def page(head: str = "", date: str = "", charset: str = "utf-8") -> str:
    return PAGE.format(head=head, date=date, charset=charset, lead=LEAD, rest=REST)


def test_main_text_and_title() -> None:
    fields = page_from_bytes(page().encode(), None, Limits()).record
    assert fields["title"] == "قصف على بلدة الخندق يوقع ضحايا"
    assert LEAD in fields["text"] and REST in fields["text"]
    assert "جميع الحقوق" not in fields["text"]


@pytest.mark.parametrize(
    "statement",
    [
        {"head": '<meta property="article:published_time" content="2024-11-29T10:00:00+03:00">'},
        {"head": '<meta itemprop="datePublished" content="2024-11-29">'},
        {"head": '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-11-29"}]}</script>'},
        {"date": '<time datetime="2024-11-29T08:00">أمس</time>'},
        {
            "head": '<script type="application/ld+json">{broken</script>'
            '<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2024-11-29"}]</script>'
        },
    ],
)
def test_days_in_metadata(tmp_path: Path, statement: dict[str, str]) -> None:
    (tmp_path / "a.html").write_text(page(**statement), encoding="utf-8")
    (article,) = read_articles(tmp_path / "a.html", today=date(2025, 1, 1))
    assert isinstance(article, Article)
    assert (article.published_at, article.published_source) == (date(2024, 11, 29), "metadata")


def test_the_days_of_related_stories_are_not_taken() -> None:
    several = '<time datetime="2024-11-01"></time><time datetime="2024-11-02"></time>'
    assert page_from_bytes(page(date=several).encode(), None, Limits()).metadata_days == ()


@pytest.mark.parametrize(("declared", "actual"), [("windows-1256", "cp1256"), ("utf-8", "cp1256"), ("utf-8", "utf-8")])
def test_charsets(declared: str, actual: str) -> None:
    fields = page_from_bytes(page(charset=declared).encode(actual), None, Limits()).record
    assert LEAD in fields["text"]


def test_a_page_of_one_sentence_is_read() -> None:
    fields = page_from_bytes("<html><body><div>قتل مدني.</div></body></html>".encode(), None, Limits()).record
    assert fields["text"].strip() == "قتل مدني."


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<div>" * 10_000 + LEAD + "</div>" * 10_000, "too_deep"),
        ("<html><body>" + "<p>نص</p>" * 3000 + "</body></html>", "too_large"),
        ("<html><head><title>x</title></head><body><script>1</script></body></html>", "no_text"),
        ("<!-- -->", "no_text"),
    ],
)
def test_pages_that_are_refused(html: str, reason: str) -> None:
    with pytest.raises(RejectionError) as caught:
        page_from_bytes(html.encode(), None, Limits(max_html_elements=2000))
    assert caught.value.reason == reason


def test_entities_do_not_grow() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "' + "ا" * 1000 + '"><!ENTITY b "&a;&a;&a;&a;">]>'
    html = bomb + f"<html><body><p>{LEAD} &b;</p></body></html>"
    assert len(page_from_bytes(html.encode(), None, Limits()).record["text"]) < 5 * len(LEAD)


def warc(pages: list[tuple[str, bytes, str, str]], *, compressed: bool = True) -> bytes:
    records = []
    for number, (url, body, content_type, status) in enumerate(pages):
        block = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nWARC-Date: 2024-11-29T00:00:00Z\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        records.append(gzip.compress(record) if compressed else record)
    return b"".join(records)


@pytest.mark.parametrize("compressed", [True, False])
def test_a_crawl_archive(tmp_path: Path, compressed: bool) -> None:
    other = page().replace("الخندق", "الربوة")
    data = warc(
        [
            ("https://example.org/2024/11/29/a", page().encode(), "text/html; charset=utf-8", "200 OK"),
            ("https://example.org/robots.txt", b"User-agent: *", "text/plain", "200 OK"),
            ("https://example.org/gone", b"<html>gone</html>", "text/html", "404 Not Found"),
            ("https://example.org/deep", ("<div>" * 5000 + LEAD).encode(), "text/html", "200 OK"),
            ("https://example.org/b", other.encode("cp1256"), "text/html; charset=windows-1256", "200 OK"),
        ],
        compressed=compressed,
    )
    path = tmp_path / ("a.warc.gz" if compressed else "a.warc")
    path.write_bytes(data)
    first, deep, second = read_articles(path, today=date(2025, 1, 1))
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(deep, Rejected)
    assert (first.url, first.published_at, first.published_source) == (
        "https://example.org/2024/11/29/a",
        date(2024, 11, 29),
        "url",
    )
    assert deep.reason == "too_deep" and deep.origin.endswith("record 4")
    assert "الربوة" in second.text


GOOD = ("https://example.org/a", page().encode(), "text/html", "200 OK")


@pytest.mark.parametrize("compressed", [True, False])
def test_a_crawl_archive_cut_short_gives_what_came_before(tmp_path: Path, compressed: bool) -> None:
    whole = warc([GOOD], compressed=compressed)
    (tmp_path / "a.warc.gz").write_bytes(whole + whole[: len(whole) * 3 // 4])
    first, second = read_articles(tmp_path / "a.warc.gz", today=date(2025, 1, 1))
    assert isinstance(first, Article)
    assert isinstance(second, Rejected) and second.reason == "truncated"


def test_what_is_no_record_ends_the_archive(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc([GOOD], compressed=False) + b"this is no record\r\n" * 20)
    first, second = read_articles(tmp_path / "a.warc", today=date(2025, 1, 1))
    assert isinstance(first, Article)
    assert isinstance(second, Rejected) and second.reason == "truncated"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12), st.integers(0, 40)), max_size=5))
def test_a_mangled_archive_ends_in_articles_or_reasons(tmp_path: Path, wounds: list[tuple[float, bytes, int]]) -> None:
    data = bytearray(warc([GOOD, GOOD], compressed=False))
    for place, put, cut in wounds:
        start = int(place * len(data))
        data[start : start + cut] = put
    (tmp_path / "a.warc").write_bytes(data)
    for result in read_articles(tmp_path / "a.warc", today=date(2025, 1, 1)):
        assert isinstance(result, Article | Rejected)


CHARSETS = st.one_of(st.sampled_from(["undefined", "idna", "utf-7", "unicode_escape", "zlib"]), st.text(max_size=6))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHARSETS, st.binary(max_size=40), st.booleans(), st.booleans())
def test_what_a_page_says_of_itself_costs_none_of_its_neighbours(
    tmp_path: Path, charset: str, odd: bytes, in_header: bool, compressed: bool
) -> None:
    named = charset.encode("ascii", "ignore").decode().translate({13: None, 10: None})
    own = f'<meta charset="{named}">'.encode() + page().encode("cp1256", "replace") + odd
    kind = f"text/html; charset={named}" if in_header else "text/html"
    records = [(f"https://example.org/{n}", page().encode(), "text/html", "200 OK") for n in (0, 2)]
    records.insert(1, ("https://example.org/1", own, kind, "200 OK"))
    (tmp_path / "a.warc").write_bytes(warc(records, compressed=compressed))
    found = list(read_articles(tmp_path / "a.warc", today=date(2025, 1, 1)))
    assert len(found) == 3 and isinstance(found[0], Article) and isinstance(found[2], Article)


WOUND = st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12), st.integers(0, 40))


def compressed_records() -> list[bytes]:
    """Three crawl records of different villages, each a gzip member."""
    villages = ("الخندق", "الربوة", "السدرة")
    pages = [(f"https://example.org/{n}", page().replace("الخندق", v).encode(), "text/html", "200 OK")
             for n, v in enumerate(villages)]  # fmt: skip
    return [warc([one]) for one in pages]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WOUND, min_size=1, max_size=3))
def test_a_wound_in_one_member_costs_none_of_its_neighbours(
    tmp_path: Path, wounds: list[tuple[float, bytes, int]]
) -> None:
    first, second, third = compressed_records()
    hurt = bytearray(second)
    for place, put, cut in wounds:
        start = int(place * len(hurt))
        hurt[start : start + cut] = put
    (tmp_path / "a.warc.gz").write_bytes(first + bytes(hurt) + third)
    found = list(read_articles(tmp_path / "a.warc.gz", today=date(2025, 1, 1)))
    urls = {one.url for one in found if isinstance(one, Article)}
    assert {"https://example.org/0", "https://example.org/2"} <= urls
    assert "https://example.org/1" in urls or any(isinstance(one, Rejected) for one in found), "nothing goes unsaid"


def test_bytes_between_members_are_passed_over(tmp_path: Path) -> None:
    first, second, third = compressed_records()
    data = first + b"\x1f\x8b\x08" + b"?" * 70_000 + second + gzip.compress(b"no record") + third
    (tmp_path / "a.warc.gz").write_bytes(data)
    found = list(read_articles(tmp_path / "a.warc.gz", today=date(2025, 1, 1)))
    assert sum(isinstance(one, Article) for one in found) == 3


def test_large_pages_in_members_of_their_own(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/news/{n}'>خبر {n} من أخبار المحافظة</a></li>" for n in range(3000))
    large = page().replace("<footer>", f"<ul>{links}</ul><footer>").encode()
    pages = [(f"https://example.org/{n}", large, "text/html", "200 OK") for n in range(4)]
    (tmp_path / "a.warc.gz").write_bytes(warc(pages))
    found = read_articles(tmp_path / "a.warc.gz", today=date(2025, 1, 1))
    assert [one.url for one in found if isinstance(one, Article)] == [url for url, *_ in pages]


def test_an_archive_in_one_member_is_read_through(tmp_path: Path) -> None:
    pages = [(f"https://example.org/{n}", page().encode(), "text/html", "200 OK") for n in range(3)]
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(warc(pages, compressed=False)))
    assert len(list(read_articles(tmp_path / "a.warc.gz", today=date(2025, 1, 1)))) == 3


def test_a_bomb_among_the_members(tmp_path: Path) -> None:
    first, second, _ = compressed_records()
    bomb = gzip.compress(second[:0] + b"WARC/1.0\r\n" + bytes(30_000_000))
    (tmp_path / "a.warc.gz").write_bytes(first + bomb + second)
    caps = Limits(inflation_free_bytes=1_000_000)
    found = list(read_articles(tmp_path / "a.warc.gz", limits=caps, today=date(2025, 1, 1)))
    assert [one.reason if isinstance(one, Rejected) else one.url for one in found] == [
        "https://example.org/0",
        "too_large",
        "https://example.org/1",
    ]


TAGS = st.sampled_from(
    [
        "div",
        "p",
        "span",
        "a",
        "ul",
        "li",
        "table",
        "td",
        "article",
        "h1",
        "script",
        "style",
        "time",
        "meta",
        "title",
        "head",
        "body",
        "form",
        "br",
        "svg",
        "figure",
        "figcaption",
        "font",
        "center",
        "th",
    ]
)
MARKUP = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    TAGS.map(lambda tag: f'<{tag} itemprop="datePublished" datetime="2024" content="x" href="http://[a">'),
    st.sampled_from([LEAD, "&nbsp;", "&#x0;", "&#55296;", "<", ">", "]]>", "-->", "<!--", "<![CDATA[", "&x;"]),
    st.text(max_size=10),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(MARKUP, max_size=40))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        fields = page_from_bytes("".join(pieces).encode("utf-8", "replace"), None, Limits()).record
    except RejectionError as error:
        assert error.reason in {"no_text", "binary"}
    else:
        assert fields["text"].strip()
