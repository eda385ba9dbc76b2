"""The national annual statistics table as a form with marks: the first one that ships.

Which figure answers which item is said here and printed in the table. Where no kind of record tells an item the cells
stay empty, with a note.
"""

from io import BytesIO
from itertools import groupby
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from bureau.workbooks import dress, dress_header, fit_height, font, put, put_formula

KEY = "national"
NAME = "全国计量工作年度统计表"
NO_RECORDS = "本系统没有此类记录"
ABOLISHED = f"{NO_RECORDS}：该项许可已经取消"
BOTH_KINDS = "现场检查记录不区分法制性和计量器具性能，均列入第19、20项"
HEADERS = ("序号", "类别", "项目", "单位", "本期", "上年同期", "取数口径")
WIDTHS = (6, 17, 46, 7, 13, 13, 36)
FIRST_ROW = 5
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
NOTE = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center")
ALIGNED = (CENTRE, CENTRE, LEFT, CENTRE, RIGHT, RIGHT, NOTE)


class Item(NamedTuple):
    """``mark`` is what stands between the braces; "" where nothing answers, and ``note`` says why."""

    number: int
    label: str
    unit: str
    mark: str = ""
    note: str = ""


_ALL = "standards.public_by_institution"
_MAKERS = "取得制造许可证的单位、个体工商户"
_REPAIRERS = "取得修理许可证的单位、个体工商户"
GROUPS: dict[str, list[Item]] = {
    "计量标准": [
        Item(1, "建立在依法设置计量检定机构的社会公用计量标准", "项", f"{_ALL} | institution_kind=legal_verification",
             "期末有效；按登记的保存机构"),
        Item(2, "依法授权的社会公用计量标准", "项", f"{_ALL} | institution_kind=authorised_verification",
             "期末有效；按登记的保存机构"),
        Item(3, "依法授权其他单位开展专项检定工作的计量标准", "项", "standards.others_in_force | kind=authorised",
             "期末有效"),
        Item(4, "建立在部门、企事业单位的最高计量标准", "项", "standards.highest_of_units", "期末有效"),
    ],
    "计量授权": [
        Item(5, "依法设置的计量检定技术机构", "个", "institutions.legal_verification", "期末"),
        Item(6, "依法授权建立的计量检定机构", "个", "institutions.authorised | kind=authorised_verification", "期末"),
        Item(7, "其他承担专项授权检定任务的机构", "个", "institutions.authorised | kind=special_authorisation", "期末"),
        Item(8, "其他承担专项授权检定任务的项目", "项",
             "institutions.authorised_items | kind=special_authorisation | service=verification", "期末；检定项目"),
        Item(9, "授权承担计量器具型式评价的机构", "个", "institutions.type_evaluation", "期末"),
        Item(10, "授权承担计量器具型式评价的项目", "项", "institutions.authorised_items | service=type_evaluation",
             "期末"),
    ],
    "型式批准": [
        Item(11, "型式批准证书（本年）", "份", "licensing.type_approvals", "期内批准"),
        Item(12, "型式批准证书（累计）", "份", "licensing.type_approvals_ever", "录入值：早年证书无电子记录"),
    ],
    "制造修理许可": [
        Item(13, f"{_MAKERS}（本年新增）", "个", note=ABOLISHED),
        Item(14, f"{_MAKERS}（本年减少）", "个", note=ABOLISHED),
        Item(15, f"{_MAKERS}（累计）", "个", note=ABOLISHED),
        Item(16, f"{_REPAIRERS}（本年新增）", "个", note=ABOLISHED),
        Item(17, f"{_REPAIRERS}（本年减少）", "个", note=ABOLISHED),
        Item(18, f"{_REPAIRERS}（累计）", "个", note=ABOLISHED),
    ],
    "监督检查": [
        Item(19, "法制性：检查计量器具", "台件", "inspections.instruments_checked", "期内现场检查的全部计量器具"),
        Item(20, "法制性：合格计量器具", "台件", note="检查数减去附列的不合格数"),
        Item(21, "计量器具性能：检查计量器具", "台件", note=BOTH_KINDS),
        Item(22, "计量器具性能：合格计量器具", "台件", note=BOTH_KINDS),
    ],
    "强制检定": [
        Item(23, "应强检", "台件", "verification.due", "下次检定日期在期内的在用器具"),
        Item(26, "检定数：贸易结算", "台件", "verification.mandatory_instruments | purpose=trade", "期内强制检定"),
        Item(27, "检定数：安全防护", "台件", "verification.mandatory_instruments | purpose=safety", "期内强制检定"),
        Item(28, "检定数：医疗卫生", "台件", "verification.mandatory_instruments | purpose=medical", "期内强制检定"),
        Item(29, "检定数：环境监测", "台件", "verification.mandatory_instruments | purpose=environment",
             "期内强制检定"),
    ],
    "计量检定员": [
        Item(30, "依法设置计量检定机构", "人", "people.verifiers | institution_kind=legal_verification",
             "期末在岗且资格有效"),
        Item(31, "授权法定计量检定机构", "人", "people.verifiers | institution_kind=authorised_verification",
             "期末在岗且资格有效"),
        Item(32, "授权的其他单位", "人", "people.verifiers | institution_kind=special_authorisation",
             "期末在岗且资格有效"),
        Item(33, "企业、事业单位", "人", "people.verifiers | institution_kind=unit", "已登记的企事业单位；期末"),
    ],
    "定量包装": [
        Item(34, "定量包装商品抽查：抽查批次", "批次", "inspections.net_content_lots", "期内"),
        Item(35, "定量包装商品抽查：合格批次", "批次", "inspections.net_content_lots_conforming", "净含量和标注均合格"),
    ],
    "社会公正计量站": [
        Item(36, "新建", "个", "institutions.public_stations_established", "期内"),
        Item(37, "累计", "个", "institutions.public_stations", "期末仍在"),
        Item(38, "称重类：本年", "个", "institutions.public_stations_established | kind=weighing_station", "期内"),
        Item(39, "称重类：累计", "个", "institutions.public_stations | kind=weighing_station", "期末仍在"),
        Item(40, "其他：本年", "个", "institutions.public_stations_established | kind=other_station", "期内"),
        Item(41, "其他：累计", "个", "institutions.public_stations | kind=other_station", "期末仍在"),
    ],
    "C标志": [
        Item(42, "取得C标志的生产企业（本年）", "家", "integrity.c_mark_declared", "期内作出声明"),
        Item(43, "取得C标志的生产企业（累计）", "家", "integrity.c_mark_enterprises", "期末声明有效"),
        Item(44, "取得C标志的产品规格（本年）", "种", "integrity.c_mark_products_declared", "期内声明"),
        Item(45, "取得C标志的产品规格（累计）", "种", "integrity.c_mark_products", "期末声明有效"),
    ],
}  # fmt: skip
CHECKED, CONFORMING = 19, 20
FAILED = Item(0, "检查发现不合格的计量器具", "台件", "inspections.instruments_failed", "供计算第20项")


