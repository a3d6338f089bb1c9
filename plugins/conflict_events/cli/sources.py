"""Commands over the sources: ingest, sources check, sources pools."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from conflict_events.cli.errors import UserError
from conflict_events.cli.streams import say
from conflict_events.pipeline.workspace import PipelineError
from conflict_events.settings import Settings

if TYPE_CHECKING:
    from conflict_events.articles import Source

__all__ = ["check", "ingest", "pools"]

_EXPECTED = (PipelineError, OSError)


def ingest(arguments: argparse.Namespace) -> int:
    """`ingest [SOURCE ...]`: one round of each source, as `news_ingest` does it each hour; 1 where one failed."""
    from conflict_events.articles import load_sources

    settings = Settings.load(data_root=arguments.data_root)
    sources = load_sources(settings.sources_file).sources
    unknown = sorted(set(arguments.sources) - {source.id for source in sources})
    if unknown:
        raise UserError(f"{unknown[0]}: no such source; conflict-events sources check lists them")
    chosen = [one for one in sources if (one.id in arguments.sources if arguments.sources else one.enabled)]
    if not chosen:
        raise UserError("no source is enabled in the sources file")
    return 1 if sum(not _round(settings, source) for source in chosen) else 0


def _round(settings: Settings, source: Source) -> bool:
    """One round of a source, and a line about it; whether all went well. Whatever happens stops no other source."""
    try:
        return _read(settings, source) if source.is_local else _fetch(settings, source)
    except Exception as error:
        say(f"{source.id}: {error if isinstance(error, _EXPECTED) else repr(error)}")
        return False


def _fetch(settings: Settings, source: Source) -> bool:
    from conflict_events import pipeline

    receipt = pipeline.fetch(settings, source.id)
    counts = ("listed", "new", "fetched", "unchanged", "failed", "lost", "waiting")
    told = ", ".join(f"{receipt[name]} {name}" for name in counts if receipt[name] is not None)
    why = f"; {receipt['reason']}: {receipt['detail']}" if receipt["reason"] else ""
    say(f"{source.id}: {told}{why}")
    return bool(receipt["ok"])


def _read(settings: Settings, source: Source) -> bool:
    from conflict_events import pipeline

    taken = pipeline.read_watched(settings, source.id)
    passed = f", {taken['unchanged']} files as they were" if taken["unchanged"] else ""
    say(f"{source.id}: {taken['new']} new, {taken['known']} known, {taken['rejected']} quarantined{passed}")
    return True


def check(arguments: argparse.Namespace) -> int:
    """`sources check [SOURCE ...]`: what is found at each source; 1 where one is not as it should be."""
    from conflict_events.pipeline.checking import check_sources

    settings = Settings.load(data_root=arguments.data_root)
    wrong = total = 0
    for found in check_sources(settings, arguments.sources or None):
        total += 1
        wrong += found.result not in ("ok", "off")
        print(f"{found.source:<20} {found.kind:<8} {found.result:<16} {found.detail}", flush=True)
    say(f"{total} sources, {wrong} of them not as they should be" if total else "there are no sources in the file")
    return 1 if wrong else 0


def pools(arguments: argparse.Namespace) -> int:
    """`sources pools`: a pool for each host of the sources, as `airflow pools import` reads them."""
    import json

    from conflict_events.articles import load_sources
    from conflict_events.pipeline.host_pools import host_pools

    made = host_pools(load_sources(Settings.load().sources_file))
    print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0
