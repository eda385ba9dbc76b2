"""The due list as a workbook: one line each, with the day and how it is filtered."""

from datetime import date

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment

from bureau.due.listing import DueList
from bureau.models import Staff
from bureau.workbooks import dress, dress_header, fit_height, font, put, set_up_print, sheet_name

HEADER_ROW = 4
MOST_ROWS = 20_000
WIDTHS = (6, 24, 44, 28, 14, 24, 12, 10)
CENTRE = Alignment(horizontal="center", vertical="center")
WRAP = Alignment(vertical="center", wrap_text=True)


def build(listed: DueList, *, narrowed: list[str], by: Staff, on: date) -> tuple[Workbook, int]:
    """In the active language; also returns the number of lines. ``narrowed``: in words, how the list is filtered."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = sheet_name(_("Due list"))
    workbook.properties.creator = str(by)
    put(sheet["A1"], _("Due list of %(office)s") % {"office": by.office})
    sheet["A1"].font = font(bold=True, size=16)
    put(sheet["A2"], " · ".join([_("As of %(day)s") % {"day": on}, *narrowed]))
    sheet["A2"].font = font(size=10)
    headers = [
        _("No."),
        _("What is due"),
        _("Subject"),
        _("Holder"),
        _("Region"),
        _("Kept by office"),
        _("Last day"),
        _("Days left"),
    ]
    for column, (header, width) in enumerate(zip(headers, WIDTHS, strict=True), start=1):
        cell = sheet.cell(HEADER_ROW, column)
        put(cell, header)
        dress_header(cell)
        sheet.column_dimensions[cell.column_letter].width = width
    row = HEADER_ROW
    for item in listed[:MOST_ROWS]:
        row += 1
        values = (
            row - HEADER_ROW, item.label, item.title, item.holder, item.region, item.office, item.due_on, item.days
        )  # fmt: skip
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            put(cell, value)
            is_day = column == 7
            dress(
                cell,
                bold=is_day and item.is_overdue,
                alignment=CENTRE if column in (1, 7, 8) else WRAP,
                number_format="yyyy-mm-dd" if is_day else "",
            )
        fit_height(sheet, row)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:H{row}"
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"H{row}")
    return workbook, row - HEADER_ROW
