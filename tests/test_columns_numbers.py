"""Columns of numbers: texts, units behind them and above them, and what a field can hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.exchange.cells import WithUnit
from bureau.exchange.columns.base import CellError
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from tests.columns_for_tests import NOTHING, bound, new_context, read


@pytest.fixture
def context():
    return new_context()


def amount(unit=""):
    return bound(DecimalColumn("amount", unit=unit))


# Without units -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,234.50", "1234.5"),
        ("１，２３４．５", "1234.5"),
        ("３，０００", "3000"),
        ("１２", "12"),
        (0.1 + 0.2, "0.3"),
        (1e-20, "0"),
        ("-3", "-3"),
        ("+3", "3"),
        (12, "12"),
        (".5", "0.5"),
        (" 12 ", "12"),
        (123456789012345.67, "123456789012345.67"),
    ],
)
def test_decimals(context, raw, value):
    assert read(amount(), raw, context) == Decimal(value)
    assert not context.interpretations


@pytest.mark.parametrize(
    "raw",
    ["1.234", 1.234, "12,34", "1,2345", "abc", "1e3", True, "9" * 19, 1e18, float("nan"), float("inf"), "--1", "١"]
    + ["1-2", "1/2", "3~5", "约3", "1 2", "12.", "1.2.3", "9" * 400],
)
def test_decimals_that_are_refused(raw):
    with pytest.raises(CellError):
        read(amount(), raw)


def test_limits():
    column = bound(IntegerColumn("count", minimum=1, maximum=5))
    assert [read(column, raw) for raw in ("1", 5.0, 2.9999999999999996)] == [1, 5, 3]
    for raw in (0, 6, 1.5, "2.9999999999999996"):
        with pytest.raises(CellError):
            read(column, raw)
    assert read(column, "") is None


def test_a_whole_number_must_fit_its_field():
    pieces, count = bound(IntegerColumn("pieces")), bound(IntegerColumn("count"))
    assert (read(pieces, "2147483647"), read(count, "-2147483648")) == (2147483647, -2147483648)
    for column, raw in ((pieces, "2147483648"), (pieces, "-1"), (count, "-2147483649"), (count, "9" * 5000)):
        with pytest.raises(CellError):
            read(column, raw)


@given(st.decimals(min_value=-(10**17), max_value=10**17, places=2))
def test_decimals_go_round(number):
    column = amount()
    assert read(column, column.render(number, NOTHING)) == number


@given(st.integers(-(2**31), 2**31 - 1))
def test_whole_numbers_go_round(number):
    column = bound(IntegerColumn("count"))
    for raw in (number, float(number), str(number), f"{number:,}", f"{number}台", WithUnit(number, "台")):
        assert read(bound(IntegerColumn("count", unit="台件")), raw) == number
    assert read(column, column.render(number, NOTHING)) == number


# With units --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "raw", "value"),
    [
        ("元", "12元", "12"),
        ("元", "１２ 元", "12"),
        ("元", "¥1,234.50", "1234.5"),
        ("元", "￥12", "12"),
        ("元", "1.2万元", "12000"),
        ("元", "1.2万", "12000"),
        ("元", "¥1.2万", "12000"),
        ("元", "¥1.2万元", "12000"),
        ("元", "-0.5千元", "-500"),
        ("万元", "1.2万元", "1.2"),
        ("万元", "3亿元", "30000"),
        ("万元", "12000元", "1.2"),
        ("㎡", "58.23㎡", "58.23"),
        ("㎡", "58.23 平方米", "58.23"),
        ("㎡", "58.23m²", "58.23"),
        ("kWh", "1.5万千瓦时", "15000"),
        ("kWh", "3.6MJ", "1"),
        ("t", "500kg", "0.5"),
        ("%", "95.5%", "95.5"),
        ("", "1.2万", "12000"),
    ],
)
def test_units_behind_a_number(unit, raw, value):
    assert read(amount(unit), raw) == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "raw", "stated", "value"),
    [
        ("元", 1.2, "万元", "12000"),
        ("元", 0.1, "万元", "1000"),
        ("元", "1,234", "千元", "1234000"),
        ("元", 12.0, "元", "12"),
        ("元", "12元", "万元", "12"),
        ("元", "1.2万元", "元", "12000"),
        ("元", "1.2万", "元", "12000"),
        ("元", 1.2, "万", "12000"),
        ("元", -3, "万元", "-30000"),
        ("万元", 12000, "元", "1.2"),
        ("kWh", 7.2, "MJ", "2"),
        ("", 1.2, "万", "12000"),
    ],
)
def test_units_above_a_column(unit, raw, stated, value):
    assert read(amount(unit), WithUnit(raw, stated)) == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "raw"),
    [
        ("元", "12台"),
        ("元", "12 m"),
        ("元", WithUnit(12, "台")),
        ("元", WithUnit(12, "甲")),
        ("元", WithUnit(True, "元")),
        ("元", "12甲"),
        ("元", "¥12台"),
        ("元", "12元左右"),
        ("元", "1万2千元"),
        ("元", "0.001元"),
        ("元", "1万亿元"),
        ("", "12元"),
        ("", WithUnit(12, "元")),
        ("万元", "1.2万"),
        ("元", WithUnit("1.2万", "万元")),
        ("元", WithUnit("1.2万", "万")),
        ("万元", 1.234),
        ("万元", "123元"),
        ("kWh", "1MJ"),
    ],
)
def test_units_that_are_refused(unit, raw):
    """Of another kind, unknown, not clear, or leaving more decimal places than the field keeps."""
    with pytest.raises(CellError) as caught:
        read(amount(unit), raw)
    assert caught.value.reason


def test_what_was_converted_is_told(context):
    column = amount("元")
    column.read_all(["12元", "12", 12.0, "1.2万元", WithUnit(1.2, "万元"), WithUnit(12, "元"), "1万"], context)
    assert list(context.interpretations) == [
        ("amount", "1.2万元", "12000.00 元"),
        ("amount", "1.2（万元）", "12000.00 元"),
        ("amount", "1万", "10000.00 元"),
    ]


def test_a_whole_number_with_a_unit():
    column = bound(IntegerColumn("pieces", unit="台件", minimum=1))
    assert [read(column, raw) for raw in ("3台", "3（台件）", "1.2万台", "5个", WithUnit(0.5, "万件"))] == [
        3, 3, 12000, 5, 5000,
    ]  # fmt: skip
    for raw in ("1.5台", "3套", "3人", "0台", "0.00001万台"):
        with pytest.raises(CellError):
            read(column, raw)


def test_a_column_with_a_unit_that_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="no unit"):
        DecimalColumn("amount", unit="甲")


def test_the_unit_stands_in_the_heading():
    column = amount("元")
    assert column.heading == "金额（元）"
    assert {"金额", "金额（元）", "amount"} <= set(column.headings)
    assert amount().heading == "金额"


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from(["元", "万元", "千元", "亿元"]),
    st.sampled_from(["元", "万元"]),
)
def test_a_number_in_any_unit_comes_back(number, stated, own):
    """What is rendered in the column's unit is what stood in the file, counted in that unit."""
    column = amount(own)
    try:
        value = read(column, WithUnit(str(number), stated))
    except CellError:
        return  # finer than the field, or larger
    assert read(column, column.render(value, NOTHING)) == value
    assert read(column, f"{value}{own}") == value
    assert read(column, f"{number}{stated}") == value
    size = {"元": 1, "千元": 10**3, "万元": 10**4, "亿元": 10**8}
    assert value * size[own] == number * size[stated]
