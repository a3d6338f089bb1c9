"""Scores claims against our own golden articles, set by set: the sample articles, and the pages of tests/golden/pages.

A golden and a read claim of one article may be paired when their evidence overlaps or their place or deaths agree, and
their actions are of one kind; best pairs first, one to one. The figures are those of the codebook's slots.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from conflict_events.arabic import fold_word

if TYPE_CHECKING:
    from conflict_events.records import Article
    from conflict_events.settings import Settings

__all__ = ["ROOT", "SETS", "SLOTS", "Figures", "GoldenSet", "load_expected", "read_set", "score"]

ROOT = Path(__file__).resolve().parents[1]
SLOTS = ("action", "date", "place", "actor1", "actor2", "counts", "sources")
Row = Mapping[str, Any]


class GoldenSet(NamedTuple):
    """Where articles lie (a file or a folder), and where what is expected of them."""

    articles: Path
    expected: Path


_GOLDEN = ROOT / "tests" / "golden"
_PAGES = _GOLDEN / "pages"
SETS = {
    "samples": GoldenSet(ROOT / "include" / "sample_articles", _GOLDEN / "expected.json"),
    "levant": GoldenSet(_PAGES / "levant.jsonl", _PAGES / "levant.expected.json"),
    "arab_world": GoldenSet(_PAGES / "arab_world.jsonl", _PAGES / "arab_world.expected.json"),
}

_LOOSE = {"casualty_toll", "other", "body_transfer"}
_VIOLENT = {
    *("air_strike", "drone_strike", "shelling", "explosive_device", "landmine", "explosion", "suicide_bomb", "grenade"),
    *("chemical_attack", "armed_clash", "territory_captured", "attack_on_civilians", "execution", "torture"),
    *("sexual_violence", "abduction", "assassination"),
}
_CROWDS = {"protest", "riot"}


@dataclass(slots=True)
class Tally:
    """Right, predicted and expected items."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.predicted + self.expected)


@dataclass(slots=True)
class Figures:
    """The outcome: a tally for events, for all slots together and for each; `exact` as right over expected."""

    events: Tally = field(default_factory=Tally)
    slots: dict[str, Tally] = field(default_factory=lambda: {slot: Tally() for slot in SLOTS})
    exact: Tally = field(default_factory=Tally)
    misses: list[tuple[str, str, Row]] = field(default_factory=list)

    def headline(self) -> dict[str, float]:
        """Event F1, slot F1 (over all slots) and the share of exact events."""
        every = Tally(
            *(sum(getattr(tally, name) for tally in self.slots.values()) for name in ("right", "predicted", "expected"))
        )
        return {
            "event_f1": round(self.events.f1, 4),
            "slot_f1": round(every.f1, 4),
            "exact": round(self.exact.right / max(1, self.exact.expected), 4),
        }


def load_expected(name: str) -> dict[str, list[Row]]:
    """The golden claims of a set, by article id."""
    expected = json.loads(SETS[name].expected.read_text(encoding="utf-8"))
    return {article["article_id"]: article["events"] for article in expected}


def read_set(name: str) -> tuple[dict[str, list[Row]], dict[str, str]]:
    """Read the articles of a set with the extractor.

    Returns:
        Claims and full text by article id; a page that brings no id has its file's name as one.
    """
    from conflict_events.pipeline.reading import clean_articles, extract_claims
    from conflict_events.settings import Settings

    settings, failed = Settings.load(environ={}), list[dict[str, str]]()
    source = SETS[name].articles
    paths = sorted(source.iterdir()) if source.is_dir() else [source]
    articles = [article for path in paths for article in _articles(settings, path)]
    claims: dict[str, list[Row]] = {article.article_id: [] for article in articles}
    for found in extract_claims(settings, clean_articles(settings, articles, failed), failed):
        for claim in found:
            claims[claim.article_id].append(claim.to_json())
    if failed:
        raise RuntimeError(f"{len(failed)} articles of {name} failed, first {failed[0]}")
    return claims, {article.article_id: article.full_text for article in articles}


def _articles(settings: Settings, path: Path) -> Iterator[Article]:
    from conflict_events.pipeline.intake import read_source
    from conflict_events.records import Article

    if path.suffix in (".json", ".md"):  # side-cars, the read-me
        return
    for found in read_source(settings, path):
        if isinstance(found, Article):
            named = path.suffix in (".txt", ".html") and found.article_id.startswith("a_")
            yield replace(found, article_id=path.stem) if named else found


def score(
    expected: Mapping[str, Sequence[Row]], claims: Mapping[str, Sequence[Row]], texts: Mapping[str, str]
) -> Figures:
    """Compare claims with the golden ones, article by article."""
    figures = Figures()
    for article_id, golden in expected.items():
        read = claims.get(article_id, [])
        pairs = _pairs(golden, read, texts.get(article_id, ""))
        matched_gold, matched_read = {g for g, _ in pairs}, {r for _, r in pairs}
        rows: list[tuple[Row | None, Row | None]] = [(golden[g], read[r]) for g, r in pairs]
        rows += [(one, None) for index, one in enumerate(golden) if index not in matched_gold]
        rows += [(None, one) for index, one in enumerate(read) if index not in matched_read]
        for gold, claim in rows:
            _count(figures, article_id, gold, claim)
    return figures


def _count(figures: Figures, article_id: str, gold: Row | None, claim: Row | None) -> None:
    _add(figures.events, {1} if gold else set(), {1} if claim else set())
    same = _same_slots(gold, claim) if gold and claim else {}
    for slot, (wanted, found) in _items(gold, claim, same).items():
        _add(figures.slots[slot], wanted, found)
    if gold:
        right = claim is not None and gold["action"] == claim["action"] and _deaths(gold) == _deaths(claim)
        figures.exact.expected += 1
        figures.exact.right += right and same.get("date") is not False and same.get("place") is not False
    if gold is None or claim is None:
        figures.misses.append((article_id, "missed" if claim is None else "spurious", gold or claim or {}))


