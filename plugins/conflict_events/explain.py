"""An article with the words and the rule behind every slot of every claim, so that an error is found in a minute."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from conflict_events.records import Claim, CleanArticle, Count, SlotSpan
from conflict_events.web.highlight import pieces

__all__ = ["explain_html", "explain_text", "slot_rows"]

SlotRow = tuple[str, str, str, str]
"""Slot, value, words of the article, rule."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 17px/1.9 'Noto Naskh Arabic', 'Amiri', 'Segoe UI', Tahoma, sans-serif; max-width: 76rem;
 margin: 2rem
auto; padding: 0 1rem; } h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: .2rem 0; } article { white-space:
pre-wrap; border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; } .cut { opacity: .4; text-decoration:
line-through; text-decoration-color: var(--line); } mark { color: inherit; background: none; border-bottom: 2px solid
#e6a700; } mark.slot { border-radius: .2rem; padding: 0 .1rem; } mark.trigger { background: #ff525244; } mark.place,
mark.other_places { background: #448aff44; } mark.date { background: #ab47bc44; } mark.actor1,
mark.actor2 { background: #ff910044; } mark.count { background: #43a04744; } mark.source { background: #00acc144; }
section { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; margin: 1rem 0; overflow-x: auto;
} table { border-collapse: collapse; width: 100%; } td, th { border-top: 1px solid var(--line); padding: .15rem .6rem;
text-align: start;
 vertical-align: top; } code, .ltr { direction: ltr; unicode-bidi: isolate; font: .85em
ui-monospace, Consolas, monospace; } p.facts { color: #777; font-size: .9rem; }
"""


def slot_rows(cleaned: CleanArticle, claim: Claim) -> list[SlotRow]:
    """The filled slots of a claim: what was read, from which words, by which rule.

    A slot without words of its own (a day taken from the publication day, for instance) has none in its row.
    """
    spans = list(claim.spans)
    rows = []
    for slot, key, start, value in _values(claim):
        mine = [span for span in spans if span.slot == key and start in (None, span.start)]
        spans = [span for span in spans if span not in mine]
        rows.append(_row(cleaned, slot, value, mine))
    for slot in dict.fromkeys(
        span.slot for span in spans
    ):  # words that led to no value of their own, the trigger first
        rows.insert(
            0 if slot == "trigger" else len(rows), _row(cleaned, slot, "", [s for s in spans if s.slot == slot])
        )
    return rows


def _row(cleaned: CleanArticle, slot: str, value: str, spans: Sequence[SlotSpan]) -> SlotRow:
    text = cleaned.article.full_text
    words = dict.fromkeys(_one_line(text[span.start : span.end]) for span in spans)
    rules = dict.fromkeys(span.rule for span in spans if span.rule)
    return slot, value, " | ".join(words), ", ".join(rules)


def explain_text(cleaned: CleanArticle, claims: Sequence[Claim], width: int = 100) -> str:
    """The explanation for a terminal.

    Lines of the article that were cut start with a dash; the claims follow, each with its slots.
    """
    article = cleaned.article
    day = article.published_at.isoformat() if article.published_at else "undated"
    lines = [
        f"{article.article_id}  {article.publisher or 'unknown publisher'}  {day} ({article.published_source or '-'})",
        "",
    ]
    for kept, piece in _kept_and_cut(cleaned):
        for line in piece.splitlines():
            if line.strip():
                lines.append(("  " if kept else "- ") + line.strip())
    lines += ["", f"{len(claims)} claims"]
    for number, claim in enumerate(claims, start=1):
        head = ", ".join((claim.action, *_flags(claim)))
        lines += ["", f"[{number}] {head}   confidence {claim.confidence:.2f}   rule {claim.rule}"]
        quote = f"«{_one_line(claim.evidence)}»"
        lines += textwrap.wrap(quote, width - 4, initial_indent="    ", subsequent_indent="    ")
        for slot, value, said, rule in slot_rows(cleaned, claim):
            lines.append(f"    {slot:<14} {value}" + (f"   «{said}»" if said else "") + (f"   {rule}" if rule else ""))
    return "\n".join(lines) + "\n"


def explain_html(explained: Sequence[tuple[CleanArticle, Sequence[Claim]]]) -> str:
    """The explanation of some articles as one self-contained right-to-left page."""
    title = explained[0][0].article.title if explained else ""
    body = "\n".join(_article_html(cleaned, claims) for cleaned, claims in explained)
    return (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title or 'explain')}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _article_html(cleaned: CleanArticle, claims: Sequence[Claim]) -> str:
    article = cleaned.article
    facts = [article.publisher, article.published_at and article.published_at.isoformat(), article.published_source]
    facts_line = " · ".join(str(fact) for fact in (article.article_id, *facts) if fact)
    head = f'<h1>{escape(article.title)}</h1>\n<p class="facts ltr">{escape(facts_line)}</p>'
    cards = "\n".join(_claim_html(number, cleaned, claim) for number, claim in enumerate(claims, start=1))
    return f"{head}\n<article>{_marked(cleaned, claims)}</article>\n{cards}"


def _marked(cleaned: CleanArticle, claims: Sequence[Claim]) -> str:
    """The full text; furniture struck, evidence underlined, the words of slots in colour with a tool tip."""
    text = cleaned.article.full_text
    marks: list[tuple[int, int, str]] = []
    start = 0
    for segment in cleaned.segments:
        marks.append((start, segment.start, "cut"))
        start = segment.end
    marks.append((start, len(text), "cut"))
    for number, claim in enumerate(claims, start=1):
        marks.append((claim.evidence_start, claim.evidence_end, f"evidence\t{number}\t{claim.action}"))
        marks += [
            (span.start, span.end, f"{span.slot.partition(':')[0]}\t{number}\t{span.rule}") for span in claim.spans
        ]
    return "".join(_piece_html(words, names) for words, names in pieces(text, marks))


def _piece_html(words: str, names: Sequence[str]) -> str:
    slots = [name.split("\t") for name in names if name != "cut"]
    if not slots:
        return f'<span class="cut">{escape(words)}</span>' if names else escape(words)
    inner = [slot for slot in slots if slot[0] != "evidence"]
    kind = f"slot {inner[-1][0]}" if inner else "evidence"
    tip = "; ".join(f"{number}: {slot} {rule}".strip() for slot, number, rule in slots)
    return f'<mark class="{escape(kind)}" title="{escape(tip)}">{escape(words)}</mark>'


def _claim_html(number: int, cleaned: CleanArticle, claim: Claim) -> str:
    head = " · ".join((f"{number}. {claim.action}", *_flags(claim), f"{claim.confidence:.2f}"))
    rows = "".join(
        f'<tr><td class="ltr">{escape(slot)}</td><td>{escape(value)}</td><td>{escape(said)}</td>'
        f"<td><code>{escape(rule)}</code></td></tr>"
        for slot, value, said, rule in slot_rows(cleaned, claim)
    )
    return (
        f'<section><h2 class="ltr">{escape(head)} · <code>{escape(claim.rule)}</code></h2>'
        f"<p>«{escape(_one_line(claim.evidence))}»</p><table>{rows}</table></section>"
    )


def _flags(claim: Claim) -> list[str]:
    return [name for name, on in (("background", claim.is_background), ("aggregate", claim.is_aggregate)) if on]


def _kept_and_cut(cleaned: CleanArticle) -> Iterator[tuple[bool, str]]:
    text, start = cleaned.article.full_text, 0
    for segment in cleaned.segments:
        yield False, text[start : segment.start]
        yield True, text[segment.start : segment.end]
        start = segment.end
    yield False, text[start:]


def _values(claim: Claim) -> Iterator[tuple[str, str, int | None, str]]:
    """The filled slots of a claim: name, slot of its spans, where its span starts (None: anywhere), value in words."""
    if claim.date_start:
        last = f" to {claim.date_end}" if claim.date_end and claim.date_end != claim.date_start else ""
        yield "date", "date", None, f"{claim.date_start}{last} (precision {claim.time_precision}, {claim.date_source})"
    if claim.place:
        where = ", ".join(part for part in (claim.place_en, claim.admin1_en, claim.country) if part)
        located = claim.lat is not None and claim.lon is not None
        point = f"{claim.lat:.3f}, {claim.lon:.3f}" if located else "no coordinates"
        how = f"(precision {claim.geo_precision}, {claim.geo_method})"
        yield "place", "place", None, f"{claim.place} ({where}) {point} {how}"
    if claim.other_places:
        yield "other places", "other_place", None, "، ".join(claim.other_places)
    if claim.actor1:
        yield "actor1", "actor1", None, ", ".join(claim.actor1) + (" (suspected)" if claim.actor1_suspected else "")
    if claim.actor2:
        yield "actor2", "actor2", None, ", ".join(claim.actor2)
    for count in claim.counts:
        yield count.measure, f"count:{count.measure}", count.start, _count(count)
    for source in claim.sources:
        yield "source", "source", source.start, f"{source.name} ({source.source_type}, {source.stance})"
    if claim.weapon:
        yield "weapon", "weapon", None, claim.weapon
    if claim.infrastructure:
        yield "hit", "infrastructure", None, ", ".join(claim.infrastructure)


def _count(count: Count) -> str:
    bounds = "/".join("-" if value is None else str(value) for value in (count.low, count.best, count.high))
    return f"{bounds} {count.qualifier}" + (f" of {count.group}" if count.group else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
