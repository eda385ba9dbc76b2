"""Columns that point to other rows: a region by code or name on a day, and a row of any model."""

from datetime import date

import pytest

from bureau.exchange.columns.base import KEEP, CellError, Doubt
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.context import Context, Lookups
from bureau.models import Region
from standards.models import MeasurementField, MeasurementStandard
from tests.columns_for_tests import bound

pytestmark = pytest.mark.django_db


@pytest.fixture
def context(cast):
    return Context(cast.manager_province.office)


@pytest.fixture
def column():
    return bound(RegionColumn("region", on="issued_on"), MeasurementStandard)


def read(column, context, raw, on=date(2016, 6, 1)):
    context.columns = {"issued_on": [on]} if on else {}
    return column.read(raw, context)


# Regions -----------------------------------------------------------------------------------------


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
        ("辽宁省", "210000"),
    ],
)
def test_it_works(column, context, raw, code):
    assert read(column, context, raw) == code
    assert not context.interpretations


def test_a_short_name_is_told(column, context):
    assert read(column, context, "大连") == "210200"
    assert list(context.interpretations) == [("region", "大连", "210200 大连市")]


@pytest.mark.parametrize("raw", ["110000", "000000", "999999", "2101", "火星", "210102 大连市", "北京市"])
def test_it_rejects_others(column, context, raw):
    with pytest.raises(CellError):
        read(column, context, raw)


def test_a_name_means_the_code_in_force_on_the_day(column, context):
    old, new = Region.objects.get(pk="210122"), Region.objects.get(pk="210115")
    assert old.successor_id == new.pk
    assert read(column, context, old.name, date(2010, 1, 1)) == old.pk
    assert read(column, context, new.name, date(2020, 1, 1)) == new.pk


def test_a_chunk_is_read_with_the_days_beside_it(column, context):
    """盘锦's 大洼 was a county (211121) and is a district (211104): each row goes by its own day."""
    context.columns = {
        "issued_on": [date(2010, 1, 1), date(2020, 1, 1), None, date(2010, 1, 1), CellError("x"), date(2010, 1, 1)]
    }
    raws = ["大洼", "大洼", "", "大洼", "210102", "北京市"]
    found = column.read_all(raws, context)
    assert found[:5] == ["211121", "211104", KEEP, "211121", "210102"]
    assert isinstance(found[5], CellError) and not isinstance(found[5], Doubt)
    assert list(context.interpretations) == [("region", "大洼", "211121 大洼县"), ("region", "大洼", "211104 大洼区")]


def test_a_region_elsewhere_is_a_doubt(column, context):
    [found] = column.read_all(["110000"], context)
    assert (type(found), found.value) == (Doubt, "110000")


def test_an_obsolete_code_is_refused_with_its_successor(column, context):
    column.check({"region": "210122", "issued_on": date(2010, 1, 1)}, context)
    with pytest.raises(CellError, match="210115"):
        column.check({"region": "210122", "issued_on": date(2020, 1, 1)}, context)


def test_a_name_that_several_places_bear_is_refused_with_their_codes(column, context):
    in_force = [region for region in context.regions.by_code.values() if region.is_in_force(date(2016, 6, 1))]
    names = [region.name for region in in_force]
    shared = next(name for name in names if names.count(name) > 1)
    with pytest.raises(CellError) as caught:
        read(column, context, shared)
    assert all(region.pk in caught.value.reason for region in in_force if region.name == shared)


def test_every_region_goes_round(column, context):
    for code, region in context.regions.by_code.items():
        lookups = Lookups()
        column.prepare_render([code], lookups)
        assert read(column, context, column.render(code, lookups), None) == region.pk


# Rows of any model -------------------------------------------------------------------------------


@pytest.fixture
def fields():
    return bound(ReferenceColumn("field", by=("name", "code")), MeasurementStandard)


def test_a_row_is_found_by_each_of_its_names(fields, context, django_assert_num_queries):
    field = MeasurementField.objects.get(pk="12")
    raws = [field.name, "12", 12.0, "１２", "", field.name, "\u3000力学 "]
    with django_assert_num_queries(1):
        fields.prepare(raws, context)
        found = fields.read_all(raws, context)
    assert found[:4] + found[5:] == ["12"] * 6
    assert isinstance(found[4], CellError)


def test_a_code_is_told_by_the_name_that_it_stands_for(fields, context):
    fields.prepare(raws := ["力学", "12", "１２", 1.0, "01"], context)
    assert fields.read_all(raws, context) == ["12", "12", "12", "01", "01"]
    assert list(context.interpretations) == [
        ("field", "12", "力学"),
        ("field", "１２", "力学"),
        ("field", "1", "几何量"),
        ("field", "01", "几何量"),
    ]


def test_an_alias_stands_for_one_entry(context):
    column = bound(
        ReferenceColumn("field", by=("name", "code"), also={"几何量": ("长度", "长 度"), "力学": ("几何量", "质量")}),
        MeasurementStandard,
    )
    raws = ["长度", "长　度", "质量", "几何量"]
    column.prepare(raws, context)
    assert column.read_all(raws, context) == ["01", "01", "12", "01"]  # a name goes before what else it is called
    assert ("field", "质量", "力学") in context.interpretations
    with pytest.raises(ValueError, match="质量"):
        ReferenceColumn("field", by=("name",), also={"力学": ("质量",), "光学": ("质量",)})


def test_what_is_not_found_is_told_with_what_is_allowed(fields, context, django_assert_num_queries):
    names = list(MeasurementField.objects.order_by("pk").values_list("name", flat=True))
    assert len(names) == 18
    with django_assert_num_queries(2):
        fields.prepare(raws := ["甲", "乙"], context)
        found = fields.read_all(raws, context)
    for error in found:
        assert all(name in error.reason for name in names)
    assert fields.few_choices(context) == names


def test_of_many_entries_none_is_named(fields, context):
    field = MeasurementField.objects.get(pk="12")
    for number in range(70, 73):
        field.pk, field.name = str(number), f"试用{number}"
        field.save(force_insert=True)
    with pytest.raises(CellError) as caught:
        fields.read("甲", context)
    assert "力学" not in caught.value.reason
    assert fields.few_choices(context) == []


def test_a_leading_zero_that_excel_took_off_is_put_back_and_told(fields, context):
    field = MeasurementField.objects.get(pk="12")
    field.pk, field.name = "02", "试用"
    field.save(force_insert=True)
    assert [fields.read(raw, context) for raw in ("02", 2.0, "2")] == ["02", "02", "02"]
    assert list(context.interpretations) == [("field", "02", "试用"), ("field", "2", "试用")]


def test_every_row_goes_round(fields, context):
    for field in MeasurementField.objects.all():
        lookups = Lookups()
        fields.prepare_render([field.pk], lookups)
        assert fields.read(fields.render(field.pk, lookups), context) == field.pk
