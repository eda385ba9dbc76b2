"""Files as offices keep them, written in a few words, and what is read from them."""

import csv

from openpyxl import Workbook

from bureau.exchange.cells import text_of
from bureau.exchange.layouts import proposal
from bureau.exchange.layouts.table import open_table
from bureau.exchange.sheets import get_sheet

SHEET = "trial-verifications"
HEADER = ["证书编号", "检定类别", "器具名称", "使用单位", "检定日期", "检定结论", "数量", "检定费"]


def line(number, **changes):
    values = dict(zip(HEADER, [f"力学-{number}", "首检", "电子秤", "某市场", "2016-06-01", "合格", 1, 30], strict=True))
    assert changes.keys() <= values.keys()
    return [*{**values, **changes}.values()]


def workbook(folder, rows, *merges, change=lambda book: None):
    """``workbook(folder, rows, "A1:B1", …)``, or a dict of rows by the name of their sheet; returns the path."""
    book = Workbook()
    book.remove(book.active)
    for name, content in (rows if isinstance(rows, dict) else {"表": rows}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
        for cells in merges:
            sheet.merge_cells(cells)
    change(book)
    path = folder / "file.xlsx"
    book.save(path)
    return path


def csv_file(folder, rows):
    path = folder / "file.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def propose(path, key=SHEET, **options):
    return proposal.propose(path, get_sheet(key), **options)


def assign(path, layout, places, names=("表",), key=SHEET, constants=None):
    return proposal.assign(path, get_sheet(key), layout, places, names, constants)


def read(path, layout=None, key=SHEET, after_line=0):
    """Cells of the records by row, and kinds of the rows left out by row."""
    with open_table(path, get_sheet(key), layout) as table:
        rows = {row.number: row.cells for row in table.rows(after_line)}
        return rows, {out.line: out.kind for out in table.left_out}


def numbers(path, layout=None):
    """Certificate numbers by row, and kinds of the rows left out by row."""
    rows, left_out = read(path, layout)
    return {row: text_of(cells.get("certificate_no")) for row, cells in rows.items()}, left_out


def where(found):
    return [(part.first, part.last) for part in found.layout.parts]


def columns_of(found):
    """By heading: the column that it was taken for."""
    return {column.heading: column.place.column for column in found.columns}
