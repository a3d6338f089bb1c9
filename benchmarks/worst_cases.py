"""Texts that no newspaper prints: how the time grows with their length. An exponent of 1 is linear growth."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from conflict_events.articles import clean
from conflict_events.extraction import load_extractor
from conflict_events.records import Article

__all__ = ["CASES", "Growth", "grow"]

_PLAIN = "وقالت مصادر محلية إن الأهالي عادوا إلى بيوتهم في المدينة بعد هدوء الأوضاع وعودة الخدمات إليها"
_STORY = (
    "قتل ثلاثة مدنيين وأصيب خمسة آخرون جراء قصف مدفعي لقوات النظام على بلدة سرمين بريف إدلب أمس الخميس. "
    "وأضاف الدفاع المدني أن فرقه انتشلت جثتين من تحت الأنقاض.\n"
)


class Growth(NamedTuple):
    """Seconds by number of characters, and the exponent of their growth over the last steps."""

    case: str
    characters: list[int]
    seconds: list[float]

    @property
    def exponent(self) -> float:
        """Slope of the logarithms between the first and the last size."""
        (first, *_, last), (early, *_, late) = self.characters, self.seconds
        return math.log(late / max(early, 1e-9)) / math.log(last / first)


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda characters: (unit * (characters // len(unit) + 1))[:characters]


def _numbered(unit: str) -> Callable[[int], str]:
    """No line twice: what repeats is furniture, and cut."""

    def text(characters: int) -> str:
        lines: list[str] = []
        size = 0
        while size < characters:
            lines.append(unit.replace("سرمين", f"سرمين {len(lines)}").replace("ثلاثة", str(len(lines) % 90 + 3)))
            size += len(lines[-1])
        return "".join(lines)

    return text


CASES: dict[str, Callable[[int], str]] = {
    "a long report": _numbered(_STORY),
    "a list of reports": _numbered("- " + _STORY.splitlines()[0] + "\n"),
    "one sentence": _repeated(_PLAIN + " "),
    "one sentence of a story": _repeated(_STORY.replace(".", "").replace("\n", " ")),
    "only triggers": _repeated("قصف قتل انفجار اشتباكات اعتقلت "),
    "only numbers": _repeated("قتل 17 300 خمسة وعشرون 2015 ألف "),
    "only places": _repeated("قصف حلب إدلب سرمين درعا "),
    "only actors": _repeated("قصف قوات النظام تنظيم داعش "),
    "only sources": _repeated("وقال المرصد السوري إن قتيلا سقط. وأضاف المصدر "),
    "only commas": _repeated("، "),
    "short lines": _repeated("سوريا\nأخبار\n"),
}


def grow(sizes: tuple[int, ...] = (25_000, 50_000, 100_000), most_seconds: float = 60.0) -> Iterator[Growth]:
    """Read each case at each size with clean and extract, until one takes too long.

    Args:
        sizes: Characters.
        most_seconds: No larger text is read of a case that took longer than this.
    """
    extractor = load_extractor()
    extractor.extract(clean(Article("warm", _STORY)))
    for case, make in CASES.items():
        growth = Growth(case, [], [])
        for size in sizes:
            article = Article(case, make(size))
            started = time.process_time()
            extractor.extract(clean(article))
            growth.characters.append(size)
            growth.seconds.append(time.process_time() - started)
            if growth.seconds[-1] > most_seconds:
                break
        yield growth
