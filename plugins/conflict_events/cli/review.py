"""The commands of the weekly review: draw, record, rates."""

from __future__ import annotations

import argparse
import getpass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from conflict_events.cli.errors import UserError
from conflict_events.cli.streams import output, say
from conflict_events.settings import Settings

__all__ = ["draw", "rates", "record"]


def draw(arguments: argparse.Namespace) -> int:
    """`review draw [--week WEEK] [--out FORM.csv]`: claims of a week and a form to judge them by."""
    from conflict_events import review

    settings = Settings.load(data_root=arguments.data_root)
    if arguments.week:
        week = review.Week.parse(arguments.week)
    else:
        week = review.Week.of((datetime.now(UTC).astimezone(ZoneInfo(settings.zone)) - timedelta(days=7)).date())
    if arguments.out:
        claims = review.draw(settings, week)
        with output(arguments.out) as stream:
            stream.write(review.form_text(week, claims))
        say(f"{len(claims)} claims of {week}")
        return 0
    receipt = review.write_form(settings, week)
    told = "written" if receipt["written"] else "was there already and is kept"
    say(f"{receipt['claims']} claims of {week}: {receipt['path']} {told}")
    say("Fill the column `right` with y or n; then: conflict-events review record FORM.csv")
    return 0


def record(arguments: argparse.Namespace) -> int:
    """`review record FORM.csv [--reviewer NAME]`: keep what a reviewer found."""
    from conflict_events import review

    settings = Settings.load(data_root=arguments.data_root)
    path = Path(arguments.form)
    if not path.is_file():
        raise UserError(f"{path}: no such file")
    receipt = review.record_form(settings, path, arguments.reviewer or getpass.getuser())
    say(f"{receipt['week']}: {receipt['right']} right, {receipt['wrong']} wrong, {receipt['open']} left open")
    say(f"kept in {receipt['path']}")
    return 0


def rates(arguments: argparse.Namespace) -> int:
    """`review rates`: right / judged, week by week."""
    from conflict_events import review

    found = review.rates(Settings.load(data_root=arguments.data_root))
    if not found:
        raise UserError("nothing is judged yet: conflict-events review draw, then review record FORM.csv")
    print(review.rates_text(found))
    return 0
