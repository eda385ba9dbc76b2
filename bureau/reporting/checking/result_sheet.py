"""The result of a check as a workbook: what the page shows, a line for each number."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from bureau.reporting.checking.candidates import Candidate
from bureau.reporting.checking.checked import Checked
from bureau.reporting.checking.verdicts import Judged
from bureau.reporting.figures import Value
from bureau.reporting.workbook.look import number_format
from bureau.workbooks import WRAPPED, dress, dress_header, fit_height, font, put, set_up_print, sheet_name

HEADER_ROW = 3
FIRST_NUMBER = 7
RIGHT = Alignment(horizontal="right", vertical="top")


def result(checked: Checked) -> Workbook:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = sheet_name(_("Check of a report"))
    known = {"region": checked.region.full_name, "year": checked.year}
    put(sheet["A1"], _("Numbers of a report, compared with the figures of %(region)s, %(year)s") % known)
    sheet["A1"].font = font(bold=True, size=14)
    columns = _columns(checked)
    for number, (label, width) in enumerate(columns, start=1):
        cell = sheet.cell(HEADER_ROW, number)
        put(cell, label)
        dress_header(cell)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, judged in enumerate(checked.rows, start=HEADER_ROW + 1):
        for column, value in enumerate(_texts(judged), start=1):
            cell = sheet.cell(row, column)
            put(cell, value)
            dress(cell, alignment=WRAPPED)
        for column, number_ in enumerate(_numbers(judged, checked), start=FIRST_NUMBER):
            cell = sheet.cell(row, column)
            put(cell, number_)
            decimals = judged.candidate.decimals if judged.candidate else 0
            dress(cell, alignment=RIGHT, number_format=number_format(decimals))
        fit_height(sheet, row)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    last = HEADER_ROW + len(checked.rows)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{last}"
    set_up_print(sheet, header_row=HEADER_ROW, last_cell=f"{get_column_letter(len(columns))}{last}")
    return workbook


def _columns(checked: Checked) -> list[tuple[str, int]]:
    numbers = [_("Frozen"), _("Live")] if checked.is_frozen else [_("Live")]
    return [
        (_("As written"), 14),
        (_("Where"), 18),
        (_("Words around it"), 46),
        (pgettext("on a number", "Verdict"), 18),
        (_("Likeliest figure"), 40),
        (_("Unit"), 10),
        *((label, 15) for label in (*numbers, _("Difference"))),
    ]


def _texts(judged: Judged) -> list[str]:
    found, candidate = judged.found, judged.candidate
    label = candidate.label if candidate else ""
    return [found.written.text, found.place, found.context, str(judged.verdict.label), label, judged.unit]


def _numbers(judged: Judged, checked: Checked) -> list[Value]:
    shown = (judged.frozen, judged.live) if checked.is_frozen else (judged.live,)
    return [_rounded(value, judged.candidate) for value in (*shown, judged.difference)]


def _rounded(value: Value, candidate: Candidate | None) -> Value:
    return None if value is None or candidate is None else round(Decimal(value), candidate.decimals)
