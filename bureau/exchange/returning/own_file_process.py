"""Marks cells in a clerk's workbook, in a process of its own: openpyxl needs much memory, and some files too much.

Run as ``python -m bureau.exchange.returning.own_file_process ORDER.json MEMORY_BYTES CPU_SECONDS``, without Django's
settings.
The order: {"source", "target", "result": ResultSheet, "old_result": sheet or "", "red", "sign", "author",
"marks": [[sheet, row, column, comment]]}. All that the workbook holds stays as it is, but for cells that an earlier
order has marked, and hidden rows and columns with marks.
"""

import contextlib
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import PatternFill
from openpyxl.workbook.properties import CalcProperties

from bureau.exchange.returning.result_sheet import ResultSheet

WIDTH, LINE, MARGIN, SIGNS_A_LINE = 320, 20, 60, 24


class Reader(ExcelReader):
    """A number stays a number, also where its format shows a day: 20160601 would become an error value."""

    def read_worksheets(self) -> None:
        self.wb._date_formats, self.wb._timedelta_formats = set(), set()
        super().read_worksheets()


def main(order: dict[str, Any]) -> None:
    reader = Reader(order["source"], keep_vba=False, keep_links=True, rich_text=True)
    reader.read()
    workbook = reader.wb
    if order["old_result"] in workbook.sheetnames:
        workbook.remove(workbook[order["old_result"]])
    marker = Marker(workbook, PatternFill("solid", fgColor=order["red"]), order["sign"], order["author"])
    if order["old_result"]:
        marker.clear()
    for sheet, row, column, comment in order["marks"]:
        marker.mark(sheet, row, column, comment)
    _put_in_front(workbook, ResultSheet(**order["result"]))
    workbook.template = False
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)  # the results of formulas are not kept
    workbook.save(order["target"])


class Marker:
    """Reddens cells and adds comments; ``sign`` begins each comment of ours, so that it is known later."""

    def __init__(self, workbook: Workbook, fill: PatternFill, sign: str, author: str) -> None:
        self.workbook, self.fill, self.sign, self.author = workbook, fill, sign, author
        self._anchors: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    def mark(self, sheet: str, row: int, column: int, comment: str) -> None:
        cell = self._cell(sheet, row, column)
        self._show(self.workbook[sheet], row, column)
        cell.fill = self.fill
        if comment:
            before = f"{cell.comment.text}\n" if cell.comment else ""
            self._comment(cell, before + self.sign + comment)

    def _show(self, page: Any, row: int, column: int) -> None:
        """What a filter or a clerk had hidden is read as well; a mark on it must be seen."""
        if row in page.row_dimensions:
            page.row_dimensions[row].hidden = False
        for group in page.column_dimensions.values():
            if group.hidden and group.min <= column <= group.max:
                group.hidden = False

    def clear(self) -> None:
        for page in self.workbook.worksheets:
            for cell in _cells(page):
                if cell.fill.fill_type == "solid" and str(cell.fill.fgColor.rgb)[2:] == self.fill.fgColor.rgb[2:]:
                    cell.fill = PatternFill()
                if cell.comment and self.sign in cell.comment.text:
                    self._comment(cell, cell.comment.text.partition(self.sign)[0].rstrip("\n"))

    def _comment(self, cell: Cell, text: str) -> None:
        cell.comment = None
        if text:
            lines = sum(1 + len(line) // SIGNS_A_LINE for line in text.split("\n"))
            cell.comment = Comment(text, self.author, width=WIDTH, height=MARGIN + LINE * lines)

    def _cell(self, sheet: str, row: int, column: int) -> Cell:
        """The cell, or that which a merged range shows in its place."""
        page = self.workbook[sheet]
        cell = page.cell(row, column)
        if not isinstance(cell, MergedCell):
            return cell
        if sheet not in self._anchors:
            ranges = page.merged_cells.ranges
            self._anchors[sheet] = {place: (r.min_row, r.min_col) for r in ranges for place in r.cells}
        return page.cell(*self._anchors[sheet][row, column])


def _cells(page: Any) -> Iterator[Cell]:
    cells = (cell for row in page.iter_rows() for cell in row)
    return (cell for cell in cells if isinstance(cell, Cell) and (cell.has_style or cell.comment))


def _put_in_front(workbook: Workbook, result: ResultSheet) -> None:
    """As the one open sheet: what is typed goes into every open one."""
    views = [page.views.sheetView for page in workbook.worksheets]
    views += [chart.sheetViews.sheetView for chart in workbook.chartsheets]
    for view in (view for of_page in views for view in of_page):
        view.tabSelected = False
    result.draw(workbook.create_sheet(result.title, 0))
    workbook.active = 0
    for window in workbook.views:
        window.firstSheet = 0


if __name__ == "__main__":
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123
        main(json.load(file))