def _add(tally: Tally, wanted: set[Any], found: set[Any]) -> None:
    tally.right += len(wanted & found)
    tally.predicted += len(found)
    tally.expected += len(wanted)


def _items(
    gold: Row | None, claim: Row | None, same: Mapping[str, bool | None]
) -> dict[str, tuple[set[Any], set[Any]]]:
    """For each slot what is wanted and what was found, in a form in which equal things are equal."""
    items: dict[str, tuple[set[Any], set[Any]]] = {"action": (_one(gold, "action"), _one(claim, "action"))}
    for slot, key in (("date", "date_start"), ("place", "place")):
        wanted, found = bool(gold and gold.get(key)), bool(claim and claim.get(key))
        items[slot] = ({1} if wanted else set(), {1 if same.get(slot) else 2} if found else set())
    for slot in ("actor1", "actor2"):
        items[slot] = (_actors(gold, slot), _actors(claim, slot))
    items["counts"] = (_totals(gold), _totals(claim))
    wanted_names, found_names = _sources(gold), _sources(claim)
    renamed = {_renamed(one, wanted_names) for one in found_names}
    items["sources"] = (wanted_names, renamed)
    return items


def _pairs(golden: Sequence[Row], read: Sequence[Row], text: str) -> list[tuple[int, int]]:
    scored = sorted(
        ((_agreement(gold, claim, text), -g, -r) for g, gold in enumerate(golden) for r, claim in enumerate(read)),
        reverse=True,
    )
    used_gold, used_read, pairs = set(), set(), []
    for agreement, g, r in scored:
        if agreement >= 0.45 and -g not in used_gold and -r not in used_read:
            used_gold.add(-g)
            used_read.add(-r)
            pairs.append((-g, -r))
    return pairs


def _agreement(gold: Row, claim: Row, text: str) -> float:
    if not _one_kind(gold["action"], claim["action"]):
        return 0.0
    same = _same_slots(gold, claim)
    start = text.find(gold["evidence"])
    end = start + len(gold["evidence"])
    shared = max(0, min(end, claim["evidence_end"]) - max(start, claim["evidence_start"])) if start >= 0 else 0
    dice = 2 * shared / max(1, (end - start) + claim["evidence_end"] - claim["evidence_start"])
    agreed = 0.35 * (gold["action"] == claim["action"]) + 0.2 * bool(same["place"]) + 0.1 * bool(same["date"])
    return agreed + 0.15 * (_deaths(gold) is not None and _deaths(gold) == _deaths(claim)) + 0.3 * dice


def _one_kind(a: str, b: str) -> bool:
    if a == b or {a, b} & _LOOSE or {a, b} <= _VIOLENT:
        return True
    return not ({a, b} & _VIOLENT) and not ({a, b} & _CROWDS)


def _same_slots(gold: Row, claim: Row) -> dict[str, bool | None]:
    """Whether date and place agree; None where neither states one."""
    return {"date": _same_date(gold, claim), "place": _same_place(gold, claim)}


def _same_date(gold: Row, claim: Row) -> bool | None:
    if not gold.get("date_start") or not claim.get("date_start"):
        return None if not gold.get("date_start") and not claim.get("date_start") else False
    first, last = gold["date_start"], gold.get("date_end") or gold["date_start"]
    if gold.get("time_precision") == 1:
        return claim["date_start"] in (first, last)
    return bool(claim["date_start"] <= last and (claim.get("date_end") or claim["date_start"]) >= first)


def _same_place(gold: Row, claim: Row) -> bool | None:
    if not gold.get("place") or not claim.get("place"):
        return None if not gold.get("place") and not claim.get("place") else False
    points = (gold.get("lat"), gold.get("lon"), claim.get("lat"), claim.get("lon"))
    if None in points:
        return _words(gold["place"]) == _words(claim["place"])
    down, across = points[0] - points[2], (points[1] - points[3]) * math.cos(math.radians(points[0]))
    return math.hypot(down, across) * 111.2 <= (
        40 if 3 in (gold.get("geo_precision"), claim.get("geo_precision")) else 12
    )


def _deaths(row: Row) -> tuple[Any, ...] | None:
    rows = (one for one in row.get("counts") or () if one["measure"] in ("killed", "bodies") and not one.get("group"))
    return next(((one["low"], one["best"], one["high"]) for one in rows), None)


def _one(row: Row | None, key: str) -> set[Any]:
    return {row[key]} if row else set()


def _actors(row: Row | None, slot: str) -> set[str]:
    return {actor.split(":")[0] for actor in (row or {}).get(slot) or ()}


def _totals(row: Row | None) -> set[tuple[Any, ...]]:
    rows = (row or {}).get("counts") or ()
    return {(one["measure"], one["low"], one["best"], one["high"]) for one in rows if not one.get("group")}


def _sources(row: Row | None) -> set[frozenset[str]]:
    return {_words(one["name"]) for one in (row or {}).get("sources") or ()} - {frozenset()}


def _renamed(name: frozenset[str], wanted: set[frozenset[str]]) -> frozenset[str]:
    """The wanted name that is this one, else one that is like it; two wanted names may be alike themselves."""
    return name if name in wanted else next((one for one in sorted(wanted, key=sorted) if _alike(one, name)), name)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= 0.5 * min(len(a), len(b))


def _words(name: str) -> frozenset[str]:
    return frozenset(fold_word(word).removeprefix("ال") for word in re.findall(r"\w+", name))


def by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by their article id."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found
