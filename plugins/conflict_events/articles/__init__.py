"""Articles: files, folders and archives to `Article`, and an article to the parts of it that are the report."""

from conflict_events.articles.duplicates import Signature, find_duplicates, find_versions, signature_of
from conflict_events.articles.furniture import clean
from conflict_events.articles.limits import Limits
from conflict_events.articles.quarantine import write_quarantine
from conflict_events.articles.reader import read_articles
from conflict_events.articles.rejected import REASONS, Rejected
from conflict_events.articles.sources import Outlet, Source, Sources
from conflict_events.articles.sources_file import SourcesError, load_sources

__all__ = [
    "REASONS",
    "Limits",
    "Outlet",
    "Rejected",
    "Signature",
    "Source",
    "Sources",
    "SourcesError",
    "clean",
    "find_duplicates",
    "find_versions",
    "load_sources",
    "read_articles",
    "signature_of",
    "write_quarantine",
]
