"""When a verified piece has to be verified again, or replaced: defaults; the paper that was issued wins.

Month ends are clipped first, then the day is taken off: 29 February 2024 and 12 months give "due on 28 February 2025,
valid until 27 February 2025".
"""

from datetime import date, timedelta
from typing import NamedTuple

from bureau.dates import add_months
from inspections.models.instrument_kind import CatalogueEntry

# A printed date that differs by more is shown as a question.
TOLERANCE = timedelta(days=1)
DAY = timedelta(days=1)


class Validity(NamedTuple):
    """Both None: it holds until the piece fails, as for kinds with a first verification only."""

    valid_until: date | None = None
    next_due_on: date | None = None


def default_validity(on: date, period_months: int | None) -> Validity:
    """What follows from the day of the verification and the period; without a period nothing does."""
    if not period_months:
        return Validity()
    due = add_months(on, period_months)
    return Validity(due - DAY, due)


def completed(on: date, valid_until: date | None, next_due_on: date | None, period_months: int | None) -> Validity:
    """What the paper says, the one day from the other where it names one, from the period where it names none."""
    if valid_until is None and next_due_on is None:
        return default_validity(on, period_months)
    return Validity(
        valid_until or (next_due_on - DAY if next_due_on else None),
        next_due_on or (valid_until + DAY if valid_until else None),
    )


def within_life(
    on: date, valid_until: date | None, next_due_on: date | None, replace_due_on: date | None, life_months: int | None
) -> Validity:
    """Of a kind that is replaced when due: valid to the end of the time in use, and never verified again."""
    if valid_until is None and next_due_on is None:
        ends_on = replace_due_on if replace_due_on and replace_due_on > on else None
        ends_on = ends_on or (add_months(on, life_months) if life_months else None)
        return Validity(ends_on - DAY if ends_on else None)
    return Validity(valid_until or (next_due_on - DAY if next_due_on else None), next_due_on)


def is_off(on: date, valid_until: date | None, period_months: int | None) -> bool:
    """Whether the validity differs from the one by the period by more than a day."""
    usual = default_validity(on, period_months).valid_until
    return bool(usual and valid_until and abs(valid_until - usual) > TOLERANCE)


def replacement_day(first_verified_on: date | None, entry: CatalogueEntry | None) -> date | None:
    """The day on which a piece of a kind with a limited time in use has to be replaced."""
    if first_verified_on is None or entry is None or entry.mode != CatalogueEntry.Mode.REPLACED:
        return None
    return add_months(first_verified_on, entry.life_months) if entry.life_months else None
