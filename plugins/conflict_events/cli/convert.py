"""Commands that turn one file into another: extract, resolve, geocode, gazetteer import."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from conflict_events.cli.errors import UserError
from conflict_events.cli.streams import json_lines, output, say, text_lines
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.records import Article, Claim

__all__ = ["extract", "gazetteer", "geocode", "readable_articles", "resolve"]

_SHOWN = 20
"""Rejected records that are told one by one; the rest is counted."""


def extract(arguments: argparse.Namespace) -> int:
    """`extract ARTICLES --out CLAIMS`: one claim a line."""
    from conflict_events.pipeline.parallel import read_claims_in_parallel
    from conflict_events.pipeline.reading import read_claims

    settings = Settings.load(data_root=arguments.data_root, processes=arguments.processes)
    read = read_claims if settings.processes == 1 else read_claims_in_parallel
    failed, articles, claims = list[dict[str, str]](), 0, 0
    with output(arguments.out) as stream:
        for found in read(settings, readable_articles(settings, arguments.articles), failed):
            articles += 1
            for claim in found:
                stream.write(json.dumps(claim.to_json(), ensure_ascii=False) + "\n")
                claims += 1
    for failure in failed[:_SHOWN]:
        say(f"failed {failure['article_id']}: {failure['detail']}")
    say(f"{articles} articles, {claims} claims" + (f", {len(failed)} articles failed" if failed else ""))
    return 0


def readable_articles(settings: Settings, source: str) -> Iterator[Article]:
    """The articles of a source; what is rejected is told on standard error.

    Raises:
        UserError: Nothing in the source could be read.
    """
    from conflict_events.pipeline.intake import read_source
    from conflict_events.records import Article

    read, reasons = 0, Counter[str]()
    for found in read_source(settings, source):
        if isinstance(found, Article):
            read += 1
            yield found
            continue
        reasons[found.reason] += 1
        if sum(reasons.values()) <= _SHOWN:
            say(f"skipped {found.origin}: {found.reason}: {found.detail}")
    if sum(reasons.values()) > _SHOWN:
        say("skipped in all: " + ", ".join(f"{count} {reason}" for reason, count in reasons.most_common()))
    if not read:
        raise UserError(f"{source}: no article could be read" + ("" if reasons else "; there is nothing in it"))


def resolve(arguments: argparse.Namespace) -> int:
    """`resolve CLAIMS --out RESOLVED`: the same lines with `event_id`."""
    from conflict_events.resolution import resolve as resolve_claims

    records, claims = [], []
    for number, record in json_lines(arguments.claims):
        records.append(record)
        claims.append(_claim(record, f"{arguments.claims}:{number}"))
    try:
        resolution = resolve_claims(claims)
    except ValueError as error:
        raise UserError(f"{arguments.claims}: {error}") from error
    with output(arguments.out) as stream:
        for record in records:
            tied = {**record, "event_id": resolution.assignments[record["claim_id"]]}
            stream.write(json.dumps(tied, ensure_ascii=False) + "\n")
    if arguments.events:
        with output(arguments.events) as stream:
            for event in resolution.events:
                stream.write(json.dumps(event.to_json(), ensure_ascii=False) + "\n")
    say(f"{len(claims)} claims, {len(resolution.events)} events")
    return 0


def geocode(arguments: argparse.Namespace) -> int:
    """`geocode PLACES --out GEOCODED`: the same lines with coordinates."""
    from conflict_events.geography import Geocoder, geocode_lines, load_gazetteer

    geocoder = Geocoder(load_gazetteer(store=Settings.load(data_root=arguments.data_root).gazetteer))
    with output(arguments.out) as stream:
        try:
            report = geocode_lines(text_lines(arguments.places), stream, geocoder)
        except ValueError as error:
            raise UserError(f"{arguments.places}: {error}") from error
    say(f"{report.read} places, {report.resolved} found")
    return 0


def gazetteer(arguments: argparse.Namespace) -> int:
    """`gazetteer import FILE`: store a table of places in the workspace."""
    from conflict_events.geography import import_gazetteer

    report = import_gazetteer(arguments.file, Settings.load(data_root=arguments.data_root).gazetteer)
    for line, reason in report.skipped[:_SHOWN]:
        say(f"skipped {arguments.file}:{line}: {reason}")
    say(f"{report.places} places stored in {report.path}, {report.n_skipped} rows left out")
    return 0


def _claim(record: dict[str, Any], where: str) -> Claim:
    """A claim from its line, with an error that says which line and what is wrong with it."""
    from conflict_events.records import Claim

    try:
        return Claim.from_json(record)
    except KeyError as error:
        raise UserError(f"{where}: the claim has no {error.args[0]!r}") from error
    except (TypeError, ValueError) as error:
        raise UserError(f"{where}: not a claim ({error})") from error