def form() -> bytes:
    """The workbook, with its marks."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "年度统计表"
    workbook.properties.title, workbook.properties.creator = NAME, ""
    _head(sheet)
    rows = _items(sheet)
    for column in "EF":
        checked, failed = (f"{column}{rows[number]}" for number in (CHECKED, FAILED.number))
        cell = sheet[f"{column}{rows[CONFORMING]}"]
        put_formula(cell, f"={checked}-{failed}")
    _print_set_up(sheet, max(rows.values()) + 1)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _head(sheet: Worksheet) -> None:
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    put(sheet["A1"], NAME)
    sheet["A1"].font, sheet["A1"].alignment = font(size=18, bold=True), CENTRE
    sheet.merge_cells("A1:G1")
    sheet.row_dimensions[1].height = 34
    put(sheet["A2"], "地区：{{ region }}")
    put(sheet["E2"], "统计期：{{ first_day }}至{{ last_day }}")
    sheet["A2"].alignment, sheet["E2"].alignment = LEFT, Alignment(horizontal="right", vertical="center")
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("E2:G2")
    for name in ("A2", "E2"):
        sheet[name].font = font()
    for column, header in zip("ABCDEFG", HEADERS, strict=True):
        put(sheet[f"{column}4"], header)
        dress_header(sheet[f"{column}4"])
    sheet.freeze_panes = "A5"


def _items(sheet: Worksheet) -> dict[int, int]:
    """Returns the row of each item by its number."""
    rows: dict[int, int] = {}
    row = FIRST_ROW
    entries = [(group, item) for group, items in GROUPS.items() for item in items]
    for group, alike in groupby([*entries, ("附", FAILED)], key=lambda entry: entry[0]):
        first = row
        for _group, item in alike:
            _item(sheet, row, group, item)
            rows[item.number] = row
            row += 1
        if row - first > 1:
            sheet.merge_cells(f"B{first}:B{row - 1}")
    put(sheet[f"A{row}"], "制表日期：{{ made_on }}")
    sheet[f"A{row}"].font, sheet[f"A{row}"].alignment = font(), LEFT
    sheet.merge_cells(f"A{row}:G{row}")
    return rows


def _item(sheet: Worksheet, row: int, group: str, item: Item) -> None:
    values = (item.number or None, group, item.label, item.unit, None, None, item.note)
    for column, value, align in zip("ABCDEFG", values, ALIGNED, strict=True):
        cell = sheet[f"{column}{row}"]
        put(cell, value)
        dress(cell, alignment=align, number_format="#,##0" if column in "EF" else "")
    fit_height(sheet, row)  # a mark is longer than the number that comes into its place
    if item.mark:
        put(sheet[f"E{row}"], f"{{{{ {item.mark} }}}}")
        put(sheet[f"F{row}"], f"{{{{ {item.mark} | previous }}}}")


def _print_set_up(sheet: Worksheet, last: int) -> None:
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = Worksheet.ORIENTATION_PORTRAIT
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = "4:4"
    sheet.print_area = f"A1:G{last}"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
