"""The stages of a day, each one function over a workspace; the DAG's tasks and the command line call the same ones.

The order is: `ingest` -> `plan` -> for each day `clean_batches` -> `clean` and `extract` of every batch (any order, in
parallel) -> `resolve_day` -> `aggregate` -> `audit_day` -> `publish_day`; `report` reads what was published. From
`resolve_day` on days strictly ascend, one at a time. Receipts are small JSON-able dicts: paths and counts, never
articles.

    fetch(settings, source_id) -> dict                     # the web to the crawl archive, one round of one source
    read_watched(settings, source_id) -> dict              # what is new in a source on disk
    ingest(settings, source, day=None, progress=None) -> dict
    take_in(settings, day, source=None, asked=False) -> dict # a source, or the day's crawl; missed days before it
    plan(settings, day=None) -> list[str]                  # ISO days that are due, ascending
    clean_batches(settings, day) -> list[Batch]            # [{"day", "number", "articles"}, ...]; [] if published
    clean(settings, batch) -> dict                         # {"day", "number", "path", "articles", ...}
    extract(settings, batch) -> dict                       # {"day", "number", "path", "claims", ...}
    resolve_day(settings, day) -> dict
    aggregate(settings, day) -> dict
    audit_day(settings, day) -> dict                       # raises PipelineError where the audit fails
    publish_day(settings, day) -> dict
    prune_archive(settings, today) -> dict                 # part of publish_day where retention_days is set
    report(settings, days) -> dict
    run(settings, source, day=None, progress=None) -> dict # all of the above without Airflow
    run_archive(settings, day, progress=None) -> dict      # the same for a day of the crawl archive
    rebuild(settings, first, progress=None) -> dict        # published days anew, as a new vintage
"""

from conflict_events.pipeline.fetching import fetch, take_in_crawl
from conflict_events.pipeline.intake import IngestReceipt, ingest
from conflict_events.pipeline.planning import Batch, clean_batches, plan
from conflict_events.pipeline.publication import aggregate, audit_day, publish_day, report, resolve_day
from conflict_events.pipeline.reading import clean, extract
from conflict_events.pipeline.rebuild import rebuild
from conflict_events.pipeline.retention import prune_archive
from conflict_events.pipeline.runner import catch_up, run, run_archive, run_day, take_in
from conflict_events.pipeline.watched import read_watched
from conflict_events.pipeline.workspace import PipelineError, load_article

__all__ = [
    "Batch",
    "IngestReceipt",
    "PipelineError",
    "aggregate",
    "audit_day",
    "catch_up",
    "clean",
    "clean_batches",
    "extract",
    "fetch",
    "ingest",
    "load_article",
    "plan",
    "prune_archive",
    "publish_day",
    "read_watched",
    "rebuild",
    "report",
    "resolve_day",
    "run",
    "run_archive",
    "run_day",
    "take_in",
    "take_in_crawl",
]
