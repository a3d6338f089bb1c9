"""Trains the judgement of `conflict_events.extraction.judgement` and writes its weights.

    scripts/train_judgement.py --pages ARTICLES GOLD --sentences SENTENCES
                                [--bulletins ARTICLES GOLD] [--news ARTICLES GOLD]
                                [--check-pages ARTICLES GOLD] [--check-sentences SENTENCES]

Pages: one article a line (`article_id`, `published_at`, `publisher`, `url`, `title`, `text`) or a folder of samples;
gold in the project's own format, a list of {"article_id", "events": [...]} like `tests/golden/expected.json`.
`tests/golden/pages/NAME.jsonl` with `NAME.expected.json` beside it will do, too; but a set that was learned from no
longer measures how well unseen pages are read. Sentences: one a line as {"article_id", "published_at", "text",
"label", "event_type"}; `label` is yes, "easy no" or "difficult no" (disputed: left out), `event_type` ASSAULT or
PROTEST. Bulletins: like pages, but each fresh claim's evidence is learned from as an article of its own. News: like
pages, but drawn from all news, most of which tells of no conflict; it weighs less. All may be given several times.
Texts stay where they are; only weights and figures are written. What is given to check is never learned from.

A frame of a page counts as told when it lies inside the evidence of a gold claim of its kind, as not told when it
touches none; frames that retell a gold claim elsewhere (its place or its toll) are left out. A frame of a
sentence bears the sentence's label if it is of the kind asked for. Needs scikit-learn; the extraction does not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from conflict_events.arabic import fold_word
from conflict_events.articles import Rejected, clean, read_articles
from conflict_events.extraction.extractor import Extractor
from conflict_events.extraction.families import family
from conflict_events.extraction.frames import Frame
from conflict_events.extraction.judgement import Judgement
from conflict_events.extraction.signs import page_of, signs_of
from conflict_events.geography import Geocoder, load_gazetteer
from conflict_events.lexicon import load_lexicon, load_morphology
from conflict_events.lexicon.paths import include_dir
from conflict_events.records import Article

ASSAULT = frozenset(
    {"Explosions/Remote violence", "Battles", "Violence against civilians", "Toll"}
)  # and looting_destruction, which is a strategic development in the codebook
PROTEST = frozenset({"Protests", "Riots"})
ALL = Judgement(0.0, {}, 0.0)


@dataclass(slots=True)
class Example:
    """One frame to learn from: its signs, whether it is told, and the article it stands in."""

    signs: dict[str, float]
    told: bool
    group: str
    weight: float = 1.0


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


def _articles(path: Path) -> Iterator[Article]:
    if path.is_dir():
        for found in read_articles(path):
            if not isinstance(found, Rejected):
                yield found
        return
    keys = ("article_id", "published_at", "publisher", "url", "title", "text")
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        record |= {"published_at": _day(record.get("published_at")), "title": record.get("title") or ""}
        yield Article.from_json({key: record[key] for key in keys if key in record})


def _page_examples(extractor: Extractor, articles: Path, gold: Path) -> Iterator[Example]:
    events = {page["article_id"]: page["events"] for page in json.loads(gold.read_text(encoding="utf-8"))}
    for article in _articles(articles):
        if article.article_id not in events:
            continue
        sentences, frames = extractor.candidates(clean(article))
        page = page_of(frames, sentences, article.published_at)
        claims = [(event, _spans(article.full_text, event["evidence"])) for event in events[article.article_id]]
        for frame in frames:
            told = _label(frame, claims)
            if told is not None:
                yield Example(signs_of(frame, page), told, article.article_id)


def _spans(text: str, evidence: str) -> list[tuple[int, int]]:
    """Where the evidence stands, blanks aside; several runs are joined by ' / ' or stand far apart."""
    spans = []
    for part in re.split(r"\s/\s|\n+", evidence):
        words = part.split()
        if words:
            match = re.search(r"\s+".join(map(re.escape, words)), text)
            if match:
                spans.append(match.span())
    return spans


def _label(frame: Frame, claims: list[tuple[dict[str, Any], list[tuple[int, int]]]]) -> bool | None:
    anchors = [a for a in frame.unit.anchors if a.first in frame.asserted]
    points = [frame.sentence.raw_span(a.first, a.last)[0] for a in anchors]
    touched = [e for e, spans in claims if any(s <= p < t for s, t in spans for p in points)]
    kinds = {family(e["action"]) for e in touched}
    violent = ASSAULT | {"Strategic developments"}
    if touched:
        return True if family(frame.action) in kinds or (kinds <= violent and family(frame.action) in violent) else None
    same = [e for e, _ in claims if family(e["action"]) == family(frame.action)]
    if frame.sentence.kind in ("title", "heading"):
        return None if not same else True
    return None if any(_retells(frame, event) for event in same) else False


def _retells(frame: Frame, event: dict[str, Any]) -> bool:
    place = fold_word(event.get("place") or "")
    if any(fold_word(m.name) == place for m in (*frame.sites, *frame.containers)):
        return True
    tolls = {(c["measure"], c["best"]) for c in event["counts"] if c["best"] is not None}
    return any((row.measure, row.best) in tolls for row in frame.counts) or frame.anaphoric


def _sentence_examples(extractor: Extractor, path: Path) -> Iterator[Example]:
    labels: dict[str, tuple[str, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        labels[record["article_id"]] = (record["label"], record["event_type"])
    for article in _articles(path):
        label, kind = labels[article.article_id]
        if label == "difficult no":
            continue
        sentences, frames = extractor.candidates(clean(article))
        page = page_of(frames, sentences, article.published_at)
        wanted = [f for f in frames if _is_kind(f, kind)]
        for frame in wanted:
            yield Example(signs_of(frame, page), label == "yes", article.article_id, 1.0 / len(wanted) ** 0.5)


def _bulletin_examples(extractor: Extractor, articles: Path, gold: Path) -> Iterator[Example]:
    """The evidence of fresh claims, each as an article of its own: a bulletin as channels post them."""
    days = {article.article_id: article.published_at for article in _articles(articles)}
    for record in json.loads(gold.read_text(encoding="utf-8")):
        for number, event in enumerate(record["events"]):
            if event["is_background"] or record["article_id"] not in days:
                continue
            day = days[record["article_id"]]
            article = Article.from_json(
                {
                    "article_id": f"{record['article_id']}-{number}",
                    "published_at": day.isoformat() if day else None,
                    "publisher": "",
                    "url": "",
                    "title": "",
                    "text": event["evidence"],
                }
            )
            sentences, frames = extractor.candidates(clean(article))
            if len(sentences) > 1:
                continue
            page = page_of(frames, sentences, article.published_at)
            for frame in frames:
                if family(frame.action) == family(event["action"]):
                    yield Example(signs_of(frame, page), True, article.article_id)


def _is_kind(frame: Frame, kind: str) -> bool:
    if kind == "PROTEST":
        return family(frame.action) in PROTEST
    return family(frame.action) in ASSAULT or frame.action == "looting_destruction"


def _figures(examples: list[Example], scores: Iterable[float], threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of the frames called told."""
    pairs = list(zip(examples, scores, strict=True))
    hit = sum(e.weight for e, s in pairs if e.told and s >= threshold)
    said = sum(e.weight for e, s in pairs if s >= threshold)
    true = sum(e.weight for e, s in pairs if e.told)
    precision, recall = hit / max(said, 1e-9), hit / max(true, 1e-9)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"frames": len(pairs), "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> None:
    """Trains, prints the figures, writes the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", nargs=2, action="append", type=Path, default=[], metavar=("ARTICLES", "GOLD"))
    parser.add_argument("--news", nargs=2, action="append", type=Path, default=[], metavar=("ARTICLES", "GOLD"))
    parser.add_argument("--bulletins", nargs=2, action="append", type=Path, default=[], metavar=("ARTICLES", "GOLD"))
    parser.add_argument("--sentences", action="append", type=Path, default=[])
    parser.add_argument("--check-pages", nargs=2, action="append", type=Path, default=[], metavar=("ARTICLES", "GOLD"))
    parser.add_argument("--check-sentences", action="append", type=Path, default=[])
    parser.add_argument("--c", type=float, default=0.1, help="inverse strength of the penalty")
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--plain-threshold", type=float, default=0.25)
    parser.add_argument("--protest-threshold", type=float, default=0.2)
    parser.add_argument("--sentence-weight", type=float, default=2.0)
    parser.add_argument("--bulletin-weight", type=float, default=0.25)
    parser.add_argument("--news-weight", type=float, default=0.3)
    parser.add_argument("--out", type=Path, default=include_dir() / "models" / "judgement.json")
    args = parser.parse_args()

    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    gazetteer = load_gazetteer()
    extractor = Extractor(load_lexicon(), load_morphology(), gazetteer, Geocoder(gazetteer), ALL)
    pages = [e for a, g in args.pages for e in _page_examples(extractor, a, g)]
    sentences = [e for s in args.sentences for e in _sentence_examples(extractor, s)]
    for example in sentences:
        example.weight *= args.sentence_weight
    bulletins = [e for a, g in args.bulletins for e in _bulletin_examples(extractor, a, g)]
    for example in bulletins:
        example.weight *= args.bulletin_weight
    news = [e for a, g in args.news for e in _page_examples(extractor, a, g)]
    for example in news:
        example.weight *= args.news_weight
    examples = pages + sentences + bulletins + news
    seen: dict[str, int] = {}
    for example in examples:
        for name in example.signs:
            seen[name] = seen.get(name, 0) + 1
    vectors = DictVectorizer()
    rows = vectors.fit_transform([{k: v for k, v in e.signs.items() if seen[k] >= 5} for e in examples])
    told = [e.told for e in examples]
    weights = [e.weight for e in examples]
    of_sentences = slice(len(pages), len(pages) + len(sentences))
    model = LogisticRegression(C=args.c, max_iter=2000)
    scores = cross_val_predict(
        model,
        rows,
        told,
        groups=[e.group for e in examples],
        cv=GroupKFold(10),
        method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        print(threshold, "pages", _figures(pages, scores[: len(pages)], threshold))
        print(threshold, "sentences", _figures(sentences, scores[of_sentences], threshold))
    model.fit(rows, told, sample_weight=weights)
    learned = {
        name: round(float(weight), 3)
        for name, weight in sorted(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
        if abs(weight) >= 0.005
    }
    judgement = Judgement(round(float(model.intercept_[0]), 3), learned, args.threshold)
    figures: dict[str, Any] = {
        "cross-validated pages": _figures(pages, scores[: len(pages)], args.threshold),
        "cross-validated sentences": _figures(sentences, scores[of_sentences], args.threshold),
    }
    for name, found in (
        ("other pages", [e for a, g in args.check_pages for e in _page_examples(extractor, a, g)]),
        ("other sentences", [e for s in args.check_sentences for e in _sentence_examples(extractor, s)]),
    ):
        if found:
            figures[name] = _figures(found, [judgement.probability(e.signs) for e in found], args.threshold)
    print(json.dumps(figures, indent=1))
    written = {
        "threshold": args.threshold,
        "thresholds": {
            "protest": args.protest_threshold,
            "riot": args.protest_threshold,
            "plain": args.plain_threshold,
        },
        "intercept": judgement.intercept,
        "figures": figures,
        "weights": learned,
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
