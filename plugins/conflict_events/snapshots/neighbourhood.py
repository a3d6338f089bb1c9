"""What is known near claims, loaded only as resolution comes to compare it: a day costs what its claims reach.

Of the files that may hold stored claims near a claim, days, places and kinds are read; of the claims that by these may
be one with it, what else is compared; whole events only where a claim of theirs may be one with it all the same, and
with all that is known of them only where they change. Resolution asks about the new claims first, then about what
these change, and so on: nothing that it would tie is left out, however far it leads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from conflict_events.records import Claim
from conflict_events.resolution.blocking import LONGEST_SPAN_DAYS, SLACK_DAYS, possible_days
from conflict_events.resolution.likeness import load_likeness
from conflict_events.resolution.profiles import profile
from conflict_events.resolution.records import ArticleMeta, EventRecord, KnownState
from conflict_events.resolution.similarity import Comparer
from conflict_events.snapshots.claim_index import Asked, ClaimFile
from conflict_events.snapshots.layout import home, latest_snapshot_date, partition_files, sections_of, vintage
from conflict_events.snapshots.publishing import ensure_current
from conflict_events.snapshots.sections import UNDATED
from conflict_events.snapshots.state import MARGIN_DAYS, Near, Stored, Texts, articles_meta

__all__ = ["Neighbourhood"]


class Neighbourhood:
    """The standing events near claims.

    Args:
        data_root: Workspace.
        texts: Full text of an article by id; fills `Claim.evidence` where the snapshots hold no quotes.

    Attributes:
        snapshot_date: Last published day, or None before the first; `PublishRequest.built_on` wants it.
        vintage: Number of the vintage that is read; `PublishRequest.vintage` wants it.
        events: The events that were asked for with all that is known of them.
        claims: Their claims.
        compared: How many known claims were given to be compared.
    """

    def __init__(self, data_root: Path, texts: Texts | None = None) -> None:
        ensure_current(data_root)
        root = home(data_root)
        self.snapshot_date, self.vintage = latest_snapshot_date(root), vintage(data_root)
        self.events: list[EventRecord] = []
        self.claims: list[Claim] = []
        self.compared = 0
        self._texts = texts
        self._likeness = load_likeness()
        self._comparer = Comparer(self._likeness)
        self._files: dict[str, ClaimFile] = {}
        self._lying: dict[str, str] = {}
        if self.snapshot_date is not None:
            self._stored = Stored((root / "latest").resolve())
            self._sections = sections_of(self._stored.version, "events")
            self._paths = partition_files(self._stored.version, "claims")

    def near(self, claims: Sequence[Claim]) -> tuple[Sequence[Claim], Mapping[str, ArticleMeta]]:
        """The claims not given before of events that may be one with some claims, and what is known of their articles.

        They have all that is compared, but neither sources nor spans, which `whole` gives.
        """
        spans = [(claim, possible_days(claim, claim.published_at)) for claim in claims if not claim.is_aggregate]
        told = [(claim, span) for claim, span in spans if span is None or span[1] - span[0] <= LONGEST_SPAN_DAYS]
        if self.snapshot_date is None or not told:
            return (), {}
        asked = Asked(self._likeness, self._comparer)
        days: set[int] = set()
        for claim, span in told:
            asked.add(profile(claim), span)
            if span is not None:
                days.update(range(span[0], span[1] + 1, MARGIN_DAYS))
                days.add(span[1])
        found: list[Claim] = []
        for section in self._near(days):
            if not asked.reaches(self._paths[section]):
                continue
            file = self._file(section)
            rows = file.near(asked)
            events = {file.events[row] for row in rows} - self._lying.keys()
            self._lying |= dict.fromkeys(events, section)
            found += file.claims(file.rows_of(events))
        self.compared += len(found)
        return found, articles_meta(self._stored.version, found)

    def whole(self, event_ids: Collection[str]) -> KnownState:
        """Events whose claims were given, with all that is known of them and of their claims."""
        import pyarrow as pa

        wanted = sorted(event_id for event_id in event_ids if event_id in self._lying)
        if not wanted:
            return KnownState()
        names = sorted({self._lying[event_id] for event_id in wanted})
        ids = [file.ids[row] for file in map(self._file, names) for row in file.rows_of(wanted)]
        known = self._stored.known(names, Near(pa.array(wanted, pa.string()), pa.array(ids, pa.string())), self._texts)
        self.events.extend(known.events)
        self.claims.extend(known.claims)
        return known

    def holding(self, claim_ids: Collection[str], days: Iterable[date]) -> tuple[KnownState, Mapping[str, ArticleMeta]]:
        """The events not given before that hold these known claims, if they lie near some days or have none."""
        if self.snapshot_date is None or not claim_ids:
            return KnownState(), {}
        wanted = set(claim_ids)
        events: set[str] = set()
        for section in self._near({day.toordinal() for day in days}):
            file = self._file(section)
            here = {event for one, event in zip(file.ids, file.events, strict=True) if one in wanted}
            events |= here - self._lying.keys()
            self._lying |= dict.fromkeys(here - self._lying.keys(), section)
        known = self.whole(events)
        return known, articles_meta(self._stored.version, known.claims)

    def _near(self, days: Collection[int]) -> list[str]:
        """The sections that may hold claims near some days, and those that hold what has no day."""
        wanted = set(self._sections.near(map(date.fromordinal, days), MARGIN_DAYS + SLACK_DAYS)) & set(self._paths)
        return sorted(wanted | {name for name in self._paths if name.startswith(UNDATED)})

    def _file(self, section: str) -> ClaimFile:
        if section not in self._files:
            path = self._paths[section]
            counts = self._stored.version / "claim_counts" / path.name
            self._files[section] = ClaimFile(path, counts, self._texts)
        return self._files[section]
