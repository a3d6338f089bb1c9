"""Invented outlets on the loopback server: feeds, pages and a sources file, and the web as a workspace sees it then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from site_on_loopback import Play, Site, page

from conflict_events.fetching import Caps, Web
from conflict_events.pipeline import fetching
from conflict_events.settings import Settings

NOON = datetime(2024, 11, 29, 9, 30, tzinfo=UTC)
"""Half past twelve in Damascus, on a Friday."""

VILLAGES = (
    "سرمين",
    "آفس",
    "النيرب",
    "بنش",
    "تفتناز",
    "كفريا",
    "الفوعة",
    "معرة مصرين",
    "حزانو",
    "كللي",
    "إسقاط",
    "أرمناز",
)

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>{title} | شبكة النخيل</title>{head}</head>
<body><nav><a href="/">الرئيسية</a><a href="/politics">سياسة</a></nav><article><h1>{title}</h1><p>{lead}</p>
<p>وقال الدفاع المدني السوري إن فرقه انتشلت الضحايا من تحت الأنقاض ونقلت المصابين إلى مشفى المدينة القريب.</p>
<p>وذكرت مصادر محلية في {place} أن القصف طال السوق الشعبي وألحق أضراراً كبيرة بالمحال التجارية والمنازل.</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def article(number: int, *, killed: str = "ثلاثة", day: str | None = "2024-11-29T10:00:00+03:00") -> str:
    """An invented page; `day` is what its metadata state."""
    place = VILLAGES[number % len(VILLAGES)]
    return PAGE.format(
        title=f"قصف مدفعي على {place} يوقع ضحايا",
        head=f'<meta property="article:published_time" content="{day}">' if day else "",
        lead=f"قتل {killed} مدنيين وأصيب خمسة آخرون، اليوم الجمعة، جراء قصف مدفعي لقوات النظام استهدف بلدة {place} "
        "في ريف إدلب.",
        place=place,
    )


def feed(host: str, numbers: list[int], moment: datetime | None = NOON) -> str:
    """A feed that names pages /news/N, dated at a moment."""
    day = f"<pubDate>{format_datetime(moment)}</pubDate>" if moment else ""
    items = "".join(
        f"<item><title>خبر {n}</title><link>https://{host}/news/{n}?utm_source=rss</link>{day}</item>" for n in numbers
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


@dataclass
class Desk:
    """A workspace whose sources lie on the loopback server, and whose clock the test sets."""

    site: Site
    settings: Settings
    file: Path
    clock: datetime = NOON
    waits: list[float] = field(default_factory=list)
    caps: Caps = field(default_factory=lambda: Caps(400_000, 1_000_000, 1.0, pause=0.01))

    def web(self) -> Web:
        return Web(
            lambda hosts: self.site.reach(*hosts), self.site.tls, self.caps, self.waits.append, lambda: self.clock
        )

    def sources(self, *entries: str, hosts: tuple[str, ...] = ("nakhil", "sahel", "jabal")) -> None:
        """Write the sources file: an outlet a host, and entries as flow mappings without their braces."""
        outlets = "".join(
            f"  - {{id: {name}, domains: [{name}.example], timezone: Asia/Damascus, country: SY, camp: {name}}}\n"
            for name in hosts
        )
        lines = "".join(f"  - {{{entry}, crawl_delay_seconds: 0}}\n" for entry in entries)
        self.file.write_text(f"outlets:\n{outlets}sources:\n{lines}", encoding="utf-8")

    def outlet(self, name: str, pages: dict[int, Play], moment: datetime | None = NOON) -> str:
        """Serve a feed and its pages; returns the entry of the sources file."""
        host = f"{name}.example"
        self.site.on(f"{host}/feed", page(feed(host, list(pages), moment), "application/rss+xml"))
        for number, play in pages.items():
            self.site.on(f"{host}/news/{number}", play)
        return f'id: {name}, kind: feed, outlet: {name}, url: "https://{host}/feed"'

    def later(self, **time: float) -> None:
        """Set the clock on."""
        self.clock += timedelta(**time)


def desk_on(site: Site, tmp_path: Path, patch: Callable[..., None] | pytest.MonkeyPatch) -> Desk:
    """A desk; the pipeline's web is its own from then on."""
    file = tmp_path / "sources.yaml"
    desk = Desk(site, Settings(data_root=tmp_path / "data", sources_file=file), file)
    assert isinstance(patch, pytest.MonkeyPatch)
    patch.setattr(fetching, "the_web", desk.web)
    return desk
