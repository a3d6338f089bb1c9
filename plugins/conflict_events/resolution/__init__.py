"""Resolution: claims of many articles become events.

Claims about one occurrence are found by day, place and kind, tied together by a deterministic clustering, and reconciled
into one `EventRecord` each. Ids are stable over re-runs and late articles.
"""

from conflict_events.resolution.records import EventRecord, KnownState, Resolution, Tombstone

__all__ = ["EventRecord", "KnownState", "Resolution", "Tombstone"]
