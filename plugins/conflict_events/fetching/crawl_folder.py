"""Where fetched pages lie: gzipped WARC files by day and source, and beside them what each round was like.

    archive/crawl/DAY/SOURCE/HHMMSSffffff.warc.gz   pages, in the order in which they came
    archive/crawl/DAY/SOURCE/rounds.jsonl           one line a round: how it ended, what it lost
    archive/sources/SOURCE.json                     what is known of the source's pages

Days and times are the desk's and UTC, of the moment when a file was complete. A file is complete or absent.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from conflict_events import __version__
from conflict_events.fetching.fetcher import AGENT, Answer

__all__ = ["CrawlFile", "CrawlFolder", "CrawlWriter"]

_ROUNDS = "rounds.jsonl"
_STAMP = "%H%M%S%f"
# What no longer holds of the body as it is kept: httpx2 has taken its chunks apart.
_DROPPED = ("transfer-encoding", "content-length", "connection", "set-cookie")


@dataclass(frozen=True, slots=True)
class CrawlFile:
    """One WARC file: the desk's day, the source, and when it was complete (UTC)."""

    path: Path
    source: str
    day: date
    complete: datetime


class CrawlFolder:
    """The crawl archive of a workspace.

    Args:
        root: `archive/crawl` of the workspace.
        zone: The desk's zone.
    """

    def __init__(self, root: Path, zone: ZoneInfo) -> None:
        self.root = root
        self.zone = zone

    def place(self, source: str, moment: datetime) -> Path:
        """Folder of a source's files that are complete at a moment."""
        return self.root / moment.astimezone(self.zone).date().isoformat() / source

    def files(self) -> Iterator[CrawlFile]:
        """Every complete WARC file, in the order in which they were complete within a day and source."""
        for path in sorted(self.root.glob("????-??-??/*/*.warc.gz")):
            day = date.fromisoformat(path.parent.parent.name)
            try:
                complete = datetime.strptime(f"{day} {path.name.partition('.')[0]}", f"%Y-%m-%d {_STAMP}")
            except ValueError:
                continue  # not one of ours
            yield CrawlFile(path, path.parent.name, day, complete.replace(tzinfo=self.zone))

    def note(self, source: str, moment: datetime, round_: Mapping[str, Any]) -> None:
        """Add a line about a round; one write, so that a run that dies leaves whole lines."""
        path = self.place(source, moment) / _ROUNDS
        path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(round_, ensure_ascii=False, sort_keys=True) + "\n"
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line.encode("utf-8", "replace"))
        finally:
            os.close(handle)

    def rounds(self, day: date, source: str) -> list[dict[str, Any]]:
        """What the rounds of a source on a day were like; a torn line is passed over."""
        path = self.root / day.isoformat() / source / _ROUNDS
        found = []
        if path.exists():
            for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record, dict):
                    found.append(record)
        return found

    def name(self, source: str, moment: datetime) -> Path:
        """Path of a file that is complete at a moment."""
        local = moment.astimezone(self.zone)
        return self.place(source, moment) / f"{local.strftime(_STAMP)}.warc.gz"


class CrawlWriter:
    """Writes the pages of one round to a WARC file, which appears under its name when it is complete.

    Before each response stands a `metadata` record with what the list said of the page, so that one pass over the file
    finds both together.

    Args:
        folder: The crawl archive.
        source: The source's id.
        part: Where the file grows.
    """

    def __init__(self, folder: CrawlFolder, source: str, part: Path) -> None:
        from warcio.warcwriter import WARCWriter

        self._folder = folder
        self._source = source
        self._part = part
        self.pages = 0
        part.parent.mkdir(parents=True, exist_ok=True)
        self._stream = part.open("wb")
        self._warc = WARCWriter(self._stream, gzip=True)
        info = {"software": f"{AGENT}/{__version__}", "format": "WARC File Format 1.0", "isPartOf": source}
        self._warc.write_record(self._warc.create_warcinfo_record(f"{source}.warc.gz", info))

    def __enter__(self) -> CrawlWriter:
        return self

    def __exit__(self, *details: object) -> None:
        self._stream.close()
        self._part.unlink(missing_ok=True)

    def add(self, answer: Answer, listed: Mapping[str, str]) -> None:
        """Write one page as it came over the wire, and what the list said of it (values of one line)."""
        from warcio.statusandheaders import StatusAndHeaders

        moment = {"WARC-Date": answer.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        headers = [(name, value) for name, value in answer.headers if name.casefold() not in _DROPPED]
        response = self._warc.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.wire),
            length=len(answer.wire),
            http_headers=StatusAndHeaders(
                f"{answer.status} {answer.reason}".strip(),
                [*headers, ("Content-Length", str(len(answer.wire)))],
                protocol="HTTP/1.1",
            ),
            warc_headers_dict=moment | ({"WARC-IP-Address": answer.address} if answer.address else {}),
        )
        own = response.rec_headers.get_header("WARC-Record-ID")
        fields = {"source": self._source, **{key: " ".join(value.split()) for key, value in listed.items() if value}}
        lines = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode("utf-8", "replace")
        metadata = self._warc.create_warc_record(
            answer.url,
            "metadata",
            payload=io.BytesIO(lines),
            length=len(lines),
            warc_content_type="application/warc-fields",
            warc_headers_dict=moment | {"WARC-Concurrent-To": own},
        )
        self._warc.write_record(metadata)
        self._warc.write_record(response)
        self.pages += 1

    def finish(self, moment: datetime) -> Path | None:
        """Give the file its name; None where it holds no page and is dropped."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        if not self.pages:
            return None
        path = self._folder.name(self._source, moment)
        while path.exists():  # a clock that was set back must not cost a file
            moment += timedelta(microseconds=1)
            path = self._folder.name(self._source, moment)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._part.replace(path)
        return path
