"""The weekly check by people: claims drawn from what was published, a form, and how often each slot was right.

draw(settings, week) -> list[DrawnClaim]           # the same claims whenever it is asked
write_form(settings, week) -> FormReceipt          # review/WEEK/form.csv, never over one that exists
record_form(settings, path, reviewer) -> RecordReceipt
rates(settings) -> list[WeekRates]
"""

from conflict_events.review.drawing import (
    CLAIMS_A_WEEK,
    DrawnClaim,
    NothingToReview,
    ReviewError,
    Week,
    WeekNotOver,
    draw,
)
from conflict_events.review.form import FormReceipt, RecordReceipt, form_path, form_text, record_form, write_form
from conflict_events.review.rates import Rate, WeekRates, rates, rates_text

__all__ = [
    "CLAIMS_A_WEEK",
    "DrawnClaim",
    "FormReceipt",
    "NothingToReview",
    "Rate",
    "RecordReceipt",
    "ReviewError",
    "Week",
    "WeekNotOver",
    "WeekRates",
    "draw",
    "form_path",
    "form_text",
    "rates",
    "rates_text",
    "record_form",
    "write_form",
]
