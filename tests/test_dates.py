from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.dates import add_months

DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 22), 6, date(2027, 5, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_by_hand(day, months, expected):
    assert add_months(day, months) == expected


@given(DAYS, st.integers(0, 240))
def test_it_never_skips_a_month(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
