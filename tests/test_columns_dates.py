"""Columns of days: what is read, what is understood as a month, what is refused."""

from datetime import date, datetime, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.date import DateColumn
from tests.columns_for_tests import NOTHING, bound, new_context, read


@pytest.fixture
def context():
    return new_context()


@pytest.fixture
def column():
    return bound(DateColumn("day"))


@pytest.mark.parametrize(
    "raw",
    [
        "2016-06-01",
        "2016/6/1",
        "2016.6.1",
        "2016年6月1日",
        "2016年06月01日",
        "2016年6月1号",
        "２０１６年６月１日",
        "2016 年 6 月 1 日",
        " 2016-6-1 ",
        "20160601",
        20160601.0,
        date(2016, 6, 1),
        datetime(2016, 6, 1),
        "2016-06-01 00:00:00",
        "2016-06-01T00:00:00",
        "2016/6/1 0:00",
    ],
)
def test_days(column, context, raw):
    assert read(column, raw, context) == date(2016, 6, 1)
    assert not context.interpretations


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (42522.0, "42522"),
        ("42522", "42522"),
        (42522.75, "42522.75"),
        (datetime(2016, 6, 1, 13, 5), "2016-06-01 13:05:00"),
        ("2016-06-01 13:05:00", "2016-06-01 13:05:00"),
        ("2016/6/1 13:05", "2016/6/1 13:05"),
        ("2016-06-01T10:00:00.5", "2016-06-01T10:00:00.5"),
    ],
)
def test_days_that_are_understood(column, context, raw, shown):
    assert read(column, raw, context) == date(2016, 6, 1)
    assert list(context.interpretations) == [("day", shown, "2016-06-01")]


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("2016.6", date(2016, 6, 1), date(2016, 6, 30)),
        (2016.6, date(2016, 6, 1), date(2016, 6, 30)),
        ("2016-06", date(2016, 6, 1), date(2016, 6, 30)),
        ("2016-6", date(2016, 6, 1), date(2016, 6, 30)),
        ("2016/06", date(2016, 6, 1), date(2016, 6, 30)),
        ("2016年6月", date(2016, 6, 1), date(2016, 6, 30)),
        ("２０１６年０６月", date(2016, 6, 1), date(2016, 6, 30)),
        ("2016 年 6 月份", date(2016, 6, 1), date(2016, 6, 30)),
        ("2016.2", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015.02", date(2015, 2, 1), date(2015, 2, 28)),
        (2016.9, date(2016, 9, 1), date(2016, 9, 30)),
        (2016.11, date(2016, 11, 1), date(2016, 11, 30)),
        (2016.12, date(2016, 12, 1), date(2016, 12, 31)),
        ("2016.10", date(2016, 10, 1), date(2016, 10, 31)),
        ("2016.01", date(2016, 1, 1), date(2016, 1, 31)),
        ("2016-1", date(2016, 1, 1), date(2016, 1, 31)),
        ("2016年1月", date(2016, 1, 1), date(2016, 1, 31)),
    ],
)
def test_a_month_means_its_first_or_its_last_day(column, context, raw, first, last):
    assert read(column, raw, context) == first
    assert [text for _name, _raw, text in context.interpretations] == [first.isoformat()]
    assert read(bound(DateColumn("day", end=True)), raw) == last


@pytest.mark.parametrize("raw", [2016.1, "2016.1", "２０１６．１"])
def test_what_may_be_january_or_october_is_refused(column, raw):
    with translation.override("en"), pytest.raises(CellError, match="January or October"):
        read(column, raw)


@pytest.mark.parametrize("raw", ["16-6-1", "16.6.1", "16年6月1日", "16/6", "16年6月", "0216-06-01", "0216-06"])
def test_a_year_of_two_digits_is_refused(column, raw):
    with translation.override("en"), pytest.raises(CellError, match="four digits"):
        read(column, raw)


@pytest.mark.parametrize(
    "raw",
    [
        "2016-02-30",
        "2015-02-29",
        "2016-13-01",
        "2016-00-10",
        "2016-06-00",
        "2016-06-31",
        "20160230",
        20160230.0,
        "2016",
        "2016年",
        2016.0,
        2016,
        "2016.0",
        "2016-13",
        2016.13,
        2016.125,
        1234.5,
        2200.5,
        "201606",
        "2016-6/1",
        "6/1/2016",
        "2016-06-01 25:00",
        "2016-06 10:00",
        "2016-06-01~2017-06-01",
        "明天",
        "1e5",
        "12345",
        True,
        time(12, 0),
        float("nan"),
        float("inf"),
        -1.0,
        1e300,
        "9" * 400,
    ],
)
def test_what_is_no_day_is_refused(column, raw):
    with pytest.raises(CellError) as caught:
        read(column, raw)
    assert caught.value.reason


@pytest.mark.parametrize("raw", [42522, 42522.0, "42522"])
def test_a_bare_number_is_no_day_where_days_are_counted_from_1904(column, context, raw):
    assert column.read(raw, context) == date(2016, 6, 1)
    other = new_context()
    other.counts_from_1904 = True
    with pytest.raises(CellError):
        column.read(raw, other)
    assert column.read(20160601, other) == column.read(2016.6, other) == date(2016, 6, 1)


def test_a_day_that_does_not_exist_is_said_so(column):
    with translation.override("en"), pytest.raises(CellError, match="month 2 of 2016 has 29 days"):
        read(column, "2016-02-30")


@given(st.dates(date(1000, 1, 1)), st.booleans())
def test_days_go_round(day, end):
    column = bound(DateColumn("day", end=end))
    assert read(column, column.render(day, NOTHING)) == day
    for text in (f"{day:%Y-%m-%d}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日"):
        assert read(column, text) == day
