"""Forms of an office's own for the tests, and what stands in their containers."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from bureau.reporting.marks import Known
from bureau.reporting.office_templates.container import XLSX
from bureau.reporting.office_templates.filling import BadMarks, OfficeForm
from bureau.reporting.periods import Period
from tests.cast import CITY_A

YEAR = Period.year(2016)
MARK = "{{ standards.established }}"


@pytest.fixture
def counted(make_standard, cast):
    for number in range(4):
        tier = "provincial" if number == 3 else "municipal"
        make_standard(by=cast.clerk_a, tier=tier, issued_on=date(2016, 5, number + 1))
    make_standard(by=cast.clerk_a, issued_on=date(2015, 5, 1))


def saved(document):
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def workbook_with(**cells):
    workbook = Workbook()
    for address, value in cells.items():
        workbook.active[address] = value
    return workbook


def filled(content, kind=XLSX, region=CITY_A):
    return OfficeForm(content, kind, Known(CITY_A)).filled(region, YEAR, user=None)


def problems_of(content, kind=XLSX):
    with pytest.raises(BadMarks) as caught:
        OfficeForm(content, kind, Known(CITY_A))
    return caught.value.problems


def changed(content, replaced=None, added=None):
    """The same container with some parts replaced or added."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, (replaced or {}).get(name, lambda part: part)(old.read(name)))
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return written.getvalue()


def edited(content, pattern, text):
    """With something in the first sheet that openpyxl would not write."""
    part = "xl/worksheets/sheet1.xml"
    assert re.search(pattern, parts_of(content)[part])
    return changed(content, {part: lambda old: re.sub(pattern, text, old, count=1)})


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rich_form():
    """A form with everything that a province's form has."""
    workbook = workbook_with(
        A1="{{ region }}{{ year }}年统计表",
        A3="新建计量标准",
        B3=MARK,
        A4="其中省级",
        B4="{{ standards.established | tier=provincial }}",
        A5="其他",
        B5="=B3-B4",
        A6="增长",
        B6="{{ standards.established | ratio }}",
        A7="共{{standards.established}}项，{{ year }}年",
        B8="{{ standards.problem_rate }}",
        A9="“标记”以外的文字 { } 不变",
    )
    sheet = workbook.active
    sheet.title = "年报 一"
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B3:C3")
    sheet["A1"].font = Font(name="黑体", size=20, bold=True)
    sheet["B3"].number_format, sheet["B6"].number_format = "#,##0", "0.0%"
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height = 31.5, 44
    sheet.print_area, sheet.print_title_rows = "A1:D9", "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_margins.left = 0.33
    sheet.oddFooter.center.text = "{{ region }} 第 &P 页"
    sheet.freeze_panes = "B3"
    sheet.conditional_formatting.add("B3:B6", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FF0000")))
    rule = DataValidation(type="list", formula1='"是,否"')
    sheet.add_data_validation(rule)
    rule.add("D3")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=4))
    sheet.add_chart(chart, "F2")
    other = workbook.create_sheet("合计")
    other["A1"] = "='年报 一'!B3"
    other.sheet_state = "hidden"
    return saved(workbook)
