"""Columns: what cells are understood, what is refused, and that parse undoes render."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bureau.exchange.cells import BrokenCell
from bureau.exchange.columns import (
    CellError,
    ChoiceColumn,
    DateColumn,
    DecimalColumn,
    Doubt,
    IntegerColumn,
    TextColumn,
)
from bureau.exchange.context import Context, Lookups
from bureau.exchange.references import RegionColumn
from bureau.models import Region
from bureau.models.fields import CodeField
from bureau.texts import clean_text, match_text

NOTHING = Lookups()


@pytest.fixture(scope="module")
def thing():
    with isolate_apps("bureau"):

        class Thing(models.Model):
            class Colour(models.TextChoices):
                RED = "red", "红色"
                BLUE = "blue", "蓝色"

            text = models.CharField("文字", max_length=10)
            number = CodeField("编号", max_length=10, blank=True)
            long = models.TextField("长文", blank=True)
            day = models.DateField("日期", null=True, blank=True)
            colour = models.CharField("颜色", max_length=10, choices=Colour.choices)
            count = models.IntegerField("数量", null=True, blank=True)
            amount = models.DecimalField("金额", max_digits=20, decimal_places=2, null=True, blank=True)

            class Meta:
                app_label = "bureau"

        return Thing


def bound(column, model):
    column.bind(model)
    return column


# Dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "2016-06-01",
        "2016/6/1",
        "2016.6.1",
        "2016年6月1日",
        "2016年06月01日",
        "２０１６年６月１日",
        "2016 年 6 月 1 日",
        " 2016-6-1 ",
        "20160601",
        20160601.0,
        42522.0,
        "42522",
        42522.75,
        date(2016, 6, 1),
        datetime(2016, 6, 1, 13, 5),
        "2016-06-01 00:00:00",
        "2016-06-01T00:00:00",
    ],
)
def test_dates(thing, raw):
    assert bound(DateColumn("day"), thing).read(raw, None) == date(2016, 6, 1)


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
        "2016-6",
        "2016.6",
        2016.6,
        2016.0,
        "2016年6月",
        "16-6-1",
        "0216-06-01",
        "2016-6/1",
        "6/1/2016",
        "明天",
        "1e5",
        True,
        time(12, 0),
        float("nan"),
        float("inf"),
        -1.0,
        1e300,
        "9" * 400,
    ],
)
def test_dates_that_are_refused(thing, raw):
    with pytest.raises(CellError) as caught:
        bound(DateColumn("day"), thing).read(raw, None)
    assert caught.value.reason


def test_a_day_that_does_not_exist_is_said_so(thing):
    with translation.override("en"), pytest.raises(CellError, match="2016-02 has 29 days"):
        bound(DateColumn("day"), thing).read("2016-02-30", None)


@given(st.dates(date(1000, 1, 1)))
def test_dates_go_round(thing, day):
    column = bound(DateColumn("day"), thing)
    assert column.parse(column.render(day, NOTHING), None) == day
    assert column.parse(day.isoformat(), None) == day


@given(st.text(max_size=20) | st.floats() | st.booleans() | st.times() | st.timedeltas() | st.datetimes())
def test_any_cell_gives_a_value_or_a_sentence(thing, raw):
    columns = [
        TextColumn("text"),
        DateColumn("day"),
        ChoiceColumn("colour"),
        IntegerColumn("count"),
        DecimalColumn("amount"),
    ]
    for column in columns:
        try:
            bound(column, thing).read(raw, None)
        except CellError as error:
            assert error.reason


# Texts, numbers, choices -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  甲 乙\u3000", "甲 乙"),
        ("a\nb", "a b"),
        ("\u200ba\ufeff", "a"),
        ("a\x07b", "a b"),
        (123.0, "123"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (date(2016, 6, 1), "2016-06-01"),
        ("00123", "00123"),
    ],
)
def test_texts(thing, raw, value):
    assert bound(TextColumn("text"), thing).read(raw, None) == value


def test_width_is_narrowed_where_the_field_says_so(thing):
    text = "（２０１６）Ａ１"
    assert bound(TextColumn("number"), thing).read(text, None) == "(2016)A1"
    assert bound(TextColumn("text"), thing).read(text, None) == text


def test_texts_that_are_refused(thing):
    column = bound(TextColumn("text"), thing)
    with pytest.raises(CellError, match="11"):
        column.read("x" * 11, None)
    with pytest.raises(Doubt):
        column.read("=1+1", None)
    for blank in (None, "", "  ", "\u3000", "\u200b", "\n"):
        with pytest.raises(CellError):
            column.read(blank, None)
    with pytest.raises(CellError, match="why"):
        column.read(BrokenCell("=1", "why"), None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("红色", "red"),
        (" 红 色 ", "red"),
        ("RED", "red"),
        ("red", "red"),
        ("ＲＥＤ", "red"),
        ("朱", "red"),
        ("蓝色", "blue"),
    ],
)
def test_choices(thing, raw, value):
    assert bound(ChoiceColumn("colour", also={"red": ["朱"]}), thing).read(raw, None) == value


def test_choices_that_are_refused(thing):
    with pytest.raises(CellError, match=r"红色.*蓝色"):
        bound(ChoiceColumn("colour"), thing).read("绿", None)
    with pytest.raises(ValueError, match="stands for two"):
        bound(ChoiceColumn("colour", also={"red": ["蓝色"]}), thing)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1,234.50", "1234.5"), ("１２", "12"), (0.1 + 0.2, "0.3"), (1e-20, "0"), ("-3", "-3"), (12, "12"), (".5", "0.5")],
)
def test_decimals(thing, raw, value):
    assert bound(DecimalColumn("amount"), thing).read(raw, None) == Decimal(value)


@pytest.mark.parametrize(
    "raw", ["1.234", 1.234, "12,34", "abc", "1e3", True, "9" * 19, float("nan"), float("inf"), "--1", "١"]
)
def test_decimals_that_are_refused(thing, raw):
    with pytest.raises(CellError):
        bound(DecimalColumn("amount"), thing).read(raw, None)


def test_limits(thing):
    column = bound(IntegerColumn("count", minimum=1, maximum=5), thing)
    assert [column.read(raw, None) for raw in ("1", 5.0)] == [1, 5]
    for raw in (0, 6, 1.5):
        with pytest.raises(CellError):
            column.read(raw, None)
    assert column.read("", None) is None


@given(st.decimals(min_value=-(10**17), max_value=10**17, places=2))
def test_decimals_go_round(thing, number):
    column = bound(DecimalColumn("amount"), thing)
    assert column.parse(column.render(number, NOTHING), None) == number


@given(st.text())
def test_cleaning_is_done_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize("text", ["证书编号", "证书 编号", "证 书\u3000编号\u200b", "\n证书编号"])
def test_texts_that_count_as_the_same(text):
    assert match_text(text) == "证书编号"
    assert match_text("（Ａ１）") == match_text("( a1 )")


# Regions -----------------------------------------------------------------------------------------


class TestRegions:
    @pytest.fixture
    def context(self, cast):
        return Context(cast.manager_province.office)

    @pytest.fixture
    def column(self):
        from standards.models import MeasurementStandard

        return bound(RegionColumn("region", on="issued_on"), MeasurementStandard)

    def read(self, column, context, raw, on=date(2016, 6, 1)):
        context.row = {"issued_on": on} if on else {}
        return column.read(raw, context)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("210102", "210102"),
            (210102.0, "210102"),
            ("２１０１０２", "210102"),
            ("沈阳市和平区", "210102"),
            ("辽宁省沈阳市和平区", "210102"),
            ("210102 和平区", "210102"),
            ("210102辽宁省沈阳市和平区", "210102"),
            ("大连市", "210200"),
            ("大连", "210200"),
            ("辽宁省", "210000"),
        ],
    )
    def test_it_works(self, column, context, raw, code):
        assert self.read(column, context, raw) == code

    @pytest.mark.parametrize("raw", ["110000", "000000", "999999", "2101", "火星", "210102 大连市", "北京市"])
    def test_it_rejects_others(self, column, context, raw):
        with pytest.raises(CellError):
            self.read(column, context, raw)

    def test_a_name_means_the_code_in_force_on_the_day(self, column, context):
        old, new = Region.objects.get(pk="210122"), Region.objects.get(pk="210115")
        assert old.successor_id == new.pk
        assert self.read(column, context, old.name, date(2010, 1, 1)) == old.pk
        assert self.read(column, context, new.name, date(2020, 1, 1)) == new.pk

    def test_an_obsolete_code_is_refused_with_its_successor(self, column, context):
        column.check({"region": "210122", "issued_on": date(2010, 1, 1)}, context)
        with pytest.raises(CellError, match="210115"):
            column.check({"region": "210122", "issued_on": date(2020, 1, 1)}, context)

    def test_a_name_that_several_places_bear_is_refused_with_their_codes(self, column, context):
        in_force = [region for region in context.regions.by_code.values() if region.is_in_force(date(2016, 6, 1))]
        names = [region.name for region in in_force]
        shared = next(name for name in names if names.count(name) > 1)
        with pytest.raises(CellError) as caught:
            self.read(column, context, shared)
        assert all(region.pk in caught.value.reason for region in in_force if region.name == shared)

    def test_every_region_goes_round(self, column, context):
        for code, region in context.regions.by_code.items():
            lookups = Lookups()
            column.prepare_render([code], lookups)
            assert self.read(column, context, column.render(code, lookups), None) == region.pk
