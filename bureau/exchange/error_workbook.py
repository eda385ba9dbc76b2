"""The failed rows of an import as a workbook: corrected there and imported again, only they are taken."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from bureau.exchange import paper
from bureau.exchange.cells import BrokenCell
from bureau.exchange.importing import RowError
from bureau.exchange.layout import FileRow, open_table
from bureau.exchange.sheets import Sheet
from bureau.workbooks import WRAPPED


def write(path: Path, source: Path, sheet: Sheet, errors: Iterable[RowError]) -> None:
    """``errors`` in the order of their rows; cells are those of the file, wrong ones red with a comment."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(paper.sheet_title(sheet.label))
    paper.set_up(page, sheet.columns, extra_widths=(10, 60))
    page.append(paper.header_row(page, sheet.columns, _("Row in the file"), _("What to correct")))
    groups = groupby(errors, key=attrgetter("row"))
    wanted, group = next(groups, (None, None))
    with open_table(source, sheet) as table:
        for row in table.rows():
            if wanted is None:
                break
            if row.number == wanted and group is not None:
                page.append(_cells(page, sheet, row, list(group)))
                wanted, group = next(groups, (None, None))
    workbook.save(path)


def _cells(page: Any, sheet: Sheet, row: FileRow, errors: list[RowError]) -> list[Any]:
    by_column = {error.column: error.reason for error in errors}
    cells = []
    for column in sheet.columns:
        raw = row.cells.get(column.name, "")
        shown = str(raw) if isinstance(raw, BrokenCell) else raw
        cell = paper.value_cell(page, shown, column.number_format if not isinstance(raw, str) else "@")
        if reason := by_column.get(column.name):
            cell.fill = paper.ERROR_FILL
            cell.comment = paper.note(reason)
        cells.append(cell)
    summary = paper.value_cell(page, "\n".join(_sentence(sheet, error) for error in errors))
    summary.alignment = WRAPPED
    return [*cells, paper.value_cell(page, row.number), summary]


def _sentence(sheet: Sheet, error: RowError) -> str:
    column = sheet.by_name.get(error.column)
    return _("%(column)s: %(reason)s") % {"column": column.label, "reason": error.reason} if column else error.reason
