"""`make eval`: how well the extractor reads, in one table: every figure by half, with the floor beside it.

Our own golden articles are always scored. The shared references are scored where they are: `--eval FOLDER`, else
`$CONFLICT_EVENTS_EVAL`, else `../shared/eval` beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import golden
from references import HALVES, Line, References

BASELINE = golden.ROOT / "tests" / "eval_baseline.json"


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, metavar="FOLDER", help="the shared references")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show N errors of each reference's write half"
    )
    parser.add_argument("--golden-only", action="store_true", help="only our own golden articles")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    given = parser.parse_args(arguments)
    folder = given.eval or Path(os.environ.get("CONFLICT_EVENTS_EVAL") or golden.ROOT.parent / "shared" / "eval")
    started = time.monotonic()
    lines = list(golden_lines(given.errors))
    if not given.golden_only and (folder / "score.py").exists():
        with tempfile.TemporaryDirectory(prefix="conflict-events-eval-") as scratch:
            lines += References(folder, Path(scratch), extract, given.errors).lines()
    else:
        print(f"No references at {folder}: only our own golden articles are scored (--eval names another folder).\n")
    print_table(lines)
    print(f"\n{time.monotonic() - started:.0f} s. `held` is the half that rules are not written on; quote its figures.")
    if given.json:
        rows = [{"reference": line.reference, "figure": line.figure.strip(), **line.values} for line in lines]
        given.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def golden_lines(errors: int) -> Iterable[Line]:
    """The figures on each set of our own golden articles; their floors are the committed baseline."""
    floors = json.loads(BASELINE.read_text(encoding="utf-8"))
    for name in golden.SETS:
        claims, texts = golden.read_set(name)
        figures = golden.score(golden.load_expected(name), claims, texts)
        for figure, value in figures.headline().items():
            yield Line(f"golden {name}", figure.replace("_f1", " F1"), {"all": value}, floors[name][figure])
        for slot, tally in figures.slots.items():
            yield Line(f"golden {name}", f"  {slot}", {"all": round(tally.f1, 4)})
        for article_id, kind, claim in figures.misses[:errors]:
            place, day, told = claim.get("place"), claim.get("date_start"), " ".join(claim["evidence"].split())[:110]
            print(f"  {kind:8} {article_id} {claim['action']} {place} {day} | {told}")


def extract(source: Path, target: Path) -> None:
    """Read articles, write claims; what can't be read is told."""
    from conflict_events.pipeline.intake import read_source
    from conflict_events.pipeline.reading import clean_articles, extract_claims
    from conflict_events.records import Article
    from conflict_events.settings import Settings

    settings, failed, rejected = Settings.load(environ={}), list[dict[str, str]](), 0

    def articles() -> Iterable[Article]:
        nonlocal rejected
        for found in read_source(settings, source):
            if isinstance(found, Article):
                yield found
            else:
                rejected += 1

    with target.open("w", encoding="utf-8") as stream:
        for claims in extract_claims(settings, clean_articles(settings, articles(), failed), failed):
            stream.writelines(json.dumps(claim.to_json(), ensure_ascii=False) + "\n" for claim in claims)
    if failed or rejected:
        print(f"{source.name}: {len(failed)} articles failed, {rejected} were rejected", file=sys.stderr)


def print_table(lines: Iterable[Line]) -> None:
    """One row a figure; `!` marks a figure under its floor."""
    print(f"{'reference':<18} {'figure':<24} " + " ".join(f"{half:>7}" for half in HALVES) + "   floor")
    last = None
    for line in lines:
        cells = []
        for half in HALVES:
            value = line.values.get(half)
            low = value is not None and line.floor is not None and value < line.floor
            cells.append(f"{'' if value is None else f'{value:.3f}'}{'!' if low else ' '}".rjust(7))
        floor = "" if line.floor is None else f"{line.floor:.2f}"
        name = "" if line.reference == last else line.reference
        print(f"{name:<18} {line.figure:<24} {' '.join(cells)}   {floor}".rstrip())
        last = line.reference


if __name__ == "__main__":
    sys.exit(main())
