"""Resolution: claims of many articles become events.

Claims about one occurrence are found by day, place and kind, tied together by a deterministic clustering, and
reconciled into one `EventRecord` each. Ids are stable over re-runs and late articles.
"""

from conflict_events.resolution.records import ArticleMeta, EventRecord, KnownState, Nearby, Resolution, Tombstone
from conflict_events.resolution.resolve import resolve

__all__ = ["ArticleMeta", "EventRecord", "KnownState", "Nearby", "Resolution", "Tombstone", "resolve"]
