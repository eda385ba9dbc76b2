"""Days counted in months, as certificates and warnings count them."""

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months later; where that month is too short, its last day (31 January + 1 = 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
