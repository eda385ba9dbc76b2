from datetime import date

import pytest

from bureau.reporting.periods import InvalidPeriod, Period


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.year(2016), date(2016, 1, 1), date(2016, 12, 31)),
        (Period.half(2016, 1), date(2016, 1, 1), date(2016, 6, 30)),
        (Period.quarter(2016, 3), date(2016, 7, 1), date(2016, 9, 30)),
        (Period.month(2016, 2), date(2016, 2, 1), date(2016, 2, 29)),
    ],
)
def test_a_period_includes_both_its_ends(period, first, last):
    assert (period.first, period.last) == (first, last)


def test_the_previous_period_has_the_same_days_one_year_earlier():
    assert Period.month(2016, 2).previous == Period(date(2015, 2, 1), date(2015, 2, 28))
    assert Period.year(2016).previous == Period.year(2015)


@pytest.mark.parametrize(
    "texts",
    [
        {"year": "two"},
        {"year": "1016"},
        {"year": "99999"},
        {"year": "2016", "first": "2016-01-01"},
        {"first": "2016-02-30", "last": "2016-03-01"},
        {"first": "2016-03-01"},
        {"first": "2016-03-02", "last": "2016-03-01"},
        {},
    ],
)
def test_it_rejects_periods_that_there_are_not(texts):
    with pytest.raises(InvalidPeriod):
        Period.from_text(**texts)
