"""The form: a CSV that a spreadsheet opens, one line for each slot of each claim; and what came back in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

from conflict_events.pipeline.workspace import atomic_writer, write_jsonl
from conflict_events.review.drawing import SLOTS, DrawnClaim, ReviewError, Week, draw
from conflict_events.settings import Settings

__all__ = [
    "COLUMNS",
    "FormReceipt",
    "RecordReceipt",
    "form_path",
    "form_text",
    "judgement_files",
    "record_form",
    "write_form",
]

COLUMNS = ("week", "claim_id", "slot", "published", "right", "note", "evidence", "article_id", "article_day", "url")
"""Columns of the form. A reviewer fills `right` and, if wanted, `note`."""

_RIGHT = {"y", "yes", "r", "right", "1", "true", "صح", "نعم"}
_WRONG = {"n", "no", "w", "wrong", "0", "false", "خطأ", "لا"}
_OPEN = {"", "?"}

_REVIEWER = re.compile(r"[\w.-]{1,64}")


class FormReceipt(TypedDict):
    """What `write_form` did: `written` is False where the form was there already."""

    week: str
    path: str
    claims: int
    written: bool


class RecordReceipt(TypedDict):
    """What `record_form` read: slots judged right and wrong, and lines left open."""

    week: str
    path: str
    right: int
    wrong: int
    open: int


def form_path(settings: Settings, week: Week) -> Path:
    """Where the form of a week lies; it quotes articles, so not for publication."""
    return settings.review / str(week) / "form.csv"


def judgement_files(settings: Settings) -> list[Path]:
    """Recorded judgements, a file for each week and reviewer."""
    return sorted(settings.review.glob("????-W??/judged-*.jsonl"))


def form_text(week: Week, claims: Sequence[DrawnClaim]) -> str:
    """The empty form: UTF-8 with BOM for spreadsheets, formulas disarmed."""
    from conflict_events.snapshots.exports import guarded

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in claims:
        words = "[the text was removed from the archive]" if claim.evidence is None else claim.evidence
        for slot in SLOTS:
            place = (claim.article_id, claim.published_at or "", claim.url or "")
            row = (str(week), claim.claim_id, slot, claim.values[slot], "", "", words, *place)
            writer.writerow([guarded(cell) for cell in row])
    return "\ufeff" + buffer.getvalue()


def write_form(settings: Settings, week: Week) -> FormReceipt:
    """Draw the claims of a week and write their form; one that exists is kept, somebody may be filling it in.

    Raises:
        ReviewError: Nothing was published in that week, or it is not over.
    """
    path = form_path(settings, week)
    claims = draw(settings, week)
    written = not path.exists()
    if written:
        with atomic_writer(path) as stream:
            stream.write(form_text(week, claims))
    return FormReceipt(week=str(week), path=str(path), claims=len(claims), written=written)


def record_form(settings: Settings, path: Path, reviewer: str) -> RecordReceipt:
    """Read a filled form and keep its judgements beside the archive, without the article's words.

    The same reviewer's form of the same week replaces the one before. Lines that are empty or ``?`` stay open.

    Args:
        settings: The workspace.
        path: The form, as `write_form` wrote it, with `right` filled by y or n; parted by commas, semicolons or tabs.
        reviewer: A name for whoever judged: letters, digits, ``.``, ``_``, ``-``.

    Raises:
        ReviewError: It is no such form, a claim was not drawn for its week, a slot is judged twice, or a cell of
            `right` is neither; the line is named, and nothing is recorded.
    """
    if not _REVIEWER.fullmatch(reviewer):
        raise ReviewError(f"reviewer {reviewer!r}: use letters, digits, '.', '_' and '-' only")
    rows = list(_rows(path))
    if not rows:
        raise ReviewError(f"{path}: holds no line below its heading")
    weeks = {row["week"].strip() for _, row in rows}
    if len(weeks) != 1:
        raise ReviewError(f"{path}: a form holds one week, this one {', '.join(sorted(weeks))}")
    week = Week.parse(weeks.pop())
    drawn = {claim.claim_id: claim for claim in draw(settings, week)}
    judged: dict[tuple[str, str], dict[str, Any]] = {}
    left_open = 0
    for line, row in rows:
        claim_id, slot = row["claim_id"].strip(), row["slot"].strip()
        if claim_id not in drawn:
            raise ReviewError(f"{path}:{line}: claim {claim_id!r} was not drawn for {week}")
        if slot not in SLOTS:
            raise ReviewError(f"{path}:{line}: there is no slot {slot!r}; there are {', '.join(SLOTS)}")
        if (claim_id, slot) in judged:
            raise ReviewError(f"{path}:{line}: {slot} of {claim_id} is judged twice")
        right = _judgement(row["right"], f"{path}:{line}")
        if right is None:
            left_open += 1
            continue
        stated = bool(drawn[claim_id].values[slot])
        judged[claim_id, slot] = {
            "week": str(week),
            "claim_id": claim_id,
            "article_id": drawn[claim_id].article_id,
            "slot": slot,
            "stated": stated,
            "right": right,
            "note": row["note"].strip(),
        }
    if not judged:
        raise ReviewError(f"{path}: nothing is judged; write y or n into the column `right`")
    target = settings.review / str(week) / f"judged-{reviewer}.jsonl"
    stamp = {"reviewer": reviewer, "recorded_at": datetime.now(UTC).isoformat(timespec="seconds")}
    write_jsonl(target, ({**one, **stamp} for one in judged.values()))
    right_ones = sum(one["right"] for one in judged.values())
    return RecordReceipt(
        week=str(week), path=str(target), right=right_ones, wrong=len(judged) - right_ones, open=left_open
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a form by number; spreadsheets of some countries part cells by semicolons."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError(f"{path}: not UTF-8 ({error.reason}); save the form as CSV UTF-8") from error
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    try:
        missing = [
            name for name in ("week", "claim_id", "slot", "right", "note") if name not in (reader.fieldnames or ())
        ]
        if missing:
            raise ReviewError(f"{path}: no form of ours, the column {missing[0]!r} is missing")
        for row in reader:
            if any(cell for cell in row.values()):
                yield reader.line_num, row
    except csv.Error as error:
        raise ReviewError(f"{path}:{reader.line_num}: not CSV ({error})") from error


def _judgement(cell: str, where: str) -> bool | None:
    word = cell.strip().lower()
    if word in _RIGHT:
        return True
    if word in _WRONG:
        return False
    if word in _OPEN:
        return None
    raise ReviewError(f"{where}: right is {cell!r}; write y (right), n (wrong) or nothing")
