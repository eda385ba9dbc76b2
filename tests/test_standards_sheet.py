"""How the bureaus' own tables head and fill the columns of measurement standards."""

import pytest

from bureau.exchange.columns.base import CellError
from bureau.exchange.context import Context
from bureau.exchange.layouts.headings import Matcher
from bureau.exchange.sheets import get_sheet
from standards.models import MeasurementField
from standards.sheets.standard import FIELDS

HEADINGS = {
    "标准装置名称": "name",
    "标准种类": "kind",
    "考核级别": "tier",
    "主持考核级别": "tier",
    "标准等级": "grade",
    "计量专业": "field",
    "持证单位": "holder",
    "不确定度/准确度等级/MPE": "uncertainty",
    "准确度等级": "uncertainty",
    "发证部门": "issuing_authority",
    "考核证书编号": "certificate_no",
    "颁证时间": "issued_on",
    "发证时间": "issued_on",
    "到期时间": "valid_until",
    "所在区县": "region",
}


@pytest.fixture
def sheet():
    return get_sheet("standards")


@pytest.fixture
def context(cast):
    return Context(cast.clerk_a.office)


@pytest.mark.parametrize(("heading", "name"), HEADINGS.items())
def test_headings(sheet, heading, name):
    assert Matcher(sheet).match([heading]).column.name == name


@pytest.mark.parametrize("heading", ["编号", "等级证书", "单位", "时间", "出厂编号", "联系电话"])
def test_it_takes_no_other_heading_for_one(sheet, heading):
    assert Matcher(sheet).match([heading]) is None


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("tier", "区级", "county"),
        ("tier", "区县级", "county"),
        ("field", "电磁", "15"),
        ("field", "长度", "01"),
        ("field", "长度计量", "01"),
        ("field", "热工", "04"),
        ("field", "热学（热工）", "04"),
        ("field", "热学(热工)", "04"),
        ("field", "物理化学", "46"),
        ("field", "物理化学（化学）", "46"),
        ("field", "力学计量", "12"),
        ("field", "12", "12"),
        ("field", 1.0, "01"),
    ],
)
def test_values(sheet, context, name, text, value):
    column = sheet.by_name[name]
    assert column.read(text, context) == value
    [(told, _raw, meaning)] = context.interpretations
    assert told == name
    assert column.read(meaning, Context(context.office)) == value


@pytest.mark.django_db
def test_every_field_is_known_by_its_own_name_and_by_all_that_it_is_called(sheet, context):
    column = sheet.by_name["field"]
    names = dict(MeasurementField.objects.values_list("name", "pk"))
    assert FIELDS.keys() <= names.keys()
    for name, aliases in FIELDS.items():
        for text in (name, *aliases):
            assert column.read(text, context) == names[name]
            assert column.read(f"{text}计量", context) == names[name]


def test_an_unknown_field_is_told_with_all_that_are_known(sheet, context):
    with pytest.raises(CellError) as caught:
        sheet.by_name["field"].read("火星学", context)
    names = list(MeasurementField.objects.values_list("name", flat=True))
    assert len(names) == 18 and all(name in caught.value.reason for name in names)
