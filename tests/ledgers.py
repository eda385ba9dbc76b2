"""A clerk's ledger of verifications with all that a workbook may hold beside its rows, and what is wrong in it."""

import re
import zipfile
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

HEADINGS = [
    "序号",
    "检定证书号",
    "检定类别",
    "计量器具名称",
    "出厂编号",
    "使用单位",
    "检定日期",
    "有效期至",
    "检定结论",
    "数量",
    "检定费",
]
PAGE, TOP = "2016年 台账", 4
DAY, LAST = date(2016, 5, 1), date(2017, 4, 30)
# The holder of the first three is one merged cell, two fees are formulas.
ROWS = [
    ["LX-1", "首次检定", "电子计价秤", "00012345", "农贸市场", DAY, LAST, "合格", 1, "=J4*50"],
    ["LX-2", "周检", "电子计价秤", "00012346", None, "2016-02-30", LAST, "合格", 2, "=J5*50"],
    ["LX-3", "抽检", "电子汽车衡", "A-1", None, DAY, LAST, "合格", 1, 1200],
    ["LX-4", "周检", "燃油加油机", "77", "加油站", 20160601, LAST, "合格", 1, 300],
    [None, "周检", "燃油加油机", "78", "加油站", DAY, LAST, "合格", -1, "三百"],
]
# The cells that fail, by their names.
BAD = {"G5", "C6", "B8", "J8", "K8"}
_LINE = Side(style="thin", color="305496")


def write_ledger(path, rows=ROWS, *, formulas=True):
    workbook = Workbook()
    page = workbook.active
    page.title = PAGE
    page["A1"] = "2016年计量器具检定台账"
    page["A2"] = CellRichText("填报单位：市计量测试所    ", TextBlock(InlineFont(b=True), "单位：元"))
    page["A1"].font = Font(size=18, bold=True)
    page.merge_cells("A1:K1")
    for place, text in enumerate(HEADINGS, start=1):
        page.cell(TOP - 1, place, text).fill = PatternFill("solid", fgColor="DDEBF7")
    for number, values in enumerate(rows):
        for place, value in enumerate([number + 1, *values], start=1):
            page.cell(TOP + number, place, value).border = Border(left=_LINE, top=_LINE)
        for place in (7, 8):
            page.cell(TOP + number, place).number_format = "yyyy-mm-dd"
    page.merge_cells("F4:F6")
    page["C6"].comment = Comment("去年就这样写", "同事")
    page["H6"].comment = Comment("已核对", "同事")
    page["K6"].fill = PatternFill("solid", fgColor="FFFF00")
    _around(workbook, page, TOP + len(rows))
    workbook.save(path)
    if formulas:
        calculate(path, {"J4*50": 50, "J5*50": 100, f"SUM(J4:J{TOP + len(rows) - 1})": 4})
    return path


def _around(workbook, page, after):
    page.cell(after, 1, "合计")
    page.cell(after, 10, f"=SUM(J4:J{after - 1})")
    page.cell(after + 1, 1, "填表人：      审核人：")
    page.column_dimensions["D"].width, page.row_dimensions[3].height = 31, 33
    page.freeze_panes, page.print_title_rows = "C4", "1:3"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8
    page.oddFooter.center.text = "第 &P 页"
    choices = DataValidation(type="list", formula1='"首次检定,周检"')
    choices.add("C4:C9")
    page.add_data_validation(choices)
    page.conditional_formatting.add("J4:J8", CellIsRule("lessThan", ["0"], font=Font(color="FF0000")))
    other = workbook.create_sheet("说明")
    other["A1"] = "请按月填报"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=10, min_row=3, max_row=8), titles_from_data=True)
    other.add_chart(chart, "C3")
    workbook.create_sheet("参数").sheet_state = "hidden"


def calculate(path, results):
    """What Excel does and openpyxl does not: a formula keeps its result."""

    def with_result(found):
        return f"<f>{found[1]}</f><v>{results[found[1]]}</v>"

    def edit(name, content):
        if name.startswith("xl/worksheets/"):
            return re.sub(r"<f>([^<]*)</f>(?:<v ?/>|<v></v>)", with_result, content.decode()).encode()
        return content

    rewrite(path, edit)


def rewrite(path, edit, more=None):
    """``edit(name, content)`` gives each part of a workbook anew; ``more``: further parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: edit(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
