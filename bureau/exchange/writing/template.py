"""The workbook that clerks fill in: header with notes, example, drop-downs, and a page that explains every column."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bureau.exchange.cells import example_mark, text_of
from bureau.exchange.columns.base import Column
from bureau.exchange.context import Context
from bureau.exchange.sheets import Sheet
from bureau.exchange.writing import paper
from bureau.models import Office
from bureau.workbooks import WRAPPED, dress, dress_header, fit_height, font, height_for, put, set_up_print

_EXAMPLE_INK, _EXAMPLE_GROUND = "6B7280", PatternFill("solid", fgColor="F3F4F6")
EXAMPLE_ROW = 2
FIRST_ROW = EXAMPLE_ROW + 1
EXPLAINED_WIDTHS = (34, 80)


def write_template(sheet: Sheet, office: Office, path: Path) -> None:
    """Labels and choices in the active language; regions and references are those that the office may use."""
    context, workbook = Context(office), Workbook()
    page = workbook.active
    page.title = paper.sheet_title(sheet.label)
    paper.set_up(page, sheet.columns)
    options = workbook.create_sheet(paper.sheet_title(_("Choices")))
    options.sheet_state = "hidden"
    for number, column in enumerate(sheet.columns, start=1):
        choices = column.choices(context)
        _head(page, number, column)
        _example(page.cell(EXAMPLE_ROW, number), column, choices)
        if choices:
            _list(options, number, choices)
            _drop_down(page, options.title, number, len(choices))
    page.row_dimensions[1].height = 32
    _explain(workbook.create_sheet(paper.sheet_title(_("How to fill")), 1), sheet)
    workbook.save(path)


def _head(page: Any, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    # The format of the whole column: a code typed into it keeps its leading zeros.
    page.column_dimensions[letter].number_format = column.number_format
    cell = page.cell(1, number)
    paper.head(cell, column)
    cell.comment = paper.note(explanation(column))


def _example(cell: Any, column: Column, choices: list[str]) -> None:
    """The first cell carries the mark by which an import passes the row over."""
    value = column.sample(choices)
    put(cell, f"{example_mark()} {text_of(value)}".strip() if cell.column == 1 else value)
    cell.number_format = column.number_format
    cell.font = font(italic=True, color=_EXAMPLE_INK)
    cell.fill = _EXAMPLE_GROUND


def explanation(column: Column) -> str:
    parts = [_("Required.") if column.required else _("May stay empty."), column.rule(), str(column.help)]
    if column.example:
        parts.append(_("Example: %(example)s") % {"example": column.example})
    return "\n".join(part for part in parts if part)


def _list(options: Any, number: int, choices: list[str]) -> None:
    for row, text in enumerate(choices, start=1):
        put(options.cell(row, number), text)


def _drop_down(page: Any, title: str, number: int, count: int) -> None:
    letter = get_column_letter(number)
    validation = DataValidation(
        type="list",
        formula1=f"'{title}'!${letter}$1:${letter}${count}",
        allow_blank=True,
        # A code or an alias is as good as the text of the list: the import decides.
        showErrorMessage=False,
    )
    validation.add(f"{letter}{FIRST_ROW}:{letter}{settings.IMPORT_MAX_ROWS}")
    page.add_data_validation(validation)


def _explain(page: Any, sheet: Sheet) -> None:
    lines = [
        _("Fill in the first sheet, one record a row, and leave its header as it is. Columns marked * are required."),
        _("A row that agrees with a record in these columns changes it, any other row is new: %(columns)s.")
        % {"columns": _(", ").join(str(sheet.by_name[name].label) for name in sheet.natural_key)},
        _("An empty cell empties the value of the record. A column that is left out keeps it."),
        _("The grey row is an example: it is not imported and may stay. Begin in row %(row)s.") % {"row": FIRST_ROW},
    ]
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = EXPLAINED_WIDTHS
    for row, text in enumerate(lines, start=1):
        _advise(page, row, text)
    top = len(lines) + 2
    for place, text in enumerate((_("Column"), _("What to write")), start=1):
        cell = page.cell(top, place)
        put(cell, text)
        dress_header(cell)
    for row, column in enumerate(sheet.columns, start=top + 1):
        put(page.cell(row, 1), f"*{column.heading}" if column.required else column.heading)
        put(page.cell(row, 2), explanation(column))
        for cell in page[row]:
            dress(cell, alignment=WRAPPED)
        fit_height(page, row)
    set_up_print(page, header_row=top)


def _advise(page: Any, row: int, text: str) -> None:
    """A sentence over the whole width."""
    cell = page.cell(row, 1)
    put(cell, text)
    cell.font, cell.alignment = font(), WRAPPED
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(EXPLAINED_WIDTHS))
    page.row_dimensions[row].height = height_for([text], [sum(EXPLAINED_WIDTHS)])
