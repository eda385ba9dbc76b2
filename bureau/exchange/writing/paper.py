"""How the workbooks of the exchange look: header, widths, formats, print set-up."""

import math
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from bureau.exchange.columns.base import Column
from bureau.workbooks import dress_header, font, put, set_up_print, sheet_name

ERROR_RED = "F8B4B4"
ERROR_FILL = PatternFill("solid", fgColor=ERROR_RED)
_REQUIRED = "B91C1C"
# In columns' units: what is still readable when it is printed on the width of one page.
WIDTH_OF_A_PAGE = 200


def sheet_title(text: Any, number: int = 1) -> str:
    """The name of a sheet; of a second and further part with its number."""
    suffix = f" {number}" if number > 1 else ""
    return sheet_name(str(text))[: 31 - len(suffix)] + suffix


def set_up(sheet: Any, columns: Sequence[Column], extra_widths: Sequence[int] = ()) -> None:
    """Widths, frozen header and A4 print set-up; before the first row of a write-only sheet."""
    widths = [width + 2 for width in (*(column.width for column in columns), *extra_widths)]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    pages = _pages_wide(widths)
    set_up_print(sheet, header_row=1, pages_wide=pages)
    sheet.print_options.gridLines = True
    if pages > 1:
        # A row can be followed from page to page: they lie side by side, each with the first column.
        sheet.print_title_cols = "A:A"
        sheet.page_setup.pageOrder = "overThenDown"


def _pages_wide(widths: Sequence[int]) -> int:
    if sum(widths) <= WIDTH_OF_A_PAGE:
        return 1
    first, *others = widths
    return math.ceil(sum(others) / (WIDTH_OF_A_PAGE - first))


def head(cell: Any, column: Column) -> None:
    """Heading of a column; a required one is red and marked with a star, which an import passes over."""
    put(cell, f"*{column.heading}" if column.required else column.heading)
    dress_header(cell)
    if column.required:
        cell.font = font(bold=True, color=_REQUIRED)


def header_row(sheet: Any, columns: Sequence[Column], *further: str) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet) for _column in columns]
    for cell, column in zip(cells, columns, strict=True):
        head(cell, column)
    for text in further:
        cells.append(WriteOnlyCell(sheet))
        put(cells[-1], text)
        dress_header(cells[-1])
    return cells


def value_cell(sheet: Any, value: Any, number_format: str = "General") -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    put(cell, value)
    if value is not None and value != "":
        cell.number_format = number_format
    return cell


def note(text: str) -> Comment:
    comment = Comment(text, _("Notes"))
    comment.width, comment.height = 320, 60 + 20 * (len(text) // 24)
    return comment
