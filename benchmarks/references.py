"""Scores the extractor on the shared references, with the references' own scorers, by half.

The scorers are run from where they lie and never copied. The dev material is split by publisher and month into the half
that rules are written on and the half that is only measured; errors are shown of the first alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import runpy
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["HALVES", "Line", "References", "half_of"]

Row = Mapping[str, Any]
HALVES = ("write", "held", "all")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure by half, and the floor to reach; None where there is none, or nothing was scored."""

    reference: str
    figure: str
    values: Mapping[str, float | None]
    floor: float | None = None


def half_of(row: Row) -> str:
    """The half of a page. An outlet's month never lies on both sides; the seeds are written on."""
    if str(row["article_id"]).startswith("seed"):
        return "write"
    month = str(row.get("published_at") or "")[:7]
    return "write" if hashlib.sha1(f"{row.get('publisher')}|{month}".encode()).digest()[0] % 2 == 0 else "held"


class References:
    """The references of one folder, scored on claims that are extracted once."""

    def __init__(self, folder: Path, scratch: Path, extract: Callable[[Path, Path], None], errors: int = 0) -> None:
        """Set up.

        Args:
            folder: Where the references and their scorers lie.
            scratch: Where claims and halves may be written.
            extract: Reads articles of the first path, writes claims to the second.
            errors: How many errors of the write half each scorer shows.
        """
        self.folder, self.scratch, self.errors = folder, scratch, errors
        self._extract = extract
        self._pages: dict[str, dict[str, str]] = {}

    def lines(self) -> Iterable[Line]:
        """Every figure of every reference, in a fixed order."""
        yield from self._gold()
        yield from self._incidents()
        for name, floor in (("sentences_assault", 0.78), ("sentences_protest", 0.75)):
            yield from self._sentences(name, floor)
        yield self._places()

    def _claims(self, pages: str) -> Path:
        target = self.scratch / f"{pages}.claims.jsonl"
        if not target.exists():
            self._extract(self.folder / f"{pages}.jsonl", target)
        return target

    def _halves(self, pages: str) -> dict[str, str]:
        """Half by article id."""
        if pages not in self._pages:
            self._pages[pages] = {row["article_id"]: half_of(row) for row in _rows(self.folder / f"{pages}.jsonl")}
        return self._pages[pages]

    def _gold(self) -> Iterable[Line]:
        scorer = runpy.run_path(str(self.folder / "score.py"), run_name="scorer")
        gold = json.loads((self.folder / "gold_dev.json").read_text(encoding="utf-8"))
        claims = scorer["load_claims"](str(self._claims("articles_dev")))
        texts = {
            row["article_id"]: f"{row.get('title') or ''}\n{row.get('text') or ''}"
            for row in _rows(self.folder / "articles_dev.jsonl")
        }
        halves = self._halves("articles_dev")
        scored, fresh = {}, {}
        for half in HALVES:
            part = [one for one in gold if half in ("all", halves[one["article_id"]])]
            scored[half], misses = scorer["evaluate"](part, claims, texts)
            fresh[half] = scorer["evaluate"](part, claims, texts, True)[0]
            if half == "write":
                self._show(scorer, misses)
        name = "gold_dev"
        for figure, key, floor in (("event F1", "event", 0.85), ("slot F1", "slots", 0.80)):
            yield Line(name, figure, {half: _f1(scored[half], key) for half in HALVES}, floor)
        yield Line(name, "exact", {half: scored[half]["exact"] for half in HALVES}, 0.60)
        for slot in (*scorer["SLOTS"], "groups"):
            yield Line(name, f"  {slot}", {half: _f1(scored[half], slot) for half in HALVES})
        yield Line(name, "fresh event F1", {half: _f1(fresh[half], "event") for half in HALVES})
        yield Line(name, "fresh slot F1", {half: _f1(fresh[half], "slots") for half in HALVES})

    def _show(self, scorer: Mapping[str, Any], misses: list[Any]) -> None:
        for article_id, kind, claim in misses[: self.errors]:
            evidence = " ".join((claim.get("evidence") or "").split())[:110]
            print(f"  {kind:8} {article_id} {claim['action']} {claim.get('place')} {claim.get('date_start')} "
                  f"{scorer['deaths'](claim)} | {evidence}")  # fmt: skip

    def _incidents(self) -> Iterable[Line]:
        claims = self._claims("incident_pages")
        floors = {"place": 0.85, "date": 0.90, "deaths": 0.85, "all in one claim": 0.70}
        said = self._external("incidents", "incidents", "incident_pages", claims)
        for figure, floor in floors.items():
            yield Line("incidents", figure, {half: _after(text, figure) for half, text in said.items()}, floor)
        resolved = self.scratch / "incident_pages.resolved.jsonl"
        self._resolve(claims, resolved)
        said = self._external("resolution", "incidents", "incident_pages", resolved)
        for figure, floor in {"precision": 0.95, "recall": 0.85}.items():
            yield Line("resolution", figure, {half: _after(text, figure) for half, text in said.items()}, floor)

    def _resolve(self, claims: Path, target: Path) -> None:
        from conflict_events.records import Claim
        from conflict_events.resolution import resolve

        rows = list(_rows(claims))
        events = resolve(map(Claim.from_json, rows)).assignments
        _write(target, ({**row, "event_id": events[row["claim_id"]]} for row in rows))

    def _sentences(self, name: str, floor: float) -> Iterable[Line]:
        said = self._external("sentences", name, name, self._claims(name))
        yield Line(
            name, "F1, disputed left out", {half: _after(text, "left out:.* F1") for half, text in said.items()}, floor
        )

    def _places(self) -> Line:
        from conflict_events.geography import Geocoder, geocode_lines, load_gazetteer

        target = self.scratch / "places.geocoded.jsonl"
        source = (self.folder / "places.jsonl").read_text(encoding="utf-8").splitlines()
        with target.open("w", encoding="utf-8") as stream:
            geocode_lines(source, stream, Geocoder(load_gazetteer()))
        text = self._run("places", self.folder / "places.jsonl", target, 0)
        return Line("places", "within 10 km, weighted", {"all": _after(text, "weighted .* within 10 km")}, 0.70)

    def _external(self, what: str, reference: str, pages: str, claims: Path) -> dict[str, str]:
        """What the external scorer says of each half."""
        halves, rows = self._halves(pages), list(_rows(self.folder / f"{reference}.jsonl"))
        said = {}
        for half in HALVES:
            part = self.scratch / f"{reference}.{half}.jsonl"
            _write(part, (row for row in rows if half in ("all", halves[row["article_id"]])))
            said[half] = self._run(what, part, claims, self.errors if half == "write" else 0)
        return said

    def _run(self, what: str, gold: Path, claims: Path, errors: int) -> str:
        """Run the external scorer, a script; its last line holds the figures, those before it errors to show."""
        arguments, said = sys.argv, io.StringIO()
        sys.argv = ["score_external.py", what, str(gold), str(claims), "--errors", str(errors)]
        try:
            with contextlib.redirect_stdout(said):
                runpy.run_path(str(self.folder / "score_external.py"))
        finally:
            sys.argv = arguments
        *shown, last = said.getvalue().strip().splitlines()
        if shown:
            print(f"{what} errors (write half):", *shown, sep="\n  ")
        return last


def _f1(scored: Mapping[str, Any], key: str) -> float | None:
    return scored[key]["f1"] if key in scored else None


def _after(text: str, words: str) -> float | None:
    """The number behind some words."""
    found = re.search(rf"{words} (\d+\.\d+)", text)
    return float(found[1]) if found else None


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
