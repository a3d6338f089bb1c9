"""What is known near claims, loaded only as resolution comes to compare it: a day costs what its claims reach.

Days, places and kinds of the stored claims are read, of the files that may hold some near a claim; whole events only
where one of their claims may, by these alone, be one with a claim that is asked about. Resolution asks about the new claims first, then
about what these are tied to, and so on: nothing that it would tie is left out, however far it leads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.records import Claim
from conflict_events.resolution.blocking import LONGEST_SPAN_DAYS, RECAP_DAYS, SLACK_DAYS, possible_days
from conflict_events.resolution.likeness import load_likeness
from conflict_events.resolution.profiles import profile, site, when
from conflict_events.resolution.records import ArticleMeta, EventRecord, KnownState
from conflict_events.resolution.similarity import Comparer
from conflict_events.snapshots.layout import home, latest_snapshot_date, partition_files, sections_of, vintage
from conflict_events.snapshots.publishing import ensure_current
from conflict_events.snapshots.rows import split
from conflict_events.snapshots.sections import UNDATED
from conflict_events.snapshots.state import MARGIN_DAYS, Near, Stored, Texts, articles_meta, ordinals

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Neighbourhood"]

_DEGREES = 0.75
"""Claims in squares that touch may be one: wider than anything by which two claims with a point can be one."""

_WIDE = 3  # precision code of a governorate, or more
_SITE = ("place_id", "place", "other_places", "lat", "lon", "admin1_en", "country", "geo_precision")
_WHEN = ("date_start", "date_end", "time_precision", "date_source", "published_at")
_COLUMNS = ["claim_id", "event_id", "is_aggregate", "action", *_SITE, *_WHEN]


class Neighbourhood:
    """The standing events near claims.

    Args:
        data_root: Workspace.
        texts: Full text of an article by id; fills `Claim.evidence` where the snapshots hold no quotes.

    Attributes:
        snapshot_date: Last published day, or None before the first; `PublishRequest.built_on` wants it.
        vintage: Number of the vintage that is read; `PublishRequest.vintage` wants it.
        events: The events given so far.
        claims: Their claims.
    """

    def __init__(self, data_root: Path, texts: Texts | None = None) -> None:
        ensure_current(data_root)
        root = home(data_root)
        self.snapshot_date, self.vintage = latest_snapshot_date(root), vintage(data_root)
        self.events: list[EventRecord] = []
        self.claims: list[Claim] = []
        self._texts = texts
        self._likeness = load_likeness()
        self._comparer = Comparer(self._likeness)
        self._given: set[str] = set()
        self._read: set[str] = set()
        self._frames: list[pd.DataFrame] = []
        self._index: _Index | None = None
        if self.snapshot_date is not None:
            version = (root / "latest").resolve()
            self._stored = Stored(version)
            self._sections = sections_of(version, "events")
            self._files = partition_files(version, "claims")

    def near(self, claims: Sequence[Claim]) -> tuple[KnownState, Mapping[str, ArticleMeta]]:
        """The events not given before that may be one with some claims, and what is known of their articles."""
        if self.snapshot_date is None:
            return KnownState(), {}
        spans = [(claim, possible_days(claim, claim.published_at)) for claim in claims if not claim.is_aggregate]
        asked = [(claim, span) for claim, span in spans if span is None or span[1] - span[0] <= LONGEST_SPAN_DAYS]
        index = self._with_days(asked)
        if index is None:
            return KnownState(), {}
        found: set[int] = set()
        for claim, span in asked:
            may_be = self._comparer.near(profile(claim))
            rows = index.near(claim, span, self._likeness.row_of(claim.action))
            found.update(row for row in rows if may_be(index.sites[row], index.whens[row], index.actions[row]))
        return self._give(index, found)

    def holding(self, claim_ids: Collection[str], days: Iterable[date]) -> tuple[KnownState, Mapping[str, ArticleMeta]]:
        """The events not given before that hold these known claims, if they lie near some days or have none."""
        if self.snapshot_date is None or not claim_ids:
            return KnownState(), {}
        index = self._with({day.toordinal() for day in days})
        if index is None:
            return KnownState(), {}
        rows = index.frame["claim_id"].isin(list(claim_ids)).to_numpy().nonzero()[0]
        return self._give(index, set(rows.tolist()))

    def _with_days(self, asked: Iterable[tuple[Claim, tuple[int, int] | None]]) -> _Index | None:
        days: set[int] = set()
        for _, span in asked:
            if span is not None:
                days.update(range(span[0], span[1] + 1, MARGIN_DAYS))
                days.add(span[1])
        return self._with(days)

    def _with(self, days: Collection[int]) -> _Index | None:
        """The index over all that lies near some days, and what was asked for before; None where nothing does."""
        wanted = set(self._sections.near(map(date.fromordinal, days), MARGIN_DAYS + SLACK_DAYS)) & set(self._files)
        wanted |= {name for name in self._files if name.startswith(UNDATED)}
        fresh = sorted(wanted - self._read)
        if fresh:
            self._frames.extend(_columns(self._files[name], name) for name in fresh)
            self._read |= wanted
            self._index = _Index(self._frames)
        return self._index

    def _give(self, index: _Index, rows: Collection[int]) -> tuple[KnownState, Mapping[str, ArticleMeta]]:
        import pyarrow as pa

        events = set(index.frame["event_id"].to_numpy()[sorted(rows)].tolist()) - self._given
        if not events:
            return KnownState(), {}
        self._given |= events
        whole = index.rows_of(events)
        near = Near(
            pa.array(sorted(events), pa.string()),
            pa.array(index.frame["claim_id"].to_numpy()[whole].tolist(), pa.string()),
        )
        names = sorted(set(index.frame["section"].to_numpy()[whole].tolist()))
        known = self._stored.known(names, near, self._texts)
        self.events.extend(known.events)
        self.claims.extend(known.claims)
        return known, articles_meta(self._stored.version, known.claims)


class _Index:
    """Days of stored claims by kind and square; rows are positions in `frame`.

    Attributes:
        frame: The claims.
        sites: Where each happened.
        whens: When each happened.
        actions: What happened.
    """

    def __init__(self, frames: Sequence[pd.DataFrame]) -> None:
        import pandas as pd

        self.frame = pd.concat(frames, ignore_index=True)
        self.sites, self.whens, self.actions = (self.frame[name].tolist() for name in ("site", "when", "action"))
        self._first, self._last = self.frame["first"].to_numpy(), self.frame["last"].to_numpy()
        joins = self.frame[~self.frame["is_aggregate"]]
        self._kinds = _grouped(joins, ["action"])
        self._wide = _grouped(joins[joins["wide"]], ["action"])
        self._squares = _grouped(joins[~joins["wide"]], ["action", "row", "column"])
        self._events = _grouped(self.frame, ["event_id"])

    def rows_of(self, events: Iterable[str]) -> list[int]:
        """The rows of some events, in order."""
        return sorted(int(row) for event_id in events for row in self._events[(event_id,)])

    def near(self, claim: Claim, span: tuple[int, int] | None, kinds: Iterable[str]) -> list[int]:
        """The rows that may be one with a claim by day, place and kind."""
        import numpy as np

        groups: list[Any] = []
        anywhere = claim.lat is None or claim.lon is None or (claim.geo_precision or _WIDE) >= _WIDE
        for kind in kinds:
            if anywhere:
                groups.append(self._kinds.get((kind,)))
                continue
            assert claim.lat is not None and claim.lon is not None
            row, column = _square(claim.lat), _square(claim.lon)
            groups.append(self._wide.get((kind,)))
            groups.extend(
                self._squares.get((kind, row + down, column + right)) for down in (-1, 0, 1) for right in (-1, 0, 1)
            )
        found = [group for group in groups if group is not None]
        if not found:
            return []
        rows = np.concatenate(found)
        if span is not None:
            # What has no day at all compares as near: NaN is neither before nor after.
            apart = (self._first[rows] > span[1] + SLACK_DAYS) | (self._last[rows] < span[0] - SLACK_DAYS)
            rows = rows[~apart]
        near: list[int] = rows.tolist()
        return near


def _grouped(frame: pd.DataFrame, names: list[str]) -> dict[tuple[Any, ...], Any]:
    """Rows of the whole frame by the values of some columns."""
    rows = frame.index.to_numpy()
    return {key if isinstance(key, tuple) else (key,): rows[at] for key, at in frame.groupby(names).indices.items()}


def _columns(path: Path, section: str) -> pd.DataFrame:
    """Days, places and kinds of the claims of one file."""
    import numpy as np
    import pyarrow.parquet as pq

    data = pq.ParquetFile(path).read(columns=_COLUMNS)
    start, end, published = (ordinals(data[name]) for name in ("date_start", "date_end", "published_at"))
    end = np.where(np.isnan(end), start, end)
    frame: pd.DataFrame = data.select(["claim_id", "event_id", "action"]).to_pandas()
    frame["section"] = section
    slots = [data[name].to_pylist() for name in _SITE]
    slots[2] = [split(others) for others in slots[2]]
    frame["site"] = [site(*values) for values in zip(*slots, strict=True)]
    frame["when"] = [when(*values) for values in zip(*(data[name].to_pylist() for name in _WHEN), strict=True)]
    frame["first"] = np.where(np.isnan(start), published - RECAP_DAYS, start)
    frame["last"] = np.where(np.isnan(start), published, end)
    lat, lon = (data[name].to_numpy() for name in ("lat", "lon"))
    precision = data["geo_precision"].cast("float64").to_numpy()
    frame["wide"] = np.isnan(lat) | np.isnan(lon) | ~(precision < _WIDE)
    frame["row"], frame["column"] = (np.floor(np.nan_to_num(one) / _DEGREES).astype("int64") for one in (lat, lon))
    frame["is_aggregate"] = data["is_aggregate"].to_numpy().astype(bool) | (
        frame["last"] - frame["first"] > LONGEST_SPAN_DAYS
    )
    return frame


def _square(degrees: float) -> int:
    return floor(degrees / _DEGREES)
